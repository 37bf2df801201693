"""The day of an event and the one before it, above everything else: the way to the door, and what lies printed beside
it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.main_window.ways import way_to
from app.subjects.home.today.services.day_at_hand import DayAtHand
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.marks import KindSquare
from app.widgets.panel import Panel

_CALLS = "中止・変更の連絡"
CALLS_KEY = "F8"
"""Opens it from home: it is needed in a hurry."""


class DayBox(QWidget):
    """One panel for each event of today or of the next working day; hidden where there is none.

    Signals: ``followed(Route)`` a button; ``absence_asked(int)`` somebody of that event telephones.
    """

    followed = Signal(object)
    absence_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.panels: list[EventAtHand] = []
        self._short = False
        self._column = in_column(owner=self, spacing=8)
        self.hide()

    def show_days(self, days: Sequence[DayAtHand]) -> None:
        """Show the events, the earliest first."""
        if [panel.day for panel in self.panels] == list(days):
            # The keyboard may stand at its door.
            return
        for panel in self.panels:
            panel.hide()
            panel.deleteLater()
        # Of two events of one day the key could mean either.
        self.panels = [EventAtHand(day, calls_key=CALLS_KEY if len(days) == 1 else "") for day in days]
        for panel in self.panels:
            panel.followed.connect(self.followed)
            panel.absence_asked.connect(self.absence_asked)
            panel.say(short=self._short)
            self._column.addWidget(panel)
        self.setVisible(bool(days))

    def fold(self, *, short: bool) -> None:
        """On a window that is not wide the box has few lines, and the rest of its words at its place."""
        self._short = short
        for panel in self.panels:
            panel.say(short=short)


class EventAtHand(Panel):
    """One event at hand. Signals: ``followed(Route)`` a button; ``absence_asked(int)`` somebody cannot come."""

    followed = Signal(object)
    absence_asked = Signal(int)

    def __init__(self, day: DayAtHand, *, calls_key: str) -> None:
        super().__init__(day.when_words, tone="accent")
        self.day = day
        self.name = wrapped_label(day.title, "h2")
        line = in_row((KindSquare(day.kind, side=20), 0, Qt.AlignmentFlag.AlignVCenter), (self.name, 1), spacing=8)
        self.put(line)
        self.calls = Button(f"{_CALLS} {calls_key}".strip(), lambda: self.followed.emit(way_to(day.calls)))
        self.papers = Button(way_to(day.papers).label, lambda: self.followed.emit(way_to(day.papers)))
        self.absence = Button("欠席連絡 F4", lambda: self.absence_asked.emit(day.event_id))
        acts = [self.papers, self.absence, self.calls]
        self.door: Button | None = None
        if day.door is not None:
            door = way_to(day.door)
            self.door = Button(door.label, lambda: self.followed.emit(door), kind="main")
            acts.insert(0, self.door)
        self.words = Paragraph()
        self.put(self.words, FlowRow(*acts, spacing=8))
        self.say(short=False)

    def say(self, *, short: bool) -> None:
        """Say the place and what lies printed, in few words where the box is ``short``."""
        day = self.day
        self.words.say(f"{day.place_words}\n{day.printed_words if short else day.spare_words}")
        self.words.setToolTip(day.spare_words if short else "")
        self.words.setAccessibleDescription(day.spare_words if short else "")
