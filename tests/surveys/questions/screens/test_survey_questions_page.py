"""設問: chosen or copied, changed one by one, moved, agreed event by event; only wording once answers are in."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from app.documents.screens.form_text_dialog import FormTextDialog
from app.documents.screens.save_dialog import SaveDialog
from app.surveys.questions.services import questionnaires, surveys
from app.surveys.questions.services.surveys import list_surveys
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.fold_line import FoldLine
from db.tables import surveys as table
from tests.support.doing import do
from tests.support.survey_pages import opened, settle, show_survey
from tests.support.survey_sheets import acting, survey_of, type_sheets
from tests.support.years import add_dispatch, add_lecture

PAGE = "設問"


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
    panel.app_context.navigation_requested.connect(lambda place, given: going.append((place, given)))
    model = panel.survey_list.table.model

    assert [model.cell(row, 2).plain() for row in range(2)] == ["回収中", "未着手"]
    assert model.cell(0, 4).plain() == "2枚 11.8% 紙 2・オンライン 0　出席 17人中"
    panel.survey_list.table.choose(lambda row: row.id == second)
    qtbot.keyClick(panel.survey_list.table.view, Qt.Key.Key_Return)

    assert going == [("survey", {"event_id": second})]


def test_an_event_without_questions_takes_the_default_ones(qtbot, desk_at, fresh):
    store, _first, event_id = fresh
    panel = show_survey(qtbot, desk_at, store, event_id)
    assert [row.isEnabled() for row in panel.step_list.step_rows] == [True, False, False, False, False]

    assert panel.next_button.text() == "標準の設問を使う"
    do(qtbot, panel, panel.next_button.click)

    assert len(survey_of(store, event_id).questions) == 10
    assert panel.step_list.step_rows[0].accessibleName() == "1 設問を決める　途中　10問　協議中"
    assert panel.next_button.text().endswith("の協議で設問を決定する")
    do(qtbot, panel, panel.next_button.click)
    assert survey_of(store, event_id).agreed_on == panel.app_context.today()
    do(qtbot, panel, panel.app_context.undo)
    assert survey_of(store, event_id).fixed_on is None


def test_questions_are_copied_from_another_event(qtbot, desk_at, fresh):
    store, first, event_id = fresh
    panel = show_survey(qtbot, desk_at, store, event_id)
    table = panel.questions_page.choice_panel.table
    assert panel.next_button.text() == "標準の設問を使う"
    table.choose(lambda row: not row.is_master)
    assert panel.next_button.text() == "9/30(水) 第1回 LINE講習会を使う"

    do(qtbot, panel, qtbot.keyClick, table.view, Qt.Key.Key_Return)

    assert _titles(store, event_id) == _titles(store, first)


def test_questions_move_with_alt_and_the_arrows_and_leave_with_delete(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    panel.questions_page.question_workspace.question_list.table.choose(lambda one: one.code == "position")

    do(
        qtbot,
        panel,
        qtbot.keyClick,
        panel.questions_page.question_workspace.question_list.table.view,
        Qt.Key.Key_Down,
        Qt.KeyboardModifier.AltModifier,
    )
    assert [question.code for question in survey_of(*surveyed).questions][:2] == ["satisfaction", "position"]
    assert panel.questions_page.question_workspace.question_list.table.current().code == "position"

    qtbot.keyClick(panel.questions_page.question_workspace.question_list.table.view, Qt.Key.Key_Delete)
    settle(qtbot, panel)
    assert "position" not in [question.code for question in survey_of(*surveyed).questions]

    do(qtbot, panel, panel.app_context.undo)
    assert "position" in [question.code for question in survey_of(*surveyed).questions]


def test_all_questions_chosen_leave_with_one_delete_and_one_undo(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    table = panel.questions_page.question_workspace.question_list.table
    before = survey_of(*surveyed).questions
    table.choose(lambda one: one.code == "pace")
    for _time in range(2):
        qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    do(qtbot, panel, qtbot.keyClick, table.view, Qt.Key.Key_Delete)
    assert survey_of(*surveyed).questions == (*before[:3], *before[6:])

    do(qtbot, panel, panel.app_context.undo)
    assert survey_of(*surveyed).questions == before


def test_the_questions_are_fixed_with_the_day_of_the_agreement(qtbot, desk_at, fresh):
    store, _first, event_id = fresh
    surveys.choose_questionnaire(acting(store), event_id=event_id)
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    panel.questions_page.agreement.fix_button.click()
    dialog = opened(panel, FormDialog)
    dialog.form.editor("day").setText("10/5")
    dialog.main.click()
    assert "今日より先の日です" in dialog.form.problem_shown("day")
    dialog.form.editor("day").setText("9/29")
    do(qtbot, panel, dialog.main.click)

    assert survey_of(store, event_id).agreed_on == date(2026, 9, 29)
    assert "済" in panel.step_list.step_rows[0].accessibleName()
    assert panel.next_button.text() == "用紙・オンラインへ進む"
    assert "9/29(火) の協議で決定" in panel.questions_page.agreement.words.plain_text()


def test_the_online_form_and_the_hand_out_are_kept(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    # The event was held: sheets handed out that nobody noted keep nobody from the answers.
    held = show_survey(qtbot, desk_at, store, event_id)
    assert held.step_list.step_rows[1].accessibleName().startswith("2 用紙・オンライン　未着手")
    assert held.responses_page.isVisible()
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    panel.questions_page.handout.change_button.click()
    dialog = opened(panel, FormDialog)
    dialog.form.set_values({"url": "example.jp/form", "close": date(2026, 10, 7), "distributed": 18, "large": 2})
    dialog.main.click()
    assert "https:// で始まります" in dialog.form.problem_shown("url")
    dialog.form.set_values({"url": "https://example.jp/form"})
    dialog.main.click()
    qtbot.waitUntil(lambda: panel.findChildren(FormDialog) == [])
    settle(qtbot, panel)

    handout = panel.questions_page.handout
    assert "配布した枚数　18枚" in handout.handout.plain_text()
    assert "拡大版2部" in handout.handout.plain_text()
    assert "https://example.jp/form" in handout.online.plain_text()
    survey = survey_of(store, event_id)
    assert (survey.distributed, survey.online_close, survey.large_copies) == (18, date(2026, 10, 7), 2)
    going = []
    panel.app_context.navigation_requested.connect(lambda place, given: going.append((place, given)))
    handout.large_button.click()
    assert going == [("event", {"event_id": event_id, "tab": "書類", "kind": "アンケート用紙（拡大版）"})]


def test_an_odd_address_is_told_while_it_is_typed_and_beside_the_form(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    panel.questions_page.handout.change_button.click()
    dialog = opened(panel, FormDialog)
    box = dialog.form.editor("url")
    box.setText("https://docs.google.com/forms/d/1/edit")
    box.textEdited.emit(box.text())
    hints = [part.text() for part in dialog.form.findChildren(QLabel)]
    assert any("編集または集計の画面" in text for text in hints)

    do(qtbot, panel, dialog.main.click)

    assert "編集または集計の画面" in panel.questions_page.handout.warnings.words()
    assert any(
        "編集または集計の画面" in one.text + one.why
        for one in panel.questions_page.question_workspace.findings.findings
    )


def test_the_words_for_a_form_are_copied_all_at_once_and_one_by_one(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)

    do(qtbot, panel, panel.questions_page.handout.text_button.click)
    dialog = opened(panel, FormTextDialog)
    dialog.main.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("フォームの題名\n講習会アンケート\n")
    for question in survey_of(*surveyed).questions:
        assert question.title in text.splitlines()
        assert all(option in text.splitlines() for option in question.options)
    dialog.question_buttons[1].click()
    assert QGuiApplication.clipboard().text().splitlines() == list(survey_of(*surveyed).questions[0].options)
    assert dialog.copied_note.text() == "問1の選択肢をコピーしました"


def test_the_questions_of_a_form_leave_as_a_workbook(qtbot, desk_at, surveyed, tmp_path):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)

    do(qtbot, panel, panel.questions_page.handout.save_button.click)
    dialog = opened(panel.window(), SaveDialog)
    dialog.choose_folder(tmp_path)
    dialog.main.click()
    qtbot.waitUntil(lambda: list(tmp_path.glob("*.xlsx")) != [])

    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["R8-講01-オンライン回答の設問.xlsx"]
    settle(qtbot, panel)


def test_a_master_that_a_colleague_took_away_is_refused_where_it_is_seen(qtbot, desk_at, fresh):
    store, _first, event_id = fresh
    made = questionnaires.create_questionnaire(acting(store), name="今年の設問", kind="講習会").id
    panel = show_survey(qtbot, desk_at, store, event_id)
    questionnaires.delete_questionnaire(acting(store), questionnaire_id=made)
    said = []
    panel.questions_page.app_context.failed.connect(said.append)
    do(qtbot, panel, panel.next_button.click)
    assert len(said) == 1
    assert not panel.questions_page.problem.words()


def test_questions_come_from_a_master_become_one_and_are_laid_beside_it(qtbot, desk_at, fresh):
    store, _first, event_id = fresh
    made = questionnaires.create_questionnaire(acting(store), name="今年の設問", kind="講習会").id
    questionnaires.mark_questionnaire_agreed(acting(store), questionnaire_id=made, agreed_on=date(2026, 9, 14))
    panel = show_survey(qtbot, desk_at, store, event_id)
    assert panel.next_button.text() == "令和8年度　今年の設問（10問）を使う"
    do(qtbot, panel, panel.next_button.click)
    assert survey_of(store, event_id).questionnaire_id == made
    agreement = panel.questions_page.agreement
    assert "令和8年度　今年の設問 から使いました。ひな形と同じ設問です" in agreement.origin.plain_text()

    # What is proposed is the day on which the master was agreed; another day is asked.
    assert panel.next_button.text() == "9/14(月)の協議で設問を決定する"
    # Every place says the same of that 協議.
    told = [line.accessibleName() for line in panel.questions_page.findChildren(FoldLine)]
    assert any("協議 9/14(月)・決定がまだ" in words for words in told)
    listed = next(row for row in list_surveys(store) if row.id == event_id)
    assert (listed.agreed_on, listed.is_fixed) == (date(2026, 9, 14), False)
    agreement.fix_button.click()
    dialog = opened(panel, FormDialog)
    assert dialog.form.value("day") == date(2026, 9, 14)
    dialog.cancel.click()
    agreement.keep_button.click()
    opened(panel, FormDialog).form.set_values({"name": "別のひな形"})
    do(qtbot, panel, opened(panel, FormDialog).main.click)
    assert [row.questionnaire.name for row in questionnaires.list_questionnaires(store)] == ["今年の設問", "別のひな形"]

    going = []
    panel.app_context.navigation_requested.connect(lambda place, given: going.append((place, given)))
    agreement.compare_button.click()
    agreement.master_button.click()
    assert going == [
        ("questionnaires", {"compare": (("ひな形", made), ("実施回", event_id))}),
        ("questionnaires", {"questionnaire_id": made}),
    ]


def test_once_answers_are_in_only_the_wording_can_be_touched_and_it_says_why(qtbot, desk_at, surveyed):
    type_sheets(*surveyed, 1)
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    page = panel.questions_page

    assert "設問文と説明、足して示す選択肢だけ" in page.locked.words()
    assert not page.question_workspace.question_list.add_button.isEnabled()
    assert [words for words, _act in page.question_workspace.question_list.menu_actions()] == [
        "直す　Enter",
        "Excelに出力　Ctrl+E",
    ]
    assert not page.question_workspace.row_drag.is_allowed
    page.question_workspace.edit(page.question_workspace.question_list.table.current())
    editor = page.question_workspace.editor
    assert not editor.form.editor("options").isEnabled()
    assert not editor.branch.question_box.isEnabled()
    editor.form.set_values({"title": "団体での役割"})
    do(qtbot, panel, editor.save_button.click)
    assert _titles(*surveyed)[0] == "団体での役割"

    do(qtbot, panel, qtbot.keyClick, page.question_workspace.question_list.table.view, Qt.Key.Key_Delete)
    assert "回答が入っているため" in page.problem.words()
    assert len(_titles(*surveyed)) == 10


def test_other_questions_can_be_chosen_until_the_first_answer(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    do(qtbot, panel, panel.questions_page.agreement.discard_button.click)

    assert table.survey_of_event(store.database, event_id) is None
    assert panel.questions_page.choice_panel.isVisible()


def test_a_dispatch_has_no_survey_and_says_what_takes_its_place(qtbot, desk_at, surveyed):
    store, _event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, add_dispatch(store), embedded=True)

    assert "派遣にはアンケートの定めがありません" in panel.problem.words()
    assert not panel.step_list.isVisible()


def test_questions_taken_back_while_one_is_typed_leave_what_was_typed_with_a_way_out(qtbot, desk_at, fresh):
    store, _first, event_id = fresh
    panel = show_survey(qtbot, desk_at, store, event_id)
    do(qtbot, panel, panel.next_button.click)
    bench = panel.questions_page.question_workspace
    bench.edit(survey_of(store, event_id).questions[0])
    bench.editor.form.editor("title").setPlainText("参加された方の立場")
    do(qtbot, panel, panel.app_context.undo)
    assert bench.editor.isVisible()

    do(qtbot, panel, bench.editor.save_button.click)

    assert "選ぶ前に戻されています" in bench.editor.problem.words()
    bench.editor.cancel_button.click()
    assert panel.questions_page.choice_panel.isVisible()


def test_sheets_handed_out_and_the_online_form_are_saved_one_after_the_other(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)

    panel.questions_page.edit_handout()
    dialog = opened(panel, FormDialog)
    dialog.form.set_values({"distributed": 25, "url": "https://example.jp/みほん"})
    dialog.main.click()
    qtbot.waitUntil(lambda: panel.findChildren(FormDialog) == [])

    assert survey_of(*surveyed).distributed == 25
    assert survey_of(*surveyed).online_url == "https://example.jp/みほん"
