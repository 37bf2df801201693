"""The styles of a Word file and how its texts are written as WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from app.common.join_nonempty import join_nonempty
from app.documents.pdf.typesetting.sizes import (
    CLOSE,
    CLOSEST,
    DENSE,
    LARGE,
    LARGE_CLOSER,
    LARGE_CLOSEST,
    NORMAL,
    PACKED,
    TABLES,
    TIGHT,
    Density,
)

MINCHO: Final = "ＭＳ 明朝"
GOTHIC: Final = "ＭＳ ゴシック"
NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
BOLD: Final = "<w:b/>"
FRAME: Final = '<w:bdr w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DENSITIES: Final = (NORMAL, TIGHT, CLOSE, CLOSEST, TABLES, DENSE, PACKED, LARGE, LARGE_CLOSER, LARGE_CLOSEST)
_SIGNS: Final = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point, as Word counts it."""
    return round(millimetres * 1440 / 25.4)


def size(points: float, face: str = "", *, bold: bool = False) -> str:
    """Return the run properties of a type size, and of a face where it is another than that of the style."""
    fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>' if face else ""
    return f'{fonts}{BOLD if bold else ""}<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def label(points: float) -> str:
    """Return the run properties of a name that stands out: bold Gothic."""
    return size(points, GOTHIC, bold=True)


def run(text: str, look: str = "") -> str:
    """Return a text with its run properties; its line ends and tabs stay."""
    parts = (part for part in re.split("([\n\t])", _CONTROL.sub("", text)) if part)
    said = "".join(_SIGNS.get(one, f'<w:t xml:space="preserve">{escape(one)}</w:t>') for one in parts)
    return f"<w:r><w:rPr>{look}</w:rPr>{said}</w:r>" if said else ""


def paragraph(style: str, *runs: str, layout: str = "") -> str:
    """Return a paragraph of a style; ``layout`` are its own properties in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{layout}</w:pPr>{"".join(runs)}</w:p>'


def spaced(
    before: float = 0,
    *,
    after: float = 0,
    step: float = 0,
    left: float = 0,
    first: float = 0,
    right: float = 0,
    align: str = "",
    tabs: str = "",
) -> str:
    """Return paragraph properties in mm: white above and below, distance of lines (0 = that of the style), indents.

    ``tabs`` are tab stops (``tab_stop``).
    """
    stops = f"<w:tabs>{tabs}</w:tabs>" if tabs else ""
    lines = f' w:line="{twips(step)}" w:lineRule="exact"' if step else ""
    ahead = f'w:firstLine="{twips(first)}"' if first >= 0 else f'w:hanging="{twips(-first)}"'
    indent = f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}" {ahead}/>' if left or first or right else ""
    across = f'<w:jc w:val="{align}"/>' if align else ""
    return f'{stops}<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"{lines}/>{indent}{across}'


def tab_stop(place: float, kind: str = "left") -> str:
    """Return a tab stop ``place`` mm from the margin."""
    return f'<w:tab w:val="{kind}" w:pos="{twips(place)}"/>'


def style_sheet(families: Iterable[Family]) -> str:
    """Return the styles of each family of texts, and the common ones.

    Every distance of lines is exact, so that no grid of the page stretches them.
    """
    return f"""<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{size(10, GOTHIC)}
<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>
{_style("Normal", "Normal", 6.0, is_default=True)}
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>
{_style("Title", "Title", 8.2, size(18, bold=True), before=5, align="center", keep="<w:keepNext/>")}
{_style("Heading1", "heading 1", 6.6, size(13, bold=True), keep="<w:keepNext/>", level=0)}
{_style("Heading2", "heading 2", 5.4, size(10.5, bold=True), keep="<w:keepNext/>", level=1)}
{_style("Note", "注", 3.75, size(7.5))}
{_style("Gap", "すき間", 0.9, size(1))}
{_style("Header", "header", 4.6, size(8))}
{_style("Footer", "footer", 4.6, size(8))}
{"".join(map(_family, families))}</w:styles>"""


class Family(NamedTuple):
    """The styles of the texts of a letter, or of another paper, that is set in one density."""

    is_letter: bool
    density: Density

    @property
    def key(self) -> str:
        """Return how its styles are called in the file."""
        return f"{'Letter' if self.is_letter else 'Paper'}{_DENSITIES.index(self.density)}"

    @property
    def points(self) -> float:
        """Return the type size of its text."""
        return self.density.letter_size if self.is_letter else 10.0


def _family(family: Family) -> str:
    is_letter, density = family
    number = _DENSITIES.index(density)
    words = join_nonempty("" if is_letter else "書類", f"{number + 1}" if number else "", separator="")
    words = f"（{words}）" if words else ""
    face = size(density.letter_size, MINCHO) if is_letter else ""
    step = density.letter_leading if is_letter else density.body_leading
    small, close = (size(density.letter_size), 5.2 * density.letter_scale) if is_letter else (size(9), 5.2)
    heading = size(density.cell_size - 0.5, bold=True)
    return "".join(
        (
            _style(f"{family.key}Body", f"本文{words}", step, face, align="both"),
            _style(f"{family.key}Left", f"宛先{words}", step, face),
            _style(f"{family.key}Right", f"番号・日付・発信者{words}", step, face, align="right"),
            _style(f"{family.key}Item", f"記の項目{words}", step, face),
            _style(f"{family.key}Contact", f"問合せ先{words}", close, small),
            _style(f"{family.key}Cell", f"表の文字{words}", density.table_leading, size(density.cell_size)),
            _style(f"{family.key}Head", f"表の見出し{words}", density.table_leading, heading),
        )
    )


def _style(
    key: str,
    name: str,
    step: float,
    look: str = "",
    *,
    before: float = 0,
    align: str = "",
    keep: str = "",
    level: int | None = None,
    is_default: bool = False,
) -> str:
    """Return a paragraph style; ``step`` is the exact distance of its lines in mm."""
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    across = f'<w:jc w:val="{align}"/>' if align else ""
    kind = 'w:default="1"' if is_default else ""
    based = "" if is_default else '<w:basedOn w:val="Normal"/>'
    # Between digits and kana Word would leave white that the PDF does not have.
    plain = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    lines = f'<w:spacing w:before="{twips(before)}" w:line="{twips(step)}" w:lineRule="exact"/>'
    return (
        f'<w:style w:type="paragraph" {kind} w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{keep}<w:widowControl/>{plain}{lines}{across}{outline}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )
