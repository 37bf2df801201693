"""Draws a 当日のしおり: A4 landscape on both sides, folded once to A5, or in large type on A4 portrait pages.

Its text is never smaller than 14 points inside: what does not fit goes to another panel or to a further sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.blocks import DocumentContent
from app.documents.guide_blocks import (
    GuideBox,
    GuideLines,
    GuidePanel,
    GuidePart,
    GuideRows,
    GuideSheet,
    GuideTitle,
    GuideWriting,
    PlaceMap,
)
from app.documents.pdf.blocks.guide_panels import A_SHEET, NUMBER_ROOM, arrange_panels
from app.documents.pdf.blocks.place_map import MAP_HEIGHT_RATIO, draw_map
from app.documents.pdf.blocks.questionnaire_form import QR, draw_qr
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece, PlacedPiece, Sheet, paginate
from app.documents.pdf.typesetting.sizes import (
    HAIR,
    HAIR_GREY,
    HEAD_RULE,
    HEAVY,
    KEY_RULE,
    MM,
    NORMAL,
    NOTE,
    PAGE_EDGE,
    Paper,
    Style,
)
from app.documents.pdf.typesetting.tags import Tag
from app.documents.pdf.typesetting.typefaces import FontCollection
from db.record import frozen

FOLDED = Paper(297, 210, 14, 14, 16, 14)
LARGE = Paper(210, 297, 22, 18, 20, 16)
FOLD = FOLDED.width / 2
PANEL = 120.5
"""Width of the text in each half; 14 mm to the edge of the paper and to the fold."""
_RIGHT = FOLDED.width - FOLDED.right - PANEL - FOLDED.left
_BODY = 14.0
_GAPS = (1.0, 0.8, 0.62, 0.5, 0.42)
"""Space between the parts in ems of the body, tried in this order."""
_PAGE_NUMBER = Style("gothic", 12)
_MAP = 86.0
_LARGE_MAP = 140.0
"""Width of the map in the large form in mm, at which its text is nearly as large as the body."""
_FOLD_MARK = 5.0


@frozen
class _DrawnPart:
    """A part that is ready to draw, with its height."""

    height: float
    draw: Draw


@frozen
class _Setting:
    """The typesetting of a panel: column width in mm, body size in points, and gap between parts in ems of the body.

    ``inside`` = on an inner panel, where no text is smaller than the body.
    """

    layout: Layout
    width: float
    size: float
    gap: float
    inside: bool = False

    @property
    def body(self) -> Style:
        """Return the style of running text."""
        return Style("gothic", self.size)

    @property
    def bold(self) -> Style:
        """Return the style of emphasised words."""
        return Style("bold", self.size)

    @property
    def small(self) -> Style:
        """Return the style of minor text: on the outside two points smaller, inside as large as the body."""
        return Style("gothic", self.size if self.inside else self.size - 2)

    @property
    def heading(self) -> Style:
        """Return the style of a heading."""
        return Style("bold", self.size + 2)

    @property
    def step(self) -> float:
        """Return the line spacing in millimetres."""
        return self.size / MM * 1.42


def lay_out_guide(content: DocumentContent, collection: FontCollection) -> list[Sheet]:
    """Lay out the sides of the folded sheets, or the pages of the large form."""
    block = next(one for one in content.blocks if isinstance(one, GuideSheet))
    if content.type_size > _BODY:
        return _large(block, content, collection)
    return _folded(block, content, collection)


def _folded(block: GuideSheet, content: DocumentContent, collection: FontCollection) -> list[Sheet]:
    """Lay out the sheets of the folded guide, the outermost first, each with its outside and its inside."""
    layout = Layout(collection, NORMAL, FOLDED, "guide")

    def measure(part: GuidePart, inside: bool) -> float:
        """Return the height in mm that a part takes in its closest setting, with the gap below it."""
        closest = _Setting(layout, PANEL, _BODY, _GAPS[-1], inside)
        return _lay_out_part(part, closest).height + closest.size / MM * closest.gap

    panels = arrange_panels(block, measure, FOLDED.body_height)
    last = len(panels) - 1
    drawn = [
        _panel(panel, layout, inside=0 < number < last, number=number + 1 if last >= A_SHEET else 0)
        for number, panel in enumerate(panels)
    ]
    sides = [
        side
        for first in range(0, len(panels) // 2, 2)
        for side in ((last - first, first), (first + 1, last - first - 1))
    ]
    return [_side(pair, drawn, title="" if number else content.kind) for number, pair in enumerate(sides)]


def _large(block: GuideSheet, content: DocumentContent, collection: FontCollection) -> list[Sheet]:
    """Lay out the large form on as few pages as possible, then as loosely as those pages allow."""
    tries = [_lay_out_large(block, content, collection, gap) for gap in (1.0, 0.75, 0.5)]
    fewest = len(tries[-1])
    return next(sheets for sheets in tries if len(sheets) == fewest)


def _lay_out_large(block: GuideSheet, content: DocumentContent, collection: FontCollection, gap: float) -> list[Sheet]:
    """Lay out the guide sheet in large print, as pieces that flow over pages."""
    setting = _Setting(Layout(collection, NORMAL, LARGE, "guide"), LARGE.text_width, content.type_size, gap)
    pieces = []
    for part in (one for panel in block.in_order for one in (*panel.parts, *panel.foot)):
        made = _lay_out_part(part, setting)
        tag = Tag(words=part.title) if isinstance(part, GuideTitle) else Tag()
        pieces.append(Piece(made.height, made.draw, space=setting.size / MM * gap, tag=tag))
    return paginate(pieces, LARGE)


def _side(places: tuple[int, int], drawn: Sequence[Draw], *, title: str) -> Sheet:
    """Lay out one side of a sheet: the panels ``places`` at the left and at the right, read by their numbers."""

    def draw(pen: Pen) -> None:
        """Draw the fold marks and both panels, in the order in which they are read."""
        with pen.from_sheet():
            for top in (0.0, FOLDED.height - _FOLD_MARK):
                pen.dashed(FOLD, top, FOLD, top + _FOLD_MARK, HEAD_RULE, 0, (1.2, 1.0))
        for place in sorted(places):  # in the stream too, what is read first comes first
            with pen.tags.read_as(place), pen.at(0.0 if place == places[0] else _RIGHT, 0):
                drawn[place](pen)

    piece = Piece(FOLDED.body_height, draw, tag=Tag(words=title))
    sheet = Sheet(FOLDED, y=FOLDED.body_end)
    sheet.placed.append(PlacedPiece(piece, FOLDED.top))
    return sheet


def _panel(panel: GuidePanel, layout: Layout, *, inside: bool, number: int) -> Draw:
    """Return the function that draws a panel as loosely as fits; a part higher than the panel is scaled down.

    Args:
        inside: no text is smaller than the body. number: of the page in a booklet; 0 = none is printed.
    """
    room = FOLDED.body_height - (NUMBER_ROOM if number else 0.0)
    for gap in _GAPS:
        setting = _Setting(layout, PANEL, _BODY, gap, inside)
        parts = [_lay_out_part(part, setting) for part in panel.parts]
        foot = [_lay_out_part(part, setting) for part in panel.foot]
        between = setting.size / MM * gap
        needed = sum(part.height + between for part in (*parts, *foot))
        if needed <= room:
            break

    def draw(pen: Pen) -> None:
        if number:
            pen.tags.begin_artifact()
            pen.text(PANEL / 2, FOLDED.height - FOLDED.top - PAGE_EDGE - 0.4, str(number), _PAGE_NUMBER, "center")
            pen.tags.begin_part()
        if needed > room:
            with pen.scaled_down(room / needed):
                _stack(pen, 0, (*parts, *foot), between)
            return
        _stack(pen, 0, parts, between)
        _stack(pen, room - sum(part.height + between for part in foot) + between, foot, between)

    return draw


def _stack(pen: Pen, top: float, parts: Sequence[_DrawnPart], between: float) -> None:
    """Draw parts one below the other with ``between`` millimetres between them."""
    for number, part in enumerate(parts):
        if number:
            pen.tags.begin_part()
        with pen.at(0, top):
            part.draw(pen)
        top += part.height + between


def _lay_out_part(part: GuidePart, setting: _Setting) -> _DrawnPart:
    match part:
        case GuideTitle():
            return _title(part, setting)
        case GuideLines():
            return _lines(part, setting)
        case GuideRows():
            return _rows(part, setting)
        case GuideBox():
            return _box(part, setting)
        case GuideWriting():
            return _writing(part, setting)
        case PlaceMap():
            return _map(part, setting)


def _set_lines(texts: Sequence[tuple[str, Style]], setting: _Setting, width: float) -> list[tuple[float, str, Style]]:
    """Return every line with its baseline from the top; bold text is a name and is broken only if it must be."""
    found, top = [], 0.0
    for text, style in texts:
        for line in setting.layout.lines(text, style, width, names=style.face == "bold"):
            step = style.size / MM * 1.42
            found.append((top + step * 0.76, line, style))
            top += step
    return found


def _height(lines: Sequence[tuple[float, str, Style]]) -> float:
    return lines[-1][0] + lines[-1][2].size / MM * 0.36 if lines else 0.0


def _write(pen: Pen, x: float, y: float, lines: Sequence[tuple[float, str, Style]]) -> None:
    """Write lines that are already set, each at its own height below ``y``."""
    for base, text, style in lines:
        pen.text(x, y + base, text, style)


def _head(text: str, setting: _Setting) -> tuple[float, Draw]:
    """Return the height of a part's heading in mm and the function that draws it; 0 without a heading."""
    if not text:
        return 0.0, lambda _pen: None
    lines = _set_lines([(text, setting.heading)], setting, setting.width)

    def draw(pen: Pen) -> None:
        pen.tags.begin_part("H2")
        _write(pen, 0, 0, lines)
        pen.tags.begin_part()

    return _height(lines) + 0.8, draw


