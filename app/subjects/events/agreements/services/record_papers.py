"""The papers of 協議 and 打合せ: what each is about is read here, what it says stands in ``papers``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.acts.refusal import Refusal
from app.calendar.dates import long_date
from app.papers.blocks import DocumentContent
from app.papers.event_facts import formal_title
from app.papers.paper import Passage
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperItem, PaperKind, PaperSubject
from app.papers.services.paper_passages import merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of, year_of
from app.programme.services.programme import read_programme
from app.subjects.events.agreements.papers import record_papers as papers
from app.subjects.events.agreements.papers.contract_change import KIND as CHANGE
from app.subjects.events.agreements.papers.contract_change import ChangeFacts, change_passages, contract_change
from app.subjects.events.agreements.papers.record_papers import ALL, MINUTES, RECORD, MeetingFacts, RecordFacts
from app.subjects.events.agreements.rules import CONTRACT_CHANGE
from app.subjects.events.agreements.services.meetings import read_meeting
from app.subjects.events.agreements.services.records import read_record, read_records
from app.subjects.events.agreements.services.told_changes import changes_resting_on
from db.records.agreements import Agreement, Meeting
from db.records.events import Event
from db.rows import rows
from db.store import Store
from db.tables.agreements import of_year
from db.tables.papers import passages_of_paper


def build_record(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return what the 協議記録 of ``scope.item`` says; raises ``Refusal`` when it is gone."""
    context = context_of(store, year_of(store, scope, on=now.date()), scope, RECORD, now)
    view = read_record(store, agreement_id=scope.item or 0)
    facts = RecordFacts(
        record=view.record,
        about=_named(view.event),
        homework=view.homework,
        files=tuple(one.name for one in view.files),
    )
    return papers.agreement_record(context, facts)


def _named(event: Event | None) -> str:
    """「デジタル活用講習会　第2回「LINE講習会」　令和8年9月10日（木）」, empty for a matter of the year."""
    if event is None:
        return ""
    return f"{formal_title(event)}　{long_date(event.event_date) if event.event_date else ''}".rstrip("　")


def build_minutes(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return what the 打合せ記録 of ``scope.item`` says; raises ``Refusal`` when it is gone."""
    context = context_of(store, year_of(store, scope, on=now.date()), scope, MINUTES, now)
    view = read_meeting(store, meeting_id=scope.item or 0)
    facts = MeetingFacts(
        meeting=view.meeting,
        records=view.records,
        titles={one.id: one.full_title for one in view.events.values()},
        homework=view.homework,
        earlier=view.earlier,
        earlier_done=view.earlier_done,
        going_on=view.going_on,
    )
    return papers.meeting_minutes(context, facts)


def build_change(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the 契約変更の協議書 of ``scope.item``: 案 until it is settled and 契約課 has answered.

    Raises:
        Refusal: it is gone, or it is no matter for 契約課.
    """
    year = year_of(store, scope, on=now.date())
    view = read_record(store, agreement_id=scope.item or 0)
    one = view.record
    if one.nature != CONTRACT_CHANGE or not one.stands:
        raise Refusal(
            "この協議は、契約変更の要否を契約課へ確認するものではありません。",
            "協議の「契約との関わり」を直すと作成できます。",
        )
    context = context_of(store, year, scope, CHANGE, now)
    texts = merge_passages(
        store.database,
        keys=keys_of(store, scope),
        kind=CHANGE,
        defaults=change_texts(store, scope, now.date()),
        revision=_words_of(store, scope),
    )
    return contract_change(
        context,
        ChangeFacts(
            record=one,
            about=_named(view.event),
            changes=changes_resting_on(one, year.rows),
            texts={text.part: text.text for text in texts},
        ),
    )


def change_texts(store: Store, scope: PaperScope, on: date) -> Sequence[Passage]:
    """Return the app's own wording of the 契約変更の協議書 of a year."""
    year = year_of(store, scope, on=on)
    return change_passages(year.office.ward, year.contractor.name)


def _words_of(store: Store, scope: PaperScope) -> int:
    """Each 協議書 has words of its own. What was typed for all of a year, before they had, is that of the earliest."""
    if scope.item is None:
        return 1
    keys = keys_of(store, scope)
    shared = [one for one in passages_of_paper(store.database, CHANGE, **keys) if "／" not in one.part]
    if shared:
        first = min(
            (one.id for one in of_year(store.database, keys["programme_id"] or 0) if _is_change(one)), default=0
        )
        if first == scope.item:
            return 1
    return scope.item + 1


def _is_change(one: Agreement) -> bool:
    return one.nature == CONTRACT_CHANGE


def _changes(store: Store, scope: PaperScope) -> list[PaperItem]:
    """Those that may need another contract."""
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        PaperItem(id=one.id, title=f"{one.record_number}　{one.topic}".strip())
        for one in of_year(store.database, programme.id)
        if _is_change(one) and one.stands
    ]


def build_all(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the list of a year's 協議 by number."""
    context = context_of(store, year_of(store, scope, on=now.date()), scope, ALL, now)
    listed = read_records(store, fiscal_year=scope.fiscal_year)
    inside = sorted(listed.rows, key=lambda row: (row.record.ordinal is None, row.record.ordinal or 0, row.id))
    return papers.records_of_year(
        context, [(row.record, row.event.full_title if row.event is not None else "") for row in inside]
    )


def _records(store: Store, scope: PaperScope) -> list[PaperItem]:
    """Those that say why; a topic that was only ticked has no paper of its own."""
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        PaperItem(id=one.id, title=f"{one.record_number}　{one.topic}".strip())
        for one in of_year(store.database, programme.id)
        if one.decision.strip() or one.reason.strip()
    ]


def _meetings(store: Store, scope: PaperScope) -> list[PaperItem]:
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        PaperItem(id=one.id, title=f"第{one.ordinal}回　{one.subject}")
        for one in rows(store.database, Meeting, programme_id=programme.id, order="ordinal")
    ]


def _any(store: Store, subject: PaperSubject) -> bool:
    return bool(of_year(store.database, keys_of(store, subject.scope)["programme_id"] or 0))


def _count(store: Store, subject: PaperSubject, _today: date) -> str:
    return f"{len(of_year(store.database, keys_of(store, subject.scope)['programme_id'] or 0))}件"


def _ready(_store: Store, _subject: PaperSubject) -> bool:
    return True


PAPERS: Final = (
    PaperKind(
        kind=RECORD, about="年度", shelf="年度", build=build_record, ready=_ready, items=_records,
        missing="協議・打合せで1件を選ぶと作成できます。", todo="協議の記録", recipient="受託者",
    ),
    PaperKind(
        kind=MINUTES, about="年度", shelf="年度", build=build_minutes, ready=_ready, items=_meetings,
        missing="協議・打合せで打合せを選ぶと作成できます。", todo="協議の記録", recipient="受託者",
    ),
    PaperKind(
        kind=CHANGE, about="年度", shelf="年度", build=build_change, ready=_ready, items=_changes,
        passages=change_texts, revision=_words_of,
        missing="協議・打合せで、契約課へ確認する1件を選ぶと作成できます。", todo="協議の記録", recipient="受託者",
    ),
    PaperKind(
        kind=ALL, about="年度", shelf="年度", build=build_all, ready=_any, state=_count,
        missing="協議を記録すると作成できます。", todo="協議の記録",
    ),
)  # fmt: skip
