"""The part of the login that the first start and the recovery use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.data_folder.services.failed_logins import LoginMethod
    from app.startup.folder_opening import SessionStart
    from app.window.failure_messages import Failure


class LoginHost(Protocol):
    """Interface of ``LoginFlow`` for the first start and the recovery."""

    @property
    def folder(self) -> Path:
        """Return the data folder that the pages refer to."""

    def show_login(self, folder: Path) -> None:
        """Ask for ID and password of ``folder``."""

    def show_note(self, text: str) -> None:
        """Show a hint at the login."""

    def show_failure(self, failure: Failure) -> None:
        """Show at the login why something failed."""

    def open_folder(self, folder: Path) -> None:
        """Look for data at ``folder`` or directly inside it and show its login, or say that there are none."""

    def go_back(self) -> None:
        """Go to the login if there are data, else to the first question."""

    def open_for_writing(self, login_id: str, password: str, *, take_over: bool = False) -> None:
        """Open the folder for writing in the background, or read-only where somebody else writes; start the session.

        ``take_over``: the user agreed to take over from a silent PC.
        """

    def count_failed(self, login_id: str, method: LoginMethod) -> None:
        """Count a failed login in the folder."""

    def confirm_take_over(self, on_confirmed: Callable[[], object]) -> None:
        """Ask whether the silent PC is really not in use, then continue."""

    def start_session(self, session_start: SessionStart) -> None:
        """Start the session of an opened folder in the main window."""

    def show_restore(self) -> None:
        """Show the page to restore a backup, with the backups of the folder."""

    def show_day_login(self) -> None:
        """Ask for a 当日持出しファイル."""
