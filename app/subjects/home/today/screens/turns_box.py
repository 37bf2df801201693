"""資料・報告 on home: its two counts, each a way to the list that shows what it counts."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.subjects.submissions.turns.rules.turn import DEFINITION, OUTDATED, WAITING, WARD, Turn, Turns
from app.widgets.buttons import link_button
from app.widgets.labels import label, wrapped_label
from app.widgets.panel import Panel
from app.widgets.screen import row


class TurnsBox(Panel):
    """The box. Signals: ``asked(str)`` the list of one state."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("資料・報告")
        self.setToolTip(DEFINITION)
        self.links = {turn: link_button("", lambda turn=turn: self.asked.emit(turn)) for turn in _SHOWN}  # type: ignore[misc]
        self._passed = {turn: label("", "small") for turn in _SHOWN}
        self.outdated = wrapped_label("", "small")
        for turn in _SHOWN:
            self.put(row(self.links[turn], self._passed[turn], None))
        self.put(self.outdated)
        self.outdated.hide()

    def show_turns(self, turns: Turns) -> None:
        """Show what the list counts."""
        for turn in _SHOWN:
            passed = turns.passed(turn)
            self.links[turn].set_words(f"{turn} {turns.count(turn)}件")
            self._passed[turn].setText(f"期限を過ぎた {passed}" if passed else "")
        self.outdated.setText(f"{WARD}のうち {OUTDATED} {turns.outdated}" if turns.outdated else "")
        self.outdated.setVisible(turns.outdated > 0)


_SHOWN: tuple[Turn, ...] = (WARD, WAITING)
