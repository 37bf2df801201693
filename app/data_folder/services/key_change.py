"""「鍵を替える」: after a person left, all data are encrypted with a new key.

Who left may have a copy of the keyring: their password opens it as long as the key is the same. The passwords of
colleagues are not known, so each gets a temporary one, and the recovery key is issued anew. All of it is printed
before anything is changed; the change itself is made while the data are closed (``docs/decisions/0073``).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import accounts
from app.data_folder.services.data_folder import this_pc
from app.data_folder.services.lock_acquisition import acquire_lock
from app.data_folder.services.rights import check_may_write, known_keyring
from db import keyring, migrations, write_lock
from db.backups import backup, copies, key_change
from db.backups.change_log import ChangeLog
from db.digits import whole_number
from db.engine import Database
from db.files import storage_errors
from db.keys import Keys
from db.mapping import TABLE_OF
from db.record import frozen
from db.records.accounts import User
from db.store import Store
from db.tables import accounts as accounts_table
from db.tables import journal

_KEY_SINCE_FACT = "key_since"
"""Name of the fact that keeps the journal number since which the current key is used."""
_GROUP_COUNT, _GROUP_LENGTH = 3, 4
_KEY_UNCHANGED = "鍵は替わっていません。"


@frozen
class FirstPassword:
    """The temporary password of one user after a key change, handed over on paper."""

    login_id: str
    display_name: str
    password: str


@frozen
class KeyChangePapers:
    """What must be printed before the key is changed: a password for each other user, and the recovery key.

    The others are all who can log in, without the acting user. It is stored nowhere: a lost sheet is replaced by a
    colleague with a new password.
    """

    passwords: tuple[FirstPassword, ...]
    recovery_key: str


@frozen
class OldBackups:
    """The backups that open with an earlier password: how many, and the last day on which one is kept (None = none).

    ``is_key_changed`` whether the key was ever changed; before that, they are those that would be concerned.
    ``stopped_people`` is the number of users deactivated since the current key is used.
    """

    count: int
    latest_day: date | None
    is_key_changed: bool
    stopped_people: int


def old_backups(store: Store, *, today: date) -> OldBackups:
    """Return the backups in the data folder that open with a password from before the last key change.

    Where the key was never changed, these are all backups.
    """
    from app.programme.holds import backup_term  # not before the login page stands

    made = backup.generations(store.folder / backup.FOLDER_NAME)
    before = [one for one in made if store.keys.number == 1 or one.key_number < store.keys.number]
    newest = max((one.created_at.date() for one in before), default=None)
    until = backup_term(store.database, today).last_day(min(newest, today)) if newest is not None else None
    return OldBackups(len(before), until, is_key_changed=store.keys.number > 1, stopped_people=_stopped_people(store))


def _stopped_people(store: Store) -> int:
    """Return how many deactivated users knew the current key."""
    since = whole_number(accounts_table.fact(store.database, _KEY_SINCE_FACT)) or 0
    gone = {user.id for user in accounts_table.users(store.database) if not user.active}
    steps = [one for one in journal.entries(store.database, subject="accounts") if one.seq > since]
    of_users = (row for step in steps for row in step.changes if row.table == TABLE_OF[User])
    return len(gone & {row.row_id for row in of_users if row.before and row.before["active"]})


def prepare_papers(store: Store, *, recovery_key: str = "") -> KeyChangePapers:
    """Return the passwords and the recovery key that a key change needs, without changing anything.

    Args:
        recovery_key: as typed, needed from who is no manager.
    Raises:
        UserError: only managers may do it, or the data were opened with the recovery key. RestrictedError: this user
            may only read. ReadOnlyMode: somebody else is writing just now.
    """
    store.check_unrestricted()
    if store.read_only:
        raise storage_errors.ReadOnlyMode("key")
    accounts.check_is_manager(store, recovery_key)
    if not store.login_id:
        raise UserError(
            "回復キーで開いているときは、鍵を替えられません。",
            "ご自分のパスワードを決め、それでログインしてから替えてください。",
            _KEY_UNCHANGED,
        )
    stay = [line for line in accounts.list_users(store) if line.can_log_in]
    return KeyChangePapers(
        passwords=tuple(
            FirstPassword(line.user.login_id, line.user.display_name, new_first_password())
            for line in stay
            if line.user.login_id != store.login_id
        ),
        recovery_key=keyring.new_recovery_key(),
    )


def new_first_password() -> str:
    """Return a random password that is easy to read and type: three groups of four small letters and digits."""
    groups = (
        "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(_GROUP_LENGTH))
        for _ in range(_GROUP_COUNT)
    )
    return "-".join(groups)


def change_key(
    folder: Path,
    keys: Keys,
    *,
    login_id: str,
    password: str,
    papers: KeyChangePapers,
    now: datetime,
    pc: str = "",
    wait: float = key_change.WAIT_SECONDS,
    settle: float = write_lock.SETTLE_SECONDS,
) -> None:
    """Change the data key of a folder that was just closed after its last backup; it stays closed.

    Args:
        keys: as the folder was open with. password: of the acting user; it stays valid. papers: from
            ``prepare_papers``, printed by now. wait: seconds for another program. settle: as for ``acquire_lock``.
    Raises:
        WrongPassword: it is not this user's. RestrictedError: this user may only read by now. UserError: users were
            added or removed since the papers were made.
        Locked: a colleague took the lock meanwhile. StorageProblem: no room, no right. Nothing is changed by any of
            them.
    """
    check_may_write(folder, keys, login_id)
    ring = known_keyring(folder, keys).keyring
    own = ring.slot_of(login_id)
    if own is None or keyring.open_slot(own, password) != keys.data:
        raise storage_errors.WrongPassword(
            happened="パスワードが違います。", lost=_KEY_UNCHANGED, todo="入力をご確認のうえ、もう一度お試しください。"
        )
    others = {slot.owner for slot in ring.slots if slot.kind == "user"} - {login_id}
    if others != {one.login_id for one in papers.passwords}:
        raise UserError(
            "紙を作ったあとで、利用者が変わりました。",
            "「鍵を替える」を、はじめからやり直してください。",
            _KEY_UNCHANGED,
        )
    data_key = keyring.new_data_key()
    slots = [replace(keyring.wrap(data_key, password, kind="user", owner=login_id), manages=own.manages)]
    for one in papers.passwords:
        was = ring.slot_of(one.login_id)
        assert was is not None
        slot = keyring.wrap(data_key, one.password, kind="user", owner=one.login_id)
        slots.append(replace(slot, reader=was.reader, manages=was.manages, given=True))
    recovery = keyring.normalise_recovery_key(papers.recovery_key)
    slots.append(keyring.wrap(data_key, recovery, kind="recovery", owner=""))
    changed, following = keyring.with_new_key(ring, keys, data_key, slots)
    changed = keyring.sealed(changed, following)
    taken = acquire_lock(folder, login_id=login_id, pc=pc or this_pc(), now=now, settle=settle)
    try:
        if known_keyring(folder, keys).keyring != ring:
            raise storage_errors.Locked("keyring changed meanwhile")

        def note(database: Database) -> None:
            """Write the change of the key into the journal of the database under the new key, as a barrier."""
            user = accounts_table.user_of(database, login_id)
            name = user.display_name if user is not None else login_id
            log = ChangeLog(folder, following.log_keys, migrations.version_of(database), lock_number=taken.number)
            store = Store(folder, database, following, login_id, display_name=name, write_lock=taken, change_log=log)
            count = len(papers.passwords)
            with ActionContext(store, name, now).change(
                f"データの鍵を替えた（{following.number}つ目の鍵。仮のパスワード {count}人、回復キーを発行し直した）",
                "accounts",
                barrier=True,
            ):
                accounts_table.set_known_keyring(database, changed)
            accounts_table.set_fact(database, _KEY_SINCE_FACT, str(copies.head(database)[0]))

        key_change.switch_to_new_key(folder, keys, changed, following, taken, note=note, wait=wait)
    finally:
        taken.release()


@dataclass(frozen=True, repr=False)
class KeyChangeRequest:
    """The confirmed request: the user's own password, and what was handed out on paper."""

    password: str
    papers: KeyChangePapers


def draw_first_password(first_password: FirstPassword, *, folder: Path, issued_by: str, issued_at: datetime) -> bytes:
    """Return the sheet with one person's temporary password as a PDF in memory; it is written to no file."""
    from app.data_folder.documents import first_password_sheet
    from app.documents.pdf.render import render_pdf

    content = first_password_sheet(
        name=first_password.display_name,
        login_id=first_password.login_id,
        password=first_password.password,
        folder=str(folder),
        issued_by=issued_by,
        issued_at=issued_at,
    )
    return render_pdf(content).data
