"""An event that is postponed and has no new day yet stands nowhere as if it took place on the old one."""

from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.documents.services.document_scope import DocumentScope
from app.event.services.calendar_entries import CalendarScope, read_calendar
from app.event.services.event_lists import list_events
from app.event.services.event_view import read_event
from app.event.services.month import read_month
from app.event.services.tasks.deadlines import all_tasks, event_tasks, read_year, year_tasks
from app.event.services.tasks.task import DECIDE, PROPOSAL, STEP
from app.events.calls.services.calls import decide_change
from app.events.schedules.services import read_entries_by_day
from app.home.today.services.home import read_home
from app.home.today.services.week_sheet import read_week
from app.submissions.deliverables.services.due_list import read_due_list, read_report_row
from app.submissions.deliverables.services.outstanding import read_outstanding_report
from app.submissions.deliverables.services.outstanding_documents import request_halts
from app.submissions.work_queue.services import read_event_work_queue
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.completion_documents import annex_facts
from db.records.agreements import Agreement
from db.records.calls import DecisionKind
from db.records.event_form import EventForm
from db.records.events import Event
from db.rows import by_id, rows
from tests.support.years import BY, add_lecture

NOW = datetime(2026, 9, 24, 8, 12)
TODAY = NOW.date()


def postpone(store, event_id, kind):
    given = {"kind": kind, "decided_at": NOW, "decided_by": "課長", "reason": "台風のため"}
    decide_change(ActionContext(store, BY, NOW), event_id=event_id, **given)


def said(store, event_id):
    """Return what home, the list, the page of the event, the calendars and the papers of the year say of the event."""
    home, week = read_home(store, today=TODAY), read_week(store, today=TODAY)
    view = read_event(store, event_id=event_id, today=TODAY)
    (row,) = list_events(store, today=TODAY).rows
    month = read_month(store, year=2026, month=9, today=TODAY)
    (day,) = [one for one in month.days if one.day == TODAY]
    entries, _undated = read_entries_by_day(store, read_year(store, TODAY))
    marks = entries.get(TODAY, ())
    (of_file,) = [
        one
        for _row, one in read_calendar(store, scope=CalendarScope(event_id=event_id), today=TODAY).entries
        if one.day == TODAY
        and "LINE講習会" in one.summary
        and "】期" not in one.summary
        and "目安" not in one.summary
        and "期限" not in one.summary
    ]
    return {
        "next": home.next_event is not None,
        "today": (home.days[0].when_words, home.days[0].check_in is not None),
        "week": (week.events[0].title, week.events[0].missing),
        "view": (view.days_words, view.state_words),
        "list": row.state_words,
        "month": [one.short for one in day.events] or month.waiting_words,
        "wall": [one.text for one in marks if one.kind == "event"],
        "file": (of_file.summary, of_file.status, of_file.alarm_days),
    }


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_it_says_so_everywhere_until_it_has_its_new_day(store, kind):
    event_id = add_lecture(store, TODAY)
    before = said(store, event_id)
    assert before["next"]
    assert before["today"] == ("きょう 14:00–16:00", True)
    postpone(store, event_id, kind)
    title = "第1回 LINE講習会"
    assert said(store, event_id) == {
        "next": False,
        "today": (f"{kind}（もとの日時 きょう 14:00–16:00）", False),
        "week": (f"【{kind}】{title}", "新しい日時"),
        "view": ("", kind),
        "list": kind,
        "month": f"日時未定　{title}（{kind}）",
        "wall": [],
        "file": (f"【{kind}】{title}", "TENTATIVE", ()),
    }
    with store.change(action="日時", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, start_time="10:00")
    after = said(store, event_id)
    assert (after["today"], after["file"][:2]) == (("きょう 10:00–16:00", True), (title, "CONFIRMED"))


