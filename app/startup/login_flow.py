"""The login: the first page, ID and password, obstacles on the way, and the start of the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from app.data_folder.screens.centred_page import NotesPage
from app.data_folder.screens.login import LoginPage
from app.startup.day_login import DayLogin
from app.startup.first_run import FirstRun
from app.startup.key_change import KeyChange
from app.startup.new_password import NewPassword
from app.startup.opened_files import OpenTarget, open_target
from app.startup.recovery import RecoveryFlow
from app.startup.screens import preload_screens
from app.startup.start_window import StartWindow
from app.widgets.dialogs.dialog_frame import confirm_first
from app.window.failure_messages import Failure
from app.window.ui_settings import recall, remember
from db import folder_layout

if TYPE_CHECKING:
    from app.data_folder.screens.folder_facts import FolderFacts
    from app.data_folder.screens.trouble_page import TroublePage
    from app.data_folder.services.failed_logins import FailedLoginCounter, LoginMethod
    from app.startup.folder_opening import SessionStart
    from app.startup.session import Session

_PREPARE_AFTER_MS = 400
_PREPARE_INTERVAL_MS = 20
_WAITING_TEXT = "先に開いた画面が閉じるのを待っています。10秒たっても開けないときは、だれが使用中かをお知らせします。"


class LoginFlow(QObject):
    """Leads from the first page into a session. Signals: none."""

    def __init__(self, frame: StartWindow):
        super().__init__(frame)
        self._frame = frame
        self.folder = Path()
        self._credentials: tuple[str, str] = ("", "")
        self._session: Session | None = None
        self._is_read_only = False
        self._lacks_locking = False
        self.day_login = DayLogin(frame, self)
        self.first_run = FirstRun(frame, self)
        self.recovery = RecoveryFlow(frame, self)
        self.new_password = NewPassword(frame, self)
        self.key_change = KeyChange(frame, self)

    def show_first_page(self) -> None:
        """Show the login where there is data, else the first question; begin to load screens and to sweep leftovers.

        With ``Launch.sample_day`` the sample year follows.
        """
        remembered = str(recall("start/folder", "") or "")
        own = self._frame.launch.own_folder
        folder = Path(remembered) if remembered else own
        if remembered and folder != own:
            # It may lie on a share that answers slowly or not at all: ask beside the window.
            self.show_login(folder)
            self._frame.tasks.run_in_background(
                partial(_holds_data, folder), on_done=partial(self._on_folder_checked, folder), owner=self
            )
        elif _holds_data(folder):
            self.show_login(folder)
        else:
            self.first_run.show_first()
        self._screen_loader = preload_screens()
        QTimer.singleShot(_PREPARE_AFTER_MS, self, self._load_next_screen)
        QTimer.singleShot(_PREPARE_AFTER_MS, self, self._sweep)
        if self._frame.launch.sample_day is not None:
            QTimer.singleShot(0, self, self.first_run.choose_sample)

    def _sweep(self) -> None:
        self._frame.tasks.run_in_background(_sweep_unfinished, on_done=_ignore, on_failed=_ignore, owner=self)

    def _on_folder_checked(self, folder: Path, holds_data: bool) -> None:
        if not holds_data and self._frame.page is self._page and self.folder == folder:
            self._show_missing(folder)

    def _load_next_screen(self) -> None:
        """Import the next screen module while the user types, one per turn, so that the window opens fast.

        Not on a thread, because modules with Qt classes must be imported in the window thread.
        """
        if self._session is None and next(self._screen_loader, None) is not None:
            QTimer.singleShot(_PREPARE_INTERVAL_MS, self, self._load_next_screen)

    def show_login(self, folder: Path) -> None:
        """Ask for ID and password of ``folder``."""
        self.folder = folder
        page = self._page
        last = str(recall("start/login_id", "") or "") if str(recall("start/folder", "") or "") == str(folder) else ""
        page.show_folder(folder, login_id=last, published_at=None)
        self._frame.show_page(page)
        # What it loads would hold up the first picture of the page.
        QTimer.singleShot(_PREPARE_INTERVAL_MS, page, partial(self._read_published_time, folder))

    def _read_published_time(self, folder: Path) -> None:
        page = self._page
        self._frame.tasks.run_in_background(
            partial(_published_time, folder), on_done=page.show_published_time, on_failed=_ignore, owner=page
        )

    def show_note(self, text: str) -> None:
        """Show a hint at the login, without going to that page."""
        self._page.show_note(text)

    def show_failure(self, failure: Failure) -> None:
        """Show on the login page why something failed, without going to that page; the password is cleared."""
        self._page.show_failure(failure)

    def open_folder(self, folder: Path) -> None:
        """Look for data at ``folder`` or directly inside it and show its login, or say that there are none."""
        self._frame.tasks.run_in_background(
            partial(_find_data_folder, folder), on_done=partial(self._on_data_found, folder), owner=self
        )

    def _on_data_found(self, chosen: Path, folder: Path | None) -> None:
        if folder is not None:
            self.show_login(folder)
        else:
            self.folder = chosen
            self._show_missing(chosen)

    def _show_missing(self, folder: Path) -> None:
        """Show that there are no data in the folder; whether its drive exists is checked in the background."""
        self._frame.tasks.run_in_background(
            partial(_missing_data_problem, folder), on_done=self._on_problem, owner=self
        )

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open what a file or folder given to the program leads to; it is inspected in the background."""
        self._frame.tasks.run_in_background(partial(open_target, tuple(paths)), on_done=self._open_target, owner=self)

    def _open_target(self, target: OpenTarget) -> None:
        """Open what a given file leads to, or show why it cannot be opened."""
        from app.widgets.dialogs.failure_dialog import show_failure

        if target.failure is not None:
            show_failure(target.failure, self._frame)
        elif target.kind == "day":
            self.day_login.show(target.path)
        else:
            self.open_folder(target.path)

    def go_back(self) -> None:
        """Go to the login if there are data, else to the first question."""
        if _holds_data(self.folder):
            self.show_login(self.folder)
        else:
            self.first_run.show_first()

    def show_restore(self) -> None:
        """Show the page to restore a backup, with the backups of the folder."""
        self.recovery.show_restore(self.folder)

    def show_day_login(self) -> None:
        """Ask for a 当日持出しファイル."""
        self.day_login.show()

    # opening

    def open_for_writing(self, login_id: str, password: str, *, take_over: bool = False) -> None:
        """Open the folder for writing in the background, then start the session.

        While a colleague writes, and for a 閲覧 user, the copy is opened read-only instead; any other failure is shown.
        ``take_over``: the user agreed to take over from a silent PC.
        """
        from app.startup import folder_opening

        self._credentials, self._is_read_only = (login_id, password), False
        launch = self._frame.launch
        self._frame.run_work(
            "引き継いでいます（20秒ほどかかります）" if take_over else "データを開いています",
            partial(
                folder_opening.open_for_writing,
                self.folder,
                login_id=login_id,
                password=password,
                now=launch.clock(),
                take_over=take_over,
                wait=launch.lock_wait_seconds,
                settle=launch.takeover_wait_seconds,
            ),
            on_done=self.start_session,
            on_failed=self._on_opening_failed,
            if_long="あちらのPCが書き終えるのを待ち、データを新しいファイルに写しています。"
            if take_over
            else _WAITING_TEXT,
        )

    def _on_opening_failed(self, problem: Exception) -> None:
        """Open read-only when a colleague writes or the user only reads, otherwise show the failure."""
        from db.files.storage_errors import CheckerOnly, HolderSilent, Locked, RestrictedError, TemporaryPassword

        if isinstance(problem, RestrictedError) and not isinstance(problem, CheckerOnly | TemporaryPassword):
            self._is_read_only = True
            self._open_copy(on_failed=self._on_problem)
        elif isinstance(problem, Locked) and problem.holder and not isinstance(problem, HolderSilent):
            self._is_read_only = True
            self._open_copy(on_failed=lambda _problem: self._on_problem(problem))
        else:
            self._on_problem(problem)

    def open_for_reading(self, login_id: str, password: str) -> None:
        """Open the published copy read-only."""
        self._credentials, self._is_read_only = (login_id, password), True
        self._open_copy(on_failed=self._on_problem)

    def _open_copy(self, *, on_failed: Callable[[Exception], None]) -> None:
        """Open the published copy read-only in the background, then start the session."""
        from app.startup import folder_opening

        login_id, password = self._credentials
        self._frame.run_work(
            "閲覧用の写しを開いています",
            partial(
                folder_opening.open_for_reading,
                self.folder,
                login_id=login_id,
                password=password,
                now=self._frame.launch.clock(),
            ),
            on_done=self.start_session,
            on_failed=on_failed,
        )

    def start_session(self, session_start: SessionStart) -> None:
        """Start the session, whose window replaces the start pages, and remember folder and ID, but not a sample's."""
        from app.startup.session import Session

        self._credentials = ("", "")
        self._page.clear_password()
        if not session_start.sample:
            self.folder = session_start.store.folder
            remember("start/folder", str(self.folder))
            remember("start/login_id", session_start.store.login_id)
        self._session = Session(self._frame, session_start)
        if self._lacks_locking and self._session.background_jobs is not None:
            self._session.background_jobs.lock_polling.lacks_locking = session_start.store.read_only
        self._session.ended.connect(self._on_session_ended)
        self._session.unlock_failed.connect(partial(self.count_failed, session_start.store.login_id, "ロックの解除"))
        self._session.start()
        self._frame.session_started.emit(self._session.main_window)
        if session_start.lacks_recovery_key:
            self.recovery.offer_recovery_key(self._session)

    def _on_session_ended(self, wants_restore: bool) -> None:
        """Change the key or show the restore page if that was asked for as the session ended, else end the program."""
        session, self._session = self._session, None
        if session is not None and session.key_change_request is not None:
            self.key_change.change(session.app_context.store, session.key_change_request)
        elif wants_restore:
            self.recovery.show_restore(self.folder)
        else:
            self._frame.shut_down()

    # obstacles at opening

    def _on_problem(self, problem: Exception) -> None:
        """Show why the data could not be opened; after a temporary password ask for a new one.

        Whoever is 点検 reads that the window shows nothing, and closes it. A wrong password is counted and shown at the
        login, as is a ``UserError``; anything else on the trouble page.
        """
        from app.actions.user_error import UserError
        from db.files.storage_errors import CheckerOnly, TemporaryPassword, WrongPassword

        if isinstance(problem, TemporaryPassword):
            self.new_password.ask(*self._credentials)
            return
        if isinstance(problem, CheckerOnly):
            self._credentials = ("", "")
            self._page.clear_password()
            notes = NotesPage("点検の利用者です", (problem.happened, problem.todo))
            notes.done.connect(self._frame.shut_down)
            self._frame.show_page(notes)
            return
        if isinstance(problem, WrongPassword | UserError):
            page = self._page
            if self._frame.page is not page:
                self.show_login(self.folder)
            if isinstance(problem, WrongPassword):
                self.count_failed(self._credentials[0], "パスワード")
            page.show_problem(problem)
            return
        from app.startup import folder_opening

        self._frame.tasks.run_in_background(
            partial(folder_opening.folder_facts, self.folder),
            on_done=partial(self._show_trouble, problem),
            owner=self,
            title="データの状態を確かめています",
        )

    def _show_trouble(self, problem: Exception, facts: FolderFacts) -> None:
        """Show the trouble page: why the data could not be opened, and what can be done."""
        from app.data_folder.screens.trouble_page import trouble_page_content
        from db.files.storage_errors import ExclusiveCreateFailed

        self._lacks_locking = isinstance(problem, ExclusiveCreateFailed)
        title, failure, ways = trouble_page_content(problem, facts)
        self._trouble_page.show_trouble(failure, ways, title=title, folder=self.folder, user=self._credentials[0])
        self._frame.show_page(self._trouble_page)

    def _show_log(self) -> None:
        from app.data_folder.screens.failure_log_dialog import FailureLogDialog

        frame = self._frame
        FailureLogDialog(frame.tasks, folder=self.folder, clock=frame.launch.clock, parent=frame).open()

    def _run_option(self, option: str) -> None:
        """Do what was chosen about the problem; ``option`` is the key of a ``RecoveryOption``, any other goes back."""
        login_id, password = self._credentials
        ways: dict[str, Callable[[], object]] = {
            "again": self._try_again,
            "take_over": self._ask_take_over,
            "restore": partial(self.recovery.show_restore, self.folder, login_id=login_id, password=password),
            "elsewhere": self._choose_elsewhere,
            "first": self.first_run.show_first,
        }
        if login_id:
            ways["read"] = partial(self.open_for_reading, login_id, password)
        ways.get(option, self.go_back)()

    def _try_again(self) -> None:
        """Open the data again as it was tried before, for reading or writing; without an ID look for the data again."""
        login_id, password = self._credentials
        if not login_id:
            self.open_folder(self.folder)
        elif self._is_read_only:
            self.open_for_reading(login_id, password)
        else:
            self.open_for_writing(login_id, password)

    def _ask_take_over(self) -> None:
        """Ask whether the silent PC is really not in use; after yes open for writing by taking over."""
        login_id, password = self._credentials
        self.confirm_take_over(partial(self.open_for_writing, login_id, password, take_over=True))

    def count_failed(self, login_id: str, method: LoginMethod) -> None:
        """Count a failed login in the folder; the writing program records it with its next change."""
        now = self._frame.launch.clock()
        # On the store thread, where each try runs: one after the other, and before the next.
        self._frame.tasks.run_on_store(
            partial(self._failed_logins.count, self.folder, login_id=login_id, method=method, now=now),
            on_done=_ignore,
            on_failed=_ignore,
            owner=self,
        )

    def confirm_take_over(self, on_confirmed: Callable[[], object]) -> None:
        """Ask whether the silent PC is really not in use, then continue."""
        confirm_first(
            self._frame,
            title="引き継いで開く",
            text=(
                "その人が使っていないことを、電話などで確かめましたか。\n"
                "引き継ぐと、あちらの画面は閲覧専用になります。保存済みの内容は失われません。"
                "あちらで入力途中のものは、保存されません。"
            ),
            verb="引き継いで開く",
            on_confirmed=on_confirmed,
            danger=False,
        )

    def _choose_elsewhere(self) -> None:
        """Let the user choose another folder in a dialog, and show its login."""
        chosen = QFileDialog.getExistingDirectory(self._frame, "データのフォルダーを選ぶ", str(self.folder.parent))
        if chosen:
            self.open_folder(Path(chosen))

    @cached_property
    def _page(self) -> LoginPage:
        """Return the login page, built when first needed."""
        page = LoginPage(self._frame.tries)
        page.login_asked.connect(self.open_for_writing)
        page.read_asked.connect(self.open_for_reading)
        page.folder_chosen.connect(self.open_folder)
        page.recovery_button.chosen.connect(self.recovery.show_recovery)
        page.restore_button.chosen.connect(self.show_restore)
        page.first_run_button.chosen.connect(self.first_run.show_first)
        page.day_button.chosen.connect(self.show_day_login)
        page.sample_asked.connect(self.first_run.choose_sample)
        return page

    @cached_property
    def _trouble_page(self) -> TroublePage:
        """Return the trouble page, built when first needed."""
        from app.data_folder.screens.trouble_page import TroublePage

        page = TroublePage()
        page.option_chosen.connect(self._run_option)
        page.log_button.chosen.connect(self._show_log)
        page.back_asked.connect(self.go_back)
        return page

    @cached_property
    def _failed_logins(self) -> FailedLoginCounter:
        """Return the counter of failed logins, made when the first one fails."""
        from app.data_folder.services.data_folder import this_pc
        from app.data_folder.services.failed_logins import FailedLoginCounter

        return FailedLoginCounter(pc=this_pc())


def _holds_data(folder: Path) -> bool:
    """Return whether a folder is a data folder, without importing what opens it (asked before the first page)."""
    try:
        return folder_layout.database_of(folder) is not None
    except OSError:
        return False


def _missing_data_problem(folder: Path) -> Exception:
    """Return the error that says why there are no data in a folder."""
    from app.data_folder.services.path_checks import missing_data

    return missing_data(folder)


def _published_time(folder: Path) -> Any:
    """Return when the published copy was made; None if there is none, or it cannot be read."""
    from app.startup import folder_opening

    return folder_opening.published_time(folder)


def _find_data_folder(folder: Path) -> Path | None:
    """Return ``folder`` if it is a data folder, else the only one directly inside it; None = none or several."""
    from app.startup import folder_opening

    return folder_opening.find_data_folder(folder)


def _sweep_unfinished() -> int:
    """Remove the folders of interrupted drills, and unfinished document files; return how many files."""
    from app.data_folder.services.drill_folder import remove_old_drills
    from app.documents.services.unfinished_files import delete_unfinished

    remove_old_drills()
    return delete_unfinished()


def _ignore(_found: object) -> None:
    """Do nothing with a result that could not be determined."""
