"""Compare the kept files of the live folder with those in the backups, and repair either from the other.

For each folder the checksum of every file and when its content was last verified are stored. Results are
reported in one sentence for each kind, with a few names.
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

from db.files import file_store
from db.files.atomic_files import PARSE_ERRORS, as_local_time, as_whole_number, read_note, write_atomic
from db.files.file_store import FOLDER_NAME, State
from db.files.storage_errors import Damaged
from db.keys import Keys
from db.record import frozen

FILE_NAME = "sums.json"
TRUSTED_FOR = timedelta(days=30)
_SUM = re.compile(r"[0-9a-f]{64}")
_NAMED = 3
BACKUPS_FOLDER = "backups"
CHECK_INTERVAL = timedelta(days=15)
"""Age after which the background check reads a content again, half the time in which each must be read."""


@frozen
class IntactFile:
    """One kept file that was found intact.

    Attributes:
        checksum: the SHA-256 of its encrypted bytes.
        size, modified_at: tell cheaply that the file has changed since.
        checked_at: when the key, or a checksum proved by the key, was verified (None = only a checksum was
            compared so far).
    """

    checksum: str
    size: int
    modified_at: int
    checked_at: datetime | None

    def is_recently_checked(self, now: datetime) -> bool:
        """Return whether the content was verified lately; a time in the future does not count."""
        return self.checked_at is not None and timedelta(0) <= now - self.checked_at < TRUSTED_FOR


def load(folder: Path) -> dict[str, IntactFile]:
    """Return what is known of the files in ``folder``; an unreadable note counts as unknown."""
    found = {}
    for name, plain in (read_note(folder / FOLDER_NAME / FILE_NAME) or {}).items():
        with contextlib.suppress(*PARSE_ERRORS):
            total, size, stamp, checked = plain
            if _SUM.fullmatch(total):
                moment = as_local_time(checked) if checked is not None else None
                found[name] = IntactFile(total, as_whole_number(size), int(stamp), moment)
    return found


def save(folder: Path, seen: dict[str, IntactFile]) -> None:
    """Store what is known; where that fails the files are read again another day, and nothing else is lost."""
    plain = {
        name: [one.checksum, one.size, one.modified_at, one.checked_at.isoformat() if one.checked_at else None]
        for name, one in sorted(seen.items())
    }
    with contextlib.suppress(OSError):
        write_atomic(folder / FOLDER_NAME / FILE_NAME, json.dumps(plain).encode())


def from_backups(folder: Path, keys: Keys, name: str) -> bytes | None:
    """Return a kept file's content from the backups, verified with the key; None where no intact copy exists."""
    try:
        return file_store.get(folder / BACKUPS_FOLDER, keys, name)
    except Damaged:
        return None


def restore_from_backups(folder: Path, keys: Keys, name: str) -> bool:
    """Replace a damaged or missing kept file by an intact copy of the backups; return whether that worked."""
    if file_store.read(folder, name, keys)[0] not in ("damaged", "missing"):
        return False  # intact, or in use by another program: it is not overwritten
    state, kept = file_store.read(folder / BACKUPS_FOLDER, name, keys)
    if state != "whole":
        return False
    try:
        file_store.put_encrypted(folder, name, file_store.reencrypt(kept, name, keys, keys.number))
    except OSError:
        return False
    return True


def repaired_message(names: list[str]) -> tuple[str, ...]:
    """Return the message that these files were damaged or missing and were restored from the backups."""
    return FileMessages(repaired_live=list(names)).sentences()


class StoredFilesFolder:
    """The kept files of one folder, with what is known of them."""

    def __init__(self, folder: Path):
        self.place = folder
        self.seen = load(folder)
        self.changed = False

    def status(self, name: str) -> os.stat_result | None:
        """Return size and times of a file, or None when it does not exist."""
        try:
            found = file_store.path_of(self.place, name).lstat()
        except OSError:
            return None
        return found if stat.S_ISREG(found.st_mode) else None

    def checksum_of(self, name: str, *, if_unchanged: bool = True) -> str | None:
        """Return the known checksum of a file, or None; ``if_unchanged`` requires that its size is the same."""
        seen, status = self.seen.get(name), self.status(name)
        if seen is None or (if_unchanged and (status is None or status.st_size != seen.size)):
            return None
        return seen.checksum

    def checked_at(self, name: str) -> datetime | None:
        """Return when the content was last verified, None when never or when the file has changed since."""
        seen, status = self.seen.get(name), self.status(name)
        same = seen and status and (seen.size, seen.modified_at) == (status.st_size, status.st_mtime_ns)
        return seen.checked_at if seen and same else None

    def is_trusted(self, name: str, now: datetime) -> bool:
        """Return whether the file is unchanged and its content was verified within 30 days."""
        return self.checked_at(name) is not None and self.seen[name].is_recently_checked(now)

    def read(
        self, name: str, keys: Keys | None, checksums: frozenset[str], now: datetime
    ) -> tuple[file_store.State, bytes]:
        """Return the state of one file and its bytes, remembering the result of this check."""
        state, kept = file_store.read(self.place, name, keys, checksums)
        if state == "whole":
            earlier = self.checked_at(name)
            self.record_intact(name, kept, now if keys is not None else earlier)
        elif keys is not None and state != "held" and name in self.seen:
            del self.seen[name]
            self.changed = True
        return state, kept

    def record_intact(self, name: str, encrypted: bytes, checked_at: datetime | None) -> None:
        """Remember checksum, size and times of a file that was found or written intact."""
        status = self.status(name)
        if status is not None:
            self.seen[name] = IntactFile(
                hashlib.sha256(encrypted).hexdigest(), len(encrypted), status.st_mtime_ns, checked_at
            )
            self.changed = True


