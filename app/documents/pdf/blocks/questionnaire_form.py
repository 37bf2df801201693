"""Draws a questionnaire for participants: 14 points or more, a box per option, two pages whenever it fits."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import segno

from app.documents.blocks import DocumentContent
from app.documents.handout_blocks import QuestionnaireEnd, QuestionnaireHead, QuestionOnPaper
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Piece, Sheet, paginate
from app.documents.pdf.typesetting.sizes import MM, NORMAL, Paper, Style
from app.documents.pdf.typesetting.tags import Tag
from app.documents.pdf.typesetting.typefaces import FontCollection
from db.record import frozen

SHEET = Paper(210, 297, 28, 18, 15, 19)
MOST_PAGES = 2
_UNDER_MARK, _UNDER_STATE = 2.2, 3.3  # millimetres between 見本 or the larger mark of a state and the words below

QR = 23.0
_MOST_MODULES = 57
_INDENT = 5.0
_BOX_LINE = 0.7


@frozen
class _Setting:
    """The line spacing: ``pitch`` of an option row and ``space`` above a question, in ems of the type."""

    size: float
    pitch: float
    space: float

    @property
    def box(self) -> float:
        """Return the side of a box to tick in millimetres."""
        return self.size / 2.8

    @property
    def em(self) -> float:
        """Return the size of the type in millimetres."""
        return self.size / MM


_MOST_SPREAD = 0.9
_LADDER = ((1.85, 1.9), (1.75, 1.5), (1.62, 1.2), (1.5, 0.9), (1.42, 0.7))


def lay_out_questionnaire(content: DocumentContent, fonts: FontCollection) -> list[Sheet]:
    """Lay out the questionnaire as loosely as two pages allow; in large type it keeps its spacing and takes more.

    The last of those further pages holds at least two questions, so that no page is turned for one alone.
    """
    sheets = []
    paper = _paper_of(content)
    for pitch, space in _LADDER if content.type_size <= 14 else _LADDER[1:2]:
        setting = _Setting(content.type_size, pitch, space)
        layout = Layout(fonts, NORMAL, paper, "sheet")
        pieces = [_piece(block, layout, setting) for block in content.blocks]
        sheets = paginate(pieces, paper)
        if len(sheets) <= MOST_PAGES:
            break
    if len(sheets) > MOST_PAGES:
        sheets = _move_companion_question(pieces, sheets)
    for sheet in sheets:
        _spread_questions(sheet, setting.em * _MOST_SPREAD)
    return sheets


def _paper_of(content: DocumentContent) -> Paper:
    """Return the sheet; with a mark at its head the first question of a page begins lower."""
    room = _UNDER_STATE if content.state_mark else _UNDER_MARK if content.stamp or content.sample else 0.0
    return replace(SHEET, top=SHEET.top + room)


def _move_companion_question(pieces: list[Piece], sheets: list[Sheet]) -> list[Sheet]:
    """Move the last question of the page before onto the last page if only one stands there; return the pages."""
    before, last = (
        [one.piece for one in sheet.placed if isinstance(one.piece.run, QuestionOnPaper)] for sheet in sheets[-2:]
    )
    if len(last) > 1 or len(before) < 2:
        return sheets
    before[-1].new_page = True
    found = paginate(pieces, sheets[-1].paper)
    return found if len(found) == len(sheets) else sheets


def _spread_questions(sheet: Sheet, most: float) -> None:
    """Distribute the free space at the foot of a page among its questions, so that pages end alike."""
    foot = next((placed for placed in sheet.placed if placed.piece.at_foot), None)
    body = [placed for placed in sheet.placed if not placed.piece.at_foot]
    gaps = len(body) - 1
    if gaps < 1:
        return
    end = foot.y - foot.piece.space if foot is not None else sheet.paper.body_end
    share = min(most, max(0.0, end - body[-1].y - body[-1].piece.height) / gaps)
    moved = [placed._replace(y=placed.y + number * share) for number, placed in enumerate(body)]
    sheet.placed[:] = [*moved, *([foot] if foot is not None else [])]


def questions_beyond_two_pages(content: DocumentContent, fonts: FontCollection) -> tuple[str, ...]:
    """Return the numbers of the questions after the second page in the closest setting."""
    sheets = lay_out_questionnaire(content, fonts)
    return tuple(
        placed.piece.run.number
        for sheet in sheets[MOST_PAGES:]
        for placed in sheet.placed
        if isinstance(placed.piece.run, QuestionOnPaper)
    )


def question_pages(content: DocumentContent, fonts: FontCollection) -> dict[str, int]:
    """Return the page (from 1) of every question, by its code."""
    return {
        placed.piece.run.code: number
        for number, sheet in enumerate(lay_out_questionnaire(content, fonts), 1)
        for placed in sheet.placed
        if isinstance(placed.piece.run, QuestionOnPaper)
    }


def _piece(block: Any, layout: Layout, setting: _Setting) -> Piece:
    """Lay out one block of a questionnaire: its head, its end or a question."""
    if isinstance(block, QuestionnaireHead):
        return _head(block, layout, setting)
    return (_end if isinstance(block, QuestionnaireEnd) else _question)(block, layout, setting)


def _head(block: QuestionnaireHead, layout: Layout, setting: _Setting) -> Piece:
    """Lay out the head of a questionnaire: title, event, introduction and QR code."""
    large = setting.size > 14
    below, under = Style("gothic", 14 if large else 12), 6.2 if large else 5.4
    widest = max((layout.width(text, below) for text in block.url_text), default=0.0)
    beside = layout.text_width - (max(QR, widest) + 8 if block.url else 0)
    tall = QR + 3.0 + under * len(block.url_text) if block.url else 0.0
    title, small = Style("bold", max(20, setting.size + 4)), Style("gothic", 14 if large else 12)
    event, lead = Style("bold", 16 if large else 13), Style("gothic", 16 if large else 12)
    told = [(block.title, title, 1.35), (block.event, event, 1.45)]
    told += [(block.day, small, 1.65)] if block.day else []
    told += [(text, lead, 1.45) for text in block.lines]
    told += [(text, small, 1.42) for text in block.asked_by]
    parts: list[tuple[str, Style, float]] = []
    for text, style, pitch in told:
        step = style.size / MM * pitch
        # Below the QR code a line has the whole width.
        room = beside if sum(one[2] for one in parts) < tall else layout.text_width
        parts += [(line, style, step) for line in layout.lines(text, style, room)]
    height = max(sum(step for *_, step in parts), tall) + 2.5

    def draw(pen: Pen) -> None:
        """Draw the head with its QR code."""
        base = 0.0
        for text, style, step in parts:
            pen.tags.begin_part("H1" if style is title else "P")
            pen.text(0, base + step * 0.78, text, style)
            base += step
        if block.url:
            draw_qr(pen, layout.text_width - QR, 0, block.url)
            for number, text in enumerate(block.url_text):
                pen.text(layout.text_width, QR + under * (number + 1), text, below, "right")
        pen.rule(0, height, layout.text_width, 0.8)

    return Piece(height, draw)


@lru_cache(maxsize=32)
def qr_modules(address: str) -> list[list[int]]:
    """Return the modules of the QR code, at the highest error correction that keeps them large enough.

    A long address at a high level would need so many modules that a telephone cannot read them; the lowest
    level is used where none fits. The result is cached and must not be changed: the page is laid out several times to
    find what fits, and the code is most of that work.
    """
    for level in ("q", "m", "l"):
        found = segno.make(address, error=level, micro=False, boost_error=False)
        if found.symbol_size(border=0)[0] <= _MOST_MODULES:
            break
    return [list(row) for row in found.matrix]


def draw_qr(pen: Pen, x: float, y: float, address: str) -> None:
    """Draw the QR code of an address ``QR`` mm wide, a rectangle per run of dark modules, tagged with the address."""
    code = qr_modules(address)
    module = QR / len(code)
    pen.tags.begin_figure(f"二次元コード　{address}")
    for row, line in enumerate(code):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end]:
                end += 1
            if end > start:
                pen.figure_fill(x + start * module, y + row * module, (end - start) * module, module)
            start = end + 1
    pen.tags.begin_part()


def _question(block: QuestionOnPaper, layout: Layout, setting: _Setting) -> Piece:
    """Lay out one question with its number, title, hint and the place for the answer."""
    bold, body = Style("bold", setting.size), Style("gothic", setting.size)
    hint = note = Style("gothic", max(12, setting.size - 3))
    left = layout.width("問10　", bold)
    hint_width = layout.width(block.hint, hint) + 4 if block.hint else 0
    titles = layout.lines(block.title, bold, layout.text_width - left - hint_width)
    notes = layout.lines(block.note, note, layout.text_width - left) if block.note else []
    step, note_step = setting.em * 1.45, note.size / MM * 1.4
    top = step * len(titles) + note_step * len(notes) + setting.em * 0.25
    body_piece = _answers(block, layout, setting, body)

    def draw(pen: Pen) -> None:
        """Draw the question and the place for its answer."""
        pen.tags.begin_part("H2")
        pen.text(0, step * 0.76, block.number, bold)
        pen.lines(left, step * 0.76, step, titles, bold)
        pen.tags.begin_part()
        pen.text(layout.text_width, step * 0.76, block.hint, hint, "right")
        pen.lines(left, step * len(titles) + note_step * 0.76, note_step, notes, note)
        pen.tags.begin_part()
        with pen.at(0, top):
            body_piece.draw(pen)

    return Piece(
        top + body_piece.height,
        draw,
        space=setting.em * setting.space,
        run=block,
        tag=Tag(words=f"{block.number}　{block.title}"),
    )


def _answers(block: QuestionOnPaper, layout: Layout, setting: _Setting, style: Style) -> Piece:
    """Lay out the place for the answer: lines, a number or options, by the type of the question."""
    if block.type.is_text:
        return _lines_to_write(block, layout, setting)
    if block.type.is_number:
        return _number_to_write(block, setting, style)
    return _options(block, layout, setting, style)


def _options(block: QuestionOnPaper, layout: Layout, setting: _Setting, style: Style) -> Piece:
    """Lay out boxes in three, two or one column; a too wide option takes a whole row, and in large type all then do."""
    number_style = Style("bold", max(12, setting.size - 3))
    offset = _INDENT + setting.box + 1.8 + layout.width("10", number_style) + 1.6
    whole = layout.text_width
    widths = {
        number: offset + layout.width(text, style) + (38 if number in block.written else 0) + 2
        for number, text in block.options
    }
    columns = next(
        (
            count
            for count, wide in ((3, 0), (2, 0 if setting.size > 14 else len(widths) // 4))
            if sum(width > whole / count for width in widths.values()) <= wide
        ),
        1,
    )
    cell = whole / columns
    pitch = setting.em * setting.pitch
    placed = []
    column, y = 0, 0.0
    for number, text in block.options:
        taken = min(columns, max(1, -int(-widths[number] // cell)))
        if column + taken > columns:
            column, y = 0, y + pitch
        lines = layout.lines(text, style, whole - offset - (40 if number in block.written else 0))
        placed.append((column * cell, y, number, lines))
        extra = (len(lines) - 1) * setting.em * 1.35
        column += taken
        if extra:
            column, y = 0, y + pitch + extra
    height = y + (pitch if column else 0)

    def draw(pen: Pen) -> None:
        """Draw the boxes with the options beside them."""
        for left, down, number, lines in placed:
            middle = down + pitch / 2
            pen.tags.begin_item(block)
            base = middle + setting.em * 0.36
            pen.box(left + _INDENT, middle - setting.box / 2, setting.box, setting.box, _BOX_LINE)
            pen.text(left + _INDENT + setting.box + 1.8, base, number, number_style)
            pen.lines(left + offset, base, setting.em * 1.35, lines, style)
            if number in block.written:
                start = left + offset + pen.width(lines[-1], style) + 1.5
                end = whole if left + cell > whole - 1 or columns == 1 else left + cell * max(1, columns - 1)
                pen.text(start, base, "（", style)
                pen.rule(start + setting.em, base + 1.2, max(20.0, end - start - 2.4 * setting.em), 0.4)
                pen.text(start + setting.em + max(20.0, end - start - 2.4 * setting.em), base, "）", style)

    return Piece(height, draw)


def _lines_to_write(block: QuestionOnPaper, layout: Layout, setting: _Setting) -> Piece:
    """Return the lines on which a free answer is written by hand."""
    pitch = max(10.0, setting.em * 2.1)
    height = pitch * max(block.room, 1)

    def draw(pen: Pen) -> None:
        pen.box(0, 1, layout.text_width, height, 0.6)
        for number in range(1, max(block.room, 1)):
            pen.dashed(3, 1 + pitch * number, layout.text_width - 3, 1 + pitch * number, 0.4, 0.3, (1.2, 1.6))

    return Piece(height + 2, draw)


def _number_to_write(block: QuestionOnPaper, setting: _Setting, style: Style) -> Piece:
    """Return the box in which a number is written by hand."""
    height = max(10.0, setting.em * 2.0)

    def draw(pen: Pen) -> None:
        pen.box(_INDENT, 1, 32, height - 2, 0.7)
        pen.text(_INDENT + 34, height / 2 + setting.em * 0.36, block.unit, style)

    return Piece(height, draw)


def _end(block: QuestionnaireEnd, layout: Layout, setting: _Setting) -> Piece:
    """Lay out the closing words at the foot of the last page of a questionnaire."""
    style = Style("bold", min(setting.size, 14))

    def draw(pen: Pen) -> None:
        pen.text(layout.text_width, 5, block.text, style, "right")

    return Piece(7, draw, space=4, at_foot=True)


def draw_sheet_foot(pen: Pen, content: DocumentContent, number: int, pages: int) -> None:
    """Draw the foot of one page: name of the form, page number, and a note that it continues overleaf."""
    base = pen.paper.height - 11.2
    edge = pen.paper.width - pen.paper.right
    pen.text(pen.paper.left, base, f"{content.footer_left}　{number}／{pages}ページ", Style("gothic", 9))
    if number < pages:
        text = "裏面へつづきます" if number % 2 else "つぎの用紙へつづきます"
        pen.arrow_head(edge, base - 1.4, 2.4, 3.2)
        pen.text(edge - 4.5, base, text, Style("bold", 12), "right")
