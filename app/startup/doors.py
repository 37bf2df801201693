"""The ways into a data folder and out of it, each as one piece of work for the store thread; free of Qt."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.acts.act import Act
from app.common import failure_log
from app.data_folder.screens.known import KnownFolder
from app.data_folder.services import (
    accounts,
    backups,
    clock,
    data_folder,
    first_password,
    first_start,
    key_change,
    lock_transfer,
    places,
    second_place,
)
from app.data_folder.services.data_folder import Opened
from app.data_folder.services.key_change import KeyWish
from app.data_folder.services.lock_transfer import TurnAtSeat
from app.data_folder.services.rights import bar_of
from app.programme.services import programme
from db.files.storage_errors import StorageProblem, barred
from db.frozen_record import frozen_record
from db.store import Store

if TYPE_CHECKING:
    from app.data_folder.screens.restoring import RestoreWish
    from app.data_folder.screens.wizard import NewData


@frozen_record
class Entered:
    """A folder that was opened, with what the window needs to know about it.

    Attributes: ``notes`` sentences for the person; ``sample_day`` the sample year's own today;
    ``lacks_recovery_key`` whether one should be offered;
        ``latest`` the moment of the latest record where the PC's clock stands before it, else None.
    """

    store: Store
    notes: tuple[str, ...]
    user_name: str
    fiscal_year: int
    sample: bool
    sample_day: date | None
    lacks_recovery_key: bool
    latest: datetime | None = None


def look(folder: Path) -> places.LookedFolder:
    """Look at a folder before anything is written into it."""
    return places.look_at_place(folder)


def look_for_restoring(folder: Path) -> places.LookedFolder:
    """Look at a folder before a backup is restored into it."""
    return places.look_at_restore_place(folder)


def find(folder: Path) -> Path | None:
    """The data folder at ``folder`` or directly in it."""
    return places.find_data(folder)


def copy_time(folder: Path) -> datetime | None:
    """From when the copy for reading is, or None."""
    with suppress(OSError, StorageProblem):
        return backups.published_time(folder=folder)
    return None


def known_about(folder: Path) -> KnownFolder:
    """What can be found out about a folder that did not open; nothing here may fail in turn."""
    lines = backup_lines(folder)
    sound = [line.made for line in lines if line.verified]
    return KnownFolder(copied=copy_time(folder), backups=len(lines), newest=max(sound, default=None))


def backup_lines(folder: Path) -> tuple[backups.BackupLine, ...]:
    """The generations at ``folder``, newest first; none when there are none or it cannot be read."""
    with suppress(OSError, StorageProblem):
        return backups.list_backups(folder=folder)
    return ()


def enter(
    folder: Path, *, login_id: str, password: str, now: datetime, take_over: bool, wait: float, settle: float
) -> Entered:
    """Open for writing."""
    return _entered(
        data_folder.open_data_folder(
            folder, login_id=login_id, password=password, now=now, take_over=take_over, wait=wait, settle=settle
        ),
        now=now,
    )


def read_copy(folder: Path, *, login_id: str, password: str, now: datetime, given: bool = False) -> Entered:
    """Open the published copy for reading only; of when it is, and who types, is said by the band of the window.

    Raises:
        GivenPassword: somebody else set the password, and ``given`` does not let it pass.
    """
    opened = data_folder.open_published(folder, login_id=login_id, password=password)
    if opened.store.bar == "given" and not given:
        opened.store.database.conn.close()
        raise barred(opened.store.bar)
    return _entered(opened, now=now)


def set_first_password(
    folder: Path,
    *,
    login_id: str,
    password: str,
    new_password: str,
    now: datetime,
    take_over: bool,
    wait: float,
    settle: float,
) -> None:
    """Change a password that somebody else set to one's own."""
    first_password.set_first_password(
        folder,
        login_id=login_id,
        password=password,
        new_password=new_password,
        now=now,
        take_over=take_over,
        wait=wait,
        settle=settle,
    )


def begin(new: NewData, *, now: datetime) -> tuple[Entered, str]:
    """Make a new data folder; also return the recovery key to print."""
    store, key = first_start.begin_new_data(
        new.folder,
        programme=new.programme,
        numbers=new.numbers,
        office=new.office,
        contractor=new.contractor,
        login_id=new.login_id,
        display_name=new.display_name,
        password=new.password,
        now=now,
    )
    return _entered(Opened(store), now=now), key


