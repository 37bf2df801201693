"""Finds names of 団体 written before they were registered, and links them to the register in one action."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.programme.services import visit_words
from app.registers.register.intake import OrganisationIndex, match_organisation
from app.registers.register.services.letter_names import names_in_letters, old_names_in_letters
from app.registers.register.services.merging import keep_large_print
from app.registers.register.services.organisations import check_organisation, get_organisation, insert_organisation
from app.registers.register.services.person_merge import merge_person_into
from app.registers.register.services.registered_people import phone_key
from db.engine import Database
from db.journal import Change
from db.name_key import name_key, plain_organisation
from db.record import group_by_key, record
from db.records.applications import Application
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Membership, Organisation, Person
from db.records.participants import ExpectedCount
from db.records.presentations import Presentation
from db.records.roster import Entry
from db.redactions import is_redacted_text
from db.rows import rows
from db.store import Store
from db.tables import organisations as table

LinkAnswer = int | str
AS_NEW_ORGANISATION: Final = "new"
_RECORD_KINDS: tuple[tuple[type[Any], str, str, dict[str, Any]], ...] = (
    (Application, "申込", "件", {}),
    (Entry, "参加者", "人", {}),
    (ExpectedCount, "人数の表", "行", {}),
    (Event, "派遣", "回", {"form": EventForm.VISIT}),
    (Presentation, "事例発表", "件", {"of_contractor": False}),
)
"""Records that may name a 団体 without linking it: the class, its label and counter, and a filter."""


@record
class UnlinkedName:
    """One written name of a 団体, with every spelling that is read as the same.

    ``organisation`` is the registered one it clearly means, ``similar`` those it may mean, the likeliest first.
    ``locations_text`` says where it occurs, ``people_count`` how many of its people are registered without a 団体, and
    ``people_to_merge`` who of those is registered in ``organisation`` already. ``branches`` are the 支部 that the files
    of its applications name.
    """

    key: str
    spellings: tuple[str, ...]
    locations_text: str
    organisation: Organisation | None
    similar: tuple[Organisation, ...]
    people_count: int
    people_to_merge: tuple[str, ...]
    branches: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the spelling that was found first."""
        return self.spellings[0]

    @property
    def may_be_registered(self) -> bool:
        """Return whether the register has a 団体 that it may mean."""
        return self.organisation is not None or bool(self.similar)


