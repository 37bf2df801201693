"""会場使用・減免申請書 of an event: its bookings, the words that staff may change, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.calendar.dates import short_date
from app.common.together import together
from app.papers.blocks import DocumentContent
from app.papers.paper import Passage
from app.papers.rules.letter_batches import is_issued, made_now, went
from app.papers.rules.notification import Matter, ids_sealed
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.paper_passages import merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of
from app.papers.services.tells import Tells, standing_rows
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.rules.attendance import people_words
from app.subjects.events.event.rules.told_facts import when_and_where
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import EventCourse, EventFile, read_course
from app.subjects.events.event.services.event_paper import course_of, event_paper
from app.subjects.events.event.services.expected_counts import expected_of
from app.subjects.organisations.venues.papers import (
    ASKED,
    KIND,
    OTHER,
    PEOPLE,
    PURPOSE,
    REASON,
    TO,
    room_application,
)
from app.subjects.organisations.venues.rules import (
    APPLIED,
    APPROVED,
    CANCELLED,
    ROOMS,
    against_event,
    place_words,
    rooms_told,
)
from db.records.events import Event
from db.records.venues import Booking, Venue
from db.rows import rows
from db.store import Store

_KEEPER: Final = "施設の管理者"
HOUSE: Final = "施設"
"""The fact by which an application names the house that it goes to."""


def bookings_of(store: Store, event: Event) -> list[Booking]:
    """Return the bookings of an event that stand, by day and hour."""
    return _standing(rows(store.database, Booking, event_id=event.id, order=("day", "start_time", "id")))


def _standing(found: Iterable[Booking]) -> list[Booking]:
    return [one for one in found if one.state != CANCELLED]


def _to_keeper(house: str) -> str:
    return f"（宛先）{together(house, _KEEPER)}"


def application_passages(store: Store, event: Event, on: date) -> Sequence[Passage]:
    """Return the app's own wording of the application."""
    view = programme_of_event(store, event, on=on)
    batch, revision = _batch(read_course(store, event))
    found = batch if revision > 1 else bookings_of(store, event)
    house = found[0].venue_name if found else event.venue
    people = read_facts(store, event).people.expected
    purpose = next((one.purpose.strip() for one in found if one.purpose.strip()), "")
    return (
        Passage(TO, _to_keeper(house), lines=1),
        Passage(ASKED, "つぎのとおり施設を使用し、使用料の減免を受けたいので、申請します。", lines=2),
        Passage(PURPOSE, purpose or f"{view.programme.title}　{event.full_title}", lines=2),
        Passage(PEOPLE, f"{people}人" if people else people_words(view.numbers[event.kind]), lines=1),
        Passage(REASON, f"{view.office.ward}が主催する事業に使用するため。参加者から参加費を取りません。", lines=2),
        Passage(OTHER, "", lines=2),
    )


