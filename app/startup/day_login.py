"""Opens a 当日持出しファイル: its login page, its password, and the session in 当日モード."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.startup.login_host import LoginHost
from app.startup.start_window import StartWindow
from app.window.ui_settings import recall, remember

if TYPE_CHECKING:
    from app.data_folder.screens.day_file_page import DayFilePage
    from app.startup.day_session import DaySession, OpenedDaySession

_LAST_FILE_KEY = "start/day_file"


class DayLogin(QObject):
    """Leads to the check-in of one event at the venue. Signals: none."""

    def __init__(self, frame: StartWindow, login_host: LoginHost):
        super().__init__(frame)
        self._frame = frame
        self._login_host = login_host
        self._session: DaySession | None = None

    @cached_property
    def _page(self) -> DayFilePage:
        """Return the page that asks for the file and its password, built when first needed."""
        from app.data_folder.screens.day_file_page import DayFilePage

        page = DayFilePage(self._frame.tries)
        page.open_asked.connect(self._open)
        page.back.chosen.connect(self._go_back)
        return page

    def show(self, path: Path | None = None) -> None:
        """Ask for the file and its password; ``path`` is a given file, else the last one used is proposed."""
        self._page.show_last_file(str(path or recall(_LAST_FILE_KEY, "") or ""))
        self._frame.show_page(self._page)

    def _open(self, path: Path, password: str) -> None:
        """Open the day file in the background, then start the session."""
        from app.startup.day_session import open_day_session

        self._frame.run_work(
            "当日持出しファイルを開いています",
            partial(open_day_session, path, password=password),
            on_done=self._start_session,
            on_failed=self._show_error,
        )

    def _start_session(self, opened: OpenedDaySession) -> None:
        """Start the session with the opened file, remember its path, and emit ``session_started``."""
        from app.startup.day_session import DaySession

        remember(_LAST_FILE_KEY, str(opened.day.file.path))
        self._page.clear_secrets()
        self._session = DaySession(self._frame, opened)
        self._session.ended.connect(lambda _restore: self._frame.shut_down())
        self._session.start()
        self._frame.session_started.emit(self._session.main_window)

    def _show_error(self, problem: Exception) -> None:
        """Show on the page why the file could not be opened; a wrong password is counted."""
        self._page.show_problem(problem)

    def _go_back(self) -> None:
        self._page.clear_secrets()
        self._login_host.go_back()
