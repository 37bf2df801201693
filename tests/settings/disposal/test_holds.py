"""What is held survives every erasing, which says what it left; released, it goes when its day has come."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services.backups import make_backup, set_backup_months
from app.documents.services import copy_retention, issued_copies
from app.history import services as history_services
from app.programme.holds import Hold, backup_term, read_holds
from app.programme.rules import APPLICANTS, promise_text
from app.programme.services import change_programme, read_programme
from app.registers.register.services import people, person_merge
from app.settings.disposal.services.disposal import erase_marked, mark_for_erasing, mark_person_for_erasing
from app.settings.disposal.services.due_rows import due_summary, read_due
from app.settings.disposal.services.erasure_requests import read_erasure_request
from app.settings.disposal.services.holds import read_hold_lines, record_hold, release_hold
from db.backups import backup, retention
from db.backups.retention import last_day_in_backups
from db.records.disposals import Disposal, HoldReason
from db.records.documents import Outgoing
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.records.year.practices import RecordGroup, RetentionRow, RetentionStart
from db.redactions import is_redacted_text
from db.rows import by_id, row, rows
from db.tables.erasing_days import backup_months
from tests.support.data_folders import opened, prepared_folder
from tests.support.day_files import event_with_secrets
from tests.support.erased import mark_due, text_in
from tests.support.years import BY, NOW, started_year

SPRING = datetime(2027, 5, 12, 10, 0)
LATER = datetime(2032, 5, 12, 10, 0)
WHOSE = "髙橋 見本子"


@pytest.fixture
def store(tmp_path):
    made = started_year(tmp_path)
    event_with_secrets(made)
    return made


def spring(store) -> ActionContext:
    return ActionContext(store, BY, SPRING)


def held(store, now=SPRING, **what):
    hold = Hold(reason=HoldReason.DISCLOSURE, begins_on=now.date(), note="受付3号", by="", at=now, **what)
    return record_hold(ActionContext(store, BY, now), hold=hold).id


def whose(store):
    """Return the person, and the place this person has."""
    person = row(store.database, Person, name=WHOSE)
    return person, row(store.database, Entry, person_id=person.id)


def due(store, today, *, by_walk=False):
    return {line.kind: line.count for line in read_due(store, today=today, by_walk=by_walk).due_lines}


@pytest.mark.parametrize("of", ["person", "event", "year"])
def test_what_is_held_is_in_no_line_and_survives_the_erasing_of_the_others(store, of):
    person, place = whose(store)
    what = {"person": {"person_id": person.id}, "event": {"event_id": place.event_id}, "year": {"programme_id": 1}}[of]
    before = due(store, SPRING.date())
    hold_id = held(store, **what)
    counted = due(store, SPRING.date())
    assert counted == due(store, SPRING.date(), by_walk=True), "queries count what an erasing reads"
    assert counted.get("participants", 0) < before["participants"]
    assert "開示請求　令和9年5月12日から" in read_due(store, today=SPRING.date()).held_text
    lines = [line.id for line in read_due(store, today=SPRING.date()).due_lines]
    if lines:
        mark_for_erasing(spring(store), lines=lines)
        erase_marked(store, SPRING + timedelta(days=1))
    assert by_id(store.database, Person, person.id).name == WHOSE
    assert (of == "year") == (due_summary(store.database, SPRING.date()) is None and not lines)
    with pytest.raises(UserError, match="保留（開示請求"):
        mark_person_for_erasing(spring(store), person_id=person.id, reason="電話で申出")
    assert any(
        "保留（開示請求" in one
        for one in read_erasure_request(store, person_id=person.id, today=SPRING.date()).warnings
    )
    release_hold(spring(store), hold_id=hold_id)
    assert [one.is_active for one in read_hold_lines(store, today=SPRING.date())] == [False]
    mark_due(store, SPRING + timedelta(days=2), BY, today=SPRING.date())
    erase_marked(store, SPRING + timedelta(days=3))
    assert WHOSE not in text_in(store)


def test_what_is_counted_from_its_own_day_falls_due_with_it(store):
    year = read_programme(store).programme
    kept = tuple(
        RetentionRow(records=group, months=12, start=RetentionStart.EVENT)
        for group in (RecordGroup.PEOPLE, RecordGroup.PRESENTERS, RecordGroup.REQUESTS)
    )
    change_programme(ActionContext(store, BY, NOW), programme=replace(year, retention=kept))
    held_on = [one.event_date for one in rows(store.database, Event) if one.event_date is not None]
    assert due(store, date(2027, 5, 12)) == {}
    for day in (*held_on, date(2027, 3, 31)):
        near = day.replace(year=day.year + 1)
        found = {line.kind: (line.count, line.until) for line in read_due(store, today=near).lines}
        walked = {line.kind: (line.count, line.until) for line in read_due(store, today=near, by_walk=True).lines}
        assert found == walked
    (first,) = {one.until for one in read_due(store, today=date(2027, 5, 12)).lines if one.kind == "participants"}
    assert first == min(held_on).replace(year=2027)


def test_what_was_marked_before_it_was_held_waits_for_the_release(store):
    person, place = whose(store)
    mark_due(store, SPRING, BY)
    hold_id = held(store, event_id=place.event_id)
    (*_others, said) = erase_marked(store, SPRING + timedelta(days=1))
    assert "保留（開示請求　令和9年5月12日から）があるため、残しています。" in " ".join((*_others, said))
    assert any(one.erased_at is None for one in rows(store.database, Disposal))
    assert WHOSE in text_in(store)
    release_hold(ActionContext(store, BY, SPRING + timedelta(days=1)), hold_id=hold_id)
    erase_marked(store, SPRING + timedelta(days=2))
    assert all(one.erased_at is not None for one in rows(store.database, Disposal))
    assert is_redacted_text(by_id(store.database, Person, person.id).name)


def test_a_copy_that_names_who_is_held_stays_beyond_its_day(store):
    with store.change(action="見本", by=BY, now=NOW) as change:
        ids = [change.insert(Person(name=name)) for name in ("見本崎　控乃", "見本崎　別子")]
    for text in ("見本崎　控乃", "見本崎　別子"):
        with store.change(action="見本", by=BY, now=NOW) as change:
            told = {"document_kind": "電話の文", "reference": "", "version": 0, "format": "txt", "way": "コピー"}
            copied = Outgoing(programme_id=1, personal=True, by=BY, at=NOW, **told)
            issued_copies.log_outgoing(store, change, copied, copy=f"{text} さんへ")
    held(store, person_id=ids[0])
    with pytest.raises(UserError, match="削除できません"):
        people.delete_person(spring(store), person_id=ids[0])
    found = copy_retention.read_expired(store, today=LATER.date())
    assert found.held_words.startswith("ほかに、保存期間を過ぎた控え1件があります。保留（開示請求")
    saved = copy_retention.erase_expired(ActionContext(store, BY, LATER), outgoing_ids=[one.id for one in found.rows])
    assert "保留（開示請求" in saved.message
    person_merge.merge_people(spring(store), keep_id=ids[1], drop_id=ids[0])
    assert read_holds(store.database, SPRING.date()).people == {ids[1]}, "the hold goes with whoever stays"


def test_a_hold_begins_and_ends_on_its_days_and_can_be_taken_back(store):
    hold = Hold(
        programme_id=1, reason=HoldReason.AUDIT, begins_on=date(2027, 6, 1), until=date(2027, 6, 30), by="", at=SPRING
    )
    record_hold(spring(store), hold=hold)
    days = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 30), date(2027, 7, 1)]
    assert [bool(read_holds(store.database, day).found) for day in days] == [False, True, True, False]
    history_services.undo(store, by=BY, now=SPRING)
    assert read_hold_lines(store, today=SPRING.date()) == ()
    for wrong in ({"programme_id": 1, "event_id": 1}, {}, {"programme_id": 1, "until": date(2027, 5, 1)}):
        with pytest.raises(UserError):
            record_hold(
                spring(store),
                hold=Hold(reason=HoldReason.DISPUTE, begins_on=date(2027, 6, 1), by="", at=SPRING, **wrong),
            )


def test_month_ends_are_kept_as_set_with_a_basis_and_without_end_while_something_is_held(tmp_path):
    folder = prepared_folder(tmp_path, lambda _place: None)
    store = opened(folder)
    with pytest.raises(UserError, match="根拠が書かれていません"):
        set_backup_months(ActionContext(store, BY, NOW), months=12, basis=" ")
    set_backup_months(ActionContext(store, BY, NOW), months=12, basis="文書管理規程")
    make_backup(store, now=NOW)
    target = folder / backup.FOLDER_NAME
    assert (backup_months(store.database), backup.read_plan(target)) == (12, backup.BackupPlan(12))
    assert last_day_in_backups(date(2027, 4, 30), 12) == date(2028, 4, 30)
    with store.change(action="見本", by=BY, now=NOW) as change:
        whose = change.insert(Person(name="見本崎　控乃"))
    held(store, NOW, person_id=whose)
    make_backup(store, now=NOW + timedelta(minutes=5))
    assert backup.read_plan(target) == backup.BackupPlan(12, is_held=True)
    (target / backup.RULE_NAME).write_bytes(b"?")
    assert backup.read_plan(target).is_held, "what can't be read lets nothing go"
    assert retention.KEEP_MONTHS == 36


def test_a_hold_moves_the_last_day_that_is_promised_for_backups(store):
    today, until = SPRING.date(), date(2035, 1, 31)
    person = row(store.database, Person, name=WHOSE)

    def promise() -> str:
        programme, backups = read_programme(store).programme, backup_term(store.database, today)
        return promise_text(APPLICANTS, programme, "名簿", backups=backups)

    held(store, person_id=person.id, until=until)
    assert read_due(store, today=today).backups_until == until
    assert promise().endswith("最長で令和17年1月31日まで残ります。")
    held(store, person_id=person.id)
    assert read_erasure_request(store, person_id=person.id, today=today).backups_until == date.max
    assert promise().endswith("最長で記録の保留を解く日まで残ります。")
