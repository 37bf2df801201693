"""A form to be filled in and handed back, as blocks: a page of instructions with its mark, then its items
and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.papers import paper
from app.papers.blocks import (
    Block,
    Bullets,
    Column,
    DocumentContent,
    InputCells,
    InputTable,
    Paragraph,
    SheetBreak,
    Table,
    Title,
)
from app.subjects.submissions.deliverables.rules.kit_form import (
    ABOUT,
    ABOUT_LABEL,
    GUIDE,
    MARK,
    MARK_LABEL,
    VALUE,
    VERSION,
    VERSION_LABEL,
    WRITE,
    KitForm,
    KitSheet,
)

ENDING = "（様式）"
_HANDED = "区から受託者へ渡す様式です。"
_ITEM, _UNIT, _HOW = "項目", "単位", "書きかた"


def kit_paper(
    context: paper.PaperContext, form: KitForm, filled: Mapping[str, str] = MappingProxyType({})
) -> DocumentContent:
    """Build a form; it carries no name of a person and is the same for whoever fills it in.

    Args:
        filled: what stands in its items already, by their keys; empty for the form as it is handed out.
    """
    kind = f"{form.title}{ENDING}"
    blocks: list[Block] = [*_guide(context, form)]
    for number, page in enumerate(form.pages):
        blocks.append(SheetBreak(sheet=page.sheet, page=number == 0))
        blocks.append(Title(page.sheet, lead=page.lead))
        blocks.append(_items(page, filled) if page.items else _lines(page))
    return paper.framed(
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
    )


def _guide(context: paper.PaperContext, form: KitForm) -> Sequence[Block]:
    rows = (
        (MARK_LABEL, form.title),
        (VERSION_LABEL, str(form.version)),
        (ABOUT_LABEL, form.about),
        ("実施回・年度", form.subject),
    )
    year = context.programme.title
    lead = f"{year}　{_HANDED}" if form.subject != year else _HANDED
    return (
        Title(form.title, subtitle=form.subject, lead=lead),
        Bullets(items=form.how, title=GUIDE),
        Paragraph("つぎの表は、区がファイルを読むときの目印です。書きかえないでください。", style="note"),
        InputTable(
            table=Table((Column(_ITEM, width=40), Column("内容", width=125)), rows, name="様式の目印"),
            inputs=tuple(
                InputCells(column="内容", first=number, name=name) for number, name in enumerate((MARK, VERSION, ABOUT))
            ),
        ),
        paper.office_contact(context.office),
    )  # fmt: skip


def _items(page: KitSheet, filled: Mapping[str, str]) -> InputTable:
    rows = tuple(
        (item.title, filled.get(item.key, ""), item.unit, item.hint or WRITE[item.kind]) for item in page.items
    )
    wide = any(item.kind == "text" for item in page.items)
    columns = (
        Column(_ITEM, width=40 if wide else 62),
        Column(VALUE, width=50 if wide else 28, align="left" if wide else "right"),
        Column(_UNIT, width=15),
        Column(_HOW, width=60),
    )
    return InputTable(
        table=Table(columns, rows, name=page.sheet, ruled=True),
        inputs=tuple(
            InputCells(column=VALUE, first=number, name=item.name, kind=item.kind, choices=item.choices)
            for number, item in enumerate(page.items)
        ),
    )


def _lines(page: KitSheet) -> InputTable:
    columns = tuple(Column(column.title, width=column.width) for column in page.columns)
    named = tuple(InputCells(column=column.title, first=-1, name=column.name) for column in page.columns)
    filled = tuple(
        InputCells(column=column.title, rows=page.lines, kind=column.kind, choices=column.choices)
        for column in page.columns
    )
    empty = tuple("" for _column in page.columns)
    return InputTable(
        table=Table(
            columns,
            tuple(empty for _line in range(page.lines)),
            name=page.sheet,
            ruled=True,
            min_row_height=8,
        ),
        inputs=(*named, *filled),
    )
