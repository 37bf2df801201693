"""Nobody there, or a message left: when to call again, and a word about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.subjects.calls.services.call_sheet import MESSAGE
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.form import Form
from app.widgets.form_fields import Field

_SOON = timedelta(minutes=20)


def next_time(now: datetime) -> datetime:
    """The next half or full hour that is at least twenty minutes away."""
    at = (now + _SOON).replace(second=0, microsecond=0)
    ahead = -at.minute % 30
    return at + timedelta(minutes=ahead)


class AgainDialog(DialogFrame):
    """Asks for the next time. Signals: ``settled(datetime, str)`` time and note; those of ``DialogFrame``."""

    settled = Signal(object, str)

    def __init__(
        self, whom: str, outcome: str, *, now: datetime, fiscal_year: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(outcome, whom, main="記録する", note=CAN_UNDO, width=560, parent=parent)
        at = next_time(now)
        self.form = Form(
            (
                Field(key="time", label="再架電する時刻", kind="time", width=88),
                Field(key="day", label="再架電する日", kind="date", width=120),
                Field(key="note", label="メモ", optional=True, placeholder="留守電に中止と伝えた"),
            ),
            fiscal_year=fiscal_year,
            label_width=136,
        )
        note = "留守電" if outcome == MESSAGE else ""
        self.form.set_values({"day": at.date(), "time": f"{at.hour}:{at.minute:02d}", "note": note})
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._send)
        field = self.form.editor("time")
        self.form.go_to("time")
        if isinstance(field, QLineEdit):
            field.selectAll()

    def _send(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        hour, minute = (int(part) for part in values["time"].split(":"))
        at = datetime.combine(values["day"], datetime.min.time()).replace(hour=hour, minute=minute)
        self.accept()
        self.settled.emit(at, values["note"])
