"""Expected numbers and telling them, on a real store."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.rules import shown_fact
from app.documents.services import documents
from app.documents.services.document_kind import read_subject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification import read_outgoing_view
from app.event.rules.participation import count_participation
from app.event.services.agreements import settle_topics
from app.event.services.event_moves import move_event
from app.event.services.event_records import read_event_records
from app.event.services.tasks import deadlines
from app.events.headcount import services as headcount_services
from app.events.materials.services import materials
from app.events.roster.services.entry_changes import record_absence
from app.home.today.services.week_sheet import _people
from db.records.agreements import Agreement
from db.records.documents import Notification
from db.records.event_form import EventForm
from db.records.events import CountSource, EquipmentItem, Event
from db.records.organisations import Organisation, Person
from db.records.participants import HEADCOUNT_KEY, ExpectedCount, HeadcountNotice
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.cancelling import cancel_event
from tests.support.entries import put_entry
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW, TODAY, acting, add_dispatch, add_lecture, at, expect_people, tell_people


@pytest.fixture
def event_id(store):
    return add_lecture(store)


def _row(name: str, people: int, **values) -> ExpectedCount:
    return ExpectedCount(event_id=0, position=0, organisation_name=name, people=people, **values)


def test_counts_add_up_and_keep_the_order_and_the_names_as_typed(store, event_id):
    with store.change(action="団体", by=BY, now=NOW) as change:
        known = change.insert(Organisation(branch="第1支部", name="みほん﨑町会"))
    rows = [
        _row("みほん﨑町会", 9, own_devices=4, lent_devices=5),
        _row("みほん髙台自治会", 8, lent_devices=2, care_count=1, care_request="手話通訳"),
    ]

    headcount_services.set_expected_counts(acting(store), event_id=event_id, rows=rows)

    view = headcount_services.read_headcount(store, event_id=event_id, today=TODAY)
    assert [row.organisation_name for row in view.rows] == ["みほん﨑町会", "みほん髙台自治会"]
    assert [row.organisation_id for row in view.rows] == [known, None]
    assert (view.totals.people, view.totals.organisations, view.totals.lent_devices) == (17, 2, 7)
    assert (view.next_kind, view.draft, view.notified_notice) == ("参加人数連絡書", None, None)
    assert view.copies.total == 19
    assert not view.are_copies_final
    assert [row.name for row in view.organisations] == ["みほん﨑町会"]


def test_organisations_added_together_are_all_looked_for_where_else_they_are_written(store):
    event_id, other = add_lecture(store), add_lecture(store, date(2026, 10, 8))
    first, second = _row("みほん新町会", 3), _row("みほん緑町会", 2)
    for event, counts in ((event_id, [first, second]), (other, [second])):
        headcount_services.set_expected_counts(acting(store), event_id=event, rows=counts)
    said = headcount_services.settle_organisations(
        acting(store), event_id=event_id, answers={"みほん新町会": "new", "みほん緑町会": "new"}
    ).message
    assert said == (
        "2団体を名簿に加えました。同じ団体名が、人数の表1行に書かれています。"
        "「団体」の「名簿にない団体名」で結び付けられます。"
    )


def test_an_organisation_is_added_once_whatever_its_spellings_and_not_when_its_row_is_gone(store, event_id):
    counts = [_row("みほん新町会", 3), _row("みほん　新町会", 1), _row("みほん緑町会", 2)]
    headcount_services.set_expected_counts(acting(store), event_id=event_id, rows=counts)
    with store.change(action="同僚が加えた", by=BY, now=NOW) as change:
        known = change.insert(Organisation(branch="第1支部", name="みほん緑町会"))
    answers = dict.fromkeys(("みほん新町会", "みほん　新町会", "みほん緑町会", "みほん消町会"), "new")

    said = headcount_services.settle_organisations(acting(store), event_id=event_id, answers=answers).message

    assert said == "1団体を名簿に加えました。1団体を名簿と結び付けました。"
    names = {one.id: one.name for one in rows(store.database, Organisation)}
    assert sorted(names.values()) == ["みほん新町会", "みほん緑町会"]
    view = headcount_services.read_headcount(store, event_id=event_id, today=TODAY)
    assert [names[row.organisation_id] for row in view.rows] == ["みほん新町会", "みほん新町会", "みほん緑町会"]
    assert view.rows[2].organisation_id == known
    with pytest.raises(UserError, match="もう結び付いている"):
        headcount_services.settle_organisations(acting(store), event_id=event_id, answers=answers)


def test_rows_that_stay_keep_their_id_and_the_others_go(store, event_id):
    expect_people(store, event_id, 5, 6)
    first, second = headcount_services.read_headcount(store, event_id=event_id, today=TODAY).rows

    headcount_services.set_expected_counts(acting(store), event_id=event_id, rows=[second])

    (left,) = headcount_services.read_headcount(store, event_id=event_id, today=TODAY).rows
    assert (left.id, left.position) == (second.id, 0)
    assert left.id != first.id


def test_too_many_people_only_warn_with_the_clause_and_the_room(store, event_id):
    expect_people(store, event_id, 26)

    texts = [row.text for row in headcount_services.read_headcount(store, event_id=event_id, today=TODAY).warnings]

    assert any("仕様書4(1)エ" in text for text in texts)
    assert any("定員24人" in text for text in texts)


def test_eight_of_about_ten_is_no_warning(store):
    event_id = add_dispatch(store)
    expect_people(store, event_id, 8)

    assert headcount_services.read_headcount(store, event_id=event_id, today=TODAY).warnings == ()


def test_a_notice_is_a_snapshot_that_is_brought_up_to_date_until_it_is_told(store, event_id):
    expect_people(store, event_id, 10)
    first = headcount_services.make_headcount_notice(acting(store), event_id=event_id).id
    expect_people(store, event_id, 10, 2)

    view = headcount_services.read_headcount(store, event_id=event_id, today=TODAY)
    assert view.is_draft_outdated
    assert (view.draft.people, view.draft.revision) == (10, 1)
    again = headcount_services.make_headcount_notice(acting(store), event_id=event_id).id

    view = headcount_services.read_headcount(store, event_id=event_id, today=TODAY)
    assert again == first
    assert [(row.title, row.state, row.notice.people) for row in view.notices] == [("第1報", "作成済・未連絡", 12)]


def test_telling_needs_who_and_how_and_closes_the_deadline(store, event_id):
    expect_people(store, event_id, 10)
    notice = headcount_services.make_headcount_notice(acting(store), event_id=event_id).id
    with pytest.raises(UserError, match="相手または方法"):
        headcount_services.mark_headcount_notified(acting(store), notice_id=notice, notified_to="", notified_how="電話")
    with pytest.raises(UserError, match="本日より後"):
        headcount_services.mark_headcount_notified(
            acting(store), notice_id=notice, notified_to="見本 花子", notified_how="電話", notified_on=date(2026, 9, 2)
        )

    headcount_services.mark_headcount_notified(
        ActionContext(store, BY, at(date(2026, 9, 16))),
        notice_id=notice,
        notified_to="見本 花子",
        notified_how="メール",
    )

    view = headcount_services.read_headcount(store, event_id=event_id, today=date(2026, 9, 16))
    assert view.task.completed_on == date(2026, 9, 16)
    assert (view.notified_notice.notified_by, view.notified_notice.notified_to, view.notified_notice.notified_how) == (
        BY,
        "見本 花子",
        "メール",
    )
    assert view.are_copies_final
    with pytest.raises(UserError, match="もう連絡済です"):
        headcount_services.mark_headcount_notified(
            acting(store), notice_id=notice, notified_to="だれか", notified_how="電話"
        )


def test_a_later_change_is_a_second_notice_with_previous_and_present_numbers(store, event_id):
    expect_people(store, event_id, 9, 8)
    tell_people(store, event_id)
    with pytest.raises(UserError, match="変わっていません"):
        headcount_services.make_headcount_notice(acting(store), event_id=event_id, reason="念のため")
    expect_people(store, event_id, 9, 7)
    with pytest.raises(UserError, match="理由が書かれていません"):
        headcount_services.make_headcount_notice(acting(store), event_id=event_id)

    view = headcount_services.read_headcount(store, event_id=event_id, today=TODAY)
    changed = [(one.label, one.previous_count, one.current_count, one.change_words) for one in view.differences]
    others = (("参加団体", 2), ("貸与する端末", 0), ("持参する端末", 0), ("配慮を要する件数", 0))
    assert changed == [("参加予定人数", 17, 16, "-1"), *((name, known, known, "変更なし") for name, known in others)]
    state = headcount_services._notice_state(-1)(store, read_event_records(store, event_id), TODAY)
    assert state == "第1報　17人　連絡済 9/1(火)"
    assert view.next_kind == "変更連絡"
    tell_people(store, event_id, reason="1人が欠席")

    view = headcount_services.read_headcount(store, event_id=event_id, today=TODAY)
    assert [(row.title, row.state[:3]) for row in view.notices] == [
        ("第1報", "連絡済"),
        ("変更連絡（第2報）", "連絡済"),
    ]
    assert [headcount_services.document_of_revision(number) for number in (1, 2)] == [
        "参加人数連絡書",
        "参加人数変更連絡書",
    ]
    assert not view.is_changed_since_notice


def test_an_exchange_of_opinions_is_told_without_devices_unless_somebody_has_one(store, event_id):
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.save(replace(by_id(store.database, Event, event_id), kind="意見交換会", form=EventForm.EXCHANGE))
    expect_people(store, event_id, 10)
    headcount_services.make_headcount_notice(acting(store), event_id=event_id)
    said = said_by(documents.build_document(store, event_id=event_id, kind=headcount_services.HEADCOUNT, now=NOW))
    assert "端末" not in said
    assert "配慮を必要とする方" in said
    assert "端末" not in documents.document_mail_text(
        store, event_id=event_id, kind=headcount_services.HEADCOUNT, now=NOW
    )

    headcount_services.set_expected_counts(
        acting(store),
        event_id=event_id,
        rows=[
            ExpectedCount(event_id=event_id, position=0, organisation_name="みほん第1町会", people=10, own_devices=2)
        ],
    )
    headcount_services.make_headcount_notice(acting(store), event_id=event_id)
    said = said_by(documents.build_document(store, event_id=event_id, kind=headcount_services.HEADCOUNT, now=NOW))
    assert "端末を持参する方" in said
    assert "端末　未確認" in said


def test_the_settled_talk_about_equipment_answers_for_tablets_that_a_dispatch_borrows(store):
    """It answers for every line, on screen and on paper; before it was settled, both ask."""
    event_id = add_dispatch(store)
    row = ExpectedCount(event_id=event_id, position=0, organisation_name="みほん若葉町会", people=10, lent_devices=3)
    headcount_services.set_expected_counts(acting(store), event_id=event_id, rows=[row])
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.insert(EquipmentItem(event_id=event_id, position=9, name="タブレット端末", owner="受託者"))
    asked = [one.text for one in headcount_services.read_headcount(store, event_id=event_id, today=TODAY).warnings]
    assert any("だれが用意するか決まっていません" in text for text in asked)
    headcount_services.make_headcount_notice(acting(store), event_id=event_id)
    assert "用意する側は協議中" in said_by(
        documents.build_document(store, event_id=event_id, kind=headcount_services.HEADCOUNT, now=NOW)
    )

    (talk,) = rows(store.database, Agreement, event_id=event_id, topic="機材")
    settle_topics(acting(store), agreement_ids=[talk.id])
    told = [one.text for one in headcount_services.read_headcount(store, event_id=event_id, today=TODAY).warnings]
    assert not any("タブレット" in text for text in told)
    assert "受託者が準備" in said_by(
        documents.build_document(store, event_id=event_id, kind=headcount_services.HEADCOUNT, now=NOW)
    )


def test_a_told_notice_stays_and_an_untold_one_can_go(store, event_id):
    expect_people(store, event_id, 10)
    notice = headcount_services.make_headcount_notice(acting(store), event_id=event_id).id
    headcount_services.remove_headcount_notice(acting(store), notice_id=notice)
    told = tell_people(store, event_id)

    with pytest.raises(UserError, match="消せません"):
        headcount_services.remove_headcount_notice(acting(store), notice_id=told)


def test_a_paper_of_a_told_notice_says_the_day_that_was_told(store, event):
    expect_people(store, event, 14)
    tell_people(store, event)
    move_event(acting(store), event_id=event, new_date=date(2026, 9, 29), reason="会場の都合")

    said = said_by(documents.build_document(store, event_id=event, kind="参加人数連絡書", now=NOW))
    assert "令和8年9月24日（木）" in said
    assert "9月29日" not in said
    mail = headcount_services.mail_text(store, event_id=event, change=False, now=NOW)
    assert "令和8年9月24日（木）" in mail


def test_when_nobody_comes_any_more_the_contractor_can_be_told_so(store, event):
    entry = put_entry(store, event, "見本 花子")
    context = acting(store)
    tell_people(store, event)
    record_absence(context, entry_id=entry)
    assert headcount_services.read_headcount(store, event_id=event, today=TODAY).next_kind == "変更連絡"
    headcount_services.make_headcount_notice(context, event_id=event, reason="全員が欠席")
    said = said_by(documents.build_document(store, event_id=event, kind="参加人数変更連絡書", now=NOW))
    assert "0人" in said
    # Numbers that nobody has typed are not known to be none.
    headcount_services.set_count_source(context, event_id=event, source=CountSource.TYPED)
    assert headcount_services.read_headcount(store, event_id=event, today=TODAY).next_kind == ""
    with pytest.raises(UserError, match="まだ入力されていません"):
        headcount_services.make_headcount_notice(context, event_id=event, reason="全員が欠席")


def test_a_change_that_was_taken_back_before_it_was_told_is_not_made_again(store, event):
    context = acting(store)
    expect_people(store, event, 14)
    tell_people(store, event)
    expect_people(store, event, 13)
    headcount_services.make_headcount_notice(context, event_id=event, reason="1人が欠席")
    expect_people(store, event, 14)
    view = headcount_services.read_headcount(store, event_id=event, today=TODAY)
    assert (view.next_kind, view.is_draft_outdated) == ("", True)
    assert view.next_words == "人数は、第1報で連絡したとおりに戻っています。「作成を取り消す」で消せます。"
    with pytest.raises(UserError, match="変わっていません"):
        headcount_services.make_headcount_notice(context, event_id=event, reason="1人が欠席")


def test_a_change_of_the_day_alone_is_told_as_such(store, event):
    context = acting(store)
    expect_people(store, event, 14)
    tell_people(store, event)
    move_event(context, event_id=event, new_date=date(2026, 9, 29), reason="会場の都合")
    headcount_services.make_headcount_notice(context, event_id=event, reason="日程の変更")
    said = said_by(documents.build_document(store, event_id=event, kind="参加人数変更連絡書", now=NOW))
    mail = headcount_services.mail_text(store, event_id=event, change=True, now=NOW)
    day = "令和8年9月29日（火）　午後2時から午後4時まで（前回の連絡　令和8年9月24日（木）　午後2時から午後4時まで）"
    assert day in said
    assert f"日時：{day}" in mail
    assert "連絡した内容（第1報）について" in said
    assert "内容の変更を連絡します。" in mail
    assert "会場：みほん区民館　研修室\n" in mail


def test_one_group_less_is_a_change_of_the_numbers_told_by_this_version(store, event):
    put_entry(store, event, "見本 花子", organisation_name="みほん一丁目町会")
    other = put_entry(store, event, "見本 次郎", organisation_name="みほん二丁目町会")
    tell_people(store, event)
    with store.change(action="団体を直した", by=BY, now=NOW, event_id=event) as change:
        change.update(Entry, other, organisation_name="")
    view = headcount_services.read_headcount(store, event_id=event, today=TODAY)
    assert (view.next_kind, view.next_words) == ("変更連絡", ""), "neither day nor place has changed"


def test_a_notice_without_numbers_is_refused(store, event_id):
    with pytest.raises(UserError, match="まだ入力されていません"):
        headcount_services.make_headcount_notice(acting(store), event_id=event_id)
    with pytest.raises(UserError, match="団体名が空"):
        headcount_services.set_expected_counts(acting(store), event_id=event_id, rows=[_row(" ", 3)])


def test_a_cancelled_event_owes_no_number_that_nobody_was_told(store, event_id):
    expect_people(store, event_id, 14)
    assert headcount_services.read_headcount(store, event_id=event_id, today=TODAY).next_kind == "参加人数連絡書"
    assert "人数連絡" in str(read_outgoing_view(store, event_id=event_id).lines)
    cancel_event(store, event_id=event_id, reason="大雨のため", by=BY, now=NOW)
    assert headcount_services.read_headcount(store, event_id=event_id, today=TODAY).next_kind == ""
    assert "人数連絡" not in str(read_outgoing_view(store, event_id=event_id).lines)


def test_copies_of_a_handout_become_final_once_the_numbers_are_told(store, event_id):
    material = materials.add_material(acting(store), event_id=event_id, title="スライド").id
    expect_people(store, event_id, 15)
    before = materials.read_material(store, material_id=material, today=TODAY)
    assert before.copies_words == "今の参加予定 15＋予備2＝17部（仮）"

    tell_people(store, event_id)

    after = materials.read_material(store, material_id=material, today=TODAY)
    assert (after.copies_words, after.copies_final) == ("連絡済 15＋予備2＝17部", True)

    expect_people(store, event_id, 18)
    changed = materials.read_material(store, material_id=material, today=TODAY)
    assert (changed.copies_words, changed.copies_final) == ("今の参加予定 18＋予備2＝20部（仮）", False)
    assert deadlines.event_tasks(store, event_id=event_id, today=TODAY)


def test_people_without_a_group_are_none_and_what_earlier_versions_told_of_them_stands(store, event_id):
    """They counted all of them together as one 団体."""
    with store.change(action="名簿", by=BY, now=NOW) as change:
        for name, group in (("見本　一郎", "みほん町会"), ("見本　二郎", ""), ("見本　三郎", "")):
            person = change.insert(Person(name=name))
            change.insert(Entry(event_id=event_id, person_id=person, organisation_name=group, state="決定"))

    def read():
        return headcount_services.read_headcount(store, event_id=event_id, today=TODAY)

    assert [(row.organisation_name, row.people) for row in read().rows] == [("みほん町会", 1), ("団体名なし", 2)]
    assert (read().totals.people, read().totals.organisations) == (3, 1)
    records = read_event_records(store, event_id)
    assert _people(records) == "3人\n1団体"
    assert count_participation(records.entries).expected_organisations == 1

    tell_people(store, event_id)
    (notice,), (act,) = rows(store.database, HeadcountNotice), rows(store.database, Notification)
    assert (notice.organisations, shown_fact(act.facts["団体"])) == (1, "1団体")
    told = ["通知済"]
    for counted, fact in ((2, "2団体"), (1, act.facts["団体"])):
        with store.change(action="前の版", by=BY, now=NOW) as change:
            change.update(HeadcountNotice, notice.id, organisations=counted)
            change.update(Notification, act.id, facts=dict(act.facts) | {"団体": fact})
        assert read().next_words == "第1報で連絡した人数から変わっていません。"
        lines = read_event_records(store, event_id).notification_lines
        assert [one.matter_status.status for one in lines if one.matter_status.matter.key == HEADCOUNT_KEY] == told
    with store.change(action="団体", by=BY, now=NOW) as change:
        for one in rows(store.database, Entry, organisation_name=""):
            change.update(Entry, one.id, organisation_name="みほん第二町会")
    assert read().next_kind == "変更連絡"
    lines = read_event_records(store, event_id).notification_lines
    (changed,) = [one.matter_status for one in lines if one.matter_status.matter.key == HEADCOUNT_KEY]
    assert [one.words for one in changed.changed_facts] == ["団体 1団体 → 2団体"]


def test_the_first_paper_states_the_first_notice_and_the_change_the_newest(store, event_id):
    def stated():
        subject = read_subject(store, DocumentScope(event_id=event_id))
        found = [
            headcount_services.stated_facts(subject, kind)
            for kind in (headcount_services.KIND, headcount_services.CHANGE_KIND)
        ]
        return [one and one[HEADCOUNT_KEY]["参加予定"] for one in found]

    def mails():
        found = [headcount_services.mail_text(store, event_id=event_id, change=one, now=NOW) for one in (False, True)]
        return [one.split("参加予定人数")[1].split("\n")[0].strip("　：") for one in found]

    def is_changed():
        return headcount_services.read_headcount(store, event_id=event_id, today=TODAY).is_changed_since_notice

    assert stated() == [{}, {}]
    expect_people(store, event_id, 6, 5)
    (matter,) = headcount_services.headcount_matters(read_subject(store, DocumentScope(event_id=event_id)))
    assert (matter.title, matter.version, is_changed()) == ("第1報 11人", 1, False)
    tell_people(store, event_id)
    assert (stated(), mails()) == (["11人"] * 2, ["11人（2団体）"] * 2)
    assert not is_changed()
    expect_people(store, event_id, 6, 6)
    assert is_changed()
    tell_people(store, event_id, reason="1人増")
    assert (stated(), mails()) == (["11人", "12人"], ["11人（2団体）", "11人 → 12人（+1）"])


def test_more_devices_than_people_are_said_by_organisation():
    given = ((2, 1, 1), (2, 2, 1), (2, 1, 2), (2, 3, 0), (0, 0, 0))
    counts = [_row(f"{people}{own}{lent}", people, own_devices=own, lent_devices=lent) for people, own, lent in given]
    assert [one.text for one in headcount_services.device_warnings(counts)] == [
        f"{name}：端末の数が人数（2人）を超えています。" for name in ("221", "212", "230")
    ]
