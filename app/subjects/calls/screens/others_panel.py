"""3 ほかの連絡先: the contractor, the venue, the interpreters, the presenters."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from app.subjects.calls.screens.call_columns import again_words, what_happened
from app.subjects.calls.services.call_sheet import AGAIN, NOT_NEEDED, REACHED
from app.subjects.calls.services.call_view import CallView, OtherContact
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, rule, section
from app.widgets.moments import clock_of
from app.widgets.screen import row
from app.window import theme as t
from app.window.icons import picture


class OthersPanel(QWidget):
    """The other contacts. Signals: ``called(OtherContact, str)`` whom and with what outcome."""

    called = Signal(object, str)

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.count = label("", "small")
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row(section("3　ほかの連絡先"), None, self.count))
        column.addWidget(rule())
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column.addLayout(self._lines)

    def show_view(self, view: CallView) -> None:
        """Show how far they are."""
        self.count.setText(f"{view.others_settled} / {view.others_wanted} 済")
        self.buttons = {}
        while (item := self._lines.takeAt(0)) is not None:
            held = item.widget()
            if held is not None:
                held.hide()
                held.deleteLater()
        for one in view.others:
            self._lines.addWidget(self._line(one, on=view.decided))
            self._lines.addWidget(rule())

    def _line(self, one: OtherContact, *, on: bool) -> QWidget:
        quiet = one.state == NOT_NEEDED
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(FlowRow(label(one.title, "second" if quiet else "strong"), self._state(one, on=on), at_end=1))
        if one.phone or one.detail:
            under = FlowRow(spacing=10)
            if one.phone:
                under.add(label(one.phone))
            if one.detail:
                under.add(label(one.detail, "small"))
            column.addWidget(under)
        return holder

    def _state(self, one: OtherContact, *, on: bool) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        if one.state == REACHED and one.call is not None:
            line.addWidget(self._sign("check-circle-fill", t.GREEN))
            line.addWidget(label(REACHED, "done"))
            line.addWidget(label(f"{clock_of(one.call.at)} {one.call.by}", "small"))
            return holder
        if one.state == NOT_NEEDED:
            line.addWidget(label(NOT_NEEDED, "second"))
        elif one.call is not None:
            line.addWidget(self._sign("phone-x", t.AMBER))
            line.addWidget(label(f"{what_happened(one.call)} {again_words(one.call, self._today)}".strip(), "warned"))
        if on:
            if one.state != NOT_NEEDED:
                line.addWidget(self._button(one))
            line.addWidget(self._more(one))
        return holder

    def _button(self, one: OtherContact) -> Button:
        button = Button(REACHED, lambda: self.called.emit(one, REACHED), low=True)
        button.setAccessibleName(f"{one.title}　{REACHED}")
        self.buttons[one.target] = button
        return button

    def _more(self, one: OtherContact) -> Button:
        more = Button(f"{one.title}　ほかの記録", kind="icon", icon_name="dots-three")
        menu = QMenu(more)
        for outcome in (REACHED, AGAIN, NOT_NEEDED):
            if outcome != one.state:
                menu.addAction(outcome, partial(self.called.emit, one, outcome))
        more.setMenu(menu)
        return more

    def _sign(self, name: str, colour: str) -> QLabel:
        sign = QLabel()
        sign.setPixmap(picture(name, 16, colour, ratio=self.devicePixelRatioF()))
        return sign
