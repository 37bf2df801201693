"""Defines 申込, 決定, 参加予定, 出席 and 欠席 for every screen and document (仕様書4 エ)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.common.join_nonempty import fill_nonempty, join_nonempty
from db.name_key import organisation_key
from db.record import RowsById, group_by_key, record
from db.records.organisations import Organisation
from db.records.participants import NO_ORGANISATION, ExpectedCount
from db.records.roster import Arrangement, Attendance, ComesAgain, Entry, TabletLoan

NO_ARRANGEMENT_NEEDED = "手配不要"
"""Content of an arrangement that records that a 配慮 was reviewed and needs nothing."""
AWAITED = "確認中"
"""Stands beside whoever was asked whether he comes after all and did not answer."""
DEFINITIONS = (
    ("申込", "申し込んだ人数。落選・補欠・辞退・決定取消の方を含み、当日受付・代理の方を含まない。"),
    ("決定", "参加を決めた人数。決める前は、辞退を除く申込。欠席の連絡があった方を含む。"),
    ("参加予定", "決定−欠席連絡＋代理−確認中。当日受付の方を含まない。"),
    ("出席", "受付した人数。当日受付の方を含む。"),
    ("欠席", "決定−出席＋当日受付−未確認。欠席連絡と当日欠席の和。"),
    ("未確認", "決定のうち、出席とも欠席とも決めていない人数。"),
    ("遅刻", "出席のうち、遅れて来た人数。"),
    ("回収率", "回収÷出席。"),
)
"""Each term for numbers of people, with its definition as shown in the window."""


@record
class ParticipationCounts:
    """Numbers of people of one event by ``DEFINITIONS``; a 団体 counts once, people without one add no 団体.

    Attributes:
        lent_devices, own_devices: devices of the people who came.
        absence_notified: people who reported an absence.
        substitutes, late: 代理 and 遅刻 among those who came.
        unmarked: 未確認, people with a place of whom nobody recorded whether they came.
    """

    applied: int
    applied_organisations: int
    decided: int
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


def count_participation(entries: Sequence[Entry], loans: Iterable[TabletLoan] = ()) -> ParticipationCounts:
    """Return the numbers of people of one event; of ``loans`` only a tablet that was handed over counts as lent.

    A place that a substitute took over is one place, and 欠席 is somebody with a place who did not come, so that
    決定＋当日受付 = 出席＋欠席＋未確認. Before anybody is marked, all who reported no absence are 未確認, never 欠席.
    """
    applied = [entry for entry in entries if has_applied(entry)]
    decided = decided_entries(entries)
    expected = [entry for entry in entries if is_expected(entry)]
    came = attended_entries(entries)
    walked = [entry for entry in came if entry.walk_in]
    # What somebody wished for is no record of what he used.
    borrowers = {one.entry_id for one in loans if one.out_at}
    return ParticipationCounts(
        applied=len(applied),
        applied_organisations=_count_organisations(applied),
        decided=len(decided),
        expected=len(expected),
        expected_organisations=_count_organisations(expected),
        attended=len(came),
        attended_organisations=_count_organisations(came),
        absent=len(absent_entries(entries)),
        absence_notified=sum(entry.absent_told_at is not None for entry in decided),
        walk_ins=len(walked),
        substitutes=sum(entry.substitute_for is not None for entry in came),
        late=sum(entry.late for entry in came),
        lent_devices=sum(entry.device.is_lent and entry.id in borrowers for entry in came),
        own_devices=sum(entry.device.is_own for entry in came),
        unmarked=sum(map(_is_unmarked, decided)),
    )


def groups_words(organisations: int, without_organisation: int) -> str:
    """Return 「4団体」「4団体と団体のない方1人」「団体のない方1人」, "" for nobody: people without a 団体 are none."""
    return join_nonempty(
        fill_nonempty("{}団体", organisations),
        fill_nonempty("団体のない方{}人", without_organisation),
        separator="と",
    )


def attended_entries(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that count as 出席."""
    return [entry for entry in entries if entry.attendance.is_present and entry.state.is_coming]


def absent_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that count as 欠席: they had a place and were marked as not come, or reported an absence."""
    return [entry for entry in decided_entries(entries) if not entry.attendance.is_present and not _is_unmarked(entry)]


def _is_unmarked(entry: Entry) -> bool:
    return not entry.attendance and entry.absent_told_at is None


def has_applied(entry: Entry) -> bool:
    """Return whether the entry counts as 申込: it began as an application, whatever its state now."""
    return not entry.walk_in and entry.substitute_for is None


def has_withdrawn(entry: Entry) -> bool:
    """Return whether the entry is 辞退; somebody moved to another event has not withdrawn."""
    return entry.state.is_withdrawn and entry.moved_to is None


def decided_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that count as 決定: those in state 申込 or 決定 that are no walk-in.

    Left out are those who reported an absence before the selection, and those who reported one later, did not come all
    the same and have a substitute, who counts in their place.
    """
    declined = {entry.id for entry in entries_declined_before_choice(entries)}
    living = [entry for entry in entries if entry.state.is_coming and entry.id not in declined]
    replaced = {entry.substitute_for for entry in living if entry.substitute_for is not None}
    return [
        entry
        for entry in living
        if not entry.walk_in
        and not (entry.id in replaced and entry.absent_told_at is not None and not entry.attendance.is_present)
    ]


