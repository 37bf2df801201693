"""The 受付名簿 as a sheet: one person a row, 氏名 and ふりがな in columns of their own, so that it can be sorted."""

from __future__ import annotations

from app.papers.blocks import Column, RosterList, Table
from app.papers.excel.grid import Strip
from app.papers.excel.looks import HAIR, Look
from app.papers.excel.sheet_pen import SheetPen
from app.papers.excel.tables import draw_table, table_strip

_COLUMNS = (
    Column(title="No", width=9, align="center"),
    Column(title="受付", width=11, tick=True),
    Column(title="団体", width=62),
    Column(title="支部", width=20),
    Column(title="氏名", width=36),
    Column(title="ふりがな", width=38),
    Column(title="役職", width=23),
    Column(title="端末", width=12, align="center"),
    Column(title="班", width=9, align="center"),
    Column(title="配慮", width=11, align="center"),
    Column(title="撮影", width=17, align="center"),
    Column(title="備考", width=13),
)
_GROUP = "班"
# Twenty people, their heading and the lines below on one sheet of A4.
_ROW_POINTS, _USUAL_POINTS = 17.25, 21.0


def as_table(block: RosterList) -> Table:
    """Return the roster as a table of its own columns."""
    columns = tuple(column for column in _COLUMNS if block.grouped or column.title != _GROUP)
    rows = []
    for line in block.lines:
        cells = {
            "No": line.number, "団体": line.organisation, "支部": line.branch, "氏名": line.name,
            "ふりがな": line.reading, "役職": line.role, "端末": line.device, _GROUP: line.group,
            "配慮": "●" if line.care else "", "撮影": "撮影不可" if line.no_photo else "", "備考": line.note,
        }  # fmt: skip
        rows.append(tuple(cells.get(column.title, "") for column in columns))
    return Table(name="受付名簿", columns=columns, rows=tuple(rows), ruled=True)


def roster_strip(block: RosterList, page_mm: float) -> Strip:
    """Return the columns the roster wants."""
    return table_strip(as_table(block), page_mm, letter=False)


def draw_roster(pen: SheetPen, block: RosterList, page_mm: float) -> None:
    """Draw the people, the totals, what is counted at the door, and lines for those who just come."""
    table = as_table(block)
    first = pen.row + 1
    draw_table(pen, table, roster_strip(block, page_mm))
    for row in range(first, first + len(block.lines)):
        if pen.heights.get(row, 0.0) <= _USUAL_POINTS:
            pen.heights[row] = _ROW_POINTS
    counted = "　　".join(f"{label}　　　　　{unit}" for label, unit in block.counted)
    pen.running("　　　　".join(part for part in (block.totals, counted) if part), Look(size=9.0), 15.75)
    for number in range(1, block.walk_ins + 1):
        whole = pen.whole()
        pen.spread(
            pen.row, whole, f"当日受付　{number}　団体　　　　　　　　　　　　　　　　　　　　　　　　　氏名（ふりがな）",
            Look(size=9.0, bottom=HAIR), 18.0,
        )  # fmt: skip
        pen.row += 1
