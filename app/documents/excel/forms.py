"""Draws labels with values (key figures, letter items, enquiry box) and forms to be filled in by hand."""

from __future__ import annotations

from app.common.join_nonempty import join_nonempty
from app.documents.blocks import (
    BigNumber,
    Choice,
    Contact,
    FillLine,
    KeyFigures,
    KeyValues,
    LetterItems,
    SignBoxes,
    WriteBox,
)
from app.documents.excel import numbers
from app.documents.excel.grid import BlockColumns, ColumnSlot, Span
from app.documents.excel.looks import GREY_LABEL, HAIR, HEAVY, LINE, Look
from app.documents.excel.sheet_pen import FigureRange, SheetPen
from app.documents.excel.text_measure import split_tall_text, text_width
from app.documents.handout_blocks import FormRows, NamedLines, TickRow, TickRows

LABEL_MM = 43.0
_FIGURE_SIZE = 16.0
_BIG_SIZE = 28.0
_FORM_LABEL_MM = 33.0
_SHARES = 4
_VALUE_ROW = 18.75
_POINTS = 72 / 25.4
_RIGHT_MM = 26.0
_BLANK_MM = 3.2  # a full-width space at nine points


def _block_columns(page_mm: float, rows: tuple[tuple[str, ...], ...], first_mm: float, size: float) -> BlockColumns:
    """Return two columns, ``first_mm`` for the labels and the rest of the page for the values.

    ``rows`` are label and value of each, measured at ``size`` points.
    """
    texts = tuple(zip(*rows, strict=True)) if rows else ((), ())
    widths = (first_mm, page_mm - first_mm)
    return BlockColumns(
        tuple(
            ColumnSlot(width, tuple(text_width(text, size) for text in column))
            for width, column in zip(widths, texts, strict=True)
        )
    )


def key_figures_columns(block: KeyFigures, page_mm: float) -> BlockColumns | None:
    """Return equal columns, one a figure, wide enough for the numeral; None when there is no figure."""
    if not block.figures:
        return None
    width = page_mm / len(block.figures)
    return BlockColumns(
        tuple(
            ColumnSlot(
                width,
                (text_width(figure.label, 9.0), text_width(figure.note, 7.5)),
                text_width(figure.value + figure.unit, _FIGURE_SIZE),
            )
            for figure in block.figures
        )
    )


def draw_key_figures(pen: SheetPen, block: KeyFigures, places: list[Span]) -> None:
    """Draw label, numeral with unit and note of each figure between two heavy rules."""
    if not places:
        return
    row = pen.row
    for figure, span in zip(block.figures, places, strict=True):
        pen.write_over_span(span, figure.label, Look(size=9.0, bold=True, align="center", top=HEAVY), 18.0)
        _value(pen, row + 1, span, figure.value, figure.unit, Look(size=_FIGURE_SIZE, bold=True, align="center"))
        pen.write_over_span(span, figure.note, Look(size=7.5, align="center", bottom=HEAVY), 18.0, row=row + 2)
        pen.figures.append(FigureRange(row + 1, row + 2, span.first, span.last, figure))
    last = pen.grid.last
    for number, (height, look) in enumerate(((18.0, Look(top=HEAVY)), (30.0, Look()), (18.0, Look(bottom=HEAVY)))):
        pen.height(row + number, height)
        pen.blank(row + number, places[-1].last + 1, last, look)
    pen.row = row + 3
    pen.end_block(row, 9.0)


def _value(pen: SheetPen, row: int, span: Span, value: str, unit: str, look: Look) -> None:
    """Write a numeral with its unit, as a number where possible."""
    found = numbers.number_with_unit(value, unit)
    if found is None:
        pen.write_over_span(span, f"{value}{unit}" if value else "", look, 30.0, row=row)
        return
    if span.first != span.last and text_width(value + unit, look.size) > pen.grid.width(span.first, span.first):
        # A number shows only hashes where its own column is too narrow, whatever is free beside it.
        pen.blank(row, span.first, span.last, look)
        pen.number(row, span.first, found.value, look._replace(number_format=found.number_format))
        pen.sheet.merge_cells(start_row=row, end_row=row, start_column=span.first, end_column=span.last)
        return
    continuous = look._replace(align="centerContinuous") if span.first != span.last else look
    pen.blank(row, span.first, span.last, continuous)
    right = continuous.right if span.first == span.last else ""
    pen.number(row, span.first, found.value, continuous._replace(number_format=found.number_format, right=right))


