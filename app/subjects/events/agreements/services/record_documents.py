"""Builds the documents of 協議 and 打合せ from their records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.event_facts import formal_title
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_passages import merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of, year_of
from app.programme.services.programme import read_programme
from app.subjects.events.agreements.documents import record_documents as papers
from app.subjects.events.agreements.documents.contract_change import KIND as CHANGE
from app.subjects.events.agreements.documents.contract_change import ChangeFacts, change_passages, contract_change
from app.subjects.events.agreements.documents.record_documents import (
    MINUTES,
    RECORD,
    YEAR_LIST,
    MeetingFacts,
    RecordFacts,
)
from app.subjects.events.agreements.rules import CONTRACT_CHANGE
from app.subjects.events.agreements.services.meetings import read_meeting
from app.subjects.events.agreements.services.notified_changes import contract_changes_of
from app.subjects.events.agreements.services.records import read_record, read_records
from db.records.agreements import Agreement, Meeting
from db.records.events import Event
from db.rows import rows
from db.store import Store
from db.tables.agreements import of_year
from db.tables.documents import passages_of_document


def build_record(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 協議記録 of ``scope.item``; raises ``UserError`` when it is gone."""
    context = document_context_of(store, year_of(store, scope, on=now.date()), scope, RECORD, now)
    view = read_record(store, agreement_id=scope.item or 0)
    facts = RecordFacts(
        record=view.record,
        about=_event_title(view.event),
        homework=view.homework,
        files=tuple(one.name for one in view.files),
    )
    return papers.agreement_record(context, facts)


def _event_title(event: Event | None) -> str:
    """Return 「デジタル活用講習会 第2回「LINE講習会」 令和8年9月10日（木）」, empty for a matter of the year."""
    if event is None:
        return ""
    return f"{formal_title(event)}　{long_date(event.event_date) if event.event_date else ''}".rstrip("　")


def build_minutes(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 打合せ記録 of ``scope.item``; raises ``UserError`` when it is gone."""
    context = document_context_of(store, year_of(store, scope, on=now.date()), scope, MINUTES, now)
    view = read_meeting(store, meeting_id=scope.item or 0)
    facts = MeetingFacts(
        meeting=view.meeting,
        records=view.records,
        titles={one.id: one.full_title for one in view.events.values()},
        homework=view.homework,
        earlier_homework_count=view.earlier_homework_count,
        earlier_homework_done=view.earlier_homework_done,
        continued=view.continued,
    )
    return papers.meeting_minutes(context, facts)


def build_change(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 契約変更の協議書 of ``scope.item``: 案 until it is settled and 契約課 has answered.

    Raises:
        UserError: it is gone, or does not concern 契約課.
    """
    year = year_of(store, scope, on=now.date())
    view = read_record(store, agreement_id=scope.item or 0)
    one = view.record
    if one.nature != CONTRACT_CHANGE or not one.is_in_effect:
        raise UserError(
            "この協議は、契約変更の要否を契約課へ確認するものではありません。",
            "協議の「契約との関わり」を直すと作成できます。",
        )
    context = document_context_of(store, year, scope, CHANGE, now)
    texts = merge_passages(
        store.database,
        keys=keys_of(store, scope),
        kind=CHANGE,
        defaults=change_texts(store, scope, now.date()),
        revision=_wording_item(store, scope),
    )
    return contract_change(
        context,
        ChangeFacts(
            record=one,
            about=_event_title(view.event),
            changes=contract_changes_of(one, year.rows),
            texts={text.part: text.text for text in texts},
        ),
    )


def change_texts(store: Store, scope: DocumentScope, on: date) -> Sequence[Passage]:
    """Return the default wording of the 契約変更の協議書 of a year."""
    year = year_of(store, scope, on=on)
    return change_passages(year.office.ward, year.contractor.name)


def _wording_item(store: Store, scope: DocumentScope) -> int:
    """Return the 協議 whose wording applies, as each 協議書 has its own.

    Older texts typed for a whole year belong to the earliest one.
    """
    if scope.item is None:
        return 1
    keys = keys_of(store, scope)
    shared = [one for one in passages_of_document(store.database, CHANGE, **keys) if "／" not in one.part]
    if shared:
        first = min(
            (one.id for one in of_year(store.database, keys["programme_id"] or 0) if _may_change_contract(one)),
            default=0,
        )
        if first == scope.item:
            return 1
    return scope.item + 1


def _may_change_contract(agreement: Agreement) -> bool:
    return agreement.nature == CONTRACT_CHANGE


def _contract_change_items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    """Return the 協議 that may need a change of the contract."""
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        DocumentItem(id=one.id, title=f"{one.record_number}　{one.topic}".strip())
        for one in of_year(store.database, programme.id)
        if _may_change_contract(one) and one.is_in_effect
    ]


def build_year_list(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the list of a year's 協議 by number."""
    context = document_context_of(store, year_of(store, scope, on=now.date()), scope, YEAR_LIST, now)
    listed = read_records(store, fiscal_year=scope.fiscal_year)
    inside = sorted(listed.rows, key=lambda row: (row.record.ordinal is None, row.record.ordinal or 0, row.id))
    return papers.records_of_year(
        context, [(row.record, row.event.full_title if row.event is not None else "") for row in inside]
    )


def _record_items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    """Return the 協議 with a reason; a topic that was only ticked has no document of its own."""
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        DocumentItem(id=one.id, title=f"{one.record_number}　{one.topic}".strip())
        for one in of_year(store.database, programme.id)
        if one.decision.strip() or one.reason.strip()
    ]


def _meeting_items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        DocumentItem(id=one.id, title=f"第{one.ordinal}回　{one.subject}")
        for one in rows(store.database, Meeting, programme_id=programme.id, order="ordinal")
    ]


def _has_records(store: Store, subject: DocumentSubject) -> bool:
    return bool(of_year(store.database, keys_of(store, subject.scope)["programme_id"] or 0))


def _count(store: Store, subject: DocumentSubject, _today: date) -> str:
    return f"{len(of_year(store.database, keys_of(store, subject.scope)['programme_id'] or 0))}件"


def _is_available(_store: Store, _subject: DocumentSubject) -> bool:
    return True


DOCUMENTS: Final = (
    DocumentKind(
        kind=RECORD, about="年度", group="年度", build=build_record, is_ready=_is_available, items=_record_items,
        missing_words="協議・打合せで1件を選ぶと作成できます。", todo="協議の記録", recipient="受託者",
    ),
    DocumentKind(
        kind=MINUTES, about="年度", group="年度", build=build_minutes, is_ready=_is_available, items=_meeting_items,
        missing_words="協議・打合せで打合せを選ぶと作成できます。", todo="協議の記録", recipient="受託者",
    ),
    DocumentKind(
        kind=CHANGE, about="年度", group="年度", build=build_change, is_ready=_is_available,
        items=_contract_change_items,
        passages=change_texts, revision=_wording_item,
        missing_words="協議・打合せで、契約課へ確認する1件を選ぶと作成できます。", todo="協議の記録",
        recipient="受託者",
    ),
    DocumentKind(
        kind=YEAR_LIST, about="年度", group="年度", build=build_year_list, is_ready=_has_records, state_words=_count,
        missing_words="協議を記録すると作成できます。", todo="協議の記録",
    ),
)  # fmt: skip
