"""Names for the rows of the sample year that a test of many services needs."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.actions.action_context import ActionContext
from app.submissions.reports.services import reports
from db.records.agreements import Agreement
from db.store import Store
from db.tables import agreements, events, materials, surveys
from db.tables import reports as report_table
from tests.support.sample import NOW, event_id, sample_store

OTHER = "見本　同僚"
_OF_THE_JOURNAL = ("journal", "former_names", "_sqlite_migrations", "facts")
"""What grows with every action, an undo too."""
_BY_COLUMN = ("outgoing", "acts", "stored_files")
DAY = date(2026, 12, 1)


class _Written:
    """Says into which tables a connection wrote: the whole year is looked at five times for every act that undo is
    tried with, and an act writes into few of its tables.

    The engine itself keeps the list, by triggers of this connection alone; what is rolled back goes from it, too.
    """

    def __init__(self) -> None:
        self._watched: tuple[Any, set[str]] = (None, set())
        self._by_others = -1

    def since_last(self, database: Any, names: Sequence[str]) -> set[str]:
        """Return the tables that were written into since the last call; at the first call all of them."""
        if database.conn.in_transaction:  # what is read in it may be rolled back: now and next time everything
            self._by_others = -1
            return set(names)
        if self._watched[0] is not database.conn:
            database.conn.execute("CREATE TEMP TABLE written (name TEXT)")
            self._watched = (database.conn, set())
        watched = self._watched[1]
        new = set(names) - watched
        for name in new:
            for act in ("INSERT", "UPDATE", "DELETE"):
                database.conn.execute(
                    f"CREATE TEMP TRIGGER [written {name} {act}] AFTER {act} ON main.[{name}] BEGIN "
                    f"INSERT INTO written SELECT '{name}' WHERE '{name}' NOT IN (SELECT name FROM written); END"
                )
        watched |= new
        found = {name for (name,) in database.conn.execute("SELECT name FROM written").fetchall()}
        database.conn.execute("DELETE FROM written")
        # The engine's own word on what somebody else's connection wrote, which these triggers do not see.
        (by_others,) = database.conn.execute("PRAGMA data_version").fetchone()
        if by_others != self._by_others:
            self._by_others = by_others
            return set(names)
        return new | (found & set(names))


class World:
    """The sample year with its rows at hand; ``folder`` is free for files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: Store = sample_store(folder)
        self._written = _Written()
        self._read: dict[str, list[Any]] = {}
        held = {f"L{number}": event_id(self.store, "講習会", number) for number in range(1, 8)}
        self.events = held | {f"D{number}": event_id(self.store, "派遣", number) for number in range(1, 4)}
        self.events |= {f"E{number}": event_id(self.store, "意見交換会", number) for number in (1, 2)}

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every table but the journal, to compare whole states; those of ``_BY_COLUMN`` by
        their columns. Whoever gets the lists leaves them as they are: a table nobody wrote into is handed out again."""
        database = self.store.database
        names = [name for name in database.table_names() if name not in _OF_THE_JOURNAL]
        for name in self._written.since_last(database, names):
            asked = f"SELECT * FROM [{name}] ORDER BY 1"
            by_column = name in _BY_COLUMN
            self._read[name] = list(database.query(asked)) if by_column else database.conn.execute(asked).fetchall()
        return {name: self._read[name] for name in names}

    @property
    def other(self) -> ActionContext:
        """How a colleague acts, whose acts undo leaves alone."""
        return ActionContext(self.store, OTHER, NOW)

    def put(self, *records: Any) -> list[int]:
        """Let the colleague insert rows."""
        with self.store.change(action="用意", by=OTHER, now=NOW) as change:
            return [change.insert(record) for record in records]

    def change(self, kind: type[Any], row_id: int, **values: Any) -> None:
        """Let the colleague change a row."""
        with self.store.change(action="用意", by=OTHER, now=NOW) as change:
            change.update(kind, row_id, **values)

    def topic(self, event: str, *, settled: bool) -> Agreement:
        found = agreements.of_event(self.store.database, self.events[event])
        return next(one for one in found if bool(one.settled_on) == settled)

    def equipment(self, event: str, *, checked: bool) -> int:
        found = events.equipment(self.store.database, self.events[event])
        return next(one.id for one in found if bool(one.checked_on) == checked)

    def step(self, event: str, *, done: bool) -> int:
        found = events.recruitment_steps(self.store.database, self.events[event])
        return next(one.id for one in found if bool(one.done_on) == done)

    def material(self, event: str, number: int = 0) -> int:
        return materials.of_event(self.store.database, self.events[event])[number].id

    def version(self, event: str, number: int = 0) -> int:
        return materials.versions(self.store.database, self.material(event, number))[-1].id

    def finding(self, event: str, number: int = 0) -> int:
        return materials.findings(self.store.database, self.version(event, number))[0].id

    def survey(self, event: str) -> int:
        found = surveys.survey_of_event(self.store.database, self.events[event])
        assert found is not None
        return found.id

    def sheet(self, event: str, source: str = "紙") -> int:
        found = surveys.responses(self.store.database, self.survey(event))
        return next(one.id for one in found if one.source == source)

    def report(self, event: str, way: str = "作成") -> int:
        found = reports.newest_report(report_table.reports_of_event(self.store.database, self.events[event]), way)
        assert found is not None
        return found.id

    def figure(self, event: str) -> int:
        return report_table.figures_of_report(self.store.database, self.report(event, "受領"))[0].id
