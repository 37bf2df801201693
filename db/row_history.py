"""Which image of the journal belongs to which row history, from a row's insert to its deletion.

A row's id alone does not say whose an image is: SQLite reuses the id of the last deleted row. A deletion that is
undone, or redone after an undo, continues the same history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from db import mapping
from db.engine import Database
from db.record import frozen

_STEPS = "SELECT seq, at, by, action, chain, undo_of, redo_of, payload FROM journal WHERE seq < ? ORDER BY seq"
_NO_END = 1 << 62


class RowHistory(NamedTuple):
    """The history of one row; ``born`` is the number of its first journal entry, ``link`` its chain value."""

    table: str
    row_id: int
    born: int
    link: str


@frozen
class HistoryStep:
    """One journal entry with its images, and the row history of each before and after (None = no row).

    ``link`` is its chain value, which identifies it beyond a gap; ``on`` is its day, ``by`` who did it,
    ``action`` its words.
    """

    seq: int
    link: str
    on: date
    by: str
    action: str
    changes: list[dict[str, Any]]
    before: tuple[RowHistory | None, ...]
    after: tuple[RowHistory | None, ...]


@dataclass
class RowHistories:
    """Every row history of a journal with its last image, whether it is current, its end and its names."""

    last_images: dict[RowHistory, dict[str, Any]] = field(default_factory=dict)
    current: dict[tuple[str, int], RowHistory] = field(default_factory=dict)
    ended_on: dict[RowHistory, date] = field(default_factory=dict)
    names: dict[RowHistory, set[str]] = field(default_factory=dict)

    def add_image(self, history: RowHistory, image: dict[str, Any]) -> None:
        """Add a further image of a row history."""
        self.last_images[history] = image
        if isinstance(name := image.get("name"), str):
            self.names.setdefault(history, set()).add(name)

    def of_table(self, table: str) -> dict[RowHistory, dict[str, Any]]:
        """Return the row histories of a table with their last images, ended ones included."""
        return {life: image for life, image in self.last_images.items() if life.table == table}

    def is_current(self, history: RowHistory) -> bool:
        """Return whether the row of a history exists now."""
        return self.current.get((history.table, history.row_id)) == history


class EndedRow(NamedTuple):
    """A row that exists in the journal only: its first entry, the day it was deleted, and its last image."""

    table: str
    row_id: int
    born: int
    on: date
    image: dict[str, Any]


@dataclass
class JournalWalk:
    """Tells for each journal row, taken in order by ``add_step``, to which row histories its images belong.

    ``current`` are the histories of rows that exist now, ``ended`` the last one of each deleted row, ``in_step`` those
    of each entry by its seq, by which an undo or redo finds its row again.
    """

    current: dict[tuple[str, int], RowHistory] = field(default_factory=dict)
    ended: dict[tuple[str, int], RowHistory] = field(default_factory=dict)
    in_step: dict[tuple[int, str, int], RowHistory] = field(default_factory=dict)

    def add_step(self, row: dict[str, Any]) -> HistoryStep:
        """Return a journal row as an entry with the row histories of its images; call it for each row in order."""
        seq, undone = int(row["seq"]), row["undo_of"] or row["redo_of"]
        changes: list[dict[str, Any]] = json.loads(row["payload"] or "[]")
        before: list[RowHistory | None] = []
        after: list[RowHistory | None] = []
        for change in changes:
            at = (str(change["table"]), int(change["row_id"]))
            if change["before"] is None:
                before.append(None)
            else:
                self.current.setdefault(at, RowHistory(*at, seq, str(row["chain"])))
                before.append(self.current[at])
            if change["after"] is None:
                after.append(None)
                gone = self.current.pop(at, None)
                if gone is not None:
                    self.ended[at] = gone
            else:
                if at not in self.current:
                    again = self.in_step.get((int(undone), *at)) or self.ended.get(at) if undone else None
                    self.current[at] = again or RowHistory(*at, seq, str(row["chain"]))
                after.append(self.current[at])
            whose = after[-1] or before[-1]
            if whose is not None:
                self.in_step[seq, *at] = whose
        day = datetime.fromisoformat(row["at"]).date()
        return HistoryStep(
            seq, str(row["chain"]), day, str(row["by"]), str(row["action"]), changes, tuple(before), tuple(after)
        )


def walk_journal(database: Database, *, below: int = _NO_END) -> Iterator[HistoryStep]:
    """Yield the journal entries below a number, oldest first."""
    so_far = JournalWalk()
    for row in mapping.read(database, _STEPS, [below]):
        yield so_far.add_step(row)


def row_histories(database: Database) -> RowHistories:
    """Return every row history in the journal."""
    so_far, found = JournalWalk(), RowHistories()
    for row in mapping.read(database, _STEPS, [_NO_END]):
        step = so_far.add_step(row)
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            if before is not None:
                found.add_image(before, change["before"])
            if after is not None:
                found.add_image(after, change["after"])
            elif before is not None:
                found.ended_on[before] = step.on
    found.current = so_far.current
    return found


def ended_rows(database: Database, table: str) -> list[EndedRow]:
    """Return the deleted rows of a table, in the order of their first entries."""
    found = row_histories(database)
    return [
        EndedRow(table, life.row_id, life.born, found.ended_on[life], found.last_images[life])
        for life in sorted(found.of_table(table), key=lambda life: (life.born, life.row_id))
        if not found.is_current(life)
    ]
