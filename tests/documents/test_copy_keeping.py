"""Copies are kept their years: until then a deletion names them, at their end copy and names go and the row stays."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent, Paragraph
from app.documents.services import copy_retention, document_saving, issued_copies
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import copy_words
from app.programme import services as programme_services
from app.registers.register.services import people, person_merge
from db.files import file_store
from db.records.documents import Outgoing, StoredFile
from db.records.organisations import Person
from db.records.year.practices import RecordGroup, RetentionRow, RetentionStart
from db.rows import by_id, rows
from db.tables import documents
from tests.support.left_papers import outgoing
from tests.support.sample import BY, NOW, acting

LATER = datetime(2032, 4, 1, 9, 0)


def listed(world, *names, text=""):
    """A text that left with the names of these people in it, who are in the register and on no roster."""
    with world.store.change(action="見本", by=BY, now=NOW) as change:
        ids = [change.insert(Person(name=name)) for name in names]
    with world.store.change(action="見本", by=BY, now=NOW) as change:
        row = Outgoing(
            event_id=world.events["L6"],
            document_kind="電話の文",
            reference="",
            version=0,
            format="txt",
            way="コピー",
            personal=True,
            by=BY,
            at=NOW,
        )
        row_id = issued_copies.log_outgoing(world.store, change, row, copy=f"{text}{'、'.join(names)} さんへ")
    return row_id, ids


def test_a_deleted_person_stays_in_the_copy_and_the_copies_are_named(world):
    row_id, (person_id,) = listed(world, "見本崎　控乃")
    saved = people.delete_person(acting(world.store), person_id=person_id)
    assert "控え1件には載ったまま残ります：電話の文（12/1(火)）" in saved.message
    assert "令和10年3月31日まで" in saved.message
    assert "見本崎" in issued_copies.open_copy(world.store, outgoing_id=row_id).data.decode()
    assert documents.people_of_copy(world.store.database, row_id) == [person_id]


def test_a_merged_person_is_found_in_the_copies_of_both(world):
    row_id, (keep, drop) = listed(world, "見本崎　控乃", "見本﨑　控乃")
    person_merge.merge_people(acting(world.store), keep_id=keep, drop_id=drop)
    assert set(documents.people_of_copy(world.store.database, row_id)) == {keep}


def test_the_years_are_a_setting_of_the_year_and_count_from_its_end(world):
    row_id, _ = listed(world, "見本崎　控乃")
    row = by_id(world.store.database, Outgoing, row_id)
    assert copy_retention.kept_until(world.store, row) == date(2028, 3, 31)
    year = programme_services.read_programme(world.store).rows.base
    programme_services.change_programme(
        acting(world.store), programme=replace(year, retention=(RetentionRow(records=RecordGroup.COPIES, months=36),))
    )
    assert copy_retention.kept_until(world.store, row) == date(2030, 3, 31)


@pytest.mark.parametrize(("personal", "people"), [(True, 2), (False, 0)])
def test_the_people_of_a_paper_are_counted_where_it_is_marked_as_personal(world, personal, people):
    listed(world, "見本崎　控乃", "見本崎　控助", "見本崎　余子")
    said = (Paragraph("見本崎　控乃、見本崎　控助"),)
    sheet = {
        "kind": "名簿",
        "reference": "",
        "version": 0,
        "look": "report",
        "first_sheet": "名簿",
        "file_stem": "名簿",
    }
    content = DocumentContent(**sheet, blocks=said, personal=personal)
    assert issued_copies.count_people(world.store, content) == people


def test_the_years_of_a_copy_may_count_from_the_day_of_its_event(world):
    row_id, _ = listed(world, "見本崎　控乃")
    year = programme_services.read_programme(world.store).rows.base
    kept = RetentionRow(records=RecordGroup.COPIES, months=2, start=RetentionStart.EVENT)
    programme_services.change_programme(acting(world.store), programme=replace(year, retention=(kept,)))
    row = by_id(world.store.database, Outgoing, row_id)
    assert copy_retention.kept_until(world.store, row) == date(2027, 2, 8), "two months after 12月8日"
    of_no_event = replace(row, event_id=None, programme_id=year.id)
    assert copy_retention.kept_until(world.store, of_no_event) == date(2027, 5, 31), "two months after the term"


def test_a_year_of_before_keeps_its_five_years_and_a_row_of_no_year_the_longest(world):
    """The default became one year: what a folder had set stays, and nothing goes earlier than before."""
    row_id, _ = listed(world, "見本崎　控乃")
    year = programme_services.read_programme(world.store).rows.base
    programme_services.change_programme(acting(world.store), programme=replace(year, copy_years=5, retention=()))
    row = by_id(world.store.database, Outgoing, row_id)
    assert copy_retention.kept_until(world.store, row) == date(2032, 3, 31)
    stray = replace(row, event_id=None, at=NOW.replace(year=2033))
    assert copy_retention.kept_until(world.store, stray) == date(2033 + 1 + 5, 3, 31)


def test_before_its_end_no_copy_goes(world):
    row_id, _ = listed(world, "見本崎　控乃")
    assert copy_retention.read_expired(world.store, today=date(2028, 3, 31)).rows == ()
    with pytest.raises(UserError, match="保存期間の残っている"):
        copy_retention.erase_expired(acting(world.store), outgoing_ids=[row_id])


def test_at_its_end_copy_file_and_names_go_and_the_row_with_its_hash_stays(world):
    row_id, _ = listed(world, "見本崎　控乃")
    before = by_id(world.store.database, Outgoing, row_id)
    name = by_id(world.store.database, StoredFile, before.copy_file_id).keyed_hash
    assert row_id in [row.id for row in copy_retention.read_expired(world.store, today=LATER.date()).rows]
    copy_retention.erase_expired(ActionContext(world.store, BY, LATER), outgoing_ids=[row_id])
    after = by_id(world.store.database, Outgoing, row_id)
    assert after == replace(before, copy_file_id=None, copy_erased_on=LATER.date())
    assert copy_words(after) == "控えは保存期間を過ぎて消去（令和14年4月1日）"
    assert documents.people_of_copy(world.store.database, row_id) == []
    assert not file_store.path_of(world.store.folder, name).exists()
    with pytest.raises(UserError, match="保存期間を過ぎて消去"):
        issued_copies.open_copy(world.store, outgoing_id=row_id)


def test_a_file_that_a_younger_row_keeps_too_stays(world):
    first, _ = listed(world, text="同じ文。")
    second, _ = listed(world, text="同じ文。")
    world.store.database.execute(
        "UPDATE outgoing SET at = '2033-05-01T09:00:00', event_id = NULL WHERE id = ?", [second]
    )
    copy_retention.erase_expired(ActionContext(world.store, BY, LATER), outgoing_ids=[first])
    assert issued_copies.open_copy(world.store, outgoing_id=second).data.decode() == "同じ文。 さんへ"


def test_a_file_left_over_by_a_stop_after_the_commit_goes_with_the_next_erasing(world, tmp_path):
    row_id, _ = listed(world, "見本崎　控乃")
    other = document_saving.save_document(
        acting(world.store),
        event_id=world.events["L6"],
        kind="受付名簿",
        format="pdf",
        options=SaveOptions(path=tmp_path / "a.pdf", reason="見本"),
    )
    name = by_id(
        world.store.database, StoredFile, by_id(world.store.database, Outgoing, row_id).copy_file_id
    ).keyed_hash
    path = file_store.path_of(world.store.folder, name)
    kept = path.read_bytes()
    copy_retention.erase_expired(ActionContext(world.store, BY, LATER), outgoing_ids=[row_id])
    path.write_bytes(kept)
    copy_retention.erase_expired(ActionContext(world.store, BY, LATER), outgoing_ids=[other.id])
    assert not path.exists()
    assert [row.name for row in rows(world.store.database, StoredFile) if row.keyed_hash == name] == ["（消去）"]


@pytest.mark.parametrize(
    ("about", "at", "year", "until"),
    [
        ({"event_id": "L6"}, datetime(2030, 4, 1), 2026, date(2028, 3, 31)),
        ({"programme_id": 1}, datetime(2030, 4, 1), 2026, date(2028, 3, 31)),
        ({}, datetime(2027, 3, 31), 2026, date(2028, 3, 31)),
        ({}, datetime(2027, 4, 1), 2027, date(2029, 3, 31)),
    ],
)
def test_a_copy_is_of_the_year_of_its_event_else_its_own_else_of_its_day(world, about, at, year, until):
    given = {key: world.events[value] if key == "event_id" else value for key, value in about.items()}
    row = outgoing("電話の文", by=BY, at=at, **given)
    assert copy_retention.fiscal_year_of_row(world.store, row) == year
    assert copy_retention.kept_until(world.store, row) == until
