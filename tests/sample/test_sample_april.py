"""The sample year on 5 April: everything was held, nobody counts it otherwise, and the end of the year is
still to do."""

from datetime import datetime

import pytest

from app.data_folder.services.clock import today_of
from app.home.today.services.home import read_home
from app.sample.services.sample_april import APRIL, advance_to_april
from app.year_end.completion.services.completion import read_completion
from app.year_end.consistency.services.year_numbers import read_year_consistency
from app.year_end.summary.services.year_summary import read_summary
from db.records.events import Event, EventResult
from db.records.roster import Entry
from db.rows import rows
from tests.support.sample import BY, sample_store


@pytest.fixture(scope="module")
def april(tmp_path_factory):
    store = sample_store(tmp_path_factory.mktemp("april"))
    advance_to_april(store, by=BY)
    yield store
    store.database.conn.close()


def test_every_event_was_held_and_its_numbers_are_those_of_its_roster(april):
    assert today_of(april, datetime(2026, 9, 1, 9, 0)) == APRIL
    events = rows(april.database, Event)
    assert {one.status for one in events} == {"実施済", "中止"}
    for event in events:
        came = [one for one in rows(april.database, Entry, event_id=event.id) if one.attendance == "出席"]
        for result in rows(april.database, EventResult, event_id=event.id):
            if came:
                assert result.attended == len(came), event.full_title


def test_nothing_but_the_slips_of_the_contractor_is_told(april):
    """Whoever withdrew had applied: 申込 is counted by the one definition of it."""
    year = read_year_consistency(april, fiscal_year=2026, today=APRIL)
    found = [(view.event.full_title, one.name) for view in year.events for one in view.rows if one.contradictions]
    assert found == [("第3回 Instagram講習会", "出席"), ("第1回 意見交換会", "回収")]
    assert [one.key for view in year.events for one in view.inconsistencies] == ["報告書の回収率"] * 2
    assert year.inconsistencies == ()


def test_the_end_of_the_year_is_what_there_is_to_do(april):
    assert read_completion(april, today=APRIL, fiscal_year=2026).next_step == "業務完了届"
    assert read_summary(april, today=APRIL).total.counts.visits > 0
    home = read_home(april, today=APRIL)
    assert home.next_event is None
    assert home.rows
