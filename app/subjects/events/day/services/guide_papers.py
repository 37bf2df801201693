"""当日のしおり: what it rests on, which of its texts somebody looked at, and its two sizes as kinds of paper.

- ``read_guide(store, event_id, on) -> GuideView`` its texts, and those that are only proposed
- ``look_at_guide(act, event_id) -> Saved`` somebody has looked at what is proposed: it is printed
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.papers.blocks import DocumentContent
from app.papers.paper import Passage
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.papers.services.paper_passages import PassageRow, merged, outdated_words
from app.papers.services.paper_scope import PaperScope
from app.programme.services.programme import programme_of_event
from app.subjects.events.day.papers import guide
from app.subjects.events.day.rules.guide_texts import (
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
    next_lines,
    places_of,
    staff_rows,
)
from app.subjects.events.day.services import day_building as building
from app.subjects.events.event.rules.agenda import LENGTH_TOPIC, agenda_remarks
from app.subjects.events.event.rules.recruitment import closing_step, opening_step, step_due
from app.subjects.events.event.services.event_facts import read_place, read_venue
from app.subjects.events.event.services.event_file import EventFile, required_event
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.events.event.services.recruitment import slips_close_on
from app.subjects.events.letters.services import letter_building
from app.subjects.organisations.venues.services.venue_maps import printed_map
from app.subjects.organisations.venues.services.venue_of_event import missing_for_map
from app.subjects.surveys.questions.services.survey_papers import closing_halts
from db.frozen_record import frozen_record
from db.records.agreements import Agreement
from db.records.events import Event, RecruitmentStep
from db.records.papers import PaperText
from db.records.surveys import EventSurvey
from db.rows import row, rows
from db.store import Store

_MEND: Final = "「当日」の「しおりの文」で直せます。"
_LOOKED: Final = "（見た文）"
"""Behind the name of a part: the text that somebody looked at; another text since is looked at again."""


@frozen_record
class GuideView:
    """The texts of a しおり in their order; of those that are only proposed ``unseen`` nobody has looked at."""

    event_id: int
    title: str
    texts: tuple[PassageRow, ...]
    unseen: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is left out of the pages until somebody has looked at it, or that nothing is."""
        if not self.unseen:
            return "提案の文は、すべて見て確かめています。"
        return f"「{'」「'.join(self.unseen)}」は提案のままです。見て確かめるまで、しおりには印刷しません。"


def read_guide(store: Store, *, event_id: int, on: date) -> GuideView:
    """Return the texts as they stand; raises ``Refusal`` when the event is gone."""
    event = required_event(store.database, event_id)
    kept = rows(store.database, PaperText, event_id=event_id, document_kind=KIND)
    found = merged(kept, guide_passages(_facts(store, event, on)))
    return GuideView(
        event_id=event_id,
        title=event.full_title,
        texts=found,
        unseen=tuple(one.part for one in found if one.text.strip() and not _seen(one, _looked(kept))),
    )


@deed
def look_at_guide(act: Act, *, event_id: int) -> Saved:
    """Keep that somebody looked at the texts that are proposed, as they stand; they are printed from now on.

    Raises:
        Refusal: the event is gone, or nothing is left to look at.
    """
    view = read_guide(act.store, event_id=event_id, on=act.today)
    if not view.unseen:
        raise Refusal("見て確かめる提案の文は、残っていません。", "文は「当日」の「しおりの文」で直せます。")
    kept = {one.part: one for one in rows(act.database, PaperText, event_id=event_id, document_kind=KIND)}
    texts = {one.part: one.text for one in view.texts}
    with act.change(f"{KIND}の提案の文を確かめた", subject="papers", event_id=event_id) as change:
        for part in view.unseen:
            name = f"{part}{_LOOKED}"
            change.keep(PaperText, kept.get(name), event_id=event_id, document_kind=KIND, part=name, text=texts[part])
    return Saved(f"「{'」「'.join(view.unseen)}」を確かめました。しおりに印刷します。", id=event_id)


def _looked(kept: list[PaperText]) -> Mapping[str, str]:
    return {one.part.removesuffix(_LOOKED): one.text for one in kept if one.part.endswith(_LOOKED)}


def _seen(one: PassageRow, looked: Mapping[str, str]) -> bool:
    """Whether a text was written or looked at by somebody; what is no proposal needs neither."""
    return one.part not in PROPOSED or one.edited or looked.get(one.part) == one.text


def _passages(store: Store, event: Event, on: date) -> tuple[Passage, ...]:
    return guide_passages(_facts(store, event, on))


def _facts(store: Store, event: Event, on: date) -> GuideFacts:
    letter = letter_building.gather(store, event=event, on=on)
    calendar = programme_of_event(store, event, on=on).calendar
    return GuideFacts(
        letter=letter,
        today=_read_on(event, on),
        coming=tuple(_coming(store, event, on)),
        calls_until=slips_close_on(store, programme_id=event.programme_id, calendar=calendar),
        online=bool((survey := _survey(store, event)) and survey.online_url),
    )


