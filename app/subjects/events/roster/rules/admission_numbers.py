"""入場番号: which number a place gets when it is decided, and whose a number at the door is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.subjects.events.event.rules.participation import DECIDED_STATES
from db.records.roster import Entry

NUMBER_BEFORE_FIRST: Final = 500
"""The first number is the one after it: of three digits, above every number of a 受付名簿, so that the door takes
either."""


def missing_admission_numbers(entries: Sequence[Entry], last_number: int) -> dict[int, int]:
    """Return the 入場番号 of every place that was decided and has none, by entry id, in the order of application.

    Args:
        entries: of one event. last: the highest one ever given in it, 0 = none; a number is not given again, also when
            its place was taken out of the roster.

    Before anybody chose, everybody who applied comes. Whoever just came at the door needs none.
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
