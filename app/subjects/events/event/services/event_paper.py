"""Papers of an event: what they are about, read once, and a kind of them declared by what the event knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from app.acts.get_or_refuse import get_or_refuse
from app.papers.blocks import DocumentContent
from app.papers.paper import Passage
from app.papers.rules.states import Manner
from app.papers.services.paper_kind import PaperKind, PaperStop, PaperSubject
from app.papers.services.paper_scope import PaperScope
from app.subjects.events.event.services.event_file import EventCourse, EventFile, read_file
from app.subjects.events.event.services.event_state import read_standing
from db.records.events import Event
from db.store import Store


def read_event_subject(store: Store, scope: PaperScope) -> PaperSubject:
    """Read the event that papers are about, with its records; raises ``Refusal`` when it is gone."""
    file = read_file(store, scope.event_id or 0)
    return PaperSubject(scope=scope, title=file.event.full_title, day=file.event.event_date, record=file)


def file_of(subject: PaperSubject) -> EventFile:
    """Return the records of the event; only papers of an event ask for them."""
    assert isinstance(subject.record, EventFile)
    return subject.record


def course_of(subject: PaperSubject) -> EventCourse:
    """Return what is planned, what came and what left; what papers tell rests on it alone."""
    assert isinstance(subject.record, EventCourse)
    return subject.record


def event_paper(
    *,
    build: Callable[[Store, Event, datetime], DocumentContent],
    ready: Callable[[Store, EventFile], bool],
    meets: Manner,
    fits: Callable[[EventFile], bool] | None = None,
    state: Callable[[Store, EventFile, date], str] | None = None,
    passages: Callable[[Store, Event, date], Sequence[Passage]] | None = None,
    mail: Callable[[Store, Event, datetime], str] | None = None,
    stops: Callable[[Store, Event, date], tuple[PaperStop, ...]] | None = None,
    **declared: Any,
) -> PaperKind:
    """Declare a kind of paper of an event by what its subject knows: the event, and its records for the shelf.

    Args:
        meets: what it is to its event: how it meets each state. build, passages, mail, stops: of the event. ready,
            fits, state: of its records. declared: as for ``PaperKind``.
    """

    def event(store: Store, scope: PaperScope) -> Event:
        return get_or_refuse(store.database, Event, scope.event_id or 0)

    given: dict[str, Any] = dict(declared)
    if fits is not None:
        given["fits"] = lambda subject: fits(file_of(subject))
    if state is not None:
        given["state"] = lambda store, subject, today: state(store, file_of(subject), today)
    if passages is not None:
        given["passages"] = lambda store, scope, on: passages(store, event(store, scope), on)
    if mail is not None:
        given["mail"] = lambda store, scope, now: mail(store, event(store, scope), now)
    if stops is not None:
        given["stops"] = lambda store, scope, on: stops(store, event(store, scope), on)
    return PaperKind(
        about="実施回",
        build=lambda store, scope, now: build(store, event(store, scope), now),
        ready=lambda store, subject: ready(store, file_of(subject)),
        meets=meets,
        standing=lambda store, scope, today, subject: read_standing(
            store, scope, today, file_of(subject) if subject is not None else None
        ),
        **given,
    )
