"""Writing a question beside its sheet: every kind, branches, doubling, pulling, and what the sheet says meanwhile."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog

from app.surveys.questions.screens.question_workspace import FINDINGS_TAB, PREVIEW_TAB, UNSAVED_QUESTION
from app.surveys.questions.services import surveys
from app.surveys.questions.services.survey_documents import NO_ADDRESS
from db.records.surveys import Question
from tests.support.doing import do
from tests.support.sample import event_id as of_sample
from tests.support.sample_desk import session
from tests.support.survey_pages import settle, show_survey
from tests.support.survey_sheets import acting, survey_of
from tests.support.whole_window import whole_window

PAGE = "設問"


def choose_type(editor, kind):
    """Choose the kind of question as somebody does in the list."""
    box = editor.form.editor("type")
    box.setCurrentIndex(box.findData(kind))
    box.activated.emit(box.currentIndex())


def pull(port, point):
    """Move the mouse over a list with its left button held."""
    place = QPointF(point)
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        place,
        port.mapToGlobal(place),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(port, event)


def _titles(store, event_id):
    return [question.title for question in survey_of(store, event_id).questions]


def test_a_question_is_reworded_and_its_sum_chosen(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    bench = panel.questions_page.question_workspace
    bench.question_list.table.choose(lambda one: one.code == "pace")

    qtbot.keyClick(bench.question_list.table.view, Qt.Key.Key_F2)
    assert bench.editor.heading.text() == "問4を直す"
    bench.editor.form.set_values({"title": "講習の速さ"})
    bench.editor.options.boxes[2].click()
    qtbot.keyClick(bench.editor.form.editor("title"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, panel)

    question = survey_of(*surveyed).questions[3]
    assert (question.code, question.title, question.positive) == ("pace", "講習の速さ", ("ちょうどよい",))
    assert survey_of(*surveyed).fixed_on is None
    assert panel.questions_page.agreement.state_badge.words == "協議中"
    assert bench.question_list.isVisible()
    assert bench.question_list.table.current().code == "pace"


def test_a_question_is_added_with_options_limit_and_other_and_gets_a_code_of_its_own(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    editor = panel.questions_page.question_workspace.editor

    qtbot.keyClick(panel.questions_page.question_workspace.question_list.table.view, Qt.Key.Key_Insert)
    choose_type(editor, "MA")
    editor.form.set_values({"title": "次に学びたいこと", "other": True, "limit": 2})
    editor.form.editor("options").setPlainText("写真の送り方\n会議の開き方\n特になし")
    editor.options.exclusive.setCurrentIndex(editor.options.exclusive.findData("特になし"))
    do(qtbot, panel, editor.save_button.click)

    question = survey_of(*surveyed).questions[-1]
    assert (question.type, question.max_select, question.has_other, question.exclusive_option) == (
        "MA",
        2,
        True,
        "特になし",
    )
    assert question.options == ("写真の送り方", "会議の開き方", "特になし", "その他")
    assert question.code == "s261001100000"
    assert panel.questions_page.question_workspace.question_list.table.current() == question


def test_a_number_with_its_unit_is_asked_of_those_who_chose_an_option_before(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    editor = panel.questions_page.question_workspace.editor

    panel.questions_page.question_workspace.question_list.add_button.click()
    choose_type(editor, "NUM")
    editor.form.set_values({"title": "何人で使いますか", "unit": "人", "note": "おおよそで"})
    assert not editor.form.editor("options").isVisible()
    editor.branch.question_box.setCurrentIndex(editor.branch.question_box.findData("intent"))
    editor.branch.question_box.activated.emit(editor.branch.question_box.currentIndex())
    editor.branch.boxes[0].click()
    do(qtbot, panel, editor.submit)

    question = survey_of(*surveyed).questions[-1]
    assert (question.type, question.unit, question.note) == ("NUM", "人", "おおよそで")
    assert (question.asked_of, question.asked_of_options) == ("intent", ("すぐに使いたい",))
    cells = [
        panel.questions_page.question_workspace.question_list.table.model.cell(10, column).plain()
        for column in range(3)
    ]
    assert "「すぐに使いたい」の方だけ" in cells[1]


def test_rewording_an_option_keeps_what_is_added_up_and_the_branch_to_it(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    survey = survey_of(store, event_id)
    branch = Question(code="", title="なぜ", type="FA", asked_of="satisfaction", asked_of_options=("とても満足",))
    surveys.update_questions(acting(store), survey_id=survey.id, questions=(*survey.questions, branch))
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    bench = panel.questions_page.question_workspace
    bench.question_list.table.choose(lambda one: one.code == "satisfaction")
    dict(bench.question_list.menu_actions())["直す　Enter"]()

    bench.editor.form.editor("options").setPlainText("大満足\n満足\nどちらともいえない\n不満\nとても不満")
    do(qtbot, panel, bench.editor.submit)

    *_rest, last = survey_of(store, event_id).questions
    assert survey_of(store, event_id).questions[1].positive == ("大満足", "満足")
    assert last.asked_of_options == ("大満足",)


def test_what_a_question_lacks_is_said_beside_it_and_nothing_is_lost(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    editor = panel.questions_page.question_workspace.editor
    panel.questions_page.question_workspace.question_list.add_button.click()
    editor.form.set_values({"title": "つぎも来ますか"})
    editor.form.editor("options").setPlainText("はい")

    do(qtbot, panel, editor.save_button.click)

    assert "問11の選択肢が足りません" in editor.problem.words()
    assert editor.isVisible()
    assert editor.form.value("title") == "つぎも来ますか"
    qtbot.keyClick(editor.form.editor("title"), Qt.Key.Key_Escape)
    assert panel.questions_page.question_workspace.question_list.isVisible()
    assert len(survey_of(*surveyed).questions) == 10


def test_the_sheet_follows_what_is_typed_and_says_what_to_look_at(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    online = survey_of(store, event_id)  # without an address the sheet would say that its code is missing
    surveys.set_online(acting(store), survey_id=online.id, url="https://example.jp/f/1", close=None)
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    bench = panel.questions_page.question_workspace
    qtbot.waitUntil(lambda: bench.preview.preview.page_count() == 2)
    assert bench.findings.findings == ()
    before = bench.preview.preview.pages.source

    bench.question_list.add_button.click()
    bench.editor.form.editor("title").setPlainText("年代")
    bench.editor.form.editor("options").setPlainText("60代以下\n70代\n80代以上")
    qtbot.waitUntil(lambda: len(bench.findings.findings) == 1)

    assert bench.preview.preview.pages.source is not before
    (finding,) = bench.findings.findings
    assert "問1で役割を、問11で年代を聞いています" in finding.text + finding.why
    assert "1人に絞られ" in finding.text + finding.why
    assert bench.page_switch.button(FINDINGS_TAB).text() == "確かめること 1"
    assert len(survey_of(store, event_id).questions) == 10
    bench.editor.cancel_button.click()
    qtbot.waitUntil(lambda: bench.findings.findings == ())


def test_a_finding_opens_its_question_and_a_sign_stands_in_the_list(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    survey = survey_of(store, event_id)
    odd = Question(code="", title="満足度", type="SA", options=("満足", "どちらともいえない"))
    surveys.update_questions(acting(store), survey_id=survey.id, questions=(*survey.questions, odd))
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    bench = panel.questions_page.question_workspace
    qtbot.waitUntil(lambda: bool(bench.findings.buttons))
    assert bench.question_list.table.model.cell(10, 0).icon == "warning-fill"

    fold = bench._folds[FINDINGS_TAB]
    # The address of the online form is not set yet: it is said before the questions are decided.
    assert (fold.words(), bench.page_switch.isVisible(), bench.findings.isVisible()) == ("確かめること 2", False, False)
    fold.click()
    assert bench.findings.isVisible()
    assert bench.preview.isVisible(), "the sheet stays in sight beside what was found in it"
    bench.findings.buttons[0].click()

    assert bench.editor.heading.text() == "問11を直す"
    bench.editor.form.editor("options").setPlainText("満足\n不満")
    bench.editor.options.boxes[0].click()
    do(qtbot, panel, bench.editor.submit)
    qtbot.waitUntil(lambda: [one.text for one in bench.findings.findings] == [NO_ADDRESS])
    assert bench.question_list.table.model.cell(10, 0).icon == ""


def test_a_question_is_doubled_and_pulled_by_mouse_to_another_place(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    table = panel.questions_page.question_workspace.question_list.table
    table.choose(lambda one: one.code == "position")

    do(qtbot, panel, qtbot.keyClick, table.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert _titles(*surveyed)[:2] == ["町会・自治会での役割", "町会・自治会での役割（複製）"]
    assert table.current().title.endswith("（複製）")

    def middle(row: int) -> QPoint:
        return QPoint(120, table.view.rowViewportPosition(row) + table.view.rowHeight(row) // 2)

    port = table.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=middle(1))
    pull(port, middle(1) + QPoint(0, 30))
    pull(port, middle(3) + QPoint(0, 6))
    do(qtbot, panel, qtbot.mouseRelease, port, Qt.MouseButton.LeftButton, pos=middle(3) + QPoint(0, 6))

    assert _titles(*surveyed)[3] == "町会・自治会での役割（複製）"
    assert table.current().title.endswith("（複製）")


def test_a_click_that_trembles_moves_nothing(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    view = panel.questions_page.question_workspace.question_list.table.view
    before = _titles(*surveyed)

    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    pull(view.viewport(), QPoint(62, 22))
    do(qtbot, panel, qtbot.mouseRelease, view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(62, 22))

    assert _titles(*surveyed) == before


def test_a_branch_is_not_moved_before_the_question_it_depends_on(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    survey = survey_of(store, event_id)
    branch = Question(code="", title="なぜ", type="FA", asked_of="comments", asked_of_options=())
    first, *rest = survey.questions
    asked = replace(branch, asked_of=first.code, asked_of_options=first.options[:1])
    surveys.update_questions(acting(store), survey_id=survey.id, questions=(first, asked, *rest))
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    table = panel.questions_page.question_workspace.question_list.table
    table.choose(lambda one: one.title == "なぜ")

    do(qtbot, panel, qtbot.keyClick, table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert "問1は、前にない設問の答えで聞く相手を決めています" in panel.questions_page.problem.words()
    assert _titles(store, event_id)[1] == "なぜ"


def test_a_half_typed_question_is_not_left_behind(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    panel.questions_page.question_workspace.edit(survey_of(*surveyed).questions[0])
    assert panel.may_leave()

    panel.questions_page.question_workspace.editor.form.editor("title").setPlainText("役割を教えてください")

    assert not panel.may_leave()
    assert "書きかけの設問があります" in panel.problem.words()
    panel.questions_page.question_workspace.editor.cancel_button.click()
    assert panel.may_leave()


def test_on_a_narrow_window_one_part_is_seen_at_a_time(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE, size=(855, 460))
    bench = panel.questions_page.question_workspace
    assert bench.question_list.isVisible()
    assert not bench.preview.isVisible()

    bench.page_switch.button(PREVIEW_TAB).click()
    qtbot.waitUntil(lambda: bench.preview.isVisible() and bench.preview.preview.page_count() == 2)
    assert not bench.question_list.isVisible()
    dict(bench.preview.menu_actions())["拡大版（20ポイント）で見る"]()
    qtbot.waitUntil(lambda: bench.preview.preview.page_count() > 2)
    bench.page_switch.button("設問").click()
    assert bench.question_list.isVisible()


def test_in_the_window_ctrl_enter_saves_the_question_in_hand_and_not_the_whole_set(qtbot, tmp_path):
    """Two buttons are filled: that of the set above, and that of the form in which the keyboard stands."""
    with session(tmp_path) as desk:
        window = whole_window(desk)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        event_id = of_sample(desk.store, "講習会", 6)
        do(qtbot, desk, window.go, "survey", event_id=event_id, page=PAGE)
        panel = window.screen_of("survey")
        bench = panel.questions_page.question_workspace
        do(qtbot, desk, bench.edit, bench.question_list.table.model.record(0))
        title = bench.editor.form.editor("title")
        title.setFocus()
        title.selectAll()
        qtbot.keyClicks(title, "mihon")
        assert panel.next_button.isVisible()

        do(qtbot, desk, qtbot.keyClick, window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert bench.edited_code is None
        survey = survey_of(desk.store, event_id)
        assert (survey.questions[0].title, survey.fixed_on) == ("mihon", None)
        window.hide()


def test_the_questions_are_not_fixed_over_one_that_is_half_typed(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    questions, bench = panel.questions_page, panel.questions_page.question_workspace
    bench.edit(bench.question_list.table.model.record(0))
    bench.editor.form.set_values({"title": "書きかけ"})
    before = survey_of(*surveyed)

    for act in (questions.fix_on_proposed_day, questions.ask_and_fix, questions.save_as_master):
        do(qtbot, panel, act)
        assert questions.problem.words() == UNSAVED_QUESTION
        assert not [one for one in panel.findChildren(QDialog) if one.isVisible()]
        assert bench.editor.edited_question().title == "書きかけ"
    assert survey_of(*surveyed) == before
    bench.editor.discard()
    assert questions.problem.words() == ""
    questions.ask_and_fix()
    assert [one for one in panel.findChildren(QDialog) if one.isVisible()]
