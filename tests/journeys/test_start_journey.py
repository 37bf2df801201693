"""A clerk's first days: begin anew, close, come back, meet a colleague at the same data, leave the desk."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from app.data_folder.screens.unlock import UnlockPage
from app.data_folder.screens.welcome import WelcomePage
from app.settings.pages.screens.settings_screen import SettingsScreen
from app.widgets.dialogs.common_dialogs import LinkListDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph
from app.window.style_sheet import apply_text_size
from tests.support.sessions import PASSWORD, Sessions, in_main, open_dialog, radio


@pytest.fixture
def sessions(qtbot, qapp: QApplication, tmp_path: Path) -> Iterator[Sessions]:
    apply_text_size(qapp, "標準")
    made = Sessions(qtbot, tmp_path)
    yield made
    made.end_all()


def settings_page(main, name: str):
    main.go("settings", page=name)
    screen = main.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    page = screen.page(name)
    QApplication.processEvents()
    return page


def test_from_the_first_start_to_the_second_day(sessions: Sessions, qtbot) -> None:
    main = sessions.make_data(sessions.start())

    assert main.shown_screen_name() == "home"
    page = settings_page(main, "closed_days")
    sessions.write(page.form.editor("day"), "10/13")
    sessions.write(page.form.editor("reason"), "庁舎の設備点検")
    sessions.click(page.add)
    qtbot.waitUntil(lambda: len(page.list.model.records()) == 1)
    sessions.end(sessions._open[0])

    sessions.now = datetime.fromisoformat("2026-09-02T08:31")
    second = sessions.start()
    login = sessions.log_in(second, "wrong password here")
    qtbot.waitUntil(lambda: bool(login.problem.words()))
    assert [word for word in ("IDまたはパスワードが違います。", "回復キー") if word not in login.problem.words()] == []
    assert login.credentials() == ("mihon01", "")

    main = sessions.enter(second)
    assert main.shown_screen_name() == "home"
    page = settings_page(main, "closed_days")
    qtbot.waitUntil(lambda: len(page.list.model.records()) == 1)
    assert page.list.model.records()[0].reason == "庁舎の設備点検"
    office = settings_page(main, "office")
    qtbot.waitUntil(lambda: office.contractor_form.value("name") == "みほん受託株式会社")
    assert (main.app_context.user_name, main.app_context.today().isoformat()) == ("みほん山田", "2026-09-02")


def test_a_second_person_reads_at_once_and_the_band_says_who_works(sessions: Sessions, qtbot) -> None:
    first = sessions.start()
    sessions.make_data(first)

    second = sessions.start(settings="colleague")
    main = sessions.enter(second)
    assert main.app_context.read_only
    band = main.lock_banner
    qtbot.waitUntil(lambda: band.isVisible() and "みほん山田さん" in band.words())
    assert "09:00から入力中です。09:00の内容を見ています。" in band.words()
    assert band.buttons["ask"].isVisible()
    assert not [one for one in main.findChildren(QDialog) if one.isVisible()]
    numbers = settings_page(main, "numbers")
    assert not numbers.numbers.isEnabled()


def test_ten_quiet_minutes_cover_everything_and_the_password_brings_it_back(sessions: Sessions, qtbot) -> None:
    main = sessions.begun()
    window = sessions.frames[0]
    page = settings_page(main, "users")
    dialog = page._add()
    sessions.write(dialog.form.editor("login_id"), "half typed")

    main.idle_watch.set_minutes(0.001)
    lock = sessions.on_page(window, UnlockPage)
    assert window.isVisible()
    assert QApplication.activeModalWidget() is window

    sessions.write(lock.form.editor("password"), "not the password")
    qtbot.keyClick(lock.form.editor("password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(lock.problem.words()))
    assert "パスワードが違います。" in lock.problem.words()
    assert main.app_context.is_screen_locked

    main.idle_watch.set_minutes(10)
    sessions.write(lock.form.editor("password"), PASSWORD)
    qtbot.keyClick(lock.form.editor("password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not main.app_context.is_screen_locked)
    assert QApplication.activeModalWidget() is dialog
    assert dialog.form.value("login_id") == "half typed"
    assert main.shown_screen_name() == "settings"
    assert not window.isVisible()
    dialog.done(0)


@pytest.mark.in_full
def test_the_sample_opens_with_one_press_and_keeps_what_was_done_in_it(sessions: Sessions, qtbot) -> None:
    window = sessions.start()
    page = sessions.on_page(window, WelcomePage)
    with qtbot.waitSignal(window.session_started):
        sessions.click(page.sample_button)
    main = in_main(window)
    assert "見本データ" in main.windowTitle()
    assert [mark.text() for mark in main.top_bar.marks] == ["見本データ"]
    assert main.app_context.today().isoformat() == "2026-12-01"
    days = settings_page(main, "closed_days")
    sessions.write(days.form.editor("day"), "12/7")
    sessions.write(days.form.editor("reason"), "見本の点検")
    sessions.click(days.add)
    qtbot.waitUntil(lambda: any(one.reason == "見本の点検" for one in days.list.model.records()))
    sessions.end(window)

    again = sessions.start()
    page = sessions.on_page(again, WelcomePage)
    sessions.click(page.sample_button)
    choice = open_dialog(LinkListDialog)
    offered = ["前回の見本を開く", "新しい見本を作成する", "年度末の見本を作成する"]
    assert [entry.words for entry in choice.entries] == offered
    with qtbot.waitSignal(again.session_started):
        choice._follow_entry(choice.entries[0])
    days = settings_page(in_main(again), "closed_days")
    qtbot.waitUntil(lambda: any(one.reason == "見本の点検" for one in days.list.model.records()))

    # a second window at the same sample reads, and the hand-over can be tried
    beside = sessions.start()
    sessions.click(sessions.on_page(beside, WelcomePage).sample_button)
    entries = [one for one in QApplication.topLevelWidgets() if isinstance(one, LinkListDialog) and one.isVisible()]
    with qtbot.waitSignal(beside.session_started):
        entries[0]._follow_entry(entries[0].entries[0])
    band = in_main(beside).lock_banner
    qtbot.waitUntil(band.buttons["ask"].isVisible)
    assert "見本 花子さん" in band.words()
    band.buttons["ask"].click()
    waits = in_main(again).lock_banner
    qtbot.waitUntil(waits.buttons["give"].isVisible)
    waits.buttons["give"].click()
    qtbot.waitUntil(lambda: not in_main(beside).app_context.read_only)


def test_closing_before_the_key_was_put_away_is_asked_first(sessions: Sessions, qtbot) -> None:
    window = sessions.start()
    wizard = sessions.begin_anew(window)
    sessions.fill_steps(wizard)
    sessions.click(wizard.next_button)
    qtbot.waitUntil(lambda: wizard.step == 3 and not window.is_busy)
    assert not wizard.next_button.isEnabled()
    assert not radio(wizard, "印刷した").isEnabled()

    window.close()
    question = open_dialog(DialogFrame)
    assert any("回復キーを控えましたか" in said.plain_text() for said in question.findChildren(Paragraph))
    question.reject()
    assert window.isVisible()

    window.close()
    with qtbot.waitSignal(window.ended):
        sessions.click(open_dialog(DialogFrame).main)
    main = sessions.enter(sessions.start())
    assert main.shown_screen_name() == "home"
