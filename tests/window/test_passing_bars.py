"""What was just done, and who else is here, is said where nothing moves for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel

from app.main_window import passing_bars
from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.widgets.screen import Screen
from app.window.desk import LockSaying


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    for place, under in (("home", ""), ("events", ""), ("event", "events")):
        made.register_screen(ScreenEntry(place=place, icon="house", title="画面", factory=Screen, under=under))
    made.resize(1366, 768)
    made.show()
    made.go("home")
    return made


@pytest.mark.parametrize(
    "said", ["保存しました。", "資料「配布資料一式（テキスト、操作の手順書、別紙）」を確認済にしました。" * 3]
)
def test_the_undo_bar_has_a_place_of_its_own_that_is_kept_empty_or_not(window, qtbot, said):
    screen = window.screen_of("home")
    tall = screen.height()
    foot = screen.mapTo(window, screen.rect().bottomLeft()).y()
    window.undo_bar.say(said, can_undo=True)
    qtbot.waitExposed(window.undo_bar)
    assert window.undo_bar.mapTo(window, window.undo_bar.rect().topLeft()).y() == foot + 2
    assert screen.height() == tall
    assert window.rect().bottom() == foot + 1 + window.undo_bar.height()

    window.undo_bar.hide()
    assert screen.height() == tall


def test_a_band_that_comes_moves_nothing_until_another_page_is_shown(window, qtbot):
    screen = window.screen_of("home")
    top = screen.mapTo(window, screen.rect().topLeft()).y()
    window.lock_band.say(LockSaying("見本さんが入力したいそうです。", tone="amber", acts=("give",)))
    QApplication.processEvents()
    assert screen.mapTo(window, screen.rect().topLeft()).y() == top
    assert window.lock_band.mapTo(window, QPoint(0, 0)).y() == 0
    window.resize(window.width() - 100, window.height())
    qtbot.waitUntil(lambda: window.lock_band.width() == window.top_bar.width())

    window.go("event", event_id=2)
    qtbot.waitUntil(lambda: window.lock_band.mapTo(window, QPoint(0, 0)).y() == window.top_bar.height())
    page = window.shown_screen()
    assert page.mapTo(window, page.rect().topLeft()).y() == window.top_bar.height() + window.lock_band.height()


def test_a_long_sentence_takes_two_small_lines_in_the_same_place(window):
    window.resize(1093, 614)
    words = next(part for part in window.undo_bar.findChildren(QLabel) if part.wordWrap())
    window.undo_bar.say("保存しました。", can_undo=True)
    assert words.property("role") == "body"
    window.undo_bar.say("資料「配布資料一式（テキスト、操作の手順書、別紙）」を確認済にしました。" * 3, can_undo=True)
    assert words.property("role") == "smallink"
    assert words.heightForWidth(words.width()) <= window.undo_bar.height()


def test_what_was_taken_back_can_be_done_again_from_the_same_place(window, qtbot):
    window.undo_bar.say("「中止」を元に戻しました。", can_undo=False, can_redo=True)
    assert window.undo_bar.button.text() == "やり直す　Ctrl+Y"
    with qtbot.waitSignal(window.undo_bar.redo_asked):
        window.undo_bar.button.click()
    window.undo_bar.say("保存しました。", can_undo=True)
    assert window.undo_bar.button.text() == "元に戻す"
    with qtbot.waitSignal(window.undo_bar.undo_asked):
        window.undo_bar.button.click()


def test_what_was_said_of_a_screen_goes_with_it_but_not_what_led_here(window, monkeypatch):
    window.undo_bar.say("複写しました。", can_undo=True)
    window.go("event", event_id=2)
    assert window.undo_bar.isVisible()

    monkeypatch.setattr(passing_bars, "_JUST_SAID_MS", -1)
    window.go("events")
    assert not window.undo_bar.isVisible()
