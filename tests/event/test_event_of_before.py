"""What a document told is what the event was like when it left: later changes of the event are not in it."""

from datetime import date, datetime, time

from app.event.services.event_notifications import NotifiedDocument, _event_when_notified, event_before_entries
from db.records.accounts import JournalEntry, RowChange
from db.records.event_form import EventForm
from db.records.events import Event

DAY = date(2026, 9, 1)
EVENT = Event(
    id=3,
    kind="講習会",
    form=EventForm.LECTURE,
    subject="LINE講習会",
    event_date=date(2026, 10, 7),
    room="4",
    start_time="14:00",
)


def entry(seq, table, row_id, before, after, day=DAY):
    change = RowChange(table=table, row_id=row_id, before=before, after=after)
    return JournalEntry(
        seq=seq, at=datetime.combine(day, time(9)), by="", action="", subject="", event_id=3, changes=(change,)
    )


def moved(seq, room, **given):
    """An entry by which the event left a room."""
    return entry(seq, "events", 3, {"room": room}, {"room": "x"}, **given)


STEP = "recruitment_steps"
PAPER = NotifiedDocument(
    kind="区報原稿",
    revision=1,
    dated_on=DAY,
    notified_on=DAY,
    state_word="済",
    facts={},
    source_field=(STEP, 8, "done_on"),
)


def room_then(*entries):
    """The room that the document told, from the journal, newest first."""
    return _event_when_notified(EVENT, PAPER, entries).room


def test_only_changes_after_the_entry_that_noted_it_are_taken_off():
    done, undone = {"done_on": "2026-09-01"}, {"done_on": None}
    noted = entry(5, STEP, 8, undone, done)
    assert room_then(noted) == "4"
    assert room_then(moved(6, "3"), noted, moved(4, "2")) == "3"
    assert room_then(moved(7, "4"), moved(6, "3"), noted) == "3", "back to the first of both"
    # What does not note it: another field of the same row, another row, another table, and to take the mark off.
    for other in (
        entry(9, STEP, 8, {**done, "note": ""}, {**done, "note": "窓口"}),
        entry(9, STEP, 7, undone, done),
        entry(9, "letters", 8, undone, done),
        entry(9, STEP, 8, done, undone),
        entry(9, STEP, 8, done, None),
    ):
        assert room_then(other, moved(6, "3"), noted) == "3"
    assert room_then(entry(9, STEP, 8, undone, done), moved(6, "3"), noted) == "4", "noted anew"
    assert room_then(entry(9, STEP, 8, None, done), moved(6, "3")) == "4", "noted from the start"
    assert room_then(moved(6, "3"), moved(2, "1")) == "1", "noted by nothing that is known"


def test_changes_after_the_day_of_a_document_are_taken_off_although_it_was_noted_later():
    noted = entry(9, STEP, 8, {"done_on": None}, {"done_on": "2026-09-01"}, day=date(2026, 9, 3))
    assert room_then(noted, moved(6, "3", day=date(2026, 9, 2)), moved(4, "2")) == "3"
    assert room_then(noted, moved(6, "3"), moved(4, "2")) == "4"


def test_an_event_before_some_entries_has_day_hours_and_place_of_then_and_everything_else_of_now():
    then = {"event_date": "2026-09-30", "start_time": "10:00", "room": "", "subject": "前の題"}
    found = event_before_entries(EVENT, [entry(6, "events", 3, then, {}), entry(7, "events", 4, {"room": "別"}, {})])
    assert (found.event_date, found.start_time, found.room, found.subject) == (
        date(2026, 9, 30),
        "10:00",
        "",
        "LINE講習会",
    )
    assert event_before_entries(EVENT, [entry(6, "events", 3, {"event_date": None}, {})]).event_date is None
    assert event_before_entries(EVENT, [entry(1, "events", 3, None, then)]) == EVENT, "it was not there before"
    assert event_before_entries(EVENT, []) == EVENT
