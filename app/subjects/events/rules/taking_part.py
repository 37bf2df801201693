"""Which entries count as coming, and the numbers they add up to for 人数連絡 (仕様書4 エ)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.records.organisations import Organisation
from db.records.participants import ExpectedCount
from db.records.roster import Arrangement, Entry

COMING = ("申込", "決定")
NOTHING_NEEDED = "手配不要"
"""The content of an arrangement that says: this 配慮 was looked at, and nothing has to be arranged for it."""


def is_coming(entry: Entry) -> bool:
    """Whether the entry holds a place: applied or chosen, and no absence told; a walk-in was never expected.

    Everybody who applied takes part until a choice or a 抽選 says otherwise; a place still without a name counts.
    """
    return entry.state in COMING and entry.absent_told_at is None and not entry.walk_in


def was_expected(entry: Entry) -> bool:
    """Whether the entry belongs on the 受付名簿: coming, or come without an application."""
    return is_coming(entry) or (entry.walk_in and entry.state in COMING)


def expected_counts(
    entries: Iterable[Entry],
    organisations: Mapping[int, Organisation],
    arrangements: Iterable[Arrangement] = (),
) -> list[ExpectedCount]:
    """The coming entries of one event as numbers by 団体, in the order of first application; no name goes out.

    ``care_request`` holds what is to be prepared (the arrangements), never what a person wrote.
    """
    wanted: dict[int, list[str]] = {}
    for row in arrangements:
        if row.entry_id is not None and row.content != NOTHING_NEEDED:
            wanted.setdefault(row.entry_id, []).append(row.content.strip() or row.kind)
    counts: dict[int | str, ExpectedCount] = {}
    for entry in entries:
        if not is_coming(entry):
            continue
        organisation = organisations.get(entry.organisation_id or 0)
        name = organisation.name if organisation else entry.organisation_name or "団体名なし"
        key: int | str = organisation.id if organisation else name
        before = counts.get(key) or ExpectedCount(
            event_id=entry.event_id,
            position=len(counts),
            organisation_id=organisation.id if organisation else None,
            organisation_name=name,
            people=0,
        )
        counts[key] = ExpectedCount(
            event_id=before.event_id,
            position=before.position,
            organisation_id=before.organisation_id,
            organisation_name=before.organisation_name,
            people=before.people + 1,
            own_devices=before.own_devices + (entry.device == "持参"),
            lent_devices=before.lent_devices + (entry.device == "貸与"),
            care_count=before.care_count + bool(entry.care.strip()),
            care_request="、".join(part for part in (before.care_request, *wanted.get(entry.id, ())) if part),
        )
    return list(counts.values())
