"""Summary of the selected event beside the month: its recruitment step by step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal

from app.calendar.dates import short_date
from app.subjects.events.event.screens.step_list import StepList
from app.subjects.events.event.services.event_view import EventView
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button
from app.widgets.labels import label, wrapped_label
from app.widgets.layouts import in_row
from app.widgets.panel import Panel


class EventSummary(Panel):
    """Summary of one event.

    Signals:
        ``opened(int)``: open the event.
        ``ticked(int, bool)``, ``date_asked(StepRow)``: a step was ticked, or its date is to be changed.
        ``paper_asked(int, str)``: open the document of a step: event and kind of document.
    """

    opened = Signal(int)
    ticked = Signal(int, bool)
    date_asked = Signal(object)
    paper_asked = Signal(int, str)

    def __init__(self) -> None:
        super().__init__(tone="accent")
        self.event_id = 0
        self._square = KindSquare("講習会", side=20)
        self._name = wrapped_label("", "h2")
        self.button = Button("開く", lambda: self.opened.emit(self.event_id), low=True)
        head = in_row(
            (self._square, 0, Qt.AlignmentFlag.AlignTop),
            (self._name, 1),
            spacing=8,
        )
        self._people = wrapped_label("", "small")
        # Beside the name it would leave that three lines.
        about = in_row((self._people, 1), (self.button, 0, Qt.AlignmentFlag.AlignTop), spacing=8)
        line = in_row(label("募集の段取り", "strong"), (wrapped_label("目安日・日付を押すと直せます", "small"), 1))
        self.steps = StepList()
        self.steps.ticked.connect(self.ticked)
        self.steps.date_asked.connect(self.date_asked)
        self.steps.document_asked.connect(lambda kind: self.paper_asked.emit(self.event_id, kind))
        self.put(head, about, line, self.steps, None)

    def show_event(self, view: EventView, today: date) -> None:
        """Show an event."""
        event = view.event
        self.event_id = event.id
        self._square.show_kind(event.kind)
        day = short_date(event.event_date, today) if event.event_date else "日程未定"
        self._name.setText(f"{day} {view.title}")
        self._people.setText(view.people_line)
        self.button.setAccessibleName(f"{view.title}を開く")
        self.steps.show_steps(view.steps, today)
