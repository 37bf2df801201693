"""The lists of 情報保護: the overview of ledgers, and the rows of one with their corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.calendar.dates import (
    clock_time,
    short_date,
)
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.ledgers.rules import NOTHING, LedgerBook, LedgerColumn, LedgerEntry, blank, screen_words, workbook_words
from app.ledgers.services.ledger import Ledger
from app.ledgers.services.ledger_reading import LedgerSummary
from app.ledgers.services.ledger_writing import correction_words
from app.widgets.lists.record_model import Cell, Column, ExportColumn, unsorted
from app.window import theme as t
from db.records.ledgers import LedgerNote

BookGetter = Callable[[], LedgerBook]


_TAKEN_BACK = "取消になりました"
_FEW_COLUMNS = 4
_IN_ONE_LINE = 7
"""Number of heading characters that fit a usual column."""
_ROOM_FOR_ORIGIN = 780


def overview_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the overview: rows of this month, and open doubts or the next check."""
    return unsorted(
        Column(
            "title",
            "管理簿",
            show=lambda row: Cell(row.ledger.short or row.ledger.title, strong=bool(row.open_doubts)),
            stretch=True,
        ),
        Column("month", f"{today.month}月", show=lambda row: str(row.count_this_month), align="right"),
        Column("state", "確認・点検", show=lambda row: overview_state_cell(row, today)),
    )


def overview_state_cell(row: LedgerSummary, today: date) -> Cell:
    """Return the cell with what is open in a ledger; an overdue check is only the ward's own aim and never red."""
    if row.open_doubts:
        return Cell(f"要確認 {row.open_doubts}", icon="question", tone="amber")
    if row.asked_doubts:
        return Cell(f"照会中 {row.asked_doubts}", icon="hourglass-medium", tone="second")
    if row.check_due is not None:
        late = row.is_check_overdue(today)
        return Cell(
            f"点検 {short_date(row.check_due, today).partition('(')[0]}",
            icon="clock-fill" if late else "circle",
            tone="amber" if late else "second",
        )
    if row.total and not row.ledger.doubt_rules:
        return Cell(f"この年度 {row.total}行", tone="second")
    return Cell("") if row.total else Cell("記入なし", tone="second")


def entry_columns(ledger: Ledger, book: BookGetter, today: date) -> tuple[Column, ...]:
    """Return the columns of one ledger: number, listed columns, origin; all columns for a workbook.

    ``book`` returns the current book.
    """
    listed = [column for column in ledger.columns if column.shown_in_list and column.shown_under is None]
    widest = max((one for one in listed if one.kind not in ("day", "moment", "number")), key=lambda one: one.width)
    columns = [Column("number", "番号", show=_number, sortable=False)]
    columns += [_column(ledger, book, column, today, wide=column is widest) for column in listed]
    rest = [
        ExportColumn(one.title, show=_workbook_text(ledger, one, book))
        for one in ledger.columns
        if not one.shown_in_list or one.shown_under is not None
    ]
    columns.append(
        Column(
            "act",
            "出どころ",
            show=lambda entry: _origin_cell(entry, lambda day: short_date(day, today)),
            sortable=False,
            # Said below the list as well: where many columns stand side by side it is the one to give way.
            min_list_width=_ROOM_FOR_ORIGIN if len(listed) > _FEW_COLUMNS else 0,
            export_parts=(
                *rest,
                ExportColumn("出どころ", show=lambda entry: _origin_cell(entry, _sheet_day).plain()),
                ExportColumn("理由・元の値", show=lambda entry: _correction_text(ledger, book, entry)),
            ),
        )
    )
    return tuple(columns)


def entry_background(entry: LedgerEntry) -> str:
    """Return amber for a row with an open doubt, the accent's tint for a correction, "" for any other."""
    if entry.correction is not None:
        return str(t.ACCENT_TINT)
    return str(t.AMBER_BOX) if any(one.state == "open" for one in entry.line.doubts) else ""


def _number(entry: LedgerEntry) -> Cell:
    """Return the cell of the number; a correction has a sign."""
    if entry.correction is not None:
        return Cell(entry.number, icon="arrow-u-up-left", icon_tone="accent", tone="second")
    return Cell(entry.number, strong=not entry.line.cancel_reason, tone="second" if entry.line.cancel_reason else "")


def _column(ledger: Ledger, book: BookGetter, column: LedgerColumn, today: date, *, wide: bool) -> Column:
    """Return one listed column of a ledger; ``wide`` for the one that takes the remaining room."""

    def show(entry: LedgerEntry) -> Cell:
        return _cell(ledger, book(), column, entry, today, wide=wide)

    return Column(
        column.key,
        _title(ledger, column),
        show=show,
        stretch=wide,
        align="right" if column.kind == "number" else "left",
        widest=0 if wide else 116,
        sortable=False,
        copy_text=_workbook_text(ledger, column, book),
    )


def _title(ledger: Ledger, column: LedgerColumn) -> str:
    """Return the heading of a column with that of the value under it: 「引渡者 → 受領者」."""
    return column.title + "".join(
        f" {one.shown_under[1].strip()} {one.title}"
        if one.shown_under[1].strip() == "→"
        else f"・{_break_line(column.title + one.title)}{one.title}"
        for one in ledger.columns
        if one.shown_under is not None and one.shown_under[0] == column.key
    )


