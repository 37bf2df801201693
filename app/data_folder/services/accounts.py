"""The staff who may open the data: their own ID, password and key slot each, the way back to a locked desk, the printed
key.

The sheet with the recovery key is drawn in memory and never written to a file.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from db import keyring, layout
from db.backups.restore import KEYRING_FACT
from db.files import on_disk, storage_errors
from db.records.accounts import User
from db.store import Store
from db.tables import accounts

LEAST_PASSWORD = 12


@dataclass(frozen=True)
class UserLine:
    """One user in the list of 設定: ``can_log_in`` False = no key slot or no longer in use."""

    user: User
    can_log_in: bool


def check_password(password: str) -> None:
    """Refuse a password of fewer than 12 characters; anything else is allowed."""
    if len(password) < LEAST_PASSWORD:
        raise Refusal(
            f"パスワードは{LEAST_PASSWORD}文字以上にしてください（いまは{len(password)}文字です）。",
            "覚えやすい言葉をいくつかつなげると、長くても入力しやすくなります。",
        )


def check_login_id(login_id: str) -> None:
    """Refuse an ID that is empty, too long or has blanks around it."""
    if not login_id or login_id != login_id.strip() or len(login_id) > 64:
        raise Refusal(
            "IDを入力してください（前後に空白のない64文字まで）。", "職員番号など、ご自分のIDを入力してください。"
        )


def list_users(store: Store) -> tuple[UserLine, ...]:
    """Return every user, also those no longer in use."""
    ring = _ring(store)
    return tuple(
        UserLine(user, user.active and ring.slot_of(user.login_id) is not None)
        for user in accounts.users(store.database)
    )


@deed
def add_user(act: Act, *, login_id: str, display_name: str, password: str) -> User:
    """Add a user with an own ID, password and key slot; one who was taken out may come back under the same ID.

    Raises:
        Refusal: the ID or the name is taken, the password too short.
        StorageProblem: no room or no right; nobody was added.
    """
    check_login_id(login_id)
    check_password(password)
    name = display_name or login_id
    known = accounts.users(act.database)
    earlier = next((user for user in known if user.login_id == login_id), None)
    if earlier is not None and earlier.active:
        raise Refusal(f"ID「{login_id}」は、すでに使われています。", "別のIDにしてください。")
    if any(user.display_name == name and user.active for user in known):
        raise Refusal(
            f"表示名「{name}」は、すでに使われています。", "だれの操作かがわかるように、別の表示名にしてください。"
        )
    ring = _ring(act.store)
    slot = keyring.wrap(act.store.keys.data, password, kind="user", owner=login_id)
    with act.change(f"利用者を追加した（ID {login_id}）", "accounts", barrier=True) as change:
        if earlier is None:
            user = User(login_id=login_id, display_name=name)
            user = replace(user, id=change.insert(user))
        else:
            user = replace(earlier, display_name=name, active=True)
            change.update(User, earlier.id, display_name=name, active=True)
        _write(act.store, keyring.with_slot(ring, slot))
    return user


@deed
def change_password(act: Act, *, login_id: str, old_password: str, new_password: str) -> None:
    """Give a user who knows the old password a new one.

    Raises:
        Refusal: the new one is too short. WrongPassword: the old one does not fit.
    """
    check_password(new_password)
    slot = _ring(act.store).slot_of(login_id)
    if slot is None or keyring.open_slot(slot, old_password) is None:
        raise storage_errors.WrongPassword(
            "old password", happened="いまのパスワードが違います。", lost="パスワードは変わっていません。"
        )
    _set_password(act, login_id, new_password, "パスワードを変更した")


@deed
def set_password_after_recovery(act: Act, *, login_id: str, new_password: str) -> None:
    """Give a user a new password after the folder was opened with the printed recovery key.

    Raises:
        Refusal: the folder was not opened with the recovery key, no such user, or the password is too short.
    """
    check_password(new_password)
    if act.store.login_id:
        raise Refusal(
            "パスワードの再設定は、回復キーで開いたときだけできます。",
            "ご自分のパスワードは「パスワードの変更」で変えられます。",
        )
    if not any(user.login_id == login_id and user.active for user in accounts.users(act.database)):
        raise Refusal(f"ID「{login_id}」の利用者がいません。", "利用者の一覧でIDをご確認ください。")
    _set_password(act, login_id, new_password, "回復キーでパスワードを再設定した")


@deed
def deactivate_user(act: Act, *, login_id: str) -> None:
    """Take away a user's access: the key slot goes, the name stays in the journal.

    Raises:
        Refusal: no such user, one's own access, or the last one who can log in.
    """
    user = next((one for one in accounts.users(act.database) if one.login_id == login_id and one.active), None)
    if user is None:
        raise Refusal(f"ID「{login_id}」の利用者がいません。", "利用者の一覧でIDをご確認ください。")
    if login_id == act.store.login_id:
        raise Refusal("ご自分の利用は止められません。", "ほかの利用者に頼んでください。")
    if sum(line.can_log_in for line in list_users(act.store)) <= 1:
        raise Refusal(
            "ログインできる利用者がいなくなるため、止められません。", "先に、ほかの利用者を追加してください。"
        )
    with act.change(f"利用を止めた（ID {login_id}）", "accounts", barrier=True) as change:
        change.update(User, user.id, active=False)
        _write(act.store, keyring.without_user(_ring(act.store), login_id))


def has_recovery_key(store: Store) -> bool:
    """Say whether a recovery key was issued (the window offers one at the first login if not)."""
    return _ring(store).recovery is not None


@deed
def issue_recovery_key(act: Act) -> str:
    """Issue a recovery key to print, in the place of an earlier one; return it (it is kept nowhere)."""
    key = keyring.new_recovery_key()
    slot = keyring.wrap(act.store.keys.data, keyring.read_recovery_key(key), kind="recovery", owner="")
    with act.change("回復キーを発行した", "accounts", barrier=True):
        _write(act.store, keyring.with_slot(_ring(act.store), slot))
    return key


def _set_password(act: Act, login_id: str, password: str, action: str) -> None:
    slot = keyring.wrap(act.store.keys.data, password, kind="user", owner=login_id)
    with act.change(f"{action}（ID {login_id}）", "accounts", barrier=True):
        _write(act.store, keyring.with_slot(_ring(act.store), slot))


def _ring(store: Store) -> keyring.Keyring:
    """Return the keyring as it lies in the folder: the newest copy whose seal holds."""
    copies = keyring.read_both(store.folder, store.keys.keyring)
    sealed = [ring for ring in copies if ring is not None and keyring.is_sealed(ring, store.keys.keyring)]
    if not sealed:
        raise storage_errors.Damaged(
            "keyring",
            happened="鍵ファイルが、控えも含めて壊れているか、書き換えられています。",
            todo="閉じる前に、バックアップから鍵ファイルを戻してください。",
        )
    return max(sealed, key=lambda ring: ring.number)


def _write(store: Store, ring: keyring.Keyring) -> None:
    """Write the keyring as the last step before the commit, so that neither stands without the other for long.

    A stop between the two leaves a key slot without a user, which opens nothing: only users of the
    database get in. If the write fails halfway, the earlier keyring is put back.
    """
    earlier = _ring(store)
    seat = store.seat.number if store.seat is not None else 0
    try:
        sealed = keyring.write(store.folder, ring, store.keys.keyring, seat=seat)
    except OSError as error:
        with suppress(OSError):
            keyring.write(store.folder, earlier, store.keys.keyring, seat=seat)
        raise storage_errors.as_problem(error) or error from error
    for path in layout.earlier_keyrings(store.folder, layout.new_keyrings(store.folder, seat)):
        with suppress(OSError):
            on_disk.remove(path)
    accounts.set_fact(store.database, KEYRING_FACT, f"{sealed.number}:{sealed.seal}")


def check_own_password(store: Store, *, password: str) -> None:
    """Return when ``password`` is that of the user who opened the store.

    Raises:
        WrongPassword: it is not, or the user's key slot was taken away since.
    """
    copies = keyring.read_both(store.folder, store.keys.keyring)
    sealed = [ring for ring in copies if ring is not None and keyring.is_sealed(ring, store.keys.keyring)]
    slot = max(sealed, key=lambda ring: ring.number).slot_of(store.login_id) if sealed else None
    if slot is None or keyring.open_slot(slot, password) != store.keys.data:
        raise storage_errors.WrongPassword(
            happened="パスワードが違います。",
            lost="作業中の内容はそのままです。",
            todo="入力をご確認のうえ、もう一度お試しください。",
        )


def draw_recovery_sheet(*, key: str, folder: Path, issued_by: str, issued_at: datetime) -> bytes:
    """Return the sheet as a PDF in memory; needs no store and runs beside the window.

    Args:
        key: as issued. folder: the data folder. issued_by: display name. issued_at: local time.
    """
    from app.data_folder.papers.recovery_sheet import recovery_sheet
    from app.papers.pdf.render import render_pdf

    content = recovery_sheet(key=key, place=str(folder), issued_by=issued_by, issued_at=issued_at)
    return render_pdf(content).data
