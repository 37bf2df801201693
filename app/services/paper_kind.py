"""What one kind of paper declares of itself: what it is about, what it says, when it can be made, who gets it.

Every kind is a ``PaperKind``, whatever it is about; ``event_paper`` declares one of an event from what that knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from app.documents.blocks import DocumentContent
from app.rules.dates import fiscal_year_words
from app.rules.passages import Passage
from app.services.action import Action
from app.services.event_file import EventFile, read_file, required_event
from app.services.organisations import required_organisation
from app.services.paper_scope import About, PaperScope
from app.services.programme import read_programme
from db.journal import Change
from db.records.events import Event
from db.store import Store

Format = Literal["pdf", "xlsx"]
Shelf = Literal["人数・資料", "募集・通知", "当日", "中止・変更", "報告", "年度", "団体"]


@dataclass(frozen=True, kw_only=True)
class PaperSubject:
    """What the papers of a shelf are about, read once for all of them; ``file`` is that of an event."""

    scope: PaperScope
    title: str
    file: EventFile | None = None

    @property
    def of_event(self) -> EventFile:
        """The records of the event; only papers of an event ask for them."""
        assert self.file is not None
        return self.file


def read_subject(store: Store, scope: PaperScope) -> PaperSubject:
    """Read what papers are about; raises ``Refusal`` when the event, the year or the 団体 is not there."""
    if scope.organisation_id is not None:
        return PaperSubject(scope=scope, title=required_organisation(store.database, scope.organisation_id).name)
    if scope.fiscal_year is not None:
        return PaperSubject(
            scope=scope,
            title=fiscal_year_words(read_programme(store, fiscal_year=scope.fiscal_year).programme.fiscal_year),
        )
    file = read_file(store, scope.event_id or 0)
    return PaperSubject(scope=scope, title=file.event.full_title, file=file)


def _always(_subject: PaperSubject) -> bool:
    return True


def _nothing(_store: Store, _subject: PaperSubject, _today: date) -> str:
    return ""


def _no_texts(_store: Store, _scope: PaperScope, _on: date) -> Sequence[Passage]:
    return ()


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of paper of an event, a year or a 団体.

    Attributes:
        kind: its name, also in file names. about: what it is about. shelf: the group it stands under.
        formats: what it can be. build: its content now; raises ``Refusal`` for what is not there yet.
        ready: whether it can be made as things stand. fits: whether this event has it at all.
        state: how it stands, in words, once ready. missing: why it can't be made yet. todo: label and place
            of the button that leads there.
        passages: the texts that staff may word, in the app's own wording on the 発信日.
        goes_out: a letter of the ward with 事務連絡 / メール / 公文書 and its states. formal: 公文書 from the start.
        personal: it names people.
        leaving: called inside the change by which it leaves (saved, printed), with the event's id and what left;
            what it returns is kept in the log.
    """

    kind: str
    about: About
    shelf: Shelf
    build: Callable[[Store, PaperScope, datetime], DocumentContent]
    ready: Callable[[Store, PaperSubject], bool]
    missing: str
    todo: tuple[str, str]
    formats: tuple[Format, ...] = ("pdf", "xlsx")
    fits: Callable[[PaperSubject], bool] = _always
    state: Callable[[Store, PaperSubject, date], str] = _nothing
    passages: Callable[[Store, PaperScope, date], Sequence[Passage]] = _no_texts
    goes_out: bool = False
    formal: bool = False
    personal: bool = False
    leaving: Callable[[Store, Change, int, DocumentContent], dict[str, str]] | None = None

    def action(self, scope: PaperScope) -> Action:
        """The button that leads to what is missing."""
        label, place = self.todo
        known = {"event_id": scope.event_id, "organisation_id": scope.organisation_id}
        return Action(
            label=label, place=place, arguments={key: value for key, value in known.items() if value is not None}
        )


def event_paper(
    *,
    build: Callable[[Store, Event, datetime], DocumentContent],
    ready: Callable[[Store, EventFile], bool],
    fits: Callable[[EventFile], bool] | None = None,
    state: Callable[[Store, EventFile, date], str] | None = None,
    passages: Callable[[Store, Event, date], Sequence[Passage]] | None = None,
    **declared: Any,
) -> PaperKind:
    """Declare a kind of paper of an event by what its subject knows: the event, and its records for the shelf.

    Args:
        build, passages: of the event. ready, fits, state: of its records. declared: as for ``PaperKind``.
    """

    def event(store: Store, scope: PaperScope) -> Event:
        return required_event(store.database, scope.event_id or 0)

    given: dict[str, Any] = dict(declared)
    if fits is not None:
        given["fits"] = lambda subject: fits(subject.of_event)
    if state is not None:
        given["state"] = lambda store, subject, today: state(store, subject.of_event, today)
    if passages is not None:
        given["passages"] = lambda store, scope, on: passages(store, event(store, scope), on)
    return PaperKind(
        about="実施回",
        build=lambda store, scope, now: build(store, event(store, scope), now),
        ready=lambda store, subject: ready(store, subject.of_event),
        **given,
    )
