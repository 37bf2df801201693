"""前回・前年との比較: people beside people, only questions with the same options, and what became of the
last findings."""

import io
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from app.documents.blocks import Heading, PairedBands, Table
from app.documents.services import documents
from app.submissions.reports.services import report_documents, report_form, reports
from db.records.events import Event, EventResult
from db.records.roster import Entry
from db.records.submissions.reports import Report
from db.records.surveys import EventSurvey
from db.rows import by_id, rows
from db.tables import events
from tests.support.sample import BY, NOW, acting, event_id

pytestmark = pytest.mark.sample_year


def paper(store, number, kind="講習会"):
    return report_documents.report_document(store, by_id(store.database, Event, event_id(store, kind, number)), NOW)


def by_branch(content):
    heads = [
        number
        for number, one in enumerate(content.blocks)
        if isinstance(one, Heading) and one.text == "参加団体の支部別"
    ]
    return content.blocks[heads[0] + 1] if heads else None


def table(content, name):
    return next(one for one in content.blocks if isinstance(one, Table) and one.name == name)


def test_earlier_events_stand_left_of_this_one_and_a_change_is_people(store):
    numbers = table(paper(store, 3), "数の比較")
    heads = [column.title.split("\n")[0] for column in numbers.columns]
    assert heads == ["項目", "第1回", "第2回", "今回　第3回", "第2回からの増減"]
    for row in numbers.rows:
        before, now = (re.match(r"\d+", cell) for cell in row[2:4])
        if before and now:
            more = int(now[0]) - int(before[0])
            assert row[4] == ("変更なし" if not more else f"+{more}" if more > 0 else f"−{-more}")
        assert "％" not in row[4]


def test_up_to_three_columns_of_numbers_are_wider_and_with_last_year_as_the_fourth_the_page_is_still_full(store):
    def widths():
        columns = table(paper(store, 3), "数の比較").columns
        assert sum(column.width for column in columns) == 165
        return [column.width for column in columns[1:-1]]

    assert widths() == [30] * 3
    third = event_id(store, "講習会", 3)
    reports.start_report(acting(store), event_id=third)
    (made,) = rows(store.database, Report, event_id=third, way="作成")
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(Report, made.id, tables=made.tables | {"前年の数": (("出席", "15人"),)})
    assert widths() == [26] * 4


def test_beside_last_year_alone_there_is_no_column_of_changes_and_the_page_is_full_all_the_same(store):
    first = event_id(store, "講習会", 1)
    reports.start_report(acting(store), event_id=first)
    (made,) = rows(store.database, Report, event_id=first, way="作成")
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(Report, made.id, tables=made.tables | {"前年の数": (("出席", "15人"),)})
    columns = table(paper(store, 1), "数の比較").columns
    assert [column.title.split("\n")[0] for column in columns] == ["項目", "前年", "今回　第1回"]
    assert [column.width for column in columns] == [105, 30, 30]


def test_tablets_that_nobody_asked_for_are_no_0_and_no_difference(store):
    second = event_id(store, "講習会", 2)
    (result,) = rows(store.database, EventResult, event_id=second)
    with store.change(action="記録", by=BY, now=NOW, event_id=second) as change:
        change.update(EventResult, result.id, lent_devices=0, own_devices=0, source="")

    def lent(number: int) -> tuple[str, ...]:
        return next(row for row in table(paper(store, number), "数の比較").rows if row[0] == "貸与タブレット")[-2:]

    assert lent(2) == (f"未確認（{result.attended}人）", "未確認")
    assert lent(3)[-1] == "未確認"
    with store.change(action="記録", by=BY, now=NOW, event_id=second) as change:
        change.update(EventResult, result.id, lent_devices=2, own_devices=3)
    assert lent(2)[0] == f"2台以上（{result.attended - 5}人 未確認）"
    with store.change(action="記録", by=BY, now=NOW, event_id=second) as change:
        change.update(EventResult, result.id, lent_devices=0, own_devices=result.attended)
    assert lent(2)[0] == "0台"


def test_last_year_stands_only_where_somebody_typed_it_and_says_from_where(store):
    numbers = table(paper(store, 2), "数の比較")
    assert numbers.columns[1].title == "前年"
    assert {row[0]: row[1] for row in numbers.rows} == {
        "申込": "", "出席": "15人", "参加団体": "", "はじめて出席した人": "", "アンケート回収": "", "満足計": "",
        "貸与タブレット": "",
    }  # fmt: skip
    assert "係の記録" in numbers.note


