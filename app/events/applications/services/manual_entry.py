"""Enters an application from telephone, FAX or the counter, and changes, withdraws or names one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date_plain
from app.common.contacts import contacts_in_force
from app.common.text_rules import check_writable_texts
from app.documents.services.rare_characters import rare_in_input
from app.event.rules.participation import is_coming, withdrawal
from app.event.services.event_records import read_event_or_error, read_event_records
from app.event.services.event_results import update_counted_result
from app.event.services.expected_counts import current_capacity
from app.events.applications.rules import ApplicationFacts, changes_between
from app.events.applications.services.application_entries import (
    EventEntries,
    HeldEntries,
    facts_to_compare,
    is_same_organisation,
)
from app.events.applications.services.application_writing import (
    Applicant,
    ApplicationWriter,
    close_waitlist_gaps,
    read_contact_rule,
    reopen_care,
    standing_arrangements_text,
)
from app.events.applications.services.applications import ApplicationLine, applications_of_event
from app.registers.register.services.letter_names import names_in_letters, old_names_in_letters
from app.registers.register.services.organisations import check_organisation, insert_organisation
from app.registers.register.services.registered_people import RegisteredPeople, phone_key
from app.registers.register.services.unlinked_names import find_organisation_id, unlinked_notice
from db.digits import is_digits
from db.engine import Database
from db.fields import changed_fields, editable_fields, field_values, specs, with_values
from db.journal import Change
from db.record import group_by_key, record
from db.records.applications import Application, ApplicationChannel
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Device, Entry
from db.rows import by_id, rows
from db.store import Store
from db.tables import organisations, roster

MAX_PEOPLE = 30
_TYPED_FIELDS = editable_fields(Application)


@record
class TypedApplication(Application):
    """An application typed by a clerk for one event; names and 団体名 are kept exactly as typed.

    ``organisation_id`` None keeps ``organisation_name`` as written; with ``is_new_organisation`` it is added to the
    register. ``person_id`` is a chosen known person. ``received_at`` None = the moment of saving. One made from an
    existing application carries all of it; only typed fields are written.
    """

    event_id: int
    person_id: int | None = None
    is_new_organisation: bool = False
    device: Device = Device.UNKNOWN
    way: ApplicationChannel = ApplicationChannel.PHONE
    phone: str = ""


@record
class EventCapacity:
    """Taken and free places of one event, shown while an application is typed.

    Attributes:
        places_taken: places that are 申込 or 決定, without reported absences and 当日受付; ``people_word`` names them.
        capacity: None = not known.
        over_status: 「中止」 or 「実施済」 where the event is no longer planned, else empty.
    """

    event_id: int
    title: str
    date_words: str
    people_word: str
    places_taken: int
    capacity: int | None
    over_status: str

    @property
    def places_left(self) -> int | None:
        """Return the places left, below zero = more people than places; None while the capacity is not known."""
        return None if self.capacity is None else self.capacity - self.places_taken


@record
class KnownApplicant:
    """A person of the 団体 known from before, with the newest telephone number and device ("" = not known).

    ``state_words`` is the state in this event (申込, 辞退 …), or empty.
    """

    person: Person
    phone: str
    device: Device
    state_words: str

    @property
    def id(self) -> int:
        """Return the person's id."""
        return self.person.id


@record
class AddedApplication(ActionResult):
    """A saved application, with the places left in the event."""

    capacity: EventCapacity


def read_event_capacity(store: Store, *, event_id: int) -> EventCapacity:
    """Return the taken places of an event and its capacity, as the roster and the selection count them."""
    event = read_event_or_error(store.database, event_id)
    return EventCapacity(
        event_id=event.id,
        title=event.full_title,
        date_words=short_date_plain(event.event_date) if event.event_date else "日程未定",
        people_word=read_event_records(store, event_id).people_word,
        places_taken=sum(is_coming(entry) for entry in roster.entries(store.database, event_id)),
        capacity=current_capacity(store.database, event),
        over_status="" if event.status.is_planned else event.status,
    )


