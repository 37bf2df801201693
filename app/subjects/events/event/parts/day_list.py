"""List of the events and deadlines of a day of the calendar, each with a link."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import long_date
from app.common.join_nonempty import join_nonempty
from app.main_window.action_routes import Route, route_to
from app.subjects.events.event.services.month import MonthDay
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog


def show_day_list(day: MonthDay, on_open: Callable[[Route], None], parent: QWidget) -> None:
    """Open the list of a day; ``on_open`` is called with the route of the chosen line."""
    LinkListDialog(long_date(day.day), _entries(day, on_open), subject="実施回と期限", parent=parent).open()


def _entries(day: MonthDay, on_open: Callable[[Route], None]) -> list[LinkEntry]:
    entries = [
        LinkEntry(
            words=event.title,
            second=event.status,
            kind=event.kind,
            follow=partial(on_open, route_to(ActionLink("実施回", event_id=event.event_id))),
        )
        for event in day.events
    ]
    for task in day.tasks:
        way = route_to(task.link)
        entries.append(
            LinkEntry(
                words=f"{task.label}　{task.detail}".strip(),
                second=join_nonempty(task.event_title, task.basis_short, task.state_words),
                kind=task.kind or "",
                verb=way.label,
                follow=partial(on_open, way),
            )
        )
    return entries
