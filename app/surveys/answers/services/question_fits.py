"""Rate how surely each question has its column in an answer file, by heading and answers."""

from __future__ import annotations

from rapidfuzz import fuzz

from app.foreign_files.tables.heading_roles import title_core
from app.surveys.answers.intake.survey_columns import FileColumn, count_known_answers
from app.surveys.answers.intake.survey_file import SurveyFile
from db.record import record
from db.records.surveys import Question

_LIKENESS_LEVELS = ((90, 3), (65, 2), (0, 1))
_MAX_SAMPLES = 3


@record
class QuestionFit:
    """One question with its columns (the first holds the answers, one of the written その他 may follow).

    ``is_proposed`` True = matched by similarity and to be checked; ``candidate`` is the nearest column where none
    is near enough. ``likeness`` 0 to 3 is that of the headings; ``matching_answers`` of ``distinct_answers`` in
    the column are options. ``samples`` are its first three different answers, cut short, "" for a personal question.
    """

    code: str
    columns: tuple[int, ...] = ()
    is_proposed: bool = False
    candidate: int | None = None
    likeness: int = 0
    matching_answers: int = 0
    distinct_answers: int = 0
    samples: str = ""


def read_question_fits(survey_file: SurveyFile) -> tuple[QuestionFit, ...]:
    """Return for each question, in order, which column fits it and how well."""
    return tuple(_fit(survey_file, question) for question in survey_file.questions)


def _fit(survey_file: SurveyFile, question: Question) -> QuestionFit:
    """Return which column fits a question best and how well, with the column proposed if none is mapped."""
    own = [
        c for c in survey_file.file_columns if c.code == question.code and c.role in {"question", "tick", "other_text"}
    ]
    own.sort(key=lambda column: column.role == "other_text")
    if own:
        return _column_fit(survey_file, question, own[0], tuple(column.index for column in own))
    scored = [
        (suggestion.score, index, suggestion.is_likely)
        for index, suggestions in survey_file.suggestions.items()
        for suggestion in suggestions
        if suggestion.code == question.code
    ]
    likely = next((index for _, index, fits in scored if fits), None)
    if likely is not None:
        return _column_fit(survey_file, question, survey_file.file_columns[likely], (likely,), proposed=True)
    nearest = max(scored, default=None)
    if nearest is None:
        return QuestionFit(code=question.code)
    return _column_fit(survey_file, question, survey_file.file_columns[nearest[1]], (), candidate=nearest[1])


def _column_fit(
    survey_file: SurveyFile,
    question: Question,
    column: FileColumn,
    columns: tuple[int, ...],
    *,
    proposed: bool = False,
    candidate: int | None = None,
) -> QuestionFit:
    """Return how well one column fits a question; ``columns``, ``proposed`` and ``candidate`` go into the result."""
    closed = question.type.has_options and column.role != "tick"
    known, different = (
        count_known_answers(column, question, survey_file.file.rows, survey_file.separator) if closed else (0, 0)
    )
    alike = fuzz.WRatio(title_core(column.heading), title_core(question.title))
    values = dict.fromkeys(text for row in survey_file.rows if (text := " ".join(row.raw[column.index].split())))
    return QuestionFit(
        code=question.code,
        columns=columns,
        is_proposed=proposed,
        candidate=candidate,
        likeness=next(level for least, level in _LIKENESS_LEVELS if alike >= least),
        matching_answers=known,
        distinct_answers=different,
        samples="" if question.personal else "、".join(text[:16] for text in list(values)[:_MAX_SAMPLES]),
    )
