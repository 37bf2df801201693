"""Draws any document as PDF, from a ``DocumentContent`` to bytes.

The content is split where a new document or another look begins; the blocks of each part become pieces, each kind by
its module; the pieces are distributed over pages, and every page gets its header, its footer and its marks.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from reportlab import rl_config

from app.common.gc_paused import pause_gc
from app.documents.blocks import (
    LARGE_PRINT,
    BigNumber,
    Block,
    Bullets,
    Certificate,
    Choice,
    Closing,
    Contact,
    DataSheet,
    DocumentContent,
    FillLine,
    GroupFlow,
    Heading,
    InputTable,
    KeyFigures,
    KeyValues,
    Letterhead,
    LetterItems,
    NameTags,
    PairedBands,
    Paragraph,
    Photos,
    RosterList,
    SeatCard,
    SheetBreak,
    SignBoxes,
    SquareChart,
    StageChart,
    Table,
    TableCard,
    TallyChart,
    Title,
    WriteBox,
)
from app.documents.chart_blocks import ValueChart
from app.documents.handout_blocks import Banner, FormRows, HandoutItems, LabelSheet, NamedLines, NoticeBox, TickRows
from app.documents.pdf.blocks import cards_and_labels, forms, letters, tables, texts
from app.documents.pdf.blocks.cards_and_labels import label_sheet, name_tags
from app.documents.pdf.blocks.forms import choices, form_rows
from app.documents.pdf.blocks.guide_sheet import PANEL, lay_out_guide
from app.documents.pdf.blocks.handouts import banner, handout_items, notice_box
from app.documents.pdf.blocks.ledger_pages import lay_out_ledger
from app.documents.pdf.blocks.letters import named_lines
from app.documents.pdf.blocks.photos import photos
from app.documents.pdf.blocks.questionnaire_form import draw_sheet_foot, lay_out_questionnaire
from app.documents.pdf.blocks.roster_list import roster_list
from app.documents.pdf.blocks.shapes import group_flow, stage_chart
from app.documents.pdf.blocks.squares import square_chart
from app.documents.pdf.blocks.tally_chart import paired_bands, tally_chart
from app.documents.pdf.blocks.tick_rows import tick_rows
from app.documents.pdf.blocks.value_chart import value_chart
from app.documents.pdf.blocks.wall_plan import lay_out_wall
from app.documents.pdf.output.pdf_archive import Bookmark, DocumentCanvas, describe_pdf
from app.documents.pdf.printable import MissingGlyph, missing_characters, without_invisible
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.letter_splitting import split_names
from app.documents.pdf.typesetting.line_breaking import break_lines, justify_lines
from app.documents.pdf.typesetting.links import find_links
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Piece, Sheet, paginate
from app.documents.pdf.typesetting.sizes import (
    CELL,
    CLOSE,
    CLOSEST,
    DENSE,
    FOOT_HEIGHT,
    FOOTER,
    HEADER,
    HEAVY,
    LANDSCAPE,
    LARGE,
    LARGE_CLOSER,
    LARGE_CLOSEST,
    LARGE_PAGE_NUMBER,
    MARK,
    MM,
    NORMAL,
    PACKED,
    PAGE_EDGE,
    PAGE_NUMBER,
    PAGE_RULE,
    PAGE_RULE_GREY,
    PORTRAIT,
    STATE_MARK,
    STATE_NOTE,
    STRONG,
    TABLES,
    TIGHT,
    Density,
    Style,
)
from app.documents.pdf.typesetting.tags import Tags
from app.documents.pdf.typesetting.typefaces import FontCollection, open_collection, open_measuring_fonts
from db.record import frozen

_LAYOUTS: dict[type, Callable[[Any, Layout], list[Piece]]] = {
    Letterhead: letters.letterhead,
    Title: texts.title,
    Heading: texts.heading,
    KeyFigures: forms.key_figures,
    Paragraph: texts.paragraph,
    Bullets: texts.bullets,
    KeyValues: forms.key_values,
    LetterItems: letters.letter_items,
    BigNumber: letters.big_number,
    Table: tables.table,
    TallyChart: tally_chart,
    PairedBands: paired_bands,
    StageChart: stage_chart,
    GroupFlow: group_flow,
    SquareChart: square_chart,
    ValueChart: value_chart,
    Photos: photos,
    Closing: texts.closing,
    Contact: letters.contact,
    RosterList: roster_list,
    NameTags: name_tags,
    SeatCard: cards_and_labels.seat_card,
    Certificate: cards_and_labels.certificate,
    TableCard: cards_and_labels.table_card,
    FillLine: forms.fill_line,
    SignBoxes: forms.sign_boxes,
    WriteBox: forms.write_box,
    Banner: banner,
    HandoutItems: handout_items,
    NoticeBox: notice_box,
    FormRows: form_rows,
    NamedLines: named_lines,
    TickRows: tick_rows,
    LabelSheet: label_sheet,
    DataSheet: lambda _block, _layout: [],
    InputTable: lambda block, layout: tables.table(block.table, layout),
}

_WHOLE_PAGE_LOOKS: dict[str, Callable[[DocumentContent, FontCollection], list[Sheet]]] = {
    "sheet": lay_out_questionnaire,
    "ledger": lay_out_ledger,
    "wall": lay_out_wall,
    "guide": lay_out_guide,
}
"""Looks whose pages are laid out as a whole by one module."""

# Two ruled blocks without a word between them would read as one.
_RULED = (Table, KeyValues, KeyFigures, Choice)
_BETWEEN_TABLES = 4.6
_LITTLE_FILLED = 0.45  # a last page filled less than this is worth a tighter setting
_NEARLY_WHITE = 0.3  # … and less than this one, smaller type in tables
_SAMPLE = "見本"
_SMALLEST_HEADER = 5.5
_BESIDE_MARKS = 2.0
_DOWN_WIDE, _DOWN_STEP = 3.6, 3.0
_MARK_DOWN = Style("bold", 7.5)
_UNDER_HEAD = 16.4  # millimetres from the top: under the rule of a head
_ROSTER_NUMBER = 9.7  # of the line under the handling mark of a roster, clear of its box
_STATE_ROOM = 8.0
_UNDER_RULE, _OVER_RULE = 3.0, 1.8
"""How much closer to the header and footer rules the body of a dense page begins and ends, in mm."""
_FEW_PAGES = 3  # a longer document opens with its bookmarks shown
_RANKS = {"H1": 0, "H2": 0, "H3": 1, "H4": 2}


def layout_of(content: DocumentContent, fonts: FontCollection, density: Density) -> Layout:
    """Return the layout of a document: landscape for a roster, else portrait.

    A report or form with a state mark has room for it at the top; a dense layout has smaller margins.
    """
    paper = LANDSCAPE if content.look == "roster" else PORTRAIT
    if content.state_mark and content.look in ("report", "form"):
        paper = replace(paper, top=paper.top + _STATE_ROOM)
    if density in (DENSE, PACKED):
        paper = replace(paper, top=paper.top - _UNDER_RULE, bottom=paper.bottom - _OVER_RULE)
    if fonts.spare:
        paper = replace(paper, bottom=paper.bottom + fonts.spare)
    return Layout(fonts, density, paper, content.look)


def compose(content: DocumentContent, layout: Layout) -> list[Piece]:
    """Lay out every block in order."""
    pieces = []
    break_here = False
    position = 0
    for kind, members in groupby(content.blocks, type):
        group = list(members)
        if kind is SheetBreak:
            break_here = any(isinstance(block, SheetBreak) and block.page for block in group)
            position += len(group)
            continue
        before = content.blocks[position - 1] if position else None
        if isinstance(group[0], BigNumber) and _labels_number(before, group[0]) and layout.look == "letter":
            made = letters.big_number(group[0], layout, named=True)
            made += _lay_out_group(kind, group[1:], content.blocks[position + 1 :], layout)
        else:
            made = _lay_out_group(kind, group, content.blocks[position:], layout)
        position += len(group)
        if made and isinstance(before, _RULED) and kind in _RULED:
            made[0].space = _BETWEEN_TABLES
        if made and break_here:
            made[0].new_page = True
            break_here = False
        pieces += made
    if len(pieces) > 1 and isinstance(content.blocks[-1], SignBoxes):
        # What is filled in by hand stands at the foot of the last page, and never alone on it.
        pieces[-1].at_foot = True
        pieces[-2].keep_with_next = True
    _put_at_foot(pieces, content.blocks)
    return pieces


def _put_at_foot(pieces: list[Piece], blocks: Sequence[Block]) -> None:
    """Move a last table with ``at_foot`` as a whole to the foot of the last page, with its heading, never alone."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Table) or not last.at_foot:
        return
    first = next(number for number, piece in enumerate(pieces) if piece.run is pieces[-1].run)
    first -= len(blocks) > 1 and isinstance(blocks[-2], Heading)
    for piece in pieces[max(first - 1, 0) :]:
        piece.keep_with_next = piece is not pieces[-1]
    for piece in pieces[first:]:
        piece.at_foot = True


