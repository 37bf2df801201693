"""Close a year by hand, with day and reason, after what is still open in it was shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.calendar.wareki import fiscal_year_words
from app.subjects.year.services.years import YearClosing, close_year
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store

_SHOWN = 8


class CloseYearDialog(SavingDialog):
    """Day and reason. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, closing: YearClosing, parent: QWidget | None = None) -> None:
        self._year = closing.programme.fiscal_year
        words = fiscal_year_words(self._year)
        super().__init__(desk, "年度を閉じる", words, main=f"{words}を閉じる", note=CAN_UNDO, width=640, parent=parent)
        self.put(Paragraph(_open_words(closing)))
        self.put(
            Paragraph("閉じても記録は消えません。いつでも見て、印刷し、もう一度開くことができます。", role="second")
        )
        self.form = Form(
            (
                Field(key="day", label="閉じる日", kind="date", width=120, hint="9/1、R8.9.1 など"),
                Field(key="reason", label="理由", hint="設定と履歴に残ります（例：検査と支払が済んだ）。"),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=96,
        )
        self.form.set_values({"day": desk.today(), "reason": ""})
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        self.send(
            with_store(
                close_year, fiscal_year=self._year, day=values["day"], reason=values["reason"], **self.desk.signed
            )
        )


def _open_words(closing: YearClosing) -> str:
    """The duties that closing takes off home, the first of them by name."""
    found = closing.open_duties
    if not found:
        return "この年度に、済んでいない期限はありません。"
    rest = f"\nほか{len(found) - _SHOWN}件" if len(found) > _SHOWN else ""
    return (
        f"済んでいない期限が{len(found)}件あります。閉じると、ホームに出なくなります。\n"
        + "\n".join(f"・{words}" for words in found[:_SHOWN])
        + rest
    )
