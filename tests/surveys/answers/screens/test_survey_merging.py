"""Over the list of answers: how paper and online become one number, by which rules, and what is still open."""

from dataclasses import replace

import pytest

from app.actions.action_context import ActionContext
from app.surveys.answers.screens.merge_line import MergeRulesDialog, merge_fact_lines
from app.surveys.answers.services import survey_import
from app.surveys.answers.services.survey_merge import channel_totals
from app.surveys.data_entry import services as data_entry_services
from app.surveys.overview.services import read_steps
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_freezing
from app.widgets.labels import Paragraph
from db.records.surveys import Answer
from tests.support.doing import do
from tests.support.survey_pages import opened, show_survey
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, form_file, survey_of, type_sheets
from tests.support.years import BY

OTHER = "見本 花子"


@pytest.fixture
def both(tmp_path):
    """Eight sheets of paper, one of them left out, and twelve online answers."""
    store, event_id = fixed_survey(tmp_path / "year", attended=25)
    type_sheets(store, event_id, 8)
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered() for _ in range(12)])
    survey_import.import_survey(acting(store), event_id=event_id, path=path)
    last = surveys.read_survey(store, event_id=event_id).paper_responses[7]
    data_entry_services.decide_responses(acting(store), sheet_ids=(last.id,), counted=False, reason="試し書き")
    return store, event_id


def _said(dialog):
    return "\n".join(one.plain_text() for one in dialog.findChildren(Paragraph))


def test_the_sum_of_both_channels_stands_over_the_list_with_its_rules(qtbot, desk_at, both):
    panel = show_survey(qtbot, desk_at, *both, "回答")

    assert panel.responses_page.merge_line.summary.text() == (
        "紙とオンラインを合算しています。入れない理由　試し書き 1。無記名のため、同じ人が両方で答えたかは分かりません。"
    )
    panel.responses_page.merge_line.open_rules()
    dialog = opened(panel, MergeRulesDialog)

    assert "回収率　76.0%（19 ÷ 出席 25人）" in _said(dialog)
    assert "集計の状態　未確定" in _said(dialog)
    assert "回収率は、回収数÷出席者数です" in _said(dialog)
    assert dialog.open_note.words() == ""
    dialog.reject()


def test_where_more_came_back_than_came_no_rate_is_worked_out_and_it_is_said(both):
    view = replace(surveys.read_survey(both[0], event_id=both[1]), attendance=17)
    rate = "回収19件が出席17人より多いため、回収率を出しません。"
    assert merge_fact_lines(channel_totals(view), view)[0].startswith(rate)
    steps = replace(read_steps(both[0], event_id=both[1], today=AFTER.date()), view=view)
    assert "回収率 " not in steps.numbers_words
    assert "出席17人より多い" in steps.numbers_words


def test_where_more_came_back_than_came_the_answers_are_one_click_away(qtbot, desk_at, both):
    panel = show_survey(qtbot, desk_at, *both, "照合")
    steps = read_steps(both[0], event_id=both[1], today=AFTER.date())
    assert not panel.step_list.answers.isVisible()
    panel.step_list.show_steps(replace(steps, view=replace(steps.view, attendance=17)), 4, narrow=False)
    assert panel.step_list.answers.isVisible()
    do(qtbot, panel, panel.step_list.answers.click)
    assert panel.responses_page.isVisible()


def test_differences_that_wait_are_named_before_the_totals_are_fixed(qtbot, desk_at, both):
    store, event_id = both
    unhappy = answered(satisfaction=Answer(chosen=("不満",)))
    data_entry_services.add_second_entry(
        ActionContext(store, OTHER, AFTER), survey_id=survey_of(store, event_id).id, number=2, answers=unhappy
    )
    panel = show_survey(qtbot, desk_at, store, event_id, "集計")
    assert "ちがいを決めていない用紙が1枚" in panel.tally_page.warning_note.words()

    assert not panel.tally_page.freeze_button.isEnabled()

    panel.show_page("回答")
    panel.responses_page.merge_line.open_rules()
    dialog = opened(panel, MergeRulesDialog)
    assert "ちがいを決めていない用紙が1枚あります" in dialog.open_note.words()
    assert "回答の一致 9 / 10（90.0%）" in _said(dialog)
    dialog.reject()


def test_who_fixed_and_who_opened_the_totals_stays_in_sight(qtbot, desk_at, both):
    store, event_id = both
    survey_id = survey_of(store, event_id).id
    survey_freezing.freeze_tally(
        ActionContext(store, OTHER, AFTER), survey_id=survey_id, uncompared="受託者の集計が届いていない"
    )
    survey_freezing.unfreeze_tally(acting(store), survey_id=survey_id, reason="紙が1枚見つかった")
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")

    panel = show_survey(qtbot, desk_at, store, event_id, "回答")
    panel.responses_page.merge_line.open_rules()
    dialog = opened(panel, MergeRulesDialog)

    assert f"集計の状態　確定（令和8年10月1日 10時00分　{BY}）" in _said(dialog)
    assert f"：紙が1枚見つかった（令和8年10月1日 10時00分に{OTHER}が確定）" in _said(dialog)
    dialog.reject()
