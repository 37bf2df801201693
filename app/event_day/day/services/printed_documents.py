"""Reads when each document of the day was issued, and compares it with its present content."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from app.actions.user_error import UserError
from app.calendar.dates import (
    clock_time,
    short_date,
)
from app.documents.rules import fact_changes
from app.documents.services.document_kind import FINGERPRINT_KEY, document_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.editions import is_same_content
from app.documents.services.notification_kinds import outgoing_in_effect
from app.event.rules.notification_facts import agenda_facts, participant_facts, time_and_place_facts
from app.event.services.event_records import EventCoreRecords, EventRecords
from app.event.services.tasks.task_completion import DAY_DOCUMENTS
from app.events.materials.services.distributed_handouts import HANDOUTS, distributed_handouts
from db.record import record
from db.records.documents import Outgoing
from db.store import Store


@record
class PrintedDocument:
    """The newest copy of one document: when, how (「印刷」「保存」), in how many copies.

    Attributes:
        change_words: what has changed since, "" = nothing.
    """

    printed_at: datetime
    output_word: str
    copies: int
    change_words: str

    def words(self, today: date) -> str:
        """Return 「9:40 印刷」, on another day 「12/7(月) 9:40 印刷」, and 「印刷のあと 名簿 14人 → 15人」."""
        if self.change_words:
            return f"{self.output_word}のあと {self.change_words}"
        return f"{moment_words(self.printed_at, today)} {self.output_word}"


def moment_words(at: datetime, today: date) -> str:
    """Return 「9:40」 of today, else with its day."""
    clock = clock_time(at)
    return clock if at.date() == today else f"{short_date(at.date(), today)} {clock}"


def printed_documents(
    store: Store, records: EventRecords, kinds: Collection[str], now: datetime, *, compare: bool
) -> Mapping[str, PrintedDocument]:
    """Return the newest copy of each kind that was printed or saved for others and not revoked.

    Args:
        compare: compare each with its present content; False once the day is over, as nothing is printed any more.
    """
    newest = {row.document_kind: row for row in outgoing_in_effect(records.outgoing) if row.document_kind in kinds}
    told = {"": ""} if not newest or not compare else day_facts(records)
    return {
        kind: PrintedDocument(
            printed_at=row.at,
            output_word="印刷" if row.way.is_print else "保存",
            copies=row.copies,
            change_words=_change_words(store, records, row, told, now) if compare else "",
        )
        for kind, row in newest.items()
    }


def day_facts(records: EventCoreRecords) -> dict[str, str]:
    """Return the facts by name in which a document may have changed since its print."""
    return (
        participant_facts(records.entries, records.entry_names)
        | agenda_facts(records.agenda)
        | time_and_place_facts(records.event, records.agenda)
    )


def _change_words(store: Store, records: EventRecords, row: Outgoing, facts: Mapping[str, str], now: datetime) -> str:
    """Return words on what has changed since a document was printed (「名簿 14人 → 15人」), "" for nothing.

    "" also where its print kept nothing to compare; where it cannot be made now, why.
    """
    if row.document_kind == HANDOUTS:
        return "、".join(_handouts_to_issue(records))
    kept = row.detail.get(FINGERPRINT_KEY)
    scope = DocumentScope(event_id=records.event.id)
    if kept is None:
        return ""
    try:
        content = document_of(scope, row.document_kind).build(store, scope, now)
    except UserError as problem:
        return problem.happened
    if is_same_content(kept, content):
        return ""
    said = [one.words for one in fact_changes(row.facts.get(DAY_DOCUMENTS, {}), facts)]
    return "・".join(said) or "内容が変わりました"


def _handouts_to_issue(records: EventRecords) -> Iterator[str]:
    """Yield each handout whose newest version was not printed or saved yet (「資料A 第2版」)."""
    left = {(row.document_kind, row.reference, row.version) for row in outgoing_in_effect(records.outgoing)}
    for title, newest in ((one.material.title, one.latest) for one in distributed_handouts(records)):
        if newest is not None and (HANDOUTS, title, newest.version) not in left:
            yield f"{title} 第{newest.version}版"
