"""What the tab 当日 of one event shows, read together.

- ``read_day(store, event_id, today) -> DayView``
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.subjects.day.services.day_options import DayOptions, read_options
from app.subjects.day.services.day_pack import PackView, read_pack
from app.subjects.events.services.event_file import required_event
from app.subjects.takeouts.services.day_file_state import files_outside, outside_words
from db.records.events import Event
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class DayView:
    """The event, the papers of its day, what was chosen for them, and who has a 当日持出しファイル of it (in words)."""

    event: Event
    pack: PackView
    options: DayOptions
    outside: str = ""


def read_day(store: Store, *, event_id: int, today: date) -> DayView:
    """Return the day of one event; raises ``Refusal`` when the event is gone."""
    event = required_event(store.database, event_id)
    return DayView(
        event=event,
        pack=read_pack(store, event_id=event_id, today=today),
        options=read_options(store, event_id=event_id),
        outside=outside_words(files_outside(store.database, event_id)),
    )
