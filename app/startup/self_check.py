"""The command ``self-check`` with the real window: takes the steps, and hears what goes wrong beside them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.commands import main as dispatcher
from app.commands import self_check as command
from app.commands.self_check import Found, Step, Trial
from app.startup.self_check_eyes import NotSeen, wait_until
from app.startup.self_check_steps import Clerk
from app.startup.window import new_application
from app.ui.failure_messages import failure_of

_QUIET = "This plugin does not support"  # what the plug-in without a screen remarks for each window


def main(argv: Sequence[str]) -> int:
    """Run ``self-check`` with the window."""
    return dispatcher.main(argv, module=_SelfCheck())


class _SelfCheck:
    """Stands in for the command's module, with the window added."""

    add_parser = staticmethod(command.add_parser)

    @staticmethod
    def run(arguments: object) -> int:
        """Do the job in a window."""
        return command.run(arguments, attempt=attempt)  # type: ignore[arg-type]


def attempt(trial: Trial) -> Found:
    """Open the window on the data at ``trial.home`` and go through the steps until one does not hold."""
    application = QApplication.instance() or new_application()
    clerk, said = Clerk(trial), list[str]()

    def hear(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not words.startswith(_QUIET):
            said.append(words)

    def catch(_kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        clerk.troubles.append(failure_of(problem.with_traceback(trace)).details)

    before, hook = qInstallMessageHandler(hear), sys.excepthook
    sys.excepthook = catch
    try:
        steps = _take_steps(clerk)
        _go_home(clerk)
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(before)
    application.processEvents()
    return Found(QGuiApplication.platformName(), steps, tuple(clerk.files), tuple(said), _libraries())


def _take_steps(clerk: Clerk) -> tuple[Step, ...]:
    """Take the steps in order; the first that does not hold is the last."""
    names: dict[str, Callable[[], None]] = {
        "画面を開く": clerk.open,
        "ログイン": clerk.log_in,
        "書類の見本": clerk.look_at_paper,
        "PDFの保存": clerk.save,
        "終了": clerk.leave,
    }
    steps: list[Step] = []
    for name, take in names.items():
        try:
            take()
            wait_until(lambda: True, clerk.troubles, "")  # and nothing that nobody caught came with it
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is what this step has to report
            seen = str(problem) if isinstance(problem, NotSeen) else failure_of(problem).details
            return (*steps, Step(name, held=False, seen=seen))
        steps.append(Step(name, held=True))
    return tuple(steps)


def _go_home(clerk: Clerk) -> None:
    """Leave nothing running, wherever the work came to an end."""
    if clerk.frame is not None:
        for window in QApplication.topLevelWidgets():
            window.hide()
        clerk.frame.end()


def _libraries() -> tuple[str, ...]:
    """The shared libraries that this process uses, where the system tells."""
    maps = Path("/proc/self/maps")
    if not maps.is_file():
        return ()
    lines = maps.read_text(encoding="utf-8").splitlines()
    return tuple(sorted({line.split(maxsplit=5)[-1] for line in lines if ".so" in line}))
