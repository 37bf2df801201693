"""Content of 返還・廃棄の指示 (特22-1), of forms to fill in and return, and of letters on outstanding documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.common.own_file_marks import FORM_NAME_CELL, FORM_NAME_LABEL
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Bullets,
    Closing,
    Column,
    DocumentContent,
    Heading,
    InputCells,
    InputTable,
    KeyValues,
    Letterhead,
    LetterItems,
    Paragraph,
    SheetBreak,
    SignBoxes,
    Table,
    Title,
)
from app.programme.rules import in_own_words
from app.submissions.deliverables.rules.due_rows import DueList, DueRow, LateItem
from app.submissions.deliverables.rules.outstanding_texts import ActionId, OwedPaper, body, subject
from app.submissions.deliverables.rules.submission_form import (
    ABOUT,
    ABOUT_LABEL,
    BY_WARD,
    GUIDE,
    HOW,
    ITEM,
    NO_PREFILL,
    UNIT,
    VALUE,
    VERSION,
    VERSION_LABEL,
    WARD,
    WRITE,
    FormPrefill,
    FormSheet,
    SubmissionForm,
)
from db.record import record

KIND = "返還・廃棄の指示"
CIRCULATION_SLIP = "供覧票"
_READERS = "供覧先"
SUBJECT, LEAD, UNTIL, WAY, WITNESS, PROOF, OTHER = (
    "件名",
    "前文",
    "期限",
    "方法",
    "立会い",
    "証明書",
    "その他",
)
"""The passages that staff may edit."""


@record
class OrderFacts:
    """The facts of the letter; ``lines`` are the items to be disposed of, with medium, quantity and method.

    ``ordinal`` is its number within the year from 1, ``texts`` the wording by passage (``SUBJECT``, ``LEAD``, ``UNTIL``
    …). The first line of ``SUBJECT`` is the title, the rest its second line; any other passage without text is left
    out.
    """

    lines: Sequence[tuple[str, str, str, str]]
    ordinal: int
    texts: Mapping[str, str]


def disposal_order(context: document_frame.DocumentContext, facts: OrderFacts) -> DocumentContent:
    """Return the letter that orders disposal, with its passages and the list of items."""
    programme, texts = context.programme, facts.texts
    subject, _, rest = texts.get(SUBJECT, "").partition("\n")
    rows = [
        ("件名", programme.title),
        (
            "契約番号・契約日",
            join_nonempty(
                programme.contract_number or "（未入力）",
                dates.long_date_plain(programme.contract_date) if programme.contract_date else "",
            ),
        ),
        ("対象", f"下の表のとおり（{len(facts.lines)}件）"),
    ]
    rows += [(part, texts[part]) for part in (UNTIL, WAY, WITNESS, PROOF, OTHER) if texts.get(part, "").strip()]
    blocks: list[Block] = [
        document_frame.outgoing_head(context),
        Title(subject, subtitle=rest, lead=texts.get(LEAD, "")),
        Paragraph("記", style="letter", align="center"),
        LetterItems(rows=tuple(rows)),
        Table(
            columns=(
                Column("No", 10, align="center"),
                Column("情報項目", 68),
                Column("媒体名", 40),
                Column("数量", 18, align="right"),
                Column("処理", 34),
            ),
            rows=tuple((str(number), *line) for number, line in enumerate(facts.lines, 1)),
            name="対象",
        ),
        Closing(),
        document_frame.office_contact(context.office),
    ]
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=f"{programme.year_code}-{KIND}" + (f"-{facts.ordinal}" if facts.ordinal > 1 else ""),
        ordinal=facts.ordinal,
        blocks=blocks,
        look="letter",
        outgoing=True,
    )


ENDING = "（様式）"
WORKERS_NAMED = "重要情報（従事者の氏名を含む）"
_ROW = 7.2
_CLOSER_ROW, _MANY = 6.2, 12
"""Row height of tables with many lines, so that twelve people and the ward's box fit on a page."""
_SPARE = 2
"""Empty lines after the prefilled ones of a table."""
_HANDED = "区から受託者へ渡す様式です。"
_TO_WRITE = "　" * 12
"""Blank space for what the contractor writes by hand."""


