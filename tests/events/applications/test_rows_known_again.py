"""Rows that the program of before took in: known again by its reading, asked about where today's is another, and never
written over."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.events.applications.services import application_import
from app.events.applications.services.application_preview import RowCorrection
from app.events.roster.services.roster import read_roster
from app.foreign_files.foreign_shape import EarlierTable
from db.records.applications import Application
from db.records.documents import KeptPaper, Letter
from db.records.events import Event
from db.records.roster import Arrangement, Entry
from db.rows import rows
from tests.support.application_rows import BY, year_store
from tests.support.stores import made_by
from tests.support.taken_before import applications_before, put_in

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOW = datetime(2026, 12, 21, 10, 20)
KEPT = applications_before()
ASKED = {
    "a04_文字参照.csv": {2, 3, 4}, "a13_氏名の書き添え.csv": {2, 3, 4, *range(7, 16)},
    "b03_手話通訳の希望.csv": {2, 3, 4, 5}, "c01_断りの言い方.csv": {2, 3, 4, 5, 6, 7, 8},
    "g01_同行者なしの言い方.csv": {2, 3, 4, 5, 6, 7}, "x19_団体名だけ結合.xlsx": {4, 5},
}  # fmt: skip
"""By file the rows that are read otherwise than before, as Excel numbers them; every row of all other files is read as
it was."""
NEW = {"a01_二つの申込をつないだ.csv": {5, 6}}
"""Rows that the reading of before never saw."""


def path_of(name):
    return next(one for part in ("reports", "applications") if (one := FIXTURES / part / name).exists())


store = made_by(year_store)


def filled(store, name):
    put_in(store, KEPT[name], name, by=BY, now=NOW)
    return path_of(name)


def looked(store, path, **given):
    file = application_import.read_application_file(path)
    texts = application_import.preview_applications(store, path=path, file=file, event_id=1).wishes
    wishes = {one.text: 1 for one in texts}
    return application_import.preview_applications(store, path=path, event_id=1, wishes=wishes, **given)


def taken_in(store, path, decided, **given):
    mends = {row: RowCorrection(decision="取り込む") for row in decided}
    return application_import.import_applications(
        ActionContext(store, BY, NOW), path=path, event_id=1, mends=mends, **given
    )


def roster(store):
    return {
        row.person.name: (row.entry.photo, row.entry.device, row.entry.care)
        for row in read_roster(store, event_id=1).rows
        if row.person is not None
    }


@pytest.mark.parametrize("name", KEPT)
def test_no_row_comes_a_second_time_and_none_changes_without_a_question(store, name):
    path = filled(store, name)
    found = looked(store, path, include_doubtful=True)
    by_outcome = {}
    for row in found.rows:
        by_outcome.setdefault(row.outcome, set()).add(row.line)
    asked = {row.line for row in found.rows if row.reason.startswith("読みちがえの疑い")}
    assert by_outcome.get("新規", set()) == NEW.get(name, set())
    assert by_outcome.get("更新", set()) == set()
    assert by_outcome.get("確認が必要", set()) == asked == ASKED.get(name, set())
    assert not any(row.is_taken for row in found.rows if row.line not in NEW.get(name, set()))


def test_what_is_read_otherwise_is_written_only_when_a_person_decides_and_is_asked_no_more(store):
    path = filled(store, "c01_断りの言い方.csv")
    before = roster(store)
    taken_in(store, path, ())
    assert roster(store) == before
    done = taken_in(store, path, (1, 2, 3, 4))
    assert roster(store)["見本 拒一"] == ("不可", "持参", "")
    assert roster(store)["見本 否二"] == ("不可", "持参", "車いす")
    assert roster(store)["見本 可三"] == ("可", "貸与", "手話通訳")
    states = {one.application_id: one.state for one in rows(store.database, Entry)}
    assert states[4] == "辞退"
    assert len(rows(store.database, Application)) == 7
    left = looked(store, path)
    assert {row.row for row in left.rows if row.outcome == "確認が必要"} == {5, 6, 7}
    application_import.undo_import(ActionContext(store, BY, NOW), import_id=done.id)
    assert roster(store) == before


def test_what_is_read_otherwise_is_reviewed_again_and_leaves_no_gap_among_those_who_wait(store):
    path = filled(store, "b03_手話通訳の希望.csv")
    before = {one.id: one.care for one in rows(store.database, Entry)}
    with store.change(action="手配不要にした", by=BY, now=NOW) as change:
        for entry_id in before:
            change.insert(Arrangement(event_id=1, entry_id=entry_id, content=NO_ARRANGEMENT_NEEDED))
    taken_in(store, path, (1, 2, 3, 4))
    after = {one.id: one.care for one in rows(store.database, Entry)}
    again = {number for number, care in after.items() if care and care != before[number]}
    assert again
    assert {one.entry_id for one in rows(store.database, Arrangement)} == before.keys() - again


def test_a_name_read_otherwise_says_that_a_letter_left_with_the_one_before(store):
    path = filled(store, "a13_氏名の書き添え.csv")
    entries = tuple(one.id for one in rows(store.database, Entry))
    with store.change(action="通知", by=BY, now=NOW) as change:
        change.update(Event, 1, event_date=NOW.date(), status="予定")  # of what is over nobody is asked
        letter = change.insert(Letter(event_id=1, document_kind="決定通知", form="公文書", state="施行"))
        change.insert(KeptPaper(letter_id=letter, document_kind="決定通知", entries=entries, by=BY, at=NOW))
    assert "前の氏名" not in taken_in(store, path, ()).message
    assert "前の氏名で出した通知が1件あります。" in taken_in(store, path, ASKED[path.name]).message


def test_a_companion_who_is_nobody_leaves_the_others_who_wait_in_order(store):
    path = filled(store, "g01_同行者なしの言い方.csv")
    with store.change(action="補欠", by=BY, now=NOW) as change:
        for order, one in enumerate(rows(store.database, Entry), 1):
            change.update(Entry, one.id, state="補欠", waiting_order=order)
    taken_in(store, path, (1, 2, 3))
    waiting = [one.waiting_order for one in rows(store.database, Entry) if one.state == "補欠"]
    assert len(waiting) < len(rows(store.database, Entry))
    assert waiting == [*range(1, len(waiting) + 1)]


def test_what_a_person_corrected_is_never_asked_about_nor_overwritten(store):
    path = filled(store, "c01_断りの言い方.csv")
    with store.change(action="電話で確かめた", by=BY, now=NOW, subject="roster", event_id=1) as change:
        change.update(Entry, 1, photo="", device="", care="見本の椅子")
        change.update(Entry, 3, care="見本の手話")
    found = looked(store, path)
    assert [row.outcome for row in found.rows[:3]] == ["重複", "確認が必要", "重複"]
    taken_in(store, path, (1, 2, 3))
    assert roster(store)["見本 拒一"] == ("", "", "見本の椅子")
    assert roster(store)["見本 可三"][2] == "見本の手話"


def test_who_is_nobody_gives_up_the_place_once_somebody_says_so(store):
    path = filled(store, "g01_同行者なしの言い方.csv")
    taken_in(store, path, (1, 2))
    gone = {one.person_id for one in rows(store.database, Entry, state="辞退")}
    assert len(gone) == 2
    assert {row.row for row in looked(store, path).rows if row.outcome == "確認が必要"} == {3, 4, 5, 6}


def test_the_reading_of_before_is_asked_only_for_rows_that_todays_does_not_know(store):
    path = filled(store, "c01_断りの言い方.csv")
    asked = []

    def earlier():
        asked.append(1)
        return EarlierTable(headings=(), groups=(), rows={})

    file = replace(application_import.read_application_file(path), read_earlier_table=earlier)
    application_import.preview_applications(store, path=path, file=file, event_id=1)
    assert asked == []


def test_a_second_column_of_one_heading_with_values_in_both_is_asked_about(store, tmp_path):
    path = tmp_path / "申込.csv"
    lines = ("受付日,氏名,電話番号,端末,端末", "2026/09/05,見本 一郎,03-0000-1901,持参,貸与")
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    [row] = application_import.preview_applications(store, path=path, event_id=1).rows
    assert row.outcome == "確認が必要"
    assert "「端末」は「持参」、「端末#2」は「貸与」" in row.reason
