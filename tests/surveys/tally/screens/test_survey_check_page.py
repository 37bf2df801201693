"""確かめる: number by number beside the contractor's tally, settled with the keys 1 to 3, and only then fixed."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QRadioButton

from app.documents.blocks import TallyChart, TallyRow
from app.surveys.answers.services.survey_import import import_survey
from app.surveys.data_entry import services as data_entry_services
from app.surveys.overview.screens import SurveyStepRow
from app.surveys.overview.services import NEEDS_CHECK, UNDER_WAY, Step
from app.surveys.questions.services.surveys import read_survey
from app.surveys.tally.rules import count_responses
from app.surveys.tally.screens.transposed_tally import TransposedTally
from app.surveys.tally.services.survey_check import read_check
from app.surveys.tally.services.survey_comparison import set_contractor_counts
from app.surveys.tally.services.survey_freezing import freeze_tally
from app.widgets.labels import WrappingLabel
from app.window import theme as t
from db.records.events import Event
from db.records.surveys import Answer, SurveyResponse
from tests.support.doing import do
from tests.support.survey_pages import show_survey
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, form_file, survey_of, type_sheets
from tests.support.years import BY

PAGE = "照合"


@pytest.fixture
def surveyed(tmp_path):
    """Four sheets on paper."""
    store, event_id = fixed_survey(tmp_path / "year")
    type_sheets(store, event_id, 4)
    return store, event_id


def _compare(store, event_id, **changes):
    view = read_survey(store, event_id=event_id)
    counts = {
        one.question.code: {row.text: row.count for row in one.rows()} | changes.get(one.question.code, {})
        for one in count_responses(view.survey.questions, view.responses).questions
        if one.question.type in ("SA", "MA")
    }
    set_contractor_counts(acting(store), survey_id=view.survey.id, counts=counts)


def _rows(panel):
    model = panel.check_page.table.model
    return [model.cell(row, 0).plain() for row in range(model.rowCount()) if model.heading(row) is None]


def _settled(store, event_id):
    return {code: (one.way, one.reason) for code, one in survey_of(store, event_id).settlements.items()}


def test_without_their_numbers_it_says_so_and_asks_for_them(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)

    # Said once, as the row that is the button.
    assert _rows(panel) == ["受託者の数"]
    assert (
        panel.bar.words.plain_text()
        == "受託者の集計表が届いたら、その人数を入れると差が出ます。まだのときは、のこして確定へ進めます。"
    )
    assert panel.check_page.main.text() == "受託者の数を入れる"
    assert not panel.check_page.compare_button.isVisible(), "one button for one act"
    assert not panel.check_page.settlement_panel.isVisible(), "it would say what its row says"
    assert panel.step_list.step_rows[3].accessibleName() == "4 確かめる　確認が必要　受託者の数 未入力 9問"


def test_one_number_that_agrees_is_not_said_as_if_all_had_been_compared(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    survey = survey_of(store, event_id)
    one = next(
        one for one in count_responses(survey.questions, read_survey(store, event_id=event_id).responses).questions
    )
    counts = {one.question.code: {row.text: row.count for row in one.rows()}}
    set_contractor_counts(acting(store), survey_id=survey.id, counts=counts)
    panel = show_survey(qtbot, desk_at, store, event_id, "集計")
    assert f"照合 {len(one.rows())}か所 差なし　8問は受託者の数 未入力" in panel.tally_page.counted_by_label.text()

    freeze_tally(acting(store), survey_id=survey.id, uncompared="残りは届いていない")
    do(qtbot, panel, panel.refresh)

    assert f"照合 {len(one.rows())}か所 差なし　8問は照合せず確定" in panel.tally_page.counted_by_label.text()


def test_the_count_of_a_step_is_never_torn_where_there_is_little_room(qtbot):
    row = SurveyStepRow(4)
    qtbot.addWidget(row)
    row.show_step(Step(number=4, title="確かめる", state=NEEDS_CHECK, words="受託者の数 未入力 9問"), narrow=True)
    metrics = QFontMetricsF(t.font("small", bold=True))

    assert row._fitting_words(metrics, 400) == "受託者の数 未入力 9問"
    assert row._fitting_words(metrics, metrics.horizontalAdvance("受託者の数 未入力 9")) == "未入力 9問"


def test_each_difference_is_settled_by_key_and_the_next_one_comes(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    _compare(store, event_id, satisfaction={"満足": 3, "不満": 1}, pace={"速い": 1})
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    view = panel.check_page.table.view
    view.setFocus()
    assert panel.check_page.settlement_panel.question_check.label == "問2"
    assert panel.check_page.main.text() == "問2の差を決めてつぎへ"
    assert [sheet.number for sheet in panel.check_page.settlement_panel.responses] == [1, 2, 3, 4]

    qtbot.keyClick(view, Qt.Key.Key_1)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.currentIndex()).center())
    assert panel.check_page.settlement_panel.isAncestorOf(panel.window().focusWidget())
    assert _settled(store, event_id) == {}
    view.setFocus()
    do(qtbot, panel, qtbot.keyClick, view, Qt.Key.Key_Return)
    assert panel.check_page.settlement_panel.question_check.label == "問4"
    qtbot.keyClick(panel.window().focusWidget(), Qt.Key.Key_3)
    assert panel.check_page.settlement_panel.reason.hasFocus()
    qtbot.keyClick(panel.check_page.settlement_panel.reason, Qt.Key.Key_Return)
    assert "理由を書いてください" in panel.check_page.settlement_panel.problem.text()
    panel.check_page.settlement_panel.reason.setText("用紙の読みが分かれた")
    do(qtbot, panel, qtbot.keyClick, panel.check_page.settlement_panel.reason, Qt.Key.Key_Return)

    assert _settled(store, event_id) == {
        "satisfaction": ("修正を依頼", ""),
        "pace": ("差のまま", "用紙の読みが分かれた"),
    }
    assert panel.check_page.main.text() == "集計を確定する"
    assert panel.step_list.step_rows[3].accessibleName() == "4 確かめる　済　差 2問（決定済）"
    do(qtbot, panel, panel.app_context.undo)
    assert "pace" not in _settled(store, event_id)
    assert [one.label for one in read_check(store, event_id=event_id).open_questions] == ["問4"]


def test_the_difference_of_the_sum_has_the_same_minus_as_those_of_the_rows(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    view = read_survey(store, event_id=event_id)
    one = next(
        one
        for one in count_responses(view.survey.questions, view.responses).questions
        if one.question.code == "satisfaction"
    )
    most = max(one.rows(), key=lambda row: row.count)
    _compare(store, event_id, satisfaction={most.text: most.count - 1})
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)

    said = [part.text() for part in panel.check_page.settlement_panel.findChildren(QLabel)]
    assert said.count("−1") == 2
    assert "-1" not in said


def test_a_way_being_chosen_stays_while_the_question_is_read_again_and_goes_with_undo(qtbot, desk_at, surveyed):
    _compare(*surveyed, satisfaction={"満足": 3, "不満": 1})
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    ways = panel.check_page.settlement_panel
    qtbot.keyClick(panel.check_page.table.view, Qt.Key.Key_3)
    ways.reason.setText("用紙の読み")

    type_sheets(*surveyed, 1, first=9)
    do(qtbot, panel, panel.refresh)

    assert ways.question_check.base == 5
    assert (ways.way.words, ways.reason.text()) == ("理由を書いて差を残す", "用紙の読み")
    do(qtbot, panel, ways.apply_choice)
    do(qtbot, panel, panel.app_context.undo)
    panel.check_page.table.choose(lambda row: row.id == "問2")
    assert (ways.way.words, ways.reason.text()) == ("受託者に修正を依頼", "")


def test_the_responses_in_a_difference_have_their_name_with_and_without_a_date_of_the_event(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    with store.change(action="回答を入れた", by=BY, now=AFTER) as change:
        change.insert(
            SurveyResponse(
                survey_id=survey_of(store, event_id).id,
                source="オンライン",
                answered_at=datetime(2026, 9, 30, 15, 40),
                answers=answered(satisfaction=Answer(chosen=("不満",))),
            )
        )
    _compare(store, event_id, satisfaction={"不満": 0})
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE, now=datetime(2027, 2, 1, 10, 0))

    def names():
        return [one.text() for one in panel.check_page.settlement_panel.findChildren(WrappingLabel)]

    assert "オンライン R8 9/30(水) 15:40" in names()
    with store.change(action="日付を消した", by=BY, now=AFTER) as change:
        change.update(Event, event_id, event_date=None)
    do(qtbot, panel, panel.refresh)
    assert "オンライン R8 9/30(水) 15:40" in names()


def test_a_quote_comes_without_the_number_and_the_keys_answer_for_the_next_one(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    with store.change(action="回答を入れた", by=BY, now=AFTER) as change:
        for words in ("電話は03-0000-5678です", "a@b.example.jpへ"):
            change.insert(
                SurveyResponse(
                    survey_id=survey_of(store, event_id).id,
                    source="オンライン",
                    answers=answered(comments=Answer(text=words)),
                )
            )
    page = show_survey(qtbot, desk_at, store, event_id, PAGE).check_page
    asked = page.settlement_panel
    page.table.setFocus()
    assert asked.item.comment.text == "電話は03-0000-5678です"
    top = asked.mapTo(page, QPoint())
    qtbot.keyClick(page.table.view, Qt.Key.Key_1)
    assert asked.reason.text() == "電話は○○です"
    asked.reason.setText(asked.item.comment.text)
    do(qtbot, page, qtbot.keyClick, asked.reason, Qt.Key.Key_Return)
    assert "「個人情報ではない」を押します" in page.problem.words()
    assert any(one.text() == "個人情報ではない" for one in asked.findChildren(QRadioButton))
    assert (asked.mapTo(page, QPoint()), asked.reason.hasFocus()) == (top, True)
    asked.reason.setText("電話は○○です")
    do(qtbot, page, qtbot.keyClick, asked.reason, Qt.Key.Key_Return)
    assert asked.item.comment.text == "a@b.example.jpへ"
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_2)
    assert asked.way.words == "引用しない"


def test_a_name_that_only_the_clerk_sees_is_selected_and_hidden_in_the_same_place(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    with store.change(action="回答を入れた", by=BY, now=AFTER) as change:
        change.insert(
            SurveyResponse(
                survey_id=survey_of(store, event_id).id,
                source="オンライン",
                answers=answered(comments=Answer(text="次回は03-0000-5678の𠮷田へ")),
            )
        )
    page = show_survey(qtbot, desk_at, store, event_id, PAGE).check_page
    asked = page.settlement_panel
    asked.mark_key("2")
    assert not asked.hide_button.isVisible()
    asked.mark_key("1")
    assert asked.reason.text() == "次回は○○の𠮷田へ"
    assert "登録のある氏名だけ" in asked.hint.text()
    asked.reason.setSelection(6, 3)  # in the units of Qt 𠮷 is two
    qtbot.mouseClick(asked.hide_button, Qt.MouseButton.LeftButton)
    assert (asked.reason.text(), asked.reason.hasFocus()) == ("次回は○○の○○へ", True)
    qtbot.mouseClick(asked.hide_button, Qt.MouseButton.LeftButton)
    assert asked.reason.text() == "次回は○○の○○へ", "nothing is selected any more"


def test_key_two_opens_the_one_sheet_to_mend(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    odd = answered(satisfaction=Answer(chosen=("不満",)))
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=5, answers=odd
    )
    _compare(store, event_id, satisfaction={"満足": 5, "不満": 0})
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    panel.check_page.table.view.setFocus()

    qtbot.keyClick(panel.check_page.table.view, Qt.Key.Key_2)
    qtbot.keyClick(panel.check_page.table.view, Qt.Key.Key_Return)

    assert panel.entry_page.has_open_response
    assert panel.entry_page.header.number.text() == "5"
    assert not panel.step_list.isVisible()


def test_a_step_that_is_mended_makes_the_following_ones_be_looked_at_again(qtbot, desk_at, surveyed):
    _compare(*surveyed)
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    assert panel.step_list.step_rows[3].accessibleName() == "4 確かめる　済　差 0"

    type_sheets(*surveyed, 1, first=7)
    do(qtbot, panel, panel.refresh)

    assert panel.step_list.step_rows[2].accessibleName().startswith("3 回答を入れる　途中")
    assert panel.step_list.step_rows[3].accessibleName().startswith("4 確かめる　確認が必要　確定まで 残り")


def test_alt_and_a_number_go_to_each_step(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, PAGE)
    pages = (panel.questions_page, panel._get_page("用紙"), panel.responses_page, panel.check_page, panel.tally_page)

    for number, page in enumerate(pages, start=1):
        do(
            qtbot,
            panel,
            qtbot.keyClick,
            panel.window().focusWidget() or panel,
            Qt.Key(Qt.Key.Key_0 + number),
            Qt.KeyboardModifier.AltModifier,
        )
        assert page.isVisible()
        assert panel.step_list.step_rows[number - 1].isChecked()


def test_where_there_is_little_room_chart_and_table_stand_in_sight_together(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "集計", size=(855, 390), embedded=True)
    do(qtbot, panel, panel.tally_page.overview.setCurrentRow, 1)
    chart = panel.tally_page.detail.chart

    assert [name for name, _numbers, _sum in chart.table_lines()] == ["人数", "％（参考）"]
    assert chart.visibleRegion().boundingRect().height() == chart.height()
    qtbot.keyClick(panel.tally_page, Qt.Key.Key_PageDown)
    assert panel.tally_page.chooser.currentText().startswith("問3")


def test_more_than_seven_options_break_into_two_blocks():
    def turned(options):
        rows = tuple(
            TallyRow(number=str(n), text=f"選択肢{n}", count=n, percent="1.0", kind="option") for n in range(options)
        )
        none = TallyRow(number="", text="無回答", count=0, percent="0.0", kind="none")
        chart = TallyChart(code="問1", title="満足度", type="SA", base=30, rows=(*rows, none), note="")
        return TransposedTally(chart, {}).column_blocks()

    assert turned(5) == ((0, 6),)
    assert turned(10) == ((0, 6), (6, 11))


def test_after_a_decision_by_the_button_the_keys_answer_for_the_next_online_answer(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    doubt = "同じ人の二度押しの可能性"
    with store.change(action="回答を入れた", by=BY, now=AFTER) as change:
        for minute in range(3):
            change.insert(
                SurveyResponse(
                    survey_id=survey_of(store, event_id).id,
                    source="オンライン",
                    answered_at=datetime(2026, 9, 30, 15, minute),
                    answers=answered(),
                    problems=(doubt,),
                )
            )
    page = show_survey(qtbot, desk_at, store, event_id, PAGE).check_page
    qtbot.keyClick(page.table.view, Qt.Key.Key_2)
    do(qtbot, page, qtbot.mouseClick, page.main, Qt.MouseButton.LeftButton)
    assert page.settlement_panel.item.response.answered_at.minute == 1
    assert page.main.text() == "決め方を選ぶ"
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_1)
    assert page.settlement_panel.way.key == "1"
    radio = page.settlement_panel._group.buttons()[2]
    qtbot.mouseClick(radio, Qt.MouseButton.LeftButton, pos=QPoint(8, radio.height() // 2))
    assert page.settlement_panel.way.key == "3"
    do(qtbot, page, qtbot.mouseClick, page.main, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_1)
    assert page.settlement_panel.way.key == "1"


def test_too_many_choices_are_decided_alike_on_paper_and_online_each_in_its_words(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    doubtful = answered(obstacles=Answer(chosen=survey_of(store, event_id).questions[7].options[:4]))
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=5, answers=doubtful
    )
    path = form_file(store.folder.parent / "回答.csv", store, event_id, [doubtful])
    import_survey(acting(store), event_id=event_id, path=path)
    page = show_survey(qtbot, desk_at, store, event_id, PAGE).check_page

    def asked():
        panel = page.settlement_panel
        return [one.text() for one in panel.findChildren(QRadioButton)], [
            one.text() for one in panel.findChildren(QLabel) if one.text().startswith("かかわる")
        ]

    assert {one.said for one in page.items if one.response is not None} == {"選択が3つを超えています"}
    assert asked() == (["このまま数える", "用紙を見て入力を直す"], ["かかわる紙　1枚"])
    do(qtbot, page, qtbot.keyClick, page.table.view, Qt.Key.Key_Return)
    assert asked() == (["このまま数える", "回答を開いて直す"], ["かかわる回答　1件"])
    assert "届いた回答　「" in page.settlement_panel.settlement_text.plain_text()
    do(qtbot, page, qtbot.keyClick, page.table.view, Qt.Key.Key_Return)

    found = read_survey(store, event_id=event_id)
    assert found.doubtful_responses == ()
    assert found.responses[-1].counted


def test_of_a_double_sending_the_line_tells_the_other_one_and_what_was_decided_of_it(qtbot, desk_at, tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    path = form_file(tmp_path / "1.csv", store, event_id, [answered(), answered()], step=timedelta(seconds=8))
    import_survey(acting(store), event_id=event_id, path=path)
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    page = panel.check_page

    def told():
        links = page.settlement_panel._links.parentWidget().findChildren(WrappingLabel)
        return [one.text() for one in links if one.text().startswith("オンライン")]

    assert _rows(panel)[:2] == ["オンライン 9/30(水) 15:40", "オンライン 9/30(水) 15:40:08"]
    assert page.settlement_panel.item.said.startswith("9/30 15:40:08の回答と同じ人の二度押しの可能性")
    qtbot.keyClick(page.table.view, Qt.Key.Key_0)
    do(qtbot, panel, qtbot.keyClick, page.table.view, Qt.Key.Key_Return)
    assert told() == ["オンライン 9/30(水) 15:40:08", "オンライン 9/30(水) 15:40　集計に入れる"]

    do(qtbot, panel, panel.app_context.undo)
    qtbot.keyClick(page.table.view, Qt.Key.Key_1)
    do(qtbot, panel, qtbot.keyClick, page.table.view, Qt.Key.Key_Return)
    assert _rows(panel)[:1] == ["受託者の数"]
    assert read_survey(store, event_id=event_id).counted_total == 1


def test_how_many_sheets_are_left_stands_in_the_list_of_steps_too(qtbot):
    row, said = SurveyStepRow(3), "12件　あと3枚（紙 12・オンライン 0）"
    qtbot.addWidget(row)
    row.show_step(Step(number=3, title="回答を入れる", state=UNDER_WAY, words=said), narrow=False)
    metrics = QFontMetricsF(t.font("small"))

    assert row._fitting_words(metrics, metrics.horizontalAdvance(said) - 1) == "12件　あと3枚"


def test_who_comes_back_finds_the_first_doubt_and_one_row_for_a_whole_answer(qtbot, desk_at, surveyed, tmp_path):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, PAGE)
    page = panel.check_page
    assert page.settlement_panel.item.said == "9問がまだです"
    do(qtbot, panel, panel.show_page, "取り込み")
    trial = answered(comments=Answer(text="テスト送信です"))
    early = form_file(tmp_path / "1.csv", store, event_id, [trial], start=datetime(2026, 9, 30, 8, 30))
    import_survey(acting(store), event_id=event_id, path=early)
    do(qtbot, panel, panel.refresh)

    do(qtbot, panel, panel.show_page, PAGE)

    assert _rows(panel)[:2] == ["オンライン 9/30(水) 08:30", "受託者の数"]
    assert page.settlement_panel.item.said == "試し送信らしい回答、開始（9/30(水) 14:00）より前の回答"
    assert page.settlement_panel.type_label.isHidden()
