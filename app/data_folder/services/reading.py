"""Opening the data folder to look into it and nothing else: no lock note, no backup, no copy, no log is written."""

from __future__ import annotations

from pathlib import Path

from app.data_folder.services.data_folder import Opened, holds_data, open_published, this_pc
from app.data_folder.services.lock_entry import connect_to_look
from app.data_folder.services.opening_checks import check_not_behind, check_not_put_back, check_sound
from app.data_folder.services.place_checks import missing_data
from app.data_folder.services.rights import bar_of
from db import initial_schema, keyring, migrations
from db.files import storage_errors
from db.store import Store
from db.tables import accounts

WAIT_SECONDS = 2.0


def open_for_reading(folder: Path, *, login_id: str, password: str, pc: str = "", wait: float = WAIT_SECONDS) -> Opened:
    """Open the living data read-only; while somebody works in it, the published copy, and say of when it is.

    Args:
        pc: the name of this PC. wait: seconds for another writer before the copy is taken.

    Raises:
        WrongPassword, MissingData, NotOurs, NewerData, Damaged; a folder of an earlier shape is refused.
    """
    if not holds_data(folder):
        raise missing_data(folder)
    holder = initial_schema.read_note(folder)
    if holder is not None and holder.pc != (pc or this_pc()):
        return _open_copy(folder, login_id, password)
    unlocked = keyring.unlock(folder, password, owner=login_id)
    keys = unlocked.keys
    try:
        database = connect_to_look(folder, keys, pc=pc or this_pc(), wait=wait)
    except storage_errors.Locked:
        return _open_copy(folder, login_id, password)
    except storage_errors.NotOurs as problem:
        raise storage_errors.Damaged(problem.details) from problem
    try:
        if migrations.pending(database):
            raise storage_errors.StorageProblem(
                happened="データが、前の版のデジ活デスクの形のままです。",
                todo="いちど、画面でふつうに開いて閉じてください。新しい形になります。",
            )
        check_sound(database)
        check_not_put_back(database, unlocked)
        notes = check_not_behind(database, keys, folder)
        if unlocked.passed_by:
            notes = [*unlocked.notes, *notes]
        user = accounts.user_of(database, login_id)
        if user is None or not user.active:
            raise storage_errors.WrongPassword("no active user")
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
        bar=bar_of(folder, keys, login_id),
    )
    return Opened(store, tuple(notes))


def _open_copy(folder: Path, login_id: str, password: str) -> Opened:
    opened = open_published(folder, login_id=login_id, password=password)
    at = opened.store.published_at
    said = f"{at.month}月{at.day}日 {at:%H:%M} 時点の写しを、閲覧専用で開いています。" if at is not None else ""
    return Opened(opened.store, (*opened.notes, *([said] if said else [])))
