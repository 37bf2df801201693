"""利用者: who may open the data, new users, the user's own password, the recovery key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.data_folder.screens.password_form import PasswordForm
from app.data_folder.services.accounts import (
    MANAGER_MARK,
    MAX_LISTED,
    AccessChange,
    AccountManagers,
    UserLine,
    account_managers,
    add_user,
    change_password,
    deactivate_user,
    list_access_changes,
    list_users,
    set_rights,
    set_temporary_password,
)
from app.data_folder.services.failed_logins import MAX_LISTED as FAILED_LISTED
from app.data_folder.services.failed_logins import list_failed_logins
from app.data_folder.services.key_change import KeyChangePapers, OldBackups, old_backups, prepare_papers
from app.event_day.checkouts.services import all_files_outside
from app.programme.rules import last_day_words
from app.settings.pages.screens.key_change import RECOVERY_KEY, KeyChangeDialog, RecoveryKeyCheckDialog
from app.settings.pages.screens.recovery_key_dialog import confirm_new_key, confirm_new_key_with_reason
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import SettingsPage
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog, SavingDialog
from app.widgets.display_texts import moment_words
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, second_label, wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import widget_row
from app.window.app_context import AppContext
from db.fields import field_label
from db.records.accounts import FailedLogin, User
from db.store import Store

_NEW_USER = (
    record_field(User, "login_id", width=200, hint="職員番号など。ログインのときに使います。"),
    record_field(User, "display_name", width=240, hint="履歴と、同僚の画面に出る名前です。"),
)
_OLD_PASSWORD_FIELDS = (Field("old", "いまのパスワード", "password", width=340),)
_ROLES = (
    ("担当", "担当（入力も出力もできます）"),
    ("閲覧", "閲覧（見るだけです）"),
    ("点検", "点検（画面では何も見られません）"),
)
_ROLE = Field("role", "役割", "choice", choices=_ROLES, width=340)
_OWN_PASSWORD_CHECK = Field("own", "", "check", words="本人が、ここで自分のパスワードを入力した")
_MANAGES = Field("manages", "", "check", words=f"「{MANAGER_MARK}」の印を付ける")
_KEY_WORDS = (
    "異動などで人が抜けたときに替えます。抜けた人が鍵ファイルの写しとパスワードを持っていても、"
    "これからのデータは開けなくなります。"
)
_NOT_UNDONE = "この操作は Ctrl+Z で戻せません。"
_ROLE_WORDS = (
    "「閲覧」の人は、同じ画面を見られますが、入力、取込み、保存、印刷、出力はできません。"
    "「点検」は、情報システム担当が命令で行う点検、バックアップ、復元のためのものです。"
)
_MARK_WORDS = f"「{MANAGER_MARK}」の印が2人以上に付くと、利用者を変えられるのはその人だけになります。"
_OWN_OF_READER = (
    "変えたいときは、担当の人に仮のパスワードを頼んでください。"
    "つぎにログインしたとき、ご自分のパスワードを決められます。"
)


class NewUserDialog(SavingDialog):
    """Dialog that adds a user, with an own password or a temporary one. Signals: those of ``SavingDialog``."""

    form: PasswordForm
    shows_all_errors = True

    def __init__(self, parent: QWidget, *, asks_key: bool):
        super().__init__(
            parent,
            "利用者を加える",
            main="利用者を加える",
            note="本人が入力したのでなければ、はじめてログインしたときに、自分のパスワードに替えてもらいます。",
        )
        self.put_form(
            PasswordForm((*_NEW_USER, _ROLE, _OWN_PASSWORD_CHECK, *_key(asks_key))), {"role": "担当"}, focus="login_id"
        )

    def _save(self) -> None:
        typed = self.form.values()
        self.run_action(
            add_user,
            login_id=typed["login_id"].strip(),
            display_name=typed["display_name"].strip(),
            password=self.form.password(),
            role=typed["role"],
            password_is_own=typed["own"],
            recovery_key=typed.get("recovery_key", ""),
        )


class RightsDialog(SavingDialog):
    """Dialog that changes a user's role and manager mark; one's own role is not offered.

    Signals: those of ``SavingDialog``.
    """

    shows_all_errors = True

    def __init__(self, parent: QWidget, line: UserLine, *, is_self: bool, asks_key: bool):
        super().__init__(parent, "役割を変える", line.user.display_name, main="役割を変える", note=_NOT_UNDONE)
        self.put(second_label("" if is_self else _ROLE_WORDS))
        self.form = Form((*(() if is_self else (_ROLE,)), _MANAGES, *_key(asks_key)))
        self.form.set_values({"role": line.role, "manages": line.is_manager})
        self.put(self.form, second_label(_MARK_WORDS), None)
        self._line = line

    def _save(self) -> None:
        if self.form.check_all():
            typed = {"role": "担当"} | self.form.values()
            self.run_action(set_rights, login_id=self._line.user.login_id, **typed)


class TemporaryPasswordDialog(SavingDialog):
    """Dialog that gives a user who forgot the password one for a single login. Signals: those of ``SavingDialog``."""

    form: PasswordForm
    shows_all_errors = True

    def __init__(self, parent: QWidget, line: UserLine, *, asks_key: bool):
        super().__init__(
            parent,
            "仮のパスワードを渡す",
            line.user.display_name,
            main="仮のパスワードにする",
            note="本人がつぎにログインしたとき、自分のパスワードに替えてもらいます。",
        )
        self.put(wrapped_label("これまでのパスワードは、使えなくなります。"))
        self.put_form(
            PasswordForm(
                _key(asks_key), login_id=line.user.login_id, name=line.user.display_name, label="仮のパスワード"
            ),
            focus="password",
        )
        self._line = line

    def _save(self) -> None:
        self.run_action(
            set_temporary_password,
            login_id=self._line.user.login_id,
            password=self.form.password(),
            recovery_key=self.form.values().get("recovery_key", ""),
        )


class DeactivateUserDialog(SavingDialog):
    """Dialog that deactivates a user after confirmation. Signals: those of ``SavingDialog``."""

    shows_all_errors = True

    def __init__(self, parent: QWidget, line: UserLine, *, asks_key: bool):
        super().__init__(
            parent,
            "利用を止める",
            line.user.display_name,
            main="利用を止める",
            main_kind="danger",
            note=_NOT_UNDONE,
        )
        self.put(
            wrapped_label(
                f"{line.user.display_name}さん（ID {line.user.login_id}）は、このデータを開けなくなります。\n"
                "これまでの履歴の名前は残ります。また使うときは、同じIDで加え直せます。"
            )
        )
        self.put_form(Form(_key(asks_key)))
        self._line = line

    def _save(self) -> None:
        self.run_action(deactivate_user, login_id=self._line.user.login_id, **self.form.values())


class OwnPasswordDialog(SavingDialog):
    """Dialog that changes the current user's password. Signals: those of ``SavingDialog``."""

    form: PasswordForm
    shows_all_errors = True

    def __init__(self, parent: QWidget, *, login_id: str, name: str):
        super().__init__(parent, "パスワードを変更する", name, main="パスワードを変更する", note="")
        self.put_form(PasswordForm(_OLD_PASSWORD_FIELDS, login_id=login_id, name=name, label="新しいパスワード"))
        self._login_id = login_id

    def _save(self) -> None:
        self.run_action(
            change_password,
            login_id=self._login_id,
            old_password=self.form.value("old"),
            new_password=self.form.password(),
        )


