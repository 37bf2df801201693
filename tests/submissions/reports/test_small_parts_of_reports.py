"""The class of a free answer, and what the comparison says of one number."""

from datetime import date, timedelta
from types import SimpleNamespace
from types import SimpleNamespace as Facts

import pytest

from app.calendar.office_days import OfficeCalendar
from app.submissions.reports.documents.report_check import _figures
from app.submissions.reports.documents.report_dispatch import dispatch_figures
from app.submissions.reports.documents.report_parts import _clock, _fits, _material_line, classes_of, timetable
from app.submissions.reports.services.report_form import _until
from db.records.submissions.reports import ReportFigure


def test_a_free_answer_has_the_class_that_was_typed_for_its_question_and_number():
    typed = (
        ("問10", " 1 ", "会場"),
        ("問10 ", "2", ""),
        ("問11", "1", "講師"),
        ("問10", "3"),
        ("問10", "4", "時間", "x"),
    )
    report = SimpleNamespace(tables={"自由記述分類": typed})
    assert classes_of(report, "問10") == {"1": "会場", "2": "", "4": "時間"}
    assert classes_of(report, "問11") == {"1": "講師"}
    assert classes_of(report, "問12") == {}
    assert classes_of(SimpleNamespace(tables={}), "問10") == {}


@pytest.mark.parametrize(
    ("item", "theirs", "ours", "words"),
    [
        ("出席", "18人", "17人", "+1"), ("出席", "16人", "17人", "−1"), ("出席", "17人", "17人", "一致"),
        ("出席", "", "17", ""), ("出席", "17", "", ""), ("資料の版　スライド", "第2版", "第3版", "版が違う"),
        ("設問　問1", "1・2", "2・2", "差あり"),
    ],
)  # fmt: skip
def test_a_number_is_compared_only_where_both_are_known(item, theirs, ours, words):
    figure = ReportFigure(report_id=1, position=0, item=item, theirs=theirs, ours=ours)
    (table,) = _figures((figure,))
    assert [row[3] for row in table.rows] == [words]


DAY = date(2026, 10, 7)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("least", "most", "strict", "first", "last"),
    [(20, 20, False, 18, 22), (20, 20, True, 20, 20), (10, 20, False, 10, 20), (10, 20, True, 10, 20)],
)
def test_a_few_more_or_fewer_are_within_a_single_number_that_is_not_strict(least, most, strict, first, last):
    numbers = Facts(people_min=least, people_max=most, people_strict=strict)
    assert [people for people in range(40) if _fits(people, numbers)] == list(range(first, last + 1))


def test_the_report_is_asked_for_by_its_day_and_after_it_without_one_until_it_is_late():
    plain = "メールでご提出ください。"
    assert _until(None, DAY, late=False) == _until(None, DAY, late=True) == _until(DAY, AFTER, late=False) == plain
    assert {_until(DAY, today, late=False) for today in (BEFORE, DAY)} == {f"令和8年10月7日（水）までに{plain}"}
    late = f"{plain}提出期限の令和8年10月7日（水）を過ぎています。提出の見込みをお知らせください。"
    assert _until(DAY, AFTER, late=True) == late


def version(received=BEFORE, result=DAY, checked=True):
    return Facts(received_on=received, result_on=result, is_checked=checked)


@pytest.mark.parametrize(
    ("versions", "cells"),
    [
        ([version()], ("R8.10.7（水） 確認完了", "期限内")), ([version(result=AFTER)], ("R8.10.8（木） 確認完了", "")),
        ([version(), None], ("", "")), ([version(), version(checked=False)], ("", "")),
        ([version(), version(result=None)], ("", "")),
        ([version(), version(AFTER, None)], ("R8.10.7（水） 確認完了", "期限内")),
        ([version(DAY, None), version()], ("", "")), ([version(AFTER, AFTER)], ("R8.10.8（木） 確認完了", "")),
        ([version(result=BEFORE), version()], ("R8.10.7（水） 確認完了", "期限内")),
    ],
)  # fmt: skip
def test_handouts_are_checked_in_time_by_the_last_of_those_that_came_in_time(versions, cells):
    facts = Facts(material_due=DAY, numbers=Facts(material_period="7日前"), materials=[("", one) for one in versions])
    ((name, _limit, *rest),) = _material_line(facts, OfficeCalendar())
    assert (name, tuple(rest)) == ("資料の確認", cells)
    nothing = (Facts(material_due=None, materials=[1]), Facts(material_due=DAY, materials=[]))
    assert [_material_line(one, OfficeCalendar()) for one in nothing] == [(), ()]


def test_the_timetable_runs_on_from_the_start_and_ends_with_its_sum():
    assert [_clock(minutes) for minutes in (0, 59, 60, 605)] == ["00:00", "00:59", "01:00", "10:05"]
    items = [
        Facts(minutes=minutes, title=title, form=form, content=content)
        for minutes, title, form, content in ((25, "甲", "講義", "A"), (0, "乙", "", "B"), (40, "丙", "実習", "C"))
    ]
    typed = [["甲", "打ち直し"], ["丙", ""], ["乙"]]
    facts = Facts(report=Facts(tables={"時間割内容": typed}), event=Facts(start_time="13:50", timetable=items))
    (plain,) = timetable(facts, with_form=False)
    (formed,) = timetable(facts, with_form=True, wide_title=60)
    assert plain.rows == (
        ("13:50", "25", "甲", "打ち直し"), ("14:15", "0", "乙", "B"), ("14:15", "40", "丙", "C"),
        ("14:55", "65", "終了", ""),
    )  # fmt: skip
    assert [row[2:] for row in formed.rows] == [
        ("甲", "講義", "打ち直し"), ("乙", "", "B"), ("丙", "実習", "C"), ("終了", "", ""),
    ]  # fmt: skip
    assert (plain.bold_rows, plain.total_row) == ((3,), True)
    assert [sum(column.width for column in one.columns) for one in (plain, formed)] == [165, 165]


@pytest.mark.parametrize(
    ("tables", "figures"),
    [
        ({}, {}),
        (
            {"到達状況": (("甲",), ("乙", "1"), ("丙", "", "2"), ("丁", "1", ""), ("戊", "1", "3"), ("己", "2", "4"))},
            {"到達段階": ("1→3", "戊")},
        ),
        (
            {"課題と目標": (("遅い", "送る", "達成：全員"), ("古い", "直す"), ("", ""), ("無い", "作る", "未達"))},
            {"達成した目標": ("1", "3件中")},
        ),
        ({"課題と目標": (("古い", "直す", ""),)}, {"達成した目標": ("0", "1件中")}),
        ({"支援計画": (("", ""), ("R9.2",), ("R9.3", "訪問"))}, {"つぎの支援": ("R9.2", "")}),
        ({"支援計画": (("R9.3", "訪問"),)}, {"つぎの支援": ("R9.3", "訪問")}),
    ],
)  # fmt: skip
def test_the_figures_of_a_visit_are_those_of_whole_rows(tables, figures):
    event = Facts(people=Facts(attended=None, applied=None), tools=())
    found = dispatch_figures(Facts(report=Facts(tables=tables), event=event))
    assert {one.label: (one.value, one.note) for one in found if one.value} == figures
