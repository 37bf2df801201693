"""The print forms of ledgers and check lists (確認票).

A ledger prints every row by number, every correction as a row of its own, and confirmations on each page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.calendar.dates import (
    BLANK_DATE,
    clock_time,
    long_date,
    long_date_plain,
    stamp_words,
    weekday_mark,
)
from app.calendar.wareki import era_year_short, fiscal_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import (
    Block,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Paragraph,
    SheetBreak,
    Table,
    Title,
)
from app.documents.document_frame import NO_PERSONAL_DATA_NOTICE, DocumentContext, head_of_ward, table_day
from app.documents.ledger_blocks import LedgerRowOnPaper, LedgerSheet
from app.documents.rules import with_known_numbers, with_own_words
from app.ledgers.rules import (
    ASKS,
    FAILS,
    FITS,
    JUDGEMENTS,
    NOTHING,
    OUTSIDE,
    CheckedItem,
    CheckList,
    CheckOutcome,
    CheckPart,
    LedgerBook,
    LedgerColumn,
    LedgerLine,
    LedgerNames,
    blank,
    cell_day,
    print_words,
)
from db.record import record
from db.records.ledgers import CheckSheet, LedgerNote


@record
class CheckSheetContent:
    """One filled check sheet with its evaluated items and their overall result."""

    sheet: CheckSheet
    answers: tuple[CheckedItem, ...]
    outcome: CheckOutcome


def check_sheet_document(
    context: DocumentContext, check_list: CheckList, sheets: tuple[CheckSheetContent, ...]
) -> DocumentContent:
    """Return one document with the given sheets of a check list; each begins a new page (from 1) and Excel sheet."""
    blocks: list[Block] = []
    for facts in sheets:
        if blocks:
            blocks.append(SheetBreak(sheet=check_list.reference(facts.sheet.number), page=True, restart=True))
        blocks += _sheet_blocks(context, check_list, facts)
    made, programme = context.made_at, context.programme
    number = f"{programme.year_code}-{check_list.sign}"
    return DocumentContent(
        kind=check_list.title,
        reference=number,
        version=0,
        look="form",
        blocks=tuple(blocks),
        first_sheet=check_list.reference(sheets[0].sheet.number),
        file_stem=f"{number}-{check_list.title}-{made:%Y%m%d}",
        header_left=programme.title,
        header_right=check_list.title,
        footer_left=NO_PERSONAL_DATA_NOTICE,
        footer_right=f"作成　{stamp_words(made)}",
        sample=programme.sample,
        properties={"title": check_list.title, "created": made.isoformat()},
    )


def _sheet_blocks(context: DocumentContext, check: CheckList, facts: CheckSheetContent) -> list[Block]:
    """Return the blocks of one check sheet: title, header, parts, remaining risks and result."""
    sheet, contractor = facts.sheet, context.contractor
    filled = long_date_plain(sheet.filled_on) if sheet.filled_on is not None else BLANK_DATE
    sender = join_nonempty(contractor.name or "受託者", sheet.filled_by)
    blocks: list[Block] = [
        Title(
            check.title,
            subtitle=f"{check.subtitle}　{check.reference(sheet.number)}　第{sheet.revision}版",
            lead=f"{head_of_ward(context.office)}　　{filled}　{sender}",
        ),
        KeyValues(rows=tuple(_header_line(check, keys, sheet) for keys in check.header_lines)),
    ]
    for number, part in enumerate(check.parts, 1):
        blocks += _part_blocks(check, str(number), part, facts)
    blocks.append(Paragraph(f"注　{check.note}", style="note"))
    open_ones = [one for one in facts.answers if one.judgement in (FAILS, ASKS)]
    blocks.append(Heading(2, str(len(check.parts) + 1), "残るリスクと対策"))
    if open_ones:
        blocks.append(_risks(open_ones))
    else:
        blocks.append(Paragraph(f"{check.word_for(FAILS)}と{ASKS}の項目はない。"))
    blocks.append(KeyValues(rows=_judgement_rows(check, facts)))
    return blocks


def _header_line(check: CheckList, keys: tuple[str, ...], sheet: CheckSheet) -> tuple[str, str]:
    """Return label and text of one printed line with the header fields ``keys``.

    The first field's title is the label, the others stand after their own titles; an empty value is 「—」.
    """
    columns = [column for key in keys for column in check.header_columns if column.key == key]
    said = [print_words(column, sheet.head.get(column.key, ""), LedgerNames()) or "—" for column in columns]
    rest = (f"{column.title} {words}" for column, words in zip(columns[1:], said[1:], strict=True))
    return columns[0].title, "　".join((said[0], *rest))


def _part_blocks(check: CheckList, number: str, part: CheckPart, facts: CheckSheetContent) -> list[Block]:
    items = {item.number for item in part.items}
    rows = tuple(
        (str(one.item.number), one.item.text, check.sign_of(one.judgement), _evidence_text(check, one))
        for one in facts.answers
        if one.item.number in items
    )
    key = "　".join(f"{check.sign_of(word)}＝{check.word_for(word)}" for word in JUDGEMENTS) if number == "1" else ""
    return [
        Heading(
            2,
            number,
            f"{part.title}（{len(part.items)}項目）",
            right="　".join(filter(None, (part.basis, key))),
        ),
        Table(
            (
                Column("項", width=10, align="center"),
                Column("要旨", width=60),
                Column("判定", width=32, choices=tuple(map(check.sign_of, JUDGEMENTS))),
                Column("根拠資料・該当箇所", width=63),
            ),
            rows,
            name=f"{part.title}_{table_name(facts)}",
        ),
    ]


def _evidence_text(check: CheckList, one: CheckedItem) -> str:
    """Return the evidence, or where it is empty what the judgement lacks; with the measure below for 低減して許容.

    「—」 without any of them.
    """
    measure = one.measure if one.judgement == OUTSIDE and check.fourth_requires == "measure" else ""
    return join_nonempty(one.evidence or one.remark, fill_nonempty("対策　{}", measure), separator="\n") or "—"


def table_name(facts: CheckSheetContent) -> str:
    """Return the suffix 「number_version」 that tells the tables of a sheet from those of other sheets in Excel."""
    return f"{facts.sheet.number}_{facts.sheet.revision}"


def _risks(answers: list[CheckedItem]) -> Table:
    return Table(
        (
            Column("項", width=10, align="center"),
            Column("残るリスク", width=60),
            Column("対策", width=60),
            Column("期限・担当", width=35),
        ),
        tuple(
            (
                str(one.item.number),
                one.risk or "—",
                one.measure or "—",
                _person_and_day(one),
            )
            for one in answers
        ),
    )


def _person_and_day(answer: CheckedItem) -> str:
    """Return the day and the person of a measure, one below the other; 「—」 without either."""
    day = cell_day(answer.due)
    return join_nonempty(table_day(day) if day is not None else "", answer.responsible, separator="\n") or "—"


def _judgement_rows(check: CheckList, facts: CheckSheetContent) -> tuple[tuple[str, str], ...]:
    """Return the rows 総合判定 (with the count of each judgement) and 区使用欄 (受領, 確認者, 見直し) of a sheet."""
    sheet, counts = facts.sheet, facts.outcome.counts
    said = "　".join(f"{check.word_for(word)} {counts[word]}" for word in (FITS, FAILS, ASKS, OUTSIDE))
    taken = (
        [f"受領 {table_day(sheet.received_on)}", f"確認者 {sheet.checked_by}"]
        if sheet.received_on is not None
        else ["受領 　　月　　日", "確認者"]
    )
    if sheet.review_on is not None:
        taken.append(f"見直し {table_day(sheet.review_on)}まで")
    return (
        ("総合判定", f"{check.word_for(facts.outcome.overall)}　（{said}　計{sum(counts.values())}）"),
        ("区使用欄", "　".join(taken)),
    )


WIDTH = 261.0
_NUMBER, _REMARK = 11.0, 31.0
_REMARKS = "備考"
_DAY = 22.0
"""Width in mm of 「R8.11.17（火）」 with padding."""
_LONG = 60  # letters of a value that is said once: a correction names the row in which it stands


@record
class LedgerPrintFacts:
    """What a ledger declares for its print form.

    Attributes:
        sign: its code in 「R8-授受」. keeper: who keeps it, as printed. basis: its clause or the ward's own rule.
        handling_mark: how the print must be handled, "" = no mark. note: text under the rows.
        check_text: who checked last and when, "" = the day is left blank.
        totals: label, the test on a row's cells whether it counts, and whether the row numbers are listed.
    """

    title: str
    sign: str
    keeper: str
    basis: str
    handling_mark: str
    note: str
    check_text: str
    totals: tuple[tuple[str, Callable[[Mapping[str, str]], bool], bool], ...]


def ledger_document(context: DocumentContext, book: LedgerBook, facts: LedgerPrintFacts) -> DocumentContent:
    """Return the print form of a ledger with every row of ``book``, 取消 ones struck out, and every 訂正行."""
    programme, made = context.programme, context.made_at
    number = f"{programme.year_code}-{facts.sign}"
    printed = _print_columns(book)
    widths = _widths(printed, WIDTH - _NUMBER - _REMARK)
    rows = []
    for line in book.lines:
        rows += _printed_rows(book, line, facts)
    sheet = LedgerSheet(
        title=facts.title,
        about=f"{fiscal_year_words(programme.fiscal_year)}　基準日 {long_date(made.date())}"
        f"　根拠：{with_known_numbers(facts.basis, programme, context.kinds)}"
        f"　備える者：{facts.keeper}",
        handling="取扱注意" if facts.handling_mark else "",
        titles=(
            "番号",
            *(column.title for column in printed),
            "訂正・出どころ" if any(column.title == _REMARKS for column in printed) else f"{_REMARKS}・出どころ",
        ),
        widths=(_NUMBER, *widths, _REMARK),
        numbers=frozenset(place for place, column in enumerate(printed, 1) if column.kind == "number"),
        rows=tuple(rows),
        totals=tuple((label, numbered) for label, _counts, numbered in facts.totals),
        note=with_known_numbers("行は消さず、誤りは訂正行で直す。" + facts.note, programme, context.kinds),
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
        blocks=(with_own_words(sheet, context.office),),
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


def _widths(columns: Sequence[LedgerColumn], room: float) -> tuple[float, ...]:
    """Return the widths in mm that fill ``room`` as declared, each day column wide enough for one line."""
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


def _printed_rows(book: LedgerBook, line: LedgerLine, facts: LedgerPrintFacts) -> list[LedgerRowOnPaper]:
    """Return a row as printed, corrected values struck out, and its corrections below it."""
    standing = line.valid_corrections
    corrected = {one.about for one in standing}
    printed = _print_columns(book)
    cells = [_cell(book, column, line.entered_cells) for column in printed]
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


def _correction_row(book: LedgerBook, line: LedgerLine, note: LedgerNote, *, holds: bool) -> LedgerRowOnPaper:
    """Return the row of a correction, printed below its line.

    ``holds`` = it is the last valid correction of its column; the new value of any other is struck out.
    """
    printed = _print_columns(book)
    column = next((one for one in book.columns if one.key == note.about), None)
    old = print_words(column, note.old, book.names).replace("\n", " ") if column is not None else note.old
    cells = [""] * len(printed)
    place = next((number for number, one in enumerate(printed) if one.key == note.about), None)
    when = next((number for number, one in enumerate(printed) if one.kind in ("day", "moment")), None)
    stamp = (
        f"{era_year_short(note.at.date())}.{note.at.month}.{note.at.day}({weekday_mark(note.at.date())})\n"
        f"{clock_time(note.at)}"
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
    """Return in which row above a corrected value stands, 「No 8の行」 or 「No 8-1の行」; "" = in none."""
    before = [
        one for one in line.corrections if one.part < note.part and one.about == note.about and one.new == note.old
    ]
    if before:
        return f"No {line.number}-{before[-1].part}の行"
    return f"No {line.number}の行" if line.entered_cells.get(note.about) == note.old else ""


def _print_columns(book: LedgerBook) -> tuple[LedgerColumn, ...]:
    return tuple(column for column in book.columns if column.has_print_column)


def _remark_text(book: LedgerBook, column: LedgerColumn, cells: Mapping[str, str]) -> str:
    """Return a value that has no printed column, after its title; 備考 without title, an empty value as ""."""
    text = print_words(column, cells.get(column.key, ""), book.names).replace("\n", " ")
    return "" if not text else text if column.title == _REMARKS else f"{column.title} {text}"


def _correction_text_column(columns: Sequence[LedgerColumn], place: int | None, when: int | None) -> int:
    """Return the index of the widest column that is free for the words of a correction row.

    Not free are ``place`` (the corrected column), ``when`` (that of its date) and numbers; without any: ``place`` or 0.
    """
    free = [number for number, one in enumerate(columns) if number not in (place, when) and one.kind != "number"]
    return max(free, key=lambda number: columns[number].width, default=place or 0)


def _cell(book: LedgerBook, column: LedgerColumn, cells: Mapping[str, str]) -> str:
    """Return the printed text of a cell; of an empty one 「未」, 「未記入」 or a dash."""
    text = print_words(column, cells.get(column.key, ""), book.names)
    if text or not column.applies_to(cells):
        return text or NOTHING
    return "未" if column.filled_later else blank(column, cells)
