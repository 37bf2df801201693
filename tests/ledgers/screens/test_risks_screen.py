"""The twelve risks on the screen of the check lists: in their own words, by digit."""

from app.ledgers.screens.check_sheet_screen import CheckSheetScreen
from app.ledgers.services.check_lists import read_sheets
from tests.support.doing import do
from tests.support.sample_desk import session, shown


def test_the_list_says_its_own_four_words_and_shows_what_was_lowered(qtbot, tmp_path):
    with session(tmp_path) as desk:
        (sheet,) = read_sheets(desk.store.database, 1, "cloud_risks")
        screen = shown(qtbot, CheckSheetScreen(desk), desk, ledger="cloud_risks", sheet_id=sheet.id)
        words = screen.form.editor("word")
        assert [words.itemText(at) for at in range(words.count())] == [
            "—", "1 許容", "2 許容できない", "3 要確認", "4 低減して許容",
        ]  # fmt: skip
        assert "1 許容　2 許容できない　3 要確認　4 低減して許容" in screen.table.count_line.text()
        do(qtbot, desk, screen.table.choose, lambda one: one.item.key == "8", take_focus=False)
        assert screen.form.value("measure").startswith("紙の用紙も配り")
        assert screen.form.value("word") == "対象外"
