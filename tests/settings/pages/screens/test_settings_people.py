"""設定 of people and safety: users and their passwords, a new recovery key, backups, the check, the restore."""

import os
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.data_folder.screens.centred_page import NotesPage
from app.data_folder.screens.first_password import FirstPasswordPage
from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.restore_page import RestorePage
from app.data_folder.screens.unlock import UnlockPage
from app.data_folder.services import data_folder
from app.data_folder.services.accounts import AccountManagers, issue_recovery_key
from app.data_folder.services.data_folder import publish
from app.main_window.main_window import MainWindow
from app.settings.pages.screens.key_change import KeyChangeDialog
from app.settings.pages.screens.recovery_key_dialog import RecoveryKeyDialog
from app.settings.pages.screens.users_page import NewUserDialog, OwnPasswordDialog
from app.startup.lock_polling import LockPolling
from app.startup.start_window import StartWindow
from app.submissions.reports.screens.copy_text import CopyText
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import LinkListDialog, ReasonDialog, SavingDialog, TextToCopyDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.window.app_context import bind_action, with_store
from app.window.ui_settings import remember
from db import folder_layout, keyring, write_lock
from db.files import storage_errors
from db.files.storage_errors import ReadOnlyFolder, RestrictedError
from tests.support.doing import do
from tests.support.sessions import LOGIN, PASSWORD, Sessions, in_main, key_on, open_dialog, radio

OTHER_LOGIN, OTHER_PASSWORD = "mihon02", "tortoise and the hare"
NEW_PASSWORD = "another long password"


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


def write_twice(sessions: Sessions, place: Any, password: str) -> None:
    for key in ("password", "again"):
        sessions.write(place.form.editor(key), password)


def add_colleague(sessions: Sessions, main: MainWindow, *, role: str = "担当", own: bool = False) -> Any:
    page = page_of(main, "users")
    sessions.click(page.add)
    dialog = open_dialog(NewUserDialog)
    sessions.write(dialog.form.editor("login_id"), OTHER_LOGIN)
    sessions.write(dialog.form.editor("display_name"), "みほん林")
    write_twice(sessions, dialog, OTHER_PASSWORD)
    dialog.form.set_values({"role": role, "own": own})
    sessions.click(dialog.main)
    sessions.qtbot.waitUntil(lambda: len(page.list.model.records()) == 2)
    return page


def as_colleague(sessions: Sessions, password: str = OTHER_PASSWORD, *, settings: str = "colleague") -> StartWindow:
    """Start at another PC and send the colleague's ID and password."""
    window = sessions.start(settings=settings)
    login = sessions.on_page(window, LoginPage)
    sessions.write(login.form.editor("login_id"), OTHER_LOGIN)
    sessions.log_in(window, password)
    return window


def test_a_colleague_opens_with_an_own_id_after_changing_the_password_that_was_given(sessions, main, qtbot):
    page = add_colleague(sessions, main)
    assert "みほん林さんを加えました。" in page.said.words()
    assert [line.has_temporary_password for line in page.list.model.records()] == [False, True]
    sessions.end(sessions._open[0])

    second = as_colleague(sessions)
    asked = sessions.on_page(second, FirstPasswordPage)
    write_twice(sessions, asked, OTHER_PASSWORD)
    sessions.click(asked.confirm_button)
    qtbot.waitUntil(lambda: "いまと同じパスワードです。" in asked.problem.words())
    write_twice(sessions, asked, NEW_PASSWORD)
    with qtbot.waitSignal(second.session_started):
        sessions.click(asked.confirm_button)
    colleague = in_main(second)
    assert (colleague.app_context.user_name, colleague.app_context.read_only) == ("みほん林", False)
    sessions.end(second)

    again = as_colleague(sessions)
    login = sessions.on_page(again, LoginPage)
    qtbot.waitUntil(lambda: "IDまたはパスワードが違います。" in login.problem.words())
    with qtbot.waitSignal(again.session_started):
        sessions.log_in(again, NEW_PASSWORD)
    _sees_what_failed(sessions, in_main(again), again)


