"""The papers of one event in a list: ready ones with how they stand, the others with what is missing."""

from __future__ import annotations

from app.services.paper_shelf import PaperRow
from app.ui.widgets.fitted_table import FittedTable
from app.ui.widgets.record_columns import Cell, Column


def paper_list() -> FittedTable:
    """The list; Enter or a click shows the paper."""
    return FittedTable(
        "documents-papers",
        (Column(key="paper", title="帳票", show=_cell, stretch=True, sortable=False),),
        title="帳票",
        empty="この年度の実施回は、まだありません。",
        head=False,
    )


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
