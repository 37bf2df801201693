"""One tallied question as PDF: title, chart, table and note, never split.

A single answer is drawn as a 100 % band above the table that is its key, multiple answers as bars to 100 % in the
table.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import TALLIED_AS, PairedBands, TallyChart, TallyRow
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import CELL, HAIR, HAIR_GREY, HEAD_RULE, HEAVY, NOTE, NOTE_BOLD, SMALL, Style
from app.documents.pdf.typesetting.tags import Tag

_ABOVE = 5.0
_LABEL, _PLATE = 7.5, 4.1
"""Height of the white background behind a two-line label in a band, and behind a single sign."""
# Dark stands for affirmative; an option more than the steps takes the lightest.
_FIVE_STEPS = (0.0, 0.40, 0.66, 0.84, 1.0)
_FOUR_STEPS = (0.0, 0.42, 0.72, 0.90)
_PADDING = 1.5
_BESIDE_NAME = 4.6
"""Width that an option's sign and the padding take beside its name in the key."""
_LEAST_SHARE = 13.0
"""Minimum width of a column of the key: 「100.0」 must fit under its middle."""
Body = tuple[float, Draw]
_BAR_GREY = 0.38
# Where the bars begin, without and with the two columns of paper and online before them.
_WITHOUT, _WITH_WAYS = 90.0, 116.0
_PAPER_RIGHT, _ONLINE_RIGHT = 97.0, 113.0
_SPECIAL = frozenset(("other", "exclusive", "none", "outside"))
_QUESTION = Style("bold", 10.5)
_BAND_OPTIONS = 9  # with more the key under the band could not be read; bars can


def band(block: TallyChart, layout: Layout) -> Body:
    """Lay out the band and its key table; returns the height in mm and the drawing."""
    greys = [_grey(block, number) for number in range(len(block.rows))]
    key_height, draw_key = _key_table(block, greys, layout)
    total, high = sum(row.count for row in block.rows), layout.density.band

    def draw(pen: Pen) -> None:
        """Draw the band, or a box that says that there are no answers, and the table under it."""
        width = layout.text_width
        if total:
            _segments(pen, 0, (width, high), block.rows, greys)
        else:
            pen.box(0, 0, width, high, 0.5)
            pen.text(width / 2, high / 2 + 1.1, "回答がありません", CELL, "center")
        with pen.at(0, high + 1.0):
            draw_key(pen)

    return high + 1.0 + key_height, draw


def _segments(
    pen: Pen, top: float, size: tuple[float, float], rows: Sequence[TallyRow], greys: Sequence[float]
) -> None:
    """Draw the segments of a band of ``size`` side by side, each as wide as its share."""
    width, high = size
    left, total = 0.0, sum(row.count for row in rows)
    for row, grey in zip(rows, greys, strict=True):
        if row.count:
            share = width * row.count / total
            with pen.at(left, top):
                _segment(pen, (share, high), row, grey)
            left += share


def with_percent_sign(percent: str) -> str:
    """Return a percentage with its full-width sign; an empty one stays empty."""
    return percent if not percent or percent.endswith(("%", "％")) else percent + "％"


def _grey(block: TallyChart, number: int) -> float:
    """Return the grey of the option with this number, from black to white."""
    options = sum(row.kind == "option" for row in block.rows)
    steps = _FOUR_STEPS if options == 4 else _FIVE_STEPS
    if options > len(steps):  # more options than steps: spread evenly from black to white
        return number / (options - 1)
    return steps[min(number, len(steps) - 1)]


def _hatched(row: TallyRow) -> bool:
    """Return whether a row is 無回答 or an answer outside of the options, which are hatched."""
    return row.kind in ("none", "outside")


def _swatch(pen: Pen, x: float, y: float, width: float, height: float, row: TallyRow, grey: float) -> None:
    """Draw a small field in the grey or hatching of a row."""
    pen.box(x, y, width, height, 0.5, fill=1.0 if _hatched(row) else grey)
    if row.kind == "none":
        pen.hatch(x, y, width, height, 1.3 if height > 4 else 0.75)
    elif row.kind == "outside":
        pen.hatch(x, y, width, height, 2.4 if height > 4 else 1.3)


