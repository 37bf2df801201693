"""The content of 年度まとめ, for screen and document."""

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
    """Why a number deviates from the 仕様書, in words, or the number of the 協議 that settled it."""

    words: str
    agreement: str = ""
    record: YearReason | None = None

    @property
    def full_words(self) -> str:
        """Return the reason in full (「協議 第3号　申込みが多かった」)."""
        return join_nonempty(self.agreement and f"協議 {self.agreement}", self.words)


@frozen_record
class JudgedLine:
    """One judged number with the year before and, if it deviates, its reason (None = none yet)."""

    line: SpecLine
    earlier: EarlierNumber | None = None
    change: str = ""
    reason: DeviationReason | None

    @property
    def id(self) -> str:
        """Return the id of the row."""
        return self.line.key

    @property
    def blocks_document(self) -> bool:
        """Return whether it blocks the document."""
        return self.line.deviates and self.reason is None


@frozen_record
class Satisfaction:
    """満足計 over all events with a tally, and by event and date; None without responses."""

    events: tuple[InterimEvent, ...] = ()

    @property
    def responses(self) -> int:
        """Return n, the responses of all events that asked."""
        return sum(one.satisfaction.base for one in self.events if one.satisfaction is not None)

    @property
    def satisfied(self) -> int:
        """Return the people who are satisfied, summed before the share is computed."""
        return sum(one.satisfaction.sum_count for one in self.events if one.satisfaction is not None)

    @property
    def open_responses(self) -> int:
        """Return how many responses belong to events whose tally is not fixed yet."""
        return sum(
            one.satisfaction.base for one in self.events if one.satisfaction is not None and one.frozen_on is None
        )

    @property
    def share(self) -> str:
        """Return the share in percent (「83.5」)."""
        return percent(self.satisfied, self.responses) if self.responses else ""

    @property
    def words(self) -> str:
        """Return the sentence 「参加者の満足計は133件中111人（83.5％）。」, with how many may still change."""
        if not self.responses:
            return ""
        still_open = f"（うち{self.open_responses}件は確定前）" if self.open_responses else ""
        return f"参加者の満足計は{self.responses}件{still_open}中{self.satisfied}人（{self.share}％）。"


@frozen_record
class YearSummary:
    """Everything of 年度まとめ as of ``today``; ``total`` counts people and 団体 of several kinds once."""

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
        """Return the year in words (「令和8年度」)."""
        return fiscal_year_words(self.fiscal_year)

    @property
    def line_to_copy(self) -> str:
        """Return the one line for 議会 and budget, with its day."""
        return f"{self.record_line}{self.satisfaction.words}"

    @property
    def blocking_lines(self) -> tuple[JudgedLine, ...]:
        """Return the lines that block the document."""
        return tuple(one for one in self.lines if one.blocks_document)