def key_values_columns(block: KeyValues, page_mm: float) -> BlockColumns:
    """Return the label column and the value column."""
    return _block_columns(page_mm, block.rows, block.label_width, 10.0)


def draw_key_values(pen: SheetPen, block: KeyValues, places: list[Span]) -> None:
    """Draw grey labels and their values with rules between; each value is one cell with all its lines."""
    label, value = places
    first = pen.row
    for number, (name, text) in enumerate(block.rows):
        top = HEAVY if number == 0 else ""
        rows = split_tall_text(text, pen.grid.width(value.first, value.last), 10.0)
        for part, piece in enumerate(rows):
            ends = part == len(rows) - 1
            bottom = (HEAVY if number == len(block.rows) - 1 else HAIR) if ends else ""
            grey = Look(size=9.0, bold=True, fill=GREY_LABEL, top=top, bottom=bottom)
            pen.write_over_span(label, name if part == 0 else "", grey, _VALUE_ROW)
            day = numbers.read_day(piece)
            if day is not None and text_width(piece, 10.0) <= pen.grid.width(value.first, value.first):
                pen.blank(pen.row, value.first, value.last, Look(top=top, bottom=bottom))
                shown = Look(top=top, bottom=bottom, number_format=day.number_format)
                pen.number(pen.row, value.first, day.value, shown)
                pen.height(pen.row, _VALUE_ROW)
            else:
                pen.write_over_span(value, piece, Look(top=top, bottom=bottom), _VALUE_ROW)
            pen.blank(pen.row, value.last + 1, pen.grid.last, Look(top=top, bottom=bottom))
            top = ""
            pen.row += 1
    if len(block.rows) > 1:
        pen.keep_together(first, first + 1)
    pen.space(6.0)


def letter_items_columns(block: LetterItems, page_mm: float) -> BlockColumns:
    """Return the item column and, 43 mm to the right, the value column."""
    return _block_columns(page_mm, block.rows, LABEL_MM, 10.5)


def draw_letter_items(pen: SheetPen, block: LetterItems, places: list[Span]) -> None:
    """Draw the numbered items of a letter (「1　日時」 and its value), counting from ``start``."""
    label, value = places
    for number, (name, text) in enumerate(block.rows, getattr(block, "start", 1)):
        for part, piece in enumerate(split_tall_text(text, pen.grid.width(value.first, value.last), 10.5)):
            if part == 0:
                pen.write_over_span(label, f"{number}　{name}", Look(size=10.5, bold=True, valign="top"), 24.0)
            pen.write_over_span(value, piece, Look(size=10.5, valign="top"), 24.0)
            pen.row += 1
        pen.open_item = "" if text else name
        if not text:
            pen.keep_together(pen.row - 1, pen.row)


def big_number_columns(block: BigNumber, page_mm: float) -> BlockColumns:
    """Return the columns of label, numeral and note."""
    note = tuple(text_width(line, 10.0) for line in block.note.split("\n"))
    number = text_width(block.value + block.unit, _BIG_SIZE)
    half = (page_mm - LABEL_MM) / 2
    return BlockColumns(
        (
            ColumnSlot(LABEL_MM, (text_width(block.label, 10.5),)),
            ColumnSlot(half, number=number),
            ColumnSlot(half, note),
        )
    )


