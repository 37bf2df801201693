"""Pure rules of ledgers and check lists (確認票): columns and values, rows, numbers, corrections, judgement.

A cell is stored as text: a day 「2026-09-17」, a moment 「2026-09-17T13:10」, a number 「14」, an event or a 団体 by
its id, everything else as typed. A number is given once: typed rows have theirs from the beginning, rows derived from
other records get one when somebody may rely on it (``LedgerNumber``) and until then follow all numbered ones in the
order in which they were written. The judgement of a check list is computed, never typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from app.actions.action_id import ActionLink
from app.calendar.dates import (
    clock_time,
    short_date,
    weekday_mark,
)
from app.calendar.wareki import era_year_short
from app.common.clauses import clause_of, clause_table
from db.digits import is_digits
from db.record import frozen, group_by_key, record
from db.records.ledgers import LedgerNote, LedgerNumber, LedgerRow
from db.records.programme import EventKind

Holder = Literal["受託者", "区"]
WHOLE_QUANTITY = "一式"
"""The quantity of something that is not counted."""


@record
class LedgerHolding:
    """One item held by the contractor or the ward until it is returned or destroyed.

    Attributes:
        item, medium, quantity: as named in a 返還・廃棄証明書 (情報項目, 媒体名, 数量).
        returned_on: the day (ISO) on which its row says that it came back, "" = not yet. holder: who holds it.
    """

    item: str
    medium: str
    quantity: str = "1件"
    returned_on: str = ""
    holder: Holder = "受託者"


Kind = Literal["text", "choice", "day", "moment", "number", "person", "event", "organisation", "yes_no"]
YES, NO = "有", "無"
NOTHING = "—"
NOT_WRITTEN = "未記入"


@frozen
class LedgerColumn:
    """One column of a ledger.

    Attributes:
        key: its stored name. title: its name in the window and in print.
        kind: text, one of ``choices``, a day, a moment (day and time), a whole number with its ``unit``, a person by
            name, an event or a 団体 of the records, 有／無.
        choices_of_year: returns the words to choose from by the year's kinds of event; without the kinds any word is
            valid (``value_problem``).
        width: share of the width in print, which all printed columns fill together.
        is_required: a new row without it is refused. only_when: it is asked for only if another column (its key) has
            one of these values (「暗号化の方法」 only with 格納 = 有).
        hint: shown under its field. shown_in_list: it has a column in the list of the window. shown_under: it is shown
            in small type under another column (its key), with a prefix (「→」 or nothing).
        has_print_column: it has a column in print; else it is printed in the last one, 備考, with its title.
        filled_later: it is filled when the matter closes (返却日時), so a new row never lacks it.
        recorded_elsewhere: the screen that records this value of a derived row
            (「持出し・返却の画面の「返却を記録」」): it is filled in and emptied there only; "" = here. Without
            ``filled_later`` it isn't corrected here either.
        is_past_event: the day or moment of something done: it never lies after the day on which it is written.
    """

    key: str
    title: str
    kind: Kind = "text"
    _: KW_ONLY
    width: float = 24
    is_required: bool = True
    choices: tuple[str, ...] = ()
    choices_of_year: Callable[[Sequence[EventKind]], tuple[str, ...]] | None = None
    unit: str = ""
    only_when: tuple[str, tuple[str, ...]] | None = None
    hint: str = ""
    shown_in_list: bool = True
    shown_under: tuple[str, str] | None = None
    has_print_column: bool = True
    filled_later: bool = False
    recorded_elsewhere: str = ""
    is_past_event: bool = False

    @property
    def allowed_words(self) -> tuple[str, ...]:
        """Return the selectable words; none where anything may be typed."""
        return (YES, NO) if self.kind == "yes_no" else self.choices

    def applies_to(self, cells: Mapping[str, str]) -> bool:
        """Return whether a row with these cells has this column."""
        return self.only_when is None or cells.get(self.only_when[0], "") in self.only_when[1]


@record
class LedgerNames:
    """Names for the ids in cells (events and 団体), proposed names of people, and the choices of the year by column."""

    events: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@record
class CellProblem:
    """One error in a row: the key of its column, and a sentence."""

    column: str
    sentence: str


def clean_cells(columns: Sequence[LedgerColumn], cells: Mapping[str, str]) -> dict[str, str]:
    """Return the typed cells to store, without surrounding spaces.

    Left out are empty cells, unknown keys, and columns that do not apply to this row.
    """
    known = {column.key: cells.get(column.key, "").strip() for column in columns}
    return {column.key: known[column.key] for column in columns if known[column.key] and column.applies_to(known)}


def event_id_in(columns: Sequence[LedgerColumn], cells: Mapping[str, str]) -> int | None:
    """Return the event id in a row's first filled column of kind ``event``, or None."""
    return next((int(cells[one.key]) for one in columns if one.kind == "event" and cells.get(one.key)), None)


