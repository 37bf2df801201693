"""Read a whole answer file with columns, rows, open decisions, and the keys that recognise rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path

from app.common.text_rules import mask_personal_numbers
from app.foreign_files.cells.date_parsing import date_order
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.foreign_shape import Finding, ForeignFile, row_words, with_earlier_reading
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.source_detection import choice_separator
from app.foreign_files.tables.heading_roles import IDENTIFYING, fold_heading
from app.surveys.answers.intake.choice_splitting import column_separator
from app.surveys.answers.intake.survey_columns import (
    FileColumn,
    Suggestion,
    TextMapping,
    apply_assignments,
    apply_text_mapping,
    suggest_questions,
    with_roles_by_values,
)
from app.surveys.answers.intake.survey_judging import (
    DuplicateSet,
    count_lost_in_names,
    duplicate_problems,
    find_duplicates,
    find_mapping_notices,
    find_row_notices,
    find_row_problems,
)
from app.surveys.answers.intake.survey_proposal import propose_questions
from app.surveys.answers.intake.survey_rows import (
    SurveyRow,
    fingerprint_text,
    read_row,
)
from db.record import record
from db.records.surveys import Question

_UNREPORTED_CODES = frozenset({"formula_cell", "hidden_row"})
"""Remarks that matter for lists, not for answers."""
NO_QUESTION_FOUND = (
    "このアンケートの設問と同じ見出しの列が1つもありませんので、"
    "別の実施回のファイルでないか、設問の文を変えていないかを確かめてください。"
)


@record
class SurveyFile:
    """An answer file as read; nothing of it is saved or left out yet.

    ``encoding`` is empty for workbooks. ``header_row`` is the physical line of the headings. ``dropped_columns``
    hold personal data (or were left out by hand) and are not stored; ``unknown_columns`` go into each row's
    ``extra``; ``missing_questions`` are codes without a column, ``suggestions`` what an open column may be.
    ``problems`` need a person's decision, ``warnings`` are worth knowing, ``notices`` are sentences about the whole
    file.
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
    problems: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    lost_characters: int
    is_proposed: bool
    file: ForeignFile
    file_columns: tuple[FileColumn, ...]
    separator: str
    notices: tuple[str, ...] = ()
    suggestions: Mapping[int, tuple[Suggestion, ...]] = field(default_factory=dict)

    @property
    def answered_questions(self) -> int:
        """Return how many questions have a column."""
        return len(self.questions) - len(self.missing_questions)


def read_answers(path: Path, questions: Sequence[Question] = (), *, sheet: str = "") -> ForeignFile:
    """Read ``path`` as a table of answers, for ``interpret_answers``; it is opened for reading only.

    ``questions`` help to find the headings, ``sheet`` names the sheet of a workbook (empty = the one with the
    best table). A workbook is read by a child process.

    Raises:
        IntakeRefusal: the file is unusable.
    """
    titles = tuple(question.title for question in questions)
    return read_foreign_file(path, sheet=sheet, known_headings=titles, kind="アンケート")


def read_survey_file(
    path: Path, questions: tuple[Question, ...] | None, *, event_start: datetime | None = None
) -> SurveyFile:
    """Read the answers in ``path``; the file is opened for reading only.

    ``questions`` is the event's snapshot; None proposes questions from the file. ``event_start`` (Japan time, no
    zone) marks earlier answers with a warning.

    Raises:
        IntakeRefusal: the file is unusable or none of the questions has a column.
    """
    found = interpret_answers(read_answers(path, questions or ()), questions, event_start=event_start)
    if questions is not None and not found.answered_questions:
        raise IntakeRefusal(NO_QUESTION_FOUND)
    return found


