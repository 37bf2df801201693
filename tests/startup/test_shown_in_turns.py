"""What a screen shows comes in several turns of the window: a gap of the event loop holds what is shown, its layout and
its painting."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.main_window.main_window import MainWindow
from app.settings.pages.screens.numbers_page import NumbersPage
from app.window.background_task import Tasks
from tests.support.doing import do
from tests.support.sample import event_id
from tests.support.waiting import wait_idle
from tests.support.whole_window import open_window


@pytest.fixture
def window(tmp_path: Path, qtbot: Any, qapp: QApplication) -> Iterator[MainWindow]:
    with open_window(tmp_path, qtbot, qapp, lambda made: made._discard_timer.timeout.disconnect()) as made:
        do(qtbot, made.app_context, made.go, "changes")
        yield made


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """In how many turns of the window each part showed what was read for it."""
    counted: Counter[str] = Counter()
    goes_on = Tasks._show_next_part

    def going_on(tasks: Tasks, task: Any, shown: Any) -> None:
        counted[type(task._owner).__name__] += 1
        goes_on(tasks, task, shown)

    monkeypatch.setattr(Tasks, "_show_next_part", going_on)
    return counted


def test_each_of_these_shows_what_it_read_in_turns(window, qtbot, turns):
    seventh, fifth = (event_id(window.app_context.store, "講習会", number) for number in (7, 5))
    for place, given, shown, least in (
        ("home", {}, "HomeScreen", 2),
        ("events", {"view": "派遣"}, "DispatchesPage", 2),
        ("event", {"event_id": seventh, "tab": "書類", "kind": "募集チラシ"}, "DocumentsTab", 3),
        ("venues", {}, "VenuesScreen", 2),
        ("organisations", {"view": "団体"}, "OrganisationPage", 2),
        ("survey", {"event_id": fifth, "page": "照合"}, "TallyCheckPage", 2),
    ):
        do(qtbot, window.app_context, window.go, place, **given)
        assert turns[shown] >= least, place


def test_a_page_of_a_survey_is_filled_in_one_turn_and_put_in_front_in_the_next(window, qtbot):
    fifth = event_id(window.app_context.store, "講習会", 5)
    do(qtbot, window.app_context, window.go, "survey", event_id=fifth, page="設問")
    panel = window.screen_of("survey")
    coming = panel._show_page_stepwise("回答")
    next(coming)
    assert panel.responses_page.table.model.rowCount()
    assert panel._page_stack.currentWidget() is panel.questions_page

    panel.show_page("集計")
    list(coming)
    assert panel._page_stack.currentWidget() is panel.tally_page, "what somebody turned to meanwhile stays"
    list(panel._show_page_stepwise("回答"))
    assert panel._page_stack.currentWidget() is panel.responses_page


def test_what_the_detail_says_waits_for_the_list_of_dispatches_and_follows_it(window, qtbot):
    do(qtbot, window.app_context, window.go, "events", view="派遣")
    page = window.shown_screen()._page_of("派遣")
    assert page.detail.name.text().startswith(page._current_row().name)
    first = page._current_row()
    other = next(row for row in page.table.model.records() if row.id != first.id)
    page.table.choose(lambda row: row.id == other.id)
    assert page.detail.name.text().startswith(other.name)
    do(qtbot, window.app_context, page.reload)
    assert page._current_row().id == other.id
    assert page.detail.name.text().startswith(other.name)


def test_two_versions_are_put_beside_each_other_only_when_that_is_wanted(window, qtbot):
    do(qtbot, window.app_context, window.go, "materials", event_id=event_id(window.app_context.store, "講習会", 6))
    page = window.screen_of("materials")
    assert page._pages.currentWidget() is page.check
    assert "compare" not in vars(page)
    assert page.compare in [page._pages.widget(number) for number in range(page._pages.count())]
    assert page._pages.currentWidget() is page.check


def test_a_part_of_the_settings_stands_in_its_page_a_turn_before_it_is_seen(window, qtbot):
    window.go("settings", page="numbers")
    made = window.shown_screen()._pages["契約"]
    while not (parts := made.findChildren(NumbersPage)):
        made._build_next()
    assert "numbers" not in made._parts
    made._build_next()
    assert made._parts["numbers"] is parts[0]
    qtbot.waitUntil(parts[0].isVisible)
    wait_idle(qtbot, window.app_context)


def test_a_part_that_came_while_another_page_was_looked_at_is_seen_when_one_comes_back(window, qtbot):
    window.go("settings", page="contract")
    settings = window.shown_screen()
    made = settings._pages["契約"]
    qtbot.waitUntil(made.isVisible)
    while not (parts := made.findChildren(NumbersPage)):
        made._build_next()
    settings.list.setCurrentRow(2)
    qtbot.waitUntil(lambda: "numbers" in made._parts)
    settings.list.setCurrentRow(0)
    qtbot.waitUntil(parts[0].isVisible)
    wait_idle(qtbot, window.app_context)


def test_a_large_screen_goes_page_by_page_and_stands_again_where_it_stood(window, qtbot):
    fifth = event_id(window.app_context.store, "講習会", 5)
    for page in ("設問", "回答", "検算・代行入力", "照合", "集計"):
        do(qtbot, window.app_context, window.go, "survey", event_id=fifth, page=page)
    panel = window.screen_of("survey")
    pages = [panel.questions_page, panel.responses_page, panel.entry_page, panel.check_page, panel.tally_page]
    do(qtbot, window.app_context, window.go, "changes")
    window.max_hidden_widgets = 0
    left = []
    while window._discard_oldest_screen():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        left.append(sum(isValid(one) for one in (panel, *pages)))
    assert left[0] == 6, "it is out of the window first"
    assert left == sorted(left, reverse=True)
    assert len(set(left)) > 4, "a page goes in a turn"
    assert left[-1] == 0

    do(qtbot, window.app_context, window.go, "survey", event_id=fifth)
    assert window.screen_of("survey") is not panel
    assert window.screen_of("survey").view_state() == {"event_id": fifth, "page": "集計"}
