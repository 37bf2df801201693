"""Numbers of documents as the ward writes them: a bare one gets the 文書記号, no 第 stands twice."""

import pytest

from app.programme.rules import blank_number, full_number, number_preview, symbol_preview

SYMBOLS = ("8練地協", "8練地協第", " 8練地協第 ", "8練地協第　号", "8練地協第○○号")


@pytest.mark.parametrize("symbol", SYMBOLS)
@pytest.mark.parametrize("typed", ["1234", "１２３４", "第1234号", "1234号", " 第1234 "])
def test_a_bare_number_gets_the_symbol_once(symbol, typed):
    assert full_number(symbol, typed) == "8練地協第1234号"


@pytest.mark.parametrize("typed", ["8練地協第391号", "8練地協収第24号", "８練地協第３９１号", "事務連絡"])
def test_what_is_typed_whole_stays_as_typed(typed):
    assert full_number("8練地協第", typed) == typed


def test_branches_and_offices_without_a_symbol():
    assert full_number("8練地協", "1234の2") == "8練地協第1234号の2"
    assert full_number("8練地協", "第1234号の2") == "8練地協第1234号の2"
    assert full_number("8練地協", "1234-2") == "8練地協第1234-2号"
    for stroke in "－ー−–":  # what the kana keyboard gives
        assert full_number("8練地協", f"１２３４{stroke}２") == "8練地協第1234-2号"
    assert full_number("", "1234") == "1234"


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_before_the_decision_there_is_room_for_the_number(symbol):
    assert blank_number(symbol) == "8練地協第　　　　　号"
    assert "「8練地協第1234号」" in symbol_preview(symbol)


def test_what_is_typed_is_read_back():
    assert number_preview("8練地協", "56") == "「8練地協第56号」と印字します。"
    assert "「8練地協第1234号」" in number_preview("8練地協第", "")
    assert number_preview("", "56") == "「56」と印字します。"
