"""One person asks to be erased; nothing of what was erased comes back by a day file or by the same file once more."""

from datetime import datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.pdf.printable import drawn_texts
from app.documents.services import documents
from app.event_day.day_file.services.day_file_return import read_return, return_day_file
from app.event_day.reception import services as reception_services
from app.events.applications.services.application_import import import_applications, preview_applications
from app.history import services as history_services
from app.registers.register.services import people
from app.registers.register.services.organisation_view import read_organisation
from app.settings.disposal.services.disposal import erase_marked, mark_person_for_erasing
from app.settings.disposal.services.due_rows import due_summary, read_due
from app.settings.disposal.services.erasure_requests import read_erasure_request
from db import journal
from db.records.applications import Application
from db.records.disposals import Disposal
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact, Membership, Person
from db.records.presentations import Presentation
from db.records.roster import Entry
from db.records.year.rights import MistakeReport
from db.redactions import is_redacted_text
from db.rows import by_id, row, rows
from db.tables.organisations import erased_people
from tests.support.application_rows import row as row_of
from tests.support.application_rows import write_csv, year_store
from tests.support.day_files import BACK, CHECKER, PASSWORD, at_door, at_venue, take_out
from tests.support.door_people import entries_by_name
from tests.support.erased import given_up, mark_due, text_in
from tests.support.years import BY, NOW

NEXT = NOW + timedelta(days=1)
SPRING = datetime(2027, 4, 12, 10, 0)
WHOSE = "髙橋 見本子"
TODAY = NOW.date()
WRITTEN_TO_PEOPLE = ("決定通知", "開催通知", "名札", "席札")


def who(store, now=NOW) -> ActionContext:
    return ActionContext(store, BY, now)


def words_of(store, event_id, kind):
    return "\n".join(drawn_texts(documents.build_document(store, event_id=event_id, kind=kind, now=NOW).blocks))


def person_named(store, name=WHOSE):
    return row(store.database, Person, name=name)


def test_one_person_who_took_part_goes_with_everything_and_nobody_else(store, event_id):
    others = {one.name for one in rows(store.database, Person)} - {WHOSE}
    place = entries_by_name(store, event_id)[WHOSE]
    whose = person_named(store)
    with store.change(action="書いた", by=BY, now=NOW, subject="roster") as change:
        change.update(Entry, place.id, care="介助犬の席", note="娘さんが付き添い")
        change.insert(Contact(person_id=whose.id, value="03-0000-7001"))
        change.insert(Membership(person_id=whose.id, organisation_id=whose.organisation_id, role="書記"))
        gone = change.insert(Entry(event_id=event_id, care="ほかの人の配慮", note="ほかの人"))
    with store.change(action="外した", by=BY, now=NOW, subject="roster") as change:
        change.delete(Entry, gone)
    asked = read_erasure_request(store, person_id=whose.id, today=NOW.date())
    assert asked.name == WHOSE
    assert [one.group for one in asked.future_entries] == ["みほん若葉町会"]
    with pytest.raises(UserError, match="理由が書かれていません"):
        mark_person_for_erasing(who(store), person_id=whose.id, reason=" ")
    leaving = given_up(store, whose.id, NOW)
    mark_person_for_erasing(who(store), person_id=whose.id, reason="4月12日 電話で本人から申出", places=leaving)
    (hidden,) = [one for one in rows(store.database, Person) if is_redacted_text(one.name)]
    assert people.page_people(store, filter_text="消去").rows == ()
    assert hidden.id not in [hit.id for hit in people.page_people(store, limit=500).rows]
    history_services.undo(store, by=BY, now=NOW)
    assert person_named(store).id == whose.id
    assert by_id(store.database, Entry, place.id).state == "決定"
    mark_person_for_erasing(who(store), person_id=whose.id, reason="4月12日 電話で本人から申出", places=leaving)
    (said,) = erase_marked(store, NEXT)
    assert said.startswith("印を付けたもの1種・1を消去しました。")
    assert "（配慮の手配・電話 1）" in said, "whom an order went to has the same number"
    text = text_in(store)
    for word in (WHOSE, "介助犬の席", "娘さん", "03-0000-7001", "書記"):
        assert word not in text, word
    assert all(name in text for name in others)
    assert "ほかの人の配慮" in text, "another's place that was deleted is not theirs"
    assert is_redacted_text(by_id(store.database, Person, hidden.id).name)
    assert by_id(store.database, Entry, place.id).person_id == hidden.id
    (noted,) = rows(store.database, Disposal)
    assert (noted.erased, noted.stayed, noted.left_over) == (1, 0, 0)
    assert journal.check_chain(store.database, store.keys.chain) == []