def test_the_key_is_changed_once_everything_is_on_paper_and_all_come_in_anew(sessions, main, qtbot):
    page = add_colleague(sessions, main)
    sessions.click(page.change_key)
    qtbot.waitUntil(lambda: shown(KeyChangeDialog))
    dialog = open_dialog(KeyChangeDialog)
    assert [line._one.login_id for line in dialog.rows] == [OTHER_LOGIN]
    assert not dialog.main.isEnabled()
    sessions.click(dialog.rows[0].show_button)
    given = dialog.rows[0].shown.text()
    assert len(given) == 14
    sessions.click(radio(dialog, "書き写した"))
    assert not dialog.main.isEnabled(), "one's own password is asked too"
    sessions.write(dialog.form.editor("password"), "not the right password")
    sessions.click(dialog.main)
    qtbot.waitUntil(lambda: "パスワードが違います。" in dialog.refusal.words())
    sessions.write(dialog.form.editor("password"), PASSWORD)
    new_key = key_on(dialog)
    sessions.click(dialog.main)
    window = sessions._open[0]
    login = sessions.on_page(window, LoginPage)
    qtbot.waitUntil(lambda: "鍵を替えました。" in login.problem.words())
    again = sessions.enter(window)
    assert again.app_context.store.keys.number == 2
    page = page_of(again, "users")
    qtbot.waitUntil(lambda: "前の鍵で開けるバックアップ" in page.old.text())
    assert [line.has_temporary_password for line in page.list.model.records()] == [False, True]
    sessions.end(window)

    second = as_colleague(sessions)
    login = sessions.on_page(second, LoginPage)
    qtbot.waitUntil(lambda: "IDまたはパスワードが違います。" in login.problem.words())
    sessions.log_in(second, given)
    sessions.on_page(second, FirstPasswordPage)
    sessions.end(second)
    folder = sessions.home / "data"
    assert keyring.unlock(folder, keyring.normalise_recovery_key(new_key), owner=None).keys.number == 2


def test_a_colleague_who_sat_down_meanwhile_leaves_the_key_as_it_was(sessions, main, qtbot, monkeypatch):
    page = add_colleague(sessions, main)
    sessions.click(page.change_key)
    qtbot.waitUntil(lambda: shown(KeyChangeDialog))
    dialog = open_dialog(KeyChangeDialog)
    sessions.click(dialog.rows[0].show_button)
    sessions.click(radio(dialog, "書き写した"))
    sessions.write(dialog.form.editor("password"), PASSWORD)

    def taken(*_, **__):
        raise storage_errors.Locked("seat held", holder="みほん林さん")

    monkeypatch.setattr("app.data_folder.services.key_change.acquire_lock", taken)
    sessions.click(dialog.main)
    login = sessions.on_page(sessions._open[0], LoginPage)
    qtbot.waitUntil(lambda: "みほん林さんがこのデータを使用中です。" in login.problem.words())
    assert "鍵は替わっていません。印刷した紙は使えないため、細断してください。" in login.problem.words()
    assert sessions.enter(sessions._open[0]).app_context.store.keys.number == 1


def shown(kind: type) -> bool:
    return any(isinstance(one, kind) and one.isVisible() for one in QApplication.topLevelWidgets())


def _sees_what_failed(sessions: Sessions, main: MainWindow, window: StartWindow) -> None:
    """One wrong password at the login and two at the lock are listed after the next change."""
    main.screen_lock_requested.emit()
    lock = sessions.on_page(window, UnlockPage)
    for _ in range(2):
        lock.unlock_asked.emit("wrong wrong wrong")
        sessions.qtbot.waitUntil(lambda: "パスワードが違います。" in lock.problem.words())
        sessions.qtbot.waitUntil(lambda: main.app_context.tasks.is_idle)
    lock.unlock_asked.emit(NEW_PASSWORD)
    sessions.qtbot.waitUntil(main.isVisible)
    window.findChildren(LockPolling)[-1].poll()
    sessions.qtbot.waitUntil(lambda: main.app_context.tasks.is_idle)
    main.app_context.write(bind_action(issue_recovery_key))
    page = page_of(main, "users")
    sessions.qtbot.waitUntil(lambda: len(page.failed.model.records()) == 2)
    shown = [(one.login_id, one.way, one.times) for one in page.failed.model.records()]
    assert shown == [(OTHER_LOGIN, "ロックの解除", 2), (OTHER_LOGIN, "パスワード", 1)]


