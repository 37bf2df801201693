"""Declares document kinds of an event; their subject is the event with its records, read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.actions.get_or_raise import get_or_raise
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.rules import EventRole
from app.documents.services.document_kind import DocumentKind, DocumentStop, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.event.services.event_records import EventCoreRecords, EventRecords, read_event_records
from app.event.services.event_state import read_event_status
from app.programme.services import find_programme
from db.records.events import Event
from db.store import Store


def read_event_subject(store: Store, scope: DocumentScope) -> DocumentSubject:
    """Return the event of ``scope`` with its records; raises ``UserError`` when it is gone."""
    records = read_event_records(store, scope.event_id)
    return replace(records.as_subject, programme=find_programme(store, records.event.programme_id))


def event_records_of(subject: DocumentSubject) -> EventRecords:
    """Return the records of the event; only for documents of an event."""
    assert isinstance(subject.record, EventRecords)
    return subject.record


def core_records_of(subject: DocumentSubject) -> EventCoreRecords:
    """Return the core records of the event, from which documents state their facts."""
    assert isinstance(subject.record, EventCoreRecords)
    return subject.record


def event_document_kind(
    *,
    build: Callable[[Store, Event, datetime], DocumentContent],
    ready: Callable[[Store, EventRecords], bool],
    event_role: EventRole,
    fits: Callable[[EventRecords], bool] | None = None,
    state: Callable[[Store, EventRecords, date], str] | None = None,
    passages: Callable[[Store, Event, date], Sequence[Passage]] | None = None,
    mail: Callable[[Store, Event, datetime], str] | None = None,
    stops: Callable[[Store, Event, date], tuple[DocumentStop, ...]] | None = None,
    **declared: Any,
) -> DocumentKind:
    """Return a document kind of an event, declared by functions that take the event or its records.

    Args:
        event_role: how the document meets each state of its event.
        build, passages, mail, stops: functions of the event.
        ready, fits, state: functions of its records.
        declared: the other fields of ``DocumentKind``.
    """

    def of_event(made: Callable[[Store, Event, Any], Any]) -> Callable[[Store, DocumentScope, Any], Any]:
        """Return the function of a scope for one of its event; raises ``UserError`` when that is gone."""
        return lambda store, scope, at: made(store, get_or_raise(store.database, Event, scope.event_id), at)

    given = dict(declared)
    for name, made in (("passages", passages), ("mail", mail), ("stops", stops)):
        if made is not None:
            given[name] = of_event(made)
    if fits is not None:
        given["is_applicable"] = lambda subject: fits(event_records_of(subject))
    if state is not None:
        given["state_words"] = lambda store, subject, today: state(store, event_records_of(subject), today)
    return DocumentKind(
        about="実施回",
        build=of_event(build),
        is_ready=lambda store, subject: ready(store, event_records_of(subject)),
        event_role=event_role,
        event_status=lambda store, scope, today, subject: read_event_status(
            store, scope, today, event_records_of(subject) if subject is not None else None
        ),
        **given,
    )
