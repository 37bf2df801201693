"""A report says how many copies were printed where every handout had as many."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.submissions.reports.services import report_facts
from db.records.submissions.reports import Report
from tests.support.years import add_lecture, started_year, the_event


@pytest.fixture(scope="module")
def lecture(tmp_path_factory):
    store = started_year(tmp_path_factory.mktemp("printed") / "year")
    event_id = add_lecture(store, date(2026, 9, 24))
    yield store, the_event(store, event_id)
    store.database.conn.close()


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ((), None), ((20,), "印刷部数　各20部"), ((20, 20), "印刷部数　各20部"), ((20, 21), None),
        ((20, None), "印刷部数　各20部"), ((20, 0), "印刷部数　各20部"), ((None,), None),
    ],
)  # fmt: skip
def test_one_number_of_copies_is_said_and_several_are_not(monkeypatch, lecture, printed, said):
    store, event = lecture
    versions = [(None, SimpleNamespace(printed=one) if one != 0 else None) for one in printed]
    monkeypatch.setattr(report_facts, "_newest_materials", lambda *_a: tuple(versions))
    facts = report_facts.gather_facts(store, event=event, report=Report(event_id=event.id, way="作成", version=1))
    assert facts.typed_extra.get("部数") == said
