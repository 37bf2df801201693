"""Extension point for the pages that 年度 links to, each with its season and status.

``SUMMARY_PAGES`` – declared as ``SUMMARY_PAGES`` in the ``offers.py`` of a subject.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Final, Literal, Protocol

from app.actions.action_id import ActionId
from app.common.extension_point import ExtensionPoint
from app.subjects.events.event.services.tasks.year_dates import read_year_dates
from db.frozen_record import frozen_record
from db.store import Store

Season = Literal["はじめる", "半ば", "終える"]
"""The season of a page, 4月 (start of the year), 12月 (planning) or 3月 (end of the contract)."""


@frozen_record
class PageStatus:
    """The status of a page, with its text, whether it is done, and whose turn it is otherwise."""

    words: str
    is_done: bool = False
    next_actor: Literal["区", "受託者"] = "区"


class PageStatusReader(Protocol):
    """Reads the status of a page."""

    def __call__(self, store: Store, *, programme_id: int, today: date) -> PageStatus:
        """Return the status for the year with that id, as of ``today``."""


@dataclass(frozen=True)
class SummaryPage:
    """One page that 年度 links to.

    Attributes:
        title: its name.
        action: the action that opens it.
        read_status: reads its status.
        season, position: its place among the rows of 年度; season None = in the footer.
        task: the task of the year that is passed with it.
    """

    title: str
    action: ActionId
    read_status: PageStatusReader
    _: KW_ONLY
    season: Season | None = None
    position: int = 0
    task: str | None = None


SUMMARY_PAGES: Final[ExtensionPoint[SummaryPage]] = ExtensionPoint("summary_pages")


def _dates(store: Store, *, programme_id: int, today: date) -> PageStatus:
    found = read_year_dates(store, today=today, programme_id=programme_id)
    return PageStatus(words=f"未了 {found.open_count}件・済 {len(found.rows) - found.open_count}件")


YEAR_PAGES: Final = (SummaryPage("年度の期日", "年度の期日", _dates),)
