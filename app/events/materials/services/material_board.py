"""The handouts of an event, with the state of each."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.event.rules.copies import CopiesNeeded, copies_to_prepare
from app.event.rules.expected_attendance import expected_totals
from app.event.services.event_records import EventRecords, MaterialRecords, handout_key, read_event_records
from db.query_cache import cached_queries
from db.store import Store

REVIEWING = "区が確認中"
UNTOLD = "結果未通知"
"""A corrected version is needed, but the contractor was not notified, so it is the ward's turn."""

RESUBMIT = "再提出待ち"
NOT_RECEIVED = "受領前"
CONFIRMED = "確認済"


@cached_queries
def read_handouts_to_check(store: Store, *, event_id: int) -> tuple[MaterialRecords, ...]:
    """Return every handout of an event, those 確認済 last; none if it is cancelled or without a check."""
    file = read_event_records(store, event_id)
    if not file.event.status.counts or needs_no_check(file):
        return ()
    return tuple(sorted(file.materials, key=lambda one: (state_of(one) == CONFIRMED, one.material.id)))


def state_of(handout: MaterialRecords) -> str:
    """Return the state of a handout, which says whose turn it is: a result counts only once it was notified."""
    latest = handout.latest
    if latest is None:
        return NOT_RECEIVED
    if latest.result is None:
        return REVIEWING
    if handout.not_notified:
        return UNTOLD
    return RESUBMIT if latest.result.is_resubmission else latest.result


def needs_no_check(records: EventRecords) -> bool:
    """Return whether the event uses only the handouts of the 講習会 (派遣), so that none is checked."""
    return not records.materials_needed


def copies_of(records: EventRecords) -> tuple[CopiesNeeded, bool]:
    """Return the copies needed, and whether they are final.

    They are for the notified number of people (final), unless a newer notice not yet sent or the expected number says
    another.
    """
    draft = next((row.people for row in records.notices if row.notified_on is None), None)
    return copies_to_prepare(
        records.notified_headcount.people if records.notified_headcount is not None else None,
        expected_totals(records.expected).people,
        draft_people=draft,
        held=records.event.status.is_held,
        asked=bool(records.kind.headcount_period),
    )


def notified_words(records: EventRecords, handout: MaterialRecords, today: date) -> str:
    """Return the newest version's notification in words: 「9/14(月) 通知」, 「通知のあとに変更」, 「未通知」.

    「見送り」 if somebody decided not to notify; "" before there is a result.
    """
    latest = handout.latest
    if latest is None or latest.result is None:
        return ""
    mine = [one.matter_status for one in records.notification_lines if one.key == handout_key(handout.material.id)]
    about = [one for one in mine if one.matter.version == latest.version]
    told = next(
        (
            one
            for one in about
            if one.notification is not None
            and one.notification.is_notified
            and one.notification.version == latest.version
        ),
        None,
    )
    if told is None or told.notification is None:
        return "見送り" if any(one.status == "見送り" for one in about) else "未通知"
    return "通知のあとに変更" if told.status == "変更あり" else f"{short_date(told.notification.told_on, today)} 通知"
