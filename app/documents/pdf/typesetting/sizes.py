"""The measures of a page: paper size, margins, type sizes, leading and rules of every look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from app.documents.blocks import LARGE_PRINT
from app.documents.pdf.typesetting.typefaces import FaceName
from db.record import frozen

MM = 72 / 25.4  # points in a millimetre


class Style(NamedTuple):
    """A face and a size in points."""

    face: FaceName
    size: float

    def shrunk(self, floor: float, fits: Callable[[Style], bool], step: float = 0.25) -> Style:
        """Return the style as large as ``fits`` allows, at least ``floor`` points."""
        style = self
        while style.size > floor and not fits(style):
            style = Style(style.face, style.size - step)
        return style


@frozen
class Paper:
    """A page size in millimetres: size, margins, and where the body begins and ends."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def text_width(self) -> float:
        """Return the width between the margins."""
        return self.width - self.left - self.right

    @property
    def body_end(self) -> float:
        """Return the lower edge of the body, in mm from the top of the page."""
        return self.height - self.bottom

    @property
    def body_height(self) -> float:
        """Return the height of the body."""
        return self.body_end - self.top


PAGE_EDGE = 10.0
"""Millimetres along each edge that office printers leave white: no mark, header or foot stands there."""
FOOT_HEIGHT = 14.4
"""Distance from the page edge to the rule above the footer."""
PORTRAIT = Paper(210, 297, 25, 20, 23, 18)
LANDSCAPE = Paper(297, 210, 18, 18, 20, 15.6)


@frozen
class Density:
    """How closely the lines are set; closer ones are tried before a nearly empty last page is accepted.

    A letter is set in 12 points however full it is, since many who get it are over seventy. ``cell_size`` and
    ``key_size`` are the type of tables and of values beside their labels, in points; ``band`` is the
    height of a question's band, ``key_row`` of a row under it; all but type in millimetres. ``handout_line`` and
    ``form_row`` are the share of the usual leading in a handout and of the usual height of a row to fill in by hand.
    """

    body_leading: float = 6.0
    letter_leading: float = 6.6
    letter_size: float = 12
    cell_size: float = 9
    table_leading: float = 4.3
    row_padding: float = 2.5
    bullet_leading: float = 5.2
    heading_space: float = 6.5
    item_space: float = 2.5
    key_leading: float = 5.4
    key_padding: float = 3.4
    key_size: float = 10
    bar_row: float = 5.5
    bar_padding: float = 1.2
    band: float = 9.5
    key_row: float = 4.85
    between_charts: float = 2.8
    above_part: float = 2.9
    map_share: float = 1.0
    below_heading: float = 0.8
    table_heading: float = 2.7
    handout_line: float = 1.0
    form_row: float = 1.0

    @property
    def is_large(self) -> bool:
        """Return whether this is a 拡大版, whose labels stand above their values."""
        return self.letter_size >= LARGE_PRINT

    @property
    def letter_scale(self) -> float:
        """Return how much larger a letter is set than in the usual 12 points."""
        return self.letter_size / LETTER_LABEL.size

    @property
    def letter_label(self) -> Style:
        """Return the type of the names of a letter's items."""
        return Style(LETTER_LABEL.face, self.letter_size)

    @property
    def letter_contact(self) -> Style:
        """Return the type of the enquiry box of a letter."""
        return Style(LETTER_CONTACT.face, self.letter_size)

    @property
    def letter_title(self) -> Style:
        """Return the type of a letter's subject."""
        return Style(TITLE_LETTER.face, TITLE_LETTER.size * self.letter_scale)