def photo_marks(entries: Iterable[Entry]) -> dict[int, str]:
    """Return by place what the door and its lists say of photographing somebody; "" for all where nobody was asked.

    It is 掲載不可 where only the publishing was refused.
    """
    every = list(entries)
    if not any(entry.photo for entry in every):
        return {entry.id: "" for entry in every}
    return {entry.id: "" if entry.pictures.is_given else _photo_mark(entry) for entry in every}


def _photo_mark(entry: Entry) -> str:
    return f"{'撮影' if entry.photo == entry.pictures else '掲載'}{entry.pictures or '未確認'}"


NO_WORDS: Mapping[str, Any] = {"words": "", "words_use": "", "photo_words": "", "publication": ""}
"""The values of a place whose person said nothing in his own words."""


def copy_as_new_entry(entry: Entry) -> Entry:
    """Return a new place like ``entry``, without anything that was assigned or recorded for that one."""
    return replace(
        entry,
        id=0,
        number=None,
        admission=None,
        group_number=None,
        seat="",
        waiting_order=None,
        state_before=None,
        waiting_before=None,
        attendance=Attendance.UNKNOWN,
        attended_at=None,
        absent_told_at=None,
        absent_note="",
        late=False,
        substitute_for=None,
        moved_to=None,
        comes_again=ComesAgain.NOT_ASKED,
    )


def place_to_keep(entry: Entry) -> dict[str, Any]:
    """Return the values that keep the place which an entry loses; an absence took the order away already."""
    if entry.state == "辞退":
        return {}
    kept = {"state_before": entry.state}
    return kept if entry.absent_told_at is not None else kept | {"waiting_before": entry.waiting_order}


def withdrawal(entry: Entry) -> dict[str, Any]:
    """Return the values by which an entry becomes 辞退 and keeps the place that it had."""
    return {"state": "辞退", "waiting_order": None, **place_to_keep(entry)}


def entries_declined_before_choice(entries: Iterable[Entry]) -> list[Entry]:
    """Return who reported an absence while 申込 and so got no place in the selection.

    Nobody before a selection was made; left out is who came all the same or has a substitute.
    """
    known = list(entries)
    if not any(entry.state.is_chosen and not entry.walk_in for entry in known):
        return []
    return [
        entry
        for entry in known
        if entry.state.is_applied
        and entry.absent_told_at is not None
        and not entry.attendance.is_present
        and not any(one.substitute_for == entry.id for one in known)
    ]


def _count_organisations(entries: Iterable[Entry]) -> int:
    return len({entry.organisation_key for entry in entries} - {""})


def is_coming(entry: Entry) -> bool:
    """Return whether the entry has a place: applied or selected, no absence reported; no walk-in.

    Every applicant takes part until a selection or 抽選 says otherwise; a place without a name yet counts.
    """
    return entry.state.is_coming and entry.absent_told_at is None and not entry.walk_in


def is_expected(entry: Entry) -> bool:
    """Return whether the entry counts as 参加予定: whoever is asked whether he comes keeps his place uncounted."""
    return is_coming(entry) and not entry.awaits_answer


def is_on_check_in_list(entry: Entry) -> bool:
    """Return whether the entry belongs on the 受付名簿: coming, or a walk-in that has not withdrawn."""
    return is_coming(entry) or (entry.walk_in and entry.state.is_coming)


UNDECIDED_CARE = "手配を確認中"
"""What the contractor is told of a 配慮 for which nothing was arranged yet, nor decided that nothing is needed."""


def expected_counts(
    entries: Iterable[Entry],
    organisations: RowsById[Organisation],
    arrangements: Iterable[Arrangement],
) -> list[ExpectedCount]:
    """Return the coming entries of one event as numbers by 団体 without names, each 団体 where it first appears.

    ``care_request`` holds the arrangements of which the contractor may be told and which are still to be made, never
    the text a person wrote.
    """
    made = group_by_key(
        (
            row.entry_id,
            row.content.strip() or row.kind
            if row.content != NO_ARRANGEMENT_NEEDED and row.to_contractor.may_be_told and not row.refused_because
            else "",
        )
        for row in arrangements
    )
    counts: dict[int | str, ExpectedCount] = {}
    for entry in entries:
        if not is_expected(entry):
            continue
        organisation = organisations.get(entry.organisation_id)
        written = entry.organisation_name if entry.organisation_name.strip() else NO_ORGANISATION
        name = organisation.name if organisation else written
        key = organisation_key(organisation.id if organisation else None, name)
        undecided = [UNDECIDED_CARE] if entry.care.strip() else []
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
            own_devices=before.own_devices + (entry.device.is_own),
            lent_devices=before.lent_devices + (entry.device.is_lent),
            care_count=before.care_count + bool(entry.care.strip()),
            care_request=join_nonempty(before.care_request, *made.get(entry.id, undecided), separator="、"),
        )
    return list(counts.values())


def waitlist_entries(entries: Iterable[Entry]) -> list[Entry]:
    """Return the 補欠 in their order, without those who reported an absence."""
    waiting = [entry for entry in entries if entry.state.is_waiting and entry.absent_told_at is None]
    return sorted(waiting, key=lambda one: (one.waiting_order is None, one.waiting_order or 0, one.id))


def renumbered_waitlist(entries: Iterable[Entry]) -> dict[int, int]:
    """Return by entry id the numbers of 補欠 that change since some have left the list; the order is kept."""
    numbered = enumerate(waitlist_entries(entries), 1)
    return {entry.id: number for number, entry in numbered if entry.waiting_order != number}
