"""Attendance corrected after the totals were fixed: one source, marked on every page, asked about before it is told,
put right by one press."""

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands.check_numbers import _contradictions
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services.event_facts import read_event_facts
from app.event_day.reception import services as reception_services
from app.submissions.deliverables.services.outstanding import read_outstanding, record_combined_correction
from app.submissions.reports.rules.report_points import note_with_reason, note_without_reasons
from app.submissions.reports.screens.check_page import confirmation_words
from app.submissions.reports.services import report_check, report_documents, reports
from app.submissions.reports.services.report_marks import STAMP as CONFIRMED_STAMP
from app.surveys.overview.services import read_steps
from app.surveys.tally.services import survey_freezing
from app.surveys.tally.services.survey_tally import read_tally
from app.surveys.tally.services.tally_marks import STAMP_TEXT
from app.year_end.consistency.services.event_numbers import read_event_numbers
from db.records.events import Event
from db.records.roster import Entry
from db.records.submissions.reports import Report
from db.rows import by_id, rows
from db.tables import journal
from db.tables import reports as report_table
from db.tables import surveys as survey_table
from tests.support.changed_years import AFTER, WHO, attendance_corrected
from tests.support.paper_words import pages_of, said_by
from tests.support.sample import event_id, sample_store

MARKED = ("実施報告書", "実施報告書確認票", "アンケート集計表", "実施確認票")
WORDS = "集計はR8.10.23に確定したもので、そのあと記録が変わった（出席者数 14人→13人）。"


@pytest.fixture
def store(tmp_path):
    found = sample_store(tmp_path)
    attendance_corrected(found)
    yield found
    found.database.conn.close()


@pytest.fixture
def third(store):
    return event_id(store, "講習会", 3)


def paper(store, event, kind):
    return build_document(store, event_id=event, kind=kind, now=AFTER)


def received(store, event):
    return next(one for one in report_table.reports_of_event(store.database, event) if one.way == "受領")


def handling(store, report):
    return next(one.handling for one in report_table.figures_of_report(store.database, report.id) if one.item == "欠席")


def refix(store, event):
    survey = survey_table.survey_of_event(store.database, event)
    return survey_freezing.freeze_tally_again(ActionContext(store, **WHO), survey_id=survey.id)


def test_every_page_that_says_who_came_is_marked_until_one_press_fixes_the_totals_again(store, third):
    for kind in MARKED:
        content = paper(store, third, kind)
        assert STAMP_TEXT in content.stamp
        assert WORDS in said_by(content)
    assert all(STAMP_TEXT in page for page in pages_of(paper(store, third, "実施報告書")))
    for kind in ("受付名簿", "参加人数連絡書"):
        assert STAMP_TEXT not in paper(store, third, kind).stamp, "says nothing of who came"
    assert STAMP_TEXT not in paper(store, event_id(store, "講習会", 2), "実施報告書").stamp

    saved = refix(store, third)

    assert saved.message == "集計を確定し直しました（出席者数 14人→13人、回収率 92.9％→100.0％）。"
    assert "確定し直し：出席者数 14人→13人" in said_by(paper(store, third, "アンケート集計表"))
    assert not any(STAMP_TEXT in paper(store, third, kind).stamp for kind in MARKED)
    newest = journal.entries(store.database, event_id=third, limit=1)[0]
    assert newest.action == "集計を確定し直した（出席者数 14人→13人、回収率 92.9％→100.0％）"
    with pytest.raises(UserError, match="いまの記録と同じ"):
        refix(store, third)


def test_the_rate_is_of_the_attendance_it_was_fixed_with_wherever_it_stands(store, third):
    facts = read_event_facts(store, by_id(store.database, Event, third))
    assert (facts.people.attended, facts.responses.attended, facts.responses.rate) == (13, 14, "92.9")
    tally = read_tally(store, event_id=third)
    assert (tally.survey_view.attendance, tally.tally.return_rate, tally.changed_since_frozen) == (
        14,
        "92.9",
        ("出席者数 14人→13人",),
    )
    said = said_by(paper(store, third, "実施報告書"))
    assert "92.9％" in said
    assert "出席者数は集計を確定したときのもの。" in said
    assert "回収率 100.0％" not in said
    assert (
        "回収率 92.9%（13 ÷ 14（確定時の出席））" in read_steps(store, event_id=third, today=AFTER.date()).numbers_words
    )
    fourth = said_by(paper(store, event_id(store, "講習会", 4), "実施報告書"))
    assert "第3回の回収率は、集計を確定したときの出席14人による" in fourth, "beside another event, too"


