"""Declares 討議の記録 as a document of its event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind
from app.programme.services.programme import programme_of_event
from app.subjects.events.discussion.documents import KIND, discussion_record
from app.subjects.events.discussion.rules import report_rows
from app.subjects.events.discussion.services.discussion import discussion_of
from app.subjects.events.event.services.event_document import event_document_kind
from app.subjects.events.event.services.event_facts import read_event_facts
from app.subjects.events.event.services.event_records import EventRecords
from db.records.discussion import DiscussionLine
from db.records.events import Event
from db.rows import row
from db.store import Store


def build_record(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the record; raises ``UserError`` before a 班 wrote anything."""
    talk = discussion_of(store.database, event)
    if not any(group.lines for group in talk.groups):
        raise UserError("班の記録がまだありません。", "「討議の記録」で入力してください。")
    context = event_document_context(store, programme_of_event(store, event, on=now.date()), event, KIND, now)
    return discussion_record(
        context, read_event_facts(store, event), report_rows(talk.groups, talk.points, include_done=True), talk.groups
    )


def _state(store: Store, records: EventRecords, _today: date) -> str:
    talk = discussion_of(store.database, records.event)
    notes = f"　付箋 {talk.sums.counted_total}枚" if talk.sums.counted_total is not None else ""
    return f"{len(talk.groups)}班{notes}"


DOCUMENTS: Final[tuple[DocumentKind, ...]] = (
    event_document_kind(
        kind=KIND,
        clauses=("仕4(3)カ",),
        group="報告",
        event_role="実施後",
        build=build_record,
        ready=lambda store, file: row(store.database, DiscussionLine, event_id=file.event.id) is not None,
        fits=lambda file: file.event.form.in_groups,
        state=_state,
        missing_words="班の記録を入力すると作成できます。",
        todo="討議の記録",
    ),
)