def test_while_a_colleague_types_a_given_password_opens_the_page_for_a_new_one_and_nothing_else(sessions, main, qtbot):
    add_colleague(sessions, main)
    main.app_context.read(with_store(publish, now=sessions.now), lambda _time: None)
    second = as_colleague(sessions)
    asked = sessions.on_page(second, FirstPasswordPage)
    write_twice(sessions, asked, NEW_PASSWORD)
    sessions.click(asked.confirm_button)
    qtbot.waitUntil(lambda: "みほん山田さん" in asked.problem.words())
    ways = [button.text() for button in asked.findChildren(Button) if button.isVisible()]
    assert sorted(ways) == ["やめる", "パスワードを決めて開く"]
    sessions.click(asked.cancel)
    login = sessions.on_page(second, LoginPage)
    sessions.write(login.form.editor("login_id"), OTHER_LOGIN)
    sessions.write(login.form.editor("password"), OTHER_PASSWORD)
    qtbot.waitUntil(login.read_button.isEnabled)
    sessions.click(login.read_button)
    sessions.on_page(second, FirstPasswordPage)


def test_who_checks_reads_that_the_window_shows_nothing_and_closes_it(sessions, main, qtbot):
    """An existing 閲覧 is made 点検 in the list of people; neither way in shows any data."""
    page = add_colleague(sessions, main, role="閲覧", own=True)
    chosen = _choose(sessions, page, 0)
    chosen.form.set_values({"role": "点検", "manages": True})
    sessions.click(chosen.main)
    qtbot.waitUntil(lambda: page.list.model.records()[1].role == "点検")
    assert page.list.model.records()[1].is_manager is False
    sessions.end(sessions._open[0])
    for way in ("login_button", "read_button"):
        second = sessions.start(settings="colleague")
        login = sessions.on_page(second, LoginPage)
        sessions.write(login.form.editor("login_id"), OTHER_LOGIN)
        sessions.write(login.form.editor("password"), OTHER_PASSWORD)
        button = getattr(login, way)
        qtbot.waitUntil(button.isEnabled)
        sessions.click(button)
        told = sessions.on_page(second, NotesPage)
        said = " ".join(one.text() for one in told.findChildren(QLabel))
        assert "この利用者の役割は「点検」です。" in said
        assert "みほん" not in said
        sessions.click(told.close_button)
        qtbot.waitUntil(lambda window=second: not window.isVisible())


def _takes_no_writing(*_given: object, **_more: object) -> None:
    """A share that this person may only read."""
    raise ReadOnlyFolder


def test_a_given_password_is_changed_beside_a_pc_that_fell_silent_and_says_so_where_nothing_can_be_written(
    sessions, main, qtbot, monkeypatch
):
    add_colleague(sessions, main)
    sessions.end(sessions._open[0])
    data = sessions.home / "data"
    taken = write_lock.acquire(data, name="y", pc="MADO-01", now=sessions.now, file_number=1, known_number=1)
    taken.set_display_name("みほん山田")
    for path in (*(data / write_lock.PRESENCE_NAME).iterdir(), *(data / write_lock.FOLDER_NAME).iterdir()):
        os.utime(path, (path.stat().st_mtime - 420,) * 2)
    second = as_colleague(sessions)
    asked = sessions.on_page(second, FirstPasswordPage)
    assert not asked.take_over_button.isVisible()
    write_twice(sessions, asked, NEW_PASSWORD)
    with monkeypatch.context() as share:
        share.setattr(data_folder, "acquire_lock", _takes_no_writing)
        sessions.click(asked.confirm_button)
        qtbot.waitUntil(lambda: "データフォルダーに書き込めません" in asked.problem.words())
    assert not asked.take_over_button.isVisible()
    sessions.click(asked.confirm_button)
    qtbot.waitUntil(asked.take_over_button.isVisible)
    sessions.click(asked.take_over_button)
    with qtbot.waitSignal(second.session_started):
        sessions.click(open_dialog(DialogFrame).main)
    assert not in_main(second).app_context.read_only
    page = page_of(in_main(second), "users")
    qtbot.waitUntil(lambda: len(page.list.model.records()) == 2)
    assert not any(line.has_temporary_password for line in page.list.model.records())


