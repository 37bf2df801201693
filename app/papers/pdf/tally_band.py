"""A question with one answer on paper: the 100 % band and the table below that is its key."""

from __future__ import annotations

from collections.abc import Callable

from app.papers.blocks import TallyChart, TallyRow
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.sizes import CELL, HAIR, HAIR_GREY, HEAD_RULE, HEAVY, NOTE, NOTE_BOLD, SMALL, Style

_BAND = 9.5
# Dark stands for affirmative; an option more than the steps takes the lightest.
_FIVE_STEPS = (0.0, 0.40, 0.66, 0.84, 1.0)
_FOUR_STEPS = (0.0, 0.42, 0.72, 0.90)
_PADDING = 1.5
Body = tuple[float, Callable[[Pen, float, float], None]]


def band(block: TallyChart, layout: Layout) -> Body:
    """Lay out the band and its key table; returns the height in mm and the drawing."""
    greys = [_grey(block, number) for number in range(len(block.rows))]
    key_height, draw_key = _key_table(block, greys, layout)
    total = sum(row.count for row in block.rows)

    def draw(pen: Pen, x: float, y: float) -> None:
        width = layout.text_width
        if total:
            left = x
            for row, grey in zip(block.rows, greys, strict=True):
                if row.count:
                    share = width * row.count / total
                    _segment(pen, left, y, share, row, grey)
                    left += share
        else:
            pen.box(x, y, width, _BAND, 0.5)
            pen.text(x + width / 2, y + _BAND / 2 + 1.1, "回答がありません", CELL, "center")
        draw_key(pen, x, y + _BAND + 1.0)

    return _BAND + 1.0 + key_height, draw


def with_sign(percent: str) -> str:
    """Return a percentage with its full-width sign; an empty one stays empty."""
    return percent if not percent or percent.endswith(("%", "％")) else percent + "％"


def _grey(block: TallyChart, number: int) -> float:
    options = sum(row.kind == "option" for row in block.rows)
    steps = _FOUR_STEPS if options == 4 else _FIVE_STEPS
    if options > len(steps):  # more options than steps: spread evenly from black to white
        return number / (options - 1)
    return steps[min(number, len(steps) - 1)]


def _hatched(row: TallyRow) -> bool:
    return row.kind in ("none", "outside")


def _swatch(pen: Pen, x: float, y: float, width: float, height: float, row: TallyRow, grey: float) -> None:
    pen.box(x, y, width, height, 0.5, fill=1.0 if _hatched(row) else grey)
    if row.kind == "none":
        pen.hatch(x, y, width, height, 1.3 if height > 4 else 0.75)
    elif row.kind == "outside":
        pen.hatch(x, y, width, height, 2.4 if height > 4 else 1.3)


def _segment(pen: Pen, x: float, y: float, width: float, row: TallyRow, grey: float) -> None:
    _swatch(pen, x, y, width, _BAND, row, grey)
    name = f"{row.number} {row.text}".strip()
    figures = f"{row.count}人 {with_sign(row.percent)}"
    needed = max(pen.width(name, NOTE_BOLD), pen.width(figures, NOTE)) + 2.4
    middle = x + width / 2
    black = grey < 0.1 and not _hatched(row)
    if needed <= width - 0.8:
        style = NOTE_BOLD if black else NOTE
        if not black and (grey < 1 or _hatched(row)):
            pen.fill(middle - needed / 2, y + 1.0, needed, _BAND - 2.0, 1, radius=0.8)
        pen.text(middle, y + 4.2, name, NOTE_BOLD, "center", white=black)
        pen.text(middle, y + 7.8, figures, style, "center", white=black)
        return
    short = row.number if row.kind in ("option", "other") and row.number else row.text[:1]
    plate = pen.width(short, NOTE_BOLD) + 1.4
    if plate > width - 0.3:
        return  # the key table below still names it
    if not black and (grey < 1 or _hatched(row)):
        pen.fill(middle - plate / 2, y + 2.7, plate, 4.1, 1, radius=0.8)
    pen.text(middle, y + 5.75, short, NOTE_BOLD, "center", white=black)


def _key_table(block: TallyChart, greys: list[float], layout: Layout) -> Body:
    label, last = 16.0, 17.0
    share = (layout.text_width - label - last) / max(len(block.rows), 1)
    names = [layout.lines(f"{row.number} {row.text}".strip(), NOTE, share - 4.6) for row in block.rows]
    top = 4.9 if max(map(len, names), default=1) == 1 else 2.2 + 3.1 * max(map(len, names))
    row_height = 4.85
    percent = "％（参考）" if block.reference_only else "％"
    rows = [
        ("人数", [str(row.count) for row in block.rows], str(sum(row.count for row in block.rows))),
        (percent, [row.percent for row in block.rows], "100.0" if block.base else ""),
    ]
    if any(row.paper is not None for row in block.rows):
        for name, people in (("紙", [row.paper or 0 for row in block.rows]),
                             ("オンライン", [row.online or 0 for row in block.rows])):  # fmt: skip
            rows.append((name, [str(count) for count in people], str(sum(people))))

    def draw(pen: Pen, x: float, y: float) -> None:
        width = layout.text_width
        pen.rule(x, y, width, HEAVY)
        for number, row in enumerate(block.rows):
            _key(pen, x + label + share * number, y, share, top, names[number], row, greys[number])
        pen.text(x + width - _PADDING, y + top / 2 + 1.05, "計", NOTE_BOLD, "right")
        for count, (name, values, total) in enumerate(rows):
            base = y + top + row_height * count
            pen.rule(x, base, width, *((HEAD_RULE, 0.0) if count == 0 else (HAIR, HAIR_GREY)))
            pen.text(x + 1.2, base + 3.5, name, SMALL)
            for number, value in enumerate(values):
                centre = x + label + share * (number + 0.5)
                pen.digits(centre + 4.0, base + 3.6, value, CELL)
            pen.digits(x + width - _PADDING, base + 3.6, total, Style("bold", 9))
        pen.rule(x, y + top + len(rows) * row_height, width, HEAVY)

    return top + len(rows) * row_height, draw


def _key(
    pen: Pen, x: float, y: float, share: float, height: float, names: list[str], row: TallyRow, grey: float
) -> None:
    widest = max((pen.width(name, NOTE) for name in names), default=0.0)
    left = x + (share - widest - 3.6) / 2
    middle = y + height / 2
    _swatch(pen, left, middle - 1.3, 2.6, 2.6, row, grey)
    for number, name in enumerate(names):
        pen.text(left + 3.4, middle + 0.95 + 3.1 * (number - (len(names) - 1) / 2), name, NOTE)
