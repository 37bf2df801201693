"""A colleague's PC: the program started as a process of its own on the same data; prints what it says, as JSON."""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.support.child_python import run_python


def ask_second_instance(data: Path, home: Path, *, password: str, moment: datetime) -> dict[str, Any]:
    """Start the program in another process, log in to ``data``, and return what stands in its window, as
    ``reading``."""
    given = [str(data), str(home), password, moment.isoformat()]
    ended = run_python(
        "-m",
        "tests.support.second_instance",
        *given,
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
        timeout=300,
        check=False,
        encoding=None,
    )
    assert ended.returncode == 0, ended.stderr.decode("utf-8", "replace")
    found: dict[str, Any] = json.loads(ended.stdout.decode("utf-8"))
    return found


class _Waiting:
    """Waits as a test does, without one."""

    def waitUntil(self, holds: Callable[[], bool], *, timeout: int) -> None:
        from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

        over = QDeadlineTimer(timeout)
        while not holds():
            if over.hasExpired():
                raise TimeoutError
            turn = QEventLoop()
            QTimer.singleShot(10, turn.quit)
            turn.exec()


def _work(data: Path, home: Path, password: str, moment: datetime) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    from tests.support.office_days import Office

    office = Office(_Waiting(), home)
    clerk = office.start(moment, data_folder=data, wait=0.5)
    clerk.sees("ログイン")
    clerk.type("ID", "101")
    clerk.type("パスワード", password, leave=False)
    clerk.press("開く")
    office.entered(clerk)
    clerk.sees("入力中です")
    clerk.press("事業")
    clerk.sees("実施回の一覧")
    clerk.wait()
    found = {"reading": clerk.said()}
    office.close(clerk)
    return found


if __name__ == "__main__":
    data, home, password, moment = sys.argv[1:]
    sys.stdout.write(json.dumps(_work(Path(data), Path(home), password, datetime.fromisoformat(moment))))
