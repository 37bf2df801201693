"""Writes the lines of an event that one form holds as a whole: its timetable, its equipment, its steps of
recruitment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from db.journal import Change
from db.records.events import AgendaItem, EquipmentItem, RecruitmentStep

Line = TypeVar("Line", AgendaItem, EquipmentItem, RecruitmentStep)


def write_lines(change: Change, event_id: int, lines: Sequence[Line], *, present: Sequence[Line] = ()) -> None:
    """Make ``lines`` those of the event, in the order given, inside an open change.

    One with the id of a row that stands keeps its row. Rows no longer among them are deleted, but for those that a
    colleague added since the form was opened.

    Args:
        present: the rows that stand now.
    """
    known = {row.id for row in present}
    kept = set()
    for position, line in enumerate(lines):
        row_id = line.id if line.id in known else 0
        kept.add(change.save(replace(line, id=row_id, event_id=event_id, position=position)))
    for row in present:
        if row.id not in kept and not change.is_added_since(type(row), row.id):
            change.delete(type(row), row.id)
