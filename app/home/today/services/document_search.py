"""Find documents by name, made or not, with where to make them or what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.documents.services.document_kind import DOCUMENTS, DocumentKind, DocumentSubject, read_subject
from app.documents.services.document_scope import DocumentScope
from app.ledgers.services.ledger import LEDGERS
from app.programme.rules import in_year_words
from app.programme.services import ProgrammeView, kinds_of_events, year_to_show
from db.name_key import contains_all, name_key
from db.record import record
from db.records.events import Event
from db.records.programme import EventKind
from db.store import Store

MAX_SHOWN = 5
_PART_OF_A_NAME = 3
_START_OF_A_NAME = 2
"""The number of characters from which a part of a document's name is no surname any more."""


@record
class FoundDocument:
    """One document found by its name.

    ``words`` is the title of its event or its year, and why it cannot be made yet. ``link`` opens where it is made,
    else where what is missing is entered.
    """

    name: str
    words: str
    link: ActionLink


@record
class FoundDocuments:
    """The documents found by name: ``shown`` are the first ``MAX_SHOWN``, ``total`` is how many were found.

    ``is_exact_match``: the typed words are the name of the first one, it can be made and is no ledger.
    """

    shown: tuple[FoundDocument, ...]
    total: int
    is_exact_match: bool


def is_document_name(text: str) -> bool:
    """Return whether ``text`` contains a document's name, is a part of one (of three characters or more) or begins it
    (with two or more), so is no person's name.
    """
    key = name_key(text)
    names = [name_key(name) for paper in DOCUMENTS for name in paper.names]
    if any(name in key for name in names):
        return True
    return any(
        (len(key) >= _PART_OF_A_NAME and key in name) or (len(key) >= _START_OF_A_NAME and name.startswith(key))
        for name in names
    )


def matching_documents(
    store: Store, *, keys: Sequence[str], events: Sequence[Event], today: date | None, year: ProgrammeView | None = None
) -> FoundDocuments:
    """Return the documents whose name contains every key, exact names first, then in library order.

    Where there is none, those whose name the typed words contain, longest name first (for 「受付名簿印刷」). One of
    an event is that of the next event for which it can be made, or of the last one; one that cannot be made yet says
    why and leads to what is missing. They are shown, and found too, as ``year`` calls them.

    Args:
        keys: the typed words, made with ``name_key``.
    """

    def called(words: str) -> str:
        return in_year_words(words, year.kinds, year.office, year.programme.branch) if year is not None else words

    whole = name_key("".join(keys))
    named = [(name, paper) for paper in DOCUMENTS for name in paper.names if contains_all(keys, name, called(name))]
    named.sort(key=lambda one: (whole not in map(name_key, (one[0], called(one[0]))), not one[1].is_in_library))
    if not named:
        named = [(name, paper) for paper in DOCUMENTS for name in paper.names if name_key(name) in whole]
        named.sort(key=lambda one: -len(one[0]))
    subjects = _SubjectCache(store, _by_relevance(events, kinds_of_events(store.database, events), today))
    shown = [
        _found_document(store, name, replace(paper, missing_words=called(paper.missing_words)), subjects, today)
        for name, paper in named[:MAX_SHOWN]
    ]
    worded = tuple(replace(one, name=called(one.name)) for one in shown)
    is_exact = bool(shown) and any(_is_exact_match(one, whole) for one in (shown[0], worded[0]))
    return FoundDocuments(shown=worded, total=len(named), is_exact_match=is_exact)


def _is_exact_match(first: FoundDocument, whole: str) -> bool:
    """Return whether a document is an exact match; a ledger's name means its list, not its print form."""
    made = first.link.action in ("帳票", "年度の帳票")
    return made and name_key(first.name) == whole and all(first.name != ledger.title for ledger in LEDGERS)


class _SubjectCache:
    """The subjects (event or year with its records) of documents, each read once and only when needed."""

    def __init__(self, store: Store, events: Sequence[Event]):
        self._store = store
        self._events = events
        self._known: dict[DocumentScope, DocumentSubject | None] = {}

    def read_subject(self, scope: DocumentScope) -> DocumentSubject | None:
        """Return the subject of ``scope``; None where the event or year does not exist."""
        if scope not in self._known:
            try:
                self._known[scope] = read_subject(self._store, scope)
            except UserError:
                self._known[scope] = None
        return self._known[scope]

    def event_subjects(self) -> Iterator[tuple[Event, DocumentSubject]]:
        """Yield each event with its subject, in the order given at the start; those that are gone are left out."""
        for event in self._events:
            subject = self.read_subject(DocumentScope(event_id=event.id))
            if subject is not None:
                yield event, subject


