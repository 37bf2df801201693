"""Turns address labels into the list they are in a workbook: one addressee a row, one fact a column."""

from __future__ import annotations

from app.papers.blocks import Column, Table
from app.papers.handout_blocks import LabelSheet

_COLUMNS = (
    Column(title="No", width=9, align="center"),
    Column(title="郵便番号", width=23),
    Column(title="住所", width=42),
    Column(title="団体", width=40),
    Column(title="宛名", width=39),
    Column(title="表示", width=12, align="center"),
)


def label_table(block: LabelSheet) -> Table:
    """Return the labels as a table that staff sort and use for a mail merge."""
    return Table(
        name="宛名",
        columns=_COLUMNS,
        rows=tuple(
            (str(number), one.postal_code, one.address, one.organisation, one.person, one.mark)
            for number, one in enumerate(block.labels, start=1)
        ),
    )
