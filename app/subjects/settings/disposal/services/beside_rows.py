"""What goes with the rows that fall due: sums of names in what was told, what was deleted by hand, old telephones.

- ``beside_rows(lives, wanted, whole) -> Cells`` further lives with their stand-ins
- ``elsewhere(database, values) -> int`` how many other rows hold one of the erased values
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from app.subjects.events.event.rules.told_facts import order_key
from app.subjects.settings.disposal.services.personal_rows import CELLS, NAMES, going
from db.engine import Database
from db.erasing import Cells
from db.lives import Life, Lives
from db.name_key import name_key
from db.records.accounts import User
from db.records.applications import Application
from db.records.calls import Call
from db.records.dispatches import DispatchWish
from db.records.organisations import Contact, Person
from db.records.presentations import Presentation
from db.rows import rows
from db.stand_ins import SEAL, STAND_IN, is_stand_in, own_stand_ins, without_sums

OF_EVENTS: Final = ("entries", "arrangements", "calls", "tablet_loans")
"""Tables whose deleted rows go with the places of their event."""
_LOOKED: Final[tuple[tuple[type[Any], tuple[str, ...]], ...]] = (
    (Contact, ("value", "note")),
    (Person, ("name", "furigana")),
    (Application, ("name", "furigana")),
    (Call, ("whom",)),
    (Presentation, ("presenter",)),
    (DispatchWish, ("signer",)),
    (User, ("display_name", "login_id")),
)
_ORDER: Final = "依頼の内容"
"""The fact of an order that says the 配慮 in words."""
_SHORTEST: Final = 3
"""Shorter values are words that many rows hold (「会長」)."""
_TOLD: Final = ("acts", "outgoing")


def beside_rows(lives: Lives, wanted: Cells, *, whole: Collection[int]) -> dict[Life, Mapping[str, str]]:
    """Return what else tells of those whose rows go: cells by life, as ``wanted``.

    Names and 配慮 stand as short sums in what was told, and are found there by trying; rows of theirs that somebody
    deleted live on in images, as do entries of the register under the same name.

    Args:
        whole: the events all of whose places go, not those of one person alone.
    """
    deleted = _deleted(lives, wanted, whole)
    return {**deleted, **_told(lives, {**wanted, **deleted}), **_old_phones(lives, wanted)}


def _told(lives: Lives, wanted: Cells) -> dict[Life, Mapping[str, str]]:
    """Facts that were told or left in a paper, without the sums of these."""
    events: dict[int, dict[str, set[int]]] = {}
    for life in wanted:
        number = lives.last[life].get("event_id")
        if life.table in ("entries", "presentations", "arrangements") and number is not None:
            events.setdefault(int(number), {}).setdefault(life.table, set()).add(life.row_id)
    people = {life.row_id for life, cells in wanted.items() if life.table == "people" and "name" in cells}
    for life, image in lives.of_table("entries").items():
        if image.get("person_id") in people:  # nothing was written about the place itself
            events.setdefault(int(image["event_id"]), {}).setdefault(life.table, set()).add(life.row_id)
    found: dict[Life, Mapping[str, str]] = {}
    for table in _TOLD:
        for life, image in lives.of_table(table).items():
            gone = events.get(int(image.get("event_id") or 0))
            facts = str(image.get("facts") or "")
            if gone is None or not (SEAL in facts or _ORDER in facts):
                continue
            places, shown = gone.get("entries", set()), gone.get("presentations", set())
            orders = {order_key(one) for one in gone.get("arrangements", ())}
            found[life] = {
                "facts": without_sums(
                    {"名簿": sorted(places), "宛先": sorted(places | shown), "連絡先": sorted(shown)},
                    words=[_ORDER] if image.get("key") in orders or orders & _matters(facts) else [],
                )
            }
    return found


def _matters(facts: str) -> set[str]:
    """The matters that the row of a paper speaks of; of an act these are its facts."""
    plain = json.loads(facts)
    return set(plain) if isinstance(plain, dict) else set()


def _deleted(lives: Lives, wanted: Cells, whole: Collection[int]) -> dict[Life, Mapping[str, str]]:
    """Rows of the same places, people and surveys that were deleted by hand before."""
    people = {life.row_id for life in wanted if life.table == "people"}
    named = {
        (lives.last[life].get("organisation_id"), name)
        for life in wanted
        if life.table == "people"
        for name in lives.names.get(life, ())
        if not is_stand_in(name)
    }
    named -= {_who(image) for life, image in lives.of_table("people").items() if lives.goes_on(life)}
    places = {life.row_id for life in wanted if life.table == "entries"}
    surveys = {lives.last[life].get("survey_id") for life in wanted if life.table == "answer_sheets"}
    gone = [
        (life, image)
        for life, image in lives.last.items()
        if life.table in CELLS and life not in wanted and not lives.goes_on(life) and not _is_empty(life, image)
    ]

    def is_theirs(life: Life, image: Mapping[str, Any]) -> bool:
        if life.table in OF_EVENTS and image.get("event_id") in whole:
            return True
        if life.table in ("contacts", "memberships", "entries"):
            return image.get("person_id") in people
        if life.table in ("people", "applications"):
            return _who(image) in named
        if life.table == "answer_sheets":
            return image.get("survey_id") in surveys
        return life.table in OF_EVENTS and image.get("entry_id") in places

    found = [life for life, image in gone if is_theirs(life, image)]
    used = [str(image[name]) for image in lives.last.values() for name in NAMES if is_stand_in(image.get(name))]
    fresh = own_stand_ins(len(found), used)
    return {life: going(life.table, lives.last[life], own) for life, own in zip(found, fresh, strict=True)}


def _who(image: Mapping[str, Any]) -> tuple[Any, Any]:
    return image.get("organisation_id"), image.get("name")


def _is_empty(life: Life, image: Mapping[str, Any]) -> bool:
    return all(not image.get(name) or is_stand_in(image[name]) for name in CELLS[life.table])


def _old_phones(lives: Lives, wanted: Cells) -> dict[Life, Mapping[str, str]]:
    """The people of contacts that go: the first shape kept their telephone in their own row."""
    people = {int(lives.last[life].get("person_id") or 0) for life in wanted if life.table == "contacts"} - {0}
    found = (lives.now.get(("people", one)) for one in people)
    return {life: {"phone": STAND_IN} for life in found if life is not None and life not in wanted}


def elsewhere(database: Database, values: Collection[str]) -> int:
    """Return how many other rows hold one of these values: kept for another purpose or a later day."""
    looked = {name_key(one) for one in values if len(one) >= _SHORTEST}
    return sum(
        any(name_key(getattr(one, name)) in looked for name in names)
        for record, names in _LOOKED
        for one in rows(database, record)
    )
