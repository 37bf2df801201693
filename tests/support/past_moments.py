"""Random services one after the other, the file copied at some moments; each moment rebuilt must equal its copy."""

import random
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.actions.action_context import ActionContext
from app.events.as_of.services import AsOfEventState, event_counts, open_store_as_of, state_of_event
from db import connection
from db.backups import as_of
from db.mapping import TABLE_OF
from db.store import DATABASE_NAME, Store
from tests.support.sample import BY, NOW
from tests.support.scenarios import act, address, scenarios
from tests.support.world import World

_EVERY: Final = 2
"""So many services between two copies."""


def run(folder: Path, *, moments: int, seed: int, each: int = 1) -> list[str]:
    """Do random services on the sample year, keep ``moments`` copies of the file, and return what was rebuilt
    otherwise.

    Of every moment all rows are compared, and what the page says of ``each`` events.
    """
    world = World(folder)
    store, chance, services = world.store, random.Random(seed), sorted(scenarios(), key=address)
    kept: list[tuple[int, Path]] = []
    try:
        while len(kept) < moments:
            before = as_of.journal_headers(store.database)[-1].seq
            for service in chance.choices(services, k=_EVERY):
                # What a scenario looks for may be gone by now, or a service refuse: then nothing was done.
                with suppress(Exception):
                    act(service, world, ActionContext(store, BY, NOW))
                if store.database.conn.in_transaction:
                    return ["a service left its transaction open"]
            seq = as_of.journal_headers(store.database)[-1].seq
            if seq > before or not kept:
                copy = folder / f"moment-{seq}.db"
                shutil.copyfile(store.folder / DATABASE_NAME, copy)
                kept.append((seq, copy))
        return [
            said
            for seq, copy in kept
            for said in _unlike(store, seq, copy, chance.sample(list(world.events.values()), each))
        ]
    finally:
        store.database.conn.close()


def _unlike(store: Store, seq: int, copy: Path, events: list[int]) -> list[str]:
    database = connection.connect(copy, store.keys.pages, read_only=True)
    found: list[str] = []
    try:
        with open_store_as_of(store, seq) as then:
            for table in TABLE_OF.values():
                query = f"SELECT * FROM [{table}] ORDER BY id"
                if database.execute(query).fetchall() != then.database.execute(query).fetchall():
                    found.append(f"履歴 {seq} 番のあと：{table} が写しと違います。")
            kept = Store(folder=store.folder, database=database, keys=store.keys, login_id="", read_only=True)
            for event_id in events:
                told = [said(state_of_event(one, event_id=event_id, today=NOW.date())) for one in (kept, then)]
                if told[0] != told[1]:
                    found.append(f"履歴 {seq} 番のあと：実施回 {event_id} の期限・人数・名簿が写しと違います。")
    finally:
        database.conn.close()
    copy.unlink()
    return found


def said(state: AsOfEventState) -> tuple[object, ...]:
    """Everything that the page shows of an event."""
    return (state.view, state.roster, event_counts(state))
