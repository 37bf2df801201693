"""What was copied here goes at the lock and after a while; a text to paste stays, and so does what others copied."""

from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.widgets.display_texts import path_words
from app.widgets.labels import Paragraph
from app.window import clipboard as board


@pytest.fixture(autouse=True)
def owned(monkeypatch):
    """Without a screen the system does not say whose the content is: here it is ours."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)


def _text() -> str:
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("copy", ["row", "field"])
def test_rows_and_texts_of_fields_go_and_a_text_to_paste_stays(qtbot, copy):
    if copy == "row":
        board.copy_personal("髙橋 恵子\t03-0000-0101")
        assert "CanUploadToCloudClipboard" in QGuiApplication.clipboard().mimeData().formats()
    else:
        field = QLineEdit("03-0000-0101")
        qtbot.addWidget(field)
        field.selectAll()
        field.copy()
    assert "03-0000-0101" in _text()
    board.clear_own_text()
    assert _text() == ""
    board.copy_for_pasting("日程の変更について")
    board.clear_own_text()
    assert _text() == "日程の変更について"


def test_it_goes_by_itself_after_a_while_counted_from_the_last_copy(qtbot, monkeypatch):
    monkeypatch.setattr(board, "CLEAR_AFTER_MS", 60)
    keeper = board.ClipboardCleaner()
    board.copy_personal("1人目")
    board.copy_personal("2人目")
    qtbot.waitUntil(lambda: _text() == "")
    keeper.deleteLater()


def test_a_path_copied_from_the_screen_is_the_folders_own(qtbot):
    keeper = board.ClipboardCleaner()
    shown = Paragraph(f"復元先　{path_words(Path('/共有/デジ活デスク'))}　見\u200b本")
    qtbot.addWidget(shown)
    shown.setFocus()
    shown.setSelection(0, len(shown.text()))
    QTest.keySequence(shown, QKeySequence.StandardKey.Copy)
    assert _text() == "復元先　/共有/デジ活デスク　見\u200b本"
    keeper.deleteLater()


def test_what_another_program_copied_stays(monkeypatch):
    board.copy_personal("よそで写したもの")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: False)
    board.clear_own_text()
    assert _text() == "よそで写したもの"


def test_nothing_else_puts_texts_on_the_clipboard(project_folder: Path):
    """Whoever copies says whether it may stay: by one of the two functions."""
    direct = [
        path.name
        for path in (project_folder / "app").rglob("*.py")
        if "clipboard().set" in path.read_text(encoding="utf-8")
    ]
    assert direct == ["clipboard.py"]
