"""Begins one act on a data folder and stands still inside its transaction until it is ended; run as a module."""

import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.actions.action_context import ActionContext
from app.contributions import register_contributions
from app.events.letters.services import undelivered
from app.home.today.services.absences import record_absence
from db.journal import Change
from db.records.documents import Notification
from db.rows import rows
from tests.support.sample import BY, NOW
from tests.support.stores import opened_store

COLLEAGUE = "見本　同僚"


def away(context: ActionContext) -> object:
    """Record that the clerk is away for four days."""
    until = context.today + timedelta(days=3)
    return record_absence(context, person=BY, colleague=COLLEAGUE, begins_on=context.today, until=until)


def come_back(context: ActionContext) -> object:
    """Record that the newest 決定通知 did not reach the first of its addressees."""
    told = decision_told(context.store)
    ids, _name = undelivered.named_addressees(context.store, notification_id=told.id)[0]
    gone = {"entry_ids": ids, "returned_on": context.today, "reason": "宛所不明"}
    return undelivered.note_undelivered(context, notification_id=told.id, **gone)


def decision_told(store: Any) -> Notification:
    """Return the newest telling of a 決定通知."""
    return rows(store.database, Notification, document_kind="決定通知", withdrawn=False)[-1]


if __name__ == "__main__":
    register_contributions()
    insert = Change.insert

    def hold(change: Change, row: Any) -> int:
        """Insert the row and wait for the end."""
        number = insert(change, row)
        sys.stdout.write("T\n")
        sys.stdout.flush()
        signal.pause()
        return number

    Change.insert = hold  # type: ignore[method-assign]
    {"away": away, "come_back": come_back}[sys.argv[2]](ActionContext(opened_store(Path(sys.argv[1])), BY, NOW))