def _lay_out_group(kind: type, group: list[Block], rest: tuple[Block, ...], layout: Layout) -> list[Piece]:
    """Lay out neighbouring blocks of one type; ``rest`` is the content from the first of them on."""
    if kind is Choice:  # neighbours share one set of rules and one ladder of words
        chosen = [block for block in group if isinstance(block, Choice)]
        return [letters.chosen_item(one, layout) for one in chosen] if chosen[0].number else choices(chosen, layout)
    made = []
    for number, block in enumerate(group):
        turned = layout.paper is not LANDSCAPE and _needs_landscape(rest[number:])
        parts = _LAYOUTS[kind](block, replace(layout, paper=LANDSCAPE) if turned else layout)
        if turned:
            for part in parts:
                part.paper = LANDSCAPE
        made += parts
    return made


def _labels_number(block: Block | None, number: BigNumber) -> bool:
    """Return whether the block above is a letter item that names the number and has no value of its own."""
    return isinstance(block, LetterItems) and bool(block.rows) and block.rows[-1] == (number.label, "")


def _needs_landscape(blocks: tuple[Block, ...]) -> bool:
    """Return whether the first block is a landscape table or a heading right above one."""
    for block in blocks:
        if isinstance(block, Table):
            return block.landscape
        if not isinstance(block, Heading):
            return False
    return False


