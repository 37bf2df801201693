"""Offers the row of the 持出し管理簿 when papers with names were printed or saved for the day (特18)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from app.subjects.takeouts.services.takeouts import note_takeout
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store
from db.records.protection import Takeout

_TOLD = "庁舎の外へ持ち出す前に記録します。返却の予定は実施日のうちです。返却は「持出し管理簿」で記録します。"
_DAY_END = time(23, 59)


class TakeoutDialog(SavingDialog):
    """Writes one row of the ledger. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        desk: Desk,
        *,
        event_id: int,
        contents: str,
        copies: int,
        destination: str,
        day: date | None,
        parent: QWidget | None = None,
    ) -> None:
        """``contents`` and ``copies`` are what left; ``day`` is the day on which it comes back."""
        super().__init__(
            desk,
            "持出し管理簿に記録",
            contents,
            main="記録する",
            cancel="いまは記録しない",
            note=CAN_UNDO,
            parent=parent,
        )
        self._event_id = event_id
        self._back = datetime.combine(day, _DAY_END) if day is not None else None
        self.put(label(_TOLD, "second", wrap=True))
        self.form = Form(
            (
                Field(key="contents", label="格納情報", width=420),
                Field(key="copies", label="部数", kind="number", width=64, unit="部", least=1, most=999),
                Field(key="taken_by", label="持ち出した者", width=240),
                Field(key="approved_by", label="承認者", width=240),
                Field(key="purpose", label="用途", width=420),
                Field(key="destination", label="持ち出し先", width=420),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.form.set_values(
            {
                "contents": contents, "copies": copies, "taken_by": desk.user_name, "purpose": "当日の受付",
                "destination": destination,
            }
        )  # fmt: skip
        self.put(self.form)
        self.confirmed.connect(self.keep)
        self.form.go_to("approved_by")

    def keep(self) -> None:
        """Write the row when everything is filled in."""
        if not self.form.check_all():
            return
        values: dict[str, Any] = self.form.values()
        takeout = Takeout(
            event_id=self._event_id, taken_at=self.desk.now(), due_back_at=self._back, medium="紙", **values
        )
        self.send(with_store(note_takeout, takeout=takeout, **self.desk.signed))