@dataclass
class FileMessages:
    """The names of stored files to report, grouped by what was found or done.

    Of ``missing`` ones no intact copy exists, ``unverified`` ones were not copied since nobody checked them yet,
    ``damaged`` ones are repaired at the next login, ``in_use`` ones cannot be read now.
    """

    repaired_live: list[str] = field(default_factory=list)
    repaired_backups: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    in_use: list[str] = field(default_factory=list)
    not_written: list[str] = field(default_factory=list)

    def add_lost(self, name: str, state: State, *, without_key: bool) -> None:
        """Add a file of which no intact copy is known."""
        if state == "held":
            self.in_use.append(name)
        elif without_key and state == "damaged":
            self.unverified.append(name)
        else:
            self.missing.append(name)

    def add_left_damaged(self, name: str, is_live: bool, state: State) -> None:
        """Add a damaged copy that was not replaced although another one is intact."""
        if state == "held":
            self.in_use.append(name)
        elif state == "damaged" or is_live:
            self.damaged.append(name)

    def sentences(self) -> tuple[str, ...]:
        """Return one sentence for each kind of message that names files."""
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
    """Return the first names, shortened, and how many more (「1a2b3c4d…、5e6f7a8b…」)."""
    shown = list(dict.fromkeys(f"{name[:8]}…" for name in names))
    more = f" ほか{len(shown) - _NAMED}件" if len(shown) > _NAMED else ""
    return "、".join(shown[:_NAMED]) + more


@frozen
class FileCopyResult:
    """The result for a backup, with the checksum of each stored file and the messages."""

    checksums: dict[str, str]
    notes: tuple[str, ...]


