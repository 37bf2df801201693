"""Percentages and means as they are printed: decimal, half up, one place (domain §4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_ONE_PLACE = Decimal("0.1")


def percent(people: int, base: int) -> str:
    """``people`` of ``base`` in per cent with one place ("31.3"), "0.0" when the base is empty."""
    if base <= 0:
        return "0.0"
    return one_place(Decimal(100 * people) / Decimal(base))


def one_place(value: Decimal) -> str:
    """A decimal number rounded half up to one place, as text."""
    return str(value.quantize(_ONE_PLACE, rounding=ROUND_HALF_UP))


def mean(values: Sequence[Decimal]) -> str:
    """The mean with one place, empty for no values."""
    return one_place(sum(values, Decimal(0)) / len(values)) if values else ""


def median(values: Sequence[Decimal]) -> str:
    """The median: exact when it is one of the values, else the middle of the two with one place."""
    if not values:
        return ""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return plain_number(ordered[middle])
    low, high = ordered[middle - 1], ordered[middle]
    return plain_number(low) if low == high else plain_number(Decimal(one_place((low + high) / 2)))


def plain_number(value: Decimal) -> str:
    """A number without needless zeros ("3", "3.5")."""
    return f"{value.normalize():f}" if value else "0"
