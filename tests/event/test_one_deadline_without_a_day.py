"""An event whose day was given up has one deadline on every surface: the last day on which a new one still fits."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.event.services.calendar_entries import CalendarScope, read_calendar
from app.event.services.event_view import read_event
from app.event.services.month import read_month
from app.event.services.tasks.deadlines import event_tasks, read_year
from app.events.calls.services.calls import decide_change
from app.events.schedules.services import read_entries_by_day
from app.home.today.services.home import read_home
from app.home.today.services.week_sheet import read_week
from app.programme.services import read_programme
from app.year.contract.services import record_contract_change
from tests.support.sample import BY, NOW, event_id, sample_store

TODAY = NOW.date()
LAST = date(2026, 12, 25)
LABEL = "新しい日時を決める"
ROOM = "会場の使用を決める"
"""Whether the booked room is given back is due by its own booking."""


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_every_surface_has_the_one_deadline_and_no_other(tmp_path, kind):
    store = sample_store(tmp_path)
    event = event_id(store, "講習会", 7)
    context = ActionContext(store, BY, NOW)
    decide_change(context, event_id=event, kind=kind, decided_at=NOW, decided_by="課長", reason="台風の接近のため")

    open_tasks = [one for one in event_tasks(store, event_id=event, today=TODAY) if one.is_open and one.label != ROOM]
    dated = {one.label: one.due for one in open_tasks if one.due > TODAY}
    assert dated == {LABEL: LAST}, "what was to be done by the old day is not due"
    (task,) = [one for one in open_tasks if one.label == LABEL]
    assert "期間（12/25(金)まで）と報告書の期限に収まる最後の日" in task.basis
    assert task.provisional_words == "", "the last day itself is certain"

    view = read_event(store, event_id=event, today=TODAY)
    assert [one.due for one in view.tasks if one.is_open and one.due > TODAY and one.label != ROOM] == [LAST]
    assert not any(one.state_words for one in view.steps if one.done_on is None)
    assert all(one.due is None for one in view.steps if one.done_on is None and not one.is_set_by_hand)

    home = read_home(store, today=TODAY)
    rows = [one for one in (*home.rows, *home.later_rows) if one.task.event_id == event and one.task.due > TODAY]
    assert [(one.task.label, one.date_words) for one in rows if one.task.label != ROOM] == [(LABEL, "12/25(金)")]
    month = read_month(store, year=2026, month=12, today=TODAY)
    assert [
        (day.day, one.label)
        for day in month.days
        for one in day.tasks
        if one.event_id == event and day.day > TODAY and one.label != ROOM
    ] == [(LAST, LABEL)]
    sheet = read_week(store, today=date(2026, 12, 21))
    assert [one.day for _words, mine in sheet.groups for one in mine if one.what.startswith(LABEL)] == [
        "R8.12.25（金）"
    ]
    marks, _undated = read_entries_by_day(store, read_year(store, TODAY))
    ahead = [(day, one.text) for day, found in sorted(marks.items()) for one in found if "講7" in one.text]
    assert [one for one in ahead if one[0] > TODAY and kind not in one[1]] == [(LAST, "講7 新しい日時")]
    entries = read_calendar(store, scope=CalendarScope(event_id=event), today=TODAY).entries
    calls = [(one.day, one.summary.partition("　")[0]) for _row, one in entries if one.alarm_days]
    assert calls == [(LAST, f"【目安】{LABEL}")]


def test_the_last_day_follows_the_contract_as_it_was_changed(tmp_path):
    store = sample_store(tmp_path)
    event = event_id(store, "派遣", 3)
    context = ActionContext(store, BY, NOW)
    decide_change(context, event_id=event, kind="延期", decided_at=NOW, decided_by="課長", reason="団体の都合")

    def due() -> date:
        return next(one.due for one in event_tasks(store, event_id=event, today=TODAY) if one.label == LABEL)

    assert due() == date(2027, 3, 10)
    view = read_programme(store, fiscal_year=2026)
    later = replace(view.programme, term_end=date(2027, 3, 24))
    day = date(2027, 3, 1)
    record_contract_change(context, programme_id=view.programme.id, terms=later, valid_from=day, reason="第1号変更契約")
    assert due() == date(2027, 3, 3)
