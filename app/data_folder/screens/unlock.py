"""The locked desk: nothing of the data is to be seen until its person is back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.data_folder.screens.centred_page import CentredPage
from app.widgets.buttons import Button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import heading, wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.screen import row
from app.widgets.sending import note_failure
from app.window.failure_messages import Failure

_FIELDS = (Field("password", "パスワード", "password", width=340),)


class UnlockPage(CentredPage):
    """The page. Signals: ``unlock_asked(str)`` the password; ``quit_asked()`` 終了する."""

    unlock_asked = Signal(str)
    quit_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.put(None, heading("ロックしています"))
        self._words = wrapped_label("")
        self.form = Form(_FIELDS)
        self.problem = NoteBox("", "red")
        self.put(self._words, self.form, self.problem)
        self.problem.say("")
        self.go_on = Button("つづける", self._enter, kind="main", tall=True)
        self.quit = Button("終了する", self.quit_asked.emit, tall=True)
        self.put(row(self.go_on, self.quit, None, spacing=12))
        self.body.addStretch(2)
        box = self.form.editor("password")
        if isinstance(box, QLineEdit):
            box.returnPressed.connect(self._enter)

    def show_lock(self, user: str, *, password_needed: bool) -> None:
        """Show the lock of ``user``; the sample needs no password."""
        self.problem.say("")
        self.form.set_values({"password": ""})
        self.form.setVisible(password_needed)
        more = (
            "作業中の内容は、そのまま残っています。"
            if password_needed
            else "見本データのため、パスワードは要りません。"
        )
        self._words.setText(f"{user}さんの画面です。{more}")
        self.take_focus()

    def take_focus(self) -> None:
        """The password, where one is needed."""
        if self.form.isHidden():
            self.go_on.setFocus()
        else:
            self.form.go_to("password")

    def show_failure(self, failure: Failure) -> None:
        """Say why the desk stays locked."""
        self.wait(False)
        note_failure(failure, self.problem)
        self.form.set_values({"password": ""})
        self.form.go_to("password")

    def wait(self, waiting: bool) -> None:
        """While the password is checked."""
        self.go_on.setEnabled(not waiting)
        self.form.setEnabled(not waiting)

    def _enter(self) -> None:
        if not self.go_on.isEnabled():
            return
        if self.form.isHidden() or self.form.check_all():
            self.unlock_asked.emit(str(self.form.value("password") or ""))
