"""One window for each person at a PC: a second start brings the first forward, and nothing dead is believed."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from PySide6.QtCore import Qt

from app.startup.first_window import FirstWindow, bring_first_forward, lock_file_path, request_file_path


def second_start(qtbot, settings: Path) -> bool:
    """A second double click, as another program would make it: beside the window of the first."""
    said: list[bool] = []
    asking = threading.Thread(target=lambda: said.append(bring_first_forward(settings, timeout=3)))
    asking.start()
    qtbot.waitUntil(lambda: bool(said))
    asking.join()
    return said[0]


def test_a_second_start_brings_the_window_forward_and_ends(sessions, qtbot, monkeypatch):
    window = sessions.start()
    first = FirstWindow(window)
    settings = window.launch.settings
    window.showMinimized()

    assert second_start(qtbot, settings)

    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert not request_file_path(settings).exists()
    code = f"""
from pathlib import Path
from app.startup import window
from app.startup.launch import Launch
window.default_launch = lambda: Launch(settings=Path({str(settings)!r}), own_folder=Path("x"), sample_folder=Path("y"))
raise SystemExit(window.run())
"""
    other = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    qtbot.waitUntil(lambda: other.poll() is not None)
    assert other.returncode == 0

    first.release()
    assert not second_start(qtbot, settings)
    assert not lock_file_path(settings).exists()


def test_what_a_killed_program_left_stands_in_nobodys_way(tmp_path):
    settings = tmp_path / "settings.ini"
    lock_file_path(settings).write_bytes(b"")

    assert not bring_first_forward(settings)


def test_a_first_window_that_answers_nothing_lets_the_second_open(sessions, qtbot):
    window = sessions.start()
    first = FirstWindow(window)
    first._timer.stop()

    assert not bring_first_forward(window.launch.settings, timeout=0.2)
    assert not request_file_path(window.launch.settings).exists()
    first.release()