def form_document(
    context: document_frame.DocumentContext, form: SubmissionForm, prefill: FormPrefill = NO_PREFILL
) -> DocumentContent:
    """Build a form (様式) that the ward hands to the contractor: its guide, then a sheet for each page of ``form``.

    Args:
        prefill: values by item and rows of the table that the records know already; they stand in the cells.
    """
    kind = f"{form.title}{ENDING}"
    blocks = [*_guide(context, form)]
    for number, page in enumerate(form.pages):
        blocks.append(SheetBreak(sheet=page.sheet, page=number == 0))
        if number == 0 and form.submission_sentence:
            blocks += _head(context, form)
        elif form.submission_sentence:
            blocks.append(Heading(2, "", page.sheet, right=page.lead))
        else:
            blocks.append(Title(page.sheet, lead=page.lead))
        if page.items:
            blocks.append(_items(form, page, prefill.values))
        if page.columns:
            blocks.append(_lines(form, page, prefill.lines))
    if form.ward_boxes:
        blocks += _ward_box(form)
    return document_frame.frame_document(
        context,
        kind=kind,
        reference=f"{form.sign}-{kind}",
        blocks=blocks,
        stem=f"{form.sign}-{kind}-第{form.version}版",
        title=f"{kind}　{form.subject}",
        ordinal=form.version,
        look="form",
        first_sheet=GUIDE,
        header_right=f"第{form.version}版",
        personal=form.personal,
        footer_left=WORKERS_NAMED if form.personal else document_frame.NO_PERSONAL_DATA_NOTICE,
    )


def _head(context: document_frame.DocumentContext, form: SubmissionForm) -> Sequence[Block]:
    """Return the head of a form handed in under the contractor's name and seal, as 業務完了届 has it."""
    contractor, programme = context.contractor, context.programme
    sender = (
        contractor.address or f"所在地{_TO_WRITE}",
        contractor.name or f"名称{_TO_WRITE}",
        f"{contractor.representative or f'代表者{_TO_WRITE}'}　㊞",
    )
    about = (("件名", programme.title), ("契約番号", programme.contract_number or "（未入力）"))
    return (
        Letterhead(
            addressee=f"（宛先）{context.office.ward}長",
            date=dates.BLANK_DATE,
            sender=sender,
        ),
        Title(form.title, centred=True),
        Paragraph(f"　{form.submission_sentence}"),
        KeyValues(rows=about),
    )


def _ward_box(form: SubmissionForm) -> Sequence[Block]:
    """Return the ward's own box at the foot, a separate sheet in the workbook that is never read."""
    ticks = "　　".join(f"□　{one}" for one in form.ward_boxes)
    rows = (("受領", f"受領日　{dates.BLANK_DATE}　　収受番号　　　　　　　　　受付"), ("確認", ticks))
    columns = (Column(WARD, 26), Column(BY_WARD, 139))
    return (
        SheetBreak(sheet="区使用欄"),
        Heading(2, "", "区使用欄"),
        Table(columns, rows, name="区使用欄", ruled=True, at_foot=True),
    )


def _guide(context: document_frame.DocumentContext, form: SubmissionForm) -> Sequence[Block]:
    """Return the first page of a form: what it is, how it is filled in and where it goes."""
    rows = (
        (FORM_NAME_LABEL, form.title),
        (VERSION_LABEL, str(form.version)),
        (ABOUT_LABEL, form.about),
        ("実施回・年度", form.subject),
    )
    year = context.programme.title
    lead = f"{year}　{_HANDED}" if form.subject != year else _HANDED
    return (
        Title(form.title, subtitle=form.subject, lead=lead),
        Bullets(items=form.instructions, title=GUIDE),
        Paragraph("つぎの表は、区がファイルを読むときの目印です。書きかえないでください。", style="note"),
        InputTable(
            table=Table((Column(ITEM, width=40), Column("内容", width=125)), rows, name="様式の目印"),
            inputs=tuple(
                InputCells(column="内容", first=number, name=name) for number,
                name in enumerate((FORM_NAME_CELL, VERSION, ABOUT))
            ),
        ),
        document_frame.office_contact(context.office),
    )  # fmt: skip


