"""Opens a 当日持出しファイル: its login page, its password, and the session in 当日モード."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.try_pause import PasswordPage, TryPause
from app.startup.login_host import LoginHost
from app.startup.start_window import StartWindow
from app.widgets.buttons import Button
from app.widgets.forms.file_field import FileField
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading, label
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.failure_messages import Failure
from app.window.ui_settings import recall, remember

if TYPE_CHECKING:
    from app.startup.day_session import DaySession, OpenedDaySession

_LAST_FILE_KEY = "start/day_file"


_INTRO = (
    "持ち出した1回分だけの受付を、このPCで行います。記録は1件ごとに、そのファイルの中へ保存します。"
    "終わったら事務所で「持出しファイルを戻す」を行ってください。"
)


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


class DayFilePage(PasswordPage, CentredPage):
    """The page to open a 当日持出しファイル. Signals: ``open_asked(Path, str)`` file and password."""

    open_asked = Signal(object, str)

    def __init__(self, tries: TryPause):
        super().__init__()
        self.add(heading("当日持出しファイルを開く"), Paragraph(_INTRO))
        self.file = FileField(placeholder="USBメモリなどにあるファイルを選びます")
        name = label("ファイル")
        name.setFixedWidth(t.scaled(t.LABEL))
        line = widget_row(name, self.file, spacing=16)
        line.setStretch(1, 1)
        self.form = Form(
            (
                Field(
                    "password",
                    "パスワード",
                    "password",
                    width=340,
                    hint="持ち出すときに、このファイルのために決めたものです。",
                ),
            )
        )
        self.problem = NoteBox("", "red")
        self.add(line, self.form, self.problem, None)
        self.back = Button("もどる", tall=True)
        self.open_button = Button("開いて受付を始める", self._open, kind="main", tall=True)
        self.add_buttons(None, self.back, self.open_button)
        box = self.form.editor("password")
        if isinstance(box, QLineEdit):
            box.returnPressed.connect(self._open)
        self.file.entered.connect(lambda: self.form.go_to("password"))
        self.follow_tries(tries, self.form, self.open_button)

    def show_last_file(self, last_path: str) -> None:
        """Reset the page; ``last_path`` is the file opened last on this PC, or ""."""
        self.file.set_path(last_path)
        self.form.set_values({"password": ""})
        self.reset_problem()

    def focus_first_field(self) -> None:
        """Set the focus to the first empty field."""
        if self.file.path() is None:
            self.file.setFocus()
        else:
            self.form.go_to("password")

    def show_failure(self, failure: Failure) -> None:
        """Show why it did not open; the password is to be typed again."""
        super().show_failure(failure)
        self.form.set_values({"password": ""})
        self.form.go_to("password")

    def clear_secrets(self) -> None:
        """Clear the password field."""
        self.form.set_values({"password": ""})

    def _open(self) -> None:
        """Emit ``open_asked`` with file and typed password, or say what is missing."""
        path = self.file.path()
        self.problem.show_text("")
        if path is None:
            self.problem.show_text("ファイルがまだ選ばれていません。", tone="amber")
            self.file.setFocus()
        elif self.form.check_all():
            self.open_asked.emit(path, self.form.text("password"))
