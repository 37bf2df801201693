"""A form to fill in and return, with a page of instructions and its identity, items and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.calendar import dates
from app.common.own_file_marks import FORM_NAME_CELL, FORM_NAME_LABEL
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Bullets,
    Column,
    DocumentContent,
    Heading,
    InputCells,
    InputTable,
    KeyValues,
    Letterhead,
    Paragraph,
    SheetBreak,
    Table,
    Title,
)
from app.subjects.submissions.deliverables.rules.submission_form import (
    ABOUT,
    ABOUT_LABEL,
    GUIDE,
    NO_PREFILL,
    VALUE,
    VERSION,
    VERSION_LABEL,
    WRITE,
    FormPrefill,
    FormSheet,
    SubmissionForm,
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
_ITEM, _UNIT, _HOW = "項目", "単位", "書きかた"
_WARD, _BY_WARD = "区の欄", "記入（区）"
HEADINGS = ((_ITEM, VALUE, _HOW), (_ITEM, VALUE, _UNIT, _HOW), (_WARD, _BY_WARD))
"""The headings of a page of items, and of the ward's box, for all forms."""


def form_document(
    context: document_frame.DocumentContext, form: SubmissionForm, prefill: FormPrefill = NO_PREFILL
) -> DocumentContent:
    """Build a form.

    Args:
        prefill: what the records know already, filled in.
    """
    kind = f"{form.title}{ENDING}"
    blocks: list[Block] = [*_guide(context, form)]
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
        version=form.version,
        look="form",
        first_sheet=GUIDE,
        header_right=f"第{form.version}版",
        personal=form.personal,
        footer_left=WORKERS_NAMED if form.personal else document_frame.NO_PERSONS,
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
    columns = (Column(_WARD, 26), Column(_BY_WARD, 139))
    return (
        SheetBreak(sheet="区使用欄"),
        Heading(2, "", "区使用欄"),
        Table(columns, rows, name="区使用欄", ruled=True, at_foot=True),
    )


def _guide(context: document_frame.DocumentContext, form: SubmissionForm) -> Sequence[Block]:
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
            table=Table((Column(_ITEM, width=40), Column("内容", width=125)), rows, name="様式の目印"),
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
        Column(_ITEM, width=40 if wide else 62),
        Column(
            VALUE, width=written - (15 if form.submission_sentence and units else 0), align="left" if wide else "right"
        ),
        *((Column(_UNIT, width=15),) if units else ()),
        Column(_HOW, width=40 if form.submission_sentence else 60),
    )
    return InputTable(
        table=Table(columns, rows, name=page.sheet, ruled=True, min_row_height=_ROW if form.submission_sentence else 0),
        inputs=tuple(
            InputCells(column=VALUE, first=number, name=item.name, kind=item.kind, choices=item.choices)
            for number, item in enumerate(page.items)
        ),
    )


def _lines(form: SubmissionForm, page: FormSheet, filled: Sequence[Mapping[str, str]]) -> InputTable:
    columns = tuple(Column(column.title, width=column.width) for column in page.columns)
    count = max(page.lines, len(filled) + _SPARE if filled and page.grows else len(filled))
    named = tuple(InputCells(column=column.title, first=-1, name=column.name) for column in page.columns)
    cells = tuple(
        InputCells(column=column.title, rows=count, kind=column.kind, choices=column.choices) for column in page.columns
    )
    known = tuple(tuple(line.get(column.key, "") for column in page.columns) for line in filled)
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
