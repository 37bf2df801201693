"""Waiting in tests for what runs beside the window, without sleeping."""

import faulthandler
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.window.style_sheet import apply_style
from db.store import Store

Result = TypeVar("Result")
LIMIT_MS = 60_000
"""Far more than anything takes here: what waits this long waits for something that does not come."""


class PatientBot(QtBot):
    """Waits for what has to come as long as the slowest machine may need; what comes sooner is taken sooner.

    Without ``painting`` the widgets it is given are laid out, seen and used, and not painted: that is a quarter of what
    a test of a screen costs, and most of them look at words and places alone. ``grab`` and ``render`` paint all the
    same. Without ``styling`` they do not wear the style sheet, which is a sixth more: nothing is measured then.
    """

    def __init__(self, request: pytest.FixtureRequest, *, painting: bool = True, styling: bool = True) -> None:
        super().__init__(request)
        self.painting, self._styling = painting, painting or styling

    def addWidget(self, widget: QWidget, **wish: Any) -> None:
        super().addWidget(widget, **wish)
        if widget.parentWidget() is None and self._styling:
            # As it is in the window of the program.
            apply_style(widget)
        widget.setUpdatesEnabled(self.painting)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 0) -> None:
        super().waitUntil(callback, timeout=max(timeout, LIMIT_MS))

    def waitSignal(self, signal: Any, *, timeout: int = 0, **wish: Any) -> Any:
        # What need not come (``assertNotEmitted``) is not waited for.
        patient = max(timeout, LIMIT_MS) if wish.get("raising") is not False else timeout
        return super().waitSignal(signal, timeout=patient, **wish)


def painted_as_asked(qtbot: Any, window: Any) -> None:
    """Let a started program (a ``StartWindow``) paint its two windows only where this test paints; whoever waits
    otherwise paints."""
    if not getattr(qtbot, "painting", True):
        window.setUpdatesEnabled(False)
        window.session_started.connect(_leave_unpainted)


def _leave_unpainted(window: QWidget | None) -> None:
    if window is not None:
        window.setUpdatesEnabled(False)


def wait_idle(qtbot: Any, desk: Any) -> None:
    """Wait until every result has been delivered to the window, and what the window did with it as well."""
    tasks = desk.tasks
    QApplication.processEvents()
    while tasks.is_busy:
        with qtbot.waitSignal(tasks.idle_changed, timeout=LIMIT_MS, check_params_cb=bool, raising=False) as told:
            pass
        if not told.signal_triggered:
            # Where each thread stands tells a slow machine from work that never ends.
            faulthandler.dump_traceback(sys.__stderr__)
            raise AssertionError(f"not idle after {LIMIT_MS / 1000} s")
        QApplication.processEvents()
    # A result that arrives in the first look puts widgets in place, which Qt shows at the next one.
    QApplication.processEvents()


def stored(qtbot: Any, desk: Any, ask: Callable[[Store], Result]) -> Result:
    """What ``ask(store)`` returns, asked where the window asks: its own reads and saves may still be under way.

    A test that reads the store by itself meanwhile would use one connection from two threads.
    """
    found: list[Result] = []
    desk.read(ask, found.append, owner=desk)
    qtbot.waitUntil(lambda: bool(found), timeout=LIMIT_MS)
    return found[0]


def press(qtbot: Any, desk: Any, button: Any) -> None:
    """Click a button in sight, and wait until what it began is done."""
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)


def choose_more(qtbot: Any, desk: Any, screen: Any, words: str) -> None:
    """Choose an entry of a 「…」 of a page, that of its action bar or that of its paper, and wait until it is done."""
    entries = {**dict(screen.bar._menu_actions()), **(dict(screen.more.entries()) if hasattr(screen, "more") else {})}
    entries[words]()
    wait_idle(qtbot, desk)


def opened(screen: Any, kind: type) -> Any:
    """Return the newest visible dialog of a class over a screen."""
    return [dialog for dialog in screen.findChildren(kind) if dialog.isVisible()][-1]


def read_again(qtbot: Any, screen: Any) -> None:
    """Have a screen or page read once more, and wait until it shows that."""
    screen.reload()
    wait_idle(qtbot, screen.app_context)


def in_front(qtbot: Any, window: Any) -> None:
    """Give a window the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