def test_the_contractor_is_told_the_record_of_today_and_only_with_a_reason(store, third):
    report = received(store, third)
    view = report_check.read_report_check(store, report_id=report.id, with_file=False)
    assert "出席 14人→13人" in view.outdated
    assert "区の記録は14人" not in view.request_text
    assert "区の記録は13人" in view.request_text
    sheet = said_by(paper(store, third, "実施報告書確認票"))
    assert "区の記録は13人" in sheet
    assert "区の記録は14人" not in sheet
    with pytest.raises(UserError) as refused:
        report_check.request_correction(ActionContext(store, **WHO), report_id=report.id)
    for words in (WORDS, "「集計を確定し直す」", "「区の記録を読み直す」", "理由を書いてください"):
        assert words in str(refused.value)

    report_check.request_correction(ActionContext(store, **WHO), report_id=report.id, reason="差は電話で確かめた")

    assert "数がそろわないまま進めた理由：差は電話で確かめた" in said_by(paper(store, third, "実施報告書確認票"))
    assert handling(store, report) == "修正を依頼", "what the text asks for is noted as asked for, by the same records"


def test_the_list_of_what_is_owed_asks_with_the_record_of_today_too(store, third):
    row_id = f"report-{third}"
    view = read_outstanding(store, row_id=row_id, programme_id=1, today=AFTER.date())
    asked = next(one.text for one in view.texts if one.action == "修正依頼")
    assert "区の記録では13人です" in asked
    assert "区の記録では14人" not in asked
    asking = {"row_id": row_id, "programme_id": 1, "due": None, "text": asked}
    with pytest.raises(UserError, match="理由を書いてください"):
        record_combined_correction(ActionContext(store, **WHO), **asking)
    record_combined_correction(ActionContext(store, **WHO), reason="急ぎのため", **asking)
    assert handling(store, received(store, third)) == "修正を依頼"
    assert "数がそろわないまま進めた理由：急ぎのため" in said_by(paper(store, third, "実施報告書確認票"))


def test_reading_our_record_again_says_what_changed_and_stops_nothing_any_more(store, third):
    report = received(store, third)
    refix(store, third)
    said = report_check.refresh_ours(ActionContext(store, **WHO), report_id=report.id).message
    assert "出席 14人→13人" in said
    view = report_check.read_report_check(store, report_id=report.id, with_file=False)
    assert (view.outdated, view.stops) == ((), ())
    assert "区の記録は13人" in view.request_text


def test_a_report_that_the_contractor_confirmed_is_marked_when_its_numbers_are_no_longer_those_of_the_record(store):
    second = event_id(store, "講習会", 2)
    form = reports.read_report_form(store, event_id=second).report
    reports.confirm_by_contractor(ActionContext(store, **WHO), report_id=form.id, on=AFTER.date())
    kept = report_documents.report_document(store, by_id(store.database, Event, second), AFTER)
    assert CONFIRMED_STAMP not in paper(store, second, "実施報告書").stamp

    entries_changed(store, second)

    marked = paper(store, second, "実施報告書")
    assert CONFIRMED_STAMP in marked.stamp
    assert "R8.12.1に受託者が確認したもので、そのあと記録が変わった（出席者 16人→15人）。" in said_by(marked)
    assert report_documents.report_document(store, by_id(store.database, Event, second), AFTER) == kept, (
        "what was confirmed stays"
    )
    refix(store, second)
    stops = reports.read_report_form(store, event_id=second, now=AFTER).stops
    assert len(stops) == 1
    assert "出席者 16人→15人" in stops[0].words
    reports.mark_received(ActionContext(store, **WHO), report_id=form.id, on=AFTER.date(), how="メール")
    with pytest.raises(UserError, match="理由を書いてください"):
        reports.confirm_form(ActionContext(store, **WHO), report_id=form.id, on=AFTER.date())


def test_why_a_report_was_confirmed_with_totals_of_another_day_is_printed_whole_until_that_is_taken_back(store):
    second = event_id(store, "講習会", 2)
    entries_changed(store, second)
    form = reports.read_report_form(store, event_id=second).report
    confirm = {"report_id": form.id, "on": AFTER.date()}
    with pytest.raises(UserError, match="「集計を確定し直す」"):
        reports.confirm_by_contractor(ActionContext(store, **WHO), **confirm)
    reports.confirm_by_contractor(
        ActionContext(store, **WHO), reason="受託者の求めによる\n集計はあとで確定し直す", **confirm
    )
    content = paper(store, second, "実施報告書")
    assert content.stamp == STAMP_TEXT, "what was confirmed is what the records say"
    assert "数がそろわないまま進めた理由：受託者の求めによる　集計はあとで確定し直す" in said_by(content)

    entries_changed(store, second)
    refix(store, second)
    (stop,) = reports.read_report_form(store, event_id=second, now=AFTER).stops
    assert "受託者の確認を取り消す" in stop.todo, "where to go"
    assert "集計はあとで確定し直す" in said_by(paper(store, second, "実施報告書"))
    reports.confirm_by_contractor(ActionContext(store, **WHO), report_id=form.id, on=None)
    reports.confirm_by_contractor(ActionContext(store, **WHO), **confirm)
    entries_changed(store, second)
    assert "進めた理由" not in said_by(paper(store, second, "実施報告書")), "it was said of another confirmation"


