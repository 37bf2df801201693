"""Builds 起案資料（派遣の選定）: decided requests of a year, drafts of the letters, wording of the 伺い文."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.user_error import UserError
from app.calendar import dates
from app.calendar.wareki import fiscal_year_words
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.file_format import TEXT_FORMATS
from app.documents.services.document_context import letter_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope, year_of
from app.events.dispatches.documents import (
    CALL_FOR_REQUESTS,
    CHOOSING,
    DECLINE_NOTICE,
    SELECTION,
    RequestLine,
    SelectionFacts,
    selection_drafting,
)
from app.events.dispatches.rules import count_organisations, selected_despite_text
from app.events.dispatches.services.dispatch_documents import (
    call_passages,
    decline_stops,
    document_revision,
    documents_of_visits,
    draft_decline,
    knows_visits,
    texts_of,
    visits_context,
    visits_of,
)
from app.events.dispatches.services.dispatch_requests import (
    DispatchRequestList,
    DispatchRequestRow,
    kind_of_request,
    read_dispatch_requests,
)
from app.events.letters.documents.drafting_set import ADDRESSEE_LIST, DRAFTING_OF_ITS_DAY
from app.events.letters.rules.drafting_texts import (
    ASKED,
    BASIS,
    GUIDELINE,
    KEEPING,
    REASON,
    REFERENCE,
    filing_passages,
    guideline_to_write,
)
from app.events.letters.rules.letter_texts import DRAFTING, SUBJECT
from app.programme.rules import destination_word, full_clause, in_visit_words, planned_words
from app.programme.services import ProgrammeView, setting_in_force
from db.records.dispatches import DispatchRequest, RequestOutcome
from db.records.documents import KeptPaper, Letter
from db.records.programme import EventKind, VisitStep
from db.rows import rows
from db.store import Store


def selection_passages(store: Store, scope: DocumentScope, on: date) -> Sequence[Passage]:
    """Return the default wording of the 起案資料（派遣の選定） of a year, part by part."""
    view = year_of(store, scope, on=on)
    numbers = visits_of(view, scope)
    listed = _considered_requests(store, view, numbers)
    setting = setting_in_force(view.document_settings, DRAFTING, on)
    settled = setting.extra if setting is not None else {}
    name = f"{fiscal_year_words(view.programme.fiscal_year)}{numbers.name_in_text}"
    return (
        Passage(SUBJECT, f"{name}の{destination_word(numbers.name)}の選定および通知について"),
        Passage(ASKED, _request_sentence(listed), lines=3),
        Passage(REASON, _reason(store, scope, listed, on), lines=5),
        Passage(BASIS, settled.get(GUIDELINE, "") or guideline_to_write(view.office)),
        Passage(REFERENCE, f"{full_clause(numbers.clause_planned)}　{planned_words(numbers)}"),
        *filing_passages(settled.get(KEEPING, "")),
    )


def _considered_requests(store: Store, view: ProgrammeView, kind: EventKind) -> DispatchRequestList:
    """Return the requests that were part of the selection, without undecided ones received after its last day.

    All of them before anything was decided.
    """
    request_list = read_dispatch_requests(store, fiscal_year=view.programme.fiscal_year, kind=kind.kind)
    days = [one.request.decided_on for one in request_list.rows if one.request.decided_on is not None]
    if not days:
        return request_list
    kept = tuple(one for one in request_list.rows if one.request.outcome or one.request.received_on <= max(days))
    return replace(request_list, rows=kept)


def _link_text(row: DispatchRequestRow) -> str:
    """Return the 講習会 that links a request as of the decision, without later attendance; "" = none."""
    link = next(iter(row.links), None)
    if link is None:
        return ""
    day, decided = link.event.event_date, row.request.decided_on
    ahead = day is not None and decided is not None and day > decided
    return (replace(link, attended_count=0) if ahead else link).words


def _request_sentence(request_list: DispatchRequestList) -> str:
    """Return the sentence that asks for the decision: how many 団体 are selected and declined."""
    kind = request_list.kind
    name, place = kind.name, destination_word(kind.name)
    chosen, declined = (
        count_organisations(one.request for one in request_list.rows if one.request.outcome == outcome)
        for outcome in ("決定", "不採択")
    )
    if not declined:
        return f"標記の{name}について、つぎのとおり{chosen}団体を{place}に選定してよろしいか伺います。"
    first = f"{chosen}団体を{place}に選定し、" if chosen else ""
    return (
        f"標記の{name}について、つぎのとおり{first}{declined}団体を不採択とし、"
        f"別紙1の案により通知してよろしいか伺います。"
    )


def _reason(store: Store, scope: DocumentScope, request_list: DispatchRequestList, on: date) -> str:
    """Return how many applied for how many places, and the rule published in the 募集要項."""
    rule = texts_of(store, scope, CALL_FOR_REQUESTS, call_passages(store, scope, on)).get(CHOOSING, "").strip()
    days = [one.request.received_on for one in request_list.rows]
    span = f"{dates.long_date(min(days))}から{dates.long_date(max(days))}までに、" if days else ""
    by = (
        f"\n選定は、募集要項の「{CHOOSING}」による（「{rule.removesuffix('。')}」）。団体ごとの理由は、1の表のとおり。"
        if rule
        else ""
    )
    return (
        f"募集する{planned_words(request_list.kind)}に対し、{span}"
        f"{request_list.organisation_count}団体から{request_list.kind.name}希望票の提出があった。{by}"
    )


def build_selection(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 起案資料（派遣の選定） of a year; raises ``UserError`` while no request was selected or declined."""
    view, numbers, context = visits_context(store, scope, SELECTION, now)
    listed = _considered_requests(store, view, numbers)
    if not listed.count(RequestOutcome.CHOSEN) + listed.count(RequestOutcome.REFUSED):
        raise UserError(
            "選定した希望票がまだありません。",
            f"「事業」の「{in_visit_words('派遣', view.kinds)}」で選定を記録してください。",
        )
    slips = tuple(
        RequestLine(
            request=one.request,
            organisation=one.organisation.name,
            branch=one.organisation.branch,
            link=_link_text(one),
            letter=draft_decline(store, one.request, now, addressee_placeholder=ADDRESSEE_LIST).blocks
            if one.request.outcome.is_refused
            else (),
            closes=listed.closes_for(one.request.received_on),
        )
        for one in listed.rows
    )
    facts = SelectionFacts(
        request_lines=slips,
        planned=planned_words(numbers),
        letters=_letters(store, listed, now.date()),
        events=sorted(
            ((one.event.event_date, one.event.full_title) for one in listed.rows if one.event is not None),
            key=lambda each: (each[0] or date.max, each[1]),
        ),
        lectures=listed.lecture_names,
    )
    return selection_drafting(
        context, facts, texts_of(store, scope, SELECTION, selection_passages(store, scope, now.date()))
    )


