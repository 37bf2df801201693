"""What a compared number says, and which chapter of a report is filled from what."""

import pytest

from app.programme.intake import preset
from app.submissions.reports.rules import report_figures, report_points
from app.submissions.reports.rules.report_points import CHAPTERS
from db.records.event_form import EventForm
from db.records.submissions.reports import Report, ReportFigure


def figure(theirs="", ours="17人", item="出席", **more):
    return ReportFigure(report_id=1, position=1, item=item, theirs=theirs, ours=ours, **more)


@pytest.mark.parametrize(
    ("item", "typed", "kept"),
    [
        ("出席", "18", "18人"), ("出席", "１８", "18人"), ("団体", "12", "12団体"),
        ("資料の版　スライド", "3", "第3版"), ("設問の合計　問1〜問9", "16", "各16人"), ("回収数", "16枚", "16枚"),
        ("出席", "なし", "なし"), ("出席", " 十八人 ", "十八人"),
    ],
)  # fmt: skip
def test_a_bare_number_gets_the_unit_of_its_line(item, typed, kept):
    assert report_figures.with_unit(item, typed) == kept


@pytest.mark.parametrize(
    ("theirs", "ours", "item", "words"),
    [
        ("18人", "17人", "出席", "+1"), ("15人", "17人", "出席", "−2"), ("１７名", "17人", "出席", "一致"),
        ("第2版", "第3版", "資料の版　スライド", "版が違う"), ("なし", "17人", "出席", "差あり"),
        ("", "17人", "出席", "未入力"), ("17人", "", "出席", "区の記録なし"),
    ],
)  # fmt: skip
def test_a_difference_is_said_in_words(theirs, ours, item, words):
    assert report_figures.difference_words(figure(theirs, ours, item)) == words


def test_only_a_reason_or_the_same_number_settles_a_difference():
    assert report_figures.is_open(figure("18人"))
    assert report_figures.is_open(figure("18人", handling="修正を依頼"))
    assert report_figures.is_open(figure("18人", handling="区の記録を訂正"))
    assert report_figures.is_open(figure("18人", handling="差のまま", reason=" "))
    assert not report_figures.is_open(figure("18人", handling="差のまま", reason="当日受付1人を含む"))
    assert not report_figures.is_open(figure("17人", handling="区の記録を訂正"))
    assert report_figures.is_open(figure(""))
    assert not report_figures.is_open(figure("", ours=""))


@pytest.mark.parametrize("form", CHAPTERS)
def test_every_typed_part_has_its_place_in_one_printed_chapter(form):
    placed = [key for section in report_points.OUTLINE[form] for key in section.keys]

    assert sorted(placed) == sorted(chapter.key for chapter in CHAPTERS[form])


def test_a_chapter_waits_for_its_records_and_for_what_must_be_typed():
    sections = {section.title: section for section in report_points.OUTLINE[EventForm.LECTURE]}
    empty = Report(event_id=1, way="作成", version=1)
    written = Report(event_id=1, way="作成", version=1, body={"所感": "よく学ばれた。"})

    def state(title, report, **present):
        return report_points.section_state(preset().kinds[0], sections[title], report, present)

    assert state("講師所感", empty) == "記入待ち"
    assert state("講師所感", written) == "済"
    assert state("写真", empty) == "任意"
    assert state("概要", empty, result=False) == "記入待ち"
    assert state("概要", empty, result=True) == "済"


@pytest.mark.parametrize(("item", "waits"), [("決定", False), ("欠席", True), ("貸与タブレット", True)])
def test_people_decided_may_be_left_out_of_a_report_absent_people_and_tablets_may_not(item, waits):
    assert report_figures.is_open(figure(item=item, ours="2")) == waits
    assert report_figures.with_unit(item, "２") in ("2人", "2台")
    assert report_figures.is_open(figure("3", item=item, ours="2"))


@pytest.mark.parametrize(
    ("attended", "returned", "rate", "made"),
    [
        ("18人", "18件", "94.4%", "100.0"), ("18人", "17件", "94.4%", ""), ("18人", "17枚", "94.4", ""),
        ("", "17件", "94.4%", ""), ("0人", "0件", "0%", ""),
    ],
)  # fmt: skip
def test_a_rate_that_its_own_two_numbers_do_not_make_is_said(attended, returned, rate, made):
    assert report_figures.contradicting_rate(attended, returned, rate) == made