def known_applicants(store: Store, *, organisation_id: int, event_id: int) -> tuple[KnownApplicant, ...]:
    """Return the people of one 団体 who are not erased, latest applicants first, those without an application last.

    Each comes with the newest telephone number and device, "" = not known.
    """
    people = organisations.people_not_erased(store.database, organisation_id)
    entries = group_by_key(
        (entry.person_id, entry) for entry in rows(store.database, Entry, person_id=[one.id for one in people])
    )
    contacts = rows(store.database, Contact, person_id=[one.id for one in people])
    phones = {one.person_id: one.value for one in reversed(contacts_in_force(contacts, "電話"))}
    found = []
    for person in people:
        own = entries.get(person.id, [])
        here = next((entry for entry in own if entry.event_id == event_id), None)
        device = next((entry.device for entry in reversed(own) if entry.device), Device.UNKNOWN)
        found.append(
            KnownApplicant(
                person=person, phone=phones.get(person.id, ""), device=device, state_words=here.state if here else ""
            )
        )
    newest = {person_id: max(entry.id for entry in own) for person_id, own in entries.items()}
    return tuple(sorted(found, key=lambda one: (-newest.get(one.id, 0), one.id)))


def add_application(context: ActionContext, *, typed: TypedApplication) -> AddedApplication:
    """Save one typed application with its places in the event; places the person had given up are 申込 again.

    Raises:
        UserError: the event is gone, the application is invalid (see ``check_application``), the person already has a
            place, or the 団体 to be added is invalid.
    """
    event = read_event_or_error(context.database, typed.event_id)
    check_application(typed)
    typed = _with_organisation(context.database, typed)
    received = typed.received_at or context.now
    people = RegisteredPeople(context.database)
    place = _find_held_entries(context.store, typed)
    if place is not None and not place.is_given_up:
        if place.is_absent:
            raise UserError(
                _already_registered_text(place), "参加されるときは、「参加者」で欠席連絡を取り消してください。"
            )
        raise UserError(_already_registered_text(place), "内容が変わるときは、その申込を直してください。")
    with context.change(f"{typed.way or '窓口など'}の申込を受け付けた", "applications", event_id=event.id) as change:
        writer = ApplicationWriter(
            change,
            context.database,
            people,
            read_contact_rule(context.store, programme_id=event.programme_id, held_on=event.event_date),
            context.today,
        )
        typed = _with_new_organisation(context, change, typed)
        applicant = applicant_of(context.store, typed, received)
        application_id = change.insert(application_of(typed, applicant, received, wishes=(event.full_title,)))
        if place is not None:
            changes = changes_between(facts_to_compare(place, applicant.facts), applicant.facts)
            # A name typed by telephone is no correction of the registered one.
            plain = tuple(one for one in changes if not one.question)
            writer.update_entries(place, applicant, application_id, plain)
        else:
            person_id = writer.find_or_add_person(applicant, application_id)
            writer.add_entries(applicant, application_id, person_id, event.id)
        change.flush()
        update_counted_result(context.store, change, event.id)
    board = read_event_capacity(context.store, event_id=event.id)
    who = f"{_organisation_name(context.store, typed)}　{typed.name or '氏名未定'}".strip()
    count = f"（{typed.people}人）" if typed.people > 1 else ""
    added = "団体の名簿に加えました。" if typed.is_new_organisation and typed.organisation_id else ""
    written = unlinked_notice(context.database, typed.organisation_name) if added else ""
    return AddedApplication(
        message=f"{who}{count}の申込を受け付けました。{places_left_text(board)}{added}{written}{_unprintable_character_notice(typed)}",
        id=application_id,
        capacity=board,
    )


def _with_organisation(database: Database, typed: TypedApplication) -> TypedApplication:
    """Return ``typed`` with the registered 団体 that its name means, if none was chosen."""
    if typed.organisation_id is not None:
        return typed
    return replace(typed, organisation_id=find_organisation_id(database, typed.organisation_name))


def _with_new_organisation(context: ActionContext, change: Change, typed: TypedApplication) -> TypedApplication:
    """Add the 団体 to the register if that was asked for, and return ``typed`` with it."""
    if not typed.is_new_organisation or typed.organisation_id is not None:
        return typed
    organisation = Organisation(name=typed.organisation_name.strip())
    check_organisation(context.database, organisation)
    return replace(typed, organisation_id=insert_organisation(change, context, organisation))


def places_left_text(capacity: EventCapacity) -> str:
    """Return the sentence 「あと3人です。」 or 「定員を2人超えています。」, or "" when no capacity is known."""
    if capacity.places_left is None:
        return ""
    return (
        f"あと{capacity.places_left}人です。"
        if capacity.places_left >= 0
        else f"定員を{-capacity.places_left}人超えています。"
    )