class NumberedSheet(NamedTuple):
    """One page: the part it belongs to, its number within its document, and that document's page count."""

    content: DocumentContent
    sheet: Sheet
    number: int
    pages: int


def numbered_sheets(content: DocumentContent, collection: FontCollection) -> list[NumberedSheet]:
    """Lay out every part and number the pages; each serial letter counts from 1."""
    papers: list[list[tuple[DocumentContent, Sheet]]] = [[]]
    for part, restart in parts_of(content):
        if restart and papers[-1]:
            papers.append([])
        papers[-1] += [(part, sheet) for sheet in _with_names_apart(part, collection)]
    for kept in (break_lines, justify_lines):  # the same lines, as long as the document was set closer and closer
        kept.cache_clear()
    return [
        NumberedSheet(part, sheet, number, len(paper))
        for paper in papers
        for number, (part, sheet) in enumerate(paper, 1)
    ]


def parts_of(content: DocumentContent) -> Iterator[tuple[DocumentContent, bool]]:
    """Yield the parts of a content, each with whether it begins a new document."""
    blocks: list[Block] = []
    look, size, restart = content.look, content.type_size, False
    for block in content.blocks:
        if isinstance(block, SheetBreak) and block.page and (block.restart or block.look):
            if blocks:
                yield _part(content, blocks, look, size), restart
            blocks, look, size, restart = [], block.look or look, block.type_size or size, block.restart
        else:
            blocks.append(block)
    yield _part(content, blocks, look, size), restart


def _part(content: DocumentContent, blocks: Sequence[Block], look: str, size: int) -> DocumentContent:
    return replace(content, blocks=tuple(blocks), look=look, type_size=size)  # type: ignore[arg-type]


def _is_large(content: DocumentContent) -> bool:
    """Return whether a part is the 拡大版 of a letter or a form."""
    return content.look in ("letter", "card") and content.type_size >= LARGE_PRINT


class Fit(NamedTuple):
    """The pages of a part, and how closely it is set on them."""

    sheets: list[Sheet]
    density: Density


