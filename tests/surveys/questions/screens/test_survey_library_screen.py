"""設問のひな形: made, written, agreed, put away, read from a file, written to one, compared; old events stay."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.documents.screens.save_dialog import SaveDialog
from app.history import services as history_services
from app.surveys.questions.screens.library_comparison import LibraryComparison
from app.surveys.questions.screens.library_master import LibraryMaster
from app.surveys.questions.screens.library_screen import LibraryScreen
from app.surveys.questions.screens.question_editor import QuestionEditor
from app.surveys.questions.services import questionnaire_files, questionnaires, surveys
from app.widgets.dialogs.form_dialog import FormDialog
from app.window.app_context import AppContext
from tests.support.survey_pages import opened
from tests.support.survey_sheets import AFTER, acting, fixed_survey, survey_of
from tests.support.waiting import wait_idle
from tests.support.years import BY, add_lecture, started_year


class Library:
    """The library as a clerk has it open: going somewhere arrives there."""

    def __init__(self, qtbot, tasks, store, size=(1190, 720)):
        self.qtbot, self.store = qtbot, store
        self.elsewhere = []
        self.desk = AppContext(
            tasks=tasks,
            store=store,
            user_name=BY,
            fiscal_year=2026,
            clock=lambda: AFTER,
            undo=history_services.undo,
            redo=history_services.redo,
        )
        self.screen = LibraryScreen(self.desk)
        qtbot.addWidget(self.screen)
        self.screen.resize(*size)
        self.desk.navigation_requested.connect(self._go)
        self.screen.show()
        self.screen.activateWindow()
        self.settle()

    def _go(self, place, given):
        if place == "questionnaires":
            self.screen.open_with(**given)
            self.screen.refresh()
        else:
            self.elsewhere.append((place, given))

    def settle(self):
        wait_idle(self.qtbot, self.desk)

    def fill(self, **values):
        dialog = opened(self.screen, FormDialog)
        dialog.form.set_values(values)
        dialog.main.click()
        self.settle()
        return dialog

    def masters(self):
        return [row.questionnaire for row in questionnaires.list_questionnaires(self.store, archived=True)]


@pytest.fixture
def library(qtbot, desk_at, tmp_path):
    return Library(qtbot, desk_at(AFTER).tasks, started_year(tmp_path / "lib"))


@pytest.fixture
def used(qtbot, desk_at, tmp_path):
    """A library whose master was taken by an event."""
    store, _event = fixed_survey(tmp_path / "lib")
    made = questionnaires.create_questionnaire(acting(store), name="今年の設問", kind="講習会").id
    event_id = add_lecture(store, date(2026, 10, 20), subject="Instagram講習会")
    questionnaires.use_questionnaire(acting(store), event_id=event_id, questionnaire_id=made)
    return Library(qtbot, desk_at(AFTER).tasks, store), made, event_id


def test_an_empty_library_says_what_it_is_for_and_a_first_master_is_made(library):
    assert "年度をこえて使う設問" in library.screen.master_list.table._none.words()

    library.screen.master_list.create_button.click()
    library.fill(name="講習会アンケート", note="受託者と相談中")

    (master,) = library.masters()
    assert (master.name, master.kind, master.fiscal_year, len(master.questions)) == (
        "講習会アンケート",
        "講習会",
        2026,
        10,
    )
    assert library.screen.master.isVisible()
    assert library.screen.master.title.text() == "令和8年度　講習会アンケート"
    library.qtbot.waitUntil(lambda: library.screen.master.question_workspace.preview.preview.page_count() == 2)


def test_a_name_that_is_there_is_said_in_the_dialog_and_what_was_typed_stays(library):
    questionnaires.create_questionnaire(acting(library.store), name="講習会アンケート", kind="講習会")
    library.screen.master_list.create_button.click()
    dialog = library.fill(name="講習会アンケート")

    assert "もうあります" in dialog.refusal.words()
    assert dialog.isVisible()
    dialog.cancel.click()


def test_a_master_is_changed_by_keyboard_and_the_event_that_took_it_stays(used):
    library, made, event_id = used
    before = survey_of(library.store, event_id)
    library.screen.master_list.table.setFocus()
    library.qtbot.keyClick(library.screen.master_list.table.view, Qt.Key.Key_Return)
    library.settle()
    bench = library.screen.master.question_workspace

    library.qtbot.keyClick(bench.question_list.table.view, Qt.Key.Key_Delete)
    library.settle()
    library.qtbot.keyClick(bench.question_list.table.view, Qt.Key.Key_Return)
    bench.editor.form.editor("title").setPlainText("全体の満足度")
    library.qtbot.keyClick(bench.editor.form.editor("title"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    library.settle()

    (master,) = library.masters()
    assert [question.title for question in master.questions][:1] == ["全体の満足度"]
    assert len(master.questions) == 9
    assert survey_of(library.store, event_id) == before
    told = [part.text() for part in library.screen.master.panel.findChildren(QLabel)]
    assert "いまのひな形とは違う設問（実施回のまま残ります）" in told

    library.desk.undo()
    library.desk.undo()
    library.settle()
    assert len(library.masters()[0].questions) == 10
    assert made


def test_agreeing_with_day_and_partner_and_the_mark_goes_when_a_question_changes(used):
    library, made, _event = used
    library.desk.go("questionnaires", questionnaire_id=made)
    library.settle()
    panel = library.screen.master.panel
    panel.agree_button.click()
    library.fill(agreed_on=date(2026, 9, 28), agreed_with="業務責任者")
    assert panel.state_badge.words == "協議済"
    assert "9/28(月) に業務責任者と協議しました" in panel.words.plain_text()

    bench = library.screen.master.question_workspace
    bench.duplicate(bench.question_list.table.current())
    library.settle()

    assert panel.state_badge.words == "協議前"
    assert library.masters()[0].agreed_on is None


def test_a_master_in_use_cannot_be_deleted_but_is_put_away_and_taken_back(used):
    library, made, _event = used
    shown = library.screen.master_list
    assert not shown.delete_button.isEnabled()
    assert "1回の実施回で使われている" in shown.delete_button.toolTip()
    library.qtbot.keyClick(shown.table.view, Qt.Key.Key_Delete)
    library.settle()
    assert "使われているため、削除できません" in shown.problem.words()

    shown.archive_button.click()
    library.settle()
    assert shown.table.model.rowCount() == 0
    shown.archived.click()
    library.settle()
    assert shown.archive_button.text() == "使うひな形に戻す"
    library.desk.go("questionnaires", questionnaire_id=made)
    library.settle()
    assert "使わないことにしたひな形" in library.screen.master.note.words()
    assert not library.screen.master.question_workspace.question_list.add_button.isEnabled()
    library.desk.undo()
    library.settle()
    assert not library.masters()[0].archived


def test_a_copy_for_the_next_year_is_compared_with_this_year(used):
    library, made, event_id = used
    library.screen.master_list.copy_button.click()
    library.fill(name="来年の設問", fiscal_year=2027)
    copy = next(one for one in library.masters() if one.fiscal_year == 2027)
    assert [question.code for question in copy.questions] == [
        question.code for question in survey_of(library.store, event_id).questions
    ]
    first, *rest = copy.questions
    changed = (*rest[1:], first)
    questionnaires.update_master_questions(acting(library.store), questionnaire_id=copy.id, questions=changed)

    library.desk.go("questionnaires", compare=(("ひな形", made), ("ひな形", copy.id)))
    library.settle()
    comparison = library.screen.comparison
    model = comparison.table.model
    assert "9問のうち 9問" in comparison.summary.plain_text()
    assert "廃止 1問" in comparison.summary.plain_text()
    assert model.cell(0, 1).plain() == "問3 → 問1"
    assert model.cell(9, 0).plain() == "廃止 比べられない"
    columns, rows = comparison.table.export_content()
    assert columns == ("判定", "数字の比較", "前の番号", "新しい番号", "前の設問文", "新しい設問文", "違い")
    assert rows[9][:4] == ("廃止", "できない", "問2", "")

    comparison.swap_button.click()
    library.settle()
    assert comparison.chosen_versions() == (("ひな形", copy.id), ("ひな形", made))
    assert "新設 1問" in comparison.summary.plain_text()


def test_a_master_leaves_as_json_and_as_a_workbook_and_a_file_comes_in(used, tmp_path):
    library, made, _event = used
    library.desk.go("questionnaires", questionnaire_id=made)
    library.settle()
    panel = library.screen.master.panel
    for button, name in ((panel.json_button, "R8-今年の設問.json"), (panel.xlsx_button, "R8-今年の設問.xlsx")):
        button.click()
        dialog = opened(library.screen.window(), SaveDialog)
        dialog.choose_folder(tmp_path)
        dialog.main.click()
        library.qtbot.waitUntil((tmp_path / name).exists)
        library.settle()
        assert questionnaire_files.read_questionnaire_set(tmp_path / name).questions == library.masters()[0].questions

    library.desk.go("questionnaires")
    library.settle()
    library.screen.take_file(tmp_path / "R8-今年の設問.xlsx")
    library.settle()
    library.fill(name="読み込んだ設問")
    assert library.screen.master.title.text() == "令和8年度　読み込んだ設問"
    assert len(library.masters()) == 2


def test_a_file_that_is_none_is_refused_in_the_page(library, tmp_path):
    path = tmp_path / "日程.json"
    path.write_text("{}", "utf-8")
    library.screen.take_file(path)
    library.settle()

    assert "質問票のファイルを読めません" in library.screen.master_list.problem.words()
    assert library.masters() == []


def test_a_half_typed_question_keeps_one_in_the_master(used):
    library, made, _event = used
    library.desk.go("questionnaires", questionnaire_id=made)
    library.settle()
    bench = library.screen.master.question_workspace
    bench.add()
    bench.editor.form.editor("title").setPlainText("書きかけ")

    assert not library.screen.may_leave()
    assert "書きかけの設問があります" in library.screen.master.problem.words()
    bench.editor.discard()
    assert library.screen.may_leave()


def test_a_master_taken_back_by_undo_leads_to_the_list(library):
    library.screen.master_list.create_button.click()
    library.fill(name="講習会アンケート")
    assert library.screen.master.isVisible()

    library.desk.undo()
    library.settle()

    assert library.screen.master_list.isVisible()
    assert "見つかりません" in library.screen.master_list.problem.words()


def test_the_events_of_a_master_are_a_click_away(used):
    library, made, event_id = used
    library.desk.go("questionnaires", questionnaire_id=made)
    library.settle()
    library.screen.master.panel.event_asked.emit(event_id)
    assert library.elsewhere == [("survey", {"event_id": event_id, "page": "設問"})]
    assert surveys.read_survey(library.store, event_id=event_id).survey is not None
    assert isinstance(AFTER, datetime)


def test_the_pages_behind_the_list_are_built_when_they_are_gone_to(library):
    screen = library.screen
    assert not screen.findChildren(LibraryMaster)
    assert screen.may_leave()
    screen.master_list.create_asked.emit()
    library.fill(name="あたらしい設問")
    assert screen.findChildren(LibraryMaster) == [screen.master]
    assert screen.master.isVisible()
    assert not screen.findChildren(LibraryComparison)
    assert not screen.master.findChildren(QuestionEditor)
    library.qtbot.keyClick(screen.master.question_workspace.question_list.table.view, Qt.Key.Key_Return)
    assert screen.master.findChildren(QuestionEditor) == [screen.master.question_workspace.editor]
    assert screen.master.question_workspace.editor.isVisible()
