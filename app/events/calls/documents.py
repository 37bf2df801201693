"""Content of the 電話一覧 and 確認の電話一覧: everybody to be called, with results; they stay in the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.calendar.dates import (
    clock_time,
    table_date,
)
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, Paragraph, Table, Title
from app.documents.document_frame import DocumentContext
from app.documents.event_facts import EventFacts
from db.record import record
from db.records.calls import ChangeDecision

CALL_LIST = "電話一覧"
CONFIRMATION_LIST = "確認の電話一覧"
_ROW = 8.0


@record
class CallListRow:
    """One line in words: 団体, numbers, people, and the result of the calls (empty = not yet called)."""

    organisation: str
    phones: str
    people: str
    outcome: str
    is_reached: bool


def call_list(
    context: DocumentContext,
    event: EventFacts,
    *,
    decision: ChangeDecision,
    change_words: str,
    lines: Sequence[CallListRow],
    others: Sequence[CallListRow],
    count_words: str,
    talking_text: str,
) -> DocumentContent:
    """Return the list on A4 landscape: the decision, the calls by 団体, the others, what to say.

    Args:
        change_words: what is decided, by what differs now (「日時および会場の変更」).
        count_words: progress of the calls in one line.
        talking_text: the text said on the telephone.
    """
    moment = decision.decided_at
    decided = join_nonempty(
        change_words,
        f"{table_date(moment.date())} {clock_time(moment)}",
        fill_nonempty("{}の判断", decision.decided_by),
        decision.reason,
    )
    blocks = (
        Title(
            CALL_LIST,
            subtitle=f"{change_words}の連絡　{document_frame.event_name(event)}",
            lead=f"{document_frame.date_time_words(event)}　{document_frame.venue_words(event)}",
        ),
        Paragraph(decided, style="strong"),
        Paragraph(count_words),
        Table(_COLUMNS, tuple(map(_row, lines)), name=CALL_LIST, ruled=True, min_row_height=_ROW),
        Heading(2, "(1)", "ほかの連絡先"),
        Table(
            _OTHERS,
            tuple(map(_row, others)),
            name="ほかの連絡先",
            ruled=True,
            min_row_height=_ROW,
        ),
        Heading(2, "(2)", "電話で話す文"),
        Paragraph(talking_text),
    )
    drawn = document_frame.frame_event_document(
        context,
        event,
        kind=CALL_LIST,
        look="roster",
        blocks=blocks,
        first_sheet=CALL_LIST,
        header_right=document_frame.PERSONAL_MARK,
    )
    return replace(drawn, personal=True, footer_left=document_frame.COLLECT_AFTER_USE)


def confirmation_list(
    context: DocumentContext,
    event: EventFacts,
    *,
    lines: Sequence[CallListRow],
    count_words: str,
    talking_text: str,
) -> DocumentContent:
    """Return the list for the calls some days before an event, with what to say and what came of them."""
    blocks: tuple[Block, ...] = (
        Title(
            CONFIRMATION_LIST,
            subtitle=document_frame.event_name(event),
            lead=f"{document_frame.date_time_words(event)}　{document_frame.venue_words(event)}",
        ),
        Paragraph(count_words),
        Heading(2, "(1)", "電話で話す文"),
        *(Paragraph(part) for part in talking_text.splitlines() if part.strip()),
        Heading(2, "(2)", "電話の相手"),
        Table(
            _CONFIRMATIONS,
            tuple(map(_row, lines)),
            name=CONFIRMATION_LIST,
            ruled=True,
            min_row_height=_ROW,
            note="注　この紙に書いた結果は、かけたあとに「確認の電話」に入れる。欠席と代理は、名簿にも入る。",
        ),
    )
    drawn = document_frame.frame_event_document(
        context,
        event,
        kind=CONFIRMATION_LIST,
        look="roster",
        blocks=blocks,
        first_sheet=CONFIRMATION_LIST,
        header_right=document_frame.PERSONAL_MARK,
    )
    return replace(drawn, personal=True, footer_left=document_frame.COLLECT_AFTER_USE)


_CONFIRMATIONS = (
    Column("済", 12, align="center"),
    Column("団体", 54),
    Column("電話", 56),
    Column("参加者", 58),
    Column("結果・だれが・いつ", 81),
)
_COLUMNS = (
    Column("済", 12, align="center"),
    Column("団体", 60),
    Column("電話（中止連絡用）", 62),
    Column("参加者", 58),
    Column("結果・だれが・いつ", 69),
)
_OTHERS = (
    Column("済", 12, align="center"),
    Column("連絡先", 60),
    Column("電話", 62),
    Column("相手", 58),
    Column("結果・だれが・いつ", 69),
)


def _row(line: CallListRow) -> tuple[str, ...]:
    return ("済" if line.is_reached else "□", line.organisation, line.phones, line.people, line.outcome)
