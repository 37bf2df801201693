"""参加者 of an event: at its foot the sum and how 人数連絡 stands, and 人数連絡 itself one press away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.events.headcount.screens.participants_tab import COUNTS, ParticipantsTab
from app.events.headcount.services import make_headcount_notice, mark_headcount_notified
from app.events.roster.screens.roster_panel import RosterPanel
from app.window.app_context import bind_action
from tests.support.doing import do
from tests.support.entries import put_entry
from tests.support.sample_desk import session, shown
from tests.support.waiting import press, wait_idle


@pytest.fixture
def tab(tmp_path, qtbot):
    with session(tmp_path) as desk:
        made = shown(qtbot, ParticipantsTab(desk, list_screen=RosterPanel(desk, embedded=True)), desk, event_id=6)
        yield made


def test_the_foot_sums_who_comes_and_says_how_the_paper_stands(tab, qtbot):
    assert tab.listed.table.model.rowCount() == 14
    said = tab.bar.words.plain_text()
    assert said.startswith("人数連絡　計 14人・8団体　12/3(木)まで")
    assert said.endswith("連絡書はまだありません")
    assert tab.open.is_filled
    assert tab.open.text() == "参加人数連絡書を作成する"

    do(qtbot, tab.app_context, lambda: tab.app_context.write(bind_action(make_headcount_notice, event_id=6, reason="")))
    assert tab.bar.words.plain_text().endswith("第1報 14人　作成済・未連絡")
    assert tab.open.text() == "人数連絡を開く"


def test_no_act_that_records_at_once_comes_to_stand_where_the_door_to_the_numbers_stood(tab, qtbot):
    first, absence = tab.listed.bar_buttons[:2]
    tab.listed.table.choose(lambda row: row.status == "決定", take_focus=True)
    first.show()
    first.set_filled(True)
    wait_idle(qtbot, tab.app_context)
    stood = tab.open.geometry()
    assert tab.open.isVisible()
    first.hide()
    wait_idle(qtbot, tab.app_context)
    assert absence.isVisible()
    assert not absence.geometry().contains(stood.center())


def test_who_asks_for_a_changed_notice_in_a_low_window_stands_at_its_reason_with_the_button_in_sight(tab, qtbot):
    """So low is the column where the signs are large."""
    desk = tab.app_context
    told: list[object] = []
    do(qtbot, desk, lambda: desk.write(bind_action(make_headcount_notice, event_id=6, reason=""), told.append))
    desk.write(bind_action(mark_headcount_notified, notice_id=told[0].id, notified_to="受託者", notified_how="電話"))
    wait_idle(qtbot, desk)
    put_entry(desk.store, 6, "例野　あとから", state="決定")
    tab.resize(1092, 480)
    do(qtbot, desk, tab.reload)
    assert tab.open.text() == "変更連絡を作成する"

    press(qtbot, tab.app_context, tab.open)
    notice = tab.counts.notice
    field = notice.reason.editor("reason")
    qtbot.waitUntil(field.hasFocus)
    for part in (notice.make, field):
        qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect() == part.rect())


def test_the_numbers_stand_over_the_list_with_the_way_back(tab, qtbot):
    press(qtbot, tab.app_context, tab.open)
    assert tab.counts.isVisible()
    assert not tab.listed.isVisible()
    assert tab.counts.view.totals.people == 14
    press(qtbot, tab.app_context, tab.back)
    assert tab.listed.isVisible()

    do(qtbot, tab.app_context, lambda: tab.focus_part(COUNTS))
    assert tab.counts.isVisible()
    QTest.keyClick(tab.counts, Qt.Key.Key_Escape)
    assert tab.listed.isVisible()

    tab.focus_part(COUNTS)
    do(qtbot, tab.app_context, lambda: tab.open_with(event_id=7))
    assert tab.listed.isVisible(), "another event begins with who comes"
    assert tab.view_state()["event_id"] == 7