def lay_out(content: DocumentContent, collection: FontCollection) -> Fit:
    """Lay out a part as loosely as it neither leaves a nearly empty last page nor exceeds ``at_most`` pages, if it can.

    A 拡大版 and the looks of ``_WHOLE_PAGE_LOOKS`` have rules of their own.
    """
    if content.look in _WHOLE_PAGE_LOOKS:
        return Fit(_WHOLE_PAGE_LOOKS[content.look](content, collection), NORMAL)
    if _is_large(content):
        tries = [_set(content, collection, one) for one in (LARGE, LARGE_CLOSER, LARGE_CLOSEST)]
        return min(tries, key=_pages)  # the first of the shortest, which is the loosest
    fit = _set(content, collection, TABLES if content.close else NORMAL)
    fewer = len(fit.sheets) - 1
    if fewer and _filled(fit.sheets[-1]) <= _LITTLE_FILLED:
        closer = (TIGHT, CLOSE, CLOSEST, TABLES, DENSE) if _is_left_over(fit.sheets) else (TIGHT, CLOSE, CLOSEST)
        fit = _set_closer(content, collection, fit, closer, fewer)
    closest = (TABLES, DENSE, PACKED) if content.packed else (TABLES, DENSE)
    return _set_closer(content, collection, fit, closest, content.at_most or len(fit.sheets))


def _set(content: DocumentContent, collection: FontCollection, density: Density) -> Fit:
    layout = layout_of(content, collection, density)
    return Fit(paginate(compose(content, layout), layout.paper), density)


def _pages(fit: Fit) -> int:
    return len(fit.sheets)


def _filled(sheet: Sheet) -> float:
    return (sheet.y - sheet.paper.top) / sheet.paper.body_height


def _is_left_over(sheets: Sequence[Sheet]) -> bool:
    """Return whether the last page holds only a little, was not begun on purpose, and is as large as the one before."""
    before, last = sheets[-2:]
    return before.paper == last.paper and not last.placed[0].piece.new_page and _filled(last) <= _NEARLY_WHITE


def _set_closer(
    content: DocumentContent, collection: FontCollection, fit: Fit, closer: Sequence[Density], max_pages: int
) -> Fit:
    """Set a document closer until it needs at most ``max_pages``, as far as that saves any page."""
    for density in closer:
        if _pages(fit) <= max_pages:
            break
        fit = min(fit, _set(content, collection, density), key=_pages)
    return fit


def _with_names_apart(content: DocumentContent, collection: FontCollection) -> list[Sheet]:
    """Lay out one part; if a letter exceeds its page only the table of its people goes to the next."""
    sheets = lay_out(content, collection).sheets
    apart = split_names(content) if len(sheets) > 1 and not _is_large(content) else None
    if apart is None:
        return sheets
    page = lay_out(apart.letter, collection).sheets
    return [*page, *lay_out(apart.people, collection).sheets] if len(page) == 1 else sheets


def draw_page_frame(pen: Pen, content: DocumentContent, number: int, pages: int) -> None:
    """Draw header, footer and marks of page ``number`` of ``pages``.

    A guide has only the marks; so has a card, but a 拡大版 of several pages its page number too; a questionnaire has a
    foot of its own.
    """
    if content.look in ("card", "sheet", "guide"):
        if content.look == "sheet":
            draw_sheet_foot(pen, content, number, pages)
        if content.look == "card" and _is_large(content) and pages > 1:
            _page_number(pen, content, number, pages)
        _marks(pen, content)
        return
    if content.look == "roster":
        _roster_header(pen, content, number)
    elif content.look not in ("letter", "wall"):
        _header(pen, content)
    _footer(pen, content, number, pages)
    _marks(pen, content)


def _header(pen: Pen, content: DocumentContent) -> None:
    """Draw the two texts over the header rule; marks go between them (``_place_of_marks``)."""
    paper = pen.paper
    style = _header_style(pen, content)
    pen.text(paper.left, 13.6, content.header_left, style)
    pen.text(paper.width - paper.right, 13.6, content.header_right, style, "right")
    pen.rule(paper.left, 15.9, paper.text_width, PAGE_RULE, PAGE_RULE_GREY)


def _header_style(pen: Pen, content: DocumentContent) -> Style:
    """Return the type in which both header texts and the marks between them fit side by side."""
    marks = 0.0 if content.state_mark else _marks_width(pen, content)  # how an event stands is said under the rule
    room = pen.paper.text_width - (marks + 2 * _BESIDE_MARKS if marks else 6)
    return HEADER.shrunk(_SMALLEST_HEADER, lambda one: sum(_header_widths(pen, content, one)) <= room)


