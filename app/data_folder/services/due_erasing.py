"""Erasing at opening: records marked on an earlier day, and unfinished steps of earlier erasings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from app.common.extension_point import ExtensionPoint
from app.data_folder.services.cleanup import run_cleanup
from db.backups import backup, finish_erasing
from db.backups.retention import plausible_today
from db.files import file_store
from db.store import Store
from db.tables import documents

ERASERS: ExtensionPoint[Callable[[Store, datetime], tuple[str, ...]]] = ExtensionPoint("erasers")
UNUSED_FILE_RETENTION = timedelta(days=60)


def erase_due(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Erase what is due, finish earlier erasings and remove unused stored files; return messages.

    Called at opening, before a backup, a copy or a screen shows it again. A failure does not keep anybody from the
    data: it is rolled back as a whole and tried again at the next opening.
    """
    return (
        *run_cleanup("時期の来たものの消去", lambda: _run_erasers(store, now)),
        *finish_erasing_steps(store, now=now),
        *run_cleanup("使われていない保管ファイルの片づけ", lambda: _remove_unused_files(store, now)),
    )


def finish_erasing_steps(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Finish the open steps of earlier erasings, if any; return messages."""
    return run_cleanup("消去の続き", lambda: finish_erasing.finish(store, now=now))


def _remove_unused_files(store: Store, now: datetime) -> tuple[str, ...]:
    """Remove stored files to which no row has referred for sixty days (undone, never saved); return no message.

    They have no retention period of their own. For sixty days the undo itself may be undone.
    """
    before = now - (now.date() - believed_today(store, now)) - UNUSED_FILE_RETENTION  # a clock that leapt ends no time
    known = documents.checksums_of_stored_files(store.database)
    old = [
        path.name
        for path in file_store.stored_files(store.folder)
        if path.name not in known and path.stat().st_mtime < before.timestamp()
    ]
    for name in set(old) - documents.hashes_in_journal_since(store.database, old, before) if old else ():
        file_store.remove(store.folder, name)
    return ()


def believed_today(store: Store, now: datetime) -> date:
    """Return the day by which data age: today, unless the clock leapt."""
    return plausible_today(backup.generations(store.folder / backup.FOLDER_NAME), now.date())


def _run_erasers(store: Store, now: datetime) -> tuple[str, ...]:
    """Erase what is due with every registered eraser and return their messages; raises ValueError for odd data."""
    try:
        return tuple(words for erase in ERASERS.all_if_registered() for words in erase(store, now))
    except (LookupError, TypeError) as error:  # data that the rules did not expect
        raise ValueError("not erased") from error
