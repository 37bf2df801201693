"""The change journal; every write goes through a ``Change``, which records audit trail and undo at once.

A change is one user action: its row images, who, when and what are written in the same transaction. The chain
is an HMAC over the hash of each payload, so a payload can later be erased (personal data past its retention)
while altering, removing or reordering rows is still detected.
"""

from __future__ import annotations

import hmac
import json
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from db import mapping
from db.engine import Database
from db.fields import corrections
from db.files import storage_errors
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry, RowChange
from db.stale_check import Comparison, StaleCheck

FIRST_WITH_LOCKS = 8
"""The migration that added lock numbers to the journal."""

SCHEMA_SUBJECT = "shape"
"""The subject of journal entries of migrations."""
ERASING_SUBJECT = "erasing"
"""The subject of journal entries of erasings."""
BARRIER_SUBJECTS = frozenset({"programme", ERASING_SUBJECT})
"""Subjects whose barriers stop everybody's undo (start of a folder's year or sample, an erasing)."""

_ROWS_PER_STATEMENT = 50
"""Rows of one statement; more bring no gain, and SQLite limits the values of a statement."""


@dataclass
class _PendingRows:
    """New rows of one table not yet written, with consecutive ids and their ``positions`` in the journal."""

    names: tuple[str, ...]
    first_id: int
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)


_REFERENCES_QUERY = (
    'SELECT key."table", one.name, key."from" FROM sqlite_master AS one, pragma_foreign_key_list(one.name) AS key '
    "WHERE one.type = 'table' AND key.on_delete = 'SET NULL'"
)


