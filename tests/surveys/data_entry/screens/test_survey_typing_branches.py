"""Typing a questionnaire with twelve choices, a branch and a number: letters, questions passed over, gaps
in the pile."""

import pytest
from PySide6.QtCore import Qt

from app.actions.action_context import ActionContext
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_tally
from db.records.surveys import Answer, Question
from tests.support.doing import do
from tests.support.survey_pages import key_in, press, show_survey
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of, type_sheets
from tests.support.years import BY

ENTRY = "検算・代行入力"
ASKED = (
    Question(
        code="chance", title="参加のきっかけ", type="MA", max_select=3, has_other=True, exclusive_option="覚えていない",
        options=("区の通知", "区報", "町会から", "支部から", "友人から", "前回も参加", "ちらし", "ホームページ",
            "掲示板", "SNS", "その他", "覚えていない"),
    ),
    Question(code="uses", title="町会でスマートフォンを使っていますか", type="SA",
        options=("使っている", "使っていない")),
    Question(
        code="what", title="何に使っていますか", type="MA", options=("連絡", "行事の案内", "写真"), asked_of="uses",
        asked_of_options=("使っている",),
    ),
    Question(code="people", title="使っている人数", type="NUM", unit="人", asked_of="uses",
        asked_of_options=("使っている",)),
    Question(code="satisfaction", title="満足度", type="SA", options=("満足", "ふつう", "不満"), positive=("満足",)),
)  # fmt: skip


@pytest.fixture
def surveyed(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    surveys.update_questions(ActionContext(store, BY, AFTER), survey_id=survey_of(store, event_id).id, questions=ASKED)
    return store, event_id


@pytest.fixture
def panel(qtbot, desk_at, surveyed):
    """The board, ready for the first sheet."""
    shown = show_survey(qtbot, desk_at, *surveyed, ENTRY)
    _begin(qtbot, shown)
    return shown


def _begin(qtbot, panel):
    do(qtbot, panel, qtbot.keyClick, panel.entry_page.start_page.begin_button, Qt.Key.Key_Space)


def _sheet(surveyed, place=0):
    store, event_id = surveyed
    return surveys.read_survey(store, event_id=event_id).responses[place]


def test_from_the_tenth_choice_on_letters_choose_and_stand_on_the_choices(qtbot, panel, surveyed):
    chips = panel.entry_page.board.rows[0].chips
    assert [chip.accessibleName() for chip in chips[8:12]] == [
        "9 掲示板",
        "A 10 SNS",
        "B 11 その他",
        "C 12 覚えていない",
    ]

    press(qtbot, panel, "1a9⏎")
    press(qtbot, panel, "2⏎")
    key_in(qtbot, panel, "1⏎")

    assert panel.entry_page.board.entry.place == 0
    assert _sheet(surveyed).answers["chance"] == Answer(chosen=("区の通知", "掲示板", "SNS"))
    assert _sheet(surveyed).problems == ()


def test_more_than_the_paper_allows_is_typed_as_it_stands_and_flagged(qtbot, panel, surveyed):
    press(qtbot, panel, "12ac⏎")
    assert panel.entry_page.board.rows[0]._state_icon.accessibleName() == "要確認"
    key_in(qtbot, panel, "21⏎")

    assert _sheet(surveyed).problems == (
        "問1　選択が3つを超えています",
        "問1　「覚えていない」とほかの選択肢が一緒に選ばれています",
    )


def test_questions_that_are_not_asked_are_passed_over_and_say_so(qtbot, panel, surveyed):
    store, event_id = surveyed
    press(qtbot, panel, "1⏎2")
    board = panel.entry_page.board

    assert board.entry.place == 4
    for row in board.rows[2:4]:
        assert row._skipped_label.isVisible()
        assert row._skipped_label.text() == "非該当　問2で「使っている」の方だけの設問"
        assert not row.choices.isVisible()
    key_in(qtbot, panel, "1⏎")

    assert {"what", "people"}.isdisjoint(_sheet(surveyed).answers)
    counted = survey_tally.read_tally(store, event_id=event_id).tally.questions
    assert [(one.base, one.not_asked_count) for one in counted[2:4]] == [(0, 1), (0, 1)]


def test_changing_the_deciding_answer_asks_again_and_brings_back_what_was_typed(qtbot, panel):
    entry = panel.entry_page.board.entry
    press(qtbot, panel, "1⏎113⏎5⏎")
    assert (entry.place, entry.answers["people"]) == (4, Answer(text="5"))

    press(qtbot, panel, "←←←2")
    assert entry.place == 4
    assert "what" not in entry.answers

    press(qtbot, panel, "←1")
    assert entry.place == 2
    assert entry.answers["what"] == Answer(chosen=("連絡", "写真"))
    assert entry.answers["people"] == Answer(text="5")


def test_what_somebody_wrote_all_the_same_can_be_typed_and_stays_outside_the_base(qtbot, panel, surveyed):
    store, event_id = surveyed
    press(qtbot, panel, "1⏎2")
    qtbot.keyClick(panel.entry_page.board, Qt.Key.Key_Up)
    qtbot.keyClick(panel.window().focusWidget(), Qt.Key.Key_Up)
    assert "書かれていれば打てます" in panel.entry_page.board.rows[2]._hint.text()

    key_in(qtbot, panel, "2⏎1⏎")

    assert _sheet(surveyed).answers["what"] == Answer(chosen=("行事の案内",))
    assert survey_tally.read_tally(store, event_id=event_id).tally.questions[2].base == 0


def test_a_number_takes_digits_and_the_key_for_what_nobody_can_read(qtbot, panel, surveyed):
    press(qtbot, panel, "1⏎11⏎")
    line = panel.window().focusWidget()
    assert line is panel.entry_page.board.rows[3].answer_line
    assert not line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    press(qtbot, panel, "-1⏎")
    key_in(qtbot, panel, "1⏎1⏎12⏎1⏎")

    assert _sheet(surveyed).answers["people"] == Answer(text="読みとれない")
    assert _sheet(surveyed).problems == ("問4　読みとれません",)


def test_a_gap_in_the_pile_is_named_and_asked_for_at_the_end(qtbot, desk_at, tmp_path):
    store, event_id = fixed_survey(tmp_path / "gap")
    type_sheets(store, event_id, 2)
    type_sheets(store, event_id, 1, first=4)
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    assert "番号にぬけがあります（3）" in panel.entry_page.start_page.note.words()

    panel.entry_page.start_page.form.set_values({"total": 5})
    _begin(qtbot, panel)
    key_in(qtbot, panel, "1213313⏎1⏎7⏎2⏎⏎")

    assert panel.entry_page.header.number.text() == "3"
    panel.entry_page.header.number_chosen.emit(8)
    assert panel.entry_page.hint.text().startswith("3、6、7枚目がまだ入力されていません")
