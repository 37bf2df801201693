"""The settings of one year as in force on a day, and the records behind its tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from typing import Any

from app.calendar.office_days import OfficeCalendar
from app.programme.rules.contract import contract_on
from app.programme.rules.validity import row_in_force
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.event_form import EventForm
from db.records.events import DeadlineOverride, Event
from db.records.programme import (
    KINDS,
    ClosedDay,
    Contractor,
    ContractTerms,
    DocumentSetting,
    Kind,
    KindNumbers,
    Office,
    Programme,
    TaskClosing,
)
from db.rows import by_id, rows_of_each
from db.tables import programme as table


@frozen_record
class YearRows:
    """Every row of a year's settings, by the day from which it is valid; ``base`` is the original contract."""

    base: Programme
    numbers: tuple[KindNumbers, ...] = ()
    terms: tuple[ContractTerms, ...] = ()
    offices: tuple[Office, ...] = ()
    contractors: tuple[Contractor, ...] = ()
    document_settings: tuple[DocumentSetting, ...] = ()


@frozen_record
class ProgrammeView:
    """All settings of a year as in force on a day; ``numbers`` by kind in the order of the specification.

    ``rows`` are all rows of the year, past and future ones too.
    """

    programme: Programme
    numbers: Mapping[Kind, KindNumbers]
    office: Office
    contractor: Contractor
    closed_days: tuple[ClosedDay, ...]
    document_settings: tuple[DocumentSetting, ...]
    rows: YearRows = field(repr=False)

    def with_numbers_of(self, day: date | None) -> ProgrammeView:
        """Return the view with the contract's numbers, dates and periods of ``day``; the names stay.

        None (an event without a date) leaves it unchanged.
        """
        return self if day is None else self.as_last_agreed(day)

    def as_last_agreed(self, day: date | None) -> ProgrammeView:
        """Return the view with the contract's numbers, dates and periods of ``day``; None = those that begin last."""
        return replace(self, programme=programme_on(self.rows, day), numbers=_numbers_on(self.rows, day))

    def with_names_of(self, day: date | None) -> ProgrammeView:
        """Return the view with 所属, 受託者 and 宛先 of ``day``; the numbers stay. None leaves it unchanged."""
        return self if day is None else replace(self, **_names_on(self.rows, day))

    def with_change(self, added: Iterable[KindNumbers | ContractTerms], on: date) -> ProgrammeView:
        """Return the view on ``on`` with the additional rows of a 契約変更; the names stay."""
        more = tuple(added)
        rows = replace(
            self.rows,
            numbers=(*self.rows.numbers, *(row for row in more if isinstance(row, KindNumbers))),
            terms=(*self.rows.terms, *(row for row in more if isinstance(row, ContractTerms))),
        )
        return replace(self, rows=rows, programme=programme_on(rows, on), numbers=_numbers_on(rows, on))

    def numbers_of_form(self, form: EventForm) -> KindNumbers:
        """Return the numbers of the first kind of the year that works in a form.

        Raises:
            LookupError: the year has no such kind.
        """
        found = next((row for row in self.numbers.values() if row.form is form), None)
        if found is None:
            raise LookupError(form.value)
        return found

    @property
    def calendar(self) -> OfficeCalendar:
        """Return the office calendar with the added closed days of all years."""
        return OfficeCalendar({row.day: row.reason for row in self.closed_days})

    def setting_of(self, document_kind: str) -> DocumentSetting | None:
        """Return the setting of one kind of outgoing document, or None."""
        return next((row for row in self.document_settings if row.document_kind == document_kind), None)


def read_view(database: Database, programme: Programme, on: date | None, *, with_names: bool = True) -> ProgrammeView:
    """Read the settings of one year in force on ``on`` (None = the rows that begin last).

    Args:
        with_names: False = without 所属, 受託者 and document settings, for callers that make no document.
    """
    wanted = (KindNumbers, ContractTerms, *((Office, Contractor, DocumentSetting) if with_names else ()))
    found = rows_of_each(database, dict.fromkeys(wanted, ("valid_from", "id")), programme_id=programme.id)
    rows = YearRows(
        base=programme,
        numbers=tuple(found[KindNumbers]),
        terms=tuple(found[ContractTerms]),
        offices=tuple(found[Office]) if with_names else (),
        contractors=tuple(found[Contractor]) if with_names else (),
        document_settings=tuple(found[DocumentSetting]) if with_names else (),
    )
    return ProgrammeView(
        programme=programme_on(rows, on),
        numbers=_numbers_on(rows, on),
        closed_days=tuple(table.closed_days(database)),
        rows=rows,
        **_names_on(rows, on),
    )


def programme_on(rows: YearRows, on: date | None) -> Programme:
    """Return the contract with the dates and periods in force on ``on``."""
    return contract_on(rows.base, rows.terms, on)


def _numbers_on(rows: YearRows, on: date | None) -> dict[Kind, KindNumbers]:
    found = {kind: row_in_force((row for row in rows.numbers if row.kind == kind), on) for kind in KINDS}
    return {kind: row for kind, row in found.items() if row is not None}


def _names_on(rows: YearRows, on: date | None) -> dict[str, Any]:
    kinds = dict.fromkeys(row.document_kind for row in rows.document_settings)
    settings = [
        row_in_force((row for row in rows.document_settings if row.document_kind == kind), on) for kind in kinds
    ]
    return {
        "office": row_in_force(rows.offices, on) or Office(),
        "contractor": row_in_force(rows.contractors, on) or Contractor(),
        "document_settings": tuple(row for row in settings if row is not None),
    }


def setting_of_event(database: Database, event_id: int, kind: str, *, on: date | None) -> DocumentSetting | None:
    """Return the setting of documents of ``kind`` in the year of an event on ``on``; None if there is none.

    ``event_id`` 0 (a master that belongs to no event) has none.
    """
    return setting_in_force(settings_of_event(database, event_id), kind, on)


def settings_of_event(database: Database, event_id: int) -> tuple[DocumentSetting, ...]:
    """Return the settings of all document kinds in the year of an event, by first day of validity."""
    event = by_id(database, Event, event_id)
    return tuple(table.document_settings(database, event.programme_id)) if event is not None else ()


def setting_in_force(settings: Iterable[DocumentSetting], kind: str, on: date | None) -> DocumentSetting | None:
    """Return the setting in force for documents of ``kind`` on a day."""
    return row_in_force((row for row in settings if row.document_kind == kind), on)


@frozen_record
class YearRecords:
    """The rows behind the tasks of one year, oldest first; ``interim_days`` are those on which a 中間集計 left."""

    overrides: tuple[DeadlineOverride, ...] = ()
    task_closings: tuple[TaskClosing, ...] = ()
    interim_days: tuple[date, ...] = ()
