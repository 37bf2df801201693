"""Content of the 契約変更の協議書: what both sides agree to change in the contract, on one page to be signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.calendar import dates
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
from app.programme.rules.contract import term_start, yen_text
from app.subjects.events.agreements.documents.record_documents import clause_words
from db.frozen_record import frozen_record
from db.records.agreements import Agreement

KIND: Final = "契約変更の協議書"
LEAD, ANSWER_OPEN, REST = "前文", "契約課への確認がまだのとき", "定めのない事項"
"""Parts that staff may word; what is agreed is in the 協議 itself."""
_BLANK_TO_FILL_IN: Final = "　"


@frozen_record
class ChangeFacts:
    """Facts of a 契約変更の協議書.

    They are its 協議, the event it is about ("" = the year), each item of the contract it changed, before and after,
    and the ward's texts by part.
    """

    record: Agreement
    about: str
    changes: Sequence[tuple[str, str, str]]
    texts: Mapping[str, str]


def change_passages(ward: str, contractor: str) -> Sequence[document_frame.Passage]:
    """Return the default wording of a 協議書."""
    return (
        document_frame.Passage(
            LEAD, f"{ward}と{contractor or '受託者'}は、つぎの契約の変更について協議し、つぎのとおり合意した。", lines=3
        ),
        document_frame.Passage(ANSWER_OPEN, "まだ確認していない。", lines=1),
        document_frame.Passage(
            REST, "この協議書に定めのない事項は、もとの契約による。変更契約書は、別に取り交わす。", lines=3
        ),
    )


def reference_of(fiscal_year: int, agreement: Agreement) -> str:
    """Return the 整理番号 of the 協議書 of a 協議: 「R8-協-003-契約変更」."""
    number = f"協-{agreement.ordinal:03d}" if agreement.ordinal else f"協-仮{agreement.id}"
    return f"R{fiscal_year - 2018}-{number}-契約変更"


def contract_change(context: document_frame.DocumentContext, facts: ChangeFacts) -> DocumentContent:
    """Return the document: the present contract, changes and reasons, the answer of 契約課, two signature fields."""
    programme, contractor, office, one = context.programme, context.contractor, context.office, facts.record
    start = term_start(programme)
    day = one.settled_on or one.asked_on
    said = join_nonempty(dates.long_date(one.section_asked_on) if one.section_asked_on else "", one.section_person)
    asked = (
        join_nonempty(said, one.section_answer.strip() or "回答を待っている。") if said or one.section_answer else ""
    )
    rows = ((one.topic, _BLANK_TO_FILL_IN, one.decision or _BLANK_TO_FILL_IN), *facts.changes)
    blocks: list[Block] = [
        Title(KIND, subtitle=one.topic, centred=True),
        Paragraph(f"　{facts.texts.get(LEAD, '')}"),
        KeyValues(
            rows=(
                ("件名", programme.title),
                (
                    "契約番号・契約日",
                    join_nonempty(
                        programme.contract_number or "（未入力）",
                        dates.long_date(programme.contract_date) if programme.contract_date else "",
                    ),
                ),
                ("契約金額", yen_text(programme.amount) or "（未入力）"),
                (
                    "履行期間",
                    join_nonempty(
                        dates.long_date(start) if start else "契約確定日の翌日",
                        dates.long_date(programme.term_end),
                        separator="から",
                    )
                    + "まで",
                ),
                ("事業", facts.about or "年度に共通"),
                (
                    "協議",
                    join_nonempty(one.record_number, dates.long_date(day) if day else "", one.way) or _BLANK_TO_FILL_IN,
                ),
            )
        ),
        Heading(2, "1", "変更の内容", right=f"根拠　{clause_words(one)}" if one.clause else ""),
        Table(
            name="変更の内容",
            columns=(Column("項目", 35), Column("変更前", 65), Column("変更後", 65)),
            rows=rows,
            ruled=True,
            min_row_height=16,
        ),
        Heading(2, "2", "変更の理由"),
        Paragraph(one.reason or one.content or _BLANK_TO_FILL_IN),
        Heading(2, "3", "契約課への確認"),
        Paragraph(asked or facts.texts.get(ANSWER_OPEN, "")),
        Paragraph(facts.texts.get(REST, "")),
        SignBoxes(
            boxes=(
                (f"区　{dates.BLANK_DATE}", document_frame.sender_name(office)),
                (f"受託者　{dates.BLANK_DATE}", join_nonempty(contractor.name, contractor.representative, "㊞")),
            )
        ),
    ]
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=reference_of(programme.fiscal_year, one),
        blocks=blocks,
        look="form",
        outgoing=True,
        footer_left=document_frame.NO_PERSONS,
        stamp="" if one.settled_on is not None and one.section_answer.strip() else document_frame.DRAFT_MATERIALS,
    )
