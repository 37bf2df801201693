"""Screens nobody sees are let go: in any order, with reads under way; what comes back stands where it stood."""

import gc
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from shiboken6 import isValid

from app.event.services.event_changes import duplicate_event
from app.main_window.main_window import MainWindow
from app.window.app_context import bind_action
from tests.bench.opening import visits
from tests.support.doing import do
from tests.support.in_full import some
from tests.support.sample import event_id
from tests.support.waiting import wait_idle
from tests.support.whole_window import open_window


@pytest.fixture
def window(tmp_path: Path, qtbot: Any, qapp: QApplication) -> Iterator[MainWindow]:
    def keep_hidden_screens(made: MainWindow) -> None:
        made.max_hidden_widgets = 0
        # The tests let go themselves, at moments of their choice.
        made._discard_timer.timeout.disconnect()
        made.go("home")

    with open_window(tmp_path, qtbot, qapp, keep_hidden_screens) as made:
        yield made


def let_go(window: MainWindow, qtbot: Any) -> None:
    """Wait for what is under way, then do what the window does a second after the last step."""
    wait_idle(qtbot, window.app_context)
    while window._discard_oldest_screen():
        pass
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def close_dialogs(window: MainWindow) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.reject()


@pytest.mark.nightly
def test_every_screen_in_any_order_and_with_reads_under_way(window, qtbot):
    ids = {event.full_title: event.id for event in _events(window.app_context.store)}
    every: dict[str, list[dict[str, Any]]] = {}
    for _name, place, given in visits(ids):
        every.setdefault(place, []).append(given)
    assert set(every) == set(window._screen_entries)
    chance = random.Random(20261120)
    counted = []
    for _ in range(2):
        places = some(chance.sample(sorted(every), len(every)), of=5)
        for number, place in enumerate(places):
            window.go(place, **chance.choice(every[place]))
            close_dialogs(window)
            if number % 7 == 3:
                # What is under way ends on screens that have gone: another text size lets all of them go at once.
                window._discard_hidden_screens()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            elif number % 2:
                QApplication.processEvents()
            else:
                let_go(window, qtbot)
        window.go("home")
        close_dialogs(window)
        let_go(window, qtbot)
        gc.collect()
        counted.append(Counter(type(widget).__name__ for widget in QApplication.allWidgets()))

    # An exception in a slot is a failure of the test: pytest-qt sees to it.
    assert set(window._screens) == {"home"}
    assert counted[1].total() - counted[0].total() < 20, dict(counted[1] - counted[0])


def test_the_keyboard_goes_to_the_list_when_its_rows_come_unless_somebody_went_elsewhere(window, qtbot):
    do(qtbot, window.app_context, window.go, "agreements")
    screen = window.screen_of("agreements")
    qtbot.waitUntil(lambda: window.focusWidget() is screen.table.view)

    window.go("home")
    let_go(window, qtbot)
    window.go("agreements")
    screen = window.screen_of("agreements")
    screen.add_button.setFocus()
    wait_idle(qtbot, window.app_context)
    assert window.focusWidget() is screen.add_button


def test_the_list_comes_back_narrowed_chosen_and_scrolled(window, qtbot):
    window.resize(1366, 420)
    do(qtbot, window.app_context, window.go, "events")
    events = window.screen_of("events")
    do(qtbot, window.app_context, events.kinds.choose, "講習会")
    rows = events.table.model.records()
    assert len(rows) > 2
    events.table.choose(lambda row: row.id == rows[2].id)
    qtbot.waitUntil(lambda: events.table.view.verticalScrollBar().maximum() >= 30)
    events.table.view.verticalScrollBar().setValue(30)
    scrolled = events.table.view.verticalScrollBar().value()
    month = events.calendar.month()

    window.go("home")
    let_go(window, qtbot)
    assert not isValid(events)
    do(qtbot, window.app_context, window.go, "events")
    back = window.screen_of("events")

    assert back is not events
    assert (back.kinds.current(), back.table.current().id, back.calendar.month()) == ("講習会", rows[2].id, month)
    qtbot.waitUntil(lambda: back.table.view.verticalScrollBar().value() == scrolled)


def test_filter_selection_and_chosen_event_come_back(window, qtbot):
    event = event_id(window.app_context.store, "講習会", 7)
    do(qtbot, window.app_context, window.go, "roster", event_id=event)
    roster = window.screen_of("roster")
    word = roster.table.model.records()[0].row.name[:2]
    roster.table.filter_field.setText(word)
    roster.table.apply_filter_now()
    ids = [row.id for row in roster.table.model.records()]
    roster.table.view.selectAll()
    chosen = {row.id for row in roster.table.selected()}

    window.go("home")
    let_go(window, qtbot)
    assert not isValid(roster)
    do(qtbot, window.app_context, window.go, "roster")
    back = window.screen_of("roster")

    assert (back.picker.event_id, back.table.filter_field.text()) == (event, word)
    assert [row.id for row in back.table.model.records()] == ids
    assert {row.id for row in back.table.selected()} == chosen


