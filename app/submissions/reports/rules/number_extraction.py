"""Propose the numbers of a received report from the text of its pages, by label and position.

A PDF holds its words in runs, each with a place. A number belongs to a label when it follows in the same run
（「出席 16人」）, is next to it on the line, or is right below it in a table or a card. Each is only a proposal:
it counts once somebody confirmed it (仕様書4: 内容確認)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from app.submissions.reports.rules.report_figures import (
    INTENT_ITEM,
    MATERIAL_ITEM,
    QUESTION_ITEM,
    RATE_ITEM,
    SATISFIED_ITEM,
    SINGLE_ITEM,
    comparable_words,
    with_unit,
)
from db.digits import one_width, whole_number, without_commas
from db.record import frozen, record

Span = tuple[int, int]
_BETWEEN = r"[\s:=は、。計合総各者数人員約()「」【】\[\]]{0,8}?"
_AFTER = r"(?:者|数|人数|人員|合?計|総数|実績)*[)\]】]?"
_NUMBER = r"(?:第|各|全|約|計)?((?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9})(?:\.\d+)?)"
_REACH = 42.0
_TALLEST = 60.0
_PEOPLE = ("人", "名")
_ASKED = (*_PEOPLE, "件")
_ANSWERS = ("件", "枚", "人", "名", "部", "通")
_OTHERS = re.compile(r"比べ|比較|対比|推移|前年|前回|昨年")
_HEADING = 1.25
_COUNT_HEADS = frozenset({"人数", "件数", "回答数", "人", "実数"})


@record
class FoundNumber:
    """A number as the report writes it, its page, and its spans (start, length) in that page's text."""

    words: str
    page: int
    spans: tuple[Span, ...]


@record
class WordRun:
    """A run of words without a gap (page from 1, place in pt from its top left, ``start`` in its text)."""

    page: int
    start: int
    text: str
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return its bottom edge."""
        return self.y + self.height

    @cached_property
    def half_width_text(self) -> str:
        """Return the words in half width, character by character."""
        return half_width(self.text)

    def number_at(self, words: str, start: int, end: int) -> FoundNumber:
        """Return a number that stands from ``start`` to ``end`` of this run."""
        return FoundNumber(words=words, page=self.page, spans=((self.start + start, end - start),))

    def is_on_line_of(self, other: WordRun) -> bool:
        """Return whether both are on one line of the same page (half of the smaller height in common)."""
        shared = min(self.bottom, other.bottom) - max(self.y, other.y)
        return self.page == other.page and shared >= 0.5 * min(self.height, other.height)

    def shares_column(self, other: WordRun) -> bool:
        """Return whether ``other`` is in the same column of the same page (a third of the narrower width in common)."""
        shared = min(self.right, other.right) - max(self.x, other.x)
        return self.page == other.page and shared > 0.3 * min(self.width, other.width)


@record
class QuestionRows:
    """The rows of one survey question as the report prints them; ``single`` one answer each."""

    code: str
    rows: tuple[str, ...]
    single: bool


@frozen
class _LabelPattern:
    """How a number is labelled (``names``), the units it may have, and whether a number without one counts, too."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    allows_no_unit: bool = True


_LABEL_PATTERNS: dict[str, tuple[_LabelPattern, ...]] = {
    "申込": (_LabelPattern(("申込み", "申込", "申し込み"), _PEOPLE),),
    "出席": (
        _LabelPattern(("出席",), _PEOPLE),
        _LabelPattern(("参加者", "参加人", "受講者", "受講人", "来場者"), _PEOPLE),
    ),
    "決定": (_LabelPattern(("決定", "参加決定"), _PEOPLE),),
    "欠席": (_LabelPattern(("欠席",), _PEOPLE),),
    "貸与タブレット": (
        _LabelPattern(("貸与タブレット", "貸与したタブレット", "貸与端末", "タブレットの貸与", "貸与"), ("台",)),
        _LabelPattern(("タブレット",), ("台",), allows_no_unit=False),
    ),
    "団体": (
        _LabelPattern(("参加団体", "出席団体", "団体数"), ("団体", "件")),
        _LabelPattern(("団体", "町会・自治会"), ("団体",), allows_no_unit=False),
    ),
    "印刷部数": (
        _LabelPattern(("印刷部", "配布部", "印刷"), ("部",)),
        _LabelPattern(("部数", "配布資料", "資料"), ("部",), allows_no_unit=False),
    ),
    "回収数": (
        _LabelPattern(("回収",), _ANSWERS),
        _LabelPattern(("有効回答", "回答者", "回答数", "回答"), _ANSWERS, allows_no_unit=False),
    ),
    RATE_ITEM: (_LabelPattern((RATE_ITEM,), ("%",)),),
    SATISFIED_ITEM: (_LabelPattern(("満足計", "満足合計", "満足の計", "満足度計", "満足(計)"), _ASKED),),
    INTENT_ITEM: (_LabelPattern(("活用の意向あり", "活用意向あり", "意向あり", "活用の意向"), _ASKED),),
}


