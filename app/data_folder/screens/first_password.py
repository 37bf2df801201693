"""The page before the window for whoever opens with a password that somebody else set: one of their own comes first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.password_form import PasswordForm
from app.widgets.buttons import Button
from app.widgets.labels import heading, wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.sending import note_failure
from app.window.failure_messages import Failure


class FirstPasswordPage(CentredPage):
    """The page.

    Signals: ``password_given(str)`` the new one; ``take_over_asked(str)`` the new one, where a PC fell silent;
    ``read_asked()`` to look on while nothing can be written; ``left()``.
    """

    password_given = Signal(str)
    take_over_asked = Signal(str)
    read_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.put(
            heading("ご自分のパスワードを決める"),
            wrapped_label(
                "いまのパスワードは、ほかの人が決めた仮のものです。ご自分だけが知っているパスワードに替えてから開きます。"
                "仮のパスワードは、これで使えなくなります。"
            ),
        )
        self.form = PasswordForm(label="新しいパスワード")
        self.problem = NoteBox("", "red")
        self.put(self.form, self.problem, None)
        self.cancel = Button("やめる", self.left.emit, tall=True)
        self.read = Button("いまは閲覧専用で開く", self.read_asked.emit, icon_name="eye", tall=True)
        self.take = Button("引き継いで開く", self._take, tall=True)
        self.main = Button("パスワードを決めて開く", self._go, kind="main", tall=True)
        self.put_foot(None, self.cancel, self.read, self.take, self.main)
        for key in ("password", "again"):
            box = self.form.editor(key)
            if isinstance(box, QLineEdit):
                box.returnPressed.connect(self._go)

    def ask(self, login_id: str) -> None:
        """Ask anew."""
        self.show_user(f"ID {login_id}")
        self.form.set_owner(login_id, "")
        self.problem.say("")
        self.read.hide()
        self.take.hide()
        self.form.clear_passwords()
        self.take_focus()

    def take_focus(self) -> None:
        """The new password."""
        self.form.go_to("password")

    def show_failure(self, failure: Failure, *, may_read: bool, may_take: bool) -> None:
        """Say in place why it did not work.

        Args:
            may_read: a colleague types, or the folder takes no writing: one may look on meanwhile.
            may_take: the colleague's PC fell silent: the folder may be taken over from it.
        """
        note_failure(failure, self.problem)
        self.read.setVisible(may_read)
        self.take.setVisible(may_take)

    def forget(self) -> None:
        """Leave no secret in the fields."""
        self.form.clear_passwords()

    def _go(self) -> None:
        self.problem.say("")
        if self.form.check_all():
            self.password_given.emit(self.form.password())

    def _take(self) -> None:
        if self.form.check_all():
            self.take_over_asked.emit(self.form.password())
