"""Paper and online as one, and totals that stay as they were fixed, whoever tries by whichever way."""

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.history import services as history_services
from app.surveys.answers.services import survey_import, survey_merge
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_freezing, survey_tally
from app.surveys.tally.services.survey_comparison import set_contractor_counts
from db.records.surveys import Answer
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, form_file, survey_of, type_sheets
from tests.support.years import BY

OTHER = "見本 花子"
UNHAPPY = answered(satisfaction=Answer(chosen=("不満",)))
UNREADABLE = answered(pace=Answer(out_of_list=("読みとれない",)))


def _view(store, event_id):
    return surveys.read_survey(store, event_id=event_id)


def _import(store, event_id, folder, count):
    path = form_file(folder / "回答.csv", store, event_id, [answered() for _ in range(count)])
    return survey_import.import_survey(acting(store), event_id=event_id, path=path)


@pytest.fixture
def both(tmp_path):
    """Three sheets of paper, one of them left out, and four online answers."""
    store, event_id = fixed_survey(tmp_path / "year")
    type_sheets(store, event_id, 3)
    _import(store, event_id, tmp_path, 4)
    last = _view(store, event_id).paper_responses[2]
    data_entry_services.decide_responses(acting(store), sheet_ids=(last.id,), counted=False, reason="別の催しの回答")
    return store, event_id


def test_both_channels_are_added_and_what_is_left_out_has_its_reason(both):

    found = survey_merge.channel_totals(_view(*both))

    paper, online = found.channels
    assert (paper.response_count, paper.counted_total, paper.left_out_reasons) == (3, 2, (("別の催しの回答", 1),))
    assert (online.response_count, online.counted_total, online.left_out_reasons) == (4, 4, ())
    assert (found.counted_total, found.left_out_total, found.attendance, found.rate) == (6, 1, 17, "35.3")
    assert any("同じ人が両方で答えたかは分かりません" in rule for rule in survey_merge.MERGE_RULES)


def test_without_attendance_there_is_no_rate(tmp_path):
    store, event_id = fixed_survey(tmp_path, attended=None)
    type_sheets(store, event_id, 1)

    assert survey_merge.channel_totals(_view(store, event_id)).rate == ""


def test_numbers_that_were_passed_over_are_named(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 2)
    type_sheets(store, event_id, 1, first=5)

    assert survey_merge.channel_totals(_view(store, event_id)).missing_numbers == (3, 4)


def test_what_is_open_is_said_before_and_refused_at_the_fixing(both):
    store, event_id = both
    survey_id = survey_of(store, event_id).id
    data_entry_services.add_paper_response(acting(store), survey_id=survey_id, number=4, answers=UNREADABLE)
    second = data_entry_services.add_second_entry(
        ActionContext(store, OTHER, AFTER), survey_id=survey_id, number=1, answers=UNHAPPY
    )
    assert survey_merge.open_decisions(_view(store, event_id)) == (
        "確認が必要な回答が1件あります。",
        "1回目と2回目のちがいを決めていない用紙が1枚あります。",
    )
    doubtful = _view(store, event_id).doubtful_responses[0]
    data_entry_services.decide_responses(acting(store), sheet_ids=(doubtful.id,), counted=True, reason="")
    with pytest.raises(UserError, match="ちがいを決めていない用紙が1枚"):
        survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")

    data_entry_services.settle_second_entry(acting(store), entry_id=second.id, choices={"satisfaction": "1回目"})
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")

    assert survey_merge.open_decisions(_view(store, event_id)) == ()


def test_who_counted_and_whether_it_is_fixed_stand_in_the_report(both):
    store, event_id = both
    survey_id = survey_of(store, event_id).id
    assert survey_tally.counted_words(survey_of(store, event_id)) == "集計　記録なし　未確定"

    counts = {"satisfaction": {"満足": 1}}
    set_contractor_counts(acting(store), survey_id=survey_id, counts=counts)
    assert survey_tally.counted_words(survey_of(store, event_id)).startswith("集計　受託者")
    set_contractor_counts(acting(store), survey_id=survey_id, counts={})

    data_entry_services.save_purpose(acting(store), survey_id=survey_id, purpose="代行", agreement="R8-3")
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")

    assert survey_tally.counted_words(survey_of(store, event_id)) == "集計　区（代行・協議 R8-3）　確定 R8.10.1"


def _all_ways(store, event_id, folder):
    """Every act that would change fixed answers."""
    view = _view(store, event_id)
    survey_id, sheet = survey_of(store, event_id).id, view.paper_responses[1]
    second = next(one for one in view.second_entries if one.settled_at is not None)
    yield lambda: data_entry_services.add_paper_response(
        acting(store), survey_id=survey_id, number=9, answers=answered()
    )
    yield lambda: data_entry_services.change_response(acting(store), sheet_id=sheet.id, answers=UNHAPPY)
    yield lambda: data_entry_services.remove_responses(acting(store), sheet_ids=(sheet.id,))
    yield lambda: data_entry_services.decide_responses(
        acting(store), sheet_ids=(sheet.id,), counted=False, reason="試し送信"
    )
    yield lambda: data_entry_services.save_purpose(acting(store), survey_id=survey_id, purpose="検算")
    yield lambda: data_entry_services.add_second_entry(
        ActionContext(store, OTHER, AFTER), survey_id=survey_id, number=2, answers=answered()
    )
    yield lambda: data_entry_services.settle_second_entry(acting(store), entry_id=second.id, choices={})
    yield lambda: survey_import.undo_import(acting(store), import_id=view.imports[0].id)
    yield lambda: _import(store, event_id, folder, 6)


def test_no_way_leads_into_fixed_totals(both, tmp_path):
    store, event_id = both
    survey_id = survey_of(store, event_id).id
    data_entry_services.add_second_entry(
        ActionContext(store, OTHER, AFTER), survey_id=survey_id, number=1, answers=answered()
    )
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")
    before = _view(store, event_id)

    for act in _all_ways(store, event_id, tmp_path):
        with pytest.raises(UserError, match="集計が確定している"):
            act()

    assert _view(store, event_id) == before


def test_a_colleagues_undo_does_not_reach_into_fixed_totals(both):
    store, event_id = both
    survey_id = survey_of(store, event_id).id
    data_entry_services.add_paper_response(
        ActionContext(store, OTHER, AFTER), survey_id=survey_id, number=4, answers=answered()
    )
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")

    with pytest.raises(UserError, match="集計が確定しているため、元に戻せません"):
        history_services.undo(store, by=OTHER, now=AFTER)
    assert len(_view(store, event_id).paper_responses) == 4

    survey_freezing.unfreeze_tally(acting(store), survey_id=survey_id, reason="紙が1枚まちがい")
    history_services.undo(store, by=OTHER, now=AFTER)
    assert len(_view(store, event_id).paper_responses) == 3


def test_who_fixed_the_totals_before_stays_with_the_reason_for_opening_them(both):
    store, event_id = both
    survey_id = survey_of(store, event_id).id
    survey_freezing.freeze_tally(
        ActionContext(store, OTHER, AFTER), survey_id=survey_id, uncompared="受託者の集計が届いていない"
    )

    survey_freezing.unfreeze_tally(acting(store), survey_id=survey_id, reason="紙が1枚見つかった")

    assert survey_of(store, event_id).freeze_note == (
        f"令和8年10月1日 10時00分　{BY}　確定を解除：紙が1枚見つかった（令和8年10月1日 10時00分に{OTHER}が確定）"
    )
