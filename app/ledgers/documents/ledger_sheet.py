"""What a printed ledger says: every row by number, every correction as a row of its own, and who confirms each page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.calendar.dates import long_date, long_date_plain, stamp_words, weekday_mark
from app.calendar.wareki import era_year_short, fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import DocumentContext
from app.documents.ledger_blocks import LedgerRowOnPaper, LedgerSheet
from app.documents.rules.clause_numbers import with_known_numbers
from app.ledgers.rules.book import Book, LedgerLine
from app.ledgers.rules.ledger_columns import NOTHING, LedgerColumn, print_words
from db.frozen_record import frozen_record
from db.records.ledgers import LedgerNote

WIDTH = 261.0
_NUMBER, _REMARK = 11.0, 31.0
_REMARKS = "備考"
_DAY = 22.0
_LONG = 60  # letters of a value that is said once: a correction names the row in which it stands
"""What 「R8.11.17（火）」 takes with its padding, in mm."""


@frozen_record
class LedgerPrintFacts:
    """What a ledger declares for its paper: title, the sign of its number, whose it is, its basis, and its totals."""

    title: str
    sign: str
    keeper: str
    basis: str
    handling_mark: str
    note: str
    check_text: str
    totals: tuple[tuple[str, Callable[[Mapping[str, str]], bool], bool], ...]


def ledger_document(context: DocumentContext, book: Book, facts: LedgerPrintFacts) -> DocumentContent:
    """Return the print form of a ledger as its rows stand now."""
    programme, made = context.programme, context.made_at
    number = f"R{programme.fiscal_year - 2018}-{facts.sign}"
    printed = _print_columns(book)
    widths = _widths(printed, WIDTH - _NUMBER - _REMARK)
    rows: list[LedgerRowOnPaper] = []
    for line in book.lines:
        rows += _printed_rows(book, line, facts)
    sheet = LedgerSheet(
        title=facts.title,
        about=f"{fiscal_year_words(programme.fiscal_year)}　基準日 "
        f"{long_date(made.date())}　根拠：{with_known_numbers(facts.basis, programme)}　備える者：{facts.keeper}",
        handling="取扱注意" if facts.handling_mark else "",
        titles=("番号", *(column.title for column in printed), _last_title(printed)),
        widths=(_NUMBER, *widths, _REMARK),
        numbers=frozenset(place for place, column in enumerate(printed, 1) if column.kind == "number"),
        rows=tuple(rows),
        totals=tuple((label, numbered) for label, _counts, numbered in facts.totals),
        note=with_known_numbers("行は消さず、誤りは訂正行で直す。" + facts.note, programme),
        boxes=(
            ("区　記録者", ""),
            ("区　点検（係長）", facts.check_text or "　　月　　日"),
            ("受託者　管理責任者　確認", "　　月　　日"),
        ),
    )
    return DocumentContent(
        kind=facts.title,
        reference=number,
        version=0,
        look="ledger",
        blocks=(sheet,),
        first_sheet=facts.title,
        file_stem=f"{number}-{facts.title}-{made:%Y%m%d}",
        header_left=programme.title,
        header_right=f"管理簿番号 {number}",
        footer_left=join_nonempty(facts.handling_mark, "施錠して保管し、頁を外さない"),
        footer_right=f"作成　{stamp_words(made)}",
        sample=programme.sample,
        personal=True,
        properties={"title": f"{facts.title}　{fiscal_year_words(programme.fiscal_year)}", "created": made.isoformat()},
    )


def _last_title(columns: Sequence[LedgerColumn]) -> str:
    """The heading of the last column; a ledger that prints its 備考 has them beside it, and that word once."""
    return "訂正・出どころ" if any(column.title == _REMARKS for column in columns) else f"{_REMARKS}・出どころ"


def _widths(columns: Sequence[LedgerColumn], room: float) -> tuple[float, ...]:
    """Share ``room`` mm by the widths that the ledger declares; a day always finds room for itself on one line."""
    days = [column.kind in ("day", "moment") for column in columns]
    total = sum(column.width for column in columns)
    shares = [column.width * room / total for column in columns]
    least = [max(share, _DAY) if day else share for share, day in zip(shares, days, strict=True)]
    over = sum(least) - room
    others = sum(share for share, day in zip(shares, days, strict=True) if not day)
    if not others:
        return tuple(shares)
    return tuple(
        wide if day else wide - over * share / others for wide, share, day in zip(least, shares, days, strict=True)
    )


def _printed_rows(book: Book, line: LedgerLine, facts: LedgerPrintFacts) -> list[LedgerRowOnPaper]:
    """Return one row and its corrections, the last one of each column being the value that holds."""
    standing = line.valid_corrections
    corrected = {one.about for one in standing}
    printed = _print_columns(book)
    cells = tuple(_cell(book, column, line.entered_cells) for column in printed)
    remark = [f"取消：{line.cancel_reason}"] if line.cancel_reason else []
    remark += [f"訂正は{'、'.join(f'{line.number}-{one.part}' for one in standing)}"] if standing else []
    remark += [_remark_text(book, column, line.cells) for column in book.columns if not column.has_print_column]
    remark += [
        line.made_by if line.received_on is None else f"{line.made_by}（受領 {long_date_plain(line.received_on)}）"
    ]
    remark += [f"{one.doubt.words}：{one.note.reason}" for one in line.doubts if one.note is not None]
    counts = () if line.cancel_reason else tuple(label for label, holds, _numbered in facts.totals if holds(line.cells))
    struck = frozenset(place for place, column in enumerate(printed, 1) if column.key in corrected)
    whole = [
        LedgerRowOnPaper(
            cells=(str(line.number), *cells, join_nonempty(*remark)),
            struck=struck,
            cancelled=bool(line.cancel_reason),
            counts=counts,
        )
    ]
    last = {one.about: one.part for one in standing}
    whole += [_correction_row(book, line, one, holds=last.get(one.about) == one.part) for one in line.corrections]
    return whole


def _correction_row(book: Book, line: LedgerLine, note: LedgerNote, *, holds: bool) -> LedgerRowOnPaper:
    printed = _print_columns(book)
    column = next((one for one in book.columns if one.key == note.about), None)
    old = print_words(column, note.old, book.names).replace("\n", " ") if column is not None else note.old
    cells = [""] * len(printed)
    place = next((number for number, one in enumerate(printed) if one.key == note.about), None)
    when = next((number for number, one in enumerate(printed) if one.kind in ("day", "moment")), None)
    stamp = (
        f"{era_year_short(note.at.date())}.{note.at.month}.{note.at.day}({weekday_mark(note.at.date())})\n"
        f"{note.at.hour}:{note.at.minute:02d}"
    )
    if when is not None and when != place:
        cells[when] = stamp
    said = f"（訂正行）No {line.number}の{column.title if column is not None else note.about}"
    at = _correction_text_column(printed, place, when)
    new = print_words(column, note.new, book.names) if column is not None else note.new
    if place is None:
        cells[at] = f"{said}　{new}"
    else:
        cells[at] = said if at != place else cells[at]
        cells[place] = new or NOTHING
    if place is not None and len(old) > _LONG:
        old = _original_row_text(line, note) or old
    remark = [
        f"取消（{note.reason}）" if note.withdrawn else f"理由：{note.reason}",
        f"元の値 {old or NOTHING}",
        note.by,
    ]
    remark += [] if when is not None and when != place else [stamp.replace("\n", " ")]
    return LedgerRowOnPaper(
        cells=(f"{line.number}-{note.part}", *cells, "　".join(remark)),
        struck=frozenset() if holds or note.withdrawn or place is None else frozenset((place + 1,)),
        correction=True,
        cancelled=note.withdrawn,
    )


def _original_row_text(line: LedgerLine, note: LedgerNote) -> str:
    """「No 8の行」: the row above in which a long value that was corrected stands, struck and readable;
    "" = in none."""
    before = [
        one for one in line.corrections if one.part < note.part and one.about == note.about and one.new == note.old
    ]
    if before:
        return f"No {line.number}-{before[-1].part}の行"
    return f"No {line.number}の行" if line.entered_cells.get(note.about) == note.old else ""


def _print_columns(book: Book) -> tuple[LedgerColumn, ...]:
    return tuple(column for column in book.columns if column.has_print_column)


def _remark_text(book: Book, column: LedgerColumn, cells: Mapping[str, str]) -> str:
    """A value without a column on paper, named by its title; 備考 is 備考."""
    text = print_words(column, cells.get(column.key, ""), book.names).replace("\n", " ")
    return "" if not text else text if column.title == _REMARKS else f"{column.title} {text}"


def _correction_text_column(columns: Sequence[LedgerColumn], place: int | None, when: int | None) -> int:
    """The widest column of text that is free in a correction's row; it says which value was corrected."""
    free = [number for number, one in enumerate(columns) if number not in (place, when) and one.kind != "number"]
    return max(free, key=lambda number: columns[number].width, default=place or 0)


def _cell(book: Book, column: LedgerColumn, cells: Mapping[str, str]) -> str:
    text = print_words(column, cells.get(column.key, ""), book.names)
    if text or not column.applies_to(cells):
        return text or NOTHING
    return "未" if column.filled_later else NOTHING
