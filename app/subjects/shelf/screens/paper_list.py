"""The papers of one event in a list: ready ones with how they stand, the others with what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from app.papers.services.paper_kind import Shelf
from app.papers.services.paper_shelf import PaperRow
from app.widgets.fitted_table import FittedTable
from app.widgets.record_columns import Cell, Column


def paper_list() -> FittedTable:
    """The list; Enter or a click shows the paper."""
    return FittedTable(
        "documents-papers",
        (Column(key="paper", title="帳票", show=_cell, stretch=True, sortable=False),),
        title="帳票",
        empty="この年度の実施回は、まだありません。",
        group=lambda row: row.shelf,
        head=False,
    )


def by_shelf(rows: Sequence[PaperRow]) -> tuple[PaperRow, ...]:
    """Return the papers shelf by shelf, each shelf in its own order."""
    order = get_args(Shelf)
    return tuple(sorted(rows, key=lambda row: order.index(row.shelf)))


def _cell(row: PaperRow) -> Cell:
    form = row.letter.form if row.letter is not None else ""
    state = f"（{row.letter.state}）" if row.letter is not None and form == "公文書" else ""
    lines = [row.state, f"{form}{state}" if form else "", row.left_words]
    return Cell(
        text=row.kind,
        strong=row.ready,
        tone="" if row.ready else "second",
        icon="file-text" if row.ready else "circle",
        second="\n".join(line for line in lines if line),
    )
