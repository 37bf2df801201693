"""Asks for one day, typed in any spelling, and what belongs to it: a confirmation or a receipt is noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.subjects.reports.screens.report_words import WAYS_OF_RECEIPT
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.window.desk import Desk
from app.window.failure_messages import failure_of
from db.store import Store

HOW = Field(
    key="how", label="受領の方法", kind="choice", width=200, choices=tuple((way, way) for way in WAYS_OF_RECEIPT)
)


class DayDialog(DialogFrame):
    """One day. Signals: those of ``DialogFrame``.

    ``change(values)`` makes what the desk writes of ``on`` and whatever else the form holds.
    """

    def __init__(
        self,
        desk: Desk,
        change: Callable[[dict[str, Any]], Callable[[Store], object]],
        *,
        title: str,
        subject: str,
        words: str,
        day_label: str,
        main: str,
        how: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subject, main=main, note=CAN_UNDO, width=620, parent=parent)
        self._desk = desk
        self._change = change
        day = Field(
            key="on", label=day_label, kind="date", width=120, hint="9/28、R8.9.28、令和8年9月28日 のどれでも読めます"
        )
        self.form = Form((day, HOW) if how else (day,), fiscal_year=desk.fiscal_year)
        today: date = desk.today()
        self.form.set_values({"on": today, "how": WAYS_OF_RECEIPT[0]} if how else {"on": today})
        self.put(Paragraph(words))
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)
        self.form.go_to("on")

    def _save(self) -> None:
        if not self.form.check_all():
            return
        self.wait(True)
        started = self._desk.write(
            self._change(self.form.values()),
            self._end,
            failed=self._fail,
        )
        if started is None:
            self.wait(False)

    def _end(self, _saved: Any) -> None:
        self.wait(False)
        self.accept()

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        self.form.set_problem("on", failure_of(problem).in_one())
        self.fit()
