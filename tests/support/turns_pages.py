"""資料・報告 as it stands in the window, with what stands beside its rows."""

from typing import Any

from app.events.materials.screens.handout_page import HandoutPage
from app.events.materials.screens.handout_steps import HandoutSteps
from app.submissions.deliverables.screens.outstanding_detail import OutstandingDetail
from app.submissions.work_queue.screens import EventWorkQueue, WorkQueueScreen
from app.window.app_context import AppContext
from tests.support.sample_desk import handout, shown
from tests.support.waiting import wait_idle


def turns_made(desk: AppContext) -> WorkQueueScreen:
    """Put the list together, unseen."""
    return WorkQueueScreen(desk, handout=HandoutSteps(desk), outstanding=OutstandingDetail(desk))


def turns_shown(qtbot: Any, desk: AppContext, *, everything: bool = True, **arguments: Any) -> WorkQueueScreen:
    """Show the list, with what is done and what comes later where ``everything`` is wanted."""
    screen = turns_made(desk)
    if everything:
        screen.chips["済"].setChecked(True)
        screen.later.setChecked(True)
    screen.open_with(**arguments)
    shown(qtbot, screen, desk)
    return screen


def stand_on(qtbot: Any, screen: WorkQueueScreen, **wanted: Any) -> None:
    """Go to the first row with these fields."""
    assert screen.table.choose(lambda row: all(getattr(row, name) == value for name, value in wanted.items()))
    wait_idle(qtbot, screen.app_context)


def handout_tab(qtbot: Any, desk: AppContext, *, event_id: int = 6, **size: int) -> EventWorkQueue:
    """Show the tab 資料 of an event."""
    return shown(
        qtbot, EventWorkQueue(desk, "資料", detail=HandoutSteps(desk, of_event=True)), desk, event_id=event_id, **size
    )


def handout_page(qtbot: Any, desk: AppContext, title: str, *, part: str = "", **size: int) -> HandoutPage:
    """Show the page of one handout of the sixth event, with its findings or at another ``part``."""
    given = {"event_id": 6, "material_id": handout(desk.store, 6, title).material.id, "part": part, "back": "event"}
    return shown(qtbot, HandoutPage(desk), desk, **given, **size)
