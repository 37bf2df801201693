"""Who counts as 申込, 決定, 参加予定, 出席 and 欠席: the one definition of each, for every screen and every paper
(仕様書4 エ)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.common.join_nonempty import join_nonempty
from db.frozen_record import frozen_record
from db.name_key import organisation_key
from db.records.organisations import Organisation
from db.records.participants import ExpectedCount
from db.records.roster import Arrangement, Entry

COMING_STATES = ("申込", "決定")
DECIDED_STATES = ("決定", "補欠", "落選")
"""The states that only a decision on who comes gives."""
NO_ARRANGEMENT_NEEDED = "手配不要"
"""The content of an arrangement that says: this 配慮 was looked at, and nothing has to be arranged for it."""
DEFINITIONS: Final = (
    ("申込", "申し込んだ人数。落選・補欠・辞退の方を含み、当日受付・代理の方を含まない。"),
    ("決定", "参加を決めた人数。決める前は、辞退を除く申込。欠席の連絡があった方を含む。"),
    ("参加予定", "決定−欠席連絡＋代理。当日受付の方を含まない。"),
    ("出席", "受付した人数。当日受付の方を含む。"),
    ("欠席", "決定−出席＋当日受付−未確認。欠席連絡と当日欠席の和。"),
    ("未確認", "決定のうち、出席とも欠席とも決めていない人数。"),
    ("遅刻", "出席のうち、遅れて来た人数。"),
    ("回収率", "回収÷出席。"),
)
"""Each word of the numbers of people as window and papers use it, in the words of the window."""


@frozen_record
class ParticipationCounts:
    """The numbers of people of one event, by ``DEFINITIONS``; 団体 count once, people without one add none.

    ``lent_devices`` and ``own_devices`` are those of the people who came, ``told_absent`` who told of an absence,
    ``substitutes`` (代理) and ``late`` (遅刻) are among those who came. ``unmarked`` (未確認) held a place, and nobody
    has said whether they came.
    """

    applied: int
    applied_organisations: int
    decided: int
    decided_organisations: int
    expected: int
    expected_organisations: int
    attended: int
    attended_organisations: int
    absent: int
    absence_notified: int
    walk_ins: int
    substitutes: int
    late: int
    lent_devices: int
    own_devices: int
    unmarked: int


def count_participation(entries: Sequence[Entry]) -> ParticipationCounts:
    """Count the entries of one event.

    A place that a substitute took over is one place, and 欠席 is one who held a place and did not come, so that
    決定＋当日受付 = 出席＋欠席＋未確認. Before anybody is marked all who told nothing are 未確認, never 欠席.
    """
    applied = [entry for entry in entries if has_applied(entry)]
    decided = decided_entries(entries)
    expected = [entry for entry in entries if is_coming(entry)]
    came = attended_entries(entries)
    walked = [entry for entry in came if entry.walk_in]
    return ParticipationCounts(
        applied=len(applied),
        applied_organisations=_count_organisations(applied),
        decided=len(decided),
        decided_organisations=_count_organisations(decided),
        expected=len(expected),
        expected_organisations=_count_organisations(expected),
        attended=len(came),
        attended_organisations=_count_organisations(came),
        absent=len(absent_entries(entries)),
        absence_notified=sum(entry.absent_told_at is not None for entry in decided),
        walk_ins=len(walked),
        substitutes=sum(entry.substitute_for is not None for entry in came),
        late=sum(entry.late for entry in came),
        lent_devices=sum(entry.device == "貸与" for entry in came),
        own_devices=sum(entry.device == "持参" for entry in came),
        unmarked=sum(map(_is_unmarked, decided)),
    )


def attended_entries(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that count as 出席."""
    return [entry for entry in entries if entry.attendance == "出席" and entry.state in COMING_STATES]


def absent_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that count as 欠席: a place was held, and somebody said that they did not come."""
    return [entry for entry in decided_entries(entries) if entry.attendance != "出席" and not _is_unmarked(entry)]


def _is_unmarked(entry: Entry) -> bool:
    return not entry.attendance and entry.absent_told_at is None


def has_applied(entry: Entry) -> bool:
    """Whether the entry counts as 申込: it came as an application, whatever became of it."""
    return not entry.walk_in and entry.substitute_for is None


def has_withdrawn(entry: Entry) -> bool:
    """Whether the entry was given up (辞退); who was moved to another event has a place there instead."""
    return entry.state == "辞退" and entry.moved_to is None


def decided_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that count as 決定: a place was given to them, or nobody has chosen yet.

    Who told an absence before places were given was never chosen, and so is not among them afterwards.
    """
    declined = {entry.id for entry in entries_declined_before_choice(entries)}
    living = [entry for entry in entries if entry.state in COMING_STATES and entry.id not in declined]
    replaced = {entry.substitute_for for entry in living if entry.substitute_for is not None}
    return [
        entry
        for entry in living
        if not entry.walk_in
        and not (entry.id in replaced and entry.absent_told_at is not None and entry.attendance != "出席")
    ]


def copy_as_new_entry(entry: Entry) -> Entry:
    """Return a further place like ``entry``: nothing that was given, told or noted at that one goes with it."""
    return replace(
        entry,
        id=0,
        number=None,
        admission=None,
        group_number=None,
        seat="",
        waiting_order=None,
        attendance="",
        attended_at=None,
        absent_told_at=None,
        absent_note="",
        late=False,
        substitute_for=None,
        moved_to=None,
    )


def entries_declined_before_choice(entries: Iterable[Entry]) -> list[Entry]:
    """Return who told an absence while still 申込 and got no place when places were given (決定) to others."""
    known = list(entries)
    if not any(entry.state == "決定" and not entry.walk_in for entry in known):
        return []
    return [
        entry
        for entry in known
        if entry.state == "申込"
        and entry.absent_told_at is not None
        and entry.attendance != "出席"
        and not any(one.substitute_for == entry.id for one in known)
    ]


def _count_organisations(entries: Iterable[Entry]) -> int:
    return len({entry.organisation_key for entry in entries} - {""})


def is_coming(entry: Entry) -> bool:
    """Whether the entry holds a place: applied or chosen, and no absence told; a walk-in was never expected.

    Everybody who applied takes part until a choice or a 抽選 says otherwise; a place still without a name counts.
    """
    return entry.state in COMING_STATES and entry.absent_told_at is None and not entry.walk_in


def is_on_check_in_list(entry: Entry) -> bool:
    """Whether the entry belongs on the 受付名簿: coming, or come without an application."""
    return is_coming(entry) or (entry.walk_in and entry.state in COMING_STATES)


def expected_counts(
    entries: Iterable[Entry],
    organisations: Mapping[int, Organisation],
    arrangements: Iterable[Arrangement],
) -> list[ExpectedCount]:
    """The coming entries of one event as numbers by 団体, in the order of first application; no name goes out.

    ``care_request`` holds what is to be prepared (the arrangements), never what a person wrote.
    """
    wanted: dict[int, list[str]] = {}
    for row in arrangements:
        if row.entry_id is not None and row.content != NO_ARRANGEMENT_NEEDED:
            wanted.setdefault(row.entry_id, []).append(row.content.strip() or row.kind)
    counts: dict[int | str, ExpectedCount] = {}
    for entry in entries:
        if not is_coming(entry):
            continue
        organisation = organisations.get(entry.organisation_id or 0)
        name = organisation.name if organisation else entry.organisation_name or "団体名なし"
        key = organisation_key(organisation.id if organisation else None, name)
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
            care_request=join_nonempty(before.care_request, *wanted.get(entry.id, ()), separator="、"),
        )
    return list(counts.values())