def test_what_is_asked_for_goes_before_where_it_stood(window, qtbot):
    do(
        qtbot,
        window.app_context,
        window.go,
        "survey",
        event_id=event_id(window.app_context.store, "講習会", 2),
        page="集計",
    )
    window.go("home")
    let_go(window, qtbot)
    do(qtbot, window.app_context, window.go, "survey")
    assert window.screen_of("survey")._stack.currentWidget() is window.screen_of("survey").survey_list
    window.go_back()
    do(qtbot, window.app_context, window.go_back)
    assert window.screen_of("survey")._current_page == "集計"


def test_a_page_half_typed_is_kept(window, qtbot):
    do(qtbot, window.app_context, window.go, "calls", event_id=event_id(window.app_context.store, "講習会", 6))
    calls = window.screen_of("calls")
    calls.decision.who.setFocus()
    QTest.keyClicks(calls.decision.who, "abc")
    window.go("home")
    let_go(window, qtbot)

    assert isValid(calls)
    assert window.screen_of("calls") is calls
    calls.decision.who.clear()
    let_go(window, qtbot)
    assert not isValid(calls)


def test_a_half_typed_field_of_any_tab_or_page_is_kept_and_a_filter_is_not(window, qtbot):
    do(qtbot, window.app_context, window.go, "settings", page="office")
    settings = window.screen_of("settings")
    field = next(line for line in settings.page("office").findChildren(QLineEdit) if line.isEnabled())
    assert settings.can_be_discarded()
    QTest.keyClicks(field, "x")
    assert not settings.can_be_discarded()
    field.setText("")
    assert settings.can_be_discarded()

    do(qtbot, window.app_context, window.go, "takeouts")
    takeouts = window.screen_of("takeouts")
    QTest.keyClicks(takeouts.table.filter_field, "usb")
    assert takeouts.can_be_discarded()


def test_a_file_in_hand_is_kept(window, qtbot, tmp_path):
    listed = tmp_path / "団体.csv"
    listed.write_text("支部,団体名\n第1支部,見本自治会\n", encoding="utf-8")
    do(qtbot, window.app_context, window.go, "organisations")
    screen = window.screen_of("organisations")
    assert screen.can_be_discarded()
    do(qtbot, window.app_context, screen.import_menu.take_file, listed)
    assert not screen.can_be_discarded()


def test_one_screen_goes_in_a_turn_the_one_left_last_first(window, qtbot):
    for place in ("events", "venues", "changes"):
        window.go(place)
    wait_idle(qtbot, window.app_context)
    kept = []
    while window._discard_oldest_screen():
        kept.append([place for place in window._screens if place != "changes"])

    assert kept == [["home", "events"], ["home"], []]


def test_memory_is_released_after_the_last_part_of_a_large_screen(window, qtbot):
    window._disposal._parts = [QLineEdit(), QLineEdit()]
    for _part in range(2):
        window._memory_timer.stop()  # as where a busy PC took longer than it waits
        assert window._discard_oldest_screen()
        assert window._memory_timer.isActive()


def test_nothing_goes_while_something_is_under_way_or_a_dialog_is_open(window, qtbot):
    do(qtbot, window.app_context, window.go, "events")
    window.go("venues")
    window._discard_oldest_screen()
    assert "events" in window._screens
    wait_idle(qtbot, window.app_context)
    window.screen_of("venues").add_venue()
    window._discard_oldest_screen()
    assert "events" in window._screens
    close_dialogs(window)
    window._discard_oldest_screen()
    assert "events" not in window._screens


def test_what_a_screen_saved_is_told_and_undone_after_it_has_gone(window, qtbot):
    said = []
    window.app_context.message_shown.connect(lambda sentence, can_undo: said.append((sentence, can_undo)))
    event = event_id(window.app_context.store, "講習会", 6)
    before = len(_events(window.app_context.store))
    do(qtbot, window.app_context, window.go, "event", event_id=event)
    page = window.screen_of("event")
    window.app_context.write(bind_action(duplicate_event, event_id=event), page._open_copy, owner=page)
    window.go("home")
    window._discard_hidden_screens()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    wait_idle(qtbot, window.app_context)

    assert not isValid(page)
    assert said[-1][1]
    assert len(_events(window.app_context.store)) == before + 1
    do(qtbot, window.app_context, window.undo)
    assert len(_events(window.app_context.store)) == before


def _events(store: Any) -> Any:
    from db.tables import events

    return events.events_of_year(store.database, 1)
