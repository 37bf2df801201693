"""Which image of the journal belongs to which life: a row from the step in which it came to be to where it went.

A row's number alone does not say whose an image is: SQLite gives the number of the last deleted row once more. A delete
that is taken back, or repeated after it was taken back, goes on with the same life.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from db import mapping
from db.engine import Database

_STEPS: Final = "SELECT seq, at, by, action, chain, undo_of, redo_of, payload FROM journal WHERE seq < ? ORDER BY seq"
_NO_END: Final = 1 << 62


class Life(NamedTuple):
    """One life of a row: ``born`` is the number of its first step, ``link`` that step's chain value."""

    table: str
    row_id: int
    born: int
    link: str


@dataclass(frozen=True)
class LivedStep:
    """One step: its images as plain JSON, and whose each one before and after is (None = there was no row).

    ``link`` is its chain value, by which it is known beyond a gap; ``on`` the day that it noted, ``by`` who did it,
    ``action`` its words.
    """

    seq: int
    link: str
    on: date
    by: str
    action: str
    changes: list[dict[str, Any]]
    before: tuple[Life | None, ...]
    after: tuple[Life | None, ...]


@dataclass
class Lives:
    """Every life of a journal with its last image, which of them go on, the day on which one ended last, and what each
    was ever called."""

    last: dict[Life, dict[str, Any]] = field(default_factory=dict)
    now: dict[tuple[str, int], Life] = field(default_factory=dict)
    ended_on: dict[Life, date] = field(default_factory=dict)
    names: dict[Life, set[str]] = field(default_factory=dict)

    def take(self, life: Life, image: dict[str, Any]) -> None:
        """Note a further image of a life."""
        self.last[life] = image
        if isinstance(name := image.get("name"), str):
            self.names.setdefault(life, set()).add(name)

    def of_table(self, table: str) -> dict[Life, dict[str, Any]]:
        """Return the lives of a table with their last images, those that ended too."""
        return {life: image for life, image in self.last.items() if life.table == table}

    def goes_on(self, life: Life) -> bool:
        """Say whether the row of a life is there now."""
        return self.now.get((life.table, life.row_id)) == life


@dataclass
class _Walk:
    """Where the walk along the journal stands."""

    now: dict[tuple[str, int], Life] = field(default_factory=dict)
    ended: dict[tuple[str, int], Life] = field(default_factory=dict)
    in_step: dict[tuple[int, str, int], Life] = field(default_factory=dict)

    def take(self, row: dict[str, Any]) -> LivedStep:
        seq, undone = int(row["seq"]), row["undo_of"] or row["redo_of"]
        changes: list[dict[str, Any]] = json.loads(row["payload"] or "[]")
        before: list[Life | None] = []
        after: list[Life | None] = []
        for change in changes:
            at = (str(change["table"]), int(change["row_id"]))
            if change["before"] is None:
                before.append(None)
            else:
                self.now.setdefault(at, Life(*at, seq, str(row["chain"])))
                before.append(self.now[at])
            if change["after"] is None:
                after.append(None)
                gone = self.now.pop(at, None)
                if gone is not None:
                    self.ended[at] = gone
            else:
                if at not in self.now:
                    again = self.in_step.get((int(undone), *at)) or self.ended.get(at) if undone else None
                    self.now[at] = again or Life(*at, seq, str(row["chain"]))
                after.append(self.now[at])
            whose = after[-1] or before[-1]
            if whose is not None:
                self.in_step[seq, *at] = whose
        day = datetime.fromisoformat(row["at"]).date()
        return LivedStep(
            seq, str(row["chain"]), day, str(row["by"]), str(row["action"]), changes, tuple(before), tuple(after)
        )


def walk(database: Database, *, below: int = _NO_END) -> Iterator[LivedStep]:
    """Walk the steps below a number, the first one first."""
    so_far = _Walk()
    for row in mapping.read(database, _STEPS, [below]):
        yield so_far.take(row)


def lives_of(database: Database) -> Lives:
    """Return every life that the journal tells of."""
    so_far, found = _Walk(), Lives()
    for row in mapping.read(database, _STEPS, [_NO_END]):
        step = so_far.take(row)
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            if before is not None:
                found.take(before, change["before"])
            if after is not None:
                found.take(after, change["after"])
            elif before is not None:
                found.ended_on[before] = step.on
    found.now = so_far.now
    return found
