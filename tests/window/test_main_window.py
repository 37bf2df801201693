"""The window: screens built when gone to, folding by width, badges, undo bar, back and forth, locking."""

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QScrollArea, QVBoxLayout, QWidget

from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.main_window.window_geometry import geometry_text, restore_saved_geometry, within_screens
from app.widgets.bars import action_bar
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.failure_dialog import FailureDialog
from app.widgets.labels import Link
from app.widgets.screen import Screen, page_column
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.style_sheet import apply_text_size
from app.window.ui_settings import use_settings_file
from tests.support.doing import do
from tests.support.waiting import in_front, wait_idle


class Noted(Screen):
    """A screen that notes what happens to it."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        self.arrivals: list[dict[str, object]] = []
        self.reads = 0
        self.stay = False
        page_column(self).addWidget(QLineEdit())

    def open_with(self, **arguments: object) -> None:
        self.arrivals.append(arguments)

    def reload(self) -> None:
        self.reads += 1

    def may_leave(self) -> bool:
        return not self.stay


def put(window: MainWindow, place: str, title: str, factory: type[Screen] = Noted, **more: object) -> None:
    window.register_screen(ScreenEntry(screen_name=place, icon="house", title=title, factory=factory, **more))


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    for place, title in (("home", "ホーム"), ("events", "事業"), ("settings", "設定")):
        put(made, place, title)
    put(made, "event", "実施回", parent_screen="events")
    made.resize(1366, 768)
    made.show()
    made.go("home")
    return made


def noted(window: MainWindow, place: str) -> Noted:
    screen = window.screen_of(place)
    assert isinstance(screen, Noted)
    return screen


def test_a_screen_is_built_when_first_gone_to_and_reads_once(window):
    assert set(window._screens) == {"home"}
    assert noted(window, "home").reads == 1
    window.go("events")
    assert set(window._screens) == {"home", "events"}
    assert noted(window, "events").reads == 1


def test_what_is_handed_over_arrives_before_reading_also_when_already_there(window, desk):
    desk.go("event", event_id=1)
    desk.go("event", event_id=2)
    screen = noted(window, "event")
    assert (screen.arrivals, screen.reads) == ([{"event_id": 1}, {"event_id": 2}], 2)
    assert window.side_bar.highlighted() == "events"


def test_coming_back_to_a_screen_with_another_wish_reads_that(window, desk):
    desk.go("event", event_id=1)
    desk.go("home")
    desk.go("event", event_id=2)
    screen = noted(window, "event")
    assert (screen.arrivals, screen.reads) == ([{"event_id": 1}, {"event_id": 2}], 2)


def test_going_back_finds_a_screen_as_it_was_left_and_a_wish_is_not_carried_out_again(window, desk):
    desk.go("event", event_id=1)
    desk.go("settings")
    window.go_back()
    screen = noted(window, "event")
    assert screen.arrivals == [{"event_id": 1}]
    desk.go("event", event_id=2)
    window.go_back()
    assert screen.arrivals == [{"event_id": 1}, {"event_id": 2}, {"event_id": 1}]
    window.go_forward()
    assert screen.arrivals[-1] == {"event_id": 2}


def test_only_the_screen_in_view_reads_after_a_change_the_others_when_shown(window, desk):
    window.go("events")
    desk.changed.emit(None)
    assert (noted(window, "home").reads, noted(window, "events").reads) == (1, 2)
    window.go("home")
    assert noted(window, "home").reads >= 2


def test_tab_begins_in_the_screen_gone_to(window, qtbot):
    in_front(qtbot, window)
    window.top_bar.user.setFocus()
    window.go("settings")
    assert window.focusWidget() is noted(window, "settings")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    focused = window.focusWidget()
    assert noted(window, "settings").isAncestorOf(focused), focused
    assert isinstance(focused, QLineEdit)


class Named(Noted):
    """A screen with two fields that have names."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        self.boxes = [QLineEdit(), QLineEdit()]
        for box, name in zip(self.boxes, ("団体", "人数"), strict=True):
            box.setAccessibleName(name)
            self.layout().addWidget(box)


def active(window, qtbot):
    in_front(qtbot, window)


