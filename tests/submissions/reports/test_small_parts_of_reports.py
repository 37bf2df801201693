"""The class of a free answer, and what the comparison says of one number."""

from types import SimpleNamespace

import pytest

from app.submissions.reports.documents.report_check import _figures
from app.submissions.reports.documents.report_parts import classes_of
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
        ("出席", "18人", "17人", "+1"),
        ("出席", "16人", "17人", "−1"),
        ("出席", "17人", "17人", "一致"),
        ("出席", "", "17", ""),
        ("出席", "17", "", ""),
        ("資料の版　スライド", "第2版", "第3版", "版が違う"),
        ("設問　問1", "1・2", "2・2", "差あり"),
    ],
)
def test_a_number_is_compared_only_where_both_are_known(item, theirs, ours, words):
    figure = ReportFigure(report_id=1, position=0, item=item, theirs=theirs, ours=ours)
    (table,) = _figures((figure,))
    assert [row[3] for row in table.rows] == [words]
