"""検算・代行入力: one keystroke a question, Enter for the next sheet, nothing typed is ever lost."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.actions.action_context import ActionContext
from app.surveys.data_entry import services as data_entry_services
from app.surveys.data_entry.screens.entry_board import NumberDialog
from app.surveys.data_entry.services import paper_response_total
from app.surveys.questions.services import surveys
from app.widgets.buttons import Button
from app.widgets.note_box import NoteBox
from db.records.surveys import Answer, SurveyResponse
from tests.support.doing import do
from tests.support.stray_windows import StrayWindows
from tests.support.survey_pages import key_in, opened, press, show_survey
from tests.support.survey_sheets import AFTER, answered, survey_of, type_sheets
from tests.support.years import BY

ENTRY = "検算・代行入力"
# 会長, 満足, よく理解できた, ちょうどよい ×2, 講師の説明＋操作の体験, LINE, 費用がかかる, 準備をして使いたい, no text
WHOLE_SHEET = "1213313⏎1⏎7⏎2⏎⏎"


@pytest.fixture
def panel(qtbot, desk_at, surveyed):
    """The first sheet under the hand."""
    shown = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    _begin(qtbot, shown)
    return shown


def _begin(qtbot, panel):
    do(qtbot, panel, qtbot.keyClick, panel.entry_page.start_page.begin_button, Qt.Key.Key_Space)


def _survey(store, event_id):
    return surveys.read_survey(store, event_id=event_id)


def _sheets(store, event_id):
    return _survey(store, event_id).responses


def test_a_whole_sheet_is_typed_with_fifteen_keys_and_the_next_one_is_asked(qtbot, surveyed, panel):
    key_in(qtbot, panel, WHOLE_SHEET)

    (sheet,) = _sheets(*surveyed)
    assert (sheet.source, sheet.number, sheet.answers, sheet.problems) == ("紙", 1, answered(), ())
    assert len(WHOLE_SHEET) == 15
    assert panel.entry_page.header.number.text() == "2"
    assert panel.entry_page.board.entry.place == 0
    assert not panel.entry_page.board.entry.has_changes
    assert "0（無回答）" not in panel.entry_page.hint.text()


def test_the_page_begins_at_the_number_of_sheets_and_enter_begins_to_type(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    field = panel.entry_page.start_page.form.editor("total")
    assert panel.window().focusWidget() is field
    qtbot.keyClicks(field, "3")
    do(qtbot, panel, qtbot.keyClick, field, Qt.Key.Key_Return)

    key_in(qtbot, panel, WHOLE_SHEET)
    assert len(_sheets(*surveyed)) == 1
    assert paper_response_total(_survey(*surveyed)) == 3


def test_sheet_after_sheet_without_waiting_for_the_disk(qtbot, surveyed, panel):
    key_in(qtbot, panel, WHOLE_SHEET * 3)

    assert [sheet.number for sheet in _sheets(*surveyed)] == [1, 2, 3]
    assert panel.entry_page.header.number.text() == "4"


def test_other_unreadable_and_no_answer_have_their_keys_and_are_shown_on_the_choices(qtbot, surveyed, panel):
    board = panel.entry_page.board

    press(qtbot, panel, "0913317⏎")
    line = board.rows[5].answer_line
    assert panel.window().focusWidget() is line
    line.setText("仲間づくり")
    line.textEdited.emit("仲間づくり")
    press(qtbot, panel, "⏎002")
    board.rows[9].answer_line.setText("また参加したい")
    board.rows[9].answer_line.textEdited.emit("また参加したい")
    key_in(qtbot, panel, "⏎⏎")

    answers = _sheets(*surveyed)[0].answers
    assert answers["position"] == Answer()
    assert answers["satisfaction"] == Answer(out_of_list=("読みとれない",))
    assert answers["useful"] == Answer(chosen=("講師の説明", "その他"), other="仲間づくり")
    assert answers["comments"] == Answer(text="また参加したい")
    assert _sheets(*surveyed)[0].problems == ("問2　読みとれません",)


@pytest.mark.parametrize(("typed", "kept"), [("0", ""), ("０", ""), ("0円なら使いたい", "0円なら使いたい")])
def test_the_key_for_no_answer_is_no_opinion_of_somebody(qtbot, surveyed, panel, typed, kept):
    press(qtbot, panel, WHOLE_SHEET.removesuffix("⏎⏎"))
    line = panel.entry_page.board.rows[9].answer_line
    line.setText(typed)
    line.textEdited.emit(typed)
    key_in(qtbot, panel, "⏎⏎")

    assert _sheets(*surveyed)[0].answers["comments"].text == kept


def test_the_first_key_of_the_next_sheet_saves_the_one_that_is_whole(qtbot, surveyed, panel):
    press(qtbot, panel, WHOLE_SHEET[:-1])
    assert "Enter か、つぎの紙の問1のキーで保存" in panel.entry_page.hint.text()

    key_in(qtbot, panel, "61")

    (sheet,) = _sheets(*surveyed)
    assert (sheet.number, sheet.answers) == (1, answered())
    entry = panel.entry_page.board.entry
    assert (panel.entry_page.header.number.text(), entry.place) == ("2", 2)
    assert entry.answers == {"position": Answer(chosen=("会員",)), "satisfaction": Answer(chosen=("とても満足",))}
    key_in(qtbot, panel, "3313⏎1⏎7⏎2⏎" + "0")
    assert [one.number for one in _sheets(*surveyed)] == [1, 2]


def test_a_key_that_begins_no_sheet_is_said_and_nothing_is_saved(qtbot, surveyed, panel):
    press(qtbot, panel, WHOLE_SHEET[:-1])

    key_in(qtbot, panel, "8")

    assert panel.entry_page.hint.text().startswith("「8」は入力していません。Enter を押すと")
    assert _sheets(*surveyed) == ()
    key_in(qtbot, panel, "⏎")
    assert "「8」" not in panel.entry_page.hint.text()
    type_sheets(*surveyed, 1, first=2)  # a colleague was quicker
    key_in(qtbot, panel, WHOLE_SHEET)
    assert panel.entry_page.board.entry.answers == answered()
    key_in(qtbot, panel, "1")
    assert "「1」は入力していません" in panel.entry_page.hint.text(), "one that is not saved stays under the hand"


def test_backspace_at_the_end_opens_what_was_written_only_with_enter(qtbot, surveyed, panel):
    press(qtbot, panel, WHOLE_SHEET[:-1] + "←21")

    board = panel.entry_page.board
    assert (board.entry.place, board.entry.answers) == (9, answered())
    assert panel.entry_page.hint.text().startswith("「1」のキーは、この設問では使いません。書き直すときは、Enter")
    key_in(qtbot, panel, "⏎3⏎⏎")
    assert _sheets(*surveyed)[0].answers["comments"].text == "3"


def test_behind_the_last_sheet_no_key_begins_another(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    panel.entry_page.start_page.form.set_values({"total": 1})
    _begin(qtbot, panel)
    key_in(qtbot, panel, WHOLE_SHEET[:-1] + "1")
    assert panel.entry_page.hint.text().startswith("「1」は入力していません。")
    assert _sheets(*surveyed) == ()


def test_unreadable_has_one_key_in_every_question_and_nine_is_an_option_where_the_paper_has_nine(qtbot, panel):
    row = panel.entry_page.board.rows[7]

    assert [(chip.choice.key, chip.choice.text) for chip in row.chips][-3:] == [
        ("9", "特になし"),
        ("0", "無回答"),
        ("-", "読みとれない"),
    ]
    assert "- 読みとれない" in [chip.accessibleName() for chip in panel.entry_page.board.rows[0].chips]
    press(qtbot, panel, "-9")
    answers = panel.entry_page.board.entry.answers
    assert answers["position"] == answers["satisfaction"] == Answer(out_of_list=("読みとれない",))


def test_backspace_goes_back_and_another_key_corrects(qtbot, panel):
    press(qtbot, panel, "12←5")

    entry = panel.entry_page.board.entry
    assert entry.answers["satisfaction"] == Answer(chosen=("とても不満",))
    assert entry.place == 2


def test_enter_passes_no_question_over_in_silence(qtbot, panel):
    press(qtbot, panel, "⏎")

    assert panel.entry_page.board.entry.place == 0
    assert "0（無回答）" in panel.entry_page.hint.text()


def test_a_question_left_open_is_asked_before_the_sheet_ends(qtbot, surveyed, panel):
    qtbot.mouseClick(panel.entry_page.board.rows[4], Qt.MouseButton.LeftButton, pos=QPoint(6, 6))

    press(qtbot, panel, "31⏎1⏎7⏎2⏎⏎")

    assert panel.entry_page.board.entry.place == 0
    assert "まだの設問があります" in panel.entry_page.hint.text()
    assert _sheets(*surveyed) == ()


def test_a_click_on_a_choice_does_what_its_key_does(qtbot, panel):
    qtbot.mouseClick(panel.entry_page.board.rows[0].chips[2], Qt.MouseButton.LeftButton)

    assert panel.entry_page.board.entry.answers["position"] == Answer(chosen=("会計",))
    assert panel.entry_page.board.entry.place == 1


def test_the_purpose_is_chosen_first_and_typing_on_behalf_needs_the_agreement(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    start = panel.entry_page.start_page
    start.form.set_values({"purpose": "代行", "total": 14})
    start.form.changed.emit("purpose")
    _begin(qtbot, panel)
    assert "入力されていません" in start.form.problem_shown("agreement")

    start.form.set_values({"agreement": "R8-3"})
    _begin(qtbot, panel)

    survey = survey_of(*surveyed)
    assert (survey.purpose, survey.counted_by) == ("代行（協議 R8-3）", "区（代行）")
    assert (survey.papers_received, survey.contractor_counts) == (14, {})
    assert panel.entry_page.header.number_suffix.text() == "枚目 / 14枚"


def test_undo_takes_the_last_sheet_back_and_its_number_is_free_again(qtbot, surveyed, panel):
    key_in(qtbot, panel, WHOLE_SHEET)

    do(qtbot, panel, panel.app_context.undo)

    assert _sheets(*surveyed) == ()
    assert panel.entry_page.header.number.text() == "1"


def test_a_sheet_that_cannot_be_saved_comes_back_under_the_hand(qtbot, surveyed, panel):
    type_sheets(*surveyed, 1)  # a colleague was quicker

    key_in(qtbot, panel, WHOLE_SHEET)

    assert "1枚目はもう入力されています" in panel.entry_page.problem.words()
    assert panel.entry_page.board.entry.answers == answered()
    panel.entry_page.header._ask_number()
    dialog = opened(panel, NumberDialog)
    dialog.form.set_values({"number": 2})
    dialog.main.click()
    panel.entry_page.board.entry.go_to(10)
    do(qtbot, panel, panel.entry_page.board.confirm_current)
    assert [sheet.number for sheet in _sheets(*surveyed)] == [1, 2]


def test_page_up_opens_the_sheet_before_to_correct_it(qtbot, desk_at, surveyed):
    type_sheets(*surveyed, 2)
    panel = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    _begin(qtbot, panel)

    qtbot.keyClick(panel.entry_page.board, Qt.Key.Key_PageUp)
    assert (panel.entry_page.header.title.text(), panel.entry_page.header.number.text()) == ("回答を直す", "2")
    press(qtbot, panel, "6")
    do(qtbot, panel, panel.entry_page.header.finish_button.click)

    assert _sheets(*surveyed)[1].answers["position"] == Answer(chosen=("会員",))
    assert len(_sheets(*surveyed)) == 2


def test_a_sheet_half_typed_waits_when_one_stops(qtbot, surveyed, panel):
    press(qtbot, panel, "12")

    do(qtbot, panel, qtbot.mouseClick, panel.entry_page.header.stop_button, Qt.MouseButton.LeftButton)
    assert panel.problem.words() == ""
    assert "1枚目は途中まで入力してあります" in _drafts_told(panel)
    (go_on,) = _draft_buttons(panel, "つづきから打つ")
    qtbot.keyClick(go_on, Qt.Key.Key_Return)

    assert panel.entry_page.board.entry.place == 2
    key_in(qtbot, panel, WHOLE_SHEET[2:])
    assert _sheets(*surveyed)[0].answers == answered()
    assert _survey(*surveyed).drafts == ()


def test_a_half_typed_sheet_outlives_leaving_another_sheet_and_the_program(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    _begin(qtbot, panel)
    press(qtbot, panel, "12")
    assert do(qtbot, panel, panel.may_leave)
    panel.entry_page.start_page.form.set_values({"number": 2})
    _begin(qtbot, panel)
    key_in(qtbot, panel, WHOLE_SHEET)
    do(qtbot, panel, panel.show_page, "回答")
    panel.close()

    again = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    (kept,) = _survey(*surveyed).drafts
    assert (kept.number, kept.place, kept.answered) == (1, 2, ("position", "satisfaction"))
    assert [sheet.number for sheet in _sheets(*surveyed)] == [2]
    again.entry_page.start_page.form.set_values({"number": 1})
    _begin(qtbot, again)
    key_in(qtbot, again, WHOLE_SHEET[2:])

    assert [sheet.answers for sheet in _sheets(*surveyed) if sheet.number == 1] == [answered()]


def test_while_a_colleague_has_the_seat_a_half_typed_sheet_stays_under_the_hand(qtbot, surveyed, panel):
    press(qtbot, panel, "12")
    do(qtbot, panel, panel.app_context.set_read_only, True)
    qtbot.mouseClick(panel.entry_page.header.stop_button, Qt.MouseButton.LeftButton)
    assert panel.entry_page.hint.text().startswith("ほかの人が入力中です。")
    assert panel.may_leave()
    do(qtbot, panel, panel.show_page, "回答")
    assert panel.has_unsaved_work

    panel.app_context.set_read_only(False)
    do(qtbot, panel, panel.show_page, ENTRY)
    assert panel.entry_page.board.entry.place == 2
    key_in(qtbot, panel, WHOLE_SHEET[2:])
    assert [sheet.answers for sheet in _sheets(*surveyed)] == [answered()]


def test_a_half_typed_sheet_is_put_away_and_ctrl_z_brings_it_back(qtbot, surveyed, panel):
    press(qtbot, panel, "1")
    do(qtbot, panel, panel.show_step, 4)
    do(qtbot, panel, panel.show_page, ENTRY)
    (drop,) = _draft_buttons(panel, "打ちかけをやめる")
    do(qtbot, panel, drop.click)
    assert _survey(*surveyed).drafts == ()

    do(qtbot, panel, panel.app_context.undo)

    assert [one.number for one in _survey(*surveyed).drafts] == [1]


def test_behind_the_last_sheet_no_empty_one_opens_and_the_hints_are_true(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    panel.entry_page.start_page.form.set_values({"total": 2})
    _begin(qtbot, panel)
    assert not panel.entry_page._enter.isVisible()
    assert panel.entry_page.header.finish_button.text() == "この用紙を確定してつぎへ"
    key_in(qtbot, panel, WHOLE_SHEET)
    assert panel.entry_page.header.finish_button.text() == "この用紙を確定して終える"
    press(qtbot, panel, WHOLE_SHEET[:-1])
    assert panel.entry_page._enter.isVisible()
    assert "入力を終えます" in panel.entry_page.hint.text()

    key_in(qtbot, panel, WHOLE_SHEET[-1])

    assert not panel.entry_page.has_open_response
    assert [sheet.number for sheet in _sheets(*surveyed)] == [1, 2]
    assert "枚数がそろいました" in panel.entry_page.start_page.note.words()

    start = panel.entry_page.start_page
    for _ in range(2):  # Enter once more than sheets
        do(qtbot, panel, qtbot.keyClick, panel.window().focusWidget(), Qt.Key.Key_Return)
        assert not panel.entry_page.has_open_response
        assert "すべて入力してあります" in start.form._under["total"].text()
        assert not start.form.problem_shown("total")
        assert panel.window().focusWidget() is start.form.editor("total")
    qtbot.keyClicks(start.form.editor("total"), "3")
    do(qtbot, panel, qtbot.keyClick, start.form.editor("total"), Qt.Key.Key_Return)
    assert panel.entry_page.header.number.text() == "3"
    key_in(qtbot, panel, WHOLE_SHEET)
    assert "受け取った用紙3枚は、すべて" in start.note.words()


def test_with_as_many_sheets_as_were_received_no_number_that_was_passed_over_is_asked(qtbot, desk_at, surveyed):
    type_sheets(*surveyed, 2)
    panel = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    start = panel.entry_page.start_page
    start.form.set_values({"total": 3, "number": 2})
    do(qtbot, panel, qtbot.keyClick, start.form.editor("number"), Qt.Key.Key_Return)
    assert "2枚目はもう入力されています" in start.form.problem_shown("number"), "before a whole sheet is typed"
    assert not panel.entry_page.has_open_response

    start.form.set_values({"number": 4})
    _begin(qtbot, panel)
    key_in(qtbot, panel, WHOLE_SHEET)

    assert [sheet.number for sheet in _sheets(*surveyed)] == [1, 2, 4]
    assert not panel.entry_page.has_open_response


def _drafts_told(panel):
    return "".join(box.words() for box in panel.entry_page.start_page.drafts.findChildren(NoteBox) if box.isVisible())


def _draft_buttons(panel, words):
    return [
        one
        for one in panel.entry_page.start_page.drafts.findChildren(Button)
        if one.isVisible() and one.text() == words
    ]


def test_frozen_totals_take_no_sheet(qtbot, desk_at, surveyed):
    from app.surveys.tally.services import survey_freezing

    store, event_id = surveyed
    type_sheets(store, event_id, 1)
    survey_freezing.freeze_tally(
        ActionContext(store, BY, AFTER),
        survey_id=survey_of(store, event_id).id,
        uncompared="受託者の集計が届いていない",
    )

    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)

    assert not panel.entry_page.start_page.begin_button.isEnabled()
    assert "確定しているため入力できません" in panel.entry_page.start_page.note.words()


def test_an_online_answer_is_corrected_on_the_same_board(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    odd = answered(pace=Answer(out_of_list=("読みとれない",)))
    data_entry_services.add_paper_response(
        ActionContext(store, BY, AFTER), survey_id=survey_of(store, event_id).id, number=1, answers=odd
    )
    panel = show_survey(qtbot, desk_at, store, event_id, "回答")

    qtbot.mouseClick(panel.responses_page.detail.correct_button, Qt.MouseButton.LeftButton)
    panel.entry_page.board.entry.go_to(3)
    press(qtbot, panel, "2")
    do(qtbot, panel, panel.entry_page.header.finish_button.click)

    assert _survey(store, event_id).doubtful_responses == ()
    assert panel.responses_page.isVisible()


def test_a_correction_leads_back_to_the_page_from_which_it_was_opened(qtbot, desk_at, surveyed):
    type_sheets(*surveyed, 2)
    panel = show_survey(qtbot, desk_at, *surveyed, "回答")

    def correct(sheet):
        do(qtbot, panel, panel._pages[panel._current_page].correct_asked.emit, sheet)
        assert panel.entry_page.header.title.text() == "回答を直す"

    for page, shown, words in (
        ("回答", panel.responses_page, "回答一覧に戻ります"),
        ("照合", panel.check_page, "「確かめる」に戻ります"),
    ):
        do(qtbot, panel, panel.show_page, page)
        correct(_sheets(*surveyed)[0])
        qtbot.keyClick(panel.entry_page.board, Qt.Key.Key_PageDown)
        panel.entry_page.board._go_to_question(9)
        press(qtbot, panel, "⏎")
        assert panel.entry_page.hint.text().endswith(f"Enter で保存して、{words}。")
        key_in(qtbot, panel, "⏎")
        assert shown.isVisible()
        assert not panel.entry_page.has_open_response
        correct(_sheets(*surveyed)[0])
        do(qtbot, panel, panel.entry_page.header.stop_button.click)
        assert shown.isVisible(), "直さずに戻る"

    correct(_sheets(*surveyed)[0])
    do(qtbot, panel, panel.entry_page.sidebar.purpose_asked.emit)
    assert panel.entry_page.start_page.isVisible(), "the purpose is chosen there"


def test_a_correction_that_cannot_be_saved_comes_back_from_the_list(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    type_sheets(store, event_id, 1)
    panel = show_survey(qtbot, desk_at, store, event_id, "回答")
    do(qtbot, panel, panel.responses_page.correct_asked.emit, _sheets(store, event_id)[0])
    press(qtbot, panel, "6")
    with store.change(action="消去", by=BY, now=AFTER) as change:  # a colleague was quicker
        change.delete(SurveyResponse, _sheets(store, event_id)[0].id)

    do(qtbot, panel, panel.entry_page.header.finish_button.click)

    assert panel.entry_page.isVisible()
    assert panel.entry_page.has_open_response
    assert panel.entry_page.problem.words() != ""


def test_a_half_typed_sheet_behind_one_that_cannot_be_saved_waits_too(qtbot, surveyed, panel):
    type_sheets(*surveyed, 1)  # a colleague was quicker
    key_in(qtbot, panel, f"{WHOLE_SHEET}12")
    assert "1枚目はもう入力されています" in panel.entry_page.problem.words()

    do(qtbot, panel, panel.entry_page.header.stop_button.click)

    assert [one.answered for one in _survey(*surveyed).drafts][-1] == ("position", "satisfaction")


def test_no_part_flashes_up_as_a_window_of_its_own(qtbot, desk_at, surveyed):
    type_sheets(*surveyed, 2)

    with StrayWindows() as watch:
        panel = show_survey(qtbot, desk_at, *surveyed, ENTRY)
        _begin(qtbot, panel)
        for page in ("設問", "取り込み", "回答", "集計"):
            do(qtbot, panel, panel.show_page, page)

    assert [name for name in watch.found if not name.startswith("SurveyPanel")] == []