def check_application(typed: TypedApplication) -> None:
    """Raise ``UserError`` if an application is invalid.

    It has neither 団体 nor 氏名, a telephone without digits, not 1 to ``MAX_PEOPLE`` people, unprintable text or a
    個人番号.
    """
    if not typed.name.strip() and not typed.organisation_name.strip() and typed.organisation_id is None:
        raise UserError("団体も氏名も入力されていません。", "どちらかを入力してください。")
    names = {"氏名": typed.name, "ふりがな": typed.furigana, "団体名": typed.organisation_name, "役職": typed.role}
    check_writable_texts(names, {"電話": typed.phone} | _texts_of(typed))
    if typed.phone.strip() and not any(map(is_digits, typed.phone)):
        raise UserError(
            f"電話に数字がありません（「{typed.phone.strip()}」）。",
            "番号を確かめてください。わからないときは空のままにします。",
        )
    if not 1 <= typed.people <= MAX_PEOPLE:
        raise UserError(f"人数は1人から{MAX_PEOPLE}人までです。", "人数を確かめてください。")


def _unprintable_character_notice(typed: TypedApplication) -> str:
    """Return a sentence naming the characters of the typed names that no font of the documents draws, else "".

    Looked at are name, furigana, 団体 and role.
    """
    return rare_in_input(typed.name, typed.furigana, typed.organisation_name, typed.role)


def _texts_of(typed: TypedApplication) -> dict[str, str]:
    return {
        specs(Application)[name].spec.label: text
        for name in _TYPED_FIELDS
        if isinstance(text := getattr(typed, name), str)
    }


def _find_held_entries(store: Store, typed: TypedApplication) -> HeldEntries | None:
    """Return the places of the chosen person in the event, or None; both without a chosen person by name.

    Then 氏名 and 団体 have to be the same, and the telephone numbers not different.
    """
    places = EventEntries(store.database, [typed.event_id], registered_names(store))
    name = typed.name
    if typed.person_id is not None and not name.strip():
        known = by_id(store.database, Person, typed.person_id)
        name = known.name if known else ""
    for place in places.held_under_name(typed.event_id, name):
        if typed.person_id is not None and place.person is not None:
            if place.person.id == typed.person_id:
                return place
            continue
        text = _organisation_name(store, typed)
        if is_same_organisation(place, typed.organisation_id, typed.organisation_name, text) and _is_same_phone(
            place, typed
        ):
            return place
    return None


def _is_same_phone(held_entries: HeldEntries, typed: TypedApplication) -> bool:
    """Return whether the telephone numbers agree, or one side has none; another number means another person."""
    key = phone_key(typed.phone)
    return not key or not held_entries.phones or key in held_entries.phones


def _already_registered_text(held_entries: HeldEntries) -> str:
    """Return the sentence 「すでに申込があります（9/1　電話・2人・申込）。」 about the places held."""
    entry = held_entries.entries[0]
    when = f"{entry.applied_at.month}/{entry.applied_at.day}　" if entry.applied_at else ""
    state = "欠席連絡あり" if held_entries.is_absent else entry.state
    return f"すでに申込があります（{when}{entry.way or '経路は未記入'}・{held_entries.facts.people}人・{state}）。"


def applicant_of(store: Store, typed: TypedApplication, received: datetime | None) -> Applicant:
    """Return the typed application (``received`` None = unknown) ready to write; a chosen person is kept."""
    facts = ApplicationFacts(
        name=typed.name,
        furigana=typed.furigana,
        role=typed.role,
        device=typed.device,
        care=typed.care.strip() and typed.care,
        people=typed.people,
        phone=typed.phone,
    )
    return Applicant(
        organisation_id=typed.organisation_id,
        organisation_text=typed.organisation_name or _organisation_name(store, typed),
        facts=facts,
        way=typed.way,
        received_at=received,
        person_id=typed.person_id,
        # The same name with another number was checked above; a known person is never guessed from two.
        new_person=typed.person_id is None and _has_other_number(store, typed),
    )


def _has_other_number(store: Store, typed: TypedApplication) -> bool:
    """Return whether people of this name are known in the 団体 and each has only other telephone numbers.

    False without a typed number.
    """
    people = RegisteredPeople(store.database)
    key = phone_key(typed.phone)
    found = people.find(typed.organisation_id, typed.organisation_name, typed.name)
    return bool(key and found) and all(people.phones(one) and key not in people.phones(one) for one in found)


