"""What a compared number says, and which chapter of a report is filled from what."""

from dataclasses import replace

import pytest

from app.programme.intake import preset
from app.submissions.reports.rules import report_figures, report_points
from app.submissions.reports.rules.dispatch_tables import abilities, dispatch_remarks
from app.submissions.reports.rules.report_points import CHAPTERS
from db.records.event_form import EventForm
from db.records.programme import ReportAnswer, ReportExtra
from db.records.submissions.reports import Report, ReportFigure
from tests.support.paper_lines import assert_paper


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


def test_a_report_has_the_chapters_that_its_contract_asks_for_in_its_words():
    said = []
    for kind in preset().kinds:
        bare = replace(kind, report_extras=(), report_items={}, has_survey=False, steps=(), lecturer="先生")
        asked = {"交通": ReportAnswer.OWN, **kind.report_items}
        own = replace(kind, report_extras=tuple(ReportExtra), report_items=asked, lecturer="先生")
        for words, one in (("", kind), ("　最小", bare), ("　最大", own)):
            said.append(f"■{kind.name}{words}")
            said += [
                f"{'○' * report_points.is_asked_for(one, part)}{part.number}　{part.title}　{part.printed_title}　"
                f"{'、'.join(chapter.title for chapter in report_points.chapters_of(one, part))}"
                for part in report_points.outline(one)
            ]
    assert_paper(said, "章")


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


GOALS = (("課題", "投稿できる", "達成：全員"), ("", " ", ""), ("課題", "続けられる", "まだ"))
AFTER_MARCH = ("R9.4", "相談", "受託者", "電話", "")


@pytest.mark.parametrize(
    ("tables", "remarks"),
    [
        ({"課題と目標": GOALS}, ["目標2の結果に「達成」「一部達成」「未達成」のどれか"]),
        ({"できること": [("投稿", "2人", "１人", "")]}, ["「投稿」の後（1人）が前（2人）より少ない理由"]),
        ({"できること": [("投稿", "2", "2", "+7"), ("登録", "3", "1", ""), ("検索", "", "1"), ("保存", "9", "")]}, []),
        ({"できること": [("投稿", "9", "10", "")]}, ["「投稿」の後（10人）が9人より多い理由"]),
        ({"課題と目標": GOALS[:1], "できること": [("投稿", "1", "9", "1"), ("検索", "1", "9", "2")]},
         ["「検索」の目標2（「課題と目標」にない番号）"]),
        ({"到達状況": [("LINE", "1", "5"), ("HP", "×", "")]}, []),
        ({"到達状況": [("LINE", "2", "6"), ("HP", "", "")]}, [
            "「LINE」の段階「6」（0から5の数字か×で書く）",
            "「LINE」の段階（報告書は前2・後6、団体の派遣前の記録は1）",
        ]),
        ({"到達状況": [("LINE", "1", "2"), ("Zoom", "1", "2")]}, ["対象ツール「HP」の段階"]),
        ({"支援計画": [("R9.3", "相談", "受託者", "電話", "")]}, ["令和9年4月以降の支援"]),
        ({"支援計画": [AFTER_MARCH, ("R9.5", "", " 区 ", "協議24", "会場"), ("R9.6", "", "区・他", "", "会場")]}, []),
        ({"支援計画": [AFTER_MARCH, ("R9.5", "相談", "区", "", "会場"), ("R9.6", "電話", "区・他", "協議24", "")]},
         ["R9.5の区の担当について、区と協議した番号", "R9.6の区の役割"]),
    ],
)  # fmt: skip
def test_what_contradicts_itself_in_the_report_of_a_visit_is_named(tables, remarks):
    known = {"people": 9, "tools": ("LINE", "HP"), "stages": {"LINE": "1"}, "fiscal_year": 2026}
    found = dispatch_remarks(tables, **known, measured="登録ができない理由：電波がない\n投稿は見た")
    assert [words for _chapter, words in found] == remarks
    assert [one.goal for one in abilities([("投稿", "1", "2", "目標３"), ("", "", "", " "), ("検索",)])] == ["3", ""]


@pytest.mark.parametrize(
    ("theirs", "ours", "options", "words"),
    [
        ("1・3", "2・2", "甲／乙", "甲 −1、乙 +1"), ("１・3", "1・2", "甲／乙", "乙 +1"), ("1", "2", "甲", ""),
        ("なし・2", "1・2", "甲／乙", "甲 差あり"), ("1・2・3", "1・2", "甲／乙", ""), ("1・2", "1", "甲／乙", ""),
    ],
)  # fmt: skip
def test_the_options_of_a_question_differ_by_so_many(theirs, ours, options, words):
    assert report_figures.different_options(figure(theirs, ours, "設問　問1", source=options)) == words


def test_options_kept_by_frequency_stand_as_asked_and_what_no_longer_holds_is_left_out():
    kept = figure("3・1", "2・1", "設問　問1", source="会計・会長")
    moved = report_figures.as_asked(kept, ["会長", "会計"])
    assert (moved.theirs, moved.ours, moved.source) == ("1・3", "1・2", "会長／会計")
    assert report_figures.as_asked(figure("3", "2・1", source="会計・会長"), ["会長", "会計"]).theirs == "3"
    assert [report_figures.as_asked(kept, options) for options in ([], ["会長"])] == [kept, kept]
    settled = figure("18人", handling="差のまま", reason="当日受付")
    held = [report_figures.with_own_values([settled], {"出席": now})[0] for now in ("１７名", "16人")]
    assert [(one.ours, one.handling, one.reason) for one in held] == [
        ("１７名", "差のまま", "当日受付"),
        ("16人", "", ""),
    ]
    minutes = figure("120分", "120分", "時間割の分")
    said = [report_figures.outdated_figures([minutes], {}, is_checked=one) for one in (False, True)]
    assert said == [("時間割の分 120分→なし",), ()]
    assert report_figures.outdated_figures([minutes], {"時間割の分": "90分"}, is_checked=True) != ()
    assert report_figures.outdated_figures([figure()], {}, is_checked=True) == ("出席 17人→なし",)
