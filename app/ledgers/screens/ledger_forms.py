"""Builds form fields from ledger columns, and converts their values to cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from app.calendar.dates import clock_time, moment_of
from app.ledgers.rules import LedgerBook, LedgerColumn, cell_day, cell_moment, to_cell
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.line_completion import attach_completer
from db.digits import whole_number

TIME_SUFFIX = "の時刻"
_WIDTHS: Mapping[str, int] = {"day": 132, "moment": 132, "number": 96, "person": 240}


def time_field_key(column: LedgerColumn) -> str:
    """Return the key of the time field of a moment."""
    return f"{column.key}@"


def column_fields(column: LedgerColumn, book: LedgerBook) -> tuple[Field, ...]:
    """Return the fields of one column (two for a moment), with nothing preselected."""
    optional = not column.is_required or column.filled_later
    plain: dict[str, Any] = {"key": column.key, "label": column.title, "hint": column.hint, "optional": optional}
    if column.allowed_words:
        shown = [(one, one) for one in book.names.choices.get(column.key, column.allowed_words)]
        return (Field(**plain, kind="choice", choices=(("", "—"), *shown), width=220),)
    if column.kind in ("event", "organisation"):
        names = book.names.events if column.kind == "event" else book.names.organisations
        return (Field(**plain, kind="choice", choices=(("", "—"), *names.items())),)
    if column.kind == "day":
        return (Field(**plain, kind="date", width=_WIDTHS["day"]),)
    if column.kind == "moment":
        clock = Field(time_field_key(column), f"{column.title}{TIME_SUFFIX}", "time", optional=optional, width=96)
        return Field(**plain, kind="date", width=_WIDTHS["moment"]), clock
    if column.kind == "number":
        return (Field(**plain, kind="number", unit=column.unit, least=0, width=_WIDTHS["number"]),)
    return (Field(**plain, width=_WIDTHS.get(column.kind, 0)),)


def propose_names(form: Form, columns: Sequence[LedgerColumn], book: LedgerBook) -> None:
    """Let the form's fields for people propose the names in ``book``; any other may be typed."""
    for column in columns:
        if column.kind != "person":
            continue
        line = form.editor(column.key)
        if isinstance(line, QLineEdit):
            names = QCompleter(list(book.names.people), line)
            names.setFilterMode(Qt.MatchFlag.MatchContains)
            names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            attach_completer(line, names)


def fill_form(form: Form, columns: Sequence[LedgerColumn], cells: Mapping[str, str]) -> None:
    """Fill the fields with the cells of a row; of a moment, day and time apart."""
    values: dict[str, Any] = {}
    for column in columns:
        text = cells.get(column.key, "")
        if column.kind in ("day", "moment"):
            values[column.key] = cell_day(text)
            moment = cell_moment(text)
            values[time_field_key(column)] = clock_time(moment) if moment is not None else ""
        elif column.kind == "number":
            values[column.key] = whole_number(text)
        else:
            values[column.key] = text
    form.set_values({key: value for key, value in values.items() if key in {field.key for field in form.fields}})


def read_cell(form: Form, column: LedgerColumn) -> str:
    """Return the typed value of one column as its cell; a day without time stays a day."""
    value = form.value(column.key)
    if column.kind == "moment" and isinstance(value, date):
        clock = str(form.value(time_field_key(column)) or "")
        if not clock:
            return to_cell(value)
        return to_cell(moment_of(value, clock))
    return to_cell(value)
