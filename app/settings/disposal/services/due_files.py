"""Stored files due for erasing: copies of 派遣の希望票 and pictures of reports, each by the rule of its kind.

Adding a kind: its rule in ``programme/rules/retention.py``, its rows in ``db.tables.documents.files_with_erasing_day``,
and a line in ``FILE_KINDS`` and ``_KIND_OF``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.programme.holds import Holds, read_holds
from app.programme.rules import PHOTOS, REQUEST_FORMS, Retention, retention_end
from app.programme.services import agreed_years
from db.engine import Database
from db.erasing import Cells
from db.journal import Change
from db.record import RowsById, record
from db.records.dispatches import DispatchRequest
from db.records.disposals import Disposal
from db.records.documents import StoredFile
from db.records.erasing import ErasedFile
from db.records.events import Event
from db.records.programme import Programme
from db.records.submissions.reports import Report
from db.redactions import REDACTED
from db.row_history import RowHistories, RowHistory
from db.rows import by_id, rows
from db.tables import documents
from db.tables.journal import referring_to_each

DisposalKind = tuple[Retention, str, str]
"""The retention rule of a kind of data, the unit it is counted in, and when its purpose ended."""
FILE_KINDS: tuple[DisposalKind, ...] = (
    (REQUEST_FORMS, "枚", "派遣の決定と日程の相談が終わった"),
    (PHOTOS, "枚", "実施報告書への掲載が終わった"),
)
_KIND_OF: Mapping[str, Retention] = {"dispatch_wishes": REQUEST_FORMS, "report_photos": PHOTOS}
_KEYS = frozenset(kind.key for kind, _unit, _why in FILE_KINDS)


@record
class DueFile:
    """One stored file, the key of its ``Retention``, and the last day it is kept; ``event_id`` None = of no event.

    ``row`` is table and id of the row that uses it, or used it last.
    """

    kind: str
    file_id: int
    keyed_hash: str
    until: date
    row: tuple[str, int]
    event_id: int | None


def due_files(database: Database, *, today: date, by: date | None = None) -> tuple[DueFile, ...]:
    """Return every stored file of these kinds that is neither marked, erased nor held, a line for each row using it.

    Equal content is stored once: where several rows of these kinds use it, the latest of their days counts for each;
    what another row keeps for its own purpose is left out.

    Args:
        by: stop early and return nothing when no file is due by this day.
    """
    every = documents.files_with_erasing_day(database)
    if not every:
        return ()
    years, holds = RowsById(agreed_years(database)), read_holds(database, today)
    counted = any(row.start.is_event for year in years.values() for row in year.retention)
    days = {one.id: one.event_date for one in rows(database, Event)} if counted else {}
    found = [one for one in every if one.table]
    due = tuple(
        DueFile(
            kind=_KIND_OF[one.table].key,
            file_id=one.file_id,
            keyed_hash=one.keyed_hash,
            until=one.day or retention_end(_KIND_OF[one.table], years[one.programme_id], days.get(one.event_id or 0)),
            row=(one.table, one.row_id),
            event_id=one.event_id,
        )
        for one in found
        if not holds.keeps(event_id=one.event_id, programme_id=one.programme_id)
    ) + _unreferenced_files(database, [one for one in every if not one.table], years, holds)
    ours = {one.row for one in due}
    last: dict[int, date] = {}
    for one in due:
        last[one.file_id] = max(one.until, last.get(one.file_id, one.until))
    if by is not None and not any(day <= by for day in last.values()):
        return ()
    elsewhere = referring_to_each(database, "stored_files", last)
    alone = {number for number in last if elsewhere.get(number, set()) <= ours}
    return tuple(replace(one, until=last[one.file_id]) for one in due if one.file_id in alone)


def _unreferenced_files(
    database: Database, found: Sequence[documents.DatedFile], years: RowsById[Programme], holds: Holds
) -> tuple[DueFile, ...]:
    """Return files of these kinds that no row uses any more (a removed picture, a replaced 希望票).

    Each is due as if the row that used it last still did.
    """
    had = documents.former_references(database, [one.file_id for one in found]) if found else {}
    due = []
    for one in found:
        table, row_id, image = had.get(one.file_id, ("", 0, {}))
        event = _event_of(database, image)
        event_id = event.id if event is not None else None
        if table in _KIND_OF and not holds.keeps(event_id=event_id, programme_id=int(image.get("programme_id") or 0)):
            due.append(
                DueFile(
                    kind=_KIND_OF[table].key,
                    file_id=one.file_id,
                    keyed_hash=one.keyed_hash,
                    until=_until(_KIND_OF[table], image, event, years),
                    row=(table, row_id),
                    event_id=event_id,
                )
            )
    return tuple(due)


def _until(kind: Retention, image: Mapping[str, Any], event: Event | None, years: RowsById[Programme]) -> date:
    """Return the last day of a file from the image of the row that had it, and the event of that.

    If its year is unknown, the latest year counts.
    """
    year = years.get(event.programme_id if event is not None else int(image.get("programme_id") or 0))
    if image.get("dispose_on"):
        return date.fromisoformat(str(image["dispose_on"]))
    day = event.event_date if event is not None else None
    return max(retention_end(kind, one, day) for one in ([year] if year is not None else years.values()))


def _event_of(database: Database, image: Mapping[str, Any]) -> Event | None:
    """Return the event of the report that a row image refers to, None where it refers to none."""
    report = by_id(database, Report, image.get("report_id"))
    return by_id(database, Event, report.event_id) if report is not None else None


def mark_files(database: Database, change: Change, *, kinds: Collection[str], on: date, until: date) -> None:
    """Hide the files of ``kinds`` that are due by ``until``, within the erasure just recorded.

    Their original file names are hidden too, which often name somebody.
    """
    found = [one for one in due_files(database, today=on) if one.kind in kinds and one.until <= until]
    for kind in {one.kind for one in found}:
        noted = next(iter(rows(database, Disposal, kind=kind, order="-id")))
        for name in dict.fromkeys(one.keyed_hash for one in found if one.kind == kind):
            change.insert(ErasedFile(keyed_hash=name, since=on, disposal_id=noted.id))
    change.update_each(StoredFile, {one.file_id: {"name": REDACTED} for one in found})
    slips = {one.id for one in rows(database, DispatchRequest) if one.file_name}
    named = {one.row[1] for one in found if one.row[0] == "dispatch_wishes"} & slips
    change.update_each(DispatchRequest, {number: {"file_name": REDACTED} for number in named})


@record
class FilesToErase:
    """Marked files that are erased now: their names (keyed hashes), and the cells that name them.

    ``outcome`` has the counts ``erased``, ``stayed`` and ``removed_before`` by the id of each ``Disposal``.
    """

    names: tuple[str, ...]
    cells: Cells
    outcome: dict[int, dict[str, int]]


def files_to_erase(database: Database, histories: RowHistories, waiting: Sequence[Disposal]) -> FilesToErase:
    """Return the files of waiting erasures that are erased now; files received again since stay."""
    ours = RowsById(one for one in waiting if one.kind in _KEYS)
    marked = [one for one in rows(database, ErasedFile, gone=False) if one.disposal_id in ours]
    names = {one.keyed_hash for one in marked}
    files = {one.id for one in rows(database, StoredFile) if one.keyed_hash in names} if names else set()
    cells = {}
    for life, image in histories.last_images.items():
        if life.table == "stored_files" and image.get("keyed_hash") in names:
            cells[life] = {"name": REDACTED}
        elif life.table == "dispatch_wishes" and image.get("file_id") in files:
            cells[life] = {"file_name": REDACTED}
    counted = Counter(one.disposal_id for one in marked)
    outcome = {
        number: {"erased": counted[number], "stayed": one.count - counted[number], "removed_before": 0}
        for number, one in ours.items()
    }
    return FilesToErase(names=tuple(sorted(names)), cells=cells, outcome=outcome)


def merge_cells(wanted: Cells, more: Cells) -> dict[RowHistory, dict[str, str]]:
    """Return the cells of both mappings, joined by row history."""
    return {life: {**wanted.get(life, {}), **more.get(life, {})} for life in (*wanted, *(set(more) - set(wanted)))}
