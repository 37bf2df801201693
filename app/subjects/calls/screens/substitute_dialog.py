"""振替: another day or none, and whether 協議 is enough or 契約課 must be asked."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import clock_words, long_date, short_date
from app.subjects.calls.services.call_view import CallView
from app.subjects.calls.services.calls import set_substitute
from app.subjects.events.parts.settled_ways import ways
from app.subjects.events.rules.event_warning import CONTRACT_CHANGE
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.note_box import NoteBox
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store

_ASKED = ("asked_on", "asked_who", "answer")
_NOTE = (
    "日程そのものは、協議がまとまったら「日付を変える」または新しい実施回で入力します。ここでは、扱いを協議に残します。"
)


class SubstituteDialog(SavingDialog):
    """The 振替 of one event. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, view: CallView, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "振替・回数の協議を記録",
            view.event.full_title,
            main="協議に記録する",
            note=CAN_UNDO,
            width=720,
            parent=parent,
        )
        self._event_id = view.event.id
        self.form = Form(
            (
                Field(
                    key="day",
                    label="振替日",
                    kind="date",
                    width=120,
                    optional=True,
                    hint="まだ決まっていないときは空のまま",
                ),
                Field(key="time", label="開始", kind="time", width=88, optional=True),
                Field(key="how", label="この変更は", kind="radio", choices=ways(strict=view.strict)),
                Field(key="content", label="内容", kind="lines", lines=2, optional=True),
                Field(key="asked_on", label="確認した日", kind="date", width=120, optional=True),
                Field(key="asked_who", label="相手", optional=True, placeholder="契約課　契約係"),
                Field(key="answer", label="答え", optional=True, hint="まだのときは空のまま。協議中として残ります。"),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=112,
        )
        self.form.set_values(
            {"time": view.event.start_time, "how": ways(strict=view.strict)[-1 if view.strict else 1][0]}
        )
        self.put(NoteBox(_NOTE))
        self.put(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(lambda _key: self._follow())
        self.confirmed.connect(self._save)
        self._follow()
        self.form.go_to("day")

    def _follow(self) -> None:
        for key in _ASKED:
            self.form.show_field(key, self.form.value("how") == CONTRACT_CHANGE)
        if self.isVisible():
            self.fit()

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        self.send(
            with_store(
                set_substitute,
                event_id=self._event_id,
                day_words=_day_words(values),
                nature=values["how"],
                content=values["content"],
                asked=self._asked(values),
                **self.desk.signed,
            )
        )

    @staticmethod
    def _asked(values: dict[str, Any]) -> str:
        """Day, person and answer of 契約課 in one line; empty while there is no answer."""
        if values["how"] != CONTRACT_CHANGE or not values["answer"].strip():
            return ""
        day = short_date(values["asked_on"]) if values["asked_on"] else ""
        return "　".join(part for part in (day, values["asked_who"].strip(), values["answer"].strip()) if part)


def _day_words(values: dict[str, Any]) -> str:
    """「10月1日（木）午後2時から」, or empty."""
    if not values["day"]:
        return ""
    start = f"{clock_words(values['time'])}から" if values["time"] else ""
    return f"{long_date(values['day'])}{start}"
