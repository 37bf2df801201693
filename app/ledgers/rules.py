"""What of a row of a ledger somebody holds until the end of the contract (特22-1), in the words of 返還・廃棄証明書.

The columns of a ledger: what kinds there are, how a value is kept and said, and what a row lacks.

A cell is kept as text: a day 「2026-09-17」, a moment 「2026-09-17T13:10」, a number 「14」, an event or a 団体 by its
    id,
everything else as typed. What it looks like is made of it here, for the window and for paper.

The rows of one ledger of one year as they stand: numbers, corrections, what is doubtful, months, and when it is
checked.

A number is given once. Rows typed by hand have theirs from the beginning; rows that other records hold get one when
somebody may rely on it (``LedgerNumber``), and stand until then behind all numbered ones in the order in which they
were written.

Check lists (確認票): declared items, four words of judgement, evidence, and an overall judgement that is counted,
never typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date, weekday_mark
from app.calendar.wareki import era_year_short
from db.frozen_record import frozen_record
from db.records.ledgers import LedgerNote, LedgerNumber, LedgerRow

Holder = Literal["受託者", "区"]
WHOLE_QUANTITY: Final = "一式"
"""The quantity of what is not counted: more of the same is no other thing."""


@frozen_record
class HeldItem:
    """One thing that is held.

    Attributes:
        item, medium, quantity: as a 返還・廃棄証明書 names it (情報項目, 媒体名, 数量).
        returned_on: the day (ISO) on which its own row says that it came back, "" = it does not say so. holder: who
            holds it.
    """

    item: str
    medium: str
    quantity: str = "1件"
    returned_on: str = ""
    holder: Holder = "受託者"


Kind = Literal["text", "choice", "day", "moment", "number", "person", "event", "organisation", "yes_no"]
YES, NO = "有", "無"
NOTHING: Final = "—"


@dataclass(frozen=True)
class LedgerColumn:
    """One column of a ledger.

    Attributes:
        key: its name in the file. title: its name in the window and on paper.
        kind: text, one of ``choices``, a day, a moment (day and time), a whole number with its ``unit``, a person by
            name, an event or a 団体 of the records, 有／無.
        width: millimetres on paper; all columns with 番号 make 261.
        is_required: a row without it is not complete. only_when: it is asked for only where another column (its key)
            has one of these values (「暗号化の方法」 only with 格納 = 有).
        hint: under its field. shown_in_list: it has a column in the list of the window. shown_under: it stands there
            in small type under another column (its key), with a sign before it (「→」 or nothing).
        has_print_column: it has a column on paper; else it stands in the last one, 備考, with its title where it is
            not 備考 itself.
        filled_later: it is filled when the matter closes (返却日時), so a new row never lacks it.
        recorded_elsewhere: where the record that holds a row gets this value (「持出し・返却の画面の「返却を記録」」):
            in such a row it is filled in and emptied there, with all that is checked there, never here; "" = here as
            anywhere. Without ``filled_later`` it isn't corrected here either.
        is_past_event: the day or moment of something that was done: it never lies ahead of the day on which it is
            written.
    """

    key: str
    title: str
    kind: Kind = "text"
    _: KW_ONLY
    width: float = 24
    is_required: bool = True
    choices: tuple[str, ...] = ()
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
        """The words that may be chosen; none where anything may be typed."""
        return (YES, NO) if self.kind == "yes_no" else self.choices

    def applies_to(self, cells: Mapping[str, str]) -> bool:
        """Whether a row with these cells has this column at all."""
        return self.only_when is None or cells.get(self.only_when[0], "") in self.only_when[1]


@frozen_record
class LedgerNames:
    """What the ids in cells stand for: events and 団体 by id, and the names proposed for people."""

    events: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()


@frozen_record
class CellProblem:
    """One thing that is wrong with a row: the column, and a sentence."""

    column: str
    sentence: str


def clean_cells(columns: Sequence[LedgerColumn], cells: Mapping[str, str]) -> dict[str, str]:
    """Return what is kept of typed cells: known columns that the row has, without spaces around, nothing
    else changed."""
    known = {column.key: cells.get(column.key, "").strip() for column in columns}
    return {column.key: known[column.key] for column in columns if known[column.key] and column.applies_to(known)}


def event_id_in(columns: Sequence[LedgerColumn], cells: Mapping[str, str]) -> int | None:
    """Return the event that a row names in its cells, or None."""
    return next((int(cells[one.key]) for one in columns if one.kind == "event" and cells.get(one.key)), None)


def find_problems(columns: Sequence[LedgerColumn], cells: Mapping[str, str]) -> tuple[CellProblem, ...]:
    """Return what keeps a row from being entered: a needed column without value, a value that is none of its kind."""
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


def value_problem(column: LedgerColumn, text: str) -> str:
    """Return why ``text`` can't stand in a column, or "" where it can."""
    if column.allowed_words and text not in column.allowed_words:
        return f"{column.title}は「{'」「'.join(column.allowed_words)}」から選んでください。"
    if column.kind == "number" and not (text.isascii() and text.isdigit()):
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
    """Say in a sentence which day of something that was done lies after ``today``, or ""."""
    for column in columns:
        day = cell_day(cells.get(column.key, "")) if column.is_past_event else None
        if day is not None and day > today:
            return f"{column.title}の{short_date(day, today)}が、本日より後です。"
    return ""


