"""The due dates that belong to the year: in the one source, closed by hand or by a record, moved with a reason,
announced."""

from datetime import date
from types import SimpleNamespace as Given

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, issued_copies
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event.services import month
from app.event.services.tasks import deadlines, year_task_kind
from app.event.services.tasks.task import Task
from app.home.today.services import home
from app.home.today.services.week_sheet import read_week
from app.surveys.compare.documents import KIND
from app.year.dates.services import (
    close_year_task,
    override_year_deadline,
    read_year_dates,
    remove_year_override,
    reopen_year_task,
)
from app.year_end.completion.services import checks
from app.year_end.summary.services.year_summary import read_summary
from db.records.documents import Outgoing
from db.rows import by_id
from db.store import Store
from tests.support.completion import receive
from tests.support.sample import sample_store
from tests.support.years import BY, TODAY, add_lecture, at

ALL = [
    "中間集計（次年度の見積）",
    "中間集計（査定資料）",
    "業務完了届",
    "提案書",
    "復元の点検",
    "検査を終える",
    "契約の満了",
    "請求書",
    "支払を終える",
    "出納閉鎖",
]


def tasks_of(store: Store, today: date = TODAY) -> dict[str, Task]:
    return {task.task: task for task in deadlines.year_tasks(store, deadlines.read_year(store, today))}


def close(store: Store, task: str, day: date, reason: str = "受領した", today: date | None = None):
    return close_year_task(
        ActionContext(store, BY, at(today or day)), programme_id=1, task=task, closed_on=day, reason=reason
    )


def on_home(store: Store, today: date) -> list[str]:
    view = home.read_home(store, today=today)
    own = [row.task.task for row in (*view.rows, *view.later_rows) if row.task.programme_id is not None]
    return own + [row.kind for row in view.work_queue.rows if row.turn == "受託者待ち" and not row.is_later]


def on_day(store: Store, day: date) -> list[str]:
    shown = month.read_month(store, year=day.year, month=day.month, today=TODAY)
    return [task.task for row in shown.days if row.day == day for task in row.tasks]


def test_every_due_date_of_the_year_stands_in_the_one_source(store):
    found = tasks_of(store)

    assert list(found) == ALL
    assert {name: task.margin for name, task in found.items() if not task.is_contract_duty} == {
        "中間集計（次年度の見積）": date(2026, 9, 30),
        "中間集計（査定資料）": date(2026, 10, 30),
        "復元の点検": date(2027, 3, 31),
        "業務完了届": date(2027, 3, 19),
        "検査を終える": date(2027, 3, 31),
        "契約の満了": date(2027, 3, 31),
        "請求書": date(2027, 4, 30),
        "支払を終える": date(2027, 5, 31),
        "出納閉鎖": date(2027, 5, 31),
    }
    assert {task.task for task in deadlines.all_tasks(store, today=TODAY)} == {*ALL, "契約の始まり"}
    assert [task.owner for task in found.values()] == [
        "区",
        "区",
        "受託者",
        "受託者",
        "区",
        "区",
        "区",
        "受託者",
        "区",
        "区",
    ]
    assert all(task.basis and task.link.action for task in found.values())
    assert "地方自治法235条の5" in found["出納閉鎖"].basis
    assert [name for name, task in found.items() if task.is_contract_duty] == ["提案書"]


def test_a_drill_waits_until_an_event_has_left_something_to_restore(store):
    def drill():
        task = tasks_of(store, date(2026, 11, 30))["復元の点検"]
        return task.margin, task.deadline.rule

    assert drill() == (date(2027, 3, 31), "年に1回、年度末の開庁日")
    assert "復元の点検" not in on_home(store, date(2026, 11, 30)), "not in the first minute of an empty office"
    add_lecture(store, date(2026, 12, 21))
    assert drill() == (date(2027, 1, 20), "年に1回、はじめの実施回のひと月後の開庁日")
    add_lecture(store, date(2026, 9, 24))
    assert drill() == (date(2026, 11, 30), "年に1回、11月末の開庁日")


