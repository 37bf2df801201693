"""The two counts of 資料・報告 on home, each with a link to the list."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.subjects.submissions.work_queue.rules.work_queue_rows import (
    DEFINITION,
    OUTDATED,
    WAITING,
    WARD,
    Turn,
    WorkQueue,
)
from app.widgets.buttons import link_button
from app.widgets.labels import label, wrapped_label
from app.widgets.panel import Panel
from app.widgets.screen import widget_row


class WorkQueueBox(Panel):
    """The box.

    Signals: ``asked(str)`` open the list of one state.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("資料・報告")
        self.setToolTip(DEFINITION)
        self.links = {turn: link_button("", lambda turn=turn: self.asked.emit(turn)) for turn in _SHOWN_STATES}  # type: ignore[misc]
        self._passed = {turn: label("", "small") for turn in _SHOWN_STATES}
        self.outdated = wrapped_label("", "small")
        for turn in _SHOWN_STATES:
            self.put(widget_row(self.links[turn], self._passed[turn], None))
        self.put(self.outdated)
        self.outdated.hide()

    def show_counts(self, turns: WorkQueue) -> None:
        """Show the counts of the list."""
        for turn in _SHOWN_STATES:
            passed = turns.overdue_count(turn)
            self.links[turn].set_words(f"{turn} {turns.count(turn)}件")
            self._passed[turn].setText(f"期限を過ぎた {passed}" if passed else "")
        self.outdated.setText(f"{WARD}のうち {OUTDATED} {turns.outdated_count}" if turns.outdated_count else "")
        self.outdated.setVisible(turns.outdated_count > 0)


_SHOWN_STATES: tuple[Turn, ...] = (WARD, WAITING)