def _title(part: GuideTitle, setting: _Setting) -> _DrawnPart:
    """Lay out the title of the guide in the largest type, from 1.6 times the body down, that keeps it on two lines."""
    above = _set_lines([(part.above, setting.small)], setting, setting.width)
    titled = Style("bold", setting.size * 1.6).shrunk(
        setting.size, lambda one: len(setting.layout.lines(part.title, one, setting.width)) <= 2, 0.5
    )
    below = _set_lines([(part.title, titled), *((one, setting.body) for one in part.below)], setting, setting.width)
    named = [line for line in below if line[2] is titled]
    rule = _height(above) + 3.5
    space = 5.0 if setting.gap < 1 else 7.0

    def draw(pen: Pen) -> None:
        """Draw the title with the lines above and below it."""
        _write(pen, 0, 0, above)
        pen.rule(0, rule, setting.width, HEAVY)
        pen.tags.begin_part("H1")
        _write(pen, 0, rule + space, named)
        pen.tags.begin_part()
        _write(pen, 0, rule + space, below[len(named) :])

    return _DrawnPart(rule + space + _height(below), draw)


def _lines(part: GuideLines, setting: _Setting) -> _DrawnPart:
    """Lay out a list of lines with its heading, marks and, if there is an address, a QR code."""
    under, head = _head(part.heading, setting)
    tick = setting.size / 2.9
    plain = setting.small if part.small else setting.body
    step = plain.size / MM * 1.42
    indent = tick + 2.0 if part.mark == "□" else setting.layout.width(part.mark, plain)
    room = setting.width - indent - (QR + 4 if part.url else 0)
    address = _set_lines([(part.url, setting.small)], setting, room) if part.url else []
    blocks = [
        _set_lines([(line, setting.bold if number < part.leading else plain)], setting, room)
        for number, line in enumerate(part.lines)
    ]
    more = 1.2 if part.mark == "□" else 0.0
    height = under + sum(step * len(lines) + more for lines in blocks) + _height(address)

    def draw(pen: Pen) -> None:
        """Draw the heading, the lines with their marks, and the QR code."""
        head(pen)
        pen.text(setting.width, under * 0.72, part.as_of, setting.small, "right")
        top = under
        for lines in blocks:
            if part.mark:
                pen.tags.begin_item(part)
            if part.mark == "□":
                pen.box(0, top + (step - tick) / 2, tick, tick, 0.7)
            else:
                pen.text(0, top + lines[0][0], part.mark, plain)
            _write(pen, indent, top, lines)
            pen.tags.begin_part()
            top += step * len(lines) + more
        if part.url:
            _write(pen, indent, top, address)
            draw_qr(pen, setting.width - QR, 0, part.url)

    return _DrawnPart(max(height, QR if part.url else 0.0), draw)


