"""取り込み: every row's outcome before anything is saved, the same file twice, next week's, and taking it back."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from app.surveys.data_entry.services import decide_responses
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_freezing
from app.widgets.dialogs.common_dialogs import ReasonDialog
from db.records.surveys import Answer
from tests.fixtures.survey.samples import sample_path
from tests.support.doing import do
from tests.support.survey_pages import opened, show_survey
from tests.support.survey_sheets import acting, answered, form_file, survey_of, type_sheets
from tests.support.years import add_lecture

PAGE = "取り込み"
ODD = answered(satisfaction=Answer(out_of_list=("ふつう",)))


@pytest.fixture
def page_with(qtbot, desk_at, surveyed, tmp_path):
    """Show the page and hand in a file of these sheets by the button of the page."""

    def show(sheets, **named):
        panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
        hand_in(panel, sheets, **named)
        return panel

    def hand_in(panel, sheets, **named):
        path = form_file(tmp_path / "回答.csv", *surveyed, sheets, **named)
        panel.import_page.ask_file = lambda: path
        do(qtbot, panel, qtbot.keyClick, panel.import_page.start_page.choose_button, Qt.Key.Key_Space)

    show.hand_in = hand_in
    return show


def _take(qtbot, panel):
    do(qtbot, panel, qtbot.keyClick, panel.import_page.preview.import_button, Qt.Key.Key_Space)


def _counts(panel):
    return {word: chip.count for word, chip in panel.import_page.preview.chips.chips.items()}


def _notes(panel):
    return " ".join(note.words() for note in panel.import_page.preview._shown_notes[1:])


def test_the_preview_says_what_becomes_of_every_row_and_the_chips_add_up(qtbot, surveyed, page_with):
    store, event_id = surveyed
    panel = page_with([answered(), answered(intent=Answer()), ODD])
    preview = panel.import_page.preview

    assert _counts(panel) == {
        "すべて": 3,
        "新規": 2,
        "集計に入れない": 0,
        "重複": 0,
        "確認が必要": 1,
        "取り込まない": 0,
    }
    model = preview.table.model
    assert [model.cell(row, 1).badge for row in range(3)] == ["新規", "新規", "確認が必要"]
    assert "「ふつう」は選択肢にありません" in preview.table.view.text_below(model.record(2))
    assert preview.import_button.text() == "3件を取り込む"
    assert surveys.read_survey(store, event_id=event_id).responses == ()


def test_a_chip_shows_only_its_rows(qtbot, page_with):
    panel = page_with([answered(), ODD])

    panel.import_page.preview.chips.chips["確認が必要"].click()

    assert panel.import_page.preview.table.model.rowCount() == 1


def test_taking_in_says_what_came_and_one_undo_takes_it_all_back(qtbot, surveyed, page_with):
    store, event_id = surveyed
    panel = page_with([answered(), ODD])

    _take(qtbot, panel)

    assert panel.import_page.start_page.result.words() == "2件の回答を取り込みました。確認が必要な回答が1件あります。"
    # The keyboard stands at what comes next: the one answer, at its decision.
    assert panel.import_page.start_page.responses_button.text() == "確認が必要な1件を決める"
    do(qtbot, panel, qtbot.keyClick, panel.import_page.start_page.responses_button, Qt.Key.Key_Space)
    assert (
        panel.check_page.settlement_panel.item.response.id
        == surveys.read_survey(store, event_id=event_id).doubtful_responses[0].id
    )
    panel.show_page("取り込み")

    assert surveys.read_survey(store, event_id=event_id).counted_total == 2
    assert "2件（紙 0・オンライン 2）" in panel.step_list.step_rows[2].accessibleName()
    do(qtbot, panel, panel.app_context.undo)
    assert surveys.read_survey(store, event_id=event_id).responses == ()


def test_the_same_file_again_offers_nothing_and_next_weeks_only_what_is_new(qtbot, surveyed, page_with):
    store, event_id = surveyed
    panel = page_with([answered(), answered(intent=Answer())])
    _take(qtbot, panel)

    page_with.hand_in(panel, [answered(), answered(intent=Answer())])
    assert _counts(panel)["重複"] == 2
    assert panel.import_page.preview.import_button.text() == "新しい回答はありません"
    assert not panel.import_page.preview.import_button.isEnabled()
    do(qtbot, panel, panel.import_page.preview.cancel_button.click)

    page_with.hand_in(panel, [answered(), answered(intent=Answer()), answered()])
    assert _counts(panel)["新規"] == 1
    _take(qtbot, panel)
    assert surveys.read_survey(store, event_id=event_id).counted_total == 3


def test_an_import_is_taken_back_from_the_list_of_imports(qtbot, surveyed, page_with):
    store, event_id = surveyed
    panel = page_with([answered(), ODD])
    _take(qtbot, panel)
    imports = panel.import_page.start_page.imports
    assert imports.model.cell(0, 2).plain() == "新規 1・確認が必要 1"
    first = surveys.read_survey(store, event_id=event_id).responses[0]
    decided = {"sheet_ids": [first.id], "counted": False, "reason": "白紙"}
    do(qtbot, panel, lambda: panel.run_action(decide_responses, **decided))
    assert imports.model.cell(0, 2).plain() == "新規 1・確認が必要 1・うち集計に入れない 1"

    imports.choose(lambda _row: True)
    do(qtbot, panel, qtbot.keyClick, imports.view, Qt.Key.Key_Space)

    assert surveys.read_survey(store, event_id=event_id).responses == ()
    assert imports.model.rowCount() == 0


def test_columns_of_a_person_are_named_and_not_kept(qtbot, surveyed, page_with):
    store, event_id = surveyed
    panel = page_with([answered()], badges=["104"])

    assert "保存しない列 1　受付でお渡しした番号（3桁）" in _notes(panel)
    _take(qtbot, panel)
    assert "104" not in str(surveys.read_survey(store, event_id=event_id).responses)


def test_a_re_submission_and_an_answer_before_the_event_are_shown(qtbot, page_with):
    early = datetime(2026, 9, 29, 9, 0)
    panel = page_with([answered(), answered(intent=Answer())], badges=["105", "105"], start=early)
    model = panel.import_page.preview.table.model

    assert "実施回の開始より前の回答が2件" in _notes(panel)
    below = panel.import_page.preview.table.view.text_below(model.record(1))
    assert "同じ人の再送信の可能性" in below
    assert "開始（9/30(水) 14:00）より前の回答" in below


def test_missing_and_unknown_columns_are_named(qtbot, desk_at, surveyed, tmp_path):
    path = form_file(tmp_path / "回答.csv", *surveyed, [answered(pace=Answer(out_of_list=("広い",)))])
    text = path.read_text(encoding="utf-8").replace("進む速さ", "会場の広さ")
    path.write_text(text, encoding="utf-8")
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)

    do(qtbot, panel, panel.import_page.show_file, path)

    assert "列がない設問 1つ　問4 進む速さ" in _notes(panel)
    assert "設問にない列 1　会場の広さ" in _notes(panel)


def test_a_file_of_which_no_column_fits_waits_for_its_columns_and_goes_no_further(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    do(qtbot, panel, panel.import_page.show_file, sample_path("36"))
    mapping = panel.import_page.mapping
    assert mapping.isVisible()
    assert "同じ見出しの列が1つもありません" in mapping.explanation.words()
    mapping.continue_button.click()
    assert mapping.isVisible()
    assert "列を選ぶ" in mapping.continue_button.text()
    mapping.few_confirmed_box.click()
    do(qtbot, panel, mapping.continue_button.click)
    assert panel.import_page.preview.isVisible()


@pytest.mark.parametrize(("number", "words"), [("27", "壊れています"), ("33", "空"), ("31", "パスワード")])
def test_a_file_that_cannot_be_taken_is_said_in_the_page_and_nothing_is_lost(qtbot, desk_at, surveyed, number, words):
    store, event_id = surveyed
    type_sheets(store, event_id, 1)
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    do(qtbot, panel, panel.import_page.show_file, sample_path(number))

    said = panel.import_page.start_page.problem.words()
    assert words in said
    assert "保存済みのデータは変わっていません。" in said
    assert panel.import_page.start_page.isVisible()
    assert len(surveys.read_survey(store, event_id=event_id).responses) == 1


def test_what_was_looked_at_is_taken_in_even_when_the_file_goes_away_meanwhile(qtbot, surveyed, page_with, tmp_path):
    store, event_id = surveyed
    panel = page_with([answered()])
    (tmp_path / "回答.csv").unlink()

    _take(qtbot, panel)

    assert surveys.read_survey(store, event_id=event_id).counted_total == 1


def test_totals_fixed_meanwhile_by_a_colleague_refuse_in_words_and_nothing_is_lost(qtbot, surveyed, page_with):
    store, event_id = surveyed
    type_sheets(store, event_id, 1)
    panel = page_with([answered()])
    survey_freezing.freeze_tally(
        acting(store), survey_id=survey_of(store, event_id).id, uncompared="受託者の集計が届いていない"
    )

    _take(qtbot, panel)

    assert "集計が確定しているため取り込めません" in panel.import_page.preview.problem.words()
    assert panel.import_page.preview.import_button.isEnabled()


def test_frozen_totals_ask_for_a_reason_that_stays_visible(qtbot, surveyed, page_with):
    store, event_id = surveyed
    type_sheets(store, event_id, 1)
    survey_freezing.freeze_tally(
        acting(store), survey_id=survey_of(store, event_id).id, uncompared="受託者の集計が届いていない"
    )
    panel = page_with([answered()])
    assert "集計が確定しています" in _notes(panel)

    _take(qtbot, panel)
    dialog = opened(panel, ReasonDialog)
    dialog.main.click()
    assert "入力されていません" in dialog.form.problem_shown("reason")
    dialog.form.set_values({"reason": "締切のあとに届いた"})
    do(qtbot, panel, dialog.main.click)

    assert "確定後に1件を追加：締切のあとに届いた" in survey_of(store, event_id).freeze_note
    do(qtbot, panel, panel.show_page, "集計")
    assert "確定後に1件を追加：締切のあとに届いた" in panel.tally_page.changes.words()


def test_a_file_read_while_another_event_is_gone_to_is_not_shown_there(qtbot, surveyed, page_with, tmp_path):
    store, event_id = surveyed
    other = add_lecture(store, date(2026, 10, 20), subject="Instagram講習会")
    surveys.copy_questionnaire(acting(store), event_id=other, from_event_id=event_id)
    panel = page_with([answered()])
    do(qtbot, panel, panel.import_page.preview.cancel_button.click)

    panel.open_with(event_id=other, page=PAGE)
    panel.refresh()
    do(qtbot, panel, panel.import_page.show_file, tmp_path / "回答.csv")

    assert panel._view.event.id == other
    assert panel.import_page.start_page.isVisible()
