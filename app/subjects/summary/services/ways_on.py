"""What 年度まとめ leads to: the four steps that close a contract, and the pages that the subjects name.

- ``read_ways(store, today, fiscal_year) -> SummaryWays``
- ``count_waiting(store, today) -> int`` – what the ward has to do there now, for the side bar
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.asked import Asked
from app.calendar.dates import short_date
from app.programme.services.programme import programmes
from app.subjects.events.rules import guides
from app.subjects.events.rules.closing_deadlines import INSPECTION, PAYMENT
from app.subjects.events.services.task import Task
from app.subjects.events.services.year_dates import YearDates, YearDue, read_year_dates
from app.subjects.year.services.summary_pages import SUMMARY_PAGES
from db.store import Store

_STEPS: Final = (
    ("業務完了届", (guides.NOTICE,)),
    ("検査", (guides.INSPECTED, INSPECTION)),
    ("請求", (guides.INVOICE,)),
    ("支払", (guides.PAID, PAYMENT)),
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the steps that close a contract; ``day_words`` 「仮 3/25(木)」, ``lines`` whose it is and on
    what basis."""

    title: str
    day_words: str
    lines: tuple[str, ...]
    done: bool
    asked: Asked


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A page that a subject named, with how it stands."""

    title: str
    words: str
    asked: Asked


@dataclass(frozen=True, kw_only=True)
class SummaryWays:
    """The steps in their order and the pages in that of the subjects."""

    steps: tuple[Step, ...]
    pages: tuple[PageLink, ...]


def read_ways(store: Store, *, today: date, fiscal_year: int | None = None) -> SummaryWays:
    """Return where 年度まとめ leads of a year (None = the newest), as of ``today``."""
    return ways_of(store, read_year_dates(store, today=today, fiscal_year=fiscal_year), today)


def ways_of(store: Store, dates: YearDates, today: date) -> SummaryWays:
    """Return the same from due dates that were read."""
    return SummaryWays(steps=steps_of(dates.rows, today), pages=_pages(store, dates.programme_id, today))


def steps_of(rows: tuple[YearDue, ...], today: date) -> tuple[Step, ...]:
    """Return the four steps from the due dates of a year; one that a year does not know is left out."""
    found = {row.task.task: row for row in rows}
    return tuple(_step(title, found[name], today) for title, names in _STEPS for name in names if name in found)


def _step(title: str, row: YearDue, today: date) -> Step:
    task = row.task
    if task.closed_on is not None:
        return Step(
            title=title,
            day_words=f"{short_date(task.closed_on, today)} 済",
            lines=(row.closing.reason if row.closing is not None else task.basis_short,),
            done=True,
            asked=task.asked,
        )
    away = any(one.again is None for one in row.returns)
    return Step(
        title=title,
        day_words=_day_words(task, today),
        lines=(
            "受託者から" if task.ball == "受託者" else "",
            "返戻の間は日数を止める" if away else task.basis_short if task.contract else task.rule,
        ),
        done=False,
        asked=task.asked,
    )


def _day_words(task: Task, today: date) -> str:
    if task.provisional:
        return task.provisional
    return short_date(task.due, today) if task.contract else f"目標 {short_date(task.due, today)}"


def _pages(store: Store, programme_id: int, today: date) -> tuple[PageLink, ...]:
    return tuple(
        PageLink(
            title=page.title,
            words=page.state(store, programme_id=programme_id, today=today),
            asked=Asked(what=page.what, programme_id=programme_id),
        )
        for page in SUMMARY_PAGES
    )


def count_waiting(store: Store, *, today: date) -> int:
    """Return how much the ward has to do now on the pages of all years that are not closed."""
    return sum(
        page.waiting(store, programme_id=year.id, today=today)
        for year in programmes(store)
        if year.closed_on is None
        for page in SUMMARY_PAGES
        if page.waiting is not None
    )