def _letters(store: Store, request_list: DispatchRequestList, on: date) -> tuple[Letter, ...]:
    """Return the letters to the declined 団体 as they go out, without those of an earlier year.

    A letter decided before the request came is of an earlier year.
    """
    found = []
    for wish in (one.request for one in request_list.rows if one.request.outcome.is_refused):
        scope = DocumentScope(organisation_id=wish.organisation_id)
        letter = letter_of(store, scope, DECLINE_NOTICE, formal=True, on=on)
        if letter is not None and _is_of_year(letter, wish):
            found.append(letter)
    return tuple(found)


def _is_of_year(letter: Letter, request: DispatchRequest) -> bool:
    return letter.decided_on is None or letter.decided_on >= request.received_on


def drafted_letters(store: Store, scope: DocumentScope) -> list[tuple[DocumentScope, str]]:
    """Return the letters to 団体 of a year that its 起案資料 decides on, without those of an earlier year.

    A letter that was put up before the newest selection was decided on with the 起案資料 before.
    """
    every = _requests_of_scope(store, scope)
    wishes = {one.organisation_id: one for one in every}  # the first of each
    newest = max((one.decided_on for one in every if one.outcome.is_answered and one.decided_on), default=date.min)
    letters = rows(store.database, Letter, organisation_id=list(wishes), document_kind=DECLINE_NOTICE)
    kept = rows(store.database, KeptPaper, letter_id=[one.id for one in letters], document_kind=SELECTION)
    before = {one.letter_id for one in kept if one.at.date() < newest}
    return [
        (DocumentScope(organisation_id=one.organisation_id), DECLINE_NOTICE)
        for one in letters
        if one.id not in before and _is_of_year(one, wishes[one.organisation_id or 0])
    ]


def selection_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return what to know before the 起案資料（派遣の選定） is issued; () for a document of another ``kind``.

    It names open, unsigned and unreasoned requests, and what blocks letters to declined 団体.
    """
    if kind != SELECTION:
        return ()
    view = year_of(store, scope, on=today)
    listed = read_dispatch_requests(store, fiscal_year=view.programme.fiscal_year, kind=visits_of(view, scope).kind)
    waiting = listed.count(RequestOutcome.OPEN)
    found = [f"選定前の希望票が{waiting}件あります。"] if waiting else []
    unsigned = [
        one.organisation.name for one in listed.rows if not one.request.signed and not one.request.outcome.is_withdrawn
    ]
    found += [f"署名のない希望票があります：{'、'.join(unsigned)}。"] if unsigned else []
    for one in listed.rows:
        if one.warning and one.request.outcome.is_chosen and not one.request.unlinked_reason.strip():
            found.append(
                f"{one.organisation.name}は{listed.lecture_names}への参加が名簿になく、選ぶ理由が書かれていません"
                f"（{listed.kind.clause_target}）。"
            )
        if against := selected_despite_text(one.request, listed.closes_for(one.request.received_on), today):
            found.append(f"{one.organisation.name}の希望票は、{against}")
        if one.request.outcome.is_refused:
            about = DocumentScope(organisation_id=one.organisation.id)
            found += [f"{one.organisation.name}への通知：{stop.words}" for stop in decline_stops(store, about, today)]
    return tuple(found)


def _is_available(store: Store, subject: DocumentSubject) -> bool:
    """Return whether a request of the year was selected or declined."""
    return any(one.outcome.is_answered for one in _requests_of_scope(store, subject.scope))


def _requests_of_scope(store: Store, scope: DocumentScope) -> list[DispatchRequest]:
    """Return the requests of a year for the kind of visits of a document, newest first; none where none is selected."""
    view = year_of(store, scope, on=date(scope.fiscal_year or 0, 4, 1))
    every = rows(store.database, DispatchRequest, order="-received_on", programme_id=view.programme.id)
    kind = visits_of(view, scope).kind if every else ""
    asked = [one for one in every if kind_of_request(view, one).kind == kind]
    return asked if asked and VisitStep.SELECTION in view.kind(kind).steps else []


DOCUMENTS = (
    DocumentKind(
        kind=SELECTION,
        formats=TEXT_FORMATS,
        clauses=("clause_selection",),
        build=build_selection,
        is_ready=_is_available,
        is_applicable=knows_visits,
        passages=selection_passages,
        letters_of_year=documents_of_visits,
        revision=document_revision,
        missing_words="派遣の希望票の選定を記録すると作成できます。",
        todo="派遣の希望票",
        personal=True,
        parts_of_its_day=DRAFTING_OF_ITS_DAY,
        drafts=drafted_letters,
    ),
)
