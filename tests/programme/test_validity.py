"""Of several rows of a setting the one holds that began last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.programme.rules import row_in_force


@dataclass(frozen=True)
class Row:
    name: str
    valid_from: date | None = None


BASE, AUTUMN, WINTER = Row("基"), Row("秋", date(2026, 10, 1)), Row("冬", date(2026, 12, 1))


def test_the_row_that_began_last_holds_and_not_before_its_day():
    rows = (WINTER, BASE, AUTUMN)

    assert row_in_force(rows, date(2026, 9, 30)) == BASE
    assert row_in_force(rows, date(2026, 10, 1)) == AUTUMN
    assert row_in_force(rows, date(2026, 11, 30)) == AUTUMN
    assert row_in_force(rows, date(2026, 12, 1)) == WINTER


def test_without_a_day_the_last_row_holds_and_nothing_holds_before_the_first():
    assert row_in_force((AUTUMN, WINTER), None) == WINTER
    assert row_in_force((AUTUMN, WINTER), date(2026, 9, 1)) is None
    assert row_in_force((), date(2026, 9, 1)) is None
