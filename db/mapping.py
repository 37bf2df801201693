"""Convert records to rows and back (dates as ISO text, tuples and mappings as JSON, no normalisation).

It also says which record belongs to which table, and which tables are ledgers whose rows are never deleted.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from db.engine import Database
from db.fast_dataclass import from_columns, to_values
from db.query_cache import cached_results, query_key
from db.record import words_of
from db.records import (
    accounts,
    agreements,
    applications,
    backups,
    calls,
    discussion,
    dispatches,
    disposals,
    documents,
    erasing,
    events,
    incidents,
    ledgers,
    organisations,
    participants,
    presentations,
    programme,
    protection,
    roster,
    schedules,
    surveys,
    venues,
)
from db.records.submissions import materials, received, reports
from db.records.year import completion, enquiries, proposal, rights, specification, summary

TABLE_OF: dict[type[Any], str] = {
    programme.Programme: "programmes",
    programme.EventKind: "kind_numbers",
    programme.ClosedDay: "closed_days",
    programme.Office: "offices",
    programme.Contractor: "contractors",
    programme.DocumentSetting: "paper_settings",
    programme.ContractTerms: "contract_terms",
    programme.TaskClosing: "task_closings",
    accounts.User: "users",
    accounts.AccessReview: "access_reviews",
    erasing.Erasing: "erasings",
    erasing.ErasedFile: "erased_files",
    disposals.Disposal: "disposals",
    disposals.DisposalHold: "disposal_holds",
    disposals.Hold: "holds",
    backups.BackupFolder: "backup_places",
    backups.BackupRule: "backup_rules",
    backups.RestoreDrill: "restore_drills",
    organisations.Organisation: "organisations",
    organisations.Person: "people",
    organisations.Membership: "memberships",
    organisations.Contact: "contacts",
    organisations.StageMark: "stage_marks",
    organisations.NotDouble: "not_doubles",
    organisations.Subsidy: "subsidies",
    organisations.PlannedChange: "planned_changes",
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
    schedules.SchedulePlan: "schedule_plans",
    schedules.ScheduleCandidate: "schedule_candidates",
    schedules.WardDay: "ward_days",
    specification.SpecificationText: "specification_texts",
    specification.NextValue: "next_values",
    presentations.Presentation: "presentations",
    venues.Venue: "venues",
    venues.Booking: "bookings",
    protection.Checkout: "takeouts",
    ledgers.LedgerRow: "ledger_rows",
    ledgers.LedgerNote: "ledger_notes",
    ledgers.LedgerNumber: "ledger_numbers",
    ledgers.LedgerSetting: "ledger_settings",
    ledgers.CheckSheet: "check_sheets",
    incidents.Incident: "incidents",
    incidents.IncidentNote: "incident_notes",
    incidents.IncidentMeasure: "incident_measures",
    incidents.IncidentRules: "incident_rules",
    enquiries.ContactMemo: "contact_memos",
    enquiries.Absence: "absences",
    rights.MistakeReport: "mistake_reports",
    rights.DataRequest: "data_requests",
    rights.RequestStep: "request_steps",
    rights.RequestTerm: "request_terms",
    summary.EarlierFigure: "earlier_figures",
    summary.YearReason: "year_reasons",
    summary.YearAnswer: "year_answers",
    events.Event: "events",
    events.AgendaItem: "agenda_items",
    events.EquipmentItem: "equipment_items",
    events.RecruitmentStep: "recruitment_steps",
    events.DeadlineOverride: "deadline_overrides",
    events.EventResult: "event_results",
    events.CalendarEntry: "calendar_entries",
    agreements.Agreement: "agreements",
    agreements.Meeting: "meetings",
    agreements.Homework: "homework",
    agreements.AgreementFile: "agreement_files",
    dispatches.DispatchRequest: "dispatch_wishes",
    dispatches.DispatchSupport: "dispatch_supports",
    dispatches.DispatchFollowUp: "dispatch_follow_ups",
    participants.ExpectedCount: "expected_counts",
    participants.HeadcountNotice: "headcount_notices",
    documents.ConfirmedState: "confirmed_states",
    documents.StoredFile: "stored_files",
    documents.Letter: "letters",
    documents.KeptPaper: "kept_papers",
    documents.LetterAnswer: "letter_answers",
    documents.Outgoing: "outgoing",
    documents.ProtectedFolder: "protected_places",
    documents.Notification: "acts",
    documents.ReturnedLetter: "returned_letters",
    documents.OutgoingPerson: "outgoing_people",
    documents.OutgoingOrganisation: "outgoing_organisations",
    documents.DocumentPassage: "paper_texts",
    materials.Material: "materials",
    materials.MaterialVersion: "material_versions",
    materials.Finding: "findings",
    surveys.Questionnaire: "questionnaires",
    surveys.EventSurvey: "event_surveys",
    surveys.SurveyImport: "survey_imports",
    surveys.SurveyResponse: "answer_sheets",
    surveys.SecondEntry: "second_entries",
    surveys.ResponseDraft: "sheet_drafts",
    surveys.CommentTheme: "comment_themes",
    surveys.CommentMark: "comment_marks",
    surveys.EarlierCounts: "earlier_counts",
    received.ReceivedPaper: "received_papers",
    completion.PaperReading: "paper_readings",
    completion.Inspection: "inspections",
    completion.Payment: "payments",
    completion.AccountQuestion: "account_questions",
    reports.Report: "reports",
    reports.ReportFigure: "report_figures",
    reports.AcceptedDifference: "kept_numbers",
    reports.ReportPhoto: "report_photos",
    discussion.DiscussionLine: "discussion_lines",
    discussion.DiscussionPoint: "discussion_points",
    proposal.Evidence: "evidence",
    proposal.Issue: "proposal_issues",
    proposal.PlanLine: "proposal_plans",
    proposal.PolicyLine: "proposal_policies",
    proposal.BudgetMemo: "budget_memos",
    proposal.MemoAmount: "memo_amounts",
    proposal.MemoClause: "memo_clauses",
    proposal.MemoCut: "memo_cuts",
    proposal.MemoQuestion: "memo_questions",
}

LEDGER_TABLES = frozenset({"outgoing", "acts", "takeouts", "ledger_rows", "ledger_notes", "ledger_numbers"})

# In these a row itself says that it was withdrawn; in the other ledgers a further row says so.
WITHDRAWAL_COLUMNS: dict[str, str] = {
    "takeouts": "cancelled",
    "acts": "withdrawn",
    "ledger_rows": "withdrawn",
    "ledger_notes": "withdrawn",
}


Record = TypeVar("Record")


def to_plain(value: Any) -> Any:
    """Convert a record's value into what JSON can hold."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: Any, plain: Any) -> Any:
    """Convert a plain value back into the field type ``kind``."""
    read = _reader(kind)
    return plain if read is None else read(plain)


