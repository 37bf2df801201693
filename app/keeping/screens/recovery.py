"""Opening with the printed recovery key: first the key, then whose password is to be new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.keeping.screens.centred_page import CentredPage
from app.keeping.screens.password_form import PasswordForm
from app.widgets.buttons import Button
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_editors import ChoiceEditor
from app.widgets.form_fields import Field
from app.widgets.labels import heading, label
from app.widgets.note_box import NoteBox
from app.window.failure_messages import Failure

_KEY = (
    Field(
        key="key",
        label="回復キー",
        hint="印刷した紙の番号の順に。小文字でも、間の空白やハイフンがなくてもかまいません。",
    ),
)


class RecoveryPage(CentredPage):
    """The page.

    Signals: ``key_given(str)``; ``password_given(str, str)`` ID and new password; ``left()``.
    """

    key_given = Signal(str)
    password_given = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.put(heading("回復キーで開く"))
        self._words = label("", wrap=True)
        self.put(self._words)
        self.key_form = Form(_KEY)
        self.put(self.key_form)
        self.who = ChoiceEditor(Field(key="who", label="利用者", kind="choice", width=340))
        self.who.target().setAccessibleName("利用者")
        self.who_label = label("新しいパスワードを決める人", "strong")
        self.put(self.who_label)
        self.put(self.who)
        self.password_form = PasswordForm(label="新しいパスワード")
        self.put(self.password_form)
        self.problem = NoteBox("", tone="red")
        self.put(self.problem)
        self.body.addStretch(1)
        self.cancel = Button("やめる", self.left.emit, tall=True)
        self.main = Button("", self._go, kind="main", tall=True)
        self.put_foot(None, self.cancel, self.main)
        self._users: tuple[tuple[str, str], ...] = ()
        box = self.key_form.editor("key")
        if isinstance(box, QLineEdit):
            box.returnPressed.connect(self._go)
        self.ask_key()

    def ask_key(self) -> None:
        """Ask for the key."""
        self._users = ()
        self._words.setText("パスワードを忘れたときに使います。開いたあと、新しいパスワードを決めます。")
        self.key_form.set_values({"key": ""})
        self.problem.say("")
        self._show(asking_key=True)
        self.take_focus()

    def ask_password(self, users: Sequence[tuple[str, str]]) -> None:
        """The key fits: ask for whom (ID, name) and for the new password."""
        self._users = tuple(users)
        self.key_form.set_values({"key": ""})
        self.problem.say("")
        self.who.box.clear()
        for login_id, name in self._users:
            self.who.box.addItem(f"{name}（ID {login_id}）", login_id)
        self._words.setText(
            "回復キーで開きました。新しいパスワードを決めてください。古いパスワードは使えなくなります。"
        )
        self.password_form.clear_passwords()
        self._show(asking_key=False)
        self.take_focus()

    def take_focus(self) -> None:
        """The key, or the new password."""
        if self._users:
            self.password_form.go_to("password")
        else:
            self.key_form.go_to("key")

    def show_failure(self, failure: Failure) -> None:
        """Say in place why it did not work."""
        note_failure(failure, self.problem)

    def forget(self) -> None:
        """Leave no secret in the fields."""
        self.key_form.set_values({"key": ""})
        self.password_form.clear_passwords()

    def _show(self, *, asking_key: bool) -> None:
        self.key_form.setVisible(asking_key)
        for part in (self.who_label, self.who, self.password_form):
            part.setVisible(not asking_key)
        self.main.set_words("回復キーで開く" if asking_key else "パスワードを決めて開く")

    def _go(self) -> None:
        self.problem.say("")
        if not self._users:
            if self.key_form.check_all():
                self.key_given.emit(str(self.key_form.value("key")))
        elif self.password_form.check_all():
            self.password_given.emit(str(self.who.box.currentData()), self.password_form.password())
