"""How many people and 団体 were reached, are to be called again, were not tried; they add up."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.subjects.calls.services.call_sheet import AGAIN, NOT_YET, REACHED, CallSheet
from app.widgets.flow_row import FlowRow
from app.widgets.labels import LabelRole, label
from app.window import theme as t
from app.window.icons import picture

_SHOWN: tuple[tuple[str, str, str, LabelRole], ...] = (
    (REACHED, "check-circle-fill", t.GREEN, "done"),
    (AGAIN, "phone-x", t.AMBER, "warned"),
    (NOT_YET, "circle", t.SECOND, "body"),
)


class CallCounts(FlowRow):
    """Three counts and their sum behind a ``title``, in lines as the width allows. Signals: none."""

    def __init__(self, title: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(title, spacing=10, parent=parent)
        self._people: dict[str, QLabel] = {}
        self._organisations: dict[str, QLabel] = {}
        for state, icon, colour, role in _SHOWN:
            self.add(self._chip(state, icon, colour, role))
        self.total = label("", "small")
        self.add(self.total)

    def _chip(self, state: str, icon: str, colour: str, role: LabelRole) -> QWidget:
        chip = QFrame()
        chip.setProperty("kind", "panel")
        line = QHBoxLayout(chip)
        line.setContentsMargins(8, 3, 8, 3)
        line.setSpacing(4)
        sign = QLabel()
        sign.setPixmap(picture(icon, 16, colour, ratio=self.devicePixelRatioF()))
        self._people[state] = label("0人", "h2")
        self._organisations[state] = label("0団体", "small")
        for part in (sign, label(state, role), self._people[state], self._organisations[state]):
            line.addWidget(part)
        return chip

    def show_sheet(self, sheet: CallSheet) -> None:
        """Show what the list adds up to."""
        for state, *_look in _SHOWN:
            count = sheet.count(state)
            self._people[state].setText(f"{count.people}人")
            self._organisations[state].setText(f"{count.organisations}団体")
        self.total.setText(f"計 {sheet.people}人・{len(sheet.lines)}団体")
        self.updateGeometry()
