"""Letters that show nothing: no name is made of them, and a cell of them alone is empty."""

import pytest

from app.actions.user_error import UserError
from app.common.blank_characters import BLANK_CHARACTERS
from app.common.text_rules import check_writable_texts, name_problem
from app.foreign_files.cells.suspicious_texts import is_blank


@pytest.mark.parametrize("sign", BLANK_CHARACTERS)
def test_a_letter_that_shows_nothing_is_named_before_anything_is_printed(sign):
    assert sign.isprintable(), "Python takes it for a letter like any other"
    for name in (sign, f"見本{sign}花子"):
        assert name_problem(name) == f"目に見えない符号か、印刷できない字（U+{ord(sign):04X}）がある"
        with pytest.raises(UserError, match="保存できません"):
            check_writable_texts({"氏名": name})
    assert name_problem("見本　花子") == ""


@pytest.mark.parametrize("cell", [*BLANK_CHARACTERS, f" {BLANK_CHARACTERS}　", "\u200b\u3164", "\x1a", "", "　"])
def test_a_cell_of_them_alone_holds_nothing(cell):
    assert is_blank(cell)
    assert not is_blank(f"{cell}みほん")
