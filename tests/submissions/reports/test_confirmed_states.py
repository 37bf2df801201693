"""What was confirmed is drawn as it was: a report by the contractor, a tally by 確定; undo and 取消 lift it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.event.services import event_changes, event_drafts, event_results
from app.history import services as history_services
from app.programme import services as programme_services
from app.submissions.reports.services import report_documents, report_form, reports
from app.submissions.reports.services.report_photos import fill_pictures
from app.surveys.tally import documents as tally_documents
from app.surveys.tally.services import survey_freezing, survey_tally, tally_document_kinds
from db import journal
from db.records.documents import ConfirmedState
from db.records.events import Event, EventResult
from db.records.surveys import EventSurvey
from db.rows import by_id, rows
from db.tables import events as event_table
from db.tables import surveys as survey_table
from tests.support.sample import BY, NOW, acting, event_id

pytestmark = pytest.mark.sample_year

ON = date(2026, 11, 30)
LATER = NOW + timedelta(days=3)


def report_paper(store, number=5):
    event = by_id(store.database, Event, event_id(store, "講習会", number))
    return report_documents.report_document(store, event, LATER)


def tally_paper(store, number, kind=tally_documents.TALLY_KIND):
    paper = next(one for one in tally_document_kinds.DOCUMENTS if one.kind == kind)
    return paper.build(store, DocumentScope(event_id=event_id(store, "講習会", number)), LATER)


def confirm(store):
    form = reports.read_report_form(store, event_id=event_id(store, "講習会", 5))
    reports.confirm_by_contractor(acting(store), report_id=form.report.id, on=ON)
    return form.report.id


def change_everything(store, number=5):
    """Settings, names, the venue and the day's numbers are set otherwise, as somebody may long after the event."""
    view = programme_services.read_programme(store)
    programme_services.change_numbers(
        acting(store), numbers=replace(view.kind("講習会"), people_max=99, report_period="2か月以内")
    )
    programme_services.set_contractor(acting(store), contractor=replace(view.contractor, name="みほん新受託株式会社"))
    programme_services.change_programme(
        acting(store), programme=replace(view.programme, title="令和8年度　見本　名を変えた委託")
    )
    found = event_id(store, "講習会", number)
    event = by_id(store.database, Event, found)
    event_changes.update_event(
        acting(store),
        event_id=found,
        draft=replace(event_drafts.draft_of(event), venue="別の区民館", lecturer="別の講師"),
    )
    result = event_table.result(store.database, found) or EventResult(event_id=found)
    event_results.record_result(acting(store), event_id=found, result=replace(result, attended=7, applied=8, absent=1))


def test_a_report_the_contractor_confirmed_stays_as_it_was_confirmed(store):
    confirm(store)
    before = report_paper(store)
    change_everything(store)

    assert report_paper(store) == before
    assert "みほん新受託株式会社" not in str(before)


def test_taking_the_confirmation_back_lifts_it_and_confirming_again_takes_a_new_one(store):
    report_id = confirm(store)
    before = report_paper(store)
    change_everything(store)

    reports.confirm_by_contractor(acting(store), report_id=report_id, on=None)
    assert rows(store.database, ConfirmedState, report_id=report_id) == []
    assert "別の区民館" in str(report_paper(store))
    reports.confirm_by_contractor(acting(store), report_id=report_id, on=ON)
    again = report_paper(store)
    assert again != before
    assert "みほん新受託株式会社" in str(again)
    assert "7" in str(again.blocks[2])


def test_undo_lifts_the_confirmation_with_what_it_kept_and_redo_brings_both_back(store):
    report_id = confirm(store)
    kept = report_paper(store)

    history_services.undo(store, by=BY, now=NOW)
    assert rows(store.database, ConfirmedState, report_id=report_id) == []
    assert report_paper(store).stamp == report_documents.NOT_CONFIRMED
    history_services.redo(store, by=BY, now=NOW)
    assert report_paper(store) == kept
    assert journal.check_chain(store.database, store.keys.chain) == []


