"""Opening the data folder for reading only: no lock, backup, copy or log is written."""

from __future__ import annotations

from pathlib import Path

from app.data_folder.services.data_folder import OpenedFolder, holds_data, open_published, this_pc
from app.data_folder.services.lock_acquisition import connect_read_only
from app.data_folder.services.opening_checks import check_all_pages, check_keyring_not_older, check_no_changes_lost
from app.data_folder.services.path_checks import missing_data
from app.data_folder.services.rights import restriction_of
from db import keyring, migrations
from db.files import storage_errors
from db.migrations import initial_schema
from db.store import Store
from db.tables import accounts

WAIT_SECONDS = 2.0


def open_for_reading(
    folder: Path, *, login_id: str, password: str, pc: str = "", wait: float = WAIT_SECONDS, for_check: bool = False
) -> OpenedFolder:
    """Open the live data read-only, or, while somebody writes, the published copy with its time.

    Args:
        pc: the name of this PC. wait: seconds for another writer before the copy is taken. for_check: 点検 may, who is
            shown nothing of the data.
    Raises:
        WrongPassword, MissingData, NotOurs, NewerData, Damaged; a folder with an earlier schema is refused.
        RestrictedError: 点検, unless ``for_check``, or a temporary password.
    """
    if not holds_data(folder):
        raise missing_data(folder)
    holder = initial_schema.read_note(folder)
    if holder is not None and holder.pc != (pc or this_pc()):
        return _open_published(folder, login_id, password)
    unlocked = keyring.unlock(folder, password, owner=login_id)
    keys = unlocked.keys
    try:
        database = connect_read_only(folder, keys, pc=pc or this_pc(), wait=wait)
    except storage_errors.Locked:
        return _open_published(folder, login_id, password)
    except storage_errors.NotOurs as problem:
        raise storage_errors.Damaged(problem.details) from problem
    try:
        if migrations.pending(database):
            raise storage_errors.StorageProblem(
                happened="データが、前の版のデジ活デスクの形のままです。",
                todo="いちど、画面でふつうに開いて閉じてください。新しい形になります。",
            )
        check_all_pages(database)
        check_keyring_not_older(database, unlocked)
        notes = check_no_changes_lost(database, keys, folder)
        if unlocked.has_skipped_files:
            notes = [*unlocked.notes, *notes]
        user = accounts.user_of(database, login_id)
        if user is None or not user.active:
            raise storage_errors.WrongPassword("no active user")
        store = Store(
            folder=folder,
            database=database,
            keys=keys,
            login_id=login_id,
            read_only=True,
            display_name=user.display_name,
            restriction=restriction_of(folder, keys, login_id, database),
        )
        if not (for_check and store.restriction == "checker"):
            store.check_may_look()
    except BaseException:
        database.conn.close()
        raise
    return OpenedFolder(store, tuple(notes))


def _open_published(folder: Path, login_id: str, password: str) -> OpenedFolder:
    """Open the published copy, with a message that says of when it is."""
    opened = open_published(folder, login_id=login_id, password=password)
    at = opened.store.published_at
    said = f"{at.month}月{at.day}日 {at:%H:%M} 時点の写しを、閲覧専用で開いています。" if at is not None else ""
    return OpenedFolder(opened.store, (*opened.notes, *([said] if said else [])))
