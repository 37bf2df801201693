"""回答一覧 and 集計: what counts is decided with a reason, totals follow, and fixing them stays visible."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.event.services import event_results
from app.surveys.answers.screens.responses_page import ResponseDialog
from app.surveys.answers.services.survey_import import import_survey
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.tally.screens.comparison_dialog import ComparisonDialog
from app.surveys.tally.screens.themes_page import ThemesPage
from app.surveys.tally.services import survey_freezing
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from app.window.app_context import bind_action
from db.records.events import EventResult
from db.records.surveys import Answer, SurveyResponse
from tests.support.doing import do
from tests.support.survey_pages import opened, settle, show_survey
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, form_file, survey_of, type_sheets
from tests.support.years import BY

UNREADABLE = answered(pace=Answer(out_of_list=("読みとれない",)))


@pytest.fixture
def surveyed(tmp_path):
    """Two sheets on paper, one of them doubtful, and one answer online."""
    store, event_id = fixed_survey(tmp_path / "year")
    type_sheets(store, event_id, 1)
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=2, answers=UNREADABLE
    )
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered(satisfaction=Answer(chosen=("不満",)))])
    import_survey(acting(store), event_id=event_id, path=path)
    return store, event_id


def _view(store, event_id):
    return surveys.read_survey(store, event_id=event_id)


def test_every_sheet_is_listed_and_the_doubtful_one_is_chosen(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed)
    assert panel.check_page.isVisible()  # where the work is
    panel.show_page("回答")
    page = panel.responses_page
    settle(qtbot, panel)

    names = [page.table.model.cell(row, 0).plain() for row in range(3)]
    assert names == ["紙 1", "紙 2", "オンライン 9/30(水) 15:40"]
    assert page.table.current().number == 2
    assert [words for words, _act in page_acts(panel)][:2] == ["集計に入れる", "集計に入れない"]
    assert "問4　読みとれません" in page.detail.note.words()
    assert panel.bar.words.plain_text() == "見なおす 1枚は、つぎの「確かめる」で1枚ずつ決めます。"
    assert not panel.back_link.isVisible(), "the step beside it says what the page is"
    assert page.table.count_line.text() == "3枚　集計に入れない・削除は右クリックか Shift+F10"


def test_a_doubtful_sheet_is_decided_in_the_queue_of_the_check(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "回答")

    do(qtbot, panel, qtbot.keyClick, panel.responses_page.table.view, Qt.Key.Key_Space)
    page = panel.check_page
    assert page.isVisible()
    item = page.settlement_panel.item
    assert (item.group, item.response.number, item.question.label) == ("回答", 2, "問4")
    assert "読みとれない" in words_of(page.settlement_panel)
    left = "残り 1件を決めると、集計を確定できます。受託者の数は、あとでも決められます。"
    assert page.bar_words == left, "the list shows the contractor's numbers as well"
    # Nothing is marked beforehand that answers for the citizen.
    assert page.main.text() == "読みとれないとしてつぎへ"
    qtbot.keyClick(page.table.view, Qt.Key.Key_1)
    assert page.main.text() == "「速い」に決めてつぎへ"
    page.main.click()
    assert "用紙に書いてあることを書いてください" in page.settlement_panel.problem.text()
    qtbot.keyClick(page.settlement_panel.reason, Qt.Key.Key_Return)
    page.settlement_panel.reason.setText("2に取消線")
    do(qtbot, panel, qtbot.keyClick, page.settlement_panel.reason, Qt.Key.Key_Return)

    sheet = _view(*surveyed).paper_responses[1]
    assert sheet.answers["pace"] == Answer(chosen=("速い",))
    assert sheet.problems == ()
    assert sheet.extra["問4のはじめの読み"].startswith("問4　読みとれない → 速い　2に取消線　")
    assert page.settlement_panel.item.group == "受託者の集計との差"
    do(qtbot, panel, panel.app_context.undo)
    assert _view(*surveyed).paper_responses[1] == sheet_before(sheet)


def words_of(panel) -> str:
    return "\n".join(one.text() for one in panel.findChildren(QLabel))


def sheet_before(sheet: SurveyResponse) -> SurveyResponse:
    return replace(sheet, answers=UNREADABLE, problems=("問4　読みとれません",), extra={})


def test_what_cannot_be_read_stays_as_it_was_read_and_counts_to_no_option(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "照合")
    do(qtbot, panel, panel.check_page.main.click)
    sheet = _view(*surveyed).paper_responses[1]
    assert (sheet.answers, sheet.problems, sheet.counted) == (UNREADABLE, (), True)


def test_too_many_choices_that_are_counted_as_they_are_are_not_called_unreadable(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    options = next(one for one in survey_of(store, event_id).questions if one.code == "obstacles").options
    data_entry_services.add_paper_response(
        acting(store),
        survey_id=survey_of(store, event_id).id,
        number=3,
        answers=answered(obstacles=Answer(chosen=options[:4])),
    )
    sheet = _view(store, event_id).paper_responses[-1]
    said = data_entry_services.decide_answer(
        acting(store), sheet_id=sheet.id, question_code="obstacles", answer=None
    ).message
    assert said.endswith("問8は、「このまま数える」に決めました。")
    assert _view(store, event_id).paper_responses[-1].answers["obstacles"].chosen == options[:4]


def test_leaving_a_sheet_out_asks_for_the_reason_and_keeps_it_in_the_list(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "回答")

    dict(page_acts(panel))["集計に入れない"]()
    dialog = opened(panel, ReasonDialog)
    dialog.main.click()
    assert "理由がまだ入力されていません" in dialog.form.problem_shown("reason")
    dialog.form.set_values({"reason": "試し送信"})
    do(qtbot, panel, dialog.main.click)

    sheet = _view(*surveyed).responses[1]
    assert (sheet.counted, sheet.decision) == (False, "試し送信")
    row = panel.responses_page.table.model.row_of(lambda one: one.id == sheet.id)
    assert "決めたこと　試し送信" in panel.responses_page.table.model.cell(row, 2).plain()
    do(qtbot, panel, panel.app_context.undo)
    assert _view(*surveyed).responses[1].counted


def test_a_usual_reason_leaves_a_doubtful_sheet_out_by_its_digit_and_is_undone(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    sheets = _view(store, event_id).responses
    with store.change(action="x", by=BY, now=AFTER) as change:
        change.update(SurveyResponse, sheets[0].id, problems=("開始より前の回答",))
    panel = show_survey(qtbot, desk_at, store, event_id, "照合")
    page = panel.check_page
    assert not page.main.isEnabled()
    qtbot.keyClick(page.table.view, Qt.Key.Key_2)
    assert page.main.text() == "「集計に入れない（試し送信）」に決めてつぎへ"

    do(qtbot, panel, qtbot.keyClick, page.table.view, Qt.Key.Key_Return)

    left = _view(store, event_id).responses[0]
    assert (left.counted, left.decision) == (False, "試し送信")
    assert page.settlement_panel.item.response.id == sheets[1].id
    do(qtbot, panel, panel.app_context.undo)
    assert _view(store, event_id).responses[0].counted


def test_where_every_sheet_counts_nothing_is_said_of_decisions(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    with store.change(action="x", by=BY, now=AFTER) as change:
        for sheet in _view(store, event_id).responses:
            change.update(SurveyResponse, sheet.id, problems=(), decision="", counted=True, source="紙")
    panel = show_survey(qtbot, desk_at, store, event_id, "回答")
    table = panel.responses_page.table

    hidden = [one.title for place, one in enumerate(table.model.columns) if table.view.isColumnHidden(place)]
    assert hidden == ["集計", "確認と決定"]
    assert panel.responses_page.merge_line.summary.text() == ""
    assert panel.responses_page.merge_line.rules.isVisible()


def page_acts(panel):
    table = panel.responses_page.table
    return list(table.row_acts(table.current()))


def test_a_paper_sheet_is_deleted_with_delete_but_an_online_answer_is_not(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "回答")
    panel.responses_page.table.choose(lambda one: one.source == "オンライン")
    assert [words for words, _act in page_acts(panel)] == ["集計に入れない"]
    do(qtbot, panel, qtbot.keyClick, panel.responses_page.table.view, Qt.Key.Key_Delete)
    assert "オンラインの回答は削除できません" in panel.responses_page.problem.words()

    panel.responses_page.table.choose(lambda one: one.number == 2)
    do(qtbot, panel, qtbot.keyClick, panel.responses_page.table.view, Qt.Key.Key_Delete)
    dialog = opened(panel, DialogFrame)
    assert dialog.main.text() == "紙の2枚目を削除する"
    dialog.reject()
    assert [sheet.number for sheet in _view(*surveyed).paper_responses] == [1, 2]
    dict(page_acts(panel))["紙の回答を削除する（Delete）"]()
    do(qtbot, panel, opened(panel, DialogFrame).main.click)
    assert [sheet.number for sheet in _view(*surveyed).paper_responses] == [1]


def test_on_a_narrow_window_the_details_open_on_their_own(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "回答", size=(855, 464))
    answers = [one.key for one in panel.responses_page.table.model.columns].index("answers")
    assert not panel.responses_page.table.view.isColumnHidden(answers)

    qtbot.keyClick(panel.responses_page.table.view, Qt.Key.Key_Return)

    assert opened(panel, ResponseDialog).isVisible()


def test_one_changed_answer_changes_chart_and_figures(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "集計")
    panel.tally_page.overview.setCurrentRow(1)
    assert "満足計 2人 66.7%" in panel.tally_page.detail.chart.chart_text()

    sheet = _view(*surveyed).online_responses[0]
    do(
        qtbot,
        panel,
        panel.app_context.write,
        bind_action(data_entry_services.change_response, sheet_id=sheet.id, answers=answered()),
        owner=panel,
    )

    assert "満足計 3人 100.0%" in panel.tally_page.detail.chart.chart_text()
    assert "満足計 3人 100.0%" in panel.tally_page.overview.item(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_head_figures_tell_sheets_rate_who_counted_and_what_is_open(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "集計")

    assert panel.step_list.numbers.plain_text().splitlines() == [
        "出席 17人・回収 3件",
        "紙 2・オンライン 1",
        "回収率 17.6%（3 ÷ 17）　％は参考値（n＜30）",
    ]
    assert panel.tally_page.counted_by_label.text() == "集計 記録なし　受託者の数 未入力"
    assert "確認が必要な回答が1枚あります" in panel.tally_page.warning_note.words()


def test_who_counted_and_when_is_recorded(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "集計")

    panel.tally_page.menu_button.actions()[0].trigger()
    dialog = opened(panel, FormDialog)
    dialog.form.set_values({"who": "区（検算）", "on": date(2026, 10, 1)})
    do(qtbot, panel, dialog.main.click)

    assert (survey_of(*surveyed).counted_by, survey_of(*surveyed).counted_on) == ("区（検算）", date(2026, 10, 1))
    assert "集計 区（検算） 10/1(木)" in panel.tally_page.counted_by_label.text()


def test_totals_are_fixed_once_all_is_decided_and_opened_again_with_a_reason(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, "集計")
    assert not panel.tally_page.freeze_button.isEnabled()
    assert "確認が必要な回答が1枚あります" in panel.tally_page.warning_note.words()

    do(
        qtbot,
        panel,
        panel.app_context.write,
        bind_action(
            data_entry_services.decide_responses,
            sheet_ids=(_view(store, event_id).doubtful_responses[0].id,),
            counted=True,
            reason="",
        ),
        owner=panel,
    )
    assert panel.tally_page.freeze_button.text() == "照合せず確定する"
    panel.tally_page.freeze_button.click()
    dialog = opened(panel, ReasonDialog)
    dialog.main.click()
    assert "理由がまだ入力されていません" in dialog.form.problem_shown("reason")
    dialog.form.set_values({"reason": "受託者の集計が届いていない"})
    do(qtbot, panel, dialog.main.click)
    assert survey_of(store, event_id).frozen_by == BY
    assert survey_of(store, event_id).uncompared == "受託者の集計が届いていない"
    assert not panel.tally_page.freeze_button.isVisible()
    assert "照合せず確定" in panel.tally_page.counted_by_label.text()
    going = []
    panel.app_context.navigation_requested.connect(lambda place, given: going.append((place, given)))
    panel.next_button.click()
    assert (panel.next_button.text(), going) == ("報告書へ進む", [("report", {"event_id": event_id, "tallied": True})])
    assert panel.tally_page.changes.words() == ""

    result = EventResult(event_id=event_id, attended=99)
    do(
        qtbot,
        panel,
        panel.app_context.write,
        bind_action(event_results.record_result, event_id=event_id, result=result),
        owner=panel,
    )
    assert (
        "いまの記録と違うところ：出席者数 17人→99人。"
        "書類は確定したときのままで、印が付きます。" in panel.tally_page.changes.words()
    )

    panel.tally_page.unfreeze_button.click()
    dialog = opened(panel, ReasonDialog)
    dialog.form.set_values({"reason": "紙が1枚見つかった"})
    do(qtbot, panel, dialog.main.click)
    assert survey_of(store, event_id).frozen_at is None
    assert "確定を解除：紙が1枚見つかった" in panel.tally_page.changes.words()
    assert panel.tally_page.freeze_button.isVisible()


def test_free_texts_that_tell_a_person_are_named_and_shown(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    told = answered(comments=Answer(text="電話は 03-0000-1234 まで"))
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=3, answers=told
    )
    panel = show_survey(qtbot, desk_at, store, event_id, "集計")

    assert "（問10 電話番号らしきもの）" in panel.tally_page.warning_note.words()
    panel.tally_page.overview.setCurrentRow(9)
    assert any(
        "電話は 03-0000-1234 まで　確認が必要" in part.accessibleName()
        for part in panel.tally_page.detail.findChildren(QWidget)
    )
    do(qtbot, panel, panel.tally_page.texts_link.click)
    themes = panel.tally_page.findChild(ThemesPage)
    assert themes.isVisible()
    assert themes.quote.words.plain_text() == "電話は 03-0000-1234 まで"


def test_the_contractors_numbers_are_typed_beside_ours_and_the_check_is_noted(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "照合")

    do(qtbot, panel, panel.check_page.compare_button.click)
    dialog = opened(panel, ComparisonDialog)
    boxes = {(box.row.code, box.row.text): box for box in dialog.boxes}
    qtbot.waitUntil(boxes["", "紙"].hasFocus)
    for key, number in ((("", "紙"), "2"), (("", "オンライン"), "１"), (("satisfaction", "満足"), "3")):
        boxes[key].setText(number)
        boxes[key].textEdited.emit(number)
    assert dialog.summary.plain_text() == "3件を比べました。差が 1件 あります。"
    boxes["", "紙"].setFocus()
    qtbot.keyClick(boxes["", "紙"], Qt.Key.Key_Return)
    assert dialog.focusWidget() is boxes["", "オンライン"]
    dialog.finished_box.click()
    do(qtbot, panel, dialog.main.click)

    assert "検算 見本 太郎 10/1(木)" in panel.check_page.counted_by_label.text()
    assert [one.label for one in panel.check_page.check.open_questions] == ["問2"]
    assert survey_of(*surveyed).contractor_counts["satisfaction"] == {"満足": 3}


def test_before_the_first_answer_the_totals_lead_to_the_entry(qtbot, desk_at, tmp_path):
    store, event_id = fixed_survey(tmp_path / "other")
    panel = show_survey(qtbot, desk_at, store, event_id, "集計")
    assert panel.tally_page.empty.words() == "まだ回答がありません。"

    panel.tally_page.empty.offer_button.click()

    assert panel.responses_page.isVisible()


def test_frozen_answers_can_be_read_but_not_touched(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    for sheet in _view(store, event_id).doubtful_responses:
        data_entry_services.decide_responses(acting(store), sheet_ids=(sheet.id,), counted=True, reason="")
    survey_freezing.freeze_tally(
        acting(store), survey_id=survey_of(store, event_id).id, uncompared="受託者の集計が届いていない"
    )

    panel = show_survey(qtbot, desk_at, store, event_id, "回答")

    assert "集計が確定しているため、変更できません" in panel.responses_page.detail.note.words()
    assert not panel.responses_page.detail.correct_button.isEnabled()
    assert page_acts(panel) == []
    assert "「5 確定する」" in panel.responses_page.frozen_note.words(), "where to go is said, in a narrow window too"
    assert panel.responses_page.frozen_note.isVisible()


def test_what_is_done_with_several_chosen_sheets_is_done_with_all_of_them_at_once(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "回答")
    table = panel.responses_page.table
    table.view.selectAll()
    assert [words for words, _act in page_acts(panel)] == ["集計に入れる　選んだ3枚", "集計に入れない　選んだ3枚"]
    dict(page_acts(panel))["集計に入れない　選んだ3枚"]()
    dialog = opened(panel, ReasonDialog)
    dialog.form.set_values({"reason": "白紙"})
    do(qtbot, panel, dialog.main.click)
    assert [one.counted for one in _view(*surveyed).responses] == [False] * 3
    do(qtbot, panel, panel.app_context.undo)
    assert [one.counted for one in _view(*surveyed).responses] == [True] * 3, "undone as it was done"
    table.view.selectAll()
    do(qtbot, panel, qtbot.keyClick, table.view, Qt.Key.Key_Delete)
    assert len(_view(*surveyed).responses) == 3, "an online one stays, and so do the others"
    table.choose(lambda one: one.number == 1)
    mode = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.view.selectionModel().select(table.view.model().index(1, 0), mode)
    dict(page_acts(panel))["紙の回答を削除する　選んだ2枚（Delete）"]()
    asked = opened(panel, DialogFrame)
    assert asked.main.text() == "紙の2枚を削除する"
    do(qtbot, panel, asked.main.click)
    assert [one.source for one in _view(*surveyed).responses] == ["オンライン"]
    do(qtbot, panel, panel.app_context.undo)
    assert len(_view(*surveyed).responses) == 3
