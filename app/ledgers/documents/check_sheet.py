"""What a printed check list says: each item with four words and one ringed, evidence, what risk remains, and the
counted judgement."""

from __future__ import annotations

from app.calendar.dates import BLANK_DATE, long_date_plain, stamp_words
from app.common.join_nonempty import join_nonempty
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
from app.documents.document_frame import NO_PERSONS, DocumentContext, table_day
from app.ledgers.rules.check_list import (
    ASKS,
    FAILS,
    FITS,
    JUDGEMENTS,
    OUTSIDE,
    CheckedItem,
    CheckList,
    CheckOutcome,
    CheckPart,
)
from app.ledgers.rules.ledger_columns import LedgerNames, cell_day, print_words
from db.frozen_record import frozen_record
from db.records.ledgers import CheckSheet


@frozen_record
class CheckSheetContent:
    """One sheet with its items as they count and what they make together."""

    sheet: CheckSheet
    answers: tuple[CheckedItem, ...]
    outcome: CheckOutcome


def check_sheet_document(
    context: DocumentContext, check_list: CheckList, sheets: tuple[CheckSheetContent, ...]
) -> DocumentContent:
    """Return the newest version of each sheet of a year, each a paper of its own."""
    blocks: list[Block] = []
    for facts in sheets:
        if blocks:
            blocks.append(SheetBreak(sheet=check_list.reference(facts.sheet.number), page=True, restart=True))
        blocks += _sheet_blocks(context, check_list, facts)
    made, programme = context.made_at, context.programme
    number = f"R{programme.fiscal_year - 2018}-{check_list.sign}"
    return DocumentContent(
        kind=check_list.title,
        reference=number,
        version=0,
        look="form",
        blocks=tuple(blocks),
        first_sheet=check_list.reference(sheets[0].sheet.number) if sheets else check_list.title,
        file_stem=f"{number}-{check_list.title}-{made:%Y%m%d}",
        header_left=programme.title,
        header_right=check_list.title,
        footer_left=NO_PERSONS,
        footer_right=f"作成　{stamp_words(made)}",
        sample=programme.sample,
        properties={"title": check_list.title, "created": made.isoformat()},
    )


def _sheet_blocks(context: DocumentContext, check: CheckList, facts: CheckSheetContent) -> list[Block]:
    sheet, contractor = facts.sheet, context.contractor
    filled = long_date_plain(sheet.filled_on) if sheet.filled_on is not None else BLANK_DATE
    sender = join_nonempty(contractor.name or "受託者", sheet.filled_by)
    blocks: list[Block] = [
        Title(
            check.title,
            subtitle=f"{check.subtitle}　{check.reference(sheet.number)}　第{sheet.revision}版",
            lead=f"（宛先）練馬区長　　{filled}　{sender}",
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
    """Several fields in one line: the first gives the label, the others are named."""
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
    """The ground, and the measure where the judgement rests on it."""
    measure = one.measure if one.judgement == OUTSIDE and check.fourth_requires == "measure" else ""
    return join_nonempty(one.evidence or one.remark, f"対策　{measure}" if measure else "", separator="\n") or "—"


def table_name(facts: CheckSheetContent) -> str:
    """Return what names the tables of one sheet in the workbook."""
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
    day = cell_day(answer.due)
    return join_nonempty(table_day(day) if day is not None else "", answer.responsible, separator="\n") or "—"


def _judgement_rows(check: CheckList, facts: CheckSheetContent) -> tuple[tuple[str, str], ...]:
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