def test_the_focus_goes_straight_from_the_page_left_to_the_next_one(window, qapp, qtbot):
    active(window, qtbot)
    noted(window, "home").findChild(QLineEdit).setFocus()
    passed = []
    qapp.focusChanged.connect(lambda _old, new: passed.append(new))
    window.go("settings")
    assert passed
    settings = noted(window, "settings")
    assert [part for part in passed if part is not settings and not settings.isAncestorOf(part)] == []


def test_a_page_come_back_to_has_the_focus_where_it_was_even_if_it_was_built_anew(window, desk, qtbot):
    put(window, "named", "人数", Named)
    active(window, qtbot)
    for left in ("elsewhere", "opened for another", "built anew"):
        window.go("named", event_id=1)
        window.screen_of("named").boxes[1].setFocus()
        if left == "opened for another":
            window.go("named", event_id=2)
            window.screen_of("named").boxes[0].setFocus()
        else:
            window.go("settings")
        if left == "built anew":
            desk.style_changing.emit()
        window.go_back()
        assert window.focusWidget() is window.screen_of("named").boxes[1], left
        window.go("home")
    window.go("named", event_id=1)
    window.screen_of("named").boxes[1].setFocus()
    window.top_bar.user.setFocus()
    window.screen_of("named").boxes[1].hide()
    window.go("settings")
    window.go_back()
    assert window.focusWidget() is not window.screen_of("named").boxes[1], "it is hidden now"


def test_alt_left_goes_back_with_what_was_handed_over(window):
    window.go("event", event_id=5)
    window.go("settings")
    window.go_back()
    assert window.shown_screen_name() == "event"
    assert noted(window, "event").arrivals[-1] == {"event_id": 5}
    window.go_forward()
    assert window.shown_screen_name() == "settings"


def test_an_unsettled_page_keeps_the_person_there(window):
    noted(window, "home").stay = True
    window.go("events")
    assert window.shown_screen_name() == "home"
    window.side_bar._entries["events"].click()
    lit = [place for place, entry in window.side_bar._entries.items() if entry.isChecked()]
    assert (window.shown_screen_name(), lit) == ("home", ["home"]), "the light stays where the person is"
    assert not window.close()
    noted(window, "home").stay = False


def test_the_side_bar_keeps_its_words_at_every_width(window):
    longest = "資料・報告"
    put(window, "turns", longest)
    entry = window.side_bar._entries["turns"]
    entry.show_count(24)
    for width, bar in ((1366, 176), (1300, 176), (1299, 144), (1093, 144), (911, 144)):
        window.resize(width, 614)
        assert window.side_bar.width() == bar, width
        assert entry.width() >= entry.full_width(), "icon, word and number stand side by side"
    assert (entry.toolTip(), entry.accessibleName()) == (f"{longest}　24件（Ctrl+4）", f"{longest}　24件")


def test_a_very_narrow_window_has_pictures_for_its_places_and_larger_letters_earlier(window, qapp, qtbot):
    entry = window.side_bar._entries["home"]
    assert (window.minimumWidth(), window.minimumHeight()) == (640, 360)
    try:
        for size, width, pictures in (
            ("標準", 900, False),
            ("標準", 683, True),
            ("特大", 1366, False),
            ("特大", 911, True),
            ("最大", 1366, True),
        ):
            apply_text_size(qapp, size)
            window.resize(width, 384)
            qtbot.waitUntil(lambda pictures=pictures: entry.pictures is pictures)
            assert window.width() == width, "neither bar keeps the window from being narrow"
            assert (window.side_bar.width() < 80) is pictures, (size, width)
            assert entry.accessibleName() == "ホーム"
        low = entry.chip_height()
        window.resize(1366, 768)
        qtbot.waitUntil(lambda: entry.height() == 80)
        assert low < entry.chip_height() == 32, (
            "a count above a picture is as large as the letters, where there is room"
        )
    finally:
        apply_text_size(qapp, "標準")


def test_a_page_that_needs_more_than_the_window_has_is_scrolled_to_and_gives_way_before(window, qtbot):
    class Wide(Noted):
        def __init__(self, desk: AppContext) -> None:
            super().__init__(desk)
            self.last = QListWidget()
            self.last.setMinimumSize(700, 430)
            self.layout().addWidget(self.last)

    put(window, "wide", "広い画面", Wide)
    window.resize(683, 384)
    window.go("wide")
    room = window._page_room
    qtbot.waitUntil(lambda: room.horizontalScrollBar().maximum() > 0 and room.verticalScrollBar().maximum() > 0)
    last = noted(window, "wide").last
    last.setFocus()
    room.ensureWidgetVisible(last)
    window.go("home")
    qtbot.waitUntil(lambda: room.horizontalScrollBar().maximum() == 0 and room.verticalScrollBar().maximum() == 0)
    window.go("wide")
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: room.horizontalScrollBar().maximum() == 0 and room.verticalScrollBar().maximum() == 0)