def test_nothing_is_demanded_by_the_day_on_which_it_did_not_take_place(store):
    event_id = add_lecture(store, TODAY)
    with store.change(action="協議", by=BY, now=NOW, subject="agreements") as change:
        for one in rows(store.database, Agreement, event_id=event_id):
            change.delete(Agreement, one.id)

    def asked(days):
        today = TODAY + timedelta(days=days)
        found = event_tasks(store, event_id=event_id, today=today)
        lapsed = read_event(store, event_id=event_id, today=today).lapsed_tasks
        return {one.task for one in found if one.is_open and one.task != STEP}, bool(lapsed)

    assert "人数連絡" in asked(0)[0]
    assert asked(60) == ({"実施結果の記録", "実施報告書", "アンケートの検算", "記録のないこと"}, True)
    postpone(store, event_id, "延期")
    assert asked(0) == asked(60) == ({DECIDE}, False)
    task = next(one for one in event_tasks(store, event_id=event_id, today=TODAY) if one.task == DECIDE)
    assert (task.label, task.detail) == ("新しい日時を決める", "延期")
    assert task.deadline.basis.endswith("もとの日時に行うときは、実施回の上の「延期を取り消す」を押します")
    with store.change(action="日時", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, event_date=date(2026, 10, 22))
    assert "人数連絡" in asked(0)[0]
    assert DECIDE not in asked(0)[0]


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_its_papers_wait_for_the_new_day_and_none_is_dated_by_the_old_one(store, kind):
    event_id = add_lecture(store, TODAY)
    postpone(store, event_id, kind)
    for days in (0, 60):
        today = TODAY + timedelta(days=days)
        row = read_report_row(store, event=by_id(store.database, Event, event_id), today=today)
        assert (row.due_words, row.way_words, row.check_words) == ("日程の協議中", kind, "実施後")
        found = {one.id: one for one in read_event_work_queue(store, event_id=event_id, today=today).rows}
        assert found[f"material-{event_id}-0"].due_words == "日程の協議中"


def test_no_report_is_asked_for_and_no_paper_says_that_it_was_held(store):
    event_id = add_lecture(store, TODAY)
    after = datetime(2026, 9, 28, 9)
    (row,) = [one for one in read_due_list(store, today=after.date()).rows if one.event_id == event_id]
    assert (row.check_words, row.way_words) == ("受領前", "実施 9/24(木)")
    postpone(store, event_id, "延期")
    (row,) = [one for one in read_due_list(store, today=after.date()).rows if one.event_id == event_id]
    assert (row.check_words, row.way_words) == ("実施後", "延期")
    event = next(one for one in rows(store.database, Event) if one.id == event_id)
    about = read_outstanding_report(store, event=event, today=after.date()).outstanding.about
    assert "実施" not in about
    assert request_halts(store, DocumentScope(event_id=event_id), after.date()) == (
        "第1回 LINE講習会は延期です。報告書は、開いたあとにお願いします。",
    )
    year = read_completion(store, today=after.date())
    (group,) = [one for one in annex_facts(store, year, after.date()).groups if one.lines]
    assert [(one.held_on, one.is_held) for one in group.lines] == [("延期", False)]


def test_the_proposal_is_not_late_by_the_day_on_which_the_last_event_did_not_take_place(store):
    event_id = add_lecture(store, TODAY)
    with store.change(action="種類", by=BY, now=NOW, subject="events") as change:
        change.update(
            Event,
            event_id,
            kind="派遣",
            form=EventForm.VISIT,
            subject="派遣",
            organisation_name="みほん町会",
            event_date=date(2027, 3, 5),
        )
    after = datetime(2027, 3, 25, 9)

    def proposal():
        year = read_year(store, after.date())
        (of_page,) = [one for one in year_tasks(store, year) if one.task == PROPOSAL]
        (listed,) = [one for one in all_tasks(store, today=after.date()) if one.task == PROPOSAL]
        assert (of_page.due, of_page.provisional_words) == (listed.due, listed.provisional_words)
        return of_page.due, of_page.provisional_words, of_page.overdue_days

    assert proposal() == (date(2027, 3, 19), "", 6)
    decide_change(
        ActionContext(store, BY, datetime(2027, 3, 4, 9)),
        event_id=event_id,
        kind=DecisionKind.POSTPONEMENT,
        decided_at=datetime(2027, 3, 4, 9),
        decided_by="課長",
        reason="台風のため",
    )
    assert proposal() == (date(2027, 3, 29), "仮 〜3/29(月)", 0)
