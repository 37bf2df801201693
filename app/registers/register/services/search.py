"""Finds 団体 and people by any spelling of name, ふりがな, 団体, 支部 or digits of a telephone number."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.calendar.dates import short_date_plain
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.registers.register.rules import NameFinder
from db.digits import one_width
from db.engine import Database
from db.name_key import name_key
from db.record import record
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.records.surveys import SurveyResponse
from db.store import Store
from db.tables import organisations as table
from db.tables import register
from db.tables import search as changed_names

_KANJI = re.compile("[々〆〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_MAX_READINGS = 2
_MAX_RENAMED = 200


@record
class PersonHit:
    """One person found, exactly as registered.

    ``entry`` and ``event`` are those of the latest event the person was entered for. ``is_found_by_reading``: the name
    is stored in kana only and matched a reading of the typed name.
    """

    person: Person
    organisation: Organisation | None
    entry: Entry | None = None
    event: Event | None = None
    is_found_by_reading: bool = False

    @property
    def id(self) -> int:
        """Return the person's id."""
        return self.person.id

    @property
    def organisation_name(self) -> str:
        """Return the 団体 as registered, or empty."""
        return self.organisation.name if self.organisation else ""

    @property
    def branch(self) -> str:
        """Return the 支部, or empty."""
        return self.organisation.branch if self.organisation else ""

    @property
    def affiliation(self) -> str:
        """Return 「若葉野町会（第4支部）・会計」; unknown parts are left out."""
        place = f"{self.organisation_name}（{self.branch}）" if self.branch else self.organisation_name
        return join_nonempty(place, self.person.role, separator="・")

    @property
    def last_event(self) -> str:
        """Return 「第3回 LINE講習会（9/24(木)）に申込」, or empty."""
        if self.entry is None or self.event is None:
            return ""
        day = f"（{short_date_plain(self.event.event_date)}）" if self.event.event_date else ""
        return f"{self.event.full_title}{day}に{self.entry.attendance or self.entry.state}"


@record
class OrganisationHit:
    """One 団体 found, with how many people of it are registered.

    ``former_name`` is set where only the former name matched.
    """

    organisation: Organisation
    people_count: int = 0
    former_name: str = ""

    @property
    def id(self) -> int:
        """Return the id of the 団体."""
        return self.organisation.id

    @property
    def former_name_words(self) -> str:
        """Return 「旧称 …」, or "" where the current name matched."""
        return former_name_text(self.former_name)


def find_people(store: Store, *, text: str, limit: int) -> tuple[PersonHit, ...]:
    """Return at most ``limit`` people that contain every word of ``text`` in name, ふりがな, 団体, 支部 or telephone.

    Names that begin with the text come first, then names that contain it, then the others in register order; people are
    never ranked. People registered in kana alone are added when somebody found reads the typed name that way.
    """
    keys = search_keys(text)
    if not keys or limit <= 0:
        return ()
    found = table.find_people(store.database, keys, limit=limit)
    ids = {person.id for person, _ in found}
    readings = readings_of(text, (person for person, _ in found)) if len(found) < limit else ()
    more = [
        pair
        for pair in table.find_by_reading(store.database, readings, limit=limit)
        if pair[0].id not in ids and not _KANJI.search(pair[0].name)
    ][: limit - len(found)]
    return (*_person_hits(store.database, found), *_person_hits(store.database, more, by_reading=True))


def find_organisations(store: Store, *, text: str, limit: int = 20) -> tuple[OrganisationHit, ...]:
    """Return at most ``limit`` 団体 that contain every word of ``text`` (none for ""), best matches first.

    Searched are 名称, former names, ふりがな, 支部 and contacts. Those whose name or reading begins with the first word
    come first, then those that contain it there, then those whose 支部 or contact begins with it, then the others;
    each group in register order.
    """
    keys = search_keys(text)
    if not keys or limit <= 0:
        return ()
    found = table.find_organisations(store.database, keys, limit=limit)
    counts = table.people_counts(store.database, [one.id for one in found])
    former = former_names(store.database, keys, found)
    return tuple(
        OrganisationHit(organisation=one, people_count=counts.get(one.id, 0), former_name=former.get(one.id, ""))
        for one in found
    )


