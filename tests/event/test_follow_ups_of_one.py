"""What the store calls for, asked of one event, is what the list of all holds about it."""

from datetime import timedelta

from app.contributions import register_contributions
from app.event.services.tasks.follow_ups import read_follow_ups
from db.records.events import Event
from db.rows import rows
from tests.support.sample import NOW, sample_store


def test_one_event_is_called_for_what_the_list_of_all_says_of_it(tmp_path):
    register_contributions()
    store = sample_store(tmp_path)
    met = set()
    for today in (NOW.date(), NOW.date() + timedelta(days=45), NOW.date() + timedelta(days=120)):
        every = read_follow_ups(store.database, today)
        for event in rows(store.database, Event):
            mine = tuple(one for one in every if one.event_id == event.id)
            assert read_follow_ups(store.database, today, event_id=event.id) == mine, event.full_title
            met |= {one.task for one in mine}
    store.database.conn.close()
    assert len(met) >= 4, met
