"""One thing that the contractor owes or handed in over a year, what was late on either side, and the list of all."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from db.frozen_record import frozen_record
from db.records.programme import Kind

WARD: Final = "区の対応"
WAITING: Final = "提出待ち"
DONE: Final = "確認済"
Group = Literal["区の対応", "提出待ち", "確認済"]


@frozen_record
class DueRow:
    """One thing that is owed or came in; all words are ready to be shown.

    Attributes:
        id: of the row in the list. kind: the declared kind; event_id and event_kind: of the report of an event.
        due: the date by which the list is ordered, None = undecided. last: the last day that the contract and the 民法
            leave. due_words: 「12/12(土)」, 「日程の協議中」, 「仮 3/24まで」.
        contract: whether that date is one of the contract. basis_words: clause and rule.
        way_words: how it came. number_words: 収受番号. look_words: how 内容確認 stands.
        late_words, late_second: lateness against the contract. looks_late: they tell instead that the ward looks
            through it later than it means to.
        paper_id: the newest received paper of the row, 0 = none came. late_days, late: of the contractor, 0 = in time.
        goal: the look of the ward that took longer than its 目安日 of 30 days.
        received_on, checked_on: the days behind those words.
        form_id: the newest form that came beside it, 0 = none.
        untold: a mended version was asked for, and nobody told the contractor so yet.
        drift: how many numbers of a checked report the records, changed since, say otherwise: it is looked at again.
    """

    id: str
    kind: str
    title: str
    group: Group
    due: date | None
    last_day: date | None
    due_words: str
    contract: bool
    basis_words: str
    way_words: str = ""
    number_words: str = ""
    check_words: str = ""
    late_words: str = ""
    check_is_late: bool = False
    late_second: str = ""
    late_days: int = 0
    late: LateItem | None = None
    missed_target: LateItem | None = None
    event_id: int = 0
    event_kind: Kind | None = None
    paper_id: int = 0
    versions: int = 0
    received_on: date | None = None
    checked_on: date | None = None
    form_id: int = 0
    not_notified: bool = False
    drift: int = 0


@frozen_record
class LateItem:
    """One thing that was late: what it was, the last day that was left, the day it was done (None = still open), the
    days between.

    ``basis`` is the clause with its rule, or says that the day was a 目安日. ``ended``: nothing was recorded and
    nobody can do it any more, so the days grow no further.
    """

    title: str
    last_day: date
    done_on: date | None
    days: int
    basis: str
    ended: bool = False

    @property
    def words(self) -> str:
        """「第4回 資料確認 1日」."""
        return f"{self.title} {self.days}日"


@frozen_record
class Lateness:
    """What was late against the contract, of one side."""

    items: tuple[LateItem, ...] = ()

    @property
    def times(self) -> int:
        """How often."""
        return len(self.items)

    @property
    def days(self) -> int:
        """How many days in all."""
        return sum(one.days for one in self.items)

    @property
    def item_words(self) -> tuple[str, ...]:
        """Each with its days."""
        return tuple(one.words for one in self.items)


@frozen_record
class DueList:
    """The list of a year, pending rows first by date, done ones below; ``programme_id`` is the year itself.

    ``goals`` are looks of the ward that passed their 目安日: never a lateness.
    """

    programme_id: int
    rows: tuple[DueRow, ...]
    contractor: Lateness
    ward: Lateness
    missed_targets: tuple[LateItem, ...] = ()

    def count(self, group: Group) -> int:
        """How many rows stand in a group."""
        return sum(row.group == group for row in self.rows)
