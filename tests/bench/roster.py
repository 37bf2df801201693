"""The 受付名簿 of a thousand rows against reportlab alone writing the same strings and rules at the same places."""

import io
from collections.abc import Callable
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import DocumentContent, RosterLine, RosterList, Title
from app.documents.pdf.render import render_pdf
from app.documents.pdf.typesetting import pen as pens
from tests.bench.pages import MM, Drawn, _draw, _swap
from tests.bench.paired import Paired, pair

ROWS = 1000
_NAMES = (
    "髙﨑　千鶴子",
    "渡邊　正",
    "葛󠄀城　麻衣子",
    "𠮷田　榮一",
    "勅使河原　惣右衛門",
    "佐久間　アレクサンドラ　美智子",
)
_ORGANISATIONS = (
    "見本台南原町会",
    "北町五丁目けやき自治会",
    "大泉学園町七丁目・八丁目パークサイドガーデンヒルズ管理組合連合自治会",
)
_HEIGHT = A4[0]


def content() -> DocumentContent:
    """A roster of ``ROWS`` people, as an event that fills a hall would have."""
    lines = tuple(
        RosterLine(
            number=str(number),
            organisation=f"{_ORGANISATIONS[number % 3]}{number // 7}",
            branch=f"第{number % 17 + 1}支部",
            name=_NAMES[number % 6] + bytes((0xB0 + number // 94, 0xA1 + number % 94)).decode("euc_jp"),
            reading="みほん　" + chr(0x3042 + number % 80) * 4,
            role="副会長",
            device="貸与",
            group=str(number // 6 + 1),
            care=number % 9 == 0,
            no_photo=number % 11 == 0,
        )
        for number in range(1, ROWS + 1)
    )
    return DocumentContent(
        kind="受付名簿",
        reference="R8-講02-名簿",
        version=1,
        look="roster",
        first_sheet="受付名簿",
        file_stem="名簿",
        header_left="名簿番号　R8-講02-名簿　第1版",
        header_right="取扱注意（個人情報）　終了後回収",
        blocks=(
            Title(text="受付名簿", subtitle="見本", lead="令和8年9月10日（木）"),
            RosterList(lines=lines, totals=f"予定　{ROWS}人", grouped=True),
        ),
    )


def measure() -> Paired:
    """Record once what the frame draws, then time the frame against a bare canvas drawing just that."""
    marks, first = _record(content())

    def bare() -> bytes:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=landscape(A4), initialFontName=first, invariant=1)
        for what, values in marks:
            _draw(canvas, what, values)
        canvas.save()
        return buffer.getvalue()

    return pair(lambda: render_pdf(content()), bare, rounds=7, warm=1)


def _record(wanted: DocumentContent) -> tuple[list[Drawn], str]:
    """Draw once with a pen that also writes down every string, line and box."""
    marks: list[Drawn] = []
    fonts: list[str] = []
    pen = pens.Pen
    originals: dict[str, Callable[..., Any]] = {name: getattr(pen, name) for name in ("text", "_line", "_area")}

    def text(self: pens.Pen, x: float, y: float, words: str, style: Any, anchor: str = "left", **more: Any) -> None:
        if words:
            width = self.width(words, style)
            across = self._from_left(x - (width / 2 if anchor == "center" else width if anchor == "right" else 0))
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
        originals["_line"](self, x, y, to_x, to_y, points, *more)

    def area(self: pens.Pen, x: float, y: float, width: float, height: float, *more: Any, **named: Any) -> None:
        marks.append(("area", (self._from_left(x), self._from_bottom(y + height), width * MM, height * MM)))
        originals["_area"](self, x, y, width, height, *more, **named)

    show_page = Canvas.showPage

    def page(self: Canvas) -> None:
        marks.append(("page", ()))
        show_page(self)

    _swap(pen, {"text": text, "_line": line, "_area": area})
    Canvas.showPage = page  # type: ignore[method-assign]
    try:
        render_pdf(wanted)
    finally:
        _swap(pen, originals)
        Canvas.showPage = show_page  # type: ignore[method-assign]
    return marks, fonts[0]
