"""The first login with a password set by somebody else: choose a new one, then open the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.startup.login_host import LoginHost
from app.startup.start_window import StartWindow
from app.window.failure_messages import failure_of

if TYPE_CHECKING:
    from app.data_folder.screens.first_password import FirstPasswordPage


class NewPassword(QObject):
    """Leads from a temporary password to the user's own. Signals: none."""

    def __init__(self, frame: StartWindow, login_host: LoginHost):
        super().__init__(frame)
        self._frame = frame
        self._login_host = login_host
        self._page: FirstPasswordPage | None = None
        self._temporary_login: tuple[str, str] = ("", "")

    def ask(self, login_id: str, password: str) -> None:
        """Show the page to replace the temporary ``password`` by a new one; no data are shown before."""
        from app.data_folder.screens.first_password import FirstPasswordPage

        if self._page is None:
            self._page = FirstPasswordPage()
            self._page.password_chosen.connect(self._set_password)
            self._page.take_over_asked.connect(self._ask_take_over)
            self._page.cancel.chosen.connect(self._go_back)
        self._temporary_login = (login_id, password)
        self._page.show_login_id(login_id)
        self._frame.show_page(self._page)

    def _ask_take_over(self, new_password: str) -> None:
        """Ask whether the silent PC is really not in use; after yes set the password and take over."""
        self._login_host.confirm_take_over(partial(self._set_password, new_password, take_over=True))

    def _set_password(self, new_password: str, *, take_over: bool = False) -> None:
        """Set the new password in the background, then open the folder with it."""
        from app.data_folder.services.data_folder import set_first_password

        login_id, password = self._temporary_login
        launch = self._frame.launch
        self._frame.run_work(
            "パスワードを替えています",
            partial(
                set_first_password,
                self._login_host.folder,
                login_id=login_id,
                password=password,
                new_password=new_password,
                now=launch.clock(),
                take_over=take_over,
                wait=launch.lock_wait_seconds,
                settle=launch.takeover_wait_seconds,
            ),
            on_done=lambda _none: self._login_host.open_for_writing(self._clear_secrets(), new_password),
            on_failed=self._show_error,
        )

    def _show_error(self, problem: Exception) -> None:
        """Show why the password could not be set; from a silent PC taking over is offered."""
        from db.files.storage_errors import HolderSilent

        if self._page is not None:
            self._page.show_failure(failure_of(problem), may_take_over=isinstance(problem, HolderSilent))

    def _go_back(self) -> None:
        self._clear_secrets()
        self._login_host.go_back()

    def _clear_secrets(self) -> str:
        """Delete the passwords from memory; return the login ID."""
        login_id, self._temporary_login = self._temporary_login[0], ("", "")
        if self._page is not None:
            self._page.clear_secrets()
        return login_id
