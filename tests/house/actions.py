"""The ten most used actions on the sample year, and how many SELECTs each may take: the engine's own trace counts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from app.offers import declare_subjects
from app.subjects.events.services.event_moves import preview_move
from app.subjects.events.services.event_view import read_event
from app.subjects.home.services.home import read_home
from app.subjects.home.services.search_everything import search_everything
from app.subjects.letters.services.letters import read_letters
from app.subjects.materials.services.material_board import board
from app.subjects.reception.services import attendance
from app.subjects.reports.services.report_papers import report
from app.subjects.roster.services.roster import read_roster
from app.subjects.surveys.tally.services.survey_tally import tally_survey
from db.records.events import Event
from db.rows import by_id
from db.store import Store
from tests.support.sample import BY, NOW, event_id, sample_store

RECEIVING = "receiving one person"
LIMITS = {
    "home": 36,
    "event page": 35,
    "preview of a moved date": 22,
    "roster": 6,
    RECEIVING: 10,
    "materials": 35,
    "letters": 74,
    "tally": 17,
    "report": 24,
    "search": 11,
}
"""How many SELECTs an action took when it was last looked at: it may take fewer, and whoever adds one says why here."""


class Counted(NamedTuple):
    """One action: its SELECTs, how many it may take, and every statement that was no SELECT."""

    name: str
    selects: int
    limit: int
    others: tuple[str, ...]


def counted_actions() -> Iterator[Counted]:
    """Do every action once and walk what each asked of the engine."""
    declare_subjects()
    with tempfile.TemporaryDirectory() as place:
        store = sample_store(Path(place))
        for name, act in _actions(store).items():
            seen = statements(store, act)
            others = tuple(one for one in seen if not is_select(one))
            yield Counted(name, len(seen) - len(others), LIMITS[name], others)
        store.database.conn.close()


def _actions(store: Store) -> dict[str, Callable[[], object]]:
    coming, held = (_event(store, "講習会", number) for number in (6, 2))
    entry = read_roster(store, event_id=coming.id).rows[0].entry
    new_date = coming.event_date.replace(day=15) if coming.event_date else NOW.date()
    today = NOW.date()
    return {
        "home": lambda: read_home(store, today=today),
        "event page": lambda: read_event(store, event_id=coming.id, today=today),
        "preview of a moved date": lambda: preview_move(store, event_id=coming.id, new_date=new_date, today=today),
        "roster": lambda: read_roster(store, event_id=coming.id),
        RECEIVING: lambda: attendance.receive(store, entry_id=entry.id, by=BY, now=NOW),
        "materials": lambda: board(store, today=today),
        "letters": lambda: read_letters(store, event_id=coming.id, now=NOW),
        "tally": lambda: tally_survey(store, event_id=held.id),
        "report": lambda: report(store, held, NOW),
        "search": lambda: search_everything(store, text="高橋"),
    }


def statements(store: Store, act: Callable[[], object]) -> list[str]:
    """Return every statement that the engine ran for one action."""
    seen: list[str] = []
    store.database.conn.set_trace_callback(seen.append)
    try:
        act()
    finally:
        store.database.conn.set_trace_callback(None)
    return seen


def is_select(statement: str) -> bool:
    """Whether a statement only reads."""
    return statement.lstrip().upper().startswith(("SELECT", "WITH"))


def _event(store: Store, kind: str, ordinal: int) -> Event:
    found = by_id(store.database, Event, event_id(store, kind, ordinal))
    assert found is not None
    return found
