"""Screens of 派遣: the page with steps, and the tab 支援のあゆみ."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import EventTab, KindPage
from db.records.event_form import EventForm


def kind_pages() -> Iterator[KindPage]:
    """Yield the page that 事業 shows for 派遣 in place of its list."""
    from app.events.dispatches.screens.dispatches_page import DispatchesPage

    yield KindPage(form=EventForm.VISIT, factory=DispatchesPage)


def tabs() -> Iterator[EventTab]:
    """Yield the tabs on the page of one 派遣."""
    from app.events.dispatches.screens.support_panel import SupportPanel

    yield EventTab(title="支援のあゆみ", factory=SupportPanel, only_form=EventForm.VISIT)
