"""Find doubtful answers in a file row by row, duplicates included; nothing is corrected."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Literal

from app.foreign_files.cells.suspicious_texts import count_lost_characters, has_lost_character, looks_like_test
from app.foreign_files.foreign_shape import Finding, ForeignRow
from app.registers.register.rules import personal_flags
from app.surveys.answers.intake.choice_splitting import fold_option
from app.surveys.answers.intake.survey_columns import FileColumn, TextMapping
from app.surveys.answers.intake.survey_rows import SurveyRow
from app.surveys.questions.rules import other_option_of, parse_number, printed_number
from db.record import record
from db.records.surveys import Answer, Question

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
DOUBLE_CLICK_SECONDS = 600
UNKEYED_SECONDS = 60
_MIN_UNKEYED_ANSWERS = 3


def find_row_problems(
    row: SurveyRow,
    table_row: ForeignRow,
    columns: Sequence[FileColumn],
    questions: dict[str, Question],
    mapping: TextMapping,
) -> list[Finding]:
    """Return the problems of one row, without comparing it with other rows.

    ``mapping`` are texts outside the list that a person has decided; they are no problem any more.
    """
    found: list[Finding] = []
    if table_row.problem and not any(cell.strip() for cell in table_row.cells):
        # The damage is reported already; that such a row answers nothing is no information.
        return found
    answered = {code: answer for code, answer in row.answers.items() if answer != Answer()}
    if row.answers and not answered:
        found.append(_problem(row, None, "すべての設問が無回答", "all_blank"))
    for column in columns:
        cell = row.raw[column.index]
        if column.role == "time" and cell.strip() and row.answered_at is None:
            found.append(_problem(row, column.heading, f"日時「{cell[:40]}」を読めない", "bad_timestamp"))
        elif column.role in {"name", "organisation"} and has_lost_character(cell):
            reason = f"「{column.heading}」に「?」などがあり、文字が失われたおそれがある"
            found.append(_problem(row, column.heading, reason, "lost_character"))
    for code, column in _question_columns(columns).items():
        if code in answered:
            found += [
                _problem(row, column.heading, reason, word)
                for reason, word in _answer_problems(questions[code], questions, answered[code], mapping or {})
            ]
    test = _trial_column(row, columns, questions)
    if test:
        found.append(_problem(row, test, "試し送信らしい回答", "test_answer"))
    return found


def find_row_notices(
    row: SurveyRow, columns: Sequence[FileColumn], questions: dict[str, Question], separators: Mapping[int, str]
) -> list[Finding]:
    """Return remarks on one row that need no decision (a text like a formula, an option spelt otherwise …)."""
    found = []
    for code, column in _question_columns(columns).items():
        answer = row.answers.get(code)
        if answer is None:
            continue
        question = questions[code]
        written = answer.text if question.type.is_text else answer.other
        if written.startswith(_FORMULA_STARTS):
            reason = "先頭が数式と同じ記号の文章。文字のまま扱う"
            found.append(_problem(row, column.heading, reason, "formula_like_text"))
        if answer.other and question.type.takes_several and separators.get(column.index, ",") in answer.other:
            reason = "その他の記述の中に区切りと同じ文字がある。1件のその他として数える"
            found.append(_problem(row, column.heading, reason, "other_contains_separator"))
        otherwise = _respelt_options(row, column, answer)
        if otherwise:
            reason = f"{_label(question, questions)}は書き方の違う「{otherwise}」として数える"
            found.append(_problem(row, column.heading, reason, "option_spelt_otherwise"))
        flags = personal_flags(written) if written else ()
        if flags:
            reason = f"{_label(question, questions)}の記述に{'・'.join(flags)}がある"
            found.append(_problem(row, column.heading, reason, "pii_in_free_text"))
    return found


def find_mapping_notices(
    row: SurveyRow,
    original: Mapping[str, Answer],
    columns: Sequence[FileColumn],
    questions: dict[str, Question],
    mapping: TextMapping,
) -> list[Finding]:
    """Return a remark for each text outside the list that a person decided: as which option it counts, or as none.

    ``original`` are the answers as received.
    """
    found = []
    for code, column in _question_columns(columns).items():
        for text in original.get(code, Answer()).out_of_list:
            if (code, text) in mapping:
                option = mapping[code, text]
                counted = (
                    f"「{option}」として数える" if option in questions[code].options else "選択肢にない回答として数える"
                )
                reason = f"{_label(questions[code], questions)}の「{text[:60]}」は{counted}"
                found.append(_problem(row, column.heading, reason, "option_decided"))
    return found


def _question_columns(columns: Sequence[FileColumn]) -> dict[str, FileColumn]:
    found: dict[str, FileColumn] = {}
    for column in columns:
        if column.role in {"question", "tick"}:
            found.setdefault(column.code, column)
    return found


def _respelt_options(row: SurveyRow, column: FileColumn, answer: Answer) -> str:
    """Return the options that the cell spells otherwise than the questionnaire, joined; "" when none."""
    cell = row.raw[column.index]
    if column.role == "tick":
        return ""
    otherwise = [option for option in answer.chosen if option not in cell]
    if not otherwise:
        return ""
    folded = fold_option(cell)
    # A text that was given to an option by hand is not in the cell at all.
    return "」「".join(option for option in otherwise if fold_option(option) in folded)


def count_lost_in_names(row: SurveyRow, columns: Sequence[FileColumn]) -> int:
    """Return the number of replacement characters in names and 団体名."""
    return count_lost_characters(row.raw[column.index] for column in columns if column.role in {"name", "organisation"})


def _answer_problems(
    question: Question, questions: dict[str, Question], answer: Answer, mapping: TextMapping
) -> list[tuple[str, str]]:
    # In the words of a response on paper, and with the place, so that it is decided there as well.
    label = f"問{list(questions).index(question.code) + 1}　"
    found = [
        (f"{label}「{text[:60]}」は選択肢にありません", "option_not_in_list")
        for text in answer.out_of_list
        if (question.code, text) not in mapping
    ]
    ticked = len(answer.chosen) + bool(answer.other and other_option_of(question) not in answer.chosen)
    if question.type.takes_several and question.max_select and ticked > question.max_select:
        reason = f"{label}選択が{question.max_select}つを超えています"
        found.append((reason, "ma_over_limit"))
    exclusive = question.exclusive_option
    if exclusive and exclusive in answer.chosen and ticked + len(answer.out_of_list) > 1:
        reason = f"{label}「{exclusive}」とほかの選択肢が一緒に選ばれています"
        found.append((reason, "exclusive_conflict"))
    if question.type.is_number and not parse_number(answer.text):
        found.append((f"{label}「{answer.text[:40]}」は1つの数ではありません", "not_a_number"))
    return found


def _label(question: Question, questions: dict[str, Question]) -> str:
    """Return 「問3」 as the questionnaire prints it; computed only for doubtful cells."""
    return printed_number(question, list(questions).index(question.code) + 1)


def _trial_column(row: SurveyRow, columns: Sequence[FileColumn], questions: dict[str, Question]) -> str | None:
    """Return the heading of the first text of a row that looks like a trial, questions first; None without one."""
    texts = [c for c in columns if c.role == "question" and questions[c.code].type.is_text]
    others = [c for c in columns if c.role in {"other_text", "unknown"}]
    people = sorted((c for c in columns if c.role in {"name", "organisation"}), key=lambda c: c.role)
    for column in [*texts, *people, *others]:
        if looks_like_test(row.raw[column.index]):
            return column.heading
    return None


def _problem(row: SurveyRow, column: str | None, reason: str, code: str) -> Finding:
    return Finding(row=row.row, column=column, reason=reason, code=code)


@record
class DuplicateSet:
    """Data rows (by number) that may be one answer, why, and which row stays (``keep``) if a person merges them."""

    rows: tuple[int, ...]
    reason: str
    kind: Literal["resubmission", "double_submit"]
    keep: int


def find_duplicates(rows: Sequence[SurveyRow]) -> tuple[DuplicateSet, ...]:
    """Return sets of rows that may be one answer: those of one respondent, whatever they answered.

    A row without a respondent is compared with the row before it that has none either.
    """
    groups: dict[str, list[SurveyRow]] = {}
    unkeyed = []
    for row in rows:
        if row.respondent:
            groups.setdefault(row.respondent, []).append(row)
        else:
            unkeyed.append(row)
    found = [_set_by_respondent(group) for group in groups.values() if len(group) > 1]
    found += _sets_by_sequence(unkeyed)
    return tuple(sorted(found, key=lambda duplicate: duplicate.rows))


def duplicate_problems(
    rows: Sequence[SurveyRow], duplicates: Sequence[DuplicateSet], columns: Sequence[FileColumn]
) -> list[Finding]:
    """Return a problem for every row of a set but its first, naming the column by which the respondent is known.

    The code is ``double_submit`` for a double click with equal answers, else ``resubmission``.
    """
    by_number = {row.row: row for row in rows}
    found = []
    for duplicate in duplicates:
        column = _identifying_column(by_number[duplicate.rows[0]], columns)
        for earlier, later in zip(duplicate.rows, duplicate.rows[1:], strict=False):
            doubled = _have_same_answers(by_number[earlier], by_number[later])
            if doubled and duplicate.kind == "double_submit":
                reason, code = "直前の回答と同じ内容（二度押しの疑い）", "double_submit"
            else:
                name = by_number[later].respondent.split(":", 1)[0]
                reason, code = f"{name}が同じ前の回答がある", "resubmission"
            found.append(Finding(row=later, column=column, reason=reason, code=code))
    return found


def _set_by_respondent(group: list[SurveyRow]) -> DuplicateSet:
    """Return the duplicate set that all rows of one respondent form, with the row to keep.

    Of a double click the first is kept, else the latest.
    """
    name = group[0].respondent.split(":", 1)[0]
    numbers = tuple(row.row for row in group)
    pairs = list(itertools.pairwise(group))
    gaps = [_seconds_between(earlier, later) for earlier, later in pairs]
    same = all(_have_same_answers(earlier, later) for earlier, later in pairs)
    if same and all(gap is not None and gap <= DOUBLE_CLICK_SECONDS for gap in gaps):
        reason = f"{name}が同じで答えも同じ、{_gap_words(max(gap or 0 for gap in gaps))}"
        return DuplicateSet(rows=numbers, reason=reason, kind="double_submit", keep=numbers[0])
    words = "答えも同じ" if same else "答えが違う"
    reason = f"{name}が同じで{words}。まとめるなら後の回答を残す"
    return DuplicateSet(rows=numbers, reason=reason, kind="resubmission", keep=_latest(group).row)


def _latest(group: list[SurveyRow]) -> SurveyRow:
    """Return the last answer by time stamp, by file order where a stamp is missing."""
    if any(row.answered_at is None for row in group):
        return group[-1]
    return max(group, key=lambda row: (row.answered_at, row.row))


def _sets_by_sequence(rows: list[SurveyRow]) -> list[DuplicateSet]:
    """Return a duplicate set for each two answers that were sent within seconds of each other and are equal.

    The order is that of their time: a line that was copied may stand anywhere in the file. Rows with fewer than
    ``_MIN_UNKEYED_ANSWERS`` answers do not count.
    """
    found = []
    for earlier, later in itertools.pairwise(sorted(rows, key=lambda row: str(row.answered_at))):
        gap = _seconds_between(earlier, later)
        answered = sum(answer != Answer() for answer in earlier.answers.values())
        if gap is None or gap > UNKEYED_SECONDS or answered < _MIN_UNKEYED_ANSWERS:
            continue
        if _have_same_answers(earlier, later):
            reason = f"答えがすべて同じで{_gap_words(gap)}。だれの回答かは分からない"
            numbers = (earlier.row, later.row)
            found.append(DuplicateSet(rows=numbers, reason=reason, kind="double_submit", keep=earlier.row))
    return found


def _have_same_answers(row: SurveyRow, other: SurveyRow) -> bool:
    return row.answers == other.answers and row.extra == other.extra


def _seconds_between(earlier: SurveyRow, later: SurveyRow) -> int | None:
    if earlier.answered_at is None or later.answered_at is None:
        return None
    return int(abs((later.answered_at - earlier.answered_at).total_seconds()))


def _gap_words(seconds: int) -> str:
    """Return a time difference in words (「12秒差」), 「同じ時刻」 for none (as in sources with minutes only)."""
    return f"{seconds}秒差" if seconds else "同じ時刻"


def _identifying_column(row: SurveyRow, columns: Sequence[FileColumn]) -> str | None:
    role = {"メールアドレス": "mail", "番号": "badge", "団体名と氏名": "name"}.get(row.respondent.split(":", 1)[0])
    return next((column.heading for column in columns if column.role == role), None)
