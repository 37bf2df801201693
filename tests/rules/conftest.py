"""What the tests of the rules share: the office calendar and the numbers of 令和8年度."""

from __future__ import annotations

import pytest

from app.calendar.office_days import OfficeCalendar
from app.programme.rules.presets import kind_numbers_r8, programme_r8
from db.records.programme import KindNumbers, Programme


@pytest.fixture(scope="session")
def office_calendar() -> OfficeCalendar:
    return OfficeCalendar()


@pytest.fixture(scope="session")
def programme() -> Programme:
    return programme_r8()


@pytest.fixture(scope="session")
def lectures() -> KindNumbers:
    return kind_numbers_r8()[0]


@pytest.fixture(scope="session")
def dispatches() -> KindNumbers:
    return kind_numbers_r8()[1]


@pytest.fixture(scope="session")
def exchanges() -> KindNumbers:
    return kind_numbers_r8()[2]
