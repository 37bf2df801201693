"""The second place of the backups: set once, written at each closing, and never waited for longer than a while.

- ``read_second_place(store) -> SecondPlace``, ``troubled_place``; ``set_second_place(act, place) -> Saved``,
  ``give_up_second_place``
- ``carry_to(wanted, now, seconds) -> Tried`` – needs no store: a process of its own writes, and is let go of when it
  takes too long
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common import failure_log
from app.data_folder.services.place_checks import NOTHING_MADE, check_backup_place
from app.data_folder.services.second_place_child import serve
from app.foreign_files.children.watched_child import Caps, ask_child
from db.backups import second_place
from db.backups.second_place import Tried
from db.files import on_disk
from db.files.storage_errors import ENGINE_ERRORS, StorageProblem, as_problem
from db.frozen_record import frozen_record
from db.records.backups import BackupPlace
from db.rows import rows
from db.store import Store

SUBJECT: Final = "backups"
AT_CLOSING: Final = 30.0
"""Seconds that a closing waits for the second place at most; what was not copied by then follows the next time."""
BY_HAND: Final = 1800.0
OLD_AFTER: Final = timedelta(days=31)
NOT_YET: Final = "まだ写していません。"
_OWN_FOLDER: Final = "デジ活デスクのバックアップ"
_MEGABYTES: Final = 600
_TOO_LONG: Final = "時間内に終わりませんでした。つぎに閉じたときに、続きを写します。"
_ANOTHER: Final = "別の場所を選んでください。"


@dataclass(frozen=True)
class Wanted:
    """What a copy to the second place needs, read while the folder is open."""

    folder: Path
    place: Path
    owner: str


@frozen_record
class SecondPlace:
    """How it stands: ``wanted`` None = none was decided; ``tried`` None = nothing was written there yet."""

    wanted: Wanted | None
    tried: Tried | None = None
    decided: BackupPlace | None = None

    def problem(self, today: date) -> str:
        """Return what is not as it should be, "" where all is well or nothing was decided."""
        if self.wanted is None:
            return ""
        if self.tried is None:
            return NOT_YET
        old = self.tried.made is not None and today - self.tried.made.date() > OLD_AFTER
        return self.tried.problem or (f"{OLD_AFTER.days}日より長く写していません。" if old else "")


def wanted_place(store: Store) -> Wanted | None:
    """Return the second place in force, None where there is none or nothing may be written."""
    with suppress(StorageProblem, *ENGINE_ERRORS):  # whoever closes is told of that by the closing itself
        return read_second_place(store).wanted if not store.read_only else None
    return None


def troubled_place(store: Store, *, today: date) -> SecondPlace | None:
    """Return the second place where it is not as it should be; the data are asked only where a try says so."""
    tried = second_place.read_tried(store.folder)
    if tried is None:
        return None
    quick = SecondPlace(wanted=Wanted(store.folder, Path(tried.place), ""), tried=tried)
    if not quick.problem(today):
        return None
    found = read_second_place(store)
    return found if found.problem(today) else None


def read_second_place(store: Store) -> SecondPlace:
    """Return the second place in force and how the last try came out; the place itself is not asked."""
    row = _decided(store)
    if row is None:
        return SecondPlace(wanted=None)
    wanted = Wanted(folder=store.folder, place=Path(row.place), owner=second_place.owner_of(store.keys))
    tried = second_place.read_tried(store.folder)
    ours = tried if tried is not None and tried.place == row.place else None
    return SecondPlace(wanted=wanted, tried=ours, decided=row)


@deed
def set_second_place(act: Act, *, place: Path) -> Saved:
    """Decide the second place: an empty folder, one that was it before, else a folder of its own in the one chosen.

    Raises:
        Refusal: no backup can be put there, it lies in the data folder, or it holds the backups of other data.
    """
    whole = on_disk.absolute(place)
    here = on_disk.absolute(act.store.folder)
    check_backup_place(whole)
    owner = second_place.owner_of(act.store.keys)
    target = _own_place(whole, owner)
    check_backup_place(target)
    if any(second_place.owner_at(one) not in ("", owner) for one in (target, *target.parents)):
        raise Refusal("この場所は、ほかのデータのバックアップの置き場です。", _ANOTHER, NOTHING_MADE)
    try:
        second_place.mark_place(target, owner)
        same = target.stat().st_dev == here.stat().st_dev
    except OSError as error:
        raise as_problem(error) or error from error
    with act.change("バックアップの2つ目の場所を決めた", SUBJECT) as change:
        number = change.insert(BackupPlace(place=str(target), by=act.by, at=act.now))
    # By this home knows that there is something to ask for, without a look into the data.
    second_place.write_tried(act.store.folder, Tried(str(target), act.now, second_place.newest(target), NOT_YET))
    near = (
        "データと同じディスクにあります。ディスクが壊れると両方が失われるため、別のディスクを勧めます。" if same else ""
    )
    return Saved(f"バックアップの2つ目の場所を決めました。閉じるたびに、ここにも写します。{near}", number)


@deed
def give_up_second_place(act: Act) -> Saved:
    """Write into no second place any more; what lies there stays, and is the ward's to remove."""
    with act.change("バックアップの2つ目の場所をやめた", SUBJECT) as change:
        number = change.insert(BackupPlace(place="", by=act.by, at=act.now))
    return Saved("2つ目の場所をやめました。そこにあるバックアップは、区で消してください。", number)