def _items(form: SubmissionForm, page: FormSheet, filled: Mapping[str, str]) -> InputTable:
    wide = any(item.kind == "text" for item in page.items)
    units = not form.submission_sentence or any(item.unit for item in page.items)
    rows = tuple(
        (item.title, filled.get(item.key, ""), *((item.unit,) if units else ()), item.hint or WRITE[item.kind])
        for item in page.items
    )
    written = 85 if form.submission_sentence else 50 if wide else 28
    columns = (
        Column(ITEM, width=40 if wide else 62),
        Column(
            VALUE, width=written - (15 if form.submission_sentence and units else 0), align="left" if wide else "right"
        ),
        *((Column(UNIT, width=15),) if units else ()),
        Column(HOW, width=40 if form.submission_sentence else 60),
    )
    return InputTable(
        table=Table(columns, rows, name=page.sheet, ruled=True, min_row_height=_ROW if form.submission_sentence else 0),
        inputs=tuple(
            InputCells(column=VALUE, first=number, name=item.name, kind=item.kind, choices=item.choices)
            for number, item in enumerate(page.items)
        ),
    )


def _lines(form: SubmissionForm, page: FormSheet, filled: Sequence[Mapping[str, str]]) -> InputTable:
    """Return the table with one line for each person or thing to fill in.

    It has at least the lines of ``page``; if it may grow, two empty ones follow the prefilled ones of ``filled``.
    """
    columns = tuple(Column(column.title, width=column.width) for column in page.columns)
    count = max(page.lines, len(filled) + _SPARE if filled and page.grows else len(filled))
    named = [InputCells(column=column.title, first=-1, name=column.name) for column in page.columns]
    cells = [
        InputCells(column=column.title, rows=count, kind=column.kind, choices=column.choices) for column in page.columns
    ]
    known = [tuple(line.get(column.key, "") for column in page.columns) for line in filled]
    empty = tuple("" for _column in page.columns)
    return InputTable(
        table=Table(
            columns,
            (*known, *(empty for _line in range(count - len(known)))),
            name=page.sheet,
            ruled=True,
            min_row_height=(_ROW if count <= _MANY else _CLOSER_ROW) if form.submission_sentence else 8,
        ),
        inputs=(*named, *cells),
    )


LATE = "提出物と遅れの一覧"
ABOUT_YEAR = "提出物の通知"
_NONE = "該当なし"


def outstanding_letter(
    context: document_frame.DocumentContext,
    outstanding: OwedPaper,
    action: ActionId,
    *,
    kind: str,
    sign: str,
    text: str = "",
) -> DocumentContent:
    """Build the letter お願い, 督促, 受領 or 修正依頼 (``action``) on one document to the contractor.

    Args:
        kind: the document kind of the letter.
        sign: the reference of what it is about (「R8-講06」, 「R8-提案書」).
        text: the body as staff edited it, "" = the default wording.
    """
    words = text or body(action, outstanding)
    blocks: tuple[Block, ...] = (
        document_frame.outgoing_head(context),
        Title(subject(action, outstanding)),
        *(Paragraph(part, style="letter") for part in words.split("\n") if part.strip()),
        Closing(),
        document_frame.office_contact(context.office),
    )
    return document_frame.frame_document(
        context,
        kind=kind,
        reference=f"{sign}-{kind}",
        blocks=blocks,
        stem=f"{sign}-{kind}-{action}",
        title=f"{subject(action, outstanding)}　{outstanding.about}",
        ordinal=outstanding.version,
        look="letter",
        first_sheet=action,
        outgoing=True,
    )


@record
class ReceivedReportRow:
    """One received report as its ledger prints it; ``notes`` are the corrections."""

    number: str
    received: str
    title: str
    how: str
    receipt: str
    checked: str
    notes: str


