"""What a day of the calendar holds: its events and deadlines, each with the way there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.acts.action_id import Asked
from app.calendar.dates import long_date
from app.common.together import together
from app.main_window.ways import Route, way_to
from app.subjects.events.event.services.month import MonthDay
from app.widgets.dialogs.usual_dialogs import ListedThing, ThingsDialog


def list_day(day: MonthDay, follow: Callable[[Route], None], parent: QWidget) -> None:
    """Open the list of a day; ``follow`` goes where the chosen line leads."""
    ThingsDialog(long_date(day.day), _entries(day, follow), subject="実施回と期限", parent=parent).open()


def _entries(day: MonthDay, follow: Callable[[Route], None]) -> list[ListedThing]:
    entries = [
        ListedThing(
            words=event.title,
            second=event.status,
            kind=event.kind,
            follow=partial(follow, way_to(Asked("実施回", event_id=event.event_id))),
        )
        for event in day.events
    ]
    for task in day.tasks:
        way = way_to(task.asked)
        entries.append(
            ListedThing(
                words=f"{task.label}　{task.detail}".strip(),
                second=together(task.event_title, task.basis_short, task.state_words),
                kind=task.kind or "",
                verb=way.label,
                follow=partial(follow, way),
            )
        )
    return entries
