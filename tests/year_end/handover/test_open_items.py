"""What is handed over as open, and what was decided, by day."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Facts

from app.event.services.tasks.event_tasks import DAYS_SET
from app.events.dispatches.services.support import ANSWER_TASK
from app.year_end.handover.documents import (
    CONTACTS,
    DECIDED,
    FIRST,
    WRONG,
    OpenItem,
    _matter_row,
    _plain_table,
    _urgent_row,
)
from app.year_end.handover.services import (
    _UNDATED,
    _decision_rows,
    _follow_up,
    _next_step_per_event,
)
from db.records.agreements import Agreement
from db.records.dispatches import DispatchFollowUp

DAY = date(2027, 3, 1)


def test_a_follow_up_is_due_on_its_next_day_where_it_has_one():
    given = {"event_id": 3, "asked_on": DAY, "question": "問い", "answer": "対応"}
    found = [_follow_up(DispatchFollowUp(**given, next_on=day), {3: "第1回"}) for day in (DAY, None)]
    assert {(one.label, one.subject) for one in found} == {("問い　対応", "第1回　フォローアップ")}
    assert [(one.day, one.due) for one in found] == [(DAY, "R9.3.1（月）"), (None, _UNDATED)]


def test_what_several_calls_of_one_row_say_alike_stands_there_once():
    call = OpenItem(subject="年度に共通", day=DAY, due="R9.3.1", label="電話", detail="聞くこと", who="区")
    row = _urgent_row([call, call, replace(call, detail="")])
    assert row == ("R9.3.1から", "電話　3件（年度に共通　聞くこと、年度に共通）", "区")


def test_of_a_recruitment_only_the_next_step_is_open_unless_its_day_was_set_by_hand():
    def task(event=1, step=None, *, task="x", is_open=True, rule=""):
        return Facts(event_id=event, step_id=step, task=task, is_open=is_open, rule=rule)

    every = [
        task(step=0, is_open=False), task(step=1), task(step=2), task(), task(event=2, step=3), task(task=ANSWER_TASK),
        task(step=4, rule=DAYS_SET[0]), task(event=2, step=5),
    ]  # fmt: skip
    found = _next_step_per_event(every)
    assert [(one.event_id, one.step_id) for one in found if not one.rule] == [(1, 1), (1, None), (2, 3)]


def test_decisions_in_effect_stand_by_day_and_number():
    def agreement(day=DAY, **values):
        return Agreement(**({"topic": "題", "decision": "決定", "ordinal": 2} | values), settled_on=day)

    rows = _decision_rows([
        agreement(), agreement(ordinal=1, reason="理由"), agreement(date(2027, 2, 1), decision="", reason="理由"),
        agreement(None), agreement(decision=""), agreement(withdrawn_on=DAY), agreement(ordinal=None, reason="はじめ"),
    ])  # fmt: skip
    assert [row[:3] for row in rows] == [
        ("R9.2.1", "題", "理由"), ("R9.3.1", "題　決定", "はじめ"),
        ("R9.3.1", "題　決定", "理由"), ("R9.3.1", "題　決定", "—"),
    ]  # fmt: skip


def test_a_later_matter_says_its_next_step_what_the_contract_asks_for_and_how_much_more_there_is():
    first = OpenItem(subject="第2回", day=DAY, due="R9.3.1（月）", label="電話", who="区")
    report = replace(first, day=date(2027, 3, 9), label="報告書", who="受託者", clause="仕4(1)コ")
    asked = replace(first, day=date(2027, 4, 2), due="仮 4/2から", is_provisional=True, label="提案書", of_year=True)
    assert _matter_row([first]) == ("R9.3.1（月）", "第2回　電話", "区")
    assert _matter_row([first, report, replace(first, label="片付け"), asked]) == (
        "R9.3.1（月）", "第2回　電話、R9.3.9　報告書（仕4(1)コ）［受託者］、仮 4/2から　提案書、ほか1件", "区",
    )  # fmt: skip


def test_each_chapter_joins_what_its_records_say_and_leaves_out_what_it_has_no_room_for():
    weeks = [OpenItem(subject="", day=date(2027, 4, day), due="", label=f"{day}日", who="区") for day in (5, 9)]
    said = {
        DECIDED: [(f"{number}", "決定", "理由", f"第{number}号") for number in range(1, 30)],
        CONTACTS: [("受託者", "電話\n住所", "注意"), ("区民館", "電話", "—")],
        WRONG: [("R9.3.1", "中止", "台風"), ("—", "遅れ", "")],
        FIRST: [("R9.4", "相談", "区")],
    }
    tables = {chapter: _plain_table(chapter, Facts(rows=said, first_weeks=weeks)) for chapter in said}
    decided, left = tables[DECIDED]
    assert (decided.rows[-1], len(decided.rows) + int(left[2:].partition("件")[0])) == (
        ("29", "決定（理由）", "第29号"),
        29,
    )
    assert tables[CONTACTS][0].rows == (("受託者", "電話　住所　注意"), ("区民館", "電話"))
    assert tables[WRONG][0].rows == (("R9.3.1", "中止　（台風）"), ("—", "遅れ"))
    assert tables[FIRST][0].rows == (("R9.4", "R9.4.5　5日、R9.4.9　9日", "区"), ("R9.4", "相談", "区"))
    assert {tables[chapter][1] for chapter in (CONTACTS, WRONG, FIRST)} == {""}