def find_problems(columns: Sequence[LedgerColumn], cells: Mapping[str, str]) -> tuple[CellProblem, ...]:
    """Return the errors of a row: missing required values, and values not of their kind.

    A column that does not apply is not looked at; one that is filled later may be empty.
    """
    found = []
    for column in columns:
        text = cells.get(column.key, "").strip()
        if not column.applies_to(cells):
            continue
        if not text:
            if column.is_required and not column.filled_later:
                found.append(CellProblem(column=column.key, sentence=f"{column.title}が書かれていません。"))
        elif sentence := value_problem(column, text):
            found.append(CellProblem(column=column.key, sentence=sentence))
    return tuple(found)


def value_problem(column: LedgerColumn, text: str, kinds: Sequence[EventKind] | None = None) -> str:
    """Return why ``text`` is invalid in a column, or "".

    ``kinds`` are those of the year, for a column whose choices follow them; None = any word of it is valid.
    """
    allowed = column.allowed_words
    if column.choices_of_year is not None:
        allowed = column.choices_of_year(kinds) if kinds is not None else ()
    if allowed and text not in allowed:
        return f"{column.title}は「{'」「'.join(allowed)}」から選んでください。"
    if column.kind == "number" and not (text.isascii() and is_digits(text)):
        return f"{column.title}は数字で入力してください。"
    if column.kind == "day" and cell_day(text) is None:
        return f"{column.title}は日付で入力してください。"
    if column.kind == "moment" and cell_moment(text) is None:
        return f"{column.title}は日付と時刻で入力してください。"
    return ""


def cell_day(text: str) -> date | None:
    """Return the day of a cell that holds a day or a moment, or None."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def future_day_problem(columns: Sequence[LedgerColumn], cells: Mapping[str, str], today: date) -> str:
    """Return a sentence on the first day of something done that lies after ``today``, or ""."""
    for column in columns:
        day = cell_day(cells.get(column.key, "")) if column.is_past_event else None
        if day is not None and day > today:
            return f"{column.title}の{short_date(day, today)}が、本日より後です。"
    return ""


def day_order_problem(columns: Sequence[LedgerColumn], cells: Mapping[str, str], *pairs: tuple[str, str]) -> str:
    """Return a sentence on a day that lies before the one it must follow (first key, second key), or "".

    The same day is no problem, whatever the times of two moments.
    """
    titles = {column.key: column.title for column in columns}
    for first, then in pairs:
        begun, ended = cell_day(cells.get(first, "")), cell_day(cells.get(then, ""))
        if begun is not None and ended is not None and ended < begun:
            return f"{titles[then]}が、{titles[first]}より前です。"
    return ""


def cell_moment(text: str) -> datetime | None:
    """Return the moment of a cell, or None; a day alone is no moment."""
    try:
        return datetime.fromisoformat(text) if len(text) > 10 else None
    except ValueError:
        return None


def to_cell(value: object) -> str:
    """Return a value in stored form: days and moments in ISO form, moments to the minute; True as 有, False as 無.

    None gives ""; anything else its text.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def cells_of(**values: object) -> dict[str, str]:
    """Return the cells of a row by their keys in stored form (``to_cell``), without empty ones."""
    return {key: text for key, value in values.items() if (text := to_cell(value))}


