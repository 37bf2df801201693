"""検査調書, the findings of the 検査員 on one page with signature; the 別紙 has the details (仕様書3・5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Choice,
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
from app.subjects.year.completion.documents.completion_notice import WorkLine
from db.frozen_record import frozen_record
from db.records.year.completion import Inspection

INSPECTION_RECORD_KIND: Final = "検査調書"
RESULTS: Final = ("合格", "手直し", "不合格")
_NONE: Final = "なし"


@frozen_record
class RecordFacts:
    """The content of the sheet.

    Attributes:
        inspection: the newest 検査, None = a blank form.
        earlier: those before it, oldest first.
        noticed_on: when the 業務完了届 was received.
        completed_on: what it says, None = unknown.
        works: what was done by the day of the 検査.
        annex: what the 別紙 counts, in words.
    """

    inspection: Inspection | None
    earlier: Sequence[Inspection]
    noticed_on: date | None
    completed_on: date | None
    works: Sequence[WorkLine]
    annex: str


def inspection_record(context: document_frame.DocumentContext, facts: RecordFacts) -> DocumentContent:
    """Build the sheet with contract, inspected work, verdict, corrections and signature.

    Without a 検査 verdict, days and names are left empty.
    """
    programme, contractor, one = context.programme, context.contractor, facts.inspection
    start = term_start(programme)
    term = f"{dates.long_date(start) if start else '契約確定日の翌日'}から{dates.long_date(programme.term_end)}まで"
    blocks: list[Block] = [
        Title(INSPECTION_RECORD_KIND, centred=True),
        KeyValues(
            rows=(
                ("件名", programme.title),
                (
                    "契約番号・金額",
                    join_nonempty(programme.contract_number or "（未入力）", yen_text(programme.amount)),
                ),
                ("受託者", join_nonempty(contractor.name, contractor.representative)),
                ("契約確定日", dates.long_date(programme.contract_date) if programme.contract_date else "（未入力）"),
                ("履行期間", term),
                ("完了年月日", _day(facts.completed_on)),
                ("業務完了届の受領", _day(facts.noticed_on)),
                ("検査年月日", _day(one.held_on if one is not None else None)),
            )
        ),
        Heading(2, "1", "検査の対象", right=facts.annex),
        Table(
            name="検査の対象",
            columns=(Column("業務", 62), Column("仕様", 35), Column("確認した数", 42), Column("最後の日", 26)),
            rows=tuple((work.work, work.required, work.done, work.last_day) for work in facts.works),
            note="注　人数はすべて延べ。実施日、出席数、区の立会者および提出物の明細は、検査調書別紙による。",
        ),
        Heading(2, "2", "検査の結果"),
        Choice(label="結果", words=RESULTS, chosen=one.result if one is not None else ""),
        KeyValues(rows=_inspection_rows(one, facts.earlier)),
        Paragraph("契約書、仕様書その他の関係書類に基づいて検査し、結果が上記のとおりであることを確認した。"),
        SignBoxes(
            boxes=(
                ("検査員（担当の職員を除く）", _person(one.inspector_post, one.inspector) if one else "職・氏名"),
                ("立会人", (_person(one.witness_post, one.witness) if one else "") or "職・氏名"),
            )
        ),
    ]
    return document_frame.frame_document(
        context,
        kind=INSPECTION_RECORD_KIND,
        reference=f"R{programme.fiscal_year - 2018}-検査",
        blocks=blocks,
        look="form",
        header_left=join_nonempty(programme.title, programme.contract_number),
        footer_left=f"{document_frame.NO_PERSONS}　職員の氏名を含む",
    )


def _day(day: date | None) -> str:
    return dates.long_date(day) if day is not None else dates.BLANK_DATE


def _person(post: str, name: str) -> str:
    return join_nonempty(post, name)


def _inspection_rows(inspection: Inspection | None, earlier: Sequence[Inspection]) -> tuple[tuple[str, str], ...]:
    """Return rows on corrections, open documents and earlier 検査, empty where there is none."""
    if inspection is None:
        return (("手直しの内容", ""), ("手直しの期限", dates.BLANK_DATE), ("備考", ""))
    rows = [("手直しの内容", inspection.repair or _NONE)]
    if inspection.repair:
        rows += [("手直しの期限", _day(inspection.repair_due)), ("手直しの完了", _day(inspection.repaired_on))]
    if inspection.open_reason:
        rows.append(("未了の書類があるまま\n進めた理由", inspection.open_reason))
    rows += [
        (f"第{number}回の検査", join_nonempty(dates.long_date(before.held_on), before.result, before.repair))
        for number, before in enumerate(earlier, start=1)
    ]
    return (*rows, ("備考", inspection.note))
