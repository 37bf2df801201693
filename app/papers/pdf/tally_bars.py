"""A question with several answers on paper: bars to 100 % inside the table."""

from __future__ import annotations

from itertools import pairwise

from app.papers.blocks import TallyChart, TallyRow
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.sizes import CELL, HAIR_GREY, HEAD_RULE, HEAVY, NOTE, NOTE_BOLD, Style
from app.papers.pdf.tally_band import Body

_BAR_GREY = 0.38
_ROW = 5.5
# Where the bars begin, without and with the two columns of paper and online before them.
_WITHOUT, _WITH_WAYS = 90.0, 116.0
_PAPER_RIGHT, _ONLINE_RIGHT = 97.0, 113.0
_SPECIAL = frozenset(("other", "exclusive", "none", "outside"))


def bars(block: TallyChart, layout: Layout) -> Body:
    """Lay out the table with its bars; returns the height in mm and the drawing."""
    widest = max((layout.width(row.number, CELL) for row in block.rows), default=0.0)
    name_left = max(5.2, widest + 2.8) if widest else 1.2
    names = [layout.lines(row.text, CELL, 62 - name_left) for row in block.rows]
    heights = [max(_ROW, 4.1 * len(lines) + 1.2) for lines in names]
    apart = any(row.paper is not None for row in block.rows)
    bar_left = _WITH_WAYS if apart else _WITHOUT
    full = layout.text_width - bar_left - 1.0
    per_hundred = max(block.base, 1)
    head = 4.9

    def draw(pen: Pen, x: float, y: float) -> None:
        width = layout.text_width
        body = sum(heights)
        pen.rule(x, y, width, HEAVY)
        _bar_heading(pen, x, y + 3.5, bar_left, full, block)
        pen.rule(x, y + head, width, HEAD_RULE)
        for quarter in range(1, 5):
            at = x + bar_left + full * quarter / 4
            pen.dashed(at, y + head, at, y + head + body, 0.4, HAIR_GREY, (0.6, 2.2))
        top = y + head
        for number, row in enumerate(block.rows):
            if number and row.kind in _SPECIAL and block.rows[number - 1].kind not in _SPECIAL:
                pen.dashed(x, top, x + width, top, 0.5, 0, (2, 1.6))
            _bar_names(pen, x, top, heights[number], names[number], row, name_left)
            if apart:
                _ways(pen, x, top + heights[number] / 2, row)
            share = row.count / per_hundred
            _bar(pen, x + bar_left, top + heights[number] / 2, full * min(share, 1.0), row)
            top += heights[number]
        pen.upright(x + bar_left, y + head, body, 0.5)
        pen.rule(x, y + head + body, width, HEAVY)

    return head + sum(heights), draw


def _bar_heading(pen: Pen, x: float, base: float, bar_left: float, full: float, block: TallyChart) -> None:
    title = "回答" if block.type == "NUM" else "選択肢（多い順）" if _by_count(block) else "選択肢"
    pen.text(x + 1.2, base, title, NOTE_BOLD)
    pen.text(x + 73, base, "人数", NOTE_BOLD, "right")
    pen.text(x + 87, base, "％（参考）" if block.reference_only else "％", NOTE_BOLD, "right")
    if bar_left == _WITH_WAYS:
        pen.text(x + _PAPER_RIGHT, base, "紙", NOTE, "right")
        pen.text(x + _ONLINE_RIGHT, base, "オンライン", NOTE, "right")
    for quarter, word in enumerate(("0", "25", "50", "75", "100％")):
        at = x + bar_left + full * quarter / 4
        if quarter == 4:
            pen.text(at + 1.0, base, word, NOTE, "right")
        else:
            pen.text(at, base, word, NOTE, "center")


def _by_count(block: TallyChart) -> bool:
    counts = [row.count for row in block.rows if row.kind == "option"]
    return all(first >= second for first, second in pairwise(counts))


def _bar_names(
    pen: Pen, x: float, top: float, height: float, names: list[str], row: TallyRow, name_left: float
) -> None:
    first = top + height / 2 + 1.15 - 4.1 * (len(names) - 1) / 2
    pen.text(x + 1.2, first, row.number, CELL)
    for number, name in enumerate(names):
        pen.text(x + name_left, first + 4.1 * number, name, CELL)
    pen.digits(x + 73, first, str(row.count), Style("gothic", 9.5))
    pen.digits(x + 87, first, row.percent, Style("gothic", 9.5))


def _ways(pen: Pen, x: float, middle: float, row: TallyRow) -> None:
    pen.digits(x + _PAPER_RIGHT, middle + 1.15, str(row.paper or 0), NOTE)
    pen.digits(x + _ONLINE_RIGHT, middle + 1.15, str(row.online or 0), NOTE)


def _bar(pen: Pen, x: float, middle: float, width: float, row: TallyRow) -> None:
    if width <= 0:
        return
    special = row.kind in _SPECIAL
    pen.box(x, middle - 1.8, width, 3.6, 0.5, fill=1.0 if special else _BAR_GREY)
    if special:
        pen.hatch(x, middle - 1.8, width, 3.6)
