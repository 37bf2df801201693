"""How many handouts stand in each state, as badges with their numbers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.widgets.badge import Badge
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label

_SHOWN: tuple[tuple[str, ...], ...] = (("区が確認中",), ("再提出待ち",), ("受領前",), ("確認済", "修正後使用可"))


class StateCounts(FlowRow):
    """The counts of the board. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(spacing=12, parent=parent)
        self._numbers: list[QLabel] = []
        for states in _SHOWN:
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(6)
            for state in states:
                line.addWidget(Badge(state))
            number = label("0", "h2")
            line.addWidget(number)
            self._numbers.append(number)
            self.add(pair)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many stand in each state."""
        for states, number in zip(_SHOWN, self._numbers, strict=True):
            count = sum(counts.get(state, 0) for state in states)
            number.setText(str(count))
            number.setAccessibleName(f"{'・'.join(states)} {count}点")
        self.updateGeometry()