class Change:
    """The rows that one user action writes, inside its open transaction.

    Only a store opens a change (``Store.change``); services write records through it. With ``stale_check`` a field
    that a colleague changed since is not overwritten: see ``db.stale_check``.
    """

    def __init__(self, database: Database, stale_check: StaleCheck | None = None):
        self._database = database
        self._comparison = Comparison(database, stale_check) if stale_check is not None else None
        self._written: list[RowChange | str] = []
        self._gathering = False
        self._waiting: dict[str, _PendingRows] = {}
        self._next_id: dict[str, int] = {}
        self._leading: list[tuple[str, str, str]] | None = None

    @property
    def rows(self) -> list[RowChange]:
        """Return the rows written so far, in order; a row written elsewhere may be added to this list."""
        self.flush()
        if str in map(type, self._written):
            self._written[:] = [RowChange(**json.loads(one)) if isinstance(one, str) else one for one in self._written]
        return typing.cast(list[RowChange], self._written)

    @property
    def tables(self) -> frozenset[str]:
        """Return the tables written so far."""
        self.flush()
        return frozenset(one.split('"', 4)[3] if isinstance(one, str) else one.table for one in self._written)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was written."""
        return not self._written

    def payload(self) -> str:
        """Return the rows as the JSON list of images that the journal stores."""
        self.flush()
        if str not in map(type, self._written):
            # Row images are plain already; converting them again would cost a tenth of every save.
            return mapping.as_json([vars(row) for row in self._written])
        return f"[{','.join(one if isinstance(one, str) else mapping.as_json(vars(one)) for one in self._written)}]"

    @contextmanager
    def batching(self) -> Iterator[None]:
        """Write new rows many at a time within the block, with the same ids and journal as one at a time.

        A pending row is not found by a SELECT: call ``flush`` before reading what was just inserted.
        Updating, deleting or restoring a row flushes by itself. Foreign keys are checked at the commit.
        """
        self._database.execute("PRAGMA defer_foreign_keys = ON")
        self._gathering = True
        yield
        self.flush()
        self._gathering = False

    def flush(self) -> None:
        """Write pending rows; nothing is pending outside ``batching``."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        for table in _order_of_writing(waiting):
            held = waiting[table]
            self._insert(table, held)
            # As stored, in the JSON of the journal: with the columns that no record names, and values as the column
            # holds them. SQLite writes the JSON of ten thousand rows in the time in which Python would read them.
            images = self._database.execute(
                self._image_query(table), [held.first_id, held.first_id + len(held.rows) - 1]
            )
            for place, (image,) in zip(held.positions, images, strict=True):
                self._written[place] = image

    def _insert(self, table: str, pending: _PendingRows) -> None:
        """Insert the rows, many a statement, since SQLite saves changed pages for each statement.

        The first goes by itself: only what is executed is traced (``db.touched_tables``).
        """
        statement, rows = _insertion(table, pending.names), pending.rows[1:]
        rest = len(rows) % _ROWS_PER_STATEMENT
        many = f"{statement}{f', {_placeholders(pending.names)}' * (_ROWS_PER_STATEMENT - 1)}"
        chunks = (rows[start : start + _ROWS_PER_STATEMENT] for start in range(rest, len(rows), _ROWS_PER_STATEMENT))
        self._database.execute(statement, pending.rows[0])
        self._database.conn.executemany(statement, rows[:rest])
        self._database.conn.executemany(many, (tuple(chain.from_iterable(chunk)) for chunk in chunks))

    def _image_query(self, table: str) -> str:
        """Return the SELECT of new rows by their ids, each as the JSON of its ``RowChange``."""
        columns = [one[0] for one in self._database.execute(f"SELECT * FROM [{table}] LIMIT 0").description]  # noqa: S608
        pairs = ", ".join(f"'{name}', [{name}]" for name in columns)
        return (
            f"SELECT json_object('table', '{table}', 'row_id', id, 'before', NULL, 'after', "  # noqa: S608
            f"json_object({pairs})) "
            f"FROM [{table}] WHERE id BETWEEN ? AND ? ORDER BY id"
        )

    def insert(self, record: Any, **values: Any) -> int:
        """Insert ``record`` and return its id (its own when it has one); ``values`` override its fields."""
        table = TABLE_OF[type(record)]
        given = mapping.as_columns(values) if values else values
        if self._gathering and table in self._next_id and not given.get("id", getattr(record, "id", True)):
            names, values_of = mapping.row_maker(typing.cast(Any, type(record)), tuple(given))
            row_id = self._next_id[table]
            return self._queue_row(table, names, row_id, values_of(vars(record), row_id, given))
        row = {**mapping.to_columns(record), **given}
        if not row.get("id", True):
            del row["id"]
        return self.insert_raw(table, row)

    def update(self, kind: type[Any], row_id: int, /, **values: Any) -> None:
        """Set the named fields of one row; a row that is not there raises ``KeyError``."""
        table = TABLE_OF[kind]
        before = self.current(table, row_id)
        if before is None:
            raise KeyError(f"{table} {row_id}")
        self._write(table, row_id, before, self._merged(table, row_id, before, mapping.as_columns(values)))

    def update_each(self, kind: type[Any], values: Mapping[int, Mapping[str, Any]]) -> None:
        """Set the named fields of several rows, by their id, after reading them in one SELECT.

        Raises:
            KeyError: a row does not exist.
        """
        if not values:
            return
        self.flush()
        table = TABLE_OF[kind]
        query = f"SELECT * FROM [{table}] WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
        found = {row["id"]: row for row in mapping.read(self._database, query, [json.dumps(list(values))])}
        for row_id, wanted in values.items():
            before = found.get(row_id)
            if before is None:
                raise KeyError(f"{table} {row_id}")
            self._write(table, row_id, before, self._merged(table, row_id, before, mapping.as_columns(wanted)))

    def save(self, record: Any) -> int:
        """Set every field of the row with the record's id, or insert the record where there is none; return the id."""
        if not record.id:
            return self.insert(record)
        table, row_id, row = TABLE_OF[type(record)], int(record.id), mapping.to_row(record)
        before = self.current(table, row_id)
        if before is None:
            return self.insert(record)
        self._write(table, row_id, before, self._merged(table, row_id, before, row))
        return row_id

    def update_or_insert(self, kind: type[Any], existing: Any | None, /, **values: Any) -> int:
        """Set the named fields of the row of ``existing``, or insert a new row with them; return the id.

        Other fields of an existing row are kept, which saving a new record would empty.

        Args:
            existing: the record as it was read, None where there is none yet.
        """
        if existing is None or not existing.id:
            return self.insert(kind(**values))
        self.update(kind, existing.id, **values)
        return int(existing.id)

    def correct(self, existing: Any | None, edited: Any) -> int:
        """Set the fields of a row in which ``edited`` corrects it (``corrections``), or insert that; return the id."""
        return self.update_or_insert(type(edited), existing, **corrections(existing, edited))

    def is_added_since(self, kind: type[Any], row_id: int) -> bool:
        """Return whether a colleague added the row since the form was opened, so that saving a list keeps it."""
        return self._comparison is not None and self._comparison.is_added_since(TABLE_OF[kind], row_id)

    def delete(self, kind: type[Any], row_id: int) -> None:
        """Delete one row (its image stays in the journal) and clear the references to it that may be empty.

        A row that is not there is no error.

        Raises:
            ChangedSince: a colleague changed or added it since the form was opened.
        """
        table = TABLE_OF[kind]
        before = self.current(table, row_id)
        if before is not None:
            if self._comparison is not None:
                self._comparison.check_delete(table, row_id)
            self._write(table, row_id, before, None)

    def _clear_references(self, table: str, row_id: int) -> None:
        """Clear the columns that refer to a row with ON DELETE SET NULL, each in the journal.

        SQLite would clear them by itself, and an undo would bring back the row alone.
        """
        if self._leading is None:
            found = self._database.execute(_REFERENCES_QUERY).fetchall()
            self._leading = [(str(there), str(other), str(column)) for there, other, column in found]
        for there, other, column in self._leading:
            if there == table:
                query = f"SELECT id FROM [{other}] WHERE [{column}] = ?"  # noqa: S608
                for (other_id,) in self._database.execute(query, [row_id]).fetchall():
                    before = self.current(other, int(other_id))
                    assert before is not None
                    self._write(other, int(other_id), before, {**before, column: None})

    def insert_raw(self, table: str, row: Mapping[str, Any]) -> int:
        """Insert a raw row as stored and return its id (used by ``insert`` and when a change is replayed)."""
        if self._gathering and "id" not in row and table in self._next_id:
            row_id = self._next_id[table]
            return self._queue_row(table, ("id", *row), row_id, (row_id, *row.values()))
        self.flush()
        cursor = self._database.execute(_insertion(table, list(row)), list(row.values()))
        row_id = int(row.get("id") or cursor.lastrowid or 0)
        self._written.append(RowChange(table=table, row_id=row_id, before=None, after=self.current(table, row_id)))
        if self._gathering:
            # The highest id so far, since nobody else writes: SQLite would give the next row the one after it.
            self._next_id[table] = row_id + 1 if "id" not in row else self._highest_id(table) + 1
        return row_id

    def _queue_row(self, table: str, names: tuple[str, ...], row_id: int, values: tuple[Any, ...]) -> int:
        """Keep a new row until ``flush``, with its position in the journal, and return its id."""
        held = self._waiting.get(table)
        if held is not None and held.names != names:
            self.flush()
            held = None
        if held is None:
            held = self._waiting[table] = _PendingRows(names, row_id)
        held.positions.append(len(self._written))
        held.rows.append(values)
        self._written.append("")
        self._next_id[table] = row_id + 1
        return row_id

    def _highest_id(self, table: str) -> int:
        found = self._database.execute(f"SELECT max(id) FROM [{table}]").fetchone()  # noqa: S608
        return int(found[0] or 0)

    def restore(self, table: str, row_id: int, image: Mapping[str, Any] | None) -> None:
        """Set one row back to ``image`` (None = delete it), or insert it if it is gone; nothing if it is so already."""
        before = self.current(table, row_id)
        if before is None and image is not None:
            self.insert_raw(table, image)
        elif before is not None and before != image:
            self._write(table, row_id, before, dict(image) if image is not None else None)

    def current(self, table: str, row_id: int) -> dict[str, Any] | None:
        """Return the raw row as it is now, or None."""
        if self._waiting:
            self.flush()
        # Plain execute: the convenience of query() costs more than the read itself, once or twice a save.
        cursor = self._database.execute(f"SELECT * FROM [{table}] WHERE id = ?", [row_id])  # noqa: S608
        found = cursor.fetchone()
        return dict(zip((column[0] for column in cursor.description), found, strict=True)) if found else None

    def _merged(self, table: str, row_id: int, before: dict[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row with the values of ``row``, after comparing them with a colleague's changes."""
        if self._comparison is not None:
            row, unchosen = self._comparison.compare(table, row_id, before, row)
            self._record_unchosen(table, row_id, before, unchosen)
        return {**before, **{name: value for name, value in row.items() if before[name] != value}}

    def _record_unchosen(self, table: str, row_id: int, before: dict[str, Any], unchosen: Mapping[str, Any]) -> None:
        """Record in the journal typed values that lost against a colleague's, without keeping them in the row."""
        if not unchosen:
            return
        passing = {**before, **unchosen}
        with suppress(*storage_errors.ENGINE_ERRORS):  # an invalid value is not recorded either
            self._write(table, row_id, before, passing)
            self._write(table, row_id, passing, before)

    def _write(self, table: str, row_id: int, before: dict[str, Any], after: dict[str, Any] | None) -> None:
        """Write one row, or delete it (``after`` None), for the journal too; a row that stays the same is left."""
        if after is None:
            self._clear_references(table, row_id)
            # SQLite may reuse the id of the last row.
            self._next_id.pop(table, None)
            self._database.execute(f"DELETE FROM [{table}] WHERE id = ?", [row_id])  # noqa: S608
        else:
            names = [name for name in after if after[name] != before[name]]
            if not names:
                return
            assignments = ", ".join(f"[{name}] = ?" for name in names)
            self._database.execute(
                f"UPDATE [{table}] SET {assignments} WHERE id = ?",  # noqa: S608
                [*(after[name] for name in names), row_id],
            )
        self._written.append(RowChange(table=table, row_id=row_id, before=before, after=after))


def _order_of_writing(tables: Iterable[str]) -> list[str]:
    """Return the tables in writing order, contacts just before people, so search keys are made once.

    Triggers make a person's search key from person and contacts, at each row of either. Everything that
    refers to a person is found by an index: while a contact waits for its person, SQLite looks for it at each
    new person.
    """
    order = list(tables)
    if {"people", "contacts"} <= set(order):
        order.remove("contacts")
        order.insert(order.index("people"), "contacts")
    return order


def _insertion(table: str, names: Sequence[str]) -> str:
    """Return the INSERT statement for one row of these columns."""
    columns = ", ".join(f"[{name}]" for name in names)
    return f"INSERT INTO [{table}] ({columns}) VALUES {_placeholders(names)}"  # noqa: S608


def _placeholders(names: Sequence[str]) -> str:
    return f"({', '.join('?' for _ in names)})"


def append(
    database: Database, key: bytes, entry: JournalEntry, payload: str, *, lock_number: int = 0
) -> dict[str, Any]:
    """Append ``entry`` to the chain with the next number; return its row as stored.

    Args:
        payload: its rows as the journal stores them (``Change.payload``).
        lock_number: of the write lock held; 0 where there is none (a 当日持出しファイル).
    """
    last = database.execute("SELECT seq, chain FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    row = {
        "seq": (last[0] if last else 0) + 1,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "action": entry.action,
        "subject": entry.subject,
        "event_id": entry.event_id,
        "undo_of": entry.undo_of,
        "redo_of": entry.redo_of,
        "barrier": int(entry.barrier),
        "payload": payload,
        "payload_hash": payload_hash(key, payload),
        **({"seat": lock_number} if lock_number else {}),
    }
    row["chain"] = chain_link(key, last[1] if last else "", row)
    insert_row(database, row)
    return row


def insert_row(database: Database, row: Mapping[str, Any]) -> None:
    """Insert a journal row as stored (also when a lost change is replayed from the change log).

    The lock number is left out where the data have a schema without it.
    """
    row = {name: value for name, value in row.items() if name != "seat" or value}
    database.execute(
        f"INSERT INTO journal ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})",  # noqa: S608
        list(row.values()),
    )


def chain_link(key: bytes, previous: str, row: Mapping[str, Any]) -> str:
    """Return the chain value of ``row`` after ``previous``, an HMAC over everything but the payload."""
    parts = [previous] + [
        str(row[name])
        for name in (
            "seq",
            "at",
            "by",
            "action",
            "subject",
            "event_id",
            "undo_of",
            "redo_of",
            "barrier",
            "payload_hash",
        )
    ]
    if row.get("seat"):  # a row from before lock numbers keeps its link
        parts.append(str(row["seat"]))
    return hmac.digest(key, "\x1f".join(parts).encode(), "sha256").hex()


def check_chain(database: Database, key: bytes) -> list[str]:
    """Return findings on altered, removed or reordered journal rows as Japanese sentences (empty = intact).

    A payload must match the hash that an erasing recorded for it, else its own.
    """
    given = rewritten_hashes(database, key)
    findings = []
    previous = ""
    expected = 1
    seat = 0
    for row in mapping.read(database, "SELECT * FROM journal ORDER BY seq"):
        if row["seq"] != expected:
            findings.append(f"履歴 {expected} 番が欠けています。")
        if payload_hash(key, row["payload"]) != given.get(row["seq"], row["payload_hash"]):
            findings.append(f"履歴 {row['seq']} 番の内容が変えられています。")
        if chain_link(key, previous, row) != row["chain"]:
            findings.append(f"履歴 {row['seq']} 番のつながりが合いません。")
        if row.get("seat", 0) < seat:
            findings.append(f"履歴 {row['seq']} 番は、前の番号より古い席のものです。")
        previous = row["chain"]
        expected = row["seq"] + 1
        seat = row.get("seat", 0)
    return findings


def rewritten_hashes(database: Database, key: bytes, *, below: int = 1 << 62) -> dict[int, str]:
    """Return the hash that erasings below ``below`` recorded for each payload, later erasings first.

    An erasing is trusted when its own payload matches the hash that a later trusted one gives it, else its own hash.
    """
    given: dict[int, str] = {}
    query = "SELECT seq, payload, payload_hash FROM journal WHERE subject = ? AND seq < ? ORDER BY seq DESC"
    for seq, payload, own in database.execute(query, [ERASING_SUBJECT, below]).fetchall():
        if payload_hash(key, payload) == given.get(seq, own):
            for number, told in _rewritten_images(payload):
                if number < seq:
                    given.setdefault(number, told)
    return given


def _rewritten_images(payload: str) -> Iterator[tuple[int, str]]:
    """Yield number and new payload hash of each journal entry that an erasing rewrote; ``payload`` is the erasing's."""
    with suppress(ValueError, KeyError, TypeError):  # an invalid payload yields nothing
        for change in json.loads(payload):
            if change["table"] == "erasings" and change["before"] is None:
                for image in json.loads(change["after"]["images"]):
                    yield int(image["seq"]), str(image["hash"])


def to_entry(row: Mapping[str, Any]) -> JournalEntry:
    """Return a stored journal row as an entry with its row changes."""
    changes = tuple(RowChange(**item) for item in json.loads(row["payload"] or "[]"))
    return JournalEntry(
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        by=row["by"],
        action=row["action"],
        subject=row["subject"],
        event_id=row["event_id"],
        changes=changes,
        undo_of=row["undo_of"],
        redo_of=row["redo_of"],
        barrier=bool(row["barrier"]),
    )


def payload_hash(key: bytes, payload: str) -> str:
    """Return the keyed hash of a payload."""
    return hmac.digest(key, b"payload" + payload.encode(), "sha256").hex()
