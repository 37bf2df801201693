"""Process start to the login page on the screen, against process start to an empty Qt window.

What the program loads ahead while the page is read, and waits for when it is closed, does not count. Modules are
compiled once, in the round that does not count, as a staff folder holds them compiled.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from app.data_folder.services.data_folder import close_data_folder, create_data_folder
from tests.bench.paired import Paired, counts_processor, from_times

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import sys
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.show()
def look():
    print(time.time(), time.process_time())
    application.quit()
QTimer.singleShot(0, look)
application.exec()
"""
OURS = """
import sys
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication(sys.argv)
application.setQuitOnLastWindowClosed(False)
from app.window.memory import spare_sources
spare_sources()
from app.startup.window import start_window
from app.window.language import install_japanese
install_japanese(application)
window = start_window(settings_folder=Path(sys.argv[1]), data_folder=Path(sys.argv[1]) / "data")
def look():
    if window.isVisible() and type(window.page).__name__.startswith("Login"):
        timer.stop()
        print(time.time(), time.process_time())
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
            pair = (_start(home, OURS, str(home)), _start(home, BARE))
            if turn:
                times.append(pair)
    return from_times(times)


def _start(home: Path, code: str, *more: str) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(home / "pyc")}
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *more], check=True, env=environment, cwd=ROOT, capture_output=True, text=True
    )
    shown, processor = map(float, done.stdout.split())
    return processor if counts_processor() else shown - began
