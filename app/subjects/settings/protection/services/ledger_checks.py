"""The checks of the ledgers as things to do on home: the ward's own aim, never a duty of the contract."""

from __future__ import annotations

from datetime import date

from app.acts.action_id import Asked
from app.calendar.dates import short_date
from app.ledgers.services.checks import CheckDue, checks_due
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from db.engine import Database

CHECK = "管理簿の点検"


def ledger_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return the next check of each ledger that the ward checks."""
    return [_check(one, today) for one in checks_due(database, today)]


def _check(one: CheckDue, today: date) -> FollowUp:
    last = f"前回 {short_date(one.last, today)}" if one.last is not None else "まだ点検していません"
    return FollowUp(
        task=f"{CHECK}:{one.ledger.key}",
        event_id=None,
        label=f"{one.ledger.title}を点検する",
        detail=last,
        due=one.due,
        basis=f"目安日（{one.every}）。条文に期間の定めはありません",
        rule=one.every,
        asked=Asked("管理簿を点検する", ledger=one.ledger.key),
    )
