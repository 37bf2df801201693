"""Draws the blocks with a special shape: the scale of a 派遣, the discussion of a 班, and the parts of a flyer."""

from __future__ import annotations

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import GroupFlow, StageChart, StageLine
from app.documents.excel.grid import BlockColumns, ColumnSlot, Span
from app.documents.excel.looks import GREY_GROUP, GREY_LABEL, HAIR, HEAVY, LINE, Look
from app.documents.excel.running_text import draw_note
from app.documents.excel.sheet_pen import ColumnRange, SheetPen
from app.documents.excel.text_measure import split_tall_text, text_width
from app.documents.handout_blocks import Banner, HandoutItems, NoticeBox
from db.digits import is_digits

_TOOL_MM = 43.0
_TEXT_MM = 32.0
_LABEL_MM = 33.0
_SIZE, _LARGE = 14.0, 16.0


def stage_columns(chart: StageChart, page_mm: float) -> BlockColumns:
    """Return the columns of tool, each word of the scale, and the words of the change."""
    step = (page_mm - _TOOL_MM - _TEXT_MM) / max(len(chart.words), 1)
    return BlockColumns((
        ColumnSlot(_TOOL_MM, tuple(text_width(line.tool, 10.0) for line in chart.lines)),
        *(ColumnSlot(step, (text_width(word, 8.0),)) for word in chart.words),
        ColumnSlot(_TEXT_MM, tuple(text_width(line.text, 10.0) for line in chart.lines)),
    ))  # fmt: skip


def draw_stages(pen: SheetPen, chart: StageChart, places: list[Span]) -> None:
    """Draw one row per tool: ○ before, ● after, an arrow in the cells between; the block is never split."""
    tool, *scale, change = places
    first = pen.row
    head = Look(size=9.0, bold=True, top=HEAVY, bottom=LINE)
    pen.write_over_span(tool, "ツール", head, 20.0)
    for stage, (span, word) in enumerate(zip(scale, chart.words, strict=True)):
        text = word if is_digits(word[:1]) else f"{stage}\n{word}"
        pen.write_over_span(span, text, head._replace(size=8.0, align="center"), 27.0)
    pen.write_over_span(change, "前 → 後", head._replace(align="right"), 20.0)
    pen.row += 1
    for number, line in enumerate(chart.lines):
        look = Look(bottom=HEAVY if number == len(chart.lines) - 1 else HAIR)
        pen.write_over_span(tool, line.tool, look, 22.5)
        for stage, span in enumerate(scale):
            pen.write_over_span(span, _mark(line, stage), look._replace(align="center", size=11.0), 22.5)
        pen.write_over_span(change, line.text, look._replace(align="right"), 22.5)
        pen.row += 1
    if chart.lines:
        for title, span, at_end in (("ツール", tool, False), ("前 → 後", change, True)):
            pen.columns[chart.name, title] = ColumnRange(span.last if at_end else span.first, first + 1, pen.row - 1)
    draw_note(pen, chart.note)
    pen.end_block(first, 6.0)


def _mark(line: StageLine, stage: int) -> str:
    """Return the mark on the scale at ``stage``: ○ before, ● after, an arrow between them, else ""."""
    marks = ("○" if line.before == stage else "") + ("●" if line.after == stage else "")
    if marks or line.before is None or line.after is None:
        return marks
    if line.before < stage < line.after:
        return "→"
    return "←" if line.after < stage < line.before else ""


def flow_columns(flow: GroupFlow, page_mm: float) -> BlockColumns | None:
    """Return one column per step; None when no step is written."""
    if not flow.steps:
        return None
    width = page_mm / len(flow.steps)
    return BlockColumns(tuple(ColumnSlot(width, (text_width(text, 10.0),)) for _, text in flow.steps))


