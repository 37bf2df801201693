"""The readers give back exactly what was written, in the order screens need."""

from datetime import date

from db.records.event_form import EventForm
from db.records.events import Event, EventResult
from db.records.organisations import Organisation, Person
from db.records.programme import ClosedDay
from db.rows import by_id
from db.tables import events, organisations, programme
from tests.support.years import BY, NOW, started_year


def test_a_name_comes_back_exactly_as_typed(tmp_path):
    store = started_year(tmp_path)
    with store.change(action="団体", by=BY, now=NOW) as change:
        organisation = change.insert(Organisation(branch="みほん支部", name="みほん髙﨑𠮷町会", furigana="ミホン ﾀｶｻｷ"))
        change.insert(Person(organisation_id=organisation, name="見本　邉󠄂"))

    found = organisations.organisation_named(store.database, "みほん髙﨑𠮷町会")
    assert (found, found.furigana) == (by_id(store.database, Organisation, organisation), "ミホン ﾀｶｻｷ")
    assert by_id(store.database, Organisation, None) is None
    assert [row.name for row in organisations.people(store.database, organisation)] == ["見本　邉󠄂"]
    assert organisations.organisation_named(store.database, "みほん高崎吉町会") is None


def test_events_are_read_by_date_with_undated_ones_last(tmp_path):
    store = started_year(tmp_path)
    with store.change(action="実施回", by=BY, now=NOW) as change:
        for day in (None, date(2026, 10, 7), date(2026, 9, 1)):
            change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="講習会", event_date=day))

    days = [event.event_date for event in events.events_of_year(store.database, 1)]

    assert days == [date(2026, 9, 1), date(2026, 10, 7), None]
    assert events.highest_ordinal(store.database, 1, "講習会") == 0


def test_the_newest_result_of_an_event_counts(tmp_path):
    store = started_year(tmp_path)
    with store.change(action="結果", by=BY, now=NOW) as change:
        event_id = change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="講習会"))
        change.insert(EventResult(event_id=event_id, attended=17))

    assert events.result(store.database, event_id).attended == 17
    assert events.result(store.database, event_id + 1) is None


def test_closed_days_are_read_by_date(tmp_path):
    store = started_year(tmp_path)
    with store.change(action="閉庁日", by=BY, now=NOW) as change:
        for day in (date(2026, 12, 28), date(2026, 9, 25)):
            change.insert(ClosedDay(day=day, reason="庁舎の点検"))

    assert [row.day.month for row in programme.closed_days(store.database)] == [9, 12]