def carry_to(wanted: Wanted, *, now: datetime, seconds: float = BY_HAND) -> Tried:
    """Copy the newest backup to the second place, and keep how it came out.

    Args:
        seconds: so long it may take; a disk that is away or does not answer is told as such.
    """
    request = {
        "folder": str(wanted.folder),
        "place": str(wanted.place),
        "owner": wanted.owner,
        "today": now.date().isoformat(),
    }
    answer, _ = ask_child(serve, request, b"", Caps(seconds=seconds, megabytes=_MEGABYTES))
    made, problem = str(answer.get("made", "")), str(answer.get("problem", ""))
    unsaid = _TOO_LONG if answer.get("refused") == "time" else second_place.COULD_NOT
    before = second_place.read_tried(wanted.folder)
    kept = before.made if before is not None and before.place == str(wanted.place) else None
    tried = Tried(
        place=str(wanted.place),
        tried=now,
        made=datetime.fromisoformat(made) if made else kept,
        problem="" if made else problem or unsaid,
    )
    second_place.write_tried(wanted.folder, tried)
    return tried


def carry_at_closing(wanted: Wanted | None, *, now: datetime) -> tuple[str, ...]:
    """Copy what the closing has just made, after the folder was let go of; return what is to be said."""
    if wanted is None:
        return ()
    tried = carry_to(wanted, now=now, seconds=AT_CLOSING)
    if not tried.problem:
        return ()
    failure_log.note_event("second_place")
    made = tried.made
    lies = f"そこにある新しいものは、{made.month}月{made.day}日のものです。" if made is not None else ""
    where = f"バックアップの2つ目の場所（{wanted.place}）に写せませんでした。"
    return (f"{where}{tried.problem}{lies}データフォルダーのバックアップは作ってあります。",)


def _decided(store: Store) -> BackupPlace | None:
    row = next(iter(rows(store.database, BackupPlace, order="-id")), None)
    return row if row is not None and row.place else None


def _own_place(chosen: Path, owner: str) -> Path:
    """The chosen folder itself where it is empty, new or ours already, else one of our own in it."""
    if second_place.owner_at(chosen) == owner:
        return chosen
    try:
        empty = not any(chosen.iterdir())
    except FileNotFoundError:
        empty = True
    except OSError:
        empty = False
    return chosen if empty else chosen / _OWN_FOLDER
