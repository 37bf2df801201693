"""The rows of the list of due documents, with the lateness of both sides."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from db.record import record
from db.records.programme import Kind

WARD: Final = "区の対応"
WAITING: Final = "提出待ち"
DONE: Final = "確認済"
Group = Literal["区の対応", "提出待ち", "確認済"]


@record
class DueRow:
    """One document that is due or was received; all words are ready to be shown.

    Attributes:
        id: of the row in the list.
        kind: the declared kind.
        event_id, event_kind: of an event's report, 0 and None for a document of the year.
        due: the date by which the list is ordered, None = undecided; ``is_provisional`` while an event without a day
            can still put it off.
        last_day: the last day by contract and 民法.
        due_words: 「12/12(土)」, 「日程の協議中」, 「仮 3/24まで」.
        contract: whether that date is in the contract.
        basis_words: clause and rule.
        way_words: how it came; before that, words on the event of a report.
        number_words: 収受番号.
        check_words: the state of 内容確認.
        late_words, late_second: lateness against the contract, or a passed 目安日, with what is to be added.
        check_is_late: they say instead that the ward's check takes longer than intended.
        late_days, late: of the contractor, 0 and None = in time.
        missed_target: the ward's check that took longer than its 目安日 of 30 days.
        paper_id: the newest received document of the row, 0 = none.
        versions: the version number of the newest one received, 0 = none.
        received_on, checked_on: the days behind those words.
        first_received_on: the day of the first version, by which lateness counts.
        form_id: the newest form received beside it, 0 = none.
        not_notified: a correction was decided and the contractor not yet notified.
        drift: how many numbers of a checked report the changed records contradict, so that it is checked again.
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
    first_received_on: date | None = None
    checked_on: date | None = None
    form_id: int = 0
    not_notified: bool = False
    drift: int = 0
    is_provisional: bool = False

    @property
    def firm_due(self) -> date | None:
        """Return the date that a document may name, None while it is undecided or provisional."""
        return None if self.is_provisional else self.due


@record
class LateItem:
    """One item that was late, with the last day, the day it was done (None = open) and the days between.

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
        """Return the title of the item and how many days late it was (「第4回 資料確認 1日」)."""
        return f"{self.title} {self.days}日"


@record
class Lateness:
    """The items in which one side was late against the contract."""

    items: tuple[LateItem, ...] = ()

    @property
    def times(self) -> int:
        """Return how many items were late."""
        return len(self.items)

    @property
    def days(self) -> int:
        """Return how many days late all items were together."""
        return sum(one.days for one in self.items)

    @property
    def item_words(self) -> tuple[str, ...]:
        """Return words on each item with its days late."""
        return tuple(one.words for one in self.items)


@record
class DueList:
    """The due list of a year, pending rows first by date, done ones below.

    ``missed_targets`` are checks of the ward beyond their 目安日, which are no lateness.
    """

    programme_id: int
    rows: tuple[DueRow, ...]
    contractor: Lateness
    ward: Lateness
    missed_targets: tuple[LateItem, ...] = ()
