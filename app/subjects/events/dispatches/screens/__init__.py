"""Qt: 派遣 in steps and the tab 支援のあゆみ, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import EventTab, KindPage


def kind_pages() -> Iterator[KindPage]:
    """What stands in 事業 in the place of the list where 派遣 are looked at."""
    from app.subjects.events.dispatches.screens.dispatches_page import DispatchesPage

    yield KindPage(kind="派遣", factory=DispatchesPage)


def tabs() -> Iterator[EventTab]:
    """What it shows of one 派遣."""
    from app.subjects.events.dispatches.screens.support_panel import SupportPanel

    yield EventTab(title="支援のあゆみ", factory=SupportPanel, only_kind="派遣")