def test_each_matter_that_a_report_is_confirmed_against_keeps_its_own_line():
    assert note_with_reason("封筒に朱書き", "回収できず", without_answers=True, outdated=True).splitlines() == [
        "封筒に朱書き", "アンケートの回答なしで確認済：回収できず", "数がそろわないまま進めた理由：回収できず",
    ]  # fmt: skip
    assert (
        note_without_reasons(note_with_reason("封筒に朱書き", "回収できず", without_answers=True, outdated=True))
        == "封筒に朱書き"
    )


def entries_changed(store, event):
    from app.event_day.reception import services as reception_services
    from db.tables import roster

    came = [one for one in roster.entries(store.database, event) if one.attendance == "出席" and not one.walk_in]
    reception_services.mark_absent(ActionContext(store, **WHO), entry_id=came[-1].id)


def test_check_numbers_and_the_question_before_a_paper_leaves_name_it(store, third):
    found = [
        one for one in _contradictions(read_event_numbers(store, event_id=third)) if one["source"].endswith("出席")
    ]
    assert {"paper": "集計の確定（10/23 確定）", "value": "14人"} in [place for one in found for place in one["where"]]
    doubts = read_doubts(store, scope=DocumentScope(event_id=third), kind="実施報告書確認票", today=AFTER.date())
    assert "出席は、この紙では13人、集計の確定では14人です。" in doubts


def test_a_confirmed_report_says_that_our_record_changed_after_it(store):
    first = event_id(store, "派遣", 1)
    report = received(store, first)
    read = {"report_id": report.id, "with_file": False}
    view = report_check.read_report_check(store, **read)
    assert (view.report.status, view.outdated) == ("確認済", ())
    came = next(one for one in rows(store.database, Entry, event_id=first) if one.attendance == "出席")
    reception_services.mark_absent(ActionContext(store, **WHO), entry_id=came.id)
    view = report_check.read_report_check(store, **read)
    assert "出席 9人→8人" in view.outdated
    assert "そのあとに区の記録が変わりました（" in confirmation_words(view, AFTER.date())
    assert not view.stops


def test_a_reason_for_a_check_that_was_withdrawn_is_said_of_no_other_one(store):
    first = event_id(store, "派遣", 1)
    report = received(store, first)
    withdraw = {"report_id": report.id, "reason": "確かめ直すため"}
    report_check.withdraw_check(ActionContext(store, **WHO), **withdraw)
    entries_changed(store, first)
    confirm = {"report_id": report.id, "on": AFTER.date()}

    report_check.confirm_report(ActionContext(store, **WHO), reason="急ぎのため", **confirm)
    assert "数がそろわないまま確認済にした理由：急ぎのため" in received(store, first).note.splitlines()
    report_check.withdraw_check(ActionContext(store, **WHO), **withdraw)
    assert received(store, first).note == report.note
    report_check.confirm_report(ActionContext(store, **WHO), reason="電話で確かめた", **confirm)

    said = said_by(paper(store, first, "実施報告書確認票"))
    assert said.count("確認済にした理由：") == 1
    assert "急ぎのため" not in said


def test_a_withdrawn_check_of_a_form_leaves_the_reason_of_the_contractors_confirmation(store):
    second = event_id(store, "講習会", 2)
    entries_changed(store, second)
    form = reports.read_report_form(store, event_id=second).report
    day = {"report_id": form.id, "on": AFTER.date()}
    reports.confirm_by_contractor(ActionContext(store, **WHO), reason="受託者の求めによる", **day)
    reports.mark_received(ActionContext(store, **WHO), how="メール", **day)
    kept = by_id(store.database, Report, form.id).note

    for why in ("急ぎのため", "電話で確かめた"):
        reports.confirm_form(ActionContext(store, **WHO), reason=why, **day)
        assert by_id(store.database, Report, form.id).note == f"{kept}\n数がそろわないまま確認済にした理由：{why}"
        reports.withdraw_form(ActionContext(store, **WHO), report_id=form.id, reason="確かめ直すため")
        assert by_id(store.database, Report, form.id).note == kept
    assert "受託者の求めによる" in said_by(paper(store, second, "実施報告書"))
