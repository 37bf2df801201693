"""What an opening erases for good: what was marked on an earlier day, and whatever an erasing has still to reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from app.common.declared import Declared
from app.data_folder.services.tidying import tidying
from db.backups import backup, finish_erasing
from db.backups.keeping import believed_day
from db.files import file_store
from db.store import Store
from db.tables import papers

ERASERS: Final[Declared[Callable[[Store, datetime], tuple[str, ...]]]] = Declared("erasers")
LET_GO_KEPT: Final = timedelta(days=60)


def erase_what_is_due(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Erase, before a backup, a copy or a screen shows it once more; return what is to be said.

    Nothing of it keeps anybody from the data: what failed was taken back as a whole, and is tried at the next opening.
    """
    return (
        *tidying("時期の来たものの消去", lambda: _erased(store, now)),
        *finish_what_was_erased(store, now=now),
        *tidying("使われていない保管ファイルの片づけ", lambda: _let_go(store, now)),
    )


def finish_what_was_erased(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Do what an erasing has still to reach, and nothing where it reached everything; return what is to be said."""
    return tidying("消去の続き", lambda: finish_erasing.finish(store, now=now))


def _let_go(store: Store, now: datetime) -> tuple[str, ...]:
    """Remove kept files that no row speaks of: what was taken in and taken back, or never saved.

    No day of a kind ever comes for them. For sixty days somebody may take the taking back back.
    """
    believed = believed_day(backup.generations(store.folder / backup.FOLDER_NAME), now.date())
    before = now - (now.date() - believed) - LET_GO_KEPT  # a clock that leapt ends no time
    known = papers.sums_of_stored_files(store.database)
    old = [
        path.name
        for path in file_store.stored(store.folder)
        if path.name not in known and path.stat().st_mtime < before.timestamp()
    ]
    for name in set(old) - papers.said_since(store.database, old, before) if old else ():
        file_store.remove(store.folder, name)
    return ()


def _erased(store: Store, now: datetime) -> tuple[str, ...]:
    try:
        return tuple(words for erase in ERASERS.known() for words in erase(store, now))
    except (LookupError, TypeError) as error:  # data that the rules did not expect
        raise ValueError("not erased") from error
