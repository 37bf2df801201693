"""At the venue: the start page, the file's own password, the door and nothing else, each key in the file at once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.actions.action_context import ActionContext
from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.unlock import UnlockPage
from app.data_folder.screens.welcome import WelcomePage
from app.event_day.reception.screens.day_mode import DayEndDialog
from app.event_day.reception.services import read_reception, receive
from app.main_window.main_window import MainWindow
from app.startup.day_login import DayFilePage
from db.records.events import Event
from db.rows import by_id
from db.tables import events
from tests.support.day_files import PASSWORD, at_door, at_venue, came, event_with_secrets, take_out
from tests.support.door_people import DOOR
from tests.support.sessions import Sessions, open_dialog
from tests.support.years import started_year


@pytest.fixture
def sessions(qtbot, tmp_path: Path) -> Iterator[Sessions]:
    made = Sessions(qtbot, tmp_path)
    made.now = DOOR
    yield made
    made.end_all()


@pytest.fixture
def path(tmp_path) -> Path:
    """A file on the stick of somebody who came to the venue; the office is far away."""
    office = tmp_path / "office"
    store = started_year(office)
    made = take_out(store, event_with_secrets(store), office).path
    store.database.conn.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    return Path(shutil.move(made, stick / made.name))


def day_page(sessions: Sessions, window) -> DayFilePage:
    page = sessions.on_page(window, WelcomePage)
    sessions.click(page.day_button)
    return sessions.on_page(window, DayFilePage)


def enter(sessions: Sessions, window, path: Path) -> MainWindow:
    page = day_page(sessions, window)
    page.file.set_path(f'"{path}"')
    page.form.set_values({"password": PASSWORD})
    with sessions.qtbot.waitSignal(window.session_started):
        sessions.click(page.open_button)
    main = window.main_window
    door = main.screen_of("reception")
    sessions.qtbot.waitUntil(lambda: door.door is not None)
    return main


def test_the_whole_way_from_the_first_page_to_the_closed_file(sessions, path, qtbot):
    window = sessions.start()
    main = enter(sessions, window, path)
    assert main.shown_screen_name() == "reception"
    assert not main.side_bar.isVisible()
    assert not main.top_bar.isVisible()
    assert "当日モード" in main.windowTitle()
    door = main.screen_of("reception")
    for number in (2, 6):
        QTest.keyClicks(door.field, str(number))
        QTest.keyClick(door.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(door.door.received) == 2)
    copy = path.with_name("copy.dkday")
    shutil.copyfile(path, copy)
    with at_venue(copy) as day:
        assert came(day.store, 1) == {"髙橋 見本子", "𠮷田 例男"}
    QTest.keyClick(door.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(door.door.received) == 1)
    sessions.click(door.head.end_button)
    qtbot.waitUntil(lambda: main.findChild(DayEndDialog) is not None)
    dialog = open_dialog(DayEndDialog)
    with qtbot.waitSignal(window.ended):
        sessions.click(dialog.main)
    with at_venue(path) as day:
        assert came(day.store, 1) == {"髙橋 見本子"}
        assert events.result(day.store.database, 1) is None
        assert by_id(day.store.database, Event, 1).status == "予定"
    assert sorted(one.name for one in path.parent.iterdir()) == ["R8-講01-当日.dkday", "copy.dkday"]


def test_no_other_place_is_there_by_key_or_by_wish(sessions, path, qtbot):
    main = enter(sessions, sessions.start(), path)
    for place in ("home", "roster", "settings", "organisations", "event", "takeouts"):
        main.app_context.go(place, event_id=1)
        assert main.shown_screen_name() == "reception"
    for keys in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_K):
        QTest.keyClick(main, keys, Qt.KeyboardModifier.ControlModifier)
    assert main.shown_screen_name() == "reception"
    door = main.screen_of("reception")
    sessions.click(door.paper_button)
    assert main.shown_screen_name() == "attendance"
    paper = main.screen_of("attendance")
    qtbot.waitUntil(lambda: paper.door is not None)
    QTest.keyClicks(paper.side.field, "1 4")
    QTest.keyClick(paper.side.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(paper.door.received) == 2)
    dict(paper.bar._menu_actions())["受付を閉じる"]()
    dialog = open_dialog(DayEndDialog)
    assert "ファイルを閉じる" in dialog.main.text()
    dialog.reject()
    sessions.click(paper.head.end_button)
    assert main.shown_screen_name() == "reception"


def test_undo_reaches_back_over_a_power_cut(sessions, path, qtbot):
    with at_venue(path) as day:
        first = read_reception(day.store, event_id=1).waiting[0]
        receive(ActionContext(day.store, **at_door(day)), entry_id=first.entry_id)
    main = enter(sessions, sessions.start(), path)
    door = main.screen_of("reception")
    assert len(door.door.received) == 1
    sessions.click(door.undo_button)
    qtbot.waitUntil(lambda: not door.door.received)


def test_a_wrong_password_and_a_damaged_file_are_said_on_the_page(sessions, path, qtbot):
    window = sessions.start()
    page = day_page(sessions, window)
    data = path.read_bytes()
    sessions.click(page.open_button)
    assert "選ばれていません" in page.problem.words()
    page.file.set_path(str(path))
    for _time in range(3):
        sessions.write(page.form.editor("password"), "something else 123")
        sessions.click(page.open_button)
        qtbot.waitUntil(lambda: not window.is_busy and "パスワードが違います" in page.problem.words())
        assert page.form.value("password") == ""
    assert path.read_bytes() == data
    path.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
    page.form.set_values({"password": PASSWORD})
    sessions.click(page.open_button)
    qtbot.waitUntil(lambda: not window.is_busy and "壊れて" in page.problem.words())
    path.unlink()
    page.form.set_values({"password": PASSWORD})
    sessions.click(page.open_button)
    qtbot.waitUntil(lambda: not window.is_busy and "見つかりません" in page.problem.words())
    sessions.click(page.back)
    assert sessions.on_page(window, WelcomePage)


def test_the_locked_door_opens_with_the_password_of_the_file(sessions, path, qtbot):
    window = sessions.start()
    main = enter(sessions, window, path)
    main.app_context.lock_screen()
    page = sessions.on_page(window, UnlockPage)
    assert main.app_context.is_screen_locked
    page.form.set_values({"password": "something else 123"})
    sessions.click(page.unlock_button)
    qtbot.waitUntil(lambda: "パスワードが違います" in page.problem.words())
    assert main.app_context.is_screen_locked
    page.form.set_values({"password": PASSWORD})
    sessions.click(page.unlock_button)
    qtbot.waitUntil(lambda: not main.app_context.is_screen_locked)
    assert main.shown_screen_name() == "reception"


def test_the_login_page_leads_there_too_and_back(sessions, path, qtbot):
    first = sessions.start()
    sessions.make_data(first)
    sessions.end(first)
    window = sessions.start()
    login = sessions.on_page(window, LoginPage)
    sessions.click(login.day_button)
    page = sessions.on_page(window, DayFilePage)
    sessions.click(page.back)
    assert sessions.on_page(window, LoginPage)


@pytest.mark.parametrize(("width", "height"), [(911, 512), (1366, 768), (1920, 1080)])
def test_the_head_of_the_door_keeps_its_words_at_every_width(sessions, path, qtbot, width, height):
    main = enter(sessions, sessions.start(), path)
    main.resize(width, height)
    door = main.screen_of("reception")
    qtbot.waitUntil(lambda: door.width() == main.width())
    for button in (door.paper_button, door.head.end_button):
        assert button.width() >= button.sizeHint().width()
        assert button.geometry().right() <= door.head.width()
    assert door.head.height() <= height // 3
