"""The box at the top of home for today's and the next working day's events, with the check-in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.main_window.action_routes import route_to
from app.subjects.home.today.services.next_working_event import UpcomingEvent
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.panel import Panel

_CALLS_LABEL = "中止・変更の連絡"
CALLS_KEY = "F8"
"""The key that opens the calls from home, since they are urgent."""


class DayBox(QWidget):
    """One panel for each event of today or of the next working day; hidden where there is none.

    Signals: ``link_clicked(Route)`` a button; ``absence_asked(int)`` record an absence for that event.
    """

    link_clicked = Signal(object)
    absence_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.panels: list[EventPanel] = []
        self._short = False
        self._column = in_column(owner=self, spacing=8)
        self.hide()

    def show_days(self, days: Sequence[UpcomingEvent]) -> None:
        """Show the events, earliest first."""
        if [panel.day for panel in self.panels] == list(days):
            # The focus may be on its check-in button.
            return
        for panel in self.panels:
            panel.hide()
            panel.deleteLater()
        # With two events on one day the key would be ambiguous.
        self.panels = [EventPanel(day, calls_key=CALLS_KEY if len(days) == 1 else "") for day in days]
        for panel in self.panels:
            panel.link_clicked.connect(self.link_clicked)
            panel.absence_asked.connect(self.absence_asked)
            panel.show_texts(short=self._short)
            self._column.addWidget(panel)
        self.setVisible(bool(days))

    def fold(self, *, short: bool) -> None:
        """Shorten the texts in a window that is not wide."""
        self._short = short
        for panel in self.panels:
            panel.show_texts(short=short)


class EventPanel(Panel):
    """The panel of one event.

    Signals: ``link_clicked(Route)`` a button; ``absence_asked(int)`` record an absence.
    """

    link_clicked = Signal(object)
    absence_asked = Signal(int)

    def __init__(self, day: UpcomingEvent, *, calls_key: str) -> None:
        super().__init__(day.when_words, tone="accent")
        self.day = day
        self.name = wrapped_label(day.title, "h2")
        line = in_row((KindSquare(day.kind, side=20), 0, Qt.AlignmentFlag.AlignVCenter), (self.name, 1), spacing=8)
        self.put(line)
        self.calls = Button(f"{_CALLS_LABEL} {calls_key}".strip(), lambda: self.link_clicked.emit(route_to(day.calls)))
        self.papers = Button(route_to(day.documents).label, lambda: self.link_clicked.emit(route_to(day.documents)))
        self.absence = Button("欠席連絡 F4", lambda: self.absence_asked.emit(day.event_id))
        acts = [self.papers, self.absence, self.calls]
        self.door: Button | None = None
        if day.check_in is not None:
            door = route_to(day.check_in)
            self.door = Button(door.label, lambda: self.link_clicked.emit(door), kind="main")
            acts.insert(0, self.door)
        self.words = Paragraph()
        self.put(self.words, FlowRow(*acts, spacing=8))
        self.show_texts(short=False)

    def show_texts(self, *, short: bool) -> None:
        """Show place and printed documents, in few words if ``short``."""
        day = self.day
        self.words.show_text(f"{day.place_words}\n{day.printed_words if short else day.backup_print_words}")
        self.words.setToolTip(day.backup_print_words if short else "")
        self.words.setAccessibleDescription(day.backup_print_words if short else "")