def test_the_keys_of_the_places_are_written_below_them_and_lead_there(window, qtbot):
    names = list(window.side_bar._entries)
    in_front(qtbot, window)
    assert window.side_bar._keys.text() == f"Ctrl+1〜{len(names)}"
    for number, name in enumerate(names[:3], 1):
        assert f"（Ctrl+{number}）" in window.side_bar._entries[name].toolTip()
        qtbot.keyClick(window.focusWidget() or window, str(number), Qt.KeyboardModifier.ControlModifier)
        assert window.shown_screen_name() == name
    assert window.side_bar._keys.isVisible()
    window.side_bar.fit_window(500)
    assert not window.side_bar._keys.isVisible(), "pictures alone have no room for it"


def test_a_badge_counts_the_wards_own_work_and_is_counted_again_after_a_change(desk, qtbot):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    given = []

    def waiting(store, *, today):
        given.append(today)
        return 3

    put(window, "materials", "資料確認", badge=waiting)
    do(qtbot, desk, desk.changed.emit, None)
    assert window.side_bar.count("materials") == 3
    assert given == [date(2026, 9, 16)]
    assert window.side_bar._entries["materials"].accessibleName() == "資料確認　3件"


def test_a_saved_change_is_told_quietly_and_can_be_taken_back(window, desk, notebook, qtbot):
    class Answer:
        message = "資料を確認済にしました。"

    do(qtbot, desk, desk.write, lambda _store: Answer())
    assert (window.top_bar.saved.text(), window.undo_bar.isVisible()) == ("保存済み 10:32", True)
    assert window.undo_bar.words() == "資料を確認済にしました。"
    do(qtbot, desk, window.undo_bar.button.click)
    assert len(notebook.undone) == 1
    assert not window.undo_bar.isVisible()


def test_ctrl_z_and_ctrl_y_undo_and_redo(window, desk, notebook, qtbot):
    in_front(qtbot, window)
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(notebook.undone) == 2)
    wait_idle(qtbot, desk)


def test_a_failure_opens_one_dialog_over_the_window(window, desk, qtbot):
    desk.show_failure(RuntimeError("x"))
    dialogs = window.findChildren(FailureDialog)
    assert len(dialogs) == 1
    dialogs[0].reject()


def test_no_search_is_shown_until_there_is_one(window, qtbot):
    assert not window.top_bar.search.isVisible()
    opened = []
    window.set_search(lambda: opened.append(True))
    assert window.top_bar.search.isVisible()
    window.top_bar.search.click()
    assert opened == [True]


def test_a_single_year_is_a_word_and_several_are_a_choice(window, desk, qtbot):
    assert (window.top_bar.year_button.isVisible(), window.top_bar._year_words.text()) == (False, "令和8年度")
    window.set_years((2026, 2027))
    assert window.top_bar.year_button.isVisible()
    with qtbot.waitSignal(desk.year_changed):
        window.top_bar.year_button.menu().actions()[0].trigger()
    assert desk.fiscal_year == 2027
    assert window.top_bar.year_button.text() == "令和9年度"


def test_the_sample_mark_stands_in_the_top_bar_and_the_title(window):
    marks = [label.text() for label in window.top_bar.marks]
    assert marks == ["見本データ"]
    assert "見本データ" in window.windowTitle()


def test_a_control_that_goes_hands_the_keyboard_to_its_twin_and_never_to_the_search(window, qtbot):
    window.set_search(lambda: None)
    in_front(qtbot, window)
    screen = noted(window, "home")
    danger = Button("消す", kind="danger")
    screen.layout().addWidget(danger)
    danger.show()
    for _turn in range(2):
        line = QLineEdit()
        line.setAccessibleName("分")
        screen.layout().addWidget(line)
        line.show()
        if _turn == 0:
            first = line
            line.setFocus()
    assert first.hasFocus()
    first.hide()
    first.deleteLater()
    qtbot.waitUntil(lambda: window.focusWidget() is line)

    line.setEnabled(False)
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QLineEdit) and window.focusWidget() is not line)
    assert screen.isAncestorOf(window.focusWidget())