def _segment(pen: Pen, size: tuple[float, float], row: TallyRow, grey: float) -> None:
    """Draw one segment of the stacked bar, with name and figures, else number or first sign, where these fit."""
    width, high = size
    _swatch(pen, 0, 0, width, high, row, grey)
    name = f"{row.number} {row.text}".strip()
    figures = f"{row.count}人 {with_percent_sign(row.percent)}"
    needed = max(pen.width(name, NOTE_BOLD), pen.width(figures, NOTE)) + 2.4
    middle = width / 2
    black = grey < 0.1 and not _hatched(row)

    def plate(wide: float, tall: float) -> None:
        """Draw the white background of a text that stands neither on black nor on white."""
        if not black and (grey < 1 or _hatched(row)):
            pen.fill(middle - wide / 2, (high - tall) / 2, wide, tall, 1, radius=0.8)

    if needed <= width - 0.8:
        plate(needed, _LABEL)
        pen.text(middle, high / 2 - 0.55, name, NOTE_BOLD, "center", white=black)
        pen.text(middle, high / 2 + 3.05, figures, NOTE_BOLD if black else NOTE, "center", white=black)
        return
    short = row.number if row.kind in ("option", "other") and row.number else row.text[:1]
    wide = pen.width(short, NOTE_BOLD) + 1.4
    if wide > width - 0.3:
        return  # the key table below still names it
    plate(wide, _PLATE)
    pen.text(middle, high / 2 + 1.0, short, NOTE_BOLD, "center", white=black)


def _key_table(
    block: TallyChart, greys: list[float], layout: Layout, paired: list[tuple[str, list[str], str]] | None = None
) -> Body:
    """Lay out the table under a band; ``paired`` are the rows of two bands instead of its own."""
    label, last = (30.0 if paired else 16.0), 17.0
    signs = [fill_nonempty("{} ", row.number) for row in block.rows]
    wanted = [layout.width(sign + row.text, NOTE) + _BESIDE_NAME for sign, row in zip(signs, block.rows, strict=True)]
    shares = _shares(wanted, layout.text_width - label - last)
    lefts = [label, *(label + right for right in accumulate(shares))]
    names = [
        _beside_sign(sign, row.text, share - _BESIDE_NAME + 0.01, layout)
        for sign, row, share in zip(signs, block.rows, shares, strict=True)
    ]
    top = 4.9 if max(map(len, names), default=1) == 1 else 2.2 + 3.1 * max(map(len, names))
    row_height = layout.density.key_row
    rows = paired or _key_rows(block)
    if not paired and any(row.paper is not None for row in block.rows):
        for name, people in (
            ("紙", [row.paper or 0 for row in block.rows]),
            ("オンライン", [row.online or 0 for row in block.rows]),
        ):
            rows.append((name, [str(count) for count in people], str(sum(people))))

    def draw(pen: Pen) -> None:
        """Draw the table with its key."""
        width = layout.text_width
        pen.rule(0, 0, width, HEAVY)
        for number, row in enumerate(block.rows):
            _key(pen, lefts[number], shares[number], top, names[number], row, greys[number])
        pen.text(width - _PADDING, top / 2 + 1.05, "計", NOTE_BOLD, "right")
        for count, (name, values, total) in enumerate(rows):
            base = top + row_height * count
            pen.rule(0, base, width, *((HEAD_RULE, 0.0) if count == 0 else (HAIR, HAIR_GREY)))
            pen.text(1.2, base + row_height - 1.35, name, SMALL)
            for number, value in enumerate(values):
                centre = lefts[number] + shares[number] / 2
                pen.digits(centre + 4.0, base + row_height - 1.25, value, CELL)
            pen.digits(width - _PADDING, base + row_height - 1.25, total, Style("bold", 9))
        pen.rule(0, top + len(rows) * row_height, width, HEAVY)

    return top + len(rows) * row_height, draw


def _key_rows(block: TallyChart, people: str = "人数", before: str = "") -> list[tuple[str, list[str], str]]:
    """Return the rows of people and percentages of a band, named ``people``, and ％ after what stands ``before``."""
    percent = f"{before}％（参考）" if block.reference_only else f"{before}％"
    return [
        (people, [str(row.count) for row in block.rows], str(sum(row.count for row in block.rows))),
        (percent, [row.percent for row in block.rows], "100.0" if block.base else ""),
    ]


def _beside_sign(sign: str, name: str, room: float, layout: Layout) -> list[str]:
    """Break the name of an option into lines, its number never alone on one."""
    first, *more = layout.lines(name, NOTE, room - layout.width(sign, NOTE)) or [""]
    return [sign + first, *more]


