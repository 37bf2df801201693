"""Says, row by row, what a person has to look at in the answers of a file; mends nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.foreign_files.foreign_shape import ForeignRow
from app.foreign_files.telltale_texts import count_lost_signs, has_lost_sign, looks_like_test
from app.subjects.register.rules.free_text import personal_flags
from app.subjects.surveys.answers.intake.survey_assigning import Values
from app.subjects.surveys.answers.intake.survey_columns import Column
from app.subjects.surveys.answers.intake.survey_rows import SurveyRow
from app.subjects.surveys.questions.intake.option_fold import fold_option
from app.subjects.surveys.questions.rules.survey_questions import other_option, printed_number
from app.subjects.surveys.questions.rules.survey_values import parse_number
from db.records.surveys import Answer, Question

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """What is doubtful in one data row: the heading concerned (None = whole row), a reason, a code word."""

    row: int
    column: str | None
    reason: str
    code: str


def judge_row(
    row: SurveyRow,
    table_row: ForeignRow,
    columns: Sequence[Column],
    questions: dict[str, Question],
    values: Values | None = None,
) -> list[RowProblem]:
    """List what is wrong in one row, without comparing it with other rows.

    ``values`` are the texts outside the list about which a person has decided; they are not asked about again.
    """
    found: list[RowProblem] = []
    if table_row.problem and not any(cell.strip() for cell in table_row.cells):
        # The damage is named already; that such a row answers nothing says nothing.
        return found
    answered = {code: answer for code, answer in row.answers.items() if answer != Answer()}
    if row.answers and not answered:
        found.append(_problem(row, None, "すべての設問が無回答", "all_blank"))
    for column in columns:
        cell = row.raw[column.index]
        if column.role == "time" and cell.strip() and row.answered_at is None:
            found.append(_problem(row, column.heading, f"日時「{cell[:40]}」を読めない", "bad_timestamp"))
        elif column.role in {"name", "organisation"} and has_lost_sign(cell):
            reason = f"「{column.heading}」に「?」などがあり、文字が失われたおそれがある"
            found.append(_problem(row, column.heading, reason, "lost_character"))
    for code, column in _question_columns(columns).items():
        if code in answered:
            found += [
                _problem(row, column.heading, reason, word)
                for reason, word in _answer_problems(questions[code], questions, answered[code], values or {})
            ]
    test = _test_column(row, columns, questions)
    if test:
        found.append(_problem(row, test, "試し送信らしい回答", "test_answer"))
    return found


def row_notices(
    row: SurveyRow, columns: Sequence[Column], questions: dict[str, Question], separator: str
) -> list[RowProblem]:
    """List what is handled rightly but worth knowing before the texts are used elsewhere."""
    found: list[RowProblem] = []
    for code, column in _question_columns(columns).items():
        answer = row.answers.get(code)
        if answer is None:
            continue
        question = questions[code]
        written = answer.text if question.type == "FA" else answer.other
        if written.startswith(_FORMULA_STARTS):
            reason = "先頭が数式と同じ記号の文章。文字のまま扱う"
            found.append(_problem(row, column.heading, reason, "formula_like_text"))
        if answer.other and question.type == "MA" and separator in answer.other:
            reason = "その他の記述の中に区切りと同じ文字がある。1件のその他として数える"
            found.append(_problem(row, column.heading, reason, "other_contains_separator"))
        otherwise = _spelt_otherwise(row, column, answer)
        if otherwise:
            reason = f"{_label(question, questions)}は書き方の違う「{otherwise}」として数える"
            found.append(_problem(row, column.heading, reason, "option_spelt_otherwise"))
        flags = personal_flags(written) if written else ()
        if flags:
            reason = f"{_label(question, questions)}の記述に{'・'.join(flags)}がある"
            found.append(_problem(row, column.heading, reason, "pii_in_free_text"))
    return found


def mapped_notices(
    row: SurveyRow,
    before: Mapping[str, Answer],
    columns: Sequence[Column],
    questions: dict[str, Question],
    values: Values,
) -> list[RowProblem]:
    """List what a person decided about texts outside the list; ``before`` are the answers as they came."""
    found = []
    for code, column in _question_columns(columns).items():
        for text in before.get(code, Answer()).out_of_list:
            if (code, text) in values:
                option = values[code, text]
                counted = (
                    f"「{option}」として数える" if option in questions[code].options else "選択肢にない回答として数える"
                )
                reason = f"{_label(questions[code], questions)}の「{text[:60]}」は{counted}"
                found.append(_problem(row, column.heading, reason, "option_decided"))
    return found


def _question_columns(columns: Sequence[Column]) -> dict[str, Column]:
    """The column of every question by code; of a question with one column an option the first."""
    found: dict[str, Column] = {}
    for column in columns:
        if column.role in {"question", "tick"}:
            found.setdefault(column.code, column)
    return found


def _spelt_otherwise(row: SurveyRow, column: Column, answer: Answer) -> str:
    """The options that the cell spells otherwise than the questionnaire, joined; empty when there is none."""
    cell = row.raw[column.index]
    if column.role == "tick":
        return ""
    otherwise = [option for option in answer.chosen if option not in cell]
    if not otherwise:
        return ""
    folded = fold_option(cell)
    # A text that was given to an option by hand is not in the cell at all.
    return "」「".join(option for option in otherwise if fold_option(option) in folded)


def lost_signs(row: SurveyRow, columns: Sequence[Column]) -> int:
    """Count the signs in names and 団体名 that stand for a character that was lost before it came to us."""
    return count_lost_signs(row.raw[column.index] for column in columns if column.role in {"name", "organisation"})


def _answer_problems(
    question: Question, questions: dict[str, Question], answer: Answer, values: Values
) -> list[tuple[str, str]]:
    label = _label(question, questions)
    found = [
        (f"{label}の「{text[:60]}」は選択肢にない", "option_not_in_list")
        for text in answer.out_of_list
        if (question.code, text) not in values
    ]
    ticked = len(answer.chosen) + bool(answer.other and other_option(question) not in answer.chosen)
    if question.type == "MA" and question.max_select and ticked > question.max_select:
        reason = f"{label}は{question.max_select}つまでのところ{ticked}つ選ばれている"
        found.append((reason, "ma_over_limit"))
    exclusive = question.exclusive_option
    if exclusive and exclusive in answer.chosen and ticked + len(answer.out_of_list) > 1:
        reason = f"{label}で「{exclusive}」とほかの選択肢が同時に選ばれている"
        found.append((reason, "exclusive_conflict"))
    if question.type == "NUM" and not parse_number(answer.text):
        found.append((f"{label}の「{answer.text[:40]}」を1つの数にできない", "not_a_number"))
    return found


def _label(question: Question, questions: dict[str, Question]) -> str:
    """「問3」 as the questionnaire prints it; only worked out for the few doubtful cells."""
    return printed_number(question, list(questions).index(question.code) + 1)


def _test_column(row: SurveyRow, columns: Sequence[Column], questions: dict[str, Question]) -> str | None:
    """The heading of the first written text that looks like a trial, questions before personal columns."""
    texts = [c for c in columns if c.role == "question" and questions[c.code].type == "FA"]
    others = [c for c in columns if c.role in {"other_text", "unknown"}]
    people = sorted((c for c in columns if c.role in {"name", "organisation"}), key=lambda c: c.role)
    for column in [*texts, *people, *others]:
        if looks_like_test(row.raw[column.index]):
            return column.heading
    return None


def _problem(row: SurveyRow, column: str | None, reason: str, code: str) -> RowProblem:
    return RowProblem(row=row.row, column=column, reason=reason, code=code)
