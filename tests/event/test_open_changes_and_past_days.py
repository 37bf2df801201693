"""An event whose new day or place is missing, or whose day is over without a record: no surface takes it as planned."""

import re
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services.calendar_entries import CalendarScope, read_calendar
from app.event.services.event_lists import list_events
from app.event.services.event_results import mark_held, record_result
from app.event.services.event_view import read_event
from app.event.services.month import read_month
from app.event.services.tasks.deadlines import read_year
from app.event_day.day.rules import KIND
from app.event_day.day_file.services.day_file_checkout import preview_day_file
from app.event_day.reception.services import add_walk_in, close_reception, read_reception
from app.events.applications.services.form_questions import read_application_form
from app.events.calls.services.calls import decide_change
from app.events.calls.services.confirmations import read_confirmations
from app.events.roster.services.entry_names import WantedPerson
from app.events.schedules.services import read_entries_by_day
from app.home.today.services.home import read_home
from app.home.today.services.week_sheet import read_week
from app.year_end.summary.services.year_summary import read_summary
from db.records.events import Event, EventResult
from tests.support.paper_words import said_by
from tests.support.years import BY, add_lecture, at, the_event

DAY = date(2026, 9, 24)


@pytest.fixture
def event_id(store):
    return add_lecture(store, DAY)


def decide(store, event_id, kind, *, on=DAY):
    given = {"decided_at": at(on), "decided_by": "課長", "reason": "台風のため"}
    decide_change(ActionContext(store, BY, at(on)), event_id=event_id, kind=kind, **given)


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_on_its_old_day_nothing_of_the_day_is_done(store, event_id, kind):
    context = ActionContext(store, BY, at(DAY))
    decide(store, event_id, kind)
    for act in (
        lambda: mark_held(context, event_id=event_id),
        lambda: record_result(context, event_id=event_id, result=EventResult(event_id=event_id, attended=9)),
        lambda: close_reception(context, event_id=event_id),
        lambda: add_walk_in(context, event_id=event_id, wanted=WantedPerson(name="見本 飛子")),
        lambda: preview_day_file(store, event_id=event_id),
    ):
        with pytest.raises(UserError, match=f"{kind}が決まっていて、新しい日時がまだ入っていません。.*新しい日時を"):
            act()
    assert the_event(store, event_id).status == "予定"
    assert read_reception(store, event_id=event_id).closed_words == (
        f"第1回 LINE講習会は{kind}が決まっていて、新しい日時がまだ入っていません。新しい日時を入れるまで、"
    )
    with store.change(action="日時", by=BY, now=at(DAY), subject="events") as change:
        change.update(Event, event_id, start_time="10:00")
    mark_held(context, event_id=event_id)


def figures(store, today):
    """Return what the year says: progress of home and 総括, the wall plan's events without a day, and the handover."""
    home = next(one for one in read_home(store, today=today).progress if one.kind == "講習会")
    total = next(one for one in read_summary(store, today=today).kinds if one.kind == "講習会")
    assert (total.planned, total.undecided) == (home.planned, home.undecided)
    _entries, undated = read_entries_by_day(store, read_year(store, today))
    said = said_by(build_document(store, scope=DocumentScope(fiscal_year=2026), kind="引継書", now=at(today)))
    rest = re.search("まだない([^。]*)。", said)
    return (home.planned, home.past, home.undecided), [one.id for one in undated], rest.group(1)


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_without_its_new_day_it_is_undecided_in_every_count_and_nobody_is_invited(store, event_id, kind):
    before = add_lecture(store, date(2026, 9, 1))
    title = the_event(store, event_id).full_title
    assert figures(store, DAY) == ((1, 1, 5), [], "、1回が予定")
    assert title in read_next(store, before)
    decide(store, event_id, kind, on=date(2026, 9, 1))
    assert figures(store, DAY) == ((0, 1, 6), [event_id], "、1回が日程未定")
    assert title not in read_next(store, before)
    row = next(one for one in list_events(store, today=DAY).rows if one.id == event_id)
    assert (row.state, row.state_words) == ("協議中", kind)
    with pytest.raises(UserError, match="新しい日時を入れると申込フォームを作成できます"):
        read_application_form(store, event_id=event_id, today=DAY)


def read_next(store, event_id):
    return said_by(build_document(store, event_id=event_id, kind=KIND, now=at(date(2026, 9, 1))))


def test_after_its_day_it_says_that_no_result_is_recorded_and_takes_neither_applications_nor_calls(store, event_id):
    over = date(2026, 9, 25)

    def said(today):
        (row,) = list_events(store, today=today).rows
        return row.state_words, read_event(store, event_id=event_id, today=today).state_words

    assert "結果未記録" not in said(DAY)
    assert read_application_form(store, event_id=event_id, today=DAY)
    assert said(over) == ("結果未記録", "結果未記録")
    assert list_events(store, today=over).summary == "1件　実施済 0・予定 0・協議中 0・結果未記録 1"
    assert figures(store, over)[0] == (0, 1, 6)
    with pytest.raises(UserError, match="実施日を過ぎています"):
        read_application_form(store, event_id=event_id, today=over)
    assert not refusal(store, event_id, DAY)
    assert "実施日を過ぎています" in refusal(store, event_id, over)


def refusal(store, event_id, today):
    return read_confirmations(store, event_id=event_id, caller=BY, today=today).refusal


def test_without_its_new_place_no_surface_names_the_old_one(store, event_id):
    day = date(2026, 9, 22)

    def said():
        (row,) = list_events(store, today=day).rows
        page = read_event(store, event_id=event_id, today=day)
        (line,) = read_week(store, today=day).events
        home = read_home(store, today=day)
        entries, _undated = read_entries_by_day(store, read_year(store, day))
        month = next(one for one in read_month(store, year=2026, month=9, today=day).days if one.day == DAY)
        found = read_calendar(store, scope=CalendarScope(event_id=event_id), today=day).entries
        (entry,) = [one for _row, one in found if one.summary.endswith("第1回 LINE講習会") and one.day == DAY]
        form = read_application_form(store, event_id=event_id, today=day)
        assert home.next_event is not None
        return (
            (row.state_words, row.venue_words, page.state_words),
            (line.title, line.place, home.next_event.venue_words),
            ([one.text for one in entries[DAY] if one.kind == "event"], month.events[0].title),
            (entry.summary, entry.status, entry.location, bool(entry.alarm_days)),
            form.lead[0].partition("会場")[2],
            refusal(store, event_id, day),
        )

    place = "みほん区民館 研修室"
    before = said()
    assert (before[0][1], before[1][1:], before[3][1:]) == (place, (place, place), ("CONFIRMED", place, True))
    decide(store, event_id, "会場の変更", on=day)
    title, words = "第1回 LINE講習会", "会場の変更が決まっていて、新しい会場がまだ入っていません。"
    assert said() == (
        ("会場未定", "", "会場未定"),
        (f"【会場未定】{title}", "会場未定", ""),
        (["講1 LINE（会場未定）"], f"会場未定 {title}"),
        (f"【会場未定】{title}", "TENTATIVE", "", True),
        "　会場は決まりしだいお知らせします",
        f"{words}会場の変更の電話は「中止・変更の連絡」に記録してください。",
    )
    with store.change(action="会場", by=BY, now=at(day), subject="events") as change:
        change.update(Event, event_id, room="集会室")
    assert said()[3][:3] == (title, "CONFIRMED", "みほん区民館 集会室")
