"""Totals of a survey: frozen with who and when, opened with a reason, and compared with the contractor's."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.rules import NOT_RECORDED, who_counted
from app.surveys.tally.services import survey_comparison, survey_freezing, survey_tally
from db.records.surveys import Answer, EventSurvey
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, survey_of, type_sheets
from tests.support.years import BY


def test_counts_come_with_the_return_rate_and_reference_percentages(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 16)

    found = survey_tally.read_tally(store, event_id=event_id)

    assert (found.tally.base, found.tally.return_rate) == (16, "94.1")
    assert found.charts[1].code == "問2"
    assert found.charts[1].reference_only


def test_free_texts_that_tell_who_somebody_is_are_named(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    told = answered(comments=Answer(text="電話は 03-0000-1234 へ"))
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=1, answers=told
    )

    found = survey_tally.read_tally(store, event_id=event_id)

    assert found.flags == (("問10", "電話は 03-0000-1234 へ", "電話番号らしきもの"),)


def test_nothing_can_be_frozen_before_it_is_there_and_decided(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey_id = survey_of(store, event_id).id
    with pytest.raises(UserError, match="集計する回答がまだありません"):
        survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")

    odd = answered(pace=Answer(out_of_list=("読みとれない",)))
    made = data_entry_services.add_paper_response(acting(store), survey_id=survey_id, number=1, answers=odd)
    with pytest.raises(UserError, match="確認が必要な回答が1件"):
        survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")

    data_entry_services.decide_responses(acting(store), sheet_ids=(made.id,), counted=True, reason="")
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")
    survey = survey_of(store, event_id)
    assert (survey.frozen_at, survey.frozen_by) == (AFTER, BY)


def test_frozen_totals_refuse_changes_until_they_are_opened_with_a_reason(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)
    survey_id = survey_of(store, event_id).id
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")
    with pytest.raises(UserError, match="集計が確定しているため変更できません"):
        type_sheets(store, event_id, 1, first=2)
    with pytest.raises(UserError, match="理由が必要"):
        survey_freezing.unfreeze_tally(acting(store), survey_id=survey_id, reason="")

    survey_freezing.unfreeze_tally(acting(store), survey_id=survey_id, reason="紙が1枚見つかった")

    assert survey_of(store, event_id).frozen_at is None
    assert survey_of(store, event_id).freeze_note.startswith(
        f"令和8年10月1日 10時00分　{BY}　確定を解除：紙が1枚見つかった"
    )


def test_who_counted_and_when_is_kept(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey_id = survey_of(store, event_id).id

    survey_tally.record_counted_by(acting(store), survey_id=survey_id, who="受託者", on=date(2026, 10, 7))

    assert survey_tally.counted_words(survey_of(store, event_id)) == "集計　受託者（R8.10.7）　未確定"


def test_the_contractors_numbers_stand_beside_ours_with_every_difference(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 3)
    survey_id = survey_of(store, event_id).id
    with pytest.raises(UserError, match="まだ入力されていません"):
        survey_comparison.record_check(acting(store), survey_id=survey_id)

    survey_comparison.set_contractor_counts(
        acting(store),
        survey_id=survey_id,
        counts={"": {"紙": 3, "オンライン": 0}, "satisfaction": {"満足": 2, "不満": 1}},
    )
    found = survey_comparison.compare_tally(store, event_id=event_id)
    assert sum(row.contractor_count is not None for row in found.rows) == 4
    assert [(row.label, row.text, row.contractor_count, row.own_count) for row in found.rows if row.is_different] == [
        ("問2", "満足", 2, 3),
        ("問2", "不満", 1, 0),
    ]

    survey_comparison.record_check(acting(store), survey_id=survey_id)
    assert (survey_of(store, event_id).checked_by, survey_of(store, event_id).checked_on) == (BY, AFTER.date())


def test_paper_sheets_that_the_ward_received_are_no_numbers_of_the_contractor(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 3)
    survey_id = survey_of(store, event_id).id
    data_entry_services.set_papers_received(acting(store), survey_id=survey_id, count=8)

    found = survey_comparison.compare_tally(store, event_id=event_id)
    assert all(row.contractor_count is None for row in found.rows)
    assert who_counted(survey_of(store, event_id)) == NOT_RECORDED
    with pytest.raises(UserError, match="まだ入力されていません"):
        survey_comparison.record_check(acting(store), survey_id=survey_id)
    with pytest.raises(UserError, match="1枚以上"):
        data_entry_services.set_papers_received(acting(store), survey_id=survey_id, count=0)


def test_the_comparison_keeps_the_order_of_the_paper(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)

    rows = survey_comparison.compare_tally(store, event_id=event_id).rows

    useful = [row.text for row in rows if row.code == "useful"]
    assert useful[:2] == ["講師の説明", "ほかの町会・自治会の事例"]
    assert useful[-3:] == ["その他", "特になし", "無回答"]


def test_a_number_below_zero_is_no_count(tmp_path):
    store, event_id = fixed_survey(tmp_path)

    with pytest.raises(UserError, match="0より小さい"):
        survey_comparison.set_contractor_counts(
            acting(store), survey_id=survey_of(store, event_id).id, counts={"": {"紙": -1}}
        )


def test_the_contractor_counted_only_once_its_numbers_came_or_somebody_noted_it():
    survey = EventSurvey(event_id=1, title="アンケート")
    assert who_counted(survey) == NOT_RECORDED
    assert survey_tally.counted_words(survey) == "集計　記録なし　未確定"
    assert who_counted(replace(survey, contractor_counts={"Q1": {"はい": 3}})) == "受託者"
    assert who_counted(replace(survey, counted_on=date(2026, 10, 7))) == "受託者"
    assert who_counted(replace(survey, counted_by="区（代行）")) == "区（代行）"
    assert survey_tally.counted_words(replace(survey, frozen_at=AFTER)).startswith("集計　区　確定 ")