class _Words(dict[Any, Enum]):
    """The words of a set by their text, as each row of a list asks for some; an unknown one raises ``ValueError``."""

    def __init__(self, kind: type[Enum]):
        super().__init__((one.value, one) for one in kind)
        self._kind = kind

    def __missing__(self, text: Any) -> Enum:
        return self._kind(text)


@functools.cache
def _reader(kind: Any) -> Callable[[Any], Any] | None:  # noqa: PLR0911
    """Return the function that converts a plain value into ``kind``, cached by type; None = no conversion."""
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
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Words(kind).__getitem__
    if kind in (date, datetime):
        return typing.cast(Callable[[Any], Any], kind.fromisoformat)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_reader(kind)
    return None


def _record_reader(kind: type[Any]) -> Callable[[Any], Any]:
    """Return the function that makes a nested record; names it does not know are ignored."""
    readers = {name: _reader(hint) for name, hint in field_types(typing.cast(Any, kind)).items()}

    def read(plain: Mapping[str, Any]) -> Any:
        """Return a record from plain data."""
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
    """Return whether a field of this type (a tuple or dict, or none of it) is stored as JSON."""
    origin = typing.get_origin(kind)
    return origin in (tuple, dict) or (origin is types.UnionType and any(map(_is_json, typing.get_args(kind))))


_STORED_AS_IS = frozenset({str, int, float, bytes})
"""Types whose values a column holds unchanged."""


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Encode plain values as JSON for a column or the journal, without blanks or escapes."""

_EMPTY_OF = {tuple: "[]", list: "[]", dict: "{}"}


@functools.lru_cache(maxsize=500)
def _texts_as_json(texts: tuple[str, ...]) -> str:
    """Return texts as JSON; cached, since most rows of a list hold the same ones (the wished events)."""
    return as_json(texts)


@functools.lru_cache(maxsize=2_000)
def _moment_as_text(moment: datetime) -> str:
    """Return a moment without a zone as text; cached, since rows of one application share it."""
    return moment.isoformat()


def as_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of fields, by name, as their columns hold them."""
    return {name: to_column(value) for name, value in values.items()}


def to_column(value: Any) -> Any:
    """Convert one field's value into what its column holds."""
    kind = type(value)
    if value is None or kind in _STORED_AS_IS:
        return value
    if kind is datetime or kind is date:
        return _moment_as_text(value) if kind is datetime and value.tzinfo is None else value.isoformat()
    if kind is bool:
        return int(value)
    if kind is tuple:
        return _texts_as_json(value) if all(type(item) is str for item in value) else as_json(to_plain(value))
    if isinstance(value, tuple | list | dict):
        return as_json(to_plain(value)) if value else _EMPTY_OF[type(value)]
    return to_plain(value)


