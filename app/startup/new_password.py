"""The first login with a password that somebody else set: a password of one's own, then the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.startup.doorway import Doorway
from app.startup.start_window import StartWindow
from app.window.failure_messages import failure_of

if TYPE_CHECKING:
    from app.data_folder.screens.first_password import FirstPasswordPage


class NewPassword(QObject):
    """Leads from a given password to one's own. Signals: none."""

    def __init__(self, frame: StartWindow, login_way: Doorway) -> None:
        super().__init__(frame)
        self._frame = frame
        self._login_way = login_way
        self._page: FirstPasswordPage | None = None
        self._given: tuple[str, str] = ("", "")
        self._locked: Exception | None = None

    def ask(self, login_id: str, password: str) -> None:
        """Ask for a new password; nothing of the data is to be seen before."""
        from app.data_folder.screens.first_password import FirstPasswordPage

        if self._page is None:
            self._page = FirstPasswordPage()
            self._page.password_given.connect(self._set)
            self._page.take_over_asked.connect(self._ask_take_over)
            self._page.read_asked.connect(self._read)
            self._page.left.connect(self._leave)
        self._given = (login_id, password)
        self._page.ask(login_id)
        self._frame.show_page(self._page)

    def _ask_take_over(self, new_password: str) -> None:
        self._login_way.confirm_take_over(partial(self._set, new_password, take_over=True))

    def _set(self, new_password: str, *, take_over: bool = False) -> None:
        from app.startup import doors

        login_id, password = self._given
        launch = self._frame.launch
        self._frame.work(
            "パスワードを替えています",
            partial(
                doors.set_first_password,
                self._login_way.folder,
                login_id=login_id,
                password=password,
                new_password=new_password,
                now=launch.clock(),
                take_over=take_over,
                wait=launch.wait,
                settle=launch.settle,
            ),
            done=lambda _none: self._enter(new_password),
            failed=self._refuse,
        )

    def _enter(self, new_password: str) -> None:
        login_id = self._forget()
        self._login_way.enter(login_id, new_password)

    def _refuse(self, problem: Exception) -> None:
        from db.files.storage_errors import LeftOpen, StorageProblem, WrongPassword

        # Where nothing can be written just now nobody is kept from looking: a share that this person may only read
        # would never let them in.
        stands_in_way = isinstance(problem, StorageProblem) and not isinstance(problem, WrongPassword)
        self._locked = problem if stands_in_way else None
        if self._page is not None:
            self._page.show_failure(failure_of(problem), may_read=stands_in_way, may_take=isinstance(problem, LeftOpen))

    def _read(self) -> None:
        login_id, password = self._given
        self._forget()
        self._login_way.read(login_id, password, locked=self._locked)

    def _leave(self) -> None:
        self._forget()
        self._login_way.back()

    def _forget(self) -> str:
        """Leave no secret here; return whose it was."""
        login_id, self._given = self._given[0], ("", "")
        if self._page is not None:
            self._page.forget()
        return login_id