def half_width(text: str) -> str:
    """Return ``text`` in half width, character by character, with the same length."""
    return "".join(one if len(one) == 1 else letter for letter in text for one in [one_width(letter)])


def find_numbers(
    runs: Sequence[WordRun], items: Sequence[str], questions: Sequence[QuestionRows], intent: str
) -> dict[str, tuple[FoundNumber, ...]]:
    """Return for each item the numbers on the pages, each different one with its first page.

    Chapters that compare other events or years are left out.

    Args:
        runs: the runs of all pages.
        items: of 数字の突合.
        questions: those of the event's survey, for 設問.
        intent: the code of the question behind 活用の意向あり, whose 肯定計 is that number; "" = none.
    """
    page = _Pages(_own_chapters(runs))
    totals = {one.code: counted for one in questions if (counted := page.find_rows(one)) is not None}
    found = {}
    for item in items:
        head, _, rest = item.partition("　")
        if head == SINGLE_ITEM:
            here = totals.get(rest)
            numbers = [here.as_row()] if here else []
        elif head == QUESTION_ITEM:
            numbers = [totals[one.code].as_sum() for one in questions if one.single and one.code in totals]
        elif head == MATERIAL_ITEM:
            numbers = list(page.find_versions(rest))
        elif head == "時間割の分":
            numbers = list(page.find_minutes())
        else:
            numbers = list(page.find_labelled(item))
        if item == INTENT_ITEM and not numbers and intent:
            numbers = list(page.find_positive(intent))
        found[item] = _distinct(item, numbers)
    return found


