"""Eight sheets typed by one person and again by another: blind, one difference, settled with the paper in the hand."""

import pytest
from PySide6.QtCore import Qt

from app.actions.action_context import ActionContext
from app.surveys.data_entry import services as data_entry_services
from app.surveys.data_entry.screens.second_entry_dialog import SecondEntryDialog
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_freezing
from db.records.accounts import User
from db.records.surveys import Answer
from tests.support.doing import do
from tests.support.survey_pages import key_in, opened, press, settle, show_survey
from tests.support.survey_sheets import AFTER, answered, fixed_survey, survey_of, type_sheets
from tests.support.years import BY

ENTRY = "検算・代行入力"
OTHER = "見本 花子"
WHOLE_SHEET = "1213313⏎1⏎7⏎2⏎⏎"
UNHAPPY_SHEET = WHOLE_SHEET.replace("12", "14", 1)


@pytest.fixture
def typed(tmp_path):
    """Eight sheets typed by the first person; both have an ID."""
    store, event_id = fixed_survey(tmp_path / "year")
    with store.change(action="利用者を追加した", by=BY, now=AFTER) as change:
        for login, name in (("101", BY), ("102", OTHER)):
            change.insert(User(login_id=login, display_name=name))
    type_sheets(store, event_id, 8)
    return store, event_id


def _view(store, event_id):
    return surveys.read_survey(store, event_id=event_id)


def _begin_second(qtbot, panel, **values):
    start = panel.entry_page.start_page
    start.form.set_values({"typing": "second"})
    start.form.changed.emit("typing")
    start.form.set_values(values)
    do(qtbot, panel, qtbot.keyClick, start.begin_button, Qt.Key.Key_Space)


def _settling(qtbot, panel):
    qtbot.mouseClick(panel.entry_page.start_page.second_entry_panel.settle_button, Qt.MouseButton.LeftButton)
    return opened(panel, SecondEntryDialog)


def test_eight_sheets_typed_again_with_one_difference_settled_by_the_keyboard(qtbot, desk_at, typed):
    panel = show_survey(qtbot, desk_at, *typed, ENTRY, name=OTHER)
    said = []
    panel.app_context.message_shown.connect(lambda sentence, _undo: said.append(sentence))
    _begin_second(qtbot, panel)
    assert (panel.entry_page.header.title.text(), panel.entry_page.header.number.text()) == ("2回目の入力", "1")
    assert panel.entry_page.board.entry.answers == {}, "the second typing is blind"

    for number in range(1, 9):
        press(qtbot, panel, UNHAPPY_SHEET if number == 5 else WHOLE_SHEET)
    settle(qtbot, panel)

    assert said.count("5枚目は、1回目と1問ちがいます。") == 1
    second = panel.entry_page.start_page.second_entry_panel
    assert "8 / 8枚　すべて済みました" in second.state.plain_text()
    assert "79 / 80（98.8%）" in second.state.plain_text()
    assert "1枚あります（5枚目）" in second.open_note.words()
    assert _view(*typed).paper_responses[4].answers["satisfaction"] == Answer(chosen=("満足",))

    dialog = _settling(qtbot, panel)
    row = dialog.rows[0]
    qtbot.waitUntil(row.hasFocus)
    assert "1回目 満足　2回目 不満" in row.accessibleName()
    assert not dialog.main.isEnabled()
    qtbot.keyClick(row, "2")
    qtbot.waitUntil(dialog.main.hasFocus)
    do(qtbot, panel, qtbot.keyClick, dialog.main, Qt.Key.Key_Return)

    assert _view(*typed).paper_responses[4].answers["satisfaction"] == Answer(chosen=("不満",))
    (settled,) = [one for one in _view(*typed).second_entries if one.settled_by == OTHER and one.sheet_id == 5]
    assert (settled.by, settled.first_answers["satisfaction"].chosen) == (OTHER, ("満足",))
    assert second.open_note.isHidden()
    assert f"5枚目 問2　満足 ／ 不満 → 不満（{OTHER} 10/1(木)）" in second.settled_text.plain_text()


