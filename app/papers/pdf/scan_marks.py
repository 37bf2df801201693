"""Draws what a scanned questionnaire is read by, and notes where its boxes and rooms lie while they are drawn.

Four squares in the corners and one row of small ones at the top, in the margin and the same on every copy: they say which
survey and which page it is and can't say who answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.papers.handout_blocks import QuestionOnPaper
from app.papers.pdf.pen import Anchor, Pen
from app.papers.pdf.pieces import Sheet
from app.papers.pdf.sizes import Paper, Style
from app.papers.pdf.tags import Tags
from app.papers.pdf.typefaces import FontCollection
from app.papers.scan_code import MARK, ROW_LEFT, ROW_MIDDLE, SQUARE, Area, AreaKind, PageCode, mark_middles, squares_of


def draw_scan_marks(pen: Pen, code: PageCode) -> None:
    """Draw the corner marks and the row of squares of one page; to whoever reads the file aloud they are nothing."""
    for x, y in mark_middles(pen.paper.width, pen.paper.height):
        pen.fill(x - MARK / 2, y - MARK / 2, MARK, MARK, 0)
    start = None
    for place, dark in enumerate((*squares_of(code), False)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            pen.fill(ROW_LEFT + start * SQUARE, ROW_MIDDLE - SQUARE / 2, (place - start) * SQUARE, SQUARE, 0)
            start = None


class AreaPen(Pen):
    """Goes over a page as if it were drawn, draws nothing and keeps what the drawing notes (``areas``)."""

    def __init__(self, fonts: FontCollection, paper: Paper) -> None:
        """``fonts`` are those of the drawing: what stands behind a word is placed by its width."""
        self._fonts = fonts
        self.paper = paper
        self.tags = Tags()
        self.tags.begin_page()
        self.areas: list[Area] = []
        self._reduced = (0.0, 0.0, 1.0)

    def note(
        self, kind: AreaKind, block: QuestionOnPaper, x: float, y: float, width: float, height: float, number: str = ""
    ) -> None:
        """Keep where something lies."""
        left, top, scale = self._reduced
        self.areas.append(
            Area(
                kind=kind,
                code=block.code,
                number=number,
                x=left + (x - left) * scale,
                y=top + (y - top) * scale,
                width=width * scale,
                height=height * scale,
            )
        )

    def text(
        self, x: float, y: float, text: str, style: Style, anchor: Anchor = "left", *, spacing: float = 0, white: bool = False
    ) -> None:
        """Nothing is drawn."""

    def rule(self, x: float, y: float, length: float, points: float, grey: float = 0) -> None:
        """Nothing is drawn."""

    def dashed(
        self, x: float, y: float, to_x: float, to_y: float, points: float, grey: float, dash: tuple[float, float]
    ) -> None:
        """Nothing is drawn."""

    def box(
        self, x: float, y: float, width: float, height: float, points: float, *, fill: float | None = None, radius: float = 0
    ) -> None:
        """Nothing is drawn."""

    def fill(self, x: float, y: float, width: float, height: float, grey: float, *, radius: float = 0) -> None:
        """Nothing is drawn."""

    def close_mark(self) -> None:
        """Nothing is open."""

    @contextmanager
    def reduced(self, x: float, y: float, scale: float) -> Iterator[None]:
        """What is noted inside lies where the smaller drawing has it."""
        self._reduced = (x, y, scale)
        yield
        self._reduced = (0.0, 0.0, 1.0)


def areas_of(sheet: Sheet, fonts: FontCollection) -> tuple[Area, ...]:
    """Return where the questions, boxes and rooms of a page lie, as its drawing puts them."""
    pen = AreaPen(fonts, sheet.paper)
    sheet.draw(pen)
    return tuple(pen.areas)