def sample(
    folder: Path, *, password: str, anew: bool, now: datetime, day: date | None = None, april: bool = False
) -> Entered:
    """Open the sample year, made anew or as it was left; on ``day`` where one is given, else on its own today.

    ``april`` = made anew as it stands after its end.
    """
    # What makes a year takes as long to load as all the rest: only who asks for the sample waits for it.
    from app.sample.services import sample_folder

    if anew:
        entered = _entered(Opened(sample_folder.make_sample(folder, password=password, now=now, april=april)), now=now)
    else:
        entered = _entered(sample_folder.open_sample(folder, password=password, now=now), now=now)
    return replace(entered, sample_day=day) if day is not None and entered.sample else entered


def by_recovery_key(
    folder: Path, *, key: str, now: datetime, wait: float
) -> tuple[Store, tuple[tuple[str, str, bool], ...]]:
    """Open with the printed key; return the store and who may get a new password (ID, name, whether 閲覧)."""
    opened = data_folder.open_with_recovery_key(folder, recovery_key=key, now=now, wait=wait)
    users = tuple(
        (line.user.login_id, line.user.display_name, line.reader)
        for line in accounts.list_users(opened.store)
        if line.user.active
    )
    return opened.store, users


def with_new_password(
    store: Store, *, login_id: str, password: str, writes: bool, now: datetime, wait: float
) -> Entered:
    """Give the user a new password, and open again as that user; ``writes`` makes a 閲覧 one of the 担当."""
    accounts.set_password_after_recovery(
        Act(store, store.display_name, now), login_id=login_id, new_password=password, writes=writes
    )
    data_folder.close_data_folder(store, now=now)
    if bar_of(store.folder, store.keys, login_id):
        return read_copy(store.folder, login_id=login_id, password=password, now=now)
    return enter(store.folder, login_id=login_id, password=password, now=now, take_over=False, wait=wait, settle=0.0)


def restore(wish: RestoreWish, *, now: datetime) -> tuple[str, ...]:
    """Restore into the new folder; return what came back, in sentences."""
    restored = backups.restore_backup(
        source=wish.backup or wish.source, to=wish.to, secret=wish.secret, login_id=wish.login_id, now=now
    )
    failure_log.note_event("restored")
    return backups.restored_in_words(restored)


def change_key(store: Store, wish: KeyWish, *, now: datetime, wait: float, settle: float) -> None:
    """Change the data key of a folder that this sitting has just closed."""
    key_change.change_key(
        store.folder,
        store.keys,
        login_id=store.login_id,
        password=wish.password,
        handed=wish.handed,
        now=now,
        wait=wait,
        settle=settle,
    )


def unlock(store: Store, *, password: str) -> None:
    """Return when the password is that of the person at the desk; raises WrongPassword."""
    accounts.check_own_password(store, password=password)


def leave(store: Store, *, now: datetime, turns: TurnAtSeat | None = None) -> tuple[str, ...]:
    """Close, and take the sign away that somebody is here; return what should be said.

    The second place of the backups gets its copy when the seat is free again: no colleague waits for a disk.
    """
    wanted = second_place.wanted_place(store)
    try:
        said = data_folder.close_data_folder(store, now=now)
    finally:
        if turns is not None:
            lock_transfer.end(turns)
    return (*said, *second_place.carry_at_closing(wanted, now=now))


def _entered(opened: Opened, *, now: datetime) -> Entered:
    store = opened.store
    try:
        more = first_start.ensure_year(store, now=now)
        year = programme.year_to_show(store, today=clock.today_of(store, now))
        lacks = not store.read_only and not year.sample and not accounts.has_recovery_key(store)
        today = clock.today_of(store, now)
        latest = None if store.read_only or year.sample else clock.record_ahead_of(store, now)
    except BaseException:
        data_folder.close_data_folder(store, now=now)
        raise
    return Entered(
        store=store,
        notes=(*opened.notes, *more),
        user_name=store.display_name,
        fiscal_year=year.fiscal_year,
        sample=year.sample,
        sample_day=today if today != now.date() or year.sample else None,
        lacks_recovery_key=lacks,
        latest=latest,
    )
