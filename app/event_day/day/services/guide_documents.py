"""Reads the texts of the 当日のしおり, records which proposals were checked, and declares its two sizes as
documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DaySet, DocumentKind
from app.documents.services.document_passages import PassageRow, merge_texts, outdated_words
from app.documents.services.document_scope import DocumentScope
from app.event.rules.agenda import LENGTH_TOPIC, agenda_remarks
from app.event.rules.recruitment import closing_step, opening_step, step_due
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import read_venue_entry, read_venue_facts
from app.event.services.event_records import EventRecords, read_event_or_error
from app.event.services.event_state import states_of
from app.event.services.recruitment import request_forms_close_on
from app.event_day.day import documents as day_documents
from app.event_day.day.rules import (
    AED,
    KIND,
    LARGE_KIND,
    NEXT,
    PROPOSED,
    REFUGE,
    TROUBLE,
    GuideFacts,
    NextEvent,
    guide_passages,
    next_step_lines,
    staff_rows,
    venue_safety_lines,
)
from app.event_day.day.services import day_document_content as building
from app.events.letters.services import letter_building
from app.programme.services import kind_of_event, programme_of_event
from app.registers.venues.services import map_problem, printed_map
from app.surveys.questions.rules import asks_who
from app.surveys.questions.services.survey_documents import closing_halts
from db.record import record
from db.records.agreements import Agreement
from db.records.documents import DocumentPassage
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.records.programme import EventKind
from db.records.surveys import EventSurvey
from db.rows import row, rows
from db.store import Store

_FIX_ACTION = "「当日」の「しおりの文面」で直せます。"
_RECRUITING = tuple(form for form in EventForm if form.recruits)
_CHECKED = "（見た文）"
"""Suffix of a part under which the checked text is stored; a changed text has to be checked again."""


@record
class GuideView:
    """The texts of a しおり in their order; ``unchecked`` are proposals nobody has checked."""

    event_id: int
    title: str
    texts: tuple[PassageRow, ...]
    unchecked: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return words on what is left out of the pages until it is checked, or that nothing is."""
        if not self.unchecked:
            return "提案の文は、すべて見て確かめています。"
        return f"「{'」「'.join(self.unchecked)}」は提案のままです。見て確かめるまで、しおりには印刷しません。"


def read_guide(store: Store, *, event_id: int, on: date) -> GuideView:
    """Return the texts of a しおり; raises ``UserError`` when the event is gone."""
    event = read_event_or_error(store.database, event_id)
    kept = rows(store.database, DocumentPassage, event_id=event_id, document_kind=KIND)
    found = merge_texts(kept, guide_passages(_facts(store, event, on)))
    return GuideView(
        event_id=event_id,
        title=event.full_title,
        texts=found,
        unchecked=tuple(one.part for one in found if one.text.strip() and not _is_checked(one, _checked_texts(kept))),
    )


def mark_guide_checked(context: ActionContext, *, event_id: int) -> ActionResult:
    """Record that the proposed texts were checked, so that they are printed from now on.

    Raises:
        UserError: the event is gone, or nothing is left to check.
    """
    view = read_guide(context.store, event_id=event_id, on=context.today)
    if not view.unchecked:
        raise UserError("見て確かめる提案の文は、残っていません。", "文は「当日」の「しおりの文面」で直せます。")
    kept = {one.part: one for one in rows(context.database, DocumentPassage, event_id=event_id, document_kind=KIND)}
    texts = {one.part: one.text for one in view.texts}
    with context.change(f"{KIND}の提案の文を確かめた", subject="papers", event_id=event_id) as change:
        for part in view.unchecked:
            name = f"{part}{_CHECKED}"
            change.update_or_insert(
                DocumentPassage, kept.get(name), event_id=event_id, document_kind=KIND, part=name, text=texts[part]
            )
    return ActionResult(f"「{'」「'.join(view.unchecked)}」を確かめました。しおりに印刷します。", id=event_id)


