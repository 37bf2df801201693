"""The table of contents of a workbook, beside its first page: chapters with links, row counts and check formulas.

It lies outside the print area, so that the workbook prints on as many pages as without it. The checks are formulas:
who corrects a number sees at once whether the workbook is still consistent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from openpyxl.utils import quote_sheetname
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.hyperlink import Hyperlink

from app.documents import blocks as b
from app.documents.excel.book_cells import cell_name, column_of, numbers_in, quoted, range_name, value_of, values_of
from app.documents.excel.figure_links import RETURNED
from app.documents.excel.looks import DIGIT_PIXELS, HAIR, HEAVY, LINE, Look
from app.documents.excel.sheet_pen import QuestionSums, SheetPen
from app.documents.excel.text_measure import CELL_PADDING, text_width

TITLE = "このブックの中身（押すと開きます）"
BACK = "はじめのシートへ"
_COUNT = "行数"
_HEADS = ("シート", "中身", _COUNT, "確かめ")
_WIDTHS = (18.0, 34.0, 7.0, 26.0)
_GAP = 3.0
_LEAST_ROW = 15.0
_LINKED = Look(size=10.0, bottom=HAIR, underline=True)


class BookChapter(NamedTuple):
    """One chapter of the workbook: its name, its blocks, its sheet, and its first and last row there."""

    name: str
    blocks: Sequence[b.Block]
    pen: SheetPen
    first: int
    last: int


def add_contents(chapters: Sequence[BookChapter]) -> None:
    """Add the table of contents beside the first page and a link back to it on every other sheet, if there are
    several.
    """
    pens = list(dict.fromkeys(chapter.pen for chapter in chapters))
    if len(pens) < 2:
        return
    first = pens[0]
    left = first.grid.last + 2
    _widen(first, left - 1, _GAP, *_WIDTHS)
    rows = iter(
        [row for row in range(1, first.row + 2 * len(chapters) + 9) if first.heights.get(row, _LEAST_ROW) >= _LEAST_ROW]
    )
    first.text(next(rows), left, TITLE, Look(size=10.5, bold=True))
    row = next(rows)
    for number, head in enumerate(_HEADS):
        look = Look(size=9.0, bold=True, top=HEAVY, bottom=LINE, indent=1 if number == len(_HEADS) - 1 else 0)
        first.text(row, left + number, head, look._replace(align="right") if head == _COUNT else look)
    for chapter in chapters:
        _draw_chapter_line(first, next(rows), left, chapter, pens)
    first.text(next(rows), left, "数を直すと、式の数と確かめも変わります。この欄は印刷されません。", Look(size=8.0))
    for pen in pens[1:]:
        column = pen.grid.last + 2
        _widen(pen, column - 1, _GAP, _WIDTHS[0])
        row = next(row for row in range(1, pen.row + 9) if pen.heights.get(row, _LEAST_ROW) >= _LEAST_ROW)
        _link(pen, row, column, BACK, first, 1)


def _draw_chapter_line(pen: SheetPen, row: int, left: int, chapter: BookChapter, pens: Sequence[SheetPen]) -> None:
    look = Look(size=10.0, bottom=HAIR)
    _link(pen, row, left, chapter.name, chapter.pen, chapter.first)
    pen.text(row, left + 1, _chapter_summary(chapter), look)
    count = _rows(chapter)
    if count is None:
        pen.text(row, left + 2, "", look)
    else:
        formula, result, unit = count
        shown = look._replace(align="right", number_format=f'0"{unit}"')
        if formula:
            pen.formula(row, left + 2, formula, result, shown)
        else:
            pen.number(row, left + 2, result, shown)
    check, look = _check(chapter, pens), look._replace(indent=1)
    if check is None:
        pen.text(row, left + 3, "", look)
    else:
        pen.formula(row, left + 3, check[0], check[1], look)


def _link(pen: SheetPen, row: int, column: int, words: str, target: SheetPen, first: int) -> None:
    """Write a cell that links to a row of another sheet."""
    pen.text(row, column, words, _LINKED)
    place = f"{quote_sheetname(target.sheet.title)}!A{first}"
    sheet: Any = pen.sheet
    sheet._hyperlinks.append(Hyperlink(ref=pen.address(row, column), location=place, display=words))


def _widen(pen: SheetPen, column: int, *widths: float) -> None:
    """Set the widths of the columns from ``column`` on, and the look of their empty cells."""
    for number, width in enumerate(widths):
        shown: Any = pen.sheet.column_dimensions[pen.address(1, column + number)[:-1]]
        shown.width = width
        shown._style = pen.styles.empty


def _chapter_summary(chapter: BookChapter) -> str:
    """Return what a chapter contains, by its smaller headings, else by the larger ones."""
    heads = [block for block in chapter.blocks if isinstance(block, b.Heading)]
    found = [one.text for one in heads if one.level == 2] or [one.text for one in heads if one.level == 1]
    asked = sum(isinstance(block, b.TallyChart) for block in chapter.blocks)
    if asked:
        return (
            f"回収状況、{asked}の設問の表とグラフ"
            if any(text == RETURNED for text in found)
            else f"{asked}の設問の表とグラフ"
        )
    named = [block.name for block in chapter.blocks if isinstance(block, b.Table) and block.name]
    return _in_one_line(list(dict.fromkeys(filter(None, found)))) or _in_one_line(list(dict.fromkeys(named)))


def _in_one_line(words: list[str]) -> str:
    """Return as many of ``words`` as fit, and how many more there are; "" if not even the first fits."""
    room = _WIDTHS[1] * DIGIT_PIXELS * 0.75 - CELL_PADDING
    for count in range(len(words), 0, -1):
        rest = f" ほか{len(words) - count}" if count < len(words) else ""
        text = "、".join(words[:count]) + rest
        if text_width(text, 10.0) <= room:
            return text
    return ""


def _rows(chapter: BookChapter) -> tuple[str, int, str] | None:
    """Return formula, value and unit of the number of table rows in a chapter, None if it has none.

    Of a chapter with tallied questions the number of questions, with an empty formula.
    """
    asked = sum(isinstance(block, b.TallyChart) for block in chapter.blocks)
    if asked:
        return "", asked, "問"
    found = [
        place for place in chapter.pen.tables if chapter.first <= place.head <= chapter.last and place.last > place.head
    ]
    if not found:
        return None
    parts = [f"ROWS({quote_sheetname(chapter.pen.sheet.title)}!A{place.head + 1}:A{place.last})" for place in found]
    return "=" + "+".join(parts), sum(place.last - place.head for place in found), "行"


def _check(chapter: BookChapter, pens: Sequence[SheetPen]) -> tuple[str, str] | None:
    """Return the formula that checks the numbers of a chapter, and its result; None if there is nothing to check."""
    asked = [one for one in chapter.pen.tallied if any(isinstance(block, b.TallyChart) for block in chapter.blocks)]
    if asked:
        return _answers(asked, pens)
    names = {block.name for block in chapter.blocks if isinstance(block, b.Table)}
    for wanted, check in (("時間割", _minutes), ("配布資料", _handouts), ("回答データ", _sheets)):
        if wanted in names and (found := check(pens)) is not None:
            return found
    return None


def _answers(asked: Sequence[QuestionSums], pens: Sequence[SheetPen]) -> tuple[str, str] | None:
    """Return formula and result of the check that each question asked of all adds up to the responses, or None."""
    whole = column_of(pens, RETURNED, "回収　計")
    if whole is None:
        return None
    pen, place = whole
    came = value_of(pen, place.first, place.column)
    cell = cell_name(pen, place.first, place.column)
    same = [one for one in asked if one.base == came]
    if not same:
        return None
    sums = [_shown_total(one, pens) for one in same]
    tests = ",".join(f"{one.base_cell}={cell}" for one in same)
    return _check_text(f"AND({tests})", "計＝回収数", all(value == came for value in sums))


def _shown_total(one: QuestionSums, pens: Sequence[SheetPen]) -> float | str | None:
    """Return the value in the cell of a question that holds its number of answers, None when the cell is empty."""
    title, _, address = one.base_cell.rpartition("!")
    row, column = coordinate_to_tuple(address.replace("$", ""))
    pen = next(pen for pen in pens if quote_sheetname(pen.sheet.title) == title)
    return value_of(pen, row, column)


def _minutes(pens: Sequence[SheetPen]) -> tuple[str, str] | None:
    """Return formula and result of the check that the timetable adds up to the minutes specified, or None."""
    minutes, items, done = (
        column_of(pens, *wanted) for wanted in (("時間割", "分"), ("仕様との対照", "項目"), ("仕様との対照", "実績"))
    )
    if minutes is None or items is None or done is None:
        return None
    rows = [number for number, value in enumerate(values_of(*items)) if value == "実施時間"]
    if not rows:
        return None
    pen, place = minutes
    total = value_of(pen, place.last, place.column)
    held = value_of(done[0], done[1].first + rows[0], done[1].column)
    cell = cell_name(pen, place.last, place.column)
    compared = cell_name(done[0], done[1].first + rows[0], done[1].column)
    said = f'"計"&{cell}&"分"'
    good = str(held).startswith(f"{total}分")
    return (
        f'=IF(LEFT({compared},LEN({cell}&"分"))={cell}&"分","○","×")&" "&{said}',
        f"{'○' if good else '×'} 計{total}分",
    )


def _handouts(pens: Sequence[SheetPen]) -> tuple[str, str] | None:
    """Return formula and result of the check that copies printed less handed out are those left, or None."""
    found = [column_of(pens, "配布資料", title) for title in ("印刷", "配布", "残部")]
    given = [numbers_in(*one) for one in found if one is not None]
    if len(given) < 3 or any(one is None for one in given):
        return None
    printed, handed, left = (range_name(*one) for one in found if one is not None)
    good = all(one - other == rest for one, other, rest in zip(*(one or [] for one in given), strict=True))
    return _check_text(f"SUMPRODUCT(--({printed}-{handed}<>{left}))=0", "印刷－配布＝残部", good)


def _sheets(pens: Sequence[SheetPen]) -> tuple[str, str] | None:
    """Return formula and result of the check that there are as many rows of answers as responses, or None."""
    numbers, whole = column_of(pens, "回答データ", "No"), column_of(pens, RETURNED, "回収　計")
    if numbers is None or whole is None:
        return None
    counted = sum(isinstance(value, int | float) for value in values_of(*numbers))
    came = value_of(whole[0], whole[1].first, whole[1].column)
    cell = cell_name(whole[0], whole[1].first, whole[1].column)
    count = f"COUNT({range_name(*numbers)})"
    return f'=IF({count}={cell},"○","×")&" "&{count}&"件"', f"{'○' if counted == came else '×'} {counted}件"


def _check_text(condition: str, words: str, good: bool) -> tuple[str, str]:
    """Return a formula that shows ○ or × with the words, and its value now."""
    return f'=IF({condition},"○","×")&{quoted(" " + words)}', f"{'○' if good else '×'} {words}"
