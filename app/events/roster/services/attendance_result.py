"""Counts the 当日の結果 from the attendance, and updates it as long as nobody typed numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.event.rules.participation import (
    ParticipationCounts,
    entries_declined_before_choice,
)
from app.event.services.event_records import read_event_or_error
from app.event.services.event_results import FROM_ROSTER, checked_end, count_people, event_to_record, with_counts
from app.event.services.event_state import refuse_if_not_held
from app.events.roster.services.roster import RosterRow, read_roster, write_missing_numbers
from db.journal import Change
from db.record import record
from db.records.event_status import CutShort, EventStatus
from db.records.events import Event, EventResult
from db.records.roster import Entry, TabletLoan
from db.store import Store
from db.tables import events
from db.tables import roster as table


@record
class AttendanceClosing:
    """What closing the reception of an event would write.

    Attributes:
        unmarked: people without a mark, who stay 未確認.
        absent: people marked 欠席.
        absence_notices: people who reported an absence, without those replaced by a substitute.
        typed_result: a result typed before, which stays unless it is to be replaced.
        is_closed: closed already.
        witness: the recorded 区の立会い, "" = none.
    """

    event: Event
    counts: ParticipationCounts
    unmarked: tuple[RosterRow, ...]
    absent: tuple[RosterRow, ...]
    absence_notices: tuple[RosterRow, ...]
    typed_result: EventResult | None
    witness: str


def read_closing(store: Store, *, event_id: int) -> AttendanceClosing:
    """Return what closing would write; raises ``UserError`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    present = events.result(store.database, event_id)
    closed = present is not None and present.source == FROM_ROSTER
    gone = {entry.id for entry in _missing_entries([row.entry for row in roster.rows])}
    missing = [row for row in roster.rows if row.entry.id in gone]
    untold = [row for row in missing if row.entry.absent_told_at is None]
    replaced = {row.entry.substitute_for for row in roster.rows}
    return AttendanceClosing(
        event=roster.event,
        counts=count_people(store, event_id),
        unmarked=tuple(row for row in untold if not row.entry.attendance),
        absent=tuple(row for row in untold if row.entry.attendance),
        absence_notices=tuple(
            row for row in missing if row.entry.absent_told_at is not None and row.entry.id not in replaced
        ),
        typed_result=present if present is not None and not closed else None,
        witness=present.witness if present is not None else "",
    )


def close_reception(
    context: ActionContext,
    *,
    event_id: int,
    witness: str = "",
    replace_typed: bool = False,
    ended_at: str = "",
    cut_reason: str = "",
    people_at_end: int | None = None,
) -> ActionResult:
    """Count the present attendance, mark the event 実施済 and give missing 受付名簿 numbers, in one action.

    No mark is changed: people without one stay 未確認 and count neither as 出席 nor as 欠席 until somebody decides, and
    the numbers follow (``update_counted_result``). It can be closed when nobody was checked in at all.
    ``participation`` defines what counts: 出席 includes 当日受付, 欠席 includes reported absences.

    Args:
        witness: the ward's person at the event (区の立会い); empty keeps the recorded one.
        replace_typed: replace numbers that somebody typed by the counted ones.
        ended_at, cut_reason, people_at_end: when and why it was broken off, with whom ("" = it was not, or what is
            recorded of that stays). Whether it counts is then to be agreed.

    Raises:
        UserError: as ``event_to_record`` and ``checked_end``.
    """
    event = event_to_record(context.store, event_id, context.today)
    present = events.result(context.database, event_id)
    with context.change(f"{event.full_title}の受付を閉じた", "roster", event_id=event_id) as change:
        write_missing_numbers(context.store, change, event_id)
        counts = count_people(context.store, event_id)
        row = present or EventResult(event_id=event_id)
        if present is None or replace_typed or present.source == FROM_ROSTER:
            row = replace(with_counts(row, counts), source=FROM_ROSTER)
        row = replace(row, witness=witness.strip() or row.witness)
        if ended_at:
            cut = replace(row, ended_at=ended_at, cut_reason=cut_reason, people_at_end=people_at_end)
            row = checked_end(event, replace(cut, cut_short=row.cut_short or CutShort.OPEN))
        row_id = change.correct(present, row)
        change.update(Event, event_id, status=EventStatus.HELD)
    kept = "" if row.source == FROM_ROSTER else "人数は、実施の記録に入力されたままです。"
    open_words = fill_nonempty("未確認 {}人は、名前を見て決めてください。", counts.unmarked)
    said = (
        f"受付を閉じました。出席 {counts.attended}人（うち当日受付 {counts.walk_ins}人）、欠席 "
        f"{counts.absent}人。{open_words}{kept}"
    )
    return ActionResult(said, row_id)


def _missing_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return who had a place, or was expected, and was not checked in; not who declined before the selection.

    Nobody expected a 当日受付 that was taken back.
    """
    declined = {entry.id for entry in entries_declined_before_choice(entries)}
    return [
        entry
        for entry in entries
        if entry.state.is_coming and not entry.walk_in and not entry.attendance.is_present and entry.id not in declined
    ]


def required_begun_event(event_id: int, context: ActionContext) -> Event:
    """Return the event; raises ``UserError`` before its day, without a day, or if it is not held on it."""
    event = read_event_or_error(context.database, event_id)
    refuse_if_not_held(context.database, event, "受付できます")
    if event.event_date is None:
        raise UserError(f"{event.full_title}は日程が決まっていません。", "日程を決めると、当日から受付できます。")
    if context.now.date() < event.event_date:
        day = short_date(event.event_date, context.now.date())
        raise UserError(f"{event.full_title}の実施日は {day} です。", "受付は当日からできます。")
    return event


def required_event_today(event_id: int, context: ActionContext) -> Event:
    """Return the event; raises ``UserError`` unless it is held today and not cancelled."""
    event = required_begun_event(event_id, context)
    if event.event_date is not None and event.event_date < context.now.date():
        day = short_date(event.event_date, context.now.date())
        raise UserError(
            f"{event.full_title}の実施日（{day}）は過ぎています。", "出欠は「紙の名簿から出欠」で入れてください。"
        )
    return event


def hand_over_tablet(change: Change, context: ActionContext, entry: Entry) -> None:
    """Record inside ``change`` that the tablet reserved for ``entry`` was handed over."""
    for loan in table.loans(context.database, entry.event_id):
        if loan.entry_id == entry.id and loan.out_at is None:
            change.update(TabletLoan, loan.id, out_at=context.now)
