"""What is asked of one year, of the sample year with the same year before it: nothing of the other one is found."""

from datetime import date

import pytest

from app.submissions.deliverables.services.holdings import read_holdings
from app.surveys.compare.services import has_answers
from app.surveys.questions.services.surveys import list_surveys
from app.year_end.handover.services import read_handover
from db.records.events import Event
from db.records.surveys import EventSurvey
from db.rows import rows
from db.store import Store
from db.tables import events, programme, surveys
from db.tables.received import received_in_year
from tests.bench.grown import add_years
from tests.bench.opening import NOW

pytestmark = pytest.mark.sample_year


def asked(store: Store) -> list[object]:
    """What pages show of the newest year, which read surveys, received papers and notes of bookings."""
    year = programme.newest(store.database)
    assert year is not None
    return [
        list_surveys(store, fiscal_year=year.fiscal_year),
        read_holdings(store.database, year),
        received_in_year(store.database, year.id),
        has_answers(store, programme_id=year.id, as_of=year.term_end),
        read_handover(store, fiscal_year=year.fiscal_year, now=NOW).rows,
    ]


def test_another_year_adds_nothing(store: Store):
    before = asked(store)
    assert all(before)
    add_years(store, 1)

    assert asked(store) == before


def test_a_year_without_answers_has_none_though_another_year_has(store: Store):
    add_years(store, 1)
    older = min(rows(store.database, Event), key=lambda one: one.event_date or date.max).programme_id
    answered = surveys.surveys_by_event(store.database, events.events_of_year(store.database, older))
    store.database.execute("DELETE FROM answer_sheets WHERE survey_id > 999999")

    assert answered
    assert not has_answers(store, programme_id=older, as_of=date(2099, 3, 31))


def test_the_answers_are_counted_of_the_surveys_that_are_asked_about(store: Store):
    every = rows(store.database, EventSurvey)
    one, other = every[:2]
    counts = surveys.response_counts(store.database, every)

    assert surveys.response_counts(store.database, [other, one]) == {one.id: counts[one.id], other.id: counts[other.id]}
    assert surveys.response_counts(store.database, []) == {}
    assert len(set(counts.values())) > 1


def test_an_event_is_called_by_its_kind_and_its_number(store: Store):
    store.database.execute("UPDATE events SET kind_name = '訪問支援' WHERE id = 1")
    store.database.execute("UPDATE events SET ordinal = NULL WHERE id = 2")
    known = {one.id: one for one in rows(store.database, Event)}
    called = events.kinds_with_numbers(store.database)

    assert called == {
        number: f"{one.kind_words}第{one.ordinal}回" if one.ordinal else one.kind_words for number, one in known.items()
    }
    assert called[1].startswith("訪問支援第")
    assert called[2] == known[2].kind
