"""Reads a whole answer file: source, columns, rows, what a person has to decide, and the keys by which rows are known
again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path

from app.common.written_texts import masked
from app.foreign_files.cells.written_days import order_of
from app.foreign_files.foreign_file import read_foreign
from app.foreign_files.foreign_shape import DoubtfulPlace, ForeignFile, as_read_before, row_words
from app.foreign_files.refusal import IntakeRefusal
from app.foreign_files.sources import choice_separator
from app.foreign_files.tables.heading_roles import IDENTIFYING, fold_heading
from app.subjects.surveys.answers.intake.choices import column_separator
from app.subjects.surveys.answers.intake.survey_columns import (
    FileColumn,
    Suggestion,
    Values,
    assigned_columns,
    mapped_answers,
    suggest_questions,
    with_roles_by_values,
)
from app.subjects.surveys.answers.intake.survey_judging import (
    DuplicateSet,
    RowProblem,
    duplicate_problems,
    find_duplicates,
    judge_row,
    lost_signs,
    mapped_notices,
    row_notices,
)
from app.subjects.surveys.answers.intake.survey_proposal import propose_questions
from app.subjects.surveys.answers.intake.survey_rows import (
    SurveyRow,
    fingerprint_text,
    read_row,
    respondent_text,
    row_fingerprint_text,
)
from db.frozen_record import frozen_record
from db.records.surveys import Question

_UNSAID = frozenset({"formula_cell", "hidden_row"})
"""Worth knowing of a list, not of answers."""
NO_QUESTION_FOUND = (
    "このアンケートの設問と同じ見出しの列が1つもありませんので、"
    "別の実施回のファイルでないか、設問の文を変えていないかを確かめてください。"
)


@frozen_record
class SurveyFile:
    """An answer file as read; nothing in it is saved or left out yet.

    ``encoding`` is empty for workbooks. ``header_row`` is the physical line of the headings. ``dropped_columns``
    hold a person's data (or were left out by hand) and are not kept; ``unknown_columns`` go into each row's ``extra``;
    ``missing_questions`` are codes without a column, ``suggestions`` what an open column may be. ``separators``
    are the signs between two choices by column. ``problems`` need a
    person's decision, ``warnings`` are worth knowing, ``notices`` are sentences about the whole file.
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
    file: ForeignFile
    mapped: tuple[FileColumn, ...]
    separator: str
    separators: Mapping[int, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    suggestions: Mapping[int, tuple[Suggestion, ...]] = field(default_factory=dict)

    @property
    def test_rows(self) -> tuple[int, ...]:
        """Data rows that look like a trial before the form was opened."""
        return tuple(problem.row for problem in self.problems if problem.code == "test_answer")

    @property
    def answered_questions(self) -> int:
        """How many questions have a column."""
        return len(self.questions) - len(self.missing_questions)


def read_answers(path: Path, questions: Sequence[Question] = (), *, sheet: str = "") -> ForeignFile:
    """Read ``path`` as a table of answers, for ``survey_of``; it is opened for reading only.

    ``questions`` help to find the headings, ``sheet`` names the sheet of a workbook (empty = the one with the best
    table). A workbook is read by a child process. Raises IntakeRefusal.
    """
    titles = tuple(question.title for question in questions)
    return read_foreign(path, sheet=sheet, known_headings=titles, kind="アンケート")


def read_survey_file(
    path: Path, questions: tuple[Question, ...] | None, *, event_start: datetime | None = None
) -> SurveyFile:
    """Read the answers in ``path``; the file is opened for reading only.

    ``questions`` is the event's snapshot; None proposes questions from the file. ``event_start`` (Japan time, no
    zone) marks earlier answers with a warning. Raises IntakeRefusal when the file cannot be taken or none of
    the questions has a column.
    """
    found = survey_of(read_answers(path, questions or ()), questions, event_start=event_start)
    if questions is not None and not found.answered_questions:
        raise IntakeRefusal(NO_QUESTION_FOUND)
    return found


def survey_of(
    file: ForeignFile,
    questions: tuple[Question, ...] | None,
    *,
    event_start: datetime | None = None,
    assigned: Mapping[int, str] | None = None,
    values: Values | None = None,
) -> SurveyFile:
    """The answers in ``file`` as ``SurveyFile`` describes them, also when no question has a column.

    ``assigned`` are columns set by hand (see ``survey_assigning``), ``values`` texts outside the list that a person
    gave to an option or left outside.
    """
    separator = choice_separator(file.service, (cell for row in file.rows for cell in row.cells))
    used = propose_questions(file.headings, file.rows, separator) if questions is None else questions
    columns = with_roles_by_values(assigned_columns(file.headings, used, assigned or {}), file.rows, assigned or {})
    separators = _separators(file, columns, used, separator)
    mapped = {column.code for column in columns if column.role in {"question", "tick"}}
    rows, problems, warnings = _judge(file, columns, used, separators, event_start, values or {})
    warnings += _without_time(rows, columns)
    problems += _in_a_second_column(rows, columns)
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
        file=file,
        mapped=columns,
        separator=separator,
        separators=separators,
        notices=_whole_file(file),
        suggestions={} if questions is None else suggest_questions(columns, used, file.rows, separator),
    )


