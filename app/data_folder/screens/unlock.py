"""The lock screen: no data are visible until the user is back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.try_pause import PasswordPage, TryPause
from app.widgets.buttons import Button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import heading, wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window.failure_messages import Failure

_FIELDS = (Field("password", "パスワード", "password", width=340),)


class UnlockPage(PasswordPage, CentredPage):
    """Page of the locked screen.

    Signals: ``unlock_asked(str)`` the password, "" where none is needed.
    """

    unlock_asked = Signal(str)

    def __init__(self, tries: TryPause):
        super().__init__()
        self.add(None, heading("ロックしています"))
        self._words = wrapped_label()
        self.form = Form(_FIELDS)
        self.problem = NoteBox("", "red")
        self.add(self._words, self.form, self.problem)
        self.unlock_button = Button("つづける", self._ask_unlock, kind="main", tall=True)
        self.quit_button = Button("終了する", tall=True)
        self.add(widget_row(self.unlock_button, self.quit_button, None, spacing=12))
        self.body.addStretch(2)
        box = self.form.editor("password")
        if isinstance(box, QLineEdit):
            box.returnPressed.connect(self._ask_unlock)
        self.follow_tries(tries, self.form, self.unlock_button)

    def show_lock(self, user: str, *, password_needed: bool) -> None:
        """Show the lock screen of ``user``, with an empty password field if one is needed (not for the sample)."""
        self.reset_problem()
        self.form.set_values({"password": ""})
        self.form.setVisible(password_needed)
        more = (
            "作業中の内容は、そのまま残っています。"
            if password_needed
            else "見本データのため、パスワードは要りません。"
        )
        self._words.setText(f"{user}さんの画面です。{more}")
        self.focus_first_field()

    def focus_first_field(self) -> None:
        """Set the focus to the password, if one is needed."""
        if self.form.isHidden():
            self.unlock_button.setFocus()
        else:
            self.form.go_to("password")

    def show_failure(self, failure: Failure) -> None:
        """Show why the screen stays locked, enable the form again and empty the password."""
        self.set_checking(False)
        super().show_failure(failure)
        self.form.set_values({"password": ""})
        self.form.go_to("password")

    def set_checking(self, checking: bool) -> None:
        """Disable button and form while the password is being checked; False enables them again, unless paused."""
        for part in (self.unlock_button, self.form):
            part.setEnabled(not checking and not self.tries.seconds)

    def _ask_unlock(self) -> None:
        """Emit ``unlock_asked`` with the typed password if the form is valid."""
        if not self.unlock_button.isEnabled():
            return
        if self.form.isHidden() or self.form.check_all():
            self.unlock_asked.emit(self.form.text("password"))
