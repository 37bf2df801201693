"""Records to rows and back: dates as ISO text, tuples and mappings as JSON, nothing normalised.

It is said first which record lives in which table, and which tables are ledgers whose rows are never deleted.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

from db.engine import Database
from db.records import (
    accounts,
    agreements,
    applications,
    calls,
    events,
    materials,
    organisations,
    papers,
    participants,
    programme,
    protection,
    reports,
    roster,
    surveys,
    venues,
)

TABLE_OF: Final[dict[type[Any], str]] = {
    programme.Programme: "programmes",
    programme.KindNumbers: "kind_numbers",
    programme.ClosedDay: "closed_days",
    programme.Office: "offices",
    programme.Contractor: "contractors",
    programme.PaperSetting: "paper_settings",
    programme.ContractTerms: "contract_terms",
    programme.TaskClosing: "task_closings",
    accounts.User: "users",
    organisations.Organisation: "organisations",
    organisations.Person: "people",
    organisations.Membership: "memberships",
    organisations.Contact: "contacts",
    organisations.StageMark: "stage_marks",
    organisations.Subsidy: "subsidies",
    applications.Application: "applications",
    applications.ForeignImport: "foreign_imports",
    applications.ColumnMap: "column_maps",
    roster.Entry: "entries",
    roster.Selection: "selections",
    roster.TableGroup: "table_groups",
    roster.GroupWish: "group_wishes",
    roster.Arrangement: "arrangements",
    roster.Tablet: "tablets",
    roster.TabletLoan: "tablet_loans",
    calls.ChangeDecision: "change_decisions",
    calls.Call: "calls",
    venues.Venue: "venues",
    venues.Booking: "bookings",
    protection.Takeout: "takeouts",
    events.Event: "events",
    events.AgendaItem: "agenda_items",
    events.EquipmentItem: "equipment_items",
    events.RecruitmentStep: "recruitment_steps",
    events.DeadlineOverride: "deadline_overrides",
    events.EventResult: "event_results",
    agreements.Agreement: "agreements",
    participants.ExpectedCount: "expected_counts",
    participants.HeadcountNotice: "headcount_notices",
    papers.ConfirmedState: "confirmed_states",
    papers.StoredFile: "stored_files",
    papers.Letter: "letters",
    papers.Outgoing: "outgoing",
    papers.OutgoingPerson: "outgoing_people",
    papers.OutgoingOrganisation: "outgoing_organisations",
    papers.PaperText: "paper_texts",
    materials.Material: "materials",
    materials.MaterialVersion: "material_versions",
    materials.Finding: "findings",
    surveys.Questionnaire: "questionnaires",
    surveys.EventSurvey: "event_surveys",
    surveys.SurveyImport: "survey_imports",
    surveys.AnswerSheet: "answer_sheets",
    surveys.SecondEntry: "second_entries",
    surveys.CommentTheme: "comment_themes",
    surveys.CommentMark: "comment_marks",
    surveys.EarlierCounts: "earlier_counts",
    reports.Report: "reports",
    reports.ReportFigure: "report_figures",
}

LEDGER_TABLES: Final = frozenset({"outgoing", "takeouts"})

# A row of these says itself that it was taken back; in the other ledgers a further row says so.
MARKED_WHEN_TAKEN_BACK: Final[dict[str, str]] = {"takeouts": "cancelled"}


Record = TypeVar("Record")


def to_plain(value: Any) -> Any:
    """Turn a value of a record into what JSON can hold."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: Any, plain: Any) -> Any:
    """Turn a plain value back into the type ``kind`` of a record's field."""
    read = _reader(kind)
    return plain if read is None else read(plain)


@functools.cache
def _reader(kind: Any) -> Callable[[Any], Any] | None:  # noqa: PLR0911
    """Return what turns a plain value into ``kind``, worked out once a type; None where it is that value already."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        some = _reader(next(arg for arg in typing.get_args(kind) if arg is not type(None)))
        return None if some is None else lambda plain: None if plain is None else some(plain)
    if origin is tuple:
        inner = _reader(typing.get_args(kind)[0])
        return tuple if inner is None else lambda plain: tuple(map(inner, plain))
    if origin is dict:
        value = _reader(typing.get_args(kind)[1])
        return dict if value is None else lambda plain: {key: value(item) for key, item in plain.items()}
    if kind is bool:
        return bool
    if kind in (date, datetime):
        return typing.cast(Callable[[Any], Any], kind.fromisoformat)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_reader(kind)
    return None


def _record_reader(kind: type[Any]) -> Callable[[Any], Any]:
    """Return what makes a record inside a record; names it does not know are left aside."""
    readers = {name: _reader(hint) for name, hint in field_types(typing.cast(Any, kind)).items()}

    def read(plain: Mapping[str, Any]) -> Any:
        values = {}
        for name, item in plain.items():
            if name in readers:
                reader = readers[name]
                values[name] = item if reader is None else reader(item)
        return kind(**values)

    return read


@functools.cache
def field_types(kind: type[Any]) -> dict[str, Any]:
    """Return the resolved type of every field of a record class."""
    return typing.get_type_hints(kind)


@functools.cache
def _is_json(kind: Any) -> bool:
    origin = typing.get_origin(kind)
    return origin in (tuple, dict)


def to_column(value: Any) -> Any:
    """Turn one field's value into what its column holds."""
    if isinstance(value, tuple | list | dict):
        return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, bool):
        return int(value)
    return to_plain(value)


def to_row(record: Any) -> dict[str, Any]:
    """Turn a record into a row; an ``id`` of 0 is left out so that the table gives one."""
    row = {field.name: to_column(getattr(record, field.name)) for field in dataclasses.fields(record)}
    if not row.get("id"):
        row.pop("id", None)
    return row


def to_record(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """Turn a row into a record; columns the record does not know are left aside."""
    return kind(
        **{
            name: row[name] if read is None else read(row[name])
            for name, read in _column_readers(typing.cast(Any, kind))
            if name in row
        }
    )


@functools.cache
def _column_readers(kind: type[Any]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Return for each field what turns its column into its value, worked out once a record class."""
    return tuple((name, _column_reader(hint)) for name, hint in field_types(typing.cast(Any, kind)).items())


def _column_reader(hint: Any) -> Callable[[Any], Any] | None:
    read = _reader(hint)
    if read is None or not _is_json(hint):
        return read
    return lambda column: read(json.loads(column) if column is not None else column)


def read(
    database: Database, query: str, parameters: Iterable[Any] | Mapping[str, Any] = ()
) -> Iterator[dict[str, Any]]:
    """Run a SELECT now and walk its rows by column name.

    Plain ``execute``: ``query`` of sqlite-utils wraps every SELECT in a savepoint, which makes four statements of one.
    """
    cursor = database.execute(query, dict(parameters) if isinstance(parameters, Mapping) else list(parameters))
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, found, strict=True)) for found in cursor)


def fetch(
    database: Database, kind: type[Record], query: str, parameters: Iterable[Any] | Mapping[str, Any] = ()
) -> list[Record]:
    """Run a SELECT and return its rows as records of ``kind``."""
    return [to_record(kind, found) for found in read(database, query, parameters)]


def fetch_one(
    database: Database, kind: type[Record], query: str, parameters: Iterable[Any] | Mapping[str, Any] = ()
) -> Record | None:
    """Run a SELECT and return its first row as a record, or None."""
    return next(iter(fetch(database, kind, query, parameters)), None)
