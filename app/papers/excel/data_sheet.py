"""Turns rows meant for a workbook alone into a sheet of their own: wide columns, a filter, a fixed heading."""

from __future__ import annotations

from app.papers.blocks import Block, Column, Paragraph, Table, Title
from app.papers.data_blocks import DataSheet
from app.papers.excel.measure import CELL_PADDING, INDENT, text_width
from app.papers.excel.page import LANDSCAPE_MM

_MM = 25.4 / 72
_WIDEST = 75.0
_NARROWEST = 13.0
_ARROW = 14.0


def data_blocks(block: DataSheet) -> tuple[tuple[Block, ...], float]:
    """Return the blocks of the sheet and its width in mm; no column is squeezed, the print is one page wide."""
    columns = tuple(
        Column(title=heading, width=_width(heading, [row[place] for row in block.rows]),
               align="right" if place in block.numbers else "left")
        for place, heading in enumerate(block.columns)
    )  # fmt: skip
    whole = sum(column.width for column in columns)
    table = Table(name=block.sheet, columns=columns, rows=block.rows)
    notes = tuple(Paragraph(text=note, style="note") for note in block.notes)
    return (Title(text=block.title, lead=block.lead), table, *notes), max(whole, LANDSCAPE_MM)


def _width(heading: str, texts: list[str]) -> float:
    longest = max((text_width(text, 10.0) for text in texts), default=0.0)
    wished = max(longest, text_width(heading, 9.0) + _ARROW) + CELL_PADDING + INDENT + 2.0
    return min(max(wished * _MM, _NARROWEST), _WIDEST)
