"""The report as PDF against reportlab alone writing the same strings, rules and areas at the same places."""

import io
from collections.abc import Callable
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import DocumentContent
from app.documents.pdf.render import render_pdf
from app.documents.pdf.typesetting import pen as pens
from tests.bench.paired import Paired, pair
from tests.bench.report import content

MM = 72 / 25.4
Drawn = tuple[str, tuple[Any, ...]]


def measure(
    of: Callable[[], DocumentContent] = content, *, size: tuple[float, float] = A4, rounds: int = 15, warm: int = 3
) -> Paired:
    """Record once what the frame draws, then time the frame against a bare canvas drawing just that."""
    marks, fonts = _record(of)

    def bare() -> bytes:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=size, initialFontName=fonts[0], invariant=1)
        for what, values in marks:
            _draw(canvas, what, values)
        canvas.save()
        return buffer.getvalue()

    return pair(lambda: render_pdf(of()), bare, rounds=rounds, warm=warm)


def _draw(canvas: Canvas, what: str, values: tuple[Any, ...]) -> None:
    if what == "text":
        x, y, font, size, text = values
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
    elif what == "line":
        canvas.setLineWidth(values[4])
        canvas.line(*values[:4])
    elif what == "area":
        canvas.rect(*values, stroke=0, fill=1)
    else:
        canvas.showPage()


def _record(of: Callable[[], DocumentContent]) -> tuple[list[Drawn], list[str]]:
    """Draw the paper once with a pen that also writes down every string, line and area."""
    marks: list[Drawn] = []
    fonts: list[str] = []
    originals = {name: getattr(pens.Pen, name) for name in ("text", "line", "_area")}

    def text(self: pens.Pen, x: float, y: float, words: str, style: Any, anchor: str = "left", **more: Any) -> None:
        if words:
            width = self.width(words, style)
            left = x - (width / 2 if anchor == "center" else width if anchor == "right" else 0)
            across = self._from_left(left)
            for run in self._fonts.face(style.face).runs(words):
                name = self._fonts.registered(run.font).fontName
                fonts.append(name)
                marks.append(("text", (across, self._from_bottom(y), name, style.size, run.drawn)))
                across += self.width(run.drawn, style) * MM
        originals["text"](self, x, y, words, style, anchor, **more)

    def line(self: pens.Pen, x: float, y: float, to_x: float, to_y: float, points: float, *more: Any) -> None:
        marks.append(
            ("line", (self._from_left(x), self._from_bottom(y), self._from_left(to_x), self._from_bottom(to_y), points))
        )
        originals["line"](self, x, y, to_x, to_y, points, *more)

    def area(self: pens.Pen, x: float, y: float, width: float, height: float, *more: Any, **named: Any) -> None:
        marks.append(("area", (self._from_left(x), self._from_bottom(y + height), width * MM, height * MM)))
        originals["_area"](self, x, y, width, height, *more, **named)

    show_page = Canvas.showPage

    def page(self: Canvas) -> None:
        marks.append(("page", ()))
        show_page(self)

    _swap(pens.Pen, {"text": text, "line": line, "_area": area})
    Canvas.showPage = page  # type: ignore[method-assign]
    try:
        render_pdf(of())
    finally:
        _swap(pens.Pen, originals)
        Canvas.showPage = show_page  # type: ignore[method-assign]
    return marks, fonts


def _swap(owner: type, functions: dict[str, Callable[..., Any]]) -> None:
    for name, function in functions.items():
        setattr(owner, name, function)