def _header_widths(pen: Pen, content: DocumentContent, style: Style) -> tuple[float, float]:
    return pen.width(content.header_left, style), pen.width(content.header_right, style)


def _roster_header(pen: Pen, content: DocumentContent, number: int) -> None:
    """Draw the boxed handling mark at the right with the document number under it; later pages repeat the title."""
    paper = pen.paper
    edge = paper.width - paper.right
    width = _handling_width(pen, content)
    if width:
        pen.box(edge - width, PAGE_EDGE + 0.2, width, 6.2, HEAVY)
        pen.text(edge - width / 2, PAGE_EDGE + 4.6, content.header_right, STRONG, "center")
    pen.text(edge, PAGE_EDGE + _ROSTER_NUMBER, content.header_left, HEADER, "right")
    if number > 1:
        titles = [block for block in content.blocks if isinstance(block, Title)]
        if titles:
            pen.text(paper.left, PAGE_EDGE + 4.6, f"{titles[0].text}　{titles[0].subtitle}", CELL)


def _handling_width(pen: Pen, content: DocumentContent) -> float:
    """Return the width of the mark that says how the paper is handled, 0 without one."""
    return max(52.0, pen.width(content.header_right, STRONG) + 8) if content.header_right else 0.0


def _footer(pen: Pen, content: DocumentContent, number: int, pages: int) -> None:
    """Draw the footer of a page: rule, texts and page number."""
    paper = pen.paper
    rule = paper.height - FOOT_HEIGHT
    base = rule + 3.7
    left, right = content.footer_left, content.footer_right
    pen.rule(paper.left, rule, paper.text_width, PAGE_RULE, PAGE_RULE_GREY)
    half = paper.text_width / 2 - 10
    pen.text(paper.left, base, left, pen.fitting(left, FOOTER, 6, half))
    pen.text(paper.width - paper.right, base, right, pen.fitting(right, FOOTER, 6, half), "right")
    _page_number(pen, content, number, pages)


def _page_number(pen: Pen, content: DocumentContent, number: int, pages: int) -> None:
    """Draw which page of how many it is, in the middle below the rule; of a 拡大版 as large as fits there."""
    paper = pen.paper
    style, down = (LARGE_PAGE_NUMBER, 4.4) if _is_large(content) else (PAGE_NUMBER, 3.7)
    middle = paper.left + paper.text_width / 2
    pen.text(middle, paper.height - FOOT_HEIGHT + down, f"{number} / {pages}", style, "center")


def _marks_of(content: DocumentContent) -> list[tuple[str, Style, float]]:
    """Return the marks of a page with type and height: the state of the event (large), 様式 and 見本."""
    tags = any(isinstance(block, NameTags) for block in content.blocks)
    state = "" if tags else content.state_mark
    marks = [(state, STATE_MARK, 6.2)] if state else []
    return marks + [(mark, MARK, 5.1) for mark in (content.stamp, _SAMPLE if content.sample else "") if mark]


def _marks_widths(pen: Pen, content: DocumentContent) -> tuple[list[float], float]:
    """Return the width of each mark in mm, and the gap between two."""
    marks = _marks_of(content)
    pad, gap = (4, 2) if content.look == "roster" and content.state_mark else (6, 3)
    return [pen.width(mark, style) + pad for mark, style, _height in marks], gap


def _marks_width(pen: Pen, content: DocumentContent) -> float:
    """Return the width of all marks side by side in mm; 0 without any."""
    widths, gap = _marks_widths(pen, content)
    return sum(widths) + gap * (len(widths) - 1) if widths else 0.0


