"""One arrangement for a 配慮: what, from whom, ordered when, settled when."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.subjects.arrangements.services.arrangements import change_arrangement, make_arrangement, remove_arrangement
from app.subjects.events.rules.care_needs import KINDS
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store
from db.records.roster import Arrangement

_KEYS = ("kind", "content", "ordered_on", "ordered_to", "phone", "settled_on", "note")


class ArrangementDialog(SavingDialog):
    """A new arrangement, or one to be changed. Signals: those of ``SavingDialog``."""

    def __init__(
        self, desk: Desk, arrangement: Arrangement, *, who: str, care: str, parent: QWidget | None = None
    ) -> None:
        """``arrangement`` without an id is a new one; ``who`` and ``care`` are shown above the fields."""
        new = not arrangement.id
        super().__init__(
            desk, "手配を加える" if new else "手配を直す", who, main="手配を加える" if new else "保存する",
            note=CAN_UNDO, width=680, parent=parent,
        )  # fmt: skip
        self._arrangement = arrangement
        if care:
            self.put(Paragraph(f"配慮：{care}"))
        self.form = Form(
            (
                Field(
                    key="kind", label="手配", kind="choice", choices=tuple((kind, kind) for kind in KINDS), width=180
                ),
                Field(
                    key="content", label="内容", optional=True, hint="人数連絡の「必要な対応」に出ます。例　拡大資料1部"
                ),
                Field(key="ordered_on", label="依頼日", kind="date", optional=True, width=120),
                Field(key="ordered_to", label="依頼先", optional=True, width=320),
                Field(key="phone", label="依頼先の電話", optional=True, width=200),
                Field(key="settled_on", label="手配が済んだ日", kind="date", optional=True, width=120),
                Field(key="note", label="メモ", optional=True),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.form.set_values({key: getattr(arrangement, key) for key in _KEYS})
        self.put(self.form)
        self.body.addStretch(1)
        if not new:
            self.put_button(Button("削除する", self._remove, kind="danger", tall=True))
        self.confirmed.connect(self._save)
        self.form.go_to("content")

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values: dict[str, Any] = self.form.values()
        settled_by = (self._arrangement.settled_by or self.desk.user_name) if values["settled_on"] else ""
        made = Arrangement(
            id=self._arrangement.id,
            event_id=self._arrangement.event_id,
            entry_id=self._arrangement.entry_id,
            settled_by=settled_by,
            **values,
        )
        self.send(with_store(change_arrangement if made.id else make_arrangement, arrangement=made, **self.desk.signed))

    def _remove(self) -> None:
        self.send(
            with_store(
                remove_arrangement,
                event_id=self._arrangement.event_id,
                arrangement_id=self._arrangement.id,
                **self.desk.signed,
            )
        )
