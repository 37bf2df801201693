"""The form of every 修正依頼: the day by which the next version is wanted, the text to copy, which stays as somebody
wrote it, and how the contractor was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.papers.screens.told_fields import ToldFields
from app.papers.services.notification import Told
from app.widgets.buttons import Button
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, rule, wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.screen import row
from app.window.clipboard import put_to_paste
from app.window.desk import Desk, may_let_out

_KEPT: Final = "依頼の文は、書き直されたままにしています。文の中の期限の日も確かめてください。"


class CorrectionForm(SavingDialog):
    """Asks for the day and shows the text. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        desk: Desk,
        subject: str,
        *,
        due: date,
        lines: int,
        to: str,
        more: Sequence[Field] = (),
        parent: QWidget,
    ) -> None:
        """``due`` is the day proposed, ``lines`` how high the text stands, ``to`` the usual party, ``more`` what
        else is asked for."""
        super().__init__(desk, "修正を依頼する", subject, main="依頼として記録する", width=720, parent=parent)
        self.form = Form(
            (
                Field("due", "修正の期限", "date", width=120, optional=True),
                Field("text", "依頼の文", "lines", lines=lines,
                      hint="このアプリからは送信しません。コピーしてメールに貼り付けます。"),
                *more,
            ),
            fiscal_year=desk.fiscal_year,
            near=desk.today(),
            label_width=132,
        )  # fmt: skip
        self._proposed = ""
        self.form.set_values({"due": due, "text": ""})
        self.stays = NoteBox(tone="amber", reserve=1)
        self.put(
            self.form,
            self.stays,
            row(None, Button("文をコピーする", self._copy, icon_name="copy")),
            rule(),
            label("通知", "strong"),
            wrapped_label(
                "まだ伝えていないときは、方法を選ばずに記録します。通知するまで「区の対応待ち」に残ります。",
                "small",
            ),
        )
        self.told = ToldFields(desk, label_width=132)
        self.told.propose(to)
        # The text above is what is told: it stands here whole.
        self.told.know(made=True)
        self.told.see(True)
        self.told.changed.connect(self._follow)
        self.put(self.told, None)
        self.main.setDefault(False)
        self._follow()
        self.form.committed.connect(lambda key: self.write() if key == "due" else None)
        self.confirmed.connect(self._check)
        self.write()

    def write(self) -> None:
        """Make the text for the day that is typed and hand it to ``propose``; whose form this is says how."""

    def save(self) -> None:
        """Record the request; whose form this is says how."""

    def propose(self, text: str) -> None:
        """Put a text made anew; one that somebody wrote in stays, and what has to be looked at is said."""
        typed = str(self.form.value("text") or "").strip()
        own = bool(typed) and typed != self._proposed
        self.stays.say(_KEPT if own else "")
        self._proposed = text.strip()
        if not own:
            self.form.set_values({"text": text})

    def _follow(self) -> None:
        """Whoever names a way has to say what that way needs; without one it is told later."""
        if not self.desk.read_only:
            self.main.setEnabled(self.told.ready or not self.told.way)

    def how(self) -> Told | None:
        """How it was told, None = it is not yet."""
        return Told(**self.told.values()) if self.told.way else None

    def _copy(self) -> None:
        if may_let_out(self):
            put_to_paste(self.form.value("text"))

    def _check(self) -> None:
        if self.form.check_all() and (not self.told.way or self.told.check()):
            self.save()