def test_an_undated_year_shows_the_proposal_as_a_range_that_is_provisional(store):
    assert tasks_of(store)["提案書"].provisional_words == "仮 〜R9 3/29(月)"

    add_lecture(store, date(2026, 9, 24))

    assert tasks_of(store)["提案書"].provisional_words == "仮 10/8(木)〜R9 3/29(月)"


def test_inspection_and_payment_are_counted_from_the_day_their_paper_came(store):
    before = tasks_of(store)
    assert (before["検査を終える"].due, before["検査を終える"].is_contract_duty) == (date(2027, 3, 31), False)
    assert before["支払を終える"].provisional_words == "仮 〜R9 5/31(月)"

    close(store, "業務完了届", date(2027, 3, 12))
    close(store, "請求書", date(2027, 4, 5))
    found = tasks_of(store, date(2027, 4, 6))

    assert (found["検査"].nominal, found["検査"].is_contract_duty) == (date(2027, 3, 22), True)
    assert "目安日" in found["検査"].margin_basis
    assert (found["支払"].nominal, found["支払"].working) == (date(2027, 5, 5), date(2027, 5, 6))
    assert found["支払"].provisional_words == ""
    assert not {"検査を終える", "支払を終える"} & set(found)


def sent_back(store, returned_on, again=None, *, today=None, reason="金額の誤り"):
    saved = checks.return_invoice(
        ActionContext(store, BY, at(today or again or returned_on)),
        programme_id=1,
        returned_on=returned_on,
        reason=reason,
    )
    if again is not None:
        receive(store, "請求書", again)
    return saved


def test_a_returned_invoice_stops_the_clock_of_the_payment_until_it_comes_back(store):
    close(store, "請求書", date(2027, 4, 5))
    today = date(2027, 4, 20)
    assert tasks_of(store, today)["支払"].nominal == date(2027, 5, 5)

    sent_back(store, date(2027, 4, 12))

    found = tasks_of(store, today)
    assert found["請求書"].is_open, "the contractor owes a sound one"
    assert "支払" not in found
    assert found["支払を終える"].provisional_words.startswith("仮"), "nobody knows when it comes back"
    with pytest.raises(UserError, match="再受領を記録"):
        close(store, "請求書", date(2027, 4, 19))

    receive(store, "請求書", date(2027, 4, 19))

    payment = tasks_of(store, today)["支払"]
    assert not tasks_of(store, today)["請求書"].is_open
    assert payment.nominal == date(2027, 5, 13), "the eight days are not counted, both ends among them"
    assert "返戻 4/12(月) から再受領 4/19(月) までの8日は数えない" in payment.basis


def test_an_invoice_returned_twice_loses_both_spans_and_each_is_taken_back(store):
    close(store, "請求書", date(2027, 4, 5))
    sent_back(store, date(2027, 4, 6), date(2027, 4, 8))
    sent_back(store, date(2027, 4, 12), date(2027, 4, 15), reason="押印もれ")
    today = date(2027, 4, 20)

    shown = read_year_dates(store, today=today)
    row = next(row for row in shown.rows if row.id == "請求書")
    assert [one.words(today) for one in row.returns] == [
        "4/6(火) に返戻　理由：金額の誤り　4/8(木) に再受領",
        "4/12(月) に返戻　理由：押印もれ　4/15(木) に再受領",
    ]
    assert tasks_of(store, today)["支払"].nominal == date(2027, 5, 12)
    checks.take_back_return(ActionContext(store, BY, at(today)), programme_id=1)
    assert tasks_of(store, today)["支払"].nominal == date(2027, 5, 8)
    checks.take_back_return(ActionContext(store, BY, at(today)), programme_id=1)
    assert tasks_of(store, today)["支払"].nominal == date(2027, 5, 5)
    with pytest.raises(UserError, match="記録されていません"):
        checks.take_back_return(ActionContext(store, BY, at(today)), programme_id=1)


