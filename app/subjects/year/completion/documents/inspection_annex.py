"""検査調書別紙, with each event held, each document handed in, and the ward's witnesses (仕様書3・5).

合格 is only on the 検査調書, which the 検査員 writes; here are the facts it is based on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.common.partial_count import PartialCount, sum_event_counts
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Paragraph,
    SheetBreak,
    SignBoxes,
    Table,
    Title,
)
from app.programme.rules.contract import term_start, yen_text
from app.subjects.events.event.rules.basis import cited_clause
from db.frozen_record import frozen_record

INSPECTION_ANNEX_KIND: Final = "検査調書別紙"
_NOT_APPLICABLE: Final = "該当なし"
_BLANK: Final = "—"


@frozen_record
class EventLine:
    """One event, all in words except the attendance.

    ``is_held``: it was held by the day of the sheet. ``remark`` is about its report.
    """

    number: int
    title: str
    held_on: str
    is_held: bool
    attended: int | None
    witness: str
    due: str
    received: str
    points: str
    checked: str
    remark: str
    place: str
    organisations: int | None


@frozen_record
class EventGroup:
    """The events of one kind under their heading 「デジタル活用講習会　4(1)」."""

    heading: str
    lines: Sequence[EventLine]


@frozen_record
class HandedInPaper:
    """One document of the year that was handed in."""

    number: int
    title: str
    basis: str
    due: str
    received: str
    points: str
    checked: str


@frozen_record
class AnnexFacts:
    """The content of the sheet.

    Attributes:
        notice: the 業務完了届 and by when the 検査 is due, in words.
        groups: the events by kind.
        papers: the documents of the year.
        open_words, repair, changes, agreements: the counts at the end.
        open_reason: why it is complete with an open document.
        inspected_on, inspector, witness: of the 検査, "" = not yet.
        later: documents due after the 検査, each with its day, "" = none.
        disposal: what of 残っているもの is proven to be returned or destroyed, "" = nothing was held.
        reports, confirmed: how many reports are due and 確認済.
        unrecorded: which past events are not counted as held, "" = none.
        cancelled: which were cancelled, and what was held instead, "" = none.
    """

    notice: str
    groups: Sequence[EventGroup]
    papers: Sequence[HandedInPaper]
    open_words: str
    open_reason: str
    repair: str
    changes: str
    agreements: str
    inspected_on: str
    inspector: str
    witness: str
    reports: int
    confirmed: int
    unrecorded: str
    cancelled: str = ""
    later: str = ""
    disposal: str = ""


def inspection_annex(context: document_frame.DocumentContext, facts: AnnexFacts) -> DocumentContent:
    """Build the sheet, with events and reports on the first page, documents and witnesses on the second."""
    programme = context.programme
    start = term_start(programme)
    reference = f"R{programme.fiscal_year - 2018}-検査-別紙"
    first = dates.long_date(start) if start else "契約確定日の翌日"
    lines = [line for group in facts.groups for line in group.lines]
    people = sum_event_counts(line.attended for line in lines if line.is_held)
    held = sum(line.is_held for line in lines)
    whole = "" if held == len(lines) else f"全{len(lines)}回のうち"
    blocks: list[Block] = [
        Title(INSPECTION_ANNEX_KIND, subtitle="履行の明細"),
        KeyValues(
            rows=(
                (
                    "件名・契約番号",
                    join_nonempty(programme.title, programme.contract_number, yen_text(programme.amount)),
                ),
                (
                    "受託者・履行期間",
                    f"{context.contractor.name}　{first}から{dates.long_date(programme.term_end)}まで",
                ),
                ("業務完了届", facts.notice),
            )
        ),
        Heading(
            1, "1", "実施と報告", sheet="実施と報告",
            right=f"{whole}{held}回・延べ{people.words('人')}"
            f"　報告書{facts.reports}件のうち{facts.confirmed}件　内容確認済",
        ),
        _reports(facts, held, people) if lines else Paragraph(_NOT_APPLICABLE),
        *((Paragraph(f"中止した回　{facts.cancelled}", style="note"),) if facts.cancelled else ()),
        SheetBreak(sheet="提案書・書面", page=True),
        Heading(1, "2", "提案書および特記事項の書面", sheet="提案書・書面"),
        _papers(facts) if facts.papers else Paragraph(_NOT_APPLICABLE),
        *((Paragraph(f"この検査のあとに受領する書面　{facts.later}", style="note"),) if facts.later else ()),
        *(
            (Paragraph(f"情報の返還・廃棄（{cited_clause('特22')}）　{facts.disposal}", style="strong"),)
            if facts.disposal else ()
        ),
        Paragraph(
            f"未了の書類　{facts.open_words}　　手直しの指示　{facts.repair}　　契約変更　{facts.changes}　　"
            f"協議記録　{facts.agreements}",
            style="strong",
        ),
    ]  # fmt: skip
    if facts.open_reason:
        blocks.append(Paragraph(f"未了の書類があるまま検査を進めた理由　{facts.open_reason}"))
    blocks += [
        Heading(1, "3", "実施確認票", sheet="実施確認票", right="区の立会者が当日に記した実施確認票による"),
        _witnesses(facts, held, people) if lines else Paragraph(_NOT_APPLICABLE),
        SignBoxes(
            boxes=(
                ("検査年月日", facts.inspected_on or dates.BLANK_DATE),
                ("検査員（担当の職員を除く）", facts.inspector or "職・氏名"),
                ("立会人", facts.witness or "職・氏名"),
            )
        ),
    ]
    return document_frame.frame_document(
        context,
        kind=INSPECTION_ANNEX_KIND,
        reference=reference,
        blocks=blocks,
        look="form",
        header_left=join_nonempty(programme.title, programme.contract_number),
        footer_left=f"{document_frame.NO_PERSONS}　団体名および職員の氏名を含む",
    )


def _count(number: int | None) -> str:
    return _BLANK if number is None else str(number)


def _reports(facts: AnnexFacts, held: int, people: PartialCount) -> Table:
    rows: list[tuple[str, ...]] = []
    heads: list[int] = []
    for group in facts.groups:
        heads.append(len(rows))
        rows.append((group.heading, *[""] * 8))
        rows += [
            (
                str(line.number), line.title, line.held_on, _count(line.attended), line.due,
                line.received or _BLANK, line.points or _BLANK, line.checked or _BLANK, line.remark,
            )
            for line in group.lines
        ]  # fmt: skip
    received = sum(bool(line.received) for group in facts.groups for line in group.lines)
    rows.append(("", "計", f"{held}回", people.minimum_words(), "", f"{received}件", "", "", ""))
    return Table(
        (
            Column("No", 7, align="center"),
            Column("実施回", 36.5),
            Column("実施日", 24.5),
            Column("出席", 9.5, align="right"),
            Column("報告書の期限\n（暦どおり）", 24.5),
            Column("受領日", 18),
            Column("必須", 10, align="center"),
            Column("内容確認", 18),
            Column("備考", 16),
        ),
        tuple(rows),
        name="実施と報告",
        group_rows=tuple(heads),
        total_row=True,
        note="注　必須＝仕様書が求める項目のうち確認できた数。期限は民法140条・143条による。"
        "休日＝期限が閉庁日に当たる（142条）。内容確認は係の確認であり、合格・"
        "不合格は検査調書に検査員が記す。" + facts.unrecorded,
    )


def _papers(facts: AnnexFacts) -> Table:
    return Table(
        (
            Column("No", 8, align="center"),
            Column("提出物", 30.5),
            Column("根拠", 48.5),
            Column("提出期限", 24.5),
            Column("受領日", 24.5),
            Column("項目", 11, align="center"),
            Column("内容確認", 18),
        ), tuple(
            (
                str(line.number), line.title, line.basis, line.due or _BLANK, line.received or _BLANK,
                line.points or _BLANK, line.checked or _BLANK,
            )
            for line in facts.papers
        ), name="提案書・書面",
    )  # fmt: skip


def _witnesses(facts: AnnexFacts, held: int, people: PartialCount) -> Table:
    rows: list[tuple[str, ...]] = []
    heads: list[int] = []
    for group in facts.groups:
        heads.append(len(rows))
        rows.append((group.heading, *[""] * 6))
        rows += [
            (
                str(line.number), line.title, line.held_on, line.place, _count(line.attended),
                _count(line.organisations), line.witness or "（未記入）",
            )
            for line in group.lines
        ]  # fmt: skip
    rows.append(("", "計", f"{held}回", "", people.minimum_words(), "", ""))
    return Table(
        (
            Column("No", 8, align="center"),
            Column("実施回", 40),
            Column("実施日", 24),
            Column("会場", 45),
            Column("出席", 10, align="right"),
            Column("団体", 10, align="right"),
            Column("区の立会者", 28),
        ),
        tuple(rows),
        name="実施確認票",
        group_rows=tuple(heads),
        total_row=True,
        note=f"注　{facts.unrecorded}" if facts.unrecorded else "",
    )
