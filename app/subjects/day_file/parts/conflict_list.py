"""What office and venue have differently, side by side, each to be chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from app.subjects.day_file.services.day_file_differences import Difference
from app.subjects.day_file.services.day_file_return import Side
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, rule

_SIDES: tuple[Side, Side] = ("会場", "事務所")


class ConflictList(QWidget):
    """One line a conflict. Signals: ``changed()`` something was chosen."""

    changed = Signal()

    def __init__(self, conflicts: Sequence[Difference], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: dict[str, QButtonGroup] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if len(conflicts) > 1:
            whole = [Button(f"すべて{side}にする", partial(self._choose_all, side), low=True) for side in _SIDES]
            column.addWidget(FlowRow(*whole))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for number, conflict in enumerate(conflicts):
            self._put(grid, number * 3, conflict)
        column.addLayout(grid)

    def choices(self) -> dict[str, Side]:
        """What was chosen so far, by the key of the conflict."""
        return {key: _SIDES[group.checkedId()] for key, group in self._groups.items() if group.checkedId() in (0, 1)}

    def open(self) -> int:
        """How many are still to be chosen."""
        return len(self._groups) - len(self.choices())

    def button(self, key: str, side: Side) -> QRadioButton:
        """The button of one side of a conflict."""
        found = self._groups[key].button(_SIDES.index(side))
        assert isinstance(found, QRadioButton)
        return found

    def _put(self, grid: QGridLayout, line: int, conflict: Difference) -> None:
        if line:
            grid.addWidget(rule(), line - 1, 0, 1, 3)
        grid.addWidget(label(conflict.who, "strong", wrap=True), line, 0)
        grid.addWidget(label(f"{conflict.kind}　持出しのとき：{conflict.taken}", "small", wrap=True), line + 1, 0)
        group = QButtonGroup(self)
        for number, (side, words) in enumerate(zip(_SIDES, (conflict.venue, conflict.office), strict=True)):
            button = QRadioButton(f"{side}　{words}")
            button.setAccessibleName(f"{conflict.who} {conflict.kind}：{side}の「{words}」にする")
            group.addButton(button, number)
            grid.addWidget(button, line, number + 1, 2, 1)
        group.idToggled.connect(lambda _number, on: self.changed.emit() if on else None)
        self._groups[conflict.key] = group

    def _choose_all(self, side: Side) -> None:
        for group in self._groups.values():
            group.button(_SIDES.index(side)).setChecked(True)
