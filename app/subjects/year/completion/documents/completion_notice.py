"""業務完了届, the contractor's form on the completed work, with the ward's box at the foot (仕様書3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.calendar import dates
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Letterhead,
    Paragraph,
    Table,
    Title,
)
from app.programme.rules.clause_sources import ANNEX
from app.programme.rules.contract import tax_amount, term_start, yen_text
from db.frozen_record import frozen_record

COMPLETION_NOTICE_KIND: Final = "業務完了届"
NOT_CONFIRMED: Final = "様式・受託者確認前"


@frozen_record
class WorkLine:
    """One line of work with its clause, the requirement of the 仕様書, what was done, and the last day."""

    work: str
    required: str
    done: str
    last_day: str


@frozen_record
class NoticeFacts:
    """The content of the form.

    Attributes:
        dated_on, completed_on: as in the received document, None = unknown.
        received: whether it was received.
        works: what was done, counted from the records.
        unrecorded: which past events it leaves out, "" = none.
        receipt: 受領日, 収受番号 and who took it, in words.
        counts_agree, all_confirmed, within_term: the three checks of the ward.
        confirmed, outstanding: how many documents are 確認済 and how many there are.
        due, early, target: the dates of the 検査, in words; "" before a receipt.
        inspector, witness: of the 検査.
    """

    dated_on: date | None
    completed_on: date | None
    received: bool
    works: Sequence[WorkLine]
    unrecorded: str
    receipt: str
    counts_agree: bool
    all_confirmed: bool
    within_term: bool
    confirmed: int
    outstanding: int
    due: str
    early: str
    target: str
    inspector: str
    witness: str


def completion_notice(context: document_frame.DocumentContext, facts: NoticeFacts) -> DocumentContent:
    """Build the form; before its receipt every page has 「様式・受託者確認前」 and its dates are empty."""
    programme = context.programme
    contractor = context.contractor
    amount = yen_text(programme.amount)
    tax = tax_amount(programme)
    start = term_start(programme)
    reference = f"R{programme.fiscal_year - 2018}-完了届"
    sender = tuple(line for line in (contractor.address, contractor.name, f"{contractor.representative}　㊞") if line)
    blocks: list[Block] = [
        Letterhead(
            addressee=f"（宛先）{context.office.ward}長",
            date=dates.long_date_plain(facts.dated_on) if facts.dated_on else dates.BLANK_DATE,
            sender=sender,
        ),
        Title(COMPLETION_NOTICE_KIND, centred=True),
        Paragraph("　つぎの委託業務を完了したので、届け出ます。"),
        KeyValues(
            rows=(
                ("件名", programme.title),
                ("契約番号", programme.contract_number or "（未入力）"),
                (
                    "契約金額",
                    f"{amount}（うち消費税および地方消費税の額　{yen_text(tax)}）" if amount else "（未入力）",
                ),
                ("契約確定日", dates.long_date(programme.contract_date) if programme.contract_date else "（未入力）"),
                (
                    "履行期間",
                    (
                        f"{dates.long_date(start) if start else '契約確定日の翌日'}"
                        f"から{dates.long_date(programme.term_end)}まで"
                    ),
                ),
                ("完了年月日", dates.long_date(facts.completed_on) if facts.completed_on else dates.BLANK_DATE),
            )
        ),
        Heading(
            2,
            "",
            "業務の内訳",
            right=f"根拠：仕様書4(1)から(4)まで、{ANNEX.title}",
        ),
        Table(
            (
                Column("業務", 62),
                Column("仕様", 35),
                Column("完了した数", 42),
                Column("最後の日", 26),
            ),
            tuple((one.work, one.required, one.done, one.last_day) for one in facts.works),
            name="業務の内訳",
            note="注　人数はすべて延べ。実施日、"
            "出席数および報告書の受領日の明細は、検査調書別紙による。" + facts.unrecorded,
        ),
        Heading(2, "", "区使用欄"),
        Table(
            (Column("項目", 26), Column("内容", 139)),
            _ward_rows(facts),
            name="区使用欄",
            ruled=True,
            at_foot=True,
        ),
    ]
    return document_frame.frame_document(
        context,
        kind=COMPLETION_NOTICE_KIND,
        reference=reference,
        blocks=blocks,
        look="form",
        footer_left=document_frame.NO_PERSONS,
        stamp="" if facts.received else NOT_CONFIRMED,
        outgoing=True,
    )


def _ward_rows(facts: NoticeFacts) -> tuple[tuple[str, str], ...]:
    def box(ticked: bool) -> str:
        return "■" if facts.received and ticked else "□"

    checks = (
        f"{box(facts.counts_agree)}　内訳の数が記録と一致する\n"
        f"{box(facts.all_confirmed)}　未了の書類がない（{facts.outstanding}件のうち{facts.confirmed}件　確認済）\n"
        f"{box(facts.within_term)}　履行期間内である"
    )
    return (
        ("受領", facts.receipt or f"受領日　{dates.BLANK_DATE}　　収受番号　　　　　　　　　　受付"),
        ("確認", checks),
        (
            "検査の期限",
            f"期限（暦どおり）　{facts.due}（届の受領から10日以内。受領の日を数えない）\n目安日　{facts.early}"
            if facts.due
            else "届の受領から10日以内",
        ),
        ("目安日", facts.target),
        ("検査員・立会人", f"検査員　{facts.inspector or '　　　　　　　　　　'}　　立会人　{facts.witness}"),
    )
