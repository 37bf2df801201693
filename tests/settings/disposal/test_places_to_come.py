"""Who asks to be erased while holding a place to come leaves it; of what is past numbers stay and names go."""

from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.pdf.printable import drawn_texts
from app.documents.services import documents, notification
from app.event.rules.participation import count_participation
from app.event.services.tasks import deadlines
from app.event.services.tasks.task import WITHDRAWN
from app.event_day.day.services.day_document_content import roster_lines
from app.events.arrangements.services import read_arrangements
from app.events.calls.services.calls import decide_change
from app.events.roster.services.entry_names import spoken_name
from app.events.tablets.services import read_loans
from app.history import services as history_services
from app.settings.disposal.services.disposal import erase_marked, mark_person_for_erasing
from app.settings.disposal.services.erasure_requests import read_erasure_request
from db.records.calls import DecisionKind
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Arrangement, Entry, EntryState
from db.rows import by_id, row, rows
from db.tables import roster
from tests.support.door_people import entries_by_name, write
from tests.support.erased import given_up, text_in
from tests.support.years import BY, NOW

WHO = {"by": BY, "now": NOW}
NEXT = NOW + timedelta(days=1)
WHOSE, GROUP = "髙橋 見本子", "みほん若葉町会"
REASON = "4月12日 電話で本人から申出"


def said_of(store, event_id, kind, now=NOW):
    return "\n".join(drawn_texts(documents.build_document(store, event_id=event_id, kind=kind, now=now).blocks))


def marked(store, answer="辞退"):
    whose = row(store.database, Person, name=WHOSE).id
    return mark_person_for_erasing(
        ActionContext(store, **WHO), person_id=whose, reason=REASON, places=given_up(store, whose, NOW, answer)
    )


def withdrawn_rows(store, event_id):
    found = deadlines.event_tasks(store, event_id=event_id, today=NEXT.date())
    return [one for one in found if one.task == WITHDRAWN]


def test_of_each_place_to_come_it_has_to_be_said_what_becomes_of_it(store, event_id):
    whose = row(store.database, Person, name=WHOSE).id
    place = entries_by_name(store, event_id)[WHOSE]
    with store.change(action="依頼", **WHO) as change:
        (seat,) = rows(store.database, Arrangement, entry_id=place.id)
        change.update(Arrangement, seat.id, ordered_on=NOW.date())
    (asked,) = read_erasure_request(store, person_id=whose, today=NOW.date()).future_entries
    assert (asked.entry_id, asked.group, asked.can_stay_unnamed) == (place.id, GROUP, True)
    assert asked.people_to_notify == (f"{GROUP}（辞退受理通知）", "席の依頼先（手配の取消し）")
    with pytest.raises(UserError, match="これからの実施回の枠があります"):
        mark_person_for_erasing(ActionContext(store, **WHO), person_id=whose, reason=REASON)
    assert by_id(store.database, Person, whose).name == WHOSE
    said = marked(store).message
    assert f"1回の枠を辞退にしました。知らせる先は、{GROUP}（辞退受理通知）、席の依頼先（手配の取消し）です。" in said


def test_nothing_is_asked_of_what_is_past_cancelled_or_given_up(store, event_id):
    whose = row(store.database, Person, name=WHOSE).id
    place = entries_by_name(store, event_id)[WHOSE]
    for table, number, values in (
        (Event, event_id, {"event_date": NOW.date() - timedelta(days=1)}),
        (Event, event_id, {"status": EventStatus.CANCELLED}),
        (Entry, place.id, {"state": EntryState.WITHDRAWN}),
        (Entry, place.id, {"absent_told_at": NOW}),
        (Entry, place.id, {"attendance": "出席"}),
    ):
        with store.change(action="変えた", **WHO) as change:
            change.update(table, number, **values)
        assert read_erasure_request(store, person_id=whose, today=NOW.date()).future_entries == ()
        history_services.undo(store, **WHO)
    assert len(read_erasure_request(store, person_id=whose, today=NOW.date()).future_entries) == 1


def test_a_place_in_an_event_that_waits_for_another_day_is_still_to_come(store, event_id):
    whose = row(store.database, Person, name=WHOSE).id
    decide_change(
        ActionContext(store, **WHO),
        event_id=event_id,
        kind=DecisionKind.POSTPONEMENT,
        decided_at=NOW,
        decided_by="課長",
        reason="台風",
    )
    day = by_id(store.database, Event, event_id).event_date + timedelta(days=1)
    (asked,) = read_erasure_request(store, person_id=whose, today=day).future_entries
    assert asked.event_id == event_id


def test_who_gave_the_place_up_is_on_no_roster_holds_no_tablet_and_counts_in_no_need(store, event_id):
    place = entries_by_name(store, event_id)[WHOSE]
    before = count_participation(roster.entries(store.database, event_id))
    cares = read_arrangements(store, event_id=event_id).count.people
    loans = read_loans(store, event_id=event_id, today=NOW.date())
    assert any(one.entry_id == place.id for one in (each.loan for each in loans.rows))
    marked(store)
    erase_marked(store, NEXT)
    after = count_participation(roster.entries(store.database, event_id))
    assert (after.applied, after.decided, after.expected) == (before.applied, before.decided - 1, before.expected - 1)
    assert place.id not in [line.entry_id for line in roster_lines(store, event_id=event_id)]
    assert "消去" not in said_of(store, event_id, "受付名簿")
    assert read_arrangements(store, event_id=event_id).count.people == cares - 1
    now = read_loans(store, event_id=event_id, today=NOW.date())
    assert not any("消去" in each.who or each.loan.entry_id == place.id for each in now.rows)
    assert (now.needed, now.free) == (loans.needed - 1, loans.free + 1)
    assert WHOSE not in text_in(store)


