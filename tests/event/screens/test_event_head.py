"""The head of an event is one line: name and day are never cut, one filled button does what is next, nothing cancels by
Enter."""

from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QMenu

from app.actions.action_context import ActionContext
from app.event.screens.deadline_section import button_words
from app.event.screens.event_head import HEAD
from app.event.screens.event_page import EventPage
from app.event.screens.move_dialog import MoveDialog
from app.event.services.tasks.deadlines import event_tasks
from app.events.calls.services.calls import decide_change
from app.main_window.action_routes import route_to
from app.main_window.navigation import EventTab
from app.startup.pictures.album import cut_off
from app.widgets.buttons import Button
from app.window.style_sheet import apply_text_size
from db.records.calls import DecisionKind
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.rows import by_id
from tests.support import sample_desk
from tests.support.doing import do
from tests.support.event_pages import TODAY, Told, opened
from tests.support.waiting import wait_idle
from tests.support.years import BY, NOW, add_dispatch, add_lecture, at


def title_is_whole(page: EventPage) -> bool:
    title = page.header.title
    return title.wordWrap() or title.width() >= QFontMetrics(title.font()).horizontalAdvance(title.text())


@pytest.mark.parametrize("width", [1310, 1190, 1037, 855])
def test_the_head_is_one_line_and_first_the_place_then_the_time_give_way(qtbot, store, shown, width):
    page = shown(add_lecture(store, date(2026, 9, 24), subject="ホームページ・電子回覧板"), width=width)
    head = page.header

    assert head.height() == HEAD
    assert page.tabs.y() == HEAD
    assert title_is_whole(page)
    assert head.move_button.text().startswith("9/24(木)")
    qtbot.waitUntil(lambda: cut_off(page) == [])
    if head.where.isVisible():
        assert "14:00" in head.move_button.text()
    assert "みほん区民館" in head.move_button.toolTip()


@pytest.mark.parametrize("width", [1310, 913, 855, 600])
def test_the_days_left_are_said_once(store, shown, qtbot, width):
    page = shown(add_lecture(store, date(2026, 9, 24), subject="LINE"), width=width)
    days = page.header.days
    assert days.text() == page.standing.words.text() != ""
    seen = [part for part in (days, page.standing) if part.isVisible()]
    assert len(seen) <= 1
    assert page.standing.isVisible() or width < 900, "beside the tabs, where there is room"


@pytest.mark.nightly
def test_in_the_largest_letters_nothing_of_the_head_is_cut(qtbot, qapp, store, shown):
    apply_text_size(qapp, "特大")
    try:
        page = shown(add_lecture(store, date(2026, 9, 24), subject="ホームページ・電子回覧板"), width=855)
        wait_idle(qtbot, page.app_context)
        qtbot.waitUntil(lambda: cut_off(page.header) == [])
        qtbot.waitUntil(lambda: cut_off(page.tabs.bar) == [])
        assert title_is_whole(page)
    finally:
        apply_text_size(qapp, "標準")


@pytest.mark.nightly
def test_in_the_largest_letters_a_cancelled_event_keeps_its_name_and_its_way_back_stands_in_the_menu(
    qtbot, qapp, store, shown
):
    event_id = add_lecture(store, date(2026, 9, 24), subject="ホームページ・電子回覧板")
    with store.change(action="中止", by="みほん", now=at(date(2026, 9, 1)), subject="events") as change:
        change.update(Event, event_id, status=EventStatus.CANCELLED)
    apply_text_size(qapp, "特大")
    try:
        head = shown(event_id, width=700).header
        qtbot.waitUntil(lambda: cut_off(head) == [])
        assert not head.restore.isVisible()
        assert head.restore_action.isVisible()
        assert head.title.height() >= head.title.heightForWidth(head.title.width())
    finally:
        apply_text_size(qapp, "標準")


@pytest.mark.parametrize("width", [1310, 855])
def test_an_event_that_was_put_off_is_put_back_where_a_cancelled_one_is(qtbot, store, shown, width, event):
    decide_change(
        ActionContext(store, "みほん", at(date(2026, 9, 1))),
        event_id=event,
        kind=DecisionKind.POSTPONEMENT,
        decided_at=at(date(2026, 9, 1)),
        decided_by="課長",
        reason="点検のため",
    )
    page = shown(event, width=width)
    head = page.header
    assert head.restore_action.text() == head.restore.text() == "延期を取り消す"
    qtbot.waitUntil(lambda: cut_off(page) == [])
    if head.restore.isVisible():
        qtbot.mouseClick(head.restore, Qt.MouseButton.LeftButton)
    else:
        head.restore_action.trigger()
    wait_idle(qtbot, page.app_context)
    assert not head.restore_action.isVisible()
    assert not head.restore.isVisible()


def test_the_filled_button_does_the_next_thing_and_an_overdue_one_gives_its_word(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)))

    assert [b.text() for b in page.findChildren(Button) if b.property("kind") == "main" and b.isVisible()] == [
        "資料の確認を続ける"
    ]
    with qtbot.waitSignal(page.app_context.navigation_requested) as went:
        qtbot.mouseClick(page.overview.deadlines.act, Qt.MouseButton.LeftButton)
    assert went.args[0] == "turns"


def test_an_event_without_a_day_is_given_one_by_the_filled_button(qtbot, store, shown):
    page = shown(add_lecture(store, None))
    assert page.overview.deadlines.act.text() == "日程を決める"

    qtbot.mouseClick(page.overview.deadlines.act, Qt.MouseButton.LeftButton)

    opened(page, MoveDialog).reject()


