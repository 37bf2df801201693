"""Reading ledgers: all books of a year in a few SELECTs, the overview, one ledger, and search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_of, fiscal_year_words
from app.ledgers.rules import (
    LedgerBook,
    LedgerLine,
    LedgerNames,
    build_book,
    check_words,
    next_check_day,
    typed_key,
    with_doubts,
)
from app.ledgers.services.ledger import LEDGERS, Ledger, find_ledger
from app.programme.services import read_view
from db.engine import Database
from db.record import group_by_key, record
from db.records.ledgers import LedgerNote, LedgerNumber, LedgerRow, LedgerSetting
from db.records.organisations import Organisation
from db.records.programme import Programme
from db.rows import row, rows, rows_of_each
from db.store import Store
from db.tables import events as event_table

One = TypeVar("One", LedgerRow, LedgerNote, LedgerNumber)


@record
class LedgerSummary:
    """One ledger in the overview, with its next check; 取消 rows are not counted.

    ``count_this_month`` and ``total`` count rows, of the month of today and of the year; ``open_doubts`` and
    ``asked_doubts`` unanswered doubts and those asked of the contractor; ``check_text`` is "" and ``check_due`` None
    where no checks are set.
    """

    ledger: Ledger
    count_this_month: int
    total: int
    open_doubts: int
    asked_doubts: int
    check_text: str
    check_due: date | None

    @property
    def id(self) -> str:
        """Return the key of the ledger."""
        return self.ledger.key

    def is_check_overdue(self, today: date) -> bool:
        """Return whether its check is overdue (目安日, never shown in red)."""
        return self.check_due is not None and self.check_due < today


@record
class LedgerView:
    """One ledger with its current rows."""

    ledger: Ledger
    setting: LedgerSetting
    book: LedgerBook
    summary: LedgerSummary
    basis: str


def read_books(
    database: Database, programme: Programme, today: date, ledgers: Iterable[Ledger]
) -> dict[str, tuple[LedgerBook, LedgerSetting]]:
    """Return the books of some ledgers of one year by key, each with its setting; shared data are read once."""
    wanted = tuple(ledgers)
    typed = _by_ledger(rows(database, LedgerRow, programme_id=programme.id))
    notes = _by_ledger(rows(database, LedgerNote, programme_id=programme.id))
    numbers = _by_ledger(rows(database, LedgerNumber, programme_id=programme.id))
    settings = {one.ledger: one for one in rows(database, LedgerSetting, programme_id=programme.id)}
    shared = _names(database, programme, wanted)
    found = {}
    for ledger in wanted:
        people = ledger.name_source(database, programme) if ledger.name_source is not None else ()
        book = build_book(
            ledger.columns,
            typed_rows=typed.get(ledger.key, ()),
            derived=[one for source in ledger.sources for one in source(database, programme)],
            notes=notes.get(ledger.key, ()),
            numbers=numbers.get(ledger.key, ()),
            names=LedgerNames(events=shared.events, organisations=shared.organisations, people=people),
        )
        doubts = [doubt for rule in ledger.doubt_rules for doubt in rule(database, programme, book, today)]
        setting = settings.get(ledger.key) or LedgerSetting(programme_id=programme.id, ledger=ledger.key)
        found[ledger.key] = with_doubts(book, doubts, notes.get(ledger.key, ())), setting
    return found


def read_open_work(database: Database, programme: Programme, today: date) -> tuple[str, ...]:
    """Return what is still to be done by the ledgers of a year, each as 「従事者名簿 3番の変更届」."""
    telling = [ledger for ledger in LEDGERS if ledger.open_work is not None]
    books = read_books(database, programme, today, telling)
    return tuple(
        f"{ledger.title} {line.number}番の{what}"
        for ledger in telling
        if ledger.open_work is not None
        for line in books[ledger.key][0].counted_lines
        for what in dict.fromkeys(ledger.open_work(line))
    )


def require_year(database: Database, fiscal_year: int) -> Programme:
    """Return the year with a fiscal year number.

    Raises:
        UserError: that year was not started here.
    """
    programme = row(database, Programme, fiscal_year=fiscal_year)
    if programme is None:
        raise UserError(f"{fiscal_year_words(fiscal_year)}は、まだ始まっていません。", "年度を選び直してください。")
    return programme


def read_overview(store: Store, *, fiscal_year: int, today: date) -> tuple[LedgerSummary, ...]:
    """Return every ledger of a year with its counts and doubts, in the order in which they are declared.

    Raises:
        UserError: that year was not started here.
    """
    books = read_books(store.database, require_year(store.database, fiscal_year), today, LEDGERS)
    return tuple(_summary(ledger, *books[ledger.key], today) for ledger in LEDGERS)


def read_ledger(store: Store, *, key: str, fiscal_year: int, today: date) -> LedgerView:
    """Return one ledger of a year.

    Raises:
        UserError: there is no such ledger, or that year was not started here.
    """
    ledger = find_ledger(key)
    programme = require_year(store.database, fiscal_year)
    book, setting = read_books(store.database, programme, today, (ledger,))[key]
    view = read_view(store.database, programme, today, with_names=False)
    choices = {one.key: one.choices_of_year(view.kinds) for one in ledger.columns if one.choices_of_year is not None}
    return LedgerView(
        ledger=ledger,
        setting=setting,
        book=replace(book, names=replace(book.names, choices=choices)),
        summary=_summary(ledger, book, setting, today),
        basis=ledger.basis(view, setting.basis),
    )


def count_open_doubts(store: Store, *, today: date) -> int:
    """Return the number of unanswered doubts in the fiscal year of ``today``; 0 if that year was not started here."""
    programme = row(store.database, Programme, fiscal_year=fiscal_year_of(today))
    if programme is None:
        return 0
    doubtful = [ledger for ledger in LEDGERS if ledger.doubt_rules]
    return sum(book.count_open_doubts() for book, _ in read_books(store.database, programme, today, doubtful).values())


@record
class FoundRow:
    """A typed row found by a search: its ledger, its number and its values in one line, corrections included."""

    ledger: Ledger
    fiscal_year: int
    row_key: str
    number: int
    words: str
    is_cancelled: bool


def find_rows(database: Database, *, holds: Callable[..., bool], limit: int) -> list[FoundRow]:
    """Return up to ``limit`` typed rows of all years, newest first, without those undone.

    Derived rows are found as their records.

    Args:
        holds: called with the ledger's title and the row's texts, choices and people in one line; true = a hit.
    """
    known = {ledger.key: ledger for ledger in LEDGERS}
    read = rows_of_each(database, {LedgerRow: "-id", LedgerNote: "id"})
    typed = read[LedgerRow]
    noted = _noted_lines(typed, read[LedgerNote])
    found: list[tuple[LedgerRow, str, bool]] = []
    for one in typed:
        ledger = known.get(one.ledger)
        if ledger is None or one.withdrawn or len(found) == limit:
            continue
        line = noted.get(typed_key(one.id))
        cells = line.cells if line is not None else one.cells
        words = "　".join(
            cells[column.key]
            for column in ledger.columns
            if cells.get(column.key) and column.kind in ("text", "choice", "person")
        )
        if holds(ledger.title, words):
            found.append((one, words, line is not None and bool(line.cancel_reason)))
    years = {one.id: one.fiscal_year for one in rows(database, Programme)} if found else {}
    return [
        FoundRow(
            ledger=known[one.ledger],
            fiscal_year=years[one.programme_id],
            row_key=typed_key(one.id),
            number=one.number,
            words=words,
            is_cancelled=is_cancelled,
        )
        for one, words, is_cancelled in found
    ]


def _noted_lines(typed: Sequence[LedgerRow], noted_rows: Sequence[LedgerNote]) -> dict[str, LedgerLine]:
    """Return the typed rows that have notes as lines with their corrections and 取消, by key."""
    notes = _by_ledger(noted_rows)
    noted = {note.row_key for said in notes.values() for note in said}
    typed_rows = _by_ledger([one for one in typed if typed_key(one.id) in noted])
    books = (
        build_book(
            ledger.columns,
            typed_rows=typed_rows.get(ledger.key, ()),
            derived=(),
            notes=notes.get(ledger.key, ()),
            numbers=(),
            names=LedgerNames(),
        )
        for ledger in LEDGERS
    )
    return {line.key: line for book in books for line in book.lines}


def _summary(ledger: Ledger, book: LedgerBook, setting: LedgerSetting, today: date) -> LedgerSummary:
    """Return the summary of a ledger: its counts, its doubts and its next check."""
    last = book.checks[-1].at.date() if book.checks else None
    return LedgerSummary(
        ledger=ledger,
        count_this_month=book.count_in_month(today),
        total=len(book.counted_lines),
        open_doubts=book.count_open_doubts(),
        asked_doubts=book.count_asked_doubts(),
        check_text=check_words(setting.every, setting.begins, book.checks, today),
        check_due=next_check_day(setting.every, setting.begins, last),
    )


def _names(database: Database, programme: Programme, ledgers: Sequence[Ledger]) -> LedgerNames:
    """Return the names of events and 団体, for ledgers with ids of such."""
    kinds = {column.kind for ledger in ledgers for column in ledger.columns}
    events = {}
    if "event" in kinds:
        events = {str(one.id): one.full_title for one in event_table.events_of_year(database, programme.id)}
    places = {}
    if "organisation" in kinds:
        places = {str(one.id): one.name for one in rows(database, Organisation)}
    return LedgerNames(events=events, organisations=places)


def _by_ledger(found: Sequence[One]) -> dict[str, list[One]]:
    return group_by_key((one.ledger, one) for one in found)
