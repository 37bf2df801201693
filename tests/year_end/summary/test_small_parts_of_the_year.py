"""The chart of 支部 and the year before: nothing is drawn of nobody, and no year without an event."""

from types import SimpleNamespace

from app.year_end.summary.documents import branch_chart
from app.year_end.summary.services import summary_context
from db.records.events import EventResult


def branch(name, visits):
    return SimpleNamespace(name=name, counts=SimpleNamespace(visits=visits))


def test_branches_stand_by_their_visits_and_those_nobody_came_from_are_named():
    chart = branch_chart(SimpleNamespace(branches=[branch("第1支部", 3), branch("第2支部", 0), branch("第3支部", 8)]))
    assert [(one.label, one.value, one.text) for one in chart.marks] == [("第3支部", 8, "8人"), ("第1支部", 3, "3人")]
    assert (chart.ticks, chart.note) == ((0, 8), "出席の記録がまだない支部　1（第2支部）")
    nobody = branch_chart(SimpleNamespace(branches=[branch("第2支部", 0)]))
    assert (nobody.marks, nobody.ticks, nobody.note) == ((), (0, 1), "")
    assert branch_chart(SimpleNamespace(branches=[])).ticks == (0, 1)


def test_an_earlier_year_has_its_own_events_with_people_and_results_and_is_none_without_one(monkeypatch):
    held = [SimpleNamespace(id=number, programme_id=year) for number, year in ((1, 1), (2, 2), (3, 1))]
    entries = [
        SimpleNamespace(event_id=1, id=11),
        SimpleNamespace(event_id=3, id=12),
        SimpleNamespace(event_id=1, id=13),
    ]
    monkeypatch.setattr(
        summary_context.roster, "entries_of", lambda _database, ids: [one for one in entries if one.event_id in ids]
    )
    monkeypatch.setattr(
        summary_context, "rows", lambda *_a, event_id: [EventResult(event_id=one) for one in event_id if one == 1]
    )
    store = SimpleNamespace(database=None)

    found = summary_context._earlier_year(store, SimpleNamespace(id=1), held)
    assert [one.id for one in found.events] == [1, 3]
    assert {number: [one.id for one in rows] for number, rows in found.entries.items()} == {1: [11, 13], 3: [12]}
    assert list(found.results) == [1]
    assert summary_context._earlier_year(store, SimpleNamespace(id=9), held) is None
    assert summary_context._earlier_year(store, SimpleNamespace(id=1), []) is None
