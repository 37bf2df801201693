"""Breaks text into ragged or justified lines.

What must not be broken is found first: 禁則, numbers with their counters, dates, names. Ragged lines, for table cells
and lists, leave no single last word; justified ones take the breaks that stretch or compress each line least.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

from app.documents.pdf.typesetting.typefaces import Face, cells

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
# Words that whoever reads takes in at one look; torn apart they stop the eye (「また／は」, 「アドバイ／ザー派遣」).
_WORDS = (
    "および|または|ならびに|あるいは|について|につき|において|における|により|によって|による|として|とともに|"
    "ください|ございます|いただき|いただく|いたします|申し上げ|"
    "アドバイザー(?:派遣)?|アンケート|オンライン|グループ|スマートフォン|タブレット|デジタル|ホームページ|"
    "意見交換会?|講習会|町会|自治会|区民館|集会所|会議室|研修室|受託者|参加者|業務責任者|管理責任者|をする|ひ"
    "な形|未連絡|表計算|取組|"
    "[一-鿿]{2}(?:いたします|しました|します|しない|する|した|して|され[るたて]|できなかった|できない|できる|できた)|"
    "から|まで|より|など|ため|こと|もの|とき|です|ます|"
    "どちらとも|いえない|ちょうど|とても|あまり|だいたい|たくない|なかった"
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
_NUMBER_UNIT = re.compile("|".join(_UNITS))
UNIT = re.compile("|".join((*_UNITS, _WORDS)))
# Ragged lines need not be full: a foreign word of usual length stays whole there.
UNIT_OR_WORD = re.compile("|".join((*_UNITS, _WORDS, "(?<![ァ-ヶー])[ァ-ヶー]{2,8}(?![ァ-ヶー])")))
# Where that costs no line, a short run of kanji stays whole too (「確認」, 「照会」), also before one of _WORDS
# (「決済」講習会); a run that holds one of them, or ends before a verb's ending, is theirs.
_UNIT_OR_ANY_WORD = re.compile(
    "|".join(
        (
            UNIT_OR_WORD.pattern,
            rf"(?<![一-鿿々])(?:(?!{_WORDS})[一-鿿々]){{2,4}}(?:(?={_WORDS})|(?![一-鿿々いしすさで]))",
        )
    )
)
_STEM = re.compile("[一-鿿]{2}(?=[ぁ-ん]{2,}$)")
"""The noun of 「理解できなかった」, for when the whole is wider than a line."""
_PHRASE_ENDS = frozenset("、。，．）」』】・")
_PHRASE_REACH = 2.6  # em that may be given up for a break at a mark
_SHORT_LINE = 10  # em; in a narrower column whole words would leave holes
_SLACK_SEEN = 9.0


@dataclass(frozen=True, slots=True)
class SetLine:
    """One set line: its text, natural width in em, and whether it may be stretched to the full width."""

    text: str
    width: float
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    """Characters that are not broken; ``width`` counts all, ``hang`` what may stand outside the line width."""

    text: str
    width: float
    count: int
    hang: float
    space: bool


def atoms_of(text: str, face: Face, pattern: re.Pattern[str], *, names: bool = False) -> list[Atom]:
    """Return a text as unbreakable atoms; ``pattern`` finds units, ``names`` keeps names whole.

    Characters are compared without their selectors and marks: 「葛󠄀城」 is a word as 「葛城」 is, and a selector stays
    with its character.
    """
    parts = cells(text)
    signs = text if parts is text else "".join(part[0] for part in parts)
    units: list[str] = []
    position = 0
    for match in pattern.finditer(signs):
        start, end = match.span()
        units.extend(parts[position:start])
        units.append("".join(parts[start:end]))
        position = end
    units.extend(parts[position:])
    return [_atom(joined, face) for joined in _join(units, names=names)]


def _join(units: list[str], *, names: bool) -> list[str]:
    """Return the units joined where they must not be parted at a line end, such as a name and 様."""
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
    """Return a unit of text with its width and how far it may hang into the margin."""
    if len(text) == 1:  # nearly all
        width = face.advances[text]
        return Atom(text, width, 1, width if text in _MAY_HANG else 0.0, text in _SPACES)
    parts = cells(text)
    width = face.width(parts)
    return Atom(text, width, len(parts), face.advances[parts[-1]] if parts[-1] in _MAY_HANG else 0.0, text in _SPACES)


def fit_atoms(atoms: list[Atom], face: Face, measure: float) -> list[Atom]:
    """Return the atoms, those wider than a line split at words and numbers first; nothing is cut off."""
    if all(atom.width - atom.hang <= measure for atom in atoms):
        return atoms
    fitted = []
    for atom in atoms:
        if atom.width - atom.hang <= measure:
            fitted.append(atom)
        else:
            fitted.extend(_opened(atom, face, measure))
    return fitted


def _opened(atom: Atom, face: Face, measure: float) -> Iterator[Atom]:
    """Yield the parts of an atom that is wider than the line."""
    for part in atoms_of(atom.text, face, UNIT):
        if part.width - part.hang <= measure:
            yield part
        elif (stem := _STEM.match(part.text)) is not None and face.width(part.text[stem.end() :]) <= measure:
            yield from (_atom(stem[0], face), _atom(part.text[stem.end() :], face))
        else:
            yield from (_atom(sign, face) for sign in _join(list(cells(part.text)), names=False))


def count_cells(line: Sequence[Atom]) -> int:
    """Return the number of characters in a line, without spaces."""
    return sum(atom.count for atom in line if not atom.space)


def line_of(line: Sequence[Atom]) -> SetLine:
    """Return a line made of atoms, without trailing spaces."""
    kept = list(line)
    while kept and kept[-1].space:
        kept.pop()
    return SetLine("".join(atom.text for atom in kept), sum(atom.width for atom in kept))


@cache
def break_lines(text: str, face: Face, measure: float, *, names: bool = False) -> Sequence[SetLine]:
    """Break ``text`` into ragged lines of at most ``measure`` em, for table cells and lists.

    ``names`` lets a line end only at a space, 、, ・ or / or after 様, so that no personal name is broken.
    """
    width = face.width(text)
    if width <= measure or not text:
        return [SetLine(text, width)]
    # A narrow column keeps words whole as long as that costs no line; a wide one gives up a line for the longer ones.
    patterns = (_UNIT_OR_ANY_WORD, UNIT_OR_WORD, *((UNIT, _NUMBER_UNIT) if measure < _SHORT_LINE else ()))
    tried = [fit_atoms(atoms_of(text, face, pattern, names=names), face, measure) for pattern in patterns]
    set_in = [_greedy(atoms, measure) for atoms in tried]
    fewest = len(set_in[-1]) if measure >= _SHORT_LINE else min(map(len, set_in))
    atoms, lines = next(each for each in zip(tried, set_in, strict=True) if len(each[1]) <= fewest)
    if len(lines) > 1 and count_cells(lines[-1]) <= 3:
        lines = _rebalanced(atoms, measure, lines)
    lines = _at_phrases(lines, measure)
    return [line_of(line) for line in lines]


def _greedy(atoms: Sequence[Atom], measure: float) -> list[list[Atom]]:
    """Break atoms into lines, each as full as possible."""
    lines = []
    line: list[Atom] = []
    used = 0.0
    for atom in atoms:
        if line and not atom.space and used + atom.width - atom.hang > measure + 1e-6:
            lines.append(line)
            line, used = [], 0.0
        if not line and atom.space and lines:
            continue
        line.append(atom)
        used += atom.width
    if line:
        lines.append(line)
    return lines


def _rebalanced(atoms: Sequence[Atom], measure: float, lines: list[list[Atom]]) -> list[list[Atom]]:
    """Return the lines narrowed until the last one holds more than three characters, or as many as possible."""
    best = lines
    for step in range(1, 13):
        tried = _greedy(atoms, measure - step * 0.5)
        if len(tried) != len(lines):
            break
        if count_cells(tried[-1]) > count_cells(best[-1]):
            best = tried
        if count_cells(best[-1]) > 3:
            break
    return best


def _at_phrases(lines: list[list[Atom]], measure: float) -> list[list[Atom]]:
    """Move a line break to a mark or space near the line end, or before an opening bracket there.

    Only if the next line has room: it never costs a line.
    """
    for line, after in pairwise(lines):
        start = len(line)
        while start and not (
            line[start - 1].space
            or line[start - 1].text[-1] in _PHRASE_ENDS
            or (line[start] if start < len(line) else after[0]).text[0] in _NOT_LAST
        ):
            start -= 1
        tail = line[start:]
        moved = sum(atom.width for atom in tail)
        room = measure - sum(atom.width for atom in after) + after[-1].hang
        if start and tail and moved <= min(_PHRASE_REACH, measure / 4) and moved <= room:
            del line[start:]
            after[:0] = tail
    return lines


@cache
def justify_lines(text: str, face: Face, measure: float, indent: float = 0) -> Sequence[SetLine]:
    """Break running text into lines of ``measure`` em that are stretched or compressed as little as possible.

    ``indent`` em are taken from the first line. Lines within 1.6 characters may be set to full width.
    """
    atoms = fit_atoms(atoms_of(text, face, UNIT), face, measure)
    total = sum(atom.width for atom in atoms)
    if total + indent <= measure:
        return [SetLine(text, total)]
    lines = _least_uneven(atoms, measure, indent)
    last = len(lines) - 1
    result = []
    for number, line in enumerate(lines):
        room = measure - (indent if number == 0 else 0)
        made = line_of(line)
        # 、 and 。 that stand outside the measure take no part in filling it.
        width = made.width - line[-1].hang if made.width > room else made.width
        result.append(SetLine(made.text, width, number != last and abs(room - width) <= 1.65))
    return result


def _least_uneven(atoms: Sequence[Atom], measure: float, indent: float) -> list[list[Atom]]:
    """Return the breaks with the least sum of squared unevenness over the paragraph."""
    number = len(atoms)
    reach = [0.0, *accumulate(atom.width for atom in atoms)]
    best = [0.0] + [float("inf")] * number
    back = [0] * (number + 1)
    for start in range(number):
        here = best[start]
        if here == float("inf"):
            continue
        if start and atoms[start].space:  # a space is dropped at a break
            if here < best[start + 1]:
                best[start + 1], back[start + 1] = here, start
            continue
        room = measure - (indent if start == 0 else 0)
        limit = reach[start] + room
        # Lines much shorter than the measure are never chosen, save the last one and for want of others.
        first = max(min(bisect_left(reach, limit - _SLACK_SEEN), bisect_right(reach, limit) - 1), start + 1)
        for end in range(first, number + 1):
            atom = atoms[end - 1]
            over = reach[end] - limit
            slack = min(0.0, atom.hang - over) if over > 0 else -over
            if slack < -1.6 and end > first:
                break
            count = count_cells(atoms[start:end]) if end == number else 4
            cost = here + _cost(slack, last=end == number, count=count)
            if cost < best[end]:
                best[end], back[end] = cost, start
    lines = []
    end = number
    while end > 0:
        line = list(atoms[back[end] : end])
        if not (len(line) == 1 and line[0].space):
            lines.append(line)
        end = back[end]
    return lines[::-1]


def _cost(slack: float, *, last: bool, count: int) -> float:
    """Return how bad a line is whose width differs from the measure by ``slack``."""
    if last:
        if slack < 0:
            return 1e6 * slack * slack
        return 30.0 if count <= 3 else 0.0
    if slack < -1.6:
        return 1e6 * slack * slack
    uneven = slack * slack if slack >= 0 else 2 * slack * slack
    return uneven if abs(slack) <= 1.6 else 100 + 10 * uneven
