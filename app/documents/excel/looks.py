"""The look of a cell as a small value, converted once into the workbook's own style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.indexed_list import IndexedList

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FONT_NAME = "BIZ UDPゴシック"
STANDARD_SIZE = 10.0
# Column widths are counted in the digits of the workbook's standard font. Every PC has this one or one as wide; where
# ours is missing the columns would else become as narrow as the digits of whatever stands in for it.
WIDTH_FONT, WIDTH_SIZE = "Arial", 11.0
DIGIT_PIXELS = 8
"""Width of the widest digit of that font at that size on a screen of 96 dpi."""
_TITLE, _SMALL = 14.0, 8.5
GREY_LABEL = "F0F0F0"
GREY_GROUP = "E6E6E6"

HEAVY = "heavy"
LINE = "line"
HAIR = "hair"
DASHED = "dashed"
RULE = "rule"
_SIDES = {
    "": Side(),
    HEAVY: Side(style="medium", color="000000"),
    LINE: Side(style="thin", color="000000"),
    HAIR: Side(style="thin", color="A0A0A0"),
    DASHED: Side(style="dashed", color="000000"),
    RULE: Side(style="hair", color="808080"),
}


class Look(NamedTuple):
    """The look of a cell; ``align`` may also be centerContinuous, borders are the names above ("" = none).

    ``quote`` = text although it begins like a formula; ``fill`` is a colour in hex digits, "" = none.
    """

    size: float = 10.0
    bold: bool = False
    align: str = "left"
    valign: str = "center"
    wrap: bool = False
    fill: str = ""
    top: str = ""
    bottom: str = ""
    left: str = ""
    right: str = ""
    number_format: str = "General"
    quote: bool = False
    shrink: bool = False
    indent: int = 0
    underline: bool = False


class _KnownStyle(StyleArray):
    """A style with a cached hash: openpyxl asks for the hash of every cell's style when it saves."""

    def cache_hash(self) -> None:
        """Compute and cache the hash; the style must not change afterwards."""
        self._hash = hash(tuple(self))

    def __hash__(self) -> int:  # type: ignore[override]
        return self._hash


def style_name(look: Look) -> str:
    """Return the name of a look among the named styles of the workbook: 「本文」「注」「題名」「日付」 and the like."""
    if look.number_format != "General":
        day = look.number_format.startswith("[$-411]")
        return "日付" if day else "時刻" if look.number_format.endswith("h:mm") else "数"
    if look.bold and look.size > STANDARD_SIZE:
        return "題名" if look.size >= _TITLE else "見出し（文書）"
    return "注" if look.size < _SMALL else "表の見出し" if look.bold else "本文"


class StyleBook(dict[Look, StyleArray]):
    """The workbook's style of each look, one instance per workbook.

    The workbook's standard font is the one in which column widths are counted; an empty cell that staff fill in later
    takes the look of its column (``empty``).
    """

    def __init__(self, workbook: Workbook, sheet: Worksheet):
        super().__init__()
        standard = Font(name=WIDTH_FONT, size=WIDTH_SIZE)
        book: Any = workbook
        book._fonts = IndexedList([standard])
        book._named_styles["Normal"].font = standard
        self._sheet = sheet
        self._workbook = workbook
        self._named: set[str] = set()

    @property
    def empty(self) -> StyleArray:
        """Return the style of an empty cell."""
        return self[Look()]

    def __missing__(self, look: Look) -> StyleArray:
        made = self[look] = self._make(look)
        return made

    def _make(self, look: Look) -> StyleArray:
        """Create and return the style of a look, with its named style in the workbook."""
        cell = Cell(self._sheet, row=1, column=1)
        named = style_name(look)
        if named not in self._named:
            # Staff change a kind of text in one place: under 「セルのスタイル」.
            font = Font(name=FONT_NAME, size=look.size, bold=look.bold)
            self._workbook.add_named_style(NamedStyle(named, font=font, number_format=look.number_format))
            self._named.add(named)
        cell.style = named
        cell.font = Font(name=FONT_NAME, size=look.size, bold=look.bold, underline="single" if look.underline else None)
        cell.alignment = Alignment(
            horizontal=look.align,
            vertical=look.valign,
            wrap_text=look.wrap,
            shrink_to_fit=look.shrink,
            indent=look.indent,
        )
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.top or look.bottom or look.left or look.right:
            cell.border = Border(
                top=_SIDES[look.top], bottom=_SIDES[look.bottom], left=_SIDES[look.left], right=_SIDES[look.right]
            )
        cell.number_format = look.number_format
        style = _KnownStyle(cell._style)  # type: ignore[attr-defined]
        style.quotePrefix = 1 if look.quote else 0
        style.cache_hash()
        return style
