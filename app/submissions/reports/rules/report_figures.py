"""Compare the numbers of a received report with the ward's, after adding units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from db.digits import one_width, whole_number, without_commas
from db.records.submissions.reports import ReportFigure

FigureState = Literal["一致", "差", "未入力", "区の記録なし"]
MATERIAL_ITEM = "資料の版"
QUESTION_ITEM = "設問の合計"
RATE_ITEM = "回収率"
DECIDED_ITEM = "決定"
"""Compared where the report states it; may be left empty, because many reports do not."""
SATISFIED_ITEM = "満足計"
INTENT_ITEM = "活用の意向あり"
SINGLE_ITEM = "設問"
"""One question, as people of every option as asked (「2・9・2・0」), whose names are its source; may be left empty."""
OPTION_SEPARATOR = "／"
_SHAPES = {
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

_SEPARATORS = re.compile(r"\s|(?<!\d)[,、]|[,、](?!\d)")
_SHEETS = re.compile(r"^(\d+)枚$")
"""Counts of responses; a report may say 枚 or 件, and older stored numbers say 枚."""


def with_unit(item: str, typed: str) -> str:
    """Return a typed value of ``item``; a number alone gets its unit, if the item has one (「15」 → 「15人」)."""
    kept = typed.strip()
    number = whole_number(kept)
    shape = _SHAPES.get(item.partition("　")[0])
    return shape.format(number) if shape and number is not None else kept


def with_own_values(figures: Sequence[ReportFigure], ours: Mapping[str, str]) -> tuple[ReportFigure, ...]:
    """Return the figures with the ward's current values by item; missing ones become empty.

    A 差のまま about another value is gone (``handling_after``).
    """
    return tuple(_with_own_value(figure, ours.get(figure.item, "")) for figure in figures)


def _with_own_value(figure: ReportFigure, ours: str) -> ReportFigure:
    after = handling_after(figure, ours)
    return replace(
        figure,
        ours=ours,
        handling=after.get("handling", figure.handling),
        reason=after.get("reason", figure.reason),
    )


def handling_after(figure: ReportFigure, ours: str) -> dict[str, str]:
    """Return the handling and reason of a number beside another own value, {} where they stay."""
    if figure.handling != "差のまま" or comparable_words(figure.ours) == comparable_words(ours):
        return {}
    return {"handling": "", "reason": ""}


def outdated_figures(
    figures: Sequence[ReportFigure], ours: Mapping[str, str], *, is_checked: bool = False
) -> tuple[str, ...]:
    """Return the figures whose own value has changed since it was read (「出席 14人→13人」).

    Once a report is checked, minutes that are compared no more are no change: the 団体 has the rest of the hours.
    """
    return tuple(
        f"{figure.item.replace('　', ' ')} {figure.ours or 'なし'}→{now or 'なし'}"
        for figure, now in ((one, ours.get(one.item, "")) for one in figures)
        if comparable_words(figure.ours) != comparable_words(now)
        and (now or not is_checked or figure.item != "時間割の分")
    )


def as_asked(figure: ReportFigure, options: Sequence[str]) -> ReportFigure:
    """Return a question's figure with its counts in the order of its ``options``.

    Those of multiple answers used to be stored by frequency, in the order that their source has.
    """
    # The longest first: an option may begin as another does（その他、その他の役員）.
    names = re.findall("|".join(map(re.escape, sorted(options, key=len, reverse=True))), figure.source)
    if not options or "・".join(names) != figure.source:
        return figure
    order = sorted(names, key=options.index)

    def moved(words: str) -> str:
        counts = dict(zip(names, words.split("・"), strict=False))
        return "・".join(counts[one] for one in order) if len(counts) == len(order) else words

    return replace(figure, theirs=moved(figure.theirs), ours=moved(figure.ours), source=OPTION_SEPARATOR.join(order))


def different_options(figure: ReportFigure) -> str:
    """Return each option of a question that differs, by how much (「会長 −1、会計 +1」); "" where it can't be told."""
    names = figure.source.split(OPTION_SEPARATOR)
    both = [comparable_words(words).split("・") for words in (figure.theirs, figure.ours)]
    if {len(names)} != {len(one) for one in both}:
        return ""
    pairs = zip(names, *both, strict=True)
    return "、".join(f"{name} {_signed(theirs, ours)}" for name, theirs, ours in pairs if theirs != ours and names[1:])


def figure_state(figure: ReportFigure) -> FigureState:
    """Return how the two numbers compare (仕様書4: 内容確認): 区の記録なし, else 未入力 (theirs), else 一致 or 差."""
    if not figure.ours.strip():
        return "区の記録なし"
    if not figure.theirs.strip():
        return "未入力"
    return "一致" if comparable_words(figure.theirs) == comparable_words(figure.ours) else "差"


def differs(figure: ReportFigure) -> bool:
    """Return whether both numbers are known and different."""
    return figure_state(figure) == "差"


def is_open(figure: ReportFigure) -> bool:
    """Return whether the figure prevents the report from being 確認済.

    An untyped number is open, except 決定 and the rows of a single question, which are read only in doubt. A
    difference is settled only by a reason for leaving it: 修正を依頼 waits for the corrected report,
    区の記録を訂正 until the ward's value, read again, is the same.
    """
    state = figure_state(figure)
    if state == "差":
        return not (figure.handling == "差のまま" and bool(figure.reason.strip()))
    may_stay = figure.item == DECIDED_ITEM or figure.item.startswith(f"{SINGLE_ITEM}　")
    return state == "未入力" and not may_stay


def difference_words(figure: ReportFigure) -> str:
    """Return the difference in words (「+1」「版が違う」「差あり」「一致」, or what is missing)."""
    state = figure_state(figure)
    if state != "差":
        return state
    if figure.item.startswith(MATERIAL_ITEM):
        return "版が違う"
    return _signed(figure.theirs, figure.ours)


def _signed(told: str, known: str) -> str:
    theirs, ours = _only_number(told), _only_number(known)
    if theirs is None or ours is None or theirs == ours:
        return "差あり"
    return f"{'+' if theirs > ours else '−'}{abs(theirs - ours)}"


def percentage(part: int, whole: int | None) -> str:
    """Return a share as 回収率 is printed (「94.4」), rounded half up; "" where the ``whole`` is 0 or unknown."""
    return f"{(part * 2000 // whole + 1) // 2 / 10:.1f}" if whole else ""


def contradicting_rate(attended: str, returned: str, rate: str) -> str:
    """Return the 回収率 calculated from a report's own 回収数 and 出席, where it prints another; else "".

    A rate may equal the ward's and yet contradict the two numbers beside it in the same report.
    """
    came, back, printed = (re.search(r"\d+(?:\.\d+)?", comparable_words(words)) for words in (attended, returned, rate))
    if not (came and back and printed):
        return ""
    people, papers = whole_number(came[0]), whole_number(back[0])
    made = percentage(papers, people) if papers is not None else ""
    return made if made and made != f"{float(printed[0]):.1f}" else ""


# A table calls it for every number at every painting.
@lru_cache(maxsize=1024)
def comparable_words(words: str) -> str:
    """Return a number for comparison, in half width, 名 as 人, 枚 as 件, without spaces and separators."""
    plain = without_commas(one_width(words))
    return _SHEETS.sub(r"\1件", _SEPARATORS.sub("", plain).replace("名", "人"))


def _only_number(text: str) -> int | None:
    """Return the number of a text that has only one, None for more or none."""
    found = re.findall(r"\d+", comparable_words(text))
    return whole_number(found[0]) if len(found) == 1 else None
