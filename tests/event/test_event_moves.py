"""Moving and cancelling events: what moves is shown before it is saved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.event.screens.event_facts import fact_lines
from app.event.services import event_cancellation, event_changes, event_drafts, event_moves, event_view, recruitment
from app.event.services.tasks import deadlines
from app.events.materials.services import materials
from app.events.roster.services import entry_changes
from app.home.today.services import home
from app.year.dates.services import close_year_task, override_year_deadline, remove_year_override, reopen_year_task
from db.records.agreements import Agreement
from db.records.calls import Call, CallOutcome, CallTarget, ChangeDecision, DecisionKind
from db.records.documents import Letter, Notification
from db.records.events import Event, RecruitmentStep
from db.records.programme import Programme
from db.records.roster import Arrangement, Entry
from db.records.submissions.materials import MaterialResult
from db.records.venues import Booking
from db.rows import by_id, rows
from db.tables import agreements, journal
from db.tables import deadlines as deadline_table
from db.tables import events as table
from tests.support.cancelling import cancel_event
from tests.support.left_papers import notification
from tests.support.sample import NOW as SAMPLE_NOW
from tests.support.sample import event_id as event_of_sample
from tests.support.sample import sample_store
from tests.support.years import BY, NOW, TODAY, acting, add_lecture, at, expect_people, tell_people, the_event


@pytest.fixture
def event_id(store):
    return add_lecture(store)


@pytest.fixture
def day(store, event_id):
    return the_event(store, event_id).event_date


def approved(event_id, day, room, on) -> Booking:
    return Booking(venue_name="みほん区民館", room=room, event_id=event_id, day=day, state="承認", approved_on=on)


def there_and_back(store, event_id, day) -> None:
    """Move an event by a week and back to its old day."""
    for new_date, reason in ((day + timedelta(days=7), "講師の都合"), (day, "元の日に戻す")):
        event_moves.move_event(acting(store), event_id=event_id, new_date=new_date, reason=reason)


def test_moving_an_event_shows_every_deadline_it_moves(store, event_id):
    preview = event_moves.preview_move(store, event_id=event_id, new_date=date(2026, 9, 28), today=date(2026, 9, 16))

    rows = {row.task: row for row in preview.rows}
    assert (rows["人数連絡"].old.due, rows["人数連絡"].new.due) == (date(2026, 9, 18), date(2026, 9, 18))
    assert (rows["実施報告書"].old.due, rows["実施報告書"].new.due) == (date(2026, 10, 24), date(2026, 10, 28))
    notes = {row.task: (row.old.note, row.new.note) for row in preview.rows if row.old.note or row.new.note}
    assert notes == {
        "人数連絡": ("暦どおり 9/19(土)", "暦どおり 9/23(水・祝)"),
        "実施報告書": ("休日の場合 10/26(月)", ""),
    }
    assert (rows["実施報告書"].basis, rows["資料確認"].basis) == ("仕4(1)コ 1か月以内", "仕4(1)キ 2週間前")
    later = {"人数連絡": "変わりません", "提案書": "仮のまま"} | dict.fromkeys(
        ("設問の決定", "当日資料一式"), "7日後ろへ"
    )
    later |= {"会長あて送付": "6日後ろへ"} | dict.fromkeys(("アンケートの検算", "決定"), "2日後ろへ")
    assert {row.task: row.words for row in preview.rows} == dict.fromkeys(rows, "4日後ろへ") | later
    assert (preview.moved_count, preview.unmoved_count, preview.missed_count) == (14, 2, 0)
    assert the_event(store, event_id).event_date == date(2026, 9, 24)


OUTSIDE = (
    "実施日 R9 1/13(水) は、講習会の期間（9/1(火)から12/25(金)まで。仕様書4(1)ア）の外です。"
    "協議の記録と理由が要ります。"
)
SUNDAY = "令和8年9月27日（日）は閉庁日（日曜日）です。会場と職員の体制を確かめてください。"


@pytest.mark.parametrize("people", [None, 5])
@pytest.mark.parametrize(
    ("old", "new", "needed", "warned", "missed"),
    [
        (date(2026, 9, 24), date(2026, 9, 29), True, (), 0), (date(2026, 9, 24), date(2026, 9, 27), True, (SUNDAY,), 0),
        (date(2026, 9, 24), date(2027, 1, 13), True, (OUTSIDE,), 0), (None, date(2026, 9, 29), False, (), 5),
        (None, date(2026, 9, 27), False, (SUNDAY,), 5), (None, date(2027, 1, 13), True, (OUTSIDE,), 0),
        (date(2026, 9, 24), date(2027, 4, 1), False, (OUTSIDE.replace("1/13(水)", "4/1(木)"),), 0),
    ],
)  # fmt: skip
def test_a_first_day_needs_a_reason_only_where_the_contract_asks_and_what_stood_before_is_not_warned_of_again(
    store, old, new, needed, warned, missed, people
):
    event_id = add_lecture(store, old)
    if people is not None and old is not None:
        expect_people(store, event_id, people)
    found = event_moves.preview_move(store, event_id=event_id, new_date=new, today=date(2026, 9, 2))
    assert tuple(one.text for one in found.warnings) == warned
    refused = "実施日 R9 4/1(木) は、履行期間（R9 3/31(水)まで。仕様書3）の外です。" if new.month == 4 else ""
    assert found.refusal.startswith(refused)
    assert found.asked == (("仕4(1)ア",) if warned and warned != (SUNDAY,) else ())
    assert (found.reason_needed, found.missed_count) == (needed, missed)
    assert found.contract_change is bool(found.refusal) is bool(refused)


def test_a_deadline_is_missed_by_a_move_from_the_day_after_its_new_day_to_its_old_one(store, event_id):
    days = (date(2026, 9, 3), date(2026, 9, 4), date(2026, 9, 10), date(2026, 9, 11))
    found = [event_moves.preview_move(store, event_id=event_id, new_date=date(2026, 9, 17), today=day) for day in days]
    missed = [row.is_past for one in found for row in one.rows if row.task == "資料確認"]
    assert missed == [False, True, True, False], "its days are 9/10 and 9/3"


@pytest.mark.parametrize(
    ("before", "changed", "other_room", "kept"),
    [
        ("研修室", {}, False, True), ("研修室", {"start_time": "15:00"}, False, True),
        ("研修室", {"room": "和室"}, True, False), ("研修室", {"venue": "見本会館"}, True, False),
        ("研修室", {"room": ""}, False, True), ("", {"room": "研修室"}, False, True),
        ("研修室", {"event_date": date(2026, 9, 25)}, False, False),
        ("", {"room": "研修室", "event_date": date(2026, 9, 25)}, False, False),
    ],
)  # fmt: skip
def test_an_approval_holds_for_its_day_and_room(store, event_id, before, changed, other_room, kept):
    with store.change(action="使用承認", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, room=before, venue_booked_on=TODAY)
    context = event_moves.read_move_context(store, event_id=event_id, today=TODAY)
    event = the_event(store, event_id)
    moved_event = replace(event, **changed)
    assert event_moves.is_in_another_room(event, moved_event) is other_room
    assert event_moves.is_in_another_room(replace(event, venue=""), moved_event) is False
    assert context.approval_after(moved_event) == (TODAY if kept else None)


def test_what_is_done_stays_done_and_says_so(store, event_id):
    material = materials.add_material(acting(store), event_id=event_id, title="スライド").id
    version = materials.receive_version(acting(store), material_id=material, data=b"x", name="a.pptx").id
    materials.set_result(acting(store), version_id=version, result=MaterialResult.CHECKED)

    preview = event_moves.preview_move(store, event_id=event_id, new_date=date(2026, 9, 28), today=TODAY)
    row = next(row for row in preview.rows if row.task == "資料確認")

    assert row.words == "済のまま"
    assert not row.is_changed
    assert row.done_on == TODAY
    assert row.basis == "期限 9/10(木)。済んだ期限は動かしません"


def test_letters_calls_and_booking_are_named_and_become_things_to_do(store):
    event_id = add_lecture(store, venue_booked_on=date(2026, 4, 20))
    expect_people(store, event_id, 9, 8)
    tell_people(store, event_id)
    notice = next(step for step in table.recruitment_steps(store.database, event_id) if step.name == "決定通知")
    recruitment.tick_step(acting(store), step_id=notice.id)

    preview = event_moves.preview_move(store, event_id=event_id, new_date=date(2026, 9, 28), today=TODAY)
    texts = " ".join(row.text for row in preview.follow_ups)
    assert "9/24(木)　14:00–16:00 と知らせた書類：決定通知 17人分（9/1(火) 済）" in texts
    assert "変更通知（起案・決裁）で、変わったことを知らせます" in texts
    assert "2団体へ電話" in texts
    assert "みほん区民館 9/28(月) の使用承認がまだありません" in texts
    assert "参加人数は 9/1(火) に受託者へ連絡済" in texts

    saved = event_moves.move_event(
        acting(store), event_id=event_id, new_date=date(2026, 9, 28), reason="受託者の申出による"
    )

    assert f"期限{preview.moved_count}件が動きました" in saved.message
    event = the_event(store, event_id)
    assert (event.event_date, event.ordinal, event.venue_booked_on) == (date(2026, 9, 28), 1, None)
    added = [step for step in table.recruitment_steps(store.database, event_id) if step.note == "日付の変更による"]
    assert [step.name for step in added] == ["日程変更の通知", "日程変更の連絡", "会場の使用承認"]
    shown = {row.task.label: row.task for row in home.read_home(store, today=date(2026, 9, 2)).rows}
    assert shown["日程変更の通知"].rule == "日付の変更による"
    record = agreements.of_event(store.database, event_id)[-1]
    assert (record.topic, record.settled_on, record.nature) == ("日程の変更", TODAY, "協議で足りる")

    booking = added[-1]
    recruitment.tick_step(acting(store), step_id=booking.id, on=date(2026, 9, 3))
    assert the_event(store, event_id).venue_booked_on == date(2026, 9, 3)


def test_the_reason_of_a_move_is_no_reason_for_too_few_people(store):
    """It stood as 理由を記録済 beside one person, where the contract asks for ten."""
    context, event_id = acting(store), add_lecture(store)
    expect_people(store, event_id, 1)

    def people_line():
        view = event_view.read_event(store, event_id=event_id, today=TODAY)
        return next(one.second for one in fact_lines(view, TODAY) if one.id == "参加")

    event_moves.move_event(context, event_id=event_id, new_date=date(2026, 9, 28), reason="会場の都合")
    assert the_event(store, event_id).exception_reason == ""
    assert "会場の都合" in str(agreements.of_event(store.database, event_id)[-1])
    event_moves.move_event(context, event_id=event_id, new_date=date(2027, 1, 13), reason="会場の改修")
    moved = the_event(store, event_id)
    assert (moved.exception_reason, moved.exception_kind) == ("会場の改修", "協議で足りる")
    assert "理由を記録済" not in people_line()

    few = replace(event_drafts.draft_of(moved), expected_people=1)
    with pytest.raises(UserError, match=r"下回ります.*「会場の改修」は、ほかの違いの理由です"):
        event_changes.update_event(context, event_id=event_id, draft=few)
    both = replace(few, exception_reason="会場の改修。申込みが少ないため")
    event_changes.update_event(context, event_id=event_id, draft=both)
    assert "理由を記録済" in people_line()

    event_moves.move_event(context, event_id=event_id, new_date=date(2027, 1, 14), reason="講師の都合")
    assert the_event(store, event_id).exception_reason == "会場の改修。申込みが少ないため／講師の都合"


def test_a_question_to_the_contract_section_stays_open_until_it_is_answered(store, event_id):
    ask = "契約変更の要否を契約課へ確認"

    event_moves.move_event(
        acting(store), event_id=event_id, new_date=date(2027, 1, 13), reason="会場の改修", nature=ask
    )

    record = agreements.of_event(store.database, event_id)[-1]
    assert record.settled_on is None
    assert the_event(store, event_id).exception_kind == ask


def test_a_move_needs_a_reason_and_a_change(store, event_id):
    with pytest.raises(UserError, match="理由が書かれていません"):
        event_moves.move_event(acting(store), event_id=event_id, new_date=date(2026, 9, 28), reason=" ")
    with pytest.raises(UserError, match="日付も時刻も変わっていません"):
        event_moves.move_event(acting(store), event_id=event_id, new_date=date(2026, 9, 24), reason="理由")


def test_a_date_set_by_hand_is_shown_with_its_reason_and_ends_with_a_move(store, event_id):
    deadlines.override_deadline(
        acting(store), event_id=event_id, task="人数連絡", due=date(2026, 9, 16), reason="受託者の希望"
    )

    task = next(t for t in deadlines.event_tasks(store, event_id=event_id, today=TODAY) if t.task == "人数連絡")
    assert (task.due, task.nominal, task.working) == (date(2026, 9, 16), date(2026, 9, 19), date(2026, 9, 18))
    assert task.basis_short == "手で変更（受託者の希望）"

    preview = event_moves.preview_move(store, event_id=event_id, new_date=date(2026, 10, 7), today=TODAY)
    row = next(row for row in preview.rows if row.task == "人数連絡")
    assert row.old.due == date(2026, 9, 16)
    assert "手で変えた期限は計算に戻ります" in row.basis
    event_moves.move_event(acting(store), event_id=event_id, new_date=date(2026, 10, 7), reason="会場")
    assert deadline_table.overrides_of(store.database, event_id) == []


def test_a_deadline_by_hand_needs_a_reason_and_can_be_taken_back(store, event_id):
    with pytest.raises(UserError, match="理由が書かれていません"):
        deadlines.override_deadline(acting(store), event_id=event_id, task="人数連絡", due=TODAY, reason="")
    deadlines.override_deadline(acting(store), event_id=event_id, task="人数連絡", due=date(2026, 9, 16), reason="希望")

    deadlines.remove_override(acting(store), event_id=event_id, task="人数連絡")

    task = next(t for t in deadlines.event_tasks(store, event_id=event_id, today=TODAY) if t.task == "人数連絡")
    assert task.override is None


def test_a_deadline_is_closed_by_hand_with_what_it_rests_on_and_can_be_opened_again(store, event_id):
    who = {"event_id": event_id, "task": "資料案の受領"}
    done = {**who, "closed_on": TODAY, "reason": "打合せで受け取った"}

    def task():
        found = deadlines.event_tasks(store, event_id=event_id, today=TODAY)
        return next(one for one in found if one.task == who["task"])

    label = task().label
    for wrong, words in (
        ({"reason": " "}, "理由が書かれていません"),
        ({"closed_on": TODAY + timedelta(days=1)}, "本日より後の日"),
        ({"task": "看板の準備"}, "の期限はありません"),
    ):
        with pytest.raises(UserError, match=words):
            deadlines.close_event_task(acting(store), **done | wrong)
    with pytest.raises(UserError, match="手で済にしたものではありません"):
        deadlines.reopen_event_task(acting(store), **who)
    assert task().is_open
    said = deadlines.close_event_task(acting(store), **done).message
    assert said.startswith(f"「{label}」を")
    assert (task().completed_on, task().closed_because) == (TODAY, "打合せで受け取った")
    other = add_lecture(store, date(2026, 10, 7))
    found = {one.task: one for one in deadlines.event_tasks(store, event_id=other, today=TODAY)}
    assert found[who["task"]].is_open, "that of another event stays open"
    with pytest.raises(UserError, match="もう済んでいます"):
        deadlines.close_event_task(acting(store), **done)
    deadlines.reopen_event_task(acting(store), **who)
    assert task().is_open


def test_the_proposal_is_a_range_until_every_event_has_its_day_and_then_moves_with_the_last(store, event_id):
    def proposal(today):
        preview = event_moves.preview_move(store, event_id=event_id, new_date=date(2026, 10, 7), today=today)
        return preview, next(row for row in preview.rows if row.task == "提案書")

    preview, row = proposal(TODAY)
    assert (row.old.provisional_words, row.new.provisional_words) == (
        "仮 10/8(木)〜R9 3/29(月)",
        "仮 10/21(水)〜R9 3/29(月)",
    )
    assert (row.is_changed, row.words) == (False, "仮のまま")
    assert "日程未定または未計画" in row.basis
    assert preview.moved_count == sum(each.is_changed for each in preview.rows if each.task != "提案書")

    _preview, row = proposal(date(2027, 3, 20))
    assert (row.old.provisional_words, row.new.provisional_words, row.is_changed) == ("", "", True)
    assert (row.old.due, row.new.due) == (date(2026, 10, 8), date(2026, 10, 21))


def test_the_day_of_the_last_undated_event_decides_that_of_the_proposal_unless_it_was_set_or_none_is_owed(store):
    """The preview moved a 提案書 whose day was set by hand, and one that was received."""
    undated = add_lecture(store, None)
    context = acting(store, date(2027, 3, 16))

    def row():
        move = {"event_id": undated, "new_date": date(2027, 3, 17), "today": context.today}
        return [one for one in event_moves.preview_move(store, **move).rows if one.task == "提案書"]

    (found,) = row()
    assert (found.old, found.new) == (
        event_moves.MoveDay(due=date(2027, 1, 8), provisional_words="仮 〜1/8(金)"),
        event_moves.MoveDay(due=date(2027, 3, 31)),
    )
    assert (found.is_changed, found.words, found.basis) == (True, "日が決まる", "仕4(4) 2週間以内")
    override_year_deadline(context, programme_id=1, task="提案書", due=date(2027, 3, 20), reason="協議")
    assert row() == []
    remove_year_override(context, programme_id=1, task="提案書")
    close_year_task(context, programme_id=1, task="提案書", closed_on=context.today, reason="受領した")
    assert row() == []
    reopen_year_task(context, programme_id=1, task="提案書")
    assert row() == [found]
    with store.change(action="契約", by=BY, now=NOW) as change:
        change.update(Programme, 1, proposal_period="")
    assert row() == []


def test_a_deadline_that_was_closed_by_hand_does_not_move(store, event_id):
    done = {"event_id": event_id, "task": "資料案の受領", "closed_on": TODAY, "reason": "打合せで受け取った"}
    deadlines.close_event_task(acting(store), **done)
    preview = event_moves.preview_move(store, event_id=event_id, new_date=date(2026, 9, 28), today=TODAY)
    row = next(row for row in preview.rows if row.task == "資料案の受領")
    assert (row.words, row.done_on, row.is_changed, row.is_past) == ("済のまま", TODAY, False, False)
    assert row.basis == "期限 9/3(木)。済んだ期限は動かしません"


def test_fewer_events_than_the_specification_leave_an_open_matter(store, event_id):
    before = len(agreements.of_event(store.database, event_id))
    cancel_event(store, event_id=event_id, reason="台風の接近", nature="契約変更の要否を契約課へ確認", by=BY, now=NOW)
    topics = agreements.of_event(store.database, event_id)
    assert len(topics) == before + 1
    added = next(row for row in topics if row.topic == "契約変更の要否")
    assert (added.partner, added.settled_on) == ("契約課", None)


def test_cancelling_keeps_the_reason_and_ends_the_tasks(store, event_id):
    recruitment.tick_step(acting(store), step_id=table.recruitment_steps(store.database, event_id)[0].id)
    cancel_event(store, event_id=event_id, reason="台風の接近", by=BY, now=at(date(2026, 9, 23)))

    shown = event_view.read_event(store, event_id=event_id, today=TODAY).steps
    assert [one.done_on is not None for one in shown] == [True], "what is open of its recruitment comes no more"
    assert [one.task for one in deadlines.event_tasks(store, event_id=event_id, today=TODAY)] == ["中止の協議"]
    event = the_event(store, event_id)
    assert (event.status, event.cancelled_on, event.cancel_reason) == ("中止", date(2026, 9, 23), "台風の接近")
    with pytest.raises(UserError, match="中止です"):
        event_moves.move_event(acting(store), event_id=event_id, new_date=date(2026, 10, 7), reason="延期")
    event_cancellation.restore_event(acting(store), event_id=event_id)
    assert the_event(store, event_id).status == "予定"


def test_a_move_to_other_hours_of_the_same_day_says_the_hours(store, event_id):
    event = the_event(store, event_id)
    other = {"new_date": event.event_date, "start_time": "15:00", "end_time": "17:00"}
    with pytest.raises(UserError, match="時刻を変える理由"):
        event_moves.move_event(acting(store), event_id=event_id, reason=" ", **other)
    saved = event_moves.move_event(acting(store), event_id=event_id, reason="会場の都合。", **other)

    assert saved.message == f"{event.full_title}の時刻を15:00–17:00に変えました。動いた期限はありません。"
    assert journal.entries(store.database)[0].action == f"{event.full_title}の時刻を15:00–17:00に変えた"
    (record,) = rows(store.database, Agreement, event_id=event_id, topic="日程の変更")
    assert record.content == (
        f"{long_date(event.event_date)}の{event.start_time}–{event.end_time}から15:00–17:00へ。会場の都合。"
    )


def test_back_on_the_old_day_the_place_is_approved_as_it_was(store, event_id, day):
    with store.change(action="使用承認", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, venue_booked_on=date(2026, 8, 20))

    event_moves.move_event(acting(store), event_id=event_id, new_date=day + timedelta(days=7), reason="講師の都合")
    assert the_event(store, event_id).venue_booked_on is None
    assert "会場の使用承認" in [
        step.name for step in table.recruitment_steps(store.database, event_id) if step.done_on is None
    ]

    preview = event_moves.preview_move(store, event_id=event_id, new_date=day, today=TODAY)
    assert "みほん区民館 9/24(木) の使用承認（8/20(木)）がそのまま使えます。" in [
        one.text for one in preview.follow_ups
    ]
    event_moves.move_event(acting(store), event_id=event_id, new_date=day, reason="元の日に戻す")
    assert the_event(store, event_id).venue_booked_on == date(2026, 8, 20)
    late = [step for step in table.recruitment_steps(store.database, event_id) if step.note == "日付の変更による"]
    assert "会場の使用承認" not in [step.name for step in late]


def test_an_approval_that_was_given_back_holds_no_more(store, event_id, day):
    with store.change(action="使用承認", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, venue_booked_on=date(2026, 8, 20))
        change.insert(Booking(venue_name="みほん区民館", event_id=event_id, day=day, state="取消"))

    there_and_back(store, event_id, day)
    assert the_event(store, event_id).venue_booked_on is None


def test_a_reserve_room_that_was_given_back_leaves_the_approved_one_approved(store, event_id, day):
    with store.change(action="使用承認", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, room="第1会議室", venue_booked_on=date(2026, 8, 20))
        change.insert(Booking(venue_name="みほん区民館", room="第２会議室", event_id=event_id, day=day, state="取消"))
        change.insert(approved(event_id, day, "第１会議室", date(2026, 8, 20)))

    there_and_back(store, event_id, day)
    assert the_event(store, event_id).venue_booked_on == date(2026, 8, 20)


def test_a_room_that_was_approved_for_the_new_day_before_the_move_is_approved_after_it(store, event_id, day):
    new_day = day + timedelta(days=7)
    with store.change(action="新しい日の予約", by=BY, now=NOW, event_id=event_id) as change:
        change.insert(approved(event_id, new_day, the_event(store, event_id).room, date(2026, 8, 27)))
    event_moves.move_event(acting(store), event_id=event_id, new_date=new_day, reason="講師の都合")
    assert the_event(store, event_id).venue_booked_on == date(2026, 8, 27)
    assert "会場の使用承認" not in [step.name for step in table.recruitment_steps(store.database, event_id)]


@pytest.mark.parametrize(
    ("room", "booked", "holds"), [("", "研修室", True), ("研修室", "", True), ("和室", "研修室", False)]
)
def test_an_approved_booking_that_names_no_room_is_of_the_room_of_the_event(room, booked, holds, store, event_id, day):
    new_day = day + timedelta(days=7)
    with store.change(action="新しい日の予約", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, room=room)
        change.insert(approved(event_id, new_day, booked, date(2026, 8, 27)))
    event_moves.move_event(acting(store), event_id=event_id, new_date=new_day, reason="講師の都合")
    assert the_event(store, event_id).venue_booked_on == (date(2026, 8, 27) if holds else None)


def test_an_approval_that_was_withdrawn_holds_no_more(store, event_id, day):
    with store.change(action="使用承認", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, venue_booked_on=date(2026, 8, 20))
    with store.change(action="誤りを消した", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, venue_booked_on=None)

    there_and_back(store, event_id, day)
    assert the_event(store, event_id).venue_booked_on is None


def test_who_was_checked_in_before_the_move_is_to_be_set_back_before_the_new_day(store, event_id, day):
    with store.change(action="受付", by=BY, now=NOW, event_id=event_id) as change:
        for attendance in ("出席", "欠席", ""):
            change.insert(Entry(event_id=event_id, state="決定", attendance=attendance))

    def said(new_date, **hours):
        found = event_moves.preview_move(store, event_id=event_id, new_date=new_date, today=TODAY, **hours).follow_ups
        return "".join(one.text for one in found)

    told = "出席・欠席を2人に記録しています（旧日程）。新しい日の受付の前に、受付の画面で未受付に戻します。"
    assert told in said(day + timedelta(days=7))
    assert told not in said(day, start_time="15:00", end_time="17:00")
    with store.change(action="未受付", by=BY, now=NOW, event_id=event_id) as change:
        for one in rows(store.database, Entry, event_id=event_id):
            change.update(Entry, one.id, attendance="")
    assert "未受付" not in said(day + timedelta(days=7))


def test_who_could_not_come_on_the_old_day_is_to_be_asked_about_the_new_one(store, event_id, day):
    with store.change(action="名簿", by=BY, now=NOW, event_id=event_id) as change:
        told = {"event_id": event_id, "state": "決定", "absent_told_at": NOW}
        asked = change.insert(Entry(**told))
        replaced = change.insert(Entry(**told))
        change.insert(Entry(event_id=event_id, state="決定", substitute_for=replaced))
        change.insert(Entry(**told | {"state": "辞退"}))
        change.insert(Entry(event_id=event_id, state="決定"))

    def said(new_date):
        found = event_moves.preview_move(store, event_id=event_id, new_date=new_date, today=TODAY).follow_ups
        return "".join(one.text for one in found)

    assert "欠席の連絡が1人からあります（旧日程）。新しい日に出られるかを聞き" in said(day + timedelta(days=7))
    assert "欠席の連絡" not in said(day)
    entry_changes.take_back_absence(acting(store), entry_id=asked)
    assert "欠席の連絡" not in said(day + timedelta(days=7))


def test_whoever_was_asked_for_a_care_gets_the_new_day_as_a_thing_to_do(store, event_id, day):
    with store.change(action="手配", by=BY, now=NOW, event_id=event_id) as change:
        change.insert(
            Arrangement(event_id=event_id, kind="手話通訳", ordered_on=date(2026, 8, 25), ordered_to="みほん手話の会")
        )

    event_moves.move_event(acting(store), event_id=event_id, new_date=day + timedelta(days=7), reason="講師の都合")
    assert "手配先への日程変更の連絡" in [
        step.name for step in table.recruitment_steps(store.database, event_id) if step.done_on is None
    ]


def test_only_what_the_new_day_brings_is_warned_of(tmp_path):
    store = sample_store(tmp_path)
    moved = event_of_sample(store, "意見交換会", 2)
    with store.change(action="班の担当を空けた", by=BY, subject="events", now=SAMPLE_NOW) as change:
        change.update(Event, moved, groups=2, facilitators=None)
    about = {"event_id": moved, "today": SAMPLE_NOW.date()}
    assert event_moves.preview_move(store, new_date=date(2027, 2, 10), **about).warnings == ()
    closed = event_moves.preview_move(store, new_date=date(2027, 2, 11), **about).warnings
    assert [one.text for one in closed if "ファシリテーター" in one.text] == []
    assert closed, "a closed day is said"


def test_what_leads_up_to_a_published_opening_stays_before_it(tmp_path):
    store = sample_store(tmp_path)
    moved = event_of_sample(store, "意見交換会", 2)
    new_date = by_id(store.database, Event, moved).event_date + timedelta(days=21)
    preview = event_moves.preview_move(store, event_id=moved, new_date=new_date, today=SAMPLE_NOW.date())
    said = "".join(one.text for one in preview.follow_ups)
    assert "それまでの段取り（チラシ校了、会長あて送付）も、いまの日のままです。" in said

    event_moves.move_event(ActionContext(store, BY, SAMPLE_NOW), event_id=moved, new_date=new_date, reason="会場の都合")

    steps = {one.name: one for one in rows(store.database, RecruitmentStep, event_id=moved)}
    assert steps["受付開始"].due == date(2026, 12, 23)
    assert steps["会長あて送付"].due == date(2026, 12, 18)
    assert steps["チラシ校了"].due == date(2026, 12, 16)
    assert steps["決定通知"].due is None, "what follows the closing goes with the event"


@pytest.mark.parametrize(
    ("groups", "told"),
    [(("",), "団体のない方1人"), (("みほん町会", "", ""), " 1団体と団体のない方2人"), (("みほん町会",), " 1団体")],
)
def test_people_without_a_group_are_called_about_the_new_day_too(groups, told, store, event_id, day):
    with store.change(action="名簿", by=BY, now=NOW, event_id=event_id) as change:
        for group in groups:
            change.insert(Entry(event_id=event_id, state="決定", organisation_name=group))
    found = event_moves.preview_move(store, event_id=event_id, new_date=day + timedelta(days=7), today=TODAY)
    assert f"「中止・変更の連絡」で{told}へ電話します。" in [one.text for one in found.follow_ups]


def test_what_is_told_or_was_late_before_is_not_missed_by_a_later_day(store, event_id):
    later = {"event_id": event_id, "new_date": date(2026, 10, 1), "today": TODAY}
    before = event_moves.preview_move(store, **later)
    assert before.missed_count == 0, "what was late already is not made late by a week more"
    assert "決定通知" in [one.task for one in before.rows]
    with store.change(action="決定を知らせた", by=BY, now=NOW) as change:
        change.insert(Entry(event_id=event_id, state="決定"))
        change.insert(
            Notification(
                event_id=event_id,
                document_kind="決定通知",
                key="決定通知",
                version=0,
                title="",
                facts={},
                told_on=TODAY,
                told_to="申込団体",
                told_how="郵送",
                told_by=BY,
                by=BY,
                at=NOW,
            )
        )
    told = event_moves.preview_move(store, **later)
    assert not sorted({"支部長・会長への周知", "受付締切", "決定通知"} & {one.task for one in told.rows})


def test_the_time_before_a_move_is_said_until_those_who_come_were_called(store, event_id, day):
    with store.change(action="名簿", by=BY, now=NOW, event_id=event_id) as change:
        change.insert(Entry(event_id=event_id, state="決定", organisation_name="みほん町会"))

    def said(new_date=None, **hours):
        if new_date is not None:
            about = {"event_id": event_id, "new_date": new_date, "reason": "講師の都合"}
            event_moves.move_event(acting(store), **about, **hours)
        return event_moves.time_before_untold_move(store, the_event(store, event_id))

    known = "令和8年9月24日（木）　午後2時から午後4時まで"
    later = day + timedelta(days=7)
    assert said() == ""
    assert said(later) == known
    assert said(later, start_time="13:00") == known
    assert said(day, start_time="14:00") == "", "it is as they know it"
    assert said(day, start_time="13:00") == known
    assert rows(store.database, ChangeDecision) == [], "no letter told a day"
    (step,) = rows(store.database, RecruitmentStep, event_id=event_id, name="日程変更の連絡")
    recruitment.tick_step(acting(store), step_id=step.id)
    assert said() == ""


@pytest.fixture
def told(store, event_id) -> None:
    """The participants know the day by a letter."""
    facts = {"実施日": "2026-09-24", "時間": "14:00–16:00", "会場": "みほん区民館 研修室"}
    with store.change(action="通知", by=BY, now=NOW, event_id=event_id) as change:
        change.insert(notification("決定通知", by=BY, at=NOW, event_id=event_id, facts=facts))


KNOWN = "令和8年9月24日（木）　午後2時から午後4時まで"


def decisions(store):
    found = rows(store.database, ChangeDecision)
    assert {(one.kind, one.decided_by, one.decided_at, one.entered_on) for one in found} <= {
        (DecisionKind.NEW_TIME, "", NOW, TODAY)
    }
    return [(one.reason, one.before_time, one.before_place, one.taken_back) for one in found]


def moved(store, event_id, new_date, reason, **hours):
    event_moves.move_event(acting(store), event_id=event_id, new_date=new_date, reason=reason, **hours)
    return decisions(store)


def test_a_move_of_a_told_day_is_one_decision_until_somebody_was_told_of_it(told, store, event_id, day):
    first, second = (day + timedelta(days=days) for days in (7, 14))
    assert moved(store, event_id, first, "講師の都合") == [("講師の都合", KNOWN, "", "")]
    assert moved(store, event_id, second, "会場の都合") == [("会場の都合", KNOWN, "", "")]
    back = ("会場の都合", KNOWN, "", "9/1(火) もとの日時に戻した")
    assert moved(store, event_id, day, "元に戻す") == [back]
    with store.change(action="部屋", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, room="和室")
    once_more = ("講師の都合", KNOWN, "みほん区民館　研修室", "")
    assert moved(store, event_id, first, "講師の都合") == [back, once_more]


@pytest.mark.parametrize(
    ("outcome", "is_told"),
    [(CallOutcome.REACHED, True), (CallOutcome.MESSAGE, True), (CallOutcome.ABSENT, False), (None, False)],
)
def test_after_somebody_was_called_another_move_is_another_decision(told, store, event_id, day, outcome, is_told):
    first, second = (day + timedelta(days=days) for days in (7, 14))
    with store.change(action="名簿", by=BY, now=NOW, event_id=event_id) as change:
        entries = [change.insert(Entry(event_id=event_id, state="決定")) for _ in range(2)]
    moved(store, event_id, first, "講師の都合")
    (decision,) = rows(store.database, ChangeDecision)
    with store.change(action="電話", by=BY, now=NOW, event_id=event_id) as change:
        call = {"event_id": event_id, "target": CallTarget.ORGANISATION, "entry_id": entries[0], "by": BY, "at": NOW}
        if outcome is not None:
            change.insert(Call(decision_id=decision.id, outcome=outcome, **call))
    of_first, of_second = (("講師の都合", KNOWN, "", ""), ("会場の都合", KNOWN, "", ""))
    assert moved(store, event_id, second, "会場の都合") == ([of_first, of_second] if is_told else [of_second])


@pytest.mark.parametrize(("told_on", "is_told"), [(TODAY, True), (TODAY - timedelta(days=1), False)])
def test_after_a_letter_of_change_another_move_is_another_decision(told, store, event_id, day, told_on, is_told):
    moved(store, event_id, day + timedelta(days=7), "講師の都合")
    with store.change(action="通知", by=BY, now=NOW, event_id=event_id) as change:
        change.insert(notification("変更通知", by=BY, at=NOW, event_id=event_id, told_on=told_on))
    reasons = [one[0] for one in moved(store, event_id, day + timedelta(days=14), "会場の都合")]
    assert reasons == (["講師の都合", "会場の都合"] if is_told else ["会場の都合"])


@pytest.mark.parametrize(
    ("number", "dated", "is_told"),
    [("8練第1号", TODAY, True), ("8練第1号", TODAY - timedelta(days=1), False), ("", TODAY, False)],
)
def test_a_postponement_takes_its_new_day_without_another_decision_unless_a_letter_told_of_it_without(
    told, store, event_id, day, number, dated, is_told
):
    put_off = {"kind": DecisionKind.POSTPONEMENT, "decided_at": NOW, "decided_by": "課長", "reason": "大雪"}
    with store.change(action="延期", by=BY, now=NOW, event_id=event_id) as change:
        change.insert(ChangeDecision(event_id=event_id, before_time=KNOWN, **put_off))
        change.insert(notification("変更通知", by=BY, at=NOW, event_id=event_id, told_on=dated))
        letter = {"document_kind": "変更通知", "document_number": number, "issued_on": dated}
        change.insert(Letter(event_id=event_id, form="公文書", state="施行", **letter))
    event_moves.move_event(acting(store), event_id=event_id, new_date=day + timedelta(days=7), reason="日を決めた")
    kinds = [one.kind for one in rows(store.database, ChangeDecision)]
    assert kinds == [DecisionKind.POSTPONEMENT, *([DecisionKind.NEW_TIME] if is_told else [])]


def test_what_a_move_asks_to_be_told_and_what_a_move_back_does(told, store, event_id, day):
    old = {"実施日": "2026-09-24", "時間": "14:00–16:00"}
    with store.change(action="名簿", by=BY, now=NOW, event_id=event_id) as change:
        change.insert(Entry(event_id=event_id, state="決定", organisation_name="みほん町会"))
        change.insert(notification("立会の依頼", by=BY, at=NOW, event_id=event_id, facts=old))
        change.insert(
            notification("機材の依頼", by=BY, at=NOW, event_id=event_id, facts={"会場": "みほん区民館 研修室"})
        )

    def asked(new_date):
        found = event_moves.preview_move(store, event_id=event_id, new_date=new_date, today=TODAY).follow_ups
        return [(one.text, one.step) for one in found if "使用承認" not in one.text]

    known = "9/24(木)　14:00–16:00 と知らせた書類"
    call = "「中止・変更の連絡」で 1団体へ電話します。"
    away = [
        f"{known}：決定通知 1人分（9/1(火) 通知済）",
        "変更通知（起案・決裁）で、変わったことを知らせます。相手：みほん町会（氏名未定）",
        call,
        f"{known} 2件：機材の依頼（9/1(火) 通知済）、立会の依頼（9/1(火) 通知済）",
    ]
    assert asked(day + timedelta(days=7)) == [(text, "") for text in away]
    moved(store, event_id, day + timedelta(days=7), "講師の都合")
    assert asked(day) == [(f"通知した日時に戻ります。変わると伝えた方があるときは、{call}", "")]
    assert asked(day + timedelta(days=14)) == [(text, "") for text in away]