class UsersPage(SettingsPage):
    """The page 利用者. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(
            app_context, doors, "利用者", "ひとりずつ、自分のIDとパスワードで開きます。履歴には表示名が残ります。"
        )
        columns = (
            Column("name", field_label(User, "display_name"), self._name, stretch=True),
            record_column(User, "login_id", lambda line: line.user),
            Column("role", "役割", _role),
            Column("state", "状態", _state),
        )
        self.list = FittedTable(
            "users",
            columns,
            title="利用者の一覧",
            empty="利用者がいません。",
            unit="人",
            action=self._action,
            on_act=self._ask_change,
        )
        self.body.addWidget(self.list)
        self._managing = AccountManagers(may_manage=True, names=(), is_mark_in_force=False)
        self.who = second_label()
        self.body.addWidget(self.who)
        self.add = Button("利用者を加える", self._add, icon_name="user-plus")
        self.body.addLayout(widget_row(self.add, None))
        own = Panel("ご自分のパスワード")
        own.put(
            second_label(_OWN_OF_READER if app_context.restriction else "12文字以上。ほかの人には教えないでください。")
        )
        self.password = Button("パスワードを変更する", self._change_password, icon_name="key")
        own.put(widget_row(self.password, None))
        self.body.addWidget(own)
        recovery = Panel("回復キー")
        recovery.put(
            wrapped_label(
                "パスワードを忘れたときに使う、紙に控えるキーです。"
                "なくしたとき、人が替わったときは発行し直してください。",
            )
        )
        self.recovery = Button("新しい回復キーを発行する", self._ask_new_recovery_key, icon_name="lock-key")
        recovery.put(widget_row(self.recovery, None))
        self.body.addWidget(recovery)
        change = Panel("データの鍵")
        change.put(wrapped_label(_KEY_WORDS))
        self.old = second_label()
        self.change_key = Button("鍵を替える", self._ask_key_change, icon_name="key")
        change.put(self.old, widget_row(self.change_key, None))
        self.body.addWidget(change)
        self.said = NoteBox("", "accent")
        self.body.addWidget(self.said)
        changes = (
            Column("at", "日時", lambda one: moment_words(one.at)),
            Column("action", "したこと", lambda one: one.action, stretch=True),
            Column("by", "だれが", lambda one: one.by),
        )
        self.changes = FittedTable(
            "user_changes", changes, title="利用者と権限の変更", empty="まだありません。", unit="件"
        )
        add(self.body, label(f"利用者と権限の変更（新しい{MAX_LISTED}件）", "strong"), self.changes)
        failed = (
            Column("at", field_label(FailedLogin, "at"), lambda one: moment_words(one.at)),
            Column("login_id", field_label(FailedLogin, "login_id"), _failed_id, stretch=True),
            Column("way", "試したこと", lambda one: one.way),
            Column("pc", "PC", lambda one: one.pc),
            Column("times", field_label(FailedLogin, "times"), lambda one: f"{one.times}回"),
        )
        self.failed = FittedTable("failed_logins", failed, title="ログインの失敗", empty="まだありません。", unit="件")
        add(
            self.body,
            label(f"ログインの失敗（新しい{FAILED_LISTED}件）", "strong"),
            second_label(
                "だれかがつぎに保存したときに加わります。覚えのない失敗が続くときは、本人にお確かめください。"
            ),
            self.failed,
        )
        if app_context.sample:
            self.said.show_text(
                "見本データには自動で決まるパスワードが付いています。利用者を加えて試すこともできます。"
            )
        self.set_changeable(self.add, self.password, self.recovery, self.change_key)
        for button in (self.password, self.change_key):
            button.setEnabled(app_context.may_write and not app_context.sample)

    def reload(self) -> None:
        """Read and show the users, who may manage them, their latest changes, failed logins and old backups."""
        self.run_read(self._show, _people, today=self.doors.clock().date())

    def _show(self, found: _UsersData) -> None:
        """Show the users, the changes of their rights, failed logins and backups under an old key."""
        lines, self._managing, changes, failed, old = found
        self.old.setText(_old_keys_words(old))
        self.old.setVisible(bool(self.old.text()))
        self.failed.show_rows(failed)
        self.changes.show_rows(changes)
        self.who.setText(_managers_words(self._managing))
        self.list.show_rows(lines)

    @property
    def _asks_key(self) -> bool:
        """Return whether the recovery key is required because only others are managers."""
        return not self._managing.may_manage

    def _name(self, line: UserLine) -> Cell:
        own = line.user.login_id == self.doors.login_id
        return Cell(line.user.display_name, aside="ご自分" if own else "", strong=own)

    def _action(self, line: UserLine) -> RowAction | None:
        """Return the button of a user, None where nothing may be changed."""
        # The user of the sample year has a password that is never typed, so there is nothing to change.
        kept = self.app_context.sample and line.user.login_id == self.doors.login_id
        return None if kept or not line.can_log_in or self.app_context.read_only else RowAction("変える")

    # adding and stopping

    def _add(self) -> NewUserDialog:
        dialog = NewUserDialog(self, asks_key=self._asks_key)
        dialog.saved_result.connect(
            lambda _user: self._say_added(
                str(dialog.form.value("display_name")).strip(), own=bool(dialog.form.value("own"))
            )
        )
        dialog.open()
        return dialog

    def _say_added(self, name: str, *, own: bool) -> None:
        """Show what the clerk must tell the new user."""
        if own:
            self.said.show_text(f"{name}さんを加えました。データの場所とIDを本人に伝えてください。")
            return
        self.said.show_text(
            f"{name}さんを加えました。"
            "データの場所と、ID・仮のパスワードを本人に伝えてください。"
            "はじめてログインしたとき、自分のパスワードに替えてもらいます。"
        )

    def _ask_change(self, line: UserLine) -> None:
        """Open the dialog of choices for a user: role, temporary password, deactivation; for oneself the role."""
        if self._action(line) is None:
            return
        if line.user.login_id == self.doors.login_id:
            self._change_rights(line)
            return
        entries = (
            LinkEntry(
                words="役割を変える",
                second=f"いまは「{line.role}」です。",
                verb="変える",
                follow=partial(self._change_rights, line),
            ),
            LinkEntry(
                words="仮のパスワードを渡す",
                second="パスワードを忘れた人に。つぎのログインで、自分のパスワードに替えてもらいます。",
                verb="渡す",
                follow=partial(self._give_temporary_password, line),
            ),
            LinkEntry(
                words="利用を止める",
                second="異動などで、このデータを使わなくなったときに。",
                verb="止める",
                follow=partial(self._deactivate, line),
            ),
        )
        LinkListDialog("利用者を変える", entries, subject=line.user.display_name, parent=self).open()

    def _change_rights(self, line: UserLine) -> None:
        """Open the dialog with role and manager mark of a user."""
        own = line.user.login_id == self.doors.login_id
        self._open(
            RightsDialog(self, line, is_self=own, asks_key=self._asks_key),
            f"{line.user.display_name}さんの役割を変えました。つぎにログインしたときから変わります。",
        )

    def _give_temporary_password(self, line: UserLine) -> None:
        self._open(
            TemporaryPasswordDialog(self, line, asks_key=self._asks_key),
            f"{line.user.display_name}さんに、仮のパスワードを伝えてください。",
        )

    def _deactivate(self, line: UserLine) -> None:
        self._open(
            DeactivateUserDialog(self, line, asks_key=self._asks_key),
            f"{line.user.display_name}さんの利用を止めました。その人がデータの写しを持ち出しているおそれがあるときは、"
            "下の「鍵を替える」で、これからのデータを開けないようにできます。",
        )

    def _open(self, dialog: SavingDialog, success_message: str) -> None:
        """Open a dialog; show ``success_message`` on the page once it was saved."""
        self.problem.show_text("")
        dialog.saved_result.connect(lambda _none: self.said.show_text(success_message))
        dialog.open()

    # the own password, the recovery key

    def _change_password(self) -> OwnPasswordDialog:
        dialog = OwnPasswordDialog(self, login_id=self.doors.login_id, name=self.app_context.user_name)
        told = "パスワードを変更しました。つぎのログインから、新しいパスワードを使います。"
        dialog.saved_result.connect(lambda _none: self.said.show_text(told))
        dialog.open()
        return dialog

    def _ask_new_recovery_key(self) -> None:
        if self._managing.may_manage:
            confirm_new_key(self.app_context, self, clock=self.doors.clock)
        else:
            confirm_new_key_with_reason(self.app_context, self, clock=self.doors.clock, names=self._managing.names)

    # the data key

    def _ask_key_change(self) -> None:
        """Prepare the change of the key; ask first for the recovery key if only others are managers."""
        self.problem.show_text("")
        if self._asks_key:
            RecoveryKeyCheckDialog(self, on_accepted=self._prepare_key_change).open()
        else:
            self._prepare_key_change("")

    def _prepare_key_change(self, recovery_key: str) -> None:
        """Read what must be on paper before the key is changed, then open its dialog."""
        today = self.doors.clock().date()
        self.app_context.read(
            lambda store: (
                prepare_papers(store, recovery_key=recovery_key),
                old_backups(store, today=today),
                len(all_files_outside(store.database)),
            ),
            self._show_key_change,
            on_failed=self.show_error,
        )

    def _show_key_change(self, found: tuple[KeyChangePapers, OldBackups, int]) -> None:
        handed, old, outside = found
        KeyChangeDialog(
            self.app_context,
            self,
            first_passwords=handed,
            old_backups=old,
            outside=outside,
            folder=self.doors.folder,
            clock=self.doors.clock,
            on_agreed=self.doors.leave_to_change_key,
        ).open()


_UsersData = tuple[Sequence[UserLine], AccountManagers, Sequence[AccessChange], Sequence[FailedLogin], OldBackups]


def _people(store: Store, *, today: date) -> _UsersData:
    return (
        list_users(store),
        account_managers(store),
        list_access_changes(store),
        list_failed_logins(store),
        old_backups(store, today=today),
    )


def _old_keys_words(old: OldBackups) -> str:
    """Return how many users were stopped since the key was made, and until when backups open with an earlier key.

    A sentence each, on a line of its own; "" for neither.
    """
    said = []
    if old.stopped_people:
        said.append(f"いまの鍵になってから利用を止めた人が {old.stopped_people}人 います。鍵は、まだ替えていません。")
    if old.is_key_changed and old.latest_day is not None:
        said.append(
            f"前の鍵で開けるバックアップが {old.count}世代 残っています（最長 {last_day_words(old.latest_day)}まで。"
            "そのあと、自動で消えます）。"
        )
    return "\n".join(said)


def _failed_id(one: FailedLogin) -> Cell:
    """Return the cell with the ID of a failed login; only a known ID is stored, other input may be a password."""
    if one.way == "回復キー":
        return Cell("")
    return Cell(one.login_id) if one.login_id else Cell("登録のないID", tone="second")


def _key(asked: bool) -> tuple[Field, ...]:
    return (RECOVERY_KEY,) if asked else ()


def _managers_words(managing: AccountManagers) -> str:
    """Return who may add and change users, as sentences."""
    if not managing.is_mark_in_force:
        return (
            f"役割は、取り違えを防ぐためのものです。「{MANAGER_MARK}」の印を2人以上に付けると、"
            "利用者を変えられるのはその人だけになります。いまは、担当の全員が変えられます。"
        )
    return (
        f"役割は、取り違えを防ぐためのものです。利用者を変えられるのは、「{MANAGER_MARK}」の印のある{managing.named}です。"
        "ほかの人が変えるときは、回復キーが要ります。"
    )


def _role(line: UserLine) -> Cell:
    """Return the cell of the role, with the manager mark; empty for somebody who cannot log in."""
    if not line.can_log_in:
        return Cell("")
    return Cell(line.role, aside=MANAGER_MARK if line.is_manager else "")


def _state(line: UserLine) -> Cell:
    """Return the cell of the state: 仮のパスワード, 利用中, or why somebody cannot log in."""
    if line.has_temporary_password:
        return Cell("仮のパスワード", icon="hourglass", tone="amber")
    if line.can_log_in:
        return Cell("利用中", icon="check-circle-fill", tone="green")
    return Cell("利用を止めています" if not line.user.active else "鍵がありません", icon="prohibit", tone="second")
