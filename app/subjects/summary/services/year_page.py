"""Everything that the page 年度まとめ shows, read together.

``read_page(store, today, fiscal_year) -> YearPage``
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.subjects.events.services.year_dates import read_year_dates
from app.subjects.summary.rules.summary_facts import YearSummary
from app.subjects.summary.services.ways_on import SummaryWays, ways_of
from app.subjects.summary.services.year_course import DateRow, open_dates
from app.subjects.summary.services.year_ground import read_ground
from app.subjects.summary.services.year_summary import summary_of
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class YearPage:
    """The numbers of a year, its open due dates, and where it goes on."""

    summary: YearSummary
    due: tuple[DateRow, ...]
    ways: SummaryWays


def read_page(store: Store, *, today: date, fiscal_year: int | None = None) -> YearPage:
    """Return a year (None = the newest) as it stands on ``today``; raises ``Refusal`` for a year not started."""
    ground = read_ground(store, today=today, fiscal_year=fiscal_year)
    dates = read_year_dates(store, today=today, programme_id=ground.programme.id)
    return YearPage(summary=summary_of(store, ground), due=open_dates(dates, today), ways=ways_of(store, dates, today))
