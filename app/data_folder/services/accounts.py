"""User accounts: login ID, password, key slot and role of each person, and the printed recovery key.

The sheet with the recovery key is drawn in memory and never written to a file.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.common.password_rules import NO_OWNER, PasswordOwner, password_problem
from db import folder_layout, keyring
from db.files import filesystem, storage_errors
from db.record import frozen
from db.records.accounts import User
from db.store import Store
from db.tables import accounts, journal

MANAGER_MARK = "利用者を加える人"
MAX_LISTED = 10
"""Number of account changes shown; 履歴 has all of them."""
_MIN_MANAGERS = 2
"""Number of managers needed before their role takes effect: one alone would be missed when ill."""


@frozen
class UserLine:
    """One user in the list of 設定; ``can_log_in`` False = no key slot or deactivated.

    ``has_temporary_password`` set by somebody else and not changed yet; ``is_manager``
    may add people.
    """

    user: User
    can_log_in: bool
    role: keyring.Role = "担当"
    has_temporary_password: bool = False
    is_manager: bool = False


@frozen
class AccessChange:
    """One change of accounts: number in the journal, when, by whom and what.

    ``action`` names the person whose access it is by the login ID alone.
    """

    id: int
    at: datetime
    by: str
    action: str


@frozen
class AccountManagers:
    """Who may add people and change their rights.

    Attributes: ``may_manage`` whether this user may without the recovery key; ``names`` of the managers;
    ``is_mark_in_force`` False while there are fewer than two managers: then every 担当 may, so that nobody is locked
    out.
    """

    may_manage: bool
    names: tuple[str, ...]
    is_mark_in_force: bool

    @property
    def named(self) -> str:
        """Return the managers by name: 「見本 花子さん、見本 次郎さん」."""
        return "、".join(f"{name}さん" for name in self.names)


def check_password(password: str, *, owner: PasswordOwner = NO_OWNER) -> None:
    """Raise ``UserError`` if a new password of ``owner`` breaks the rule (``password_problem``)."""
    if said := password_problem(password, owner=owner):
        raise UserError(
            "このパスワードは使えません。",
            f"{said}覚えやすい言葉をいくつかつなげると、長くても入力しやすくなります。",
        )


def check_login_id(login_id: str) -> None:
    """Raise ``UserError`` for an ID that is empty, too long or has blanks around it."""
    if not login_id or login_id != login_id.strip() or len(login_id) > 64:
        raise UserError(
            "IDを入力してください（前後に空白のない64文字まで）。", "職員番号など、ご自分のIDを入力してください。"
        )


def list_users(store: Store) -> tuple[UserLine, ...]:
    """Return every user, also deactivated ones, in the order in which they were first added."""
    ring = _read_keyring(store)
    return tuple(_user_line(ring, user) for user in accounts.users(store.database))


def _workers(store: Store) -> list[UserLine]:
    return [line for line in list_users(store) if line.can_log_in and line.role == "担当"]


def list_access_changes(store: Store) -> tuple[AccessChange, ...]:
    """Return the ten latest changes of people, rights, passwords and the recovery key, newest first."""
    found = journal.entries(store.database, subject="accounts", limit=MAX_LISTED)
    return tuple(AccessChange(id=one.seq, at=one.at, by=one.by, action=one.action) for one in found)


def account_managers(store: Store) -> AccountManagers:
    """Return who is a manager, and whether this user may add people.

    Managers may if there are two or more, else every 担当; who opened with the recovery key may, a reader may not.
    """
    marked = [line for line in _workers(store) if line.is_manager]
    counts = len(marked) >= _MIN_MANAGERS
    own = not store.restriction and (
        not counts or not store.login_id or any(line.user.login_id == store.login_id for line in marked)
    )
    return AccountManagers(
        may_manage=own, names=tuple(line.user.display_name for line in marked), is_mark_in_force=counts
    )


def add_user(
    context: ActionContext,
    *,
    login_id: str,
    display_name: str,
    password: str,
    role: keyring.Role = "担当",
    password_is_own: bool = False,
    recovery_key: str = "",
) -> User:
    """Add a user with an own ID, password and key slot; a deactivated user may return under the same ID.

    Args:
        display_name: "" = the ID. password_is_own: typed by the new user here and now, else it must be changed at the
            first login. recovery_key: as typed, needed from who is no manager.
    Raises:
        UserError: the ID is invalid, the ID or the name is taken, the password is refused (``check_password``), or only
            managers may add people.
        StorageProblem: no room or no right; nobody was added.
    """
    check_login_id(login_id)
    name = display_name or login_id
    check_password(password, owner=PasswordOwner(login_id=login_id, name=name))
    ring = check_is_manager(context.store, recovery_key)
    known = accounts.users(context.database)
    earlier = next((user for user in known if user.login_id == login_id), None)
    if earlier is not None and earlier.active:
        raise UserError(f"ID「{login_id}」は、すでに使われています。", "別のIDにしてください。")
    if any(user.display_name == name and user.active for user in known):
        raise UserError(
            f"表示名「{name}」は、すでに使われています。", "だれの操作かがわかるように、別の表示名にしてください。"
        )
    slot = keyring.wrap(context.store.keys.data, password, kind="user", owner=login_id)
    slot = replace(slot.with_role(role), given=not password_is_own)
    with context.change(
        f"利用者を追加した（ID {login_id}{'' if role == '担当' else f'、{role}'}）", "accounts", barrier=True
    ) as change:
        if earlier is None:
            user = User(login_id=login_id, display_name=name)
            user = replace(user, id=change.insert(user))
        else:
            user = replace(earlier, display_name=name, active=True)
            change.update(User, earlier.id, display_name=name, active=True)
        _write_keyring(context.store, keyring.with_slot(ring, slot))
    return user


def set_rights(
    context: ActionContext, *, login_id: str, role: keyring.Role, manages: bool, recovery_key: str = ""
) -> None:
    """Set a user's role, and whether they are a manager.

    Args:
        manages: the mark of a manager; ignored unless the role is 担当: others never have it.
        recovery_key: as printed; lets somebody do it who is no manager.
    Raises:
        UserError: no such user who can log in, nothing changes, oneself or the last 担当 would no longer be 担当, or
            only managers may change rights.
    """
    ring = check_is_manager(context.store, recovery_key)
    line = next((one for one in list_users(context.store) if one.user.login_id == login_id and one.can_log_in), None)
    if line is None:
        raise UserError(f"ID「{login_id}」の利用者がいません。", "利用者の一覧でIDをご確認ください。")
    is_worker = role == "担当"
    if not is_worker and login_id == context.store.login_id:
        raise UserError(
            f"ご自分を「{role}」にすることはできません。", "入力できる人が残るように、ほかの担当の人に頼んでください。"
        )
    if not is_worker and all(one.user.login_id == login_id for one in _workers(context.store)):
        raise UserError("入力できる担当の人がいなくなるため、変えられません。", "先に、ほかの人を担当にしてください。")
    manages = manages and is_worker
    if (role, manages) == (line.role, line.is_manager):
        raise UserError("役割は、いまのままです。", "変えるところを選んでください。")
    said = [f"役割を「{role}」にした"] if role != line.role else []
    said += [f"「{MANAGER_MARK}」の印を{'付けた' if manages else '外した'}"] if manages != line.is_manager else []
    with context.change(f"{'、'.join(said)}（ID {login_id}）", "accounts", barrier=True):
        _write_keyring(context.store, keyring.with_rights(ring, login_id, role=role, manages=manages))


def set_temporary_password(context: ActionContext, *, login_id: str, password: str, recovery_key: str = "") -> None:
    """Set a temporary password for a colleague who forgot theirs; it must be changed at the next login.

    ``recovery_key`` as printed lets somebody do it who is no manager.

    Raises:
        UserError: no such active user, oneself, a password that is refused, or only managers may do it.
    """
    check_password(password, owner=_password_owner(context.store, login_id))
    check_is_manager(context.store, recovery_key)
    if login_id == context.store.login_id:
        raise UserError(
            "ご自分のパスワードは、ここでは替えられません。",
            "「パスワードを変更する」から、いまのパスワードを入力して変えてください。",
        )
    if not any(user.login_id == login_id and user.active for user in accounts.users(context.database)):
        raise UserError(f"ID「{login_id}」の利用者がいません。", "利用者の一覧でIDをご確認ください。")
    _set_password(context, login_id, password, "仮のパスワードを渡した", is_temporary=True)


def change_password(context: ActionContext, *, login_id: str, old_password: str, new_password: str) -> None:
    """Set a new password for a user who knows the old one.

    Raises:
        UserError: the new one is refused, or the old one again. WrongPassword: the old one does not fit.
    """
    check_password(new_password, owner=_password_owner(context.store, login_id))
    slot = _read_keyring(context.store).slot_of(login_id)
    if slot is None or keyring.open_slot(slot, old_password) is None:
        raise storage_errors.WrongPassword(
            "old password", happened="いまのパスワードが違います。", lost="パスワードは変わっていません。"
        )
    if new_password == old_password:
        raise UserError(
            "いまと同じパスワードです。", "別のパスワードにしてください。", "パスワードは変わっていません。"
        )
    _set_password(context, login_id, new_password, "パスワードを変更した")


def set_password_after_recovery(
    context: ActionContext, *, login_id: str, new_password: str, can_write: bool = False
) -> None:
    """Set a user's new password after the folder was opened with the recovery key.

    Args:
        can_write: make the user 担当: every 担当 may have left, and the printed key permits everything.
    Raises:
        UserError: the folder was not opened with the recovery key, no such active user, or the password is refused.
    """
    check_password(new_password, owner=_password_owner(context.store, login_id))
    if context.store.login_id:
        raise UserError(
            "パスワードの再設定は、回復キーで開いたときだけできます。",
            "ご自分のパスワードは「パスワードの変更」で変えられます。",
        )
    if not any(user.login_id == login_id and user.active for user in accounts.users(context.database)):
        raise UserError(f"ID「{login_id}」の利用者がいません。", "利用者の一覧でIDをご確認ください。")
    slot = _read_keyring(context.store).slot_of(login_id)
    becomes = can_write and slot is not None and slot.reader
    said = "、役割を「担当」にした" if becomes else ""
    _set_password(context, login_id, new_password, f"回復キーでパスワードを再設定した{said}", can_write=becomes)


def deactivate_user(context: ActionContext, *, login_id: str, recovery_key: str = "") -> None:
    """Deactivate a user and remove their key slot; the name stays in the journal.

    ``recovery_key`` as printed lets somebody do it who is no manager.

    Raises:
        UserError: no such active user, one's own access, the last 担当 who can log in, or only managers may do it.
    """
    ring = check_is_manager(context.store, recovery_key)
    user = next((one for one in accounts.users(context.database) if one.login_id == login_id and one.active), None)
    if user is None:
        raise UserError(f"ID「{login_id}」の利用者がいません。", "利用者の一覧でIDをご確認ください。")
    if login_id == context.store.login_id:
        raise UserError("ご自分の利用は止められません。", "ほかの利用者に頼んでください。")
    if all(line.user.login_id == login_id for line in _workers(context.store)):
        raise UserError(
            "ログインできる担当の人がいなくなるため、止められません。", "先に、ほかの利用者を追加してください。"
        )
    with context.change(f"利用を止めた（ID {login_id}）", "accounts", barrier=True) as change:
        change.update(User, user.id, active=False)
        _write_keyring(context.store, keyring.without_user(ring, login_id))


def has_recovery_key(store: Store) -> bool:
    """Return whether a recovery key was issued (the window offers one at the first login if not)."""
    return _read_keyring(store).recovery is not None


def issue_recovery_key(context: ActionContext, *, reason: str = "") -> str:
    """Issue a new recovery key to print, replacing any earlier one; return it (it is stored nowhere).

    Args:
        reason: needed from who is no manager while there are others. Those may all have left and the sheet may be
            lost, so nobody is kept out for good; the list of changes shows who did it and why.
    Raises:
        UserError: there is one already, others are managers, and no reason was given.
    """
    managing = account_managers(context.store)
    past, why = (
        has_recovery_key(context.store) and not (managing.may_manage or context.store.restriction),
        " ".join(reason.split()),
    )
    if past and not why:
        raise UserError(
            f"回復キーを発行し直せるのは、「{MANAGER_MARK}」の印のある人（{managing.named}）です。",
            "その人に頼んでください。頼めないときは、理由を書くと発行できます。",
            "いまの回復キーは、そのまま使えます。",
        )
    key = keyring.new_recovery_key()
    slot = keyring.wrap(context.store.keys.data, keyring.normalise_recovery_key(key), kind="recovery", owner="")
    said = f"（「{MANAGER_MARK}」の印のない人による。理由：{why}）" if past else ""
    with context.change(f"回復キーを発行した{said}", "accounts", barrier=True):
        _write_keyring(context.store, keyring.with_slot(_read_keyring(context.store), slot))
    return key


def _user_line(ring: keyring.Keyring, user: User) -> UserLine:
    """Return a user with what their key slot allows; one without a slot or deactivated cannot log in."""
    slot = ring.slot_of(user.login_id) if user.active else None
    if slot is None:
        return UserLine(user, False)
    manages = slot.manages and slot.role == "担当"
    return UserLine(user, True, role=slot.role, has_temporary_password=slot.given, is_manager=manages)


def check_is_manager(store: Store, recovery_key: str) -> keyring.Keyring:
    """Return the keyring for a change that needs a manager or the printed recovery key.

    Raises:
        UserError: others are managers, and no key or a wrong one was typed.
    """
    ring, managing = _read_keyring(store), account_managers(store)
    if managing.may_manage or store.restriction:  # the change itself raises for a user who may not write
        return ring
    typed = keyring.normalise_recovery_key(recovery_key)
    if not typed:
        raise UserError(
            f"利用者を変えられるのは、「{MANAGER_MARK}」の印のある人（{managing.named}）です。",
            "その人に頼むか、「設定」の「利用者とこの版」で、印刷した回復キーを入力してください。",
            "利用者は変わっていません。",
        )
    if ring.recovery is None or keyring.open_slot(ring.recovery, typed) != store.keys.data:
        raise UserError(
            "回復キーが違います。", "印刷した紙の番号の順に、もう一度入力してください。", "利用者は変わっていません。"
        )
    return ring


def _set_password(
    context: ActionContext,
    login_id: str,
    password: str,
    action: str,
    *,
    is_temporary: bool = False,
    can_write: bool = False,
) -> None:
    """Set a user's password in the keyring, as one change.

    ``action`` names the change in the journal, where the ID is added. ``can_write`` makes the user 担当; otherwise the
    rights stay.
    """
    ring = _read_keyring(context.store)
    slot = keyring.wrap(context.store.keys.data, password, kind="user", owner=login_id)
    earlier = ring.slot_of(login_id)
    if earlier is not None:
        slot = slot.with_role("担当" if can_write else earlier.role, manages=earlier.manages and not can_write)
    with context.change(f"{action}（ID {login_id}）", "accounts", barrier=True):
        _write_keyring(context.store, keyring.with_slot(ring, replace(slot, given=is_temporary)))


def _password_owner(store: Store, login_id: str) -> PasswordOwner:
    """Return the login and name that the password must not contain."""
    user = next((one for one in accounts.users(store.database) if one.login_id == login_id), None)
    return PasswordOwner(login_id=login_id, name=user.display_name if user is not None else "")


def _read_keyring(store: Store) -> keyring.Keyring:
    """Return the newest keyring in the folder whose seal is valid; raises Damaged where there is none."""
    sealed = keyring.sealed_copies(store.folder, store.keys.keyring)
    if not sealed:
        raise storage_errors.Damaged(
            "keyring",
            happened="鍵ファイルが、控えも含めて壊れているか、書き換えられています。",
            todo="閉じる前に、バックアップから鍵ファイルを戻してください。",
        )
    return sealed[-1]


def _write_keyring(store: Store, ring: keyring.Keyring) -> None:
    """Write the keyring as the last step before the commit; raises StorageProblem where it can't be written.

    An interruption between them leaves a key slot without a user, which opens nothing: only users of the database can
    log in. If the write fails halfway, the earlier keyring is put back. Called within an open change; files of the
    keyring under earlier lock numbers are removed.
    """
    earlier = _read_keyring(store)
    seat = store.write_lock.number if store.write_lock is not None else 0
    try:
        sealed = keyring.write(store.folder, ring, store.keys, lock_number=seat)
    except OSError as error:
        with suppress(OSError):
            keyring.write(store.folder, earlier, store.keys, lock_number=seat)
        raise storage_errors.to_storage_problem(error) or error from error
    for path in folder_layout.earlier_keyring_paths(store.folder, folder_layout.new_keyring_paths(store.folder, seat)):
        with suppress(OSError):
            filesystem.remove(path)
    accounts.set_known_keyring(store.database, sealed)


def check_own_password(store: Store, *, password: str) -> None:
    """Raise unless ``password`` is that of the user who opened the store.

    Raises:
        WrongPassword: it is not, or the user's key slot was removed since.
    """
    sealed = keyring.sealed_copies(store.folder, store.keys.keyring)
    slot = sealed[-1].slot_of(store.login_id) if sealed else None
    if slot is None or keyring.open_slot(slot, password) != store.keys.data:
        raise storage_errors.WrongPassword(
            happened="パスワードが違います。",
            lost="作業中の内容はそのままです。",
            todo="入力をご確認のうえ、もう一度お試しください。",
        )


def draw_recovery_sheet(*, key: str, folder: Path, issued_by: str, issued_at: datetime) -> bytes:
    """Return the sheet with the recovery key as a PDF in memory; needs no store and runs in the background.

    Args:
        key: as issued. folder: the data folder. issued_by: display name. issued_at: local time.
    """
    from app.data_folder.documents import recovery_sheet
    from app.documents.pdf.render import render_pdf

    content = recovery_sheet(key=key, folder=str(folder), issued_by=issued_by, issued_at=issued_at)
    return render_pdf(content).data
