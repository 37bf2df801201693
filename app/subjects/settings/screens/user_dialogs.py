"""The dialogs of the users: a new colleague, one's own new password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.keeping.screens.password_form import PasswordForm
from app.widgets.dialog_frame import DialogFrame
from app.widgets.form_fields import Field
from app.widgets.note_box import NoteBox

_NEW_USER = (
    Field(key="login_id", label="ID", width=200, hint="職員番号など。ログインのときに使います。"),
    Field(key="display_name", label="表示名", width=240, hint="履歴と、同僚の画面に出る名前です。"),
)
_OLD = (Field(key="old", label="いまのパスワード", kind="password", width=340),)


class NewUserDialog(DialogFrame):
    """Adds a colleague; the password is theirs to change. Signals: those of DialogFrame."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            "利用者を加える",
            main="利用者を加える",
            note="できれば本人に、ここでパスワードを入力してもらってください。",
            parent=parent,
        )
        self.form = PasswordForm(_NEW_USER)
        self.problem = NoteBox("", tone="red")
        self.put(self.form)
        self.put(self.problem)
        self.problem.say("")
        self.body.addStretch(1)
        self.form.go_to("login_id")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


class OwnPasswordDialog(DialogFrame):
    """Changes one's own password. Signals: those of DialogFrame."""

    def __init__(self, parent: QWidget, *, login_id: str, name: str) -> None:
        super().__init__("パスワードを変更する", name, main="パスワードを変更する", parent=parent)
        self.form = PasswordForm(_OLD, login_id=login_id, name=name, label="新しいパスワード")
        self.problem = NoteBox("", tone="red")
        self.put(self.form)
        self.put(self.problem)
        self.problem.say("")
        self.body.addStretch(1)
        self.form.go_to("old")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
