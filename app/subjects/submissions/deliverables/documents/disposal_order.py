"""The letter 返還・廃棄の指示 (特22-1), on what to return or destroy, how and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Closing, Column, DocumentContent, LetterItems, Paragraph, Table, Title
from db.frozen_record import frozen_record

KIND: Final = "返還・廃棄の指示"
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


@frozen_record
class OrderLine:
    """One item with its medium, quantity and disposal method."""

    item: str
    medium: str
    quantity: str
    method: str


@frozen_record
class OrderFacts:
    """The facts of the letter.

    Its lines, its number within the year, the texts of its passages, and further words ("" = none).
    """

    lines: Sequence[OrderLine]
    ordinal: int
    texts: Mapping[str, str]


def disposal_order(context: document_frame.DocumentContext, facts: OrderFacts) -> DocumentContent:
    """Build the letter with its passages and the list of items."""
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
            rows=tuple(
                (str(number), one.item, one.medium, one.quantity, one.method)
                for number, one in enumerate(facts.lines, 1)
            ),
            name="対象",
        ),
        Closing(),
        document_frame.office_contact(context.office),
    ]
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=f"R{programme.fiscal_year - 2018}-{KIND}" + (f"-{facts.ordinal}" if facts.ordinal > 1 else ""),
        version=facts.ordinal,
        blocks=blocks,
        look="letter",
        outgoing=True,
    )
