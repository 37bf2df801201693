"""The rows of one ledger of one year as they stand: numbers, corrections, what is doubtful, months, and when it is
checked.

A number is given once. Rows typed by hand have theirs from the beginning; rows that other records hold get one when
somebody may rely on it (``LedgerNumber``), and stand until then behind all numbered ones in the order in which they
were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.ledgers.rules.ledger_columns import LedgerColumn, LedgerNames, cell_day, event_id_in
from db.frozen_record import frozen_record
from db.records.ledgers import LedgerNote, LedgerNumber, LedgerRow

TYPED_IN: Final = "手入力"
FROM_FORM: Final = "様式"
SOURCE_WITHDRAWN: Final = "元の記録が取り消されました"
CHECK_INTERVALS: Final[Mapping[str, int]] = {"毎週": 0, "毎月": 1, "四半期ごと": 3, "半年ごと": 6, "年1回": 12}
"""How often a ledger may be checked, in months; 0 = seven days."""
DoubtState = Literal["open", "asked", "settled"]


@frozen_record
class DerivedRow:
    """A row that another record holds.

    Attributes:
        key: table and id of that record (「takeouts:5」). cells: its values by column, as text. written_at: when the
            record was made.
        made_by: what made it, as a word for the last column (「持出しを記入」). withdrawn: the record says that it was
            taken back.
        link: what leads to it. event_id: the event it belongs to.
    """

    key: str
    cells: Mapping[str, str]
    written_at: datetime
    made_by: str
    withdrawn: bool = False
    link: ActionLink | None = None
    event_id: int | None = None


@frozen_record
class LedgerDoubt:
    """Something in a row that somebody should look at (要確認), by a declared rule.

    Attributes:
        row: the key of the row. rule: the rule's name, under which it is answered.
        words: in the list, short. explanation: in one or two sentences. basis: the clause.
        column: where a correction would begin. question: what to ask the contractor, ready to be copied; "" = nothing
            to ask. missing_paper: the kind of paper that the contractor has not handed in, "" = it is about something
            else.
    """

    row: str
    rule: str
    words: str
    explanation: str
    basis: str = ""
    column: str = ""
    question: str = ""
    missing_paper: str = ""


@frozen_record
class TrackedDoubt:
    """A doubt with how it stands: ``open``, ``asked`` of the contractor, or ``settled`` by a reason;
    ``note`` says it."""

    doubt: LedgerDoubt
    state: DoubtState
    note: LedgerNote | None = None


@frozen_record
class LedgerLine:
    """One row of a ledger with everything that was said about it.

    Attributes:
        cells: as they stand, corrections included. entered_cells: as they were first, with what was filled in when the
            matter closed.
        made_by: what made the row, 手入力 or 様式 for one that stands in the ledger alone (``is_typed``). by: who
            wrote it. received_on: when the form came from which it was read.
        corrections: oldest first, those taken back included.
        cancel_reason: why the row does not count any more; "" = it counts.
    """

    key: str
    number: int
    cells: Mapping[str, str]
    entered_cells: Mapping[str, str]
    day: date | None
    written_at: datetime
    made_by: str
    is_typed: bool = False
    by: str = ""
    received_on: date | None = None
    link: ActionLink | None = None
    event_id: int | None = None
    cancel_reason: str = ""
    corrections: tuple[LedgerNote, ...] = ()
    doubts: tuple[TrackedDoubt, ...] = ()

    @property
    def missing_papers(self) -> tuple[str, ...]:
        """The papers that the contractor has not handed in by its doubts; one that stands for a reason owes none."""
        return tuple(
            one.doubt.missing_paper for one in self.doubts if one.doubt.missing_paper and one.state != "settled"
        )

    def is_correctable(self, column: LedgerColumn) -> bool:
        """Whether a correction may say another value of a column: what its record has not said yet is said there."""
        return (
            self.is_typed or not column.recorded_elsewhere or (column.filled_later and bool(self.cells.get(column.key)))
        )

    @property
    def valid_corrections(self) -> tuple[LedgerNote, ...]:
        """The corrections that were not taken back."""
        return tuple(one for one in self.corrections if not one.withdrawn)


@frozen_record
class LedgerEntry:
    """One line of a list: a row, or one of its corrections (then ``correction`` says which)."""

    line: LedgerLine
    correction: LedgerNote | None = None

    @property
    def id(self) -> tuple[str, int]:
        """What tells it from the others."""
        return self.line.key, self.correction.part if self.correction is not None else 0

    @property
    def number(self) -> str:
        """「25」, a correction 「25-1」."""
        return f"{self.line.number}-{self.correction.part}" if self.correction is not None else str(self.line.number)


@frozen_record
class Book:
    """The rows of one ledger of one year, by number.

    ``checks`` are the checks made of it, newest last; ``fixed_number_keys`` the drawn rows whose numbers are given for
    good.
    """

    columns: tuple[LedgerColumn, ...]
    lines: tuple[LedgerLine, ...]
    names: LedgerNames = field(default_factory=LedgerNames)
    checks: tuple[LedgerNote, ...] = ()
    fixed_number_keys: frozenset[str] = frozenset()

    def line(self, key: str) -> LedgerLine | None:
        """Return one row by its key."""
        return next((line for line in self.lines if line.key == key), None)

    @property
    def counted_lines(self) -> tuple[LedgerLine, ...]:
        """The rows that count: without those that were cancelled."""
        return tuple(line for line in self.lines if not line.cancel_reason)

    @property
    def next_number(self) -> int:
        """The number that the next row gets."""
        return max((line.number for line in self.lines), default=0) + 1

    def count_in_month(self, day: date) -> int:
        """How many rows of the month of ``day`` count."""
        return sum(
            line.day is not None and (line.day.year, line.day.month) == (day.year, day.month)
            for line in self.counted_lines
        )

    def entries(self) -> tuple[LedgerEntry, ...]:
        """Return every line of a list, the newest row first, each with its corrections under it."""
        return tuple(
            entry
            for line in reversed(self.lines)
            for entry in (LedgerEntry(line=line), *(LedgerEntry(line=line, correction=one) for one in line.corrections))
        )

    def count_open_doubts(self) -> int:
        """How many doubts nobody has answered yet."""
        return self._count_doubts("open")

    def count_asked_doubts(self) -> int:
        """How many were asked of the contractor and wait for its answer."""
        return self._count_doubts("asked")

    def _count_doubts(self, standing: DoubtState) -> int:
        return sum(one.state == standing for line in self.lines for one in line.doubts)


def build_book(
    columns: Sequence[LedgerColumn],
    *,
    typed_rows: Iterable[LedgerRow],
    derived: Iterable[DerivedRow],
    notes: Iterable[LedgerNote],
    numbers: Iterable[LedgerNumber],
    names: LedgerNames,
) -> Book:
    """Put the rows of one ledger together: each with its number, its corrections on it, none left out."""
    said: dict[str, list[LedgerNote]] = {}
    for note in notes:
        said.setdefault(note.row_key, []).append(note)
    given = {one.source_key: one for one in numbers}
    held = {one.key: one for one in derived}
    day_column = next((column.key for column in columns if column.kind in ("day", "moment")), "")
    lines = [_typed_line(row) for row in typed_rows]
    lines += [_derived_line(one, given[one.key].number) for one in held.values() if one.key in given]
    lines += [_withdrawn_line(one) for key, one in given.items() if key not in held]
    first = max((line.number for line in lines), default=0) + 1
    new = sorted((one for one in held.values() if one.key not in given), key=lambda one: (one.written_at, one.key))
    lines += [_derived_line(one, number) for number, one in enumerate(new, first)]
    whole = [_with_notes(line, said.get(line.key, []), day_column, columns) for line in lines]
    return Book(
        columns=tuple(columns),
        lines=tuple(sorted(whole, key=lambda line: line.number)),
        names=names,
        fixed_number_keys=frozenset(given),
        checks=tuple(one for one in said.get("", []) if one.what == "点検" and not one.withdrawn),
    )


def typed_key(row_id: int) -> str:
    """Return the key of a row that was typed by hand."""
    return f"typed:{row_id}"


def _typed_line(row: LedgerRow) -> LedgerLine:
    return LedgerLine(
        key=typed_key(row.id),
        number=row.number,
        cells=row.cells,
        entered_cells=row.cells,
        day=None,
        written_at=row.at,
        made_by=TYPED_IN if row.received_on is None else FROM_FORM,
        is_typed=True,
        by=row.by,
        received_on=row.received_on,
        event_id=row.event_id,
        cancel_reason="記入を元に戻しました" if row.withdrawn else "",
    )


def _derived_line(one: DerivedRow, number: int) -> LedgerLine:
    return LedgerLine(
        key=one.key,
        number=number,
        cells=one.cells,
        entered_cells=one.cells,
        day=None,
        written_at=one.written_at,
        made_by=one.made_by,
        link=one.link,
        event_id=one.event_id,
        cancel_reason="元の記録で取消" if one.withdrawn else "",
    )


def _withdrawn_line(one: LedgerNumber) -> LedgerLine:
    return LedgerLine(
        key=one.source_key,
        number=one.number,
        cells=one.cells,
        entered_cells=one.cells,
        day=None,
        written_at=one.at,
        made_by="",
        cancel_reason=SOURCE_WITHDRAWN,
    )


def _with_notes(
    line: LedgerLine, notes: Sequence[LedgerNote], day_column: str, columns: Sequence[LedgerColumn]
) -> LedgerLine:
    cells, entered = dict(line.cells), dict(line.entered_cells)
    later = frozenset(column.key for column in columns if column.filled_later)
    # A return that was taken back in its record is none here, whatever was corrected in it.
    unsaid = frozenset(column.key for column in columns if not line.is_correctable(column))
    said = sorted((one for one in notes if one.what == "訂正" and one.part), key=lambda one: one.part)
    for one in notes:
        if one.what == "訂正" and not one.part and one.about in later - unsaid and not one.withdrawn:
            cells[one.about] = entered[one.about] = one.new
    for one in said:
        if not one.withdrawn and one.about not in unsaid:
            cells[one.about] = one.new
    cancelled = line.cancel_reason or next(
        (one.reason for one in notes if one.what == "取消" and not one.withdrawn), ""
    )
    return replace(
        line,
        cells=cells,
        entered_cells=entered,
        corrections=tuple(said),
        cancel_reason=cancelled,
        day=cell_day(cells.get(day_column, "")),
        event_id=event_id_in(columns, cells) if any(one.kind == "event" for one in columns) else line.event_id,
    )


def with_doubts(book: Book, doubts: Iterable[LedgerDoubt], notes: Iterable[LedgerNote]) -> Book:
    """Return the book with what is doubtful at its rows, each doubt with its answer. Cancelled rows raise none."""
    answers: dict[tuple[str, str], LedgerNote] = {}
    for note in notes:
        if note.what in ("照会", "理由") and not note.withdrawn:
            answers[note.row_key, note.about] = note
    found: dict[str, list[TrackedDoubt]] = {}
    for doubt in doubts:
        note_of = answers.get((doubt.row, doubt.rule))
        standing: DoubtState = "open" if note_of is None else "asked" if note_of.what == "照会" else "settled"
        found.setdefault(doubt.row, []).append(TrackedDoubt(doubt=doubt, state=standing, note=note_of))
    lines = (
        line if line.cancel_reason or line.key not in found else replace(line, doubts=tuple(found[line.key]))
        for line in book.lines
    )
    return replace(book, lines=tuple(lines))


def next_check_day(interval: str, begins: date | None, last: date | None) -> date | None:
    """Return the day of the next check: from the last one on, else the day it begins; None where none is wanted."""
    if interval not in CHECK_INTERVALS or begins is None:
        return None
    return begins if last is None or last < begins else _months_later(last, CHECK_INTERVALS[interval])


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, the last of a shorter month; no months are seven days."""
    if not months:
        return day + timedelta(days=7)
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def check_words(interval: str, begins: date | None, checks: Sequence[LedgerNote], today: date) -> str:
    """Return how the check stands: 「点検 10/15(木)」, 「点検 9/30(水) を過ぎています」, or "" where none is wanted."""
    due = next_check_day(interval, begins, checks[-1].at.date() if checks else None)
    if due is None:
        return ""
    return f"点検 {short_date(due, today)}" + ("を過ぎています" if due < today else "")