def test_an_event_opens_at_its_deadlines_and_enter_never_begins_a_cancellation(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)))
    page.activateWindow()
    view = page.overview.deadlines.table.view
    qtbot.waitUntil(lambda: page.window().focusWidget() is view)
    gone = []
    page.app_context.navigation_requested.connect(lambda place, _given: gone.append(place))

    for _ in range(40):
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        assert page.window().focusWidget() is not page.header.cancel
    assert gone == []
    page.header.cancel_action.trigger()
    assert gone == ["calls"]


def test_a_dispatch_has_no_tab_for_a_survey(qtbot, store, desk_at):
    lecture, dispatch = add_lecture(store, date(2026, 9, 24)), add_dispatch(store, date(2026, 10, 15))
    desk = desk_at(at(TODAY))
    page = EventPage(
        desk,
        tabs=(
            EventTab(title="参加者", factory=Told),
            EventTab(title="アンケート", factory=Told, only_with="アンケート"),
        ),
    )
    sample_desk.shown(qtbot, page, desk, event_id=lecture, tab="アンケート")
    assert page.tabs.bar.numbers() == [0, 1, 2]

    page.open_with(event_id=dispatch, tab="アンケート")
    do(qtbot, desk, page.refresh)

    assert page.tabs.bar.numbers() == [0, 1]
    assert page.tabs.current() == 0


def test_a_letter_opens_a_tab_with_the_keyboard_in_its_list(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    tabs = page.tabs.bar.findChildren(QAbstractButton)
    assert [one.toolTip() for one in tabs if one.isVisible()] == ["Alt+G", "Alt+S", "Alt+R", "Alt+B"]
    for key, number in (("B", 3), ("G", 0)):
        qtbot.keyClick(page.focusWidget() or page, key, Qt.KeyboardModifier.AltModifier)
        assert page.tabs.current() == number
    qtbot.waitUntil(page.overview.deadlines.table.view.hasFocus)


def test_the_keys_of_the_head_move_the_day_and_lead_to_the_calls(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)))
    went = []
    page.app_context.navigation_requested.connect(lambda place, _arguments: went.append(place))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    assert (page.header.move_button.key, page.header.cancel.key) == ("Alt+M", "F8")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_F8)
    assert went == ["calls"]
    qtbot.keyClick(page.focusWidget(), "M", Qt.KeyboardModifier.AltModifier)
    assert opened(page, MoveDialog).isVisible()


def test_tabs_that_find_no_room_stand_in_a_menu_behind_the_others(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24)))
    bar = page.tabs.bar
    assert bar.more.isHidden()
    assert page.standing.isVisible()
    bar.setMaximumWidth(320)
    qtbot.waitUntil(bar.more.isVisible)

    assert not page.standing.isVisible()
    qtbot.mouseClick(bar.more, Qt.MouseButton.LeftButton)
    menu = bar.findChildren(QMenu)[-1]
    assert [act.text() for act in menu.actions()] == ["資料", "書類"]
    menu.actions()[-1].trigger()
    assert page.tabs.current() == 3
    menu.close()


def test_the_filled_button_of_a_step_opens_its_paper_or_its_place_or_ticks_it(qtbot, store, shown):
    """The task itself says what it asks for: home and every list say it as the head does."""
    event_id = add_lecture(store, date(2026, 12, 22))
    with store.change(action="準備", by=BY, now=NOW, subject="events", event_id=event_id) as change:
        own = change.insert(RecruitmentStep(event_id=event_id, position=20, name="資料の打合せ", offset_days=-5))
    page = shown(event_id)
    tasks = {one.label: one for one in event_tasks(store, event_id=event_id, today=page.app_context.today())}
    went = []
    page.app_context.navigation_requested.connect(
        lambda place, arguments: went.append((place, arguments.get("kind", "")))
    )
    page.open_with = lambda **given: went.append((given["tab"], given["kind"]))
    wanted = {
        "チラシ校了": ("募集チラシを開く", "募集チラシを開く"),
        "参加者を決める": ("参加者を決める", "参加者を決める"),
        "決定通知を出す": ("決定通知を開く", "決定通知を開く"),
        "資料の打合せ": ("「資料の打合せ」を済にする", "段取りを済にする"),
    }
    for label, (head, in_lists) in wanted.items():
        assert (button_words(tasks[label]), route_to(tasks[label].link).label) == (head, in_lists)
        page._do_next(tasks[label])
    wait_idle(qtbot, page.app_context)

    assert went == [("書類", "募集チラシ"), ("choice", ""), ("書類", "決定通知")]
    assert by_id(store.database, RecruitmentStep, own).done_on == page.app_context.today()


def test_beside_the_next_deadline_stands_what_it_is_about_and_gives_way_first(qtbot, store, shown):
    page = shown(add_lecture(store, date(2026, 9, 24), subject="LINE"), width=1310)
    assert page.standing.about.text() == "", "of the days left nothing more is to be said"
    task = SimpleNamespace(
        label="通知後の変更連絡",
        detail="決定通知　会場 A → B",
        due=TODAY,
        bucket="今日",
        days_left=0,
        state_words="本日まで",
    )
    page.standing.show_view(SimpleNamespace(days_words="", next_task=task), TODAY)
    assert page.standing.about.text() == "決定通知　会場 A → B"
    qtbot.waitUntil(page.standing.about.isVisible)
    assert page.standing.about.geometry().right() < page.standing.x()
    task.detail *= 10
    page.standing.show_view(SimpleNamespace(days_words="", next_task=task), TODAY)
    qtbot.waitUntil(lambda: not page.standing.about.isVisible())
    assert page.standing.isVisible()
