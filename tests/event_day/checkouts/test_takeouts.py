"""The 持出し管理簿: complete before it goes out, closed by its return, never deleted."""

from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event_day.checkouts import services as checkouts_services
from app.history import services as history_services
from app.settings.disposal.services.contract_end import read_contract_end
from db import journal
from db.records.protection import Checkout
from db.rows import by_id
from db.tables import protection
from tests.support.stores import made_by, new_store
from tests.support.years import add_lecture, start_year

ME, OTHER = "見本 花子", "見本 太郎"
NOW = datetime.fromisoformat("2026-09-24T12:30")
BACK = datetime.fromisoformat("2026-09-24T17:00")
store = made_by(new_store)


def note(store, **given) -> int:
    usual = {
        "contents": "受付名簿（17人）", "taken_at": NOW, "taken_by": ME, "approved_by": "見本 係長", "copies": 2,
        "purpose": "当日の受付", "destination": "見本つつじ台区民館", "due_back_at": BACK,
    }  # fmt: skip
    return checkouts_services.record_checkout(ActionContext(store, ME, NOW), checkout=Checkout(**usual | given)).id


def give_back(store, row_id, by=ME, on=BACK, checked_by="見本 係長", **given):
    checkouts_services.record_return(
        ActionContext(store, by, on), checkout_id=row_id, returned_at=on, checked_by=checked_by, **given
    )


def row(store, row_id):
    return by_id(store.database, Checkout, row_id)


def states(store, at=NOW):
    return [one.state for one in checkouts_services.list_checkouts(store, now=at).rows]


@pytest.mark.parametrize("lacking", ["contents", "taken_by", "approved_by", "purpose", "destination"])
def test_nothing_goes_out_while_a_column_of_the_clause_is_empty(store, lacking):
    with pytest.raises(UserError, match="書かれていません"):
        note(store, **{lacking: " "})
    assert protection.checkouts(store.database) == []


def test_nothing_is_to_be_back_on_a_day_before_it_goes_out(store):
    with pytest.raises(UserError, match="返却予定の日が、持ち出す日より前"):
        note(store, due_back_at=datetime(2026, 9, 23, 17))
    assert protection.checkouts(store.database) == []
    note(store, due_back_at=NOW)
    note(store, due_back_at=None)


def test_a_full_return_closes_the_row_and_fewer_copies_keep_it_open_with_the_reason(store):
    row_id = note(store)
    with pytest.raises(UserError, match="返却は1部"):
        give_back(store, row_id, copies=1)
    give_back(store, row_id, copies=1, reason="受付に1部残した")
    assert states(store) == [checkouts_services.PART]
    assert "不足1部：受付に1部残した" in row(store, row_id).note
    give_back(store, row_id, copies=2)
    assert states(store) == [checkouts_services.BACK]
    assert checkouts_services.list_checkouts(store, now=NOW).open_count == 0


def test_what_is_overdue_stands_first_and_what_was_checked_by_the_same_person_is_remarked(store):
    closed = note(store, contents="名札")
    give_back(store, closed, checked_by=ME)
    note(store, contents="あとで返すもの", due_back_at=datetime(2026, 10, 1))
    note(store, contents="過ぎたもの")
    rows = checkouts_services.list_checkouts(store, now=datetime(2026, 9, 24, 18)).rows
    assert [one.checkout.contents for one in rows] == ["過ぎたもの", "あとで返すもの", "名札"]
    assert rows[0].state == checkouts_services.OVERDUE
    assert "同じ人" in rows[2].remark


def test_undoing_marks_the_row_as_cancelled_and_redoing_lets_it_stand_again(store):
    row_id = note(store)
    written = row(store, row_id)
    history_services.undo(store, by=ME, now=NOW)
    assert row(store, row_id).cancelled
    assert states(store) == [checkouts_services.CANCELLED]
    history_services.redo(store, by=ME, now=NOW)
    assert row(store, row_id) == written
    history_services.undo(store, by=ME, now=NOW)
    assert len(protection.checkouts(store.database)) == 1
    assert row(store, row_id).cancelled
    assert journal.check_chain(store.database, store.keys.chain) == []


def test_undoing_a_return_opens_the_row_again(store):
    row_id = note(store)
    before = row(store, row_id)
    give_back(store, row_id, OTHER)
    history_services.undo(store, by=OTHER, now=BACK)
    assert row(store, row_id) == before


def test_a_row_that_came_back_since_is_not_taken_back_and_the_return_is_named(store):
    row_id = note(store)
    give_back(store, row_id, OTHER)
    with pytest.raises(UserError, match="返却を記録"):
        history_services.undo(store, by=ME, now=BACK)
    assert not row(store, row_id).cancelled


def test_a_row_written_by_mistake_stays_with_its_reason(store):
    row_id = note(store)
    with pytest.raises(UserError, match="取消の理由"):
        checkouts_services.cancel_checkout(ActionContext(store, ME, NOW), checkout_id=row_id, reason=" ")
    checkouts_services.cancel_checkout(ActionContext(store, ME, NOW), checkout_id=row_id, reason="二重に書いた")
    assert row(store, row_id).cancelled
    assert row(store, row_id).note == "取消：二重に書いた"
    with pytest.raises(UserError, match="取消"):
        give_back(store, row_id)


def test_a_year_shows_its_own_rows_and_what_is_still_out_of_any_year(store):
    before, after = datetime(2026, 3, 31, 9), datetime(2026, 4, 1, 9)
    start_year(store)
    this = add_lecture(store, date(2026, 9, 2))
    for day in (before, after):
        note(store, contents=f"返した {day:%m/%d}", taken_at=day, due_back_at=day)
        note(store, contents=f"返していない {day:%m/%d}", taken_at=day, due_back_at=day)
    note(store, contents="前日に持ち出した今年度の実施回の名簿", taken_at=before, due_back_at=after, event_id=this)
    for one in protection.checkouts(store.database):
        if not one.contents.startswith("返していない"):
            checkouts_services.record_return(
                ActionContext(store, ME, NOW), checkout_id=one.id, returned_at=after, checked_by=OTHER
            )

    def of(year):
        found = checkouts_services.list_checkouts(store, now=NOW, fiscal_year=year)
        return {one.checkout.contents for one in found.rows}, found.open_count, found.other_years_count

    out = {"返していない 03/31", "返していない 04/01"}
    assert of(2026) == (out | {"返した 04/01", "前日に持ち出した今年度の実施回の名簿"}, 2, 1)
    assert of(2025) == (out | {"返した 03/31"}, 2, 2)
    assert of(None)[2] == 0


def test_the_end_of_the_contract_says_how_many_copies_are_still_out(store):
    start_year(store)
    row_id = note(store, copies=3)
    give_back(store, row_id, checked_by=OTHER, copies=1, reason="2部は明日戻す")
    (out,) = [one for one in read_contract_end(store, today=BACK.date()).rows if one.source.startswith("持出し管理簿")]
    assert (out.quantity, out.state_text) == ("3部", "一部未返却（1/3部）　返却予定 9/24(木)")
