"""Functions that open and close a data folder, each run on the database thread (no Qt)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.actions.action_context import ActionContext
from app.common import failure_log
from app.data_folder.screens.folder_facts import FolderFacts
from app.data_folder.services import (
    accounts,
    backups,
    clock,
    data_folder,
    first_start,
    folder_choice,
    key_change,
    lock_transfer,
    second_folder,
)
from app.data_folder.services.data_folder import OpenedFolder
from app.data_folder.services.key_change import KeyChangeRequest
from app.data_folder.services.lock_transfer import LockSession
from app.programme import services as programme_services
from db.accesses.sessions import begin_recording, write_accesses
from db.files.storage_errors import RestrictedError, StorageProblem
from db.record import record
from db.store import Store

if TYPE_CHECKING:
    from app.data_folder.screens.restore_page import RestoreRequest
    from app.data_folder.screens.wizard import NewData


@record
class SessionStart:
    """An opened folder, with what the window needs to know about it.

    Attributes: ``notes`` sentences for the user; ``sample_day`` the sample year's own today; ``lacks_recovery_key``
    whether one should be offered; ``clock_ahead_record`` the moment of the latest record if the PC's clock is before
    it, else None.
    """

    store: Store
    notes: tuple[str, ...]
    user_name: str
    fiscal_year: int
    sample: bool
    sample_day: date | None
    lacks_recovery_key: bool
    clock_ahead_record: datetime | None = None


def check_new_folder(folder: Path) -> folder_choice.CheckedFolder:
    """Return where new data can be created at ``folder`` or lie already, or why not (``kind``, ``problem``)."""
    return folder_choice.check_new_folder(folder)


def check_restore_folder(folder: Path) -> folder_choice.CheckedFolder:
    """Return whether a backup can be restored into ``folder``, or why not (``kind``, ``problem``)."""
    return folder_choice.check_restore_folder(folder)


def find_data_folder(folder: Path) -> Path | None:
    """Return ``folder`` if it is a data folder, else the only one directly inside it; None = none or several."""
    return folder_choice.find_data_folder(folder)


def published_time(folder: Path) -> datetime | None:
    """Return when the copy for readers was published; None if there is none, or it cannot be read."""
    with suppress(OSError, StorageProblem):
        return backups.published_time(folder=folder)
    return None


def folder_facts(folder: Path) -> FolderFacts:
    """Return what can be found out about a folder that did not open; never raises."""
    lines = backup_lines(folder)
    sound = [line.created_at for line in lines if line.is_verified]
    return FolderFacts(published_at=published_time(folder), backups=len(lines), newest_backup=max(sound, default=None))


def backup_lines(folder: Path) -> tuple[backups.BackupLine, ...]:
    """Return the backup generations at ``folder``, newest first; empty when none can be read."""
    with suppress(OSError, StorageProblem):
        return backups.list_backups(folder=folder)
    return ()


def open_for_writing(
    folder: Path, *, login_id: str, password: str, now: datetime, take_over: bool, wait: float, settle: float
) -> SessionStart:
    """Open the folder for writing; return what a session begins with. Raises as ``data_folder.open_data_folder``.

    Args:
        take_over: the user agreed to take over from a silent PC. wait, settle: seconds to wait for another writer, and
            before the data are copied at a takeover.
    """
    return _session_start(
        data_folder.open_data_folder(
            folder, login_id=login_id, password=password, now=now, take_over=take_over, wait=wait, settle=settle
        ),
        now=now,
    )


def open_for_reading(folder: Path, *, login_id: str, password: str, now: datetime) -> SessionStart:
    """Open the published copy read-only; the banner of the window says from when it is, and who writes.

    Raises as ``data_folder.open_published``.
    """
    opened = data_folder.open_published(folder, login_id=login_id, password=password)
    begin_recording(opened.store, pc=data_folder.this_pc(), now=now)
    said = write_accesses(opened.store)
    return _session_start(replace(opened, notes=(*opened.notes, said) if said else opened.notes), now=now)


def create_data(new_data: NewData, *, now: datetime) -> tuple[SessionStart, str]:
    """Create a new data folder; return what a session begins with and the recovery key to print."""
    store, key = first_start.begin_new_data(
        new_data.folder,
        programme=new_data.programme,
        numbers=new_data.numbers,
        office=new_data.office,
        contractor=new_data.contractor,
        login_id=new_data.login_id,
        display_name=new_data.display_name,
        password=new_data.password,
        now=now,
    )
    return _session_start(OpenedFolder(store), now=now), key


def open_sample(
    folder: Path, *, password: str, recreate: bool, now: datetime, day: date | None = None, after_year_end: bool = False
) -> SessionStart:
    """Open the sample year, created anew or as it was left, on ``day`` or else on its own today.

    ``after_year_end`` creates it in the state after its end.
    """
    # What makes a year takes as long to load as all the rest: only who asks for the sample waits for it.
    from app.sample.services import sample_folder

    if recreate:
        entered = _session_start(
            OpenedFolder(sample_folder.make_sample(folder, password=password, now=now, after_year_end=after_year_end)),
            now=now,
        )
    else:
        entered = _session_start(sample_folder.open_sample(folder, password=password, now=now), now=now)
    return replace(entered, sample_day=day) if day is not None and entered.sample else entered


def open_with_recovery_key(
    folder: Path, *, key: str, now: datetime, wait: float
) -> tuple[Store, tuple[tuple[str, str, bool], ...]]:
    """Open with the recovery key; return the store and who may get a new password (ID, name, whether no 担当)."""
    opened = data_folder.open_with_recovery_key(folder, recovery_key=key, now=now, wait=wait)
    users = tuple(
        (line.user.login_id, line.user.display_name, line.role != "担当")
        for line in accounts.list_users(opened.store)
        if line.user.active
    )
    return opened.store, users


def reopen_with_new_password(
    store: Store, *, login_id: str, password: str, can_write: bool, now: datetime, wait: float
) -> SessionStart:
    """Give the user a new password, close the folder and open it as that user; a 閲覧 user opens the copy for reading.

    ``can_write`` turns the user into a 担当.
    """
    accounts.set_password_after_recovery(
        ActionContext(store, store.display_name, now), login_id=login_id, new_password=password, can_write=can_write
    )
    data_folder.close_data_folder(store, now=now)
    try:
        return open_for_writing(
            store.folder, login_id=login_id, password=password, now=now, take_over=False, wait=wait, settle=0.0
        )
    except RestrictedError:  # no 担当; 点検 is refused here as well
        return open_for_reading(store.folder, login_id=login_id, password=password, now=now)


def restore_backup(request: RestoreRequest, *, now: datetime) -> tuple[str, ...]:
    """Restore a backup into the new folder; return sentences on what was restored."""
    restored = backups.restore_backup(
        source=request.backup or request.source,
        target=request.target,
        secret=request.secret,
        login_id=request.login_id,
        now=now,
    )
    failure_log.log_event("restored")
    return backups.restore_messages(restored)


def change_key(store: Store, request: KeyChangeRequest, *, now: datetime, wait: float, settle: float) -> None:
    """Change the data key of a folder that this session has just closed."""
    key_change.change_key(
        store.folder,
        store.keys,
        login_id=store.login_id,
        password=request.password,
        papers=request.papers,
        now=now,
        wait=wait,
        settle=settle,
    )


def check_unlock_password(store: Store, *, password: str) -> None:
    """Check the password of the current user; raises ``WrongPassword``."""
    accounts.check_own_password(store, password=password)


def close_folder(store: Store, *, now: datetime, lock_session: LockSession | None = None) -> tuple[str, ...]:
    """Close the folder, remove the presence file of ``lock_session`` (None = it has none); return sentences to show.

    The second folder gets its copy of the backups after the write lock is released, so that no colleague waits for a
    disk.
    """
    wanted = second_folder.copy_target(store)
    try:
        said = data_folder.close_data_folder(store, now=now)
    finally:
        if lock_session is not None:
            lock_transfer.end_session(lock_session)
    return (*said, *second_folder.copy_at_closing(wanted, now=now))


def _session_start(opened: OpenedFolder, *, now: datetime) -> SessionStart:
    """Return what a session begins with; start the first year if it is missing, close the folder on an error."""
    store = opened.store
    try:
        more = first_start.ensure_year(store, now=now)
        year = programme_services.year_to_show(store, today=clock.today_of(store, now))
        lacks = not store.read_only and not year.sample and not accounts.has_recovery_key(store)
        today = clock.today_of(store, now)
        latest = None if store.read_only or year.sample else clock.latest_record_after(store, now)
    except BaseException:
        data_folder.close_data_folder(store, now=now)
        raise
    return SessionStart(
        store=store,
        notes=(*opened.notes, *more),
        user_name=store.display_name,
        fiscal_year=year.fiscal_year,
        sample=year.sample,
        sample_day=today if today != now.date() or year.sample else None,
        lacks_recovery_key=lacks,
        clock_ahead_record=latest,
    )