class UnderOthers(Screen):
    """A page under others, with their names and the way back above its work."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        inside = page_column(self)
        self.work = QLineEdit()
        for part in (
            link_button("事業"), Link("アンケート"), Button("実施回へ戻る", icon_name="arrow-left"),
            Button("消す", kind="danger"), self.work,
        ):  # fmt: skip
            inside.addWidget(part)


@pytest.mark.parametrize("deleted", [False, True])
def test_where_a_dialog_closes_over_a_control_that_has_gone_the_keyboard_stays_in_the_screen(window, qtbot, deleted):
    window.set_search(lambda: None)
    in_front(qtbot, window)
    screen = noted(window, "home")
    line, button = QLineEdit(), Button("2班を削除する")
    for part in (line, button):
        screen.layout().addWidget(part)
        part.show()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    dialog = DialogFrame("削除する", "", main="削除する", parent=window)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    button.hide()
    if deleted:
        button.deleteLater()
        QCoreApplication.sendPostedEvents(button, QEvent.Type.DeferredDelete)
    dialog.accept()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and screen.isAncestorOf(QApplication.focusWidget()))

    window.top_bar.search.setFocus()
    second = DialogFrame("さがす", "", main="開く", parent=window)
    second.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is second)
    second.accept()
    window.activateWindow()
    qtbot.waitUntil(window.top_bar.search.hasFocus)


class Rebuilt(Screen):
    """A long page whose buttons are all built anew whenever it reads, as lists with buttons in their rows are."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        page_column(self).addWidget(self.area)
        self.buttons: list[Button] = []

    def reload(self) -> None:
        for one in self.buttons:
            one.hide()
            one.deleteLater()
        self.buttons = [Button(f"{number}行目") for number in range(60)]
        for one in self.buttons:
            self.column.addWidget(one)


def test_the_keyboard_stays_and_nothing_scrolls_where_its_button_and_all_that_follow_are_built_anew(window, qtbot):
    put(window, "long", "長い", Rebuilt)
    in_front(qtbot, window)
    window.go("long")
    screen = window.screen_of("long")
    assert isinstance(screen, Rebuilt)
    qtbot.waitUntil(lambda: screen.buttons[0].isVisible() and screen.area.verticalScrollBar().maximum() > 0)
    for number in (0, 3):
        screen.buttons[number].setFocus()
        assert screen.buttons[number].hasFocus()
        screen.reload()
        wanted = screen.buttons[number]
        qtbot.waitUntil(wanted.hasFocus)
        assert screen.area.verticalScrollBar().value() == 0


def test_a_page_begins_at_its_work_and_not_at_what_leads_away_from_it(window, qtbot):
    put(window, "under", "下", UnderOthers, parent_screen="events")
    in_front(qtbot, window)
    window.go("under")

    screen = window.screen_of("under")
    assert isinstance(screen, UnderOthers)
    assert window.focusWidget() is screen.work


def test_a_badge_says_what_it_counts_and_nothing_where_nothing_is_due(desk, qtbot):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.register_screen(
        ScreenEntry("settings", "gear", "設定", Noted, badge=lambda _store, *, today: 1, badge_words="台帳の要確認")
    )
    entry = window.side_bar._entries["settings"]
    assert (entry.toolTip(), entry.accessibleDescription()) == ("設定（Ctrl+1）", "")
    do(qtbot, desk, window.read_badges)
    assert (entry.accessibleName(), entry.accessibleDescription()) == ("設定　1件", "台帳の要確認")
    assert entry.toolTip() == "設定　1件（Ctrl+1）\n台帳の要確認"
    window.set_badge("settings", 0)
    assert (entry.toolTip(), entry.accessibleDescription()) == ("設定（Ctrl+1）", "")


def test_the_backup_state_stands_at_the_foot(window):
    window.set_backup_state("バックアップ済み", "本日 8:31")
    texts = [label.text() for label in window.side_bar.findChildren(QLabel)]
    assert [word for word in ("バックアップ済み", "本日 8:31") if word not in texts] == []


