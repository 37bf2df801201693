"""Letters on outstanding or received documents, and the list of what was late on either side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.documents import document_frame
from app.documents.blocks import Block, Closing, Column, DocumentContent, Heading, Paragraph, SignBoxes, Table, Title
from app.subjects.submissions.deliverables.rules.due_rows import DueList, DueRow, LateItem
from app.subjects.submissions.deliverables.rules.outstanding_texts import ActionId, OwedPaper, body, subject
from db.frozen_record import frozen_record

LATE: Final = "提出物と遅れの一覧"
ABOUT_YEAR: Final = "提出物の通知"
_NONE = "該当なし"


def outstanding_letter(
    context: document_frame.DocumentContext,
    outstanding: OwedPaper,
    action: ActionId,
    *,
    kind: str,
    sign: str,
    text: str = "",
) -> DocumentContent:
    """Build a letter to the contractor.

    Args:
        sign: the reference of what it is about (「R8-講06」, 「R8-提案書」).
        text: the body as staff edited it, "" = the default wording.
    """
    words = text or body(action, outstanding)
    blocks: tuple[Block, ...] = (
        document_frame.outgoing_head(context),
        Title(subject(action, outstanding)),
        *(Paragraph(part, style="letter") for part in words.split("\n") if part.strip()),
        Closing(),
        document_frame.office_contact(context.office),
    )
    return document_frame.frame_document(
        context,
        kind=kind,
        reference=f"{sign}-{kind}",
        blocks=blocks,
        stem=f"{sign}-{kind}-{action}",
        title=f"{subject(action, outstanding)}　{outstanding.about}",
        version=max(outstanding.version, 1),
        look="letter",
        first_sheet=action,
        outgoing=True,
    )


@frozen_record
class ReceivedReportRow:
    """One received report as its ledger prints it; ``notes`` are the corrections."""

    number: str
    received: str
    title: str
    how: str
    receipt: str
    checked: str
    notes: str


@frozen_record
class ReceivedReports:
    """The ledger 受領した実施報告書 for printing.

    Its rows, its basis, who keeps it, the numbers still being checked, and who checked it last ("" = nobody yet).
    """

    rows: Sequence[ReceivedReportRow]
    basis: str
    keeper: str
    unchecked: Sequence[str] = ()
    checked: str = ""


def late_list(context: document_frame.DocumentContext, due_list: DueList, reports: ReceivedReports) -> DocumentContent:
    """Build the list of a year's due documents, the lateness of both sides, and the received reports."""
    ward, contractor = due_list.ward, due_list.contractor
    programme = context.programme
    sign = f"R{programme.fiscal_year - 2018}"
    blocks: tuple[Block, ...] = (
        Title(
            LATE,
            lead=f"契約の期限からの日数（暦日）で数えた。受託者 {contractor.times}件・{contractor.days}日、区 "
            f"{ward.times}件・{ward.days}日。",
        ),
        Heading(1, "1", "提出物", right=f"{len(due_list.rows)}件", sheet="提出物"),
        _rows(due_list.rows),
        Heading(1, "2", "受託者の遅れ", right=f"{contractor.times}件", sheet="遅れ"),
        _late(contractor.items, "受託者の遅れ"),
        Heading(1, "3", "区の遅れ", right=f"{ward.times}件"),
        _late(ward.items, "区の遅れ"),
        Paragraph("区が遅れた日数は、受託者の責めに帰さない。", style="note"),
        Heading(1, "4", "目安日を過ぎた確認", right=f"{len(due_list.missed_targets)}件"),
        _late(due_list.missed_targets, "目安日"),
        Paragraph("受領から30日の確認は目安日で、契約の遅れには数えない。", style="note"),
        Heading(1, "5", "受領した実施報告書", right=f"{len(reports.rows)}件", sheet="受領した報告書"),
        Paragraph(f"根拠　{reports.basis}　　備える者　{reports.keeper}", style="note"),
        _reports(reports.rows),
        Paragraph(f"内容確認の途中　{_unchecked(reports.unchecked)}", style="note"),
        SignBoxes(
            boxes=(
                ("区　記録者", ""),
                ("区　点検（係長）", reports.checked or "　　月　　日"),
                ("受託者　管理責任者　確認", "　　月　　日"),
            )
        ),
    )
    return document_frame.frame_document(
        context,
        kind=LATE,
        reference=f"{sign}-{LATE}",
        blocks=blocks,
        stem=f"{sign}-{LATE}-{context.made_at:%Y%m%d}",
        first_sheet="提出物",
        header_right=f"整理番号　{sign}-提出物",
    )


def _rows(rows: Sequence[DueRow]) -> Block:
    if not rows:
        return Paragraph(_NONE)
    columns = (("期限", 17), ("提出物", 54), ("受領", 17), ("収受番号", 20), ("内容確認", 25), ("遅れ", 32))
    return Table(
        tuple(Column(title, width=width) for title, width in columns),
        tuple(
            (
                _day(row.due) if row.due is not None else row.due_words or "期限なし",
                row.title,
                _day(row.received_on) if row.received_on is not None else "—",
                row.number_words or "—",
                _check_words(row),
                _late_words(row),
            )
            for row in rows
        ),
        name="提出物",
    )


def _check_words(row: DueRow) -> str:
    """Return 「確認済 R8.10.9」, shortened where a report is to be checked again, to fit its cell."""
    if row.drift:
        return row.check_words.replace(" ", "\n", 1)
    return f"確認済 {_day(row.checked_on)}" if row.checked_on is not None else row.check_words


def _late_words(row: DueRow) -> str:
    """Return the lateness (「期限内　3日早い」).

    Where a closed day moves the last day (民法142条), that day is added: late counts from it.
    """
    if not row.late_words:
        return "—"
    told = "期限内" in row.late_words or "遅れ" in row.late_words
    moved = told and row.contract and row.due is not None and row.last_day is not None and row.last_day != row.due
    return (
        f"{row.late_words}\n休日のため{_day(row.last_day)}まで"
        if moved and row.last_day is not None
        else row.late_words
    )


def _unchecked(numbers: Sequence[str]) -> str:
    named = "、".join(numbers)
    return f"{len(numbers)}件（No {named}）" if named else "なし"


def _reports(reports: Sequence[ReceivedReportRow]) -> Block:
    if not reports:
        return Paragraph(_NONE)
    columns = (
        ("No", 8),
        ("受領日", 18),
        ("実施回・版", 42),
        ("受領方法・原本", 31),
        ("収受番号", 20),
        ("状態・内容確認", 26),
        ("備考", 20),
    )
    return Table(
        tuple(Column(title, width=width, align="center" if title == "No" else "left") for title, width in columns),
        tuple(
            (one.number, one.received, one.title, one.how, one.receipt or "—", one.checked, one.notes)
            for one in reports
        ),
        name="受領した報告書",
        note="受領の記録から入る。行は消さず、誤りは訂正で直す。",
    )


def _late(items: Sequence[LateItem], name: str) -> Block:
    if not items:
        return Paragraph(_NONE)
    columns = (("資料・報告書", 62), ("最後の日", 27), ("済んだ日", 27), ("日数", 16), ("根拠", 33))
    return Table(
        tuple(Column(title, width=width, align="right" if title == "日数" else "left") for title, width in columns),
        tuple(
            (
                one.title,
                _day(one.last_day),
                _day(one.done_on) if one.done_on is not None else "記録なし" if one.ended else "まだ",
                str(one.days),
                one.basis,
            )
            for one in items
        ),
        name=name,
    )


def _day(day: date) -> str:
    return document_frame.table_day(day)
