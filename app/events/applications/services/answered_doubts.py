"""Leaves out of the doubts of an imported application those that the records answer by now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.foreign_files.cells.plain_values import is_plain
from app.foreign_files.cells.suspicious_texts import has_lost_character
from app.registers.register.intake import parse_phone
from app.registers.register.rules import without_doubts
from db.engine import Database
from db.records.organisations import Person
from db.records.roster import Entry
from db.redactions import is_redacted_text
from db.tables import organisations


def without_answered_doubts(database: Database, entries: Iterable[Entry], people: Mapping[int, Person]) -> list[Entry]:
    """Return the entries with what is still doubtful about each, by the records of today.

    How a 団体 is written is answered by the decision as well: the letter names it as written, and the name waits
    among those that are not in the register.
    """
    asked = {one.person_id or 0 for one in entries if one.doubtful}
    reachable = {
        one.person_id
        for one in organisations.contacts_for(database, people=asked)
        if one.kind.is_phone and (is_redacted_text(one.value) or parse_phone(one.value).digits)
    }

    def open_doubts(entry: Entry) -> str:
        person = people.get(entry.person_id or 0)
        answers = {
            "NAME": person and not has_lost_character(person.name),
            "READING": person and is_plain("reading", person.furigana),
            "PHONE": entry.person_id in reachable,
            "ORGANISATION": entry.organisation_id or entry.state.is_decided,
        }
        return without_doubts(entry.doubtful, answers)

    return [replace(one, doubtful=open_doubts(one)) if one.doubtful else one for one in entries]