def test_who_came_for_the_first_time_and_from_which_branch_is_counted_from_those_noted(store):
    fifth = event_id(store, "講習会", 5)
    numbers, parted = table(paper(store, 5), "数の比較"), by_branch(paper(store, 5))
    (first,) = [row for row in numbers.rows if row[0] == "はじめて出席した人"]
    (came,) = [row for row in numbers.rows if row[0] == "参加団体"]
    year = {one.id: one for one in events.events_of_same_year(store.database, fifth)}
    noted = [one for one in rows(store.database, Entry, attendance="出席") if one.event_id in year]
    now = {one.person_id for one in noted if one.event_id == fifth}
    before = {one.person_id for one in noted if year[one.event_id].event_date < year[fifth].event_date}
    assert first[3] == f"{len(now - before)}人"
    assert 0 < len(now - before) < len(now), "somebody has been there before"
    for line in parted.rows:
        assert f"　{sum(int(number) for number in re.findall(r'([0-9]+)(?:、|$)', line[1]))}団体" in line[0]
    assert parted.rows[-1][0].endswith(f"　{came[3]}")
    # Another number typed for the day: who came is no longer known, and nothing is said of it.
    (result,) = rows(store.database, EventResult, event_id=fifth)
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(EventResult, result.id, attended=result.attended + 1, source="入力")
    (row,) = [row for row in table(paper(store, 5), "数の比較").rows if row[0] == "はじめて出席した人"]
    assert row[3] == ""
    assert by_branch(paper(store, 5)) is None


def test_the_question_of_a_finding_is_laid_beside_the_event_before_as_two_bands(store):
    (pair,) = [one for one in paper(store, 2).blocks if isinstance(one, PairedBands)]
    assert pair.charts[1].code == "問4"
    assert [row.text for row in pair.charts[0].rows] == [row.text for row in pair.charts[1].rows]
    book = openpyxl.load_workbook(io.BytesIO(documents.render(paper(store, 2), format="xlsx").data))
    cells = [cell.value for row in book["比較"].iter_rows() for cell in row]
    assert "第1回　人数" in cells
    assert "今回　人数" in cells
    assert documents.render(paper(store, 2), format="pdf").data


def test_a_question_with_other_options_is_not_laid_beside(store):
    survey = rows(store.database, EventSurvey, event_id=event_id(store, "講習会", 1))[0]
    changed = tuple(
        replace(one, title=f"{one.title}（別の聞き方）") if one.type == "SA" else one for one in survey.questions
    )
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(EventSurvey, survey.id, questions=changed)
    assert not [one for one in paper(store, 2).blocks if isinstance(one, PairedBands)]


def test_the_first_event_without_a_word_about_last_year_has_no_such_chapter(store):
    heads = [[one.text for one in paper(store, number).blocks if isinstance(one, Heading)] for number in (1, 2)]
    assert ["前回・前年との比較" in one for one in heads] == [False, True]


def test_the_findings_of_the_report_before_are_offered_to_be_answered(store):
    event = event_id(store, "講習会", 3)
    reports.start_report(acting(store), event_id=event)
    offered = report_form.read_form_screen(store, event_id=event, today=NOW.date()).initial_rows["前回の課題"]
    made = next(one for one in rows(store.database, Report, event_id=event_id(store, "講習会", 2)) if one.way == "作成")
    assert [row[0] for row in offered] == [row[0] for row in made.tables["課題と改善"]]


def test_a_cancelled_event_between_hides_no_findings(store):
    event, cancelled = event_id(store, "講習会", 3), event_id(store, "講習会", 8)
    reports.start_report(acting(store), event_id=event)
    offered = report_form.read_form_screen(store, event_id=event, today=NOW.date()).initial_rows["前回の課題"]
    with store.change(action="中止の回の日付", by=BY, now=NOW) as change:
        change.update(Event, cancelled, event_date=date(2026, 10, 5))
    assert by_id(store.database, Event, cancelled).status == "中止"
    again = report_form.read_form_screen(store, event_id=event, today=NOW.date()).initial_rows["前回の課題"]
    assert again == offered != ()


def test_the_workbook_says_the_sum_and_its_share_of_both_events_as_the_page_does(store):
    (pair,) = [one for one in paper(store, 3).blocks if isinstance(one, PairedBands)]
    assert [one.sum_label for one in pair.charts] == ["満足計", "満足計"]
    book = openpyxl.load_workbook(io.BytesIO(documents.render(paper(store, 3), format="xlsx").data))
    lines = [[str(cell.value) for cell in row if cell.value is not None] for row in book["比較"].iter_rows()]
    for label, chart in zip(pair.labels, pair.charts, strict=True):
        at = next(number for number, line in enumerate(lines) if line and line[0].strip() == f"{label}　人数")
        assert float(lines[at][-1]) == chart.sum_count
        assert float(lines[at + 1][-1]) == pytest.approx(float(chart.sum_percent), abs=0.05)
