"""What a received report is checked for, its 確認票 and 修正依頼, and who is counted beside earlier events, by case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.documents.services.document_context import event_document_context
from app.event.services.event_facts import read_event_facts
from app.programme.intake import preset
from app.programme.services import read_programme
from app.submissions.reports.documents.report_check import correction_request, report_check
from app.submissions.reports.rules.open_points import OpenPoint, discussion_stops, open_points, point_words
from app.submissions.reports.rules.report_points import completeness, is_only_tally, report_items
from app.submissions.reports.services import report_marks
from app.submissions.reports.services.received_reports import RECEIVED_KINDS
from app.submissions.reports.services.report_documents import CHECK, count_attendance, entries_by_event, held_before
from app.submissions.reports.services.report_marks import questions_counted
from db.records.events import Event
from db.records.programme import ReportAnswer
from db.records.submissions.reports import Report, ReportFigure
from db.rows import by_id
from db.tables.events import events_of_year
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.sample import NOW, event_id, sample_store
from tests.support.stores import made_by

store = made_by(sample_store, scope="module")
DAY = date(2026, 10, 13)
ONE = timedelta(days=1)
KINDS = {one.kind: one for one in preset().kinds}
PLAIN = {"写真": ReportAnswer.CONDUCT, "集計": ReportAnswer.TALLY}


def figure(item, theirs, ours, **more):
    return ReportFigure(report_id=1, position=1, item=item, theirs=theirs, ours=ours, **more)


FIGURES = (
    figure("出席", "15人", "16人", page="2"), figure("回収率", "80.0％", "75.0％", page="3"),
    figure("申込", "18人", "18人", source="実施の記録"),
    figure("欠席", "1人", "2人", handling="差のまま", reason="確かめた"),
    figure("団体", "", "9団体"), figure("設問　問1", "1・2", "2・1", source="会長／会計", handling="修正を依頼"),
    figure("設問　問2", "1・2", "1・2"), figure("回収数", "12件", "12件"), figure("印刷部数", "3部", ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("has_survey", "items", "points"),
    [
        (True, PLAIN, ["写真", "集計"]), (False, PLAIN, ["写真"]),
        (True, {"写真": PLAIN["写真"]}, ["写真", "アンケートの集計結果"]),
        (True, {"甲": PLAIN["写真"], "乙": PLAIN["写真"]}, ["甲", "アンケートの集計結果", "乙"]), (False, {}, []),
    ],
)  # fmt: skip
def test_a_report_must_hold_the_totals_just_where_the_kind_has_a_survey(has_survey, items, points):
    kind = replace(KINDS["講習会"], has_survey=has_survey, report_items=items)
    assert list(report_items(kind)) == points
    told = [[], *([one] for one in points), [*points, "写真"]]
    assert [one for one in told if is_only_tally(kind, one)] == [[one] for one in points if "集計" in one]


def test_each_point_says_what_it_rests_on_or_what_it_waits_for():
    typed = (("1班", "題", "", "", "", "", "決めた"), ("2班", "題", "5人", "例野"), ("3班", "題", "", "", "課題"))
    groups = {"班": typed}
    said = []
    for kind in KINDS.values():
        for body, tables, has_timetable, attended, returned, frozen in (
            ({}, {}, False, None, None, False), ({}, groups, True, None, 0, True), ({}, groups, False, 3, 3, False),
            ({"所感": " \n"}, {}, True, 0, 3, True),
            ({"所感": "よい", "講義": "話", "支援方針": "続ける"}, groups, True, 3, 1, True),
        ):  # fmt: skip
            report = Report(event_id=1, way="作成", version=1, body=body, tables=tables)
            found = completeness(
                kind, report, has_timetable=has_timetable, attended=attended, returned=returned, frozen=frozen
            )
            given = f"{has_timetable}・{attended}・{returned}・{frozen}"
            said.append(
                f"{kind.name} {given}　" + "　".join(f"{'✓' * one.done}{one.point}：{one.words}" for one in found)
            )
            points = open_points(kind, report, attended=attended, groups=3, fiscal_year=2026)
            said.append("　".join(point_words(points)))
    assert_paper(said, "記載事項")
    visit, rows = KINDS["派遣"], {"できること": (("送れる", "1", "12", ""),)}
    report = Report(event_id=1, way="作成", version=1, tables=rows | {"到達状況": (("LINE", "1", "2"),)})
    found = [open_points(visit, report, attended=9, asked=count, fiscal_year=2026) for count in (None, 0, 11, 12)]
    told = [[one.words for one in each if one.words] for each in found]
    assert told == [*([f"「送れる」の後（12人）が{count}人より多い理由"] for count in (9, 0, 11)), []]
    mixed = [
        OpenPoint(section=title, words=words) for title, words in zip("甲乙乙丙", ("", "一", "二", ""), strict=True)
    ]
    assert point_words(mixed) == ("甲：未記入", "乙：一、二", "丙：未記入")


def test_a_next_step_without_a_day_stops_a_discussion_and_one_without_how_it_is_seen_does_not():
    rows = (("配る", "声", "区", "1月", ""), (" ", ""), ("募る", "声", "", " ", "見る"), ("書く",))
    groups = (("1班", "", "3人　付箋 9枚", "", "", "費用 4枚\n鍵 5枚"), ("2班", "", "付箋 3枚", "", "", "表 4枚"))
    report = Report(event_id=1, way="作成", version=1, tables={"つなげること": rows, "班": groups})
    assert discussion_stops(report) == (
        "2班：付箋3枚の内訳が4＝4枚です", "つぎにつなげること2の担当・時期",
        "つぎにつなげること3のもとになった討議・担当・時期",
    )  # fmt: skip


def test_the_sheet_of_a_check_says_receipt_numbers_and_findings(store):
    event = by_id(store.database, Event, event_id(store, "講習会", 2))
    context = event_document_context(store, event, CHECK, NOW)
    facts = read_event_facts(store, event)
    bare = Report(event_id=event.id, way="受領", version=1)
    full = replace(
        bare,
        version=2,
        received_on=DAY,
        received_how="メール",
        receipt_number="第5号",
        original_place="紙ファイル",
        file_name="報告.pdf",
        pages=4,
        points={"実施内容": True, "所感": False},
        note="前の版は返した",
        status="確認済",
        checked_on=DAY,
        checked_by="見本",
    )
    due = {"due": DAY - ONE, "limit": DAY}
    cases = (
        (bare, (), {"due": None}), (full, FIGURES, due | {"first_received_on": DAY - ONE}),
        (replace(full, received_how="", pages=None), FIGURES[:3], due | {"limit": DAY - ONE}),
        (full, FIGURES[2:3], due | {"first_received_on": DAY}), (full, (), due | {"first_received_on": DAY + ONE}),
        (replace(full, note="", points={}), FIGURES[3:4], due | {"limit": None}),
    )  # fmt: skip
    said = []
    for report, figures, known in cases:
        paper = report_check(
            context,
            facts,
            report,
            figures,
            clause="仕様書4(1)コ",
            due_words="1か月以内",
            points=("実施内容", "所感", "集計"),
            **known,
        )
        said += [f"【{paper.header_right}・{paper.ordinal}】", *(one for one in lines_of(paper) if one not in said)]
    assert_paper(said, "確認票")


def test_a_request_for_correction_counts_what_is_wrong_and_tells_what_follows_with_its_cause():
    said = []
    for figures, missing, tally in (
        (FIGURES, ("所感", "集計"), ("問2の無回答を直す", "問3を直す")), (FIGURES[1:], (), ()), (FIGURES[2:5], (), ()),
        ((), ("所感",), ()), ((), (), ("問2を直す",)),
        ((FIGURES[0], replace(FIGURES[1], handling="差のまま")), (), ()),
        ((replace(FIGURES[0], handling="差のまま"), FIGURES[1]), (), ()),
    ):  # fmt: skip
        text = correction_request("第2回「見本」", figures, missing, "見本" * bool(missing), tally)
        said += ["【】", *text.split("\n")]
    assert_paper(said, "修正依頼")
    changes = ["出席 1人→2人", "設問 問1 1→2", "設問 問6 2→1", "設問の合計 3→4"]
    assert questions_counted(changes) == ("出席 1人→2人", "設問の合計 3→4", "設問ごとの人数 2問（問1、問6）")
    assert questions_counted(changes[:1]) == ("出席 1人→2人",)


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ({"checked_on": DAY, "received_on": DAY - ONE}, "R8.10.13に"),
        ({"checked_on": None, "received_on": DAY}, "R8.10.13に"),
        ({"checked_on": DAY, "received_on": None}, "R8.10.13に"), ({"status": "区が確認中", "checked_on": DAY}, ""),
    ],
)  # fmt: skip
def test_a_checked_sheet_says_since_which_day_its_numbers_are_others(monkeypatch, values, since):
    monkeypatch.setattr(report_marks, "outdated_check_words", lambda *_given: ("出席 1人→2人",))
    report = Report(**({"event_id": 1, "way": "受領", "version": 1, "status": "確認済"} | values))
    said = report_marks._outdated_check_document_words(None, None, report)
    assert said == (f"{since}確認したもので、そのあと記録が変わった（出席 1人→2人）。" if since else "")


def test_who_came_for_the_first_time_and_from_where_is_counted_over_the_year(store):
    year = events_of_year(store.database, 1)
    entries = entries_by_event(store, year)
    held = [one for one in year if one.status.is_held]
    said = []

    def counted(title, events=year, found=entries, branch="", last=3):
        wanted = [one for one in events if one.status.is_held][:last]
        counts = count_attendance(store, events, found, wanted, branch=branch).values()
        for event, one in zip(wanted, counts, strict=True):
            parts = "、".join(f"{name} {count}" for name, count in one.branches)
            said.append(f"{title}{event.full_title}　{one.noted}人　はじめて{one.first}　{parts}")

    counted("", last=9)
    second, third = held[1], held[2]
    left_out = [replace(one, attendance="欠席") for one in entries[held[0].id]]
    unknown = [replace(entries[third.id][0], person_id=None, attendance="出席"), *entries[third.id][1:]]
    no_group = [replace(one, organisation_id=None, organisation_name="") for one in entries[second.id]]
    counted("書き換え　", found=entries | {held[0].id: left_out, third.id: unknown, second.id: no_group}, branch="地区")
    same_day = [
        replace(one, event_date=held[0].event_date, start_time="09:00" if one.id == second.id else "10:00")
        for one in year
    ]
    counted("2回目が先　", events=same_day)
    counted("日がない　", events=[replace(one, event_date=None) if one.id == second.id else one for one in year])
    assert_paper(said, "はじめての人")
    assert [one.ordinal for one in held_before(third, year)] == [1, 2]
    assert [len(held_before(replace(third, event_date=day), year)) for day in (None, held[0].event_date)] == [0, 0]


def test_the_periods_of_all_kinds_stand_together_that_of_most_of_them_first(store):
    view = read_programme(store)
    rule = RECEIVED_KINDS[0].rule
    assert rule(view) == "1か月以内（派遣は3週間以内）"
    assert rule(replace(view, kinds=[one for one in view.kinds if one.kind != "派遣"])) == "1か月以内"
