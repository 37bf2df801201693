"""Read the rows of the three seasons of 年度 with their status, and the links of the footer."""

from __future__ import annotations

from datetime import date
from typing import Literal

from app.actions.action_id import ActionLink
from app.common.display_words import left_words
from app.common.join_nonempty import join_nonempty
from app.programme.services import visit_words
from app.year.dates.services import SUMMARY_PAGES, Season, SummaryPage
from db.record import record
from db.records.programme import Programme
from db.store import Store

RowState = Literal["済", "いま", "これから", "受託者", "閉じた"]
_MONTHS: dict[Season, str] = {"はじめる": "4〜7月", "半ば": "8〜1月", "終える": "2・3月"}
_SEASON_OF_MONTH: dict[int, Season] = {
    **dict.fromkeys((4, 5, 6, 7), "はじめる"),
    **dict.fromkeys((8, 9, 10, 11, 12, 1), "半ば"),
    **dict.fromkeys((2, 3), "終える"),
}


@record
class SeasonRow:
    """One row with the status of a page.

    ``state`` いま = the first open one in the current season, 受託者 = it is the contractor's turn, 閉じた = it was
    open when its year was closed.
    """

    title: str
    words: str
    state: RowState
    link: ActionLink


@record
class SeasonCard:
    """One season with ``month`` 「4〜7月」 and ``name`` 「はじめる」; ``current`` now, ``closed`` with its year."""

    month: str
    name: Season
    rows: tuple[SeasonRow, ...]
    current: bool
    closed: bool

    @property
    def count_words(self) -> str:
        """Return how many of its rows are done: 「いま 1 / 4」 in the current season, else 「済 1 / 4」.

        「これから 0 / 4」 while none is done and the year is not closed.
        """
        done = sum(one.state == "済" for one in self.rows)
        word = "いま" if self.current else "済" if done or self.closed else "これから"
        return join_nonempty(word, left_words(done, len(self.rows)), separator=" ")


@record
class Seasons:
    """The seasons in order, and the pages that belong to none."""

    cards: tuple[SeasonCard, ...]
    others: tuple[SeasonRow, ...]


def current_season(programme: Programme, today: date) -> Season:
    """Return the current season of a year; before it begins the first, when it is over the last."""
    if today < date(programme.fiscal_year, 4, 1):
        return "はじめる"
    if today >= date(programme.fiscal_year + 1, 4, 1):
        return "終える"
    return _SEASON_OF_MONTH[today.month]


def read_seasons(store: Store, programme: Programme, today: date) -> Seasons:
    """Return the status of every page of a year as of ``today``; a closed year has no current season."""
    closed = programme.closed_on is not None
    on = None if closed else current_season(programme, today)
    pages = sorted((one for one in SUMMARY_PAGES if one.applies(programme)), key=lambda page: page.position)
    return Seasons(
        cards=tuple(
            SeasonCard(
                month=month,
                name=name,
                current=name == on,
                closed=closed,
                rows=_rows(
                    store, [page for page in pages if page.season == name], programme, today, current=name == on
                ),
            )
            for name, month in _MONTHS.items()
        ),
        others=_rows(store, [page for page in pages if page.season is None], programme, today, current=False),
    )


def _rows(
    store: Store, pages: list[SummaryPage], programme: Programme, today: date, *, current: bool
) -> tuple[SeasonRow, ...]:
    found: list[SeasonRow] = []
    for page in pages:
        standing = page.read_status(store, programme_id=programme.id, today=today)
        state: RowState = "済" if standing.is_done else "受託者" if standing.next_actor == "受託者" else "これから"
        words = standing.words
        if page.season is not None and programme.closed_on is not None and not standing.is_done:
            state, words = "閉じた", "年度を閉じました"
        if state == "これから" and current and not any(one.state == "いま" for one in found):
            state = "いま"
        asked = ActionLink(page.action, programme_id=programme.id, task=page.task)
        title = visit_words(store.database, page.title, programme.id)
        found.append(SeasonRow(title=title, words=words, state=state, link=asked))
    return tuple(found)
