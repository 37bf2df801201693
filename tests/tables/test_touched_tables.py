"""What a change says of the tables it wrote: whatever else was read needs no second reading."""

import random
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.event.services.event_view import read_event
from app.event_day.day.services.day_overview import read_day
from app.events.roster.services.roster import read_roster
from app.history import services as history_services
from app.home.today.services.home import read_home
from app.submissions.work_queue.services import read_work_queue
from app.year_end.document_library.services import read_event_documents
from db.files.storage_errors import StorageProblem
from db.records.organisations import Organisation
from db.rows import rows
from db.touched_tables import TouchedTables
from tests.support.entries import put_organisation
from tests.support.in_full import times
from tests.support.sample import BY, NOW
from tests.support.scenarios import act, address, scenarios
from tests.support.world import World


def test_a_statement_names_its_tables_and_a_trigger_writes_with_it(store):
    touched = TouchedTables()
    club = put_organisation(store, "みほん髙﨑𠮷町会")

    def rename(store):
        store.database.execute("SELECT 1 FROM venues").fetchall()
        with store.change(action="名", by=BY, now=NOW) as change:
            change.update(Organisation, club, name="みほん髙﨑町会")

    store.read_with_retry(rename, touched)
    assert {"organisations", "organisation_keys", "former_names", "journal"} <= touched.written
    assert "venues" in touched.read
    assert "venues" not in touched.written
    assert touched.meets(frozenset({"venues"}))
    assert not touched.meets(frozenset({"tablets"}))


def test_rows_written_many_at_a_time_are_named_too(store):
    touched = TouchedTables()

    def add(store):
        with store.change(action="足した", by=BY, now=NOW) as change, change.batching():
            for name in "一二三":
                change.insert(Organisation(name=f"みほん第{name}町会"))

    store.read_with_retry(add, touched)
    assert [one.name for one in rows(store.database, Organisation)] == [
        "みほん第一町会",
        "みほん第二町会",
        "みほん第三町会",
    ]
    assert "organisations" in touched.written


def test_what_looked_at_files_or_failed_is_read_again_after_any_change(store):
    of_files, failing = TouchedTables(), TouchedTables()
    store.read_with_retry(lambda _store: 1, of_files)
    assert of_files.meets(frozenset({"tablets"}))

    def fail(store):
        store.database.execute("SELECT 1 FROM venues").fetchall()
        raise StorageProblem("gone")

    with pytest.raises(StorageProblem):
        store.read_with_retry(fail, failing)
    assert failing.meets(frozenset({"tablets"}))


@pytest.mark.nightly
def test_what_reads_none_of_the_tables_written_is_the_same_after_any_action(tmp_path: Path):
    world, chance = World(tmp_path), random.Random(66)
    today, event = NOW.date(), world.events["L5"]
    readings = {
        "home": partial(read_home, today=today),
        "event": partial(read_event, event_id=event, today=today),
        "roster": partial(read_roster, event_id=event),
        "day": partial(read_day, event_id=event, now=NOW),
        "letters": partial(read_event_documents, event_id=event, now=NOW),
        "queue": partial(read_work_queue, today=today),
    }
    shown = {name: TouchedTables() for name in readings}
    seen = {name: world.store.read_with_retry(ask, shown[name]) for name, ask in readings.items()}
    spared = read = 0
    for service in chance.choices(sorted(scenarios(), key=address), k=times(60, of=10)):
        for way in (
            lambda store, service=service: act(service, world, ActionContext(store, BY, NOW)),
            lambda store: history_services.undo(store, by=BY, now=NOW),
        ):
            written = TouchedTables()
            # What a scenario looks for may be gone by now, or a service refuse: then nothing was done.
            with suppress(Exception):
                world.store.read_with_retry(way, written)
            for name, ask in readings.items():
                now = world.store.read_with_retry(ask, shown[name])
                if shown[name].meets(written.written):
                    read += 1
                else:
                    spared += 1
                    assert now == seen[name], f"{name} is another after {sorted(written.written)}"
                seen[name] = now
    assert spared
    assert read
