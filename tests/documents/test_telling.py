"""One rule for every paper: saving and printing never tell; what was told and has changed is on home until it is told
again."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents import rules as telling_rules
from app.documents.services import document_saving, document_states, issued_copies, notification
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event.rules.agenda import timetable_end
from app.event.rules.copies import copies_to_prepare, required_copies
from app.event.services import event_changes, event_drafts, event_moves
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import read_event_records
from app.event.services.event_results import mark_held
from app.event.services.event_view import read_event
from app.event.services.tasks.deadlines import event_tasks
from app.events.headcount import services as headcount_services
from app.events.letters.services import letter_documents
from app.events.materials.services import material_board, material_documents, materials
from app.history import services as history_services
from app.home.today.services.home import read_home
from app.registers.register.services import organisations
from db.records.documents import Notification, Outgoing, OutgoingWay, PrintUse
from db.records.events import AgendaItem, CountSource, Event
from db.records.organisations import Organisation, Person
from db.records.participants import ExpectedCount
from db.records.roster import Entry
from db.records.submissions.materials import MaterialResult
from db.rows import by_id, rows
from tests.support.sample import BY, NOW, acting

TODAY = NOW.date()


def save(world, kind, event, path):
    document_saving.save_document(
        acting(world.store),
        event_id=world.events[event],
        kind=kind,
        format="pdf",
        options=SaveOptions(path=path, way=OutgoingWay.PLAIN, reason="テスト"),
    )


def lines(world, event, *standings):
    view = notification.read_outgoing_view(world.store, event_id=world.events[event])
    return tuple(line for line in view.lines if line.matter_status.status in standings)


def said(world, event, *standings):
    return [(one.document_kind, one.title) for one in lines(world, event, *standings)]


def home(world, event, today=TODAY):
    view = read_home(world.store, today=today)
    return [
        (row.task.label, row.task.detail)
        for row in view.rows
        if row.task.event_id == world.events[event] and row.task.rule == "未通知"
    ]


def untold(world, event, today):
    """What was never told, of what an event that is over shows as not recorded."""
    view = read_event(world.store, event_id=world.events[event], today=today)
    return [(one.label, one.detail) for one in view.lapsed_tasks if one.rule == "未通知"]


def task(world, event, name, today=TODAY):
    return next(one for one in event_tasks(world.store, event_id=world.events[event], today=today) if one.task == name)


def expect(world, event, people):
    if by_id(world.store.database, Event, world.events[event]).count_source != "入力":
        headcount_services.set_count_source(acting(world.store), event_id=world.events[event], source=CountSource.TYPED)
    rows_ = (
        ExpectedCount(event_id=world.events[event], position=0, organisation_name="見本あおば町会", people=people),
    )
    headcount_services.set_expected_counts(acting(world.store), event_id=world.events[event], rows=rows_)


def tell(world, event, key, told_to, told_how, **more):
    given = {"event_id": world.events[event], "key": key, "told_to": told_to, "told_how": told_how}
    return notification.notify(acting(world.store), **given, **more)


def tell_numbers(world, event, reason=""):
    headcount_services.make_headcount_notice(acting(world.store), event_id=world.events[event], reason=reason)
    tell(world, event, "人数", "業務責任者", "メール")


def put_a_name_right(world, event):
    entries = rows(world.store.database, Entry, event_id=world.events[event], state="決定")
    person = by_id(world.store.database, Person, next(one.person_id for one in entries if one.person_id))
    with world.store.change(action="氏名を直す", by=BY, now=NOW, subject="person") as change:
        change.update(Person, person.id, name="髙" + person.name)


def judge(world, material_id, result):
    version = materials.receive_version(acting(world.store), material_id=material_id, data=b"%PDF", name="a.pdf").id
    if result != "確認済":
        materials.add_finding(acting(world.store), version_id=version, page="1", text="年度を直す")
    materials.set_result(acting(world.store), version_id=version, result=MaterialResult(result))


def test_saving_and_printing_tell_nobody_for_no_kind_of_paper(world, tmp_path):
    material_id = materials.add_material(acting(world.store), event_id=world.events["L6"], title="注意点").id
    judge(world, material_id, "再提出")
    headcount_services.make_headcount_notice(acting(world.store), event_id=world.events["L6"])
    for number, kind in enumerate((material_documents.MATERIAL, headcount_services.HEADCOUNT, "開催通知")):
        save(world, kind, "L6", tmp_path / f"{number}.pdf")
    waiting = said(world, "L6", "未通知")
    assert {kind for kind, _ in waiting} == {"資料確認結果通知", "参加人数連絡書", "開催通知"}
    assert [kind for kind, _ in said(world, "L6", "通知済", "変更あり")] == ["決定通知"]  # told in the sample
    assert task(world, "L6", "人数連絡").is_open
    ((label, detail),) = home(world, "L6")
    assert label == "伝えたと記録する"
    assert detail.startswith("参加人数連絡書（第1報 ")
    assert detail.endswith(f"ほか{len(waiting) - 1}件")


def test_a_print_for_the_own_file_does_not_wait_to_be_told(world):
    drawn = document_saving.documents.render_document(
        world.store, event_id=world.events["L6"], kind="支部長あて依頼文", format="pdf", now=NOW
    )
    given = {"event_id": world.events["L6"], "kind": "支部長あて依頼文", "copies": 1, "pages": 1, "rendered": drawn}
    document_saving.log_print(acting(world.store), use=PrintUse.COPY, **given)
    assert not lines(world, "L6", "未通知")
    document_saving.log_print(acting(world.store), **given)
    assert said(world, "L6", "未通知") == [("支部長あて依頼文", "")]


def test_a_notice_belongs_to_its_version_and_result(world, tmp_path):
    material_id = materials.add_material(acting(world.store), event_id=world.events["L6"], title="注意点").id
    judge(world, material_id, "再提出")
    save(world, material_documents.MATERIAL, "L6", tmp_path / "first.pdf")
    key = next(one.matter_status.matter.key for one in lines(world, "L6", "未通知") if one.title.startswith("注意点"))
    tell(world, "L6", key, "業務責任者", "メール")

    def notified():
        return materials.read_material(world.store, material_id=material_id, today=TODAY).notified_words

    assert notified() == "12/1(火) 通知"
    judge(world, material_id, "確認済")
    assert notified() == "未通知"
    assert ("資料確認結果通知", "注意点 第1版") in said(world, "L6", "通知済")
    assert ("資料確認結果通知", "注意点 第2版") in said(world, "L6", "未作成")
    save(world, material_documents.MATERIAL, "L6", tmp_path / "second.pdf")
    assert ("資料確認結果通知", "注意点 第2版") in said(world, "L6", "未通知")


def test_the_hours_told_are_those_booked_and_what_was_told_by_the_timetable_stays_told(world):
    """派遣 are booked for 120 minutes with a timetable of 110 (仕様書4(2)カ): papers say 12:00, kept acts may say
    11:50."""
    event = by_id(world.store.database, Event, world.events["D3"])
    expect(world, "D3", 8)
    tell_numbers(world, "D3", reason="日程の変更")
    act = [one for one in rows(world.store.database, Notification, event_id=event.id) if one.key == "人数"][-1]
    assert telling_rules.shown_fact(act.facts["時間"]) == f"{event.start_time}–{event.end_time}"
    items = rows(world.store.database, AgendaItem, event_id=event.id, order=("position", "id"))
    earlier = timetable_end(event.start_time, event.end_time, items)
    assert earlier != event.end_time
    with world.store.change(action="テスト", by=BY, now=NOW, subject="papers", event_id=event.id) as change:
        change.update(Notification, act.id, facts=act.facts | {"時間": f"{event.start_time}–{earlier}"})
    assert not lines(world, "D3", "変更あり")
    with world.store.change(action="テスト", by=BY, now=NOW, subject="papers", event_id=event.id) as change:
        change.update(Notification, act.id, facts=act.facts)
        change.update(Event, event.id, end_time="12:30")
    (line,) = [one for one in lines(world, "D3", "変更あり") if one.matter_status.matter.key == "人数"]
    assert [one.name for one in line.matter_status.changed_facts] == ["時間"]


def test_a_changed_count_stands_on_home_and_opens_the_deadline_until_it_is_told(world):
    expect(world, "L7", 14)
    tell_numbers(world, "L7")
    assert task(world, "L7", "人数連絡").completed_on == TODAY
    assert home(world, "L7") == []
    expect(world, "L7", 15)
    assert task(world, "L7", "人数連絡").is_open
    assert home(world, "L7") == [("参加人数の変更を連絡する", "14→15人")]
    headcount_services.make_headcount_notice(acting(world.store), event_id=world.events["L7"], reason="追加の申込")
    # Making the 変更連絡 tells nobody either.
    assert home(world, "L7") == [("参加人数の変更を連絡する", "14→15人")]
    assert task(world, "L7", "人数連絡").is_open
    tell(world, "L7", "人数", "業務責任者", "電話")
    assert home(world, "L7") == []
    assert task(world, "L7", "人数連絡").completed_on == TODAY


def test_the_copies_follow_a_changed_count_and_nobody_is_blamed_for_them(world):
    expect(world, "L7", 15)
    tell_numbers(world, "L7")
    event_id = world.events["L7"]
    assert material_board.copies_of(read_event_records(world.store, event_id)) == (required_copies(15), True)
    expect(world, "L7", 17)
    assert material_board.copies_of(read_event_records(world.store, event_id)) == (required_copies(17), False)
    headcount_services.make_headcount_notice(acting(world.store), event_id=event_id, reason="追加の申込")
    view = headcount_services.read_headcount(world.store, event_id=event_id, today=TODAY)
    assert (view.copies.words, view.are_copies_final) == ("17＋予備2＝19部", False)
    # After the event too: a notice was made and nothing says that it was told, so there is nothing to hold 19部
    # against.
    assert copies_to_prepare(15, 17, draft_people=17, held=True) == (required_copies(17), False)
    event = by_id(world.store.database, Event, event_id)
    assert not read_event_facts(world.store, event).copies.is_notified


def test_once_held_what_was_told_last_counts():
    assert copies_to_prepare(15, 14, held=True) == (required_copies(15), True)
    assert copies_to_prepare(None, 14) == (required_copies(14), False)
    assert copies_to_prepare(15, 0) == (required_copies(15), True)


def test_what_changes_after_the_last_day_is_a_change_and_no_deadline_missed(world):
    expect(world, "L7", 14)
    tell_numbers(world, "L7")
    deadline = task(world, "L7", "人数連絡")
    expect(world, "L7", 13)
    after = deadline.deadline.last_day_in_time + timedelta(days=1)
    assert task(world, "L7", "人数連絡", after).completed_on == TODAY
    assert home(world, "L7", after) == [("参加人数の変更を連絡する", "14→13人")]


def test_a_move_and_another_place_are_told_to_whoever_was_told_before(world, tmp_path):
    expect(world, "L7", 14)
    tell_numbers(world, "L7")
    save(world, "支部長あて依頼文", "L7", tmp_path / "a.pdf")
    tell(world, "L7", "支部長あて依頼文", "支部長", "手渡し")
    event = by_id(world.store.database, Event, world.events["L7"])
    event_moves.move_event(
        acting(world.store), event_id=event.id, new_date=event.event_date + timedelta(days=7), reason="会場の都合"
    )
    changed = lines(world, "L7", "変更あり")
    assert {(one.document_kind, one.matter_status.changed_facts[0].name) for one in changed} == {
        ("参加人数連絡書", "実施日"),
        ("支部長あて依頼文", "実施日"),
    }
    assert [label for label, _ in home(world, "L7")] == ["参加人数の変更を連絡する", "通知後の変更連絡"]
    event_moves.move_event(acting(world.store), event_id=event.id, new_date=event.event_date, reason="元の日に戻す")
    assert not lines(world, "L7", "変更あり")


def test_a_name_put_right_after_the_letter_was_told_is_said(world):
    (told,) = [one for one in lines(world, "L6", "通知済", "変更あり") if one.document_kind == "決定通知"]
    assert told.matter_status.status == "通知済"
    put_a_name_right(world, "L6")
    (told,) = [one for one in lines(world, "L6", "通知済", "変更あり") if one.document_kind == "決定通知"]
    assert (told.matter_status.status, [one.name for one in told.matter_status.changed_facts]) == ("変更あり", ["宛先"])
    assert ("通知後の変更連絡", "前の名前で出した通知1件") in home(world, "L6")


def test_a_change_of_a_letter_binds_nobody_once_the_event_was_held_even_on_its_day(world):
    put_a_name_right(world, "L6")
    day = by_id(world.store.database, Event, world.events["L6"]).event_date
    assert "通知後の変更連絡" in [label for label, _ in home(world, "L6", day)]
    mark_held(ActionContext(world.store, BY, datetime.combine(day, time(17))), event_id=world.events["L6"])
    assert "通知後の変更連絡" not in [label for label, _ in home(world, "L6", day)]
    named = ("通知後の変更連絡", "前の名前で出した通知1件")
    assert named in untold(world, "L6", day)
    coming = {one.person_id for one in rows(world.store.database, Entry, event_id=world.events["L6"])}
    other = next(one for one in rows(world.store.database, Person) if one.id not in coming)
    after = datetime.combine(day + timedelta(days=9), time(9))
    with world.store.change(action="氏名を直す", by=BY, now=after, subject="person") as change:
        change.update(Person, other.id, name="髙見本")
    assert named in untold(world, "L6", after.date()), "a name of somebody else is nothing to this letter"


def test_what_was_not_told_before_an_event_stands_under_what_was_not_recorded_and_what_came_later_does_not(
    world, tmp_path
):
    tell_numbers(world, "L6")
    save(world, "支部長あて依頼文", "L6", tmp_path / "a.pdf")
    save(world, "受付名簿", "L6", tmp_path / "名簿.pdf")
    day = by_id(world.store.database, Event, world.events["L6"]).event_date
    after = day + timedelta(days=9)
    assert "参加人数の変更を連絡する" not in [label for label, _ in untold(world, "L6", after)]
    entry = rows(world.store.database, Entry, event_id=world.events["L6"], state="決定")[0]
    goes = {"action": "欠席の連絡", "by": BY, "event_id": world.events["L6"], "subject": "roster"}
    with world.store.change(now=NOW, **goes) as change:
        change.update(Entry, entry.id, absent_told_at=NOW)
    before = home(world, "L6", day)
    assert "参加人数の変更を連絡する" in [label for label, _ in before]
    found = untold(world, "L6", after)
    assert ("伝えたと記録する", "支部長あて依頼文") in found
    assert [one for one in before if one[0] == "参加人数の変更を連絡する"] == [
        one for one in found if one[0] == "参加人数の変更を連絡する"
    ]
    assert "当日の紙を差し替える" not in [label for label, _ in found]
    come = datetime.combine(after, time(9))
    with world.store.change(now=come, **goes) as change:
        change.update(Entry, entry.id, attendance="欠席", late=False)
    assert untold(world, "L6", after) == found, "who was there is no change of who was to come"
    assert untold(world, "L6", day - timedelta(days=1)) == []


def test_what_changes_after_the_day_was_not_to_be_told(world):
    tell_numbers(world, "L6")
    day = by_id(world.store.database, Event, world.events["L6"]).event_date
    after = datetime.combine(day + timedelta(days=9), time(9))
    before = untold(world, "L6", after.date())
    entry = rows(world.store.database, Entry, event_id=world.events["L6"], state="決定")[0]
    with world.store.change(action="直した", by=BY, now=after, event_id=world.events["L6"], subject="roster") as change:
        change.update(Entry, entry.id, absent_told_at=after)
    with world.store.change(action="氏名を直す", by=BY, now=after, subject="person") as change:
        change.update(Person, entry.person_id, name="髙見本")
    assert lines(world, "L6", "変更あり")
    assert untold(world, "L6", after.date()) == before


def test_a_name_put_right_after_the_roster_was_printed_is_said_on_home(world, tmp_path):
    save(world, "受付名簿", "L6", tmp_path / "名簿.pdf")
    save(world, "区報原稿", "L6", tmp_path / "区報.pdf")
    # Nobody waits to be told by them.
    assert {kind for kind, _ in said(world, "L6", "未通知")} >= {"当日資料一式", "区報原稿"}
    assert "伝えたと記録する" not in {label for label, _ in home(world, "L6")}
    put_a_name_right(world, "L6")
    assert ("当日の紙を差し替える", "作成のあと 名簿の名前が変わりました") in home(world, "L6")
    save(world, "受付名簿", "L6", tmp_path / "名簿2.pdf")
    assert "当日の紙を差し替える" not in {label for label, _ in home(world, "L6")}


def test_the_decision_on_a_dispatch_is_told_to_its_organisation_before_anybody_of_it_is_named(world, tmp_path):
    store, event_id = world.store, world.events["D3"]
    with store.change(action="申込を除く", by=BY, now=NOW, event_id=event_id) as change:
        for entry in rows(store.database, Entry, event_id=event_id):
            change.update(Entry, entry.id, absent_told_at=NOW)
    save(world, "決定通知", "D3", tmp_path / "a.pdf")
    assert ("決定通知", "1団体") in said(world, "D3", "未通知")
    # Its 決定通知 is 決裁済 and not 施行: it can only have been told by word.
    told_how = {"told_to": "見本わかば町会", "told_how": "電話", "words": "派遣に決まったと伝えた"}
    notification.notify(acting(store), event_id=event_id, key="決定通知", **told_how)
    event = by_id(store.database, Event, event_id)
    before = by_id(store.database, Organisation, event.organisation_id)
    organisations.update_organisation(acting(store), organisation=replace(before, name="見本わかば台町会"))
    (told,) = [one for one in lines(world, "D3", "変更あり") if one.document_kind == "決定通知"]
    assert [one.words for one in told.matter_status.changed_facts] == ["派遣先 見本わかば町会 → 見本わかば台町会"]
    for name, words in (("訪問", "訪問先"), ("出前講座", "実施先")):
        with store.change(action="種類の名前を変える", by=BY, now=NOW, event_id=event_id) as change:
            change.update(Event, event_id, kind_name=name)
        (told,) = [one for one in lines(world, "D3", "変更あり") if one.document_kind == "決定通知"]
        assert [one.name for one in told.matter_status.changed_facts] == [words], "as the year calls its visits"
    with store.change(action="種類の名前を変える", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, kind_name="")
    new_date = event.event_date + timedelta(days=7)
    event_moves.move_event(acting(store), event_id=event_id, new_date=new_date, reason="団体の都合")
    (told,) = [one for one in lines(world, "D3", "変更あり") if one.document_kind == "決定通知"]
    assert [one.name for one in told.matter_status.changed_facts] == ["派遣先"], "another day is told by the 変更通知"
    assert "変更通知" in [one.document_kind for one in lines(world, "D3", "未作成")]


def test_words_typed_by_mistake_can_be_taken_out_of_what_was_told(world):
    store = world.store
    expect(world, "L7", 14)
    headcount_services.make_headcount_notice(acting(store), event_id=world.events["L7"])
    how = {"told_to": "業務責任者", "told_how": "メール"}
    made = notification.notify(
        acting(store), event_id=world.events["L7"], key="人数", words="見本 花子さんの件も", **how
    ).id

    def words():
        return by_id(store.database, Notification, made).reason

    notification.correct_notification(acting(store), notification_id=made, told_to="主任", told_how="メール")
    assert words() == "見本 花子さんの件も", "what nobody touched stays"
    notification.correct_notification(acting(store), notification_id=made, words="", **how)
    assert words() == ""


def test_a_copy_that_leaves_again_makes_nothing_new_that_waits_to_be_told(world, tmp_path):
    """What is looked up and handed out once more was told long ago, and says what was so then."""
    store, event_id = world.store, world.events["L7"]

    def make_and_tell(name):
        save(world, "支部長あて依頼文", "L7", tmp_path / name)
        tell(world, "L7", "支部長あて依頼文", "支部長", "手渡し")
        return rows(store.database, Outgoing, document_kind="支部長あて依頼文", order="-id")[0]

    first = make_and_tell("a.pdf")
    event_moves.move_event(
        acting(store),
        event_id=event_id,
        new_date=by_id(store.database, Event, event_id).event_date + timedelta(days=7),
        reason="会場の都合",
    )
    make_and_tell("b.pdf")
    assert not lines(world, "L7", "未通知")
    later = {"by": BY, "now": NOW + timedelta(hours=1)}
    issued_copies.note_copy_print(
        ActionContext(store, **later), outgoing_id=first.id, copies=1, pages=1, use=PrintUse.HANDOUT
    )
    issued_copies.save_copy(
        ActionContext(store, **later),
        outgoing_id=first.id,
        options=SaveOptions(path=tmp_path / "c.pdf", reason="求めによる"),
    )
    assert not lines(world, "L7", "未通知")


def test_a_change_of_the_place_alone_can_be_told_by_a_change_notice(world):
    expect(world, "L7", 14)
    tell_numbers(world, "L7")
    event = by_id(world.store.database, Event, world.events["L7"])
    draft = replace(event_drafts.draft_of(event), room="第2研修室")
    event_changes.update_event(acting(world.store), event_id=event.id, draft=draft)
    tell_numbers(world, "L7", reason="部屋が変わりました")
    assert not lines(world, "L7", "変更あり", "未通知")
    assert said(world, "L7", "通知済")[0] == ("参加人数変更連絡書", "第2報 14人")


def test_an_act_says_what_its_copy_says_and_undo_takes_it_back(world, tmp_path):
    save(world, "支部長あて依頼文", "L7", tmp_path / "a.pdf")
    copy = rows(world.store.database, Outgoing, order="-id")[0]
    acts = len(rows(world.store.database, Notification))
    how = {"told_on": date(2026, 11, 30), "told_by": "見本　林"}
    saved = tell(world, "L7", "支部長あて依頼文", "支部長", "手渡し", **how)
    act = by_id(world.store.database, Notification, saved.id)
    assert (act.outgoing_id, act.told_on, act.told_to, act.told_how, act.told_by, act.by) == (
        copy.id, date(2026, 11, 30), "支部長", "手渡し", "見本　林", BY,
    )  # fmt: skip
    assert act.facts == copy.facts[act.key]
    assert issued_copies.open_copy(world.store, outgoing_id=act.outgoing_id).agrees
    history_services.undo(world.store, by=BY, now=NOW)
    assert said(world, "L7", "未通知") == [("支部長あて依頼文", "")]
    assert len(rows(world.store.database, Notification)) == acts + 1  # the row stays, marked
    history_services.redo(world.store, by=BY, now=NOW)
    assert not lines(world, "L7", "未通知")


def test_told_as_the_paper_said_it_even_when_something_changed_meanwhile(world, tmp_path):
    save(world, "支部長あて依頼文", "L7", tmp_path / "a.pdf")
    event = by_id(world.store.database, Event, world.events["L7"])
    draft = replace(event_drafts.draft_of(event), room="第2研修室")
    event_changes.update_event(acting(world.store), event_id=event.id, draft=draft)
    tell(world, "L7", "支部長あて依頼文", "支部長", "手渡し")
    (line,) = lines(world, "L7", "変更あり")
    assert (line.document_kind, [one.name for one in line.matter_status.changed_facts]) == (
        "支部長あて依頼文",
        ["会場"],
    )


def test_taking_back_needs_a_reason_and_the_matter_waits_again(world):
    expect(world, "L7", 14)
    tell_numbers(world, "L7")
    act = next(one.matter_status.notification for one in lines(world, "L7", "通知済"))
    with pytest.raises(UserError, match="理由が書かれていません"):
        notification.withdraw_notification(acting(world.store), notification_id=act.id, reason=" ")
    notification.withdraw_notification(acting(world.store), notification_id=act.id, reason="取り違え")
    assert said(world, "L7", "未通知") == [("参加人数連絡書", "第1報 14人")]
    kept = by_id(world.store.database, Notification, act.id)
    assert (kept.withdrawn, kept.withdrawn_reason, kept.told_to) == (True, "取り違え", "業務責任者")
    with pytest.raises(UserError, match="もう取り消されています"):
        notification.withdraw_notification(acting(world.store), notification_id=act.id, reason="取り違え")


def test_set_aside_with_a_reason_leaves_home_until_something_else_changes(world, tmp_path):
    save(world, "支部長あて依頼文", "L7", tmp_path / "a.pdf")
    given = {"event_id": world.events["L7"], "key": "支部長あて依頼文"}
    with pytest.raises(UserError, match="見送る理由"):
        notification.set_aside(acting(world.store), **given, reason="")
    notification.set_aside(acting(world.store), **given, reason="支部長会が中止になった")
    assert home(world, "L7") == []
    assert said(world, "L7", "見送り") == [("支部長あて依頼文", "")]
    save_later = {"by": BY, "now": datetime(2026, 12, 1, 9, 30)}
    event = by_id(world.store.database, Event, world.events["L7"])
    event_changes.update_event(
        ActionContext(world.store, **save_later),
        event_id=event.id,
        draft=replace(event_drafts.draft_of(event), room="第2研修室"),
    )
    document_saving.save_document(
        ActionContext(world.store, **save_later),
        event_id=event.id,
        kind="支部長あて依頼文",
        format="pdf",
        options=SaveOptions(path=tmp_path / "b.pdf"),
    )
    assert said(world, "L7", "未通知") == [("支部長あて依頼文", "")]


def test_nobody_is_told_nothing(world):
    context = acting(world.store)
    given = {"event_id": world.events["L7"], "key": "人数"}
    with pytest.raises(UserError, match="相手または方法"):
        notification.notify(context, told_to="", told_how="電話", **given)
    with pytest.raises(UserError, match="本日より後"):
        notification.notify(context, told_to="業務責任者", told_how="電話", told_on=date(2026, 12, 2), **given)
    with pytest.raises(UserError, match=r"まだ作成されていません|もうありません"):
        notification.notify(context, told_to="業務責任者", told_how="電話", **given)


def test_an_event_that_is_over_waits_for_nothing(world, tmp_path):
    save(world, "支部長あて依頼文", "L7", tmp_path / "a.pdf")
    day = by_id(world.store.database, Event, world.events["L7"]).event_date
    assert home(world, "L7", day)
    assert not home(world, "L7", day + timedelta(days=1))


def test_every_letter_of_an_event_tells_something():
    from app.documents.services.notification_kinds import NOTIFICATIONS

    told = {kind for one in NOTIFICATIONS for kind in one.names_in_log}
    assert set(letter_documents.NOTICE_DOCUMENTS) - told == {"起案資料", "宛名ラベル"}


def test_a_letter_about_a_report_is_told_once_made_and_ends_when_the_report_comes(world, tmp_path):
    assert not [one for one in said(world, "L6", "未作成") if one[0].startswith("報告書")]
    scope, kind = DocumentScope(event_id=world.events["L6"]), "報告書の提出のお願い"
    with pytest.raises(document_states.StoppedByState, match="開いたあとにお願いします"):
        save(world, kind, "L6", tmp_path / "a.pdf")
    document_states.override_stop(acting(world.store), scope=scope, kind=kind, reason="見本を見せるため")
    save(world, kind, "L6", tmp_path / "a.pdf")
    assert said(world, "L6", "未通知") == [("報告書の提出のお願い", "")]
    tell(world, "L6", "報告書の提出のお願い", "業務責任者", "メール")
    assert not lines(world, "L6", "未通知", "変更あり")