def blank(column: LedgerColumn, cells: Mapping[str, str]) -> str:
    """Return what stands in an empty cell: 「未記入」 where a row should have it, else a dash."""
    return NOT_WRITTEN if column.is_required and not column.filled_later and column.applies_to(cells) else NOTHING


def screen_words(column: LedgerColumn, text: str, names: LedgerNames, today: date) -> str:
    """Return a cell as shown in the window: 「9/17(木) 13:10」「14枚」."""
    return _timed(column, text, names, lambda day: short_date(day, today))


def workbook_words(column: LedgerColumn, text: str, names: LedgerNames) -> str:
    """Return a cell as written to a workbook, days with their year: 「2026/9/17 13:10」."""
    return _timed(column, text, names, lambda day: f"{day.year}/{day.month}/{day.day}")


def print_words(column: LedgerColumn, text: str, names: LedgerNames) -> str:
    """Return a cell as printed: 「R8.9.17(木)」 and the time under it."""
    return _timed(
        column,
        text,
        names,
        lambda day: f"{era_year_short(day)}.{day.month}.{day.day}({weekday_mark(day)})",
        before="\n",
    )


def _timed(
    column: LedgerColumn, text: str, names: LedgerNames, format_day: Callable[[date], str], *, before: str = " "
) -> str:
    """Return a day formatted by ``format_day``, with the time of a moment after ``before``; other text unchanged."""
    day = cell_day(text) if column.kind in ("day", "moment") else None
    if day is None:
        return _plain_text(column, text, names)
    moment = cell_moment(text)
    return format_day(day) + (f"{before}{clock_time(moment)}" if column.kind == "moment" and moment else "")


def _plain_text(column: LedgerColumn, text: str, names: LedgerNames) -> str:
    """Return a cell in words: the name for an id ("" if unknown), a number with its unit, other text unchanged."""
    if column.kind == "event":
        return names.events.get(text, "")
    if column.kind == "organisation":
        return names.organisations.get(text, "")
    return f"{text}{column.unit}" if text and column.kind == "number" else text


TYPED_IN = "手入力"
FROM_FORM = "様式"
SOURCE_WITHDRAWN = "元の記録が取り消されました"
CHECK_INTERVALS: Mapping[str, int] = {"毎週": 0, "毎月": 1, "四半期ごと": 3, "半年ごと": 6, "年1回": 12}
"""Possible intervals between checks in months; 0 = seven days."""
DoubtState = Literal["open", "asked", "settled"]


@record
class DerivedRow:
    """A row derived from another record.

    Attributes:
        key: table and id of that record (「takeouts:5」). cells: its values by column, as text. written_at: when the
            record was made.
        made_by: the action that made it, for the last column (「持出しを記入」). withdrawn: the record was withdrawn.
        link: leads to the record. event_id: the event it belongs to.
    """

    key: str
    cells: Mapping[str, str]
    written_at: datetime
    made_by: str
    withdrawn: bool = False
    link: ActionLink | None = None
    event_id: int | None = None


@record
class LedgerDoubt:
    """A doubt about a row (要確認), found by a declared rule.

    Attributes:
        row: the key of the row. rule: the rule's name, under which it is answered.
        words: the text in the list, short. explanation: one or two sentences. basis: the clause.
        column: where a correction would begin. question: the text to ask the contractor; "" = nothing to ask.
        missing_paper: the kind of document that the contractor has not handed in, "" = none.
    """

    row: str
    rule: str
    words: str
    explanation: str
    basis: str = ""
    column: str = ""
    question: str = ""
    missing_paper: str = ""


