"""The pages of the settings by themselves, behind doors that lead nowhere."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_screen import SettingsScreen
from db.store import Store
from tests.support.sample_desk import shown
from tests.support.waiting import wait_idle
from tests.support.years import NOW


def no_doors(
    folder: Path = Path(), *, login_id: str = "sample", clock: Callable[[], datetime] = datetime.now
) -> SettingsHost:
    """What the start gives the settings, of which nothing leaves them."""
    return SettingsHost(
        folder=folder,
        login_id=login_id,
        clock=clock,
        on_backup_made=int,
        leave_for_restore=int,
        leave_to_change_key=id,
    )


def shown_settings(qtbot: Any, desk_at: Any, store: Store) -> SettingsScreen:
    """Show all settings of a store."""
    desk = desk_at()
    return shown(qtbot, SettingsScreen(desk, no_doors(Path(store.folder), clock=lambda: NOW)), desk)


def turn_to(qtbot: Any, screen: SettingsScreen, name: str) -> Any:
    """Turn to a page and return it when it has read."""
    screen.open_with(page=name)
    page = screen.page(name)
    qtbot.waitUntil(page.isVisible)
    wait_idle(qtbot, screen.app_context)
    return page


def shown_page(qtbot: Any, desk_at: Any, store: Store, kind: type[Any], *, login_id: str = "sample") -> Any:
    """Show one page without the others and return it when it has read."""
    desk = desk_at()
    made = kind(desk, no_doors(Path(store.folder), login_id=login_id, clock=lambda: NOW))
    shown(qtbot, made, desk)
    made.reload()
    wait_idle(qtbot, desk)
    return made