def interpret_answers(
    file: ForeignFile,
    questions: tuple[Question, ...] | None,
    *,
    event_start: datetime | None = None,
    assigned: Mapping[int, str] | None = None,
    mapping: TextMapping | None = None,
) -> SurveyFile:
    """Return the answers in ``file`` as ``SurveyFile``, also when no question has a column.

    ``questions`` None = they are proposed from the file. Answers before ``event_start`` get a warning. ``assigned`` are
    columns set by hand (see ``survey_columns``), ``mapping`` texts outside the list that a person assigned to an option
    or left outside.
    """
    separator = choice_separator(file.service, (cell for row in file.rows for cell in row.cells))
    used = propose_questions(file.headings, file.rows, separator) if questions is None else questions
    columns = with_roles_by_values(apply_assignments(file.headings, used, assigned or {}), file.rows, assigned or {})
    separators = _separators(file, columns, used, separator)
    mapped = {column.code for column in columns if column.role in {"question", "tick"}}
    rows, problems, warnings = _judge(file, columns, used, separators, event_start, mapping or {})
    warnings += _missing_time_warnings(rows, columns)
    problems += _second_column_warnings(rows, columns)
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
        rows=tuple(rows),
        duplicates=duplicates,
        problems=tuple(problems),
        warnings=tuple(warnings),
        lost_characters=sum(count_lost_in_names(row, columns) for row in rows),
        is_proposed=questions is None,
        file=file,
        file_columns=columns,
        separator=separator,
        notices=_file_notices(file),
        suggestions={} if questions is None else suggest_questions(columns, used, file.rows, separator),
    )


def _separators(
    file: ForeignFile, columns: Sequence[FileColumn], questions: Sequence[Question], usual: str
) -> dict[int, str]:
    """Return the separator of choices for every column of a multiple-choice question."""
    by_code = {question.code: question for question in questions}
    found = {}
    for column in columns:
        question = by_code.get(column.code)
        if column.role == "question" and question is not None and question.type.takes_several:
            cells = (row.cells[column.index] for row in file.rows)
            found[column.index] = column_separator(cells, question.options, usual)
    return found


def rows_after_merge(survey_file: SurveyFile) -> tuple[SurveyRow, ...]:
    """Return the rows left when every duplicate set is merged and trial answers are left out."""
    left_out = {problem.row for problem in survey_file.problems if problem.code == "test_answer"}
    for duplicate in survey_file.duplicates:
        left_out.update(number for number in duplicate.rows if number != duplicate.keep)
    return tuple(row for row in survey_file.rows if row.row not in left_out)


def _judge(
    file: ForeignFile,
    columns: tuple[FileColumn, ...],
    questions: tuple[Question, ...],
    separators: Mapping[int, str],
    event_start: datetime | None,
    mapping: TextMapping,
) -> tuple[list[SurveyRow], list[Finding], list[Finding]]:
    """Return the rows as read, the problems that need a decision, and the warnings."""
    by_code = {question.code: question for question in questions}
    rows = []
    problems = list(file.problems)
    warnings = [found for found in file.notices if found.row and found.code not in _UNREPORTED_CODES]
    time = next((column.heading for column in columns if column.role == "time"), None)
    order = date_order(row.cells[one.index] for row in file.rows for one in columns if one.role == "time")
    for found in file.rows:
        read = read_row(found, columns, by_code, separators, order)
        row = _with_mapped_texts(read, mapping, by_code) if mapping else read
        rows.append(row)
        problems += find_row_problems(row, found, columns, by_code, mapping)
        warnings += find_row_notices(row, columns, by_code, separators)
        warnings += find_mapping_notices(row, read.answers, columns, by_code, mapping) if mapping else []
        if event_start and row.answered_at and row.answered_at < event_start:
            reason = f"実施回の開始（{event_start:%Y-%m-%d %H:%M}）より前の回答"
            warnings.append(Finding(row=row.row, column=time, reason=reason, code="before_event"))
    return rows, problems, warnings


def _second_column_warnings(rows: Sequence[SurveyRow], columns: Sequence[FileColumn]) -> list[Finding]:
    """Return a problem to decide for each value in a second column with a question's heading, which is not counted."""
    asked = {fold_heading(column.heading) for column in columns if column.role == "question"}
    second = [one for one in columns if one.role == "unknown" and fold_heading(one.heading) in asked - {""}]
    reason = "同じ見出しの列がもう1つあり、そちらにも答えがある"
    return [
        Finding(row=row.row, column=column.heading, reason=reason, code="doubled_column")
        for column in second
        for row in rows
        if row.raw[column.index].strip()
    ]


