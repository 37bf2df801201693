"""An application that comes by telephone, FAX or at the counter, typed into one event.

- ``read_typing_board(store, event_id) -> TypingBoard`` how many places are left
- ``known_applicants(store, organisation_id, event_id) -> tuple[KnownApplicant, ...]`` people of one 団体
- ``add_application(store, typed, by, now) -> AddedApplication``
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.calendar.dates import short_date_plain
from app.programme.services.programme import programme_of_event
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.applications.rules.application_changes import Facts, changes_between
from app.subjects.applications.services.application_contacts import read_contact_rule
from app.subjects.applications.services.application_places import Place, Places, facts_to_compare, same_organisation
from app.subjects.applications.services.application_writing import Applicant, ApplicationWriter
from app.subjects.events.rules.taking_part import is_coming
from app.subjects.events.services.event_file import required_event
from app.subjects.register.services.known_ways import KnownPeople, phone_key
from db.records.applications import Application
from db.records.organisations import Organisation, Person
from db.records.roster import Device, Entry
from db.rows import by_id
from db.store import Store
from db.tables import applications as table
from db.tables import organisations, roster

TypedWay = Literal["電話", "FAX", "窓口", "郵送", "メール", "電子", ""]
MOST_PEOPLE = 30


@dataclass(frozen=True, kw_only=True)
class TypedApplication:
    """What a clerk types for one event; names and 団体名 are kept exactly so.

    ``organisation_id`` None keeps ``organisation_name`` as written; ``person_id`` is somebody picked from those
    remembered. ``received_at`` None = the moment of saving.
    """

    event_id: int
    organisation_id: int | None = None
    organisation_name: str = ""
    person_id: int | None = None
    name: str = ""
    furigana: str = ""
    role: str = ""
    device: Device = ""
    people: int = 1
    care: str = ""
    way: TypedWay = "電話"
    phone: str = ""
    received_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TypingBoard:
    """One event as seen while typing: places taken (申込 and 決定), ``capacity`` None = not known.

    ``over`` 「中止」 or 「実施済」 where the event is no longer planned, else empty.
    """

    event_id: int
    title: str
    date_words: str
    taken: int
    capacity: int | None
    over: str = ""

    @property
    def left(self) -> int | None:
        """Places left; below zero = more than there is room for."""
        return None if self.capacity is None else self.capacity - self.taken


@dataclass(frozen=True, kw_only=True)
class KnownApplicant:
    """Somebody of the 団体 remembered from before; ``entered`` says how he stands in this event, or empty."""

    person: Person
    phone: str = ""
    device: Device = ""
    entered: str = ""

    @property
    def id(self) -> int:
        """The person's id."""
        return self.person.id


@dataclass(frozen=True, kw_only=True)
class AddedApplication(Saved):
    """A typed application that was saved, with what is left of the event."""

    board: TypingBoard


def read_typing_board(store: Store, *, event_id: int) -> TypingBoard:
    """Return the event with its places; the smaller of the venue's capacity and the number of the specification."""
    event = required_event(store.database, event_id)
    numbers = programme_of_event(store, event).numbers.get(event.kind)
    limits = [one for one in (event.venue_capacity, numbers.people_max if numbers else None) if one]
    return TypingBoard(
        event_id=event.id,
        title=event.full_title,
        date_words=short_date_plain(event.event_date) if event.event_date else "日程未定",
        taken=sum(is_coming(entry) for entry in roster.entries(store.database, event_id)),
        capacity=min(limits) if limits else None,
        over="" if event.status == "予定" else event.status,
    )


def known_applicants(store: Store, *, organisation_id: int, event_id: int) -> tuple[KnownApplicant, ...]:
    """Return the people of one 団体, those who applied last first, with telephone and device as remembered."""
    people = organisations.people(store.database, organisation_id)
    entries: dict[int, list[Entry]] = {}
    for entry in table.entries_of_people(store.database, [one.id for one in people]):
        entries.setdefault(entry.person_id or 0, []).append(entry)
    phones: dict[int, str] = {}
    for contact in table.contacts_of_people(store.database, [one.id for one in people]):
        if contact.kind == "電話" and contact.person_id is not None:
            phones[contact.person_id] = contact.value
    found = []
    for person in people:
        own = entries.get(person.id, [])
        here = next((entry for entry in own if entry.event_id == event_id), None)
        device: Device = next((entry.device for entry in reversed(own) if entry.device), "")
        found.append(
            KnownApplicant(
                person=person, phone=phones.get(person.id, ""), device=device, entered=here.state if here else ""
            )
        )
    newest = {person_id: max(entry.id for entry in own) for person_id, own in entries.items()}
    return tuple(sorted(found, key=lambda one: (-newest.get(one.id, 0), one.id)))


