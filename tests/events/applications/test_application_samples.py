"""Every kind of file that applications arrive in, taken in with and without the register of 団体: nothing is lost in
silence."""

import shutil
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.events.applications.services import application_import
from app.events.applications.services import applications as service
from app.events.roster.services.roster import read_roster
from db.tables import organisations
from tests.support.application_rows import BY, NOW, year_store
from tests.support.organisation_lists import import_organisations
from tests.support.stores import made_by

FIXTURES = Path(__file__).parents[2] / "fixtures"
WHO = {"by": BY, "now": NOW}
acting = partial(ActionContext, by=BY, now=NOW)

ROWS = {
    "02": 25, "04": 13, "06": 12, "07": 30, "09": 13, "10": 17, "20": 11, "21": 12, "22": 8, "25": 9, "26": 5,
    "28": 7, "30": 10, "36": 12, "37": 4, "38": 7,
}  # fmt: skip
"""File to its data rows."""
DOUBTS = {
    "02": {24, 25}, "04": {5}, "06": {4}, "07": {1, 2, 9, 13, 14, 16, 25, 27, 30}, "09": {4, 6, 7}, "10": {7, 14, 15},
    "21": {7}, "22": {3, 6}, "36": {5},
}  # fmt: skip
"""File to the rows that somebody has to look at, whatever the register holds."""
BY_REGISTER = {"02": {3, 11, 16}, "04": {7}, "07": {11}, "09": {1}, "10": {13}, "25": {2}}
"""The rows whose 団体 is doubtful, once there is a register."""
AGAIN = {"02": {23}, "06": {12}, "07": {28}, "10": {17}}
"""The rows of somebody who stands above already."""
WITHOUT_WISHES = {"04", "06", "09", "10"}


def source(number: str) -> Path:
    return next(
        one
        for one in (FIXTURES / "applications").iterdir()
        if one.name.startswith(f"{number}_") and one.suffix != ".json"
    )


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A year with the 247 団体 of the ward's list."""
    folder = tmp_path_factory.mktemp("register")
    store = year_store(folder)
    path = next(
        one for one in (FIXTURES / "organisations").iterdir() if one.name.startswith("11_") and one.suffix != ".json"
    )
    import_organisations(store, path=path, **WHO)
    assert len(organisations.all_organisations(store.database)) == 247
    yield store
    store.database.conn.close()


empty = made_by(year_store)


def look(store, number):
    return application_import.preview_applications(
        store, path=source(number), event_id=4 if number in WITHOUT_WISHES else 1
    )


@pytest.mark.parametrize("number", ROWS)
def test_every_row_has_an_outcome_and_every_doubt_is_said(number, empty):
    preview = look(empty, number)
    assert [row.row for row in preview.rows] == list(range(1, ROWS[number] + 1))
    assert {row.row for row in preview.rows if row.outcome != "新規" and not row.reason} == set()
    for row in preview.rows:
        if row.row in DOUBTS.get(number, ()):
            assert row.outcome in ("確認が必要", "取り込まない")
        elif row.row in AGAIN.get(number, ()):
            assert row.outcome in ("更新", "重複")
        else:
            assert row.outcome in ("新規", "取り込まない"), row


@pytest.mark.parametrize("number", ROWS)
def test_with_a_register_only_doubtful_names_of_organisations_are_asked_about(number, register):
    preview = look(register, number)
    asked = {
        row.row
        for row in preview.rows
        if row.similar_organisations or "団体一覧に無い" in row.reason or "決められない" in row.reason
    }
    expected = BY_REGISTER.get(number, set())
    tests = {"02": {24}, "07": {30}, "10": {14}}.get(number, set())
    assert asked - tests == expected
    for row in preview.rows:
        if row.outcome == "新規":
            assert row.organisation is not None, row


@pytest.mark.parametrize("number", ROWS)
def test_what_is_taken_in_is_there_once_and_the_file_is_untouched(number, empty, tmp_path):
    path = Path(shutil.copy(source(number), tmp_path))
    before = sha256(path.read_bytes()).hexdigest()
    event_id = 4 if number in WITHOUT_WISHES else 1
    made = application_import.import_applications(acting(empty), path=path, event_id=event_id)
    held = read_roster(empty, event_id=event_id)
    assert len(held.coming_rows) == made.preview.new_entry_count
    again = application_import.import_applications(acting(empty), path=path, event_id=event_id)
    assert (again.id, read_roster(empty, event_id=event_id).rows) == (0, held.rows)
    assert sha256(path.read_bytes()).hexdigest() == before
    application_import.undo_import(acting(empty), import_id=made.id)
    assert read_roster(empty, event_id=event_id).rows == ()


def test_names_come_in_exactly_as_written_and_lost_ones_are_not_guessed(empty):
    application_import.import_applications(acting(empty), path=source("02"), event_id=1, include_doubtful=True)
    application_import.import_applications(acting(empty), path=source("07"), event_id=1, include_doubtful=True)
    names = {one.name for one in organisations.all_people(empty.database)}
    assert {"葛󠄀西 芳枝", "Nguyễn Thị Hà", "森  京子", "斉藤みどり", "?田　なゝえ"} <= names
    assert not {name for name in names if "\ufffd" in name}


def test_texts_like_formulas_stay_texts(empty):
    preview = look(empty, "25")
    assert any(row.organisation_text == "=1+1町会" for row in preview.rows)


def test_the_receipt_number_keeps_its_noughts_and_two_of_one_name_stay_two(empty):
    application_import.import_applications(acting(empty), path=source("07"), event_id=1)
    held = service.applications_of_event(empty, event_id=1)
    assert {"0000161", "0000160"} <= {line.application.receipt_number for line in held.rows}
    same = [line for line in held.rows if line.name == "芦田 みどり"]
    assert {line.organisation_name for line in same} == {"富士見原第一住宅自治会", "桜見台中央町会"}


def test_places_without_a_name_count_and_the_lost_nought_can_be_dialled(empty):
    made = application_import.import_applications(acting(empty), path=source("04"), event_id=4)
    held = read_roster(empty, event_id=4)
    assert len(held.coming_rows) == made.preview.new_entry_count > len(made.preview.rows_to_import)
    first = service.applications_of_event(empty, event_id=4).rows[0]
    assert (first.name, first.phone, len(first.entries)) == ("堀内 芳枝", "0355552564", 2)