class FileCopies:
    """The kept files of one data folder and of its folder of backups, with what is known of both.

    Without the key a file is judged by its checksum, no existing file is replaced and the live folder is left alone.
    """

    def __init__(
        self,
        folder: Path,
        target: Path,
        keys: Keys | None,
        now: datetime,
        *,
        key_numbers: Callable[[], Mapping[str, int]],
    ):
        """``key_numbers`` returns, by file, the data key number that the oldest generation naming it needs.

        Other files get the current key, as those of the live folder do. It is called once, and only after a
        change of the data key.
        """
        self.keys = keys
        self._now = now
        self._numbers = cache(key_numbers)
        self._live_folder = StoredFilesFolder(folder)
        self._target = StoredFilesFolder(target)
        own = folder / BACKUPS_FOLDER
        self._places = [self._live_folder, self._target, *([StoredFilesFolder(own)] if own != target else [])]
        self._messages = FileMessages()

    def update_backups(self, expected: Iterable[str], known: Mapping[str, str], *, thorough: bool) -> FileCopyResult:
        """Bring the folder of backups up to the live folder, and repair damaged files in both.

        Args:
            expected: names that the records refer to.
            known: checksums by name from earlier manifests.
            thorough: contents unchecked for 30 days are read too; otherwise names and sizes are compared.
        """
        wanted = {path.name for path in file_store.stored_files(self._live_folder.place)} | set(expected)
        sums = {}
        for name in sorted(wanted):
            if not self._can_be_trusted(name, known, thorough=thorough):
                self._repair(name, known, is_live=True)
            total = self._target.checksum_of(name) or (known.get(name) if self._target.status(name) else None)
            if total:
                sums[name] = total
        self._save()
        return FileCopyResult(sums, self._messages.sentences())

    def check_contents(self, names: Iterable[str], expected: Container[str]) -> tuple[str, ...]:
        """Read these files in both folders, repair what is damaged, and return messages.

        Args:
            expected: names that the records refer to. Only these are restored into the live folder: what was
                erased there stays in its backups until these are pruned.
        """
        for name in names:
            self._repair(name, {}, is_live=name in expected)
        self._save()
        return self._messages.sentences()

    def unverified_files(self, names: Iterable[str]) -> list[str]:
        """Return those of the named files whose copy in the backups was never verified with the key."""
        return [name for name in names if (seen := self._target.seen.get(name)) is None or seen.checked_at is None]

    def due_for_check(self, expected: Iterable[str]) -> list[tuple[str, int]]:
        """Return the files due for a check, never checked ones first, then longest ago; the size is of both copies.

        Args:
            expected: the files that should exist on both sides; of any other only the copy is looked at.
        """
        names = {
            path.name for place in (self._live_folder, self._target) for path in file_store.stored_files(place.place)
        }
        found = []
        for name in names | set(expected):
            places = [self._live_folder, self._target] if name in expected else [self._target]
            states = [place.checked_at(name) for place in places]
            if any(one is None or not timedelta(0) <= self._now - one < CHECK_INTERVAL for one in states):
                size = sum(status.st_size for place in places if (status := place.status(name)))
                longest = min((one for one in states if one is not None), default=self._now)
                found.append((None not in states, longest, name, size))
        return [(name, size) for _, _, name, size in sorted(found)]

    def _can_be_trusted(self, name: str, known: Mapping[str, str], *, thorough: bool) -> bool:
        """Return whether both copies may be assumed intact without reading them."""
        ours, theirs = self._live_folder.status(name), self._target.status(name)
        if ours is None or theirs is None or ours.st_size != theirs.st_size:
            return False
        if not thorough:
            return name in known or self._target.checksum_of(name) is not None
        return all(place.is_trusted(name, self._now) for place in (self._live_folder, self._target))

    def _repair(self, name: str, known: Mapping[str, str], *, is_live: bool) -> None:
        """Read every copy of a file, and replace missing or damaged ones by an intact one.

        Args:
            is_live: the live folder gets a missing file too.
        """
        sums = frozenset(total for place in self._places if (total := place.checksum_of(name, if_unchanged=False)))
        sums |= frozenset(total for total in [known.get(name)] if total)
        states: dict[StoredFilesFolder, file_store.State] = {}
        found = {}
        whole = b""
        for place in self._places:
            states[place], kept = place.read(name, self.keys, sums, self._now)
            found[place] = file_store.key_number_of(kept)
            if states[place] == "whole":
                whole = whole or kept
        if not whole:
            self._messages.add_lost(name, states[self._live_folder], without_key=self.keys is None)
            return
        for place in (self._live_folder, self._target):
            if states[place] == "missing":
                if place is self._target or (is_live and self.keys is not None):
                    self._write(place, name, whole, repaired=place is self._live_folder)
            elif states[place] == "damaged" and self.keys is not None:
                self._write(place, name, whole, repaired=True)
            elif states[place] == "whole" and found[place] != self._key_number(place, name, found[place]):
                self._write(place, name, whole, repaired=False)
            elif states[place] != "whole":
                self._messages.add_left_damaged(name, place is self._live_folder, states[place])

    def reseal(self) -> None:
        """Re-encrypt the files of the live folder that still use an earlier data key.

        Raises:
            OSError: one is in use, or there is no room; those before it are done.
        """
        assert self.keys is not None
        try:
            for path in file_store.stored_files(self._live_folder.place):
                state, kept = file_store.read(self._live_folder.place, path.name, self.keys)
                if state == "held":
                    raise PermissionError(path.name)
                if state == "whole" and file_store.key_number_of(kept) != self.keys.number:
                    anew = file_store.reencrypt(kept, path.name, self.keys, self.keys.number)
                    file_store.put_encrypted(self._live_folder.place, path.name, anew)
                    self._live_folder.record_intact(path.name, anew, self._now)
        finally:
            self._save()

    def _key_number(self, folder: StoredFilesFolder, name: str, as_it_is: int) -> int:
        """Return which data key a file must use in a folder; without a key it stays as it is."""
        if self.keys is None:
            return as_it_is
        if self.keys.number == 1 or folder is not self._target:
            return self.keys.number
        return self._numbers().get(name, self.keys.number)

    def _write(self, folder: StoredFilesFolder, name: str, content: bytes, *, repaired: bool) -> None:
        """Write a stored file into a folder with the key used there, and note the repair or the failure."""
        if self.keys is not None:
            number = self._key_number(folder, name, self.keys.number)
            content = file_store.reencrypt(content, name, self.keys, number)
        try:
            file_store.put_encrypted(folder.place, name, content)
        except OSError:
            self._messages.not_written.append(name)
            return
        folder.record_intact(name, content, self._now if self.keys is not None else None)
        if repaired:
            (self._messages.repaired_live if folder is self._live_folder else self._messages.repaired_backups).append(
                name
            )

    def _save(self) -> None:
        for place in (self._live_folder, self._target):
            if place.changed and (place is self._target or self.keys is not None):
                save(place.place, place.seen)