NORMAL = Density()
LARGE = replace(NORMAL, letter_size=LARGE_PRINT, letter_leading=9.6, item_space=4.2)
LARGE_CLOSER = replace(LARGE, letter_leading=9.1, item_space=3.2, handout_line=0.94, form_row=0.9)
LARGE_CLOSEST = replace(LARGE, letter_leading=8.6, item_space=2.4, handout_line=0.9, form_row=0.8)
"""For a 拡大版, which takes as many pages as it needs; the closer ones where they save a page."""
TIGHT = Density(
    body_leading=5.6,
    letter_leading=6.2,
    table_leading=4.2,
    row_padding=1.8,
    bullet_leading=4.9,
    heading_space=4.5,
    item_space=1.6,
    key_leading=4.9,
    key_padding=2.5,
    handout_line=0.94,
    form_row=0.95,
)
CLOSE = Density(
    body_leading=5.3,
    letter_leading=5.4,
    table_leading=4.1,
    row_padding=1.5,
    bullet_leading=4.7,
    heading_space=4.0,
    item_space=0.9,
    key_leading=4.6,
    key_padding=2.1,
    map_share=0.88,
    handout_line=0.9,
    form_row=0.9,
)
CLOSEST = replace(CLOSE, letter_leading=4.8, item_space=0.3, map_share=0.76, handout_line=0.86, form_row=0.85)
"""For a letter to eight people with the map, so that it fits one page."""

TABLES = Density(
    body_leading=5.4,
    table_leading=4.1,
    row_padding=1.0,
    bullet_leading=4.7,
    heading_space=3.8,
    item_space=0.9,
    key_leading=4.6,
    key_padding=2.1,
    bar_row=4.4,
    handout_line=0.94,
    form_row=0.9,
)
DENSE = replace(
    TABLES,
    body_leading=5.1,
    cell_size=8.5,
    table_leading=3.8,
    row_padding=0.6,
    bullet_leading=4.5,
    heading_space=2.4,
    below_heading=0.3,
    table_heading=2.1,
    key_leading=4.4,
    key_padding=1.4,
    key_size=9,
    bar_row=4.2,
    bar_padding=0.4,
    band=8.0,
    key_row=4.3,
    between_charts=2.0,
    above_part=2.0,
)
"""For a document with a page limit."""
PACKED = replace(DENSE, cell_size=8, table_leading=3.4, row_padding=0.5, body_leading=4.6, table_heading=1.6)
"""For one page that everything has to stand on (``DocumentContent.packed``)."""

# Type: face and points.
BODY = Style("gothic", 10)
STRONG = Style("bold", 10)
LETTER_LABEL = Style("bold", 12)
LETTER_CONTACT = Style("gothic", 12)
TITLE_REPORT = Style("bold", 18)
TITLE_FORM = Style("bold", 17)
TITLE_LETTER = Style("bold", 14)
SUBTITLE = Style("bold", 12)
LEAD = Style("gothic", 9.5)
HEADING_1 = Style("bold", 13)
HEADING_NUMBER = Style("bold", 12)
HEADING_2 = Style("bold", 10.5)
SIDE_NOTE = Style("gothic", 8.5)
CELL = Style("gothic", 9)
CELL_BOLD = Style("bold", 9)
CELL_HEADING = Style("bold", 8.5)
NOTE = Style("gothic", 7.5)
NOTE_BOLD = Style("bold", 7.5)
SMALL = Style("gothic", 8)
HEADER = Style("gothic", 8)
FOOTER = Style("gothic", 7.5)
PAGE_NUMBER = Style("gothic", 8.5)
LARGE_PAGE_NUMBER = Style("gothic", 12)
FIGURE = Style("bold", 19)
MARK = Style("bold", 9.5)
STATE_MARK = Style("bold", 15)
STATE_NOTE = Style("gothic", 8)
TABLE_FLOOR = 7.5

# Rules: points; greys from 0 (black) to 1 (white).
HEAVY = 0.8
HEAD_RULE = 0.5
HAIR = 0.25
HAIR_GREY = 0.55
COLUMN_GREY = 0.72
KEY_RULE = 0.7
LABEL_GREY = 0.94
GROUP_GREY = 0.90
PAGE_RULE = 0.3
PAGE_RULE_GREY = 0.35
NOTE_LEADING = 3.75