def test_what_the_paper_really_says_is_typed_when_neither_is_right(qtbot, desk_at, typed):
    store, event_id = typed
    different = answered(
        satisfaction=Answer(chosen=("不満",)), useful=Answer(chosen=("質問の時間",)), comments=Answer(text="よかった")
    )
    data_entry_services.add_second_entry(
        ActionContext(store, OTHER, AFTER), survey_id=survey_of(store, event_id).id, number=3, answers=different
    )
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    dialog = _settling(qtbot, panel)
    one, several, written = dialog.rows

    qtbot.waitUntil(one.hasFocus)
    qtbot.keyClicks(one, "31")
    qtbot.waitUntil(several.hasFocus)
    assert one.paper_answer.text() == "用紙の回答　とても満足"
    qtbot.keyClicks(several, "312")
    qtbot.keyClick(several, Qt.Key.Key_Return)
    qtbot.waitUntil(written.hasFocus)
    qtbot.keyClicks(written, "3")
    qtbot.waitUntil(written.paper_row.answer_line.hasFocus)
    written.paper_row.answer_line.setText("またお願いします")
    written.paper_row.answer_line.textEdited.emit("またお願いします")
    qtbot.keyClick(written.paper_row.answer_line, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.main.hasFocus)
    do(qtbot, panel, dialog.main.click)

    answers = _view(store, event_id).paper_responses[2].answers
    assert answers["satisfaction"] == Answer(chosen=("とても満足",))
    assert len(answers["useful"].chosen) == 2
    assert answers["comments"] == Answer(text="またお願いします")


def test_nobody_types_their_own_sheets_again(qtbot, desk_at, typed):
    panel = show_survey(qtbot, desk_at, *typed, ENTRY, name=BY)

    _begin_second(qtbot, panel)

    assert "別の人がご自分のIDで開いて" in panel.entry_page.start_page.form.problem_shown("typing")
    assert panel.entry_page.header.isHidden() or not panel.entry_page.header.isVisible()


def test_while_nobody_else_has_an_id_the_second_person_gives_a_name(qtbot, desk_at, tmp_path):
    store, event_id = fixed_survey(tmp_path / "alone")
    type_sheets(store, event_id, 1)
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _begin_second(qtbot, panel)
    assert "入力されていません" in panel.entry_page.start_page.form.problem_shown("typist")

    _begin_second(qtbot, panel, typist="みほん係員")
    key_in(qtbot, panel, WHOLE_SHEET)

    assert [one.by for one in _view(store, event_id).second_entries] == ["みほん係員"]


def test_undo_takes_the_second_typing_back_and_its_number_comes_again(qtbot, desk_at, typed):
    panel = show_survey(qtbot, desk_at, *typed, ENTRY, name=OTHER)
    _begin_second(qtbot, panel)
    key_in(qtbot, panel, WHOLE_SHEET)
    assert panel.entry_page.header.number.text() == "2"

    do(qtbot, panel, panel.app_context.undo)

    assert _view(*typed).second_entries == ()
    assert panel.entry_page.header.number.text() == "1"


def test_the_first_typing_is_not_opened_during_the_second(qtbot, desk_at, typed):
    panel = show_survey(qtbot, desk_at, *typed, ENTRY, name=OTHER)
    _begin_second(qtbot, panel, number=3)

    qtbot.keyClick(panel.entry_page.board, Qt.Key.Key_PageUp)

    assert panel.entry_page.header.title.text() == "2回目の入力"
    assert "1回目の回答を開きません" in panel.entry_page.hint.text()


def test_frozen_totals_leave_nothing_to_settle(qtbot, desk_at, typed):
    store, event_id = typed
    data_entry_services.add_second_entry(
        ActionContext(store, OTHER, AFTER), survey_id=survey_of(store, event_id).id, number=1, answers=answered()
    )
    survey_freezing.freeze_tally(
        ActionContext(store, BY, AFTER),
        survey_id=survey_of(store, event_id).id,
        uncompared="受託者の集計が届いていない",
    )

    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY, name=OTHER)

    assert panel.entry_page.start_page.second_entry_panel.settle_button.isHidden()
    assert "確定しているため入力できません" in panel.entry_page.start_page.note.words()
    assert data_entry_services.missing_response_numbers(_view(store, event_id).paper_responses) == ()


def test_read_only_nothing_is_typed_or_settled(qtbot, desk_at, typed):
    store, event_id = typed
    data_entry_services.add_second_entry(
        ActionContext(store, OTHER, AFTER),
        survey_id=survey_of(store, event_id).id,
        number=1,
        answers=answered(satisfaction=Answer(chosen=("不満",))),
    )

    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY, read_only=True)

    assert not panel.entry_page.start_page.begin_button.isEnabled()
    assert "閲覧専用" in panel.entry_page.start_page.note.words()
    assert panel.entry_page.start_page.second_entry_panel.settle_button.isHidden()