def _rows(part: GuideRows, setting: _Setting) -> _DrawnPart:
    """Lay out rows of a lead word, a bold value and a line of text, below a heading."""
    under, head = _head(part.heading, setting)
    layout = setting.layout
    lead_style = setting.bold if part.bold else setting.body
    lead = max((layout.width(first, lead_style) for first, _words, _line in part.rows), default=0.0) + 5.0
    room = setting.width - lead
    beside = max((layout.width(words, setting.bold) for _first, words, _line in part.rows), default=0.0) + 4.0
    words_style = setting.bold if part.bold else setting.body
    on_one = all(beside + layout.width(line, setting.body) <= room for _first, _words, line in part.rows)
    rows = []
    for first, words, line in part.rows:
        told = [(words, words_style)] + ([(line, setting.small)] if line and not on_one else [])
        rows.append((first, _set_lines(told, setting, room), line if on_one else ""))
    pad = 0.4 + setting.gap * 1.6
    heights = [max(_height(lines), setting.step) + 2 * pad - 1.0 for _first, lines, _line in rows]

    def draw(pen: Pen) -> None:
        head(pen)
        top = under + 0.6
        pen.rule(0, top, setting.width, HEAD_RULE)
        for number, ((first, lines, line), height) in enumerate(zip(rows, heights, strict=True)):
            if number:
                pen.rule(0, top, setting.width, HAIR, HAIR_GREY)
            pen.tags.begin_part()
            base = top + pad - 0.5 + lines[0][0] if lines else top + pad + setting.step * 0.7
            if part.bold:
                pen.digits(lead - 4.0, base, first, lead_style)
            else:
                pen.text(0, base, first, lead_style)
            _write(pen, lead, top + pad - 0.5, lines)
            pen.text(lead + beside, base, line, setting.body)
            top += height
        pen.rule(0, top, setting.width, HEAD_RULE)

    return _DrawnPart(under + 0.6 + sum(heights), draw)