def test_one_person_of_the_register_alone_goes_too(store):
    with store.change(action="加えた", by=BY, now=NOW, subject="organisations") as change:
        number = change.insert(Person(name="名簿 だけ子", furigana="めいぼ", role="会長"))
    mark_person_for_erasing(who(store), person_id=number, reason="本人の申出")
    erase_marked(store, NEXT)
    assert "名簿 だけ子" not in text_in(store)
    with pytest.raises(UserError, match="もうありません"):
        mark_person_for_erasing(who(store), person_id=number, reason="本人の申出")


def test_whoever_called_or_asked_is_no_name_that_texts_are_searched_for(store, event_id):
    whose = person_named(store)
    other = next(one for name, one in entries_by_name(store, event_id).items() if name != WHOSE)
    programme_id = by_id(store.database, Event, event_id).programme_id
    with store.change(action="書いた", by=BY, now=NOW, subject="roster") as change:
        given = {"programme_id": programme_id, "person_id": whose.id, "received_on": TODAY, "by": BY, "at": NOW}
        change.insert(MistakeReport(about="字が違う", said_by="本人", **given))
        change.update(Entry, other.id, note="本人から電話があった")
    asked = read_erasure_request(store, person_id=whose.id, today=TODAY)
    assert [one.text for one in asked.naming_texts if "本人" in one.text] == []


def test_day_file_after_an_erasing(store, event_id, tmp_path):
    path = take_out(store, event_id, tmp_path).path
    whose = person_named(store).id
    with at_venue(path) as day:
        entry = entries_by_name(day.store, event_id)[WHOSE]
        reception_services.receive(ActionContext(day.store, **at_door(day)), entry_id=entry.id)
        with day.store.change(action="ふりがな", by=BY, now=NOW) as change:
            change.update(Person, whose, furigana="たかはし みほんこ かな")
    mark_person_for_erasing(who(store), person_id=whose, reason="本人の申出")
    erase_marked(store, NEXT)
    preview = read_return(store, path=path, password=PASSWORD)
    assert "消去した1人の記録は入れません（出欠などの印だけを入れます）。" in preview.notes
    assert WHOSE not in str(preview.differences)
    return_day_file(who(store, BACK), path=path, password=PASSWORD, choices={}, checked_by=CHECKER)
    assert by_id(store.database, Entry, entry.id).attendance == "出席"
    assert is_redacted_text(by_id(store.database, Person, whose).name)
    text = text_in(store)
    assert [word for word in (WHOSE, "みほんこ かな") if word in text] == []


def test_a_place_that_the_office_took_off_comes_back_without_the_erased_name(store, event_id, tmp_path):
    path = take_out(store, event_id, tmp_path).path
    whose = person_named(store).id
    with at_venue(path) as day:
        entry = entries_by_name(day.store, event_id)[WHOSE]
        reception_services.receive(ActionContext(day.store, **at_door(day)), entry_id=entry.id)
    with store.change(action="名簿から外した", by=BY, now=NOW, subject="roster") as change:
        for table in ("tablet_loans", "arrangements", "calls"):
            store.database.execute(f"UPDATE [{table}] SET entry_id = NULL WHERE entry_id = ?", [entry.id])
        change.delete(Entry, entry.id)
    mark_person_for_erasing(who(store), person_id=whose, reason="本人の申出")
    erase_marked(store, NEXT)
    choices = dict.fromkeys((one.key for one in read_return(store, path=path, password=PASSWORD).conflicts), "会場")
    return_day_file(who(store, BACK), path=path, password=PASSWORD, choices=choices, checked_by=CHECKER)
    (back,) = rows(store.database, Entry, person_id=whose)
    assert back.attendance == "出席"
    assert WHOSE not in text_in(store)


def test_import_again_doubles_nothing(tmp_path):
    store = year_store(tmp_path / "year", organisations=[("第1支部", "みほん一丁目町会")])
    path = write_csv(
        tmp_path / "申込.csv",
        [row_of(1, "髙橋　みほん", at="2026/07/01", 配慮="介助犬"), row_of(2, "佐藤　みほん", at="2026/07/01")],
    )
    import_applications(who(store), path=path, event_id=1)
    whose = person_named(store, "髙橋　みほん").id
    mark_person_for_erasing(who(store), person_id=whose, reason="本人の申出", places=given_up(store, whose, NOW))
    erase_marked(store, NEXT)
    again = preview_applications(store, path=path, event_id=1)
    assert [one.outcome for one in again.rows] == ["重複", "重複"], "the sum of the row is kept until the year is over"
    assert import_applications(who(store), path=path, event_id=1).id == 0
    assert "participants:now" in mark_due(store, SPRING, BY)
    erase_marked(store, SPRING + timedelta(days=1))
    assert [one.row_key for one in rows(store.database, Application)] == ["", ""]
    again = preview_applications(store, path=path, event_id=1)
    assert [one.outcome for one in again.rows] == ["取り込まない"] * 2
    assert "保つ期間が終わり消去しました" in again.rows[0].reason
    import_applications(who(store, SPRING), path=path, event_id=1)
    assert len(rows(store.database, Entry)) == 2
    assert not any(name in text_in(store) for name in ("髙橋　みほん", "佐藤　みほん", "介助犬"))
    store.database.conn.close()