def draw_big_number(pen: SheetPen, block: BigNumber, places: list[Span]) -> None:
    """Draw the number large in a box with its note; its label is at the left or in the item above."""
    label, value, note = places
    belongs = bool(pen.open_item) and block.label in ("", pen.open_item)
    row = pen.row = pen.row - 1 if belongs else pen.row
    if not belongs:
        pen.write_over_span(label, block.label, Look(size=10.5, bold=True), 24.0)
    pen.open_item = ""
    box = Look(size=_BIG_SIZE, bold=True, align="center", top=HEAVY, bottom=HEAVY, left=HEAVY)
    _value(pen, row, value, block.value, block.unit, box)
    pen.write_over_span(note, block.note, Look(top=HEAVY, bottom=HEAVY, right=HEAVY), 24.0)
    pen.height(row, 54.0)
    pen.row += 1
    pen.space(9.0)


def choice_columns(block: Choice, page_mm: float) -> BlockColumns:
    """Return the label column and one column per word."""
    width = (page_mm - LABEL_MM) / max(len(block.words), 1)
    return BlockColumns(
        (
            ColumnSlot(LABEL_MM, (text_width(block.label, 10.0),)),
            *(ColumnSlot(width, (text_width(word, 10.0),)) for word in block.words),
        )
    )


def draw_choice(pen: SheetPen, block: Choice, places: list[Span]) -> None:
    """Draw all words of a result, the chosen one bold in a box."""
    label, *places = places
    said = f"{block.number}　{block.label}" if block.number else block.label
    pen.write_over_span(label, said, Look(bold=bool(block.number)), 21.0)
    for word, span in zip(block.words, places, strict=True):
        if word != block.chosen:
            pen.write_over_span(span, word, Look(align="center"), 21.0)
            continue
        ring = Look(align="center", bold=True, top=HEAVY, bottom=HEAVY, left=HEAVY, right=HEAVY)
        pen.write_over_span(span, word, ring, 21.0)
    pen.row += 1
    pen.space(4.5)


def contact_columns(block: Contact, page_mm: float) -> BlockColumns:
    """Return the columns of the box's title and of its lines."""
    return _block_columns(page_mm, tuple(("", line) for line in block.lines), LABEL_MM, 9.0)


def draw_contact(pen: SheetPen, block: Contact, places: list[Span]) -> None:
    """Draw the enquiry box between two rules; it is never split."""
    label, value = places
    pen.space(12.0)
    first, count = pen.row, len(block.lines)
    for number, line in enumerate(block.lines or ("",)):
        top, bottom = LINE if number == 0 else "", LINE if number >= count - 1 else ""
        title = block.title if number == 0 else ""
        pen.write_over_span(label, title, Look(size=9.0, bold=True, top=top, bottom=bottom), 16.5)
        pen.write_over_span(value, line, Look(size=9.0, top=top, bottom=bottom), 16.5)
        pen.blank(pen.row, value.last + 1, pen.grid.last, Look(top=top, bottom=bottom))
        pen.row += 1
    pen.keep_together(first, pen.row - 1)


def form_rows_columns(block: FormRows, page_mm: float) -> BlockColumns:
    """Return the label column and four equal columns that the fields share."""
    unit = (page_mm - _FORM_LABEL_MM) / _SHARES
    labels = tuple(text_width(row.label, 11.0) for row in block.rows)
    return BlockColumns((ColumnSlot(_FORM_LABEL_MM, labels), *(ColumnSlot(unit) for _ in range(_SHARES))))


def draw_form_rows(pen: SheetPen, block: FormRows, places: list[Span]) -> None:
    """Draw every row with lines all round; caption and printed text share the cell that is written in."""
    label, *units = places
    first = pen.row
    for number, row in enumerate(block.rows):
        top = HEAVY if number == 0 else LINE
        bottom = HEAVY if number == len(block.rows) - 1 else LINE
        least = row.height * _POINTS
        grey = Look(size=11.0, bold=True, fill=GREY_LABEL, top=top, bottom=bottom, left=HEAVY, right=LINE)
        pen.write_over_span(label, row.label, grey, least)
        place = 0
        for field in row.fields:
            part = units[place : place + field.share] or units[-1:]
            place += field.share
            edge = HEAVY if place >= _SHARES else LINE
            text = join_nonempty(field.caption, field.text, separator="\n")
            look = Look(size=11.0, valign="top" if field.caption else "center", top=top, bottom=bottom, right=edge)
            pen.write_over_span(Span(part[0].first, part[-1].last, part[0].first), text, look, least)
        pen.blank(pen.row, units[-1].last + 1, pen.grid.last, Look())
        pen.row += 1
    pen.end_block(first, 9.0)