def test_the_drafting_and_its_letters_agree_on_one_number(store, event_id):
    with store.change(action="申込み", **WHO) as change:
        change.update(Event, event_id, event_date=date(2026, 9, 30))
    marked(store)
    erase_marked(store, NEXT)
    count = len([one for one in roster.entries(store.database, event_id) if one.state == "決定"])
    said = said_of(store, event_id, "起案資料", NEXT)
    assert f"参加者{count}人" in said
    assert f"通　{count}人" in said, "the list of addressees"
    assert "消去" not in said


def test_its_group_is_told_by_the_letter_of_any_withdrawal_and_home_asks_once(store, event_id):
    marked(store)
    erase_marked(store, NEXT)
    assert len(withdrawn_rows(store, event_id)) == 1
    said = said_of(store, event_id, "辞退受理通知", NEXT)
    assert [word for word in (f"{GROUP}　御中", "1人（お申出により、氏名を記載しません）") if word not in said] == []
    assert "消去" not in said
    told = {"told_on": NEXT.date(), "told_to": GROUP, "told_how": "電話", "words": "伝えた"}
    notification.notify(ActionContext(store, BY, NEXT), event_id=event_id, key="辞退受理通知", **told)
    assert withdrawn_rows(store, event_id) == []


def test_who_is_of_no_group_is_told_by_nobody_and_home_asks_nothing(store, event_id):
    place = entries_by_name(store, event_id)[WHOSE]
    with store.change(action="団体なし", **WHO) as change:
        change.update(Entry, place.id, organisation_id=None)
    (asked,) = read_erasure_request(store, person_id=place.person_id, today=NOW.date()).future_entries
    assert (asked.people_to_notify, asked.can_stay_unnamed) == ((), False)
    marked(store)
    erase_marked(store, NEXT)
    assert withdrawn_rows(store, event_id) == []
    with pytest.raises(UserError):
        said_of(store, event_id, "辞退受理通知", NEXT)


def test_its_group_may_keep_the_place_without_a_name(store, event_id):
    place = entries_by_name(store, event_id)[WHOSE]
    before = count_participation(roster.entries(store.database, event_id))
    cares = read_arrangements(store, event_id=event_id).count.people
    marked(store, "氏名未定")
    erase_marked(store, NEXT)
    left = by_id(store.database, Entry, place.id)
    assert (left.person_id, left.state, left.device, left.care, left.note) == (None, "決定", "貸与", "", "")
    assert count_participation(roster.entries(store.database, event_id)) == before
    assert read_arrangements(store, event_id=event_id).count.people == cares - 1
    assert withdrawn_rows(store, event_id) == []
    assert "消去" not in said_of(store, event_id, "受付名簿")
    for word in (WHOSE, "前方の席を希望", "前から2列目"):
        assert word not in text_in(store), word


def test_one_undo_takes_everything_back(store, event_id):
    tables = ("people", "entries", "tablet_loans", "arrangements", "applications", "contacts", "disposals")
    read = lambda: {one: store.database.execute(f"SELECT * FROM [{one}] ORDER BY id").fetchall() for one in tables}  # noqa: E731
    before = read()
    for answer in ("辞退", "氏名未定"):
        marked(store, answer)
        assert read() != before
        history_services.undo(store, **WHO)
        assert read() == before


def test_who_waits_leaves_the_line_and_those_behind_close_up(store, event_id):
    places = entries_by_name(store, event_id)
    names = [WHOSE, "齋藤 見本"]
    with store.change(action="補欠", **WHO) as change:
        for order, name in enumerate(names, 1):
            change.update(Entry, places[name].id, state="補欠", waiting_order=order)
    marked(store)
    behind = by_id(store.database, Entry, places[names[1]].id)
    assert (behind.state, behind.waiting_order) == ("補欠", 1)


def test_a_place_of_an_event_that_is_being_held_stays(store, event_id, tmp_path):
    from tests.support.day_files import take_out

    take_out(store, event_id, tmp_path)
    whose = row(store.database, Person, name=WHOSE).id
    asked = read_erasure_request(store, person_id=whose, today=NOW.date())
    assert asked.future_entries == ()
    assert any("その回の枠はそのまま残り" in one for one in asked.warnings)


def test_of_what_is_past_numbers_stay_and_names_go(store, event_id):
    place = entries_by_name(store, event_id)[WHOSE]
    with store.change(action="来た", **WHO) as change:
        change.update(Event, event_id, event_date=NOW.date() - timedelta(days=3))
        change.update(Entry, place.id, attendance="出席", role="会計")
    before = count_participation(roster.entries(store.database, event_id))
    marked(store)
    erase_marked(store, NEXT)
    assert count_participation(roster.entries(store.database, event_id)) == before
    assert by_id(store.database, Entry, place.id).person_id is not None
    (line,) = [one for one in roster_lines(store, event_id=event_id) if one.entry_id == place.id]
    assert (line.name, line.reading, line.role) == ("消去済", "", "")
    assert "（消去）" not in said_of(store, event_id, "受付名簿")
    assert spoken_name(store, by_id(store.database, Entry, place.id)) == "消去済の方"
    assert place.id not in [one.entry_id for one in roster_lines(store, event_id=event_id, include_erased=False)]


def test_a_walk_in_to_come_is_no_place(store, event_id):
    whose = row(store.database, Person, name=WHOSE).id
    write(store, Entry(event_id=event_id, person_id=whose, walk_in=True, state="申込"))
    assert len(read_erasure_request(store, person_id=whose, today=NOW.date()).future_entries) == 1