@record
class ReceivedReports:
    """The ledger 受領報告書一覧 for printing.

    Its rows, its basis, who keeps it, the numbers of the rows still being checked, and who checked the ledger last
    ("" = nobody yet).
    """

    rows: Sequence[ReceivedReportRow]
    basis: str
    keeper: str
    unchecked: Sequence[str] = ()
    checked: str = ""


def late_list(context: document_frame.DocumentContext, due_list: DueList, reports: ReceivedReports) -> DocumentContent:
    """Build the list of a year's due documents, with lateness of both sides, passed 目安日 and received reports."""
    ward, contractor = due_list.ward, due_list.contractor
    sign = context.programme.year_code
    blocks = (
        Title(
            LATE,
            lead=f"契約の期限からの日数（暦日）で数えた。受託者 {contractor.times}件・{contractor.days}日、区 "
            f"{ward.times}件・{ward.days}日。",
        ),
        Heading(1, "1", "提出物", right=f"{len(due_list.rows)}件", sheet="提出物"),
        _rows(due_list.rows, context),
        Heading(1, "2", "受託者の遅れ", right=f"{contractor.times}件", sheet="遅れ"),
        _late(contractor.items, "受託者の遅れ"),
        Heading(1, "3", "区の遅れ", right=f"{ward.times}件"),
        _late(ward.items, "区の遅れ"),
        Paragraph("区が遅れた日数は、受託者の遅れに数えない。", style="note"),
        Heading(1, "4", "目安日を過ぎた確認", right=f"{len(due_list.missed_targets)}件"),
        _late(due_list.missed_targets, "目安日"),
        *(
            (Paragraph("受領から30日の確認は目安日で、契約の遅れには数えない。", style="note"),)
            if due_list.missed_targets
            else ()
        ),
        Heading(1, "5", "受領した実施報告書", right=f"{len(reports.rows)}件", sheet="受領した報告書"),
        Paragraph(f"根拠　{reports.basis}　　備える者　{reports.keeper}", style="note"),
        _reports(reports.rows),
        Paragraph(f"内容確認の途中　{_unchecked(reports.unchecked)}", style="note"),
        SignBoxes(
            boxes=(
                ("区　記録者", ""),
                ("区　点検（係長）", reports.checked or "　　月　　日"),
                ("受託者　管理責任者　確認", "　　月　　日"),
            )
        ),
    )
    return document_frame.frame_document(
        context,
        kind=LATE,
        reference=f"{sign}-{LATE}",
        blocks=blocks,
        stem=f"{sign}-{LATE}-{context.made_at:%Y%m%d}",
        first_sheet="提出物",
        header_right=f"整理番号　{sign}-提出物",
    )


def _rows(rows: Sequence[DueRow], context: document_frame.DocumentContext) -> Block:
    """Return the table of everything that is due, with receipt, check and lateness; 「該当なし」 without any."""
    if not rows:
        return Paragraph(_NONE)
    columns = (("期限", 17), ("提出物", 54), ("受領", 17), ("収受番号", 20), ("内容確認", 25), ("遅れ", 32))
    return Table(
        tuple(Column(title, width=width) for title, width in columns),
        tuple(
            (
                document_frame.table_day(row.firm_due)
                if row.firm_due is not None
                else document_frame.with_printed_days(row.due_words, context.made_at.date()) or "期限なし",
                row.title,
                _receipt_words(row),
                row.number_words or "—",
                in_own_words(_check_words(row), context.office),
                _late_words(row),
            )
            for row in rows
        ),
        name="提出物",
    )


def _receipt_words(row: DueRow) -> str:
    """Return the day of the receipt; with a deadline of the contract that of the first version and of the newest."""
    if row.received_on is None:
        return "—"
    newest = document_frame.table_day(row.received_on)
    first = row.first_received_on
    if first is None or first == row.received_on or not row.contract:
        return newest
    return f"{document_frame.table_day(first)}\n第{row.versions}版\n{newest}"


def _check_words(row: DueRow) -> str:
    """Return 「確認済 R8.10.9」; the words in two lines where a report is to be checked again, else as they are."""
    if row.drift:
        return row.check_words.replace(" ", "\n", 1)
    return f"確認済 {document_frame.table_day(row.checked_on)}" if row.checked_on is not None else row.check_words


