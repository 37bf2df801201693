"""Builds the document of a past moment: an event, a journal step (``DocumentScope.item``) and the shown instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.actions.get_or_raise import get_or_raise
from app.documents.blocks import DocumentContent
from app.documents.document_frame import event_code
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope, year_of
from app.subjects.events.as_of.documents import AS_OF, AsOfFacts, as_of_document, moment_in_table
from app.subjects.events.as_of.services.as_of_state import NOT_YET, AsOfView, CountThenAndNow, DueLine, read_as_of
from db.records.events import Event
from db.store import Store

SAME: Final = "同じ"


def as_of_scope(view: AsOfView) -> DocumentScope:
    """Return the scope of the document of a page."""
    return DocumentScope(event_id=view.event_id, item=view.seq, as_of=view.moment)


def build_as_of(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of the page of ``scope``; raises ``UserError`` when the event is gone."""
    moment = scope.as_of if isinstance(scope.as_of, datetime) else None
    view = read_as_of(store, event_id=scope.event_id or 0, seq=scope.item, moment=moment, now=now)
    context = document_context_of(store, year_of(store, scope, on=now.date()), scope, AS_OF, now)
    event = get_or_raise(store.database, Event, view.event_id)
    return as_of_document(context, as_of_facts(view, event_code(context.programme, event)))


def as_of_facts(view: AsOfView, reference: str) -> AsOfFacts:
    """Return the facts of the document of a page."""
    return AsOfFacts(
        reference=reference,
        title=view.title,
        moment=view.moment,
        now=view.now,
        head_then=view.head_then,
        head_now=view.head_now,
        state_then=view.state_then,
        state_now=view.state_now,
        deadlines=[
            (one.label, f"{one.owner}\n{one.basis}", one.due_words, one.then.text, current_deadline_text(one))
            for one in view.deadlines
        ],
        counts=[(one.label, *count_words(one), one.difference) for one in view.counts],
        people=[
            (one.organisation, one.name, entry_change_text(one.then, one.now, one.other_changes))
            for one in view.changed_people
        ],
        people_count_then=view.people_count_then,
        changes=[(moment_in_table(one.at), one.action, one.words, one.by) for one in view.changes],
        step_count=view.step_count,
        erased=view.erased,
        next_disposal=view.next_disposal,
    )


def current_deadline_text(line: DueLine) -> str:
    """Return the present state of a deadline in words; a moved date is always mentioned."""
    if line.is_changed or line.now.style == "open":
        return line.now.text
    if line.now.text == line.then.text:
        return SAME
    return f"{line.now.text.partition('　')[0]}　（状態は同じ）"


def count_words(line: CountThenAndNow) -> tuple[str, str]:
    """Return a number then and now."""
    return tuple(NOT_YET if one is None else f"{one:,}{line.unit}" for one in (line.then, line.now))  # type: ignore[return-value]


def entry_change_text(then: str, now: str, more: str) -> str:
    """Return 「参加予定 → 欠席連絡」, followed by other changes."""
    place = f"{then} → {now}" if then != now else then
    return f"{place}　{more}" if more else place


def _no_items(_store: Store, _scope: DocumentScope) -> Sequence[DocumentItem]:
    """Return none: such a document is made only from its page, as every journal step would be an item."""
    return ()


def _is_available(_store: Store, _subject: DocumentSubject) -> bool:
    return True


DOCUMENTS: Final = (
    DocumentKind(
        kind=AS_OF,
        about="実施回",
        group="報告",
        event_role="記録",
        build=build_as_of,
        is_ready=_is_available,
        items=_no_items,
        personal=True,
        missing_words="履歴で時点を選ぶと作成できます。",
        todo="履歴",
    ),
)
