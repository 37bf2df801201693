"""Labels with values (key figures, grey labels, ringed choices), and forms to fill in by hand."""

from __future__ import annotations

from app.documents.blocks import Choice, Figure, FillLine, KeyFigures, KeyValues, SignBoxes, WriteBox
from app.documents.handout_blocks import FormRow, FormRows
from app.documents.pdf.blocks.handouts import HANDOUT_PAPER, on_handout
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_HEADING,
    FIGURE,
    HAIR,
    HAIR_GREY,
    HEAD_RULE,
    HEAVY,
    KEY_RULE,
    LABEL_GREY,
    NOTE,
    Style,
)
from app.documents.pdf.typesetting.tags import Tag

_PART_LINES = 16
_NOTE_STEP = 3.3
_NOTE_FLOOR = 7.0
_CLEAR = 3.6  # millimetres of a figure's share that stay clear of the dividing lines
_GAP = 4.5
_LINE = 0.35
_LABEL = 33.0
_LARGE_LABEL = 1.25  # a 拡大版 has wider labels
_SHARES = 4
_STEP = 6.0


def key_figures(block: KeyFigures, layout: Layout) -> list[Piece]:
    """Lay out up to five figures side by side between two rules."""
    count = max(len(block.figures), 1)
    share = layout.text_width / count
    notes = [_note_lines(figure.note, share - _CLEAR, layout) for figure in block.figures]
    more = _NOTE_STEP * (max((len(lines) for lines in notes), default=1) - 1)

    def draw(pen: Pen) -> None:
        pen.rule(0, 0, layout.text_width, HEAVY)
        for number, figure in enumerate(block.figures):
            pen.tags.begin_part()
            if number:
                pen.vertical_rule(share * number, 3.0, 14.6 + more, 0.4, HAIR_GREY)
            _draw_figure(pen, share * (number + 0.5), share - 1.6, figure, notes[number])
        pen.rule(0, 20.6 + more, layout.text_width, HEAVY)

    return [Piece(20.6 + more, draw, space=2.4)]


def _note_lines(text: str, room: float, layout: Layout) -> list[str]:
    """Return the note under a figure: in one line if it fits when set slightly smaller, else wrapped."""
    if not text or layout.width(text, Style(NOTE.face, _NOTE_FLOOR)) <= room:
        return [text]
    return layout.lines(text, NOTE, room)


def _draw_figure(pen: Pen, middle: float, room: float, figure: Figure, notes: list[str]) -> None:
    """Draw one key figure with its label above and its notes below, centred at ``middle``."""
    pen.text(middle, 5.0, figure.label, pen.fitting(figure.label, CELL_HEADING, 6.5, room), "center")
    beside = pen.width(figure.unit, CELL)
    gap = 1.2 if figure.unit and figure.value else 0.0
    value = FIGURE.shrunk(11, lambda one: pen.width(figure.value, one) + gap + beside <= room, 0.5)
    if figure.value:
        width = pen.width(figure.value, value) + gap + beside
        pen.text(middle - width / 2, 12.9, figure.value, value)
        pen.text(middle + width / 2, 12.9, figure.unit, CELL, "right")
    for number, line in enumerate(notes):
        style = pen.fitting(line, NOTE, _NOTE_FLOOR, room - _CLEAR + 1.6)
        pen.text(middle, 17.7 + _NOTE_STEP * number, line, style, "center")


def key_values(block: KeyValues, layout: Layout) -> list[Piece]:
    """Lay out rows of a grey label and its value; a long list may continue on the next page."""
    run = object()
    tag = Tag("TR", run)
    last = len(block.rows) - 1
    page = int((layout.paper.body_height - 10) / layout.density.key_leading)
    pieces: list[Piece] = []
    style = _key_style(layout)
    for number, (label, value) in enumerate(block.rows):
        lines = layout.lines(value, style, layout.text_width - block.label_width - 4.5)
        limit = page if len(lines) <= page else _PART_LINES  # only a value longer than a page is parted
        for start in range(0, len(lines), limit):
            part = lines[start : start + limit]
            piece = _key_value("" if start else label, part, block.label_width, layout, ruled=not start)
            piece.run, piece.tag = run, tag
            piece.space = 0.0 if pieces else 2.0
            pieces.append(piece)
        pieces[-1].keep_with_next = (last < 6 or number in (0, last - 1)) and number != last
    return pieces


