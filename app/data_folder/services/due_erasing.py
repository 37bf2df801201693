"""What an opening erases for good: what was marked on an earlier day, and whatever an erasing has still to reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from app.common.declared import Declared
from app.data_folder.services.tidying import tidying
from db.backups import finish_erasing
from db.store import Store

ERASERS: Final[Declared[Callable[[Store, datetime], tuple[str, ...]]]] = Declared("erasers")


def erase_what_is_due(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Erase, before a backup, a copy or a screen shows it once more; return what is to be said.

    Nothing of it keeps anybody from the data: what failed was taken back as a whole, and is tried at the next opening.
    """
    return (
        *tidying("時期の来たものの消去", lambda: _erased(store, now)),
        *finish_what_was_erased(store, now=now),
    )


def finish_what_was_erased(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Do what an erasing has still to reach, and nothing where it reached everything; return what is to be said."""
    return tidying("消去の続き", lambda: finish_erasing.finish(store, now=now))


def _erased(store: Store, now: datetime) -> tuple[str, ...]:
    try:
        return tuple(words for erase in ERASERS.known() for words in erase(store, now))
    except (LookupError, TypeError) as error:  # data that the rules did not expect
        raise ValueError("not erased") from error
