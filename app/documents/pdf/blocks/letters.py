"""The blocks of a letter: its head with addressee, date and sender, its numbered items, and the enquiry box."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.documents.blocks import BigNumber, Choice, Contact, Letterhead, LetterItems
from app.documents.guide_blocks import PlaceMap
from app.documents.handout_blocks import NamedLines
from app.documents.pdf.blocks.place_map import MAP_HEIGHT_RATIO, draw_map
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import BARCODE_MODULE, Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_HEADING,
    HAIR_GREY,
    HEAVY,
    KEY_RULE,
    LETTER_LABEL,
    NOTE,
    Density,
    Style,
)
from app.documents.pdf.typesetting.tags import Tag
from app.documents.text_marks import item_label

_WINDOW = 82.0  # what a window envelope of the usual size shows
_WINDOW_TYPE = Style("mincho", 12)
VALUE_COLUMN = 47.0  # where the values of letter items stand
_ADMISSION_WIDE, _ADMISSION_HIGH, _ADMISSION_UP = 38.0, 15.6, 3.4
_CODE_EDGE = 2.6
"""The white before and after a barcode that a scanner needs, in mm."""
_CODE_WIDE, _CODE_BESIDE, _CODE_BELOW = 101 * BARCODE_MODULE, 10.4, 7.0
"""Width of a barcode of twelve digits, and its height beside and below the 入場番号."""
_MAP_WIDE, _LARGE_MAP_WIDE = 58.0, 120.0
_LARGE_INDENT = 10.0
"""Where the values of a 拡大版 begin, below their names."""
_TOGETHER = 4  # lines of a value that stay with its name in a 拡大版
_ITEM_LINES = 12  # lines of a value kept together; a longer one may turn the page
_PHONES = re.compile("　(?=FAX)")


def letterhead(block: Letterhead, layout: Layout) -> list[Piece]:
    """Lay out addressee, date and sender; a report puts addressee and date on one line."""
    return _letter_head(block, layout) if layout.look == "letter" else _report_head(block, layout)


def _report_head(block: Letterhead, layout: Layout) -> list[Piece]:
    """Lay out the head of a report: number, addressee and date, then the sender at the right."""
    right = layout.width(block.date, BODY)
    addressee = layout.lines(block.addressee, BODY, layout.text_width - right - 6)
    above = [block.reference] if block.reference else []
    sender_top = 6.2 * len(above) + 5.4 * len(addressee) + 3.4

    def draw(pen: Pen) -> None:
        """Draw the head of the report."""
        edge = layout.text_width
        for line in above:
            pen.text(edge, 0.9, line, BODY, "right")
        base = 0.9 + 6.2 * len(above)
        pen.tags.begin_part()
        pen.lines(0, base, 5.4, addressee, BODY)
        pen.tags.begin_part()
        pen.text(edge, base, block.date, BODY, "right")
        pen.tags.begin_part()
        _draw_sender(pen, edge, sender_top + 0.9, block.sender, BODY, 5.4)

    return [Piece(sender_top + 5.4 * len(block.sender) - 3.0, draw)]


def _letter_head(block: Letterhead, layout: Layout) -> list[Piece]:
    """Lay out the head of a letter: number and date at the right, 入場番号, addressee (or window), then sender."""
    density = layout.density
    style = Style("mincho", density.letter_size)
    lead = density.letter_leading
    first, under_box = (4.6, 8.0) if density.is_large else (0.9, 2.4)  # large type would stand over the margin
    top = [line for line in (block.reference, block.date) if line]
    gap = max(4.6, lead - 1.6)
    size = _admission_size(block, density)
    addressee_top = lead * len(top) + gap
    window = [line for part in block.window for line in layout.lines(part, _WINDOW_TYPE, _WINDOW)]
    style_to, step, room = style, lead, layout.text_width - 4
    if block.window:  # address and addressee stand beside number and date, where the envelope shows them
        style_to, step, room, addressee_top = _WINDOW_TYPE, 5.2, _WINDOW - 4, 5.2 * len(window) + 1.4
    addressee = [
        (4.0 if number else 0.0, line)
        for number, part in enumerate(block.addressee.split("\n"))
        for line in layout.lines(part.lstrip(" 　"), style_to, room, names=bool(block.window))
    ]
    box = size[1] if block.admission else 0.0
    beside = _WINDOW + 4.0 if block.window else 0.0  # the window shows the address, and nothing else
    down = -_ADMISSION_UP
    if box and not block.window:
        addressee_top = max(addressee_top, box + under_box)
    below = max(addressee_top + step * len(addressee), lead * len(top))
    if box and block.window and density.is_large:  # neither beside the window nor beside the date is room for it
        beside, down = 0.0, below
        below += box
    sender_top = max(below, box) + gap + 1.2

    def draw(pen: Pen) -> None:
        """Draw the head of the letter."""
        edge = layout.text_width
        pen.lines(edge, first, lead, top, style, "right")
        pen.tags.begin_part()
        if block.admission:
            with pen.at(beside, down):
                _draw_admission(pen, block, density)
            pen.tags.begin_part()
        pen.lines(0, 0.9, step, window, style_to)  # at the same place in every size, where the envelope shows it
        to_top = addressee_top + (0.9 if window else first)
        for number, (indent, line) in enumerate(addressee):
            pen.text(indent, to_top + step * number, line, style_to)
        pen.tags.begin_part()
        _draw_sender(pen, edge, first + sender_top, block.sender, style, lead)

    return [Piece(sender_top + lead * len(block.sender) - 2.4 * density.letter_scale, draw)]


def admission_box(block: Letterhead, density: Density) -> tuple[float, float] | None:
    """Return where the box of the 入場番号 begins and ends, in mm from the left of the text; None without one."""
    begins = _WINDOW + 4.0 if block.window else 0.0
    return (begins, begins + _admission_size(block, density)[0]) if block.admission else None


def _admission_size(block: Letterhead, density: Density) -> tuple[float, float]:
    """Return width and height of the box: the barcode stands beside the number, under a window below it."""
    wide, high = _ADMISSION_WIDE * density.letter_scale, _ADMISSION_HIGH * density.letter_scale
    if not block.barcode:
        return wide, high
    if block.window and not density.is_large:
        return wide, high + _CODE_BELOW + 2.0
    return wide + _CODE_WIDE + _CODE_EDGE, high


def _draw_admission(pen: Pen, block: Letterhead, density: Density) -> None:
    """Draw the 入場番号 in a box, and its barcode inside."""
    number, *more = block.admission
    scale, beside = density.letter_scale, "　".join(more)
    wide, high = _ADMISSION_WIDE * scale, _ADMISSION_HIGH * scale
    pen.box(0, 0, *_admission_size(block, density), KEY_RULE)
    if block.barcode and block.window and not density.is_large:
        pen.barcode((wide - _CODE_WIDE) / 2, high, _CODE_BELOW, block.barcode)
    elif block.barcode:
        pen.barcode(wide, (high - _CODE_BESIDE) / 2, _CODE_BESIDE, block.barcode)
    pen.text(3, 5.4 * scale, "入場番号", density.letter_label)
    pen.digits(3, 13.2 * scale, number, Style("bold", 18 * scale), "left")
    pen.text(wide - 2, 13.2 * scale, beside, density.letter_contact, "right")


def _draw_sender(pen: Pen, edge: float, y: float, lines: tuple[str, ...], style: Style, leading: float) -> None:
    for number, line in enumerate(lines):
        small = line.startswith(("（", "("))  # 担当 and 公印省略 stand below the name, smaller
        shown = Style(style.face, style.size - 2) if small and style.size < LETTER_LABEL.size else style
        pen.text(edge, y + leading * number, line, shown, "right")


def letter_items(block: LetterItems, layout: Layout) -> list[Piece]:
    """Lay out numbered items, their values in one column and the map beside; in a 拡大版 one below another."""
    style = Style("mincho", layout.density.letter_size) if layout.look == "letter" else BODY
    leading = layout.density.letter_leading
    pieces = []
    place_map = block.place_map
    if layout.density.is_large:
        for position, (label, value) in enumerate(block.rows, block.start):
            pieces += _item_below(item_label(label, str(position)), value.split("\n") if value else [], layout)
        return [*pieces, _map_below(place_map, layout)] if place_map is not None else pieces
    wide = _MAP_WIDE * layout.density.map_share
    room = layout.text_width - VALUE_COLUMN - (wide + 4 if place_map is not None else 0.0)
    for position, (label, value) in enumerate(block.rows, block.start):
        lines = _value_lines(value, layout, style, room)
        number, name = item_label(label, str(position))
        names = layout.lines(name, LETTER_LABEL, VALUE_COLUMN - 12.5)
        drawing = _item_drawing(number, names, lines[:_ITEM_LINES], style, layout)
        height = max(leading * min(len(lines), _ITEM_LINES), 5.4 * len(names))
        # An item without a value names what follows it: a number in its box, or a table.
        pieces.append(Piece(height, drawing, space=layout.density.item_space, keep_with_next=not value))
        pieces += [Piece(leading, _item_drawing("", [], [line], style, layout)) for line in lines[_ITEM_LINES:]]
    if place_map is not None:
        _put_map_beside(pieces, place_map, layout.text_width, wide)
    return pieces


def _item_below(head: tuple[str, str], texts: Iterable[str], layout: Layout) -> list[Piece]:
    """Lay out an item of a 拡大版: its number and name, and each of its texts below, in lines of the whole width."""
    density = layout.density
    label, style = density.letter_label, Style("mincho", density.letter_size)
    leading, base = density.letter_leading, density.letter_leading * 0.72
    start = _LARGE_INDENT if head[0] else 0.0
    names = layout.lines(head[1], label, layout.text_width - start)

    def draw_name(pen: Pen) -> None:
        pen.text(0, base, head[0], label)
        pen.lines(start, base, leading, names, label)

    pieces = [Piece(leading * len(names), draw_name, space=density.item_space, keep_with_next=True)]
    for text in texts:
        tag = Tag(owner=object())
        for indent, line in _value_lines(text, layout, style, layout.text_width - _LARGE_INDENT):
            pieces.append(Piece(leading, _line_below(line, indent, style, base), keep_with_next=True, tag=tag))
    # A short value stays with its name; of a long one the first and the last two lines do.
    if len(pieces) > _TOGETHER + 1:
        for piece in pieces[2:-2]:
            piece.keep_with_next = False
    pieces[-1].keep_with_next = len(pieces) == 1
    return pieces


def _line_below(line: str, indent: float, style: Style, base: float) -> Draw:
    return lambda pen: pen.text(_LARGE_INDENT + indent, base, line, style)


def _map_below(place_map: PlaceMap, layout: Layout) -> Piece:
    """Lay out the map of the venue of a 拡大版, large enough to read, and who drew it."""
    high = _LARGE_MAP_WIDE * MAP_HEIGHT_RATIO
    note = Style(NOTE.face, LETTER_LABEL.size)
    source = layout.lines(place_map.source, note, layout.text_width - _LARGE_INDENT) if place_map.source else []

    def draw(pen: Pen) -> None:
        with pen.at(_LARGE_INDENT, 0):
            draw_map(pen, _LARGE_MAP_WIDE, place_map)
        pen.tags.begin_part()
        pen.lines(_LARGE_INDENT, high + 5.6, 6.0, source, note)

    return Piece(high + 2.0 + 6.0 * len(source), draw, space=3.0)


def chosen_item(block: Choice, layout: Layout) -> Piece:
    """Lay out a letter item whose value is one of several words: all are printed, the chosen one framed."""
    style, strong, height = Style("mincho", layout.density.letter_size), Style("bold", 12), 7.6

    def draw(pen: Pen) -> None:
        """Draw the number, the label, the words and the frame of the chosen one."""
        pen.text(4, 5.2, str(block.number), LETTER_LABEL)
        pen.text(12, 5.2, block.label, LETTER_LABEL)
        at = VALUE_COLUMN
        for count, word in enumerate(block.words):
            chosen = word == block.chosen
            if count:
                pen.tags.begin_artifact()
                pen.text(at + 4.6, 5.2, "・", style, "center")
                at += 9.2
            room = pen.width(word, strong) + 10.4 if chosen else pen.width(word, style)
            if chosen:
                pen.box(at, 0.4, room, height - 0.8, 0.8)
            else:  # a frame is not heard: the chosen word is read alone
                pen.tags.begin_artifact()
            pen.text(at + room / 2, 5.4 if chosen else 5.2, word, strong if chosen else style, "center")
            at += room

    return Piece(height, draw, space=layout.density.item_space)


def _put_map_beside(pieces: list[Piece], place_map: PlaceMap, width: float, wide: float) -> None:
    """Place the map of the venue to the right of the items, on the same page; it is read after them."""
    *before, last = pieces
    for one in before:
        one.keep_with_next = True
    above = sum(one.height for one in before) + sum(one.space for one in (*before[1:], last)) if before else 0.0
    last.height = max(last.height, wide * MAP_HEIGHT_RATIO + 4.0 - above)
    drawing = last.draw

    def draw(pen: Pen) -> None:
        """Draw the last item, then the map at the right with its source."""
        drawing(pen)
        left, top = width - wide, -above
        pen.tags.begin_part()
        with pen.at(left, top + 1.0):
            draw_map(pen, wide, place_map)
        pen.tags.begin_part()
        pen.text(left + wide, top + wide * MAP_HEIGHT_RATIO + 4.2, place_map.source, NOTE, "right")

    last.draw = draw


def _value_lines(value: str, layout: Layout, style: Style, room: float) -> list[tuple[float, str]]:
    """Return the lines of a value, each with its indent; after 「・」 they hang."""
    found = []
    for part in value.split("\n"):
        hang = layout.width("・", style) if part.startswith("・") else 0.0
        lines = layout.lines(part.removeprefix("・") if hang else part, style, room - hang)
        found.append((0.0, f"・{lines[0]}" if hang else lines[0]))
        found += [(hang, line) for line in lines[1:]]
    return found


def _item_drawing(
    number: str, names: list[str], lines: list[tuple[float, str]], style: Style, layout: Layout, right: str = ""
) -> Draw:
    def draw(pen: Pen) -> None:
        """Draw the number, the name and the value of the item, and what stands at the right."""
        pen.text(4, 4.6, number, LETTER_LABEL)
        pen.lines(12 if number else 4, 4.6, 5.4, names, LETTER_LABEL)
        for count, (indent, line) in enumerate(lines):
            pen.text(VALUE_COLUMN + indent, 4.6 + layout.density.letter_leading * count, line, style)
        pen.text(layout.text_width, 4.6, right, style, "right")

    return draw


def big_number(block: BigNumber, layout: Layout, *, named: bool = False) -> list[Piece]:
    """Lay out one number in a box; in a letter it stands in the value column beside its label.

    ``named``: the letter item just above has the label already, and the box moves up beside it.
    """
    number, label = ("", "") if named else item_label(block.label)
    start = VALUE_COLUMN if layout.look == "letter" else 0.0
    width = layout.text_width - start
    half = width * 0.42
    numeral = Style("bold", 34)
    side = Style("mincho", 10.5) if layout.look == "letter" else BODY
    notes = layout.lines(block.note, side, width - half - 6) if block.note else []
    room = half if notes else width

    def draw(pen: Pen) -> None:
        """Draw the box, its label and the number."""
        pen.box(start, 0, width, 21, 0.8)
        if start:
            pen.text(4, 4.0, number, LETTER_LABEL)
            pen.text(12 if number else 4, 4.0, label, LETTER_LABEL)
        else:
            pen.text(3, 5.4, label, CELL_BOLD)
        total = pen.width(block.value, numeral) + 3 + pen.width(block.unit, Style("bold", 13))
        begin = start + (room - total) / 2
        pen.text(begin, 15.2, block.value, numeral)
        pen.text(begin + total, 15.2, block.unit, Style("bold", 13), "right")
        if notes:
            pen.vertical_rule(start + half, 3, 15, 0.5, HAIR_GREY)
        pen.centred(start + half + 4, 11.8, 6.4, notes, side)

    space = 0.6 - layout.density.letter_leading if named else layout.density.item_space + 1.2
    return [Piece(22.2, draw, space=space)]


def contact(block: Contact, layout: Layout) -> list[Piece]:
    """Lay out the enquiry box at the foot of the page, in smaller type, down to a limit, if a line would not fit."""
    density = layout.density
    letter = layout.look == "letter"  # many who get one are over seventy
    start, heading, style = (
        (0.0 if density.is_large else 36.0, density.letter_label, density.letter_contact)
        if letter
        else (62.0, CELL_HEADING, CELL)
    )
    scale = density.letter_scale if letter else 1.0
    title = layout.width(block.title, heading) + 4.8
    room = layout.text_width - start - title
    style = style.shrunk(
        density.letter_size if letter else 8, lambda one: all(layout.width(part, one) <= room for part in block.lines)
    )
    parts = [
        _PHONES.sub("\n", part) if density.is_large and layout.width(part, style) > room else part
        for part in block.lines
    ]
    lines = [line for part in parts for line in layout.lines(part, style, room, names=True)]
    step, first = 5.2 * scale, 6.1 * scale
    height = step * len(lines) + 5.4

    def draw(pen: Pen) -> None:
        """Draw the enquiry box between two rules."""
        pen.rule(start, 0, layout.text_width - start, HEAVY)
        pen.text(start, first, block.title, heading)
        pen.lines(start + title, first, step, lines, style)
        pen.rule(start, height, layout.text_width - start, HEAVY)

    return [Piece(height, draw, space=4.0, at_foot=True)]


def named_lines(block: NamedLines, layout: Layout) -> list[Piece]:
    """Lay out one line per person, in a 拡大版 below the label; a long name wraps beside its right part.

    Pages break between people.
    """
    if layout.density.is_large:
        return _names_below(block, layout)
    style = Style("mincho", layout.density.letter_size)
    leading = layout.density.letter_leading
    side = max((layout.width(right, style) for _, right in block.rows), default=0.0)
    room = layout.text_width - VALUE_COLUMN - (side + 5 if side else 0)
    names = layout.lines(block.label, LETTER_LABEL, VALUE_COLUMN - 12.5)
    pieces = []
    for position, (left, right) in enumerate(block.rows):
        lines = [(0.0, line) for line in layout.lines(left, style, room, names=True)]
        head = (str(block.number), names) if position == 0 else ("", [])
        height = max(leading * len(lines), leading + 5.4 * (len(head[1]) - 1))
        space = layout.density.item_space if position == 0 else 0.0
        drawing = _item_drawing(*head, lines, style, layout, right)
        pieces.append(Piece(height, drawing, space=space, keep_with_next=position == 0))
    if pieces:
        pieces[-1].keep_with_next = False
    return pieces


def _names_below(block: NamedLines, layout: Layout) -> list[Piece]:
    """Lay out the people of a 拡大版 below the item's name, what stands at the right after each of them."""
    style, room = Style("mincho", layout.density.letter_size), layout.text_width - _LARGE_INDENT
    rows = (f"{left}　{right}".rstrip("　") for left, right in block.rows)
    texts = [
        text if layout.width(text, style) <= room else "\n　".join(filter(None, pair))
        for text, pair in zip(rows, block.rows, strict=True)
    ]
    return _item_below((str(block.number), block.label), texts, layout)