def day_order_problem(columns: Sequence[LedgerColumn], cells: Mapping[str, str], *pairs: tuple[str, str]) -> str:
    """Say in a sentence which day stands before the one that it follows (first key, second key), or ""."""
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
    """Return a value as a cell keeps it: days and moments in ISO form, moments to the minute; nothing as ""."""
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
    """Return the cells of a row by their keys, each as ``stored`` keeps it, without the empty ones."""
    return {key: text for key, value in values.items() if (text := to_cell(value))}


def screen_words(column: LedgerColumn, text: str, names: LedgerNames, today: date) -> str:
    """Return a cell as the window says it: 「9/17(木) 13:10」「14枚」."""
    return _timed(column, text, names, lambda day: short_date(day, today))


def workbook_words(column: LedgerColumn, text: str, names: LedgerNames) -> str:
    """Return a cell as a workbook says it, every day with its year: 「2026/9/17 13:10」."""
    return _timed(column, text, names, lambda day: f"{day.year}/{day.month}/{day.day}")


def print_words(column: LedgerColumn, text: str, names: LedgerNames) -> str:
    """Return a cell as paper says it: 「R8.9.17(木)」 and the time under it."""
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
    """A day as ``format_day`` says it, and the time of a moment with ``before`` before it; what is no day as it is."""
    day = cell_day(text) if column.kind in ("day", "moment") else None
    if day is None:
        return _plain_text(column, text, names)
    moment = cell_moment(text)
    return format_day(day) + (
        f"{before}{moment.hour}:{moment.minute:02d}" if column.kind == "moment" and moment else ""
    )


def _plain_text(column: LedgerColumn, text: str, names: LedgerNames) -> str:
    if column.kind == "event":
        return names.events.get(text, "")
    if column.kind == "organisation":
        return names.organisations.get(text, "")
    return f"{text}{column.unit}" if text and column.kind == "number" else text


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


Judgement = Literal["適合", "不適合", "要確認", "対象外"]
FITS, FAILS, ASKS, OUTSIDE = "適合", "不適合", "要確認", "対象外"
JUDGEMENTS: Final = (FITS, FAILS, ASKS, OUTSIDE)
SIGNS: Final = {FITS: "適", FAILS: "否", ASKS: "要", OUTSIDE: "外"}
MAY, HELD, MAY_NOT = "選定可", "保留（要確認あり）", "選定不可"
OVERALL: Final = (MAY, HELD, MAY_NOT)