def test_the_form_names_the_chapters_about_which_the_records_say_something_else(store):
    confirm(store)
    fifth = event_id(store, "講習会", 5)
    assert reports.read_report_form(store, event_id=fifth, now=LATER).differing_chapters == ()
    change_everything(store)
    named = reports.read_report_form(store, event_id=fifth, now=LATER).differing_chapters
    assert named[:2] == ("宛先と受託者の名前", "表題と要点")
    assert any("実施概要" in one or "実施内容" in one or "概要" in one for one in named)
    seen = report_form.read_form_screen(store, event_id=fifth, today=LATER.date(), now=LATER)
    assert seen.form.differing_chapters == named


def test_the_next_version_of_a_confirmed_report_is_drawn_from_the_records(store):
    report_id = confirm(store)
    change_everything(store)
    reports.make_next_version(acting(store), report_id=report_id)
    assert "別の区民館" in str(report_paper(store))


def frozen(store):
    """The fourth 講習会 of the sample: fixed by its own hand here."""
    survey = survey_table.survey_of_event(store.database, event_id(store, "講習会", 4))
    survey_freezing.freeze_tally(acting(store), survey_id=survey.id, uncompared="受託者の集計が届いていない")
    return survey.id


def test_a_fixed_tally_and_its_papers_stay_as_they_were_fixed(store):
    frozen(store)
    fourth = event_id(store, "講習会", 4)
    before = tally_paper(store, 4)
    seen = survey_tally.read_tally(store, event_id=fourth)
    part = survey_tally.report_survey_of(survey_tally.read_tally(store, event_id=fourth))
    change_everything(store, 4)

    assert tally_paper(store, 4) == before
    now = survey_tally.read_tally(store, event_id=fourth)
    assert (now.tally, now.survey_view.event, now.survey_view.attendance) == (
        seen.tally,
        seen.survey_view.event,
        seen.survey_view.attendance,
    )
    assert survey_tally.report_survey_of(survey_tally.read_tally(store, event_id=fourth)) == part
    assert seen.changed_since_frozen == ()
    assert now.changed_since_frozen == ("会場", "出席者数 12人→7人", "契約件名")


def test_opening_a_fixed_tally_lifts_what_was_kept_and_undo_brings_it_back(store):
    survey_id = frozen(store)
    before = tally_paper(store, 4)
    change_everything(store, 4)

    survey_freezing.unfreeze_tally(acting(store), survey_id=survey_id, reason="会場名の訂正")
    assert rows(store.database, ConfirmedState, survey_id=survey_id) == []
    assert "別の区民館" in str(tally_paper(store, 4))
    history_services.undo(store, by=BY, now=NOW)
    assert tally_paper(store, 4) == before


def test_the_fixed_tallies_of_the_sample_are_kept_and_answers_that_come_later_lift_them(store):
    kept = rows(store.database, ConfirmedState)
    fixed = [one for one in rows(store.database, EventSurvey) if one.frozen_at is not None]
    assert fixed
    assert {one.survey_id for one in kept} == {one.id for one in fixed}


def test_every_report_of_the_sample_comes_back_from_its_text_as_it_was(store):
    from app.documents.content_json import content_from_json, content_to_json

    for row in store.database.query("SELECT id FROM events WHERE status = '実施済'"):
        event = by_id(store.database, Event, row["id"])
        content = report_documents.report_document(store, event, NOW)
        assert fill_pictures(store, content_from_json(content_to_json(content))) == content


def test_a_report_of_an_event_without_a_day_is_refused_for_this_and_for_no_other_reason(store):
    about = event_id(store, "講習会", 5)
    form = reports.read_report_form(store, event_id=about)
    with store.change(action="日付を消した", by=BY, now=NOW, subject="events") as change:
        change.update(Event, about, event_date=None)
    with pytest.raises(UserError, match="日程が決まっていない実施回です。"):
        reports.mark_received(acting(store), report_id=form.report.id, on=ON, how="メール")