def _key_style(layout: Layout) -> Style:
    """Return the type of a value: in a form for people outside no smaller than in a letter."""
    return Style(BODY.face, layout.density.letter_size if layout.look == "card" else layout.density.key_size)


def _key_value(label: str, lines: list[str], label_width: float, layout: Layout, *, ruled: bool) -> Piece:
    """Lay out one row of a key-value list: grey label and lines of the value."""
    leading = layout.density.key_leading
    style = _key_style(layout)
    names = Style(CELL_BOLD.face, style.size) if layout.look == "card" else CELL_BOLD
    labels = layout.lines(label, names, label_width - 4.2)
    height = max(leading * len(lines), 4.4 * len(labels)) + layout.density.key_padding
    base = layout.density.key_padding / 2 + leading / 2 + 1.25

    def draw(pen: Pen) -> None:
        """Draw the row with its rules."""
        pen.fill(0, 0, label_width, height, LABEL_GREY)
        if pen.place.first:
            pen.rule(0, 0, layout.text_width, KEY_RULE)
        elif ruled:
            pen.rule(0, 0, layout.text_width, HAIR, HAIR_GREY)
        pen.tags.begin_cell("TH", scope="Row")
        pen.lines(2.4, base - 0.1, 4.4, labels, names)
        pen.tags.begin_cell("TD")
        pen.lines(label_width + 3.0, base, leading, lines, style)
        if pen.place.last:
            pen.rule(0, height, layout.text_width, KEY_RULE)

    return Piece(height, draw)


def choices(blocks: list[Choice], layout: Layout) -> list[Piece]:
    """Lay out neighbouring choices as rows: the label, all words, and a ring around the chosen one."""
    run = object()
    row = 7.8
    widest = max((layout.width(word, CELL_BOLD) for block in blocks for word in block.words), default=10.0)
    step = widest + 6.0
    longest = max((len(block.words) for block in blocks), default=1)
    words_start = layout.text_width - step * longest
    pieces = []
    for number, block in enumerate(blocks):
        lines = layout.lines(block.label, CELL, words_start - 4)
        height = max(row, 4.4 * len(lines) + 3.4)
        drawing = _choice_drawing(block, lines, height, words_start, step, layout)
        last = number == len(blocks) - 1
        pieces.append(
            Piece(
                height,
                drawing,
                space=2.0 if number == 0 else 0.0,
                run=run,
                keep_with_next=not last and len(blocks) < 5,
                tag=Tag("TR", run),
            )
        )
    return pieces


def _choice_drawing(block: Choice, lines: list[str], height: float, start: float, step: float, layout: Layout) -> Draw:
    """Return the function that draws a label with its choices side by side, the chosen one framed."""

    def draw(pen: Pen) -> None:
        """Draw the label, its choices and the frame of the chosen one."""
        if pen.place.first:
            pen.rule(0, 0, layout.text_width, HEAVY)
        else:
            pen.rule(0, 0, layout.text_width, HAIR, HAIR_GREY)
        middle = height / 2
        pen.tags.begin_cell("TH", scope="Row")
        pen.centred(1.5, middle + 1.15, 4.4, lines, CELL)
        pen.tags.begin_cell("TD")
        for number, word in enumerate(block.words):
            centre = start + step * (number + 0.5)
            chosen = word == block.chosen
            style = CELL_BOLD if chosen else CELL
            if chosen:
                width = pen.width(word, style) + 4.4
                pen.box(centre - width / 2, middle - 2.7, width, 5.4, 1.1, radius=2.65)
            # A ring is not heard: the chosen word is read alone.
            if not chosen:
                pen.tags.begin_artifact()
            pen.text(centre, middle + 1.15, word, style, "center")
        if pen.place.last:
            pen.rule(0, height, layout.text_width, HEAVY)

    return draw