def to_row(record: Any) -> dict[str, Any]:
    """Convert a record into a row; an ``id`` of 0 is left out so that the table gives one."""
    row = to_columns(record)
    if not row.get("id"):
        row.pop("id", None)
    return row


def to_columns(record: Any) -> dict[str, Any]:
    """Convert a record into its column values, with its ``id`` as it is."""
    # A record holds its fields and nothing else, in their order.
    row: dict[str, Any] = vars(record).copy()
    for name in _converted_fields(typing.cast(Any, type(record))):
        value = row[name]
        if value is not None:
            row[name] = to_column(value)
    return row


_SURE_WRITERS: Mapping[Any, Callable[[Any], Any]] = {bool: int, tuple[str, ...]: _texts_as_json}
"""Writers for types whose values need no further test."""


@functools.cache
def row_maker(
    kind: type[Any], extra: tuple[str, ...]
) -> tuple[tuple[str, ...], Callable[[Mapping[str, Any], int, Mapping[str, Any]], tuple[Any, ...]]]:
    """Return the columns of new rows of ``kind``, and a function that makes one.

    The function takes a record's ``vars``, its id and the ``extra`` columns.
    """
    hints = field_types(typing.cast(Any, kind))
    odd = _converted_fields(typing.cast(Any, kind))
    return to_values(
        kind, {name: _SURE_WRITERS.get(hints[name], str if words_of(hints[name]) else to_column) for name in odd}, extra
    )


@functools.cache
def _converted_fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields whose column may hold something else than the value."""
    names = {field.name for field in dataclasses.fields(kind)}
    hints = field_types(typing.cast(Any, kind)).items()
    return tuple(name for name, hint in hints if name in names and not _is_stored_as_is(hint))


def _is_stored_as_is(hint: Any) -> bool:
    """Return whether the column of a field of this type holds the value itself."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return all(map(_is_stored_as_is, typing.get_args(hint)))
    if typing.get_origin(hint) is typing.Literal:
        return {type(word) for word in typing.get_args(hint)} <= _STORED_AS_IS
    return hint in _STORED_AS_IS or hint is type(None)


def to_record(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """Convert a row into a record; unknown columns are ignored."""
    return typing.cast(Record, record_maker(typing.cast(Any, kind), tuple(row))(tuple(row.values())))


@functools.cache
def record_maker(kind: type[Any], names: tuple[str, ...]) -> Callable[[Sequence[Any]], Any]:
    """Return the function that makes a record of these columns' values, cached by record class and SELECT."""
    readers = {name: _column_reader(hint) for name, hint in field_types(typing.cast(Any, kind)).items()}
    return from_columns(kind, names, readers)


def _column_reader(hint: Any) -> Callable[[Any], Any] | None:
    """Return the function that converts a column's value into the field's type; None = no conversion."""
    read = _reader(hint)
    if read is None or not _is_json(hint):
        return read
    return lambda column: read(json.loads(column) if column is not None else column)


def read(
    database: Database, query: str, parameters: Iterable[Any] | Mapping[str, Any] = ()
) -> Iterator[dict[str, Any]]:
    """Run a SELECT now and yield its rows by column name.

    It uses ``execute``: ``query`` of sqlite-utils wraps every SELECT in a savepoint, which makes four
    statements of one.
    """
    cursor = _execute(database, query, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, found, strict=True)) for found in cursor)


def _execute(database: Database, query: str, parameters: Iterable[Any] | Mapping[str, Any]) -> Any:
    return database.execute(query, dict(parameters) if isinstance(parameters, Mapping) else list(parameters))


def fetch(
    database: Database, kind: type[Record], query: str, parameters: Iterable[Any] | Mapping[str, Any] = ()
) -> list[Record]:
    """Run a SELECT and return its rows as records of ``kind``; within ``cached_queries`` the same SELECT runs once."""
    answers = cached_results(database)
    if answers is None:
        return _fetch_uncached(database, kind, query, parameters)
    key = query_key(kind, query, parameters)
    if key not in answers:
        answers[key] = _fetch_uncached(database, kind, query, parameters)
    return list(answers[key])


def _fetch_uncached(
    database: Database, kind: type[Record], query: str, parameters: Iterable[Any] | Mapping[str, Any]
) -> list[Record]:
    cursor = _execute(database, query, parameters)
    make = record_maker(typing.cast(Any, kind), tuple(column[0] for column in cursor.description))
    return [make(found) for found in cursor]