def _break_line(words: str) -> str:
    return "\n" if len(words) > _IN_ONE_LINE else ""


def _cell(
    ledger: Ledger, book: LedgerBook, column: LedgerColumn, entry: LedgerEntry, today: date, *, wide: bool
) -> Cell:
    """Return the cell of a row, or of one of its corrections, in a column.

    A correction stands with its date in the first column of days, and with what it changed and why in the ``wide`` one.
    The ``wide`` cell of a row also says its doubts and why it is 取消, any other cell the value before a correction.
    """
    line, note = entry.line, entry.correction
    if note is not None:
        if column is _day_column(ledger):
            return Cell(f"{short_date(note.at.date(), today)} {clock_time(note.at)}", tone="second")
        if wide:
            declared = next((one for one in ledger.columns if one.key == note.about), column)
            words = f"訂正　{correction_words(declared, book, note, today)}"
            said = f"理由　{note.reason}" + (f"　{_TAKEN_BACK}" if note.withdrawn else "")
            return Cell(words, said, tone="second" if note.withdrawn else "accent")
        return Cell()
    text = screen_words(column, line.cells.get(column.key, ""), book.names, today)
    tone = "second" if line.cancel_reason else ""
    first = screen_words(column, line.entered_cells.get(column.key, ""), book.names, today)
    old = f"元の値 {first or NOTHING}" if any(one.about == column.key for one in line.valid_corrections) else ""
    small = [
        f"{one.shown_under[1]}{said}"
        for one in ledger.columns
        if one.shown_under is not None
        and one.shown_under[0] == column.key
        and (said := screen_words(one, line.cells.get(one.key, ""), book.names, today))
    ]
    if not wide:
        return Cell(text or blank(column, line.cells), "\n".join((*small, old) if old else small), tone=tone)  # type: ignore[arg-type]
    doubts = "　".join(
        f"{one.doubt.words}（{'受託者に確認中' if one.state == 'asked' else one.note.reason if one.note else ''}）"
        if one.state != "open"
        else one.doubt.words
        for one in line.doubts
    )
    is_open = any(one.state == "open" for one in line.doubts)
    second = join_nonempty(doubts, fill_nonempty("取消　{}", line.cancel_reason), separator="\n")
    return Cell(
        text or blank(column, line.cells),
        second,
        aside="　".join(small),
        tone=tone,  # type: ignore[arg-type]
        second_tone="amber" if is_open else "second",
    )


def _day_column(ledger: Ledger) -> LedgerColumn | None:
    """Return the first column of days or moments, in which a correction shows its date, or None."""
    return next((one for one in ledger.columns if one.kind in ("day", "moment")), None)


def _workbook_text(ledger: Ledger, column: LedgerColumn, book: BookGetter) -> Callable[[LedgerEntry], str]:
    """Return the function for a cell of the workbook; a correction gives its new value and its date."""

    def show(entry: LedgerEntry) -> str:
        """Return the text of a cell in the workbook."""
        note = entry.correction
        if note is None:
            return workbook_words(column, entry.line.cells.get(column.key, ""), book().names)
        if note.about == column.key:
            return workbook_words(column, note.new, book().names)
        return _workbook_moment(note) if column is _day_column(ledger) else ""

    return show


def _workbook_moment(note: LedgerNote) -> str:
    return f"{_sheet_day(note.at.date())} {clock_time(note.at)}"


def _sheet_day(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _origin_cell(entry: LedgerEntry, said: Callable[[date], str]) -> Cell:
    """Return the cell of where a line comes from, that it is cancelled, or who corrected it."""
    line, note = entry.line, entry.correction
    if note is not None:
        return Cell(note.by, "元の行は残る")
    if line.cancel_reason:
        return Cell("取消", line.made_by, tone="second")
    if line.is_typed:
        came = f"受領 {said(line.received_on)}" if line.received_on is not None else ""
        return Cell(line.made_by, join_nonempty(came, line.by))
    return Cell(
        line.made_by,
        f"{said(entry.line.written_at.date())}に記録" if entry.line.written_at.hour else "",
        icon="arrows-clockwise" if line.made_by else "",
        icon_tone="green",
    )


def _correction_text(ledger: Ledger, book: BookGetter, entry: LedgerEntry) -> str:
    """Return a correction in words, or why a row was cancelled; empty for any other row."""
    note = entry.correction
    if note is None:
        return entry.line.cancel_reason
    declared = next((one for one in ledger.columns if one.key == note.about), None)
    words = ""
    if declared is not None:
        old, new = (workbook_words(declared, text, book().names) or "（空欄）" for text in (note.old, note.new))
        words = f"{declared.title}　{old} → {new}"
    # Where the day itself was corrected its new value stands in the column that says when.
    when = _workbook_moment(note) if declared is not None and declared is _day_column(ledger) else ""
    return join_nonempty(words, note.reason, when, _TAKEN_BACK if note.withdrawn else "")
