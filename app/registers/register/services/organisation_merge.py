"""Finds likely duplicates for a person to check, and merges two 団体 in one undoable action.

People of the same name in different 団体 are proposed only if they share a telephone number."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, cast

from rapidfuzz.distance import Indel

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.programme.services import visit_words
from app.registers.register.rules import current_stages
from app.registers.register.services.letter_names import names_in_letters, old_names_in_letters
from app.registers.register.services.merging import (
    FieldChoice,
    Side,
    chosen_sides,
    duplicate_contact,
    field_choice,
    keep_large_print,
    merge_texts,
    move_contacts,
    move_memberships,
    read_pair,
)
from app.registers.register.services.person_merge import merge_person_into
from app.registers.register.services.renaming import update_name_copies
from db.engine import Database
from db.fields import editable_fields, specs
from db.journal import Change
from db.mapping import TABLE_OF, field_types
from db.name_key import name_key, organisation_name_key
from db.record import group_by_key, record
from db.records.applications import Application
from db.records.calls import Call
from db.records.dispatches import DispatchRequest
from db.records.documents import DocumentPassage, Letter
from db.records.events import Event
from db.records.organisations import (
    Contact,
    Membership,
    NotDouble,
    Organisation,
    Person,
    PlannedChange,
    RegisterPart,
    StageMark,
    Subsidy,
)
from db.records.participants import ExpectedCount
from db.records.roster import Entry
from db.records.year.proposal import PolicyLine
from db.rows import rows
from db.store import Store
from db.tables import organisations, register
from db.tables import organisations as table

_MIN_SIMILARITY = 0.85
_MIN_SIMILARITY_UNREAD = 0.88
_MIN_SIMILARITY_SAME_READING = 0.5
_MAX_GROUP_SIZE = 300
_MAX_DUPLICATES = 100
_KEPT_ONCE: Mapping[type, Callable[[Any], object]] = {
    StageMark: attrgetter("tool", "stage", "marked_on"),
    Subsidy: lambda row: replace(row, id=0, organisation_id=0),
    DocumentPassage: attrgetter("document_kind", "part"),
}
"""What makes two rows the same where both entries have one."""
_MERGED = frozenset({Person, Membership, Contact, PolicyLine, ExpectedCount, Letter})
_MOVED = tuple(kind for kind in TABLE_OF if "organisation_id" in field_types(cast(Any, kind)) and kind not in _MERGED)
"""Every kind of row that names a 団体, without those that a merge joins."""
_TOLD: Mapping[str, type] = {
    "活用の段階の記録": StageMark, "補助金": Subsidy, "申込": Application, "参加の記録": Entry,
    "入力した参加見込み": ExpectedCount,
    "派遣の実施回": Event, "届出の予定": PlannedChange, "支援方針": PolicyLine, "派遣希望票": DispatchRequest,
    "電話の記録": Call,
}  # fmt: skip
# Names that differ in one of these are different by purpose: 一丁目 and 二丁目, 東 and 西, 1号棟 and 2号棟.
_DISTINGUISHING_CHARACTERS = frozenset("0123456789一二三四五六七八九十百東西南北上中下前後左右本新旧元大小甲乙丙")


@record
class DuplicatePair:
    """Two entries that may be the same; ``first`` (``keep_id``) is the one registered earlier. Texts are as registered.

    ``affiliation`` is the 支部 of 団体, the 団体 of people (「A／B」); ``reason`` says why they may be the same.
    """

    kind: RegisterPart
    keep_id: int
    drop_id: int
    first: str
    second: str
    affiliation: str
    reason: str

    @property
    def id(self) -> tuple[str, int, int]:
        """Return kind and ids of the pair, by which lists recognise it."""
        return self.kind, self.keep_id, self.drop_id


def suggest_duplicates(store: Store) -> tuple[DuplicatePair, ...]:
    """Return at most 100 pairs of likely duplicates, 団体 first, in the order of the register.

    Pairs that were recorded as different (``NotDouble``) are left out.
    """
    database = store.database
    found = itertools.chain(
        _organisation_duplicates(organisations.all_organisations(database)), _person_duplicates(database)
    )
    apart = {(one.what, one.first_id, one.second_id) for one in rows(database, NotDouble)}
    seen: dict[tuple[str, int, int], DuplicatePair] = {}
    for one in found:
        if one.id not in apart:
            seen.setdefault(one.id, one)
        if len(seen) >= _MAX_DUPLICATES:
            break
    return tuple(seen.values())


def mark_as_distinct(context: ActionContext, *, what: RegisterPart, keep_id: int, drop_id: int) -> ActionResult:
    """Record that two similar entries are different, so that they are no longer proposed as duplicates.

    Args:
        what, keep_id, drop_id: the pair, as ``suggest_duplicates`` names it.

    Raises:
        UserError: the pair was recorded already.
    """
    first, second = sorted((keep_id, drop_id))
    if any(
        (one.what, one.first_id, one.second_id) == (what, first, second) for one in rows(context.database, NotDouble)
    ):
        raise UserError("この組は、もう別の登録になっています。", "一覧を開き直してください。")
    with context.change(f"{what}の2件を別の登録とした", "organisations") as change:
        row_id = change.insert(
            NotDouble(what=what, first_id=first, second_id=second, marked_on=context.today, by=context.by)
        )
    return ActionResult("別の登録として残しました。二重の登録には、もう並べません。", row_id)


def _organisation_duplicates(organisations: Sequence[Organisation]) -> Iterator[DuplicatePair]:
    """Yield pairs of 団体 of one 支部 with alike names or the same ふりがな.

    Where one 支部 is missing only the same name in another spelling counts.
    """
    by_branch = group_by_key((one.branch, (one, organisation_name_key(one.name))) for one in organisations)
    without = by_branch.get("", [])
    for branch, members in by_branch.items():
        pairs = itertools.chain(
            itertools.combinations(members, 2), itertools.product(members, without) if branch else ()
        )
        for (one, key), (other, other_key) in pairs:
            reason = _similarity_reason(one, other, key, other_key)
            if reason:
                first, second = sorted((one, other), key=lambda each: each.id)
                yield DuplicatePair(
                    kind=RegisterPart.ORGANISATION,
                    keep_id=first.id,
                    drop_id=second.id,
                    first=first.name,
                    second=second.name,
                    affiliation=first.branch or second.branch,
                    reason=reason,
                )


def _similarity_reason(organisation: Organisation, other: Organisation, key: str, other_key: str) -> str:
    """Return why two organisations may be the same, "" where they differ."""
    where = "同じ支部で、" if organisation.branch == other.branch else "片方に支部の登録がなく、"
    if key == other_key:
        return f"{where}名称が同じ（表記の違いだけ）"
    if organisation.branch != other.branch:
        return ""
    if organisation.furigana and name_key(organisation.furigana) == name_key(other.furigana):
        return f"{where}ふりがなが同じ"
    return f"{where}名称が似ている" if _are_similar(key, other_key, _MIN_SIMILARITY) else ""


def _are_similar(key: str, other_key: str, min_similarity: float) -> bool:
    """Return whether two keys are similar and do not differ in a character that distinguishes places."""
    if Indel.normalized_similarity(key, other_key) < min_similarity:
        return False
    for operation in Indel.editops(key, other_key):
        changed = key[operation.src_pos] if operation.tag == "delete" else other_key[operation.dest_pos]
        if changed in _DISTINGUISHING_CHARACTERS:
            return False
    return True


def _person_duplicates(database: Database) -> Iterator[DuplicatePair]:
    """Yield pairs of people with the same or a similar name in one 団体, or the same name and telephone."""
    by_name = register.people_with_same_name(database)
    yield from _pairs(database, by_name, "同じ団体で、氏名が同じ（表記の違いだけ）")
    yield from _pairs(database, register.people_with_same_phone(database), "氏名と電話番号が同じ")
    yield from _similar_people(database)


def _pairs(database: Database, groups: Iterable[Sequence[int]], reason: str) -> Iterator[DuplicatePair]:
    for group in groups:
        people = organisations.with_organisations(database, organisations.people_with_ids(database, sorted(group)))
        for (first, place), (second, other) in itertools.combinations(people, 2):
            words = dict.fromkeys(one.name for one in (place, other) if one is not None)
            yield DuplicatePair(
                kind=RegisterPart.PERSON,
                keep_id=first.id,
                drop_id=second.id,
                first=_person_text(first),
                second=_person_text(second),
                affiliation="／".join(words),
                reason=reason,
            )


def _similar_people(database: Database) -> Iterator[DuplicatePair]:
    """Yield pairs within one 団体 whose names begin alike and are similar, without those of different readings.

    With the same reading they need be less similar. 恵子 and 惠子 have the same key already and are not among them.
    """
    for members in register.people_by_organisation(database, max_people=_MAX_GROUP_SIZE):
        blocks = group_by_key((name[:1], (person_id, name, reading)) for person_id, name, reading in members)
        for block in blocks.values():
            for (one, name, reading), (other, other_name, other_reading) in itertools.combinations(block, 2):
                if name == other_name or (reading and other_reading and reading != other_reading):
                    continue
                if _are_similar(
                    name,
                    other_name,
                    _MIN_SIMILARITY_SAME_READING if reading and other_reading else _MIN_SIMILARITY_UNREAD,
                ):
                    yield from _pairs(database, [(one, other)], "同じ団体で、氏名が似ている")


def _person_text(person: Person) -> str:
    return f"{person.name}（{person.role}）" if person.role else person.name


@record
class OrganisationMerge:
    """Preview of merging two 団体.

    ``moves`` are lines of what goes over to ``keep`` (「申込　3件」). ``same_people`` are pairs (stays, goes) of people
    of the same name in any spelling, who may be merged as well.
    """

    keep: Organisation
    drop: Organisation
    choices: tuple[FieldChoice, ...]
    moves: tuple[str, ...]
    same_people: tuple[tuple[Person, Person], ...]


def preview_organisation_merge(store: Store, *, keep_id: int, drop_id: int) -> OrganisationMerge:
    """Return what merging ``drop_id`` into ``keep_id`` would change; nothing is written.

    Raises:
        UserError: one of them is gone, or both are the same entry.
    """
    database = store.database
    keep, drop = read_pair(database, Organisation, keep_id, drop_id)
    contacts = table.contacts_of_organisation(database, drop_id)
    standing = table.contacts_of_organisation(database, keep_id)
    doubles = sum(duplicate_contact(row, standing) is not None for row in contacts)
    more = fill_nonempty("（うち{}件は同じものがあるため1つにします）", doubles)
    counts = [
        ("役員・人", len(table.people_not_erased(database, drop_id)), "人", ""),
        ("連絡先", len(contacts), "件", more),
    ]
    counts += [
        (word, len(rows(database, kind, organisation_id=drop_id)), "回" if kind is Event else "件", "")
        for word, kind in _TOLD.items()
    ]
    return OrganisationMerge(
        keep=keep,
        drop=drop,
        choices=organisation_choices(keep, drop),
        moves=tuple(
            f"{visit_words(database, word)}　{count}{unit}{more}" for word, count, unit, more in counts if count
        ),
        same_people=_same_people(database, keep_id, drop_id),
    )


def organisation_choices(keep: Organisation, drop: Organisation) -> tuple[FieldChoice, ...]:
    """Return the fields of both 団体 as text, each with a proposed side."""
    sides = {name: (getattr(keep, name), getattr(drop, name)) for name in editable_fields(Organisation)}
    sides |= {"households": (_households(keep), _households(drop))}
    told = specs(Organisation)
    return tuple(
        field_choice(name, told[name].spec.label, *both, can_keep_both=name in ("support_policy", "note"))
        for name, both in sides.items()
    )


def merge_organisations(
    context: ActionContext,
    *,
    keep_id: int,
    drop_id: int,
    take: Mapping[str, Side] | None = None,
    people: Sequence[tuple[int, int]] = (),
) -> ActionResult:
    """Merge two entries of one 団体: every reference is moved, and of each field the side taken stays.

    Contacts, 段階, 補助金 and 役職 that both have alike are kept once; for one event numbers are added up, for one year
    支援方針 joined.

    Args:
        take: the side of a field where it is not the one proposed.
        people: pairs (stays, goes) of people that are merged as well.
    Raises:
        UserError: one of them is gone, or both are the same entry.
    """
    database = context.database
    keep, drop = read_pair(database, Organisation, keep_id, drop_id)
    sides = chosen_sides(organisation_choices(keep, drop), take or {})
    counted = drop if sides["households"] == "drop" else keep
    after = replace(
        keep,
        branch=merge_texts(sides["branch"], keep.branch, drop.branch),
        name=merge_texts(sides["name"], keep.name, drop.name),
        furigana=merge_texts(sides["furigana"], keep.furigana, drop.furigana),
        households=counted.households,
        households_text=counted.households_text,
        support_policy=merge_texts(sides["support_policy"], keep.support_policy, drop.support_policy),
        note=merge_texts(sides["note"], keep.note, drop.note),
    )
    names = names_in_letters(context.store, today=context.today)
    with context.change("同じ団体の2件の登録をまとめた", "organisations") as change:
        _move_people(change, database, keep_id, drop_id)
        for stays, goes in people:
            merge_person_into(change, database, stays, goes, {})
        _move_details(change, database, keep_id, drop_id)
        for one in (keep, drop):
            update_name_copies(change, database, one, after.name)
        _merge_policies(change, database, drop_id, keep_id)
        _merge_counts(change, database, drop, after)
        stages = current_stages(register.stage_marks(database, keep_id), {**drop.stages, **keep.stages})
        # Bearing the other name for a moment makes it a 旧称, by which search and lists find the entry that stays.
        change.update(Organisation, keep_id, name=drop.name)
        change.update(Organisation, keep_id, **vars(after) | {"stages": stages})
        change.delete(Organisation, drop_id)
    rest = old_names_in_letters(context.store, today=context.today, before=names)
    return ActionResult(f"「{after.name}」の2件の登録を1件にまとめました。{rest}", keep_id)


def _move_people(change: Change, database: Database, keep_id: int, drop_id: int) -> None:
    """Move people and their roles to the 団体 that stays; a role that both have alike is kept once."""
    for person in table.people(database, drop_id):
        change.update(Person, person.id, organisation_id=keep_id)
    move_memberships(
        change,
        register.memberships_of_organisation(database, keep_id),
        register.memberships_of_organisation(database, drop_id),
        organisation_id=keep_id,
    )


def _move_details(change: Change, database: Database, keep_id: int, drop_id: int) -> None:
    """Move contacts and whatever else belongs to the 団体; what is equal in both entries is kept once."""
    move_contacts(
        change,
        table.contacts_of_organisation(database, keep_id),
        table.contacts_of_organisation(database, drop_id),
        organisation_id=keep_id,
        person_id=None,
    )
    _move_letters(change, database, drop_id, keep_id)
    keep_large_print(change, database, {f"o{drop_id}": f"o{keep_id}"})
    for kind in _MOVED:
        same = _KEPT_ONCE.get(kind, attrgetter("id"))
        held = {same(row) for row in rows(database, kind, organisation_id=keep_id)}
        for row in rows(database, kind, organisation_id=drop_id):
            if same(row) in held:
                change.delete(kind, row.id)
            else:
                change.update(kind, row.id, organisation_id=keep_id)


def _move_letters(change: Change, database: Database, drop_id: int, keep_id: int) -> None:
    """Move the letters; of two of a kind the one to the 団体 that stays is asked for again, the other is in the log."""
    mine = rows(database, Letter, organisation_id=keep_id)
    for letter in rows(database, Letter, organisation_id=drop_id):
        others = [one.revision for one in mine if one.document_kind == letter.document_kind]
        revision = max(others) + letter.revision if others else letter.revision
        change.update(Letter, letter.id, organisation_id=keep_id, revision=revision)


def _merge_policies(change: Change, database: Database, drop_id: int, keep_id: int) -> None:
    """Move each 支援方針; where both have one for a year, join them so that no text is lost."""
    mine = {line.programme_id: line for line in rows(database, PolicyLine, organisation_id=keep_id)}
    for line in rows(database, PolicyLine, organisation_id=drop_id):
        known = mine.get(line.programme_id)
        if known is None:
            change.update(PolicyLine, line.id, organisation_id=keep_id)
            continue
        pairs = {name: (getattr(known, name), getattr(line, name)) for name in ("stage", "policy", "support")}
        joined = {name: "　".join(dict.fromkeys(text for text in pair if text)) for name, pair in pairs.items()}
        change.update(PolicyLine, known.id, **joined)
        change.delete(PolicyLine, line.id)


def _merge_counts(change: Change, database: Database, drop: Organisation, merged: Organisation) -> None:
    """Move the typed numbers of events; those of one event are added up."""
    mine = {row.event_id: row for row in rows(database, ExpectedCount, organisation_id=merged.id)}
    for row in rows(database, ExpectedCount, organisation_id=drop.id):
        known = mine.get(row.event_id)
        if known is None:
            change.update(ExpectedCount, row.id, organisation_id=merged.id)
            continue
        requests = "　".join(dict.fromkeys(part for part in (known.care_request, row.care_request) if part))
        change.update(
            ExpectedCount,
            known.id,
            people=known.people + row.people,
            own_devices=known.own_devices + row.own_devices,
            lent_devices=known.lent_devices + row.lent_devices,
            care_count=known.care_count + row.care_count,
            care_request=requests,
        )
        change.delete(ExpectedCount, row.id)


def _households(organisation: Organisation) -> str:
    """Return the number of households as 「120世帯」, or the text typed in its place; "" = unknown."""
    return organisation.households_text or (
        "" if organisation.households is None else f"{organisation.households:,}世帯"
    )


def _same_people(database: Database, keep_id: int, drop_id: int) -> tuple[tuple[Person, Person], ...]:
    """Return the pairs of people (stays, goes) of both 団体 with the same name in any spelling."""
    stays = {name_key(one.name): one for one in reversed(table.people(database, keep_id))}
    pairs = [(stays.get(name_key(one.name)), one) for one in table.people(database, drop_id)]
    return tuple((keep, drop) for keep, drop in pairs if keep is not None)
