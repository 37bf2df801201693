"""Reads a whole answer file: text, table, source, columns, rows, and everything a person has to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.intake.findings import Finding
from app.intake.foreign_file import ForeignFile, read_foreign
from app.intake.refusal import IntakeRefusal
from app.intake.survey_columns import IDENTIFYING, Column, map_columns
from app.intake.survey_duplicates import DuplicateSet, duplicate_problems, find_duplicates
from app.intake.survey_judging import RowProblem, judge_row, lost_signs, row_notices
from app.intake.survey_proposal import propose_questions
from app.intake.survey_rows import SurveyRow, read_row
from app.intake.survey_source import choice_separator
from db.records.surveys import Question

_UNSAID = frozenset({"formula_cell", "hidden_row"})
"""Worth knowing of a list, not of answers."""


@dataclass(frozen=True, kw_only=True)
class SurveyFile:
    """An answer file as read; nothing in it is saved or left out yet.

    ``encoding`` is empty for workbooks. ``header_row`` is the physical line of the headings. ``dropped_columns`` hold a person's data and are not
    kept; ``unknown_columns`` go into each row's ``extra``; ``missing_questions`` are codes without a column.
    ``problems`` need a person's decision, ``warnings`` are worth knowing.
    """

    source: str
    encoding: str
    header_row: int
    columns: tuple[str, ...]
    dropped_columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    missing_questions: tuple[str, ...]
    questions: tuple[Question, ...]
    rows: tuple[SurveyRow, ...]
    duplicates: tuple[DuplicateSet, ...]
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    lost_characters: int
    proposed: bool

    @property
    def test_rows(self) -> tuple[int, ...]:
        """Data rows that look like a trial before the form was opened."""
        return tuple(problem.row for problem in self.problems if problem.code == "test_answer")


def read_survey_file(
    path: Path, questions: tuple[Question, ...] | None, *, event_start: datetime | None = None
) -> SurveyFile:
    """Read the answers in ``path``; the file is opened for reading only.

    ``questions`` is the event's snapshot; None proposes questions from the file. ``event_start`` (Japan time, no
    zone) marks earlier answers with a warning. Raises IntakeRefusal when the file cannot be taken or none of
    the questions has a column.
    """
    titles = tuple(question.title for question in questions or ())
    return survey_of(read_foreign(path, known_headings=titles), questions, event_start=event_start)


def survey_of(
    file: ForeignFile, questions: tuple[Question, ...] | None, *, event_start: datetime | None = None
) -> SurveyFile:
    """The answers in ``file``, as ``read_survey_file`` describes. Raises IntakeRefusal when no question has a column."""
    separator = choice_separator(file.service, (cell for row in file.rows for cell in row.cells))
    used = propose_questions(file.headings, file.rows, separator) if questions is None else questions
    columns = map_columns(file.headings, used)
    mapped = {column.code for column in columns if column.role == "question"}
    if not mapped and questions is not None:
        raise IntakeRefusal(
            "このアンケートの設問と同じ見出しの列が1つもありませんので、"
            "別の実施回のファイルでないか、設問の文を変えていないかを確かめてください。"
        )
    rows, problems, warnings = _judge(file, columns, used, separator, event_start)
    duplicates = find_duplicates(rows)
    problems += duplicate_problems(rows, duplicates, columns)
    problems.sort(key=lambda problem: problem.row)
    return SurveyFile(
        source=file.source,
        encoding=file.encoding or "",
        header_row=file.header_row,
        columns=file.headings,
        dropped_columns=_dropped(columns, used),
        unknown_columns=tuple(c.heading for c in columns if c.role == "unknown" and c.heading.strip()),
        missing_questions=tuple(question.code for question in used if question.code not in mapped),
        questions=used,
        rows=_with_reasons(rows, problems, warnings),
        duplicates=duplicates,
        problems=tuple(problems),
        warnings=tuple(warnings),
        lost_characters=sum(lost_signs(row, columns) for row in rows),
        proposed=questions is None,
    )


def rows_if_merged(survey_file: SurveyFile) -> tuple[SurveyRow, ...]:
    """The rows that stay when a person merges every duplicate set and leaves out trial answers."""
    left_out = set(survey_file.test_rows)
    for duplicate in survey_file.duplicates:
        left_out.update(number for number in duplicate.rows if number != duplicate.keep)
    return tuple(row for row in survey_file.rows if row.row not in left_out)


def _judge(
    file: ForeignFile,
    columns: tuple[Column, ...],
    questions: tuple[Question, ...],
    separator: str,
    event_start: datetime | None,
) -> tuple[list[SurveyRow], list[RowProblem], list[RowProblem]]:
    by_code = {question.code: question for question in questions}
    rows: list[SurveyRow] = []
    problems = [_row_problem(found) for found in file.problems]
    warnings = [_row_problem(found) for found in file.notices if found.row and found.code not in _UNSAID]
    time = next((column.heading for column in columns if column.role == "time"), None)
    for found in file.rows:
        row = read_row(found, columns, by_code, separator)
        rows.append(row)
        problems += judge_row(row, found, columns, by_code)
        warnings += row_notices(row, columns, by_code, separator)
        if event_start and row.answered_at and row.answered_at < event_start:
            reason = f"実施回の開始（{event_start:%Y-%m-%d %H:%M}）より前の回答"
            warnings.append(RowProblem(row=row.row, column=time, reason=reason, code="before_event"))
    return rows, problems, warnings


def _row_problem(found: Finding) -> RowProblem:
    return RowProblem(row=found.row, column=found.column, reason=found.reason, code=found.code)


def _dropped(columns: Sequence[Column], questions: Sequence[Question]) -> tuple[str, ...]:
    personal = {question.code for question in questions if question.personal}
    return tuple(
        column.heading
        for column in columns
        if column.role in IDENTIFYING or (column.role == "question" and column.code in personal)
    )


def _with_reasons(
    rows: Sequence[SurveyRow], problems: Sequence[RowProblem], warnings: Sequence[RowProblem]
) -> tuple[SurveyRow, ...]:
    wrong: dict[int, list[str]] = {}
    noted: dict[int, list[str]] = {}
    for target, found in ((wrong, problems), (noted, warnings)):
        for item in found:
            target.setdefault(item.row, []).append(item.reason)
    return tuple(
        replace(row, problems=tuple(wrong.get(row.row, ())), warnings=tuple(noted.get(row.row, ()))) for row in rows
    )
