"""Follow-ups for checking the ledgers: the ward's own target, not a duty of the contract."""

from __future__ import annotations

from datetime import date

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.ledgers.services.due_checks import DueCheck, due_checks
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from db.engine import Database

CHECK = "管理簿の点検"


def ledger_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return the next check of each ledger that the ward checks regularly."""
    return [_check_follow_up(one, today) for one in due_checks(database, today)]


def _check_follow_up(one: DueCheck, today: date) -> FollowUp:
    last = (
        f"前回 {short_date(one.last_checked_on, today)}" if one.last_checked_on is not None else "まだ点検していません"
    )
    return FollowUp(
        task=f"{CHECK}:{one.ledger.key}",
        event_id=None,
        label=f"{one.ledger.title}を点検する",
        detail=last,
        due=one.due,
        basis=f"目安日（{one.interval}）。条文に期間の定めはありません",
        rule=one.interval,
        link=ActionLink("管理簿を点検する", ledger=one.ledger.key),
    )
