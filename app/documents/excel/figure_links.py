"""Links key figures and 回収状況 by formulas to the cells they come from, so that they follow edits there.

A figure is linked if the question it names, or one of the same name, shows the same value, or if its document names
the table that it counts; every other figure stays a plain number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple

from app.documents.blocks import Counted
from app.documents.excel.book_cells import (
    cell_name,
    column_of,
    is_formula,
    put_formula,
    quoted,
    range_name,
    value_of,
    values_of,
)
from app.documents.excel.numbers import read_number
from app.documents.excel.sheet_pen import FigureRange, QuestionSums, SheetPen
from app.documents.excel.tally import percent

# 「回収15件中 73.3％（参考値）」, 「ｎ＝15の73.3％」
_SHARE = re.compile(r"(?P<before>\D*)(?P<base>\d+)(?P<between>\D+)(?P<percent>\d+\.\d)(?P<after>％.*)")
_RATE = re.compile(r"(?P<before>回収率\D*)(?P<percent>\d+\.\d)(?P<after>％.*)")
_COLLECTED = ("アンケート回収", "回収")
_ATTENDED = "出席者"
RETURNED = "回収状況"
_WHOLE, _PAPER, _ONLINE = ("回収　計",), ("紙", "回収（紙）"), ("オンライン", "回収（オンライン）")
_CHANNEL_NOTE = "紙{}件・オンライン{}件"
_CAME, _RATE_OF = ("配布（出席者）", "出席者"), ("回収率",)


def link_figures(pens: Sequence[SheetPen]) -> None:
    """Replace numbers that follow from others in the same workbook by formulas; cached results stay.

    These are key figures that equal the result of a question or count a table, the totals and rate of 回収状況, and the
    leftover copies of 配布資料. A number that would change is left alone.
    """
    tallied = [one for pen in pens for one in pen.tallied if one.base]
    for pen in pens:
        for place in pen.figures:
            found = _question_of(place, tallied)
            if found is not None:
                _link(pen, place, found)
            elif place.figure.counted is not None:
                _count(pens, pen, place, place.figure.counted)
    _link_returns(pens)
    _link_leftover(pens)


def _link_leftover(pens: Sequence[SheetPen]) -> None:
    """Make the leftover copies of each 配布資料 a formula: printed minus handed out."""
    found = [column_of(pens, "配布資料", title) for title in ("印刷", "配布", "残部")]
    if None in found:
        return
    (pen, printed), (_pen, handed), (_pen, left) = (one for one in found if one is not None)
    for row in range(left.first, left.last + 1):
        before, gone, rest = (value_of(pen, row, place.column) for place in (printed, handed, left))
        if not isinstance(before, int | float) or not isinstance(gone, int | float) or before - gone != rest:
            continue
        formula = f"={pen.address(row, printed.column)}-{pen.address(row, handed.column)}"
        put_formula(pen, row, left.column, formula, before - gone)


def _count(pens: Sequence[SheetPen], pen: SheetPen, figure_range: FigureRange, counted: Counted) -> None:
    """Make a figure count the rows of its table, or repeat the first row's text, if the result is the same."""
    found = column_of(pens, counted.table, counted.column)
    if found is None:
        return
    where, column = found
    texts = ["" if value is None else str(value) for value in values_of(where, column)]
    said = value_of(pen, figure_range.row, figure_range.first)
    if not counted.like:
        first = cell_name(where, column.first, column.column)
        if texts and said == texts[0]:
            put_formula(pen, figure_range.row, figure_range.first, f"={first}", texts[0])
        elif texts and said == texts[0].replace(" ", ""):
            put_formula(pen, figure_range.row, figure_range.first, f'=SUBSTITUTE({first}," ","")', said)
        return
    number = sum(fnmatchcase(text, counted.like) for text in texts)
    if said == number:
        formula = f"=COUNTIF({range_name(where, column)},{quoted(counted.like)})"
        put_formula(pen, figure_range.row, figure_range.first, formula, number)