def _checked_texts(stored_texts: list[DocumentPassage]) -> Mapping[str, str]:
    return {one.part.removesuffix(_CHECKED): one.text for one in stored_texts if one.part.endswith(_CHECKED)}


def _is_checked(passage: PassageRow, checked_texts: Mapping[str, str]) -> bool:
    return passage.part not in PROPOSED or passage.edited or checked_texts.get(passage.part) == passage.text


def _passages(store: Store, event: Event, on: date) -> tuple[Passage, ...]:
    return guide_passages(_facts(store, event, on))


def _facts(store: Store, event: Event, on: date) -> GuideFacts:
    """Return the facts on which the proposed texts of the guide depend."""
    letter = letter_building.read_letter_facts(store, event=event, on=on)
    view = programme_of_event(store, event, on=on)
    survey = row(store.database, EventSurvey, event_id=event.id)
    return GuideFacts(
        letter=letter,
        today=_reading_day(event, on),
        next_events=tuple(_open_events_after(store, event, on)),
        visits=tuple(
            (visits_words(one), request_forms_close_on(store.database, one, on))
            for one in view.kinds_of_form(EventForm.VISIT)
            if one.recruitment.is_called
        ),
        made_on=on,
        has_survey=kind_of_event(store.database, event).has_survey,
        online_survey=survey is not None and bool(survey.online_url),
        anonymous_survey=survey is not None and not any(map(asks_who, survey.questions)),
    )


def _reading_day(event: Event, on: date) -> date:
    """Return the day on which a しおり is read: that of its event, if it is made before."""
    return max(on, event.event_date) if event.event_date is not None else on


def _open_events_after(store: Store, event: Event, on: date) -> list[NextEvent]:
    """Return the later events of the year whose applications are not closed when the しおり is read, by date."""
    after = _reading_day(event, on)
    later = [
        one
        for one in rows(
            store.database, Event, programme_id=event.programme_id, form=_RECRUITING, status=EventStatus.PLANNED
        )
        if one.event_date is not None and one.event_date > after
    ]
    states = states_of(store.database, later, on)
    later = [one for one in later if states[one.id].phase.will_be_held]
    steps = rows(store.database, RecruitmentStep, event_id=[one.id for one in later], order=("position", "id"))
    calendar = programme_of_event(store, event, on=on).calendar
    found = []
    for one in sorted(later, key=lambda each: each.event_date or date.max):
        mine = [step for step in steps if step.event_id == one.id]
        opens, closes = opening_step(mine), closing_step(mine)
        by = step_due(closes, one.event_date, calendar) if closes is not None else None
        if one.event_date is not None and (by is None or by >= after):
            found.append(
                NextEvent(
                    title=one.full_title,
                    day=one.event_date,
                    apply_from=step_due(opens, one.event_date, calendar) if opens is not None else None,
                    apply_by=by,
                )
            )
    return found


def _build(store: Store, event: Event, now: datetime, kind: str) -> DocumentContent:
    """Return the 当日のしおり of an event in the size of ``kind``, without proposals that nobody has checked."""
    facts = _facts(store, event, now.date())
    kept = rows(store.database, DocumentPassage, event_id=event.id, document_kind=KIND)
    looked = _checked_texts(kept)
    said = {one.part: one.text for one in merge_texts(kept, guide_passages(facts)) if _is_checked(one, looked)}
    context = event_document_context(store, event, kind, now)
    survey = row(store.database, EventSurvey, event_id=event.id) if facts.has_survey else None
    place_map = printed_map(store, read_venue_entry(store.database, event))
    return day_documents.guide(
        context,
        facts.letter.event,
        said,
        kind=kind,
        access="\n".join(facts.letter.venue_lines.split("\n")[1:]),
        venue_safety=venue_safety_lines(facts.letter.event.venue_facts),
        next_lines=next_step_lines(facts),
        place_map=place_map,
        survey=survey,
    )


