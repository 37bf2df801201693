"""Looks up applicants among registered people, by 団体, 氏名 and telephone number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from app.common.contacts import phone_digits
from db.engine import Database
from db.name_key import name_key, organisation_name_key
from db.records.organisations import Person
from db.tables import applications as table
from db.tables import organisations

_MIN_DIGITS = 9


@lru_cache(maxsize=20_000)
def phone_key(text: str) -> str:
    """Return the digits by which people are found: those of a telephone number without its extension.

    Text with too few digits for a telephone number gives an empty key.
    """
    digits = phone_digits(text)
    mobile = digits[:3] in ("050", "070", "080", "090")
    return digits[: 11 if mobile else 10] if len(digits) > _MIN_DIGITS else ""


class RegisteredPeople:
    """Lookup of registered people for an import or a typed application; people added meanwhile are included."""

    def __init__(self, database: Database):
        self._database = database
        self._by_affiliation: dict[str | int, dict[str, list[int]]] = {}
        self._phones: dict[int, set[str]] = {}
        self._has_read_unaffiliated = False

    def find(self, organisation_id: int | None, organisation_text: str, name: str) -> Sequence[int]:
        """Return the ids of the people of a 団体 with that name in any spelling, in register order; none for "".

        Args:
            organisation_id: the registered 団体; None = people without one for whom an entry says the name
                ``organisation_text``, which is ignored otherwise.
        """
        if not name.strip():
            return ()
        return self._ids_by_name(organisation_id, organisation_text).get(name_key(name), ())

    def phones(self, person_id: int) -> set[str]:
        """Return the keys of the known telephone and FAX numbers of one person."""
        if person_id not in self._phones:
            known = organisations.contacts_of_person(self._database, person_id)
            self._phones[person_id] = {phone_key(one.value) for one in known if one.kind.is_number} - {""}
        return self._phones[person_id]

    def add(self, person_id: int, person: Person, organisation_text: str, phone: str = "") -> None:
        """Add ``person``, just inserted with the id ``person_id``, so that ``find`` and ``phones`` know them."""
        held = self._ids_by_name(person.organisation_id, organisation_text)
        held.setdefault(name_key(person.name), []).append(person_id)
        self._phones[person_id] = {phone_key(phone)} - {""}

    def _ids_by_name(self, organisation_id: int | None, organisation_text: str) -> dict[str, list[int]]:
        """Return the ids of the people of a 団体 by name key, in register order; without an id by its written name."""
        if organisation_id is None:
            self._read_unaffiliated()
            return self._by_affiliation.setdefault(organisation_name_key(organisation_text), {})
        known = self._by_affiliation.get(organisation_id)
        if known is None:
            known = self._by_affiliation[organisation_id] = defaultdict(list)
            for person in organisations.people(self._database, organisation_id):
                known[name_key(person.name)].append(person.id)
        return known

    def _read_unaffiliated(self) -> None:
        """Read everybody without a registered 団体, once."""
        if self._has_read_unaffiliated:
            return
        self._has_read_unaffiliated = True
        for person, organisation_text in table.people_without_organisation(self._database):
            held = self._by_affiliation.setdefault(organisation_name_key(organisation_text), {})
            held.setdefault(name_key(person.name), []).append(person.id)
