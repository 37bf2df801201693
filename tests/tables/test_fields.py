"""A correction by the names of its fields: what differs from what was shown, and what a record made anew says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from db.fields import corrections, differing
from db.records.venues import Venue
from db.rows import by_id
from tests.support.stores import new_store

WHO = {"by": "見本　係員", "now": datetime(2026, 9, 16, 10, 20), "subject": "venues"}


def test_only_what_was_typed_is_named():
    shown = Venue(id=3, name="みほん区民館", room="第1研修室", note="鍵は事務室")
    assert differing(shown, replace(shown, room="")) == {"room": ""}
    assert corrections(shown, replace(shown, room="")) == {"room": ""}
    assert corrections(shown, Venue(name="みほん区民館", room="第2研修室")) == {
        "name": "みほん区民館",
        "room": "第2研修室",
    }
    assert "id" not in corrections(None, shown)


def test_what_is_not_named_stays_in_the_row(tmp_path):
    store = new_store(tmp_path)
    with store.change(action="会場", **WHO) as change:
        made = change.keep(Venue, None, name="みほん区民館", note="鍵は事務室")
    known = by_id(store.database, Venue, made)
    with store.change(action="会場", **WHO) as change:
        assert change.keep(Venue, known, room="第1研修室") == made
    assert by_id(store.database, Venue, made) == replace(known, room="第1研修室")
    store.database.conn.close()
