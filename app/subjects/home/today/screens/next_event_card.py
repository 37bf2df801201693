"""The card つぎの実施回, with when, where, how many people and the preparation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance

from app.subjects.home.today.services.home import NextEvent
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, wrapped_label
from app.widgets.layouts import in_row
from app.widgets.panel import Panel


class NextEventCard(Panel):
    """The next event, with buttons for telephone calls.

    Signals: ``opened(int)`` its button; ``application_asked(int)``, ``absence_asked(int)`` for a caller.
    """

    opened = Signal(int)
    application_asked = Signal(int)
    absence_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__("つぎの実施回", tone="accent")
        self._event_id = 0
        self._square = KindSquare("講習会", side=20)
        self._name = wrapped_label("", "h2")
        self.put(in_row((self._square, 0, Qt.AlignmentFlag.AlignTop), (self._name, 1), spacing=8))
        self._where = wrapped_label("")
        self._numbers = Paragraph()
        self.button = Button("開く", lambda: self.opened.emit(self._event_id), low=True)
        foot = in_row((self._numbers, 1), self.button, spacing=8)
        self.application = Button("電話の申込 F9", lambda: self._emit_event(self.application_asked), low=True)
        self.absence = Button("欠席連絡 F4", lambda: self._emit_event(self.absence_asked), low=True)
        self._calls = FlowRow(self.application, self.absence, spacing=8)
        self.put(self._where, foot, self._calls)

    @property
    def event_id(self) -> int:
        """Return the event shown, 0 = none."""
        return self._event_id

    def _emit_event(self, asked: SignalInstance) -> None:
        if self._event_id:
            asked.emit(self._event_id)

    def show_event(self, event: NextEvent | None) -> None:
        """Show the event, or that none is planned."""
        for part in (self._square, self._name, self.button, self._where, self._calls):
            part.setVisible(event is not None)
        self.note.setText(event.days_words if event else "")
        self._event_id = event.event_id if event else 0
        if event is None:
            self._numbers.show_text("これから実施する回で、日付の決まっているものはありません。")
            return
        self._square.show_kind(event.kind)
        self._name.setText(f"{event.date_words} {event.title}")
        self._where.setText(f"{event.time_words}　{event.venue_words or '会場未定'}")
        self._numbers.show_text(f"{event.people_word} **{event.people_words}**　{event.prepared_words}")
        self.button.setAccessibleName(f"{event.title}を開く")
