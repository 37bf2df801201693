"""設定 of people and safety: users and their passwords, a new recovery key, backups, the check, the restore."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.data_folder.screens.restoring import RestorePage
from app.main_window.main_window import MainWindow
from app.subjects.settings.pages.screens.recovery_key import RecoveryKeyDialog
from app.subjects.settings.pages.screens.users_page import NewUserDialog, OwnPasswordDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.window.remembered import remember
from db import layout, write_lock
from tests.support.sessions import LOGIN, PASSWORD, Sessions, in_main, key_on, open_dialog, radio
from tests.support.waiting import wait_idle

OTHER_LOGIN, OTHER_PASSWORD = "mihon02", "tortoise and the hare"
NEW_PASSWORD = "another long password"


@pytest.fixture
def sessions(qtbot, tmp_path: Path) -> Iterator[Sessions]:
    made = Sessions(qtbot, tmp_path)
    yield made
    made.end_all()


@pytest.fixture
def main(sessions: Sessions) -> MainWindow:
    return sessions.begun()


@pytest.fixture
def first(sessions: Sessions) -> MainWindow:
    """On the first day, with the one backup of the beginning."""
    return sessions.make_data(sessions.start())


def page_of(main: MainWindow, name: str) -> Any:
    main.go("settings", section=name)
    page = main.screen_of("settings").page(name)  # type: ignore[attr-defined]
    QApplication.processEvents()
    return page


def add_colleague(sessions: Sessions, main: MainWindow) -> Any:
    page = page_of(main, "users")
    sessions.click(page.add)
    dialog = open_dialog(NewUserDialog)
    sessions.write(dialog.form.editor("login_id"), OTHER_LOGIN)
    sessions.write(dialog.form.editor("display_name"), "みほん林")
    sessions.write(dialog.form.editor("password"), OTHER_PASSWORD)
    sessions.write(dialog.form.editor("again"), OTHER_PASSWORD)
    sessions.click(dialog.main)
    sessions.qtbot.waitUntil(lambda: len(page.list.model.records()) == 2)
    return page


def test_a_colleague_gets_an_own_id_and_opens_with_it(sessions, main, qtbot):
    page = add_colleague(sessions, main)
    assert "みほん林さんを加えました。" in page.said.words()
    window = sessions._open[0]
    sessions.end(window)

    second = sessions.start(settings="colleague")
    login = sessions.on_page(second, type(second.page))
    sessions.write(login.form.editor("login_id"), OTHER_LOGIN)
    with qtbot.waitSignal(second.entered):
        sessions.log_in(second, OTHER_PASSWORD)
    assert in_main(second).desk.user_name == "みほん林"


def test_a_taken_id_is_refused_in_the_dialog_and_nothing_typed_is_lost(sessions, main, qtbot):
    page = page_of(main, "users")
    sessions.click(page.add)
    dialog = open_dialog(NewUserDialog)
    sessions.write(dialog.form.editor("login_id"), LOGIN)
    sessions.write(dialog.form.editor("display_name"), "みほん林")
    sessions.write(dialog.form.editor("password"), OTHER_PASSWORD)
    sessions.write(dialog.form.editor("again"), OTHER_PASSWORD)

    sessions.click(dialog.main)

    qtbot.waitUntil(lambda: bool(dialog.refusal.words()))
    assert "すでに使われています" in dialog.refusal.words()
    assert dialog.form.value("display_name") == "みほん林"
    dialog.reject()


def test_stopping_a_colleague_is_asked_first_and_shuts_the_door(sessions, main, qtbot):
    page = add_colleague(sessions, main)
    other = next(line for line in page.list.model.records() if line.user.login_id == OTHER_LOGIN)

    page.list.acted.emit(other)
    sessions.click(open_dialog(DialogFrame).main)
    qtbot.waitUntil(lambda: sum(line.can_log_in for line in page.list.model.records()) == 1)
    sessions.end(sessions._open[0])

    second = sessions.start(settings="colleague")
    login = sessions.on_page(second, type(second.page))
    sessions.write(login.form.editor("login_id"), OTHER_LOGIN)
    sessions.log_in(second, OTHER_PASSWORD)
    qtbot.waitUntil(lambda: bool(login.problem.words()))
    assert "IDまたはパスワードが違います。" in login.problem.words()


def test_ones_own_password_is_changed_by_knowing_the_old_one(sessions, main, qtbot):
    page = page_of(main, "users")
    sessions.click(page.password)
    dialog = open_dialog(OwnPasswordDialog)
    for key, typed in (("old", "wrong old password"), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)):
        sessions.write(dialog.form.editor(key), typed)
    sessions.click(dialog.main)
    qtbot.waitUntil(lambda: bool(dialog.refusal.words()))
    assert "いまのパスワードが違います。" in dialog.refusal.words()

    sessions.write(dialog.form.editor("old"), PASSWORD)
    sessions.click(dialog.main)
    qtbot.waitUntil(lambda: "変更しました" in page.said.words())
    sessions.end(sessions._open[0])

    again = sessions.start()
    with qtbot.waitSignal(again.entered):
        sessions.log_in(again, NEW_PASSWORD)


def test_a_new_recovery_key_is_shown_once_and_must_be_put_away(sessions, main, qtbot):
    page = page_of(main, "users")
    sessions.click(page.recovery)
    sessions.click(open_dialog(DialogFrame).main)
    qtbot.waitUntil(lambda: main.desk.tasks.idle)
    dialog = open_dialog(RecoveryKeyDialog)
    assert len(key_on(dialog).replace("-", "")) == 40
    assert not dialog.main.isEnabled()
    dialog.reject()
    assert dialog.isVisible()

    sessions.click(radio(dialog, "書き写した"))
    sessions.click(dialog.main)
    assert not dialog.isVisible()


def test_a_backup_is_made_now_and_the_side_bar_knows(sessions, first, qtbot):
    page = page_of(first, "backup")
    qtbot.waitUntil(lambda: len(page.lines()) == 1)

    sessions.click(page.make)

    qtbot.waitUntil(lambda: "開いて確かめました" in page.said.words())
    qtbot.waitUntil(lambda: len(page.lines()) == 2)
    assert page.lines()[0].reason == "手動"
    qtbot.waitUntil(lambda: "2世代" in first.side_bar._backup_more.text())


def test_the_check_says_that_all_is_well_or_what_is_not(sessions, main, qtbot):
    page = page_of(main, "backup")
    sessions.click(page.check)
    qtbot.waitUntil(lambda: "異常はありません。" in page.said.words())

    keyring = layout.keyrings(sessions.home / "data")[1]
    keyring.write_bytes(keyring.read_bytes()[:-40])
    sessions.click(page.check)
    qtbot.waitUntil(lambda: "見つかりました" in page.said.words())
    assert f"鍵ファイル（{keyring.name}）が壊れています。" in page.said.words()


def test_where_data_and_papers_are_copied_to_other_pcs_is_said_with_the_places(sessions, main, tmp_path, qtbot):
    cloud = tmp_path / "Dropbox" / "書類"
    cloud.mkdir(parents=True)
    remember("papers/folder", str(cloud))
    page = page_of(main, "backup")
    page.reload()
    wait_idle(qtbot, main.desk)

    assert str(cloud) in page.papers.text().replace("\u200b", "")
    assert "ほかのPCやクラウドにも複製されます（Dropbox）" in page.papers_copied.plain()
    assert page.papers_copied.isVisible()
    assert page.data_copied.isHidden()
    (main.desk.store.folder / ".stfolder").touch()
    page.reload()
    wait_idle(qtbot, main.desk)
    assert "二人で使うと変更が失われます" in page.data_copied.plain()


def test_restoring_from_the_settings_closes_the_data_and_lists_its_backups(sessions, first, qtbot):
    window = sessions._open[0]
    page = page_of(first, "backup")
    sessions.click(page.restore)
    sessions.click(open_dialog(DialogFrame).main)

    restoring = sessions.on_page(window, RestorePage)
    assert window.main_window is None
    assert restoring.list.model.rowCount() == 2
    assert write_lock.look(sessions.home / "data").state == "free"
    sessions.click(restoring.cancel)
    with qtbot.waitSignal(window.entered):
        sessions.log_in(window)