def test_a_return_is_refused_without_an_invoice_a_reason_or_days_in_their_order(store):
    with pytest.raises(UserError, match="請求書を、まだ"):
        sent_back(store, date(2027, 4, 6))
    close(store, "請求書", date(2027, 4, 5))
    with pytest.raises(UserError, match="理由"):
        sent_back(store, date(2027, 4, 6), reason=" ")
    for returned_on in (date(2027, 4, 2), date(2027, 4, 21)):
        with pytest.raises(UserError, match="より前か本日より後"):
            sent_back(store, returned_on, today=date(2027, 4, 20))
    assert all(not row.returns for row in read_year_dates(store, today=date(2027, 4, 20)).rows)


def test_what_was_closed_as_a_goal_stays_closed_when_its_paper_is_noted_later(store):
    close(store, "検査を終える", date(2027, 3, 10), "検査調書 第1号")
    close(store, "業務完了届", date(2027, 3, 5), today=date(2027, 3, 12))

    assert tasks_of(store, date(2027, 3, 12))["検査"].completed_on == date(2027, 3, 10)


def test_a_date_by_hand_keeps_the_computed_one_and_its_reason(store):
    override_year_deadline(
        ActionContext(store, BY, at(TODAY)),
        programme_id=1,
        task="提案書",
        due=date(2027, 2, 26),
        reason="次年度の仕様書に間に合わせる",
    )
    moved = tasks_of(store)["提案書"]

    assert (moved.due, moved.nominal, moved.provisional_words) == (date(2027, 2, 26), date(2027, 3, 29), "")
    assert moved.override_reason == "次年度の仕様書に間に合わせる"
    assert on_day(store, date(2027, 2, 26)) == ["提案書"]

    remove_year_override(ActionContext(store, BY, at(TODAY)), programme_id=1, task="提案書")
    assert tasks_of(store)["提案書"].due == date(2027, 3, 29)
    with pytest.raises(UserError, match="手で変えた"):
        remove_year_override(ActionContext(store, BY, at(TODAY)), programme_id=1, task="提案書")


def test_the_year_is_announced_on_home_seven_and_three_days_before_and_on_the_day(store):
    stages = {day: tasks_of(store, date(2026, 9, day))[ALL[0]].announced_days for day in (22, 23, 27, 30)}

    assert stages == {22: None, 23: 7, 27: 3, 30: 0}
    assert ALL[0] not in on_home(store, date(2026, 9, 22))
    assert ALL[0] in on_home(store, date(2026, 9, 23))
    assert "業務完了届" not in on_home(store, date(2027, 3, 11))
    assert "業務完了届" in on_home(store, date(2027, 3, 12))


def test_too_few_events_are_said_from_the_middle_of_the_window_until_enough_have_a_day(store):
    lectures = "残りの日程（講習会）"

    def outlook(today: date) -> tuple[str, bool | None]:
        found = read_summary(store, today=today).kinds[0]
        return found.outlook, found.is_as_specified

    assert lectures not in tasks_of(store, date(2026, 10, 27))
    assert outlook(date(2026, 10, 27)) == ("7回未定", None), "nothing has a day"
    middle = date(2026, 10, 28)
    said = "のこり8週で7回。1回も決まっていません"
    assert tasks_of(store, middle)[lectures].detail == said
    assert outlook(middle) == (said, False)
    assert lectures in on_home(store, middle)
    sheet = [task.what for _words, tasks in read_week(store, today=middle).groups for task in tasks]
    assert f"講習会の残りの日程を決める　{said}" in sheet

    for day in (2, 3, 4, 5):
        add_lecture(store, date(2026, 11, day))
    for _undated in range(3):
        add_lecture(store, None)
    assert tasks_of(store, date(2026, 11, 3))[lectures].detail == "のこり7週で5回。決まっているのは2回です"
    assert outlook(date(2026, 12, 25)) == ("のこり1日で3回。1回も決まっていません", False)
    assert outlook(date(2026, 12, 26)) == ("3回不足", False), "what has no day was not held"

    close(store, lectures, middle, "協議で4回とした")
    assert not tasks_of(store, date(2026, 12, 26))[lectures].is_open
    reopen_year_task(ActionContext(store, BY, at(middle)), programme_id=1, task=lectures)
    for day in (9, 10):
        add_lecture(store, date(2026, 11, day))
    assert lectures not in tasks_of(store, date(2026, 11, 4)), "程度 allows one less"
    assert outlook(date(2026, 11, 4)) == ("見込みどおり", True)


