"""One answer file in hand: what a clerk has set about it so far; nothing of it is saved before the import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.foreign_files.foreign_shape import ForeignFile
from app.subjects.surveys.answers.services.survey_decisions import AnswerDecision, Decisions, Kind, Way
from app.subjects.surveys.answers.services.survey_preview import ImportPreview, read_answer_file
from db.records.surveys import Question

KINDS = "回答のファイル (*.csv *.txt *.tsv *.xlsx *.xlsm *.zip);;すべてのファイル (*)"
"""What the dialog for choosing an answer file offers."""


@dataclass
class ImportWork:
    """The file with its columns and the decisions about its rows."""

    path: Path
    event_id: int
    sheet: str = ""
    file: ForeignFile | None = None
    columns: dict[int, str] | None = None
    alike: dict[Kind, Way] = field(default_factory=dict)
    rows: dict[int, AnswerDecision] = field(default_factory=dict)
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    few_columns: bool = False
    preview: ImportPreview | None = None

    def arguments(self) -> dict[str, Any]:
        """What the preview and the import are asked with."""
        decisions = Decisions(alike=dict(self.alike), rows=dict(self.rows), values=dict(self.values))
        return {
            "event_id": self.event_id,
            "path": self.path,
            "file": self.file,
            "columns": self.columns,
            "decisions": decisions,
        }

    def taking(self) -> dict[str, Any]:
        """What the import is asked with."""
        return {**self.arguments(), "few_columns": self.few_columns}

    def forget_rows(self) -> None:
        """Another sheet or other columns: what was decided about single rows no longer fits."""
        self.rows = {}
        self.values = {}


def read_beside(
    tell: Callable[[int, int], None], *, path: Path, questions: tuple[Question, ...], sheet: str
) -> ForeignFile:
    """Read a file away from the window; ``tell`` is where やめる takes effect."""
    tell(0, 2)
    found = read_answer_file(path, questions, sheet=sheet)
    tell(2, 2)
    return found
