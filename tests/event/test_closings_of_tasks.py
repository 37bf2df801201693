"""What closes a task: the 検算 the ward's own check, 人数連絡 being told, 資料確認 every handout, 報告書
its receipt."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.actions.action_context import ActionContext
from app.event.services.tasks import deadlines
from app.event.services.tasks.event_tasks import unrecorded_key, unrecorded_reason
from app.event.services.tasks.task_kind import TASK_KINDS
from app.event.services.tasks.year_task_kind import YEAR_KINDS
from app.events.headcount import services as headcount_services
from app.events.materials.services import materials
from app.submissions.deliverables.services.due_list import days_unrecorded
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_comparison
from db.records.programme import TaskClosing
from db.records.submissions.materials import MaterialResult
from db.store import Store
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of, type_sheets
from tests.support.years import BY, NOW, TODAY, acting, add_lecture, expect_people, tell_result


def _closed(store: Store, event_id: int, task: str, today: date = TODAY) -> date | None:
    tasks = deadlines.event_tasks(store, event_id=event_id, today=today)
    found = next((row for row in tasks if row.task == task), None)
    assert found is not None, (
        f"the event has no 「{task}」 on {today}: what is `only_after` is there on a day after it alone (AFTER), "
        f"what is `needed` by some kinds is not of every event; it has {[row.task for row in tasks]}"
    )
    return found.completed_on


def test_the_wards_own_check_ends_with_the_check_not_only_with_fixed_totals(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 2)
    survey_id = survey_of(store, event_id).id
    today = AFTER.date()
    assert _closed(store, event_id, "アンケートの検算", today) is None

    counts = {survey_comparison.RESPONSE_COUNT_KEY: {"紙": 2, "オンライン": 0}}
    survey_comparison.set_contractor_counts(ActionContext(store, BY, AFTER), survey_id=survey_id, counts=counts)
    assert _closed(store, event_id, "アンケートの検算", today) is None
    survey_comparison.record_check(ActionContext(store, BY, AFTER), survey_id=survey_id)

    assert _closed(store, event_id, "アンケートの検算", today) == today


def test_making_the_notice_does_not_close_it_telling_does(store, event):
    expect_people(store, event, 12)
    notice = headcount_services.make_headcount_notice(acting(store), event_id=event).id
    assert _closed(store, event, "人数連絡") is None

    headcount_services.mark_headcount_notified(
        acting(store), notice_id=notice, notified_to="見本 花子", notified_how="電話"
    )

    assert _closed(store, event, "人数連絡") == TODAY


def test_only_a_handout_that_is_sent_back_is_asked_for_again(store):
    event_id = add_lecture(store, date(2026, 10, 7))
    materials.add_material(acting(store), event_id=event_id, title="まだ来ていないもの")
    for title, result in (("次第", "確認済"), ("スライド", "再提出")):
        made = materials.add_material(acting(store), event_id=event_id, title=title).id
        version = materials.receive_version(acting(store), material_id=made, data=b"x", name="a").id
        if result == "再提出":
            materials.add_finding(acting(store), version_id=version, page="6", text="年度")
        materials.set_result(acting(store), version_id=version, result=MaterialResult(result))
        tell_result(store, made, TODAY)

    tasks = deadlines.event_tasks(store, event_id=event_id, today=TODAY)

    assert [one.detail for one in tasks if one.task == "資料の再提出"] == ["スライド 第2版"]


def test_a_handout_that_may_be_used_after_mending_keeps_the_confirmation_open(store, event):
    def hand_in(material: int) -> int:
        return materials.receive_version(acting(store), material_id=material, data=b"x", name="a").id

    first = materials.add_material(acting(store), event_id=event, title="次第").id
    second = materials.add_material(acting(store), event_id=event, title="スライド").id
    materials.set_result(acting(store), version_id=hand_in(first), result=MaterialResult.CHECKED)
    version = hand_in(second)
    materials.add_finding(acting(store), version_id=version, page="2", text="年度を直す")
    materials.set_result(acting(store), version_id=version, result=MaterialResult.USABLE_ONCE_MENDED)
    assert _closed(store, event, "資料確認") is None

    materials.set_result(acting(store), version_id=hand_in(second), result=MaterialResult.CHECKED)

    assert _closed(store, event, "資料確認") == TODAY


def test_a_survey_says_on_which_point_of_the_contract_it_rests(store):
    assert surveys.read_survey(store, event_id=add_lecture(store)).clause == "仕4(1)ケ"


def test_each_kind_of_task_is_declared_once_and_dates_only_what_it_can_close():
    names = [kind.name for kind in (*TASK_KINDS, *YEAR_KINDS)]

    assert len(names) == len(set(names))
    undone = [kind for kind in TASK_KINDS if kind.completed_on is None and kind.completed_by is None]
    assert undone == [kind for kind in TASK_KINDS if kind.due_rule is None]


@pytest.mark.parametrize(
    ("held", "is_duty", "days"), [(8, True, 1), (7, True, 0), (6, True, 0), (9, False, 0), (None, True, 0)]
)
def test_a_lapsed_duty_was_late_by_the_days_until_its_event(held, is_duty, days):
    task = SimpleNamespace(
        event_date=held and date(2026, 10, held),
        is_contract_duty=is_duty,
        deadline=SimpleNamespace(last_day_in_time=date(2026, 10, 7)),
    )
    assert days_unrecorded(task) == days


def test_the_reason_of_an_event_without_record_is_its_own_and_the_last_one():
    closings = [
        TaskClosing(programme_id=1, task=task, closed_on=TODAY, reason=reason, by=BY, at=NOW)
        for task, reason in (
            (unrecorded_key(1), "電話で連絡"), (unrecorded_key(1), "口頭で連絡"), (unrecorded_key(2), "別の回"),
        )
    ]  # fmt: skip
    year = SimpleNamespace(records=SimpleNamespace(task_closings=closings))
    said = [unrecorded_reason(SimpleNamespace(id=number), year) for number in (1, 2, 3)]
    assert [one and one.reason for one in said] == ["口頭で連絡", "別の回", None]
