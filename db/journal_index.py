"""An index of the journal for pages: when each entry was made, and which tables, events and deleted rows it touched.

It holds numbers, days and names of tables, no content. It is built from the journal of one open database, is never
stored, and follows new entries. An erasing or a migration among them, or a journal that no longer has the last entry
known here, throws it away and it is built anew; another opening or a state of the past is another database with an
index of its own. Erasing, its record and the checks of the journal do not use it: they walk the journal itself.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from db import mapping
from db.engine import Database
from db.journal import ERASING_SUBJECT, SCHEMA_SUBJECT
from db.mapping import TABLE_OF
from db.query_cache import once_a_read
from db.records.events import Event
from db.row_history import EndedRow, JournalWalk, RowHistory

_EVENTS = TABLE_OF[Event]
_REWRITING = frozenset({ERASING_SUBJECT, SCHEMA_SUBJECT})
"""Subjects of entries that changed earlier ones."""
_ENTRIES = (
    "SELECT seq, at, '' AS by, '' AS action, '' AS chain, chain AS link, subject, event_id, undo_of, redo_of, payload "
    "FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?"
)
_ALL = -1


class IndexedEntry(NamedTuple):
    """One entry: its number, time and event, whether its images were erased, and whether it is a migration."""

    seq: int
    at: datetime
    event_id: int | None
    erased: bool
    is_schema: bool


@dataclass
class JournalIndex:
    """The entries of a journal in order, their numbers by event, table and subject, and which were undone."""

    entries: list[IndexedEntry] = field(default_factory=list)
    of_event: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    of_table: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    of_subject: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    undone: set[int] = field(default_factory=set)
    _ended: dict[RowHistory, int] = field(default_factory=dict)
    _walk: JournalWalk = field(default_factory=JournalWalk)
    _last_link: str = ""

    def ended_of(self, table: str) -> list[tuple[RowHistory, int]]:
        """Return the deleted rows of a table, by their first entries, each with the number of the entry of its end."""
        found = [(one, end) for one, end in self._ended.items() if one.table == table]
        return sorted(found, key=lambda pair: (pair[0].born, pair[0].row_id))

    def without_event(self, table: str) -> list[int]:
        """Return the numbers of the entries that touched a table and belong to no event."""
        loose = {one.seq for one in self.entries if one.event_id is None}
        return [seq for seq in self.of_table.get(table, ()) if seq in loose]

    def follow(self, database: Database, limit: int) -> bool | None:
        """Add up to ``limit`` entries made since; return whether none is left, None where the index no longer fits."""
        last = self.entries[-1] if self.entries else None
        most = limit if limit == _ALL or last is None else limit + 1
        rows = mapping.read(database, _ENTRIES, [last.seq if last else 0, most])
        if last is not None and next(rows, {}).get("link") != self._last_link:
            return None
        added = 0
        for row in rows:
            if last is not None and row["subject"] in _REWRITING:
                return None
            self._add(row)
            added += 1
        return limit == _ALL or added < limit

    def _add(self, row: dict[str, Any]) -> None:
        """Add a journal row to the index: by event, subject and table, undone entries and ended histories."""
        step = self._walk.add_step(row)
        events, tables = {row["event_id"]}, set[str]()
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            tables.add(change["table"])
            events |= set(_events_of(change))
            if after is not None:
                self._ended.pop(after, None)
            elif before is not None:
                self._ended[before] = step.seq
        self.of_subject[row["subject"]].append(step.seq)
        if row["undo_of"]:
            self.undone.add(int(row["undo_of"]))
        for table in tables:
            self.of_table[table].append(step.seq)
        for event in events - {None}:
            self.of_event[event].append(step.seq)
        self.entries.append(
            IndexedEntry(
                step.seq,
                datetime.fromisoformat(row["at"]),
                row["event_id"],
                erased=row["payload"] == "",
                is_schema=row["subject"] == SCHEMA_SUBJECT,
            )
        )
        self._last_link = row["link"]


def _events_of(change: dict[str, Any]) -> Iterator[int | None]:
    """Yield the ids of the events that a row change belongs to, None for an image without event."""
    if change["table"] == _EVENTS:
        yield int(change["row_id"])
    for image in (change["before"], change["after"]):
        if image is not None:
            yield image.get("event_id")


_INDEXES: WeakKeyDictionary[Database, JournalIndex] = WeakKeyDictionary()


def journal_index(database: Database) -> JournalIndex:
    """Return the index of a database's journal as it is now."""

    def complete() -> JournalIndex:
        while not follow_journal(database, limit=_ALL):
            pass
        return _INDEXES[database]

    return once_a_read(database, (JournalIndex,), complete)


def follow_journal(database: Database, *, limit: int) -> bool:
    """Add up to ``limit`` entries to the index, so that no page waits for all; return whether it is complete."""
    done = _INDEXES.setdefault(database, JournalIndex()).follow(database, limit)
    if done is None:
        forget_journal(database)
    return bool(done)


def forget_journal(database: Database) -> None:
    """Throw the index away; the next page builds it anew."""
    _INDEXES.pop(database, None)


def ended_rows(database: Database, table: str) -> list[EndedRow]:
    """Return what ``row_history.ended_rows`` returns, reading only the entries in which a row ended."""
    ended = journal_index(database).ended_of(table)
    steps = json.dumps(sorted({seq for _one, seq in ended}))
    query = "SELECT seq, at, payload FROM journal WHERE seq IN (SELECT value FROM json_each(?))"
    ends = {
        (int(row["seq"]), int(change["row_id"])): (datetime.fromisoformat(row["at"]).date(), change["before"])
        for row in mapping.read(database, query, [steps])
        for change in json.loads(row["payload"])
        if change["table"] == table and change["after"] is None and change["before"] is not None
    }
    return [EndedRow(table, one.row_id, one.born, *ends[seq, one.row_id]) for one, seq in ended]