def fill_line(block: FillLine, layout: Layout) -> list[Piece]:
    """Lay out labels with room to write, on as many lines as needed."""
    rows: list[list[tuple[str, float, str, float]]] = [[]]
    x = 0.0
    for label, room, unit in block.parts:
        width = layout.width(label, CELL) + (room + 2 if room else 0) + layout.width(unit, CELL)
        if not room and width > layout.text_width:
            long = [[(line, 0.0, "", 0.0)] for line in layout.lines(label, CELL, layout.text_width)]
            rows = [*(one for one in rows if one), *long, []]
            x = 0.0
            continue
        if x and x + width > layout.text_width:
            rows.append([])
            x = 0.0
        rows[-1].append((label, room, unit, x))
        x += width + _GAP

    def drawing(row: list[tuple[str, float, str, float]]) -> Piece:
        """Lay out one line of labels, each with a rule to write on and a unit."""

        def draw(pen: Pen) -> None:
            for label, room, unit, at in row:
                start = at
                pen.text(start, 4.6, label, CELL)
                start += pen.width(label, CELL)
                if room:
                    pen.rule(start + 1, 5.5, room, _LINE)
                    pen.text(start + room + 2, 4.6, unit, CELL)

        return Piece(7.4, draw)

    pieces = [drawing(row) for row in rows if row]
    pieces[0].space = 1.6
    for piece in pieces[:-1]:
        piece.keep_with_next = True
    return pieces


def sign_boxes(block: SignBoxes, layout: Layout) -> list[Piece]:
    """Lay out boxes side by side for signatures, each with a label and a line of text."""
    width = layout.text_width / max(len(block.boxes), 1)
    height = 16.0

    def draw(pen: Pen) -> None:
        for number, (label, line) in enumerate(block.boxes):
            left = width * number
            pen.tags.begin_part()
            pen.box(left, 0, width, height, HEAD_RULE)
            pen.text(left + 3, 5.4, label, CELL_BOLD)
            pen.text(left + 6, 12, line, CELL)

    return [Piece(height, draw, space=5.0)]


def write_box(block: WriteBox, layout: Layout) -> list[Piece]:
    """Lay out a box to write in with its label above; known text is printed in it."""
    lines = layout.lines(block.text, CELL, layout.text_width - 6) if block.text else []
    height = max(block.height, 4.4 * len(lines) + 4)

    def draw(pen: Pen) -> None:
        """Draw the label, the box and the known text."""
        pen.text(0, 3.8, block.label, CELL_BOLD)
        pen.box(0, 5.6, layout.text_width, height, HEAD_RULE)
        pen.lines(3, 10.4, 4.4, lines, CELL)

    return [Piece(height + 5.6, draw, space=4.0)]


def form_rows(block: FormRows, layout: Layout) -> list[Piece]:
    """Lay out the rows; only a 拡大版 is split over pages, between two rows."""
    page = on_handout(layout)
    return [
        _row(row, page, first=number == 0, last=number == len(block.rows) - 1) for number, row in enumerate(block.rows)
    ]


def _row(row: FormRow, page: Layout, *, first: bool, last: bool) -> Piece:
    """Lay out one row of a form: grey label and its fields side by side."""
    scale, name = page.density.letter_scale, page.density.letter_label
    share = page.density.form_row
    text, step = page.density.letter_contact, _STEP * scale * (1 + share) / 2
    label = _LABEL * (_LARGE_LABEL if page.density.is_large else 1.0)
    unit = (page.text_width - label) / _SHARES
    names = page.lines(row.label, name, label - 4)
    shown = [
        (field, page.lines(field.text, text, unit * field.share - 5) if field.text else []) for field in row.fields
    ]
    needed = max([step * (len(lines) + bool(field.caption)) for field, lines in shown] + [step * len(names)])
    height = max(row.height * scale * share, needed + 3.0 * share)

    def draw(pen: Pen) -> None:
        """Draw the label and the fields of the row with their rules."""
        pen.fill(0, 0, label, height, LABEL_GREY)
        # The grey of a label would cover half of the rule above it: the rule is drawn once more.
        pen.rule(0, 0, page.text_width, HEAVY if first else HEAD_RULE)
        pen.rule(0, height, page.text_width, HEAVY if last else HEAD_RULE)
        pen.vertical_rule(0, 0, height, HEAVY)
        pen.vertical_rule(page.text_width, 0, height, HEAVY)
        pen.vertical_rule(label, 0, height, HEAD_RULE)
        top = (height - step * len(names)) / 2
        pen.lines(2.5, top + 4.4 * scale, step, names, name)
        left = label
        for place, (field, lines) in enumerate(shown):
            if place:
                pen.vertical_rule(left, 0, height, HAIR)
            pen.text(left + 1.8, 4.8 * scale, field.caption, text)
            start = step if field.caption else (height - step * len(lines)) / 2
            pen.lines(left + 2.5, start + 4.4 * scale, step, lines, text)
            left += unit * field.share

    return Piece(
        height,
        draw,
        space=2.4 if first else 0,
        keep_with_next=not last and not page.density.is_large,
        paper=HANDOUT_PAPER,
    )
