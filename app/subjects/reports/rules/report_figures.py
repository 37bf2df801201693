"""One number of a received report beside ours: typed numbers get their unit, then both are compared in words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

from db.records.reports import ReportFigure

FigureState = Literal["一致", "差", "未入力", "区の記録なし"]
MATERIAL_ITEM: Final = "資料の版"
QUESTION_ITEM: Final = "設問の合計"
_SHAPES: Final = {
    "申込": "{}人",
    "出席": "{}人",
    "団体": "{}団体",
    "印刷部数": "{}部",
    "時間割の分": "{}分",
    "回収数": "{}枚",
    MATERIAL_ITEM: "第{}版",
    QUESTION_ITEM: "各{}人",
}


def as_written(item: str, typed: str) -> str:
    """Return what was typed for ``item``; a bare number, in half or full width, gets its unit (「15」 → 「15人」)."""
    kept = typed.strip()
    number = _plain(kept)
    shape = _SHAPES.get(item.split("　", maxsplit=1)[0])
    return shape.format(int(number)) if shape and number.isdecimal() else kept


def figure_state(figure: ReportFigure) -> FigureState:
    """Return how theirs and ours stand to each other (仕様書4: 内容確認)."""
    if not figure.ours.strip():
        return "区の記録なし"
    if not figure.theirs.strip():
        return "未入力"
    return "一致" if _plain(figure.theirs) == _plain(figure.ours) else "差"


def differs(figure: ReportFigure) -> bool:
    """Return whether both numbers are known and not the same."""
    return figure_state(figure) == "差"


def is_open(figure: ReportFigure) -> bool:
    """Return whether the line still keeps the report from being 確認済.

    A number not yet typed is open. A difference is settled only by a reason for leaving it: 修正を依頼
    waits for the mended report, 区の記録を訂正 until our own side, read again, says the same.
    """
    state = figure_state(figure)
    if state == "差":
        return not (figure.handling == "差のまま" and bool(figure.reason.strip()))
    return state == "未入力"


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


def _plain(text: str) -> str:
    """The text for comparing: half width, without spaces and thousands signs, 名 read as 人."""
    return re.sub(r"[\s,、]", "", unicodedata.normalize("NFKC", text)).replace("名", "人")


def _only_number(text: str) -> int | None:
    found = re.findall(r"\d+", _plain(text))
    return int(found[0]) if len(found) == 1 else None
