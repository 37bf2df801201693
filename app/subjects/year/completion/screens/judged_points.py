"""The points of an invoice as rows of a list, with the register's values and results."""

from __future__ import annotations

from typing import Final

from app.subjects.year.completion.rules.check_points import JudgedPoint
from app.widgets.lists.record_model import Cell, Tone

_LOOK: Final[dict[str, tuple[str, Tone]]] = {
    "合う": ("check-circle-fill", "green"),
    "直った": ("arrows-clockwise", "accent"),
    "理由あり": ("note-pencil", "amber"),
    "合わない": ("x-circle", "red"),
    "未入力": ("circle", "second"),
    "記録なし": ("question", "amber"),
}


class PointRow:
    """One point in the list, with its name as id."""

    def __init__(self, judged: JudgedPoint) -> None:
        self.judged = judged
        self.id = judged.point.name
        self.point, self.theirs, self.ours = judged.point, judged.theirs, judged.ours
        self.state, self.note = judged.state, judged.note


def our_cell(row: PointRow) -> Cell:
    """Return the register's value of a point, 同じ where it matches, else with its note."""
    same = row.state in ("合う", "直った") and row.ours == row.theirs
    return Cell("同じ" if same else row.ours or "—", "" if row.state in ("合う", "直った") else row.note)


def state_cell(row: PointRow) -> Cell:
    """Return the result of a point with its icon."""
    icon, tone = _LOOK[row.state]
    return Cell(row.state, icon=icon, icon_tone=tone, tone=tone, strong=row.state in ("合わない", "直った"))
