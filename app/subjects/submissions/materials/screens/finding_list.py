"""The list of findings beside the pages of a handout."""

from __future__ import annotations

from app.subjects.submissions.materials.screens.material_detail import (
    STATE,
    FindingLine,
    page_words,
    state_cell,
)
from app.subjects.submissions.materials.screens.page_marks import (
    mark_words,
)
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable


def _text(line: FindingLine) -> Cell:
    answer = line.finding.response
    return Cell(line.finding.text, f"対応：{answer}" if answer else "")


def finding_list() -> RecordTable:
    """Return the list; Enter and F2 edit a finding, Space marks it as corrected, Delete removes it."""
    return RecordTable(
        "findings-check",
        (
            Column("mark", "印", width=38, show=mark_words, sortable=False),
            Column(
                "page",
                "ページ",
                width=52,
                show=lambda line: Cell(page_words(line.finding.page), strong=True),
            ),
            Column("duty", "区分", width=60, show=lambda line: line.finding.duty),
            Column("basis", "根拠", width=104, show=lambda line: line.finding.basis, min_list_width=520),
            Column("text", "指摘", show=_text, stretch=True),
            Column(STATE, "修正", width=82, show=state_cell),
        ),
        title="指摘",
        empty="指摘はありません。下の行に書くと、ここに並びます。",
        filtered=False,
        foot=False,
    )
