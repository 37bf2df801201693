"""Earlier imported answers that today's method reads differently, with both readings.

Nothing is written until a person decides, and answers that somebody changed since are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.common.join_nonempty import join_nonempty
from app.subjects.surveys.questions.rules.survey_questions import printed_number
from db.engine import Database
from db.mapping import to_columns
from db.records.applications import READ_WHOLE
from db.records.surveys import Answer, EventSurvey, SurveyImport, SurveyResponse
from db.rows import rows
from db.tables.journal import images_of

_MAX_LENGTH = 40
_NO_ANSWER = "無回答"


class MisreadResponses:
    """Compares the responses of old-method imports with today's reading of their rows."""

    def __init__(self, database: Database, survey: EventSurvey, responses: Sequence[SurveyResponse]) -> None:
        """``responses`` are the responses of the survey so far."""
        self._database = database
        self._questions = survey.questions
        found = rows(database, SurveyImport, survey_id=survey.id)
        self._imports = {one.id for one in found if one.reading != READ_WHOLE}
        self._responses_by_import: dict[int, set[int]] = {}
        for sheet in responses:
            if sheet.import_id in self._imports:
                self._responses_by_import.setdefault(sheet.import_id, set()).add(sheet.id)
        self._found: set[int] = set()
        self._undecided_imports: set[int] = set()
        self._images: dict[int, list[dict[str, Any]]] | None = None

    def mark_found(self, response: SurveyResponse, *, is_undecided: bool) -> None:
        """Record that the file holds an answer again; ``is_undecided`` = nobody has decided it."""
        self._found.add(response.id)
        if is_undecided and response.import_id is not None:
            self._undecided_imports.add(response.import_id)

    def finished_imports(self) -> tuple[int, ...]:
        """Return the old imports whose responses were all found again and decided."""
        return tuple(
            one
            for one, sheets in sorted(self._responses_by_import.items())
            if sheets <= self._found - self._undecided_responses()
        )

    def _undecided_responses(self) -> set[int]:
        return {sheet for one in self._undecided_imports for sheet in self._responses_by_import.get(one, ())}

    def difference_words(self, response: SurveyResponse, current: Mapping[str, Answer]) -> str:
        """Return stored and current reading in words; "" where both are equal or somebody changed it."""
        if response.import_id not in self._imports:
            return ""
        parts = [
            f"{printed_number(question, number)}　前は「{_answer_text(was)}」、今は「{_answer_text(answer)}」"
            for number, question in enumerate(self._questions, 1)
            if (answer := current.get(question.code)) is not None
            and answer != (was := response.answers.get(question.code, Answer()))
        ]
        if not parts or not self._is_unchanged(response):
            return ""
        return f"読みちがえの疑い　取り込んだときの読み方と違います（{'、'.join(parts)}）"

    def _is_unchanged(self, response: SurveyResponse) -> bool:
        if self._images is None:
            self._images = images_of(self._database, "answer_sheets")
        images = self._images.get(response.id, [])
        return bool(images) and images[0].get("answers") == to_columns(response)["answers"]


def _answer_text(answer: Answer) -> str:
    found = join_nonempty(
        "、".join(answer.chosen), answer.other, "、".join(answer.out_of_list), answer.text, separator="、"
    )
    shown = " ".join(found.split())
    return (shown if len(shown) <= _MAX_LENGTH else f"{shown[:_MAX_LENGTH]}…") or _NO_ANSWER
