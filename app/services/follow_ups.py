"""What only the state of the store calls for: calls to make again, bookings to give back, things and tablets outside.

- ``read_follow_ups(database, today) -> tuple[FollowUp, ...]`` – read with the year, turned into tasks by
  ``app.services.event_tasks`` and ``app.services.deadlines``; each closes itself when it is done
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.rules.booking_life import is_open
from app.rules.dates import short_date
from app.rules.tablet_states import LoanState, loan_state
from app.rules.tablet_states import is_open as is_lent
from app.services.call_sheet import NOT_YET, CallSheet, call_sheet
from app.services.task import Action
from db.engine import Database
from db.records.events import Event
from db.records.protection import Takeout
from db.records.venues import Booking
from db.rows import by_id
from db.tables import calls, protection, roster, venues

CALL_AGAIN = "中止・変更の電話"
CANCEL_BY = "会場の取消期限"
RETURN = "持出しの返却"
TABLETS = "貸与タブレット"


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """One thing to do: its day, its words, why it is that day, and where it leads. ``event_id`` None = of no event."""

    task: str
    event_id: int | None
    label: str
    detail: str
    due: date
    basis: str
    rule: str
    action: Action


def read_follow_ups(database: Database, today: date) -> tuple[FollowUp, ...]:
    """Return everything that is open now, in no particular order."""
    return (*_calls(database, today), *_bookings(database, today), *_takeouts(database), *_tablets(database, today))


def _calls(database: Database, today: date) -> list[FollowUp]:
    found = []
    for event_id in calls.decided_events(database):
        event = by_id(database, Event, event_id)
        if event is None or (event.event_date is not None and event.event_date < today):
            continue
        follow_up = _call_again(call_sheet(database, event), today)
        if follow_up is not None:
            found.append(follow_up)
    return found


def _call_again(sheet: CallSheet, today: date) -> FollowUp | None:
    """Return what is left of the calls about one decision, or None when everybody was reached."""
    if sheet.decision is None:
        return None
    again, untried = len(sheet.again), sheet.count(NOT_YET).organisations
    if not again and not untried:
        return None
    words = [f"不在 {again}団体へ再架電"] if again else []
    words += [f"未連絡 {untried}団体へ電話"] if untried else []
    at = sheet.again_at
    due = max(at.date(), today) if at is not None and not untried else today
    return FollowUp(
        task=CALL_AGAIN,
        event_id=sheet.event.id,
        label="・".join(words),
        detail=f"{at.hour}:{at.minute:02d}" if at is not None else sheet.decision.kind,
        due=due,
        basis=f"区の目標。{sheet.decision.kind}の連絡が全員に済むまで残ります",
        rule=f"{sheet.decision.kind}の判断 {short_date(sheet.decision.decided_at.date(), today)} から",
        action=Action(label="電話一覧を開く", place="calls", arguments={"event_id": sheet.event.id}),
    )


def _bookings(database: Database, today: date) -> list[FollowUp]:
    return [
        _cancel_by(row, row.cancel_by) for row in venues.bookings(database) if row.cancel_by and is_open(row, today)
    ]


def _cancel_by(row: Booking, day: date) -> FollowUp:
    place = " ".join(part for part in (row.venue_name, row.room) if part)
    used = short_date(row.day)
    return FollowUp(
        task=CANCEL_BY,
        event_id=row.event_id,
        label="会場を使うか取り消すかを決める",
        detail=f"{place} {used}",
        due=day,
        basis=f"区の目標。{place}（{used}）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします",
        rule="会場の取消期限",
        action=Action(label="予約を開く", place="venues", arguments={"booking_id": row.id}),
    )


def _takeouts(database: Database) -> list[FollowUp]:
    open_rows = [
        row
        for row in protection.takeouts(database)
        if not row.cancelled and (row.returned_at is None or (row.returned_copies or 0) < row.copies)
    ]
    return [_return(row) for row in open_rows]


def _return(row: Takeout) -> FollowUp:
    due = row.due_back_at or row.taken_at
    return FollowUp(
        task=RETURN,
        event_id=row.event_id,
        label="持ち出したものの返却を記録する",
        detail=f"{row.medium} {row.copies - (row.returned_copies or 0)}部",
        due=due.date(),
        basis=f"区の自主管理。持ち出し {short_date(row.taken_at.date())}　返却予定 {short_date(due.date())} {due.hour}:{due.minute:02d}",
        rule="返却予定",
        action=Action(label="返却を記録", place="takeouts", arguments={"event_id": row.event_id}),
    )


def _tablets(database: Database, today: date) -> list[FollowUp]:
    """Tablets of events that are over: not back, or back and not yet seen to be initialised."""
    open_loans: dict[int, list[LoanState]] = {}
    for loan in roster.all_loans(database):
        if is_lent(loan):
            event = by_id(database, Event, loan.event_id)
            if event is not None and event.event_date is not None and event.event_date < today:
                open_loans.setdefault(event.id, []).append(loan_state(loan, event.event_date, today))
    found = []
    for event_id, states in open_loans.items():
        event = by_id(database, Event, event_id)
        if event is not None and event.event_date is not None:
            found.append(_tablets_of(event_id, event.event_date, states))
    return found


def _tablets_of(event_id: int, day: date, states: list[LoanState]) -> FollowUp:
    out = states.count("未返却")
    words = [f"未返却 {out}台"] if out else []
    words += [f"初期化の確認 {len(states) - out}台"] if len(states) > out else []
    return FollowUp(
        task=TABLETS,
        event_id=event_id,
        label="貸与タブレットの返却・初期化を確かめる",
        detail="・".join(words),
        due=day,
        basis="区の自主管理。返却と初期化の確認が全台に済むまで残ります",
        rule="実施日",
        action=Action(label="タブレットを開く", place="tablets", arguments={"event_id": event_id}),
    )
