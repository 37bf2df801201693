"""States of a lent tablet (未渡し, 貸出中, 未返却, 初期化の確認がまだ, 済), free tablets, and parsing of typed
numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from db.digits import narrow_numbers, whole_number
from db.record import frozen
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


_NUMBER_SEPARATORS = re.compile(r"[\s,、，;；・.。/]+")
_RANGE = re.compile(r"(\d{1,15})-(\d{1,15})")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー～〜~", "-"))
_MAX_RANGE = 999


@frozen
class TypedNumbers:
    """The numbers in the order typed, without duplicates, and the pieces that are no number."""

    numbers: tuple[int, ...]
    unreadable: tuple[str, ...]


def parse_numbers(text: str) -> TypedNumbers:
    """Return the numbers in single numbers and ranges (「5-9」「5～9」); a reversed range is turned round.

    A range that spans more than ``_MAX_RANGE`` is unreadable.
    """
    numbers: dict[int, None] = {}
    unread = []
    plain = narrow_numbers(text).translate(_DASHES)
    for piece in _NUMBER_SEPARATORS.split(re.sub(r"\s*-\s*", "-", plain).strip()):
        found = _RANGE.fullmatch(piece)
        number = whole_number(piece)
        if number is not None:
            numbers[number] = None
        elif found and abs(int(found[2]) - int(found[1])) <= _MAX_RANGE:
            low, high = sorted(map(int, found.groups()))
            numbers.update(dict.fromkeys(range(low, high + 1)))
        elif piece:
            unread.append(piece)
    return TypedNumbers(tuple(numbers), tuple(unread))


def numbers_words(numbers: tuple[int, ...] | list[int]) -> str:
    """Return 「3、5、9番」."""
    return f"{'、'.join(map(str, numbers))}番"
