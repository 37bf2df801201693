"""One answer file in hand: what a clerk has set about it so far; nothing of it is saved before the import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.importing.parts.file_in_hand import FileWork
from app.subjects.surveys.answers.services.survey_decisions import AnswerDecision, Decisions, Kind, Way
from app.subjects.surveys.answers.services.survey_preview import ImportPreview

KINDS = "回答のファイル (*.csv *.txt *.tsv *.xlsx *.xlsm *.zip);;すべてのファイル (*)"
"""What the dialog for choosing an answer file offers."""


@dataclass(kw_only=True)
class ImportWork(FileWork):
    """The file with its columns and the decisions about its rows."""

    event_id: int
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