def _marks(pen: Pen, content: DocumentContent) -> None:
    """Draw the marks in a row, at least 10 mm from every edge, which office printers leave white.

    They stand at the top of a letter, between head and body if there is a state mark, else between the header texts;
    on a roster beside its handling mark, on a card in its corner, on a sheet of 名札 down its side.
    """
    marks = _marks_of(content)
    if not marks:
        return
    if any(isinstance(block, NameTags) for block in content.blocks):
        _draw_vertical_marks(pen, [mark for mark, _style, _height in marks])
        return
    reason = f"理由　{content.passed_reason}" if content.state_mark and content.passed_reason else ""
    widths, gap = _marks_widths(pen, content)
    left, top = _place_of_marks(pen, content, reason=bool(reason))
    begins = left
    for (mark, style, height), width in zip(marks, widths, strict=True):
        pen.box(left, top, width, height, 1.2 if style is STATE_MARK else 0.9, fill=1.0 if content.state_mark else None)
        pen.text(left + width / 2, top + height / 2 + style.size * 0.128, mark, style, "center")
        left += width + gap
    if reason and content.look == "roster":  # under the marks, before the document number
        room = pen.paper.width - pen.paper.right - pen.width(content.header_left, HEADER) - 4 - begins
        _state_reason(pen, begins, PAGE_EDGE + _ROSTER_NUMBER, reason, room)
    elif reason:
        _state_reason(pen, left, top + 4.2, reason, _room_of_marks(pen, content)[1] - left)


def _place_of_marks(pen: Pen, content: DocumentContent, *, reason: bool) -> tuple[float, float]:
    """Return x and y in mm where the row of marks begins; ``reason`` = a text follows it."""
    paper, whole = pen.paper, _marks_width(pen, content)
    middle = (paper.width - whole) / 2
    if content.look == "card":
        return 12.0, 10.4
    if content.look == "guide":  # over the page that is read first
        edge = paper.width - paper.right
        return edge - (PANEL if reason else whole), PAGE_EDGE + 0.2
    if content.look == "roster":
        return paper.width - paper.right - _handling_width(pen, content) - 4 - whole, PAGE_EDGE + 0.2
    if content.look == "letter" or (content.state_mark and paper.height > paper.width and content.look != "sheet"):
        return _room_of_marks(pen, content)[0] if reason else middle, _UNDER_HEAD
    if content.look in ("wall", "sheet"):
        return middle, PAGE_EDGE + 0.2
    left, right = _header_widths(pen, content, _header_style(pen, content))
    first, last = paper.left + left + _BESIDE_MARKS, paper.width - paper.right - right - _BESIDE_MARKS - whole
    return min(max(middle, first), max(last, first)), PAGE_EDGE + 0.2


def _room_of_marks(pen: Pen, content: DocumentContent) -> tuple[float, float]:
    """Return from where to where marks with their reason may be drawn: beside the 入場番号, never over it."""
    left, right = pen.paper.left, pen.paper.width - pen.paper.right
    density = LARGE if _is_large(content) else NORMAL
    box = next((letters.admission_box(one, density) for one in content.letterheads), None)
    if box is None:
        return left, right
    return (left, left + box[0] - 3) if box[0] else (left + box[1] + 3, right)


def _state_reason(pen: Pen, left: float, base: float, reason: str, room: float) -> None:
    """Draw beside the mark why the document was made all the same, cut to ``room`` mm; the full text is in the log."""
    while len(reason) > 1 and pen.width(reason, STATE_NOTE) > room:
        reason = f"{reason.rstrip('…')[:-1]}…"
    pen.text(left, base, reason, STATE_NOTE)


def _draw_vertical_marks(pen: Pen, marks: Sequence[str]) -> None:
    """Draw the marks vertically at the side of a sheet of cards, which has no other room."""
    top = 2 * PAGE_EDGE
    for mark in marks:
        pen.box(PAGE_EDGE + 0.2, top, _DOWN_WIDE, _DOWN_STEP * len(mark) + 1.2, HEAVY)
        for place, sign in enumerate(mark):
            pen.text(PAGE_EDGE + 0.2 + _DOWN_WIDE / 2, top + _DOWN_STEP * (place + 1) - 0.1, sign, _MARK_DOWN, "center")
        top += _DOWN_STEP * len(mark) + 3.2


# Plain compressed streams: a fifth smaller and quicker than their spelling in ASCII.
rl_config.useA85 = 0


@frozen
class RenderedPdf:
    """A finished PDF and its number of pages."""

    data: bytes
    pages: int


