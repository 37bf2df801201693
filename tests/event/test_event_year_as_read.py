"""The sample year as it is read: what is due on a day, and what an event says before and after what happens to it."""

from dataclasses import fields
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.event.services.calendar_entries import CalendarScope, read_calendar
from app.event.services.event_lists import list_events
from app.event.services.event_records import read_event_records, read_records_of_year
from app.event.services.event_view import read_event
from app.event.services.month import read_month
from app.event.services.progress import progress
from app.event.services.tasks.deadlines import all_tasks, event_tasks, read_event_year, read_year
from app.event.services.tasks.event_tasks import lapsed_tasks, untold_tasks
from app.event.services.tasks.task import STEP
from tests.event.test_phases import SITUATIONS, Office, _nothing
from tests.support.paper_lines import assert_paper, changes
from tests.support.sample import event_id, sample_store
from tests.support.stores import made_by

store = made_by(sample_store)
year = made_by(sample_store, scope="module")
TODAY = date(2026, 12, 1)


def led(link):
    given = (getattr(link, one.name) for one in fields(link) if one.name != "action")
    return f"→{link.action}" + "".join(f" {one}" for one in given if one is not None)


def said(task):
    """What a task is: ! for a duty of the contract, ? for a day that is not sure."""
    day = f"{'!' * task.is_contract_duty}{'?' * bool(task.provisional_words)}{task.due}"
    done = f"済{task.completed_on}{task.closed_because}" if task.completed_on else f"{task.bucket} {task.state_words}"
    whose = f"{task.owner_words}→{task.next_actor}{'（確認）' * task.is_own_check}{'（自分）' * task.is_own_target}"
    more = "" if task.announced_days is None else f"予告{task.announced_days}"
    return "｜".join((day, task.label, task.detail, done, whose, task.basis_short, task.basis, more, led(task.link)))


@pytest.mark.parametrize("day", [TODAY, date(2026, 12, 30)])
def test_what_is_due_on_a_day_is_read_with_its_basis_and_where_it_is_done(year, day):
    open_ones = [one for one in all_tasks(year, today=day) if one.is_open]
    assert_paper([f"{one.event_title or '年度'}｜{said(one)}" for one in open_ones], f"{day}")


@pytest.mark.parametrize("day", [TODAY, date(2026, 12, 30), date(2027, 3, 25)])
def test_the_list_and_the_month_say_how_far_each_event_is(year, day):
    found = list_events(year, today=day)
    lines = [f"{found.summary}　全{found.total}・{found.by_kind}"]
    lines += [
        "｜".join(
            (
                one.title, one.date_words, one.time_words, one.venue_words, f"{one.people}", one.people_words,
                one.state, one.state_words, f"済{one.prepared_count}", one.blocks_words, one.step_words,
                one.next_task.label if one.next_task else "", "・".join(one.open_topics),
                "".join(f"{block.state[:1]}" for block in one.blocks),
            )
        )
        for one in found.rows
    ]  # fmt: skip
    files, context = read_records_of_year(year, 1), read_year(year, day)
    for kind in context.view.kinds:
        lines.append("　".join(str(value) for value in vars(progress(files, kind, day)).values()))
    month = read_month(year, year=day.year, month=day.month, today=day)
    lines += [
        f"{one.day}{one.closed}：{'・'.join(each.title + '／' + each.short for each in one.events)}"
        f"　{'・'.join(each.label for each in one.tasks)}"
        for one in month.days
        if one.events or one.tasks
    ]
    assert_paper([*lines, f"待つ：{month.waiting_words}"], f"一覧 {day}")


def shown(store, number, today, *, whole=False):
    """Say what an event says on its page, on the list, among the tasks and in the calendar."""
    view, file = read_event(store, event_id=number, today=today), read_event_records(store, number)
    context = read_event_year(store, number, today)
    lines = [
        "　".join((view.title, view.date_words, view.time_words, view.venue_words, view.days_words)),
        "　".join((view.state_words, view.phase, view.place_words, view.people_line, f"取消{view.revocable_change}")),
        f"{view.agenda_words}　{view.length_agreed}{view.length_settled}{view.equipment_agreed}　{view.headcount}",
        f"資料{view.material_count}　{view.participation}",
        *(f"進行｜{one.start}–{one.end} {one.item.title}" for one in view.agenda),
        *(f"気づき｜{one}" for one in (*view.agenda_remarks, *view.equipment_remarks)),
        *(f"注意｜{one.text}" for one in view.warnings),
        *(f"協議｜{one.topic}　{one.settled_on}" for one in view.topics),
        *(f"受託者｜{one.label}　{one.clause}　{one.words}" for one in view.duties),
        *(f"段取り｜{'　'.join(str(value) for value in vars(one).values())}" for one in view.steps),
        *(f"準備｜{'　'.join(str(value) for value in vars(one).values())}" for one in view.other_preparation),
        f"つぎ｜{view.next_task.label if view.next_task else ''}",
        *(f"すること｜{said(one)}" for one in event_tasks(store, event_id=number, today=today) if one.task != STEP),
        *(f"記録なし｜{said(one)}　{view.unrecorded_reasons.get(one.task, '')}" for one in lapsed_tasks(file, context)),
        *(f"伝えず｜{said(one)}" for one in untold_tasks(file, context)),
    ]
    try:
        found = read_calendar(store, scope=CalendarScope(event_id=number), today=today)
    except UserError as error:
        lines.append(f"暦なし｜{error}")
    else:
        lines += [found.words, found.name, found.stem]
        for row, one in found.entries:
            line = f"{one.day} {one.summary}｜{one.location}｜{one.status}｜{one.alarm_days}"
            about = f"｜{one.starts}–{one.ends}｜{one.description}".replace("\n", " / ")
            lines.append(f"暦｜{line}{about if whole or row.key.count(':') == 1 else ''}")
    return lines


@pytest.mark.parametrize("name", SITUATIONS)
def test_an_event_says_what_becomes_of_it(store, name):
    kind, act, today = SITUATIONS[name]
    office = Office(store, event_id(store, kind, 6 if kind == "講習会" else 3))
    number, first = office.number, act is _nothing and today == TODAY
    before = [] if first else shown(store, number, TODAY if act is _nothing else today)
    act(office)
    after = shown(store, office.number, today)
    assert_paper(after if first or number != office.number else changes(before, after) or ["変わらない"], name)


@pytest.mark.parametrize("name", ["講習会 1", "派遣 1", "意見交換会 1", "意見交換会 2"])
def test_an_event_of_each_kind_says_what_was_done_for_it(year, name):
    kind, number = name.split()
    assert_paper(shown(year, event_id(year, kind, int(number)), TODAY, whole=True), name)


def test_a_calendar_of_the_year_holds_the_events_and_the_deadlines_of_both_and_another_those_of_the_ward(year):
    whole, own = (
        read_calendar(year, scope=scope, today=TODAY)
        for scope in (CalendarScope(fiscal_year=2026), CalendarScope(deadlines_only=True))
    )
    mine = {row.key for row, _one in own.entries}
    lines = ["　".join((one.words, one.name, one.stem, one.reference)) for one in (whole, own)]
    for row, one in whole.entries:
        if one.day >= TODAY:
            lines.append(f"{'区' * (row.key in mine)}｜{one.day} {one.summary}｜{one.alarm_days}")
    assert mine <= {row.key for row, _one in whole.entries}
    assert_paper(lines, "カレンダー")