def test_nothing_is_written_to_who_was_erased_and_nobody_is_told_anything_anew(store, event_id):
    """A letter, a label or a 名札 that says 「（消去）」 helps nobody."""
    (other,) = [one for one in rows(store.database, Person) if one.name != WHOSE][:1]
    whose = person_named(store)
    with store.change(action="役職", by=BY, now=NOW, subject="organisations") as change:
        change.update(Person, whose.id, role="会計")
        change.insert(Membership(person_id=whose.id, organisation_id=other.organisation_id, role="書記", to_on=TODAY))
    before = {kind: words_of(store, event_id, kind) for kind in WRITTEN_TO_PEOPLE}
    assert all(WHOSE in said for said in before.values())
    places = given_up(store, whose.id, NOW)
    mark_person_for_erasing(who(store), person_id=whose.id, reason="電話で本人から申出", places=places)
    erase_marked(store, NEXT)
    for kind, said in before.items():
        now = words_of(store, event_id, kind)
        assert "消去" not in now, kind
        assert now.count("様") <= said.count("様"), kind
    assert "消去" not in words_of(store, event_id, "受付名簿")
    with store.change(action="済んだ", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, event_date=TODAY - timedelta(days=1), status=EventStatus.HELD)
    for one in rows(store.database, Person):
        if not is_redacted_text(one.name):
            mark_person_for_erasing(
                who(store), person_id=one.id, reason="電話で本人から申出", places=given_up(store, one.id, NOW)
            )
    erase_marked(store, NEXT + timedelta(days=1))
    with store.change(action="外した", by=BY, now=NOW, subject="roster") as change:
        for place in rows(store.database, Entry, event_id=event_id, person_id=None):
            change.delete(Entry, place.id)
    with pytest.raises(UserError, match="「決定通知」を出す相手の氏名は、消去されています"):
        words_of(store, event_id, "決定通知")
    former = read_organisation(store, organisation_id=other.organisation_id).former_roles
    assert [one for one in former if one.person is None or is_redacted_text(one.person.name)] == []


def test_home_speaks_of_who_stands_for_a_group_that_is_in_no_register(store, event_id):
    """The register keeps who stands for a 団体 of its own; whoever just wrote 会長 goes with the year like others."""
    assert due_summary(store.database, SPRING.date()) is not None
    mark_due(store, SPRING, BY)
    erase_marked(store, SPRING + timedelta(days=1))
    assert due_summary(store.database, SPRING.date()) is None
    with store.change(action="入力した", by=BY, now=SPRING, subject="roster") as change:
        person = change.insert(Person(name="見本 太助", role="会長"))
        change.insert(Entry(event_id=event_id, person_id=person, organisation_name="よその町会", state="決定"))
    assert [one.id for one in read_due(store, today=SPRING.date()).due_lines] == ["participants:now"]
    assert due_summary(store.database, SPRING.date()) is not None


@pytest.mark.parametrize(("of_contractor", "due"), [(False, True), (True, False)])
def test_home_speaks_of_who_was_asked_to_present_and_never_answered(store, event_id, of_contractor, due):
    mark_due(store, SPRING, BY)
    erase_marked(store, SPRING + timedelta(days=1))
    with store.change(action="頼んだ", by=BY, now=SPRING, subject="presentations") as change:
        asked = {"organisation_name": "よその町会", "addressed": "会長　見本 太助", "asked": "行事の知らせ"}
        change.insert(Presentation(event_id=event_id, of_contractor=of_contractor, **asked))
    assert bool(read_due(store, today=SPRING.date()).due_lines) == due
    assert (due_summary(store.database, SPRING.date()) is not None) == due


def test_who_is_registered_under_the_number_of_somebody_erased_was_not_erased(store, event_id):
    last = max(rows(store.database, Person), key=lambda one: one.id)
    mark_person_for_erasing(
        who(store), person_id=last.id, reason="電話で本人から申出", places=given_up(store, last.id, NOW)
    )
    erase_marked(store, NEXT)
    assert erased_people(store.database, until=NEXT.date()) == {last.id}
    with store.change(action="外した", by=BY, now=NOW, subject="organisations") as change:
        for place in rows(store.database, Entry, person_id=last.id):
            change.delete(Entry, place.id)
        change.delete(Person, last.id)
        assert change.insert(Person(name="見本 次の人")) == last.id
    assert erased_people(store.database, until=NEXT.date()) == frozenset()
