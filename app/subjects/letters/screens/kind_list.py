"""The kinds of letter and recruitment paper of an event in their two groups."""

from __future__ import annotations

from app.papers.services.paper_shelf import PaperRow
from app.subjects.letters.services.letters import group_of
from app.widgets.fitted_table import FittedTable
from app.widgets.record_columns import Cell, Column


def kind_list() -> FittedTable:
    """The list; a click or the arrow keys show a paper."""
    return FittedTable(
        "letters-kinds",
        (Column(key="kind", title="書類", show=_cell, stretch=True, sortable=False),),
        title="書類",
        empty="この実施回で作成する書類はありません。",
        group=lambda row: group_of(row.kind),
        head=False,
    )


def _cell(row: PaperRow) -> Cell:
    letter = row.letter
    state = letter.state if letter is not None and letter.form == "公文書" and row.ready else ""
    words = [row.state if row.ready else "", state, row.left_words]
    return Cell(
        text=row.kind,
        strong=row.ready,
        tone="" if row.ready else "second",
        second="　".join(part for part in words if part),
        tip="" if row.ready else row.state,
    )
