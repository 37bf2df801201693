"""Previews and merges two entries of one person, field by field, in one undoable action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.registers.register.services.letter_names import names_in_letters, old_names_in_letters
from app.registers.register.services.merging import (
    FieldChoice,
    Side,
    chosen_sides,
    duplicate_contact,
    field_choice,
    merge_texts,
    move_contacts,
    move_memberships,
    read_pair,
)
from db.engine import Database
from db.journal import Change
from db.record import RowsById, record
from db.records.disposals import Hold
from db.records.documents import OutgoingPerson
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.records.year.rights import DataRequest, MistakeReport
from db.rows import rows
from db.store import Store
from db.tables import organisations as table
from db.tables import register, roster

APPLIED_TWICE = "同じ人の申込が2件あります"


@record
class PersonMerge:
    """Preview of merging two people: the choices, what is moved, and warnings to check afterwards."""

    keep: Person
    drop: Person
    choices: tuple[FieldChoice, ...]
    moves: tuple[str, ...]
    warnings: tuple[str, ...]


def preview_person_merge(store: Store, *, keep_id: int, drop_id: int) -> PersonMerge:
    """Return what merging ``drop_id`` into ``keep_id`` would change; nothing is written.

    Raises:
        UserError: one of them is gone, or both are the same entry.
    """
    database = store.database
    keep, drop = read_pair(database, Person, keep_id, drop_id)
    entries = roster.entries_of_person(database, drop_id)
    standing = table.contacts_of_person(database, keep_id)
    coming = table.contacts_of_person(database, drop_id)
    doubles = sum(duplicate_contact(row, standing) is not None for row in coming)
    roles = register.memberships_of_person(database, drop_id)
    moves = (
        fill_nonempty("申込・参加の記録　{}件", len(entries)),
        fill_nonempty("役職の履歴　{}件", len(roles)),
        f"連絡先　{len(coming)}件" + fill_nonempty("（うち{}件は同じものがあるため1つにします）", doubles)
        if coming
        else "",
    )
    return PersonMerge(
        keep=keep,
        drop=drop,
        choices=person_choices(database, keep, drop),
        moves=tuple(line for line in moves if line),
        warnings=tuple(_double_application_warnings(database, keep_id, entries)),
    )


def person_choices(database: Database, keep: Person, drop: Person) -> tuple[FieldChoice, ...]:
    """Return the fields of both people as text, each with a proposed side.

    Proposed is the 役職 of the one who goes where the other has none in the same 団体.
    """
    known = RowsById(table.organisations_with_ids(database, {keep.organisation_id or 0, drop.organisation_id or 0}))
    role = field_choice("role", "団体・役職", _affiliation_text(keep, known), _affiliation_text(drop, known))
    if keep.organisation_id == drop.organisation_id and not keep.role.strip() and drop.role.strip():
        role = replace(role, proposed="drop")
    return (
        field_choice("name", "氏名", keep.name, drop.name),
        field_choice("furigana", "ふりがな", keep.furigana, drop.furigana),
        role,
        field_choice("note", "備考", keep.note, drop.note, can_keep_both=True),
    )


def merge_people(
    context: ActionContext, *, keep_id: int, drop_id: int, take: Mapping[str, Side] | None = None
) -> ActionResult:
    """Merge two entries of one person; ``take`` names the side of a field where it is not the one proposed.

    Raises:
        UserError: one of them is gone, or both are the same entry.
    """
    keep, _ = read_pair(context.database, Person, keep_id, drop_id)
    before = names_in_letters(context.store, today=context.today)
    with context.change("同じ人の2件の登録をまとめた", "organisations") as change:
        merge_person_into(change, context.database, keep_id, drop_id, take or {})
    rest = old_names_in_letters(context.store, today=context.today, before=before)
    return ActionResult(f"{keep.name} さんの2件の登録を1件にまとめました。{rest}", keep_id)


def merge_person_into(change: Change, database: Database, keep_id: int, drop_id: int, take: Mapping[str, Side]) -> None:
    """Move all data of one person to the other within an open change, and delete the empty entry.

    An entry for an event in which both have one is marked as doubtful.

    Args:
        take: the side of a field where it is not the one proposed.
    Raises:
        UserError: one of them is gone, or both are the same entry.
    """
    keep, drop = read_pair(database, Person, keep_id, drop_id)
    sides = chosen_sides(person_choices(database, keep, drop), take)
    mine = {row.event_id for row in roster.entries_of_person(database, keep_id)}
    for row in roster.entries_of_person(database, drop_id):
        doubtful = join_nonempty(row.doubtful, APPLIED_TWICE if row.event_id in mine else "", separator="　")
        change.update(Entry, row.id, person_id=keep_id, doubtful=doubtful)
    move_contacts(
        change,
        table.contacts_of_person(database, keep_id),
        table.contacts_of_person(database, drop_id),
        organisation_id=None,
        person_id=keep_id,
    )
    move_memberships(
        change,
        register.memberships_of_person(database, keep_id),
        register.memberships_of_person(database, drop_id),
        person_id=keep_id,
    )
    of_person: tuple[type[Any], ...] = (Hold, MistakeReport, DataRequest)
    for kind in of_person:
        change.update_each(kind, {one.id: {"person_id": keep_id} for one in rows(database, kind, person_id=drop_id)})
    for inside in rows(database, OutgoingPerson, person_id=drop_id):
        change.update(OutgoingPerson, inside.id, person_id=keep_id)
    belongs = drop if sides["role"] == "drop" else keep
    # Bearing the other name for a moment makes it a former name, by which search finds who stays.
    change.update(Person, keep_id, name=drop.name)
    change.update(
        Person,
        keep_id,
        name=merge_texts(sides["name"], keep.name, drop.name),
        furigana=merge_texts(sides["furigana"], keep.furigana, drop.furigana),
        organisation_id=belongs.organisation_id,
        role=belongs.role,
        note=merge_texts(sides["note"], keep.note, drop.note),
    )
    change.delete(Person, drop_id)


def _affiliation_text(person: Person, organisations: RowsById[Organisation]) -> str:
    """Return 団体 and 役職 of a person as 「団体・役職」."""
    organisation = organisations.get(person.organisation_id)
    return join_nonempty(organisation.name if organisation else "", person.role, separator="・")


def _double_application_warnings(database: Database, keep_id: int, entries: list[Entry]) -> list[str]:
    """Return a warning for each event in which both people have an entry."""
    mine = {row.event_id for row in roster.entries_of_person(database, keep_id)}
    events = register.events_with_ids(database, sorted({row.event_id for row in entries} & mine))
    return [
        f"{event.full_title}{f'（{short_date(event.event_date)}）' if event.event_date else ''}に"
        "両方の申込があります。まとめたあと、実施回の参加者で1件を辞退にしてください。"
        for event in events.values()
    ]
