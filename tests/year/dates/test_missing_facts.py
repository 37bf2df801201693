"""A fact of the contract without which papers have no day is a task on home, with what waits for it."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.home.today.services.home import read_home
from app.programme.services import change_programme
from app.submissions.work_queue.services import read_work_queue
from db.records.programme import Programme
from db.rows import row
from tests.support.years import BY, NOW, TODAY, add_lecture, sign_contract

WAITING = "管理責任者選任届・従事者・配置表の届・教育実施報告書・訓練の記録"


def asked(store, today: date = TODAY) -> list[tuple[str, str]]:
    """What home asks to be entered, with what it says of it and where its button leads."""
    view = read_home(store, today=today)
    rows = [
        one.task for one in (*view.rows, *view.passed_targets, *view.later_rows) if one.task.label.endswith("を入れる")
    ]
    assert all(task.link.action == "契約" for task in rows)
    return [(task.label, task.detail) for task in rows]


def set_contract(store, **values) -> None:
    programme = replace(row(store.database, Programme), **values)
    change_programme(ActionContext(store, BY, NOW), programme=programme)


def undated(store) -> set[str]:
    queue = read_work_queue(store, today=TODAY)
    return {one.kind for one in queue.rows if one.due_words == "期限なし"}


def test_the_day_of_the_contract_is_asked_for_with_the_papers_that_wait_for_it(store):
    assert undated(store) == {"管理責任者選任届", "従事者・配置表の届", "教育実施報告書", "訓練の記録"}
    missing = [("契約確定日を入れる", f"令和8年度　{WAITING}の期限が、まだ出ません")]
    assert asked(store) == missing, "papers are owed before the first event"
    add_lecture(store)
    assert asked(store) == missing
    assert (asked(store, date(2026, 3, 31)), asked(store, date(2026, 4, 1))) == ([], missing), "the year begins"
    sign_contract(store)
    assert (asked(store), undated(store)) == ([], set())


@pytest.mark.parametrize(
    ("begins", "label"),
    [("契約締結日", "契約締結日を入れる"), ("", "履行期間の始まりを入れる"), ("令和8年4月1日", None)],
)
def test_it_is_called_as_the_contract_calls_it_and_not_asked_for_where_the_beginning_is_a_day(store, begins, label):
    add_lecture(store)
    set_contract(store, term_begins=begins)
    assert [words for words, _waiting in asked(store)] == ([label] if label else [])


def test_the_closing_day_of_the_accounts_is_asked_for_before_the_payment_has_to_be_ordered(store):
    sign_contract(store)
    add_lecture(store)
    assert asked(store, date(2027, 1, 29)) == []
    assert asked(store, date(2027, 1, 30)) == [("会計の締切を入れる", "入れるまで、支出命令の期限が出ません")]
    set_contract(store, accounts_due=date(2027, 4, 20))
    assert asked(store, date(2027, 3, 1)) == []
