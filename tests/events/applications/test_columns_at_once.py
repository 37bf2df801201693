"""Cells are looked through a column or a row at a time; what is found is what each cell says by itself."""

import pytest

from app.events.applications.intake.application_cells import CHECKED_FIELDS, NO_FINDINGS, cell_findings, column_findings
from app.foreign_files.cells.suspicious_texts import has_formula, starts_like_formula

TEXTS = (
    "", " ", "見本　花子", "見本??", "テスト送信です", "=1+2", "＝1", "+81 3 0000 0000", "-見本", "@見本", "'=1",
    "\t=1", "ミホン",
    "漢字", "見本、見本", "取消", "キャンセル", "03-0000-0001", "😀", "a\x00=b", "他2名", "同上", "車いす?",
)  # fmt: skip


@pytest.mark.parametrize("field", sorted(CHECKED_FIELDS))
@pytest.mark.parametrize("lossy", [True, False])
def test_a_column_says_what_its_cells_say(field, lossy):
    each = {text: cell_findings(text, field, lossy=lossy) for text in TEXTS}

    assert column_findings(TEXTS, field, lossy=lossy) == {
        text: said for text, said in each.items() if said is not NO_FINDINGS
    }


@pytest.mark.parametrize("text", TEXTS)
def test_a_row_holds_a_formula_where_one_of_its_cells_does(text):
    for cells in ([text], ["見本", text], [text, ""], ["", text, "03-0000-0001"], []):
        assert has_formula(cells) == any(map(starts_like_formula, cells)), cells