def _shares(wanted: Sequence[float], room: float) -> list[float]:
    """Return the column widths of a key: equal if each name fits, else by the names, the longest cut to the room."""
    equal = room / max(len(wanted), 1)
    if max(wanted, default=0.0) <= equal:
        return [equal for _ in wanted]
    shares = [max(width, _LEAST_SHARE) for width in wanted]
    left = room - sum(shares)
    if left >= 0:
        return [share + left / len(shares) for share in shares]
    # The longest go over to a second line, all at the same width; nobody gets less than an equal part wants.
    shorter = sorted(shares)
    for number, share in enumerate(shorter):
        longest = (room - sum(shorter[:number])) / (len(shorter) - number)
        if share > longest:
            return [min(one, longest) for one in shares]
    return shares


def _key(pen: Pen, x: float, share: float, height: float, names: list[str], row: TallyRow, grey: float) -> None:
    """Draw the entry of one row in the key below the stacked bar."""
    widest = max((pen.width(name, NOTE) for name in names), default=0.0)
    left = x + (share - widest - 3.6) / 2
    middle = height / 2
    _swatch(pen, left, middle - 1.3, 2.6, 2.6, row, grey)
    pen.centred(left + 3.4, middle + 0.95, 3.1, names, NOTE)


def bars(block: TallyChart, layout: Layout) -> Body:
    """Lay out the table with its bars; returns the height in mm and the drawing."""
    widest = max((layout.width(row.number, CELL) for row in block.rows), default=0.0)
    name_left = max(5.2, widest + 2.8) if widest else 1.2
    names = [layout.lines(row.text, CELL, 62 - name_left) for row in block.rows]
    heights = [max(layout.density.bar_row, 4.1 * len(lines) + layout.density.bar_padding) for lines in names]
    apart = any(row.paper is not None for row in block.rows)
    bar_left = _WITH_WAYS if apart else _WITHOUT
    full = layout.text_width - bar_left - 1.0
    per_hundred = max(block.base, 1)
    head = 4.9

    def draw(pen: Pen) -> None:
        """Draw the headings, the rows and their bars."""
        width = layout.text_width
        body = sum(heights)
        pen.rule(0, 0, width, HEAVY)
        _bar_heading(pen, 3.5, bar_left, full, block)
        pen.rule(0, head, width, HEAD_RULE)
        for quarter in range(1, 5):
            at = bar_left + full * quarter / 4
            pen.dashed(at, head, at, head + body, 0.4, HAIR_GREY, (0.6, 2.2))
        top = head
        for number, row in enumerate(block.rows):
            if number and row.kind in _SPECIAL and block.rows[number - 1].kind not in _SPECIAL:
                pen.dashed(0, top, width, top, 0.5, 0, (2, 1.6))
            _bar_names(pen, top, heights[number], names[number], row, name_left)
            if apart:
                _draw_channels(pen, top + heights[number] / 2, row)
            _bar(pen, bar_left, top + heights[number] / 2, full * min(row.count / per_hundred, 1.0), row)
            top += heights[number]
        pen.vertical_rule(bar_left, head, body, 0.5)
        pen.rule(0, head + body, width, HEAVY)

    return head + sum(heights), draw


def _bar_heading(pen: Pen, base: float, bar_left: float, full: float, block: TallyChart) -> None:
    title = "回答" if block.type.is_number else "選択肢（多い順）" if _shows_counts(block) else "選択肢"
    pen.text(1.2, base, title, NOTE_BOLD)
    pen.text(73, base, "人数", NOTE_BOLD, "right")
    pen.text(87, base, "％（参考）" if block.reference_only else "％", NOTE_BOLD, "right")
    if bar_left == _WITH_WAYS:
        pen.text(_PAPER_RIGHT, base, "紙", NOTE, "right")
        pen.text(_ONLINE_RIGHT, base, "オンライン", NOTE, "right")
    for quarter, word in enumerate(("0", "25", "50", "75", "100％")):
        at = bar_left + full * quarter / 4
        if quarter == 4:
            pen.text(at + 1.0, base, word, NOTE, "right")
        else:
            pen.text(at, base, word, NOTE, "center")


def _shows_counts(block: TallyChart) -> bool:
    """Return whether the options stand in order of their counts, the largest first."""
    counts = [row.count for row in block.rows if row.kind == "option"]
    return all(first >= second for first, second in pairwise(counts))


def _bar_names(pen: Pen, top: float, height: float, names: list[str], row: TallyRow, name_left: float) -> None:
    first = top + height / 2 + 1.15 - 4.1 * (len(names) - 1) / 2
    pen.text(1.2, first, row.number, CELL)
    pen.lines(name_left, first, 4.1, names, CELL)
    pen.digits(73, first, str(row.count), Style("gothic", 9.5))
    pen.digits(87, first, row.percent, Style("gothic", 9.5))


