"""Starts the application: fonts, style and language, error hooks, then login and main window.

Unexpected errors are shown safely and logged for IT without any data.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.actions.user_error import UserError
from app.common import failure_log
from app.common.one_version import check_one_version
from app.contributions import register_contributions
from app.startup.first_window import FirstWindow, bring_first_forward
from app.startup.launch import SAMPLE_NAME, Launch, default_launch, pc_clock
from app.startup.login_flow import LoginFlow
from app.startup.manual_key import ManualKey
from app.startup.start_window import StartWindow
from app.window.appearance import apply_appearance
from app.window.failure_messages import Failure, failure_of
from app.window.language import install_japanese
from app.window.ui_settings import use_settings_file


def install_error_hooks(log: Path) -> None:
    """Show and log uncaught exceptions from now on; ``log`` holds times, kinds and places in our code only.

    Caught exceptions are logged when they are turned into a message. Exceptions that Python cannot raise (in a
    destructor) are only logged.
    """
    failure_log.set_log_file(log)

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Show an error that nobody caught; Ctrl+C ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        failure = failure_of(error.with_traceback(trace))
        # Later, when the call that failed has come to its end: a dialog inside a paint event would hang.
        QTimer.singleShot(0, lambda: _show_failure(failure))

    def unseen(hooked: sys.UnraisableHookArgs) -> None:
        """Log an exception that Python cannot raise."""
        if hooked.exc_value is not None:
            failure_log.log_failure(hooked.exc_value.with_traceback(hooked.exc_traceback))

    sys.excepthook = caught
    sys.unraisablehook = unseen


def _show_failure(failure: Failure) -> None:
    from app.widgets.dialogs.failure_dialog import show_failure

    window = QApplication.activeWindow() or next(
        (one for one in QApplication.topLevelWidgets() if one.isVisible()), None
    )
    # Over the lock page nothing is shown: over the window behind it, it waits.
    window = getattr(window, "main_window", None) or window
    if isinstance(window, QWidget):
        show_failure(failure, window)


def _refuse_to_open(problem: UserError) -> int:
    """Show why the program is not opened, alone, until it is closed; return the exit status."""
    from app.widgets.dialogs.failure_dialog import FailureDialog

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_appearance(application)
    FailureDialog(replace(failure_of(problem), heading="プログラムを開きませんでした")).exec()
    return 1


def run(paths: Sequence[Path] = (), *, sample_day: date | None = None) -> int:
    """Open the window with the files ``paths`` given to the program, until it is closed; return the exit status.

    Without files, a window that the user has open on this PC already comes forward instead. ``sample_day`` opens the
    sample year at once, on that day, beside whatever is open.
    """
    from app.common.file_locations import log_file

    launch = replace(default_launch(), sample_day=sample_day)
    beside = bool(paths) or sample_day is not None
    if not beside and bring_first_forward(launch.settings):
        return 0
    application = new_application()
    install_error_hooks(log_file())
    try:
        check_one_version()
    except UserError as problem:
        return _refuse_to_open(problem)
    window = open_window(launch, paths)
    if sample_day is None:
        FirstWindow(window)
    window.ended.connect(application.quit)
    return application.exec()


def new_application() -> QApplication:
    """Create the Japanese ``QApplication``, which outlives single windows."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("デジ活デスク")
    application.setQuitOnLastWindowClosed(False)
    install_japanese(application)
    return application


def open_window(launch: Launch, paths: Sequence[Path] = ()) -> StartWindow:
    """Style the application, and show the first page of ``launch`` or what ``paths`` leads to."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    register_contributions()
    use_settings_file(launch.settings)
    apply_appearance(application)
    window = StartWindow(launch)
    ManualKey(window)
    login_way = LoginFlow(window)
    login_way.show_first_page()
    window.show()
    if paths:
        login_way.open_files(paths)
    return window


def start_window(
    *,
    settings_folder: Path,
    data_folder: Path | None = None,
    clock: Callable[[], datetime] | None = None,
    wait: float = 10.0,
    idle_minutes: float | None = None,
    paths: Sequence[Path] = (),
    settle: float = 15.0,
    sample_day: date | None = None,
) -> StartWindow:
    """Show the start window as a double click would, with folders chosen by the caller.

    Args:
        settings_folder: holds the settings and, by default, data and sample. data_folder: offered for data on this PC.
        clock: the local time, called each time. wait: seconds to wait for another writer.
        idle_minutes: until the screen is locked. settle: seconds to wait at a takeover. paths: files or folders dropped
            on the program. sample_day: opens the sample year at once, on that day.

    ``window.session_started(MainWindow)`` is emitted after login, then ``window.main_window`` is set;
    ``window.ended()`` when everything is closed and written.
    """
    own = data_folder or settings_folder / "data"
    launch = Launch(
        settings=settings_folder / "settings.ini",
        own_folder=own,
        sample_folder=settings_folder / SAMPLE_NAME,
        clock=clock or pc_clock,
    )
    launch = replace(
        launch, lock_wait_seconds=wait, idle_minutes=idle_minutes, takeover_wait_seconds=settle, sample_day=sample_day
    )
    return open_window(launch, paths)
