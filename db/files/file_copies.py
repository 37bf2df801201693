"""The kept files in the living folder and in the backups: copied only when whole, each damaged one mended from a whole
one.

Of each place is known the sum of every file and when its content was last found right; what was found is said in one
sentence for each kind of find, with a few names in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from db.files import file_store
from db.files.atomic_files import PARSE_ERRORS, as_local_time, as_whole_number, read_note, write_atomic
from db.files.file_store import FOLDER_NAME, State
from db.files.storage_errors import Damaged
from db.keys import Keys

FILE_NAME: Final = "sums.json"
TRUSTED_FOR: Final = timedelta(days=30)
_SUM: Final = re.compile(r"[0-9a-f]{64}")
_NAMED: Final = 3
BACKUPS_FOLDER: Final = "backups"
CHECK_INTERVAL: Final = timedelta(days=15)
"""A content unchecked for so long is read by the work in the background: half the time in which each must be."""


@dataclass(frozen=True)
class IntactFile:
    """One kept file as it was found whole.

    Attributes: ``sum`` the SHA-256 of its kept bytes; ``size`` and ``stamp`` tell cheaply that it is another by now;
    ``checked`` when the key or a sum that the key had proved was right (None = only a sum was compared so far).
    """

    checksum: str
    size: int
    modified_at: int
    checked_at: datetime | None

    def is_recently_checked(self, now: datetime) -> bool:
        """Say whether the content was found right lately; a time to come is no proof."""
        return self.checked_at is not None and timedelta(0) <= now - self.checked_at < TRUSTED_FOR


def load(folder: Path) -> dict[str, IntactFile]:
    """Return what is known in ``folder`` (a data folder or a folder of backups); what cannot be read is unknown."""
    found: dict[str, IntactFile] = {}
    for name, plain in (read_note(folder / FOLDER_NAME / FILE_NAME) or {}).items():
        with contextlib.suppress(*PARSE_ERRORS):
            total, size, stamp, checked = plain
            if _SUM.fullmatch(total):
                moment = as_local_time(checked) if checked is not None else None
                found[name] = IntactFile(total, as_whole_number(size), int(stamp), moment)
    return found


def save(folder: Path, seen: dict[str, IntactFile]) -> None:
    """Write it down; where that fails the files are read again another day, and nothing else is lost."""
    plain = {
        name: [one.checksum, one.size, one.modified_at, one.checked_at.isoformat() if one.checked_at else None]
        for name, one in sorted(seen.items())
    }
    with contextlib.suppress(OSError):
        write_atomic(folder / FOLDER_NAME / FILE_NAME, json.dumps(plain).encode())


def from_backups(folder: Path, keys: Keys, name: str) -> bytes | None:
    """Return the content of a kept file from the backups of ``folder``, proved by the key; None where no whole copy
    lies there."""
    try:
        return file_store.get(folder / BACKUPS_FOLDER, keys, name)
    except Damaged:
        return None


def restore_from_backups(folder: Path, keys: Keys, name: str) -> bool:
    """Give a kept file that is damaged or gone the whole copy of the backups; say whether that was done."""
    if file_store.read(folder, name, keys)[0] not in ("damaged", "missing"):
        return False  # whole, or held by another program: nothing is written over that
    state, kept = file_store.read(folder / BACKUPS_FOLDER, name, keys)
    if state != "whole":
        return False
    try:
        file_store.put_encrypted(folder, name, file_store.reencrypt(kept, name, keys, keys.number))
    except OSError:
        return False
    return True


def repaired_message(names: list[str]) -> tuple[str, ...]:
    """Say that these files were damaged or gone and came back from the backups."""
    return FileMessages(repaired_live=list(names)).sentences()


class StoredFilesFolder:
    """The kept files of one folder, with what is known of them."""

    def __init__(self, folder: Path) -> None:
        self.place = folder
        self.seen = load(folder)
        self.changed = False

    def status(self, name: str) -> os.stat_result | None:
        """Return size and times of a file, or None when there is none."""
        try:
            found = file_store.path_of(self.place, name).lstat()
        except OSError:
            return None
        return found if stat.S_ISREG(found.st_mode) else None

    def checksum_of(self, name: str, *, if_unchanged: bool = True) -> str | None:
        """Return the known sum of a file; ``if_unchanged`` asks that it still has the size that was seen."""
        seen, status = self.seen.get(name), self.status(name)
        if seen is None or (if_unchanged and (status is None or status.st_size != seen.size)):
            return None
        return seen.checksum

    def checked_at(self, name: str) -> datetime | None:
        """Return when the content was last found right, None when never or the file is another by now."""
        seen, status = self.seen.get(name), self.status(name)
        same = seen and status and (seen.size, seen.modified_at) == (status.st_size, status.st_mtime_ns)
        return seen.checked_at if seen and same else None

    def is_trusted(self, name: str, now: datetime) -> bool:
        """Say whether the file is untouched and its content was found right within 30 days."""
        return self.checked_at(name) is not None and self.seen[name].is_recently_checked(now)

    def read(
        self, name: str, keys: Keys | None, checksums: frozenset[str], now: datetime
    ) -> tuple[file_store.State, bytes]:
        """Read and judge one file, and keep in mind what was found."""
        state, kept = file_store.read(self.place, name, keys, checksums)
        if state == "whole":
            earlier = self.checked_at(name)
            self.record_intact(name, kept, now if keys is not None else earlier)
        elif keys is not None and state != "held" and name in self.seen:
            del self.seen[name]
            self.changed = True
        return state, kept

    def record_intact(self, name: str, encrypted: bytes, checked_at: datetime | None) -> None:
        """Keep in mind that a file is whole."""
        status = self.status(name)
        if status is not None:
            self.seen[name] = IntactFile(
                hashlib.sha256(encrypted).hexdigest(), len(encrypted), status.st_mtime_ns, checked_at
            )
            self.changed = True


@dataclass
class FileMessages:
    """The names behind each kind of sentence."""

    repaired_live: list[str] = field(default_factory=list)
    repaired_backups: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    in_use: list[str] = field(default_factory=list)
    not_written: list[str] = field(default_factory=list)

    def add_lost(self, name: str, state: State, *, without_key: bool) -> None:
        """No copy is known to be whole."""
        if state == "held":
            self.in_use.append(name)
        elif without_key and state == "damaged":
            self.unverified.append(name)
        else:
            self.missing.append(name)

    def add_left_damaged(self, name: str, is_live: bool, state: State) -> None:
        """A copy was left as it is, though another one is whole."""
        if state == "held":
            self.in_use.append(name)
        elif state == "damaged" or is_live:
            self.damaged.append(name)

    def sentences(self) -> tuple[str, ...]:
        """Return what is to be said."""
        said = (
            (self.repaired_live, "が壊れていたかなくなっていたため、バックアップのものから直しました。"),
            (self.repaired_backups, "のバックアップが壊れていたため、データフォルダーのものから作り直しました。"),
            (self.missing, ("が壊れているかなくなっていて、バックアップにも正しいものがありません。"
                        "もとのファイルがあれば、もう一度取り込んでください。")),
            (self.unverified, "は、まだ確かめていないため写していません。つぎにログインしたときに写します。"),
            (self.damaged, "が、保管したときと違います。つぎにログインしたときに、正しいほうから直します。"),
            (self.in_use, ("を、いま読めません（ほかのプログラムが使用中か、読み取りの権限がありません）。"
                        "次の機会に確かめます。")),
            (self.not_written, "を写せませんでした。ディスクの空きと書き込みの権限をご確認ください。"),
        )  # fmt: skip
        return tuple(f"保管ファイル {_shortened_names(names)} {words}" for names, words in said if names)


def _shortened_names(names: list[str]) -> str:
    """「1a2b3c4d…、5e6f7a8b…」, and how many more."""
    shown = list(dict.fromkeys(f"{name[:8]}…" for name in names))
    more = f" ほか{len(shown) - _NAMED}件" if len(shown) > _NAMED else ""
    return "、".join(shown[:_NAMED]) + more


@dataclass(frozen=True)
class FileCopyResult:
    """The outcome for a backup: the sum of each file that its place holds, and what is to be said."""

    checksums: dict[str, str]
    notes: tuple[str, ...]


class FileCopies:
    """The kept files of one data folder and of the place of a backup, with what is known of either.

    Without the key a file is judged by its sum, nothing that is there is replaced and the living folder is left alone.
    """

    def __init__(
        self,
        folder: Path,
        target: Path,
        keys: Keys | None,
        now: datetime,
        *,
        key_numbers: Callable[[], Mapping[str, int]],
    ) -> None:
        """``key_numbers`` gives the number of the data key that the oldest generation needs which names a file; another
        file gets the one in force, as the living folder's do. It is asked once, where there was more than one key."""
        self.keys = keys
        self._now = now
        self._numbers = cache(key_numbers)
        self._living = StoredFilesFolder(folder)
        self._target = StoredFilesFolder(target)
        own = folder / BACKUPS_FOLDER
        self._places = [self._living, self._target, *([StoredFilesFolder(own)] if own != target else [])]
        self._told = FileMessages()

    def update_backups(self, expected: Iterable[str], known: Mapping[str, str], *, thorough: bool) -> FileCopyResult:
        """Bring the place of the backups up to the living folder, and mend what is found damaged in either.

        Args:
            expected: names that the records speak of. known: sums by name from earlier manifests.
            thorough: contents unchecked for 30 days are read too; otherwise names and sizes are compared.
        """
        wanted = {path.name for path in file_store.stored_files(self._living.place)} | set(expected)
        sums: dict[str, str] = {}
        for name in sorted(wanted):
            if not self._can_be_trusted(name, known, thorough=thorough):
                self._repair(name, known, is_live=True)
            total = self._target.checksum_of(name) or (known.get(name) if self._target.status(name) else None)
            if total:
                sums[name] = total
        self._save()
        return FileCopyResult(sums, self._told.sentences())

    def check_contents(self, names: Iterable[str], expected: Container[str]) -> tuple[str, ...]:
        """Read the content of these files wherever they lie, mend what is damaged, and say what was found.

        Args:
            expected: names that the records speak of. Only these come back into the living folder: what was erased
                there stays with its backups until these are pruned.
        """
        for name in names:
            self._repair(name, {}, is_live=name in expected)
        self._save()
        return self._told.sentences()

    def unverified_files(self, names: Iterable[str]) -> list[str]:
        """Return those whose copy in the backups was never proved by the key."""
        return [name for name in names if (seen := self._target.seen.get(name)) is None or seen.checked_at is None]

    def due_for_check(self, expected: Iterable[str]) -> list[tuple[str, int]]:
        """Return name and size of the files to be looked over, those longest unchecked first."""
        names = {path.name for place in (self._living, self._target) for path in file_store.stored_files(place.place)}
        found = []
        for name in names | set(expected):
            places = [self._living, self._target] if name in expected else [self._target]
            states = [place.checked_at(name) for place in places]
            if any(one is None or not timedelta(0) <= self._now - one < CHECK_INTERVAL for one in states):
                size = sum(status.st_size for place in places if (status := place.status(name)))
                longest = min((one for one in states if one is not None), default=self._now)
                found.append((None not in states, longest, name, size))
        return [(name, size) for _, _, name, size in sorted(found)]

    def _can_be_trusted(self, name: str, known: Mapping[str, str], *, thorough: bool) -> bool:
        """Say whether both copies may be taken for whole without reading them."""
        ours, theirs = self._living.status(name), self._target.status(name)
        if ours is None or theirs is None or ours.st_size != theirs.st_size:
            return False
        if not thorough:
            return name in known or self._target.checksum_of(name) is not None
        return all(place.is_trusted(name, self._now) for place in (self._living, self._target))

    def _repair(self, name: str, known: Mapping[str, str], *, is_live: bool) -> None:
        """Read every copy of a file, and give the places that lack it, or have it damaged, a whole one.

        Args:
            is_live: the living folder gets one where it has none.
        """
        sums = frozenset(total for place in self._places if (total := place.checksum_of(name, if_unchanged=False)))
        sums |= frozenset(total for total in [known.get(name)] if total)
        states: dict[StoredFilesFolder, file_store.State] = {}
        found: dict[StoredFilesFolder, int] = {}
        whole = b""
        for place in self._places:
            states[place], kept = place.read(name, self.keys, sums, self._now)
            found[place] = file_store.key_number_of(kept)
            if states[place] == "whole":
                whole = whole or kept
        if not whole:
            self._told.add_lost(name, states[self._living], without_key=self.keys is None)
            return
        for place in (self._living, self._target):
            if states[place] == "missing":
                if place is self._target or (is_live and self.keys is not None):
                    self._write(place, name, whole, repaired=place is self._living)
            elif states[place] == "damaged" and self.keys is not None:
                self._write(place, name, whole, repaired=True)
            elif states[place] == "whole" and found[place] != self._key_number(place, name, found[place]):
                self._write(place, name, whole, repaired=False)
            elif states[place] != "whole":
                self._told.add_left_damaged(name, place is self._living, states[place])

    def reseal(self) -> None:
        """Seal the files of the living folder under the data key in force that still lie there under one of before.

        Raises:
            OSError: one is held, or there is no room; those before it are done.
        """
        assert self.keys is not None
        try:
            for path in file_store.stored_files(self._living.place):
                state, kept = file_store.read(self._living.place, path.name, self.keys)
                if state == "held":
                    raise PermissionError(path.name)
                if state == "whole" and file_store.key_number_of(kept) != self.keys.number:
                    anew = file_store.reencrypt(kept, path.name, self.keys, self.keys.number)
                    file_store.put_encrypted(self._living.place, path.name, anew)
                    self._living.record_intact(path.name, anew, self._now)
        finally:
            self._save()

    def _key_number(self, folder: StoredFilesFolder, name: str, as_it_is: int) -> int:
        """Return under which data key a file belongs in a place; without a key it stays as it is."""
        if self.keys is None:
            return as_it_is
        if self.keys.number == 1 or folder is not self._target:
            return self.keys.number
        return self._numbers().get(name, self.keys.number)

    def _write(self, folder: StoredFilesFolder, name: str, content: bytes, *, repaired: bool) -> None:
        if self.keys is not None:
            number = self._key_number(folder, name, self.keys.number)
            content = file_store.reencrypt(content, name, self.keys, number)
        try:
            file_store.put_encrypted(folder.place, name, content)
        except OSError:
            self._told.not_written.append(name)
            return
        folder.record_intact(name, content, self._now if self.keys is not None else None)
        if repaired:
            (self._told.repaired_live if folder is self._living else self._told.repaired_backups).append(name)

    def _save(self) -> None:
        for place in (self._living, self._target):
            if place.changed and (place is self._target or self.keys is not None):
                save(place.place, place.seen)
