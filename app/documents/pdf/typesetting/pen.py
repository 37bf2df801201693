"""Draws on one PDF page in millimetres from the top left corner; the only module that uses the canvas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from typing import Literal, NamedTuple

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.documents.pdf.typesetting.links import LinkFinder
from app.documents.pdf.typesetting.sizes import MM, Paper, Style
from app.documents.pdf.typesetting.tags import Tags
from app.documents.pdf.typesetting.typefaces import Face, FontCollection, cells

Anchor = Literal["left", "center", "right"]
_WIDE_GAP = 0.08
"""Gap in em between two characters above which PDF readers assume a word boundary."""

BARCODE_MODULE = 0.25
"""Width of the narrowest bar in millimetres."""

_NOTHING = object()


def _actual_text(text: str) -> str:
    """Return the operator that gives a text whole, however far apart its characters are drawn."""
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC"


class RunPosition(NamedTuple):
    """The position of a piece within its run on a page: its first or last piece there.

    ``continued`` = it is the heading of a run, repeated after a page break.
    """

    first: bool = True
    last: bool = True
    continued: bool = False


class Pen:
    """Draws text, rules and boxes on the current page.

    Every x and y is in millimetres from the upper left corner of the piece that is drawn (``at``), of the sheet where
    none is; y of a text is its baseline. ``place`` is that of the piece in its run.
    """

    def __init__(
        self,
        canvas: Canvas,
        fonts: FontCollection,
        paper: Paper,
        tags: Tags | None = None,
        links: LinkFinder | None = None,
    ):
        """Draw on ``canvas``, whose current page has the size of ``paper``; ``tags`` collect what is drawn.

        ``links`` find the addresses in what is written; None = the document has none.
        """
        self._links = links
        self._canvas = canvas
        self.tags = tags or Tags()
        self._marked: object = _NOTHING
        self._document = canvas._doc  # type: ignore[attr-defined]
        self._write = canvas.addLiteral
        self._fonts = fonts
        self.paper = paper
        self.place = RunPosition()
        self._left = self._top = 0.0

    @contextmanager
    def at(self, x: float, y: float) -> Iterator[None]:
        """Measure from the point ``x``, ``y`` within the block."""
        before = self._left, self._top
        self._left += x
        self._top += y
        yield
        self._left, self._top = before

    def from_sheet(self) -> AbstractContextManager[None]:
        """Measure from the corner of the sheet within the block."""
        return self.at(-self._left, -self._top)

    def width(self, text: str, style: Style) -> float:
        """Return the width of a text in millimetres."""
        return self._fonts.face(style.face).width(text) * style.size / MM

    def fitting(self, text: str, style: Style, floor: float, room: float) -> Style:
        """Return the style as large as a text fits ``room`` millimetres, at least ``floor`` points."""
        return style.shrunk(floor, lambda one: self.width(text, one) <= room)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        anchor: Anchor = "left",
        *,
        spacing: float = 0,
        white: bool = False,
    ) -> None:
        """Write one line whose left end, middle or right end is at ``x``, by ``anchor``; "" writes nothing.

        ``spacing`` millimetres are added after every character.
        """
        if not text:
            return
        if "\n" in text:  # a field that should hold one line, filled before it took care of that
            text = text.replace("\n", " ")
        if anchor != "left":
            width = self.width(text, style) + spacing * max(len(cells(text)) - 1, 0)
            x -= width / 2 if anchor == "center" else width
        found = self._links.find(text) if self._links is not None and self.tags.current_element is not None else []
        start = 0
        for link in found:
            x = self._set(x, y, text[start : link.start], style, spacing=spacing, white=white)
            said = text[link.start : link.end]
            wide = self.width(said, style)
            low, high = self._from_bottom(y + style.size / MM * 0.2), self._from_bottom(y - style.size / MM * 0.85)
            with self.tags.link((self._from_left(x), low, self._from_left(x + wide), high), link.target):
                x = self._set(x, y, said, style, spacing=spacing, white=white)
            start = link.end
        self._set(x, y, text[start:], style, spacing=spacing, white=white)

    def lines(
        self,
        x: float,
        y: float,
        step: float,
        lines: Iterable[str],
        style: Style,
        anchor: Anchor = "left",
        *,
        spacing: float = 0,
    ) -> None:
        """Write lines one below the other, ``step`` millimetres apart, the first at ``y``, each as ``text`` does."""
        for number, line in enumerate(lines):
            self.text(x, y + step * number, line, style, anchor, spacing=spacing)

    def centred(self, x: float, middle: float, step: float, lines: Sequence[str], style: Style) -> None:
        """Write lines one below the other, a single one at ``middle``, more of them as far above as below."""
        for number, line in enumerate(lines):
            self.text(x, middle + step * (number - (len(lines) - 1) / 2), line, style)

    def _set(self, x: float, y: float, text: str, style: Style, *, spacing: float, white: bool) -> float:
        """Write one line or a part of it from ``x`` on; return where it ends, or just ``x`` while no links are set."""
        if not text:
            return x
        # Characters set apart (a title, a line with straight edges) are still one word to whoever searches.
        apart = spacing * MM > _WIDE_GAP * style.size
        said = f"{_actual_text(text)} " if apart else ""
        parts = [
            (
                f"{self._switch_marked_content(self.tags.current_element)}{said}BT {self._from_left(x):.2f} "
                f"{self._from_bottom(y):.2f} Td"
            )
        ]
        if white:
            parts.append("1 g")
        if spacing:
            parts.append(f"{spacing * MM:.4f} Tc")
        for run in self._fonts.face(style.face).runs(text):
            font = self._fonts.registered(run.font)
            for subset, codes in font.splitString(run.drawn, self._document):
                name = font.getSubsetInternalName(subset, self._document)
                parts.append(f"{name} {style.size:g} Tf <{codes.hex()}> Tj")
        if spacing:
            parts.append("0 Tc")
        if white:
            parts.append("0 g")
        parts.append("ET EMC" if apart else "ET")
        self._write(" ".join(parts))
        return x + self.width(text, style) + spacing * len(cells(text)) if self._links is not None else x

    def digits(self, x: float, y: float, text: str, style: Style, anchor: Anchor = "right") -> None:
        """Write figures with every digit as wide as 0, so that columns align."""
        face = self._fonts.face(style.face)
        if anchor != "left":
            width = self.digits_width(text, style)
            x -= width / 2 if anchor == "center" else width
        if "1" not in text or not face.one_shift:
            self.text(x, y, text, style)
            return
        self._figures(x, y, text, style, face)

    def _figures(self, x: float, y: float, text: str, style: Style, face: Face) -> None:
        """Draw a number with equal digit widths as one text, and give PDF readers its whole text.

        The room between two 1 is wide enough to be taken for a space: 「11.8」 would be found as 「1 1.8」.
        """
        shift = round(face.one_shift * 1000, 2)
        parts = [
            (
                f"{self._switch_marked_content(self.tags.current_element)}{_actual_text(text)} BT "
                f"{self._from_left(x):.2f} {self._from_bottom(y):.2f} Td"
            )
        ]
        for run in face.runs(text):
            font = self._fonts.registered(run.font)
            for subset, codes in font.splitString(run.drawn, self._document):
                name = font.getSubsetInternalName(subset, self._document)
                shown = []
                for character, code in zip(run.drawn, codes, strict=False):
                    wide = f"{-shift:g}" if character == "1" else ""
                    shown.append(f"{wide} <{code:02x}> {wide}" if wide else f"<{code:02x}>")
                parts.append(f"{name} {style.size:g} Tf [{' '.join(shown)}] TJ")
        self._write(" ".join((*parts, "ET EMC")))

    def digits_width(self, text: str, style: Style) -> float:
        """Return the width in millimetres of a text as ``digits`` writes it."""
        face = self._fonts.face(style.face)
        return (face.width(text) + 2 * face.one_shift * text.count("1")) * style.size / MM

    def rule(self, x: float, y: float, length: float, points: float, grey: float = 0) -> None:
        """Draw a horizontal rule to the right from (x, y), ``points`` thick; ``grey`` 0 is black."""
        self.line(x, y, x + length, y, points, grey)

    def vertical_rule(self, x: float, y: float, length: float, points: float, grey: float = 0) -> None:
        """Draw a vertical rule downwards from ``y``, ``points`` thick; ``grey`` 0 is black."""
        self.line(x, y, x, y + length, points, grey)

    def line(self, x: float, y: float, to_x: float, to_y: float, points: float, grey: float = 0) -> None:
        """Draw a line from one point to another, ``points`` thick; ``grey`` 0 is black."""
        # Written out rather than asked of the canvas: a page has hundreds, and this costs a fifth.
        self._write(
            f"{self._switch_marked_content(None)}{points:g} w {grey:g} G {self._from_left(x):.2f} "
            f"{self._from_bottom(y):.2f} m {self._from_left(to_x):.2f} "
            f"{self._from_bottom(to_y):.2f} l S"
        )

    def dashed(
        self, x: float, y: float, to_x: float, to_y: float, points: float, grey: float, dash: tuple[float, float]
    ) -> None:
        """Draw a dashed line; ``dash`` gives stroke and gap in points."""
        self._write(f"{self._switch_marked_content(None)}[{dash[0]:g} {dash[1]:g}] 0 d")
        self.line(x, y, to_x, to_y, points, grey)
        self._write("[] 0 d")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        points: float,
        *,
        fill: float | None = None,
        radius: float = 0,
    ) -> None:
        """Draw a box with its outline in black, ``points`` thick.

        ``fill`` is a grey from 0 (black) to 1 (white), None = not filled; ``radius`` that of its corners in mm.
        """
        self._write(self._switch_marked_content(None))
        self._stroke(points)
        self._area(x, y, width, height, fill, radius, outline=True)

    def figure_fill(self, x: float, y: float, width: float, height: float) -> None:
        """Fill an area in black that is part of the picture begun last (``Tags.begin_figure``)."""
        self._write(
            f"{self._switch_marked_content(self.tags.current_element)}"
            f"{self._from_left(x):.2f} {self._from_bottom(y + height):.2f} {width * MM:.2f} {height * MM:.2f} re f"
        )

    def fill(self, x: float, y: float, width: float, height: float, grey: float, *, radius: float = 0) -> None:
        """Fill an area without an outline in a grey from 0 (black) to 1 (white)."""
        self._area(x, y, width, height, grey, radius, outline=False)

    def hatch(self, x: float, y: float, width: float, height: float, gap: float = 1.3) -> None:
        """Draw diagonal lines ``gap`` millimetres apart inside a box."""
        canvas = self._canvas
        self._write(self._switch_marked_content(None))
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(self._from_left(x), self._from_bottom(y + height), width * MM, height * MM)
        canvas.clipPath(path, stroke=0, fill=0)
        step = gap * 2**0.5
        start = x - height
        while start < x + width:
            self.line(start, y + height, start + height, y, 0.35)
            start += step
        canvas.restoreState()

    def disc(
        self, x: float, y: float, radius: float, points: float, *, fill: float, dash: tuple[float, float] | None = None
    ) -> None:
        """Draw a circle around its middle, filled with a grey from 0 (black) to 1, with a black outline.

        ``dash`` gives stroke and gap of the outline in points, None = solid.
        """
        self._write(self._switch_marked_content(None))
        self._stroke(points)
        if dash is not None:
            self._write(f"[{dash[0]:g} {dash[1]:g}] 0 d")
        self._canvas.setFillGray(fill)
        self._canvas.circle(self._from_left(x), self._from_bottom(y), radius * MM, stroke=1, fill=1)
        self._canvas.setFillGray(0)
        if dash is not None:
            self._write("[] 0 d")

    def arrow_head(self, x: float, y: float, size: float, height: float | None = None) -> None:
        """Draw a black triangle that points right, for a negative ``size`` left, with its tip at ``x``.

        ``size`` is its length in mm; ``height`` None = as high as long.
        """
        half = (height if height is not None else size) / 2
        self._write(self._switch_marked_content(None))
        path = self._canvas.beginPath()
        path.moveTo(self._from_left(x), self._from_bottom(y))
        path.lineTo(self._from_left(x - size), self._from_bottom(y - half))
        path.lineTo(self._from_left(x - size), self._from_bottom(y + half))
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def barcode(self, x: float, y: float, height: float, digits: str) -> None:
        """Draw ``digits`` as a Code 128 whose narrowest bar is ``BARCODE_MODULE`` wide.

        Whoever reads the file hears the figures beside it, not the code.
        """
        self._write(self._switch_marked_content(None))
        drawn = Code128(digits, barWidth=BARCODE_MODULE * MM, barHeight=height * MM, quiet=0, humanReadable=0)
        drawn.drawOn(self._canvas, self._from_left(x), self._from_bottom(y + height))

    def picture(self, x: float, width: float, height: float, data: bytes) -> None:
        """Draw the JPEG ``data`` centred in the box at ``x``, as large as it fits in its own proportions."""
        image = ImageReader(BytesIO(data))
        across, down = image.getSize()
        scale = min(width / across, height / down)
        wide, high = across * scale, down * scale
        self._write(self._switch_marked_content(self.tags.current_element))
        left, top = x + (width - wide) / 2, (height - high) / 2
        self._canvas.drawImage(image, self._from_left(left), self._from_bottom(top + high), wide * MM, high * MM)

    @contextmanager
    def scaled_down(self, scale: float) -> Iterator[None]:
        """Draw smaller within the block; the corner from which is measured stays in place."""
        self.close_marked_content()
        self._write(
            f"q {scale:.4f} 0 0 {scale:.4f} {self._from_left(0) * (1 - scale):.2f} "
            f"{self._from_bottom(0) * (1 - scale):.2f} cm"
        )
        with self._without_links():
            yield
        self.close_marked_content()
        self._write("Q")

    @contextmanager
    def _without_links(self) -> Iterator[None]:
        """Make no links within the block: its axes are turned, and their areas would lie elsewhere."""
        links, self._links = self._links, None
        yield
        self._links = links

    @contextmanager
    def half_turn(self) -> Iterator[None]:
        """Draw upside down within the block."""
        self.close_marked_content()
        self._write(f"q -1 0 0 -1 {self.paper.width * MM:.2f} {self.paper.height * MM:.2f} cm")
        with self._without_links():
            yield
        self.close_marked_content()
        self._write("Q")

    def _area(
        self, x: float, y: float, width: float, height: float, fill: float | None, radius: float, *, outline: bool
    ) -> None:
        """Draw a filled or outlined rectangle, with rounded corners where ``radius`` is given."""
        left, bottom = self._from_left(x), self._from_bottom(y + height)
        if fill is not None:
            self._write(f"{self._switch_marked_content(None)}{fill:g} g")
        if radius:
            self._canvas.roundRect(
                left, bottom, width * MM, height * MM, radius * MM, stroke=int(outline), fill=int(fill is not None)
            )
        else:
            paint = "S" if fill is None else "B" if outline else "f"
            self._write(f"{left:.2f} {bottom:.2f} {width * MM:.2f} {height * MM:.2f} re {paint}")
        if fill is not None:
            self._write("0 g")

    def close_marked_content(self) -> None:
        """Close open marked content, at the end of a page and before the axes are turned."""
        if self._marked is not _NOTHING:
            self._write("EMC")
            self._marked = _NOTHING

    def _switch_marked_content(self, leaf: object | None) -> str:
        """Remember ``leaf`` (None = not read) as open; return the operators that close the one before and open it."""
        if leaf is self._marked:
            return ""
        close = "" if self._marked is _NOTHING else "EMC "
        self._marked = leaf
        return close + self.tags.opening_operators(leaf)

    def _stroke(self, points: float) -> None:
        self._canvas.setLineWidth(points)
        self._canvas.setStrokeGray(0)

    def _from_left(self, x: float) -> float:
        """Return the distance from the left edge of the sheet in points, as PDF counts it."""
        return (self._left + x) * MM

    def _from_bottom(self, y: float) -> float:
        """Return the height above the lower edge in points, as PDF counts it."""
        return (self.paper.height - (self._top + y)) * MM
