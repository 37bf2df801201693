"""Which pages 年度 leads to: each subject names its own, in which season of the year it is for, and how it stands.

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
"""When a page is for: 4月 (the year begins), 12月 (the ward looks ahead), 3月 (the contract ends)."""


@frozen_record
class PageStatus:
    """How a page stands: its line, whether nothing is left to do there, and whose turn it is else."""

    words: str
    is_done: bool = False
    next_actor: Literal["区", "受託者"] = "区"


class PageStatusReader(Protocol):
    """Reads how a page stands."""

    def __call__(self, store: Store, *, programme_id: int, today: date) -> PageStatus:
        """Return it for the year with that id, as of ``today``."""


@dataclass(frozen=True)
class SummaryPage:
    """One page that 年度 leads to.

    Attributes:
        title: its name. what: the word by which it is asked for; the window knows its place.
        standing: how it stands. season, turn: among which rows of 年度 it stands, and as which of them; None = the
            foot of the page leads there. task: the task of the year that is asked for with it.
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
