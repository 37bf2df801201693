"""A desk over a copy of the sample year at its own today, with undo wired, for the screens of its papers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from app.actions.action_context import ActionContext
from app.data_folder.services import accounts
from app.events.materials.services import material_board, materials
from app.history import services as history_services
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen
from app.window.app_context import AppContext
from app.window.background_task import Tasks
from db.store import Store
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import give_a_slot
from tests.support.waiting import wait_idle


@contextmanager
def session(folder: Path, **given: Any) -> Iterator[AppContext]:
    """Hand out a desk over a copy of the sample year under ``folder``; its threads end with the block."""
    store = sample_store(folder)
    tasks = Tasks()
    try:
        yield context_over(tasks, store, **given)
    finally:
        tasks.shutdown()
        store.database.conn.close()


def context_over(tasks: Tasks, store: Store, **given: Any) -> AppContext:
    """Return a desk over the sample year, with undo wired."""
    usual = {"user_name": BY, "clock": lambda: NOW, "sample": True}
    undo = {"undo": history_services.undo, "redo": history_services.redo}
    return AppContext(tasks=tasks, store=store, fiscal_year=2026, **(usual | undo | given))


def give_users(store: Store) -> None:
    """Make the folder one that two people log in to."""
    give_a_slot(store)
    words = {"display_name": "見本　花子", "password": "見本の別のながいパスワード"}
    accounts.add_user(ActionContext(store, BY, NOW), login_id="colleague", **words)


def shown(
    qtbot: Any,
    widget: Any,
    desk: AppContext,
    *,
    width: int = 1190,
    height: int = 720,
    active: bool = False,
    **opened_with: Any,
) -> Any:
    """Show a screen, give it what it is opened with, and return it when it has read."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    if opened_with:
        widget.open_with(**opened_with)
    widget.show()
    if active:
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
    wait_idle(qtbot, desk)
    return widget


def empty_screen(qtbot: Any, desk: AppContext) -> Screen:
    """A screen without anything, for a dialog to open over."""
    made = Screen(desk)
    # The bot knows its widgets weakly: a screen that no test names would go, and its dialog with it.
    qtbot.addWidget(made, before_close_func=lambda _widget, _kept=made: None)
    return made


def dialog_over(widget: QWidget, kind: type[QDialog]) -> Any:
    """The dialog of a kind that is open over ``widget``."""
    return [found for found in widget.findChildren(kind) if found.isVisible()][-1]


def handout(store: Store, event_id: int, words: str) -> Any:
    """The view of the handout of an event whose title holds ``words``."""
    handouts = material_board.read_handouts_to_check(store, event_id=event_id)
    found = next(one.material.id for one in handouts if words in one.material.title)
    return materials.read_material(store, material_id=found, today=NOW.date())


def rows_in_sight(table: RecordTable) -> int:
    """How many rows of a list are wholly seen."""
    view = table.view
    room = view.viewport().height()
    return sum(
        view.rowViewportPosition(row) >= 0 and view.rowViewportPosition(row) + view.rowHeight(row) <= room
        for row in range(view.model().rowCount())
    )


def set_seat(desk: AppContext, *, reads: bool) -> None:
    """Say that a colleague has the seat, or this window again, with nothing read anew."""
    desk.read_only = reads
    desk.lock_changed.emit()