def _by_relevance(events: Sequence[Event], known: Mapping[int, EventKind], today: date | None) -> list[Event]:
    """Return the next event of each kind (none without ``today``), then the last one of each, then a cancelled one.

    Kinds are in the order of the year (``known``: kind by event id). Of further events only the latest of all, the
    last cancelled one and the first of ``events`` follow; each event is there once.
    """
    dated = sorted((one for one in events if one.event_date is not None), key=lambda one: (one.event_date, one.id))
    standing = [one for one in dated if one.status.counts]
    coming = [one for one in standing if today and one.event_date and one.event_date >= today]
    past = [one for one in reversed(standing) if one not in coming]
    kinds = dict.fromkeys(one.kind for one in sorted(events, key=lambda one: known[one.id].position))
    firsts = [next((one for one in row if one.kind == kind), None) for row in (coming, past) for kind in kinds]
    others = [*dated[::-1][:1], *[one for one in dated if one.status.is_cancelled][-1:], *events[:1]]
    return list(dict.fromkeys(one for one in (*firsts, *others) if one is not None))


def _found_document(
    store: Store, name: str, paper: DocumentKind, subjects: _SubjectCache, today: date | None
) -> FoundDocument:
    """Return a document as found: of an event, of a year, or of a 団体, which only leads to where one is chosen."""
    if paper.about == "実施回":
        return _event_document(store, name, paper, subjects)
    if paper.about == "団体":
        asked = ActionLink("団体の一覧") if paper.todo == "団体" else ActionLink(paper.todo)
        return FoundDocument(name=name, words=f"団体ごとの書類　{paper.missing_words}", link=asked)
    return _year_document(store, name, paper, subjects, today)


def _event_document(store: Store, name: str, paper: DocumentKind, subjects: _SubjectCache) -> FoundDocument:
    """Return a document as found for the first event in order for which it can be made.

    If there is none, it says what is missing for the first event that it concerns at all, else for no event.
    """
    fitting = None
    for event, subject in subjects.event_subjects():
        if not paper.is_applicable(subject):
            continue
        if paper.items is None and paper.is_ready(store, subject):
            return FoundDocument(
                name=name, words=event.full_title, link=ActionLink("帳票", event_id=event.id, kind=name)
            )
        fitting = fitting or event
    if fitting is None:
        return FoundDocument(
            name=name, words=f"まだ作成できません　{paper.missing_words}", link=ActionLink("事業の一覧")
        )
    asked = paper.missing_link(DocumentScope(event_id=fitting.id))
    return FoundDocument(
        name=name, words=f"{fitting.full_title}　まだ作成できません　{paper.missing_words}", link=asked
    )


def _year_document(
    store: Store, name: str, paper: DocumentKind, subjects: _SubjectCache, today: date | None
) -> FoundDocument:
    """Return a document of the year running on ``today`` (without it of the newest) as found: where it is made, or
    what is missing.
    """
    try:
        year = year_to_show(store, today=today or date.max).fiscal_year
    except UserError:
        return FoundDocument(name=name, words="年度を始めると作成できます。", link=ActionLink("契約"))
    scope = DocumentScope(fiscal_year=year, as_of=today)
    words = fiscal_year_words(year)
    if paper.items is not None or not paper.is_listed:
        where = paper.missing_words or "管理簿の一覧から印刷します。"
        return FoundDocument(name=name, words=f"{words}　{where}", link=paper.missing_link(scope))
    subject = subjects.read_subject(scope)
    if subject is not None and not paper.is_applicable(subject):
        return FoundDocument(name=name, words=f"{words}　この契約では作成しない書類です", link=ActionLink("契約"))
    if subject is not None and paper.is_ready(store, subject):
        return FoundDocument(name=name, words=words, link=ActionLink("年度の帳票", kind=name))
    return FoundDocument(
        name=name, words=f"{words}　まだ作成できません　{paper.missing_words}", link=paper.missing_link(scope)
    )