def _lets_no_text_out(reading: MainWindow) -> None:
    """Texts made to be sent stay here; whoever is no 閲覧 copies them."""
    QApplication.clipboard().setText("まえ")
    heard: list[str] = []
    reading.app_context.message_shown.connect(lambda sentence, _undo: heard.append(sentence))
    text = CopyText("文", "")
    text.setParent(reading)
    text.show_text("様へのお願い", about=1)
    text.copy()
    dialog = TextToCopyDialog(reading, "文", "", copy_words="本文をコピーする", text_name="本文")
    dialog.text.setPlainText("様へのお願い")
    dialog.confirmed.emit()
    assert QApplication.clipboard().text() == "まえ"
    assert heard == ["コピーはできません。閲覧のみの利用者のため、担当の人に頼んでください。"] * 2
    reading.app_context.store.restriction = ""
    text.copy()
    assert QApplication.clipboard().text() == "様へのお願い"


def test_a_reader_sees_the_same_places_and_never_takes_the_seat(sessions, main, qtbot):
    add_colleague(sessions, main, role="閲覧", own=True)
    places = list(main.side_bar._entries)
    sessions.end(sessions._open[0])
    claims = sorted(path.name for path in (sessions.home / "data" / "seat").iterdir())

    second = sessions.start(settings="colleague")
    login = sessions.on_page(second, LoginPage)
    sessions.write(login.form.editor("login_id"), OTHER_LOGIN)
    with qtbot.waitSignal(second.session_started):
        sessions.log_in(second, OTHER_PASSWORD)
    reading = in_main(second)
    qtbot.waitUntil(lambda: "閲覧のみの利用者です。" in reading.lock_banner.words())
    assert not any(button.isVisible() for button in reading.lock_banner.buttons.values())
    page = page_of(reading, "users")
    qtbot.waitUntil(lambda: len(page.list.model.records()) == 2)
    assert not page.add.isEnabled()
    refused: list[Exception] = []
    reading.app_context.write(bind_action(issue_recovery_key), on_failed=refused.append)
    assert [type(one) for one in refused] == [RestrictedError]
    reading.app_context.request_write_lock()
    dialog = open_dialog(DialogFrame)
    dialog.reject()
    assert sorted(path.name for path in (sessions.home / "data" / "seat").iterdir()) == claims
    assert list(reading.side_bar._entries) == places
    _lets_no_text_out(reading)


def test_a_colleague_becomes_a_reader_and_gets_a_password_by_the_list(sessions, main, qtbot):
    page = add_colleague(sessions, main, own=True)
    chosen = _choose(sessions, page, 0)
    chosen.form.set_values({"role": "閲覧"})
    sessions.click(chosen.main)
    qtbot.waitUntil(lambda: page.list.model.records()[1].role == "閲覧")
    given = _choose(sessions, page, 1)
    write_twice(sessions, given, NEW_PASSWORD)
    sessions.click(given.main)
    qtbot.waitUntil(lambda: page.list.model.records()[1].has_temporary_password)
    assert page.list.model.records()[1].role == "閲覧"
    assert [one.action for one in page.changes.model.records()[:3]] == [
        "仮のパスワードを渡した（ID mihon02）",
        "役割を「閲覧」にした（ID mihon02）",
        "利用者を追加した（ID mihon02）",
    ]


def _choose(sessions: Sessions, page: Any, number: int) -> Any:
    """Open one of the acts on the colleague."""
    page.list.acted.emit(page.list.model.records()[1])
    things = open_dialog(LinkListDialog)
    acts = [one for one in things.findChildren(Button) if "　" in one.accessibleName()]
    sessions.click(acts[number])
    return open_dialog(SavingDialog)


