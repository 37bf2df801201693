"""Access after a loss: opening with the printed recovery key, and restoring a backup."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.startup.login_host import LoginHost
from app.startup.start_window import StartWindow

if TYPE_CHECKING:
    from app.data_folder.screens.recovery import RecoveryPage
    from app.data_folder.screens.restore_page import RestorePage, RestoreRequest
    from app.data_folder.services.backups import BackupLine
    from app.startup.folder_opening import SessionStart
    from app.startup.session import Session
    from db.store import Store


class RecoveryFlow(QObject):
    """Leads back to data that are damaged or whose password was lost. Signals: none."""

    def __init__(self, frame: StartWindow, login_host: LoginHost):
        super().__init__(frame)
        self._frame = frame
        self._login_host = login_host
        self._opened_store: Store | None = None
        self._credentials: tuple[str, str] = ("", "")

    # the recovery key

    @cached_property
    def _recovery_page(self) -> RecoveryPage:
        """Return the page of the recovery key, built when first needed."""
        from app.data_folder.screens.recovery import RecoveryPage

        page = RecoveryPage(self._frame.tries)
        page.key_entered.connect(self._open_with_key)
        page.password_chosen.connect(self._set_password)
        page.cancel.chosen.connect(self._close_recovery)
        return page

    def show_recovery(self) -> None:
        """Show the page that asks for the printed recovery key."""
        self._recovery_page.ask_key()
        self._frame.show_page(self._recovery_page)

    def _open_with_key(self, key: str) -> None:
        """Open the folder of the login with the recovery key in the background, then ask for a new password."""
        from app.startup import folder_opening

        launch = self._frame.launch
        self._frame.run_work(
            "回復キーを確かめています",
            partial(
                folder_opening.open_with_recovery_key,
                self._login_host.folder,
                key=key,
                now=launch.clock(),
                wait=launch.lock_wait_seconds,
            ),
            on_done=self._on_opened,
            on_failed=self._show_error,
        )

    def _on_opened(self, opened: tuple[Store, tuple[tuple[str, str, bool], ...]]) -> None:
        """Ask for a new password after the key opened the data."""
        self._opened_store, users = opened
        self._frame.may_close = self._may_close
        self._recovery_page.ask_password(users)

    def _set_password(self, login_id: str, password: str, can_write: bool) -> None:
        """Set the new password for the data just opened, then start the session."""
        from app.startup import folder_opening

        if self._opened_store is None:
            return
        launch = self._frame.launch
        self._frame.run_work(
            "新しいパスワードで開いています",
            partial(
                folder_opening.reopen_with_new_password,
                self._opened_store,
                login_id=login_id,
                password=password,
                can_write=can_write,
                now=launch.clock(),
                wait=launch.lock_wait_seconds,
            ),
            on_done=self._start_session,
            on_failed=self._show_error,
        )

    def _start_session(self, session_start: SessionStart) -> None:
        """Clear the typed secrets and start the session of the data opened with the new password."""
        self._opened_store = None
        self._frame.may_close = None
        self._recovery_page.clear_secrets()
        self._login_host.start_session(session_start)

    def _show_error(self, problem: Exception) -> None:
        """Show why the key did not open the data, or the new password could not be set; a wrong key is counted."""
        from db.files.storage_errors import WrongPassword

        if isinstance(problem, WrongPassword) and self._opened_store is None:
            self._login_host.count_failed("", "回復キー")
        self._recovery_page.show_problem(problem)

    def _close_recovery(self) -> None:
        """Empty the page of the recovery key, close the data if the key opened them, and go back to the login."""
        self._recovery_page.clear_secrets()
        self._close_opened(self._login_host.go_back)

    def _may_close(self) -> bool:
        """Close what was opened and end the program; return False, as the window closes after that."""
        self._close_opened(self._frame.shut_down)
        return False

    def _close_opened(self, on_closed: Callable[[], object]) -> None:
        """Close the data opened by the key, if any, then call ``on_closed``."""
        from app.startup.first_run import close_unused_store

        store, self._opened_store = self._opened_store, None
        self._frame.may_close = None
        if store is not None:
            close_unused_store(self._frame, store, on_closed=on_closed)
        else:
            on_closed()

    def offer_recovery_key(self, session: Session) -> None:
        """Offer a recovery key for a folder that has none (created by a command)."""
        from app.settings.pages.screens.recovery_key_dialog import offer_recovery_key

        offer_recovery_key(session.app_context, session.main_window, clock=self._frame.launch.clock)

    # restoring

    @cached_property
    def _restore_page(self) -> RestorePage:
        """Return the page that restores a backup, built when first needed."""
        from app.data_folder.screens.restore_page import RestorePage
        from app.startup import folder_opening

        frame, today = self._frame, self._frame.launch.clock().date()
        page = RestorePage(frame.tasks, today, frame.tries, check=folder_opening.check_restore_folder)
        page.source_chosen.connect(self._list_backups)
        page.restore_asked.connect(self._restore_backup)
        page.open_asked.connect(self._open_restored)
        page.cancel.chosen.connect(self._close_restore)
        return page

    def show_restore(self, source: Path, *, login_id: str = "", password: str = "") -> None:
        """List the backups of ``source`` and ask which to restore where; ``login_id`` and ``password`` are typed in."""
        self._credentials = (login_id, password)
        self._list_backups(source)

    def _list_backups(self, source: Path) -> None:
        """Read the backups of ``source`` in the background and show them; none if that fails."""
        from app.startup import folder_opening

        self._frame.run_work(
            "バックアップを確かめています",
            partial(folder_opening.backup_lines, source),
            on_done=partial(self._show_backups, source),
            on_failed=lambda _problem: self._show_backups(source, ()),
        )

    def _show_backups(self, source: Path, lines: tuple[BackupLine, ...]) -> None:
        """Show the page with the backups of ``source`` and a new folder proposed beside it."""
        from app.data_folder.services.folder_choice import new_folder_beside

        login_id, password = self._credentials
        to = new_folder_beside(source, today=self._frame.launch.clock().date())
        self._restore_page.show_source(source, lines, target=to, login_id=login_id, password=password)
        self._frame.show_page(self._restore_page)

    def _restore_backup(self, request: RestoreRequest) -> None:
        from app.startup import folder_opening

        self._frame.run_work(
            "復元しています",
            partial(folder_opening.restore_backup, request, now=self._frame.launch.clock()),
            on_done=partial(self._on_restored, request),
            on_failed=self._on_restore_failed,
            if_long="ファイルが多いと、1分ほどかかることがあります。終わるまで、このままお待ちください。",
        )

    def _on_restored(self, request: RestoreRequest, sentences: tuple[str, ...]) -> None:
        self._restore_page.show_restored(sentences, request.target)

    def _on_restore_failed(self, problem: Exception) -> None:
        """Show why the backup could not be restored; a wrong password or key is counted."""
        self._restore_page.show_problem(problem)

    def _open_restored(self, request: RestoreRequest) -> None:
        """Open the restored data with the user's password, or with the recovery key."""
        self._restore_page.clear_secrets()
        self._credentials = ("", "")
        self._login_host.show_login(request.target)
        if request.login_id is not None:
            self._login_host.open_for_writing(request.login_id, request.secret)
        else:
            self.show_recovery()
            self._open_with_key(request.secret)

    def _close_restore(self) -> None:
        """Empty the page of the restore and go back to the login."""
        self._restore_page.clear_secrets()
        self._credentials = ("", "")
        self._login_host.go_back()