def guide_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return what to know of a しおり before it is issued (what it leaves out, contradictions); for others ()."""
    if kind not in (KIND, LARGE_KIND) or scope.event_id is None:
        return ()
    event = read_event_or_error(store.database, scope.event_id)
    facts, view = _facts(store, event, today), read_guide(store, event_id=event.id, on=today)
    topics = rows(store.database, Agreement, event_id=event.id, topic=LENGTH_TOPIC)
    agreed = any(one.is_in_effect and one.settled_on is not None for one in topics)
    found = [view.words] if view.unchecked else []
    if kind == LARGE_KIND:  # its texts are those of the folded one
        found += outdated_words(view.texts)
    if left := staff_rows(facts.letter.event.timetable):
        found.append(f"「{'」「'.join(left)}」は職員の作業とみて、「きょうの流れ」に入れていません。")
    found += agenda_remarks(
        kind_of_event(store.database, event),
        facts.letter.event.timetable,
        event.start_time,
        event.end_time,
        agreed=agreed,
    )
    place = facts.letter.event.venue_facts
    lacks = [word for word, known in (("AEDの場所", place.aed), ("避難場所", place.refuge)) if not known]
    if lacks:
        found.append(f"{event.venue or '会場'}の{'と'.join(lacks)}が、会場の一覧にありません。しおりには入りません。")
    venue = read_venue_entry(store.database, event)
    if venue is not None and (missing := map_problem(venue)):
        found.append(missing)
    return tuple(found)


def guide_blockers(store: Store, scope: DocumentScope, today: date) -> tuple[str, ...]:
    """Return what must be checked before a しおり is made.

    That is typed text on safety and later events that may belong to another venue or day, and a reply date before the
    event ends.
    """
    event_id = scope.event_id or 0
    return closing_halts(store, scope, today) + _text_halts(store, event_id, today)


def _text_halts(store: Store, event_id: int, today: date) -> tuple[str, ...]:
    """Return sentences on texts of the guide that must be looked at before it is printed."""
    kept = rows(store.database, DocumentPassage, event_id=event_id, document_kind=KIND, part=[TROUBLE, NEXT])
    if not kept:
        return ()
    texts = [one for one in read_guide(store, event_id=event_id, on=today).texts if one.part in (TROUBLE, NEXT)]
    found = [f"{words}{_FIX_ACTION}" for words in outdated_words(texts)]
    known = dict(venue_safety_lines(read_venue_facts(store.database, read_event_or_error(store.database, event_id))))
    for one in (each for each in texts if each.edited):
        for word in (AED, REFUGE):
            place = known.get(word, "")
            if word in one.text and not (place and place in one.text):
                listed = f"会場の一覧（{place or '未入力'}）"
                found.append(f"「{one.part}」の文に書かれた{word}の場所が、{listed}と合いません。{_FIX_ACTION}")
    return tuple(dict.fromkeys(found))


def _folding_hint(_store: Store, _file: EventRecords, _today: date) -> str:
    """Return 「両面・短辺とじで印刷し、…」 as the state of the しおり; unchecked proposals are reported elsewhere."""
    return day_documents.FOLDED


def _kind(kind: str, **declared: Any) -> DocumentKind:
    return event_document_kind(
        kind=kind,
        group="当日",
        event_role="配付",
        build=lambda store, event, now: _build(store, event, now, kind),
        ready=lambda _store, file: file.event.event_date is not None and building.has_timetable(file),
        missing_words="実施日と当日の進行が入ると作成できます。",
        todo="当日の進行",
        formats=("pdf",),
        **declared,
    )


HALTS = ((KIND, guide_blockers), (LARGE_KIND, guide_blockers))
DOCUMENTS = (
    _kind(KIND, state=_folding_hint, passages=_passages, day_set=DaySet(order=70, always_joined=True)),
    _kind(LARGE_KIND, day_set=DaySet(order=80)),
)


def visits_words(kind: EventKind) -> str:
    """Return what the visits of a year are called in a sentence: 「アドバイザーの派遣」, else as the contract does."""
    spoken = f"{kind.lecturer}の{kind.name}"
    return spoken if kind.name_in_text == f"{kind.lecturer}{kind.name}" else kind.name_in_text
