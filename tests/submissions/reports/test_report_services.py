"""What a clerk does with 実施報告書: form, receipt, numbers side by side, confirmation."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from itertools import product

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import KeyValues
from app.documents.services.documents import build_document
from app.event.services.event_facts import read_event_facts, return_rate
from app.event.services.tasks.deadlines import event_tasks, override_deadline
from app.programme.intake import preset
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.reports.rules.report_figures import differs, outdated_figures
from app.submissions.reports.rules.report_points import SURVEY_POINT
from app.submissions.reports.services import report_check, report_documents, report_form, reports
from app.submissions.reports.services.report_marks import questions_counted
from app.submissions.work_queue.services import read_work_queue
from app.surveys.tally.services import survey_freezing
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.completion_documents import annex_facts
from app.year_end.consistency.services import event_numbers
from app.year_end.consistency.services.year_numbers import read_year_consistency
from app.year_end.summary.services.summary_context import read_context
from db.records.events import Event, EventResult
from db.records.submissions.reports import Report, ReportFigure
from db.rows import by_id
from db.tables import events, surveys
from db.tables import reports as table
from tests.support.figures import report_comes, set_figure
from tests.support.sample import BY, NOW, acting, event_id

pytestmark = pytest.mark.sample_year


def test_a_form_says_which_points_of_the_clause_are_still_missing(store):
    fourth = event_id(store, "講習会", 4)
    reports.start_report(acting(store), event_id=fourth)
    before = {state.point: state for state in reports.read_report_form(store, event_id=fourth).points}
    assert before["実施内容"].done
    assert not before["講師からの所感"].done
    report = reports.read_report_form(store, event_id=fourth).report
    reports.write_chapter(acting(store), report_id=report.id, key="所感", text="よく学ばれた。")
    after = {state.point: state.done for state in reports.read_report_form(store, event_id=fourth).points}
    assert after["講師からの所感"]


def test_a_form_cannot_be_received_before_the_contractor_confirmed_it(store):
    report = reports.read_report_form(store, event_id=event_id(store, "講習会", 5)).report
    with pytest.raises(UserError, match="受託者の確認がまだ"):
        reports.mark_received(acting(store), report_id=report.id, on=date(2026, 12, 1), how="メール")
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=date(2026, 11, 30))
    with pytest.raises(UserError, match="受託者の確認日（令和8年11月30日（月））より前"):
        reports.mark_received(acting(store), report_id=report.id, on=date(2026, 11, 29), how="メール")
    reports.mark_received(acting(store), report_id=report.id, on=date(2026, 12, 1), how="メール")
    assert by_id(store.database, Report, report.id).status == "受領"


def test_a_received_file_comes_back_byte_for_byte_and_is_not_readable_on_disk(store, tmp_path):
    fourth = event_id(store, "講習会", 4)
    data = b"%PDF-1.4 report of the contractor"
    saved = report_comes(store, fourth, data)
    view = report_check.read_report_check(store, report_id=saved)
    assert view.data == data
    assert view.in_time is False  # 10/29 の回: 11/29(日) → 11/30(月) まで
    assert all(data not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_a_deadline_set_by_hand_is_one_day_on_the_list_the_check_its_paper_and_the_request(store):
    fourth = event_id(store, "講習会", 4)
    agreed = date(2026, 12, 4)
    override_deadline(acting(store), event_id=fourth, task="実施報告書", due=agreed, reason="協議 第2号")
    form = report_form.read_form_screen(store, event_id=fourth, today=date(2026, 11, 12))
    assert "令和8年12月4日（金）までにメールでご提出ください。" in form.request_text
    assert report_form.deadline_words(form.task, date(2026, 11, 12)) == "手で変更（協議 第2号）"
    saved = report_comes(store, fourth)
    (row,) = [one for one in read_due_list(store, today=NOW.date()).rows if one.event_id == fourth]
    assert row.late_words == "期限内　3日早い"
    view = report_check.read_report_check(store, report_id=saved)
    assert (view.in_time, view.due, view.limit) == (True, agreed, agreed)
    assert view.due_basis.startswith("手で変更（協議 第2号）。")
    paper = report_documents.check_document(store, by_id(store.database, Event, fourth), NOW)
    said = dict(next(block for block in paper.blocks if isinstance(block, KeyValues)).rows)
    assert said["提出期限"] == "令和8年12月4日（金）　手で変更（協議 第2号）"
    assert said["受領日・方法"] == "令和8年12月1日（火）（メール　期限内）"


def test_a_report_is_not_confirmed_while_a_difference_is_open(store):
    exchange = event_id(store, "意見交換会", 1)
    received = reports.newest_report(table.reports_of_event(store.database, exchange), "受領")
    view = report_check.read_report_check(store, report_id=received.id)
    assert view.open_differences == 1
    for point in view.points:
        report_check.tick_point(acting(store), report_id=received.id, point=point, found=True)
    with pytest.raises(UserError, match="回収数"):
        report_check.confirm_report(acting(store), report_id=received.id, on=NOW.date())
    differing = next(figure for figure in view.figures if report_check.is_open(figure))
    with pytest.raises(UserError, match="理由"):
        set_figure(store, figure_id=differing.id, theirs=differing.theirs, handling="差のまま", by=BY, now=NOW)
    set_figure(
        store,
        figure_id=differing.id,
        theirs=differing.theirs,
        handling="差のまま",
        reason="白紙1枚を含む数",
        by=BY,
        now=NOW,
    )
    report_check.confirm_report(acting(store), report_id=received.id, on=NOW.date())
    assert table.received_report(store.database, received.id).status == "確認済"


def test_a_second_version_that_comes_unasked_is_no_correction_that_was_asked(store):
    exchange = event_id(store, "意見交換会", 1)
    title = by_id(store.database, Event, exchange).full_title
    today = NOW.date()

    def said():
        annex = annex_facts(store, read_completion(store, fiscal_year=2026, today=today), today)
        (remark,) = (one.remark for group in annex.groups for one in group.lines if one.title == title)
        facts = read_context(store, today=today).facts(by_id(store.database, Event, exchange).kind)
        return next(one.corrected for one in facts if one.event.id == exchange), "修正" in remark, remark

    second = report_comes(store, exchange, b"%PDF-1.4 sent again unasked")
    assert said()[:2] == (False, False)
    point = report_check.read_report_check(store, report_id=second).points[0]
    report_check.tick_point(acting(store), report_id=second, point=point, found=False)
    report_check.request_correction(acting(store), report_id=second)
    assert said()[:2] == (True, False), "it was asked for and has not come"
    report_comes(store, exchange, b"%PDF-1.4 as asked")
    corrected, _, remark = said()
    assert corrected
    assert remark.endswith("修正1回"), "of three versions one was asked for"


def test_a_reason_for_a_difference_is_asked_again_when_our_number_is_another_one(store):
    third = event_id(store, "講習会", 3)
    received = reports.newest_report(table.reports_of_event(store.database, third), "受領")

    def line():
        return next(one for one in table.figures_of_report(store.database, received.id) if one.item == "出席")

    assert (line().ours, line().theirs) == ("14人", "15人")
    kept = {"theirs": "15人", "handling": "差のまま", "reason": "見学の1人を含む"}
    set_figure(store, figure_id=line().id, **kept, by=BY, now=NOW)
    assert not report_check.is_open(line())
    result = events.result(store.database, third)
    with store.change(action="出席を訂正", by=BY, now=NOW) as change:
        change.update(type(result), result.id, attended=11, source="入力")
    sheet = report_documents.check_document(store, by_id(store.database, Event, third), NOW)
    table_of_numbers = next(one for one in sheet.blocks if getattr(one, "name", "") == "数字の突合")
    said = next(cells for cells in table_of_numbers.rows if cells[0].startswith("出席"))
    assert (said[1], said[2], said[5]) == ("15人", "11人", ""), "nor does the paper give the reason of then"
    report_check.refresh_ours(acting(store), report_id=received.id)
    assert (line().ours, line().theirs, line().handling, line().reason) == ("11人", "15人", "", "")
    assert report_check.is_open(line())


def test_a_corrected_version_after_the_deadline_is_in_time_by_the_first(store):
    third = event_id(store, "講習会", 3)
    first = reports.newest_report(table.reports_of_event(store.database, third), "受領")
    again = report_comes(store, third, b"%PDF-1.4 mended", name="報告書2.pdf")
    view = report_check.read_report_check(store, report_id=again)
    assert (view.limit, first.received_on) == (date(2026, 11, 16), date(2026, 11, 12))
    assert (view.in_time, view.first_received_on) == (True, first.received_on)
    sheet = report_documents.check_document(store, view.event, NOW)
    rows = dict(next(block.rows for block in sheet.blocks if isinstance(block, KeyValues)))
    assert rows["受領日・方法"] == "令和8年12月1日（火）（メール　初回の受領 R8.11.12　期限内）"
    year = read_year_consistency(store, fiscal_year=2026, today=NOW.date())
    assert [one.key for one in year.inconsistencies if one.key.startswith("日数")] == []


def test_correcting_our_own_record_is_read_into_the_comparison(store):
    exchange = event_id(store, "意見交換会", 1)
    received = reports.newest_report(table.reports_of_event(store.database, exchange), "受領")
    result = events.result(store.database, exchange)
    with store.change(action="出席を訂正", by=BY, now=NOW) as change:
        change.update(EventResult, result.id, attended=17)
    report_check.refresh_ours(acting(store), report_id=received.id)
    figures = {figure.item: figure for figure in table.figures_of_report(store.database, received.id)}
    assert figures["出席"].ours == "17人"


def test_the_correction_request_names_page_and_both_numbers_and_goes_to_the_responsible_person(store):
    third = event_id(store, "講習会", 3)
    received = reports.newest_report(table.reports_of_event(store.database, third), "受領")
    text = report_check.read_report_check(store, report_id=received.id).request_text
    assert "業務責任者　受託見本　恵子　様" in text
    assert "p.1　出席「15人」（区の記録は14人）" in text
    assert "講師" not in text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3", "3"), ("p.3", "3"), ("Ｐ．３", "3"), ("３ページ", "3"), ("3頁", "3"), ("3-4", "3-4"),
        ("p.3、4", "3、4"), ("3、4ページ", "3、4"), ("別紙", "別紙"), (" ", ""),
    ],
)  # fmt: skip
def test_a_page_is_stored_as_one_number_and_several_pages_stay_as_typed(store, typed, kept):
    received = reports.newest_report(table.reports_of_event(store.database, event_id(store, "講習会", 3)), "受領")
    differing = next(one for one in table.figures_of_report(store.database, received.id) if one.item == "出席")
    set_figure(store, figure_id=differing.id, theirs="15人", page=typed, by=BY, now=NOW)

    assert by_id(store.database, ReportFigure, differing.id).page == kept
    text = report_check.read_report_check(store, report_id=received.id).request_text
    assert (f"p.{kept}　出席「15人」" if kept else "　出席「15人」") in text


def test_the_next_version_takes_the_text_but_not_the_confirmation(store):
    second = event_id(store, "講習会", 2)
    report = reports.read_report_form(store, event_id=second).report
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=date(2026, 11, 30))
    saved = reports.make_next_version(ActionContext(store, BY, datetime(2026, 12, 1, 10)), report_id=report.id)
    fresh = by_id(store.database, Report, saved.id)
    assert (fresh.version, fresh.contractor_confirmed_on) == (2, None)
    assert fresh.body == report.body


def test_a_number_not_yet_read_from_the_report_keeps_it_open(store):
    received = reports.newest_report(table.reports_of_event(store.database, event_id(store, "意見交換会", 1)), "受領")
    figure = next(one for one in table.figures_of_report(store.database, received.id) if one.item == "申込")
    set_figure(store, figure_id=figure.id, theirs="", by=BY, now=NOW)
    view = report_check.read_report_check(store, report_id=received.id, today=NOW.date(), with_file=False)

    assert (view.untyped, view.open_differences, view.data) == (1, 1, b"")
    assert view.open_count == 4  # with the two points nobody has looked at
    assert view.review.short_words == "あと3日"


def test_a_point_is_there_missing_or_not_yet_looked_at(store):
    received = reports.newest_report(table.reports_of_event(store.database, event_id(store, "意見交換会", 1)), "受領")

    def view():
        return report_check.read_report_check(store, report_id=received.id)

    first, second, third = view().points
    assert view().unchecked_points == (second, third)
    assert "記載が見当たりません" not in view().request_text
    report_check.tick_point(acting(store), report_id=received.id, point=third, found=False)
    assert view().missing_points == (third,)
    assert f"「{third}」の記載が見当たりません。" in view().request_text
    report_check.tick_point(acting(store), report_id=received.id, point=third, found=None)
    assert view().unchecked_points == (second, third)
    assert view().report.points == {first: True}


def test_a_newer_version_ends_the_check_of_the_one_before(store):
    third = event_id(store, "講習会", 3)
    old = reports.newest_report(table.reports_of_event(store.database, third), "受領")
    saved = report_comes(store, third, b"%PDF-1.4 second", name="第2版.pdf", pages=1, on=date(2026, 11, 24))
    view = report_check.read_report_check(store, report_id=saved)
    assert [report.version for report in view.versions] == [1, 2]
    assert view.earlier["出席"].theirs == "15人"
    assert all(figure.theirs == "" for figure in view.figures)
    with pytest.raises(UserError, match="第2版を受領したため"):
        report_check.tick_point(acting(store), report_id=old.id, point="実施内容", found=False)


@pytest.mark.parametrize(("day", "words"), [(date(2026, 10, 1), "実施日"), (date(2026, 12, 2), "本日より後")])
def test_a_report_cannot_be_received_before_the_event_or_after_today(store, day, words):
    with pytest.raises(UserError, match=words):
        report_comes(store, event_id(store, "講習会", 4), on=day)


def test_there_is_nothing_to_ask_for_without_a_difference(store):
    received = reports.newest_report(table.reports_of_event(store.database, event_id(store, "意見交換会", 1)), "受領")
    figure = next(one for one in table.figures_of_report(store.database, received.id) if report_check.is_open(one))
    set_figure(store, figure_id=figure.id, theirs=figure.ours, handling="修正を依頼", by=BY, now=NOW)
    assert by_id(store.database, ReportFigure, figure.id).handling == ""
    with pytest.raises(UserError, match="修正を依頼する項目がありません"):
        report_check.request_correction(acting(store), report_id=received.id)


def test_what_the_contractor_confirmed_is_not_changed_any_more(store):
    report = reports.read_report_form(store, event_id=event_id(store, "講習会", 5)).report
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=date(2026, 11, 30))
    with pytest.raises(UserError, match="受託者が確認した報告書"):
        reports.write_chapter(acting(store), report_id=report.id, key="所感", text="あとから")
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=None)
    reports.write_chapter(acting(store), report_id=report.id, key="所感", text="あとから")


def test_a_form_is_confirmed_when_it_is_received_and_complete(store):
    report = reports.read_report_form(store, event_id=event_id(store, "講習会", 5)).report
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=date(2026, 11, 30))
    with pytest.raises(UserError, match="まだ受領していない"):
        reports.confirm_form(acting(store), report_id=report.id, on=NOW.date())
    reports.mark_received(acting(store), report_id=report.id, on=NOW.date(), how="メール")
    with pytest.raises(UserError, match="講師からの所感"):
        reports.confirm_form(acting(store), report_id=report.id, on=NOW.date())


def test_a_form_begun_after_the_report_came_in_hides_nothing_of_it(store):
    third = event_id(store, "講習会", 3)
    reports.start_report(acting(store), event_id=third)
    row = next(one for one in read_work_queue(store, today=NOW.date()).rows if one.id == f"report-{third}")
    assert (row.turn, row.state_words) == ("受託者待ち", "第2版を待つ")
    tasks = {task.task for task in event_tasks(store, event_id=third, today=NOW.date())}
    assert "報告書の修正版" in tasks


def test_the_form_screen_says_what_the_records_hold_for_each_chapter(store):
    view = report_form.read_form_screen(store, event_id=event_id(store, "講習会", 5), today=NOW.date())
    states = {one.section.title: one.state for one in view.sections}
    assert states["実施内容"] == "済"
    assert states["講師所感"] == "記入待ち"
    assert states["写真"] == "任意"
    survey = next(one for one in view.sections if one.section.title == "アンケート集計").facts[0]
    assert dict(survey.lines)["回収"].startswith("12件")
    assert survey.link.action == "アンケートの集計"
    assert next(lead.cells for lead in view.given_rows["自由記述分類"]) == ("問10", "1")


def test_the_request_does_not_ask_for_a_day_that_has_passed(store):
    fourth = event_id(store, "講習会", 4)
    reports.start_report(acting(store), event_id=fourth)
    text = report_form.read_form_screen(store, event_id=fourth, today=NOW.date()).request_text
    assert "提出期限の令和8年11月29日（日）を過ぎています" in text
    assert "までにメールで" not in text
    assert "業務責任者　受託見本　恵子　様" in text


def without_sheets(store, event):
    survey = surveys.survey_of_event(store.database, event)
    with store.change(action="x", by=BY, now=NOW) as change:
        for sheet in surveys.responses(store.database, survey.id):
            change.update(type(sheet), sheet.id, counted=False, decision="白紙")


def test_a_report_without_a_single_answer_is_confirmed_only_with_a_reason(store):
    """仕様書4(1)ケ: a 講習会 has a survey; that nothing came back has to be said by somebody."""
    event = event_id(store, "講習会", 3)
    report = next(one for one in table.reports_of_event(store.database, event) if one.way == "受領")
    without_sheets(store, event)
    for point in preset().kinds[0].report_items:
        report_check.tick_point(acting(store), report_id=report.id, point=point, found=True)
    report_check.refresh_ours(acting(store), report_id=report.id)
    for figure in table.figures_of_report(store.database, report.id):
        settled = {"handling": "差のまま", "reason": "回収なし"} if differs(figure) else {}
        set_figure(store, figure_id=figure.id, theirs=figure.theirs or "なし", **settled, by=BY, now=NOW)
    assert report_check.read_report_check(store, report_id=report.id, with_file=False).without_answers
    with pytest.raises(UserError, match="回答が0件"):
        report_check.confirm_report(acting(store), report_id=report.id, on=NOW.date())
    report_check.confirm_report(acting(store), report_id=report.id, on=NOW.date(), reason="受託者が回収できなかった")
    confirmed = table.received_report(store.database, report.id)
    assert (confirmed.status, "受託者が回収できなかった" in confirmed.note) == ("確認済", True)


def test_a_chapter_of_the_survey_is_done_only_when_its_totals_are_fixed(store):
    event = event_id(store, "講習会", 5)
    point = next(one for one in reports.read_report_form(store, event_id=event).points if one.point == SURVEY_POINT)
    assert (point.done, point.words) == (False, "回収 12件・集計は未確定")


def test_more_answers_than_people_give_no_rate_and_are_said(store):
    event = by_id(store.database, Event, event_id(store, "講習会", 2))
    survey = surveys.survey_of_event(store.database, event.id)
    survey_freezing.unfreeze_tally(acting(store), survey_id=survey.id, reason="回答が追加で届いた")
    result = events.result(store.database, event.id)
    with store.change(action="x", by=BY, now=NOW) as change:
        change.update(type(result), result.id, attended=9)
    facts = read_event_facts(store, event)
    assert (facts.responses.returned, facts.responses.rate) == (15, "")
    assert return_rate(10, 9) == ""
    assert return_rate(9, 9) == "100.0"
    view = event_numbers.read_event_numbers(store, event_id=event.id)
    assert view.inconsistencies[0].key == "回収＞出席"
    assert next(row for row in view.rows if row.name == "回収率").ours == ""


def test_a_count_kept_in_another_unit_has_not_changed():
    kept = ReportFigure(report_id=1, position=0, item="回収数", theirs="15件", ours="15枚")
    assert outdated_figures([kept], {"回収数": "15件"}) == ()
    assert outdated_figures([kept], {"回収数": "14件"}) == ("回収数 15枚→14件",)


def test_minutes_that_a_checked_report_was_compared_with_before_are_no_changed_record(store):
    """Since the 団体 has the rest of the hours of a visit, the minutes of its timetable are compared with nothing."""
    visit, lecture = event_id(store, "派遣", 1), event_id(store, "講習会", 1)
    for event in (visit, lecture):
        report = next(one for one in table.reports_of_event(store.database, event) if one.status.is_checked)
        kept = next(one for one in table.figures_of_report(store.database, report.id) if one.item == "時間割の分")
        with store.change(action="前の版が控えた数", by=BY, now=NOW) as change:
            change.update(ReportFigure, kept.id, ours="110分", source="進行表")
    assert report_check.read_report_check(store, report_id=report.id).outdated == ("時間割の分 110分→120分",)
    assert build_document(store, event_id=visit, kind=report_documents.CHECK, now=NOW).stamp == ""
    assert "記録が変更" in build_document(store, event_id=lecture, kind=report_documents.CHECK, now=NOW).stamp


def test_changed_questions_are_named_in_one_word_and_not_digit_by_digit():
    told = ("出席 14人→13人", "設問 問1 0・4・10→0・6・8", "設問 問6 9・5・3→9・5・4")
    assert questions_counted(told) == ("出席 14人→13人", "設問ごとの人数 2問（問1、問6）")
    assert questions_counted(told[:1]) == told[:1]


def swap_one_answer(store, event):
    """Move one sheet from an option of 問6 to one that fewer chose, so that the counts in order stay the same."""
    survey = surveys.survey_of_event(store.database, event)
    question = survey.questions[5]
    sheets = [one for one in surveys.responses(store.database, survey.id) if one.counted]
    chosen = Counter(option for sheet in sheets for option in sheet.answers[question.code].chosen)
    for sheet, more, fewer in product(sheets, question.options, question.options):
        answer = sheet.answers[question.code]
        if chosen[more] == chosen[fewer] + 1 and more in answer.chosen and fewer not in answer.chosen:
            moved = replace(answer, chosen=tuple(fewer if one == more else one for one in answer.chosen))
            with store.change(action="回答を訂正", by=BY, now=NOW) as change:
                change.update(type(sheet), sheet.id, answers={**sheet.answers, question.code: moved})
            return more, fewer
    raise AssertionError("no such sheet")


def test_several_answers_are_compared_by_option_not_by_frequency(store):
    second = event_id(store, "講習会", 2)
    received = reports.newest_report(table.reports_of_event(store.database, second), "受領")
    report_check.withdraw_check(acting(store), report_id=received.id, reason="回答を訂正した")
    more, fewer = swap_one_answer(store, second)
    changed = report_check.refresh_ours(acting(store), report_id=received.id).message
    assert "設問 問6" in changed
    sheet = report_documents.check_document(store, by_id(store.database, Event, second), NOW)
    printed = next(one for one in sheet.blocks if getattr(one, "name", "") == "数字の突合")
    said = next(cells for cells in printed.rows if cells[0].startswith("設問　問6"))
    assert (said[3], set(said[4].split("、"))) == ("差あり", {f"{more} +1", f"{fewer} −1"})
    asked = report_check.read_report_check(store, report_id=received.id).request_text
    assert f"{more} +1" in asked
    found = event_numbers.read_event_numbers(store, event_id=second)
    assert next(one for one in found.rows if one.name == "問6").contradictions


def test_counts_that_are_stored_by_frequency_are_read_by_option(store):
    second = event_id(store, "講習会", 2)
    received = reports.newest_report(table.reports_of_event(store.database, second), "受領")
    lines = [one for one in table.figures_of_report(store.database, received.id) if one.item.startswith("設問　")]
    with store.change(action="旧版の並び", by=BY, now=NOW) as change:
        for line in lines:
            people = dict(zip(line.source.split("／"), line.ours.split("・"), strict=True))
            names = sorted(people, key=lambda one, people=people: -int(people[one]))
            names = names if line.item in ("設問　問6", "設問　問7", "設問　問8") else list(people)
            stored = "・".join(map(people.get, names))
            change.update(ReportFigure, line.id, theirs=stored, ours=stored, source="・".join(names))
    view = report_check.read_report_check(store, report_id=received.id)
    assert [one for one in view.figures if one.item.startswith("設問　")] == lines
    assert view.outdated == ()
