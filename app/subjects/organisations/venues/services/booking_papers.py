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
from app.papers.rules.notification import Matter
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.paper_passages import merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of
from app.papers.services.tells import Tells
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.rules.attendance import people_words
from app.subjects.events.event.rules.told_facts import when_and_where
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import EventFile
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
    against_event,
    place_words,
    rooms_told,
)
from db.records.events import Event
from db.records.venues import Booking, Venue
from db.rows import rows
from db.store import Store

_KEEPER: Final = "施設の管理者"


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
    found = bookings_of(store, event)
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
    found = bookings_of(store, event)
    if not found:
        raise Refusal("この回の会場の予約がありません。", "「会場」で予約を追加すると作成できます。")
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, KIND, now)
    texts: Mapping[str, str] = {
        one.part: one.text
        for one in merge_passages(
            store.database,
            keys=keys_of(store, PaperScope(event_id=event.id)),
            kind=KIND,
            defaults=application_passages(store, event, now.date()),
        )
    }
    houses: dict[str, list[Booking]] = {}
    for one in found:
        houses.setdefault(one.venue_name, []).append(one)
    # What staff wrote as the addressee is that of the first house; the others have their own.
    sheets = [
        (house, texts if number == 0 else {**texts, TO: _to_keeper(house)}, mine)
        for number, (house, mine) in enumerate(houses.items())
    ]
    return room_application(context, read_facts(store, event), sheets)


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
    ),
)


def _matters(subject: PaperSubject) -> tuple[Matter, ...]:
    """It is told once it was made; who books without it has nothing to tell."""
    course = course_of(subject)
    if not any(row.document_kind == KIND for row in course.issued):
        return ()
    facts = rooms_told(_standing(course.bookings)) | when_and_where(course.event, course.agenda)
    return (Matter(key=KIND, facts=facts, paper=KIND),)


TELLS: Final = (Tells(papers=(KIND,), party="会場", way="手渡し", matters=_matters),)
HALTS: Final = ((KIND, application_halts),)
