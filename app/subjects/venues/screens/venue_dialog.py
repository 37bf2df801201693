"""The form of one venue."""

from __future__ import annotations

from dataclasses import fields, replace

from PySide6.QtWidgets import QWidget

from app.subjects.venues.services.venues import remove_venue, save_venue
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store
from db.records.venues import Venue

_NETWORK = (("有", "有"), ("無", "無"), ("不明", "不明"))


class VenueDialog(SavingDialog):
    """Add or change one venue. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, *, venue: Venue | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "会場を変える" if venue else "会場を追加", venue.name if venue else "", main="会場を保存する",
            note=CAN_UNDO, width=720, parent=parent,
        )  # fmt: skip
        self._venue = venue or Venue(name="")
        self.form = Form(
            (
                Field(key="name", label="名称", width=360),
                Field(key="room", label="部屋", width=240, optional=True, hint="部屋ごとに1行にすると、重なりと定員を確かめられます"),
                Field(key="phone", label="電話", width=200, optional=True, hint="中止・変更の連絡に出ます"),
                Field(key="capacity", label="定員", kind="number", unit="人", width=88, least=1, optional=True),
                Field(key="address", label="所在地", optional=True),
                Field(key="access", label="行き方", optional=True),
                Field(key="network", label="ネット環境", kind="radio", choices=_NETWORK),
                Field(key="equipment", label="備品", kind="lines", lines=2, optional=True),
                Field(key="barrier_free", label="段差・設備", kind="lines", lines=2, optional=True, hint="車いす、エレベーター、多目的トイレなど"),
                Field(key="note", label="備考", kind="lines", lines=2, optional=True),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=112,
        )  # fmt: skip
        self.form.set_values({one.name: getattr(self._venue, one.name) for one in fields(Venue)})
        self.put(self.form)
        self.body.addStretch(1)
        if venue is not None:
            self.remove = Button("一覧から消す", self._remove, kind="danger", tall=True)
            self.put_button(self.remove)
        self.confirmed.connect(self._save)
        self.form.go_to("name")

    def _save(self) -> None:
        if self.form.check_all():
            self.send(with_store(save_venue, venue=replace(self._venue, **self.form.values()), **self.desk.signed))

    def _remove(self) -> None:
        self.send(with_store(remove_venue, venue_id=self._venue.id, **self.desk.signed))
