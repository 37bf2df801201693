"""請求書の点検票, with receipts and returns, the points of each receipt, and the payment dates (仕様書5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Paragraph,
    SignBoxes,
    Table,
    Title,
)
from app.programme.rules.contract import tax_words, yen_text
from db.frozen_record import frozen_record

INVOICE_CHECK_KIND: Final = "請求書の点検票"
_SHOWN: Final = 3
"""How many receipts have a column; earlier ones are in the table of receipts."""


@frozen_record
class ReceiptLine:
    """One receipt with its day, its result, and when and why it was returned."""

    number: int
    received: str
    result: str
    reason: str
    returned: str


@frozen_record
class ReceiptPoint:
    """One point with what it was compared with, and ○, × or "" for each receipt.

    ``acceptance_reason`` says why a difference was accepted.
    """

    name: str
    against: str
    marks: Sequence[str]
    acceptance_reason: str = ""


@frozen_record
class DateLine:
    """One date of the payment with its calculation."""

    name: str
    day: str
    counted: str
    strong: bool = False


@frozen_record
class InvoiceCheckFacts:
    """The content of the sheet.

    ``receipt_headings`` are those of the receipts with a column (「1回目 R9.4.6」). ``stops`` are what prevents
    the payment, a sentence each. ``ward_rules_from`` is the number of the first point that is the ward's own
    rule. ``open_question`` is what the 会計課 was asked.
    """

    inspection: str
    receipts: Sequence[ReceiptLine]
    receipt_headings: Sequence[str]
    points: Sequence[ReceiptPoint]
    ward_rules_from: int
    payment: Sequence[DateLine]
    stops: Sequence[str]
    open_question: str
    first_checker: str
    second_checker: str
    checked: str
    ordered: str
    paid: str


def invoice_check(context: document_frame.DocumentContext, facts: InvoiceCheckFacts) -> DocumentContent:
    """Build the sheet; without a 請求書 it is a blank form."""
    programme, contractor = context.programme, context.contractor
    reference = f"R{programme.fiscal_year - 2018}-請求-01"
    amount = f"{yen_text(programme.amount)}　{tax_words(programme)}" if programme.amount is not None else "（未入力）"
    blocks: list[Block] = [
        Title(INVOICE_CHECK_KIND, subtitle=f"委託料（{programme.payment_way}）"),
        KeyValues(
            rows=(
                ("件名・契約番号", f"{programme.title}　契約番号　{programme.contract_number or '（未入力）'}"),
                ("請求者", join_nonempty(contractor.name, contractor.representative)),
                ("履行の確認", facts.inspection),
                ("契約金額", amount),
            )
        ),
        *(Paragraph(f"▶　{words}", style="strong") for words in facts.stops),
        Heading(1, "1", "受領と返戻", sheet="受領と返戻"),
        _receipts(facts.receipts),
        Heading(1, "2", "点検した事項", sheet="点検した事項", right="○＝合う　×＝合わない　2人で点検する"),
        _points(facts),
        Heading(
            1,
            "3",
            "支払の期限",
            sheet="支払の期限",
            right=f"仕様書5「書面による請求に基づき、{programme.payment_period}」",
        ),
        Table(
            (Column("日", 42), Column("日付", 32), Column("数え方", 91)),
            tuple((one.name, one.day, one.counted) for one in facts.payment),
            name="支払の期限",
            bold_rows=tuple(place for place, one in enumerate(facts.payment) if one.strong),
            note="注　返戻の理由と日は、相手に書面または電子メールで知らせる。"
            "初日と返戻の両端の日を数えるかには異なる読み方があり、"
            f"早い日を目安日として示す。{facts.open_question}",
        ),
        SignBoxes(
            boxes=(
                (f"点検1　{facts.checked}".strip("　"), facts.first_checker or "　月　　日"),
                (f"点検2　{facts.checked}".strip("　"), facts.second_checker or "　月　　日"),
                ("支出命令", facts.ordered or "令和　年　月　日"),
                ("支払日", facts.paid or "令和　年　月　日"),
            )
        ),
    ]
    return document_frame.frame_document(
        context, kind=INVOICE_CHECK_KIND, reference=reference, blocks=blocks, look="form"
    )


def _receipts(receipts: Sequence[ReceiptLine]) -> Block:
    if not receipts:
        return Paragraph("請求書は、まだ受領していない。")
    return Table(
        (
            Column("No", 10, align="center"), Column("受領日", 28),
            Column("結果", 22), Column("理由（返戻したとき）", 73),
            Column("返戻した日", 32),
        ),
        tuple((str(one.number), one.received, one.result, one.reason, one.returned) for one in receipts),
        name="受領と返戻",
    )  # fmt: skip


def _points(facts: InvoiceCheckFacts) -> Table:
    heads = tuple(facts.receipt_headings[-_SHOWN:]) or ("1回目",)
    width = 18.0
    return Table(
        (
            Column("No", 10, align="center"),
            Column("事項", 40),
            Column("くらべた相手・見るところ", 165 - 50 - width * len(heads)),
            *(Column(head, width, align="center") for head in heads),
        ), tuple(
            (
                str(place), one.name, join_nonempty(one.against, one.acceptance_reason, separator="\n"),
                *(tuple(one.marks[-_SHOWN:]) or ("",)),
            )
            for place, one in enumerate(facts.points, 1)
        ), name="点検した事項",
        note=f"注　{facts.ward_rules_from}から{len(facts.points)}までは契約事務の手引きによる区の点検であり、"
             f"仕様書の定めではない。"
        "登録番号の公表サイトでの確認は、インターネットに接続できる別の端末で行う。",
    )  # fmt: skip