def test_the_size_comes_back_and_the_day_begins_at_home(desk, qtbot, tmp_path):
    use_settings_file(tmp_path / "window.ini")
    first = MainWindow(desk)
    qtbot.addWidget(first)
    for place in ("home", "events"):
        put(first, place, place)
    first.resize(800, 560)
    first.show()
    first.go("events")
    first.close()
    use_settings_file(tmp_path / "window.ini")
    second = MainWindow(desk)
    qtbot.addWidget(second)
    for place in ("home", "events"):
        put(second, place, place)
    second.open_first_screen()
    second.show()
    assert (second.shown_screen_name(), second.height()) == ("home", 560)


def test_the_window_stands_where_its_frame_stood_and_fills_the_screen_again(qtbot):
    first = QWidget()
    qtbot.addWidget(first)
    first.resize(640, 420)
    first.move(30, 40)
    first.show()
    told = geometry_text(first)
    for _start in range(3):
        again = QWidget()
        qtbot.addWidget(again)
        assert restore_saved_geometry(again, told)
        again.show()
        assert (again.pos(), again.size()) == (first.pos(), first.size())
        told = geometry_text(again)
    first.showMaximized()
    filled = QWidget()
    qtbot.addWidget(filled)
    assert restore_saved_geometry(filled, geometry_text(first))
    filled.show()
    assert filled.isMaximized()
    assert not restore_saved_geometry(filled, None)
    assert not restore_saved_geometry(filled, "1,2")