def test_a_taken_id_is_refused_in_the_dialog_and_nothing_typed_is_lost(sessions, main, qtbot):
    page = page_of(main, "users")
    sessions.click(page.add)
    dialog = open_dialog(NewUserDialog)
    sessions.write(dialog.form.editor("login_id"), LOGIN)
    sessions.write(dialog.form.editor("display_name"), "みほん林")
    write_twice(sessions, dialog, OTHER_PASSWORD)

    sessions.click(dialog.main)

    qtbot.waitUntil(lambda: bool(dialog.refusal.words()))
    assert "すでに使われています" in dialog.refusal.words()
    assert dialog.form.value("display_name") == "みほん林"
    dialog.reject()


def test_stopping_a_colleague_is_asked_first_and_shuts_the_door(sessions, main, qtbot):
    page = add_colleague(sessions, main)
    other = next(line for line in page.list.model.records() if line.user.login_id == OTHER_LOGIN)

    assert other.user.login_id == OTHER_LOGIN
    sessions.click(_choose(sessions, page, 2).main)
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
    with qtbot.waitSignal(again.session_started):
        sessions.log_in(again, NEW_PASSWORD)


def test_a_new_recovery_key_is_shown_once_and_must_be_put_away(sessions, main, qtbot):
    page = page_of(main, "users")
    sessions.click(page.recovery)
    sessions.click(open_dialog(DialogFrame).main)
    qtbot.waitUntil(lambda: main.app_context.tasks.is_idle)
    dialog = open_dialog(RecoveryKeyDialog)
    assert len(key_on(dialog).replace("-", "")) == 40
    assert not dialog.main.isEnabled()
    dialog.reject()
    assert dialog.isVisible()

    sessions.click(radio(dialog, "書き写した"))
    sessions.click(dialog.main)
    assert not dialog.isVisible()

    # Who lacks the mark while others bear it gives a reason, and comes to the same.
    page._managing = AccountManagers(may_manage=False, names=("みほん林",), is_mark_in_force=True)
    sessions.click(page.recovery)
    asked = open_dialog(ReasonDialog)
    sessions.click(asked.usual[0])
    sessions.click(asked.main)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RecoveryKeyDialog))
    dialog = open_dialog(RecoveryKeyDialog)
    sessions.click(radio(dialog, "書き写した"))
    sessions.click(dialog.main)


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
    page.check.click()
    qtbot.waitUntil(lambda: "異常はありません。" in page.said.words())

    keyring = folder_layout.keyring_paths(sessions.home / "data")[1]
    keyring.write_bytes(keyring.read_bytes()[:-40])
    qtbot.waitUntil(lambda: page.check.isEnabled() and not page.check.is_resting)
    page.check.click()
    qtbot.waitUntil(lambda: "見つかりました" in page.said.words())
    assert f"鍵ファイル（{keyring.name}）が壊れています。" in page.said.words()


def test_where_data_and_papers_are_copied_to_other_pcs_is_said_with_the_places(sessions, main, tmp_path, qtbot):
    cloud = tmp_path / "Dropbox" / "書類"
    cloud.mkdir(parents=True)
    remember("papers/folder", str(cloud))
    page = page_of(main, "backup")
    do(qtbot, main.app_context, page.reload)

    assert str(cloud) in page.papers.text().replace("\u200b", "")
    assert "ほかのPCやクラウドにも複製されます（Dropbox）" in page.papers_copied.plain_text()
    assert (page.papers_copied.isVisible(), page.data_copied.isHidden()) == (True, True)
    (main.app_context.store.folder / ".stfolder").touch()
    do(qtbot, main.app_context, page.reload)
    assert "二人で使うと変更が失われます" in page.data_copied.plain_text()


def test_restoring_from_the_settings_closes_the_data_and_lists_its_backups(sessions, first, qtbot):
    window = sessions._open[0]
    page = page_of(first, "backup")
    page.restore.click()
    sessions.click(open_dialog(DialogFrame).main)

    restoring = sessions.on_page(window, RestorePage)
    assert window.main_window is None
    assert restoring.backup_list.model.rowCount() == 2
    assert write_lock.read_lock_status(sessions.home / "data").state == "free"
    sessions.click(restoring.cancel)
    with qtbot.waitSignal(window.session_started):
        sessions.log_in(window)
