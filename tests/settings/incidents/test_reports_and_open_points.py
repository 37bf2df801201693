"""What is still to be done about an incident, and what its two reports say, by every decision that was made."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.settings.incidents.rules import (
    CORRECTED_FACTS_LINE,
    FACTS,
    FIRST_STEPS,
    UNKNOWN,
    LegalDeadlines,
    elapsed_words,
    open_points,
)
from app.settings.incidents.services import incident_view
from db.records.incidents import Incident, IncidentMeasure, IncidentNote, IncidentRules

DAY = date(2026, 11, 20)
KNOWN = {key: 3 if key == "people" else "x" for key, _title in FACTS}
SETTLED = Incident(
    programme_id=1,
    number=1,
    title="見あたらない",
    known_at=datetime(2026, 11, 13, 17),
    needed="否",
    owners_needed="否",
    **({"cause": "置き忘れ"} | KNOWN),
)
DONE = IncidentMeasure(incident_id=1, what="鍵", done_on=DAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ()), ({"needed": ""}, ("報告の要否が決まっていません",)),
        ({"needed": "要"}, ("委員会への速報の日がありません",)),
        ({"needed": "要", "early_on": DAY}, ("委員会への確報の日がありません",)),
        ({"needed": "要", "early_on": DAY, "final_on": DAY}, ()),
        ({"owners_needed": ""}, ("本人への通知の要否が決まっていません",)),
        ({"owners_needed": "要"}, ("本人に知らせ終えた日がありません",)),
        ({"owners_needed": "要", "owners_on": DAY}, ()), ({"cause": ""}, ("原因がありません",)), ({"people": 0}, ()),
        ({"people": None}, (f"事実が調査中です（{dict(FACTS)['people']}）",)),
    ],
)  # fmt: skip
def test_each_thing_that_is_not_settled_is_said_once(changes, said):
    assert open_points(replace(SETTLED, **changes), [DONE], [], (), has_contractor_report=False) == said


def test_measures_parties_and_the_contractor_s_report_are_waited_for():
    def points(*measures, incident=SETTLED, parties=(), notes=(), report=False):
        return open_points(incident, measures, notes, parties, has_contractor_report=report)

    assert points() == ("再発防止策がありません",)
    assert points(DONE, replace(DONE, done_on=None)) == ("再発防止策1件の実施日がありません",)
    told = [SimpleNamespace(step="課長", outcome="話した"), SimpleNamespace(step="係長", outcome="不在")]
    assert points(DONE, parties=("課長", "係長"), notes=told) == ("「係長」にまだ知らせていません",)
    theirs = replace(SETTLED, place="受託者")
    assert [len(points(DONE, incident=theirs, report=report)) for report in (False, True)] == [1, 0]


def ground(changes=(), *, target=date(2026, 11, 16), **given):
    """Return what the steps of an incident are made from."""
    days = {"early_report_by": date(2026, 11, 17), "final_report_by": date(2026, 12, 14)}
    known = {"incident": replace(SETTLED, **dict(changes)), "rules": IncidentRules(programme_id=1), "today": DAY}
    none = dict.fromkeys(("measures", "contractor_reports", "notes", "open_points"), ())
    known |= {"missing_report": "", "venue": "", "last_issued_version": 2, "parties": {}}
    return SimpleNamespace(**known | none | {"deadlines": LegalDeadlines(early_report_target=target, **days)} | given)


def said(lines):
    """Return each line as deadline, basis, result, whether it is done, and whether it is a warning."""
    return [(one.until, one.basis, one.result, one.done, one.is_warning) for one in lines]


@pytest.mark.parametrize(
    ("changes", "early", "final"),
    [
        ({"needed": ""}, ("要と決めたら", "要否　未決定", False, True), ("仮", "速報のつぎ", False, False)),
        ({"needed": "否", "needed_by": "課長"}, ("否", "否　課長", True, False), ("", "不要", True, False)),
        ({"needed": "要"}, ("要", "要", False, True), ("", "速報のつぎ", False, False)),
        ({"needed": "要", "early_on": date(2026, 11, 16)},
         ("要", "済 11/16(月)", True, False), ("", "未報告", False, True)),
        ({"needed": "要", "final_on": DAY}, ("要", "確報とあわせて", True, False), ("", "済 11/20(金)", True, False)),
    ],
)  # fmt: skip
def test_a_report_is_done_once_its_day_is_there_or_nobody_need_report(changes, early, final):
    assert said(incident_view._report_lines(ground(changes))) == [("11/17(火)", *early), ("12/14(月)", *final)]


def test_a_report_says_how_its_day_is_counted():
    counted, long = "法68条　把握の日を1日目として ", "（不正の目的のおそれは60日）"
    early, final = incident_view._report_lines(ground())
    assert (early.detail, final.detail) == (f"{counted}3–5日　開庁日は 11/16(月)まで", f"{counted}30日{long}")
    early, final = incident_view._report_lines(ground({"wrong_purpose": True}, target=date(2026, 11, 17)))
    assert (early.detail, final.detail) == (f"{counted}3–5日", f"{counted}60日（不正の目的のおそれ）")


def test_a_fact_that_is_not_known_says_so_and_nobody_is_a_number():
    def fact(key, value):
        found = {one.id: one for one in incident_view._fact_lines(ground({key: value}))}
        return found[key].result, found[key].done, found[key].is_warning

    assert (fact("people", 3), fact("people", 0)) == (("3人", True, False), ("0人", True, False))
    assert (fact("people", None), fact("what", "受付名簿")) == ((UNKNOWN, False, True), ("受付名簿", True, False))
    assert fact("what", "") == (UNKNOWN, False, True)
    report = SimpleNamespace(id=7, version=2, received_on=DAY, status="受領")
    came = list(incident_view._fact_lines(ground({"place": "受託者"}, contractor_reports=(report,))))[len(FACTS) :]
    assert [(one.id, one.result, one.result_note, one.done) for one in came] == [
        ("paper:7", "第2版　11/20(金) 受領", "受領", True)
    ]
    waits = list(incident_view._fact_lines(ground({"place": "受託者"})))[len(FACTS) :]
    assert said(waits) == [("直ちに", "特25-1(1)", "まだ受領していません", False, True)]


@pytest.mark.parametrize(
    ("changes", "people", "until", "basis", "result", "done", "is_warning"),
    [
        ({}, "3人", "—", "否", "否", True, False),
        ({"people": 0, "owners_by": "課長"}, "0人", "—", "否", "否　課長", True, False),
        ({"people": None}, "人数　調査中", "—", "否", "否", True, False),
        ({"owners_needed": "要", "owners_by": "受託者"}, "3人", "速やかに", "要", "要　受託者", False, False),
        ({"owners_needed": "", "owners_by": "区"}, "3人", "速やかに", "要否　未決定", "区", False, True),
        ({"owners_needed": ""}, "3人", "速やかに", "要否　未決定", "これから", False, True),
        ({"owners_needed": "要", "owners_on": DAY}, "3人", "速やかに", "要", "済 11/20(金)", True, False),
    ],
)
def test_how_many_are_concerned_and_who_tells_them_until_when(changes, people, until, basis, result, done, is_warning):
    (line,) = incident_view._affected_people_lines(ground(changes))
    assert line.detail == f"{people}　法68条2項"
    assert said([line]) == [(until, basis, result, done, is_warning)]


@pytest.mark.parametrize(
    ("planned_on", "done_on", "until", "result", "is_warning"),
    [
        (DAY - timedelta(days=1), None, "11/19(木)", "これから", True),
        (DAY, None, "11/20(金)", "これから", False),
        (DAY - timedelta(days=1), DAY, "11/19(木)", "済 11/20(金)", False),
        (None, None, "予定日　未定", "これから", False),
        (None, DAY, "予定日　未定", "済 11/20(金)", False),
    ],
)
def test_a_measure_is_late_from_the_day_after_it_was_planned_until_it_is_done(
    planned_on, done_on, until, result, is_warning
):
    measure = replace(DONE, planned_on=planned_on, done_on=done_on)
    lines = incident_view._prevention_lines(ground(measures=(measure,)))
    cause, late = ("", "", "置き忘れ", True, False), (until, "", result, done_on is not None, is_warning)
    assert said(lines) == [cause, late]
    assert said(incident_view._prevention_lines(ground({"cause": ""}))) == [("", "", UNKNOWN, False, True)]


def test_whoever_is_to_be_told_stands_with_when_and_by_what_rule():
    def told(step, outcome, day, number):
        at, by = datetime(2026, 11, day, 9, 5), "見本 花子"
        return IncidentNote(id=number, incident_id=1, words=step, step=step, outcome=outcome, at=at, by=by)

    notes = (told("課長", "話した", 20, 3), told("課長", "不在", 20, 2), told("会館", "不在", 13, 1))
    parties = {"課長": "内線 1", "会館": "", "受託者の業務責任者": "03"}
    given = {"parties": parties, "notes": notes, "venue": "会館", "missing_report": "続報"}
    for place, rule in (("受託者", "特25-1(1)"), ("区", "区の規程")):
        lines = list(incident_view._notification_lines(ground({"place": place}, **given)))[:4]
        assert said(lines) == [
            ("直ちに", "区の規程", "話した 9:05 見本 花子", True, False),
            ("11/13(金)", "目安日", "不在 11/13(金) 9:05 見本 花子", False, True),
            ("直ちに", rule, "これから", False, True),
            ("直ちに", "目安日", "続報を作る", False, True),
        ]
        assert [one.detail for one in lines[:3]] == ["内線 1", "電話　未記入", "03"]
    today = ground({"known_at": datetime(2026, 11, 20, 8)}, **given | {"missing_report": "最終"})
    assert [(one.id, one.until) for one in incident_view._notification_lines(today)][1:4:2] == [
        ("会館", "本日"),
        ("速報", "11/17(火)"),
    ]
    (line, *_rest) = incident_view._first_step_lines(ground(notes=(told(FIRST_STEPS["区"][0], "行った", 20, 1),)))
    assert said([line]) == [("直ちに", "区の規程", "行った 9:05 見本 花子", True, False)]


@pytest.mark.parametrize(
    ("points", "missing", "texts", "words"),
    [
        (("原因がありません",), "続報", ["原因がありません"], "残り 1点"),
        (("原因がありません",), "最終", ["原因がありません", "最終の報告をまだ出していません"], "残り 1点"),
        ((), "最終", ["最終の報告をまだ出していません"], "閉じられます"),
        ((), "", ["残っていることはありません。"], "閉じられます"),
    ],
)
def test_what_is_left_before_the_record_closes(points, missing, texts, words):
    given = ground({"closed_how": "最終の報告"}, open_points=points, missing_report=missing)
    assert [one.text for one in incident_view._closing_lines(given)] == texts
    assert [one.done for one in incident_view._closing_lines(given)] == [one.startswith("残って") for one in texts]
    people = ground({"owners_needed": "", "people": None})
    steps = [("本人へ", given), ("本人へ", people), ("閉じる", given), ("事実を書く", given)]
    assert [incident_view._step_words(title, of, 1, 3) for title, of in steps] == [
        "3人　否",
        "要否を決める",
        words,
        "あと2件",
    ]
    closed = ground({"closed_on": DAY, "closed_how": "最終の報告"}, open_points=points)
    assert incident_view._step_words("閉じる", closed, 0, 0) == "最終の報告　11/20(金)"


def test_home_asks_for_each_thing_that_is_left_of_an_incident(store):
    def asked(changes=(), **given):
        view = ground({"place": "受託者", **dict(changes)}, **{"contractor_reports": (1,)} | given)
        view.steps = (None, SimpleNamespace(lines=tuple(incident_view._notification_lines(view))))
        return [
            (one.label, one.detail, one.due, one.rule, one.clause)
            for one in incident_view._incident_follow_ups(store, view)
        ]

    known, law, day = date(2026, 11, 13), "個人情報保護法68条", "把握の日を1日目として"
    closes = ("事故の記録を閉じる", "第1号　残りなし", known, "再発防止策が済んだら", "")
    assert asked() == [closes]
    assert asked(measures=(DONE, replace(DONE, done_on=DAY + timedelta(days=1))))[0][2] == date(2026, 11, 24)
    left = {"open_points": ("残り",)}
    told = ("事故を知らせる", "第1号　あと2か所", known, "把握したら直ちに", "")
    theirs = ("受託者の事故等報告書を受領する", "第1号　まだ受領していません", known, "把握したら直ちに", "")
    assert asked(contractor_reports=(), parties={"課長": "", "会館": ""}, **left) == [told, theirs]
    needed = {"needed": "要", "early_on": DAY}
    final, commission = date(2026, 12, 14), "第1号　個人情報保護委員会"
    for wrong, count in ((False, 30), (True, 60)):
        rule = f"{day}{count}日目（休みならつぎの開庁日）"
        assert asked(needed | {"wrong_purpose": wrong}, **left) == [("事故の確報をする", commission, final, rule, law)]
    early = ("事故の速報をする", commission, date(2026, 11, 17), f"{day}5日目", law)
    assert asked({"needed": "要"}, **left) == [early]
    fixed = IncidentNote(
        id=1,
        incident_id=1,
        words="事実を直した（数量）",
        step=CORRECTED_FACTS_LINE,
        at=datetime(2026, 11, 16, 9),
        by="x",
    )
    again = (
        "事故の続報を出す",
        "第1号　事実を直した（数量）",
        date(2026, 11, 16),
        "出した報告のあとで事実を直したら",
        "",
    )
    assert asked(notes=(replace(fixed, id=2, step="課長"), fixed), missing_report="続報", **left) == [again]
    waiting = replace(DONE, planned_on=DAY, done_on=None)
    done = replace(DONE, planned_on=DAY, what="済んだ鍵")
    assert asked(measures=(waiting, done, replace(DONE, done_on=None)), **left) == [
        ("再発防止策を実施する", "第1号　鍵", DAY, "決めた予定日", "")
    ]


def test_how_long_it_has_been_known():
    words = {-1: "0分", 59: "59分", 60: "1時間0分", 1439: "23時間59分", 1440: "1日", 2000: "2日"}
    known = datetime(2026, 11, 13, 17)
    assert {one: elapsed_words(known, known + timedelta(minutes=one)) for one in words} == words


ENDED, FOUND_AGAIN = {"closed_on": DAY, "closed_how": "最終の報告"}, {"closed_on": DAY, "closed_how": "見つかった"}


@pytest.mark.parametrize(
    ("changes", "fixed", "ended", "left", "missing"),
    [
        ({}, None, None, (9,), ""), ({}, 10, None, (), ""), ({}, 10, None, (9,), "続報"), ({}, 9, None, (9,), ""),
        ({}, 10, None, (9, 11), ""), ({}, 10, None, (11, 9), ""), (ENDED, None, 10, (), "最終"),
        (ENDED, None, 10, (9,), "最終"), (ENDED, None, 10, (10,), ""), (ENDED, None, None, (9,), ""),
        (ENDED, 11, 10, (10,), ""), (FOUND_AGAIN, None, 10, (), ""), (FOUND_AGAIN, None, 10, (9,), "最終"),
    ],
)  # fmt: skip
def test_which_report_is_missing_after_a_correction_and_after_the_end(changes, fixed, ended, left, missing):
    def at(hour):
        return datetime(2026, 11, 20, hour)

    said = (
        (fixed, "事実を直した（数量）", CORRECTED_FACTS_LINE),
        (ended, "閉じた（最終の報告）", ""),
        (8, "電話", "課長"),
    )
    notes = [SimpleNamespace(at=at(hour), words=words, step=step) for hour, words, step in said if hour]
    reports = [SimpleNamespace(at=at(hour)) for hour in left]
    assert incident_view._missing_report(replace(SETTLED, **changes), notes, reports) == missing
