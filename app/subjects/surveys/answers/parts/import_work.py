"""The draft of an import, with what a clerk has set so far; nothing is saved before the import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.importing.parts.file_loading import FileDraft
from app.subjects.surveys.answers.services.survey_decisions import AnswerDecision, Decisions, DoubtKind, Treatment
from app.subjects.surveys.answers.services.survey_preview import ImportPreview

FILE_FILTER = "回答のファイル (*.csv *.txt *.tsv *.xlsx *.xlsm *.zip);;すべてのファイル (*)"
"""The file filter for choosing an answer file."""


@dataclass(kw_only=True)
class ImportDraft(FileDraft):
    """The file with its columns and the decisions on its rows."""

    event_id: int
    by_kind: dict[DoubtKind, Treatment] = field(default_factory=dict)
    by_row: dict[int, AnswerDecision] = field(default_factory=dict)
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    few_columns: bool = False
    preview: ImportPreview | None = None

    def preview_arguments(self) -> dict[str, Any]:
        """Return the arguments for the preview and the import."""
        decisions = Decisions(by_kind=dict(self.by_kind), by_row=dict(self.by_row), values=dict(self.values))
        return {
            "event_id": self.event_id,
            "path": self.path,
            "file": self.file,
            "columns": self.columns,
            "decisions": decisions,
        }

    def import_arguments(self) -> dict[str, Any]:
        """Return the further arguments for the import."""
        return {**self.preview_arguments(), "few_columns": self.few_columns}

    def reset_rows(self) -> None:
        """Discard decisions on single rows, which do not fit another sheet or other columns."""
        self.by_row = {}
        self.values = {}
