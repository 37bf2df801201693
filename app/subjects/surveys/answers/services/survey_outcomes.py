"""What becomes of one row of an answer file: its outcome, why, and the sheet that would be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from app.subjects.surveys.answers.services.survey_decisions import Doubt
from db.records.surveys import Answer, AnswerSheet

Outcome = Literal["新規", "重複", "確認が必要", "取り込まない"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("新規", "重複", "確認が必要", "取り込まない")


@dataclass(frozen=True, kw_only=True)
class RowOutcome:
    """What will happen with one data row (from 1; ``line`` is its line in the file) and why.

    ``reason`` asks a person to decide or says why the row stays out; ``note`` is only worth knowing. ``doubts`` are
    what a person decides, ``decision`` is what was decided, ``counted`` False = it is kept and not counted.
    ``sheet`` is what would be written, None when nothing is. ``replaces`` are sheets of earlier imports that count
    no longer with it.
    """

    row: int
    line: int
    outcome: Outcome
    reason: str = ""
    note: str = ""
    answered_at: datetime | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    decision: str = ""
    counted: bool = True
    sheet: AnswerSheet | None = None
    replaces: tuple[int, ...] = ()

    @property
    def id(self) -> int:
        """The row number, by which a list keeps its current row."""
        return self.row
