"""What is corrected in the 持出し管理簿 holds wherever what is taken out is read: home, the list, the return, the
引継書."""

from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event_day.checkouts import services as checkouts_services
from app.event_day.checkouts.services import CHECKOUTS
from app.history import services as history_services
from app.ledgers.services.ledger_reading import read_ledger
from app.ledgers.services.ledger_writing import correct_row
from db.records.protection import Checkout
from tests.support.paper_words import said_by
from tests.support.stores import made_by
from tests.support.years import started_year

ME, OTHER = "見本 花子", "見本 太郎"
NOW = datetime.fromisoformat("2026-09-24T12:30")
BACK = datetime.fromisoformat("2026-09-24T17:00")
store = made_by(started_year)


def note(store, **given) -> int:
    row = Checkout(
        **{
            "contents": "受付名簿（17人）", "taken_at": NOW, "taken_by": ME, "approved_by": "見本 係長",
            "purpose": "当日の受付",
            "destination": "見本つつじ台区民館", "due_back_at": BACK, "copies": 3,
        } | given
    )  # fmt: skip
    return checkouts_services.record_checkout(ActionContext(store, ME, NOW), checkout=row).id


def correct(store, row_id, column, value, at=NOW):
    return correct_row(
        ActionContext(store, OTHER, at),
        key="takeouts",
        fiscal_year=2026,
        row_key=f"takeouts:{row_id}",
        column=column,
        value=value,
        reason="書き誤り",
    )


def follow(store, at=NOW):
    return [(one.due, one.detail) for one in checkouts_services.checkout_follow_ups(store.database, at.date())]


def listed(store, row_id, at=NOW):
    return next(one for one in checkouts_services.list_checkouts(store, now=at).rows if one.id == row_id)


def test_a_corrected_day_of_return_reaches_home_and_the_list_and_goes_with_its_correction(store):
    row_id = note(store)
    later = BACK + timedelta(days=7)
    correct(store, row_id, "due", later.isoformat(timespec="minutes"))
    assert follow(store) == [(later.date(), "紙 3部")]
    after = BACK + timedelta(days=1)
    assert listed(store, row_id, after).state == checkouts_services.OPEN
    assert listed(store, row_id).checkout.due_back_at == later
    history_services.undo(store, by=OTHER, now=NOW)
    assert follow(store) == [(BACK.date(), "紙 3部")]
    assert listed(store, row_id, after).state == checkouts_services.OVERDUE


def test_a_corrected_number_of_copies_says_what_is_still_outside(store):
    row_id = note(store)
    checkouts_services.record_return(
        ActionContext(store, ME, BACK),
        checkout_id=row_id,
        returned_at=BACK,
        checked_by=OTHER,
        copies=2,
        reason="数え違い",
    )
    assert follow(store) == [(BACK.date(), "紙 1部")]
    correct(store, row_id, "copies", "2", BACK)
    assert follow(store) == []
    assert listed(store, row_id, BACK).state == checkouts_services.BACK
    line = read_ledger(store, key="takeouts", fiscal_year=2026, today=BACK.date()).book.line(f"takeouts:{row_id}")
    assert "part" not in line.cells
    assert not line.doubts
    assert line.entered_cells["copies"] == "3"


def test_a_return_is_held_against_what_was_corrected(store):
    row_id = note(store)
    correct(store, row_id, "copies", "2")
    with pytest.raises(UserError, match="2部"):
        checkouts_services.record_return(
            ActionContext(store, ME, BACK), checkout_id=row_id, returned_at=BACK, checked_by=OTHER, copies=3
        )
    checkouts_services.record_return(
        ActionContext(store, ME, BACK), checkout_id=row_id, returned_at=BACK, checked_by=OTHER
    )
    assert follow(store) == []


def test_the_papers_of_who_goes_name_what_was_corrected(store):
    row_id = note(store)
    correct(store, row_id, "destination", "見本さくら台区民館")
    said = said_by(
        build_document(store, scope=DocumentScope(fiscal_year=2026, as_of=date(2026, 9, 24)), kind="引継書", now=NOW)
    )
    assert "見本さくら台区民館" in said
    assert "見本つつじ台区民館" not in said


def test_a_correction_takes_nothing_that_could_not_be_written_when_it_went_out(store):
    row_id = note(store)
    with pytest.raises(UserError, match="返却予定が、持ち出し日時より前"):
        correct(store, row_id, "due", "2026-09-23T17:00")
    with pytest.raises(UserError, match="部数は1以上"):
        correct(store, row_id, "copies", "0")


def test_no_correction_makes_a_row_a_day_file_or_takes_one_away(store):
    hand, file = (
        note(store),
        note(
            store,
            medium=checkouts_services.MEDIUM,
            encryption="AES-256",
            contents=checkouts_services.KIND,
            event_id=None,
        ),
    )
    correct(store, hand, "medium", checkouts_services.MEDIUM)
    correct(store, file, "medium", "USBメモリ")
    assert not checkouts_services.is_day_file(listed(store, hand).checkout)
    assert checkouts_services.is_day_file(listed(store, file).checkout)


def test_every_column_that_can_be_corrected_reaches_the_record(store):
    known = {column.key for column in CHECKOUTS.columns}
    assert known - set(checkouts_services.COLUMNS) == {"part", "note"}
    row_id = note(store)
    checkouts_services.record_return(
        ActionContext(store, ME, BACK), checkout_id=row_id, returned_at=BACK, checked_by=ME
    )
    values = {
        "taken": "2026-09-24T11:00", "contents": "名札", "taken_by": OTHER, "approved": "見本 課長", "purpose": "掲示",
        "medium": "USBメモリ",
        "destination": "見本会館", "copies": "3", "encryption": "AES-256", "due": "2026-09-25T09:00",
        "returned": "2026-09-24T16:30", "checked": "見本 係長",
    }  # fmt: skip
    for column, value in values.items():
        if column != "copies":
            correct(store, row_id, column, value, BACK)
    row = listed(store, row_id, BACK).checkout
    said = {key: getattr(row, field) for key, field in checkouts_services.COLUMNS.items()}
    assert {
        key: value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
        for key, value in said.items()
    } == values
