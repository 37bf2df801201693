"""The register of people: the list, one person in full, and changes.

A person's current 役職 is stored on the person; every 役職 ever held is a membership. Both are kept in step here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.text_rules import check_writable_texts
from app.documents.services.copy_retention import copies_naming
from app.documents.services.rare_characters import rare_in_input
from app.programme.holds import holds_of_person
from app.programme.services import visit_words
from app.registers.register.rules import heads_by_organisation
from app.registers.register.services.contacts import ended_last
from app.registers.register.services.letter_names import names_in_letters, old_names_in_letters
from app.registers.register.services.mistake_reports import insert_report
from app.registers.register.services.organisation_differences import CHAIR
from app.registers.register.services.organisations import PURPOSES, get_organisation
from app.registers.register.services.participation_history import EventParticipation, participation_history
from app.registers.register.services.search import PersonHit, search_keys
from db.engine import Database
from db.journal import Change
from db.name_key import name_key
from db.record import RowsById, record
from db.records.dispatches import DispatchRequest
from db.records.disposals import Hold
from db.records.organisations import Contact, Membership, Organisation, Person
from db.records.presentations import Presentation
from db.records.year.rights import DataRequest, MistakeReport
from db.rows import by_id, rows
from db.store import Store
from db.tables import organisations as table
from db.tables import register, roster
from db.tables.organisations import people_not_erased


@record
class PeopleListPage:
    """One page of people, and how many match the filter in all."""

    rows: tuple[PersonHit, ...]
    total: int


@record
class RoleLine:
    """One 役職 with its 団体; ``is_current`` marks the current one."""

    membership: Membership
    organisation: Organisation | None
    is_current: bool


@record
class PersonView:
    """One person with 団体, roles, contacts and events."""

    person: Person
    organisation: Organisation | None
    roles: tuple[RoleLine, ...]
    contacts: tuple[Contact, ...]
    participation: tuple[EventParticipation, ...]
    reports: tuple[MistakeReport, ...]
    requests: tuple[DataRequest, ...]


def page_people(
    store: Store, *, offset: int = 0, limit: int = 100, filter_text: str = "", sort: str = ""
) -> PeopleListPage:
    """Return one page of the people that contain every word of ``filter_text``, and how many do in all.

    Args:
        offset, limit: which of them. sort: key of the column, with "-" before it downwards; "" = the best matches
            first, without a filter the order of the register.
    """
    database = store.database
    keys = search_keys(filter_text)
    found = register.listed_people(database, keys, sort=sort, offset=offset, limit=limit)
    last = table.last_entries(database, [person.id for person, _ in found])
    rows = []
    for person, organisation in found:
        entry, event = last.get(person.id, (None, None))
        rows.append(PersonHit(person=person, organisation=organisation, entry=entry, event=event))
    return PeopleListPage(rows=tuple(rows), total=table.count_people(database, keys))


def read_person(store: Store, *, person_id: int) -> PersonView:
    """Return one person with roles, contacts and events; raises ``UserError`` when gone."""
    database = store.database
    person = get_person(database, person_id)
    memberships = register.memberships_of_person(database, person_id)
    known = RowsById(table.organisations_with_ids(database, {row.organisation_id for row in memberships}))
    current = current_membership(memberships, person)
    return PersonView(
        person=person,
        organisation=by_id(database, Organisation, person.organisation_id),
        roles=tuple(
            RoleLine(membership=row, organisation=known.get(row.organisation_id), is_current=row == current)
            for row in memberships
        ),
        contacts=ended_last(table.contacts_of_person(database, person_id)),
        participation=participation_history(database, roster.entries_of_person(database, person_id)),
        reports=tuple(rows(database, MistakeReport, person_id=person_id, order="-id")),
        requests=tuple(rows(database, DataRequest, person_id=person_id, order="-id")),
    )


def add_person(
    context: ActionContext,
    *,
    name: str,
    furigana: str = "",
    organisation_id: int | None = None,
    role: str = "",
    note: str = "",
    from_on: date | None = None,
    phone: str = "",
) -> ActionResult:
    """Add a person, name and ふりがな exactly as typed.

    Args:
        organisation_id: the 団体, None = none; ``role`` is the 役職 there, which then gets a row in the history.
        from_on: the day the 役職 began, None = unknown. phone: to reach them for the 団体, "" = unknown.
    Raises:
        UserError: no name, a name that no paper can print, a 個人番号, or the 団体 is gone.
    """
    if not name.strip():
        raise UserError("氏名がまだ入力されていません。", "氏名を入力してください。")
    if organisation_id is not None:
        get_organisation(context.database, organisation_id)
    person = Person(organisation_id=organisation_id, name=name, furigana=furigana, role=role, note=note)
    _check_name(person)
    check_writable_texts({}, {"電話": phone})
    with context.change("人を加えた", "organisations") as change:
        made = insert_person(change, person, from_on=from_on)
        if phone.strip():
            change.insert(Contact(person_id=made, value=phone, purpose=PURPOSES[0]))
    chairs = _other_chairs_notice(context.database, made)
    return ActionResult(f"{name} さんを加えました。{chairs}{rare_in_input(name, furigana, role)}", made)


def _other_chairs_notice(database: Database, person_id: int) -> str:
    """Return sentences on who else is 会長 of the 団体 of a 会長, to whom its letters would still go; "" if nobody."""
    person = get_person(database, person_id)
    if person.role.strip() != CHAIR or person.organisation_id is None:
        return ""
    others = [
        one.name
        for one in table.people_not_erased(database, person.organisation_id)
        if one.role.strip() == CHAIR and one.id != person_id
    ]
    if not others:
        return ""
    return (
        f"この団体には、ほかにも会長の方がいます（{'、'.join(others)}）。替わったときは、その方の役職も変えてください。"
    )


def _check_name(person: Person) -> None:
    check_writable_texts({"氏名": person.name, "ふりがな": person.furigana, "役職": person.role}, {"備考": person.note})


def insert_person(change: Change, person: Person, *, from_on: date | None = None) -> int:
    """Insert a person as part of another action, with a membership (since ``from_on``) if of a 団体; return the id."""
    made = change.insert(replace(person, id=0))
    if person.organisation_id is not None:
        change.insert(
            Membership(person_id=made, organisation_id=person.organisation_id, role=person.role, from_on=from_on)
        )
    return made


def transfer_role(
    change: Change,
    database: Database,
    role: str,
    *,
    holders: Iterable[Person],
    members: Iterable[Person],
    person: Person | None,
    on: date,
) -> None:
    """Pass a 役職 that one person of a 団体 holds to another on a day, within an open change.

    The previous holder keeps it as history. The new holder is the registered person of that name in the 団体; without
    one, a person is added. Whoever holds it already keeps it unchanged.

    Args:
        holders: those who hold it now. members: everybody of the 団体. person: who gets it, with 団体, name and
            ふりがな; None = nobody holds it from then on.
    """
    named = [one for one in members if person is not None and name_key(one.name) == name_key(person.name)]
    new = next((one for one in named if one.role == role), next(iter(named), None))
    for one in holders:
        if new is None or one.id != new.id:
            _end_role(change, database, one, on)
            change.update(Person, one.id, role="")
    if person is None or (new is not None and new.role == role):
        return
    if new is None:
        insert_person(change, person, from_on=on)
        return
    _end_role(change, database, new, on)
    change.update(Person, new.id, role=role)
    change.insert(Membership(person_id=new.id, organisation_id=person.organisation_id or 0, role=role, from_on=on))


def _end_role(change: Change, database: Database, person: Person, on: date) -> None:
    """End the present role of a person on a day, keeping it as history."""
    held = current_membership(register.memberships_of_person(database, person.id), person)
    if held is not None:
        change.update(Membership, held.id, to_on=on)
    elif person.organisation_id is not None and person.role:
        # The register knew the 役職 but no history of it, as of who only applied.
        change.insert(
            Membership(person_id=person.id, organisation_id=person.organisation_id, role=person.role, to_on=on)
        )


def update_person(
    context: ActionContext,
    *,
    person_id: int,
    name: str,
    furigana: str,
    note: str,
    report: MistakeReport | None = None,
) -> ActionResult:
    """Save name, ふりがな and note exactly as typed.

    Names copied from paper forms are left unchanged and listed in the result: only the holder of the form can tell
    whether it was copied wrongly.

    Raises:
        UserError: no name, or one that cannot be printed; or the ``report`` of whom it follows is incomplete.
    """
    known = get_person(context.database, person_id)
    if not name.strip():
        raise UserError("氏名がまだ入力されていません。", "氏名を入力してください。")
    _check_name(replace(known, name=name, furigana=furigana, note=note))
    before = names_in_letters(context.store, today=context.today)
    with context.change("人の登録を直した", "organisations") as change:
        change.update(Person, person_id, name=name, furigana=furigana, note=note)
        told = insert_report(change, store=context.store, report=report, **context.signature)
    rest = told
    if name != known.name:
        rest += old_names_in_letters(context.store, today=context.today, before=before) + _old_name_notice(
            context.database, known
        )
    return ActionResult(f"{name} さんの登録を直しました。{rest}{rare_in_input(name, furigana)}", person_id)


def _old_name_notice(database: Database, before: Person) -> str:
    """Return sentences on how many 希望票 of 派遣 and 事例発表 of the 団体 still hold the old name; "" if none."""
    if before.organisation_id is None:
        return ""
    slips = rows(database, DispatchRequest, organisation_id=before.organisation_id, signer=before.name)
    told = [
        one
        for one in rows(database, Presentation, organisation_id=before.organisation_id)
        if one.presenter.strip() == before.name or one.addressed.endswith(before.name)
    ]
    where = [f"{what}{len(found)}件" for what, found in (("派遣の希望票", slips), ("事例発表", told)) if found]
    if not where:
        return ""
    kept = f"{visit_words(database, 'と'.join(where))}には、書かれたとおりの「{before.name}」が残っています。"
    return f"{kept}写し間違いのときは、そこも直してください。"


def change_role(
    context: ActionContext, *, person_id: int, organisation_id: int | None, role: str, on: date | None = None
) -> ActionResult:
    """Give the person another 役職 or 団体 from ``on`` (None = today); the previous one stays as history.

    ``organisation_id`` None = no registered 団体 from then on.

    Raises:
        UserError: the person or the 団体 is gone, nothing would change, or ``on`` lies before the present 役職 began.
    """
    database = context.database
    person = get_person(database, person_id)
    if organisation_id is not None:
        get_organisation(database, organisation_id)
    if (person.organisation_id, person.role) == (organisation_id, role):
        raise UserError("団体と役職は、いまの登録と同じです。", "替わったあとの団体または役職を選んでください。")
    current = current_membership(register.memberships_of_person(database, person_id), person)
    if current is not None and on is not None and current.from_on is not None and on < current.from_on:
        raise UserError("替わった日が、いまの役職に就いた日より前です。", "日付を確かめてください。")
    with context.change("役職を変えた", "organisations") as change:
        if current is not None:
            change.update(Membership, current.id, to_on=on or context.today)
        elif person.organisation_id is not None:
            # The register knew the 役職 but no history of it: it is kept before it is overwritten.
            change.insert(
                Membership(
                    person_id=person_id,
                    organisation_id=person.organisation_id,
                    role=person.role,
                    to_on=on or context.today,
                )
            )
        if organisation_id is not None:
            change.insert(
                Membership(person_id=person_id, organisation_id=organisation_id, role=role, from_on=on or context.today)
            )
        change.update(Person, person_id, organisation_id=organisation_id, role=role)
    chairs = _other_chairs_notice(database, person_id)
    return ActionResult(f"{person.name} さんの役職を変えました。{chairs}", person_id)


def correct_role(
    context: ActionContext,
    *,
    person_id: int,
    organisation_id: int | None,
    role: str,
    from_on: date | None = None,
    report: MistakeReport | None = None,
) -> ActionResult:
    """Correct a wrongly written 役職 or 団体, leaving no history of the mistake.

    ``organisation_id`` None removes the 団体; ``from_on`` is when the 役職 began, None = unknown.

    Raises:
        UserError: the person or the 団体 is gone; or the ``report`` of whom it follows is incomplete.
    """
    database = context.database
    person = get_person(database, person_id)
    if organisation_id is not None:
        get_organisation(database, organisation_id)
    current = current_membership(register.memberships_of_person(database, person_id), person)
    with context.change("役職の登録を直した", "organisations") as change:
        if current is not None and organisation_id is None:
            change.delete(Membership, current.id)
        elif current is not None:
            change.update(Membership, current.id, organisation_id=organisation_id, role=role, from_on=from_on)
        elif organisation_id is not None:
            change.insert(Membership(person_id=person_id, organisation_id=organisation_id, role=role, from_on=from_on))
        change.update(Person, person_id, organisation_id=organisation_id, role=role)
        told = insert_report(change, store=context.store, report=report, **context.signature)
    chairs = told + _other_chairs_notice(database, person_id)
    return ActionResult(f"{person.name} さんの役職の登録を直しました。{chairs}", person_id)


def delete_person(context: ActionContext, *, person_id: int) -> ActionResult:
    """Delete a person with contacts and roles; the 控え that name the person are listed and stay until their end.

    Raises:
        UserError: the person applied or took part somewhere; two entries of one person are merged instead.
    """
    database = context.database
    person = get_person(database, person_id)
    if register.count_entries_of_people(database, [person_id]):
        raise UserError(
            f"{person.name} さんには申込や参加の記録があるため、削除できません。",
            "同じ人が2件あるときは、「まとめる」で1件にしてください。記録は残ります。"
            "本人から申出があったときは、「この人の記録を消去する」で氏名などを消せます。",
        )
    if rows(database, DataRequest, person_id=person_id):
        raise UserError(
            f"{person.name} さんからの請求の記録があるため、削除できません。",
            "氏名などを消すときは、「この人の記録を消去する」を使ってください。",
        )
    if held := holds_of_person(database, person_id, context.today).words:
        raise UserError(f"{person.name} さんは、いまは削除できません。{held}", "保留を解いてから削除してください。")
    kept = copies_naming(context.store, person_id=person_id)
    with context.change("人を削除", "organisations") as change:
        for contact in table.contacts_of_person(database, person_id):
            change.delete(Contact, contact.id)
        for membership in register.memberships_of_person(database, person_id):
            change.delete(Membership, membership.id)
        of_person: tuple[type[Any], ...] = (Hold, MistakeReport)
        for kind in of_person:
            for past in rows(database, kind, person_id=person_id):
                change.delete(kind, past.id)
        change.delete(Person, person_id)
    return ActionResult(f"{person.name} さんを削除しました。{kept}", person_id)


def get_person(database: Database, person_id: int) -> Person:
    """Return one person; raises ``UserError`` when no longer there."""
    return get_or_raise(database, Person, person_id)


def current_membership(memberships: Iterable[Membership], person: Person) -> Membership | None:
    """Return the membership of the person's current 団体 and 役職, or None."""
    return next(
        (
            row
            for row in memberships
            if row.to_on is None and (row.organisation_id, row.role) == (person.organisation_id, person.role)
        ),
        None,
    )


def current_head_of(store: Store, *, organisation_id: int) -> tuple[str, str]:
    """Return 役職 and 氏名 of the registered head of a 団体, both "" if there is none."""
    person = heads_by_organisation(people_not_erased(store.database, organisation_id)).get(organisation_id)
    return (person.role, person.name) if person is not None else ("", "")
