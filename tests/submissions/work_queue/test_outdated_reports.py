"""A report that was 確認済 and whose records changed afterwards is 区の対応待ち again at every place, until it
is looked at again, left with a reason, or the change is taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import Table
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services import event_results
from app.event.services.event_records import read_event_records
from app.event_day.reception import services as reception_services
from app.events.roster.services.entry_changes import change_entry
from app.history import services as history_services
from app.home.today.services.home import read_home
from app.registers.register.services.organisation_merge import merge_organisations
from app.submissions.deliverables.documents import LATE
from app.submissions.deliverables.rules.due_rows import DONE as CHECKED
from app.submissions.deliverables.services.disposal_order import order_halts
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.reports.services import report_check, reports
from app.submissions.work_queue.rules import DONE, WARD
from app.submissions.work_queue.services import count_ward_items, read_event_work_queue, read_work_queue
from app.surveys.data_entry.services import decide_responses
from app.surveys.tally.services import survey_freezing
from app.year.dates.services import SUMMARY_PAGES
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.completion_documents import annex_facts
from app.year_end.consistency.services import event_numbers
from db.records.programme import Programme
from db.records.roster import Entry
from db.records.submissions.reports import Report
from db.records.surveys import SurveyResponse
from db.rows import row, rows
from db.tables import events
from db.tables import reports as report_table
from db.tables import surveys as survey_table
from tests.house.actions import LIMITS, is_select, statements
from tests.support.sample import BY, NOW, event_id

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
YEAR = 2026
WHO = {"by": BY, "now": NOW + timedelta(hours=1)}


def acting(store):
    return ActionContext(store, **WHO)


@pytest.fixture
def first(store):
    """The first 派遣, whose report is 確認済."""
    return event_id(store, "派遣", 1)


@pytest.fixture
def second(store):
    """The second 講習会, whose report is 確認済."""
    return event_id(store, "講習会", 2)


def selects(store, reading):
    return sum(map(is_select, statements(store, reading)))


def standing(store, event):
    return next(one for one in read_work_queue(store, today=TODAY).rows if one.id == f"report-{event}")


def check_alike(store, event):
    """List, home, event, side bar and year have the same row and the same count, and so has what is owed; return the
    row."""
    found = read_work_queue(store, today=TODAY, fiscal_year=YEAR)
    mine = next(one for one in found.rows if one.id == f"report-{event}")
    assert read_home(store, today=TODAY).work_queue.rows == found.rows
    assert mine in read_event_work_queue(store, event_id=event, today=TODAY).rows
    assert count_ward_items(store, today=TODAY) == found.count(WARD)
    page = next(one for one in SUMMARY_PAGES if one.action == "提出物")
    year = row(store.database, Programme, fiscal_year=YEAR)
    assert page.read_status(store, programme_id=year.id, today=TODAY).words == found.words
    owed = read_due_list(store, today=TODAY).rows
    owed_now = next(one for one in owed if one.id == mine.id)
    assert (owed_now.drift, owed_now.group == CHECKED) == (mine.drift, mine.turn == DONE)
    return mine


def one_who_came(store, event):
    return next(one for one in rows(store.database, Entry, event_id=event) if one.attendance == "出席")


def report_of(store, event):
    return next(one for one in report_table.reports_of_event(store.database, event) if one.way == "受領")


def check_again(store, event, reason=""):
    report = report_of(store, event)
    report_check.withdraw_check(acting(store), report_id=report.id, reason="区の記録が変わった")
    report_check.confirm_report(acting(store), report_id=report.id, on=WHO["now"].date(), reason=reason)


def test_a_change_after_the_check_is_the_wards_again_at_every_place_until_it_is_taken_back(store, first):
    before = read_work_queue(store, today=TODAY)
    assert check_alike(store, first).turn == DONE
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    mine = check_alike(store, first)
    assert (mine.turn, mine.drift > 0, mine.tone) == (WARD, True, "")
    assert mine.state_words == f"確認し直す 差 {mine.drift}件"
    assert mine.state_second == "確認後に記録が変更"
    assert (mine.due, mine.due_words) == (None, "期限なし"), "the dates of the first look are over"
    after = read_work_queue(store, today=TODAY)
    assert (after.count(WARD), after.count(DONE)) == (before.count(WARD) + 1, before.count(DONE) - 1)
    assert (after.outdated_count, after.overdue_count(WARD)) == (1, before.overdue_count(WARD)), (
        "nothing of the contract is late by it"
    )

    history_services.undo(store, **WHO)
    assert check_alike(store, first).turn == DONE
    history_services.redo(store, **WHO)
    assert check_alike(store, first).turn == WARD


def test_papers_say_it_is_looked_at_again_and_nothing_is_destroyed_before(store, first):
    def row_of_paper():
        paper = build_document(store, scope=DocumentScope(fiscal_year=YEAR), kind=LATE, now=WHO["now"])
        owed = next(one for one in paper.blocks if isinstance(one, Table) and one.name == "提出物")
        return next(one for one in owed.rows if one[1] == title)

    title = f"{read_event_records(store, first).event.full_title} 報告書"
    halted = order_halts(store, DocumentScope(fiscal_year=YEAR), TODAY)
    assert "確認済" in row_of_paper()[4]
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    assert row_of_paper()[4].replace("\n", " ") == standing(store, first).state_words
    assert order_halts(store, DocumentScope(fiscal_year=YEAR), TODAY) != halted
    check_again(store, first, reason="受付の誤りを直したため")
    assert "確認済" in row_of_paper()[4]
    assert order_halts(store, DocumentScope(fiscal_year=YEAR), TODAY) == halted


@pytest.mark.parametrize("what", ["result", "answer"])
def test_a_result_or_an_answer_that_was_corrected_brings_it_up(store, second, what):
    if what == "result":
        present = events.result(store.database, second)
        typed = replace(present, attended=present.attended - 1)
        event_results.record_result(acting(store), event_id=second, result=typed)
    else:
        survey = survey_table.survey_of_event(store.database, second)
        survey_freezing.unfreeze_tally(acting(store), survey_id=survey.id, reason="見直し")
        assert standing(store, second).turn == DONE, "the numbers are the same"
        sheet = next(one for one in rows(store.database, SurveyResponse, survey_id=survey.id) if one.counted)
        decide_responses(acting(store), sheet_ids=(sheet.id,), counted=False, reason="二重の回答")
    assert check_alike(store, second).turn == WARD


def test_what_is_not_counted_brings_nothing_up_and_costs_nothing(store, first):
    change_entry(
        acting(store), entry_id=one_who_came(store, first).id, fields={"note": "電話が変わった", "care": "手話"}
    )
    assert standing(store, first).turn == DONE
    for action, reading in (
        ("home", lambda: read_home(store, today=TODAY)),
        ("what passes", lambda: read_work_queue(store, today=TODAY)),
    ):
        assert selects(store, reading) <= LIMITS[action]


def test_a_report_that_is_compared_again_costs_some_readings_and_the_others_none(store, first, second):
    for event in (first, second):
        present = events.result(store.database, event)
        typed = replace(present, attended=present.attended - 1, source="")
        event_results.record_result(acting(store), event_id=event, result=typed)
        assert selects(store, lambda event=event: read_event_work_queue(store, event_id=event, today=TODAY)) <= 30
    assert read_work_queue(store, today=TODAY).outdated_count == 2
    assert selects(store, lambda: read_home(store, today=TODAY)) <= LIMITS["home"] + 2 * 15


def test_a_change_and_its_opposite_bring_nothing_up(store, first):
    came = one_who_came(store, first)
    reception_services.mark_absent(acting(store), entry_id=came.id)
    reception_services.undo_check_in(acting(store), entry_id=came.id)
    assert standing(store, first).turn == WARD
    reception_services.receive_from_paper(acting(store), entry_id=came.id)
    assert standing(store, first).turn == DONE
    assert selects(store, lambda: read_work_queue(store, today=TODAY)) <= LIMITS["what passes"]


def test_a_check_made_again_with_a_reason_is_an_answer_and_a_later_change_asks_anew(store, first):
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    check_again(store, first, reason="受付の誤りを直したため")
    assert check_alike(store, first).turn == DONE
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    assert check_alike(store, first).turn == WARD


def test_a_check_taken_back_and_brought_back_by_undo_is_no_new_check(store, first):
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    report_check.withdraw_check(acting(store), report_id=report_of(store, first).id, reason="見直し")
    assert standing(store, first).drift == 0, "it is the ward's by its own state"
    history_services.undo(store, **WHO)
    assert (standing(store, first).turn, standing(store, first).drift > 0) == (WARD, True)


def test_differences_left_with_a_reason_are_an_answer_while_both_numbers_stay(store, first):
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    leave_differences(store, first)
    assert check_alike(store, first).turn == DONE
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    assert check_alike(store, first).turn == WARD


def test_the_annex_of_the_inspection_has_no_day_of_a_check_that_holds_no_more(store, first):
    def line():
        facts = annex_facts(store, read_completion(store, fiscal_year=YEAR, today=TODAY), TODAY)
        return next(one for group in facts.groups for one in group.lines if one.title == title)

    title = read_event_records(store, first).event.organisation_name
    assert line().checked
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    assert (line().checked, line().remark) == ("", standing(store, first).state_words)


def leave_differences(store, event):
    view = event_numbers.read_event_numbers(store, event_id=event)
    for one in view.rows:
        for cell in one.contradictions:
            if cell.source.key == event_numbers.REPORT_SOURCE:
                event_numbers.accept_difference(
                    acting(store), event_id=event, number=one.name, source_key=cell.source.key, reason="当日の数のまま"
                )


def test_a_reason_given_at_the_check_holds_for_the_numbers_of_then_alone(store, second):
    """差のまま of 14 beside 15 says nothing of 14 beside 13."""
    report = report_of(store, second)
    report_check.withdraw_check(acting(store), report_id=report.id, reason="見直し")
    figure = next(one for one in report_table.figures_of_report(store.database, report.id) if one.item == "出席")
    count = int(figure.ours.removesuffix("人"))
    settled = report_check.SettledFigure(
        figure_id=figure.id, theirs=f"{count + 1}人", handling="差のまま", reason="職員を含む"
    )
    report_check.set_figures(acting(store), report_id=report.id, settled=[settled])
    report_check.confirm_report(acting(store), report_id=report.id, on=TODAY)
    assert check_alike(store, second).turn == DONE
    present = events.result(store.database, second)
    event_results.record_result(acting(store), event_id=second, result=replace(present, attended=count + 1, source=""))
    others = standing(store, second).drift
    event_results.record_result(acting(store), event_id=second, result=replace(present, attended=count - 1, source=""))
    assert standing(store, second).drift > others, "出席 says now what the report says, then another thing again"


def test_a_report_made_here_is_asked_for_again_too(store):
    fifth = event_id(store, "講習会", 5)
    form = report_table.reports_of_event(store.database, fifth)[-1]
    reports.confirm_by_contractor(acting(store), report_id=form.id, on=TODAY)
    reports.mark_received(acting(store), report_id=form.id, on=TODAY, how="メール")
    with store.change(action="実施報告書を確認済", subject="reports", event_id=fifth, **WHO) as change:
        change.update(Report, form.id, status="確認済", checked_on=TODAY, checked_by=BY)
    assert check_alike(store, fifth).turn == DONE
    present = events.result(store.database, fifth)
    typed = replace(present, attended=present.attended - 1, source="")
    event_results.record_result(acting(store), event_id=fifth, result=typed)
    assert check_alike(store, fifth).turn == WARD
    reports.withdraw_form(acting(store), report_id=form.id, reason="記録が変わった")
    assert standing(store, fifth).drift == 0


def test_of_a_year_that_was_closed_nothing_is_asked(store, first):
    reception_services.mark_absent(acting(store), entry_id=one_who_came(store, first).id)
    day = date(2027, 4, 1)
    year = row(store.database, Programme, fiscal_year=YEAR)
    with store.change(action="年度を閉じた", subject="programme", **WHO) as change:
        change.update(Programme, year.id, closed_on=day)
    found = read_work_queue(store, today=day, fiscal_year=YEAR)
    mine = next(one for one in found.rows if one.id == f"report-{first}")
    assert (mine.turn, mine.drift) == (DONE, 0)


def test_two_registrations_of_one_organisation_made_one_are_seen_though_they_are_of_no_event(store, second):
    """The step is of no event: what it wrote of the entries says whose it is. The 団体 of the day were kept as a number
    then, and it stays."""
    assert not read_event_records(store, second).figures_changed_since_check
    came = [one for one in rows(store.database, Entry, event_id=second) if one.attendance == "出席"]
    keep, drop = sorted({one.organisation_id for one in came if one.organisation_id})[:2]
    merge_organisations(acting(store), keep_id=keep, drop_id=drop)
    assert read_event_records(store, second).figures_changed_since_check
    assert check_alike(store, second).turn == DONE
