"""Letters that show nothing: no name is made of them, and a cell of them alone is empty."""

from __future__ import annotations

import pytest

from app.acts.refusal import Refusal
from app.common.blank_letters import BLANK_LETTERS
from app.common.written_texts import odd_in_name, refuse_unwritable
from app.foreign_files.cells.telltale_texts import says_nothing_at_all


@pytest.mark.parametrize("sign", BLANK_LETTERS)
def test_a_letter_that_shows_nothing_is_named_before_anything_is_printed(sign):
    assert sign.isprintable(), "Python takes it for a letter like any other"
    for name in (sign, f"見本{sign}花子"):
        assert odd_in_name(name) == f"目に見えない符号か、印刷できない字（U+{ord(sign):04X}）がある"
        with pytest.raises(Refusal, match="保存できません"):
            refuse_unwritable({"氏名": name})
    assert odd_in_name("見本　花子") == ""


@pytest.mark.parametrize("cell", [*BLANK_LETTERS, f" {BLANK_LETTERS}　", "\u200b\u3164", "\x1a", "", "　"])
def test_a_cell_of_them_alone_holds_nothing(cell):
    assert says_nothing_at_all(cell)
    assert not says_nothing_at_all(f"{cell}みほん")
