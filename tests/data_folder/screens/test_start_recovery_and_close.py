"""The printed key opens a folder whose password is lost; closing writes; a quiet minute publishes; nothing leaks."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.common import failure_log
from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.recovery import RecoveryPage
from app.data_folder.services import accounts, data_folder
from app.programme.services import read_programme
from app.startup.window import install_error_hooks
from tests.support.child_python import run_python
from tests.support.sessions import LOGIN, PASSWORD, Sessions, in_main, key_on, radio

NEW_PASSWORD = "another long password"


def make_data_and_read_key(sessions: Sessions) -> str:
    window = sessions.start()
    wizard = sessions.begin_anew(window)
    sessions.fill_steps(wizard)
    sessions.click(wizard.next_button)
    sessions.qtbot.waitUntil(lambda: wizard.step == 3 and not window.is_busy)
    key = key_on(wizard)
    sessions.click(radio(wizard, "書き写した"))
    with sessions.qtbot.waitSignal(window.session_started):
        sessions.click(wizard.next_button)
    sessions.end(window)
    return key


def on_recovery_page(sessions: Sessions) -> RecoveryPage:
    window = sessions.start()
    sessions.click(sessions.on_page(window, LoginPage).recovery_button)
    return sessions.on_page(window, RecoveryPage)


def test_the_written_down_key_opens_and_sets_a_new_password(sessions, qtbot):
    key = make_data_and_read_key(sessions)
    page = on_recovery_page(sessions)
    window = page.window()
    sessions.write(page.key_form.editor("key"), key.lower().replace("-", " "))
    sessions.click(page.confirm_button)
    qtbot.waitUntil(page.password_form.isVisible)
    assert page.user_field.box.currentText() == "みほん山田（ID mihon01）"
    sessions.write(page.password_form.editor("password"), NEW_PASSWORD)
    sessions.write(page.password_form.editor("again"), NEW_PASSWORD)

    with qtbot.waitSignal(window.session_started):
        sessions.click(page.confirm_button)

    assert in_main(window).app_context.user_name == "みほん山田"
    sessions.end(window)
    again = sessions.start()
    login = sessions.log_in(again, PASSWORD)
    qtbot.waitUntil(lambda: bool(login.problem.words()))
    with qtbot.waitSignal(again.session_started):
        sessions.log_in(again, NEW_PASSWORD)


def test_where_nobody_is_left_who_types_the_key_makes_a_reader_one_who_does(sessions, qtbot):
    key = make_data_and_read_key(sessions)
    store = data_folder.open_data_folder(
        sessions.home / "data", login_id="mihon01", password=PASSWORD, now=sessions.now
    ).store
    accounts.add_user(
        ActionContext(store, "みほん山田", sessions.now),
        login_id="mihon02",
        display_name="みほん林",
        password=PASSWORD,
        role="閲覧",
        password_is_own=True,
    )
    data_folder.close_data_folder(store, now=sessions.now)
    for writes in (False, True):
        page = on_recovery_page(sessions)
        window = page.window()
        sessions.write(page.key_form.editor("key"), key)
        sessions.click(page.confirm_button)
        qtbot.waitUntil(page.password_form.isVisible)
        assert not page.write_box.isVisible()
        page.user_field.box.setCurrentIndex(1)
        assert page.write_box.isVisible()
        page.write_box.setChecked(writes)
        for field in ("password", "again"):
            sessions.write(page.password_form.editor(field), NEW_PASSWORD)
        with qtbot.waitSignal(window.session_started):
            sessions.click(page.confirm_button)
        desk = in_main(window).app_context
        assert (desk.user_name, desk.read_only, desk.restriction) == (
            "みほん林",
            not writes,
            "" if writes else "reader",
        )
        sessions.end(window)


def test_a_key_that_does_not_fit_is_said_and_asked_again(sessions, qtbot):
    make_data_and_read_key(sessions)
    page = on_recovery_page(sessions)
    sessions.write(page.key_form.editor("key"), "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567-89ABC-DEFGH")

    sessions.click(page.confirm_button)

    qtbot.waitUntil(lambda: bool(page.problem.words()))
    assert page.key_form.isVisible()


def test_leaving_after_the_key_fitted_closes_the_folder_again(sessions, qtbot):
    key = make_data_and_read_key(sessions)
    page = on_recovery_page(sessions)
    window = page.window()
    sessions.write(page.key_form.editor("key"), key)
    sessions.click(page.confirm_button)
    qtbot.waitUntil(page.password_form.isVisible)

    sessions.click(page.cancel)

    sessions.on_page(window, LoginPage)
    with qtbot.waitSignal(window.session_started):
        sessions.log_in(window)


def test_the_recovery_key_is_nowhere_on_the_disk(sessions):
    key = make_data_and_read_key(sessions)
    groups = key.split("-")

    for path in sessions.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not all(group.encode() in content for group in groups), path
            assert PASSWORD.encode() not in content, path


def test_closing_waits_for_what_asks_the_store_once_more(sessions):
    window = sessions.start()
    main = sessions.make_data(window)
    desk = main.app_context
    heard, failed = [], []
    desk.failed.connect(failed.append)

    def ask_again(view) -> None:
        desk.read(read_programme, heard.append, owner=window)

    desk.read(read_programme, ask_again, owner=window)
    sessions.end(window)

    assert failed == []
    assert [view.programme.fiscal_year for view in heard] == [2026]
    assert sessions.on_page(sessions.start(), LoginPage)


def test_a_quiet_minute_after_a_change_the_copy_for_readers_is_new(sessions, qtbot):
    sessions.make_and_close()
    sessions.now = datetime.fromisoformat("2026-09-01T10:32")
    main = sessions.enter(sessions.launched(quiet_seconds=0.05))
    before = {path.name for path in (sessions.home / "data" / "published").glob("*.db")}

    main.go("settings", page="closed_days")
    page = main.screen_of("settings").page("closed_days")
    sessions.qtbot.waitUntil(page.isVisible)
    sessions.write(page.form.editor("day"), "10/13")
    sessions.write(page.form.editor("reason"), "庁舎の設備点検")
    sessions.click(page.add)

    def published() -> bool:
        return {path.name for path in (sessions.home / "data" / "published").glob("*.db")} not in (before, set())

    qtbot.waitUntil(published)


@pytest.fixture
def log(tmp_path) -> Iterator[Path]:
    path = tmp_path / "logs" / "desk.log"
    failure_log.set_log_file(path)
    yield path
    failure_log.set_log_file(None)


def test_an_unforeseen_error_is_shown_safely(qtbot, log, monkeypatch):
    for hook in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, hook, getattr(sys, hook))
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):  # the message belongs to the window in front, which a test before may have left
        window.show()
        window.activateWindow()
    install_error_hooks(log)

    sys.excepthook(KeyError, KeyError("みほん太郎"), None)

    qtbot.waitUntil(lambda: any(child.isVisible() for child in window.findChildren(QWidget)))
    texts = " ".join(child.text() for child in window.findChildren(QWidget) if hasattr(child, "text"))
    assert "予期しないことが起き" in texts
    assert "みほん太郎" not in texts
    assert len(log.read_text(encoding="utf-8").splitlines()) == 1


def test_an_error_that_no_call_waits_for_stands_in_the_log(log, monkeypatch):
    for hook in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, hook, getattr(sys, hook))
    install_error_hooks(log)

    class Ends:
        def __del__(self) -> None:
            raise LookupError("みほん太郎")

    del [Ends()][0]

    (entry,) = failure_log.read_log().entries
    assert entry.facts is not None
    assert entry.facts.kind == "LookupError"


def test_the_login_id_is_remembered_and_the_password_is_not(sessions):
    sessions.make_and_close()

    page = sessions.on_page(sessions.start(), LoginPage)

    assert page.credentials() == (LOGIN, "")


@pytest.mark.parametrize(("words", "status", "said"), [(["--help"], 0, "backup"), (["nonsense"], 2, "nonsense")])
def test_a_command_word_runs_without_the_window(words, status, said):
    heavy = "import sys; from app.__main__ import main; status = main(sys.argv[1:]); "
    check = "assert not any(name.startswith('PySide6') for name in sys.modules); sys.exit(status)"
    done = run_python("-c", heavy + check, *words, check=False, encoding=None)

    assert done.returncode == status
    assert said.encode() in done.stdout + done.stderr  # around it stands Japanese, in the code page of the place


def test_the_first_page_needs_neither_the_database_nor_the_documents():
    program = (
        "import sys; from app.startup import window; "
        "print([name for name in ('sqlcipher3', 'sqlite_utils', 'cryptography', 'reportlab', 'openpyxl',"
        " 'PySide6.QtPdf', 'PySide6.QtPrintSupport') if name in sys.modules])"
    )
    done = run_python("-c", program, encoding=None)

    assert done.stdout.decode().strip() == "[]"
