"""データ返還一式 (特22, F-40): all data the ward takes out of the program at the end of a contract, as one workbook.

It has a list of contents with row counts, then each list on its own worksheet. It names people and stays in the
office.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.calendar import dates
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, Paragraph, Table, Title
from app.documents.list_sheet import PERSONAL, fitted_table
from db.frozen_record import frozen_record

RETURN_PACKAGE_KIND: Final = "データ返還一式"
_CONTENTS: Final = "目録"


@frozen_record
class PackageList:
    """One list of the workbook: its category, title, headings and rows."""

    category: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def return_package(context: document_frame.DocumentContext, lists: Sequence[PackageList]) -> DocumentContent:
    """Build the workbook."""
    contents = [(str(number), one.category, one.title, str(len(one.rows))) for number, one in enumerate(lists, start=1)]
    total = ("", "計", f"{len(lists)}表", str(sum(len(one.rows) for one in lists)))
    blocks: list[Block] = [
        Title(
            RETURN_PACKAGE_KIND,
            subtitle="契約の終わりに、区の記録をまとめて出したものです。",
            lead=_as_of_text(context),
        ),
        Table(
            columns=(
                Column("No", 14, align="center"),
                Column("種別", 60),
                Column("内容", 160),
                Column("件数", 27, align="right"),
            ),
            rows=(*contents, total),
            total_row=True,
            name=_CONTENTS,
        ),
    ]
    for number, one in enumerate(lists, start=1):
        blocks.append(Heading(1, str(number), one.title, sheet=one.title, right=f"{len(one.rows)}件"))
        blocks.append(fitted_table(one.title, one.columns, one.rows) if one.rows else Paragraph("ありません。"))
    year = f"R{context.programme.fiscal_year - 2018}"
    return document_frame.frame_document(
        context,
        kind=RETURN_PACKAGE_KIND,
        reference=f"{year}-{RETURN_PACKAGE_KIND}",
        stem=f"{year}-{RETURN_PACKAGE_KIND}-{context.made_at:%Y%m%d}",
        blocks=blocks,
        look="roster",
        first_sheet=_CONTENTS,
        footer_left=PERSONAL,
        personal=True,
    )


def _as_of_text(context: document_frame.DocumentContext) -> str:
    return f"{dates.stamp_words(context.made_at)}現在　{context.programme.title}"
