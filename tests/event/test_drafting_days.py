"""The 起案 of a 公文書 goes up the days that a 決裁 takes before it leaves, and home has one line for each letter."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents.services.document_saving import set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.event.services import month
from app.event.services.calendar_entries import CalendarScope, read_calendar
from app.event.services.tasks.deadlines import event_tasks
from app.event.services.tasks.task import Task
from app.events.roster.rules import SelectionTerms
from app.events.roster.services.selections import save_selection
from app.home.today.services.home import read_home
from app.programme.services import change_programme
from db.records.documents import LetterForm, LetterState
from db.records.events import RecruitmentStep
from db.records.programme import Programme
from db.records.roster import Entry
from db.rows import row
from tests.support.years import BY, NOW, add_dispatch, add_lecture

TODAY = date(2026, 9, 29)
SELECTED = date(2026, 9, 30)
CLOSED = datetime(2026, 9, 29, 9)
SELECT = "参加者を決める"
UP = "決定通知の起案を上げる"
LEAVES = "決定通知を出す"


@pytest.fixture
def lecture(store) -> int:
    """A 講習会 on Thursday 15 October: applications close on 28 September, the 決定通知 leaves on Friday 2 October."""
    return add_lecture(store, date(2026, 10, 15))


def tasks_about_letters(store, event_id: int) -> dict[str, Task]:
    found = event_tasks(store, event_id=event_id, today=TODAY)
    return {task.label: task for task in found if "通知" in task.label and task.is_open}


def set_open_days(store, count: int) -> None:
    programme = replace(row(store.database, Programme), decision_open_days=count)
    change_programme(ActionContext(store, BY, NOW), programme=programme)


def test_the_drafting_stands_three_open_days_before_the_letter_leaves_but_not_before_the_selection(store, lecture):
    found = tasks_about_letters(store, lecture)
    assert {label: task.due for label, task in found.items()} == {UP: SELECTED, LEAVES: date(2026, 10, 2)}
    counted = "目安日。決定通知 10/2(金) の3開庁日前（決裁にかかる開庁日）"
    assert found[UP].basis == f"{counted}は、参加者を決める 9/30(水) より前にあたるため、その日"
    assert (found[UP].detail, found[UP].is_contract_duty) == ("出す日 10/2(金)", False)
    shown = month.read_month(store, year=2026, month=9, today=TODAY)
    assert [task.label for one in shown.days if one.day == SELECTED for task in one.tasks].count(UP) == 1
    entries = read_calendar(store, scope=CalendarScope(event_id=lecture), today=TODAY)
    assert UP in str(entries)
    visit = add_dispatch(store, date(2026, 12, 17))
    drafted = tasks_about_letters(store, visit)["決定・不採択の通知の起案を上げる"]
    assert drafted.due == date(2026, 11, 5), "it leaves on Friday 6; of three open days before, the selection is later"


def on_home(store, today: date = TODAY) -> list[str]:
    view = read_home(store, today=today)
    return [
        one.task.label
        for one in (*view.rows, *view.passed_targets, *view.later_rows)
        if one.task.label in (SELECT, UP, LEAVES)
    ]


def test_home_has_one_line_for_a_letter_first_that_of_the_selection_it_tells(store, lecture):
    with store.change(action="申込", by=BY, now=NOW) as change:
        change.insert(Entry(event_id=lecture, organisation_name="見本町会", applied_at=NOW))
    assert {day: on_home(store, day) for day in (TODAY, SELECTED, date(2026, 10, 2))} == {
        TODAY: [SELECT],
        SELECTED: [SELECT],
        date(2026, 10, 2): [SELECT],
    }
    save_selection(
        ActionContext(store, BY, CLOSED), event_id=lecture, terms=SelectionTerms(method="先着順", capacity=9)
    )
    assert on_home(store, SELECTED) == [UP]

    set_letter_state(
        ActionContext(store, BY, CLOSED),
        scope=DocumentScope(event_id=lecture),
        kind="決定通知",
        form=LetterForm.FORMAL,
        state=LetterState.IN_APPROVAL,
    )
    assert (on_home(store), list(tasks_about_letters(store, lecture))) == ([LEAVES], [LEAVES])


def test_the_days_of_a_decision_are_a_setting_and_nothing_is_drafted_before_the_applications_close(store, lecture):
    set_open_days(store, 5)
    found = tasks_about_letters(store, lecture)[UP]
    assert found.due == SELECTED, "five open days before is 25 September, the closing day the 28th"
    assert found.basis.endswith(
        "の5開庁日前（決裁にかかる開庁日）は、参加者を決める 9/30(水) より前にあたるため、その日"
    )
    step = row(store.database, RecruitmentStep, event_id=lecture, name="決定")
    with store.change(action="見本", by=BY, now=NOW) as change:
        change.delete(RecruitmentStep, step.id)
    found = tasks_about_letters(store, lecture)[UP]
    assert found.due == date(2026, 9, 29)
    assert found.basis.endswith("の5開庁日前（決裁にかかる開庁日）は、締切 9/28(月) までにあたるため、そのつぎの開庁日")
    set_open_days(store, 0)
    assert list(tasks_about_letters(store, lecture)) == [LEAVES]


def test_a_letter_that_was_sent_is_not_drafted(store, lecture):
    step = row(store.database, RecruitmentStep, event_id=lecture, name="決定通知")
    with store.change(action="見本", by=BY, now=NOW) as change:
        change.update(RecruitmentStep, step.id, done_on=TODAY)
    assert tasks_about_letters(store, lecture) == {}
