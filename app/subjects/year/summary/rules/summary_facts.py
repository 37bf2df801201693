"""What 年度まとめ says of a year, as screen and paper take it."""

from __future__ import annotations

from datetime import date

from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.subjects.surveys.compare.documents import InterimEvent
from app.subjects.surveys.questions.rules.tally_result import percent
from app.subjects.year.summary.rules.spec_lines import SpecLine
from app.subjects.year.summary.rules.year_figures import BranchFigures, EarlierNumber, KindFigures, LectureFigures
from db.frozen_record import frozen_record
from db.records.year.summary import YearReason


@frozen_record
class DeviationReason:
    """Why a number is not as the 仕様書 has it: the words, and the number of the 協議 that settled it."""

    words: str
    agreement: str = ""
    record: YearReason | None = None

    @property
    def full_words(self) -> str:
        """「協議 第3号　申込みが多かった」."""
        return join_nonempty(self.agreement and f"協議 {self.agreement}", self.words)


@frozen_record
class JudgedLine:
    """One number of the 仕様書 with the year before and, where it is not as asked, its reason (None = none yet)."""

    line: SpecLine
    earlier: EarlierNumber | None = None
    change: str = ""
    reason: DeviationReason | None

    @property
    def id(self) -> str:
        """What tells the row from the others."""
        return self.line.key

    @property
    def blocks_document(self) -> bool:
        """Whether the paper can't be made for it."""
        return self.line.deviates and self.reason is None


@frozen_record
class Satisfaction:
    """満足計 over all events with a tally, and event by event by date; None everywhere while nothing came back."""

    events: tuple[InterimEvent, ...] = ()

    @property
    def responses(self) -> int:
        """n: the sheets of all events that asked."""
        return sum(one.satisfaction.base for one in self.events if one.satisfaction is not None)

    @property
    def satisfied(self) -> int:
        """The people added first; the share is of their sum."""
        return sum(one.satisfaction.sum_count for one in self.events if one.satisfaction is not None)

    @property
    def open_responses(self) -> int:
        """How many of them belong to events whose tally is not fixed yet."""
        return sum(
            one.satisfaction.base for one in self.events if one.satisfaction is not None and one.frozen_on is None
        )

    @property
    def share(self) -> str:
        """「83.5」."""
        return percent(self.satisfied, self.responses) if self.responses else ""

    @property
    def words(self) -> str:
        """「参加者の満足計は133件中111人（83.5％）。」, with how many of them may still change."""
        if not self.responses:
            return ""
        still_open = f"（うち{self.open_responses}件は確定前）" if self.open_responses else ""
        return f"参加者の満足計は{self.responses}件{still_open}中{self.satisfied}人（{self.share}％）。"


@frozen_record
class YearSummary:
    """Everything that 年度まとめ says of a year as of ``today``; ``total`` counts people and 団体 of several kinds
    once."""

    programme_id: int
    fiscal_year: int
    today: date
    kinds: tuple[KindFigures, ...]
    total: KindFigures
    branches: tuple[BranchFigures, ...]
    branch_total: BranchFigures
    lines: tuple[JudgedLine, ...]
    satisfaction: Satisfaction
    lectures: tuple[LectureFigures, ...]
    lectures_source: str
    record_line: str
    notes: tuple[str, ...]

    @property
    def words(self) -> str:
        """「令和8年度」."""
        return fiscal_year_words(self.fiscal_year)

    @property
    def line_to_copy(self) -> str:
        """The one line for 議会 and budget, with the day on which it is true."""
        return f"{self.record_line}{self.satisfaction.words}"

    @property
    def blocking_lines(self) -> tuple[JudgedLine, ...]:
        """The lines for which the paper can't be made."""
        return tuple(one for one in self.lines if one.blocks_document)
