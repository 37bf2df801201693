"""Open, settle or mend the record of a matter under discussion (協議)."""

from __future__ import annotations

from typing import Any, Literal

from PySide6.QtWidgets import QWidget

from app.subjects.events.rules.event_warning import AGREEMENT, NEEDS
from app.subjects.events.services.agreements import (
    TopicRow,
    change_topic,
    open_topic,
    remove_topic,
    reopen_topic,
    settle_topic,
)
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store
from db.records.agreements import Agreement

Task = Literal["add", "settle", "change"]
_TITLES: dict[str, tuple[str, str]] = {
    "add": ("協議を加える", "協議中にする"),
    "settle": ("協議を済にする", "協議を済にする"),
    "change": ("協議の記録", "記録を保存する"),
}


_SETTLED = ("settled_on", "content", "number", "partner", "nature", "note")


class TopicDialog(SavingDialog):
    """One matter. Signals: those of ``SavingDialog``."""

    def __init__(
        self, desk: Desk, *, event_id: int, doing: Task, topic: TopicRow | None = None, parent: QWidget | None = None
    ) -> None:
        title, verb = _TITLES[doing]
        super().__init__(desk, title, topic.topic if topic else "", main=verb, note=CAN_UNDO, width=680, parent=parent)
        self._event_id = event_id
        self._doing = doing
        self._topic = topic
        self.form = Form(self._fields(), fiscal_year=desk.fiscal_year, label_width=140)
        self.form.set_values(self._values())
        self.put(self.form)
        self.body.addStretch(1)
        if topic is not None and doing == "change":
            self.put_button(Button("この記録を消す", self._remove, kind="danger", tall=True))
            if topic.settled_on is not None:
                self.put_button(Button("協議中に戻す", self._reopen, tall=True))
        self.confirmed.connect(self._save)
        self.form.go_to("topic" if doing == "add" else "content" if doing == "change" else "settled_on")

    def _fields(self) -> tuple[Field, ...]:
        settled = self._doing == "settle" or (self._topic is not None and self._topic.settled_on is not None)
        fields = (
            Field(key="topic", label="事項", hint="日程、内容、機材、設問など"),
            Field(key="asked_on", label="始めた日", kind="date", width=120, optional=True),
            Field(key="settled_on", label="整った日", kind="date", width=120),
            Field(key="content", label="内容", kind="lines", lines=3, optional=True),
            Field(key="number", label="協議記録番号", width=160, optional=True),
            Field(key="partner", label="相手", width=280, optional=True, placeholder="受託者　業務責任者"),
            Field(key="nature", label="扱い", kind="choice", choices=tuple((each, each) for each in NEEDS)),
            Field(key="note", label="メモ", optional=True, hint="契約課へ確認したときは、日・相手・答え"),
        )
        return tuple(field for field in fields if field.key != "settled_on" or settled)

    def _values(self) -> dict[str, Any]:
        today = self.desk.today()
        topic = self._topic
        if topic is None:
            return {"asked_on": today, "nature": AGREEMENT}
        keys = ("topic", "asked_on", "content", "number", "partner", "nature", "note")
        values: dict[str, Any] = {key: getattr(topic, key) for key in keys}
        return values | {"settled_on": topic.settled_on or today}

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        if self._doing == "add" or self._topic is None:
            given = {key: values[key] for key in ("topic", "content", "asked_on", "partner", "nature")}
            self.send(with_store(open_topic, event_id=self._event_id, **given, **self.desk.signed))
        elif self._doing == "settle":
            given = {key: values[key] for key in _SETTLED}
            self.send(with_store(settle_topic, agreement_id=self._topic.id, **given, **self.desk.signed))
        else:
            settled = values.get("settled_on") if self._topic.settled_on is not None else None
            record = Agreement(
                id=self._topic.id, event_id=self._topic.event_id, number=values["number"], topic=values["topic"],
                content=values["content"], asked_on=values["asked_on"], settled_on=settled,
                partner=values["partner"], nature=values["nature"], note=values["note"],
            )  # fmt: skip
            self.send(with_store(change_topic, agreement=record, **self.desk.signed))

    def _reopen(self) -> None:
        if self._topic is not None:
            self.send(with_store(reopen_topic, agreement_id=self._topic.id, **self.desk.signed))

    def _remove(self) -> None:
        if self._topic is not None:
            self.send(with_store(remove_topic, agreement_id=self._topic.id, **self.desk.signed))
