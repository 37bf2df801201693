"""What is still to be done about an incident, and what its two reports say, by every decision that was made."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.settings.incidents.rules import FACTS, UNKNOWN, LegalDeadlines, open_points
from app.settings.incidents.services.incident_view import (
    _affected_people_lines,
    _fact_lines,
    _prevention_lines,
    _report_lines,
)
from db.records.incidents import Incident, IncidentMeasure, IncidentRules

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
        ({}, ()),
        ({"needed": ""}, ("報告の要否が決まっていません",)),
        ({"needed": "要"}, ("委員会への速報の日がありません",)),
        ({"needed": "要", "early_on": DAY}, ("委員会への確報の日がありません",)),
        ({"needed": "要", "early_on": DAY, "final_on": DAY}, ()),
        ({"owners_needed": ""}, ("本人への通知の要否が決まっていません",)),
        ({"owners_needed": "要"}, ("本人に知らせ終えた日がありません",)),
        ({"owners_needed": "要", "owners_on": DAY}, ()),
        ({"cause": ""}, ("原因がありません",)),
        ({"people": 0}, ()),
        ({"people": None}, (f"事実が調査中です（{dict(FACTS)['people']}）",)),
    ],
)
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


def lines(**changes):
    ground = SimpleNamespace(
        incident=replace(SETTLED, **changes),
        deadlines=LegalDeadlines(
            early_report_by=date(2026, 11, 17),
            early_report_target=date(2026, 11, 16),
            final_report_by=date(2026, 12, 14),
        ),
        rules=IncidentRules(programme_id=1),
        today=DAY,
    )
    return [(one.result, one.done, one.is_warning, one.basis) for one in _report_lines(ground)]


@pytest.mark.parametrize(
    ("changes", "early", "final"),
    [
        ({"needed": ""}, ("要否　未決定", False, True, "要と決めたら"), ("速報のつぎ", False, False, "仮")),
        ({"needed": "否", "needed_by": "課長"}, ("否　課長", True, False, "否"), ("不要", True, False, "")),
        ({"needed": "要"}, ("要", False, True, "要"), ("速報のつぎ", False, False, "")),
        (
            {"needed": "要", "early_on": date(2026, 11, 16)},
            ("済 11/16(月)", True, False, "要"),
            ("未報告", False, True, ""),
        ),
        ({"needed": "要", "final_on": DAY}, ("確報とあわせて", True, False, "要"), ("済 11/20(金)", True, False, "")),
    ],
)
def test_a_report_is_done_once_its_day_is_there_or_nobody_need_report(changes, early, final):
    assert lines(**changes) == [early, final]


def test_a_fact_that_is_not_known_says_so_and_nobody_is_a_number():
    def fact(key, value):
        ground = SimpleNamespace(incident=replace(SETTLED, **{key: value}), contractor_reports=(), missing_report="")
        found = {one.id: one for one in _fact_lines(ground)}
        return found[key].result, found[key].done, found[key].is_warning

    assert (fact("people", 3), fact("people", 0)) == (("3人", True, False), ("0人", True, False))
    assert (fact("people", None), fact("what", "受付名簿")) == ((UNKNOWN, False, True), ("受付名簿", True, False))
    assert fact("what", "") == (UNKNOWN, False, True)


@pytest.mark.parametrize(
    ("changes", "basis", "result", "done", "is_warning"),
    [
        ({"owners_needed": ""}, "要否　未決定", "これから", False, True),
        ({"owners_needed": "要", "owners_by": "課長"}, "要", "要　課長", False, False),
        ({"owners_needed": "要", "owners_on": DAY}, "要", "済 11/20(金)", True, False),
        ({"owners_needed": "否", "owners_by": "課長"}, "否", "否　課長", True, False),
    ],
)
def test_those_concerned_are_told_as_it_was_decided(changes, basis, result, done, is_warning):
    (line,) = _affected_people_lines(SimpleNamespace(incident=replace(SETTLED, **changes), today=DAY))
    assert (line.basis, line.result, line.done, line.is_warning) == (basis, result, done, is_warning)


@pytest.mark.parametrize(
    ("planned_on", "done_on", "is_warning"),
    [
        (DAY - timedelta(days=1), None, True),
        (DAY, None, False),
        (DAY - timedelta(days=1), DAY, False),
        (None, None, False),
        (None, DAY, False),
    ],
)
def test_a_measure_is_late_from_the_day_after_it_was_planned_until_it_is_done(planned_on, done_on, is_warning):
    measure = replace(DONE, planned_on=planned_on, done_on=done_on)
    _cause, line = _prevention_lines(SimpleNamespace(incident=SETTLED, today=DAY, measures=(measure,)))
    assert (line.done, line.is_warning) == (done_on is not None, is_warning)


@pytest.mark.parametrize(
    ("changes", "detail", "until", "result"),
    [
        ({}, "3人　法68条2項", "—", "否"),
        ({"people": 0}, "0人　法68条2項", "—", "否"),
        ({"people": None}, "人数　調査中　法68条2項", "—", "否"),
        ({"owners_needed": "要", "owners_by": "受託者"}, "3人　法68条2項", "速やかに", "要　受託者"),
        ({"owners_needed": "", "owners_by": "区"}, "3人　法68条2項", "速やかに", "区"),
        ({"owners_needed": "", "owners_by": ""}, "3人　法68条2項", "速やかに", "これから"),
        ({"owners_needed": "要", "owners_on": DAY}, "3人　法68条2項", "速やかに", "済 11/20(金)"),
    ],
)
def test_how_many_are_concerned_and_who_tells_them_until_when(changes, detail, until, result):
    (line,) = _affected_people_lines(SimpleNamespace(incident=replace(SETTLED, **changes), today=DAY))
    assert (line.detail, line.until, line.result) == (detail, until, result)


@pytest.mark.parametrize(
    ("cause", "result", "done", "is_warning"), [("置き忘れ", "置き忘れ", True, False), ("", UNKNOWN, False, True)]
)
def test_a_cause_that_is_not_known_stays_open(cause, result, done, is_warning):
    incident = replace(SETTLED, cause=cause)
    (line,) = _prevention_lines(SimpleNamespace(incident=incident, today=DAY, measures=()))
    assert (line.result, line.done, line.is_warning) == (result, done, is_warning)


@pytest.mark.parametrize(
    ("planned_on", "done_on", "until", "result"),
    [
        (None, None, "予定日　未定", "これから"),
        (DAY, None, "11/20(金)", "これから"),
        (DAY, DAY, "11/20(金)", "済 11/20(金)"),
        (None, DAY, "予定日　未定", "済 11/20(金)"),
    ],
)
def test_a_measure_says_when_it_is_planned_and_when_it_was_done(planned_on, done_on, until, result):
    measure = replace(DONE, planned_on=planned_on, done_on=done_on)
    _cause, line = _prevention_lines(SimpleNamespace(incident=SETTLED, today=DAY, measures=(measure,)))
    assert (line.until, line.result) == (until, result)