def _own_chapters(runs: Sequence[WordRun]) -> list[WordRun]:
    """Return the runs without chapters that compare other events or years.

    Such a chapter begins with a heading in letters above the usual（「8 前回・前年との比較」）and goes to the
    heading with the next number.
    """
    inside = sorted(runs, key=lambda one: (one.page, one.y, one.x))
    if not inside:
        return inside
    usual = sorted(one.height for one in inside)[len(inside) // 2]
    kept = []
    left_out = 0
    for place, piece in enumerate(inside):
        number = _chapter_number(inside, place) if piece.height >= _HEADING * usual else None
        if number is not None:
            if left_out and number[0] == left_out + 1:
                left_out = 0
            if not left_out and _OTHERS.search(number[1]):
                left_out = number[0]
        if not left_out:
            kept.append(piece)
    return kept


def _chapter_number(runs: Sequence[WordRun], index: int) -> tuple[int, str] | None:
    """Return number and words of a heading whose number begins a line, else None; they may be separate runs."""
    first = runs[index]
    if any(one.is_on_line_of(first) for one in runs[:index]):
        return None
    line = first.half_width_text + "".join(
        one.half_width_text for one in runs[index : index + 3] if first.is_on_line_of(one) and one.x > first.x
    )
    found = re.match(r"第?\s*(\d{1,2})\s*[章.)]?\s*([^\d\s].{0,30})", line)
    return (int(found[1]), found[2]) if found is not None else None


def _distinct(item: str, numbers: Sequence[FoundNumber]) -> tuple[FoundNumber, ...]:
    """Return each number once, at its first place, in the unit of the item."""
    kept: dict[str, FoundNumber] = {}
    for one in sorted(numbers, key=lambda number: (number.page, number.spans)):
        words = with_unit(item, one.words)
        kept.setdefault(comparable_words(words), replace(one, words=words))
    return tuple(kept.values())


@frozen
class _Rows:
    """The people in every row of one question, and their sum if it is printed."""

    cells: Sequence[FoundNumber]
    total: FoundNumber | None = None

    def as_row(self) -> FoundNumber:
        """Return the people of the rows in table order as one number (「2・9・2・0」)."""
        words = "・".join(one.words for one in self.cells)
        return replace(self.cells[0], words=words, spans=tuple(one.spans[0] for one in self.cells))

    def as_sum(self) -> FoundNumber:
        """Return the sum of the rows as 「各15人」, at the printed sum if there is one."""
        return replace(self.total or self.as_row(), words=f"各{_sum(self.cells)}人")


def _sum(cells: Iterable[FoundNumber]) -> int:
    return sum(int(one.words) for one in cells)


class _Pages:
    """Finds numbers in the runs of a report, which it keeps in reading order."""

    def __init__(self, pieces: Sequence[WordRun]):
        self._pieces = sorted(pieces, key=lambda one: (one.page, one.y, one.x))
        self._tops = [(one.page, one.y) for one in self._pieces]
        self._after: dict[int, list[WordRun]] = {}

    # what stands around

    def _line_after(self, piece: WordRun) -> list[WordRun]:
        """Return the word runs that follow on the same line, from left to right."""
        known = self._after.get(id(piece))
        if known is None:
            near = self._between(piece, piece.y - _TALLEST, piece.bottom)
            after = [one for one in near if one.x >= piece.right - 1 and one is not piece and one.is_on_line_of(piece)]
            known = self._after[id(piece)] = sorted(after, key=lambda one: one.x)
        return known

    def _between(self, piece: WordRun, top: float, bottom: float) -> list[WordRun]:
        """Return the word runs of the same page whose upper edge lies between two heights."""
        first = bisect_left(self._tops, (piece.page, top))
        return self._pieces[first : bisect_right(self._tops, (piece.page, bottom))]

    def _below(self, piece: WordRun) -> WordRun | None:
        under = [
            one
            for one in self._between(piece, piece.bottom - 2, piece.bottom + _REACH)
            if piece.shares_column(one) and not one.is_on_line_of(piece)
        ]
        return min(under, key=lambda one: (one.y, abs(one.x - piece.x)), default=None)

    def _cell(self, cell: WordRun, units: Sequence[str], *, bare: bool) -> FoundNumber | None:
        """Return the number at the start of a cell, or None; its unit may be separate（「18 人」）.

        ``bare``: a number without one of ``units`` counts, too.
        """
        unit = "|".join(re.escape(one) for one in units)
        found = re.match(rf"\s*[(\[]?{_NUMBER}\s*({unit})?", cell.half_width_text)
        if found is None:
            return None
        rest = cell.half_width_text[found.end() :].lstrip()
        last = found.end()
        told = found[2] or ""
        if not told and not rest:
            following = next(iter(self._line_after(cell)), None)
            if following is not None and following.x - cell.right < 1.5 * cell.height:
                stands = re.match(rf"({unit})(?!\w)", following.half_width_text)
                if stands is not None:
                    told, last = stands[1], following.start + len(stands[1]) - cell.start
                elif re.match(r"(?:人|名|件|枚|部|団体|台|分|%|回|月|日|時|年|版|ページ)", following.half_width_text):
                    return None
        if (rest and rest[0] not in "(（)、,・[/") if told else bool(rest) and rest[0] not in "()":
            return None
        if not told and not bare:
            return None
        return cell.number_at(without_commas(found[1]) + told, found.start(1), last)

    # numbers with a name

    def find_labelled(self, item: str) -> Iterator[FoundNumber]:
        """Yield the numbers beside the names of ``item``, less sure names only where sure ones fail."""
        for sought in _LABEL_PATTERNS.get(item, (_LabelPattern((item,), ("人", "名", "件", "台", "団体", "部")),)):
            found = list(self._locate(sought))
            if item == "団体":
                found += self._find_in_brackets()
            if found:
                yield from found
                return

    def _locate(self, sought: _LabelPattern) -> Iterator[FoundNumber]:
        """Yield the numbers that follow a name in a text, else stand beside it as a label, else below it."""
        unit = "|".join(re.escape(one) for one in sought.units)
        for name in sought.names:
            wanted = re.escape(half_width(name))
            inside = re.compile(rf"(?<![不未欠非])(?:{wanted}){_BETWEEN}{_NUMBER}\s*({unit})")
            label = re.compile(rf"^[^\d]{{0,8}}?(?<![不未欠非])(?:{wanted}){_AFTER}[\s::]*$")
            for piece in self._pieces:
                if label.search(_without_numbering(piece.half_width_text)):
                    cells = (*self._line_after(piece)[:1], self._below(piece))
                    numbers = (self._cell(one, sought.units, bare=sought.allows_no_unit) for one in cells if one)
                    yield from islice(filter(None, numbers), 1)
                    continue
                for found in inside.finditer(piece.half_width_text):
                    yield piece.number_at(without_commas(found[1]) + found[2], found.start(1), found.end())

    def _find_in_brackets(self) -> Iterator[FoundNumber]:
        """Yield the number of 団体 that came, from 「出席　16人（11団体）」."""
        for piece in self._pieces:
            for found in re.finditer(r"出席\D{0,6}\d+\s*[人名]\s*\((\d+)\s*団体", piece.half_width_text):
                yield piece.number_at(f"{found[1]}団体", found.start(1), found.end())

    # the versions of the handouts

    def find_versions(self, title: str) -> Iterator[FoundNumber]:
        """Yield the version beside a title, in a table or in a sentence (「スライド」 「第3版」)."""
        wanted = _without_spaces(half_width(title))
        version = re.compile(r"第?\s*(\d{1,9})\s*版")
        for piece in self._pieces:
            text = _without_spaces(_without_numbering(piece.half_width_text))
            if wanted not in text:
                continue
            found: Iterator[FoundNumber] = iter(())
            if re.search(re.escape(wanted) + r"[\s:(「]{0,3}第?\d{1,9}版", text):
                found = (
                    _version(piece, one)
                    for one in version.finditer(piece.half_width_text)
                    if _without_spaces(piece.half_width_text[: one.start()])
                    .rstrip("(:「")
                    .endswith(wanted.rstrip("(:「"))
                )
            elif text.removesuffix("(").strip("・「」:") == wanted.strip("・「」:"):
                cells = [one for one in self._line_after(piece)[:2] if version.match(one.half_width_text.lstrip("("))]
                found = (_version(cell, one) for cell in cells for one in version.finditer(cell.half_width_text))
            yield from islice(found, 1)

    # the minutes of the timetable

    def find_minutes(self) -> Iterator[FoundNumber]:
        """Yield the printed sum under 「分」, or the sum of its column where none is printed.

        Without such a column, the minutes of 「合計 120分」.
        """
        columns = [
            cells
            for head in self._pieces
            if _without_spaces(head.half_width_text) in ("分", "時間(分)", "所要(分)", "分数")
            for cells in [self._column(head)]
            if cells
        ]
        numbers = [whole_number(number.words) or 0 for cells in columns for _cell, number in cells]
        if not numbers:
            yield from self._locate(
                _LabelPattern(("時間割の分", "合計", "所要時間", "総時間"), ("分",), allows_no_unit=False)
            )
        elif len(numbers) > 2 and numbers[-1] == sum(numbers[:-1]) and self._is_sum(columns[-1][-1][0]):
            yield replace(columns[-1][-1][1], words=f"{numbers[-1]}分")
        elif len(numbers) > 1:
            first = columns[0][0][1]
            spans = tuple(number.spans[0] for _cell, number in columns[0] if number.page == first.page)
            yield replace(first, words=f"{sum(numbers)}分", spans=spans)

    def _is_sum(self, cell: WordRun) -> bool:
        """Return whether a line is that of the sum: called so (計, 終了, 閉会後), or without any words.

        The last part may happen to equal the sum before it.
        """
        near = self._between(cell, cell.y - _TALLEST, cell.bottom)
        rest = [one.half_width_text for one in near if one.is_on_line_of(cell) and one is not cell]
        named = any(re.search(r"計|終了|閉会後", words) for words in rest)
        return named or not any(re.search(r"[^\d\s:~-]", words) for words in rest)

    def _column(self, head: WordRun) -> list[tuple[WordRun, FoundNumber]]:
        """Return the cells with minutes below a heading, each with its number and place."""
        found = []
        above = head
        while (cell := self._below(above)) is not None:
            number = self._cell(cell, ("分",), bare=True)
            if number is None:
                # A row with two lines of words leaves a gap; words of a next part end the column.
                break
            found.append((cell, replace(number, words=number.words.removesuffix("分"))))
            above = cell
        return found

    # the questions of the survey

    def find_rows(self, question: QuestionRows) -> _Rows | None:
        """Return the people of every row of a question, from the row 人数 or from each row's own number."""
        for block in self._blocks(question.code):
            # Several answers side by side are often printed by frequency, so their place says nothing.
            across = self._counted_across(block, question) if question.single else None
            found = across or self._counted_down(block, question)
            if found is not None:
                return found
        return None

    def _blocks(self, code: str) -> Iterator[list[WordRun]]:
        """Yield the runs from a heading of the question to the heading of the next."""
        heading = re.compile(r"^(?:設?問|Q)\s*(\d+)(?!\d)")
        wanted = re.search(r"\d+", half_width(code))
        heads = [
            (self._line_start(number), found[1])
            for number, piece in enumerate(self._pieces)
            if (found := heading.match(piece.half_width_text.lstrip())) is not None
        ]
        for place, (number, digits) in enumerate(heads):
            if wanted is not None and digits == wanted[0]:
                end = next((later for later, other in heads[place + 1 :] if other != digits), len(self._pieces))
                yield self._pieces[number:end]

    def _line_start(self, number: int) -> int:
        """Return the index of the first word run on the line of the run at ``number``."""
        heading = self._pieces[number]
        while number and self._pieces[number - 1].is_on_line_of(heading):
            number -= 1
        return number

    def _counted_across(self, block: Sequence[WordRun], question: QuestionRows) -> _Rows | None:
        """Return the counts of a question whose options stand side by side, None where they can't be read."""
        many = len(question.rows)
        for piece in block:
            if _without_spaces(piece.half_width_text) not in _COUNT_HEADS:
                continue
            cells = [self._cell(cell, _PEOPLE, bare=True) for cell in self._line_after(piece)]
            numbers = [
                replace(one, words=str(count))
                for one in cells
                if one is not None and (count := whole_number(one.words.rstrip("人名"))) is not None
            ]
            if len(numbers) == len(cells) and len(numbers) in (many, many + 1):
                counts = numbers[:many]
                return _Rows(counts, next((one for one in numbers[many:] if int(one.words) == _sum(counts)), None))
        return None

    def _counted_down(self, block: Sequence[WordRun], question: QuestionRows) -> _Rows | None:
        """Return the counts of a question whose options stand one below the other; None if one is not found."""
        found: list[FoundNumber] = []
        for row in question.rows:
            number = self._number_of_row(block, _without_spaces(half_width(row)))
            if number is None or (found and number.page != found[0].page):
                return None
            found.append(number)
        return _Rows(found)

    def _number_of_row(self, block: Sequence[WordRun], wanted: str) -> FoundNumber | None:
        """Return the number that follows the name in a line of the block, or None."""
        for piece in block:
            line = [piece, *self._line_after(piece)]
            said = ""
            for place, part in enumerate(line[:-1]):
                said = _without_numbering(_without_spaces(said + part.half_width_text)) if said or place == 0 else said
                if said == wanted or _without_spaces(line[0].half_width_text) == wanted:
                    number = self._cell(line[place + 1], _ASKED, bare=True)
                    if number is not None and "." not in number.words:
                        return replace(number, words=str(int(number.words.rstrip("人名件"))))
                if not wanted.startswith(said):
                    break
        return None

    def find_positive(self, code: str) -> Iterator[FoundNumber]:
        """Yield the number written as 「肯定計　12人」 in the block of one question."""
        for block in self._blocks(code):
            yield from _Pages(block)._locate(_LabelPattern(("肯定計",), _ASKED))


def _version(piece: WordRun, found: re.Match[str]) -> FoundNumber:
    return piece.number_at(f"第{int(found[1])}版", found.start(), found.end())


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _without_numbering(text: str) -> str:
    """Return a text without leading 「1 」「(2)」「・」「■」."""
    return re.sub(r"^\s*(?:\(\d+\)|\d+[.)\s]|[①-⑳・■●○◆◇□※>-])\s*", "", text)


def dependent_differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """Return the differing items that only follow from another difference, each with the item it follows from.

    Args:
        theirs: what the report says, by item.
        ours: the ward's record, by item.
    """

    def number(item: str) -> float | None:
        """Return the first number that the report says for an item, None without one."""
        found = re.search(r"\d+(?:\.\d+)?", half_width(theirs.get(item, "")))
        return float(found[0]) if found else None

    def differing(item: str) -> bool:
        """Return whether report and ward both have the item, with different numbers."""
        both = theirs.get(item, ""), ours.get(item, "")
        return all(both) and comparable_words(both[0]) != comparable_words(both[1])

    found = {}
    cause = next((item for item in ("出席", "回収数") if differing(item)), "")
    returned, attended, rate = number("回収数"), number("出席"), number(RATE_ITEM)
    known = cause and differing(RATE_ITEM)
    # The rate has the one digit that is printed.
    if (
        known
        and returned is not None
        and attended
        and rate is not None
        and abs(100 * returned / attended - rate) < 0.06
    ):
        found[RATE_ITEM] = cause
    for item in theirs:
        if item.startswith(QUESTION_ITEM) and differing("回収数") and differing(item) and number(item) == returned:
            found[item] = "回収数"
    return found
