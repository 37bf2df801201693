"""Assigns 入場番号 to decided places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.subjects.events.event.rules.participation import DECIDED_STATES
from db.records.roster import Entry

NUMBER_BEFORE_FIRST: Final = 500
"""The number before the first one.

入場番号 have three digits, above every number of a 受付名簿, so that the check-in accepts either.
"""


def missing_admission_numbers(entries: Sequence[Entry], last_number: int) -> dict[int, int]:
    """Return new 入場番号 by entry id for decided places that have none, in the order of application.

    Before a selection every applicant counts as decided. Walk-ins need no number.

    Args:
        entries: of one event.
        last_number: the highest one ever given in it, 0 = none; a number is never given again, even if its place was
            removed.
    """
    state = "決定" if any(entry.state in DECIDED_STATES for entry in entries) else "申込"
    known = [entry.number or 0 for entry in entries] + [entry.admission or 0 for entry in entries]
    first = max(NUMBER_BEFORE_FIRST, last_number, *known, 0) + 1
    waiting = [
        entry
        for entry in entries
        if entry.state == state and entry.admission is None and entry.absent_told_at is None and not entry.walk_in
    ]
    return {entry.id: number for number, entry in enumerate(waiting, start=first)}
