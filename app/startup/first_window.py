"""One window for each person at a PC: a second double click brings the first forward instead of asking who is in the
way.

Beside the settings of the person lies a file that the first program holds for itself as long as it lives, so that no
trace of one that was killed is believed. Who finds it held writes a wish, and the first answers by taking the wish
away.
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
"""How long the first is waited for; one that answers nothing has hung, and the second opens as ever."""

_POLL_MS = 500


def lock_file_path(settings: Path) -> Path:
    """Return the file that the first window at this PC holds; a settings folder on a share serves several PCs."""
    return settings.with_name(f"{settings.stem}-{filesystem.machine_id()}.open")


def request_file_path(settings: Path) -> Path:
    """Return the file by which a second start asks the first window to come forward."""
    return lock_file_path(settings).with_suffix(".forward")


def bring_first_forward(settings: Path, *, timeout: float = ANSWER_SECONDS) -> bool:
    """Ask the window that this person has open at this PC to come forward; False when there is none, or none answers.

    Args:
        settings: the file of the person's settings. patience: seconds to wait for the answer.
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
    """Holds the place of the first window and answers who asks it to come forward. Signals: none.

    While the window shows the sample year or a 当日持出しファイル the place is free: beside these one may open the
    office's data.
    """

    def __init__(self, frame: StartWindow) -> None:
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
        """Hold the place, and come forward if somebody asks."""
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
        """Free the place: the program ends."""
        self._timer.stop()
        self._release_file()

    def _front_window(self) -> QWidget:
        main = self._frame.main_window
        return main if main is not None and main.isVisible() else self._frame

    def _acquire(self) -> None:
        with suppress(OSError):
            path = lock_file_path(self._settings)
            left_behind = path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = path.open("ab+", buffering=0)
            if filesystem.lock_exclusively(stream):
                self._stream = stream
                # Whoever ends takes it away: one that nobody holds was left by a program that was stopped.
                failure_log.log_event("stopped", int(left_behind))
            else:
                stream.close()

    def _release_file(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
            with suppress(OSError):
                filesystem.remove(lock_file_path(self._settings), missing_ok=True)


def bring_forward(window: QWidget) -> None:
    """Show ``window`` before all others; where the system does not allow that, its entry in the task bar lights up."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    if not window.isVisible():
        window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
