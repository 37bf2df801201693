"""Cells are looked through a column or a row at a time; what is found is what each cell says by itself."""

from __future__ import annotations

import pytest

from app.foreign_files.cells.telltale_texts import formula_in_row, starts_like_formula
from app.subjects.events.applications.intake.application_cells import (
    FIELDS_THAT_SPEAK,
    NOTHING_SAID,
    cell_says,
    column_says,
)

TEXTS = (
    "", " ", "見本　花子", "見本??", "テスト送信です", "=1+2", "＝1", "+81 3 0000 0000", "-見本", "@見本", "'=1",
    "\t=1", "ミホン",
    "漢字", "見本、見本", "取消", "キャンセル", "03-0000-0001", "😀", "a\x00=b", "他2名", "同上", "車いす?",
)  # fmt: skip


@pytest.mark.parametrize("field", sorted(FIELDS_THAT_SPEAK))
@pytest.mark.parametrize("lossy", [True, False])
def test_a_column_says_what_its_cells_say(field, lossy):
    each = {text: cell_says(text, field, lossy=lossy) for text in TEXTS}

    assert column_says(TEXTS, field, lossy=lossy) == {
        text: said for text, said in each.items() if said is not NOTHING_SAID
    }


@pytest.mark.parametrize("text", TEXTS)
def test_a_row_holds_a_formula_where_one_of_its_cells_does(text):
    for cells in ([text], ["見本", text], [text, ""], ["", text, "03-0000-0001"], []):
        assert formula_in_row(cells) == any(map(starts_like_formula, cells)), cells
