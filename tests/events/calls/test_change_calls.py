"""中止・変更の連絡: the decision, who was reached by whom, what is still to do, and what is said."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_passages, documents
from app.documents.services.document_scope import DocumentScope
from app.event.rules.event_state import state_of
from app.event.rules.event_warning import AGREEMENT
from app.event.services import event_cancellation, event_moves, event_results
from app.event.services.event_view import read_event
from app.events.applications.services import manual_entry
from app.events.applications.services.manual_entry import TypedApplication
from app.events.calls.rules import TALK
from app.events.calls.services import call_documents, calls
from app.events.calls.services.call_view import read_calls
from app.events.roster.services import entry_changes
from app.history import services as history_services
from app.home.today.services import home
from db.records.calls import CallOutcome, CallTarget, ChangeDecision, DecisionKind
from db.records.documents import Letter, LetterForm, LetterState, Notification
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Arrangement, Entry, EntryState
from db.records.venues import Venue
from db.rows import rows
from db.tables.agreements import of_event
from tests.support.called_people import GROUPS, fill_roster
from tests.support.cancelling import cancel_event
from tests.support.paper_words import said_by
from tests.support.years import BY, add_dispatch, add_lecture, the_event

NOW = datetime.fromisoformat("2026-09-24T08:12")
acting = partial(ActionContext, by=BY, now=NOW)
OTHER = "見本 林"
ASKED = "中止を伝える"
HELD_AFTER_ALL = "取り消して予定どおり行うことを通知と電話で知らせ、参加されるかどうかを確かめてください。"


@pytest.fixture
def event_id(store):
    made = add_lecture(store, date(2026, 9, 24))
    fill_roster(store, made, now=NOW)
    return made


def decide(store, event_id, kind="中止", **given):
    return calls.decide_change(
        acting(store),
        event_id=event_id,
        kind=kind,
        decided_at=NOW.replace(minute=10),
        decided_by="協働推進課長",
        **{"reason": "大雨警報の発表（荒天時の取扱いによる）"} | given,
    )


def view(store, event_id):
    return read_calls(store, event_id=event_id, caller="見本", today=NOW.date())


def line(store, event_id, number):
    return view(store, event_id).sheet.lines[number]


def note(store, event_id, number, outcome, minute, by=BY, **given):
    key = line(store, event_id, number).key
    return calls.note_call(
        ActionContext(store, by, NOW.replace(minute=minute)), event_id=event_id, key=key, outcome=outcome, **given
    )


def counts(store, event_id):
    sheet = view(store, event_id).sheet
    return {
        state: (sheet.count(state).people, sheet.count(state).organisations)
        for state in ("連絡済", "不在・再架電", "未連絡")
    }


def test_a_cancellation_is_written_down_and_cancels_the_event_in_one_change(store, event_id):
    assert decide(store, event_id).message == "第1回 LINE講習会を中止にしました。"
    event = the_event(store, event_id)
    assert (event.status, event.cancelled_on) == ("中止", date(2026, 9, 24))
    assert event.cancel_reason == "大雨警報の発表（荒天時の取扱いによる）（9/24(木) 8:10 協働推進課長の判断）"
    shown = view(store, event_id)
    assert shown.noted_by == (NOW, BY)
    assert (shown.sheet.people, len(shown.sheet.lines)) == (17, 11)


def test_a_decision_needs_a_person_and_a_reason_and_an_event_that_was_not_held(store, event_id):
    with pytest.raises(UserError, match="理由が書かれていません"):
        decide(store, event_id, reason=" ")
    with pytest.raises(UserError, match="判断がまだ記録されていません"):
        calls.note_other_call(acting(store), event_id=event_id, target=CallTarget.VENUE, outcome=CallOutcome.REACHED)
    later = NOW.replace(hour=18)
    event_results.mark_held(ActionContext(store, BY, later), event_id=event_id)
    with pytest.raises(UserError, match="実施済"):
        decide(store, event_id)


def test_calls_are_kept_with_time_and_caller_and_the_counts_add_up(store, event_id):
    decide(store, event_id)
    for number, (minute, by) in enumerate(((21, BY), (24, OTHER), (27, BY), (33, BY), (35, OTHER))):
        note(store, event_id, number, "連絡済", minute, by)
    note(store, event_id, 5, "不在・再架電", 29, OTHER, again_at=NOW.replace(hour=9, minute=0))
    note(store, event_id, 6, "伝言", 36, again_at=NOW.replace(hour=9, minute=0), note="留守電")
    assert counts(store, event_id) == {"連絡済": (9, 5), "不在・再架電": (2, 2), "未連絡": (6, 4)}
    first = line(store, event_id, 0)
    assert (first.newest_call.at, first.newest_call.by) == (NOW.replace(minute=21), BY)
    assert view(store, event_id).sheet.again_at == NOW.replace(hour=9, minute=0)
    assert (
        call_documents.outcome_words(line(store, event_id, 6).newest_call)
        == "伝言　8:36 見本 太郎　再架電 9:00　留守電"
    )


def test_one_person_of_a_group_can_be_reached_alone_and_stays_reached_when_the_others_are_not_in(store, event_id):
    decide(store, event_id)
    one = line(store, event_id, 0).people[0].entry_id
    note(store, event_id, 0, "連絡済", 20, entry_ids=(one,))
    assert line(store, event_id, 0).state == "未連絡"
    note(store, event_id, 0, "不在・再架電", 25)
    assert [person.state for person in line(store, event_id, 0).people] == ["連絡済", "不在・再架電"]
    assert counts(store, event_id)["連絡済"] == (1, 0)
    note(store, event_id, 0, "連絡済", 40)
    assert counts(store, event_id)["連絡済"] == (2, 1)


def test_a_person_without_a_registered_group_has_a_line_and_a_number_of_the_own(store, event_id):
    with store.change(action="当日の申込", by="準備", now=NOW, subject="entries") as change:
        person = change.insert(Person(name="見本 単独"))
        change.insert(Contact(person_id=person, value="03-0000-0099"))
        change.insert(Entry(event_id=event_id, person_id=person, state="申込"))
        written = change.insert(Person(name="見本 未登録"))
        change.insert(Entry(event_id=event_id, person_id=written, organisation_name="みほん未登録会", state="申込"))
    decide(store, event_id)
    rows = {row.name: row for row in view(store, event_id).sheet.lines}
    assert rows["団体なし"].phones[0].number == "03-0000-0099"
    assert rows["みほん未登録会"].phones == ()
    calls.note_call(acting(store), event_id=event_id, key=rows["みほん未登録会"].key, outcome=CallOutcome.REACHED)
    assert counts(store, event_id)["連絡済"] == (1, 1)


def test_the_number_of_this_application_comes_first_and_the_same_number_stands_once(store, event_id):
    def phone(event, number):
        typed = TypedApplication(event_id=event, organisation_name="みほん川端町会", name="例谷　太郎", phone=number)
        manual_entry.add_application(acting(store), typed=typed)

    phone(add_lecture(store, date(2026, 9, 29)), "03-0000-7777")
    phone(event_id, "03-0000-1000")
    decide(store, event_id)
    found = next(one for one in view(store, event_id).sheet.lines if one.name == "みほん川端町会")
    assert next(one.number for one in found.phones) == "03-0000-1000"
    with pytest.raises(UserError, match="電話に数字がありません（「abc」）"):
        phone(add_lecture(store, date(2026, 10, 1)), "abc")


def test_who_was_told_of_a_cancellation_is_named_when_it_is_taken_back(store, event_id):
    decide(store, event_id)
    note(store, event_id, 0, "連絡済", 20)
    note(store, event_id, 1, "伝言", 21)
    note(store, event_id, 2, "不在・再架電", 22)
    said = event_cancellation.restore_event(acting(store), event_id=event_id).message
    assert f"予定に戻しました。中止と伝えた2か所に、{HELD_AFTER_ALL}" in said

    def said_after(nature):
        cancel_event(store, event_id=event_id, reason="会場の都合", nature=nature, by=BY, now=NOW)
        return event_cancellation.restore_event(acting(store), event_id=event_id).message

    assert "協議は残っています" not in said_after("程度")
    assert "「実施回数の変更」の協議は残っています。要らないときは取り消してください。" in said_after(AGREEMENT)


def test_a_postponement_decided_after_a_cancellation_names_the_agreement_that_stays_open(store, event_id):
    open_topic = "「実施回数の変更」の協議は残っています。要らないときは取り消してください。"
    assert open_topic not in decide(store, event_id, nature=AGREEMENT).message
    assert decide(store, event_id, kind=DecisionKind.POSTPONEMENT).message == f"判断を記録しました。{open_topic}"


def test_the_agreement_of_a_cancellation_is_named_after_its_reason_was_corrected(store, event_id):
    decide(store, event_id, nature=AGREEMENT)
    decide(store, event_id, reason="会場の停電")
    said = event_cancellation.restore_event(acting(store), event_id=event_id).message
    assert said.endswith("「実施回数の変更」の協議は残っています。要らないときは取り消してください。")


def test_the_agreement_about_the_day_in_place_of_a_cancelled_one_is_named_when_it_is_restored(store, event_id):
    decide(store, event_id)
    calls.set_substitute(acting(store), event_id=event_id, day_words="10月2日（金）午後2時から", nature=AGREEMENT)
    said = event_cancellation.restore_event(acting(store), event_id=event_id).message
    assert said.endswith("「振替の日程」の協議は残っています。要らないときは取り消してください。")
    assert decide(store, event_id, kind=DecisionKind.POSTPONEMENT).message == "判断を記録しました。"


def test_who_is_absent_already_is_not_called(store, event_id):
    with store.change(action="欠席", by="準備", now=NOW, subject="entries") as change:
        change.update(Entry, line(store, event_id, 0).people[0].entry_id, absent_told_at=NOW)
    assert view(store, event_id).sheet.people == 16


def test_unfinished_calls_stand_in_the_list_of_today_and_go_when_they_are_made(store, event_id):
    def rows():
        shown = home.read_home(store, today=NOW.date())
        return [(row.task.label, row.task.detail) for row in shown.rows if row.link.action == "電話をかけ直す"]

    decide(store, event_id)
    assert rows() == [("未連絡 11団体へ電話", "中止")]
    for number in range(10):
        note(store, event_id, number, "連絡済", 20)
    note(store, event_id, 10, "不在・再架電", 30, again_at=NOW.replace(hour=9, minute=0))
    assert rows() == [("不在 1団体へ再架電", "9:00")]
    note(store, event_id, 10, "連絡済", 50)
    assert rows() == []


def test_a_cancellation_stands_on_home_until_contractor_and_venue_were_told_of_it(store, event_id):
    def row():
        shown = home.read_home(store, today=NOW.date())
        found = [(one.task.label, one.task.detail, one.link.kind) for one in shown.rows if one.link.action == ASKED]
        tasks = read_event(store, event_id=event_id, today=NOW.date()).tasks
        assert [one.label for one in tasks if one.link.action == ASKED] == [label for label, *_more in found]
        return found

    def noted(target, outcome, **given):
        calls.note_other_call(acting(store), event_id=event_id, target=target, outcome=outcome, **given)

    decide(store, event_id)
    for number in range(11):
        note(store, event_id, number, "連絡済", 20)
    assert row() == [("受託者・会場に中止を伝える", "未連絡", "受託者")]
    noted("受託者", "連絡済")
    assert row() == [("会場に中止を伝える", "未連絡", "会場")]
    noted("会場", "不在・再架電", again_at=NOW.replace(hour=9, minute=0))
    assert row() == [("会場に中止を伝える", "再架電 9:00", "会場")], "whoever was not in was not told"
    noted("会場", "対象外")
    assert row() == []


def test_an_event_that_is_put_off_or_has_no_venue_asks_for_no_call_of_a_cancellation(store, event_id):
    def labels():
        shown = home.read_home(store, today=NOW.date())
        return [one.task.label for one in shown.rows if one.link.action == ASKED]

    with store.change(action="会場は未定", by="準備", now=NOW, subject="events") as change:
        change.update(Event, event_id, venue="")
    decide(store, event_id, "延期", reason="会場の設備の点検")
    assert labels() == []
    decide(store, event_id)
    assert labels() == ["受託者に中止を伝える"]
    event_cancellation.restore_event(acting(store), event_id=event_id)
    assert labels() == []


def test_the_other_contacts_are_the_contractor_the_venue_the_interpreters_and_the_presenters(store, event_id):
    with store.change(action="会場と手配", by="準備", now=NOW, subject="venues") as change:
        change.insert(Venue(name="みほん区民館", phone="03-0000-0102"))
        change.insert(
            Arrangement(event_id=event_id, kind="手話通訳", ordered_to="みほん派遣センター", phone="03-0000-0103")
        )
    decide(store, event_id)
    found = {one.target: one for one in view(store, event_id).others}
    assert found["受託者"].detail == "みほん受託株式会社　見本 花子"
    assert found["会場"].phone == "03-0000-0102"
    assert (found["手話・要約筆記"].phone, found["手話・要約筆記"].detail) == ("03-0000-0103", "みほん派遣センター")
    assert (found["発表者"].state, found["発表者"].detail) == ("対象外", "この回はなし")
    helper = found["手話・要約筆記"]
    calls.note_other_call(
        ActionContext(store, OTHER, NOW),
        event_id=event_id,
        target=helper.target,
        whom=helper.name,
        outcome=CallOutcome.REACHED,
    )
    shown = view(store, event_id)
    assert (shown.settled_contact_count, shown.contact_count) == (1, 3)


def test_the_text_on_the_telephone_says_what_when_and_why(store, event_id):
    decide(store, event_id)
    texts = {text.key: text.text for text in view(store, event_id).texts}
    assert texts["電話で話す文"].endswith(
        "の見本です。本日午後2時からの第1回 LINE講習会は、中止します。\n"
        "理由　大雨警報の発表（荒天時の取扱いによる）\n"
        "会場へはお越しにならないようお願いします。つぎの講習会の募集のときは、あらためてお申し込みください。"
    )
    assert "令和8年9月24日（木）午後2時から午後4時まで" in texts["区ホームページ"]
    assert not any(person in text for text in texts.values() for _name, _phone, people in GROUPS for person in people)


def test_a_text_stays_as_edited_and_comes_back_when_emptied(store, event_id):
    decide(store, event_id)
    own = view(store, event_id).texts[0].text
    calls.set_call_text(acting(store), event_id=event_id, key="電話で話す文", text="短く話す。")
    assert (view(store, event_id).texts[0].text, view(store, event_id).texts[0].is_edited) == ("短く話す。", True)
    calls.set_call_text(acting(store), event_id=event_id, key="電話で話す文", text="")
    assert view(store, event_id).texts[0].text == own


def test_another_place_keeps_in_mind_which_one_people_know(store, event_id):
    decide(store, event_id, "会場の変更", reason="空調の故障")
    assert "新しい会場は、決まりしだい" in view(store, event_id).texts[0].text
    with store.change(action="会場", by="準備", now=NOW, subject="events") as change:
        change.update(type(the_event(store, event_id)), event_id, venue="みほん第二区民館", room="")
    text = view(store, event_id).texts[0].text
    assert "新しい会場は、みほん第二区民館です。" in text
    assert "会場　みほん区民館　研修室" in view(store, event_id).texts[1].text


def test_another_kind_of_decision_brings_the_event_back_and_everybody_is_called_anew(store, event_id):
    decide(store, event_id)
    note(store, event_id, 0, "連絡済", 20)
    decide(store, event_id, "延期", reason="会場の設備の点検")
    assert the_event(store, event_id).status == "予定"
    assert counts(store, event_id)["連絡済"] == (0, 0)
    assert "延期します。\n理由　会場の設備の点検\n会場へは" in view(store, event_id).texts[0].text


def test_a_cancellation_that_was_taken_back_leaves_nobody_to_call(store, event_id):
    decide(store, event_id)
    event_cancellation.restore_event(acting(store), event_id=event_id)
    assert not view(store, event_id).has_decision
    assert home.read_home(store, today=NOW.date()).counts["今日"] >= 0


@pytest.mark.parametrize(
    ("kind", "state"), [("延期", "延期"), ("日時の変更", "日時の変更"), ("会場の変更", "会場未定")]
)
def test_what_was_put_off_is_taken_back_when_it_is_held_after_all(store, event_id, kind, state):
    def standing():
        made = rows(store.database, ChangeDecision, event_id=event_id)
        return state_of(the_event(store, event_id), made, NOW.date()).word

    offered = lambda: read_event(store, event_id=event_id, today=NOW.date()).revocable_change  # noqa: E731
    assert offered() == ""
    decide(store, event_id, kind, reason="会場の設備の点検")
    note(store, event_id, 0, "連絡済", 20)
    assert (standing(), offered()) == (state, kind)
    said = event_cancellation.revoke_change(acting(store), event_id=event_id).message
    assert f"{kind}を取り消しました。{kind}と伝えた1か所に、{HELD_AFTER_ALL}" in said
    assert (standing(), offered(), view(store, event_id).has_decision) == ("予定", "", True), (
        "they are called once more"
    )
    with pytest.raises(UserError, match="取り消せる延期や変更の判断はありません"):
        event_cancellation.revoke_change(acting(store), event_id=event_id)
    history_services.undo(store, by=BY, now=NOW)
    assert (standing(), counts(store, event_id)["連絡済"][1]) == (state, 1)
    event_cancellation.revoke_change(acting(store), event_id=event_id)
    # Put off once more, everybody is called anew.
    decide(store, event_id, kind, reason="大雪")
    assert (standing(), counts(store, event_id)["連絡済"]) == (state, (0, 0))


@pytest.mark.parametrize(
    ("kind", "state"), [("延期", "延期"), ("日時の変更", "日時の変更"), ("会場の変更", "会場未定")]
)
def test_the_same_change_once_more_is_a_new_decision_when_the_first_was_carried_out(store, event_id, kind, state):
    def standing():
        made = rows(store.database, ChangeDecision, event_id=event_id)
        return state_of(the_event(store, event_id), made, NOW.date()).word

    def decide_on(day, reason):
        calls.decide_change(
            acting(store),
            event_id=event_id,
            kind=kind,
            decided_at=datetime.fromisoformat(f"2026-09-{day}T08:10"),
            decided_by="課長",
            reason=reason,
        )

    decide_on(10, "大雪")
    decide_on(11, "大雪のため")
    assert len(rows(store.database, ChangeDecision)) == 1, "it was not carried out yet: the record is corrected"
    values = {"venue": "みほん第二区民館"} if state == "会場未定" else {"event_date": date(2026, 10, 8)}
    with store.change(action="変更", by="準備", now=NOW, subject="events") as change:
        change.update(Event, event_id, **values)
    note(store, event_id, 0, "連絡済", 20)
    assert (standing() == state, view(store, event_id).is_carried_out) == (False, True)
    decide_on(11, "大雪が予想されるため")
    assert len(rows(store.database, ChangeDecision)) == 1, "the reason is corrected"
    assert counts(store, event_id)["連絡済"][1] == 1
    decide_on(14, "停電のため")
    assert standing() == state
    assert [one.reason for one in rows(store.database, ChangeDecision)] == ["大雪が予想されるため", "停電のため"]
    assert counts(store, event_id)["連絡済"] == (0, 0)


def test_an_event_that_was_moved_is_moved_back_and_then_taken_back(store, event_id):
    decide(store, event_id, "延期", reason="大雪")
    for day, offered in ((date(2026, 10, 8), ""), (date(2026, 9, 24), "延期")):
        with store.change(action="日付", by="準備", now=NOW, subject="events") as change:
            change.update(type(the_event(store, event_id)), event_id, event_date=day)
        assert read_event(store, event_id=event_id, today=NOW.date()).revocable_change == offered


def test_moved_back_to_the_day_of_the_letter_nobody_is_called_who_heard_of_no_other(store, event_id):
    with store.change(action="通知", by=BY, now=NOW, subject="events", event_id=event_id) as change:
        change.insert(
            Notification(
                event_id=event_id,
                document_kind="決定通知",
                key="決定通知",
                version=1,
                title="決定通知",
                told_on=date(2026, 9, 1),
                facts={"実施日": "2026-09-24", "時間": "14:00–16:00", "会場": "みほん区民館 研修室"},
                told_to="参加者",
                told_how="郵送",
                told_by=BY,
                by=BY,
                at=NOW,
            )
        )
    for day in (date(2026, 10, 8), date(2026, 9, 24)):
        event_moves.move_event(acting(store), event_id=event_id, new_date=day, reason="講師の都合", nature=AGREEMENT)
    assert rows(store.database, RecruitmentStep, event_id=event_id, name="日程変更の連絡") == []
    assert not view(store, event_id).has_decision


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
@pytest.mark.parametrize("reached", [True, False])
def test_an_event_moved_back_waits_for_no_other_day_and_who_heard_of_the_other_is_called_again(
    store, event_id, kind, reached
):
    def move(day):
        event_moves.move_event(acting(store), event_id=event_id, new_date=day, reason="講師の都合", nature=AGREEMENT)

    decide(store, event_id, kind, reason="大雪")
    move(date(2026, 10, 8))
    if reached:
        note(store, event_id, 0, "連絡済", 20)
    move(date(2026, 9, 24))
    shown = read_event(store, event_id=event_id, today=NOW.date())
    assert (shown.revocable_change, "準備" in shown.state_words) == ("", True)
    standing = [one for one in rows(store.database, ChangeDecision, event_id=event_id) if not one.taken_back]
    if reached:
        assert standing[-1].before_time == "令和8年10月8日（木）　午後2時から午後4時まで"
        assert counts(store, event_id)["連絡済"] == (0, 0)
    else:
        assert (standing, view(store, event_id).has_decision) == ([], False)


def test_who_is_called_about_a_move_that_no_letter_told_hears_the_new_day_and_nothing_waits_for_another(
    store, event_id
):
    context = acting(store)

    def move(day):
        event_moves.move_event(context, event_id=event_id, new_date=day, reason="講師の都合", nature=AGREEMENT)

    move(date(2026, 10, 1))
    move(date(2026, 10, 8))
    decide(store, event_id, "日時の変更", reason="講師の都合")
    shown = view(store, event_id)
    assert shown.texts[0].text.startswith(
        "練馬区協働推進課の見本です。令和8年9月24日（木）午後2時から午後4時までの第1回"
    )
    assert "新しい日時は、令和8年10月8日（木）午後2時から午後4時までです。" in shown.texts[0].text
    assert "準備" in read_event(store, event_id=event_id, today=NOW.date()).state_words
    # Moved once more, and told by the ticked step: now another day is to come.
    with store.change(action="済", by=BY, now=NOW, subject="events", event_id=event_id) as change:
        change.delete(ChangeDecision, shown.sheet.decision.id)
        for step in rows(store.database, RecruitmentStep, event_id=event_id, name="日程変更の連絡"):
            change.update(RecruitmentStep, step.id, done_on=NOW.date())
    decide(store, event_id, "日時の変更", reason="講師の都合")
    assert "新しい日時は、決まりしだい" in view(store, event_id).texts[0].text


def test_who_is_called_about_another_end_is_asked_to_come_at_the_time_they_know(store, event_id):
    decide(store, event_id, "日時の変更", reason="会場の都合")
    assert "もとの日時にはお越しにならない" in view(store, event_id).texts[0].text
    with store.change(action="時刻", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, end_time="15:30")
    text = view(store, event_id).texts[0].text
    assert "お越しにならない" not in text
    assert "新しい日時は、令和8年9月24日（木）午後2時から午後3時30分までです。" in text


def test_a_delay_that_waits_for_its_day_announces_none_when_the_end_is_put_right(store, event_id):
    decide(store, event_id, "延期", reason="大雪")
    with store.change(action="終わりを直した", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, end_time="16:30")
    assert "新しい日時は、決まりしだいご案内します。" in view(store, event_id).texts[0].text


def test_a_substitute_day_is_a_matter_to_settle_and_stands_in_the_texts(store, event_id):
    decide(store, event_id)
    calls.set_substitute(
        acting(store), event_id=event_id, day_words="10月1日（木）午後2時", nature="契約変更の要否を契約課へ確認"
    )
    topics = [topic for topic in of_event(store.database, event_id) if topic.partner]
    assert [(topic.topic, topic.state, topic.partner) for topic in topics] == [("契約変更の要否", "協議中", "契約課")]
    shown = view(store, event_id)
    assert "振替の日は、10月1日（木）午後2時です。" in shown.texts[0].text
    lines = {one.key: one for one in shown.next_steps}
    assert (lines["agreement"].detail, lines["letter"].words) == ("協議中", "中止通知（起案・決裁）")
    assert lines["deadlines"].detail.startswith("期限 ")


def test_the_list_on_paper_names_people_and_says_that_it_stays_here(store, event_id):
    decide(store, event_id)
    note(store, event_id, 0, "連絡済", 20)
    content = documents.build_document(store, event_id=event_id, kind="電話一覧", now=NOW)
    assert content.personal
    assert "取扱注意（個人情報）" in content.header_right
    assert documents.render(content, format="pdf").pages == 1
    assert documents.render(content, format="xlsx").data[:2] == b"PK"


def test_the_list_of_the_calls_before_an_event_has_everybody_who_comes_with_numbers_and_a_text_of_ones_own(
    store, event_id
):
    content = documents.build_document(store, event_id=event_id, kind="確認の電話一覧", now=NOW)
    said = said_by(content)
    assert content.personal
    assert "取扱注意（個人情報）" in content.header_right
    assert "の（自分の名前）です。" in said
    assert "参加のご予定に、変わりはないでしょうか。" in said
    sheet = view(store, event_id).sheet
    assert f"計 {sheet.people}人・{len(sheet.lines)}団体" in said
    for line in sheet.lines:
        assert line.name in said
        assert all(person.name in said for person in line.people)
        assert all(phone.number in said for phone in line.phones)
    for form in ("pdf", "xlsx"):
        assert documents.render(content, format=form).data

    # Who withdraws is not called any more, and what is said can be put in one's own words.
    first = sheet.lines[0].people[0]
    entry_changes.set_state(acting(store), entry_id=first.entry_id, state=EntryState.WITHDRAWN)
    scope = DocumentScope(event_id=event_id)
    document_passages.set_passage(
        acting(store), scope=scope, kind="確認の電話一覧", part="話す文", text="明日の会のことです。"
    )
    said = said_by(documents.build_document(store, event_id=event_id, kind="確認の電話一覧", now=NOW))
    assert first.name not in said
    assert "明日の会のことです。" in said
    assert "変わりはないでしょうか" not in said


def test_without_anybody_to_call_it_says_what_is_missing(store):
    undated = add_lecture(store, None)
    with pytest.raises(UserError, match="実施日が"):
        documents.build_document(store, event_id=undated, kind="確認の電話一覧", now=NOW)
    empty = add_lecture(store, date(2026, 10, 29))
    with pytest.raises(UserError, match=r"まだ名簿にいません|名簿がある"):
        documents.build_document(store, event_id=empty, kind="確認の電話一覧", now=NOW)


def test_the_visited_organisation_is_called_before_anybody_of_it_is_named(store):
    with store.change(action="団体", by=BY, now=NOW, subject="organisations") as change:
        group = change.insert(Organisation(name="みほん若葉町会"))
        change.insert(Contact(organisation_id=group, kind="電話", value="03-0000-0007"))
    visit = add_dispatch(store, date(2026, 10, 24), organisation_id=group)
    with store.change(action="決定通知", by=BY, now=NOW, subject="papers") as change:
        letter = Letter(event_id=visit, document_kind="決定通知", form=LetterForm.FORMAL, state=LetterState.ISSUED)
        change.insert(replace(letter, document_number="391", issued_on=date(2026, 9, 20)))
    decide(store, visit)
    paper = said_by(documents.build_document(store, event_id=visit, kind="中止通知", now=NOW))
    assert "391により実施の決定をお知らせしたアドバイザー派遣を、つぎのとおり中止します。実施を予定されていた" in paper
    view = read_calls(store, event_id=visit, caller=BY, today=NOW.date())
    (line,) = view.sheet.lines
    assert (line.name, line.people[0].name, line.phones[0].number) == ("みほん若葉町会", "代表者", "03-0000-0007")
    talk = next(one.text for one in view.texts if one.key == TALK)
    assert "10月24日（土）午後2時からのみほん若葉町会へのアドバイザー派遣による個別支援は、中止します。" in talk
    assert "計 1人・1団体" in call_documents.count_words(view.sheet)
    assert "03-0000-0007" in said_by(documents.build_document(store, event_id=visit, kind="電話一覧", now=NOW))
    with store.change(action="会長", by=BY, now=NOW, subject="people") as change:
        change.insert(Person(organisation_id=group, name="見本 若葉", role="会長"))
    for outcome in (CallOutcome.ABSENT, CallOutcome.REACHED):
        calls.note_call(acting(store), event_id=visit, key=line.key, outcome=outcome, entry_ids=(0,))
        (line,) = read_calls(store, event_id=visit, caller=BY, today=NOW.date()).sheet.lines
        assert (line.people[0].name, line.people[0].state) == ("見本 若葉", outcome)
    assert line.state == "連絡済"
