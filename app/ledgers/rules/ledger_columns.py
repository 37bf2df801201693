"""The columns of a ledger: what kinds there are, how a value is kept and said, and what a row lacks.

A cell is kept as text: a day 「2026-09-17」, a moment 「2026-09-17T13:10」, a number 「14」, an event or a 団体 by its
    id,
everything else as typed. What it looks like is made of it here, for the window and for paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from app.calendar.dates import short_date, weekday_mark
from app.calendar.wareki import era_year_short
from db.frozen_record import frozen_record

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
