"""Day by day, over the sample year and over the first week of a new folder: what stands late, somebody can answer."""

from datetime import date, timedelta

import pytest

from app.event.services.event_records import read_event_records
from app.event.services.tasks import deadlines
from app.event.services.tasks.event_tasks import lapsed_tasks
from app.home.today.services.home import ward_tasks
from app.submissions.deliverables.services.due_list import read_due_list
from tests.home.today.test_alarms import made
from tests.support.sample import event_id as of_sample
from tests.support.sample import sample_store
from tests.support.years import TODAY, started_year

_LATE = ("期限超過", "目安日過ぎ")
_BEFORE = {
    "人数連絡",
    "資料確認",
    "資料案の受領",
    "設問の決定",
    "当日資料一式",
    "募集の段取り",
    "会場の取消期限",
    "会場の承認待ち",
    "会場の申込",
    "資料の再提出",
    "追加募集",
}
"""What is over with the event: afterwards neither a letter, a talk nor a mended handout helps anybody."""
_AFTER = {
    "実施報告書",
    "実施結果の記録",
    "アンケートの検算",
    "報告書の内容確認",
    "報告書の修正版",
    "派遣の3か月後の電話",
}
"""What nobody can do before the event was held."""


def alarms(store, day):
    return [task for task in ward_tasks(deadlines.all_tasks(store, today=day)) if task.bucket in _LATE]


def without_answer(tasks, day):
    found = []
    for task in tasks:
        held = task.event_date is not None and task.event_date < day
        if (task.task in _BEFORE and held) or (task.task in _AFTER and task.event_date is not None and not held):
            found.append((day, task.event_title, task.label, task.short_words))
    return found


@pytest.mark.parametrize("step", [9, pytest.param(3, marks=pytest.mark.nightly)])
def test_over_the_sample_year_no_day_has_an_alarm_that_nobody_can_answer(tmp_path, step):
    store = sample_store(tmp_path)
    day, met, nobody = date(2026, 9, 1), set(), []
    while day <= date(2027, 5, 31):
        today = alarms(store, day)
        met |= {task.task for task in today}
        nobody += without_answer(today, day)
        day += timedelta(days=step // 3 if day.month in (12, 1) else step)
    assert nobody == []
    assert len(met) > 20
    assert met & _BEFORE
    assert met & _AFTER


@pytest.mark.parametrize("ahead", [3, 20, 60])
def test_in_the_first_week_of_a_new_folder_every_alarm_can_be_answered(tmp_path, ahead):
    store = started_year(tmp_path)
    for kind in ("講習会", "派遣", "意見交換会"):
        day = TODAY + timedelta(days=ahead)
        made(store, kind, day, exception_reason="見本", exception_kind="協議で足りる")
    for day in (TODAY + timedelta(days=number) for number in range(8)):
        assert without_answer(alarms(store, day), day) == []


def test_a_confirmation_that_nobody_recorded_is_no_alarm_once_the_event_was_held_and_is_seen_in_its_place(tmp_path):
    store = sample_store(tmp_path)
    event_id = of_sample(store, "講習会", 6)
    held = read_event_records(store, event_id).event.event_date
    after = held + timedelta(days=1)
    assert any(task.task == "資料確認" and task.event_id == event_id for task in alarms(store, held))

    assert {task.task for task in alarms(store, after) if task.event_id == event_id} <= {"持出しの返却"}
    lapsed = lapsed_tasks(read_event_records(store, event_id), deadlines.read_event_year(store, event_id, after))
    assert {"資料確認", "人数連絡"} <= {task.task for task in lapsed}
    # The delay is counted up to the event, and no further.
    for day in (after, after + timedelta(days=60)):
        late = [one for one in read_due_list(store, programme_id=1, today=day).ward.items if "第6回" in one.title]
        confirm = next(one for one in late if "資料確認" in one.title)
        assert (confirm.days, confirm.ended, "確認の記録なし" in confirm.basis) == (
            (held - confirm.last_day).days,
            True,
            True,
        )


def test_what_is_due_tomorrow_stands_on_home_tomorrow_too(tmp_path):
    store = started_year(tmp_path)
    made(store, "講習会", TODAY + timedelta(days=45))
    tomorrows = []
    for day in (TODAY + timedelta(days=number) for number in range(45)):
        shown = [(task.event_id, task.label) for task in ward_tasks(deadlines.all_tasks(store, today=day))]
        assert [one for one in tomorrows if one not in shown] == [], day
        tomorrows = [
            (task.event_id, task.label)
            for task in ward_tasks(deadlines.all_tasks(store, today=day))
            if task.due == day + timedelta(days=1)
        ]