def _draw_channels(pen: Pen, middle: float, row: TallyRow) -> None:
    """Write how many answered on paper and online."""
    pen.digits(_PAPER_RIGHT, middle + 1.15, str(row.paper or 0), NOTE)
    pen.digits(_ONLINE_RIGHT, middle + 1.15, str(row.online or 0), NOTE)


def _bar(pen: Pen, x: float, middle: float, width: float, row: TallyRow) -> None:
    """Draw one horizontal bar, hatched for rows that are no options."""
    if width <= 0:
        return
    special = row.kind in _SPECIAL
    pen.box(x, middle - 1.8, width, 3.6, 0.5, fill=1.0 if special else _BAR_GREY)
    if special:
        pen.hatch(x, middle - 1.8, width, 3.6)


def tally_chart(block: TallyChart, layout: Layout) -> list[Piece]:
    """Lay out one question as a single piece, so that chart, table and note stay on one page."""
    title_height, draw_title = _title(block, layout)
    as_band = block.type.takes_one and len(block.rows) <= _BAND_OPTIONS
    body_height, draw_body = band(block, layout) if as_band else bars(block, layout)
    note = layout.note(block.note) if block.note else None

    def draw(pen: Pen) -> None:
        """Draw the title, the chart and the note."""
        draw_title(pen)
        pen.tags.begin_part()
        with pen.at(0, title_height):
            draw_body(pen)
        if note:
            pen.tags.begin_part()
            with pen.at(0, title_height + body_height + 0.9):
                note.draw(pen)

    height = title_height + body_height + (note.height + 0.9 if note else 0)
    return [Piece(height, draw, space=layout.density.between_charts, tag=Tag("H4"))]


def _title(block: TallyChart, layout: Layout) -> Body:
    """Lay out the title line of a tally: number, question, base and sum."""
    mark = "（参考値）" if block.reference_only else ""
    total = (
        f"{block.sum_label}　{block.sum_count}人　{with_percent_sign(block.sum_percent)}{mark}"
        if block.sum_label
        else ""
    )
    hint = f"{TALLIED_AS[block.type]}　ｎ＝{block.base}"
    offset = max(11.0, layout.width(block.code, _QUESTION) + 2.4) if block.code else 0.0
    right = layout.width(total, _QUESTION) + 4 if total else 0.0
    hint_width = layout.width(hint, SMALL) + 3
    lines = layout.lines(block.title, _QUESTION, layout.text_width - offset - right - hint_width)

    def draw(pen: Pen) -> None:
        """Draw the title line."""
        pen.text(0, 3.9, block.code, _QUESTION)
        pen.lines(offset, 3.9, 4.8, lines, _QUESTION)
        pen.text(offset + pen.width(lines[-1], _QUESTION) + 2.4, 3.9 + 4.8 * (len(lines) - 1), hint, SMALL)
        pen.text(layout.text_width, 3.9, total, _QUESTION, "right")

    return 5.6 + 4.8 * (len(lines) - 1), draw


def paired_bands(block: PairedBands, layout: Layout) -> list[Piece]:
    """Lay out two bands of equal width, each with its name and sum above it, over one table in a single piece.

    A note is a second piece, kept with it.
    """
    rows = [
        row
        for label, chart in zip(block.labels, block.charts, strict=True)
        for row in _key_rows(chart, f"{label}　人数", "　　")
    ]
    newest = block.charts[1]
    greys = [_grey(newest, number) for number in range(len(newest.rows))]
    key_height, draw_key = _key_table(newest, greys, layout, rows)
    high = layout.density.band
    one = _ABOVE + high + layout.density.between_charts - 0.8

    def draw(pen: Pen) -> None:
        """Draw both bands and the table."""
        for number, (label, chart) in enumerate(zip(block.labels, block.charts, strict=True)):
            top = one * number
            pen.text(0, top + 3.6, f"{label}　ｎ＝{chart.base}", NOTE_BOLD)
            if chart.sum_label:
                told = f"{chart.sum_label}　{chart.sum_count}人　{with_percent_sign(chart.sum_percent)}"
                pen.text(layout.text_width, top + 3.6, told, NOTE_BOLD, "right")
            _segments(pen, top + _ABOVE, (layout.text_width, high), chart.rows, greys)
        with pen.at(0, 2 * one):
            draw_key(pen)

    made = Piece(2 * one + key_height, draw, space=1.6, keep_with_next=bool(block.note), tag=Tag("P"))
    return [made, *([layout.note(block.note)] if block.note else [])]
