"""The window with every screen, as a login leaves it: what a test goes through by its places."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from app.main_window.main_window import MainWindow
from app.startup.screens import register_screens
from app.window.app_context import AppContext
from tests.support.dressing import dress
from tests.support.sample_desk import session
from tests.support.settings_pages import no_doors
from tests.support.waiting import wait_idle


def whole_window(desk: AppContext) -> MainWindow:
    """Return a window over ``desk``, not shown yet, that nothing closes by itself."""
    made = MainWindow(desk)
    register_screens(made, no_doors(desk.store.folder, clock=desk.now))
    made.idle_watch.stop()
    return made


@contextmanager
def open_window(
    folder: Path, qtbot: Any, qapp: QApplication, prepare: Callable[[MainWindow], object]
) -> Iterator[MainWindow]:
    """Show a window over a copy of the sample year, ``prepare`` it before it is seen, and take it down in the end."""
    dress(qapp)
    with session(folder) as desk:
        made = whole_window(desk)
        made.resize(1366, 768)
        prepare(made)
        made.setUpdatesEnabled(qtbot.painting)
        made.show()
        made.activateWindow()
        wait_idle(qtbot, desk)
        yield made
        made.close()
        made.deleteLater()
