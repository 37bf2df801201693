"""Suggests to which question a column belongs whose heading is none of the titles; a person decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.foreign_files.foreign_shape import ForeignRow
from app.foreign_files.heading_roles import title_core
from app.subjects.surveys.answers.intake.survey_columns import Column
from app.subjects.surveys.answers.intake.survey_pieces import pieces_of
from app.subjects.surveys.questions.intake.option_fold import option_reader
from db.records.surveys import Question

_LEAST = 60
_LIKELY = 72
_FITS = 0.8
_WORD = re.compile(r"[一-龥々]{2,}|[ァ-ヶー]{3,}|[a-z]{3,}")
_SAID_EVERYWHERE = frozenset({"講習会", "講習", "意見交換会", "本日", "今日", "内容", "回答", "参加", "団体", "今回"})
_MOST = 3
_LOOKED_AT = 60
_MOST_COLUMNS = 200


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A question that a column may belong to; ``score`` from 0 to 100, ``likely`` fit to be proposed as the answer."""

    code: str
    score: int
    likely: bool = False


def suggest_questions(
    columns: Sequence[Column], questions: Sequence[Question], rows: Sequence[ForeignRow], separator: str
) -> dict[int, tuple[Suggestion, ...]]:
    """The questions without a column that each open column may belong to, by column number, the likeliest first.

    Wording and answers both tell: 「Q3 講習の満足度は」 is like 「講習会の満足度」, and a column whose cells are the
    options of a question is likely its column whatever it is called. No question is likely for two columns.
    """
    placed = {column.code for column in columns if column.role in {"question", "tick"}}
    open_questions = [question for question in questions if question.code not in placed]
    open_columns = [column for column in columns if column.role == "unknown" and column.heading.strip()]
    pairs: list[tuple[int, int, str]] = []
    for column in open_columns[:_MOST_COLUMNS]:
        core = title_core(column.heading)
        fits = {question.code: _fit(column, question, rows, separator) for question in open_questions}
        fitting = sum((fit or 0) >= _FITS for fit in fits.values())
        for question in open_questions:
            title = title_core(question.title)
            score = _score(core, title, fits[question.code], alone=fitting == 1)
            if score >= _LEAST:
                pairs.append((score, column.index, question.code))
    pairs.sort(key=lambda pair: (-pair[0], pair[1]))
    return _best(pairs)


def _best(pairs: Sequence[tuple[int, int, str]]) -> dict[int, tuple[Suggestion, ...]]:
    found: dict[int, list[Suggestion]] = {}
    columns: set[int] = set()
    codes: set[str] = set()
    for score, index, code in pairs:
        likely = score >= _LIKELY and index not in columns and code not in codes
        if likely:
            columns.add(index)
            codes.add(code)
        found.setdefault(index, []).append(Suggestion(code=code, score=score, likely=likely))
    return {index: tuple(each[:_MOST]) for index, each in found.items()}


def _score(heading: str, title: str, fit: float | None, *, alone: bool) -> int:
    """Wording from 0 to 100, moved by how well the cells fit the question (None = its answers tell nothing).

    ``alone`` True = the cells fit one question only.
    """
    alike = fuzz.WRatio(heading, title)
    shared = _share_a_word(heading, title)
    if fit is None:
        return round(max(alike, _LEAST + 5) if shared else alike)
    if fit >= _FITS:
        return round(max(alike, 80 if shared else 74 if alone else 62))
    return round(alike * (0.55 + 0.45 * fit))


def _share_a_word(one: str, other: str) -> bool:
    """Whether both ask with the same word (満足 in 満足度), words of every sheet apart."""
    words = [word for word in _WORD.findall(one) if word not in _SAID_EVERYWHERE]
    others = [word for word in _WORD.findall(other) if word not in _SAID_EVERYWHERE]
    return any(word in another or another in word for word in words for another in others)


def _fit(column: Column, question: Question, rows: Sequence[ForeignRow], separator: str) -> float | None:
    """The share of answered cells that hold an option of the question; None for written answers."""
    if question.type not in {"SA", "MA"}:
        return None
    reader = option_reader(question.options)
    cells = [cell for row in rows[:_LOOKED_AT] if (cell := row.cells[column.index].strip())]
    if not cells:
        return None
    fitting = sum(
        bool(reader.meant(cell)) or any(reader.meant(piece) for piece in pieces_of(cell, separator)) for cell in cells
    )
    return fitting / len(cells)
