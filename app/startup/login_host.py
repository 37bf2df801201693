"""What the first start and the rescue may ask of the way in, so that neither needs to know it whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.data_folder.services.failed_logins import LoginMethod
    from app.startup.folder_opening import SessionStart
    from app.window.failure_messages import Failure


class LoginHost(Protocol):
    """The way in, as its branches see it."""

    @property
    def folder(self) -> Path:
        """The data folder that the pages are about."""

    def show_login(self, folder: Path) -> None:
        """Ask for ID and password of ``folder``."""

    def show_note(self, text: str) -> None:
        """Say something good to know at the login."""

    def show_failure(self, failure: Failure) -> None:
        """Say at the login why something was not done."""

    def open_folder(self, folder: Path) -> None:
        """Look for data at ``folder`` and go to its login."""

    def go_back(self) -> None:
        """To the login where there is data, else to the first question."""

    def open_for_writing(self, login_id: str, password: str, *, take_over: bool = False) -> None:
        """Open the folder for writing."""

    def open_for_reading(self, login_id: str, password: str, *, locked: Exception | None = None) -> None:
        """Open the published copy for reading; also with a password that somebody else set where the folder is
        ``locked``, which is said when there is no copy either."""

    def count_failed(self, login_id: str, method: LoginMethod) -> None:
        """Count in the folder that a log-in failed."""

    def confirm_take_over(self, on_confirmed: Callable[[], object]) -> None:
        """Ask whether the silent PC is not in use, and then go on."""

    def start_session(self, session_start: SessionStart) -> None:
        """Hand an opened folder over to the main window."""

    def show_restore(self) -> None:
        """List the backups of the folder."""

    def show_day_login(self) -> None:
        """Ask for a 当日持出しファイル."""
