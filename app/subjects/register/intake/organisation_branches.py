"""Finds the 支部 of each row of a list of 団体: its own cell, the one above, or the title of its section."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from app.foreign_files.foreign_shape import ForeignFile
from app.subjects.register.intake.person_values import clean

_DECORATION = re.compile(r"^[\s―ー─━\-=＝■□◆◇●○▼【〔［\[<＜〈《（(・…]+|[\s―ー─━\-=＝】〕］\]>＞〉》）)…]+$")
_BRANCH = re.compile(r".{1,12}(?:支部|地区|ブロック)")
_NONE = re.compile(r"(?:なし|無し|無|未加盟|連合会未加盟|加盟なし|非加盟|-|ー|―|－)")


def branches_by_row(file: ForeignFile, columns: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """The 支部 of every data row with a word for the doubt: "" none, "carried" from above, "missing".

    A list that repeats its 支部 in every row means an empty cell to be empty; one that writes it once for a block
    means it for the rows below. Sections titled with a 支部 count for the rows below where no column holds it.
    """
    index = next((place for place, field in sorted(columns.items()) if field == "branch"), None)
    sections = {line.place: name for line in file.left_out if (name := _section_name(line.cells, index))}
    if index is None:
        return _by_sections(file, sections)
    own = [clean(row.cells[index]) if index < len(row.cells) else "" for row in file.rows]
    repeated = sum(bool(one) and one == other for one, other in itertools.pairwise(own))
    blank = sum(not text for text in own)
    carries = repeated <= blank or bool(sections)
    found: dict[int, tuple[str, str]] = {}
    current, last_place = "", 0
    for row, text in zip(file.rows, own, strict=True):
        current = next((name for place, name in sections.items() if last_place < place < row.place), current)
        last_place = row.place
        if text:
            current = "" if _NONE.fullmatch(text) else text
            found[row.row] = (current, "")
        elif row.problem:
            found[row.row] = ("", "")
        elif carries and current:
            found[row.row] = (current, "carried")
        else:
            found[row.row] = ("", "missing")
    return found


def _by_sections(file: ForeignFile, sections: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    found = {}
    for row in file.rows:
        above = [name for place, name in sections.items() if place < row.place]
        found[row.row] = (above[-1], "") if above else ("", "")
    return found


def _section_name(cells: tuple[str, ...], index: int | None) -> str:
    filled = [(place, cell) for place, cell in enumerate(cells) if cell.strip()]
    if len(filled) != 1 or (index is not None and filled[0][0] not in {index, 0}):
        return ""
    name = _DECORATION.sub("", filled[0][1]).strip()
    return name if _BRANCH.fullmatch(name) else ""
