"""One number of a received report beside ours: typed numbers get their unit, then both are compared in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal

from db.records.submissions.reports import ReportFigure

FigureState = Literal["一致", "差", "未入力", "区の記録なし"]
MATERIAL_ITEM: Final = "資料の版"
QUESTION_ITEM: Final = "設問の合計"
RATE_ITEM: Final = "回収率"
DECIDED_ITEM: Final = "決定"
"""Held against the record where the report names it; it may be left untyped, because many reports do not."""
SATISFIED_ITEM: Final = "満足計"
INTENT_ITEM: Final = "活用の意向あり"
SINGLE_ITEM: Final = "設問"
"""One question: the people of every row in the order of the table, 「2・9・2・0」; it may be left untyped."""
_SHAPES: Final = {
    "申込": "{}人",
    DECIDED_ITEM: "{}人",
    "出席": "{}人",
    "欠席": "{}人",
    "貸与タブレット": "{}台",
    "団体": "{}団体",
    "印刷部数": "{}部",
    "時間割の分": "{}分",
    "回収数": "{}件",
    MATERIAL_ITEM: "第{}版",
    QUESTION_ITEM: "各{}人",
    SATISFIED_ITEM: "{}人",
    INTENT_ITEM: "{}人",
}

_SHEETS: Final = re.compile(r"^(\d+)枚$")
"""Answers that came back: a report may count 枚 or 件, and kept numbers of earlier days say 枚."""


def with_unit(item: str, typed: str) -> str:
    """Return what was typed for ``item``; a bare number, in half or full width, gets its unit (「15」 → 「15人」)."""
    kept = typed.strip()
    number = comparable_words(kept)
    shape = _SHAPES.get(item.split("　", maxsplit=1)[0])
    return shape.format(int(number)) if shape and number.isdecimal() else kept


def with_own_values(figures: Sequence[ReportFigure], ours: Mapping[str, str]) -> tuple[ReportFigure, ...]:
    """Return the figures with our side as the records have it now, by item; one that they no longer have is empty."""
    return tuple(replace(figure, ours=ours.get(figure.item, "")) for figure in figures)


def outdated_figures(figures: Sequence[ReportFigure], ours: Mapping[str, str]) -> tuple[str, ...]:
    """Return whose side of ours was read before the records changed: 「出席 14人→13人」 each."""
    return tuple(
        f"{figure.item.replace('　', ' ')} {figure.ours or 'なし'}→{ours.get(figure.item) or 'なし'}"
        for figure in figures
        if comparable_words(figure.ours) != comparable_words(ours.get(figure.item, ""))
    )


def figure_state(figure: ReportFigure) -> FigureState:
    """Return how theirs and ours stand to each other (仕様書4: 内容確認)."""
    if not figure.ours.strip():
        return "区の記録なし"
    if not figure.theirs.strip():
        return "未入力"
    return "一致" if comparable_words(figure.theirs) == comparable_words(figure.ours) else "差"


def differs(figure: ReportFigure) -> bool:
    """Return whether both numbers are known and not the same."""
    return figure_state(figure) == "差"


def is_open(figure: ReportFigure) -> bool:
    """Return whether the line still keeps the report from being 確認済.

    A number not yet typed is open, but for 決定, and for the rows of a single question, which are read where a doubt
    asks for it. A difference is settled only by a reason for leaving it: 修正を依頼 waits for the mended report,
    区の記録を訂正 until our own side, read again, says the same.
    """
    state = figure_state(figure)
    if state == "差":
        return not (figure.handling == "差のまま" and bool(figure.reason.strip()))
    may_stay = figure.item == DECIDED_ITEM or figure.item.startswith(f"{SINGLE_ITEM}　")
    return state == "未入力" and not may_stay


def difference_words(figure: ReportFigure) -> str:
    """Return the difference in words: 「+1」「−1」「版が違う」「差あり」, 「一致」, or what is missing."""
    state = figure_state(figure)
    if state != "差":
        return state
    if figure.item.startswith(MATERIAL_ITEM):
        return "版が違う"
    theirs, ours = _only_number(figure.theirs), _only_number(figure.ours)
    if theirs is None or ours is None or theirs == ours:
        return "差あり"
    return f"{'+' if theirs > ours else '−'}{abs(theirs - ours)}"


def percentage(part: int, whole: int | None) -> str:
    """Return a share as 回収率 is printed: 「94.4」, half up; "" of nothing."""
    return f"{(part * 2000 // whole + 1) // 2 / 10:.1f}" if whole else ""


def contradicting_rate(attended: str, returned: str, rate: str) -> str:
    """Return the 回収率 that a report's own 回収数 and 出席 make, where the one it prints is another; else "".

    A rate may be the ward's and yet contradict the two numbers beside it in the same report.
    """
    came, back, printed = (re.search(r"\d+(?:\.\d+)?", comparable_words(words)) for words in (attended, returned, rate))
    if not (came and back and printed and came[0].isdecimal() and back[0].isdecimal()):
        return ""
    made = percentage(int(back[0]), int(came[0]))
    return made if made and made != f"{float(printed[0]):.1f}" else ""


# A table asks it of every number at every painting.
@lru_cache(maxsize=1024)
def comparable_words(words: str) -> str:
    """Return a number as it is compared: half width, 名 as 人, 枚 as 件, without spaces and thousands signs."""
    return _SHEETS.sub(r"\1件", re.sub(r"[\s,、]", "", unicodedata.normalize("NFKC", words)).replace("名", "人"))


def _only_number(text: str) -> int | None:
    found = re.findall(r"\d+", comparable_words(text))
    return int(found[0]) if len(found) == 1 else None
