"""One tallied question on paper: title, chart, table and note, never parted."""

from __future__ import annotations

from app.papers.blocks import TallyChart
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import SMALL, Style
from app.papers.pdf.tally_band import Body, band, with_sign
from app.papers.pdf.tally_bars import bars

_QUESTION = Style("bold", 10.5)
_BAND_OPTIONS = 9  # with more the key under the band could not be read; bars can
_TYPE_WORDS = {"SA": "単一回答", "MA": "複数回答", "NUM": "数値回答"}


def tally_chart(block: TallyChart, layout: Layout) -> list[Piece]:
    """Lay out one question as a single piece, so that chart, table and note stay on one page."""
    title_height, draw_title = _title(block, layout)
    as_band = block.type == "SA" and len(block.rows) <= _BAND_OPTIONS
    body_height, draw_body = band(block, layout) if as_band else bars(block, layout)
    note = layout.note(block.note) if block.note else None

    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        draw_title(pen, x, y)
        draw_body(pen, x, y + title_height)
        if note:
            note.draw(pen, x, y + title_height + body_height + 0.9, place)

    height = title_height + body_height + (note.height + 0.9 if note else 0)
    return [Piece(height, draw, space=2.8)]


def _title(block: TallyChart, layout: Layout) -> Body:
    mark = "（参考値）" if block.reference_only else ""
    total = f"{block.sum_label}　{block.sum_count}人　{with_sign(block.sum_percent)}{mark}" if block.sum_label else ""
    hint = f"{_TYPE_WORDS[block.type]}　ｎ＝{block.base}"
    offset = max(11.0, layout.width(block.code, _QUESTION) + 2.4) if block.code else 0.0
    right = layout.width(total, _QUESTION) + 4 if total else 0.0
    hint_width = layout.width(hint, SMALL) + 3
    lines = layout.lines(block.title, _QUESTION, layout.text_width - offset - right - hint_width)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + 3.9, block.code, _QUESTION)
        for number, line in enumerate(lines):
            pen.text(x + offset, y + 3.9 + 4.8 * number, line, _QUESTION)
        end = x + offset + pen.width(lines[-1], _QUESTION) + 2.4
        pen.text(end, y + 3.9 + 4.8 * (len(lines) - 1), hint, SMALL)
        pen.text(x + layout.text_width, y + 3.9, total, _QUESTION, "right")

    return 5.6 + 4.8 * (len(lines) - 1), draw
