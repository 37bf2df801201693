"""Saves the lines of an event that one form edits as a whole: timetable, equipment, recruitment steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from db.journal import Change
from db.records.events import AgendaItem, EquipmentItem, RecruitmentStep

Line = TypeVar("Line", AgendaItem, EquipmentItem, RecruitmentStep)


def write_lines(change: Change, event_id: int, lines: Sequence[Line], *, present: Sequence[Line] = ()) -> None:
    """Save ``lines`` as those of the event in this order, within an open change.

    A line with the id of an existing row keeps its row. Other rows are deleted, except those a colleague added since
    the form was opened.

    Args:
        present: the existing rows.
    """
    known = {row.id for row in present}
    kept = set()
    for position, line in enumerate(lines):
        row_id = line.id if line.id in known else 0
        kept.add(change.save(replace(line, id=row_id, event_id=event_id, position=position)))
    for row in present:
        if row.id not in kept and not change.is_added_since(type(row), row.id):
            change.delete(type(row), row.id)
