"""The page to open a 当日持出しファイル at the venue with the password chosen for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.try_pause import PasswordPage, TryPause
from app.widgets.buttons import Button
from app.widgets.forms.file_field import FileField
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading, label
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.failure_messages import Failure

_INTRO = (
    "持ち出した1回分だけの受付を、このPCで行います。記録は1件ごとに、そのファイルの中へ保存します。"
    "終わったら事務所で「持出しファイルを戻す」を行ってください。"
)


class DayFilePage(PasswordPage, CentredPage):
    """The page to open a 当日持出しファイル. Signals: ``open_asked(Path, str)`` file and password."""

    open_asked = Signal(object, str)

    def __init__(self, tries: TryPause):
        super().__init__()
        self.add(heading("当日持出しファイルを開く"), Paragraph(_INTRO))
        self.file = FileField(placeholder="USBメモリなどにあるファイルを選びます")
        name = label("ファイル")
        name.setFixedWidth(t.scaled(t.LABEL))
        line = widget_row(name, self.file, spacing=16)
        line.setStretch(1, 1)
        self.form = Form(
            (
                Field(
                    "password",
                    "パスワード",
                    "password",
                    width=340,
                    hint="持ち出すときに、このファイルのために決めたものです。",
                ),
            )
        )
        self.problem = NoteBox("", "red")
        self.add(line, self.form, self.problem, None)
        self.back = Button("もどる", tall=True)
        self.open_button = Button("開いて受付を始める", self._open, kind="main", tall=True)
        self.add_buttons(None, self.back, self.open_button)
        box = self.form.editor("password")
        if isinstance(box, QLineEdit):
            box.returnPressed.connect(self._open)
        self.file.entered.connect(lambda: self.form.go_to("password"))
        self.follow_tries(tries, self.form, self.open_button)

    def show_last_file(self, last_path: str) -> None:
        """Reset the page; ``last_path`` is the file opened last on this PC, or ""."""
        self.file.set_path(last_path)
        self.form.set_values({"password": ""})
        self.reset_problem()

    def focus_first_field(self) -> None:
        """Set the focus to the first empty field."""
        if self.file.path() is None:
            self.file.setFocus()
        else:
            self.form.go_to("password")

    def show_failure(self, failure: Failure) -> None:
        """Show why it did not open; the password is to be typed again."""
        super().show_failure(failure)
        self.form.set_values({"password": ""})
        self.form.go_to("password")

    def clear_secrets(self) -> None:
        """Clear the password field."""
        self.form.set_values({"password": ""})

    def _open(self) -> None:
        """Emit ``open_asked`` with file and typed password, or say what is missing."""
        path = self.file.path()
        self.problem.show_text("")
        if path is None:
            self.problem.show_text("ファイルがまだ選ばれていません。", tone="amber")
            self.file.setFocus()
        elif self.form.check_all():
            self.open_asked.emit(path, self.form.text("password"))
