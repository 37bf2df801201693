"""ホーム says what the ward does today, and every row leads to where the thing is done."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea

from app.actions.action_context import ActionContext
from app.event.parts import BasisDialog
from app.event.services import event_results
from app.event.services.recruitment import set_step_date
from app.events.applications.parts import DataEntryDialog
from app.home.today.screens.due_list import badge_cell, left_cell
from app.home.today.screens.home_screen import HomeScreen
from app.home.today.services.home import read_home
from app.submissions.work_queue.rules import WAITING
from app.submissions.work_queue.services import read_work_queue
from db.records.events import EventResult, RecruitmentStep
from db.rows import rows as stored
from tests.support import sample_desk
from tests.support.doing import do
from tests.support.waiting import in_front, read_again, wait_idle
from tests.support.years import BY, add_lecture, sign_contract

NOW = datetime(2026, 9, 16, 10, 32)


@pytest.fixture
def shown(qtbot, desk_at):
    """Show the home screen at a size and wait until it has read."""

    def show(width: int = 1190, height: int = 720) -> HomeScreen:
        desk = desk_at(NOW)
        return sample_desk.shown(qtbot, HomeScreen(desk), desk, width=width, height=height)

    return show


def gone_to(screen: HomeScreen) -> list[tuple[str, dict[str, object]]]:
    """Return where the screen leads from now on, with what it hands over."""
    going: list[tuple[str, dict[str, object]]] = []
    screen.app_context.navigation_requested.connect(lambda place, given: going.append((place, dict(given))))
    return going


def refresh(qtbot, screen: HomeScreen) -> None:
    do(qtbot, screen.app_context, screen.refresh)


def labels(screen: HomeScreen) -> list[str]:
    return [row.task.label for row in screen.due.table.model.records()]


def test_an_empty_year_says_so_and_offers_the_first_event(qtbot, store, shown):
    screen = shown()
    going = gone_to(screen)

    assert labels(screen) == ["契約確定日を入れる"]
    qtbot.mouseClick(screen.due.add_button, Qt.MouseButton.LeftButton)
    assert going.pop() == ("events", {"new": "home-1"})

    sign_contract(store, date(2026, 12, 1))
    refresh(qtbot, screen)
    assert screen.due.add_button.isHidden(), "the empty list says it itself"
    in_front(qtbot, screen)
    screen.setFocus()

    offered = screen.due.table._none.first_button()
    assert offered.hasFocus()
    qtbot.keyClick(offered, Qt.Key.Key_Space)

    assert "まだありません" in screen.due.table._none.words()
    assert going == [("events", {"new": "home-2"})]
    # What was changed since yesterday is no more than the making of the folder.
    assert (screen.due.list_button.isVisibleTo(screen), screen.due.changes.isVisibleTo(screen)) == (True, False)


def test_nothing_to_do_is_not_said_while_anything_is_late(qtbot, store, shown):
    sign_contract(store, date(2026, 12, 1))
    event_id = add_lecture(store, date(2026, 12, 24))
    flyer = next(step for step in stored(store.database, RecruitmentStep, event_id=event_id) if "チラシ" in step.name)
    screen = shown()
    empty = screen.due.table._none
    assert empty.words() == "今日・今週、区がやることはありません。"

    set_step_date(ActionContext(store, BY, NOW), step_id=flyer.id, due=date(2026, 9, 10))
    refresh(qtbot, screen)
    assert empty.words() == "今日・今週が期限のものはありません。目安日を過ぎたものが1件あります。"
    qtbot.mouseClick(empty.first_button(), Qt.MouseButton.LeftButton)
    assert labels(screen) == ["チラシ校了"]


def test_what_the_contractor_is_late_with_is_said_where_nothing_else_is_to_do(qtbot, store, shown):
    sign_contract(store, date(2026, 12, 1))
    add_lecture(store, date(2026, 12, 24))
    screen = shown()
    view = read_home(store, today=NOW.date())
    late = replace(view.work_queue.rows[0], turn=WAITING, tone="amber")
    going = gone_to(screen)

    screen.due.show_view(replace(view, work_queue=replace(view.work_queue, rows=(late,))))
    assert (
        screen.due.table._none.words()
        == "今日・今週が期限のものはありません。受託者待ちで日を過ぎたものが1件あります。"
    )
    qtbot.mouseClick(screen.due.table._none.first_button(), Qt.MouseButton.LeftButton)
    assert going == [("turns", {"turn": WAITING})]


def test_when_the_telephone_rings_one_key_leads_to_the_application_or_the_absence(qtbot, store, shown):
    screen = shown()
    assert not screen.next_event.application.isVisible()
    event = add_lecture(store, date(2026, 9, 24))
    refresh(qtbot, screen)
    going = gone_to(screen)
    in_front(qtbot, screen)

    qtbot.keyClick(screen, Qt.Key.Key_F4)
    assert going == [("event", {"event_id": event, "tab": "参加者"})]
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    wait_idle(qtbot, screen.app_context)
    dialog = screen.findChild(DataEntryDialog)
    assert (dialog.isVisible(), dialog.events.currentData(), dialog.ask_button.isVisible()) == (True, event, False)
    dialog.close()

    in_front(qtbot, screen)
    screen.app_context.read_only = True  # while a colleague types, what the caller says is written down all the same
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    wait_idle(qtbot, screen.app_context)
    reading = next(one for one in screen.findChildren(DataEntryDialog) if one.isVisible())
    assert (reading.ask_button.isVisible(), reading.main.isVisible()) == (True, False)
    reading.close()


def test_the_day_itself_leads_to_the_cancellation(qtbot, store, shown):
    event = add_lecture(store, NOW.date())
    screen = shown()
    going = gone_to(screen)
    qtbot.mouseClick(screen.day.panels[0].calls, Qt.MouseButton.LeftButton)
    assert going == [("calls", {"event_id": event})]
    in_front(qtbot, screen)
    qtbot.keyClick(screen, Qt.Key.Key_F8)
    assert going[1:] == [("calls", {"event_id": event, "offer": True})]


def test_of_two_events_of_one_day_the_key_for_the_calls_means_neither(qtbot, store, shown):
    for _event in range(2):
        add_lecture(store, NOW.date())
    screen = shown()
    going = gone_to(screen)
    in_front(qtbot, screen)
    qtbot.keyClick(screen, Qt.Key.Key_F8)
    assert going == []
    assert [panel.calls.text() for panel in screen.day.panels] == ["中止・変更の連絡"] * 2


def test_rows_show_their_date_basis_and_what_is_left_in_both_counts(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    screen = shown()
    model = screen.due.table.model
    row = next(n for n, each in enumerate(model.records()) if each.task.task == "人数連絡")

    told = [model.cell(row, column).plain() for column in range(3)]

    assert told[1] == "9/18(金) 仕4(1)エ 5日前 9/19(土)→前の開庁日"
    assert told[0] == "今週 あと2日・開庁日 2日"
    assert told[2].endswith("第1回 LINE講習会")


def test_only_the_most_overdue_row_has_the_filled_button(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    add_lecture(store, date(2026, 9, 25))
    screen = shown()

    filled = [screen.due._row_action(row).kind == "main" for row in screen.due.table.model.records()]

    assert filled.count(True) == 1
    assert filled[0]


def test_the_keyboard_stands_in_the_first_row(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    screen = shown()
    screen.activateWindow()
    screen.setFocus()
    due = screen.due.table
    going = []
    screen.app_context.navigation_requested.connect(lambda place, given: going.append(place))
    assert due.view.hasFocus()
    assert (due.view.currentIndex().row(), due.model.rowCount() > 1) == (0, True)
    qtbot.keyClick(due.view, Qt.Key.Key_Space)
    assert len(going) == 1


def test_read_again_the_keyboard_keeps_its_row_and_the_page_its_place(qtbot, store, shown):
    for day in (18, 24, 25):
        add_lecture(store, date(2026, 9, day))
    screen = shown(width=1190, height=420)
    screen.due.passed.click()
    screen.activateWindow()
    view = screen.due.table.view
    view.setFocus()
    view.setCurrentIndex(screen.due.table.model.index(3, 0))
    row = screen.due.table.current()
    # Until its rows have their heights and the page its length.
    bars = [one.verticalScrollBar() for one in screen.findChildren(QScrollArea)]
    qtbot.waitUntil(lambda: max(one.maximum() for one in bars) > 100)
    bar = max(bars, key=lambda one: one.maximum())
    bar.setValue(bar.maximum())
    kept = bar.value()
    add_lecture(store, date(2026, 9, 17))
    refresh(qtbot, screen)
    assert screen.due.table.current().id == row.id
    assert view.currentIndex().row() > 3
    assert bar.value() >= kept > 0


def test_the_current_row_stays_when_home_is_read_again_also_one_that_is_below_it(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    add_lecture(store, date(2026, 9, 25))
    screen = shown()
    screen.activateWindow()
    screen.setFocus()
    view = screen.due.table.view
    for _row in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    before = screen.due.table.current()
    assert view.currentIndex().row() == 2

    refresh(qtbot, screen)

    assert view.hasFocus()
    assert screen.due.table.current() == before


def test_on_the_day_the_keyboard_stands_at_the_door(qtbot, store, shown):
    add_lecture(store, NOW.date())
    screen = shown()
    screen.activateWindow()
    screen.setFocus()

    (panel,) = screen.day.panels
    assert panel.door.hasFocus()
    refresh(qtbot, screen)
    assert screen.day.panels == [panel]
    assert panel.door.hasFocus()


def test_a_chip_shows_only_its_rows_and_a_second_press_brings_all_back(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    add_lecture(store, date(2026, 10, 15))
    screen = shown()
    before = labels(screen)
    chip = screen.due.chips.chips["来週から"]

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    later = {row.task.bucket for row in screen.due.table.model.records()}
    assert (screen.due.table.view.hasFocus(), screen.due.table.view.currentIndex().row()) == (True, 0)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    assert later == {"来週から"}
    assert chip.count == len(read_home(store, today=NOW.date()).later_rows)
    assert labels(screen) == before


def test_the_list_can_be_narrowed_to_who_does_it(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    screen = shown()

    before = labels(screen)
    acts = dict(screen.due.menu_actions())
    assert "Excelに出力　Ctrl+E" in acts
    going = gone_to(screen)
    acts["今週の予定（1枚）"]()
    assert going == [("documents", {"kind": "今週の予定"})]
    acts["担当　区→受託者"]()

    assert labels(screen) == ["参加人数を連絡する"]
    assert screen.due.only.text() == "担当　区→受託者"
    screen.due.only.click()
    assert labels(screen) == before
    assert not screen.due.only.isVisible()


def test_the_button_of_a_row_leads_to_the_place_that_does_the_thing(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 9, 24))
    screen = shown()
    going = gone_to(screen)
    screen.due.table.choose(lambda row: row.task.task == "資料確認")

    qtbot.keyClick(screen.due.table.view, Qt.Key.Key_Space)
    qtbot.keyClick(screen.due.table.view, Qt.Key.Key_Return)

    assert going == [("turns", {"event_id": event_id, "kind": "資料"}), ("event", {"event_id": event_id})]


def test_a_press_on_a_date_explains_it_in_full(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    screen = shown()
    view = screen.due.table.view
    row = next(n for n, each in enumerate(screen.due.table.model.records()) if each.task.task == "人数連絡")
    place = view.visualRect(view.model().index(row, 1)).center()

    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))

    dialog = screen.findChild(BasisDialog)
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_two_counts_of_what_passes_are_those_of_the_list_and_what_waits_leads_to_it(qtbot, store, shown):
    event = add_lecture(store, date(2026, 9, 8))
    event_results.record_result(
        ActionContext(store, "見本", NOW), event_id=event, result=EventResult(event_id=event, attended=15)
    )
    screen = shown()
    going = gone_to(screen)
    found = read_work_queue(store, today=NOW.date(), fiscal_year=2026)
    assert screen.turns.ward.text() == f"区の対応待ち {found.count('区の対応待ち')}件"
    assert screen.turns.link.text() == f"受託者待ち {found.count('受託者待ち')}件"
    screen.turns.link.click()
    assert going == [("turns", {"turn": "受託者待ち"})]
    assert found.count("受託者待ち") > 0


def test_below_a_thousand_pixels_the_parts_become_tabs(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    screen = shown(855, 464)

    assert screen._stack.currentIndex() == 1
    assert screen.tabs.isAncestorOf(screen.due)
    assert [column.key for column in screen.due.table.model.columns][:3] == ["bucket", "due", "task"]
    screen.resize(1190, 720)
    assert screen._stack.currentIndex() == 0
    assert not screen.tabs.isAncestorOf(screen.due)


@pytest.mark.parametrize(("width", "short"), [(1190, False), (935, True), (700, True)])
def test_on_a_window_that_is_not_wide_the_box_of_the_day_has_few_lines(qtbot, store, shown, width, short):
    add_lecture(store, date(2026, 9, 17))
    [panel] = shown(width, 566).day.panels
    said, whole = panel.words.plain_text().split("\n")[1], panel.day.backup_print_words
    assert said == ("当日資料は、まだ印刷していません。" if short else whole)
    assert panel.words.toolTip() == (whole if short else "")
    assert panel.height() < 300 or not short


def test_the_day_before_and_the_day_of_an_event_stand_first_with_the_door_and_the_papers(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 9, 17))
    screen = shown()
    going = gone_to(screen)
    [panel] = screen.day.panels
    assert (panel.isVisible(), panel.door) == (True, None)
    assert "受付名簿" in panel.words.plain_text()
    panel.papers.click()
    screen.app_context._clock = lambda: datetime(2026, 9, 17, 8, 30)
    read_again(qtbot, screen)
    [panel] = screen.day.panels
    assert panel.door is not None
    assert panel.door.property("kind") == "main"
    assert "main" not in {screen.due._row_action(row).kind for row in screen.due.table.model.records()}
    qtbot.mouseClick(panel.door, Qt.MouseButton.LeftButton)
    assert going == [("event", {"event_id": event_id, "tab": "当日"}), ("reception", {"event_id": event_id})]
    screen.app_context._clock = lambda: datetime(2026, 9, 18, 8, 30)
    read_again(qtbot, screen)
    assert screen.day.isHidden()


def test_aims_that_have_passed_are_one_line_with_the_oldest_and_say_since_when(qtbot, store, shown):
    add_lecture(store, date(2026, 9, 24))
    screen = shown()
    view = screen._view
    assert view.passed_targets
    assert not [row for row in screen.due.table.model.records() if row.task.bucket == "目安日過ぎ"]
    first = view.passed_targets[0]
    assert screen.due.passed.accessibleName() == (
        f"目安日を過ぎたもの {len(view.passed_targets)}　いちばん古いもの {first.date_words} {first.task.label}"
    )
    screen.due.passed.click()
    rows = [row for row in screen.due.table.model.records() if row.task.bucket == "目安日過ぎ"]
    assert rows == list(view.passed_targets)
    for row in rows:
        assert not row.task.is_contract_duty
        assert left_cell(row).text == f"目安日を{-row.task.days_left}日過ぎ"
        assert badge_cell(row).badge == "目安日過ぎ"


def test_each_recruitment_date_of_a_moved_event_that_has_passed_is_named(qtbot, store, shown):
    event_id = add_lecture(store, date(2026, 10, 30))
    step = stored(store.database, RecruitmentStep, event_id=event_id)[0]
    set_step_date(ActionContext(store, BY, NOW), step_id=step.id, due=date(2026, 9, 11))
    screen = shown()
    assert f"9/11(金) {step.name}" in screen.due.moved.plain_text()


def test_the_two_columns_of_home_share_one_bar(qtbot, store, shown):
    for day in (1, 2, 3, 4, 10, 11, 24):
        add_lecture(store, date(2026, 9, day))
    screen = shown(1190, 420)
    bars = [
        area for area in screen.findChildren(QScrollArea) if area.isVisible() and area.verticalScrollBar().isVisible()
    ]
    assert len(bars) == 1


def test_the_arrows_go_through_the_chips_that_have_rows(qtbot, store, shown):
    add_lecture(store, NOW.date() + timedelta(days=40))
    screen = shown()
    screen.due.passed.click()
    view, chips = screen.due.table.view, screen.due.chips
    counted = [name for name, chip in chips.chips.items() if chip.count]
    assert counted[-1] == "来週から"
    view.setFocus()
    seen = []
    for _turn in range(len(counted) + 1):
        qtbot.keyClick(screen.due.table.view, Qt.Key.Key_Left)
        seen.append(chips.current())
        assert view.hasFocus() or not seen[-1]
    assert seen == [*reversed(counted), ""]
    qtbot.keyClick(screen.due.table.view, Qt.Key.Key_Left)
    qtbot.keyClick(screen.due.table.view, Qt.Key.Key_Right)
    assert chips.current() == ""
