"""The window with every screen, as a login leaves it: what a test goes through by its places."""

from __future__ import annotations

from app.main_window.main_window import MainWindow
from app.settings.pages.screens.settings_host import SettingsHost
from app.startup.screens import register_screens
from app.window.app_context import AppContext


def whole_window(desk: AppContext) -> MainWindow:
    """Return a window over ``desk``, not shown yet, that nothing closes by itself."""
    made = MainWindow(desk)
    doors = SettingsHost(
        folder=desk.store.folder,
        login_id="sample",
        clock=desk.now,
        on_backup_made=lambda: None,
        leave_for_restore=lambda: None,
        leave_to_change_key=lambda _wish: None,
    )
    register_screens(made, doors)
    made.idle_watch.stop()
    return made