def _box(part: GuideBox, setting: _Setting) -> _DrawnPart:
    """Lay out a framed box with a title and a text."""
    lines = _set_lines([(part.title, setting.bold), (part.text, setting.body)], setting, setting.width - 8)
    height = _height(lines) + 5.5

    def draw(pen: Pen) -> None:
        pen.box(0, 0, setting.width, height, KEY_RULE)
        _write(pen, 4, 2.4, lines)

    return _DrawnPart(height, draw)


def _writing(part: GuideWriting, setting: _Setting) -> _DrawnPart:
    """Lay out ruled lines to write on below a heading (``least`` where space is tight), or for 0 an empty box."""
    under, head = _head(part.heading, setting)
    lines = part.lines if setting.gap > 0.7 else part.least
    pitch = 9.5 if setting.size <= _BODY else 13.0
    height = under + (pitch * lines if lines else pitch * (1.9 if setting.gap > 0.7 else 1.4))

    def draw(pen: Pen) -> None:
        """Draw the heading and the rules, or an empty box."""
        head(pen)
        if not lines:
            pen.box(0, under + 1, setting.width, height - under - 1, KEY_RULE)
        for number in range(1, lines + 1):
            pen.rule(0, under + pitch * number, setting.width, HEAD_RULE)

    return _DrawnPart(height, draw)


def _map(part: PlaceMap, setting: _Setting) -> _DrawnPart:
    large = setting.size > _BODY
    note = Style(NOTE.face, 12)
    width = _LARGE_MAP if large else _MAP * (1.0 if setting.gap > 0.7 else 0.82)
    height = width * MAP_HEIGHT_RATIO
    step = note.size / MM * 1.42
    source = setting.layout.lines(part.source, note, setting.width)

    def draw(pen: Pen) -> None:
        draw_map(pen, width, part)
        pen.tags.begin_part()
        pen.lines(0, height + 0.6 + step * 0.8, step, source, note)

    return _DrawnPart(height + 0.8 + step * len(source), draw)
