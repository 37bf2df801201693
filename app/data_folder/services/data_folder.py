"""Creating, opening and closing the data folder, with all checks, backups and the write lock.

Data of an earlier version are updated to today's schema at opening, after a backup. At the first login with a temporary
password nothing is opened before the user has chosen an own one.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.common import failure_log
from app.common.password_rules import PasswordOwner
from app.data_folder.services import backups
from app.data_folder.services.accounts import change_password, check_login_id, check_password
from app.data_folder.services.cleanup import run_cleanup
from app.data_folder.services.due_erasing import erase_due, finish_erasing_steps
from app.data_folder.services.folder_location import record_location
from app.data_folder.services.lock_acquisition import (
    acquire_lock,
    database_for_lock,
    new_unmerged_notes,
    remove_old_unmerged,
)
from app.data_folder.services.opening_checks import (
    catch_up_log,
    check_all_pages,
    check_keyring_not_older,
    check_keyring_number,
    check_no_changes_lost,
)
from app.data_folder.services.path_checks import check_data_folder_path, missing_data
from app.data_folder.services.rights import (
    check_may_write,
    check_rights,
    check_role,
    known_keyring,
    restriction_of,
)
from db import connection, folder_layout, keyring, migrations, write_lock
from db.accesses.sessions import begin_recording, end_recording, write_accesses
from db.backups import backup, change_log, copies, finish_erasing, finish_key_change
from db.engine import Database
from db.files import storage_errors
from db.files.atomic_files import remove_folder, remove_leftovers
from db.files.filesystem import make_folders
from db.journal import SCHEMA_SUBJECT
from db.keys import Keys, derive_keys
from db.migrations import initial_schema, schema_step
from db.record import frozen
from db.records.accounts import User
from db.store import Store
from db.tables import accounts
from db.write_lock import WriteLock


def update_schema(store: Store, *, now: datetime) -> list[str]:
    """Run the pending migrations, if any; return messages.

    The rows that they changed go into the journal, so that the journal still holds the state of every row, and a
    restore by the change log ends at the same rows.

    Raises:
        StorageProblem: the backup could not be made or a migration failed; the data keep their old schema.
    """
    if not migrations.pending(store.database):
        return []
    before = migrations.version_of(store.database)
    target = store.folder / backup.FOLDER_NAME
    backup.make(
        store.database,
        store.keys,
        store.folder,
        target=target,
        now=now,
        reason="形の更新前",
        lock_number=store.write_lock.number if store.write_lock is not None else 0,
    )
    try:
        migrations.migrate(store.database)
    except storage_errors.ENGINE_ERRORS as error:
        raise storage_errors.StorageProblem(
            f"{type(error).__name__}: {error}",
            happened="データを新しい版の形に直せませんでした。",
            lost="データは前の版の形のまま残っています。直前に作ったバックアップもあります。",
            todo="前の版のデジ活デスクで開き、情報システムの担当者に「詳細」を伝えてください。",
        ) from error
    after = migrations.version_of(store.database)
    if store.change_log is not None:
        store.change_log.version = after
    with store.change(
        action=schema_step.step_text(before, after),
        by=store.display_name,
        now=now,
        subject=SCHEMA_SUBJECT,
        barrier=True,
    ) as change:
        change.rows.extend(schema_step.changed_rows(store.database))
    return ["データを新しい版の形にしました。その前のバックアップを作ってあります。"]


WAIT_SECONDS = connection.WAIT_SECONDS
_UNFINISHED_SECONDS = 24 * 60 * 60
_COPY_TRIES = 4


@frozen
class OpenedFolder:
    """An opened folder: its store, and sentences for the user to read at once (often none)."""

    store: Store
    notes: tuple[str, ...] = field(default=())


def this_pc() -> str:
    """Return the name of this PC, as colleagues see it when the folder is in use."""
    return platform.node() or "このPC"


def holds_data(folder: Path) -> bool:
    """Return whether a data folder lies at ``folder``: whether there is a database file in it."""
    return folder_layout.database_of(folder) is not None


def create_data_folder(
    folder: Path,
    *,
    login_id: str,
    display_name: str,
    password: str,
    now: datetime,
    fill: Callable[[Store], object] | None = None,
    recovery: bool = True,
    pc: str = "",
) -> tuple[Store, str]:
    """Create a new data folder and open it; return the store and the recovery key to print ("" without ``recovery``).

    Args:
        folder: a new or empty folder. display_name: as it goes into the journal and to colleagues, "" = the ID.
        password: as ``check_password`` accepts it. fill: writes initial data before anybody works there.
        recovery: False makes no recovery key (one is issued at the first login in the window).
        pc: the name of this PC, "" = as the system says.
    Raises:
        UserError: the folder is not empty or can't be used, the ID is invalid, or the password is refused.
        StorageProblem: no room or no right; then nothing is left behind.
    """
    check_login_id(login_id)
    check_password(password, owner=PasswordOwner(login_id=login_id, name=display_name))
    check_data_folder_path(folder)
    if _is_not_empty(folder):
        raise UserError(
            "選んだフォルダーには、すでにファイルがあります。",
            "新しい（空の）フォルダーを選んでください。すでにあるデータを使うときは「同僚のデータを開く」"
            "を選んでください。",
            "そのフォルダーには何も書き込んでいません。",
        )
    try:
        make_folders(folder)
        store, recovery_key = _create(folder, login_id, display_name or login_id, password, now, recovery, pc)
    except OSError as error:
        remove_folder(folder)
        raise storage_errors.to_storage_problem(error) or error from error
    except BaseException:
        remove_folder(folder)
        raise
    if fill is not None:
        try:
            fill(store)
        except BaseException:
            _release_all(store)
            remove_folder(folder)
            raise
    return store, recovery_key


def open_data_folder(
    folder: Path,
    *,
    login_id: str,
    password: str,
    now: datetime,
    pc: str = "",
    take_over: bool = False,
    wait: float = WAIT_SECONDS,
    settle: float = write_lock.SETTLE_SECONDS,
) -> OpenedFolder:
    """Open the folder for writing: key, write lock, checks, log, pending steps, backup, published copy.

    Data of an earlier schema are updated, and records whose erasing is due are erased.

    Args:
        take_over: the user agreed to take over from a silent PC. wait: seconds for another writer.
        settle: seconds to wait before the data are copied in a takeover. pc: the name of this PC, "" = as the system
            says.
    Raises:
        WrongPassword, MissingData, NotOurs, NewerData, Damaged, ReadOnlyFolder, DiskFull.
        Locked: somebody has it open (named); HolderSilent: a silent PC, ask before taking over.
        ExclusiveCreateFailed: the place can't tell who writes. RestrictedError: 閲覧, or a temporary password; no lock
            is taken.
    """
    return _open(
        folder, secret=password, login_id=login_id, now=now, pc=pc, take_over=take_over, wait=wait, settle=settle
    )


def open_with_recovery_key(
    folder: Path,
    *,
    recovery_key: str,
    now: datetime,
    wait: float = WAIT_SECONDS,
) -> OpenedFolder:
    """Open the folder with the printed recovery key; the next step is to set a new password.

    Raises as ``open_data_folder``.
    """
    secret = keyring.normalise_recovery_key(recovery_key)
    return _open(folder, secret=secret, login_id=None, now=now, wait=wait)


def open_for_password_change(
    folder: Path,
    *,
    login_id: str,
    password: str,
    now: datetime,
    pc: str = "",
    take_over: bool = False,
    wait: float = WAIT_SECONDS,
    settle: float = write_lock.SETTLE_SECONDS,
) -> OpenedFolder:
    """Open the folder only to change a temporary password, also for a 閲覧 user; arguments as ``open_data_folder``.

    Raises:
        UserError: the password is this person's own. Otherwise as ``open_data_folder``.
    """
    return _open(
        folder,
        secret=password,
        login_id=login_id,
        now=now,
        pc=pc,
        take_over=take_over,
        wait=wait,
        settle=settle,
        password_change_only=True,
    )


def open_published(folder: Path, *, login_id: str, password: str) -> OpenedFolder:
    """Open the published copy for reading only (閲覧専用); ``store.published_at`` is its time.

    Raises:
        WrongPassword (also a deactivated user), MissingData (nothing published yet), Damaged, NewerData.
        StorageProblem: the copy still has an earlier schema. RestrictedError: 点検, or a temporary password.
    """
    _check_holds_data(folder)
    unlocked = keyring.unlock(folder, password, owner=login_id)
    opened = open_copy(folder, unlocked.keys, login_id=login_id)
    try:
        check_keyring_not_older(opened.store.database, unlocked)
        opened.store.check_may_look()
    except BaseException:
        opened.store.database.conn.close()
        raise
    return OpenedFolder(opened.store, unlocked.notes if unlocked.has_skipped_files else ())


def open_copy(folder: Path, keys: Keys, *, login_id: str) -> OpenedFolder:
    """Open the published copy with already known keys; raises as ``open_published``."""
    note, database = _connect_to_copy(folder, keys)
    try:
        if migrations.pending(database):
            raise storage_errors.StorageProblem(
                happened="閲覧用の写しが、前の版のデジ活デスクの形のままです。",
                todo="担当の人が、いちど、ふつうに開いて閉じると、写しが新しくなります。",
            )
        user = _user(database, login_id)
    except BaseException:
        database.conn.close()
        raise
    store = Store(
        folder=folder,
        database=database,
        keys=keys,
        login_id=login_id,
        read_only=True,
        display_name=user.display_name,
        published_at=note.time,
        restriction=restriction_of(folder, keys, login_id, database),
    )
    return OpenedFolder(store)


def _connect_to_copy(folder: Path, keys: Keys) -> tuple[copies.PublishedCopy, Database]:
    """Connect to the published copy, again if a newer one replaces it between finding and opening."""
    for _ in range(_COPY_TRIES):
        note = copies.find_published(folder)
        try:
            return note, _connect(note.path, keys.for_number(note.key_number), read_only=True)
        except storage_errors.StorageProblem:
            if note.path.is_file():
                raise
    note = copies.find_published(folder)
    return note, _connect(note.path, keys.for_number(note.key_number), read_only=True)


def open_with_lock(
    folder: Path,
    keys: Keys,
    write_lock: WriteLock,
    *,
    login_id: str,
    published_head: tuple[int, str] | None,
    now: datetime,
    wait: float,
) -> OpenedFolder:
    """Open for writing with known keys, after a write lock that was transferred, released or taken over.

    After an orderly transfer the data need neither copy nor check if the journal ends as the previous holder said;
    otherwise they are checked as at every opening. ``check_every_page`` does the rest in the background.

    Args:
        published_head: number and chain hash of the last journal row according to the previous holder; None = unknown.
    Raises:
        As ``open_data_folder``; the caller then releases the lock. RestrictedError: this user may only read by now.
    """
    check_may_write(folder, keys, login_id)  # the previous holder may have changed the rights since we asked
    if published_head is None or write_lock.copied:
        store, notes = _connect_writer(
            folder, keys, known_keyring(folder, keys), write_lock, login_id=login_id, now=now, wait=wait
        )
    else:
        source = folder_layout.database_of(folder, keys.number)
        if source is None:
            raise missing_data(folder)
        database = _connect(source, keys, wait=wait)
        try:
            user = _user(database, login_id)
            check_role(folder, keys, login_id, database)
            if migrations.pending(database) or copies.head(database) != published_head:
                _check_database(database, keys, folder, login_id)
            connection.check_writable(database)
        except BaseException:
            database.conn.close()
            raise
        store, notes = _make_store(folder, database, keys, login_id, user.display_name, write_lock), []
    try:
        notes += run_cleanup("変更の控えの補い", lambda: catch_up_log(store)) if published_head is None else []
        notes += run_cleanup("フォルダーの場所の確認", lambda: record_location(store))
        notes += update_schema(store, now=now)
        store.confirm_commits()
    except BaseException:
        store.database.conn.close()
        raise
    return OpenedFolder(store, tuple(notes))


def check_every_page(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Check every page after a lock transfer; return messages, () = all is well. Called in the background.

    Damage is not raised but is such a message, and ends the work. An erasing that was interrupted is finished here: the
    new holder may not open again for days. What lies in files left behind is reported before, since they are removed.
    """
    said = run_cleanup("データの点検", lambda: _check_pages(store))
    if said or not finish_erasing.is_due(store):
        return said
    told = run_cleanup("引継ぎ前のファイルの確認", lambda: new_unmerged_notes(store))
    return (*told, *finish_erasing_steps(store, now=now))


