"""Answers that were taken in before and are read otherwise today: what counts now, and what it would be.

Nothing of it is written until a person decides, and an answer that somebody changed since it came is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.common.together import together
from app.subjects.surveys.questions.rules.survey_questions import printed_number
from db.engine import Database
from db.mapping import to_columns
from db.records.applications import READ_WHOLE
from db.records.surveys import Answer, AnswerSheet, EventSurvey, SurveyImport
from db.rows import rows
from db.tables.journal import images_of

_MOST = 40
_NOTHING = "無回答"


class MisreadSheets:
    """Compares the sheets of imports by the reading of before with what their rows say today."""

    def __init__(self, database: Database, survey: EventSurvey, present: Sequence[AnswerSheet]) -> None:
        """``present`` are the sheets of the survey so far."""
        self._database = database
        self._questions = survey.questions
        found = rows(database, SurveyImport, survey_id=survey.id)
        self._imports = {one.id for one in found if one.reading != READ_WHOLE}
        self._sheets: dict[int, set[int]] = {}
        for sheet in present:
            if sheet.import_id in self._imports:
                self._sheets.setdefault(sheet.import_id, set()).add(sheet.id)
        self._met: set[int] = set()
        self._open: set[int] = set()
        self._images: dict[int, list[dict[str, Any]]] | None = None

    def meet(self, sheet: AnswerSheet, *, open_still: bool) -> None:
        """Note that the file holds an answer again; ``open_still`` = nobody decided about it."""
        self._met.add(sheet.id)
        if open_still and sheet.import_id is not None:
            self._open.add(sheet.import_id)

    def compared(self) -> tuple[int, ...]:
        """The imports of before of which every sheet was met again and none is left to decide about."""
        return tuple(one for one, sheets in sorted(self._sheets.items()) if sheets <= self._met - self._open_sheets())

    def _open_sheets(self) -> set[int]:
        return {sheet for one in self._open for sheet in self._sheets.get(one, ())}

    def said(self, sheet: AnswerSheet, now: Mapping[str, Answer]) -> str:
        """In words what a sheet says and what its row says today; empty where both are alike or somebody changed it."""
        if sheet.import_id not in self._imports:
            return ""
        parts = [
            f"{printed_number(question, number)}　前は「{_words(was)}」、今は「{_words(answer)}」"
            for number, question in enumerate(self._questions, 1)
            if (answer := now.get(question.code)) is not None
            and answer != (was := sheet.answers.get(question.code, Answer()))
        ]
        if not parts or not self._untouched(sheet):
            return ""
        return f"読みちがえの疑い　取り込んだときの読み方と違います（{'、'.join(parts)}）"

    def _untouched(self, sheet: AnswerSheet) -> bool:
        if self._images is None:
            self._images = images_of(self._database, "answer_sheets")
        images = self._images.get(sheet.id, [])
        return bool(images) and images[0].get("answers") == to_columns(sheet)["answers"]


def _words(answer: Answer) -> str:
    found = together("、".join(answer.chosen), answer.other, "、".join(answer.out_of_list), answer.text, by="、")
    shown = " ".join(found.split())
    return (shown if len(shown) <= _MOST else f"{shown[:_MOST]}…") or _NOTHING
