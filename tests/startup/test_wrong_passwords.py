"""Wrong passwords are counted in one place, wherever they are typed, and all pages that ask for one pause together."""

from PySide6.QtCore import Qt

from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.recovery import RecoveryPage
from app.data_folder.screens.restore_page import RestorePage
from app.data_folder.screens.unlock import UnlockPage
from app.startup.day_login import DayFilePage
from tests.support.day_files import event_with_secrets, take_out
from tests.support.sessions import LOGIN, PASSWORD
from tests.support.years import started_year

WRONG = "not the password"


def test_the_pause_grows_over_login_day_file_recovery_key_restore_and_lock(sessions, qtbot, tmp_path):
    store = started_year(tmp_path / "office")
    day_file = take_out(store, event_with_secrets(store), tmp_path / "office").path
    store.database.conn.close()
    sessions.end(sessions.begun() and sessions.frames[0])
    window = sessions.start()
    tries = window.tries

    def counted(page, count: int) -> str:
        qtbot.waitUntil(lambda: tries.wrong_count == count and not window.is_busy)
        return str(page.problem.words())

    login = sessions.log_in(window, WRONG)
    counted(login, 1)
    sessions.log_in(window, WRONG)
    assert "2回目です。" in counted(login, 2)

    sessions.click(login.day_button)
    day = sessions.on_page(window, DayFilePage)
    day.file.set_path(str(day_file))
    day.form.set_values({"password": WRONG})
    sessions.click(day.open_button)
    assert "3回目です。" in counted(day, 3)
    sessions.click(day.back)

    sessions.click(sessions.on_page(window, LoginPage).recovery_button)
    recovery = sessions.on_page(window, RecoveryPage)
    recovery.key_form.set_values({"key": "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567-89ABC-DEFGH"})
    sessions.click(recovery.confirm_button)
    assert "4回目です。" in counted(recovery, 4)
    sessions.click(recovery.cancel)

    sessions.click(sessions.on_page(window, LoginPage).restore_button)
    restore = sessions.on_page(window, RestorePage)
    restore.form.set_values({"login_id": LOGIN, "password": WRONG})
    qtbot.waitUntil(restore.restore_button.isEnabled)
    sessions.click(restore.restore_button)
    assert "5回、違っていました。5秒たつと" in counted(restore, 5)
    paused = (restore.restore_button, restore.form, day.open_button, day.form, recovery.confirm_button, login.form)
    assert not any(one.isEnabled() for one in (*paused, login.login_button))
    sessions.click(restore.cancel)
    qtbot.waitUntil(login.isVisible)
    assert "5秒たつと" in login.problem.words(), "the page says why it waits"
    tries._timer.start(0)
    qtbot.waitUntil(login.login_button.isEnabled)
    assert all(one.isEnabled() for one in paused)
    assert "5回、違っていました。もう一度入力できます。" in login.problem.words()
    sessions.log_in(window, WRONG)
    assert "6回、違っていました。10秒たつと" in counted(login, 6)
    tries._timer.start(0)
    qtbot.waitUntil(login.login_button.isEnabled)

    main = sessions.enter(window)
    assert tries.wrong_count == 0
    main.app_context.lock_screen()
    lock = sessions.on_page(window, UnlockPage)
    for count in range(1, 6):
        assert lock.unlock_button.isEnabled()
        lock.form.set_values({"password": WRONG})
        sessions.click(lock.unlock_button)
        qtbot.waitUntil(lambda count=count: tries.wrong_count == count and main.app_context.tasks.is_idle)
    assert "5回、違っていました。5秒たつと" in lock.problem.words()
    qtbot.keyClick(lock.form.editor("password"), Qt.Key.Key_Return)
    assert (lock.unlock_button.isEnabled(), lock.form.isEnabled()) == (False, False)
    tries._timer.start(0)
    qtbot.waitUntil(lock.unlock_button.isEnabled)
    lock.form.set_values({"password": PASSWORD})
    sessions.click(lock.unlock_button)
    qtbot.waitUntil(lambda: not main.app_context.is_screen_locked)
    assert tries.wrong_count == 0