@frozen_record
class CheckItem:
    """One item: its number, what it asks, its clause.

    ``not_applicable_when`` is a field of the head and the value with which the item does not apply (型 = SaaS型),
    ``not_applicable_reason`` says so.
    """

    number: int
    text: str
    clause: str
    not_applicable_when: tuple[str, str] | None = None
    not_applicable_reason: str = ""

    @property
    def key(self) -> str:
        """Its key among the answers."""
        return str(self.number)


@frozen_record
class CheckPart:
    """Items under one heading with their common basis."""

    title: str
    basis: str
    items: tuple[CheckItem, ...]


@frozen_record
class CheckList:
    """A declared check list; the ledger of its sheets and its paper follow from it (``app.contributions``).

    Attributes:
        key: its name in the file. title, subtitle: on paper. sign: before its numbers (S-01).
        own_words: how it says the four judgements and the three overall ones where that is otherwise (「許容」 for
            適合); the file keeps the usual words. signs: the same for the four signs.
        fourth_requires: what the fourth judgement needs to count: a ground (対象外), or a measure (低減して許容).
        unfit_text: what an overall judgement that is not 選定可 means for the use.
        clause: what it rests on. header_columns: what a sheet is about; header_lines: its fields line by line on
            paper. parts: the items. note: under them.
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
        """Return how this list says a judgement, of an item or of all."""
        return self.own_words.get(word, word)

    def sign_of(self, word: str) -> str:
        """Return its sign on paper."""
        return self.signs.get(word, SIGNS[word])

    @property
    def items(self) -> tuple[CheckItem, ...]:
        """All items in order."""
        return tuple(item for part in self.parts for item in part.items)

    def reference(self, number: int) -> str:
        """「S-01」."""
        return f"{self.sign}-{number:02d}"


@frozen_record
class CheckedItem:
    """One item as it stands: the judgement that counts, and what was written. ``chosen_judgement`` is the word that
    somebody
    chose, ``remark`` why that is not the one that counts.
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


@frozen_record
class CheckOutcome:
    """What all items make together: how many of each word, and the overall judgement."""

    counts: Mapping[str, int] = field(default_factory=dict)
    overall: str = HELD


def evaluate_items(
    check: CheckList, head: Mapping[str, str], written: Mapping[str, Mapping[str, str]]
) -> tuple[CheckedItem, ...]:
    """Return every item with the judgement that counts.

    Nothing chosen is 要確認; 適合 without evidence is 要確認; an item that does not apply is 対象外, whatever was
    chosen.
    """
    return tuple(_evaluate_item(check, item, head, written.get(item.key, {})) for item in check.items)


def _evaluate_item(
    check: CheckList, item: CheckItem, head: Mapping[str, str], written: Mapping[str, str]
) -> CheckedItem:
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
        remark=_remark(check, typed, word),
    )


def _remark(check: CheckList, typed: str, word: str) -> str:
    """Why the judgement that counts is not the one chosen, or ""."""
    if word != ASKS:
        return ""
    if typed == FITS:
        return f"「{check.word_for(FITS)}」には根拠資料が要ります"
    if typed == OUTSIDE and check.fourth_requires == "measure":
        return f"「{check.word_for(OUTSIDE)}」には対策が要ります"
    return ""


def count_outcome(answers: tuple[CheckedItem, ...]) -> CheckOutcome:
    """Count the judgements; 選定可 only without any 不適合 and 要確認 (特19-2, 特19-3: all items must be met)."""
    counts = {word: sum(one.judgement == word for one in answers) for word in JUDGEMENTS}
    overall = MAY_NOT if counts[FAILS] else HELD if counts[ASKS] else MAY
    return CheckOutcome(counts=counts, overall=overall)


def missing_measures(answers: tuple[CheckedItem, ...]) -> tuple[str, ...]:
    """Return what an open item still needs before the sheet is complete: a measure and a day for each 不適合 and
    要確認."""
    return tuple(
        f"項{one.item.number}の対策と期限"
        for one in answers
        if one.judgement in (FAILS, ASKS) and not (one.measure.strip() and one.due.strip())
    )