def former_names(database: Database, keys: Sequence[str], found: Sequence[Organisation]) -> dict[int, str]:
    """Return by id the former name of those of ``found`` that match ``keys`` only by it.

    It is the newest former name that contains a key which the current name lacks.
    """
    names: dict[int, str] = {}
    now = {one.id: name_key(one.name) for one in found}
    for key in keys:
        lacking = {row_id for row_id, name in now.items() if key not in name} - names.keys()
        for entry, what, row_id in changed_names.name_changes(database, (key,), limit=_MAX_RENAMED) if lacking else ():
            if what != "organisations" or row_id not in lacking:
                continue
            for one in entry.changes:
                if (one.table, one.row_id) == (what, row_id) and one.before and key in name_key(one.before["name"]):
                    names.setdefault(row_id, str(one.before["name"]))
    return names


def former_name_text(former_name: str) -> str:
    """Return 「旧称 …」, by which a list explains why it shows a 団体 of another name; "" without a former name."""
    return fill_nonempty("旧称 {}", former_name)


def search_keys(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` as search keys (width, kana, 異体字 and hyphens folded); punctuation gives none."""
    return tuple(key for part in text.split() if (key := name_key(part)))


def readings_of(text: str, people: Iterable[Person]) -> tuple[str, ...]:
    """Return how the people found read a single typed 漢字 name, as keys, the most frequent first.

    Only names with family and given part separated in both 氏名 and ふりがな tell which part is read how. For several
    words, or a text without 漢字, nothing is returned.
    """
    keys = search_keys(text)
    if len(keys) != 1 or not _KANJI.search(text):
        return ()
    read: Counter[str] = Counter()
    for person in people:
        parts, sounds = person.name.split(), person.furigana.split()
        if len(parts) == len(sounds):
            read.update(
                sound
                for part, sound in zip(parts, map(name_key, sounds), strict=True)
                if name_key(part) == keys[0] and sound
            )
    return tuple(reading for reading, _ in read.most_common(_MAX_READINGS))


def _person_hits(
    database: Database, found: Sequence[tuple[Person, Organisation | None]], *, by_reading: bool = False
) -> tuple[PersonHit, ...]:
    """Return people found as hits, each with the latest event the person was entered for."""
    last = table.last_entries(database, [person.id for person, _ in found]) if found else {}
    hits = []
    for person, organisation in found:
        entry, event = last.get(person.id, (None, None))
        hits.append(
            PersonHit(
                person=person, organisation=organisation, entry=entry, event=event, is_found_by_reading=by_reading
            )
        )
    return tuple(hits)


@lru_cache(maxsize=2_000)
def matched_spans(text: str, keys: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return the parts of ``text`` (from, to) that match one of ``keys``; adjoining parts are joined.

    Positions refer to the unchanged ``text``: 「髙橋 恵子」 and the key of 「高橋」 give the first two characters.
    """
    ends = [0, *(len(name_key(text[:end])) for end in range(1, len(text) + 1))]
    whole = name_key(text)
    covered = [False] * len(text)
    for key in keys:
        at = whole.find(key)
        while key and at >= 0:
            first, last = _character_span(text, ends, at, at + len(key))
            covered[first:last] = [True] * (last - first)
            at = whole.find(key, at + 1)
    return _covered_spans(covered)


def other_spellings(search_text: str, names: Iterable[str], readings: Sequence[str]) -> tuple[str, ...]:
    """Return the characters and readings in ``names`` that matched although something else was typed, each once.

    Args: search_text: the words as typed. names: names found. readings: readings of the typed name also searched for.
    """
    keys = tuple(key for part in search_text.split() if (key := name_key(part)))
    plain = set(one_width(search_text))
    found: dict[str, None] = {}
    for name in names:
        for first, last in matched_spans(name, keys):
            for character in name[first:last]:
                if (
                    "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
                ) and character not in plain:
                    found[character] = None
    return (*found, *(reading for reading in readings if reading not in search_text))


def _character_span(text: str, ends: Sequence[int], first: int, last: int) -> tuple[int, int]:
    """Return the characters that produced the keys between two positions, with their combining marks."""
    begin = max(place for place, length in enumerate(ends) if length <= first)
    end = min(place for place, length in enumerate(ends) if length >= last)
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return min(begin, end), end


def _covered_spans(covered: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    """Return the runs of True in ``covered`` as pairs of start and end."""
    runs: list[tuple[int, int]] = []
    for place, on in enumerate(covered):
        if not on:
            continue
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return tuple(runs)


def name_finder(store: Store, responses: Iterable[SurveyResponse]) -> NameFinder | None:
    """Return a finder of everybody in the register, or None when the responses contain no free text to check.

    Names are found under any spelling (髙=高, kana, width), as everywhere in the application.
    """
    if not any(answer.text.strip() or answer.other for sheet in responses for answer in sheet.answers.values()):
        return None
    return NameFinder.with_keys(register.name_keys(store.database), name_key)
