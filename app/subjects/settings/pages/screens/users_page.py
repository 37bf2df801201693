"""利用者: who may open the data, a new colleague, one's own password, the recovery key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.data_folder.screens.password_form import PasswordForm
from app.data_folder.services.accounts import UserLine, add_user, change_password, deactivate_user, list_users
from app.subjects.settings.pages.screens.doors import SettingsDoors
from app.subjects.settings.pages.screens.recovery_key import ask_new_key
from app.subjects.settings.pages.screens.settings_page import SettingsPage
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import ask_before
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form_fields import Field
from app.widgets.labels import wrapped_label
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row
from app.window.desk import Desk, acting

_NEW_USER = (
    Field("login_id", "ID", width=200, hint="職員番号など。ログインのときに使います。"),
    Field("display_name", "表示名", width=240, hint="履歴と、同僚の画面に出る名前です。"),
)
_OLD = (Field("old", "いまのパスワード", "password", width=340),)


class NewUserDialog(SavingDialog):
    """Adds a colleague; the password is theirs to change. Signals: those of ``SavingDialog``."""

    says_all = True

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk,
            "利用者を加える",
            main="利用者を加える",
            note="できれば本人に、ここでパスワードを入力してもらってください。",
            parent=parent,
        )
        self.form = PasswordForm(_NEW_USER)
        self.put(self.form, None)
        self.form.go_to("login_id")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


class OwnPasswordDialog(SavingDialog):
    """Changes one's own password. Signals: those of ``SavingDialog``."""

    says_all = True

    def __init__(self, desk: Desk, parent: QWidget, *, login_id: str, name: str) -> None:
        super().__init__(desk, "パスワードを変更する", name, main="パスワードを変更する", parent=parent, note="")
        self.form = PasswordForm(_OLD, login_id=login_id, name=name, label="新しいパスワード")
        self.put(self.form, None)
        self.form.go_to("old")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


class UsersPage(SettingsPage):
    """The page. Signals: none."""

    def __init__(self, desk: Desk, doors: SettingsDoors) -> None:
        super().__init__(
            desk, doors, "利用者", "ひとりずつ、自分のIDとパスワードで開きます。履歴には表示名が残ります。"
        )
        columns = (
            Column("name", "表示名", self._name, stretch=True),
            Column("login_id", "ID", lambda line: line.user.login_id),
            Column("state", "状態", _state),
        )
        self.list = FittedTable(
            "users", columns, title="利用者の一覧", empty="利用者がいません。", unit="人", action=self._action
        )
        self.list.acted.connect(self._ask_stop)
        self.body.addWidget(self.list)
        self.add = Button("利用者を加える", self._add, icon_name="user-plus")
        self.body.addLayout(row(self.add, None))
        own = Panel("ご自分のパスワード")
        own.put(wrapped_label("12文字以上。ほかの人には教えないでください。", "second"))
        self.password = Button("パスワードを変更する", self._change_password, icon_name="key")
        own.put(row(self.password, None))
        self.body.addWidget(own)
        recovery = Panel("回復キー")
        recovery.put(
            wrapped_label(
                "パスワードを忘れたときに使う、紙に控えるキーです。"
                "なくしたとき、人が替わったときは発行し直してください。",
            )
        )
        self.recovery = Button("新しい回復キーを発行する", self._new_key, icon_name="lock-key")
        recovery.put(row(self.recovery, None))
        self.body.addWidget(recovery)
        self.said = NoteBox("", "accent")
        self.body.addWidget(self.said)
        self.said.say("")
        if desk.sample:
            self.said.say("見本データには自動で決まるパスワードが付いています。利用者を加えて試すこともできます。")
        self.set_changeable(self.add, self.password, self.recovery)
        self.password.setEnabled(not desk.read_only and not desk.sample)

    def reload(self) -> None:
        """Read the users."""
        self.desk.read(list_users, self._show)

    def _show(self, lines: Sequence[UserLine]) -> None:
        self.list.show_rows(lines)

    def _name(self, line: UserLine) -> Cell:
        own = line.user.login_id == self.doors.login_id
        return Cell(line.user.display_name, aside="ご自分" if own else "", strong=own)

    def _action(self, line: UserLine) -> RowAction | None:
        own = line.user.login_id == self.doors.login_id
        return None if own or not line.user.active or self.desk.read_only else RowAction("利用を止める")

    # adding and stopping

    def _add(self) -> NewUserDialog:
        dialog = NewUserDialog(self.desk, self)
        dialog.confirmed.connect(partial(self._save_user, dialog))
        dialog.stored.connect(lambda _user: self._tell_added(str(dialog.form.value("display_name")).strip()))
        dialog.open()
        return dialog

    def _save_user(self, dialog: NewUserDialog) -> None:
        if not dialog.form.check_all():
            return
        typed = dialog.form.values()
        dialog.send(
            acting(
                self.desk,
                add_user,
                login_id=str(typed["login_id"]).strip(),
                display_name=str(typed["display_name"]).strip(),
                password=dialog.form.password(),
            )
        )

    def _tell_added(self, name: str) -> None:
        self.said.say(
            f"{name}さんを加えました。"
            f"データの場所と、ID・仮のパスワードを本人に伝え、"
            "ログインしたら自分のパスワードに変えてもらってください。"
        )

    def _ask_stop(self, line: UserLine) -> None:
        if self._action(line) is None:
            return
        ask_before(
            self,
            title="利用を止める",
            subject=line.user.display_name,
            text=(
                f"{line.user.display_name}さん（ID {line.user.login_id}）は、このデータを開けなくなります。\n"
                "これまでの履歴の名前は残ります。また使うときは、同じIDで加え直せます。"
            ),
            verb="利用を止める",
            then=partial(self._stop, line),
        )

    def _stop(self, line: UserLine) -> None:
        self.problem.say("")
        self.send(
            acting(self.desk, deactivate_user, login_id=line.user.login_id),
            lambda _none: self.said.say(f"{line.user.display_name}さんの利用を止めました。"),
        )

    # the own password, the recovery key

    def _change_password(self) -> OwnPasswordDialog:
        dialog = OwnPasswordDialog(self.desk, self, login_id=self.doors.login_id, name=self.desk.user_name)
        dialog.confirmed.connect(partial(self._save_password, dialog))
        told = "パスワードを変更しました。つぎのログインから、新しいパスワードを使います。"
        dialog.stored.connect(lambda _none: self.said.say(told))
        dialog.open()
        return dialog

    def _save_password(self, dialog: OwnPasswordDialog) -> None:
        if dialog.form.check_all():
            dialog.send(
                acting(
                    self.desk,
                    change_password,
                    login_id=self.doors.login_id,
                    old_password=str(dialog.form.value("old")),
                    new_password=dialog.form.password(),
                )
            )

    def _new_key(self) -> None:
        ask_new_key(self.desk, self, clock=self.doors.clock)


def _state(line: UserLine) -> Cell:
    if line.can_log_in:
        return Cell("利用中", icon="check-circle-fill", tone="green")
    return Cell("利用を止めています" if not line.user.active else "鍵がありません", icon="prohibit", tone="second")
