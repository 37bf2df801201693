"""The numbers typed for the 班 of an 意見交換会, with their sums and contradictions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.common.row_cells import filled_cells
from db.record import record

_PEOPLE = re.compile(r"(?<!\d)(\d{1,9})\s*人")
_NOTES = re.compile(r"付箋\D*(\d{1,9})\s*枚")
_PART = re.compile(r"(?<!\d)(\d{1,9})\s*枚\s*$", re.MULTILINE)
_COMPOSITION, _CLASSES = 2, 5


@record
class GroupNumbers:
    """One 班, with people and sticky notes as typed (None = not written), and the notes by class."""

    name: str
    people: int | None
    notes: int | None
    parts: tuple[int, ...]


def group_numbers(rows: Sequence[Sequence[str]]) -> tuple[GroupNumbers, ...]:
    """Return the numbers of each typed row (班, 選定した題, 構成, ファシリテーター, 課題, 分類・選定, …)."""
    found = []
    for row in rows:
        cells = filled_cells(row, 8)
        if any(cell.strip() for cell in cells):
            people, notes = _PEOPLE.search(cells[_COMPOSITION]), _NOTES.search(cells[_COMPOSITION])
            found.append(
                GroupNumbers(
                    name=cells[0].strip(),
                    people=int(people[1]) if people else None,
                    notes=int(notes[1]) if notes else None,
                    parts=tuple(map(int, _PART.findall(cells[_CLASSES]))),
                )
            )
    return tuple(found)


def all_notes(groups: Sequence[GroupNumbers]) -> int | None:
    """Return the sticky notes of all 班, or None while one of them does not say how many."""
    counts = [group.notes for group in groups]
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None


def sum_remarks(groups: Sequence[GroupNumbers], *, attended: int | None, expected: int | None) -> tuple[str, ...]:
    """Return wrong sums (notes by class, people by 班, the number of 班).

    Args:
        attended: people who came.
        expected: how many 班 there were; None = unknown.
    """
    found = []
    for group in groups:
        if group.notes is not None and group.parts and sum(group.parts) != group.notes:
            sums = "＋".join(map(str, group.parts))
            found.append(f"{group.name}：付箋{group.notes}枚の内訳が{sums}＝{sum(group.parts)}枚です。")
    people = [group.people for group in groups if group.people is not None]
    if attended is not None and people and len(people) == len(groups) and sum(people) != attended:
        sums = "＋".join(map(str, people))
        found.append(f"班の人数の合計が{sums}＝{sum(people)}人で、出席{attended}人と合いません。")
    if expected is not None and groups and len(groups) != expected:
        found.append(f"班の記録が{len(groups)}班分で、{expected}班と合いません。")
    return tuple(found)
