"""The window with every screen, as a login leaves it: what a test goes through by its places."""

from app.main_window.main_window import MainWindow
from app.startup.screens import register_screens
from app.window.app_context import AppContext
from tests.support.settings_pages import no_doors


def whole_window(desk: AppContext) -> MainWindow:
    """Return a window over ``desk``, not shown yet, that nothing closes by itself."""
    made = MainWindow(desk)
    register_screens(made, no_doors(desk.store.folder, clock=desk.now))
    made.idle_watch.stop()
    return made