def _link_returns(pens: Sequence[SheetPen]) -> None:
    """Make the total of 回収状況 the sum of paper and online responses, and the rate follow it."""
    whole, paper, online, came, rate = (
        next((found for title in titles if (found := column_of(pens, RETURNED, title)) is not None), None)
        for titles in (_WHOLE, _PAPER, _ONLINE, _CAME, _RATE_OF)
    )
    if whole is None or paper is None or online is None:
        return
    pen, row = whole[0], whole[1].first
    added, one, other = (value_of(pen, row, place.column) for _pen, place in (whole, paper, online))
    if not isinstance(added, int | float) or not isinstance(one, int | float) or not isinstance(other, int | float):
        return
    if one + other == added:
        formula = f"={pen.address(row, paper[1].column)}+{pen.address(row, online[1].column)}"
        put_formula(pen, row, whole[1].column, formula, added)
    for where in pens:
        for asked in where.tallied:
            at = coordinate_to_tuple(asked.base_cell.rpartition("!")[2].replace("$", ""))
            if asked.base == added and value_of(where, *at) == added and not is_formula(where, *at):
                put_formula(where, *at, f"={cell_name(pen, row, whole[1].column)}", added)
    _link_channel_note(
        pens, [(value, cell_name(pen, row, at.column)) for value, at in ((one, paper[1]), (other, online[1]))]
    )
    people = value_of(pen, row, came[1].column) if came is not None else None
    said = value_of(pen, row, rate[1].column) if rate is not None else None
    if came is None or rate is None or not isinstance(people, int | float) or not isinstance(said, int | float):
        return
    if people and percent(int(added), int(people)) == said:
        part, base = pen.address(row, whole[1].column), pen.address(row, came[1].column)
        put_formula(pen, row, rate[1].column, f"=ROUND({part}/{base}*100,1)", said)
    _link_same(pens, (_ATTENDED,), people, cell_name(pen, row, came[1].column))
    _link_same(pens, _RATE_OF, said, cell_name(pen, row, rate[1].column))


def _link_channel_note(pens: Sequence[SheetPen], channels: Sequence[tuple[float, str]]) -> None:
    """Make the note 「紙11件・オンライン4件」 follow the two cells."""
    for pen, place in _figures(pens, _COLLECTED):
        if place.figure.note == _CHANNEL_NOTE.format(*(value for value, _cell in channels)):
            _put_note(
                pen,
                place,
                "=" + quoted(_CHANNEL_NOTE).replace("{}", '"&{}&"').format(*(cell for _value, cell in channels)),
            )


def _link_same(pens: Sequence[SheetPen], labels: Collection[str], value: float, cell: str) -> None:
    """Link to ``cell`` of 回収状況 the figures with one of ``labels`` that equal its ``value``."""
    for pen, place in _figures(pens, labels):
        if value_of(pen, place.row, place.first) == value:
            put_formula(pen, place.row, place.first, f"={cell}", value)


def _figures(pens: Sequence[SheetPen], labels: Collection[str]) -> list[tuple[SheetPen, FigureRange]]:
    return [(pen, place) for pen in pens for place in pen.figures if place.figure.label in labels]


def _question_of(figure_range: FigureRange, tallied: Sequence[QuestionSums]) -> QuestionSums | None:
    """Return the tallied question that a figure is taken from, None where it is not clear."""
    figure = figure_range.figure
    if figure.label in _COLLECTED:
        return next((one for one in tallied if str(one.base) == figure.value), None)
    named = (
        one
        for one in tallied
        if one.label and (one.code == figure.asked if figure.asked else one.label == figure.label)
    )
    return next((one for one in named if str(one.people) == figure.value), None)


def _link(pen: SheetPen, figure_range: FigureRange, sums: QuestionSums) -> None:
    """Replace a figure, and the numbers in its note, by formulas that refer to the cells of its question."""
    figure = figure_range.figure
    collected = figure.label in _COLLECTED
    value = read_number(figure.value)
    if value is None:
        return
    cell = sums.base_cell if collected else sums.people_cell
    put_formula(pen, figure_range.row, figure_range.first, f"={cell}", value.value)
    share, rate = _SHARE.fullmatch(figure.note), _RATE.fullmatch(figure.note)
    if share and not collected and (int(share["base"]), share["percent"]) == (sums.base, sums.percent):
        formula = (
            f"={quoted(share['before']) + '&' if share['before'] else ''}{sums.base_cell}&{quoted(share['between'])}"
            f'&TEXT({sums.percent_cell},"0.0")&{quoted(share["after"])}'
        )
        _put_note(pen, figure_range, formula)
    attended = next((one for one in pen.figures if one.figure.label == _ATTENDED), None)
    people = read_number(attended.figure.value) if attended is not None else None
    # The rate of fixed totals may be by another 出席 than the one beside it.
    if (
        rate
        and collected
        and attended is not None
        and people is not None
        and people.value
        and percent(int(value.value), int(people.value)) == float(rate["percent"])
    ):
        whole = pen.address(attended.row, attended.first)
        part = pen.address(figure_range.row, figure_range.first)
        formula = f'={quoted(rate["before"])}&TEXT(ROUND({part}/{whole}*100,1),"0.0")&{quoted(rate["after"])}'
        _put_note(pen, figure_range, formula)


def _put_note(pen: SheetPen, figure_range: FigureRange, formula: str) -> None:
    """Put the formula into the cell that holds the note, in whichever column of the figure it is."""
    cells: Any = pen.sheet._cells
    for column in range(figure_range.first, figure_range.last + 1):
        cell = cells.get((figure_range.note_row, column))
        if cell is not None and cell.value == figure_range.figure.note:
            put_formula(pen, figure_range.note_row, column, formula, figure_range.figure.note)
            return
