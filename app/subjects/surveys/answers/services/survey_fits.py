"""How surely each question of an event has its column in an answer file: by the heading, and by the answers in the
column.

- ``question_fits(found) -> tuple[QuestionFit, ...]``
"""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz

from app.foreign_files.tables.heading_roles import title_core
from app.subjects.surveys.answers.intake.survey_columns import FileColumn, options_in_column
from app.subjects.surveys.answers.intake.survey_file import SurveyFile
from db.frozen_record import frozen_record
from db.records.surveys import Question

_ALIKE: Final = ((90, 3), (65, 2), (0, 1))
_SAMPLES = 3


@frozen_record
class QuestionFit:
    """One question: the ``columns`` it has (the first holds the answers, one of the written その他 may follow), or
    none.

    ``proposed`` True = taken by likeness and to be looked at; ``candidate`` is the column that comes nearest where none
    is near enough. ``likeness`` 0 to 3 is that of the headings; ``known`` of ``different`` answers in the column are
    options.
    """

    code: str
    columns: tuple[int, ...] = ()
    proposed: bool = False
    candidate: int | None = None
    likeness: int = 0
    known: int = 0
    different: int = 0
    samples: str = ""


def question_fits(found: SurveyFile) -> tuple[QuestionFit, ...]:
    """Return how every question fits, in their order."""
    return tuple(_fit(found, question) for question in found.questions)


def _fit(found: SurveyFile, question: Question) -> QuestionFit:
    own = [c for c in found.mapped if c.code == question.code and c.role in {"question", "tick", "other_text"}]
    own.sort(key=lambda column: column.role == "other_text")
    if own:
        return _of_column(found, question, own[0], tuple(column.index for column in own))
    scored = [
        (suggestion.score, index, suggestion.likely)
        for index, suggestions in found.suggestions.items()
        for suggestion in suggestions
        if suggestion.code == question.code
    ]
    likely = next((index for _, index, fits in scored if fits), None)
    if likely is not None:
        return _of_column(found, question, found.mapped[likely], (likely,), proposed=True)
    nearest = max(scored, default=None)
    if nearest is None:
        return QuestionFit(code=question.code)
    return _of_column(found, question, found.mapped[nearest[1]], (), candidate=nearest[1])


def _of_column(
    found: SurveyFile,
    question: Question,
    column: FileColumn,
    columns: tuple[int, ...],
    *,
    proposed: bool = False,
    candidate: int | None = None,
) -> QuestionFit:
    closed = question.type in {"SA", "MA"} and column.role != "tick"
    known, different = options_in_column(column, question, found.file.rows, found.separator) if closed else (0, 0)
    alike = fuzz.WRatio(title_core(column.heading), title_core(question.title))
    values = dict.fromkeys(text for row in found.rows if (text := " ".join(row.raw[column.index].split())))
    return QuestionFit(
        code=question.code,
        columns=columns,
        proposed=proposed,
        candidate=candidate,
        likeness=next((level for least, level in _ALIKE if alike >= least), 0),
        known=known,
        different=different,
        samples="" if question.personal else "、".join(text[:16] for text in list(values)[:_SAMPLES]),
    )