def _check_pages(store: Store) -> tuple[str, ...]:
    """Check every page of the database and return no message; raises where one is damaged."""
    check_all_pages(store.database)
    return ()


def close_data_folder(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Close the folder: backup, published copy, release of the lock; return messages.

    A store open for reading only is just closed. What cannot be written any more (no room) is reported, and the folder
    is closed all the same. Who lost the lock writes nothing more.
    """
    notes = [*end_recording(store, now=now)]
    try:
        if not store.read_only:
            store.confirm_commits()
            notes += _back_up_and_publish(store, now, "閉じたとき")
    except storage_errors.WriteLockLost as problem:
        notes.append(f"{problem.happened}{problem.lost}")
    except storage_errors.LockUnconfirmed as problem:
        notes.append(
            f"{problem.happened}最後の操作が保存されたかを確かめられないまま閉じました。開き直してご確認ください。"
        )
    finally:
        _release_all(store)
    return tuple(notes)


def heartbeat(store: Store) -> str:
    """Write the heartbeat and confirm the last commits; return a message once an unconfirmed one is confirmed, else "".

    Called every 10 seconds by the window. Does nothing for a read-only store or while the folder does not answer.

    Raises:
        WriteLockLost: a colleague took the folder over; the store is read-only from then on.
    """
    if store.write_lock is None or store.read_only:
        return ""
    try:
        with suppress(storage_errors.WriteLockLost):  # the store says it, and whether a change was pending
            store.write_lock.send_heartbeat()
        proven = store.confirm_commits()
    except storage_errors.LockUnconfirmed:
        return ""
    return "フォルダーとつながりました。最後の操作は保存されています。" if proven else ""


def publish(store: Store, *, now: datetime) -> datetime | None:
    """Publish the copy for readers at once; return its time (None for a read-only store).

    The window calls it after a quiet minute.

    Raises:
        StorageProblem: no room or no right; the data itself is untouched. WriteLockLost: a colleague took over.
    """
    if store.read_only:
        return None
    store.confirm_commits()
    number, anew = (store.write_lock.number, store.write_lock.copied) if store.write_lock is not None else (0, False)
    return copies.publish(store.database, store.keys, store.folder, now=now, lock_number=number, own_copy=anew).time


def is_database_in_place(store: Store) -> bool:
    """Return whether the data are still where they were opened.

    False after the folder was moved, renamed, replaced by a copy, or its share lost.
    """
    try:
        return folder_layout.database_of(store.folder) is not None and store.is_database_in_place()
    except OSError:
        return False


def pending_notes(store: Store) -> tuple[str, ...]:
    """Return the message to show while it applies, () = none.

    It is that the last operation could not be confirmed, else that changes are not yet in the change log.
    """
    if store.unconfirmed_count:
        return ("データのフォルダーと連絡がとれません。最後の操作が保存されたかは、つながりしだいお知らせします。",)
    waiting = store.change_log.pending_count if store.change_log is not None else 0
    if not waiting:
        return ()
    return (f"変更 {waiting}件 を、変更の控えに書けていません（保存は済んでいます）。ディスクの空きをご確認ください。",)


def _create(
    folder: Path, login_id: str, display_name: str, password: str, now: datetime, recovery: bool, pc: str
) -> tuple[Store, str]:
    """Create keyring, database and first user in a folder; return the store and the recovery key ("" = none)."""
    data_key = keyring.new_data_key()
    keys = derive_keys(data_key)
    ring = keyring.Keyring(number=0, slots=())
    ring = keyring.with_slot(ring, keyring.wrap(data_key, password, kind="user", owner=login_id))
    recovery_key = keyring.new_recovery_key() if recovery else ""
    if recovery_key:
        secret = keyring.normalise_recovery_key(recovery_key)
        ring = keyring.with_slot(ring, keyring.wrap(data_key, secret, kind="recovery", owner=""))
    taken = acquire_lock(folder, login_id=login_id, pc=pc or this_pc(), now=now)
    try:
        database = connection.connect(folder_layout.new_database_path(folder, taken.number), keys.pages, create=True)
    except BaseException:
        taken.abandon()
        raise
    try:
        migrations.migrate(database)
        sealed = keyring.write(folder, ring, keys, lock_number=taken.number)
        accounts.set_known_keyring(database, sealed)
        store = _make_store(folder, database, keys, login_id, display_name, taken)
        begin_recording(store, pc=pc or this_pc(), now=now)
        with store.change(
            action="データフォルダーを作成した", by=display_name, now=now, subject="accounts", barrier=True
        ) as change:
            change.insert(User(login_id=login_id, display_name=display_name))
    except BaseException:
        database.conn.close()
        taken.abandon()
        raise
    return store, recovery_key


def _open(
    folder: Path,
    *,
    secret: str,
    login_id: str | None,
    now: datetime,
    pc: str = "",
    take_over: bool = False,
    wait: float,
    settle: float = write_lock.SETTLE_SECONDS,
    password_change_only: bool = False,
) -> OpenedFolder:
    """Unlock the keyring, take the write lock, and do all that ``open_data_folder`` says.

    ``login_id`` None = ``secret`` is the recovery key. With ``password_change_only`` nothing is erased.
    """
    _check_holds_data(folder)
    unlocked = keyring.unlock(folder, secret, owner=login_id)
    keys = unlocked.keys
    check_rights(unlocked.keyring, login_id, password_change_only=password_change_only)
    taken = acquire_lock(
        folder, login_id=login_id or "", pc=pc or this_pc(), now=now, take_over=take_over, settle=settle
    )
    try:
        if keyring.read_both(folder, keys.keyring) != unlocked.found:  # somebody changed it before we sat down
            unlocked = keyring.unlock(folder, secret, owner=login_id)
            keys = unlocked.keys
            check_rights(unlocked.keyring, login_id, password_change_only=password_change_only)
        store, notes = _connect_writer(folder, keys, unlocked, taken, login_id=login_id, now=now, wait=wait)
    except BaseException:
        taken.release()
        raise
    begin_recording(store, pc=pc or this_pc(), now=now)
    try:
        notes += run_cleanup("書きかけのファイルの片づけ", lambda: _remove_leftovers(store, now))
        notes += run_cleanup("変更の控えの補い", lambda: catch_up_log(store))
        notes += update_schema(store, now=now)
        notes += run_cleanup("鍵ファイルの照合", lambda: check_keyring_number(store, unlocked.keyring))
        notes += run_cleanup("フォルダーの場所の確認", lambda: record_location(store))
        notes += run_cleanup("引継ぎ前のファイルの確認", lambda: new_unmerged_notes(store))
        notes += run_cleanup(
            "パスワードなしで作ったバックアップの確認", lambda: backups.check_unverified_backups(store, now=now)
        )
        notes += erase_due(store, now=now) if not password_change_only else []
        write_accesses(store)
        notes += _back_up_and_publish(store, now, "開いたとき")
        notes += run_cleanup("鍵の取り替えの続き", lambda: finish_key_change.finish(store, now=now))
        store.confirm_commits()  # after a sleep of the PC, a lost lock is reported now, not at the first change
    except BaseException:
        _release_all(store)
        raise
    return OpenedFolder(store, tuple(notes))


def _connect_writer(
    folder: Path,
    keys: Keys,
    unlocked: keyring.UnlockedKeyring,
    write_lock: WriteLock,
    *,
    login_id: str | None,
    now: datetime,
    wait: float,
) -> tuple[Store, list[str]]:
    """Connect to the database file of the lock and check it; return the store and messages.

    Nothing is changed before it is known to be right. Then a damaged copy of the keyring is written anew.
    """
    first = initial_schema.uses_initial_schema(folder)
    path = database_for_lock(
        folder, keys, write_lock, now=now, wait=wait, check=lambda copy: _check_database(copy, keys, folder, login_id)
    )
    database = _connect(path, keys, wait=wait)
    try:
        user, notes = _check_database(database, keys, folder, login_id)
        check_role(folder, keys, login_id or "", database)
        check_keyring_not_older(database, unlocked)
        connection.check_writable(database)
    except OSError as error:
        database.conn.close()
        raise storage_errors.to_storage_problem(error) or error from error
    except BaseException:
        database.conn.close()
        raise
    name = user.display_name if user else "回復キーで開いた人"
    store = _make_store(folder, database, keys, login_id or "", name, write_lock)
    failure_log.log_event("mended", int(unlocked.has_damaged_copy))
    if unlocked.has_damaged_copy or unlocked.has_skipped_files or first or write_lock.copied:
        notes += run_cleanup("鍵ファイルの書き直し", lambda: _write_keyring(store, unlocked.keyring))
    return store, [*unlocked.notes, *([write_lock.note] if write_lock.note else []), *notes]


def _write_keyring(store: Store, ring: keyring.Keyring) -> tuple[str, ...]:
    """Write both copies of the keyring (one damaged, or earlier numbers void) under our lock number; return ()."""
    assert store.write_lock is not None
    keyring.write_sealed(store.folder, ring, lock_number=store.write_lock.number)
    return ()


def _check_database(
    database: Database, keys: Keys, folder: Path, login_id: str | None
) -> tuple[User | None, list[str]]:
    """Return the user who opens (None with the recovery key) and messages; raise when it must not be used."""
    user = _user(database, login_id) if login_id is not None else None
    migrations.pending(database)
    check_all_pages(database)
    return user, check_no_changes_lost(database, keys, folder)


def _make_store(folder: Path, database: Database, keys: Keys, login_id: str, name: str, write_lock: WriteLock) -> Store:
    """Return the store with the write lock, which is verified after every commit, and the change log."""
    write_lock.set_display_name(name)
    log = change_log.ChangeLog(folder, keys.log_keys, migrations.version_of(database), lock_number=write_lock.number)
    return Store(
        folder=folder,
        database=database,
        keys=keys,
        login_id=login_id,
        display_name=name,
        write_lock=write_lock,
        change_log=log,
        after_commit=[log.append],
    )


def _connect(path: Path, keys: Keys, *, read_only: bool = False, wait: float = WAIT_SECONDS) -> Database:
    """Connect to a database whose key is known to be right; raises Damaged if it does not open with it."""
    try:
        return connection.connect(path, keys.pages, read_only=read_only, wait=wait)
    except storage_errors.NotOurs as problem:
        raise storage_errors.Damaged(problem.details) from problem


def _check_holds_data(folder: Path) -> None:
    """Raise ``MissingData`` unless the folder holds data."""
    try:
        if holds_data(folder):
            return
    except OSError as error:
        raise storage_errors.to_storage_problem(error) or error from error
    raise missing_data(folder)


def _is_not_empty(folder: Path) -> bool:
    """Return whether the folder (or file) exists and holds something; raises StorageProblem if it can't be read."""
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise storage_errors.to_storage_problem(error) or error from error


def _user(database: Database, login_id: str) -> User:
    """Return the active user of a login ID; raises ``WrongPassword`` where there is none."""
    user = accounts.user_of(database, login_id)
    if user is None or not user.active:
        raise storage_errors.WrongPassword("no active user")
    return user


def _back_up_and_publish(store: Store, now: datetime, reason: backup.Reason) -> list[str]:
    """Make backup and published copy; failures are returned as messages, since the data itself is safe."""
    if store.change_log is not None:
        store.change_log.flush()
    made = run_cleanup("バックアップの作成", lambda: backups.make_backup(store, now=now, reason=reason).notes)
    shown = run_cleanup("閲覧用の写しの作成", lambda: _publish_or_explain(store, now))
    return [*made, *shown]


def back_up_new_day(store: Store, *, now: datetime) -> list[str]:
    """Make backup and published copy as at opening, where a folder stays open over midnight; return messages.

    Nothing for a reader or without the database file.
    """
    return [] if store.read_only or not is_database_in_place(store) else _back_up_and_publish(store, now, "開いたとき")


def _publish_or_explain(store: Store, now: datetime) -> tuple[str, ...]:
    """Publish the copy for readers and return no message; raises as ``publish``."""
    publish(store, now=now)
    return ()


def _remove_leftovers(store: Store, now: datetime) -> tuple[str, ...]:
    """Remove unfinished files, and old files of earlier write locks; return no message."""
    remove_leftovers(store.folder, older_than=_UNFINISHED_SECONDS)
    remove_old_unmerged(store, now=now)
    return ()


def _release_all(store: Store) -> None:
    """Release everything held, the lock last, without hiding the original error."""
    if store.change_log is not None and (store.write_lock is None or not store.write_lock.lost):
        with suppress(OSError):
            store.change_log.close()
    store.database.conn.close()
    if store.write_lock is not None:
        store.write_lock.release()


def set_first_password(
    folder: Path,
    *,
    login_id: str,
    password: str,
    new_password: str,
    now: datetime,
    take_over: bool = False,
    wait: float,
    settle: float = write_lock.SETTLE_SECONDS,
) -> None:
    """Change a temporary password to one of the user's own; the folder is closed again afterwards.

    The write lock is taken for this one change, by 閲覧 users too: the key slot and the number of the keyring in the
    database are changed together, which needs the lock.

    Args:
        password: the temporary one. take_over: a person confirmed that the silent PC is not in use. wait: seconds for
            another writer. settle: seconds to wait before the data are copied in a takeover.
    Raises:
        UserError: the new one is refused or unchanged, or the password is not a temporary one.
        StorageProblem: as ``data_folder.open_data_folder``; while a colleague writes, ``Locked``, and ``HolderSilent``
            if their PC is silent.
    """
    check_password(new_password, owner=PasswordOwner(login_id=login_id))
    opened = open_for_password_change(
        folder, login_id=login_id, password=password, now=now, take_over=take_over, wait=wait, settle=settle
    )
    try:
        act = ActionContext(opened.store, opened.store.display_name, now)
        change_password(act, login_id=login_id, old_password=password, new_password=new_password)
    finally:
        close_data_folder(opened.store, now=now)