def render_pdf(content: DocumentContent) -> RenderedPdf:
    """Draw ``content`` as PDF; the same content always gives the same bytes.

    The fonts serve one document at a time: two threads must not draw at once.

    Raises:
        MissingGlyph: a character cannot be printed; text and character are named, nothing is replaced.
        NameTooLong: a name of a roster, tag or card fits at no allowed size.
    """
    missing = missing_characters(content)
    if missing:
        raise MissingGlyph(missing)
    shown = without_invisible(content)
    collection = open_collection()
    with pause_gc():  # pieces, tags and what the file is made of stay until it is written
        sheets = numbered_sheets(shown, collection)
        copies = [copied for mark in _copy_marks(shown) for copied in _with_copy_mark(sheets, mark)]
        return RenderedPdf(_draw(shown, collection, copies), len(copies))


def count_pages(content: DocumentContent) -> int:
    """Return how many pages a document takes, without drawing it; one with an unprintable character counts as one.

    It has fonts of its own, so that another thread may draw meanwhile.
    """
    if missing_characters(content):
        return 1
    with pause_gc():
        return len(numbered_sheets(without_invisible(content), open_measuring_fonts()))


def _copy_marks(content: DocumentContent) -> list[str]:
    """Return 「2部の1部目」 and 「2部の2部目」 for a document of two numbered copies, else one empty mark."""
    total = content.numbered_copies
    return [f"　{total}部の{copy}部目" for copy in range(1, total + 1)] or [""]


def _with_copy_mark(sheets: list[NumberedSheet], mark: str) -> list[NumberedSheet]:
    if not mark:
        return sheets
    return [
        sheet._replace(content=replace(sheet.content, header_right=sheet.content.header_right + mark))
        for sheet in sheets
    ]


def _draw(content: DocumentContent, collection: FontCollection, sheets: list[NumberedSheet]) -> bytes:
    target = io.BytesIO()
    canvas = DocumentCanvas(target, collection.face("gothic").primary)
    tags = Tags()
    links = find_links(content.blocks) if content.outgoing or content.look == "sheet" else None
    for part, sheet, number, pages in sheets:
        paper = sheet.paper
        canvas.setPageSize((paper.width * MM, paper.height * MM))
        tags.begin_page()
        pen = Pen(canvas, collection, paper, tags, links)
        draw_page_frame(pen, part, number, pages)
        for piece, y, place in sheet.placed:
            pen.close_marked_content()
            tags.begin(piece.tag, repeated=place.continued)
            room = paper.body_end - y
            pen.place = place
            with pen.at(paper.left, y):
                if piece.height > room + 0.1:  # higher than a page and indivisible: scaled down, never cut off
                    with pen.scaled_down(room / piece.height):
                        piece.draw(pen)
                else:
                    piece.draw(pen)
        pen.close_marked_content()
        canvas.close_page()
    said = describe_pdf(content.properties, title=content.file_stem or content.kind, subject=content.reference)
    marks = bookmarks(sheets)
    canvas.finish(said, tags, marks, open_bookmarks=bool(marks) and len(sheets) > _FEW_PAGES)
    return target.getvalue()


def bookmarks(sheets: Sequence[NumberedSheet]) -> list[Bookmark]:
    """Return the bookmarks of a document: letters of a bundle by addressee, headings of a longer document.

    A document of one page has none. Pieces that belong to persons (席札) are named by them, one bookmark each.
    """
    first = [page for page, sheet in enumerate(sheets) if sheet.number == 1]
    if len(first) > 1:
        return [Bookmark(_letter_name(sheets[page]), page, sheets[page].sheet.paper.height * MM, 0) for page in first]
    if len(sheets) < 2:
        return []
    found = [
        Bookmark(piece.tag.words, page, (sheet.sheet.paper.height - y + 2) * MM, _RANKS.get(piece.tag.kind, 0))
        for page, sheet in enumerate(sheets)
        for piece, y, _place in sheet.sheet.placed
        if piece.tag.words
    ]
    # A rank may be one lower than the one before it at most, and the first is the highest.
    ranks: list[Bookmark] = []
    for mark in found:
        ranks.append(mark._replace(rank=min(mark.rank, ranks[-1].rank + 1 if ranks else 0)))
    return ranks


def _letter_name(sheet: NumberedSheet) -> str:
    """Return the name of one letter of a bundle: its addressee, else its title."""
    for block in sheet.content.blocks:
        if isinstance(block, Letterhead) and block.addressee:
            return " ".join(part.strip() for part in block.addressee.split("\n"))
    titles = [block.text for block in sheet.content.blocks if isinstance(block, Title)]
    return titles[0] if titles else sheet.content.kind
