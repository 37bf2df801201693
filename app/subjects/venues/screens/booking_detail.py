"""One booking: where its life stands, what does not fit, and what can be done now."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.subjects.venues.rules.bookings import CANCEL_STEP, CANCELLED, KEPT
from app.subjects.venues.screens.booking_columns import booking_title, time_words
from app.subjects.venues.services.bookings import BookingRow
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, rule
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.icons import picture


class BookingDetail(QWidget):
    """The details beside the list.

    Signals: ``edit_asked()``; ``settle_asked()`` the room is used; ``clear_asked()`` 片付け; ``cancel_asked()``;
    ``remove_asked()``; ``event_asked()``.
    """

    edit_asked = Signal()
    settle_asked = Signal()
    clear_asked = Signal()
    cancel_asked = Signal()
    remove_asked = Signal()
    event_asked = Signal()

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.panel = Panel(tone="accent")
        self.title = label("", "h2", wrap=True)
        self.second = label("", "second", wrap=True)
        self.leads = link_button("", self.event_asked.emit)
        self.warnings = NoteBox(tone="amber")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self.note = label("", "small", wrap=True)
        self.edit = Button("内容を変える", self.edit_asked.emit, icon_name="pencil-simple")
        self.settle = Button("使うことを確認した", self.settle_asked.emit)
        self.clear = Button("片付けを確認", self.clear_asked.emit)
        self.cancel = Button("取消にする", self.cancel_asked.emit, kind="danger")
        self.remove = Button("誤りなので消す", self.remove_asked.emit, kind="danger")
        for part in (self.title, self.second, self.leads, self.warnings, rule()):
            self.panel.put(part)
        self.panel.body.addLayout(self._grid)
        self.panel.put(self.note)
        self.acts = FlowRow(self.edit, self.settle, self.clear, self.cancel, self.remove)
        self.panel.put(self.acts)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.panel)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))
        self.show_row(None)

    def show_row(self, row: BookingRow | None) -> None:
        """Show a booking, or nothing."""
        self.panel.setVisible(row is not None)
        if row is None:
            return
        booking = row.booking
        self.title.setText(booking_title(booking, self._today))
        fee = f"使用料 {booking.fee:,}円" if booking.fee is not None else ""
        self.second.setText("　".join(part for part in (time_words(booking), booking.purpose, fee) if part))
        self.leads.set_words(row.event.full_title if row.event is not None else "")
        self.leads.setVisible(row.event is not None)
        self.warnings.say("\n".join(one.text for one in row.warnings))
        self.note.setText(booking.note)
        self.note.setVisible(bool(booking.note))
        self._show_steps(row)
        live = booking.state != CANCELLED
        self.settle.setVisible(
            live and booking.cancel_by is not None and KEPT not in booking.note and booking.day >= self._today
        )
        self.clear.setVisible(live and booking.cleared_on is None and booking.day <= self._today)
        self.cancel.setVisible(live and booking.day >= self._today)
        self.acts.updateGeometry()

    def _show_steps(self, row: BookingRow) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            held = item.widget()
            if held is not None:
                held.hide()
                held.deleteLater()
        for number, step in enumerate(row.steps):
            coming = row.next_step is not None and step.name == row.next_step.name
            name, colour = (
                ("check-circle-fill", t.GREEN)
                if step.done
                else ("clock-fill", t.AMBER)
                if coming
                else ("circle", t.SECOND)
            )
            sign = QLabel()
            sign.setPixmap(picture(name, 16, colour, ratio=self.devicePixelRatioF()))
            sign.setAccessibleName("済" if step.done else "つぎ" if coming else "まだ")
            words = step.words or ("" if step.done else "なし" if not step.wanted and step.name == CANCEL_STEP else "")
            self._grid.addWidget(sign, number, 0)
            self._grid.addWidget(label(step.name, "strong" if coming else "body"), number, 1)
            self._grid.addWidget(label(words, "second", wrap=True), number, 2)