def _missing_time_warnings(rows: Sequence[SurveyRow], columns: Sequence[FileColumn]) -> list[Finding]:
    """Return warnings on answers without a time where most have one, as they were added by hand."""
    column = next((one for one in columns if one.role == "time"), None)
    if column is None:
        return []
    empty = [row for row in rows if not row.raw[column.index].strip()]
    if len(empty) * 2 >= len(rows):
        return []
    reason = "送信日時が空の回答（手で足した行か、日時の失われた行）"
    return [Finding(row=row.row, column=column.heading, reason=reason, code="timestamp_blank") for row in empty]


def _with_mapped_texts(row: SurveyRow, mapping: TextMapping, questions: Mapping[str, Question]) -> SurveyRow:
    """Return the row with texts replaced by the options they mean, and with these texts noted in it."""
    answers = apply_text_mapping(row.answers, mapping, questions)
    given = tuple(
        (code, text)
        for code, answer in row.answers.items()
        for text in answer.out_of_list
        if text not in answers[code].out_of_list
    )
    return replace(row, answers=answers, mapped_texts=given)


def _file_notices(file: ForeignFile) -> tuple[str, ...]:
    """Return sentences on what was not read and concerns the whole file, with at most five of the lines left out."""
    said = [f"{found.reason}。" for found in file.notices if not found.row]
    if file.left_out:
        lines = "、".join(f"{row_words([line.spreadsheet_row])}（{line.kind}）" for line in file.left_out[:5])
        more = "ほか" if len(file.left_out) > 5 else ""
        said.append(f"回答の行ではないため数えていない行がある：{lines}{more}。")
    return tuple(said)


def _dropped(columns: Sequence[FileColumn], questions: Sequence[Question]) -> tuple[str, ...]:
    """Return the headings of columns that are not read: they may identify people, or somebody left them out."""
    personal = {question.code for question in questions if question.personal}
    return tuple(
        column.heading
        for column in columns
        if column.role in IDENTIFYING
        or (column.role == "left_out" and column.heading.strip())
        or (column.role in {"question", "tick"} and column.code in personal)
    )


@record
class RowKeys:
    """Keys of one row: ``row_key`` recognises the row, ``respondent_key`` a re-submission ("" = impossible)."""

    row_key: str
    respondent_key: str


def row_keys(survey_file: SurveyFile, keyed_hash: Callable[[str], str]) -> dict[int, RowKeys]:
    """Return the keys of every row by its number.

    ``keyed_hash`` hashes a text under the data folder's key. Two identical rows of one file get different keys
    (the second counts as the second), so that neither is lost.
    """
    seen: Counter[str] = Counter()
    keys = {}
    for row in survey_file.rows:
        text = row.fingerprint
        seen[text] += 1
        respondent = row.respondent
        keys[row.row] = RowKeys(
            row_key=keyed_hash(_with_occurrence(text, seen[text])),
            respondent_key=keyed_hash("respondent\n" + respondent) if respondent else "",
        )
    return keys


def previous_row_keys(file: ForeignFile, keyed_hash: Callable[[str], str]) -> dict[int, str]:
    """Return the keys of rows as an earlier version read the file; {} where both read it alike.

    Lines that it counted as answers and that are none have negative numbers.
    """
    before = with_earlier_reading(file)
    if before is None:
        return {}
    seen: Counter[str] = Counter()
    keys = {}
    for row in before.rows:
        text = fingerprint_text(before.headings, tuple(map(mask_personal_numbers, row.cells)))
        seen[text] += 1
        keys[row.row] = keyed_hash(_with_occurrence(text, seen[text]))
    return keys


def _with_occurrence(text: str, occurrence: int) -> str:
    return "row\n" + text + (f"\n{occurrence}" if occurrence > 1 else "")