def _separators(
    file: ForeignFile, columns: Sequence[FileColumn], questions: Sequence[Question], usual: str
) -> dict[int, str]:
    """The sign between two choices in every column of a question that may have several."""
    by_code = {question.code: question for question in questions}
    found = {}
    for column in columns:
        question = by_code.get(column.code)
        if column.role == "question" and question is not None and question.type == "MA":
            cells = (row.cells[column.index] for row in file.rows)
            found[column.index] = column_separator(cells, question.options, usual)
    return found


def rows_if_merged(survey_file: SurveyFile) -> tuple[SurveyRow, ...]:
    """The rows that stay when a person merges every duplicate set and leaves out trial answers."""
    left_out = set(survey_file.test_rows)
    for duplicate in survey_file.duplicates:
        left_out.update(number for number in duplicate.rows if number != duplicate.keep)
    return tuple(row for row in survey_file.rows if row.row not in left_out)


def _judge(
    file: ForeignFile,
    columns: tuple[FileColumn, ...],
    questions: tuple[Question, ...],
    separators: Mapping[int, str],
    event_start: datetime | None,
    values: Values,
) -> tuple[list[SurveyRow], list[RowProblem], list[RowProblem]]:
    by_code = {question.code: question for question in questions}
    rows: list[SurveyRow] = []
    problems = [_row_problem(found) for found in file.problems]
    warnings = [_row_problem(found) for found in file.notices if found.row and found.code not in _UNSAID]
    time = next((column.heading for column in columns if column.role == "time"), None)
    order = order_of(row.cells[one.index] for row in file.rows for one in columns if one.role == "time")
    for found in file.rows:
        read = read_row(found, columns, by_code, separators, order)
        row = _with_values(read, values, by_code) if values else read
        rows.append(row)
        problems += judge_row(row, found, columns, by_code, values)
        warnings += row_notices(row, columns, by_code, separators)
        warnings += mapped_notices(row, read.answers, columns, by_code, values) if values else []
        if event_start and row.answered_at and row.answered_at < event_start:
            reason = f"実施回の開始（{event_start:%Y-%m-%d %H:%M}）より前の回答"
            warnings.append(RowProblem(row=row.row, column=time, reason=reason, code="before_event"))
    return rows, problems, warnings


