"""設定 of people and safety: users and their passwords, a new recovery key, backups, the check, the restore."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.keeping.screens.restoring import RestorePage
from app.main_window.main_window import MainWindow
from app.subjects.settings.pages.screens.recovery_key import RecoveryKeyDialog
from app.subjects.settings.pages.screens.users_page import NewUserDialog, OwnPasswordDialog
from app.widgets.dialog_frame import DialogFrame
from app.window.remembered import remember
from db import layout, seat
from tests.support.sittings import LOGIN, PASSWORD, Sittings, in_main, key_on, open_dialog, radio
from tests.support.waiting import wait_idle

OTHER_LOGIN, OTHER_PASSWORD = "mihon02", "tortoise and the hare"
NEW_PASSWORD = "another long password"


@pytest.fixture
def sittings(qtbot, tmp_path: Path) -> Iterator[Sittings]:
    made = Sittings(qtbot, tmp_path)
    yield made
    made.end_all()


@pytest.fixture
def main(sittings: Sittings) -> MainWindow:
    return sittings.begun()


@pytest.fixture
def first(sittings: Sittings) -> MainWindow:
    """On the first day, with the one backup of the beginning."""
    return sittings.make_data(sittings.start())


def page_of(main: MainWindow, name: str) -> Any:
    main.go("settings", section=name)
    return main.screen_of("settings").page(name)  # type: ignore[attr-defined]


def add_colleague(sittings: Sittings, main: MainWindow) -> Any:
    page = page_of(main, "users")
    sittings.click(page.add)
    dialog = open_dialog(NewUserDialog)
    sittings.write(dialog.form.editor("login_id"), OTHER_LOGIN)
    sittings.write(dialog.form.editor("display_name"), "みほん林")
    sittings.write(dialog.form.editor("password"), OTHER_PASSWORD)
    sittings.write(dialog.form.editor("again"), OTHER_PASSWORD)
    sittings.click(dialog.main)
    sittings.qtbot.waitUntil(lambda: len(page.list.model.records()) == 2)
    return page


def test_a_colleague_gets_an_own_id_and_opens_with_it(sittings, main, qtbot):
    page = add_colleague(sittings, main)
    assert "みほん林さんを加えました。" in page.said.words()
    window = sittings._open[0]
    sittings.end(window)

    second = sittings.start(settings="colleague")
    login = sittings.on_page(second, type(second.page))
    sittings.write(login.form.editor("login_id"), OTHER_LOGIN)
    with qtbot.waitSignal(second.entered):
        sittings.log_in(second, OTHER_PASSWORD)
    assert in_main(second).desk.user_name == "みほん林"


def test_a_taken_id_is_refused_in_the_dialog_and_nothing_typed_is_lost(sittings, main, qtbot):
    page = page_of(main, "users")
    sittings.click(page.add)
    dialog = open_dialog(NewUserDialog)
    sittings.write(dialog.form.editor("login_id"), LOGIN)
    sittings.write(dialog.form.editor("display_name"), "みほん林")
    sittings.write(dialog.form.editor("password"), OTHER_PASSWORD)
    sittings.write(dialog.form.editor("again"), OTHER_PASSWORD)

    sittings.click(dialog.main)

    qtbot.waitUntil(lambda: bool(dialog.refusal.words()))
    assert "すでに使われています" in dialog.refusal.words()
    assert dialog.form.value("display_name") == "みほん林"
    dialog.reject()


def test_stopping_a_colleague_is_asked_first_and_shuts_the_door(sittings, main, qtbot):
    page = add_colleague(sittings, main)
    other = next(line for line in page.list.model.records() if line.user.login_id == OTHER_LOGIN)

    page.list.acted.emit(other)
    sittings.click(open_dialog(DialogFrame).main)
    qtbot.waitUntil(lambda: sum(line.can_log_in for line in page.list.model.records()) == 1)
    sittings.end(sittings._open[0])

    second = sittings.start(settings="colleague")
    login = sittings.on_page(second, type(second.page))
    sittings.write(login.form.editor("login_id"), OTHER_LOGIN)
    sittings.log_in(second, OTHER_PASSWORD)
    qtbot.waitUntil(lambda: bool(login.problem.words()))
    assert "IDまたはパスワードが違います。" in login.problem.words()


def test_ones_own_password_is_changed_by_knowing_the_old_one(sittings, main, qtbot):
    page = page_of(main, "users")
    sittings.click(page.password)
    dialog = open_dialog(OwnPasswordDialog)
    for key, typed in (("old", "wrong old password"), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)):
        sittings.write(dialog.form.editor(key), typed)
    sittings.click(dialog.main)
    qtbot.waitUntil(lambda: bool(dialog.refusal.words()))
    assert "いまのパスワードが違います。" in dialog.refusal.words()

    sittings.write(dialog.form.editor("old"), PASSWORD)
    sittings.click(dialog.main)
    qtbot.waitUntil(lambda: "変更しました" in page.said.words())
    sittings.end(sittings._open[0])

    again = sittings.start()
    with qtbot.waitSignal(again.entered):
        sittings.log_in(again, NEW_PASSWORD)


def test_a_new_recovery_key_is_shown_once_and_must_be_put_away(sittings, main, qtbot):
    page = page_of(main, "users")
    sittings.click(page.recovery)
    sittings.click(open_dialog(DialogFrame).main)
    qtbot.waitUntil(lambda: main.desk.tasks.idle)
    dialog = open_dialog(RecoveryKeyDialog)
    assert len(key_on(dialog).replace("-", "")) == 40
    assert not dialog.main.isEnabled()
    dialog.reject()
    assert dialog.isVisible()

    sittings.click(radio(dialog, "書き写した"))
    sittings.click(dialog.main)
    assert not dialog.isVisible()


def test_a_backup_is_made_now_and_the_side_bar_knows(sittings, first, qtbot):
    page = page_of(first, "backup")
    qtbot.waitUntil(lambda: len(page.lines()) == 1)

    sittings.click(page.make)

    qtbot.waitUntil(lambda: "開いて確かめました" in page.said.words())
    qtbot.waitUntil(lambda: len(page.lines()) == 2)
    assert page.lines()[0].reason == "手動"
    qtbot.waitUntil(lambda: "2世代" in first.side_bar._backup_more.text())


def test_the_check_says_that_all_is_well_or_what_is_not(sittings, main, qtbot):
    page = page_of(main, "backup")
    sittings.click(page.check)
    qtbot.waitUntil(lambda: "異常はありません。" in page.said.words())

    keyring = layout.keyrings(sittings.home / "data")[1]
    keyring.write_bytes(keyring.read_bytes()[:-40])
    sittings.click(page.check)
    qtbot.waitUntil(lambda: "見つかりました" in page.said.words())
    assert f"鍵ファイル（{keyring.name}）が壊れています。" in page.said.words()


def test_where_data_and_papers_are_copied_to_other_pcs_is_said_with_the_places(sittings, main, tmp_path, qtbot):
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


def test_restoring_from_the_settings_closes_the_data_and_lists_its_backups(sittings, first, qtbot):
    window = sittings._open[0]
    page = page_of(first, "backup")
    sittings.click(page.restore)
    sittings.click(open_dialog(DialogFrame).main)

    restoring = sittings.on_page(window, RestorePage)
    assert window.main_window is None
    assert restoring.list.model.rowCount() == 2
    assert seat.look(sittings.home / "data").state == "free"
    sittings.click(restoring.cancel)
    with qtbot.waitSignal(window.entered):
        sittings.log_in(window)
