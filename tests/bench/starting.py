"""Process start to the login page on the screen, against process start to an empty Qt window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from app.data_folder.services.data_folder import close_data_folder, create_data_folder
from tests.bench.paired import Paired, from_times

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""
OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication(sys.argv)
application.setQuitOnLastWindowClosed(False)
from app.startup.window import start_window
from app.window.language import install_japanese
install_japanese(application)
window = start_window(settings_folder=Path(sys.argv[1]), data_folder=Path(sys.argv[1]) / "data")
def look():
    if window.isVisible() and type(window.page).__name__.startswith("Login"):
        application.quit()
timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
QTimer.singleShot(20000, lambda: application.exit(1))
sys.exit(application.exec())
"""


def measure() -> Paired:
    """Start both nine times in turn, warm, offscreen."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        store, _ = create_data_folder(
            home / "data",
            login_id="bench",
            display_name="計測",
            password="見本の長いパスワードです",
            now=datetime(2026, 12, 1, 9, 0),
        )
        close_data_folder(store, now=datetime(2026, 12, 1, 9, 1))
        times = []
        for turn in range(10):
            pair = (_start(OURS, str(home)), _start(BARE))
            if turn:
                times.append(pair)
    return from_times(times)


def _start(code: str, *more: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *more], check=True, env=environment, cwd=ROOT, capture_output=True)
    return time.perf_counter() - start