def application_of(
    typed: TypedApplication, applicant: Applicant, received: datetime | None, *, wishes: tuple[str, ...]
) -> Application:
    """Return the application to store for the typed one; ``received`` None = time unknown."""
    values = {name: getattr(typed, name) for name in _TYPED_FIELDS}
    values |= {"received_at": received, "organisation_name": applicant.organisation_text}
    return with_values(Application(source="職員入力", wishes=wishes), values)


def _organisation_name(store: Store, typed: TypedApplication) -> str:
    found = by_id(store.database, Organisation, typed.organisation_id)
    return found.name if found else typed.organisation_name


def registered_names(store: Store) -> dict[int, str]:
    """Return the names of the registered 団体 by id."""
    return {one.id: one.name for one in organisations.all_organisations(store.database)}


def typed_application_of(event_id: int, line: ApplicationLine) -> TypedApplication:
    """Return an application as the form to change it shows it: with the present data of its place and person.

    ``line`` must have a place (entry) in ``event_id``.
    """
    first = line.entries[0]
    of_the_place = {
        "organisation_id": line.organisation.id if line.organisation else None,
        "organisation_name": line.organisation_name,
        "name": line.name,
        "furigana": line.person.furigana if line.person else line.application.furigana,
        "role": first.role,
        "device": first.device,
        "people": max(1, sum(not entry.state.is_out for entry in line.entries)),
        "care": first.care,
    }
    return TypedApplication(
        event_id=event_id,
        person_id=line.person.id if line.person else None,
        phone=line.phone,
        **vars(line.application) | of_the_place,
    )


_PERSON_FIELDS = frozenset({"organisation_id", "name", "furigana"})
_ENTRY_FIELDS = {"role": "role", "device": "device", "care": "care", "way": "way", "received_at": "applied_at"}
"""Fields of a corrected application that its row, the registered person or the place hold under a field of their
own.
"""


def change_application(
    context: ActionContext, *, application_id: int, typed: TypedApplication, shown: TypedApplication | None = None
) -> ActionResult:
    """Change an application and its place in ``typed.event_id``, and the registered name with it.

    Only changed fields are written; data that no form shows stays as it came (「iPhoneを持参」). Its doubt is settled.
    Another number of people adds unnamed places or sets some to 辞退; the state of the first place stays.

    Args:
        typed: made from ``shown`` with the values of the form.
        shown: as the form was filled, None = as it is now.

    Raises:
        UserError: the application or its place is gone, or it is invalid (see ``check_application``).
    """
    application = get_or_raise(context.database, Application, application_id)
    check_application(typed)
    if shown is None or shown.organisation_name != typed.organisation_name:
        typed = _with_organisation(context.database, typed)
    place = EventEntries(context.database, [typed.event_id], registered_names(context.store)).held_by_application(
        typed.event_id, application_id
    )
    if place is None:
        raise UserError("この実施回に、この申込の名簿の行がありません。", "一覧を開き直してください。")
    line = next(
        one for one in applications_of_event(context.store, event_id=typed.event_id).rows if one.id == application_id
    )
    received = typed.received_at or application.received_at
    seen = shown or typed_application_of(typed.event_id, line)
    first = place.entries[0]
    names = names_in_letters(context.store, today=context.today)
    with context.change("申込の内容を変えた", "applications", event_id=typed.event_id) as change:
        typed = _with_new_organisation(context, change, typed)
        changed = changed_fields(seen, replace(typed, received_at=received), Application)
        applicant = replace(
            applicant_of(context.store, typed, received), person_id=place.person.id if place.person else None
        )
        event = read_event_or_error(context.database, typed.event_id)
        rule = read_contact_rule(context.store, programme_id=event.programme_id, held_on=event.event_date)
        writer = ApplicationWriter(change, context.database, RegisteredPeople(context.database), rule, context.today)
        change.update(Application, application_id, **_only_fields(changed, _TYPED_FIELDS))
        if place.person is not None and typed.name.strip():
            kept = {name: value for name, value in _only_fields(changed, _PERSON_FIELDS).items() if value is not None}
            change.update(Person, place.person.id, **kept)
        person_id = writer.find_or_add_person(applicant, application_id)
        belongs: dict[str, Any] = {}
        if not changed.keys().isdisjoint({"organisation_id", "organisation_name"}):
            belongs["organisation_id"] = typed.organisation_id
            belongs["organisation_name"] = "" if typed.organisation_id else typed.organisation_name
        of_the_place = {_ENTRY_FIELDS[name]: value for name, value in _only_fields(changed, _ENTRY_FIELDS).items()}
        reopen_care(change, context.database, first, of_the_place.get("care", ""))
        change.update(Entry, first.id, person_id=person_id, doubtful="", **of_the_place, **belongs)
        for other in place.entries[1:]:
            if other.person_id is None:
                change.update(Entry, other.id, **belongs)
        if "people" in changed:
            change.flush()
            stored = get_or_raise(context.database, Entry, first.id)
            writer.match_other_entries(stored, place.entries[1:], typed.people - (not first.state.is_out))
            close_waitlist_gaps(change, context.database, [typed.event_id])
        update_counted_result(context.store, change, typed.event_id)
    rest = old_names_in_letters(context.store, today=context.today, before=names) + _unprintable_character_notice(typed)
    return ActionResult(f"申込の内容を変えました。{rest}", application_id)


