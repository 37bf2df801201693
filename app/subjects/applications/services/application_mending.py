"""What becomes of an application after it came: changed, taken back, and its places without a name named.

- ``change_application(store, application_id, typed, by, now) -> Saved``
- ``withdraw_application(store, application_id, by, now) -> Saved`` its places become 辞退
- ``name_entry(store, entry_id, name, furigana, role, person_id, by, now) -> Saved`` 氏名未定 gets a name
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.refusal import Refusal
from app.required import required
from app.saved import Saved
from app.subjects.applications.rules.application_changes import changes_between
from app.subjects.applications.services.application_contacts import read_contact_rule
from app.subjects.applications.services.application_places import Places
from app.subjects.applications.services.application_typing import (
    TypedApplication,
    applicant_of,
    application_of,
    check_typed,
    registered_names,
)
from app.subjects.applications.services.application_writing import ApplicationWriter
from app.subjects.events.services.event_file import required_event
from app.subjects.register.services.known_ways import KnownPeople
from db.records.applications import Application
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import by_id
from db.store import Store
from db.tables import roster


def change_application(store: Store, *, application_id: int, typed: TypedApplication, by: str, now: datetime) -> Saved:
    """Change an application and its place in ``typed.event_id``; the name in the register is mended with it.

    Raises:
        Refusal: the application or its place is gone, or the number is no number of people.
    """
    application = required(store.database, Application, application_id)
    check_typed(typed)
    place = Places(store.database, [typed.event_id], registered_names(store)).of_application(
        typed.event_id, application_id
    )
    if place is None:
        raise Refusal("この実施回に、この申込の名簿の行がありません。", "一覧を開き直してください。")
    received = typed.received_at or application.received_at
    applicant = replace(
        applicant_of(store, typed, received, place), person_id=place.person.id if place.person else None
    )
    first = place.entries[0]
    with store.change(
        action="申込の内容を変えた", by=by, now=now, subject="applications", event_id=typed.event_id
    ) as change:
        rule = read_contact_rule(store, programme_id=required_event(store.database, typed.event_id).programme_id)
        writer = ApplicationWriter(change, store.database, KnownPeople(store.database), rule)
        changed = application_of(typed, applicant, received, wishes=application.wishes)
        change.save(
            replace(
                changed, id=application.id, import_id=application.import_id, source=application.source,
                receipt_number=application.receipt_number, row_key=application.row_key, withdrawn=application.withdrawn,
            )
        )  # fmt: skip
        if place.person is not None and typed.name.strip():
            change.update(
                Person, place.person.id, name=typed.name, furigana=typed.furigana,
                organisation_id=typed.organisation_id or place.person.organisation_id,
            )  # fmt: skip
        person_id = writer.person(applicant, application_id)
        belongs = {
            "organisation_id": typed.organisation_id,
            "organisation_name": "" if typed.organisation_id else typed.organisation_name,
        }
        change.update(
            Entry, first.id, person_id=person_id, role=typed.role, device=typed.device, care=typed.care, way=typed.way,
            applied_at=received, doubtful="", **belongs,
        )  # fmt: skip
        for other in place.entries[1:]:
            if other.person_id is None:
                change.update(Entry, other.id, **belongs)
        writer.update(place, applicant, application_id, changes_between(place.facts, applicant.facts))
    return Saved(said="申込の内容を変えました。", id=application_id)


def withdraw_application(store: Store, *, application_id: int, by: str, now: datetime) -> Saved:
    """Note that an application was taken back: every place it gave becomes 辞退.

    Raises:
        Refusal: there is no such application, it was taken back before, or somebody of it was already received.
    """
    application = required(store.database, Application, application_id)
    if application.withdrawn:
        raise Refusal("この申込は、もう取下げになっています。")
    entries = roster.entries_of_applications(store.database, [application_id])
    if any(entry.attendance == "出席" for entry in entries):
        raise Refusal("受付済の人がいるため、取下げにできません。", "受付の記録を先に確かめてください。")
    event_ids = {entry.event_id for entry in entries}
    with store.change(
        action="申込を取下げにした", by=by, now=now, subject="applications",
        event_id=next(iter(event_ids)) if len(event_ids) == 1 else None,
    ) as change:  # fmt: skip
        change.update(Application, application_id, withdrawn=True)
        for entry in entries:
            change.update(Entry, entry.id, state="辞退", waiting_order=None)
    return Saved(said=f"申込を取下げにしました（{len(entries)}人分を辞退にしました）。", id=application_id)


def name_entry(
    store: Store,
    *,
    entry_id: int,
    name: str,
    furigana: str = "",
    role: str = "",
    person_id: int | None = None,
    by: str,
    now: datetime,
) -> Saved:
    """Give an unnamed place its person: ``person_id`` of the register, else found by 団体 and 氏名, else made.

    Raises:
        Refusal: the place is gone or has a name already, the name is empty, or that person holds a place already.
    """
    entry = by_id(store.database, Entry, entry_id)
    if entry is None or entry.person_id is not None:
        raise Refusal("この行は、もう氏名が決まっています。", "一覧を開き直してください。")
    if not name.strip() and person_id is None:
        raise Refusal("氏名がまだ入力されていません。")
    organisation_text = entry.organisation_name
    if person_id is None:
        known = KnownPeople(store.database).find(entry.organisation_id, organisation_text, name)
        person_id = known[0].id if len(known) == 1 else None
    others = roster.entries(store.database, entry.event_id)
    if person_id is not None and any(other.person_id == person_id for other in others):
        raise Refusal("同じ人が、この実施回の名簿にもういます。", "別の人の氏名を入力してください。")
    with store.change(
        action="氏名未定の行に氏名を入れた", by=by, now=now, subject="roster", event_id=entry.event_id
    ) as change:
        if person_id is None:
            person_id = change.insert(
                Person(organisation_id=entry.organisation_id, name=name, furigana=furigana, role=role)
            )
        change.update(Entry, entry_id, person_id=person_id, role=role or entry.role)
    return Saved(said=f"{name.strip() or '選んだ人'}を名簿に入れました。", id=entry_id)
