"""Joins columns that belong together: under a merged heading, or one question in two columns.

No cell is lost: where two cells of a row collide, both stay and a person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TypeVar

from app.foreign_files.cells.answer_reading import parse_tick
from app.foreign_files.tables.heading_roles import fold_heading, is_running_number
from app.foreign_files.tables.heading_rows import Merge, SheetHeadings
from db.record import record

CELLS_COLLIDED = "two_cells_one_heading"
"""Code of a row in which two cells collide under one heading."""
_Value = TypeVar("_Value")


@record
class ColumnMerge:
    """A joining of columns; ``target_columns`` maps every removed column to the one that gets its cells."""

    target_columns: Mapping[int, int] = field(default_factory=dict)

    def remaining_columns(self, width: int) -> list[int]:
        """Return the columns that remain, from the left."""
        return [column for column in range(width) if column not in self.target_columns]

    def merge_headings(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return the headings of the remaining columns."""
        return tuple(texts[column] for column in self.remaining_columns(len(texts)))

    def merge_cells(self, cells: Sequence[str], width: int) -> tuple[tuple[str, ...], dict[int, tuple[str, ...]]]:
        """Return the cells of a row for the remaining columns, those behind ``width`` after them, and collided texts.

        Different texts that meet in one column are joined by a blank, and stand among the collided ones by the place
        of their remaining column.
        """
        joined: dict[int, list[str]] = {}
        for column in range(min(width, len(cells))):
            text = cells[column]
            if text.strip():
                joined.setdefault(self.target_columns.get(column, column), []).append(text)
        kept = self.remaining_columns(width)
        found, met = [], {}
        for place, column in enumerate(kept):
            texts = list(dict.fromkeys(joined.get(column, ())))
            if len(texts) > 1:
                met[place] = tuple(texts)
            found.append(" ".join(texts) if texts else (cells[column] if column < len(cells) else ""))
        return (*found, *cells[width:]), met

    def merge_marks(self, marks: Mapping[int, _Value], width: int) -> dict[int, _Value]:
        """Return marks by column, moved to the places of the remaining columns."""
        places = {column: place for place, column in enumerate(self.remaining_columns(width))}
        return {places[self.target_columns.get(column, column)]: mark for column, mark in marks.items()}


def collision_words(heading: str, texts: Sequence[str]) -> str:
    """Return the sentence on cells that collided: 「「氏名」の見出しの下に、値が2つある（「A」「B」）」."""
    shown = "」「".join(" ".join(text.split())[:30] for text in texts)
    return f"「{' '.join(heading.split())}」の見出しの下に、値が{len(texts)}つある（「{shown}」）"


def merged_columns(headings: SheetHeadings, merges: Sequence[Merge], first_row: int) -> dict[int, int]:
    """Return the columns without heading that a sideways merged cell covers, with the column of that cell.

    ``first_row`` is the uppermost row of headings. A title over the table, or of a section, covers other headings.
    """
    found = {}
    texts = headings.texts
    for _, left, bottom, right in merges:
        if bottom < first_row or left >= len(texts) or right <= left:
            continue
        covered = range(left + 1, min(right + 1, len(texts)))
        if not texts[left].strip() or any(texts[column].strip() for column in covered):
            continue
        found.update(dict.fromkeys(covered, left))
    return found


def duplicate_columns(
    headings: Sequence[str], groups: Sequence[str], rows: Sequence[Sequence[str]], *, answers: bool
) -> dict[int, int]:
    """Return the columns that repeat a heading further left, each with that column.

    No row may have two different values in them. This happens when a question is remade midway. Among answers one row
    in five may have two, and is asked about.
    """
    places: dict[tuple[str, str], list[int]] = {}
    for index, heading in enumerate(headings):
        if heading.strip() and not is_running_number(heading):
            group = groups[index] if index < len(groups) else ""
            places.setdefault((fold_heading(heading), fold_heading(group)), []).append(index)
    found = {}
    for columns in places.values():
        if len(columns) > 1 and _complete_each_other(columns, rows, answers=answers):
            found.update(dict.fromkeys(columns[1:], columns[0]))
    return found


def _complete_each_other(columns: Sequence[int], rows: Sequence[Sequence[str]], *, answers: bool) -> bool:
    """Return whether columns hold one question: several are used, and no row has two values (``answers``: most)."""
    used, told, both = set(), 0, 0
    for cells in rows:
        filled = {column for column in columns if column < len(cells) and cells[column].strip()}
        used |= filled
        told += bool(filled)
        both += len({cells[column].strip() for column in filled}) > 1
    return len(used) > 1 and (both * 5 <= told if answers else not both)


_GENERIC = frozenset(
    fold_heading(text)
    for text in (
        "Response",
        "Open-Ended Response",
        "回答",
        "自由記述",
        "自由回答",
        "記述",
        "回答欄",
        "選択",
        "単一回答",
    )
)


def has_choice_row(upper: Sequence[str], lower: Sequence[str], data: Sequence[Sequence[str]]) -> bool:
    """Return whether ``lower`` is a second heading row that names the choices of the questions in ``upper``.

    A question heading is empty to the right over its choices; below them are ticks or the choices themselves.
    """
    start = next((index for index, text in enumerate(upper) if text.strip()), -1)
    runs = _heading_spans(upper)
    if start < 0 or not runs or not data or lower[start].strip():
        return False
    inside = {column for run in runs for column in run}
    for index, text in enumerate(lower):
        if index not in inside and text.strip() and fold_heading(text) not in _GENERIC | {fold_heading(upper[index])}:
            return False
    return all(_names_choices(run, lower, data) for run in runs)


def _heading_spans(upper: Sequence[str]) -> list[range]:
    """Return the columns that each heading covers up to the next, for headings over several columns."""
    starts = [index for index, text in enumerate(upper) if text.strip()]
    ends = [*starts[1:], len(upper)]
    return [range(start, end) for start, end in zip(starts, ends, strict=False) if end - start > 1]


def _names_choices(run: range, lower: Sequence[str], data: Sequence[Sequence[str]]) -> bool:
    """Return whether the columns under one heading name its choices: different names, with ticks below them."""
    named = [column for column in run if lower[column].strip()]
    if len(named) < 2 or len({fold_heading(lower[column]) for column in named}) < len(named):
        return False
    return all(_is_choice(cells[column], lower[column]) for cells in data for column in named if column < len(cells))


def _is_choice(cell: str, option: str) -> bool:
    """Return whether the cell ticks or repeats its option, or is empty; any cell does under その他."""
    folded = fold_heading(cell)
    return not folded or folded == fold_heading(option) or option.startswith("その他") or parse_tick(cell) is not None


def with_choice_headings(upper: Sequence[str], lower: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return headings and group headings where a second row names choices: 「問3 ツール [LINE]」."""
    inside = {column: run[0] for run in _heading_spans(upper) for column in run}
    texts, groups = [], []
    for column, text in enumerate(upper):
        if column in inside and lower[column].strip():
            question = upper[inside[column]].strip()
            texts.append(f"{question} [{lower[column].strip()}]")
            groups.append(question)
        else:
            texts.append(text)
            groups.append("")
    return tuple(texts), tuple(groups)
