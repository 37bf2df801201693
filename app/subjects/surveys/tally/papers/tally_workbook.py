"""The sheets of a tally that only the workbook has: every answer as one row without a person, and what its codes mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.papers.data_blocks import DataSheet
from app.subjects.register.rules.free_text import NameFinder, personal_flags
from app.subjects.surveys.questions.rules.answer_rows import NO_ANSWER, OUTSIDE, answer_rows, row_names, was_asked
from app.subjects.surveys.questions.rules.survey_questions import other_option, plain_options, printed_title
from app.subjects.surveys.questions.rules.survey_values import parse_number
from app.subjects.surveys.tally.rules.themes import Comment
from db.records.surveys import Answer, AnswerSheet, Question

DATA, CODES = "回答データ", "コード表"
NOT_ASKED = "非該当"
BETWEEN = " ｜ "
"""Between the options of one answer, in a text cell."""
CODE_BETWEEN = ","
NO_ANSWER_CODE, OUTSIDE_CODE = "0", "99"
WITHHELD = "（個人が分かるおそれがあるため載せていない）"
NOT_QUOTED = "（掲載しない）"

_CODES_NOTE = (
    f"注　数字は選択肢の番号（「{CODES}」のとおり）。{NO_ANSWER_CODE}は無回答、{OUTSIDE_CODE}は選択肢にない回答、"
    f"{NOT_ASKED}は分岐で聞いていない人。複数回答は「{CODE_BETWEEN}」または「{BETWEEN.strip()}」で区切る。"
)

Decided = Mapping[tuple[str, int], Comment]
"""What was decided about a free text, by question code and sheet."""


def answer_data(
    questions: Sequence[Question], sheets: Sequence[AnswerSheet], decided: Decided, finder: NameFinder | None
) -> DataSheet:
    """Return the counted ``sheets`` one a row: number, way of answering, and of every question code and text.

    No time, no other column of the file, nothing that tells who it was. A free text that may tell it stands only
    with the words that somebody chose; else a note stands in its place, so that a recount still finds an answer.
    """
    columns = ["No", "用紙番号", "回答方法"]
    numbers = {0, 1}
    for place, question in enumerate(questions, start=1):
        if question.type in ("SA", "MA", "NUM"):
            if question.type != "MA":
                numbers.add(len(columns))
            columns.append(f"問{place}")
        columns.append(f"問{place}　{printed_title(question)}")
        if question.has_other:
            columns.append(f"問{place}　{other_option(question)}の記入")
    counted = [sheet for sheet in sheets if sheet.counted]
    rows = []
    for number, sheet in enumerate(counted, start=1):
        row = [str(number), str(sheet.number) if sheet.source == "紙" and sheet.number else "", sheet.source]
        for question in questions:
            row += _cells(question, sheet, questions, decided, finder)
        rows.append(tuple(row))
    few = (
        "1行が1人の回答です。数が少ないため、設問を組み合わせると誰の回答か分かるおそれがあります。"
        if len(rows) < 30
        else ""
    )
    return DataSheet(
        sheet=DATA,
        title="回答データ（1行が1枚）",
        columns=tuple(columns),
        rows=tuple(rows),
        numbers=frozenset(numbers),
        lead=f"集計に入れた{len(rows)}枚。氏名、連絡先、回答の日時は含みません。{few}",
        notes=(_CODES_NOTE,),
    )


def _cells(
    question: Question,
    sheet: AnswerSheet,
    questions: Sequence[Question],
    decided: Decided,
    finder: NameFinder | None,
) -> list[str]:
    answer = sheet.answers.get(question.code, Answer())
    asked = was_asked(question, sheet.answers, questions)
    if not asked:
        cells = [NOT_ASKED, NOT_ASKED] if question.type != "FA" else [NOT_ASKED]
        return [*cells, NOT_ASKED] if question.has_other else cells
    if question.type == "FA":
        return [_written(question, sheet.id, answer.text, decided, finder)]
    if question.type == "NUM":
        return _number_cells(answer, finder)
    cells = [
        CODE_BETWEEN.join(option_code(question, name) for name in row_names(question, answer)),
        BETWEEN.join(_named(question, answer, finder)),
    ]
    if question.has_other:
        cells.append(_written(question, sheet.id, answer.other, decided, finder))
    return cells


def _named(question: Question, answer: Answer, finder: NameFinder | None) -> list[str]:
    """The rows by name; what was answered beside the list stands behind its row, unless it may name somebody."""
    names = list(row_names(question, answer))
    strange = [text for text in answer_rows(question, answer).strange if not personal_flags(text, finder=finder)]
    if OUTSIDE in names and strange:
        names[names.index(OUTSIDE)] = f"{OUTSIDE}：{'・'.join(strange)}"
    return names


def _number_cells(answer: Answer, finder: NameFinder | None) -> list[str]:
    """The number as read, empty without one (every code could be a number too), and the text as written."""
    written = answer.text.strip() or "".join(answer.chosen)
    if not written:
        return ["", NO_ANSWER]
    return [parse_number(written), WITHHELD if personal_flags(written, finder=finder) else written]


def _written(question: Question, sheet_id: int, text: str, decided: Decided, finder: NameFinder | None) -> str:
    if not text.strip():
        return ""
    comment = decided.get((question.code, sheet_id))
    if comment is not None:
        if comment.words:
            return comment.words
        return WITHHELD if comment.flags else NOT_QUOTED
    return WITHHELD if personal_flags(text, finder=finder) else text


def option_code(question: Question, name: str) -> str:
    """The code of a printed row: its number on the paper, 0 for 無回答, 99 for an answer outside the list."""
    if name == NO_ANSWER:
        return NO_ANSWER_CODE
    if name == OUTSIDE:
        return OUTSIDE_CODE
    options = question.options
    return str(options.index(name) + 1 if name in options else len(options) + 1)


def code_list(questions: Sequence[Question]) -> DataSheet:
    """Return what every code of the data sheet means."""
    words = {"SA": "単一回答", "MA": "複数回答", "NUM": "数値回答", "FA": "自由記述"}
    rows = []
    for place, question in enumerate(questions, start=1):
        head = (f"問{place}", question.code, printed_title(question), words[question.type])
        names = list(plain_options(question)) if question.type in ("SA", "MA") else []
        if question.has_other:
            names.append(other_option(question))
        names = sorted(names, key=lambda name: int(option_code(question, name)))
        for name in names or [""]:
            rows.append((*head, option_code(question, name) if name else "", name))
    return DataSheet(
        sheet=CODES,
        title="コード表",
        columns=("設問", "設問の記号", "設問文", "種類", "番号", "選択肢"),
        rows=tuple(rows),
        numbers=frozenset({4}),
    )
