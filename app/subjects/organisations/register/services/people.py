"""The register of people: the list, one person with everything, and what is added or changed.

A person's 役職 of now stands on the person; every 役職 ever held stands in the memberships, kept in step here.

- ``page_people(store, offset, limit, filter_text, sort) -> ShownPeople``
- ``read_person(store, person_id) -> PersonView``
- ``add_person`` · ``update_person`` · ``change_role`` · ``correct_role`` · ``delete_person``
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common.written_texts import refuse_unwritable
from app.papers.services.copy_keeping import copies_naming
from app.papers.services.rare_characters import rare_in_typed
from app.subjects.events.event.services.taking_part_view import PartLine, parts_of_entries
from app.subjects.organisations.register.services.organisations import required_organisation
from app.subjects.organisations.register.services.search import PersonHit, search_keys
from db.engine import Database
from db.frozen_record import frozen_record
from db.journal import Change
from db.name_key import name_key
from db.records.dispatches import DispatchWish
from db.records.organisations import Contact, Membership, Organisation, Person
from db.records.presentations import Presentation
from db.rows import by_id, rows
from db.store import Store
from db.tables import organisations as table
from db.tables import register, roster


@frozen_record
class ShownPeople:
    """One page of people and how many there are in all under the filter."""

    rows: tuple[PersonHit, ...]
    total: int


@frozen_record
class RoleLine:
    """One 役職 with the name of its 団体; ``now`` True = the present one."""

    membership: Membership
    organisation: Organisation | None
    now: bool


@frozen_record
class PersonView:
    """One person with everything that stands behind."""

    person: Person
    organisation: Organisation | None
    roles: tuple[RoleLine, ...]
    contacts: tuple[Contact, ...]
    parts: tuple[PartLine, ...]


def page_people(
    store: Store, *, offset: int = 0, limit: int = 100, filter_text: str = "", sort: str = ""
) -> ShownPeople:
    """Return one page of the people that hold every word of ``filter_text`` in any spelling."""
    database = store.database
    keys = search_keys(filter_text)
    found = register.listed_people(database, keys, sort=sort, offset=offset, limit=limit)
    last = table.last_entries(database, [person.id for person, _ in found])
    rows = []
    for person, organisation in found:
        entry, event = last.get(person.id, (None, None))
        rows.append(PersonHit(person=person, organisation=organisation, entry=entry, event=event))
    return ShownPeople(rows=tuple(rows), total=table.count_people(database, keys))


def read_person(store: Store, *, person_id: int) -> PersonView:
    """Return one person with 役職, contacts and what the person took part in; raises ``Refusal`` when gone."""
    database = store.database
    person = required_person(database, person_id)
    memberships = register.memberships_of_person(database, person_id)
    known = {one.id: one for one in table.map_organisations(database, {row.organisation_id for row in memberships})}
    current = current_membership(memberships, person)
    return PersonView(
        person=person,
        organisation=by_id(database, Organisation, person.organisation_id or 0),
        roles=tuple(
            RoleLine(membership=row, organisation=known.get(row.organisation_id), now=row == current)
            for row in memberships
        ),
        contacts=tuple(table.contacts_of_person(database, person_id)),
        parts=parts_of_entries(database, roster.entries_of_person(database, person_id)),
    )


@deed
def add_person(
    act: Act,
    *,
    name: str,
    furigana: str = "",
    organisation_id: int | None = None,
    role: str = "",
    note: str = "",
    from_on: date | None = None,
) -> Saved:
    """Add a person, name and ふりがな exactly as typed; ``from_on`` is the day the 役職 began, if known.

    Raises:
        Refusal: no name, a name that no paper can print, a 個人番号, or the 団体 is gone.
    """
    if not name.strip():
        raise Refusal("氏名がまだ入力されていません。", "氏名を入力してください。")
    if organisation_id is not None:
        required_organisation(act.database, organisation_id)
    person = Person(organisation_id=organisation_id, name=name, furigana=furigana, role=role, note=note)
    _check_name(person)
    with act.change("人を加えた", "organisations") as change:
        made = insert_person(change, person, from_on=from_on)
    return Saved(f"{name} さんを加えました。{rare_in_typed(name, furigana, role)}", made)


def _check_name(person: Person) -> None:
    refuse_unwritable({"氏名": person.name, "ふりがな": person.furigana, "役職": person.role}, {"備考": person.note})


def insert_person(change: Change, person: Person, *, from_on: date | None = None) -> int:
    """Insert a person with the membership that goes with 団体 and 役職; return the id (for other services too)."""
    made = change.insert(replace(person, id=0))
    if person.organisation_id is not None:
        change.insert(
            Membership(person_id=made, organisation_id=person.organisation_id, role=person.role, from_on=from_on)
        )
    return made


def hand_on_role(
    change: Change,
    database: Database,
    role: str,
    *,
    held_by: Iterable[Person],
    members: Iterable[Person],
    person: Person | None,
    on: date,
) -> None:
    """Let a 役職 that one person of a 団体 holds pass to another on a day, within an open change.

    Who held it until now keeps it in the history; who is registered in the 団体 under the name gets it, else is added.

    Args:
        held_by: those who hold it now. members: everybody of the 団体. person: who gets it, with 団体, name and
            ふりがな; None = nobody holds it from then on.
    """
    for one in held_by:
        _end_role(change, database, one, on)
        change.update(Person, one.id, role="")
    if person is None:
        return
    new = next((one for one in members if name_key(one.name) == name_key(person.name)), None)
    if new is None:
        insert_person(change, person, from_on=on)
        return
    _end_role(change, database, new, on)
    change.update(Person, new.id, role=role)
    change.insert(Membership(person_id=new.id, organisation_id=person.organisation_id or 0, role=role, from_on=on))


def _end_role(change: Change, database: Database, person: Person, on: date) -> None:
    held = current_membership(register.memberships_of_person(database, person.id), person)
    if held is not None:
        change.update(Membership, held.id, to_on=on)


@deed
def update_person(act: Act, *, person_id: int, name: str, furigana: str, note: str) -> Saved:
    """Save name, ふりがな and note exactly as typed; raises ``Refusal`` without a name or for one that can't be
    printed.

    What was written on paper stays as it was written, and is said: only who holds it knows whether it was copied wrong.
    """
    known = required_person(act.database, person_id)
    if not name.strip():
        raise Refusal("氏名がまだ入力されていません。", "氏名を入力してください。")
    _check_name(replace(known, name=name, furigana=furigana, note=note))
    with act.change("人の登録を直した", "organisations") as change:
        change.update(Person, person_id, name=name, furigana=furigana, note=note)
    rest = _written_otherwise(act.database, known) if name != known.name else ""
    return Saved(f"{name} さんの登録を直しました。{rest}{rare_in_typed(name, furigana)}", person_id)


def _written_otherwise(database: Database, before: Person) -> str:
    """Say which slips and consents of the 団体 bear the name of before, from which papers are still made; "" where none
    does."""
    if before.organisation_id is None:
        return ""
    slips = rows(database, DispatchWish, organisation_id=before.organisation_id, signer=before.name)
    told = [
        one
        for one in rows(database, Presentation, organisation_id=before.organisation_id)
        if one.presenter.strip() == before.name or one.addressed.endswith(before.name)
    ]
    where = [f"{what}{len(found)}件" for what, found in (("派遣の希望票", slips), ("事例発表", told)) if found]
    if not where:
        return ""
    kept = f"{'と'.join(where)}には、書かれたとおりの「{before.name}」が残っています。"
    return f"{kept}写し間違いのときは、そこも直してください。"


@deed
def change_role(act: Act, *, person_id: int, organisation_id: int | None, role: str, on: date | None = None) -> Saved:
    """Give the person another 役職 or 団体 from ``on`` (None = unknown); the one held until now stays in the history.

    Raises:
        Refusal: the person or the 団体 is gone, or nothing would change.
    """
    database = act.database
    person = required_person(database, person_id)
    if organisation_id is not None:
        required_organisation(database, organisation_id)
    if (person.organisation_id, person.role) == (organisation_id, role):
        raise Refusal("団体と役職は、いまの登録と同じです。", "替わったあとの団体または役職を選んでください。")
    memberships = register.memberships_of_person(database, person_id)
    current = current_membership(memberships, person)
    if current is not None and on is not None and current.from_on is not None and on < current.from_on:
        raise Refusal("替わった日が、いまの役職に就いた日より前です。", "日付を確かめてください。")
    with act.change("役職を変えた", "organisations") as change:
        if current is not None:
            change.update(Membership, current.id, to_on=on or act.today)
        elif person.organisation_id is not None:
            # The register knew the 役職 but no history of it: it is kept before it is overwritten.
            change.insert(
                Membership(
                    person_id=person_id,
                    organisation_id=person.organisation_id,
                    role=person.role,
                    to_on=on or act.today,
                )
            )
        if organisation_id is not None:
            change.insert(
                Membership(person_id=person_id, organisation_id=organisation_id, role=role, from_on=on or act.today)
            )
        change.update(Person, person_id, organisation_id=organisation_id, role=role)
    return Saved(f"{person.name} さんの役職を変えました。", person_id)


@deed
def correct_role(
    act: Act, *, person_id: int, organisation_id: int | None, role: str, from_on: date | None = None
) -> Saved:
    """Put a wrongly written 役職 or 団体 right; no history is made of the mistake.

    Raises:
        Refusal: the person or the 団体 is gone.
    """
    database = act.database
    person = required_person(database, person_id)
    if organisation_id is not None:
        required_organisation(database, organisation_id)
    current = current_membership(register.memberships_of_person(database, person_id), person)
    with act.change("役職の登録を直した", "organisations") as change:
        if current is not None and organisation_id is None:
            change.delete(Membership, current.id)
        elif current is not None:
            change.update(Membership, current.id, organisation_id=organisation_id, role=role, from_on=from_on)
        elif organisation_id is not None:
            change.insert(Membership(person_id=person_id, organisation_id=organisation_id, role=role, from_on=from_on))
        change.update(Person, person_id, organisation_id=organisation_id, role=role)
    return Saved(f"{person.name} さんの役職の登録を直しました。", person_id)


@deed
def delete_person(act: Act, *, person_id: int) -> Saved:
    """Take a person out with contacts and 役職; the 控え that hold the person are named and stay until their end.

    Raises:
        Refusal: the person applied or took part somewhere; two entries of one person are merged instead.
    """
    database = act.database
    person = required_person(database, person_id)
    if register.entries_of_people(database, [person_id]):
        raise Refusal(
            f"{person.name} さんには申込や参加の記録があるため、削除できません。",
            "同じ人が2件あるときは、「まとめる」で1件にしてください。記録は残ります。"
            "本人から申出があったときは、「この人の記録を消去する」で氏名などを消せます。",
        )
    kept = copies_naming(act.store, person_id=person_id)
    with act.change("人を削除", "organisations") as change:
        for contact in table.contacts_of_person(database, person_id):
            change.delete(Contact, contact.id)
        for membership in register.memberships_of_person(database, person_id):
            change.delete(Membership, membership.id)
        change.delete(Person, person_id)
    return Saved(f"{person.name} さんを削除しました。{kept}", person_id)


def required_person(database: Database, person_id: int) -> Person:
    """Return one person; raises ``Refusal`` when no longer there."""
    return get_or_refuse(database, Person, person_id)


def current_membership(memberships: Iterable[Membership], person: Person) -> Membership | None:
    """Return the membership that stands for the person's 団体 and 役職 of now, or None."""
    return next(
        (
            row
            for row in memberships
            if row.to_on is None and (row.organisation_id, row.role) == (person.organisation_id, person.role)
        ),
        None,
    )
