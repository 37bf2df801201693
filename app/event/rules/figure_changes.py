"""Decides whether row changes of an event can affect its reported numbers.

A telephone number, a place or a remark affects none, nor does a change that was undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from db.mapping import TABLE_OF
from db.records.accounts import RowChange
from db.records.documents import Notification
from db.records.events import AgendaItem, EventResult
from db.records.participants import HEADCOUNT_KEY, HeadcountNotice
from db.records.roster import Entry, TabletLoan
from db.records.submissions.materials import MaterialVersion
from db.records.surveys import EventSurvey, SurveyResponse

_COUNTED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    TABLE_OF[Entry]: (
        "event_id", "state", "applied_at", "device", "attendance", "absent_told_at", "walk_in", "substitute_for",
        "person_id", "organisation_id", "organisation_name",
    ),
    TABLE_OF[EventResult]: (
        "applied", "applied_organisations", "attended", "attended_organisations", "absent", "walk_ins",
        "lent_devices", "own_devices", "source",
    ),
    TABLE_OF[TabletLoan]: ("event_id", "entry_id", "out_at", "back_at"),
    TABLE_OF[AgendaItem]: ("minutes",),
    TABLE_OF[HeadcountNotice]: ("people",),
    TABLE_OF[Notification]: ("key", "told_on", "withdrawn", "facts"),
    TABLE_OF[MaterialVersion]: ("version", "result"),
    TABLE_OF[EventSurvey]: ("questions", "distributed", "frozen_at"),
    TABLE_OF[SurveyResponse]: ("survey_id", "source", "answers", "counted"),
}  # fmt: skip
"""Columns by table from which the numbers of a report are counted."""


def changes_figures(changes: Iterable[RowChange], event_id: int) -> bool:
    """Return whether counted columns differ after ``changes``.

    Args:
        changes: in the order of writing.
        event_id: rows that name another event both before and after are ignored.
    """
    before: dict[tuple[str, int], Any] = {}
    after = {}
    for one in changes:
        if one.table in _COUNTED_COLUMNS and _concerns_event(one, event_id):
            before.setdefault((one.table, one.row_id), _counted_values(one.table, one.before))
            after[one.table, one.row_id] = _counted_values(one.table, one.after)
    return any(before[row] != after[row] for row in before)


def _concerns_event(change: RowChange, event_id: int) -> bool:
    """Return whether a change is about the event; a row that names no event counts.

    Of notifications only those of the headcount count.
    """
    images = [one for one in (change.before, change.after) if one is not None]
    if change.table == TABLE_OF[Notification] and not any(one.get("key") == HEADCOUNT_KEY for one in images):
        return False
    return any(one.get("event_id", event_id) == event_id for one in images)


def _counted_values(table: str, image: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    return None if image is None else tuple(map(image.get, _COUNTED_COLUMNS[table]))
