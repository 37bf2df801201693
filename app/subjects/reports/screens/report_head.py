"""The head over one event's report: where one came from, what this is, its state, and the other way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.reports.screens.report_words import BADGES
from app.widgets.badge import Badge
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from db.records.events import Event


class ReportHead(QWidget):
    """The head.

    Signals: ``list_asked()`` back to all reports; ``event_asked()`` the event itself.
    """

    list_asked = Signal()
    event_asked = Signal()

    def __init__(self, title: str, *, embedded: bool = False, parent: QWidget | None = None) -> None:
        """``embedded``: inside the event's own page, whose head already says which event this is."""
        super().__init__(parent)
        self.title = heading(title)
        self.badge = Badge("区が確認中")
        self.event_link = link_button("", self.event_asked.emit)
        self.parts = FlowRow(self.title, self.badge, spacing=12)
        self._embedded = embedded
        self._crumbs = FlowRow(
            link_button("報告書", self.list_asked.emit), label("›", "small"), self.event_link, spacing=6
        )
        self._crumbs.setVisible(not embedded)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._crumbs)
        column.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignTop)

    def add_act(self, part: QWidget) -> None:
        """Add a button or a choice to the head."""
        if self._embedded:
            self.parts.add(part)
        else:
            self._crumbs.add(part)

    def show_event(self, event: Event) -> None:
        """Name the event."""
        day = f"{short_date(event.event_date)}　" if event.event_date else ""
        self.event_link.set_words(f"{day}{event.full_title}")

    def show_state(self, state: str, words: str = "") -> None:
        """Show a state of the report; ``words`` say it otherwise."""
        kind, own = BADGES.get(state, (state, state))
        self.badge.show_status(kind, words or own)