@record
class TrackedDoubt:
    """A doubt with its state: ``open``, ``asked`` (of the contractor), or ``settled`` (by a reason).

    ``note`` is the newest 照会 or 理由 that stands, None = open.
    """

    doubt: LedgerDoubt
    state: DoubtState
    note: LedgerNote | None = None


@record
class LedgerLine:
    """One row of a ledger with its corrections and doubts.

    Attributes:
        key: ``typed:3`` for a typed row, else table and id of the record (``takeouts:5``). number: its number, of a
            derived row that nobody relies on yet only the provisional one.
        cells: the current values, corrections included. entered_cells: the original values, with those filled in when
            the matter closed.
        day: that of the first column of days or moments, None = not filled.
        made_by: what made the row; 手入力 or 様式 for one that is stored in the ledger alone (``is_typed``). by: who
            wrote it. received_on: when the form it was read from came.
        corrections: oldest first, withdrawn ones included.
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

    def cell(self, key: str) -> str:
        """Return the current value of a column, "" where the row has none."""
        return self.cells.get(key, "")

    @property
    def missing_papers(self) -> tuple[str, ...]:
        """Return the documents that the contractor still owes by its doubts; a settled doubt owes none."""
        return tuple(
            one.doubt.missing_paper for one in self.doubts if one.doubt.missing_paper and one.state != "settled"
        )

    def is_correctable(self, column: LedgerColumn) -> bool:
        """Return whether a correction may change a column; what the source record has not set yet is set there."""
        return (
            self.is_typed or not column.recorded_elsewhere or (column.filled_later and bool(self.cells.get(column.key)))
        )

    def is_filled_later(self, column: LedgerColumn) -> bool:
        """Return whether a column is filled without a correction: when the matter closes, or if the record lacks it."""
        return column.filled_later or (column.is_required and not self.is_typed)

    @property
    def valid_corrections(self) -> tuple[LedgerNote, ...]:
        """Return the corrections that were not withdrawn."""
        return tuple(one for one in self.corrections if not one.withdrawn)


@record
class LedgerEntry:
    """One line of the list of a ledger: a row, or one of its corrections (``correction``)."""

    line: LedgerLine
    correction: LedgerNote | None = None

    @property
    def id(self) -> tuple[str, int]:
        """Return the row's key and the number of the correction (0 = the row itself)."""
        return self.line.key, self.correction.part if self.correction is not None else 0

    @property
    def number(self) -> str:
        """Return 「25」, for a correction 「25-1」."""
        return f"{self.line.number}-{self.correction.part}" if self.correction is not None else str(self.line.number)


