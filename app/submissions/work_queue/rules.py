"""Whose turn an item between ward and contractor is, as one of three states.

An item is received or not; if received it is answered or not, and the answer notified or not. ``whose_turn`` is
the only place where this becomes 区の対応待ち, 受託者待ち or 済; every count of the window counts its results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from app.calendar.dates import short_date
from app.submissions.deliverables.rules.due_rows import Lateness
from db.record import record
from db.records.programme import Kind

Turn = Literal["区の対応待ち", "受託者待ち", "済"]
WARD: Final = "区の対応待ち"
WAITING: Final = "受託者待ち"
DONE: Final = "済"
TURNS: tuple[Turn, ...] = (WARD, WAITING, DONE)
LATER = "これから届くもの"
"""The group that waits for the contractor but is not due yet (event not over, date not near)."""
OUTDATED = "確認後に記録が変更"
"""The mark of a report that was 確認済 and that the records contradict since."""
DEFINITION = (
    "1件は1か所で1回だけ数えます。区の対応待ち＝受け取って区がまだ答えていないもの、決めてまだ伝えていないもの、"
    "確認のあとに区の記録が変わり、報告書の数字と違うもの。"
    "受託者待ち＝まだ届いていないもの、修正を頼んだもの。済＝どちらも終わったもの。"
)
Answer = Literal["", "受けた", "直してもらう"]
Tone = Literal["", "red", "amber"]
_NONE = Lateness()


@record
class ItemState:
    """The state of one item of any kind.

    Attributes:
        is_received: something of it was received.
        answer: what the ward decided on the newest version, "" = nothing yet.
        is_notified: the contractor knows, or nobody has to be notified of this kind or of a past event.
        is_outdated: it was accepted, and the records changed since and contradict it now.
        is_closed: its year was closed, so nothing is expected any more.
    """

    is_received: bool
    answer: Answer = ""
    is_notified: bool = True
    is_outdated: bool = False
    is_closed: bool = False


def whose_turn(item_state: ItemState) -> Turn:
    """Return whose turn an item is: contractor, ward or nobody (done, or closed).

    The ward's, too, while an answer is not notified or outdated.
    """
    if item_state.is_closed:
        return DONE
    if not item_state.is_received:
        return WAITING
    if not item_state.answer or not item_state.is_notified or item_state.is_outdated:
        return WARD
    return DONE if item_state.answer == "受けた" else WAITING


@record
class WorkQueueRow:
    """One item of the list; all words are ready to be shown.

    Attributes:
        id: of the row, the same at every reading.
        kind: the declared kind.
        title: 「講習資料「LINE」」.
        turn, is_later: whose turn it is; later = the contractor's, but not yet.
        event_id, event_kind, event_words: the event it is about, 0, None and "" for one of the year.
        due: the day by which the list is ordered, None = undecided.
        due_words: 「11/29→11/30(月)」 where the first was a closed day.
        contract: whether that is a day of the contract.
        tone: red = past such a day, amber = past a 目安日.
        basis_words: 「仕4(1)キ 14日超過」.
        state_words, state_second: 「確認する 第1版」, 「11/19(木) 受領」.
        material_id: of the handout, 0 = none.
        paper_id: of the newest received document, 0 = none.
        versions: the version number of the newest one received, 0 = none.
        owed_id: its row in the due list, "" for a handout.
        programme_id: its year.
        year_words: 「令和8年度」 where the list holds several years.
        drift: how many numbers of a report that was 確認済 the changed records contradict.
    """

    id: str
    kind: str
    title: str
    turn: Turn
    is_later: bool = False
    event_id: int = 0
    event_kind: Kind | None = None
    event_words: str = ""
    due: date | None = None
    due_words: str = ""
    contract: bool = False
    tone: Tone = ""
    basis_words: str = ""
    state_words: str = ""
    state_second: str = ""
    material_id: int = 0
    paper_id: int = 0
    versions: int = 0
    owed_id: str = ""
    programme_id: int = 0
    year_words: str = ""
    drift: int = 0

    @property
    def group(self) -> str:
        """Return its group in the list."""
        return LATER if self.is_later else self.turn

    @property
    def is_overdue(self) -> bool:
        """Return whether a day of the contract has passed."""
        return self.tone == "red"


@record
class WorkQueue:
    """The list by group and date (区の対応待ち, 受託者待ち now and later, 済), with both sides' lateness."""

    rows: tuple[WorkQueueRow, ...]
    contractor: Lateness = _NONE
    ward: Lateness = _NONE

    def count(self, turn: Turn) -> int:
        """Return how many rows have this turn (区の対応待ち, 受託者待ち, 済); those not due yet are 受託者待ち, too."""
        return sum(row.turn == turn for row in self.rows)

    def overdue_count(self, turn: Turn) -> int:
        """Return how many rows of this turn are past a day of the contract; a passed 目安日 does not count."""
        return sum(row.turn == turn and row.is_overdue for row in self.rows)

    @property
    def outdated_count(self) -> int:
        """Return how many are 区の対応待ち again, since the records changed after their check."""
        return sum(row.drift > 0 for row in self.rows)

    def filtered(self, *, event_id: int = 0, programme_id: int = 0) -> WorkQueue:
        """Return the rows of one event and year (0 = all), without the lateness of the sides."""
        return WorkQueue(
            rows=tuple(
                row for row in self.rows if event_id in (0, row.event_id) and programme_id in (0, row.programme_id)
            )
        )

    @property
    def words(self) -> str:
        """Return the counts in words (「区の対応待ち 5・受託者待ち 14・済 23」)."""
        return "・".join(f"{turn} {self.count(turn)}" for turn in TURNS)


_GROUPS = (WARD, WAITING, LATER, DONE)


def sort_rows(rows: Iterable[WorkQueueRow]) -> tuple[WorkQueueRow, ...]:
    """Return rows sorted by group, day and id."""
    return tuple(sorted(rows, key=lambda row: (_GROUPS.index(row.group), row.due or date.max, row.id)))


def date_pair_words(day: date, counting_day: date, today: date) -> str:
    """Return 「11/29→11/30(月)」 for a closed day and the one that counts; a single day as it is.

    Args:
        day: as the calendar has it.
        counting_day: the open day that it moves to.
    """
    if day == counting_day:
        return short_date(day, today)
    return f"{short_date(day, today).partition('(')[0]}→{short_date(counting_day, today)}"
