"""Typing, changing and copying events on a real store."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.event.services import agenda, event_changes, event_drafts
from app.event.services.recruitment import VENUE_STEP, tick_step
from app.home.today.services import home
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.rows import by_id
from db.tables import agreements
from db.tables import events as table
from tests.support.years import BY, NOW, TODAY, acting, add_dispatch, add_lecture, the_event


def test_a_draft_shows_its_name_and_every_deadline_before_it_is_saved(store):
    draft = event_drafts.EventDraft(
        kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", event_date=date(2026, 9, 24), network="有"
    )

    check = event_drafts.check_event_draft(store, draft=draft, today=TODAY)

    due = {task.task: (task.nominal, task.working, task.margin) for task in check.tasks}
    assert check.title == "第1回 LINE講習会"
    assert due["人数連絡"] == (date(2026, 9, 19), date(2026, 9, 18), date(2026, 9, 18))
    assert due["設問の決定"] == (None, None, date(2026, 9, 17))
    assert due["実施報告書"][0] == date(2026, 10, 24)
    assert table.events_of_year(store.database, 1) == []


def test_a_new_lecture_comes_with_timetable_equipment_steps_and_open_matters(store, event):
    assert sum(row.minutes or 0 for row in table.agenda(store.database, event)) == 120
    assert "貸与タブレット端末" in [row.name for row in table.equipment(store.database, event)]
    assert [row.name for row in table.recruitment_steps(store.database, event)][:2] == [
        "支部長・会長への周知",
        "区報原稿締切",
    ]
    topics = [row.topic for row in agreements.of_event(store.database, event)]
    assert topics == ["日程", "内容", "機材", "設問"]


def test_a_dispatch_has_a_hearing_and_no_questions_and_a_router_without_network(store):
    event_id = add_dispatch(store, network="無")

    topics = [row.topic for row in agreements.of_event(store.database, event_id)]
    router = [row for row in table.equipment(store.database, event_id) if "ルーター" in row.name]
    assert topics == ["日程", "内容", "機材", "事前ヒアリング"]
    assert [row.owner for row in router] == ["受託者"]


def test_a_router_is_added_when_a_dispatch_turns_out_to_have_no_network(store):
    event_id = add_dispatch(store, network="有")
    draft = event_drafts.draft_of(the_event(store, event_id))
    changed = event_drafts.EventDraft(**{**vars(draft), "network": "無"})

    event_changes.update_event(acting(store), event_id=event_id, draft=changed)

    assert any("ルーター" in row.name for row in table.equipment(store.database, event_id))


def test_the_ordinal_comes_with_the_date_and_never_changes(store):
    later = add_lecture(store, date(2026, 10, 7))
    undated = add_lecture(store, None, subject="事例紹介講習会")
    assert the_event(store, undated).ordinal is None

    draft = event_drafts.draft_of(the_event(store, undated))
    dated = event_drafts.EventDraft(**{**vars(draft), "event_date": date(2026, 9, 10)})
    event_changes.update_event(acting(store), event_id=undated, draft=dated)

    assert the_event(store, later).full_title == "第1回 LINE講習会"
    assert the_event(store, undated).full_title == "第2回 事例紹介講習会"


def test_a_date_outside_the_window_needs_a_reason_and_is_then_allowed(store):
    draft = event_drafts.EventDraft(
        kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", event_date=date(2027, 1, 12), network="有"
    )

    check = event_drafts.check_event_draft(store, draft=draft, today=TODAY)
    assert check.reason_needed
    assert any("仕様書4(1)ア" in warning.text for warning in check.warnings)
    with pytest.raises(UserError, match="契約条件と違います"):
        event_changes.create_event(acting(store), draft=draft)

    reasoned = event_drafts.EventDraft(
        **{**vars(draft), "exception_reason": "会場の都合", "exception_kind": "協議で足りる"}
    )
    saved = event_changes.create_event(acting(store), draft=reasoned)
    assert the_event(store, saved.id).exception_reason == "会場の都合"


def test_a_third_exchange_asks_whether_the_contract_must_change(store):
    for month in (10, 11):
        draft = event_drafts.EventDraft(
            kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会", event_date=date(2026, month, 26)
        )
        event_changes.create_event(acting(store), draft=draft)

    third = event_drafts.EventDraft(
        kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会", event_date=date(2027, 1, 20)
    )
    check = event_drafts.check_event_draft(store, draft=third, today=TODAY)

    assert check.reason_needed
    assert check.suggested_kind == "契約変更の要否を契約課へ確認"


def test_a_place_of_others_is_saved_with_its_reason(store):
    draft = event_drafts.EventDraft(
        kind="講習会",
        form=EventForm.LECTURE,
        subject="LINE講習会",
        event_date=date(2026, 10, 20),
        venue="みほんホール",
        network="有",
        facility="その他の施設",
        venue_named_on=date(2026, 8, 5),
        fee_payer="区",
    )
    check = event_drafts.check_event_draft(store, draft=draft, today=TODAY)
    assert (check.reason_needed, check.suggested_kind) == (True, "協議で足りる")
    with pytest.raises(UserError, match="区立施設ではありません"):
        event_changes.create_event(acting(store), draft=draft)
    reasoned = replace(draft, exception_reason="区立施設に空きがないため", exception_kind="協議で足りる")
    kept = the_event(store, event_changes.create_event(acting(store), draft=reasoned).id)
    assert (kept.facility, kept.venue_named_on, kept.fee_payer) == ("その他の施設", date(2026, 8, 5), "区")
    copy = the_event(store, event_changes.duplicate_event(acting(store), event_id=kept.id).id)
    assert (copy.facility, copy.venue_named_on) == ("その他の施設", None)


def test_one_lecture_more_than_planned_asks_once_whether_it_is_within_the_words(store):
    for day in range(8, 15):
        add_lecture(store, date(2026, 10, day))
    draft = event_drafts.EventDraft(
        kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", event_date=date(2026, 10, 20), network="有"
    )

    check = event_drafts.check_event_draft(store, draft=draft, today=TODAY)
    assert (check.reason_needed, check.suggested_kind) == (True, "程度の範囲内")
    with pytest.raises(UserError, match=r"仕様の全7回程度（仕様書4\(1\)ウ）を上回ります"):
        event_changes.create_event(acting(store), draft=draft)
    reasoned = event_drafts.EventDraft(
        **{**vars(draft), "exception_reason": "申込みが多いため", "exception_kind": "程度の範囲内"}
    )
    event_changes.create_event(acting(store), draft=reasoned)

    first = event_drafts.draft_of(the_event(store, 1))
    assert not event_drafts.check_event_draft(store, draft=first, today=TODAY, event_id=1).reason_needed
    event_changes.update_event(
        acting(store), event_id=1, draft=event_drafts.EventDraft(**{**vars(first), "venue": "みほん区民館別館"})
    )

    copy = event_changes.duplicate_event(acting(store), event_id=1).id
    dated = event_drafts.EventDraft(
        **{**vars(event_drafts.draft_of(the_event(store, copy))), "event_date": date(2026, 11, 5)}
    )
    assert event_drafts.check_event_draft(store, draft=dated, today=TODAY, event_id=copy).reason_needed


def test_the_date_of_a_dated_event_is_not_changed_in_passing(store, event):
    draft = event_drafts.draft_of(the_event(store, event))

    with pytest.raises(UserError, match="日付を変える"):
        event_changes.update_event(
            acting(store),
            event_id=event,
            draft=event_drafts.EventDraft(**{**vars(draft), "event_date": date(2026, 9, 28)}),
        )


def test_a_copy_has_the_content_but_no_date_and_no_ticks(store):
    source = add_lecture(store)
    items = table.agenda(store.database, source)
    agenda.set_agenda(acting(store), event_id=source, items=items[:3])

    copy = the_event(store, event_changes.duplicate_event(acting(store), event_id=source).id)

    assert (copy.event_date, copy.ordinal, copy.status) == (None, None, "予定")
    assert copy.venue == "みほん区民館"
    assert len(table.agenda(store.database, copy.id)) == 3


def test_an_undated_event_asks_for_its_date_by_the_last_day_that_fits(store):
    add_dispatch(store, None)

    rows = home.read_home(store, today=TODAY)
    task = next(row.task for row in rows.later_rows if row.task.task == "日程の決定")
    assert task.due == date(2027, 3, 10)


def test_a_timetable_keeps_the_rows_it_had(store, event):
    items = table.agenda(store.database, event)

    agenda.set_agenda(acting(store), event_id=event, items=[items[2], items[0]])

    assert [row.id for row in table.agenda(store.database, event)] == [items[2].id, items[0].id]
    with pytest.raises(UserError, match="内容が空"):
        agenda.set_agenda(
            acting(store), event_id=event, items=[type(items[0])(event_id=0, position=0, minutes=5, title=" ")]
        )


def test_a_draft_of_an_event_saved_as_another_brings_nothing_of_its_course(store):
    first = add_lecture(store, date(2026, 10, 7))
    with store.change(action="中止", by=BY, now=NOW, subject="events") as change:
        change.update(
            Event, first, status=EventStatus.CANCELLED, cancelled_on=NOW.date(), cancel_reason="台風", note="覚え"
        )
    draft = event_drafts.draft_of(the_event(store, first))
    other = event_changes.create_event(acting(store), draft=draft).id

    event = the_event(store, other)
    assert other != first
    assert (event.ordinal, event.status, event.cancelled_on, event.cancel_reason) == (2, "予定", None, "")
    assert (event.subject, event.note) == (draft.subject, "覚え")


def test_what_was_not_typed_stays_as_a_colleague_made_it(store):
    event_id = add_lecture(store, date(2026, 10, 7))
    shown = event_drafts.draft_of(the_event(store, event_id))
    with store.change(action="部屋", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, room="第2研修室")

    typed = replace(shown, lecturer="見本　講師")
    event_changes.update_event(acting(store), event_id=event_id, draft=typed, original=shown)

    assert (the_event(store, event_id).room, the_event(store, event_id).lecturer) == ("第2研修室", "見本　講師")


def test_the_approval_of_a_room_is_not_kept_for_another_one(store):
    event_id = add_lecture(store, date(2026, 10, 7))
    with store.change(action="使用承認", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, room="第1研修室", venue_booked_on=date(2026, 8, 20))

    def save(**values):
        draft = replace(event_drafts.draft_of(the_event(store, event_id)), **values)
        saved = event_changes.update_event(acting(store), event_id=event_id, draft=draft)
        return saved.message, the_event(store, event_id).venue_booked_on

    assert save(room="第１研修室") == ("第1回 LINE講習会を保存しました。", date(2026, 8, 20))
    told = "第1回 LINE講習会を保存しました。会場が変わったため、前の会場の使用承認日（8/20(木)）は"
    assert save(room="第2和室") == (f"{told}消しました。", None)
    assert save(room="第1研修室") == ("第1回 LINE講習会を保存しました。", None)
    assert save(venue_booked_on=date(2026, 8, 20))[1] == date(2026, 8, 20)
    assert save(room="第2和室", venue_booked_on=date(2026, 8, 25))[1] == date(2026, 8, 25)
    assert save(room="第1研修室") == (
        f"{told.replace('8/20(木)', '8/25(火)')}この会場の8/20(木)にしました。",
        date(2026, 8, 20),
    )


def test_an_approval_stays_when_only_its_room_is_named(store):
    event_id = add_lecture(store, date(2026, 10, 7))
    with store.change(action="使用承認", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Event, event_id, room="", venue_booked_on=date(2026, 8, 20))
    for room in ("第1研修室", ""):
        draft = replace(event_drafts.draft_of(the_event(store, event_id)), room=room)
        saved = event_changes.update_event(acting(store), event_id=event_id, draft=draft)
        assert saved.message == "第1回 LINE講習会を保存しました。"
        assert (the_event(store, event_id).room, the_event(store, event_id).venue_booked_on) == (
            room,
            date(2026, 8, 20),
        )


def test_the_step_of_the_approval_follows_its_day(store):
    event_id, context = add_lecture(store, date(2026, 10, 7)), acting(store)
    with store.change(action="見本", by=BY, now=NOW) as change:
        change.update(Event, event_id, room="第1研修室")
        step_id = change.insert(RecruitmentStep(event_id=event_id, position=9, name=VENUE_STEP, offset_days=0))
    tick_step(context, step_id=step_id, on=date(2026, 8, 20))

    def save(**values):
        draft = replace(event_drafts.draft_of(the_event(store, event_id)), **values)
        event_changes.update_event(context, event_id=event_id, draft=draft)
        step = by_id(store.database, RecruitmentStep, step_id)
        return step.done_on, step.done_by

    assert save(venue_booked_on=date(2026, 8, 25)) == (date(2026, 8, 25), BY)
    assert save(room="第2研修室") == (None, "")
    assert save(venue_booked_on=date(2026, 8, 27)) == (date(2026, 8, 27), BY)
    assert save(venue_booked_on=None) == (None, "")