def _late_words(row: DueRow) -> str:
    """Return words on the lateness (「期限内　3日早い」), "—" where it is not known.

    Where a closed day moves a last day of the contract, that day is added: late counts from it.
    """
    if not row.late_words:
        return "—"
    told = "期限内" in row.late_words or "遅れ" in row.late_words
    moved = told and row.contract and row.due is not None and row.last_day is not None and row.last_day != row.due
    return (
        f"{row.late_words}\n休日のため{document_frame.table_day(row.last_day)}まで"
        if moved and row.last_day is not None
        else row.late_words
    )


def _unchecked(numbers: Sequence[str]) -> str:
    """Return 「2件（No 3、5）」 of the reports that are still being checked, 「なし」 for none."""
    named = "、".join(numbers)
    return f"{len(numbers)}件（No {named}）" if named else "なし"


def _reports(reports: Sequence[ReceivedReportRow]) -> Block:
    """Return the table of received reports; 「該当なし」 without any."""
    if not reports:
        return Paragraph(_NONE)
    columns = (
        ("No", 8),
        ("受領日", 18),
        ("実施回・版", 42),
        ("受領方法・原本", 31),
        ("収受番号", 20),
        ("状態・内容確認", 26),
        ("備考", 20),
    )
    return Table(
        tuple(Column(title, width=width, align="center" if title == "No" else "left") for title, width in columns),
        tuple(
            (one.number, one.received, one.title, one.how, one.receipt or "—", one.checked, one.notes)
            for one in reports
        ),
        name="受領した報告書",
        note="受領の記録から入る。行は消さず、誤りは訂正で直す。",
    )


def _late(items: Sequence[LateItem], name: str) -> Block:
    """Return the table of late items: last day, day done (or 「まだ」, 「記録なし」), days late and basis."""
    if not items:
        return Paragraph(_NONE)
    columns = (("資料・報告書", 62), ("最後の日", 27), ("済んだ日", 27), ("日数", 16), ("根拠", 33))
    return Table(
        tuple(Column(title, width=width, align="right" if title == "日数" else "left") for title, width in columns),
        tuple(
            (
                one.title,
                document_frame.table_day(one.last_day),
                document_frame.table_day(one.done_on)
                if one.done_on is not None
                else "記録なし"
                if one.ended
                else "まだ",
                str(one.days),
                one.basis,
            )
            for one in items
        ),
        name=name,
    )


def circulation_passages(received: Mapping[str, str]) -> tuple[document_frame.Passage, ...]:
    """Return what a 供覧票 says, to be typed; ``received`` fills in what is known of a received document."""
    heads = ("件名", "受けた日", "差出人", "収受番号", "原本の所在")
    return (
        *(document_frame.Passage(head, received.get(head, ""), lines=1) for head in heads),
        document_frame.Passage("要旨", "", lines=4),
        document_frame.Passage(_READERS, "課長\n係長\n係員", lines=4),
    )


def circulation_slip(
    context: document_frame.DocumentContext, texts: Mapping[str, str], *, number: int
) -> DocumentContent:
    """Return the 供覧票: what came, what it says, and a line for each reader's day, sign and remark."""
    reference = f"R{context.programme.fiscal_year - 2018}-{CIRCULATION_SLIP}{number or ''}"
    return document_frame.frame_document(
        context,
        kind=CIRCULATION_SLIP,
        reference=reference,
        stem=reference,
        blocks=(
            Title(CIRCULATION_SLIP),
            KeyValues(rows=tuple((name, text) for name, text in texts.items() if name != _READERS)),
            Table(
                columns=(Column(_READERS, 45), Column("見た日", 25), Column("確認", 25), Column("気づいたこと", 70)),
                rows=tuple((reader, "", "", "") for reader in texts[_READERS].splitlines() if reader.strip()),
                name=_READERS,
                ruled=True,
                min_row_height=14,
            ),
        ),
    )
