"""Alt+← leads back from every place, and so does each way that is written on it: to where one came from, as it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main_window.main_window import MainWindow
from app.widgets.buttons import Button
from app.widgets.tips import tip_of
from tests.support.doing import do
from tests.support.sample import event_id
from tests.support.waiting import press, wait_idle
from tests.support.whole_window import open_window

OF_ANOTHER_KIND = {"discussion"}
"""No place of a 講習会."""


@pytest.fixture
def window(tmp_path: Path, qtbot: Any, qapp: QApplication) -> Iterator[MainWindow]:
    with open_window(tmp_path, qtbot, qapp, lambda made: made.go("home")) as made:
        yield made


def at_people(window: MainWindow, qtbot: Any) -> int:
    """Stand on 参加者 of an event, come to by a click on its tab."""
    event = event_id(window.app_context.store, "講習会", 6)
    do(qtbot, window.app_context, window.go, "event", event_id=event)
    page = window.screen_of("event")
    do(qtbot, window.app_context, page.tabs.choose, page.titles.index("参加者"))
    return event


def stands_at_people(window: MainWindow, event: int) -> bool:
    page = window.screen_of("event")
    return (
        window.shown_screen_name() == "event"
        and page._event_id == event
        and page.titles[page.tabs.current()] == "参加者"
    )


@pytest.mark.nightly
def test_alt_left_leads_back_from_every_place_to_the_tab_one_came_from(window, qtbot):
    event = at_people(window, qtbot)
    for place in [one for one in window._screen_entries if one not in {"event", *OF_ANOTHER_KIND}]:
        do(qtbot, window.app_context, window.app_context.go, place, event_id=event)
        assert window.shown_screen_name() == place
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        wait_idle(qtbot, window.app_context)
        assert stands_at_people(window, event), place


def test_a_way_written_on_a_place_leads_back_and_not_in_circles(window, qtbot):
    event = at_people(window, qtbot)
    for place, way in (
        ("applications", lambda screen: screen.back),
        ("calls", lambda screen: screen.head.findChild(Button)),
        ("choice", lambda screen: screen.to_roster),
    ):
        do(qtbot, window.app_context, window.app_context.go, place, event_id=event)
        press(qtbot, window.app_context, way(window.screen_of(place)))
        assert stands_at_people(window, event), place
    back = window.screen_of("event").header.back
    assert tip_of(back) == "前の画面へ戻る（Alt+←）"
    press(qtbot, window.app_context, back)
    assert window.shown_screen_name() == "home", "the event was come to from there"


def test_who_came_from_elsewhere_is_led_to_what_the_way_says(window, qtbot):
    event = event_id(window.app_context.store, "講習会", 6)
    do(qtbot, window.app_context, window.go, "applications", event_id=event)
    assert window.side_bar.highlighted() == "events", "申込 belongs to its event"
    do(qtbot, window.app_context, window.go, "choice", event_id=event)
    press(qtbot, window.app_context, window.screen_of("choice").to_roster)
    assert stands_at_people(window, event)
    window.go_back()
    assert window.shown_screen_name() == "choice"
