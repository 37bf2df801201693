"""Qt screens of 資料・報告 and its tabs in an event, and their entries in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from app.main_window.navigation import EventTab, ScreenEntry
from app.window.app_context import AppContext

MakeDetail = Callable[[AppContext], QWidget]


def screens(*, handout: MakeDetail, outstanding: MakeDetail) -> Iterator[ScreenEntry]:
    """Yield the screen, imported when opened; the arguments make the details beside a row of each kind."""
    from app.subjects.submissions.work_queue.screens.work_queue_screen import WorkQueueScreen
    from app.subjects.submissions.work_queue.services.work_queue import count_ward_items

    yield ScreenEntry(
        "turns",
        "files",
        "資料・報告",
        lambda desk: WorkQueueScreen(desk, handout=handout(desk), outstanding=outstanding(desk)),
        badge=count_ward_items,
    )


def handout_tab(*, beside: MakeDetail) -> Iterator[EventTab]:
    """Yield the tab with the handouts of one event; ``beside`` makes the details beside a row."""
    from app.subjects.submissions.work_queue.screens.event_work_queue import EventWorkQueue

    yield EventTab(title="資料", factory=lambda desk: EventWorkQueue(desk, "資料", detail=beside(desk)))


def report_tab(*, beside: MakeDetail) -> Iterator[EventTab]:
    """Yield the tab with the report of one event, as ``handout_tab``."""
    from app.subjects.submissions.work_queue.screens.event_work_queue import EventWorkQueue

    yield EventTab(title="報告", factory=lambda desk: EventWorkQueue(desk, "報告", detail=beside(desk)))
