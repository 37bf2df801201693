"""Before totals are fixed: every difference to the contractor's tally is settled, or a reason stands for
not comparing."""

import pytest

from app.actions.user_error import UserError
from app.documents.services import documents
from app.submissions.reports.documents.report_check import correction_request
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services.surveys import read_survey
from app.surveys.tally.rules import count_responses
from app.surveys.tally.services.survey_check import (
    check_items,
    check_words,
    contractor_corrections,
    read_check,
    settle_difference,
)
from app.surveys.tally.services.survey_comparison import set_contractor_counts
from app.surveys.tally.services.survey_freezing import freeze_tally, unfreeze_tally
from db.records.surveys import Answer, SettledBy
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, survey_of, type_sheets
from tests.support.years import BY


@pytest.fixture
def counted(tmp_path):
    """Five sheets on paper."""
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 5)
    return store, event_id


def _their_numbers(store, event_id, **changes):
    """The contractor's tally: ours with ``changes`` by question code."""
    view = read_survey(store, event_id=event_id)
    counts = {
        one.question.code: {row.text: row.count for row in one.rows()} | changes.get(one.question.code, {})
        for one in count_responses(view.survey.questions, view.responses).questions
        if one.question.type in ("SA", "MA")
    }
    set_contractor_counts(acting(store), survey_id=view.survey.id, counts=counts)


def _freeze(store, event_id, **more):
    return freeze_tally(acting(store), survey_id=survey_of(store, event_id).id, **more)


def test_without_their_numbers_nothing_is_said_to_be_the_same(counted):
    store, event_id = counted

    check = read_check(store, event_id=event_id)

    assert (check.compared_count, len(check.questions_without_counts), check.waiting_count) == (0, 9, 0)
    assert check_words(check) == ""


def test_totals_are_fixed_without_comparing_only_for_a_reason_which_is_printed(counted):
    store, event_id = counted
    with pytest.raises(UserError, match="受託者の数が入っていない設問が9問"):
        _freeze(store, event_id)

    _freeze(store, event_id, uncompared="受託者の集計が届いていない")

    printed = str(documents.build_document(store, event_id=event_id, kind="アンケート集計表", now=AFTER).blocks)
    assert "受託者の集計と照合せず確定（受託者の集計が届いていない）" in printed
    assert survey_of(store, event_id).checked_on is None
    unfreeze_tally(acting(store), survey_id=survey_of(store, event_id).id, reason="届いた")
    assert survey_of(store, event_id).uncompared == ""


def test_a_difference_keeps_the_totals_open_until_it_is_settled(counted):
    store, event_id = counted
    survey_id = survey_of(store, event_id).id
    _their_numbers(store, event_id, satisfaction={"とても満足": 1, "満足": 4})
    (open_one,) = read_check(store, event_id=event_id).open_questions
    assert [(row.text, row.own_count, row.contractor_count) for row in open_one.differing_rows] == [
        ("とても満足", 0, 1),
        ("満足", 5, 4),
    ]
    with pytest.raises(UserError, match=r"差を決めていない設問があるため、確定できません（問2）"):
        _freeze(store, event_id, uncompared="急ぐため")
    with pytest.raises(UserError, match="理由が必要"):
        settle_difference(acting(store), survey_id=survey_id, code="satisfaction", way=SettledBy.DIFFERENCE)

    settle_difference(
        acting(store), survey_id=survey_id, code="satisfaction", way=SettledBy.DIFFERENCE, reason="用紙の読みが分かれた"
    )
    _freeze(store, event_id)

    assert survey_of(store, event_id).checked_by == BY
    printed = str(documents.build_document(store, event_id=event_id, kind="アンケート集計表", now=AFTER).blocks)
    assert "差 2件。問2" in printed
    assert "差のまま：用紙の読みが分かれた" in printed


def test_a_settled_difference_is_open_again_when_the_numbers_change(counted):
    store, event_id = counted
    survey_id = survey_of(store, event_id).id
    _their_numbers(store, event_id, satisfaction={"とても満足": 1, "満足": 4})
    settle_difference(acting(store), survey_id=survey_id, code="satisfaction", way=SettledBy.CORRECTION)
    assert not read_check(store, event_id=event_id).open_questions

    type_sheets(store, event_id, 1, first=6)

    assert "問2" in [one.label for one in read_check(store, event_id=event_id).open_questions]


def test_what_the_contractor_is_asked_to_mend_is_one_line_of_the_request(counted):
    store, event_id = counted
    _their_numbers(store, event_id, satisfaction={"とても満足": 1})
    settle_difference(
        acting(store), survey_id=survey_of(store, event_id).id, code="satisfaction", way=SettledBy.CORRECTION
    )

    lines = contractor_corrections(store, event_id=event_id)

    assert lines == ("アンケート集計　問2 講習会全体の満足度　「とても満足」受託者の集計 1人・区の検算 0人",)
    text = correction_request(read_survey(store, event_id=event_id).event, (), (), "見本 花子", lines)
    assert "つぎの1点をご確認のうえ" in text
    assert f"1　{lines[0]}" in text


def test_a_sheet_that_nobody_can_read_keeps_the_totals_open(counted):
    store, event_id = counted
    sheet = answered(satisfaction=Answer(out_of_list=("読みとれない",)))
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=6, answers=sheet
    )

    check = read_check(store, event_id=event_id)

    assert check.waiting_count == 1
    assert [one.question.label for one in check_items(check, ()) if one.response is not None] == ["問2"]
    with pytest.raises(UserError, match="確認が必要な回答が1件"):
        _freeze(store, event_id, uncompared="急ぐため")


def test_where_the_ward_counts_in_the_contractors_place_there_is_nothing_to_compare(counted):
    store, event_id = counted
    data_entry_services.save_purpose(
        acting(store), survey_id=survey_of(store, event_id).id, purpose="代行", agreement="講08-3"
    )

    _freeze(store, event_id)

    assert "代行して集計したため" in check_words(read_check(store, event_id=event_id))
