"""What was chosen for the papers of one day: whether the ward prints, whether names stand on the 班札.

- ``read_options(store, event_id) -> DayOptions``
- ``set_day_option(store, event_id, option, on, by, now) -> Saved``
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from app.saved import Saved
from app.subjects.events.services.event_file import required_event
from db.records.papers import PaperText
from db.store import Store
from db.tables import calls

_KIND: Final = "当日資料一式"
_ON: Final = "する"
Option = Literal["資料を区で印刷する", "班札に名簿を載せる"]
WARD_PRINTS: Final = "資料を区で印刷する"
NAMES_ON_TABLES: Final = "班札に名簿を載せる"


@dataclass(frozen=True, kw_only=True)
class DayOptions:
    """The choices of one event; both are False until somebody says otherwise."""

    ward_prints: bool = False
    names_on_tables: bool = False


def read_options(store: Store, *, event_id: int) -> DayOptions:
    """Return what was chosen for the event."""
    chosen = {row.part for row in calls.texts(store.database, event_id, _KIND) if row.text == _ON}
    return DayOptions(ward_prints=WARD_PRINTS in chosen, names_on_tables=NAMES_ON_TABLES in chosen)


def set_day_option(store: Store, *, event_id: int, option: Option, on: bool, by: str, now: datetime) -> Saved:
    """Choose, or take the choice back; raises ``Refusal`` when the event is gone."""
    required_event(store.database, event_id)
    present = next((row for row in calls.texts(store.database, event_id, _KIND) if row.part == option), None)
    action = f"当日資料の「{option}」を{'選んだ' if on else '外した'}"
    with store.change(action=action, by=by, now=now, subject="paper_texts", event_id=event_id) as change:
        if on:
            row_id = present.id if present else 0
            change.save(PaperText(id=row_id, event_id=event_id, document_kind=_KIND, part=option, text=_ON))
        elif present is not None:
            change.delete(PaperText, present.id)
    return Saved(said=f"「{option}」を{'選びました' if on else '外しました'}。", id=event_id)