def build_application(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the application of an event; raises ``Refusal`` where no room is booked."""
    every = bookings_of(store, event)
    if not every:
        raise Refusal("この回の会場の予約がありません。", "「会場」で予約を追加すると作成できます。")
    found, revision = _batch(read_course(store, event))
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, KIND, now)
    texts: Mapping[str, str] = {
        one.part: one.text
        for one in merge_passages(
            store.database,
            keys=keys_of(store, PaperScope(event_id=event.id)),
            kind=KIND,
            defaults=application_passages(store, event, now.date()),
            revision=revision,
        )
    }
    # What staff wrote as the addressee is that of the first house; the others have their own.
    first = (found if revision > 1 else every)[0].venue_name
    sheets = [
        (house, texts if house == first else {**texts, TO: _to_keeper(house)}, mine)
        for house, mine in _by_house(found).items()
    ]
    return room_application(context, read_facts(store, event), sheets, version=revision)


def _by_house(found: Iterable[Booking]) -> dict[str, list[Booking]]:
    houses: dict[str, list[Booking]] = {}
    for one in found:
        houses.setdefault(one.venue_name, []).append(one)
    return houses


def application_halts(store: Store, scope: PaperScope, _today: date) -> tuple[str, ...]:
    """Return what does not fit between the event and its rooms, a sentence each."""
    event = get_or_refuse(store.database, Event, scope.event_id or 0)
    found = bookings_of(store, event)
    if not found or event.status == "中止":
        return ()
    venues = {one.id: one for one in rows(store.database, Venue, id=sorted({one.venue_id or 0 for one in found}))}
    people = sum(one.people for one in expected_of(store.database, event))
    return tuple(said for one in found for said in _halts(one, event, venues.get(one.venue_id or 0), people))


def _halts(one: Booking, event: Event, venue: Venue | None, people: int) -> Iterator[str]:
    if not (one.start_time and one.end_time):
        yield f"「{place_words(one.venue_name, one.room)}」の使用する時間が入っていません。"
    yield from (warning.text for warning in against_event(one, event, venue, people))


def _state(store: Store, file: EventFile, today: date) -> str:
    found = bookings_of(store, file.event)
    applied = [one for one in found if one.state in (APPLIED, APPROVED)]
    day = next((one.applied_on for one in applied if one.applied_on is not None), None)
    said = "承認済" if found and all(one.state == APPROVED for one in found) else ""
    return together(f"予約 {len(found)}件", f"申請 {short_date(day, today)}" if day is not None else "", said)


def _matters(subject: PaperSubject) -> tuple[Matter, ...]:
    """Each house is told of its own rooms, once the application was made; who books without it has nothing to tell.

    The first house has the key that the whole event had before each had its own: what was told under it of several
    houses at once stays one.
    """
    course = course_of(subject)
    if not any(row.document_kind == KIND for row in course.issued):
        return ()
    return tuple(
        Matter(
            key=key,
            title=house,
            facts={HOUSE: house} | rooms_told(mine) | when_and_where(course.event, course.agenda),
            paper=KIND,
        )
        for key, (house, mine) in _houses(course).items()
    )


def _houses(course: EventCourse) -> dict[str, tuple[str, list[Booking]]]:
    """The rooms that stand by the matter that they are told by, with the name of their house; a house that was told has
    its matter when all of its rooms were given back, too."""
    facts = _facts_of(course)
    by_id = {one.id: one.venue_name for one in course.bookings}
    said = [(key, one[key]) for one in facts for key in one]
    own = next((one[HOUSE] for key, one in said if key == KIND and one.get(HOUSE)), "")
    shared = {by_id.get(number, "") for key, one in said if key == KIND for number in ids_sealed(one.get(ROOMS, ""))}
    standing = _by_house(_standing(sorted(course.bookings, key=lambda one: (one.day, one.start_time, one.id))))
    first = min(course.bookings, key=lambda one: one.id, default=None)
    mine = {own} if own else shared - {""} or {first.venue_name if first is not None else ""}
    known = {one[HOUSE] for key, one in said if key != KIND and one.get(HOUSE)}
    found = {KIND: (" ・ ".join(sorted(mine)), [one for house in standing if house in mine for one in standing[house]])}
    return found | {
        f"{KIND}：{house}": (house, standing.get(house, []))
        for house in dict.fromkeys([*standing, *sorted(known)])
        if house not in mine
    }


def _facts_of(course: EventCourse) -> list[Mapping[str, Mapping[str, str]]]:
    """What applications said that were made or told, by matter, and stand; the newest first."""
    made = [row.facts for row in standing_rows(course.issued) if row.document_kind == KIND]
    told = [{act.key: act.facts} for act in course.acts if act.document_kind == KIND and not act.withdrawn]
    return [*reversed(told), *reversed(made)]


def _batch(course: EventCourse) -> tuple[list[Booking], int]:
    """Return the rooms that are applied for now, and the how-manieth letter that is (``PaperKind.revision``): a house
    that is added after the application of others went is asked by one with a day of its own."""
    houses = _houses(course)
    done = {one.stand.matter.key for one in course.told_lines if one.stand.standing in ("通知済", "見送り")}
    changed = {one.stand.matter.key for one in course.told_lines if one.stand.standing == "変更あり"}
    told = {act.key for act in course.acts if act.document_kind == KIND and act.told}
    left = [row for row in standing_rows(course.issued) if row.document_kind == KIND]
    named = {key for row in left for key in row.facts}
    every = [key for key, (_house, mine) in houses.items() if mine]
    waiting = [key for key in every if key not in done or key in changed]
    letter = max(
        (one for one in course.letters if one.document_kind == KIND), key=lambda one: one.revision, default=None
    )
    keys, revision = made_now(
        every,
        waiting=waiting,
        fresh=[key for key in waiting if key not in named or key in told],
        revision=letter.revision if letter is not None else 1,
        gone=went(letter, left, told)
        or (letter is not None and letter.revision == 1 and is_issued(letter) and bool(told)),
    )
    rooms = [one for key in keys for one in houses[key][1]]
    return sorted(rooms, key=lambda one: (one.day, one.start_time, one.id)), revision


def _revision(store: Store, scope: PaperScope) -> int:
    event = get_or_refuse(store.database, Event, scope.event_id or 0)
    return _batch(read_course(store, event))[1] if bookings_of(store, event) else 1


def _said_now(subject: PaperSubject, _paper: str) -> Mapping[str, Mapping[str, str]]:
    """What the applications that leave now say, of those houses alone whom they go to."""
    course = course_of(subject)
    ids = {one.id for one in _batch(course)[0]}
    return {
        key: {HOUSE: house} | rooms_told(mine) | when_and_where(course.event, course.agenda)
        for key, (house, mine) in _houses(course).items()
        if ids & {one.id for one in mine}
    }


PAPERS: Final = (
    event_paper(
        kind=KIND,
        shelf="人数・資料",
        meets="案内",
        build=build_application,
        passages=application_passages,
        ready=lambda store, file: bookings_of(store, file.event) != [],
        fits=lambda file: file.event.kind != "派遣",
        state=_state,
        missing="会場の予約を追加すると作成できます。",
        todo="会場・予約",
        goes_out=True,
        own_words=True,
        revision=_revision,
    ),
)


TELLS: Final = (Tells(papers=(KIND,), party="会場", way="手渡し", matters=_matters, said=_said_now),)
HALTS: Final = ((KIND, application_halts),)
