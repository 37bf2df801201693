"""The way into a 当日持出しファイル: its page, its password, and the sitting in 当日モード."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.startup.doorway import Doorway
from app.startup.start_window import StartWindow
from app.window.failure_messages import failure_of
from app.window.remembered import recall, remember

if TYPE_CHECKING:
    from app.data_folder.screens.day_file_page import DayFilePage
    from app.startup.day_session import DaySession, EnteredDay

_LAST = "start/day_file"


class DayLogin(QObject):
    """Leads to the door of one event at the venue. Signals: none."""

    def __init__(self, frame: StartWindow, login_way: Doorway) -> None:
        super().__init__(frame)
        self._frame = frame
        self._login_way = login_way
        self._page: DayFilePage | None = None
        self._session: DaySession | None = None

    def show(self, named: Path | None = None) -> None:
        """Ask for the file and its password; ``named`` is the file that was handed over, else it is the last one."""
        from app.data_folder.screens.day_file_page import DayFilePage

        if self._page is None:
            self._page = DayFilePage()
            self._page.open_asked.connect(self._open)
            self._page.left.connect(self._leave)
        self._page.ask(str(named or recall(_LAST, "") or ""))
        self._frame.show_page(self._page)

    def _open(self, path: Path, password: str) -> None:
        from app.startup.day_session import enter_day

        self._frame.work(
            "当日持出しファイルを開いています",
            partial(enter_day, path, password=password),
            done=self._sit_down,
            failed=self._refuse,
        )

    def _sit_down(self, opened: EnteredDay) -> None:
        from app.startup.day_session import DaySession

        remember(_LAST, str(opened.day.file.path))
        if self._page is not None:
            self._page.forget()
        self._session = DaySession(self._frame, opened)
        self._session.over.connect(lambda _restore: self._frame.end())
        self._session.begin()
        self._frame.entered.emit(self._session.main)

    def _refuse(self, problem: Exception) -> None:
        if self._page is not None:
            self._page.show_failure(failure_of(problem))

    def _leave(self) -> None:
        if self._page is not None:
            self._page.forget()
        self._login_way.back()