def _survey(store: Store, event: Event) -> EventSurvey | None:
    return row(store.database, EventSurvey, event_id=event.id) if event.kind != "派遣" else None


def _read_on(event: Event, on: date) -> date:
    """The day on which a しおり is read: that of its event, where it is made before."""
    return max(on, event.event_date) if event.event_date is not None else on


def _coming(store: Store, event: Event, on: date) -> list[NextEvent]:
    """The events of the year after this one that whoever reads of them can still apply for, the next one first."""
    after = _read_on(event, on)
    later = [
        one
        for one in rows(
            store.database, Event, programme_id=event.programme_id, kind=("講習会", "意見交換会"), status="予定"
        )
        if one.event_date is not None and one.event_date > after
    ]
    steps = (
        rows(store.database, RecruitmentStep, event_id=[one.id for one in later], order=("position", "id"))
        if later
        else []
    )
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
    facts = _facts(store, event, now.date())
    kept = rows(store.database, PaperText, event_id=event.id, document_kind=KIND)
    looked = _looked(kept)
    said = {one.part: one.text for one in merged(kept, guide_passages(facts)) if _seen(one, looked)}
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, kind, now)
    survey = _survey(store, event)
    place_map = printed_map(store, read_venue(store.database, event))
    return guide.guide(
        context,
        facts.letter.event,
        said,
        kind=kind,
        way="\n".join(facts.letter.place.split("\n")[1:]),
        places=places_of(facts.letter.event.place),
        coming=next_lines(facts),
        place_map=place_map,
        survey=survey,
    )


def doubts(store: Store, scope: PaperScope, kind: str, today: date) -> tuple[str, ...]:
    """Return what to know of a しおり before it leaves: what is left out of it, and what does not add up."""
    if kind not in (KIND, LARGE_KIND) or scope.event_id is None:
        return ()
    event = required_event(store.database, scope.event_id)
    facts, view = _facts(store, event, today), read_guide(store, event_id=event.id, on=today)
    topics = rows(store.database, Agreement, event_id=event.id, topic=LENGTH_TOPIC)
    agreed = any(one.stands and one.settled_on is not None for one in topics)
    found = [view.words] if view.unseen else []
    if kind == LARGE_KIND:  # its texts are those of the folded one
        found += outdated_words(view.texts)
    if left := staff_rows(facts.letter.event.timetable):
        found.append(f"「{'」「'.join(left)}」は職員の作業とみて、「きょうの流れ」に入れていません。")
    found += agenda_remarks(event.kind, facts.letter.event.timetable, event.start_time, event.end_time, agreed=agreed)
    place = facts.letter.event.place
    lacks = [word for word, known in (("AEDの場所", place.aed), ("避難場所", place.refuge)) if not known]
    if lacks:
        found.append(f"{event.venue or '会場'}の{'と'.join(lacks)}が、会場の一覧にありません。しおりには入りません。")
    venue = read_venue(store.database, event)
    if venue is not None and (missing := missing_for_map(venue)):
        found.append(missing)
    return tuple(found)


def halts(store: Store, scope: PaperScope, today: date) -> tuple[str, ...]:
    """Return what must be looked at before a しおり is made: somebody's own words on safety and on what comes next that
    may be of another venue or another day, and a day to answer by that ends before the event."""
    event_id = scope.event_id or 0
    return closing_halts(store, scope, today) + _text_halts(store, event_id, today)


def _text_halts(store: Store, event_id: int, today: date) -> tuple[str, ...]:
    kept = rows(store.database, PaperText, event_id=event_id, document_kind=KIND, part=[TROUBLE, NEXT])
    if not kept:
        return ()
    texts = [one for one in read_guide(store, event_id=event_id, on=today).texts if one.part in (TROUBLE, NEXT)]
    found = [f"{words}{_MEND}" for words in outdated_words(texts)]
    known = dict(places_of(read_place(store.database, required_event(store.database, event_id))))
    for one in (each for each in texts if each.edited):
        for word in (AED, REFUGE):
            place = known.get(word, "")
            if word in one.text and not (place and place in one.text):
                listed = f"会場の一覧（{place or '未入力'}）"
                found.append(f"「{one.part}」の文に書かれた{word}の場所が、{listed}と合いません。{_MEND}")
    return tuple(dict.fromkeys(found))


def _folded(_store: Store, _file: EventFile, _today: date) -> str:
    """How it is printed; what is still to be looked at is read where it is worded, not for every list of papers."""
    return guide.FOLDED


def _kind(kind: str, **declared: Any) -> PaperKind:
    return event_paper(
        kind=kind,
        shelf="当日",
        meets="配付",
        build=lambda store, event, now: _build(store, event, now, kind),
        ready=lambda _store, file: file.event.event_date is not None and building.has_timetable(file),
        missing="実施日と当日の進行が入ると作成できます。",
        todo="当日の進行",
        formats=("pdf",),
        **declared,
    )


HALTS: Final = ((KIND, halts), (LARGE_KIND, halts))
PAPERS: Final = (_kind(KIND, state=_folded, passages=_passages), _kind(LARGE_KIND))
