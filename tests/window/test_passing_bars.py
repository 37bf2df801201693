"""What was just done, and who else is here, is said where nothing moves for it."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel

from app.main_window import status_bars
from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.main_window.status_bars import UndoBar
from app.widgets.screen import Screen
from app.window.app_context import LockMessage
from app.window.style_sheet import apply_text_size
from tests.support.dressing import dress


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    for place, under in (("home", ""), ("events", ""), ("event", "events")):
        made.register_screen(
            ScreenEntry(screen_name=place, icon="house", title="画面", factory=Screen, parent_screen=under)
        )
    made.resize(1366, 768)
    made.show()
    made.go("home")
    return made


@pytest.mark.parametrize(
    "said", ["保存しました。", "資料「配布資料一式（テキスト、操作の手順書、別紙）」を確認済にしました。" * 3]
)
@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (911, 512)])
def test_what_was_just_done_is_said_in_the_top_bar_and_the_screen_reaches_to_the_foot(window, qtbot, said, size):
    """A strip of 36 px under every screen was kept for it before, without use for most of the day."""
    window.set_search(lambda: None)
    window.resize(*size)
    QApplication.processEvents()
    screen = window.screen_of("home")
    stands = screen.geometry()
    assert screen.mapTo(window, screen.rect().bottomLeft()).y() == window.rect().bottom()
    user = window.top_bar.user
    right = user.mapTo(window, user.rect().topLeft()).x()
    window.undo_bar.show_text(said, can_undo=True)
    qtbot.waitExposed(window.undo_bar)
    QApplication.processEvents()
    assert window.top_bar.rect().contains(window.undo_bar.geometry())
    assert window.undo_bar.width() >= 360
    assert screen.geometry() == stands
    assert user.mapTo(window, user.rect().topLeft()).x() == right

    window.undo_bar.hide()
    QApplication.processEvents()
    assert (window.top_bar.search.isVisible(), window.top_bar.saved.isVisible()) == (True, True)
    assert window.top_bar.search.width() > 300 or size != (1366, 768)
    assert screen.geometry() == stands


def test_a_band_that_comes_moves_nothing_until_another_page_is_shown(window, qtbot):
    screen = window.screen_of("home")
    top = screen.mapTo(window, screen.rect().topLeft()).y()
    window.lock_banner.show_state(LockMessage("見本さんが入力したいそうです。", tone="amber", actions=("give",)))
    QApplication.processEvents()
    assert screen.mapTo(window, screen.rect().topLeft()).y() == top
    assert window.lock_banner.mapTo(window, QPoint(0, 0)).y() == 0
    window.resize(window.width() - 100, window.height())
    qtbot.waitUntil(lambda: window.lock_banner.width() == window.top_bar.width())

    window.go("event", event_id=2)
    qtbot.waitUntil(lambda: window.lock_banner.mapTo(window, QPoint(0, 0)).y() == window.top_bar.height())
    page = window.shown_screen()
    assert page.mapTo(window, page.rect().topLeft()).y() == window.top_bar.height() + window.lock_banner.height()


def test_a_long_sentence_takes_two_small_lines_in_the_same_place(window):
    window.resize(1093, 614)
    words = next(part for part in window.undo_bar.findChildren(QLabel) if part.wordWrap())
    window.undo_bar.show_text("保存しました。", can_undo=True)
    assert words.property("role") == "body"
    window.undo_bar.show_text("資料「配布資料一式（テキスト、操作の手順書、別紙）」を確認済にしました。", can_undo=True)
    QApplication.processEvents()
    assert words.property("role") == "smallink"
    assert words.heightForWidth(words.width()) <= window.undo_bar.height()


def test_a_sentence_about_as_wide_as_its_room_is_read_whole(qtbot, qapp):
    dress(qapp)
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.show_text("第2回 意見交換会の参加者を決めました（決定20人、補欠3人）。", can_undo=True)
    words = next(part for part in bar.findChildren(QLabel) if part.wordWrap())
    roles = set()
    for width in range(440, 640):
        bar.resize(width, bar.height())
        roles.add(words.property("role"))
        assert words.heightForWidth(words.width()) <= bar.height() + 1, width
    assert roles == {"body", "smallink"}


@pytest.mark.parametrize(("letters", "size"), [("最大", (683, 384)), ("最大", (911, 512)), ("特大", (683, 384))])
def test_in_large_letters_and_a_narrow_window_what_was_done_is_read_whole(window, qapp, letters, size):
    apply_text_size(qapp, letters)
    try:
        window.setMinimumSize(0, 0)
        window.resize(*size)
        window.top_bar.show_years((2026, 2025), 2026)
        words = next(part for part in window.undo_bar.findChildren(QLabel) if part.wordWrap())
        window.undo_bar.show_text("「会場の使用承認」を済にしました。", can_undo=True)
        QApplication.processEvents()
        button = window.undo_bar.button
        assert words.heightForWidth(words.width()) <= window.undo_bar.height() + 1
        assert button.width() >= button.minimumSizeHint().width()
        assert not window.top_bar.year_button.isVisible()
        window.undo_bar.hide()
        QApplication.processEvents()
        assert window.top_bar.year_button.isVisible()
    finally:
        apply_text_size(qapp, "標準")


def test_what_was_taken_back_can_be_done_again_from_the_same_place(window, qtbot):
    window.undo_bar.show_text("「中止」を元に戻しました。", can_undo=False, can_redo=True)
    assert window.undo_bar.button.text() == "やり直す　Ctrl+Y"
    with qtbot.waitSignal(window.undo_bar.redo_asked):
        window.undo_bar.button.click()
    window.undo_bar.show_text("保存しました。", can_undo=True)
    assert window.undo_bar.button.text() == "元に戻す"
    with qtbot.waitSignal(window.undo_bar.undo_asked):
        window.undo_bar.button.click()


def test_what_was_said_of_a_screen_goes_with_it_but_not_what_led_here(window, monkeypatch):
    window.undo_bar.show_text("複写しました。", can_undo=True)
    window.go("event", event_id=2)
    assert window.undo_bar.isVisible()

    monkeypatch.setattr(status_bars, "_JUST_SHOWN_MS", -1)
    window.go("events")
    assert not window.undo_bar.isVisible()