def test_a_window_left_on_a_screen_that_is_gone_stands_whole_on_the_one_that_is_there(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    assert restore_saved_geometry(window, "9000,9000,640,420")
    assert (window.width(), window.height()) == (640, 420)
    assert window.screen().availableGeometry().contains(window.frameGeometry())


@pytest.mark.parametrize(
    ("wanted", "rooms", "stands"),
    [
        # 1706×960 at 100 %, then the screen at 125 %: 1366×768 with a task bar of 48.
        (QRect(0, 0, 1704, 928), [QRect(0, 0, 1366, 720)], QRect(0, 0, 1364, 688)),
        (QRect(200, 150, 1100, 700), [QRect(0, 0, 1093, 576)], QRect(0, 0, 1091, 544)),
        # It fits, but stood too far right and low for the smaller screen.
        (QRect(900, 500, 800, 480), [QRect(0, 0, 1366, 720)], QRect(564, 208, 800, 480)),
        # The second screen is smaller than the first: the title bar stands there.
        (QRect(2000, 40, 1704, 928), [QRect(0, 0, 1920, 1032), QRect(1920, 0, 1093, 576)], QRect(1920, 0, 1091, 544)),
        # The screen at the left is gone.
        (QRect(-1800, 40, 1000, 600), [QRect(0, 0, 1366, 720)], QRect(182, 44, 1000, 600)),
        # Half of the screen, shadow and all, as Windows puts it: nothing is moved.
        (QRect(-8, 0, 681, 681), [QRect(0, 0, 1366, 720)], QRect(-8, 0, 681, 681)),
        (QRect(30, 40, 800, 480), [QRect(0, 0, 1366, 720)], QRect(30, 40, 800, 480)),
    ],
)  # fmt: skip
def test_a_window_never_stands_outside_todays_screens(wanted, rooms, stands):
    assert within_screens(wanted, rooms) == stands


def watching(desk, qtbot, idle_minutes: float) -> MainWindow:
    made = MainWindow(desk, idle_minutes=idle_minutes)
    qtbot.addWidget(made)
    made.show()
    return made


def test_nobody_touching_the_desk_asks_for_the_lock(desk, qtbot):
    window = watching(desk, qtbot, 0.003)
    with qtbot.waitSignal(window.screen_lock_requested):
        pass


def test_before_the_lock_comes_it_is_said_and_a_touch_ends_the_warning(desk, qtbot):
    window = watching(desk, qtbot, 10)
    watch, warning = window.idle_watch, window.idle_warning
    watch.watch(window.windowHandle())
    assert watch._timer.interval() - watch._warning_timer.interval() == 60_000
    watch.idle_soon.emit()
    watch._warning_timer.stop()
    assert warning.isVisible()
    (words,) = [one.text() for one in warning.findChildren(QLabel) if one.text()]
    assert "あと1分" in words
    assert "どれかキーを押すか、マウスを動かすと" in words, "no button is looked for"
    foot = window.height() - t.scaled(action_bar.HEIGHT)
    assert warning.geometry().bottom() < foot, "main button and message stay in sight"
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(window.windowHandle(), press)
    assert not warning.isVisible()
    assert watch._warning_timer.isActive()

    dialog = DialogFrame("期限を動かす", main="保存する", parent=window)
    dialog.open()
    watch.idle_soon.emit()
    assert warning.window() is dialog, "it stands over what is in front"
    qtbot.waitUntil(lambda: dialog.main.mapTo(dialog, QPoint()).y() > 0)
    assert warning.geometry().bottom() < dialog.main.mapTo(dialog, QPoint()).y()
    watch._warning_timer.stop()
    watch.watch(dialog.windowHandle())
    move = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(dialog.windowHandle(), move)
    assert not warning.isVisible(), "it is answered while a dialog is open"
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    watch.idle_soon.emit()
    assert warning.isVisible(), "it has not gone with the dialog"

    desk.lock_minutes_changed.emit(20.0)
    assert (watch._timer.interval(), watch._timer.isActive()) == (20 * 60_000, True)
    watch.stop()
    desk.lock_minutes_changed.emit(5.0)
    assert not watch._timer.isActive(), "the sample year is never hidden"


def test_a_touch_begins_the_count_anew(desk, qtbot):
    window = watching(desk, qtbot, 10)
    handle = window.windowHandle()
    window.idle_watch.watch(handle)
    window.idle_watch._since_input.invalidate()
    window.idle_watch._warning_timer.stop()
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(handle, press)
    assert window.idle_watch._since_input.isValid()
    assert window.idle_watch._warning_timer.isActive()
    window.idle_watch.stop()


def test_kana_that_an_input_method_writes_are_a_touch_too(desk, qtbot):
    window = watching(desk, qtbot, 10)
    in_front(qtbot, window)
    other, field = QLineEdit(window), QLineEdit(window)
    for one in (other, field):
        one.show()
        one.setFocus()

    def counts(part):
        window.idle_watch._since_input.invalidate()
        typed = QInputMethodEvent()
        typed.setCommitString("かな")
        QCoreApplication.sendEvent(part, typed)
        return window.idle_watch._since_input.isValid()

    assert counts(field)
    assert not counts(other), "nobody types where the focus is not"
    other.deleteLater()
    field.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.setFocus()
    window.idle_watch.stop()


def test_a_larger_text_size_dresses_the_whole_window(window, qapp, qtbot):
    before = window.top_bar.height()
    apply_text_size(qapp, "特大")
    qtbot.waitUntil(lambda: window.top_bar.height() > before)
    apply_text_size(qapp, "標準")
    qtbot.waitUntil(lambda: window.top_bar.height() == before)


def test_before_the_letters_change_the_hidden_screens_are_let_go_of_and_built_anew_when_gone_to(window, desk, qtbot):
    desk.go("event", event_id=2)
    left = noted(window, "event")
    desk.go("settings")
    settings = noted(window, "settings")

    with qtbot.waitSignal(left.destroyed):
        desk.style_changing.emit()

    assert noted(window, "settings") is settings
    assert settings.isVisible()
    desk.changed.emit(None)
    window.go_back()
    again = noted(window, "event")
    assert (again.isVisible(), again.arrivals, again.reads) == (True, [{"event_id": 2}], 1)


def ctrl_enter(qtbot, window, key=Qt.Key.Key_Return):
    QCoreApplication.processEvents()  # what was added a moment ago is shown
    qtbot.keyClick(window.focusWidget() or window, key, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_presses_the_filled_button_once_the_field_is_left(window, qtbot, key):
    screen = noted(window, "home")
    order: list[str] = []
    box = screen.findChild(QLineEdit)
    box.editingFinished.connect(lambda: order.append(box.text()))
    screen.layout().addWidget(Button("つぎへ", lambda: order.append("つぎへ")))
    screen.layout().addWidget(Button("取り込む", lambda: order.append("取り込む"), kind="main"))
    box.setFocus()
    qtbot.keyClicks(box, "18")

    ctrl_enter(qtbot, window, key)

    assert order == ["18", "取り込む"]


def test_ctrl_enter_presses_nothing_that_is_not_the_one_thing_to_do(window, qtbot):
    screen = noted(window, "home")
    pressed: list[str] = []
    ctrl_enter(qtbot, window)
    first, second = (Button(word, lambda word=word: pressed.append(word), kind="main") for word in ("一", "二"))
    screen.layout().addWidget(first)
    screen.layout().addWidget(second)
    ctrl_enter(qtbot, window)
    second.setEnabled(False)
    first.hide()
    ctrl_enter(qtbot, window)
    assert pressed == []
    first.show()
    ctrl_enter(qtbot, window)
    window.go("events")
    ctrl_enter(qtbot, window)
    assert pressed == ["一"]


def test_of_two_filled_buttons_ctrl_enter_presses_the_one_of_the_form_with_the_keyboard(window, qtbot):
    screen = noted(window, "home")
    pressed: list[str] = []
    form = QWidget()
    inside = QVBoxLayout(form)
    typed = QLineEdit()
    inside.addWidget(typed)
    inside.addWidget(Button("設問を保存する", lambda: pressed.append("設問"), kind="main"))
    screen.layout().addWidget(Button("決定する", lambda: pressed.append("決定"), kind="main"))
    screen.layout().addWidget(form)
    QCoreApplication.processEvents()
    typed.setFocus()
    ctrl_enter(qtbot, window)
    screen.findChild(QLineEdit).setFocus()
    ctrl_enter(qtbot, window)
    assert pressed == ["設問"]


def test_a_field_that_forbids_the_act_when_it_is_left_is_heeded(window, qtbot):
    screen = noted(window, "home")
    pressed: list[str] = []
    button = Button("保存する", lambda: pressed.append("保存する"), kind="main")
    screen.layout().addWidget(button)
    box = screen.findChild(QLineEdit)
    box.editingFinished.connect(lambda: button.setEnabled(False))
    box.setFocus()
    qtbot.keyClicks(box, "31")

    ctrl_enter(qtbot, window)

    assert pressed == []


def test_a_button_in_a_row_of_a_list_is_not_the_one_of_the_screen(window, qtbot):
    screen = noted(window, "home")
    pressed: list[str] = []
    listed = QListWidget()
    listed.addItem("1")
    listed.setItemWidget(listed.item(0), Button("開く", lambda: pressed.append("開く"), kind="main"))
    screen.layout().addWidget(listed)
    screen.layout().addWidget(Button("印刷する", lambda: pressed.append("印刷する"), kind="main"))

    ctrl_enter(qtbot, window)

    assert pressed == ["印刷する"]


def test_only_the_filled_button_says_its_key(window):
    screen = noted(window, "home")
    buttons = [Button(word, kind=kind) for word, kind in (("つぎへ", "plain"), ("印刷する", "main"))]
    for button in buttons:
        screen.layout().addWidget(button)
    QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    assert [one.key for one in buttons] == ["", "Ctrl+Enter"]
    plain = buttons[0].sizeHint().width()
    wide = buttons[1].sizeHint().width()

    buttons[1].set_filled(False)
    assert buttons[1].key == ""
    assert buttons[1].sizeHint().width() < wide
    buttons[0].set_filled(True)
    assert (buttons[0].key, buttons[0].sizeHint().width() > plain) == ("Ctrl+Enter", True)


def test_a_second_ctrl_enter_in_a_hurry_presses_nothing_that_lay_under_the_dialog(window, qtbot):
    screen = noted(window, "home")
    pressed: list[str] = []
    screen.layout().addWidget(Button("記録", lambda: pressed.append("記録"), kind="main"))
    QCoreApplication.processEvents()
    key = next(one for one in window.findChildren(QShortcut) if one.key() == QKeySequence("Ctrl+Return"))
    for by_key in (True, False):
        dialog = DialogFrame("記録", main="保存する", parent=screen)
        dialog.confirmed.connect(dialog.accept)
        dialog.open()
        if by_key:
            qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        else:
            dialog.main.click()
        assert not dialog.isVisible()
        key.activated.emit()
        assert pressed == ([] if by_key else ["記録"]), "by the mouse, nothing is pressed twice"
        qtbot.waitUntil(lambda: not window.findChild(QTimer, "filled key rests").isActive())
    key.activated.emit()
    assert pressed == ["記録", "記録"]
