"""Read a list of an earlier year's totals (設問, 選択肢, 人数) and match it with this year's questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.foreign_files.foreign_file import STRUCK_CELL, STRUCK_ROW, read_foreign_file
from app.foreign_files.foreign_shape import row_words
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.tables.heading_roles import fold_heading
from app.surveys.questions.rules import parse_number, printed_title
from db.digits import whole_number, without_blanks
from db.record import record
from db.records.surveys import EarlierQuestion, Question, QuestionType

CODE, TITLE, OPTION, PEOPLE, BASE = "設問の記号", "設問", "選択肢", "人数", "ｎ"
COLUMNS = (CODE, TITLE, OPTION, PEOPLE, BASE)
"""The headings of the list template to fill in."""
TEMPLATE = "前の年度の集計の入力表"
"""The name of the list template, also in its file."""

_HEADINGS = {
    CODE: {"設問の記号", "設問記号", "設問コード", "記号", "コード", "code"},
    TITLE: {"設問", "設問文", "質問", "質問文", "題名"},
    OPTION: {"選択肢", "回答", "項目"},
    PEOPLE: {"人数", "件数", "回答数", "実数"},
    BASE: {"n", "回収数", "母数", "全体"},
}
_TOTAL_WORDS = {"回収数", "n", "母数", "全体"}


@record
class EarlierFile:
    """The totals read, as questions in file order, and what was unusable, as sentences that name the row.

    ``response_count`` is the n that all questions share, None where they differ or there is none.
    """

    questions: tuple[EarlierQuestion, ...]
    problems: tuple[str, ...]
    response_count: int | None = None


@dataclass
class _QuestionCounts:
    """Record of the counts of one question in a file of an earlier year, filled row by row."""

    code: str
    title: str
    counts: dict[str, int]
    base: int | None = None


def read_earlier_counts(path: Path, questions: Sequence[Question]) -> EarlierFile:
    """Read ``path`` (CSV or xlsx); a question is matched by its code, else by its title among ``questions``.

    One that matches none keeps its title as its code.

    Raises:
        IntakeRefusal: one Japanese sentence, when the file is unusable.
    """
    known = {name for names in _HEADINGS.values() for name in names} | set(COLUMNS)
    found = read_foreign_file(path, known_headings=known, accepted_own_lists=(TEMPLATE,))
    places = _places(found.headings)
    if OPTION not in places or PEOPLE not in places or not {CODE, TITLE} & set(places):
        raise IntakeRefusal(
            "「設問」「選択肢」「人数」の列が見つかりませんので、入力用の表をExcelに出力して、"
            "その形で作成してください。"
        )
    by_title = {_plain(printed_title(one)): one.code for one in questions}
    by_code = {one.code: one for one in questions}
    rows: dict[str, _QuestionCounts] = {}
    seen = found.spreadsheet_rows
    struck = {one.row for one in found.problems if one.code in (STRUCK_ROW, STRUCK_CELL)}
    problems = [
        f"{row_words([seen[one.row]])}：{one.reason}{'ため、取り込まない。' if one.row in struck else ''}"
        for one in found.problems
    ]
    last = ("", "")
    for row in found.rows:
        cell = {name: row.cells[place].strip() for name, place in places.items()}
        # In a list made by hand the question is only in the first row of its options.
        code, title = cell.get(CODE, "") or "", cell.get(TITLE, "")
        if not code and not title:
            code, title = last
        last = (code, title)
        code = code or by_title.get(_plain(title), title)
        if row.row in struck:
            continue
        problem = _add_row(rows, code, title, cell)
        if problem:
            problems.append(f"{row_words([row.spreadsheet_row])}：{problem}")
    made = tuple(_question(one, by_code.get(one.code)) for one in rows.values() if one.counts)
    bases = {one.base for one in made}
    return EarlierFile(
        questions=made, problems=tuple(problems), response_count=bases.pop() if len(bases) == 1 else None
    )


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Return the columns' numbers from 0 by what they hold (設問, 選択肢, 人数 …); of two alike the first."""
    places = {}
    for place, heading in enumerate(headings):
        folded = fold_heading(heading)
        name = next((name for name, words in _HEADINGS.items() if folded in {fold_heading(one) for one in words}), "")
        if name and name not in places:
            places[name] = place
    return places


def _add_row(rows: dict[str, _QuestionCounts], code: str, title: str, values: dict[str, str]) -> str:
    """Add one row to its question in ``rows``; return why it is unusable, "" for a row that is used or has no number.

    A row of 回収数 (ｎ, 母数, 全体) sets the question's n. An option that comes again is not added.
    """
    option, people = values[OPTION], values[PEOPLE]
    if not code or not option:
        return "設問か選択肢が空のため、取り込まない。" if people else ""
    number = whole_number(parse_number(people))
    if number is None:
        return f"「{option}」の人数「{people}」が数として読めないため、取り込まない。" if people else ""
    one = rows.setdefault(code, _QuestionCounts(code=code, title=title, counts={}))
    base = whole_number(parse_number(values.get(BASE, "")))
    if base is not None:
        one.base = base
    if _plain(option) in _TOTAL_WORDS:
        one.base = number
    elif option in one.counts:
        return f"「{option}」が2行あるため、あとの行は取り込まない。"
    else:
        one.counts[option] = number
    return ""


def _question(counts: _QuestionCounts, question: Question | None) -> EarlierQuestion:
    """Return a question of an earlier year with its counts, by ``question`` where this year asks it.

    From that come the type (SA where unknown) and a missing title; n is the sum of the counts where the file has none.
    """
    kind = question.type if question is not None and question.type.has_options else QuestionType.ONE
    base = counts.base if counts.base is not None else sum(counts.counts.values())
    title = counts.title or (printed_title(question) if question is not None else counts.code)
    return EarlierQuestion(code=counts.code, title=title, type=kind, base=base, counts=counts.counts)


def _plain(text: str) -> str:
    return without_blanks(text).casefold()
