"""A list declared in a few lines: headings of our own words, rows that bring one record each, back in one step."""

from datetime import datetime
from typing import Final

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.foreign_files.cells.date_parsing import parse_day
from app.importing.list_target import past_imports, revert_import
from app.importing.row_target import ListRow, RowTarget, import_list, preview_list
from db import erasing
from db.records.venues import Booking
from db.tables import venues
from tests.support.later_shape import give_later_shape
from tests.support.stores import made_by
from tests.support.years import BY, NOW, started_year

FIELDS: Final = {"day": "点検日", "place": "点検場所", "note": "所見"}


def judged(_store, file, columns):
    found = []
    for row in file.rows:
        texts = {name: row.cells[index].strip() for index, name in columns.items() if index < len(row.cells)}
        day = parse_day(texts["day"]).day
        if day is None:
            found.append(
                ListRow(row=row.row, spreadsheet_row=row.spreadsheet_row, outcome="確認が必要", reason="日を読めません")
            )
        else:
            made = Booking(venue_name=texts["place"], day=day, note=texts.get("note", ""))
            found.append(ListRow(row=row.row, spreadsheet_row=row.spreadsheet_row, outcome="新規", new_record=made))
    return found


TARGET = RowTarget(
    target="会場予約",
    row_name="点検",
    list_name="点検の一覧",
    subject="checks",
    record=Booking,
    fields=FIELDS,
    required_groups=(frozenset({"day"}), frozenset({"place"})),
    propose_columns=lambda file: {
        at: name for at, words in enumerate(file.headings) for name in FIELDS if FIELDS[name] == words
    },
    headings=tuple(FIELDS.values()),
    judge_rows=judged,
    row_type=ListRow,
)

store = made_by(started_year)


def a_list(tmp_path, *lines):
    path = tmp_path / "点検.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    return path


def test_rows_wait_until_every_needed_field_has_its_column(store, tmp_path):
    found = preview_list(store, path=a_list(tmp_path, "見出しA,見出しB,見出しC", "2026/9/1,見本会館,x"), target=TARGET)
    assert found.missing_fields == ("点検日", "点検場所")
    assert [(row.outcome, row.is_decidable) for row in found.rows] == [("確認が必要", False)]
    by_hand = preview_list(store, path=tmp_path / "点検.csv", target=TARGET, columns={0: "day", 1: "place"})
    assert by_hand.count("新規") == 1


def test_what_a_list_brought_goes_back_whatever_its_subject_and_version(store, tmp_path, monkeypatch):
    path = a_list(tmp_path, "点検日,点検場所,所見", "2026/9/1,見本会館,よし", "9月,見本会館,", "2026/9/3,見本会館,")
    done = import_list(ActionContext(store, BY, NOW), path=path, target=TARGET)
    assert (done.message, done.new, done.waiting) == (
        "点検2件を加えました。確認が必要な1行は取り込んでいません。",
        2,
        1,
    )
    assert [row.import_id for row in venues.bookings(store.database)] == [done.id, done.id]
    (past,) = past_imports(store, TARGET)
    assert (past.new, past.needs_check) == (2, 1)
    later = "ALTER TABLE bookings ADD COLUMN later TEXT NOT NULL DEFAULT '';\n"
    give_later_shape(monkeypatch, store, tmp_path, later, now=NOW)
    revert_import(ActionContext(store, BY, datetime(2026, 9, 17, 9)), TARGET, import_id=done.id)
    assert venues.bookings(store.database) == []
    with pytest.raises(UserError):
        revert_import(ActionContext(store, BY, datetime(2026, 9, 17, 9)), TARGET, import_id=done.id)


def test_nothing_that_was_taken_in_before_an_erasing_is_taken_back(store, tmp_path):
    done = import_list(
        ActionContext(store, BY, NOW), path=a_list(tmp_path, "点検日,点検場所", "2026/9/1,見本会館"), target=TARGET
    )
    erasing.erase(store, {}, action="時期の来たものを消去した", by=BY, now=NOW)
    with pytest.raises(UserError, match="より前の取り込みは、取り消せません"):
        revert_import(ActionContext(store, BY, NOW), TARGET, import_id=done.id)
    assert len(venues.bookings(store.database)) == 1
