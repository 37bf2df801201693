"""The rows of a list for each purpose: what its columns hold, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.subjects.events.rules.attendance import headcount_totals
from app.subjects.events.services.expected_counts import expected_of
from app.subjects.roster.rules.roster_numbers import numbers_to_give
from app.subjects.roster.services.roster import Roster, RosterRow
from db.records.organisations import Contact
from db.store import Store
from db.tables import organisations

CARE_MARK = "●"
_NO_ROLE = "役職なし・不明"
Rows = list[tuple[str, ...]]


def _photo(row: RosterRow) -> str:
    return "撮影不可" if row.entry.photo == "不可" else ""


def _for_door(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    """In the order and with the numbers of the 受付名簿, also where they are given only when it leaves."""
    coming = numbers_to_give([row.entry for row in roster.rows], organisations.everything(store.database))
    numbers = {row.entry.id: row.entry.number or coming.get(row.entry.id, 0) for row in roster.door}
    return [
        (
            str(numbers[row.entry.id] or ""), row.organisation_name, row.branch, row.name, row.furigana, row.role,
            row.entry.device, str(row.entry.group_number or ""), row.entry.seat,
            CARE_MARK if row.entry.care.strip() else "", _photo(row),
        )
        for row in sorted(roster.door, key=lambda row: numbers[row.entry.id])
    ]  # fmt: skip


def _for_tags(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    return [
        (row.name, row.furigana, row.organisation_name, _photo(row)) for row in roster.door if row.person is not None
    ]


def _for_calls(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    return [
        (row.organisation_name, row.branch, row.name, _contact(store, row, "電話"), _contact(store, row, "メール"))
        for row in roster.coming
    ]


def _contact(store: Store, row: RosterRow, kind: str) -> str:
    """The person's own, else that of the 団体."""
    found: Sequence[Contact] = ()
    if row.entry.person_id is not None:
        found = organisations.contacts_of_person(store.database, row.entry.person_id)
    own = [one.value for one in found if one.kind == kind]
    if not own and row.organisation is not None:
        of_group = organisations.contacts_of_organisation(store.database, row.organisation.id)
        own = [one.value for one in of_group if one.kind == kind]
    return "、".join(dict.fromkeys(own))


def _for_headcount(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    totals = headcount_totals(expected_of(store.database, roster.event))
    return [
        ("参加予定人数", f"{totals.people}人"),
        ("団体数", f"{totals.organisations}団体"),
        ("持参する端末", f"{totals.own_devices}台"),
        ("貸与する端末", f"{totals.lent_devices}台"),
        ("配慮の必要な方", f"{totals.care_count}件"),
    ]


def _for_ward(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    applied: Counter[tuple[str, str]] = Counter()
    came: Counter[tuple[str, str]] = Counter()
    for row in roster.rows:
        key = (row.organisation_name or "団体なし", row.branch)
        applied[key] += not row.entry.walk_in and row.entry.substitute_for is None
        came[key] += row.entry.attendance == "出席"
    return [(name, branch, f"{count}人", f"{came[name, branch]}人") for (name, branch), count in applied.items()]


def _for_lecturer(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    people = roster.coming
    roles = Counter(row.role or _NO_ROLE for row in people)
    devices = Counter(
        {"持参": "端末を持参", "貸与": "端末を貸与"}.get(row.entry.device, "端末は未定") for row in people
    )
    cares = sum(bool(row.entry.care.strip()) for row in people)
    rows = [
        ("参加予定人数", f"{len(people)}人"),
        *((f"役職　{role}", f"{count}人") for role, count in roles.most_common()),
    ]
    rows += [(words, f"{count}人") for words, count in sorted(devices.items())]
    return [*rows, ("配慮の必要な方", f"{cares}人")]


ROWS: Final[Mapping[str, Callable[[Store, Roster], Rows]]] = {
    "受付用": _for_door, "名札用": _for_tags, "中止連絡用": _for_calls, "人数連絡用": _for_headcount, "区内報告用": _for_ward,
    "講師への参考": _for_lecturer,
}  # fmt: skip
"""By the name of the purpose."""
