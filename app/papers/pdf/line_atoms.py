"""What a line may not tear apart: 禁則, numbers with their counters, dates, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.papers.pdf.typefaces import Face, cells

_NOT_FIRST = frozenset(
    "、。，．,.・：；:;？！?!ー〜～）)」』】〉》］]｝}〕’”々〃ゝゞヽヾ゛゜"
    "っゃゅょぁぃぅぇぉゎッャュョァィゥェォヮヵヶ…‥％%℃゙゚"
)
_NOT_LAST = frozenset("（(「『【〈《［[｛{〔‘“〒№￥¥＃#")
_MAY_HANG = frozenset("、。，．")
_SPACES = frozenset(" 　")
_NAME_ENDS = frozenset(" 　、，・/／様")
_HONORIFIC = "様"
_WEEKDAY = "(?:（[日月火水木金土](?:・[祝休])?）)?"
_COUNTER = (
    "(?:人|名|分|秒|団体|件|枚|部|台|班|回|時間|時|か月|ヶ月|週間|か所|日間|日前|日後|日以内|日|月|年度|年"
    "|円|千円|万円|ページ|頁|版|世帯|支部|番地|番|号|条|項|歳|代|組|項目|行|点|冊|式|階|丁目|度|問|ポイント"
    "|mm|cm|pt|MB|GB|％|%)?"
)
_UNITS = (
    "(?:令和|平成|昭和)(?:[0-9]+|元)年度?",
    f"[0-9]{{1,2}}月[0-9]{{1,2}}日{_WEEKDAY}",
    rf"[RHS]?[0-9]+\.[0-9]+\.[0-9]+{_WEEKDAY}",
    r"[A-Za-z]+[0-9]*(?:-[0-9A-Za-z一-鿿ァ-ヴー]+)+",
    "[0-9]+(?:-[0-9]+)+",
    f"第?[0-9][0-9,]*(?:[.:/／][0-9]+)*{_COUNTER}",
    "[A-Za-z0-9]+(?:['’.&@_/:-]+[A-Za-z0-9]+)*",
)
UNIT = re.compile("|".join(_UNITS))
# Ragged lines need not be full: a foreign word of usual length stays whole there.
UNIT_OR_WORD = re.compile("|".join((*_UNITS, "(?<![ァ-ヶー])[ァ-ヶー]{2,8}(?![ァ-ヶー])")))


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: its text, natural width in em, and whether it may be stretched to the measure."""

    text: str
    width: float
    stretch: bool


@dataclass(frozen=True, slots=True)
class Atom:
    """Characters that stay together; ``width`` counts all, ``hang`` what may stand outside the measure."""

    text: str
    width: float
    count: int
    hang: float
    space: bool


def atoms_of(text: str, face: Face, pattern: re.Pattern[str], *, names: bool = False) -> list[Atom]:
    """Part a text into what stays together; ``pattern`` finds units, ``names`` keeps names whole."""
    units: list[str] = []
    position = 0
    for match in pattern.finditer(text):
        if match.start() < position:
            continue
        units.extend(cells(text[position : match.start()]))
        units.append(match.group())
        position = match.end()
    units.extend(cells(text[position:]))
    return [_atom(joined, face) for joined in _join(units, names=names)]


def _join(units: list[str], *, names: bool) -> list[str]:
    joined: list[str] = []
    glue = False
    for unit in units:
        space = unit in _SPACES
        if names and unit[0] == _HONORIFIC and len(joined) > 1 and joined[-1] in _SPACES:
            # 様 never begins a line: it goes where the name ends.
            between = joined.pop()
            joined[-1] += between + unit
            continue
        stay = joined and not space and (unit[0] in _NOT_FIRST or glue)
        if names and joined and unit[0] not in _NOT_LAST and joined[-1][-1] not in _NAME_ENDS:
            stay = not space
        if stay and joined[-1] not in _SPACES:
            joined[-1] += unit
        else:
            joined.append(unit)
        glue = unit[-1] in _NOT_LAST
    return joined


def _atom(text: str, face: Face) -> Atom:
    parts = cells(text)
    width = face.width(parts)
    hang = face.advances[parts[-1]] if parts[-1] in _MAY_HANG else 0.0
    return Atom(text, width, len(parts), hang, text in _SPACES)


def fit_atoms(atoms: list[Atom], face: Face, measure: float) -> list[Atom]:
    """Open atoms that are wider than a whole line: nothing is cut, only then torn."""
    if all(atom.width - atom.hang <= measure for atom in atoms):
        return atoms
    fitted: list[Atom] = []
    for atom in atoms:
        if atom.width - atom.hang <= measure:
            fitted.append(atom)
        else:
            fitted.extend(_atom(part, face) for part in _join(list(cells(atom.text)), names=False))
    return fitted


def count_cells(line: Sequence[Atom]) -> int:
    """Count the characters of a line, spaces left out."""
    return sum(atom.count for atom in line if not atom.space)


def line_of(line: Sequence[Atom], *, stretch: bool) -> Line:
    """Make a line of its atoms, without the spaces at its end."""
    kept = list(line)
    while kept and kept[-1].space:
        kept.pop()
    width = sum(atom.width for atom in kept)
    return Line("".join(atom.text for atom in kept), width, stretch)
