"""Content of 追加募集の対象団体: the 団体 without an application, by 支部, to be asked one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.calendar.dates import table_date
from app.documents import document_frame
from app.documents.blocks import Column, DocumentContent, Paragraph, Table, Title
from app.documents.event_facts import EventFacts

NOT_APPLIED_KIND = "追加募集の対象団体"


def not_applied_list(
    context: document_frame.DocumentContext,
    event: EventFacts,
    branches: Sequence[tuple[str, Sequence[str]]],
    *,
    coming: int,
    minimum: int,
    closing_day: date | None,
    applied: int,
    unwilling: int,
) -> DocumentContent:
    """Return the list with a checkbox for each 団体; ``branches`` are 支部 with the names of their 団体."""
    rows: list[tuple[str, ...]] = []
    groups = []
    for branch, names in branches:
        groups.append(len(rows))
        rows.append((f"{branch}　{len(names)}団体", "", "", ""))
        rows += [("", name, "", "") for name in names]
    count = sum(len(names) for _branch, names in branches)
    closed = f"　受付締切 {table_date(closing_day)}" if closing_day else ""
    lead = f"参加予定 {coming}人　仕様の下限 {minimum}人{closed}　まだ申込のない団体 {count}団体"
    note = f"申込のあった{applied}団体を除いた。" + (
        f"「希望しない（×）」の{unwilling}団体も除いた。" if unwilling else ""
    )
    made = document_frame.frame_event_document(
        context,
        event,
        kind=NOT_APPLIED_KIND,
        look="form",
        first_sheet="追加募集",
        header_right=f"整理番号　{document_frame.event_code(context.programme, event)}-追加募集",
        blocks=(
            Title(
                NOT_APPLIED_KIND,
                subtitle=f"{document_frame.event_name(event)}　{document_frame.date_time_words(event)}",
                lead=lead,
            ),
            Table(
                (
                    Column("連絡", 16, tick=True),
                    Column("団体", 74),
                    Column("連絡した日・相手", 40),
                    Column("返事", 35),
                ),
                tuple(rows),
                name=NOT_APPLIED_KIND,
                group_rows=tuple(groups),
                ruled=True,
                min_row_height=9,
            ),
            Paragraph(note, style="note"),
        ),
    )
    return replace(made, header_left=f"{NOT_APPLIED_KIND}　{document_frame.event_name(event)}")
