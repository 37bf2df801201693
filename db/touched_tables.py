"""Which tables a read or an action reads and writes, by the statements that it runs."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.record import frozen

if TYPE_CHECKING:  # the first page needs no database
    from db.engine import Database

_WRITING = frozenset(("INSERT", "UPDATE", "DELETE", "REPLACE"))


@frozen
class Schema:
    """The names of all tables, and for each trigger its table and the tables that it names."""

    tables: frozenset[str]
    triggers: tuple[tuple[str, frozenset[str]], ...]


def read_schema(database: Database) -> Schema:
    """Return the tables and triggers of an opened database."""
    found = database.conn.execute("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    tables = frozenset(str(table) for kind, table, _sql in found if kind == "table")
    return Schema(tables, tuple((str(table), _words(sql) & tables) for kind, table, sql in found if kind == "trigger"))


class TouchedTables:
    """The tables that one part of the window has read so far, or that an action has written.

    A table counts when its name is a word of a statement: one too many costs a reading, a missing one would leave
    old rows on the screen. ``reads_more`` says that something else than tables was read, or that a read failed.
    """

    def __init__(self, *, reads_more: bool = False):
        self.reads_more = reads_more
        self.read: frozenset[str] = frozenset()
        self.written: frozenset[str] = frozenset()

    @contextmanager
    def recording(self, database: Database, schema: Schema) -> Iterator[None]:
        """Record the statements that run on ``database`` within the block."""
        statements = set()
        try:
            with database.tracer(lambda statement, _given: statements.add(statement)):
                yield
        except BaseException:
            self.reads_more = True
            raise
        finally:
            self._add(schema, statements)

    def meets(self, written: frozenset[str]) -> bool:
        """Return whether what was read may differ after a change that wrote these tables."""
        return self.reads_more or not self.read.isdisjoint(written)

    def _add(self, schema: Schema, statements: Iterable[str]) -> None:
        """Add the tables of the statements; a read without any looked at something else, such as files."""
        named = [_words(one) for one in statements]
        read = schema.tables.intersection(frozenset[str]().union(*named))
        written = schema.tables.intersection(frozenset[str]().union(*(one for one in named if one & _WRITING)))
        for _ in schema.triggers:
            written = written.union(*(others for table, others in schema.triggers if table in written))
        self.reads_more = self.reads_more or not read
        self.read, self.written = self.read | read, self.written | written


@functools.lru_cache(maxsize=4096)
def _words(statement: str) -> frozenset[str]:
    """Return the words of a statement, among them the names of its tables."""
    return frozenset(re.findall(r"\w+", statement))