def _in_a_second_column(rows: Sequence[SurveyRow], columns: Sequence[FileColumn]) -> list[RowProblem]:
    """The answers with something in a second column of a question's heading, which belongs to no question."""
    asked = {fold_heading(column.heading) for column in columns if column.role == "question"}
    second = [one for one in columns if one.role == "unknown" and fold_heading(one.heading) in asked - {""}]
    reason = "同じ見出しの列がもう1つあり、そちらにも答えがある"
    return [
        RowProblem(row=row.row, column=column.heading, reason=reason, code="doubled_column")
        for column in second
        for row in rows
        if row.raw[column.index].strip()
    ]


def _without_time(rows: Sequence[SurveyRow], columns: Sequence[FileColumn]) -> list[RowProblem]:
    """The answers without a time of sending where most others have one: somebody added them by hand."""
    column = next((one for one in columns if one.role == "time"), None)
    if column is None:
        return []
    empty = [row for row in rows if not row.raw[column.index].strip()]
    if len(empty) * 2 >= len(rows):
        return []
    reason = "送信日時が空の回答（手で足した行か、日時の失われた行）"
    return [RowProblem(row=row.row, column=column.heading, reason=reason, code="timestamp_blank") for row in empty]


def _with_values(row: SurveyRow, values: Values, questions: Mapping[str, Question]) -> SurveyRow:
    answers = mapped_answers(row.answers, values, questions)
    given = tuple(
        (code, text)
        for code, answer in row.answers.items()
        for text in answer.out_of_list
        if text not in answers[code].out_of_list
    )
    return replace(row, answers=answers, given=given)


def _row_problem(found: DoubtfulPlace) -> RowProblem:
    return RowProblem(row=found.row, column=found.column, reason=found.reason, code=found.code)


def _whole_file(file: ForeignFile) -> tuple[str, ...]:
    """What was not read, and what else concerns the file and not one row."""
    said = [f"{found.reason}。" for found in file.notices if not found.row]
    if file.left_out:
        lines = "、".join(f"{row_words([line.seen])}（{line.kind}）" for line in file.left_out[:5])
        more = "ほか" if len(file.left_out) > 5 else ""
        said.append(f"回答の行ではないため数えていない行がある：{lines}{more}。")
    return tuple(said)


def _dropped(columns: Sequence[FileColumn], questions: Sequence[Question]) -> tuple[str, ...]:
    personal = {question.code for question in questions if question.personal}
    return tuple(
        column.heading
        for column in columns
        if column.role in IDENTIFYING
        or (column.role == "left_out" and column.heading.strip())
        or (column.role in {"question", "tick"} and column.code in personal)
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


@frozen_record
class RowKeys:
    """``row_key`` recognises the row itself, ``respondent_key`` a re-submission (empty when nothing tells)."""

    row_key: str
    respondent_key: str


def row_keys(survey_file: SurveyFile, keyed_hash: Callable[[str], str]) -> dict[int, RowKeys]:
    """The keys of every row by its number.

    ``keyed_hash`` turns a text into a hash under the data folder's key. Two rows of one file that are alike to
    the last letter get different keys (the second counts as the second), so that none of them is lost.
    """
    seen: Counter[str] = Counter()
    keys = {}
    for row in survey_file.rows:
        text = row_fingerprint_text(row)
        seen[text] += 1
        respondent = respondent_text(row)
        keys[row.row] = RowKeys(
            row_key=keyed_hash(_numbered(text, seen[text])),
            respondent_key=keyed_hash("respondent\n" + respondent) if respondent else "",
        )
    return keys


def row_keys_before(file: ForeignFile, keyed_hash: Callable[[str], str]) -> dict[int, str]:
    """The keys that the rows of ``file`` had when it was read as before; none where it is read as before."""
    before = as_read_before(file)
    if before is None:
        return {}
    seen: Counter[str] = Counter()
    keys = {}
    for row in before.rows:
        text = fingerprint_text(before.headings, tuple(map(masked, row.cells)))
        seen[text] += 1
        keys[row.row] = keyed_hash(_numbered(text, seen[text]))
    return keys


def _numbered(text: str, times: int) -> str:
    return "row\n" + text + (f"\n{times}" if times > 1 else "")