def test_the_month_shows_the_days_of_the_year(store):
    assert on_day(store, date(2026, 9, 30)) == ["中間集計（次年度の見積）"]
    assert on_day(store, date(2027, 3, 19)) == ["業務完了届"]
    assert on_day(store, date(2027, 5, 31)) == ["出納閉鎖", "支払を終える"]


def test_an_interim_paper_that_left_closes_its_date_by_itself(tmp_path):
    store = sample_store(tmp_path)
    with store.change(action="手の記録を除く", by=BY, now=at(date(2026, 10, 1))) as change:
        for row in read_year_dates(store, today=date(2026, 12, 1)).rows:
            if row.closing is not None:
                change.delete(type(row.closing), row.closing.id)
    for day in (date(2026, 9, 29), date(2026, 10, 28)):
        document_saving.save_document(
            ActionContext(store, BY, at(day)),
            scope=DocumentScope(fiscal_year=2026, as_of=day),
            kind=KIND,
            format="xlsx",
            options=SaveOptions(path=tmp_path / f"{day}.xlsx"),
        )
    found = tasks_of(store, date(2026, 12, 1))

    assert [found[name].completed_on for name in ALL[:2]] == [date(2026, 9, 29), date(2026, 10, 28)]
    rows = {row.id: row for row in read_year_dates(store, today=date(2026, 12, 1)).rows}
    assert rows[ALL[0]].closing is None


def test_an_interim_paper_counts_only_while_it_stands_and_not_again_as_its_copy(tmp_path):
    store = sample_store(tmp_path)
    store.database.conn.execute("DELETE FROM outgoing WHERE document_kind = ?", [KIND])
    with store.change(action="手の記録を除く", by=BY, now=at(date(2026, 9, 1))) as change:
        for row in read_year_dates(store, today=date(2026, 12, 1)).rows:
            if row.closing is not None:
                change.delete(type(row.closing), row.closing.id)
    day = date(2026, 9, 29)
    saved = document_saving.save_document(
        ActionContext(store, BY, at(day)),
        scope=DocumentScope(fiscal_year=2026, as_of=day),
        kind=KIND,
        format="xlsx",
        options=SaveOptions(path=tmp_path / "中間.xlsx"),
    )
    issued_copies.save_copy(
        ActionContext(store, BY, at(date(2026, 10, 28))),
        outgoing_id=saved.id,
        options=SaveOptions(path=tmp_path / "控え.xlsx"),
    )

    assert [tasks_of(store, date(2026, 12, 1))[name].completed_on for name in ALL[:2]] == [day, None]

    left = by_id(store.database, Outgoing, saved.id)
    with store.change(action="取り消した", by=BY, now=at(date(2026, 11, 2))) as change:
        issued_copies.withdraw_row(change, left, reason="数え直す", who=BY, at=at(date(2026, 11, 2)))

    assert [tasks_of(store, date(2026, 12, 1))[name].completed_on for name in ALL[:2]] == [None, None]


def test_interim_papers_of_september_to_may_count_and_the_second_from_october_on():
    days = [date(2026, *day) for day in ((8, 31), (9, 1), (9, 30), (10, 1))] + [date(2027, 5, 31), date(2027, 6, 1)]
    year = Given(view=Given(programme=Given(fiscal_year=2026)), records=Given(interim_days=days))
    assert year_task_kind._interim_document_days(year) == days[1:-1]
    assert (year_task_kind._first_interim(year), year_task_kind._second_interim(year)) == (days[1], days[3])


def test_the_sample_year_has_made_both_interim_totals_and_its_drill(tmp_path):
    found = tasks_of(sample_store(tmp_path), date(2026, 12, 1))

    done = [name for name, task in found.items() if not task.is_open]
    assert done == [*ALL[:2], "復元の点検"]
