"""Names the person of a place: found in the register by 団体 and 氏名, or added to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.text_rules import check_writable_texts
from app.documents.services.rare_characters import rare_in_input
from app.event.services.event_records import read_event_or_error
from app.registers.register.services.search import PersonHit, find_people, search_keys
from db.digits import is_digits, one_width
from db.journal import Change
from db.name_key import name_key
from db.record import record
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.redactions import ERASED_LABEL, is_redacted_text
from db.rows import by_id
from db.store import Store
from db.tables import organisations
from db.tables import roster as table

EDITABLE = frozenset(
    {
        "role",
        "device",
        "care",
        "photo",
        "photo_words",
        "publication",
        "words_use",
        "note",
        "seat",
        "doubtful",
        "way",
        "applied_at",
        "absent_told_at",
        "absent_note",
    }
)
"""Fields of a place that can be set as typed; states, names and numbers have their own actions."""


@record
class WantedPerson:
    """Who comes, as typed; texts are kept as they are.

    Attributes:
        person_id: of a person chosen from the register.
    """

    name: str
    furigana: str = ""
    role: str = ""
    organisation_id: int | None = None
    person_id: int | None = None


def find_person(store: Store, *, wanted: WantedPerson) -> Person | None:
    """Return the registered person: the chosen one, else the only one of the 団体 whose name has the same key.

    Without a 団体 nobody is found, as the same name may be somebody else. Two of one name have to be chosen by hand.
    """
    if wanted.person_id is not None:
        return by_id(store.database, Person, wanted.person_id)
    if wanted.organisation_id is None or not wanted.name.strip():
        return None
    key = name_key(wanted.name)
    found = [one for one in organisations.people(store.database, wanted.organisation_id) if name_key(one.name) == key]
    exact = [one for one in found if one.name == wanted.name.strip()]
    return found[0] if len(found) == 1 else exact[0] if len(exact) == 1 else None


def find_known_people(
    store: Store, *, organisation_id: int | None, text: str, limit: int = 6, instead_of: int | None = None
) -> tuple[PersonHit, ...]:
    """Return registered people to offer, those of the 団体 (None = of any) whose name or ふりがな contains ``text``.

    Without a 団体 nothing is offered for an empty text.

    Args:
        organisation_id: the 団体, None = any. limit: at most so many.
        instead_of: the entry whose place is taken over; of a 団体, people on the roster of its event are left out.
    """
    if organisation_id is None:
        return find_people(store, text=text, limit=limit)
    there = set()
    if instead_of is not None:
        event_id = required_entry(store, instead_of).event_id
        there = {one.person_id for one in table.entries(store.database, event_id)}
    keys = search_keys(text)
    organisation = by_id(store.database, Organisation, organisation_id)
    found = [
        one
        for one in organisations.people_not_erased(store.database, organisation_id)
        if one.id not in there and all(key in name_key(one.name) or key in name_key(one.furigana) for key in keys)
    ]
    return tuple(PersonHit(person=one, organisation=organisation) for one in found[:limit])


def find_or_add_person(store: Store, change: Change, wanted: WantedPerson) -> int:
    """Return the id of the registered person, added if new; a missing ふりがな is filled in.

    Raises:
        UserError: the name is missing or not printable, or the chosen person is gone.
    """
    known = find_person(store, wanted=wanted)
    if known is not None:
        if wanted.furigana.strip() and not known.furigana and not is_redacted_text(known.name):
            change.update(Person, known.id, furigana=wanted.furigana.strip())
        return known.id
    if wanted.person_id is not None:
        raise UserError("選んだ方は、名簿にもうありません。", "お名前を入力してください。")
    if not wanted.name.strip():
        raise UserError("氏名がまだ入力されていません。", "氏名を入力してください。")
    check_writable_texts({"氏名": wanted.name, "ふりがな": wanted.furigana, "役職": wanted.role})
    return change.insert(
        Person(
            organisation_id=wanted.organisation_id,
            name=wanted.name.strip(),
            furigana=wanted.furigana.strip(),
            role=wanted.role.strip(),
        )
    )


def reject_number_as_name(name: str) -> None:
    """Raise ``UserError`` for a name of digits only.

    At the check-in that is the next person's number, typed into the wrong field.
    """
    plain = one_width(name).strip()
    if is_digits(plain):
        raise UserError(
            f"氏名に「{plain}」と入っています。受付の番号のようです。",
            "この画面を閉じてから、番号を入力してください。",
        )


def name_entry(
    context: ActionContext,
    *,
    entry_id: int,
    name: str = "",
    furigana: str = "",
    role: str = "",
    person_id: int | None = None,
    fields: Mapping[str, Any] | None = None,
) -> ActionResult:
    """Set the name of a place; the person belongs to the 団体 of the entry, and is added to the register if new.

    Args:
        role: "" leaves the 役職 of the place.
        fields: other ``EDITABLE`` values of the place that were typed with the name.

    Raises:
        UserError: the entry is gone, the name is missing or a number, or the same person has another place of this
            event.
        KeyError: a field that has an action of its own.
    """
    others = dict(fields or {})
    if elsewhere := others.keys() - EDITABLE:
        raise KeyError(", ".join(sorted(elsewhere)))
    reject_number_as_name(name)
    entry = required_entry(context.store, entry_id)
    event = read_event_or_error(context.database, entry.event_id)
    wanted = WantedPerson(
        name=name, furigana=furigana, role=role, organisation_id=entry.organisation_id, person_id=person_id
    )
    with context.change(
        f"{event.full_title}：{entry_label(entry)}の氏名を決めた", "roster", event_id=event.id
    ) as change:
        person = find_or_add_person(context.store, change, wanted)
        twice = [
            one for one in table.entries(context.database, event.id) if one.person_id == person and one.id != entry_id
        ]
        if twice:
            raise UserError(
                f"この方は、{event.full_title}の{entry_label(twice[0])}としてすでに入っています。",
                "お名前を確かめてください。",
            )
        change.update(Entry, entry_id, **{**others, "person_id": person, "role": role.strip() or entry.role})
    named = by_id(context.database, Person, person)
    return ActionResult(
        f"{named.name if named else name}さんのお名前を入れました。{rare_in_input(name, furigana, role)}", entry_id
    )


def required_entry(store: Store, entry_id: int) -> Entry:
    """Return one entry; raises ``UserError`` when it is gone."""
    return get_or_raise(store.database, Entry, entry_id)


def entry_label(entry: Entry) -> str:
    """Return 「9番」, or 「番号のない方」 before numbers were given, for actions, which name nobody."""
    return f"{entry.number}番" if entry.number is not None else "番号のない方"


def spoken_name(store: Store, entry: Entry) -> str:
    """Return 「田口 修さん（9番）」 or 「9番（氏名未定）の方」, for the person at the desk."""
    person = by_id(store.database, Person, entry.person_id)
    if person is not None and is_redacted_text(person.name):
        return f"{entry_label(entry)}（{ERASED_LABEL}）の方" if entry.number is not None else f"{ERASED_LABEL}の方"
    if person is not None:
        return f"{person.name}さん（{entry_label(entry)}）" if entry.number is not None else f"{person.name}さん"
    return f"{entry_label(entry)}（氏名未定）の方" if entry.number is not None else "氏名未定の方"
