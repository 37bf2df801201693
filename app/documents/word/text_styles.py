"""The styles of a Word file and how its texts are written as WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from app.common.file_locations import resources_folder
from app.common.join_nonempty import fill_nonempty
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

MINCHO = "ＭＳ 明朝"
GOTHIC = "ＭＳ ゴシック"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
BOLD = "<w:b/>"
FRAME = '<w:bdr w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DENSITIES = (NORMAL, TIGHT, CLOSE, CLOSEST, TABLES, DENSE, PACKED, LARGE, LARGE_CLOSER, LARGE_CLOSEST)
_SIGNS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


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


def paragraph_xml(style: str, *runs: str, layout: str = "") -> str:
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
    stops = fill_nonempty("<w:tabs>{}</w:tabs>", tabs)
    lines = f' w:line="{twips(step)}" w:lineRule="exact"' if step else ""
    ahead = f'w:firstLine="{twips(first)}"' if first >= 0 else f'w:hanging="{twips(-first)}"'
    indent = f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}" {ahead}/>' if left or first or right else ""
    across = f'<w:jc w:val="{align}"/>' if align else ""
    return f'{stops}<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"{lines}/>{indent}{across}'


def tab_stop(place: float, kind: str = "left") -> str:
    """Return a tab stop ``place`` mm from the margin."""
    return f'<w:tab w:val="{kind}" w:pos="{twips(place)}"/>'


Family = tuple[bool, Density]
"""Whose styles a text has: those of a letter, or of another paper; and how closely it is set."""


def family_key(family: Family) -> str:
    """Return how the styles of a family are called in the file."""
    return f"{'Letter' if family[0] else 'Paper'}{_DENSITIES.index(family[1])}"


def style_sheet(families: Iterable[Family]) -> str:
    """Return the styles of each family of texts, and the common ones: every distance of lines is exact.

    A grid of lines would stretch what is larger than it.
    """
    folder = resources_folder() / "word"
    each = (folder / "family.xml").read_text(encoding="utf-8")
    written = (each.format(**_family(one)) for one in families)
    return (folder / "styles.xml").read_text(encoding="utf-8").format(families="".join(written))


def _family(family: Family) -> dict[str, object]:
    is_letter, density = family
    kind, number = "" if is_letter else "書類", _DENSITIES.index(density) or ""
    small = size(density.letter_size if is_letter else 9)
    return {
        "key": family_key(family),
        "words": f"（{kind}{number}）" if kind or number else "",
        "step": twips(density.letter_leading if is_letter else density.body_leading),
        "face": size(density.letter_size, MINCHO) if is_letter else "",
        "contact": small,
        "contact_step": twips(5.2 * density.letter_scale if is_letter else 5.2),
        "cell": size(density.cell_size),
        "heading": size(density.cell_size - 0.5, bold=True),
        "table_step": twips(density.table_leading),
    }
