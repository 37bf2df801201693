"""The pause after wrong passwords: counted in one place for every page that asks for one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.widgets.action_mixin import show_failure_in
from app.widgets.note_box import NoteBox
from app.window.debounce import debounce
from app.window.failure_messages import Failure, failure_of

if TYPE_CHECKING:  # a page is a QWidget by what else it is made from
    from PySide6.QtWidgets import QWidget as _Page
else:
    _Page = object

WRONG_BEFORE_PAUSE = 5
FIRST_PAUSE = 5
MAX_PAUSE = 60
"""After some wrong passwords all pages pause for so many seconds, doubling each time up to this maximum."""


class TryPause(QObject):
    """Counts wrong passwords and recovery keys, wherever they are typed, and pauses all these pages.

    Attributes: ``wrong_count`` since the last right one; ``seconds`` of the pause that runs, 0 = none; ``failure`` the
    try before it in words.

    Signals: ``changed()`` a pause began or ended.
    """

    changed = Signal()

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.wrong_count = self.seconds = 0
        self.failure = Failure(happened="", lost="", todo="")
        self._timer = debounce(self, self._end)

    def add_wrong(self, failure: Failure) -> Failure:
        """Count a wrong try; return ``failure`` with how often it was. From the fifth on a pause begins."""
        self.wrong_count += 1
        more = self.wrong_count - WRONG_BEFORE_PAUSE
        if more < 0:
            return (
                replace(failure, lost=f"{self.wrong_count}回目です。{failure.lost}")
                if self.wrong_count > 1
                else failure
            )
        self.seconds = min(MAX_PAUSE, FIRST_PAUSE * 2**more)
        self._timer.start(self.seconds * 1000)
        told = f"{self.wrong_count}回、違っていました。{self.seconds}秒たつと、もう一度入力できます。"
        self.failure = replace(failure, lost=told)
        self.changed.emit()
        return self.failure

    def _end(self) -> None:
        self.failure = replace(self.failure, lost=self.failure.lost.replace(f"{self.seconds}秒たつと、", ""))
        self.seconds = 0
        self.changed.emit()


class PasswordPage(_Page):
    """Mixin, placed before the class of the page, of a page that asks for a password and has a box ``problem``."""

    problem: NoteBox

    def follow_tries(self, tries: TryPause, *parts: QWidget) -> None:
        """Disable ``parts``, in which the password is typed and sent, while a pause runs."""
        self.tries, self._paused_parts = tries, parts
        tries.changed.connect(self.update_pause)
        self.update_pause()

    def show_problem(self, problem: Exception) -> None:
        """Show why nothing was opened; a wrong password or key is counted, and from the fifth on a pause follows."""
        from db.files.storage_errors import WrongPassword

        failure = failure_of(problem)
        self.show_failure(self.tries.add_wrong(failure) if isinstance(problem, WrongPassword) else failure)

    def show_failure(self, failure: Failure) -> None:
        """Show why a try failed; a page that goes to the field overrides it."""
        show_failure_in(failure, self.problem)

    def reset_problem(self) -> None:
        """Show nothing about an earlier try, except the pause that runs."""
        self.problem.show_text("")
        if self.tries.seconds:
            self.show_failure(self.tries.failure)

    def update_pause(self) -> None:
        """Disable the page while a pause runs, enable it after that, and say which."""
        for part in self._paused_parts:
            part.setEnabled(not self.tries.seconds)
        if self.isVisible():
            self.show_failure(self.tries.failure)
