"""A folder from before letters named their selection: which one each told, and the day and place that it had then."""

import json
from datetime import date, datetime

from db import migrations
from db.records.documents import Letter
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.roster import Selection
from db.rows import rows
from tests.support.old_shapes import before_step, put


def test_letters_of_before_name_their_selection_which_has_the_day_and_place_of_then():
    database = before_step("basis_of_a_letter")
    put(
        database,
        "events",
        Event(
            id=9,
            kind="講習会",
            form=EventForm.LECTURE,
            subject="見本",
            event_date=date(2026, 10, 6),
            start_time="10:00",
            end_time="12:00",
            venue="べつの区民館",
        ),
    )
    for number, day in ((1, 8), (2, 9), (3, 20)):
        at = datetime(2026, 9, day, 10)
        put(
            database, "selections", Selection(id=number, event_id=9, method="先着順", capacity=2, made_at=at, by="見本")
        )
    moves = [
        ("2026-09-08T11:00:00", {"event_date": None, "venue": ""}),
        ("2026-09-10T09:00:00", {"event_date": "2026-09-24", "venue": "みほん区民館"}),
        ("2026-09-11T09:00:00", {"event_date": "2026-10-01"}),
    ]
    for number, (at, before) in enumerate(moves, start=1):
        change = {"table": "events", "row_id": 9, "before": before, "after": dict.fromkeys(before, "2026-10-02")}
        database.execute(
            "INSERT INTO journal (seq, at, by, action, subject, event_id, barrier, payload, payload_hash, chain) "
            "VALUES (?, ?, '見本', '移した', 'events', 9, 0, ?, '', '')",
            [number, at, json.dumps([change])],
        )
    for number, (kind, day) in enumerate((("決定通知", 10), ("落選通知", 21)), start=1):
        put(database, "letters", Letter(id=number, event_id=9, document_kind=kind, issued_on=date(2026, 9, day)))

    migrations.migrate(database)

    assert [one.selection_id for one in rows(database, Letter)] == [2, 3]
    undated, first, second = rows(database, Selection)
    assert (undated.event_date, undated.venue) == (None, ""), "it had no day then"
    assert (first.event_date, first.venue) == (date(2026, 9, 24), "みほん区民館")
    assert (first.start_time, first.end_time) == ("10:00", "12:00")
    assert (second.event_date, second.venue) == (date(2026, 10, 6), "べつの区民館")