@record
class LedgerBook:
    """The rows of one ledger of one year, by number; 取消 ones are among them.

    ``checks`` are its checks that stand, newest last; ``fixed_number_keys`` the keys of rows whose numbers are final.
    """

    columns: tuple[LedgerColumn, ...]
    lines: tuple[LedgerLine, ...]
    names: LedgerNames = field(default_factory=LedgerNames)
    checks: tuple[LedgerNote, ...] = ()
    fixed_number_keys: frozenset[str] = frozenset()

    def line(self, key: str) -> LedgerLine | None:
        """Return one row by its key, or None."""
        return next((line for line in self.lines if line.key == key), None)

    @property
    def counted_lines(self) -> tuple[LedgerLine, ...]:
        """Return the rows without cancelled ones."""
        return tuple(line for line in self.lines if not line.cancel_reason)

    @property
    def next_number(self) -> int:
        """Return the number of the next row."""
        return max((line.number for line in self.lines), default=0) + 1

    def count_in_month(self, day: date) -> int:
        """Return how many rows count in the month of ``day``."""
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
        """Return how many doubts are unanswered."""
        return self._count_doubts("open")

    def count_asked_doubts(self) -> int:
        """Return how many doubts wait for the contractor's answer."""
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
) -> LedgerBook:
    """Build the book of one ledger: every row with its number and corrections, without doubts (``with_doubts``).

    A number given to a derived row whose record is gone stays as a cancelled row with its kept cells. Derived rows
    without a number are counted on behind all others, oldest first.
    """
    said = group_by_key((note.row_key, note) for note in notes)
    given = {one.source_key: one for one in numbers}
    held = {one.key: one for one in derived}
    day_column = next((column.key for column in columns if column.kind in ("day", "moment")), "")
    lines = [
        LedgerLine(
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
        for row in typed_rows
    ]
    lines += [_derived_line(one, given[one.key].number) for one in held.values() if one.key in given]
    lines += [
        LedgerLine(
            key=one.source_key,
            number=one.number,
            cells=one.cells,
            entered_cells=one.cells,
            day=None,
            written_at=one.at,
            made_by="",
            cancel_reason=SOURCE_WITHDRAWN,
        )
        for key, one in given.items()
        if key not in held
    ]
    first = max((line.number for line in lines), default=0) + 1
    new = sorted((one for one in held.values() if one.key not in given), key=lambda one: (one.written_at, one.key))
    lines += [_derived_line(one, number) for number, one in enumerate(new, first)]
    whole = [_with_notes(line, said.get(line.key, []), day_column, columns) for line in lines]
    return LedgerBook(
        columns=tuple(columns),
        lines=tuple(sorted(whole, key=lambda line: line.number)),
        names=names,
        fixed_number_keys=frozenset(given),
        checks=tuple(one for one in said.get("", []) if one.what.is_check and not one.withdrawn),
    )


def typed_key(row_id: int) -> str:
    """Return the key of a typed row."""
    return f"typed:{row_id}"


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


def _with_notes(
    line: LedgerLine, notes: Sequence[LedgerNote], day_column: str, columns: Sequence[LedgerColumn]
) -> LedgerLine:
    """Return a line with its corrections, values filled in later and 取消 applied; day and event follow from them."""
    cells, entered = dict(line.cells), dict(line.entered_cells)
    later = frozenset(column.key for column in columns if line.is_filled_later(column))
    # A return that was taken back in its record is none here, whatever was corrected in it.
    unsaid = frozenset(column.key for column in columns if not line.is_correctable(column))
    said = sorted((one for one in notes if one.what.is_correction and one.part), key=lambda one: one.part)
    for one in notes:
        if one.what.is_correction and not one.part and one.about in later - unsaid and not one.withdrawn:
            cells[one.about] = entered[one.about] = one.new
    for one in said:
        if not one.withdrawn and one.about not in unsaid:
            cells[one.about] = one.new
    cancelled = line.cancel_reason or next(
        (one.reason for one in notes if one.what.is_withdrawal and not one.withdrawn), ""
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


def with_doubts(book: LedgerBook, doubts: Iterable[LedgerDoubt], notes: Iterable[LedgerNote]) -> LedgerBook:
    """Return the book with the doubts at its rows, each with its newest valid answer; cancelled rows have none."""
    answers: dict[tuple[str, str], LedgerNote] = {}
    for note in notes:
        if note.what.is_answer and not note.withdrawn:
            answers[note.row_key, note.about] = note
    found: dict[str, list[TrackedDoubt]] = {}
    for doubt in doubts:
        note_of = answers.get((doubt.row, doubt.rule))
        standing: DoubtState = "open" if note_of is None else "asked" if note_of.what.is_inquiry else "settled"
        found.setdefault(doubt.row, []).append(TrackedDoubt(doubt=doubt, state=standing, note=note_of))
    lines = (
        line if line.cancel_reason or line.key not in found else replace(line, doubts=tuple(found[line.key]))
        for line in book.lines
    )
    return replace(book, lines=tuple(lines))


def next_check_day(interval: str, begins: date | None, last: date | None) -> date | None:
    """Return the day of the next check: ``begins``, or so long after the ``last`` one if that was not before it.

    Args:
        interval: a key of ``CHECK_INTERVALS``. None is returned for any other word or without ``begins``.
    """
    if interval not in CHECK_INTERVALS or begins is None:
        return None
    return begins if last is None or last < begins else _months_later(last, CHECK_INTERVALS[interval])


def _months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the month's last day; zero months are seven days."""
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
    """Return the state of the check: 「点検 10/15(木)」, 「点検 9/30(水) を過ぎています」, or "" without checks."""
    due = next_check_day(interval, begins, checks[-1].at.date() if checks else None)
    if due is None:
        return ""
    return f"点検 {short_date(due, today)}" + ("を過ぎています" if due < today else "")


Judgement = Literal["適合", "不適合", "要確認", "対象外"]
FITS, FAILS, ASKS, OUTSIDE = "適合", "不適合", "要確認", "対象外"
JUDGEMENTS = (FITS, FAILS, ASKS, OUTSIDE)
SIGNS = {FITS: "適", FAILS: "否", ASKS: "要", OUTSIDE: "外"}
MAY, HELD, MAY_NOT = "選定可", "保留（要確認あり）", "選定不可"
OVERALL = (MAY, HELD, MAY_NOT)


@record
class CheckItem:
    """One item of a check list: its number, its text, its clause.

    ``not_applicable_when`` is a header field and the value with which the item does not apply (型 = SaaS型),
    ``not_applicable_reason`` explains it.
    """

    number: int
    text: str
    clause: str
    not_applicable_when: tuple[str, str] | None = None
    not_applicable_reason: str = ""

    @property
    def key(self) -> str:
        """Return the key of the item among the answers."""
        return str(self.number)


@record
class CheckPart:
    """One part of a check list: items under a heading with a common basis."""

    title: str
    basis: str
    items: tuple[CheckItem, ...]


@record
class CheckList:
    """A declared check list, from which its ledger of sheets and its document are derived.

    Attributes:
        key: its stored name. title, subtitle: printed. sign: prefix of its numbers (S-01).
        own_words: its own words for the four judgements and the three overall ones (「許容」 for 適合); stored are the
            usual words. signs: the same for the four signs.
        fourth_requires: what the fourth judgement needs to count: a reason (対象外), or a measure (低減して許容).
        unfit_text: what an overall judgement other than 選定可 means for the use.
        clause: its basis. header_columns: what a sheet is about; header_lines: its fields line by line in print.
            parts: the items. note: printed under them.
    """

    key: str
    title: str
    subtitle: str
    sign: str
    clause: str
    header_columns: tuple[LedgerColumn, ...]
    header_lines: tuple[tuple[str, ...], ...]
    parts: tuple[CheckPart, ...]
    note: str = ""
    own_words: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    fourth_requires: Literal["evidence", "measure"] = "evidence"
    unfit_text: str = ""

    def word_for(self, word: str) -> str:
        """Return the list's own word for a judgement, of an item or overall."""
        return self.own_words.get(word, word)

    def sign_of(self, word: str) -> str:
        """Return the printed sign of a judgement."""
        return self.signs.get(word, SIGNS[word])

    @property
    def items(self) -> tuple[CheckItem, ...]:
        """Return all items in order."""
        return tuple(item for part in self.parts for item in part.items)

    def reference(self, number: int) -> str:
        """Return the number of a sheet as printed: 「S-01」."""
        return f"{self.sign}-{number:02d}"


@record
class CheckedItem:
    """One evaluated item of a check list with the judgement that counts.

    ``chosen_judgement`` is the word that somebody chose, ``remark`` why it does not count.
    """

    item: CheckItem
    judgement: Judgement
    chosen_judgement: str = ""
    evidence: str = ""
    risk: str = ""
    measure: str = ""
    due: str = ""
    responsible: str = ""
    remark: str = ""


@record
class CheckOutcome:
    """The result of a check sheet: the count of each judgement, and the overall judgement.

    Both in the usual words (適合 …; 選定可, 保留（要確認あり）, 選定不可), not in the list's own.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    overall: str = HELD


def evaluate_items(
    check: CheckList, head: Mapping[str, str], written: Mapping[str, Mapping[str, str]]
) -> tuple[CheckedItem, ...]:
    """Return every item with the judgement that counts.

    No choice is 要確認; so is 適合 without evidence, and 対象外 without what the list requires for it (evidence or a
    measure). An item that does not apply is 対象外 in any case.

    Args:
        head: the header of the sheet by column. written: by item number as text the answer: ``word``, ``evidence``,
            ``risk``, ``measure``, ``due``, ``who``.
    """
    return tuple(_evaluate_item(check, item, head, written.get(item.key, {})) for item in check.items)


def _evaluate_item(
    check: CheckList, item: CheckItem, head: Mapping[str, str], written: Mapping[str, str]
) -> CheckedItem:
    """Return one item with the judgement that counts by what was answered."""
    typed = written.get("word", "")
    evidence = written.get("evidence", "")
    applies = item.not_applicable_when is None or head.get(item.not_applicable_when[0]) != item.not_applicable_when[1]
    word: Judgement = "要確認"
    if not applies:
        word, evidence = "対象外", evidence or item.not_applicable_reason
    elif typed == FITS and evidence.strip():
        word = "適合"
    elif typed == FAILS:
        word = "不適合"
    elif typed == OUTSIDE and written.get(check.fourth_requires, "").strip():
        word = "対象外"
    return CheckedItem(
        item=item,
        judgement=word,
        chosen_judgement=typed,
        evidence=evidence,
        risk=written.get("risk", ""),
        measure=written.get("measure", ""),
        due=written.get("due", ""),
        responsible=written.get("who", ""),
        remark=_missing_words(check, typed, word),
    )


def _missing_words(check: CheckList, typed: str, word: str) -> str:
    """Return what a chosen 適合 or 対象外 lacks to count (evidence, a reason, a measure); "" for all other answers.

    Also "" where an item is 対象外 because it does not apply, whatever was chosen.
    """
    if word != ASKS:
        return ""
    if typed == FITS:
        return f"「{check.word_for(FITS)}」には根拠資料が要ります"
    if typed == OUTSIDE:
        missing = "対策" if check.fourth_requires == "measure" else "根拠"
        return f"「{check.word_for(OUTSIDE)}」には{missing}が要ります"
    return ""


def count_outcome(answers: tuple[CheckedItem, ...]) -> CheckOutcome:
    """Return counts and overall judgement; 選定可 only without any 不適合 and 要確認 (特19-2, 特19-3)."""
    counts = {word: sum(one.judgement == word for one in answers) for word in JUDGEMENTS}
    overall = MAY_NOT if counts[FAILS] else HELD if counts[ASKS] else MAY
    return CheckOutcome(counts=counts, overall=overall)


def missing_measures(answers: tuple[CheckedItem, ...]) -> tuple[str, ...]:
    """Return what is missing to accept the sheet: 「項3の対策と期限」 for each item without a measure or its day.

    Only 不適合 and 要確認 items need both.
    """
    return tuple(
        f"項{one.item.number}の対策と期限"
        for one in answers
        if one.judgement in (FAILS, ASKS) and not (one.measure.strip() and one.due.strip())
    )


SAAS = "SaaS型"


def _check_part(title: str, clause: str, first: int = 1) -> CheckPart:
    """Return a part with an item for each item of a clause, in its words and order."""
    places = [
        (asks, number) for asks, number in clause_table().items() if number.startswith(clause) and number != clause
    ]
    items = tuple(
        CheckItem(
            number=number,
            text=text,
            clause=place,
            not_applicable_when=("type", SAAS) if text == _ENCRYPTION_KEYS else None,
            not_applicable_reason=f"SaaS型のため（{place}後段）" if text == _ENCRYPTION_KEYS else "",
        )
        for number, (text, place) in enumerate(places, first)
    )
    return CheckPart(title=title, basis=f"{clause}(1)から({len(items)})まで", items=items)


_ENCRYPTION_KEYS = "鍵の管理（生成から廃棄まで）"
"""What does not apply to SaaS (特19-3(6))."""

CLOUD = CheckList(
    key="cloud",
    title="クラウドサービス確認票",
    subtitle="重要情報を取り扱うもの（18項目）",
    sign="S",
    clause=clause_of("クラウドサービスの提供者の要件", "クラウドサービスの要件"),
    header_columns=(
        LedgerColumn("service", "サービス"),
        LedgerColumn("provider", "提供者"),
        LedgerColumn("type", "型", "choice", choices=("IaaS型", "PaaS型", SAAS)),
        LedgerColumn("region", "リージョン", is_required=False, hint="日本（東京）など。分からないときは空のまま"),
        LedgerColumn("use", "使い道・情報", hint="団体の事前アンケート（氏名、役職、回答）"),
        LedgerColumn("begins", "利用開始", "day", is_required=False),
        LedgerColumn("ends", "利用終了", "day", is_required=False),
    ),
    header_lines=(("service", "type", "provider", "region"), ("use", "begins", "ends")),
    parts=(
        _check_part("提供者について", clause_of("クラウドサービスの提供者の要件")),
        _check_part("サービスについて", clause_of("クラウドサービスの要件"), 9),
    ),
    note="要旨は条文を短くしたもの。「適合」と「対象外」には根拠が要る。"
         "不適合または要確認が1つでもあるうちは、総合判定は「選定可」にならない。",
    unfit_text="すべての項目を満たすまで、重要情報を扱うサービスとして選定できません。",
)  # fmt: skip

_RISKS = clause_of("別表のリスクの確認")
RISKS = CheckList(
    key="cloud_risks",
    title="クラウドサービスのリスク確認票",
    subtitle="重要情報を取り扱わないもの（別表12項目）",
    sign="R",
    clause=clause_of("重要情報を扱わない外部サービスのリスク", "別表のリスクの確認"),
    header_columns=(
        LedgerColumn("service", "サービス"),
        LedgerColumn("provider", "提供者"),
        LedgerColumn("terms", "約款の版・改定日", hint="変わったときは改訂して確かめ直します"),
        LedgerColumn("use", "使い道・情報", hint="無記名のアンケートの回答"),
        LedgerColumn("begins", "利用開始", "day", is_required=False),
        LedgerColumn("ends", "利用終了", "day", is_required=False),
    ),
    header_lines=(("service", "provider"), ("terms", "begins", "ends"), ("use",)),
    parts=(
        replace(_check_part("利用に係るリスク", _RISKS), basis=_RISKS),
    ),
    own_words={
        FITS: "許容", FAILS: "許容できない", OUTSIDE: "低減して許容", MAY: "利用可", MAY_NOT: "利用不可",
    },
    signs={FITS: "許", FAILS: "不", OUTSIDE: "低"},
    fourth_requires="measure",
    note="要旨は別表を短くしたもの。「許容」には約款の該当箇所が、「低減して許容」には対策が要る。"
         "許容できないまたは要確認が1つでもあるうちは、総合判定は「利用可」にならない。",
    unfit_text="別表のリスクがすべて許容できるまで、そのサービスを利用できません。",
)  # fmt: skip

CHECK_LISTS = (CLOUD, RISKS)
"""The check lists: of クラウドサービス with 重要情報 (特19-2(1)–(8), 特19-3(1)–(10)) and without (特20, 別表).

The wording is the program's own; the numbers follow the order in the clause.
"""