def add_application(store: Store, *, typed: TypedApplication, by: str, now: datetime) -> AddedApplication:
    """Save one typed application with its places in the event.

    Raises:
        Refusal: nothing tells whose it is, the number is no number of people, or the person already has a place.
    """
    event = required_event(store.database, typed.event_id)
    check_typed(typed)
    received = typed.received_at or now
    people = KnownPeople(store.database)
    place = _present_place(store, typed)
    if place is not None and not place.gone:
        raise Refusal(_already(place), "内容が変わるときは、その申込を直してください。")
    applicant = applicant_of(store, typed, received, place)
    with store.change(
        action=f"{typed.way or '窓口など'}の申込を受け付けた", by=by, now=now, subject="applications", event_id=event.id
    ) as change:
        writer = ApplicationWriter(
            change, store.database, people, read_contact_rule(store, programme_id=event.programme_id)
        )
        application_id = change.insert(application_of(typed, applicant, received, wishes=(event.full_title,)))
        person_id = writer.person(applicant, application_id)
        if place is not None:
            changes = changes_between(facts_to_compare(place, applicant.facts), applicant.facts)
            writer.update(place, applicant, application_id, changes)
        else:
            writer.enter(applicant, application_id, person_id, event.id)
    board = read_typing_board(store, event_id=event.id)
    who = f"{_organisation_name(store, typed)}　{typed.name or '氏名未定'}".strip()
    count = f"（{typed.people}人）" if typed.people > 1 else ""
    return AddedApplication(
        said=f"{who}{count}の申込を受け付けました。{left_words(board)}", id=application_id, board=board
    )


def left_words(board: TypingBoard) -> str:
    """「あと3人」, 「定員を2人超えています」, or empty when no capacity is known."""
    if board.left is None:
        return ""
    return f"あと{board.left}人です。" if board.left >= 0 else f"定員を{-board.left}人超えています。"


def check_typed(typed: TypedApplication) -> None:
    """Refuse what names nobody, or no number of people."""
    if not typed.name.strip() and not typed.organisation_name.strip() and typed.organisation_id is None:
        raise Refusal("団体も氏名も入力されていません。", "どちらかを入力してください。")
    if not 1 <= typed.people <= MOST_PEOPLE:
        raise Refusal(f"人数は1人から{MOST_PEOPLE}人までです。", "人数を確かめてください。")


def _present_place(store: Store, typed: TypedApplication) -> Place | None:
    places = Places(store.database, [typed.event_id], registered_names(store))
    name = typed.name
    if typed.person_id is not None and not name.strip():
        known = by_id(store.database, Person, typed.person_id)
        name = known.name if known else ""
    for place in places.same_name(typed.event_id, name):
        if typed.person_id is not None and place.person is not None:
            if place.person.id == typed.person_id:
                return place
            continue
        text = _organisation_name(store, typed)
        if same_organisation(place, typed.organisation_id, typed.organisation_name, text) and _same_phone(place, typed):
            return place
    return None


def _same_phone(place: Place, typed: TypedApplication) -> bool:
    """Another telephone number is another person of the same name."""
    key = phone_key(typed.phone)
    return not key or not place.phones or key in place.phones


def _already(place: Place) -> str:
    entry = place.entries[0]
    when = f"{entry.applied_at.month}/{entry.applied_at.day}　" if entry.applied_at else ""
    return f"すでに申込があります（{when}{entry.way or '経路なし'}・{place.facts.people}人・{entry.state}）。"


def applicant_of(store: Store, typed: TypedApplication, received: datetime | None, place: Place | None) -> Applicant:
    """Return what was typed, ready to write; a person picked or found in ``place`` is kept."""
    facts = Facts(
        role=typed.role,
        device=typed.device,
        care=typed.care.strip() and typed.care,
        people=typed.people,
        phone=typed.phone,
    )
    found = typed.person_id or (place.person.id if place is not None and place.person is not None else None)
    return Applicant(
        organisation_id=typed.organisation_id,
        organisation_text=typed.organisation_name or _organisation_name(store, typed),
        name=typed.name,
        furigana=typed.furigana,
        facts=facts,
        way=typed.way,
        received_at=received,
        person_id=found,
        # The same name with another number was looked at above; a known person is never guessed from two.
        new_person=found is None and _other_number(store, typed),
    )


def _other_number(store: Store, typed: TypedApplication) -> bool:
    people = KnownPeople(store.database)
    key = phone_key(typed.phone)
    found = people.find(typed.organisation_id, typed.organisation_name, typed.name)
    return bool(key and found) and all(people.phones(one.id) and key not in people.phones(one.id) for one in found)


def application_of(
    typed: TypedApplication, applicant: Applicant, received: datetime | None, *, wishes: tuple[str, ...]
) -> Application:
    """Return the application to keep for what was typed."""
    return Application(
        source="職員入力",
        way=typed.way,
        received_at=received,
        organisation_id=typed.organisation_id,
        organisation_name=applicant.organisation_text,
        name=typed.name,
        furigana=typed.furigana,
        role=typed.role,
        wishes=wishes,
        people=typed.people,
        device=typed.device,
        care=typed.care,
        note=typed.note,
    )


def _organisation_name(store: Store, typed: TypedApplication) -> str:
    found = by_id(store.database, Organisation, typed.organisation_id or 0)
    return found.name if found else typed.organisation_name


def registered_names(store: Store) -> dict[int, str]:
    """Return the names of the 団体 in the register by their id."""
    return {one.id: one.name for one in organisations.everything(store.database)}
