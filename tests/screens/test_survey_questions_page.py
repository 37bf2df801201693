"""設問: chosen or copied, changed one by one, moved, agreed event by event; only wording once answers are in."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.services import surveys
from app.ui.screens.surveys.form_dialog import FormDialog
from app.ui.screens.surveys.question_dialog import QuestionDialog
from db.tables import surveys as table
from tests.support.survey_pages import opened, settle, show_survey
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of, type_sheets
from tests.support.years import BY, add_dispatch, add_lecture

PAGE = "設問"


@pytest.fixture
def surveyed(tmp_path):
    return fixed_survey(tmp_path / "year")


@pytest.fixture
def fresh(surveyed):
    """A store with a fixed survey and a second event without questions."""
    store, event_id = surveyed
    return store, event_id, add_lecture(store, date(2026, 10, 20), subject="Instagram講習会")


def _titles(store, event_id):
    return [question.title for question in survey_of(store, event_id).questions]


def test_the_list_says_how_far_each_survey_is_and_opens_one(qtbot, desk_at, fresh):
    store, event_id, second = fresh
    type_sheets(store, event_id, 2)
    panel = show_survey(qtbot, desk_at, store, None)
    going = []
    panel.desk.going.connect(lambda place, given: going.append((place, given)))
    model = panel.list.table.model

    assert [model.cell(row, 2).plain() for row in range(2)] == ["回収中", "未着手"]
    assert model.cell(0, 4).plain() == "2枚 11.8% 紙 2・オンライン 0　出席 17人中"
    panel.list.table.choose(lambda row: row.id == second)
    qtbot.keyClick(panel.list.table.view, Qt.Key.Key_Return)

    assert going == [("survey", {"event_id": second})]


def test_an_event_without_questions_takes_the_default_ones(qtbot, desk_at, fresh):
    store, _first, event_id = fresh
    panel = show_survey(qtbot, desk_at, store, event_id)
    assert not panel.switch.button("集計").isEnabled()

    qtbot.keyClick(panel.questions.choose.default_button, Qt.Key.Key_Space)
    settle(qtbot, panel)

    assert len(survey_of(store, event_id).questions) == 10
    assert panel.switch.button(PAGE).text() == "設問 10"
    assert panel.state.words == "設問を協議中"


def test_questions_are_copied_from_another_event(qtbot, desk_at, fresh):
    store, first, event_id = fresh
    panel = show_survey(qtbot, desk_at, store, event_id)
    (button,) = panel.questions.choose.copy_buttons
    assert button.accessibleName() == "9/30(水) 第1回 LINE講習会　コピーして使う"

    button.click()
    settle(qtbot, panel)

    assert _titles(store, event_id) == _titles(store, first)


def test_a_question_is_reworded_and_its_sum_chosen(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    panel.questions.table.choose(lambda one: one.code == "pace")

    qtbot.keyClick(panel.questions.table.view, Qt.Key.Key_F2)
    dialog = opened(panel, QuestionDialog)
    dialog.form.set_values({"title": "講習の速さ"})
    dialog.options.boxes[2].click()
    dialog.main.click()
    settle(qtbot, panel)

    question = survey_of(store, event_id).questions[3]
    assert (question.code, question.title, question.positive) == ("pace", "講習の速さ", ("ちょうどよい",))
    assert survey_of(store, event_id).fixed_on is None
    assert panel.questions.agreement.badge.words == "協議中"


def test_a_question_is_added_with_options_limit_and_other(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    panel.questions.add_button.click()
    dialog = opened(panel, QuestionDialog)
    dialog.form.set_values({"title": "次に学びたいこと", "type": "MA", "other": True, "limit": 2})
    dialog.form.editor("options").setPlainText("写真の送り方\n会議の開き方\n特になし")
    dialog.options.exclusive.setCurrentIndex(dialog.options.exclusive.findData("特になし"))
    dialog.main.click()
    settle(qtbot, panel)

    question = survey_of(store, event_id).questions[-1]
    assert (question.type, question.max_select, question.has_other, question.exclusive_option) == (
        "MA",
        2,
        True,
        "特になし",
    )
    assert question.options == ("写真の送り方", "会議の開き方", "特になし", "その他")


def test_what_a_question_lacks_is_said_in_the_dialog_and_nothing_is_lost(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    panel.questions.add_button.click()
    dialog = opened(panel, QuestionDialog)
    dialog.form.set_values({"title": "つぎも来ますか", "type": "SA"})
    dialog.form.editor("options").setPlainText("はい")

    dialog.main.click()
    settle(qtbot, panel)

    assert "問11の選択肢が足りません" in dialog.problem.words()
    assert dialog.isVisible()
    assert dialog.form.value("title") == "つぎも来ますか"


def test_questions_move_with_alt_and_the_arrows_and_leave_with_delete(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    panel.questions.table.choose(lambda one: one.code == "position")

    qtbot.keyClick(panel.questions.table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, panel)
    assert [question.code for question in survey_of(store, event_id).questions][:2] == ["satisfaction", "position"]
    assert panel.questions.table.current().code == "position"

    qtbot.keyClick(panel.questions.table.view, Qt.Key.Key_Delete)
    settle(qtbot, panel)
    assert "position" not in [question.code for question in survey_of(store, event_id).questions]

    panel.desk.undo()
    settle(qtbot, panel)
    assert "position" in [question.code for question in survey_of(store, event_id).questions]


def test_the_questions_are_fixed_with_the_day_of_the_agreement(qtbot, desk_at, fresh):
    store, _first, event_id = fresh
    surveys.choose_questionnaire(store, event_id=event_id, by=BY, now=AFTER)
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    panel.questions.agreement.fix_button.click()
    dialog = opened(panel, FormDialog)
    dialog.form.editor("day").setText("10/5")
    dialog.main.click()
    assert "今日より先の日です" in dialog.form.problem_shown("day")
    dialog.form.editor("day").setText("9/29")
    dialog.main.click()
    settle(qtbot, panel)

    assert survey_of(store, event_id).agreed_on == date(2026, 9, 29)
    assert panel.state.words == "設問決定"
    assert "9/29(火) の協議で決定" in panel.questions.agreement.words.plain()


def test_the_online_form_and_the_hand_out_are_kept(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    panel.questions.agreement.handout_button.click()
    dialog = opened(panel, FormDialog)
    dialog.form.set_values({"url": "https://example.jp/form", "close": date(2026, 10, 7), "distributed": 18})
    dialog.main.click()
    settle(qtbot, panel)

    assert "配布した枚数　18枚" in panel.questions.agreement.handout.plain()
    survey = survey_of(store, event_id)
    assert (survey.distributed, survey.online_close) == (18, date(2026, 10, 7))


def test_once_answers_are_in_only_the_wording_can_be_touched_and_it_says_why(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    type_sheets(store, event_id, 1)
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    page = panel.questions

    assert "設問文と、足して示す選択肢だけ" in page.locked.words()
    assert not page.add_button.isEnabled()
    assert not page.remove_button.isEnabled()
    page.edit(page.table.current())
    dialog = opened(panel, QuestionDialog)
    assert dialog.form.editor("options").isReadOnly()
    dialog.form.set_values({"title": "団体での役割"})
    dialog.main.click()
    settle(qtbot, panel)
    assert _titles(store, event_id)[0] == "団体での役割"

    qtbot.keyClick(page.table.view, Qt.Key.Key_Delete)
    settle(qtbot, panel)
    assert "回答が入っているため" in page.problem.words()
    assert len(_titles(store, event_id)) == 10


def test_other_questions_can_be_chosen_until_the_first_answer(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    panel.questions.agreement.discard_button.click()
    settle(qtbot, panel)

    assert table.survey_of_event(store.database, event_id) is None
    assert panel.questions.choose.isVisible()


def test_a_dispatch_has_no_survey_and_says_what_takes_its_place(qtbot, desk_at, surveyed):
    store, _event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, add_dispatch(store), embedded=True)

    assert "アドバイザー派遣にはアンケートの定めがありません" in panel.problem.words()
    assert not panel.switch.isVisible()


def test_questions_taken_back_while_one_is_typed_leave_the_dialog_with_a_way_out(qtbot, desk_at, fresh):
    store, _first, event_id = fresh
    panel = show_survey(qtbot, desk_at, store, event_id)
    panel.questions.choose.default_button.click()
    settle(qtbot, panel)
    question = survey_of(store, event_id).questions[0]
    panel.desk.undo()
    panel.questions.edit(question)
    dialog = opened(panel, QuestionDialog)
    settle(qtbot, panel)

    dialog.form.set_values({"title": "参加された方の立場"})
    dialog.main.click()
    settle(qtbot, panel)

    assert "選ぶ前に戻されています" in dialog.problem.words()
    assert dialog.cancel.isEnabled()
    dialog.cancel.click()
    assert not dialog.isVisible()


def test_sheets_handed_out_and_the_online_form_are_saved_one_after_the_other(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    panel.questions.change_handout()
    dialog = opened(panel, FormDialog)
    dialog.form.set_values({"distributed": 25, "url": "https://example.jp/みほん"})
    dialog.main.click()
    qtbot.waitUntil(lambda: panel.findChildren(FormDialog) == [])

    assert survey_of(store, event_id).distributed == 25
    assert survey_of(store, event_id).online_url == "https://example.jp/みほん"
