"""What is corrected in the 持出し管理簿 holds wherever what is taken out is read: home, the list, the return, the
引継書."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.acts.refusal import Refusal
from app.history.services import history
from app.ledgers.services.entering import correct_row
from app.ledgers.services.reading import read_ledger
from app.papers.services.paper_scope import PaperScope
from app.papers.services.papers import build_paper
from app.subjects.offers import declare_subjects
from app.subjects.settings.takeouts.services import takeouts
from app.subjects.settings.takeouts.services.takeout_ledger import TAKEOUTS
from db.records.protection import Takeout
from tests.support.paper_words import said_by
from tests.support.years import started_year

ME, OTHER = "見本 花子", "見本 太郎"
NOW = datetime.fromisoformat("2026-09-24T12:30")
BACK = datetime.fromisoformat("2026-09-24T17:00")


@pytest.fixture
def store(tmp_path):
    declare_subjects()
    opened = started_year(tmp_path)
    yield opened
    opened.database.conn.close()


def note(store, **given) -> int:
    row = Takeout(
        **{
            "contents": "受付名簿（17人）", "taken_at": NOW, "taken_by": ME, "approved_by": "見本 係長",
            "purpose": "当日の受付",
            "destination": "見本つつじ台区民館", "due_back_at": BACK, "copies": 3,
        } | given
    )  # fmt: skip
    return takeouts.note_takeout(store, takeout=row, by=ME, now=NOW).id


def correct(store, row_id, column, value, at=NOW):
    return correct_row(
        store,
        key="takeouts",
        fiscal_year=2026,
        row_key=f"takeouts:{row_id}",
        column=column,
        value=value,
        reason="書き誤り",
        by=OTHER,
        now=at,
    )


def follow(store, at=NOW):
    return [(one.due, one.detail) for one in takeouts.takeout_follow_ups(store.database, at.date())]


def listed(store, row_id, at=NOW):
    return next(one for one in takeouts.list_takeouts(store, now=at).rows if one.id == row_id)


def test_a_corrected_day_of_return_reaches_home_and_the_list_and_goes_with_its_correction(store):
    row_id = note(store)
    later = BACK + timedelta(days=7)
    correct(store, row_id, "due", later.isoformat(timespec="minutes"))
    assert follow(store) == [(later.date(), "紙 3部")]
    after = BACK + timedelta(days=1)
    assert listed(store, row_id, after).state == takeouts.OPEN
    assert listed(store, row_id).takeout.due_back_at == later
    history.undo(store, by=OTHER, now=NOW)
    assert follow(store) == [(BACK.date(), "紙 3部")]
    assert listed(store, row_id, after).state == takeouts.OVERDUE


def test_a_corrected_number_of_copies_says_what_is_still_outside(store):
    row_id = note(store)
    takeouts.note_return(
        store, takeout_id=row_id, returned_at=BACK, checked_by=OTHER, copies=2, reason="数え違い", by=ME, now=BACK
    )
    assert follow(store) == [(BACK.date(), "紙 1部")]
    correct(store, row_id, "copies", "2", BACK)
    assert follow(store) == []
    assert listed(store, row_id, BACK).state == takeouts.BACK
    line = read_ledger(store, key="takeouts", fiscal_year=2026, today=BACK.date()).book.line(f"takeouts:{row_id}")
    assert "part" not in line.cells
    assert not line.doubts
    assert line.entered["copies"] == "3"


def test_a_return_is_held_against_what_was_corrected(store):
    row_id = note(store)
    correct(store, row_id, "copies", "2")
    with pytest.raises(Refusal, match="2部"):
        takeouts.note_return(store, takeout_id=row_id, returned_at=BACK, checked_by=OTHER, copies=3, by=ME, now=BACK)
    takeouts.note_return(store, takeout_id=row_id, returned_at=BACK, checked_by=OTHER, by=ME, now=BACK)
    assert follow(store) == []


def test_the_papers_of_who_goes_name_what_was_corrected(store):
    row_id = note(store)
    correct(store, row_id, "destination", "見本さくら台区民館")
    said = said_by(
        build_paper(store, scope=PaperScope(fiscal_year=2026, as_of=date(2026, 9, 24)), kind="引継書", now=NOW)
    )
    assert "見本さくら台区民館" in said
    assert "見本つつじ台区民館" not in said


def test_a_correction_takes_nothing_that_could_not_be_written_when_it_went_out(store):
    row_id = note(store)
    with pytest.raises(Refusal, match="返却予定が、持ち出し日時より前"):
        correct(store, row_id, "due", "2026-09-23T17:00")
    with pytest.raises(Refusal, match="部数は1以上"):
        correct(store, row_id, "copies", "0")


def test_no_correction_makes_a_row_a_day_file_or_takes_one_away(store):
    hand, file = (
        note(store),
        note(store, medium=takeouts.MEDIUM, encryption="AES-256", contents=takeouts.KIND, event_id=None),
    )
    correct(store, hand, "medium", takeouts.MEDIUM)
    correct(store, file, "medium", "USBメモリ")
    assert not takeouts.is_day_file(listed(store, hand).takeout)
    assert takeouts.is_day_file(listed(store, file).takeout)


def test_every_column_that_can_be_corrected_reaches_the_record(store):
    known = {column.key for column in TAKEOUTS.columns}
    assert known - set(takeouts.COLUMNS) == {"part", "note"}
    row_id = note(store)
    takeouts.note_return(store, takeout_id=row_id, returned_at=BACK, checked_by=ME, by=ME, now=BACK)
    values = {
        "taken": "2026-09-24T11:00", "contents": "名札", "taken_by": OTHER, "approved": "見本 課長", "purpose": "掲示",
        "medium": "USBメモリ",
        "destination": "見本会館", "copies": "3", "encryption": "AES-256", "due": "2026-09-25T09:00",
        "returned": "2026-09-24T16:30", "checked": "見本 係長",
    }  # fmt: skip
    for column, value in values.items():
        if column != "copies":
            correct(store, row_id, column, value, BACK)
    row = listed(store, row_id, BACK).takeout
    said = {key: getattr(row, field) for key, field in takeouts.COLUMNS.items()}
    assert {
        key: value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
        for key, value in said.items()
    } == values
