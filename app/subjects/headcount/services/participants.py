"""Expected numbers of participants and telling them to the contractor (参加人数連絡書, 変更連絡).

- ``read_headcount(store, event_id, today) -> HeadcountView``
- ``set_expected_counts(store, event_id, rows, by, now) -> Saved`` (``rows``: ``ExpectedCount`` without id or position)
- ``set_count_source(store, event_id, source, by, now) -> Saved`` (``source`` 「名簿」 or 「入力」)
- ``make_headcount_notice(store, event_id, reason, by, now) -> Saved`` – the snapshot; does not close the deadline
- ``mark_headcount_told(store, notice_id, told_to, told_how, told_by, told_on, by, now) -> Saved`` – closes it
- ``remove_headcount_notice(store, notice_id, by, now) -> Saved`` – only while it was not told
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.rules.attendance import headcount_totals
from app.subjects.events.services.event_file import required_event
from app.subjects.events.services.expected_counts import expected_of
from app.subjects.headcount.services.headcount_notices import (
    make_headcount_notice,
    mark_headcount_told,
    remove_headcount_notice,
)
from app.subjects.headcount.services.headcount_view import (
    CountDifference,
    HeadcountView,
    NoticeRow,
    OrganisationChoice,
    read_headcount,
)
from db.records.events import CountSource, Event
from db.records.participants import ExpectedCount
from db.store import Store
from db.tables import organisations
from db.tables import participants as table

__all__ = [
    "CountDifference",
    "HeadcountView",
    "NoticeRow",
    "OrganisationChoice",
    "make_headcount_notice",
    "mark_headcount_told",
    "read_headcount",
    "remove_headcount_notice",
    "set_count_source",
    "set_expected_counts",
]


def set_expected_counts(store: Store, *, event_id: int, rows: Sequence[ExpectedCount], by: str, now: datetime) -> Saved:
    """Make ``rows`` the expected numbers, in the order given; 団体名 are kept exactly as typed.

    A row with an ``id`` keeps it; a name that stands in the register exactly so is linked to it.

    Raises:
        Refusal: a row without a 団体 or with a number below zero. Above capacity only warns.
    """
    event = required_event(store.database, event_id)
    for row in rows:
        if not row.organisation_name.strip():
            raise Refusal("団体名が空の行があります。", "団体名を書くか、その行を消してください。")
        if min(row.people, row.own_devices, row.lent_devices, row.care_count) < 0:
            raise Refusal(f"{row.organisation_name}に、0より小さい数があります。", "数を確かめてください。")
    present = {row.id: row for row in table.expected(store.database, event_id)}
    with store.change(
        action="参加予定人数を変えた", by=by, now=now, subject="participants", event_id=event_id
    ) as change:
        kept = set()
        for position, row in enumerate(rows):
            known = row.organisation_id
            if known is None:
                found = organisations.named(store.database, row.organisation_name)
                known = found.id if found else None
            row_id = row.id if row.id in present else 0
            kept.add(change.save(replace(row, id=row_id, event_id=event_id, position=position, organisation_id=known)))
        for row_id in present.keys() - kept:
            change.delete(ExpectedCount, row_id)
    totals = headcount_totals(rows)
    return Saved(
        said=f"{event.full_title}の参加予定を{totals.people}人・{totals.organisations}団体にしました。", id=event_id
    )


def set_count_source(store: Store, *, event_id: int, source: CountSource, by: str, now: datetime) -> Saved:
    """Take the expected numbers from the roster (「名簿」) or as they are typed by 団体 (「入力」).

    Neither is lost: the other ones stay and can be chosen again.

    Raises:
        Refusal: the event is gone, or it is so already.
    """
    event = required_event(store.database, event_id)
    if event.count_source == source:
        raise Refusal("人数の出どころは、もうそのとおりです。", "画面を開き直してください。")
    words = "名簿の人数" if source == "名簿" else "入力した人数"
    with store.change(
        action=f"参加予定人数を{words}にした", by=by, now=now, subject="participants", event_id=event_id
    ) as change:
        change.update(Event, event_id, count_source=source)
    people = headcount_totals(expected_of(store.database, required_event(store.database, event_id))).people
    return Saved(said=f"{event.full_title}の参加予定を、{words}（{people}人）にしました。", id=event_id)
