"""Suggests to which question a column belongs whose heading is none of the titles; a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.intake.foreign_shape import ForeignRow
from app.intake.option_fold import option_reader
from app.intake.survey_columns import Column, title_core
from app.intake.survey_pieces import pieces_of
from db.records.surveys import Question

_LEAST_ALIKE = 45
_LEAST = 60
_LIKELY = 72
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
        for question in open_questions:
            alike = fuzz.WRatio(core, title_core(question.title))
            score = _score(alike, _fit(column, question, rows, separator))
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


def _score(alike: float, fit: float | None) -> int:
    """Wording from 0 to 100, moved by how well the cells fit the question (None = its answers tell nothing)."""
    if fit is None:
        return round(alike)
    if fit >= 0.8:
        return round(max(alike, 75) if alike >= _LEAST_ALIKE else max(alike, 62))
    return round(alike * (0.55 + 0.45 * fit))


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
