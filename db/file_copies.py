"""The kept files in the living folder and in the backups: copied only when whole, each damaged one mended from a whole one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from db import file_store, file_sums
from db.file_place import FilePlace
from db.file_words import FileWords
from db.keys import Keys

BACKUPS_FOLDER: Final = "backups"
DUE: Final = timedelta(days=15)
"""A content unchecked for so long is read by the work in the background: half the time in which each must be."""


@dataclass(frozen=True)
class Kept:
    """The outcome for a backup: the sum of each file that its place holds, and what is to be said."""

    sums: dict[str, str]
    notes: tuple[str, ...]


class FileCopies:
    """The kept files of one data folder and of the place of a backup, with what is known of either.

    Without the key a file is judged by its sum, nothing that is there is replaced and the living folder is left alone.
    """

    def __init__(self, folder: Path, target: Path, keys: Keys | None, now: datetime) -> None:
        self._keys = keys
        self._now = now
        self._living = FilePlace(folder)
        self._target = FilePlace(target)
        own = folder / BACKUPS_FOLDER
        self._places = [self._living, self._target, *([FilePlace(own)] if own != target else [])]
        self._told = FileWords()

    def keep(self, expected: Iterable[str], known: Mapping[str, str], *, thorough: bool) -> Kept:
        """Bring the place of the backups up to the living folder, and mend what is found damaged in either.

        Args:
            expected: names that the records speak of. known: sums by name from earlier manifests.
            thorough: contents unchecked for 30 days are read too; otherwise names and sizes are compared.
        """
        wanted = {path.name for path in file_store.stored(self._living.place)} | set(expected)
        sums: dict[str, str] = {}
        for name in sorted(wanted):
            if not self._stands(name, known, thorough=thorough):
                self._bring(name, known)
            total = self._target.sum_of(name) or (known.get(name) if self._target.status(name) else None)
            if total:
                sums[name] = total
        self._save()
        return Kept(sums, self._told.sentences())

    def look_over(self, names: Iterable[str]) -> tuple[str, ...]:
        """Read the content of these files wherever they lie, mend what is damaged, and say what was found."""
        for name in names:
            self._bring(name, {})
        self._save()
        return self._told.sentences()

    def unproved(self, names: Iterable[str]) -> list[str]:
        """Return those whose copy in the backups was never proved by the key."""
        return [name for name in names if (seen := self._target.seen.get(name)) is None or seen.checked is None]

    def due(self, expected: Iterable[str]) -> list[tuple[str, int]]:
        """Return name and size of the files to be looked over, those longest unchecked first."""
        names = {path.name for place in (self._living, self._target) for path in file_store.stored(place.place)}
        found = []
        for name in names | set(expected):
            places = [self._living, self._target] if name in expected else [self._target]
            states = [place.checked(name) for place in places]
            if any(one is None or not timedelta(0) <= self._now - one < DUE for one in states):
                size = sum(status.st_size for place in places if (status := place.status(name)))
                longest = min((one for one in states if one is not None), default=self._now)
                found.append((None not in states, longest, name, size))
        return [(name, size) for _, _, name, size in sorted(found)]

    def _stands(self, name: str, known: Mapping[str, str], *, thorough: bool) -> bool:
        """Say whether both copies may be taken for whole without reading them."""
        ours, theirs = self._living.status(name), self._target.status(name)
        if ours is None or theirs is None or ours.st_size != theirs.st_size:
            return False
        if not thorough:
            return name in known or self._target.sum_of(name) is not None
        return all(place.is_trusted(name, self._now) for place in (self._living, self._target))

    def _bring(self, name: str, known: Mapping[str, str]) -> None:
        """Read every copy of a file, and give the places that lack it, or have it damaged, a whole one."""
        sums = frozenset(total for place in self._places if (total := place.sum_of(name, as_it_is=False)))
        sums |= frozenset(total for total in [known.get(name)] if total)
        states: dict[FilePlace, file_store.State] = {}
        whole = b""
        for place in self._places:
            states[place], kept = place.read(name, self._keys, sums, self._now)
            if states[place] == "whole":
                whole = whole or kept
        if not whole:
            self._told.lost(name, states[self._living], without_key=self._keys is None)
            return
        for place in (self._living, self._target):
            if states[place] == "missing" and (self._keys is not None or place is self._target):
                self._write(place, name, whole, mended=place is self._living)
            elif states[place] == "damaged" and self._keys is not None:
                self._write(place, name, whole, mended=True)
            elif states[place] != "whole":
                self._told.left(name, place is self._living, states[place])

    def _write(self, place: FilePlace, name: str, whole: bytes, *, mended: bool) -> None:
        try:
            file_store.put_kept(place.place, name, whole)
        except OSError:
            self._told.unwritten.append(name)
            return
        place.note(name, whole, self._now if self._keys is not None else None)
        if mended:
            (self._told.mended_here if place is self._living else self._told.mended_there).append(name)

    def _save(self) -> None:
        for place in (self._living, self._target):
            if place.changed and (place is self._target or self._keys is not None):
                file_sums.save(place.place, place.seen)
