"""The dialog of the day for the row of the 持出し管理簿 about documents with names."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.event_day.checkouts.rules import due_back
from app.event_day.checkouts.services import record_checkout
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import second_label
from db.records.protection import Checkout

_CHECKOUT_HINT = (
    "庁舎の外へ持ち出す前に記録します。返却の予定は実施日の17:15（遅く終わる回は、終了の1時間後）です。"
    "返却は、戻ってから「返す」で記録します。"
)


class DayCheckoutDialog(SavingDialog):
    """Dialog to write one row of the 持出し管理簿 for paper. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        *,
        event_id: int,
        contents: str,
        copies: int,
        destination: str,
        day: date | None,
        end_time: str = "",
    ):
        """Create the dialog.

        Args:
            contents, copies: what leaves.
            day, end_time: of the event, after which it comes back (see ``due_back``); None = no return day is stored.
        """
        super().__init__(
            parent,
            "持出し管理簿に記録",
            contents,
            main="記録する",
            cancel="いまは記録しない",
        )
        self._event_id = event_id
        self._back = due_back(day, end_time, self.app_context.now()) if day is not None else None
        self.put(second_label(_CHECKOUT_HINT))
        self.form = Form(
            (
                record_field(Checkout, "contents", width=420),
                record_field(Checkout, "copies", width=64, unit="部", least=1, most=999),
                record_field(Checkout, "taken_by", width=240),
                record_field(Checkout, "approved_by", width=240, optional=False),
                record_field(Checkout, "purpose", width=420, optional=False),
                record_field(Checkout, "destination", width=420, optional=False),
            ),
            self.app_context.fiscal_year,
        )
        self.form.set_values(
            {
                "contents": contents, "copies": copies, "taken_by": self.app_context.user_name, "purpose": "当日の受付",
                "destination": destination,
            }
        )  # fmt: skip
        self.put(self.form)
        self.confirmed.connect(self.save_checkout)
        self.form.go_to("approved_by")

    def save_checkout(self) -> None:
        """Save the row of the 持出し管理簿, once the fields are valid."""
        if not self.form.check_all():
            return
        values = self.form.values()
        takeout = Checkout(
            event_id=self._event_id, taken_at=self.app_context.now(), due_back_at=self._back, medium="紙", **values
        )
        self.run_action(record_checkout, checkout=takeout)
