"""確認の電話 before an event: who was reached, by whom and when, who does not come, when all are asked again."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.issued_copies import note_copied_list
from app.event.services.event_moves import move_event
from app.events.calls.screens.call_table import result_cell
from app.events.calls.services import calls, confirmations
from app.events.calls.services.call_sheet import call_follow_ups
from app.events.calls.services.confirmations import read_confirmations
from app.events.roster.services import entry_changes
from app.events.roster.services.entry_names import WantedPerson
from app.events.roster.services.mail_addresses import SINGLE_TITLE
from app.events.roster.services.roster import read_roster
from app.history import services as history_services
from db.records.calls import Call, CallOutcome
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.called_people import fill_roster
from tests.support.cancelling import cancel_event
from tests.support.paper_words import said_by
from tests.support.years import BY, add_lecture

NOW = datetime(2026, 9, 21, 9, 40)
acting = partial(ActionContext, by=BY, now=NOW)
DAY = date(2026, 9, 24)
OTHER = "見本 林"


@pytest.fixture
def event_id(store):
    made = add_lecture(store, DAY)
    fill_roster(store, made, now=NOW)
    return made


def view(store, event_id):
    return read_confirmations(store, event_id=event_id, caller="見本", today=NOW.date())


def counts(store, event_id):
    sheet = view(store, event_id).sheet
    return [(sheet.count(one).people, sheet.count(one).organisations) for one in ("連絡済", "不在・再架電", "未連絡")]


def note(store, event_id, number, outcome="連絡済", by=BY, at=NOW, **more):
    key = view(store, event_id).sheet.lines[number].key
    context = ActionContext(store, by, at)
    return confirmations.note_confirmation(context, event_id=event_id, key=key, outcome=outcome, **more)


def answered(store, event_id, number, person=0):
    line = view(store, event_id).sheet.lines[number]
    return {"event_id": event_id, "key": line.key, "entry_id": line.people[person].entry_id}


def paper(store, event_id):
    return documents.build_document(store, event_id=event_id, kind="確認の電話一覧", now=NOW)


def to_do(store):
    return [(one.label, one.detail, one.due) for one in call_follow_ups(store.database, NOW.date())]


def test_calls_are_kept_with_time_and_caller_and_what_was_begun_stays_on_home_until_all_are_reached(store, event_id):
    assert counts(store, event_id) == [(0, 0), (0, 0), (17, 11)]
    assert to_do(store) == [], "nobody has to call"
    assert note(store, event_id, 0).message == "みほんつつじ町会　連絡済　9:40"
    again = NOW.replace(hour=18, minute=0)
    note(store, event_id, 1, "不在・再架電", OTHER, NOW + timedelta(minutes=3), again_at=again)
    line = view(store, event_id).sheet.lines[2]
    note(store, event_id, 2, "伝言", entry_ids=[line.people[0].entry_id], note="留守電")
    assert counts(store, event_id) == [(2, 1), (3, 1), (12, 9)]
    assert to_do(store) == [("確認の電話　不在 2団体へ再架電・未連絡 9団体へ電話", "18:00", NOW.date())]
    first, second, third = view(store, event_id).sheet.lines[:3]
    assert (first.state, first.newest_call.by, first.newest_call.at) == ("連絡済", BY, NOW)
    assert (second.state, second.newest_call.by, second.again_at) == ("不在・再架電", OTHER, again)
    assert [one.state for one in third.people] == ["伝言", "未連絡"]

    for number in range(1, 11):
        note(store, event_id, number)
    assert counts(store, event_id) == [(17, 11), (0, 0), (0, 0)]
    assert to_do(store) == []


def test_what_is_said_of_a_hall_that_is_not_decided_is_a_sentence(store, event_id):
    assert "です。\n" in view(store, event_id).talk
    with store.change(action="x", by=BY, now=NOW) as change:
        change.update(Event, event_id, venue="", room="")
    assert "会場は、決まりしだいお知らせします。\n" in view(store, event_id).talk


def test_who_does_not_come_is_absent_in_the_roster_too_and_one_undo_takes_back_both(store, event_id):
    gone = answered(store, event_id, 0)
    confirmations.note_absence(acting(store), **gone)
    entry = by_id(store.database, Entry, gone["entry_id"])
    assert (entry.absent_told_at, entry.absent_note) == (NOW, "確認の電話")
    assert [one.state for one in view(store, event_id).sheet.lines[0].people] == ["欠席", "未連絡"]
    note(store, event_id, 0)
    line = view(store, event_id).sheet.lines[0]
    assert (line.state, line.settled_words) == ("連絡済", "欠席・連絡済")
    assert view(store, event_id).sheet.answers == {"欠席": 1}
    with pytest.raises(UserError, match="確認の電話で「欠席」と記録"):
        note(store, event_id, 0, entry_ids=[gone["entry_id"]])

    for _step in range(2):
        history_services.undo(store, by=BY, now=NOW)
    assert by_id(store.database, Entry, gone["entry_id"]).absent_told_at is None
    assert counts(store, event_id)[2] == (17, 11)
    assert rows(store.database, Call) == []


def test_who_comes_after_all_is_called_again(store, event_id):
    gone = answered(store, event_id, 5)
    confirmations.note_absence(acting(store), **gone)
    entry_changes.take_back_absence(acting(store), entry_id=gone["entry_id"])
    assert view(store, event_id).sheet.lines[5].state == "未連絡"


def test_a_substitute_is_in_the_roster_and_needs_no_call(store, event_id):
    about = answered(store, event_id, 4)
    made = confirmations.note_substitute(acting(store), wanted=WantedPerson(name="髙見沢 代わり"), **about)
    line = view(store, event_id).sheet.lines[4]
    assert [(one.name, one.state) for one in line.people] == [("石井 見本清", "代理"), ("髙見沢 代わり", "連絡済")]
    coming = [row.name for row in read_roster(store, event_id=event_id).rows if row.is_coming]
    assert "髙見沢 代わり" in coming
    assert "石井 見本清" not in coming
    # Taken out of the roster, the substitute leaves the list, with the call that was about that person alone.
    entry_changes.remove_entries(acting(store), entry_ids=[made.id])
    assert [one.name for one in view(store, event_id).sheet.lines[4].people] == ["石井 見本清"]


def test_after_a_move_everybody_is_asked_again_about_the_new_day(store, event_id):
    note(store, event_id, 0)
    move_event(acting(store), event_id=event_id, new_date=DAY + timedelta(days=7), reason="会場の都合")
    assert counts(store, event_id)[2] == (17, 11)
    assert to_do(store) == []
    assert {one.about_day for one in rows(store.database, Call)} == {DAY}, "what was said stays in its record"


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_nobody_confirms_a_day_that_was_given_up_and_the_calls_about_that_stay_when_it_has_passed(
    store, event_id, kind
):
    note(store, event_id, 0)
    calls.decide_change(
        acting(store), event_id=event_id, kind=kind, decided_at=NOW, decided_by="課長", reason="台風のため"
    )
    for today in (NOW.date(), DAY + timedelta(days=1)):
        found = [(one.label, one.detail) for one in call_follow_ups(store.database, today)]
        assert found == [("未連絡 11団体へ電話", kind)]
    with pytest.raises(UserError, match=f"{kind}の電話は「中止・変更の連絡」"):
        note(store, event_id, 1)


def test_nobody_is_called_where_there_is_nothing_to_confirm(store, event_id):
    undated = add_lecture(store, None)
    assert "実施日がまだ決まっていません" in view(store, undated).refusal
    key = view(store, event_id).sheet.lines[0].key
    cancel_event(store, event_id=event_id, reason="大雨", by=BY, now=NOW)
    assert "この回は中止です" in view(store, event_id).refusal
    with pytest.raises(UserError, match="中止の電話は「中止・変更の連絡」"):
        confirmations.note_confirmation(acting(store), event_id=event_id, key=key, outcome=CallOutcome.REACHED)
    assert rows(store.database, Call) == []


def test_the_list_on_paper_prints_what_came_of_the_calls(store, event_id):
    note(store, event_id, 0, by=OTHER)
    note(store, event_id, 1, "伝言", again_at=NOW.replace(hour=18, minute=0), note="留守電")
    confirmations.note_absence(acting(store), **answered(store, event_id, 2))
    content = paper(store, event_id)
    said = said_by(content)
    assert "連絡済 3人（1団体）　不在・再架電 2人（1団体）　未連絡 12人（9団体）　計 17人・11団体　うち欠席 1人" in said
    assert "連絡済　R8.9.21（月・祝） 9:40 見本 林" in said
    assert "伝言　R8.9.21（月・祝） 9:40" in said
    assert "再架電 18:00　留守電" in said
    assert "山﨑 見本雄（欠席）、山﨑 見本子（未連絡）" in said
    assert documents.render(content, format="pdf").pages == 1


def test_who_has_no_organisation_is_called_and_counted_as_a_person_and_as_no_organisation(store, event_id):
    with store.change(action="名簿", by=BY, now=NOW, subject="entries", event_id=event_id) as change:
        for name in ("例川 一人", "例川 二人"):
            person = change.insert(Person(name=name))
            change.insert(Entry(event_id=event_id, person_id=person, state="決定", applied_at=NOW))
    assert len(view(store, event_id).sheet.lines) == 13
    assert counts(store, event_id) == [(0, 0), (0, 0), (19, 11)]
    assert "計 19人・11団体　電話番号の登録がない 団体のない方2人" in said_by(paper(store, event_id))
    note(store, event_id, 0)
    note(store, event_id, 1, "不在・再架電")
    note(store, event_id, 11, "不在・再架電")
    assert [row[0] for row in to_do(store)] == [
        "確認の電話　不在 1団体と団体のない方1人へ再架電・未連絡 9団体と団体のない方1人へ電話"
    ]
    assert "連絡済 2人（1団体）　不在・再架電 3人（1団体）　未連絡 14人（9団体）　計 19人・11団体" in said_by(
        paper(store, event_id)
    )


def test_who_comes_to_an_exchange_is_asked_to_bring_no_device_as_the_letter_asks_for_none(store, event_id):
    assert "充電してお持ちください。当日のご連絡は" in view(store, event_id).talk
    with store.change(action="種別", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, kind="意見交換会", form=EventForm.EXCHANGE)
    assert "充電" not in view(store, event_id).talk
    assert "当日のご連絡は" in view(store, event_id).talk


def test_home_asks_for_the_calls_some_days_before_only_where_the_office_says_so_and_until_all_are_reached(
    store, event_id
):
    context = acting(store)
    assert to_do(store) == [], "0 days is the usual"
    confirmations.set_reminder(context, event_id=event_id, days=2, sms_service="")
    assert call_follow_ups(store.database, date(2026, 9, 17)) == [], "it is a week ahead"
    confirmations.set_reminder(context, event_id=event_id, days=3, sms_service="")
    assert [one[0] for one in to_do(store)] == ["確認の電話　未連絡 11団体へ電話"]
    with store.change(action="決める前", by=BY, now=NOW) as change:
        for one in rows(store.database, Entry, event_id=event_id):
            change.update(Entry, one.id, state="申込")
    assert to_do(store) == [], "who may still be refused is not asked whether he comes"
    history_services.undo(store, by=BY, now=NOW)
    with pytest.raises(UserError, match="0から30まで"):
        confirmations.set_reminder(context, event_id=event_id, days=31, sms_service="")


@pytest.mark.parametrize("days", [1, 2])
def test_calls_that_fall_on_closed_days_are_asked_for_on_the_last_open_day_before(store, event_id, days):
    """24 September 2026 follows five days on which nobody is at the office."""
    confirmations.set_reminder(acting(store), event_id=event_id, days=days, sms_service="")
    assert call_follow_ups(store.database, date(2026, 9, 17)) == []
    assert len(call_follow_ups(store.database, date(2026, 9, 18))) == 1


def test_who_was_told_by_mail_is_called_no_more(store, event_id):
    context = acting(store)
    with pytest.raises(UserError, match="メールアドレスのある人がいません"):
        confirmations.note_mailed(context, event_id=event_id)
    note(store, event_id, 0)
    reached = counts(store, event_id)[0][0]
    lines = view(store, event_id).sheet.lines
    people = [by_id(store.database, Entry, one.entry_id).person_id for line in lines[1:3] for one in line.people]
    with store.change(action="用意", by=BY, now=NOW) as change:
        for one in people:
            change.insert(Contact(person_id=one, kind="メール", value=f"mihon{one}@example.jp", purpose="申込"))
    confirmations.set_reminder(context, event_id=event_id, days=3, sms_service="")
    with pytest.raises(UserError, match="まだ、メールアドレスをコピーしていません"):
        confirmations.note_mailed(context, event_id=event_id)
    note_copied_list(context, title=SINGLE_TITLE, count="6人", event_id=event_id, fiscal_year=2026)
    confirmations.note_mailed(context, event_id=event_id)
    line = view(store, event_id).sheet.lines[1]
    assert "メール" in result_cell(line.state, line.newest_call, NOW.date()).aside
    assert counts(store, event_id)[0][0] == reached + len(people)
    assert {one.note for one in rows(store.database, Call) if one.entry_id} >= {"メール"}
    assert "8団体" in to_do(store)[0][0], "only who was not reached is to be called"


def test_the_texts_for_mail_and_sms_say_the_day_and_an_sms_leads_nowhere(store, event_id):
    found = view(store, event_id)
    for words in (found.event.full_title, "9月24日"):
        assert words in found.mail
        assert words in found.sms
    assert confirmations.text_for_sms(found) == found.sms
    with pytest.raises(UserError, match="アドレスがあります"):
        confirmations.text_for_sms(replace(found, sms="詳しくは https://example.jp へ"))
    for plain in ("詳しくは example.lg.jp/kouza へ", "ＥＸＡＭＰＬＥ．ＪＰをご覧ください"):
        with pytest.raises(UserError, match="アドレスがあります"):
            confirmations.text_for_sms(replace(found, sms=plain))
    assert confirmations.text_for_sms(replace(found, sms="14:00から。電話03-0000-0000"))
    assert "メール" not in said_by(paper(store, event_id)), "the list for the telephone is as it was"
