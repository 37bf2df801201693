"""検査結果通知, the letter to the contractor on the result of a 検査 and the next step (仕様書5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Choice, Closing, DocumentContent, LetterItems, Paragraph, Title
from app.programme.rules.contract import term_start
from db.frozen_record import frozen_record
from db.records.year.completion import Inspection

INSPECTION_RESULT_KIND: Final = "検査結果通知"
SUBJECT, LEAD, POINTS, OTHER, SEAL = ("件名", "前文", "指摘", "その他", "公印の表示")
"""The passages that staff may edit."""
_BOTH: Final = ("合格", "不合格")


@frozen_record
class ResultFacts:
    """The content of the letter.

    The 検査, its number in the year, what was inspected (a line each), and the texts of the passages.
    """

    inspection: Inspection
    ordinal: int
    inspected: str
    texts: Mapping[str, str]


def inspection_result(context: document_frame.DocumentContext, facts: ResultFacts) -> DocumentContent:
    """Build the letter with both words of the verdict, the applicable one framed (手直し is a third)."""
    programme, one, texts = context.programme, facts.inspection, facts.texts
    head = document_frame.outgoing_head(context)
    setting = context.setting
    sender = (setting.sender if setting is not None else "") or f"{context.office.ward}長"
    seal = texts.get(SEAL, "").strip()
    if context.letter is not None and context.letter.form == "公文書":
        head = replace(head, sender=tuple(line for line in (sender, seal) if line))
    subject, _, rest = texts.get(SUBJECT, "").partition("\n")
    start = term_start(programme)
    first = dates.long_date_plain(start) if start else "契約確定日の翌日"
    number = f"第{programme.contract_number}号" if programme.contract_number.isdigit() else programme.contract_number
    blocks: list[Block] = [
        head,
        Title(subject, subtitle=rest, lead=texts.get(LEAD, "")),
        Paragraph("記", style="letter", align="center"),
        LetterItems(
            rows=(
                ("件名", programme.title),
                (
                    "契約番号・契約日",
                    join_nonempty(
                        number or "（未入力）",
                        dates.long_date_plain(programme.contract_date) if programme.contract_date else "",
                    ),
                ),
                ("履行期間", f"{first}から{dates.long_date_plain(programme.term_end)}まで"),
                ("検査の日", dates.long_date(one.held_on)),
                ("検査員", join_nonempty(one.inspector_post, one.inspector)),
            )
        ),
        Choice(
            label="結果",
            words=_BOTH if one.result in _BOTH else ("合格", one.result, "不合格"),
            chosen=one.result,
            number=6,
        ),
        LetterItems(
            rows=(
                ("検査の対象", facts.inspected),
                (POINTS, texts.get(POINTS, "")),
                ("その他" if one.result == "合格" else "再検査", texts.get(OTHER, "")),
            ),
            start=7,
        ),
        Closing(),
        document_frame.office_contact(context.office),
    ]
    return document_frame.frame_document(
        context,
        kind=INSPECTION_RESULT_KIND,
        reference=f"R{programme.fiscal_year - 2018}-{INSPECTION_RESULT_KIND}"
        + (f"-{facts.ordinal}" if facts.ordinal > 1 else ""),
        version=facts.ordinal,
        blocks=blocks,
        look="letter",
        outgoing=True,
    )
