"""Writing a row of the 持出し管理簿 by hand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.takeouts.screens.takeout_form import follow_medium, show_takeout, takeout_fields, typed_takeout
from app.subjects.takeouts.services.takeouts import note_takeout
from app.widgets.form import Form
from app.widgets.labels import Paragraph
from app.widgets.moments import moment_words
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store
from db.records.protection import Takeout

_STAYS = "消さずに残ります。元に戻すと「取消」の行になります"


class TakeoutDialog(SavingDialog):
    """A new row. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, *, event_id: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, "持出しを記入", main="管理簿に記入する", note=_STAYS, width=720, parent=parent)
        now = desk.now()
        self._base = Takeout(
            event_id=event_id,
            contents="",
            taken_at=now,
            taken_by=desk.user_name,
            due_back_at=now.replace(hour=17, minute=15),
        )
        self.form = Form(takeout_fields(contents=True), fiscal_year=desk.fiscal_year, label_width=136)
        show_takeout(self.form, self._base)
        self.put(Paragraph(f"持ち出し日時　{moment_words(now)}（いま）", role="second"))
        self.put(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(self._follow)
        self.confirmed.connect(self._save)
        self.form.go_to("contents")

    def _follow(self, key: str) -> None:
        if key == "medium":
            follow_medium(self.form)
            if self.isVisible():
                self.fit()

    def _save(self) -> None:
        if self.form.check_all():
            self.send(with_store(note_takeout, takeout=typed_takeout(self.form, self._base), **self.desk.signed))
