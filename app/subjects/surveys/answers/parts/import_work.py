"""One answer file in hand: what a clerk has set about it so far; nothing of it is saved before the import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.importing.parts.file_loading import FileDraft
from app.subjects.surveys.answers.services.survey_decisions import AnswerDecision, Decisions, DoubtKind, Treatment
from app.subjects.surveys.answers.services.survey_preview import ImportPreview

FILE_FILTER = "回答のファイル (*.csv *.txt *.tsv *.xlsx *.xlsm *.zip);;すべてのファイル (*)"
"""What the dialog for choosing an answer file offers."""


@dataclass(kw_only=True)
class ImportDraft(FileDraft):
    """The file with its columns and the decisions about its rows."""

    event_id: int
    by_kind: dict[DoubtKind, Treatment] = field(default_factory=dict)
    by_row: dict[int, AnswerDecision] = field(default_factory=dict)
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    few_columns: bool = False
    preview: ImportPreview | None = None

    def preview_arguments(self) -> dict[str, Any]:
        """What the preview and the import are asked with."""
        decisions = Decisions(by_kind=dict(self.by_kind), by_row=dict(self.by_row), values=dict(self.values))
        return {
            "event_id": self.event_id,
            "path": self.path,
            "file": self.file,
            "columns": self.columns,
            "decisions": decisions,
        }

    def import_arguments(self) -> dict[str, Any]:
        """What the import is asked with."""
        return {**self.preview_arguments(), "few_columns": self.few_columns}

    def reset_rows(self) -> None:
        """Another sheet or other columns: what was decided about single rows no longer fits."""
        self.by_row = {}
        self.values = {}
