"""The page on which a user with a temporary password must choose one of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.password_form import PasswordForm
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button
from app.widgets.labels import heading, wrapped_label
from app.widgets.note_box import NoteBox
from app.window.failure_messages import Failure


class FirstPasswordPage(CentredPage):
    """Page to choose an own password in place of a temporary one.

    Signals: ``password_chosen(str)`` the new one; ``take_over_asked(str)`` the new one, when taking over from a silent
    PC.
    """

    password_chosen = Signal(str)
    take_over_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.add(
            heading("ご自分のパスワードを決める"),
            wrapped_label(
                "いまのパスワードは、ほかの人が決めた仮のものです。ご自分だけが知っているパスワードに替えてから開きます。"
                "仮のパスワードは、これで使えなくなります。"
            ),
        )
        self.form = PasswordForm(label="新しいパスワード")
        self.problem = NoteBox("", "red")
        self.add(self.form, self.problem, None)
        self.cancel = Button("やめる", tall=True)
        self.take_over_button = Button("引き継いで開く", self._confirm_take_over, tall=True)
        self.confirm_button = Button("パスワードを決めて開く", self._confirm, kind="main", tall=True)
        self.add_buttons(None, self.cancel, self.take_over_button, self.confirm_button)
        for key in ("password", "again"):
            box = self.form.editor(key)
            if isinstance(box, QLineEdit):
                box.returnPressed.connect(self._confirm)

    def show_login_id(self, login_id: str) -> None:
        """Reset the page for a login ID: clear passwords and message, hide 引き継いで開く, and focus the password."""
        self.show_user(f"ID {login_id}")
        self.form.set_owner(login_id, "")
        self.problem.show_text("")
        self.take_over_button.hide()
        self.form.clear_passwords()
        self.focus_first_field()

    def focus_first_field(self) -> None:
        """Set the focus to the new password."""
        self.form.go_to("password")

    def show_failure(self, failure: Failure, *, may_take_over: bool) -> None:
        """Show why it did not work.

        ``may_take_over``: the colleague's PC is silent, so the folder may be taken over from it.
        """
        show_failure_in(failure, self.problem)
        self.take_over_button.setVisible(may_take_over)

    def clear_secrets(self) -> None:
        """Clear the password fields."""
        self.form.clear_passwords()

    def _confirm(self) -> None:
        """Emit ``password_chosen`` with the new password if the form is valid."""
        self.problem.show_text("")
        if self.form.check_all():
            self.password_chosen.emit(self.form.password())

    def _confirm_take_over(self) -> None:
        if self.form.check_all():
            self.take_over_asked.emit(self.form.password())