def named_lines_columns(block: NamedLines, page_mm: float) -> BlockColumns:
    """Return the columns of the label, of the people, and of the right-hand part."""
    people = page_mm - LABEL_MM - _RIGHT_MM
    return BlockColumns((
        ColumnSlot(LABEL_MM, (text_width(block.label, 10.5),)),
        ColumnSlot(people, tuple(text_width(left, 10.5) for left, _ in block.rows)),
        ColumnSlot(_RIGHT_MM, tuple(text_width(right, 10.5) for _, right in block.rows)),
    ))  # fmt: skip


def draw_named_lines(pen: SheetPen, block: NamedLines, places: list[Span]) -> None:
    """Draw one row per person, the label in the first row."""
    label, people, side = places
    first = pen.row
    for number, (left, right) in enumerate(block.rows):
        name = f"{block.number}　{block.label}" if number == 0 else ""
        pen.write_over_span(label, name, Look(size=10.5, bold=True, valign="top"), 21.0)
        pen.write_over_span(people, left, Look(size=10.5, valign="top"), 21.0)
        pen.write_over_span(side, right, Look(size=10.5, valign="top", align="right"), 21.0)
        pen.row += 1
    pen.keep_together(first, min(first + 1, pen.row - 1))


def tick_rows_columns(block: TickRows, page_mm: float) -> BlockColumns:
    """Return the column of the question and that of the boxes to tick, which share ``page_mm``."""
    asked = 105.0 if block.kind == "rules" else _FORM_LABEL_MM
    words = tuple(text_width(row.text, 11.0) for row in block.rows)
    boxes = tuple(text_width(_ticks(row), 11.0) for row in block.rows)
    return BlockColumns((ColumnSlot(asked, words), ColumnSlot(page_mm - asked, boxes)))


def _ticks(row: TickRow) -> str:
    return join_nonempty(row.value, *(f"□ {word}" for word in row.ticks), separator="　　")


def draw_tick_rows(pen: SheetPen, block: TickRows, places: list[Span]) -> None:
    """Draw one row per question, with a box before every word."""
    asked, boxes = places
    bare = block.kind == "bare"
    for number, row in enumerate(block.rows):
        top = "" if bare else HEAVY if number == 0 else HAIR
        bottom = HEAVY if number == len(block.rows) - 1 and not bare else ""
        pen.write_over_span(asked, row.text, Look(size=11.0, bold=bare, top=top, bottom=bottom), 24.0)
        under = LINE if row.room else bottom
        pen.write_over_span(boxes, _ticks(row), Look(size=11.0, top=top, bottom=under), 30.0 if row.room else 24.0)
        pen.row += 1
    pen.space(6.0)


def draw_fill_line(pen: SheetPen, block: FillLine) -> None:
    """Draw the labels with room to write between them."""
    parts = [f"{label}{'　' * round(room / _BLANK_MM)}{unit}" for label, room, unit in block.parts]
    pen.running_text("　".join(parts), Look(size=9.0), 18.0, even=True)


def draw_sign_boxes(pen: SheetPen, block: SignBoxes) -> None:
    """Draw one row per box: the label and the text with room to write."""
    for label, line in block.boxes:
        look = Look(size=9.0, top=LINE, bottom=LINE, left=LINE, right=LINE)
        pen.write_over_span(pen.full_span(), f"{label}　　　{line}", look, 27.0)
        pen.row += 1
    pen.space(6.0)


def draw_write_box(pen: SheetPen, block: WriteBox) -> None:
    """Draw the label and below it one high row to write in."""
    first = pen.row
    pen.running_text(block.label, Look(size=9.0, bold=True), 18.0)
    look = Look(size=10.0, valign="top", wrap=True, top=LINE, bottom=LINE, left=LINE, right=LINE)
    pen.write_over_span(pen.full_span(), block.text, look, block.height / 25.4 * 72)
    pen.row += 1
    pen.end_block(first, 6.0)