@dataclass
class _UnlinkedRows:
    """The rows in which one name occurs, and the people who belong to it."""

    spellings: dict[str, None] = field(default_factory=dict)
    rows: list[tuple[type[Any], int]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    branches: dict[str, None] = field(default_factory=dict)


def find_organisation_id(database: Database, text: str) -> int | None:
    """Return the id of the 団体 that a typed name clearly means, None if none or several match."""
    if not text.strip():
        return None
    found = match_organisation(text, "", OrganisationIndex.of(table.all_organisations(database)))
    return found.organisation.id if found.organisation is not None else None


def read_unlinked_names(store: Store) -> tuple[UnlinkedName, ...]:
    """Return the written names that are not linked to a 団体, those that may mean a registered one first."""
    database = store.database
    found = _read_unlinked_rows(database)
    if not found:
        return ()
    index = OrganisationIndex.of(table.all_organisations(database))
    listed = []
    for key, one in found.items():
        match = match_organisation(next(iter(one.spellings)), "", index)
        known = match.organisation
        listed.append(
            UnlinkedName(
                key=key,
                spellings=tuple(one.spellings),
                locations_text=_locations_text(database, one.rows),
                organisation=known,
                similar=() if known is not None else match.candidates,
                people_count=len(one.people),
                branches=tuple(one.branches),
                people_to_merge=tuple(person.name for person, _ in _people_to_merge(database, one.people, known))
                if known
                else (),
            )
        )
    return tuple(sorted(listed, key=lambda one: (one.organisation is None, not one.similar)))


def unlinked_notice(database: Database, *names: str) -> str:
    """Return a sentence about other places where the 団体 ``names`` occur unlinked, "" if there are none."""
    found = _read_unlinked_rows(database)
    keys = set(map(plain_organisation, names))
    where = _locations_text(database, [row for key, one in found.items() if key in keys for row in one.rows])
    if not where:
        return ""
    return f"同じ団体名が、{where}に書かれています。「団体」の「名簿にない団体名」で結び付けられます。"


def link_names(context: ActionContext, *, answers: Mapping[str, LinkAnswer]) -> ActionResult:
    """Link written names to 団体 in applications, rosters, numbers, 派遣 and 発表, and assign their people.

    The texts stay as written. An applicant with the same name as one person of that 団体 is merged with that person,
    unless both have telephone numbers and none in common.

    Args:
        answers: by ``UnlinkedName.key``: the id of a registered 団体, or ``AS_NEW_ORGANISATION`` to add it
            as it was written, followed by its 支部 where the files name several.
    Raises:
        UserError: nothing was answered, a name no longer occurs, a 団体 is gone, or a new one can't be added.
    """
    database = context.database
    if not answers:
        raise UserError("どの団体かが、まだ選ばれていません。", "1つ以上選んでください。")
    found = _read_unlinked_rows(database)
    if not answers.keys() <= found.keys():
        raise UserError("選んだ団体名は、もう結び付いています。", "一覧を開き直してください。")
    known = {}
    new = {}
    for key, answer in answers.items():
        if isinstance(answer, int):
            known[key] = get_organisation(database, answer).id
            continue
        one = found[key]
        only = next(iter(one.branches)) if len(one.branches) == 1 else ""
        branch = answer.removeprefix(AS_NEW_ORGANISATION) or only
        new[key] = Organisation(name=next(iter(one.spellings)).strip(), branch=branch)
        check_organisation(database, new[key])
    joined, names = 0, names_in_letters(context.store, today=context.today)
    with context.change(f"書かれた団体名を名簿と結び付けた（{len(answers)}団体）", "organisations") as change:
        for key, organisation in new.items():
            known[key] = insert_organisation(change, context, organisation)
        for key, organisation_id in known.items():
            for kind, row_id in found[key].rows:
                change.update(kind, row_id, organisation_id=organisation_id)
            joined += _assign_people(change, database, found[key].people, organisation_id)
        keep_large_print(change, database, {f"n{key}": f"o{number}" for key, number in known.items()})
    count = sum(len(found[key].rows) for key in answers)
    added = fill_nonempty("{}団体を名簿に加え、", len(new))
    one_person = fill_nonempty("同じ人の登録{}件は1件にまとめました。", joined)
    return ActionResult(
        f"{added}申込などに書かれた{count}か所を、名簿の{len(answers)}団体と結び付けました。{one_person}"
        + old_names_in_letters(context.store, today=context.today, before=names)
    )


def _read_unlinked_rows(database: Database) -> dict[str, _UnlinkedRows]:
    """Return the rows without a registered 団体, by the folded key of the written name; erased names are left out.

    A person without a registered 団体 is at the name that all of their roster entries have, with several at none.
    """
    found: dict[str, _UnlinkedRows] = defaultdict(_UnlinkedRows)
    names_of: dict[int, set[str]] = defaultdict(set)
    for kind, _word, _unit, which in _RECORD_KINDS:
        for one in rows(database, kind, organisation_id=None, **which):
            if not (name := one.organisation_name.strip()) or is_redacted_text(name):
                continue
            key = plain_organisation(name)
            found[key].spellings[name] = None
            found[key].rows.append((kind, one.id))
            if isinstance(one, Application) and one.branch.strip():
                found[key].branches[one.branch.strip()] = None
            if isinstance(one, Entry) and one.person_id is not None:
                names_of[one.person_id].add(key)
    if names_of:
        for person in rows(database, Person, id=set(names_of), organisation_id=None):
            key, *others = names_of[person.id]
            # Whoever came for two 団体 belongs to the one that a person says.
            if not others and not is_redacted_text(person.name):
                found[key].people.append(person)
    return dict(found)


def _locations_text(database: Database, found: Iterable[tuple[type[Any], int]]) -> str:
    """Return in which records the rows found are, and how many in each (「申込2件・参加者3人」); "" without any."""
    counts = Counter(kind for kind, _ in found)
    named = [(visit_words(database, word), counts[kind], unit) for kind, word, unit, _which in _RECORD_KINDS]
    return "・".join(f"{word}{count}{unit}" for word, count, unit in named if count)


def _people_to_merge(
    database: Database, people: Iterable[Person], organisation: Organisation | None
) -> Iterator[tuple[Person, Person]]:
    """Yield the pairs (who goes, who stays) of ``people`` who are in the 団体 already, with no other phone."""
    members = group_by_key(
        (name_key(one.name), one)
        for one in (table.people(database, organisation.id) if organisation is not None else ())
    )
    for person in people:
        same = members.get(name_key(person.name), [])
        if len(same) == 1 and not _have_different_phones(database, person, same[0]):
            yield person, same[0]


def _have_different_phones(database: Database, one: Person, other: Person) -> bool:
    """Return whether both have telephone numbers and none in common, so that they are two people of one name."""
    ours, theirs = (
        {phone_key(each.value) for each in table.contacts_of_person(database, person.id) if each.kind.is_phone} - {""}
        for person in (one, other)
    )
    return bool(ours and theirs) and not ours & theirs


def _assign_people(change: Change, database: Database, people: Iterable[Person], organisation_id: int) -> int:
    """Assign ``people`` to the 団体; return how many of them were merged with somebody of it."""
    waiting = list(people)
    organisation = get_organisation(database, organisation_id)
    joins = {person.id: stays for person, stays in _people_to_merge(database, waiting, organisation)}
    for person in waiting:
        if person.id in joins:
            merge_person_into(change, database, joins[person.id].id, person.id, {})
            continue
        change.update(Person, person.id, organisation_id=organisation_id)
        change.insert(Membership(person_id=person.id, organisation_id=organisation_id, role=person.role))
    return len(joins)
