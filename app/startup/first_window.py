"""Allows one window per user and PC: a second start brings the first window forward.

The first program holds a file beside the user's settings open as long as it runs, so that a file left by a killed
program is not mistaken for a running one. A second start that finds it held writes a request file, and the first
answers by deleting it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from io import FileIO
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.common import failure_log
from app.startup.start_window import StartWindow
from app.window.ui_settings import recall
from db.files import filesystem

ANSWER_SECONDS = 4.0
"""Seconds to wait for the first window; if it does not answer it hangs, and the second opens normally."""

_POLL_MS = 500


def lock_file_path(settings: Path) -> Path:
    """Return the file that the first window on this PC holds; named by PC, as settings may be on a share."""
    return settings.with_name(f"{settings.stem}-{filesystem.machine_id()}.open")


def request_file_path(settings: Path) -> Path:
    """Return the file by which a second start asks the first window to come forward."""
    return lock_file_path(settings).with_suffix(".forward")


def bring_first_forward(settings: Path, *, timeout: float = ANSWER_SECONDS) -> bool:
    """Ask the window this user has open on this PC to come forward; return False if there is none or no answer.

    Args:
        settings: the file of the user's settings. timeout: seconds to wait for the answer.
    """
    try:
        with lock_file_path(settings).open("rb+", buffering=0) as stream:
            if filesystem.lock_exclusively(stream) is not False:
                return False
        wish = request_file_path(settings)
        wish.write_bytes(b"")
        end = time.monotonic() + timeout
        while wish.exists():
            if time.monotonic() > end:
                filesystem.remove(wish, missing_ok=True)
                return False
            time.sleep(0.05)
    except OSError:
        return False
    return True


class FirstWindow(QObject):
    """Holds the lock file of the first window and answers requests to come forward. Signals: none.

    While the window shows the sample year or a 当日持出しファイル the file is free: the office's data may be opened
    beside these.
    """

    def __init__(self, frame: StartWindow):
        super().__init__(frame)
        self._frame = frame
        self._settings = frame.launch.settings
        self._stream: FileIO | None = None
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self.poll)
        self._timer.start()
        frame.ended.connect(self.release)
        self.poll()

    def poll(self) -> None:
        """Hold the lock file unless another folder than the usual one is open, and come forward if requested."""
        main = self._frame.main_window
        elsewhere = main is not None and str(main.app_context.store.folder) != str(recall("start/folder", "") or "")
        if elsewhere:
            self._release_file()
        elif self._stream is None:
            self._acquire()
        wish = request_file_path(self._settings)
        if self._stream is not None and wish.exists():
            with suppress(OSError):
                filesystem.remove(wish, missing_ok=True)
            bring_forward(self._front_window())

    def release(self) -> None:
        """Release the lock file when the program ends."""
        self._timer.stop()
        self._release_file()

    def _front_window(self) -> QWidget:
        return self._frame if self._frame.isVisible() else self._frame.main_window or self._frame

    def _acquire(self) -> None:
        """Take the file that says that the program is running, unless it is held; log if a killed program left it."""
        with suppress(OSError):
            path = lock_file_path(self._settings)
            left_behind = path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = path.open("ab+", buffering=0)
            if filesystem.lock_exclusively(stream):
                self._stream = stream
                # A program deletes it when it ends: a file nobody holds was left by a killed program.
                failure_log.log_event("stopped", int(left_behind))
            else:
                stream.close()

    def _release_file(self) -> None:
        """Close and delete the lock file, if it is held."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
            with suppress(OSError):
                filesystem.remove(lock_file_path(self._settings), missing_ok=True)


def bring_forward(window: QWidget) -> None:
    """Raise ``window`` above all others; where the system forbids that, its task bar entry flashes."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    if not window.isVisible():
        window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