def _only_fields(changed: Mapping[str, Any], wanted: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in changed.items() if name in wanted}


def withdraw_application(context: ActionContext, *, application_id: int) -> ActionResult:
    """Record that an application was withdrawn; all its places become 辞退.

    Raises:
        UserError: there is no such application, it was withdrawn before, or somebody of it was checked in already.
    """
    application = get_or_raise(context.database, Application, application_id)
    if application.withdrawn:
        raise UserError("この申込は、もう取下げになっています。")
    entries = rows(context.database, Entry, application_id=application_id)
    if any(entry.attendance.is_present for entry in entries):
        raise UserError("受付済の人がいるため、取下げにできません。", "受付の記録を先に確かめてください。")
    event_ids = {entry.event_id for entry in entries}
    with context.change(
        "申込を取下げにした", "applications", event_id=next(iter(event_ids)) if len(event_ids) == 1 else None
    ) as change:
        change.update(Application, application_id, **field_values(Application, withdrawn=True))
        for entry in entries:
            change.update(Entry, entry.id, **withdrawal(entry))
        close_waitlist_gaps(change, context.database, event_ids)
        for event_id in event_ids:
            update_counted_result(context.store, change, event_id)
    ids = {entry.id for entry in entries}
    rest = "".join(standing_arrangements_text(context.database, event_id, ids) for event_id in sorted(event_ids))
    return ActionResult(f"申込を取下げにしました（{len(entries)}人分を辞退にしました）。{rest}", application_id)


def name_entry(
    context: ActionContext,
    *,
    entry_id: int,
    name: str,
    furigana: str = "",
    role: str = "",
    person_id: int | None = None,
) -> ActionResult:
    """Assign a person to an unnamed place: ``person_id``, else found by 団体 and 氏名, else added.

    ``furigana`` goes to an added person only; ``role`` also to the place, "" keeps the one it has.

    Raises:
        UserError: the place is gone or has a name already, the name is empty or unprintable, or that person holds a
            place in the event already.
    """
    entry = by_id(context.database, Entry, entry_id)
    if entry is None or entry.person_id is not None:
        raise UserError("この行は、もう氏名が決まっています。", "一覧を開き直してください。")
    if not name.strip() and person_id is None:
        raise UserError("氏名がまだ入力されていません。")
    check_writable_texts({"氏名": name, "ふりがな": furigana, "役職": role})
    organisation_text = entry.organisation_name
    if person_id is None:
        known = RegisteredPeople(context.database).find(entry.organisation_id, organisation_text, name)
        person_id = known[0] if len(known) == 1 else None
    others = roster.entries(context.database, entry.event_id)
    if person_id is not None and any(other.person_id == person_id for other in others):
        raise UserError("同じ人が、この実施回の名簿にもういます。", "別の人の氏名を入力してください。")
    with context.change("氏名未定の行に氏名を入れた", "roster", event_id=entry.event_id) as change:
        if person_id is None:
            person_id = change.insert(
                Person(organisation_id=entry.organisation_id, name=name, furigana=furigana, role=role)
            )
        change.update(Entry, entry_id, person_id=person_id, role=role or entry.role)
    return ActionResult(
        f"{name.strip() or '選んだ人'}を名簿に入れました。{rare_in_input(name, furigana, role)}", entry_id
    )