def draw_flow(pen: SheetPen, flow: GroupFlow, places: list[Span]) -> None:
    """Draw the grey bar of the 班 and its steps from left to right, joined by ▶."""
    first, last = pen.row, pen.grid.last
    bar = Look(size=11.0, bold=True, fill=GREY_GROUP, top=HEAVY)
    who = join_nonempty(flow.members, fill_nonempty("ファシリテーター　{}", flow.facilitator))
    pen.blank(pen.row, 1, last, bar)
    if last > 1 and text_width(flow.name, 11.0) + text_width(who, 9.0) + 8 < pen.grid.width(1, last):
        pen.text(pen.row, 1, flow.name, bar)
        pen.text(pen.row, last, who, bar._replace(size=9.0, bold=False, align="right"))
        pen.height(pen.row, 22.5)
        pen.row += 1
    else:
        pen.running_text(flow.name, bar, 22.5)
        pen.running_text(who, Look(size=9.0, fill=GREY_GROUP), 18.0)
    pieces = []
    for number, ((name, text), span) in enumerate(zip(flow.steps, places, strict=True)):
        title = name if number == 0 else f"▶　{name}"
        pen.write_over_span(span, title, Look(size=9.0, bold=True, bottom=LINE, indent=1 if number else 0), 20.0)
        pieces.append(split_tall_text(text, pen.grid.width(span.first, span.last), 10.0))
    pen.row += 1
    parts = max(map(len, pieces), default=0)
    for part in range(parts):
        for number, (texts, span) in enumerate(zip(pieces, places, strict=True)):
            look = Look(valign="top", bottom=HEAVY if part == parts - 1 else "", indent=1 if number else 0)
            pen.write_over_span(span, texts[part] if part < len(texts) else "", look, 24.0)
        pen.row += 1
    draw_note(pen, flow.note)
    pen.end_block(first, 9.0)


def draw_banner(pen: SheetPen, block: Banner) -> None:
    """Draw the head of a flyer, each part centred in its own row, the headline between two heavy rules."""
    first = pen.row
    if block.above:
        pen.running_text(block.above, Look(size=13.0, bold=True, align="center"), 24.0)
    pen.running_text(block.headline, Look(size=26.0, bold=True, align="center", top=HEAVY, bottom=HEAVY), 48.0)
    if block.below:
        pen.running_text(block.below, Look(size=14.0, bold=True, align="center"), 27.0)
    if block.lead:
        pen.running_text(block.lead, Look(size=12.0, valign="top"), 24.0, even=True)
    pen.space(6.0)
    pen.keep_together(first, pen.row)


def handout_items_columns(block: HandoutItems, page_mm: float) -> BlockColumns:
    """Return the label column and the value column."""
    return BlockColumns(
        (
            ColumnSlot(_LABEL_MM, tuple(text_width(label, 12.0) for label, _ in block.rows)),
            ColumnSlot(page_mm - _LABEL_MM, tuple(text_width(value, _SIZE) for _, value in block.rows)),
        )
    )


def draw_handout_items(pen: SheetPen, block: HandoutItems, places: list[Span]) -> None:
    """Draw grey labels and large values; a value stands in one cell with all its lines."""
    label, value = places
    for number, (name, text) in enumerate(block.rows):
        large = number in block.large
        size = _LARGE if large else _SIZE
        for part, piece in enumerate(split_tall_text(text, pen.grid.width(value.first, value.last), size)):
            grey = Look(size=12.0, bold=True, fill=GREY_LABEL, bottom=HAIR)
            pen.write_over_span(label, name if part == 0 else "", grey, 27.0)
            pen.write_over_span(value, piece, Look(size=size, bold=large, bottom=HAIR), 27.0)
            pen.row += 1
    pen.space(6.0)


def draw_notice_box(pen: SheetPen, block: NoticeBox) -> None:
    """Draw a title and its text between two rules; they stay on one page."""
    first = pen.row
    if block.title:
        pen.running_text(block.title, Look(size=12.0, bold=True, top=LINE), 24.0)
    top = "" if block.title else LINE
    text = f"{block.text}\n{block.url}" if block.url else block.text
    pen.running_text(text, Look(size=11.0, bold=block.strong, valign="top", top=top, bottom=LINE), 20.0, even=True)
    pen.end_block(first, 6.0)
