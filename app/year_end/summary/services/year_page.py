"""Read everything for the page 年度 at once."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.event.rules import target_dates
from app.event.services.tasks.task import PROPOSAL
from app.year.dates.services import read_year_dates
from app.year_end.summary.rules import YearSummary
from app.year_end.summary.services.seasons import Seasons, read_seasons
from app.year_end.summary.services.summary_context import read_context
from app.year_end.summary.services.year_summary import summary_of
from db.record import record
from db.store import Store

_MAIN = (PROPOSAL, target_dates.EXPIRY, target_dates.BOOKS_CLOSED)


@record
class YearPage:
    """The totals of a year, its seasons, and the open ones of its main dates (「R9 2/17(水) 提案書」).

    ``end_dates`` are those of 提案書, 履行期間 and 出納閉鎖; none of a closed year.
    """

    summary: YearSummary
    seasons: Seasons
    end_dates: tuple[str, ...]


def read_page(store: Store, *, today: date, fiscal_year: int | None = None) -> YearPage:
    """Return a year (None = the newest) as of ``today``; raises ``UserError`` for a year not started."""
    ground = read_context(store, today=today, fiscal_year=fiscal_year)
    dates = read_year_dates(store, today=today, programme_id=ground.programme.id)
    closed = ground.programme.closed_on is not None
    ends = [row.task for row in dates.rows if row.task.task in _MAIN and row.task.is_open and not closed]
    return YearPage(
        summary=summary_of(store, ground),
        seasons=read_seasons(store, ground.programme, today),
        end_dates=tuple(f"{one.provisional_words or short_date(one.due, today)} {one.task}" for one in ends),
    )
