"""States of a lent tablet (未渡し, 貸出中, 未返却, 初期化の確認がまだ, 済), and free tablets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from db.records.roster import Tablet, TabletLoan

LoanState = Literal["未渡し", "貸出中", "未返却", "初期化の確認がまだ", "済"]
SPARE = "予備"
"""Note of a loan reserved without an entry; it stays a 予備 when it is handed over."""


def loan_state(loan: TabletLoan, event_date: date | None, today: date) -> LoanState:
    """Return the state of a loan: 未渡し, 貸出中, 未返却 after the day of the event, 初期化の確認がまだ, or 済.

    ``event_date`` None = the day is not known, so it is never 未返却.
    """
    if loan.initialised_at is not None:
        return "済"
    if loan.back_at is not None:
        return "初期化の確認がまだ"
    if loan.out_at is None:
        return "未渡し"
    return "未返却" if event_date is not None and today > event_date else "貸出中"


def needs_follow_up(loan: TabletLoan) -> bool:
    """Return whether a tablet was handed over and is not initialised yet, whether it came back or not."""
    return loan.out_at is not None and loan.initialised_at is None


def free_tablets(tablets: Iterable[Tablet], loans: Sequence[TabletLoan], busy_events: Iterable[int]) -> list[Tablet]:
    """Return the tablets that can be reserved, in the given order of their numbers.

    Left out are those no longer used, those not returned or not initialised from any event, and those reserved for one
    of ``busy_events`` (this event and others of the same day).
    """
    busy = {*busy_events}
    taken = {
        loan.tablet_id
        for loan in loans
        if needs_follow_up(loan) or (loan.event_id in busy and loan.initialised_at is None)
    }
    return [one for one in tablets if one.retired_on is None and one.id not in taken]
