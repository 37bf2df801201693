"""契約台帳, the contract of a year as of a day with all its changes, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from app.calendar import dates
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, Table, Title
from app.programme.rules import (
    OUTSIDE_ANNEX,
    PROPOSED,
    about,
    contract_date_word,
    in_short_brackets,
    is_numbered_in_order,
    length_words,
    people_words,
    planned_words,
    proposal_words,
    term_start,
    term_words,
)
from app.programme.tax import tax_words, yen_text
from db.record import record
from db.records.programme import Contractor, EventKind, Office, Programme

KIND = "契約台帳"
UNKNOWN = "（未入力）"
CLAUSES = {
    "一致": "契約書の番号と一致する",
    "相違": "契約書のとおりに直した",
    "未確認": "契約書とまだ照合していない",
}
_LABELS = 24
_TITLES = ("実施期間", "回数", "日数", "人数", "時間", "人数連絡", "資料確認", "実施報告書")


@record
class DatedChange:
    """Record of one item of a change of the contract, all in words; ``day`` is short (R8.10.1)."""

    day: str
    number: str
    item: str
    old: str
    new: str
    reason: str


def contract_register(
    context: document_frame.DocumentContext, numbers: Sequence[EventKind], changes: Sequence[DatedChange]
) -> DocumentContent:
    """Build 契約台帳: contract and parties, numbers of every kind, and the changes; main fields may say 「（未入力）」.

    Args:
        context: the year as of the day of the sheet.
        numbers: the kinds of event in order, as in force on that day.
        changes: printed as given, so only those up to that day; none = 「契約変更はない。」.
    """
    programme = context.programme
    year = fiscal_year_words(programme.fiscal_year)
    reference = f"{programme.year_code}-{KIND}"
    day = context.made_at.date()
    blocks: list[Block] = [
        Title(KIND, lead=f"{dates.long_date(day)}現在の契約の内容。"),
        Heading(1, "1", "契約と当事者"),
        KeyValues(
            rows=(*_contract(programme, context.office), *_parties(context.office, context.contractor)),
            label_width=_LABELS,
        ),
        Heading(1, "2", "契約条件（回数・人数・期限）"),
        _numbers(numbers, programme),
        Heading(1, "3", "契約変更"),
        _changes(changes) if changes else Paragraph("契約変更はない。"),
    ]
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}-{day:%Y%m%d}",
        title=f"{KIND}　{year}",
        header_right=f"{KIND}　{document_frame.table_day(day)}現在",
    )


def _contract(programme: Programme, office: Office) -> tuple[tuple[str, str], ...]:
    """Return (title, text) of the rows on the contract."""
    made_on = dates.long_date(programme.contract_date) if programme.contract_date else UNKNOWN
    signed = f"{contract_date_word(programme)}　{made_on}"
    amount = yen_text(programme.amount)
    condition = fill_nonempty("{}、", programme.payment_condition)
    way = fill_nonempty("{}で", programme.payment_way)
    specification = [
        programme.specification,
        dates.long_date_plain(programme.specification_on) if programme.specification_on else "",
    ]
    version = join_nonempty(*specification) or UNKNOWN
    counted = term_start(programme) is not None and contract_date_word(programme) in programme.term_begins
    begins = f"{programme.term_begins}から" if counted else ""
    since_contract = join_nonempty(begins, programme.clause_term, separator="。")
    order = "は出現順" if is_numbered_in_order(programme) else ""
    annexes = []
    if programme.annex:
        annexes.append(f"{programme.annex}（{join_nonempty('契約に含む', programme.clause_annexes, separator='。')}）")
    if programme.annex_004:
        annexes.append(f"{OUTSIDE_ANNEX.title}（契約外。区の自主管理）")
    return (
        ("契約件名", programme.title),
        ("契約番号", f"{programme.contract_number or UNKNOWN}　{signed}"),
        ("履行期間", f"{term_words(programme)}{f'（{since_contract}）' if since_contract else ''}"),
        ("契約金額", f"{amount}（税込）\n{tax_words(programme)}" if amount else UNKNOWN),
        (
            "支払",
            (
                f"{condition}{programme.payment_period}に"
                f"{way}支払う{in_short_brackets(programme.clause_payment)}\n"
                f"請求書の宛名　{programme.invoice_to or f'{office.ward}長'}"
            ),
        ),
        ("仕様書", f"{version}　項番{order}（{CLAUSES.get(programme.clauses_checked, CLAUSES['未確認'])}）"),
        *((("特記事項", "\n".join(annexes)),) if annexes else ()),
    )


def _parties(office: Office, contractor: Contractor) -> tuple[tuple[str, str], ...]:
    """Return (title, text) of the rows on ward and contractor."""
    unit = office.full_name
    named = join_nonempty(contractor.name, contractor.address)
    people = [contractor.representative, f"業務責任者　{contractor.responsible or UNKNOWN}"]
    return (
        ("区", f"{unit}{f'　担当　{office.staff}' if office.staff else ''}"),
        (
            "受託者",
            (f"{named or UNKNOWN}\n{join_nonempty(*people)}\n登録番号　{contractor.registration_number or UNKNOWN}"),
        ),
    )


def _numbers(numbers: Sequence[EventKind], programme: Programme) -> Table:
    """Return the table of numbers with their clauses, a column for each kind; a note says when the 提案書 is due.

    「程度」 is part of what the 仕様書 says.
    """
    columns = (
        Column("項目", 24),
        *(Column(row.name, 141 / len(numbers)) for row in numbers),
    )

    said = [_specification_words(row) for row in numbers]
    named = "次年度実施案・団体支援方針の" if proposal_words(programme) != PROPOSED else ""
    rows = tuple((title, *(words[place] for words in said)) for place, title in enumerate(_TITLES))
    return Table(
        columns,
        rows,
        name="契約条件",
        note=f"注　{named}提案書は、すべての事業のあと{programme.proposal_period}"
        f"{in_short_brackets(programme.clause_proposal)}。"
        if programme.proposal_period
        else "",
    )


def _specification_words(row: EventKind) -> tuple[str, ...]:
    """Return the cells on what the 仕様書 says of one kind, in the order of ``_TITLES``."""
    return (
        (
            f"{document_frame.table_day(row.window_start)}～"
            f"{document_frame.table_day(row.window_end)}　{row.clause_window}"
        ),
        f"{planned_words(row)}　{row.clause_planned}",
        f"{row.days}日間{about(row.strict)}　{row.clause_window}" if row.days else "定めなし",
        f"{people_words(row, '～')}　{row.clause_people}",
        f"{length_words(row)}　{row.clause_minutes}",
        _until(row.headcount_period, row.clause_people),
        _until(row.material_period, row.clause_material),
        f"{row.report_period}　{row.clause_report}",
    )


def _until(period: str, clause: str) -> str:
    """Return 「5日前まで　仕4(1)エ」, or 「求めない」 where the contract asks for nothing."""
    return f"{period}まで　{clause}" if period else "求めない"


def _changes(changes: Sequence[DatedChange]) -> Table:
    return Table(
        (
            Column("適用する日", 21),
            Column("番号", 20),
            Column("項目", 40),
            Column("変更前", 26),
            Column("変更後", 26),
            Column("理由", 32),
        ),
        tuple((one.day, one.number, one.item, one.old, one.new, one.reason) for one in changes),
        name="契約変更",
    )
