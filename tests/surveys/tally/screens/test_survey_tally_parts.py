"""From the totals to cross tables and themes and back, by keyboard and mouse."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.tally.screens.cross_page import CrossPage
from app.surveys.tally.screens.tally_overview import OverviewLine, TallyOverview
from app.surveys.tally.screens.themes_page import ThemesPage
from app.surveys.tally.services import survey_cross, survey_themes
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.labels import WrappingLabel
from db.records.surveys import Answer
from tests.support.doing import do
from tests.support.survey_pages import opened, show_survey
from tests.support.survey_sheets import acting, answered, fixed_survey, survey_of, type_sheets

TEXTS = ("話がよかった。", "電話は 03-0000-1234 まで。", "また来たい。")


@pytest.fixture
def written(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    for number, text in enumerate(TEXTS, start=1):
        data_entry_services.add_paper_response(
            acting(store),
            survey_id=survey_of(store, event_id).id,
            number=number,
            answers=answered(comments=Answer(text=text)),
        )
    return store, event_id


def _themes(qtbot: Any, desk_at: Any, written: Any) -> tuple[Any, ThemesPage]:
    panel = show_survey(qtbot, desk_at, *written, "集計")
    do(qtbot, panel, panel.tally_page.themes_button.click)
    page = panel.tally_page.findChild(ThemesPage)
    assert page.isVisible()
    return panel, page


def _stored(written: Any) -> Any:
    store, event_id = written
    found = survey_themes.read_themes(store, event_id=event_id)
    return next(one for one in found.questions if one.code == "comments")


def test_themes_are_added_and_texts_put_under_them_by_number_keys(qtbot, desk_at, written):
    panel, page = _themes(qtbot, desk_at, written)
    assert panel.tally_page.themes_button.text() == "自由記述 3"

    for name in ("講師", "次回"):
        page.themes.name.setText(name)
        do(qtbot, panel, qtbot.keyClick, page.themes.name, Qt.Key.Key_Return)
    page.table.choose(lambda row: row.comment.number == 1)
    do(qtbot, panel, qtbot.keyClicks, page.table.view, "1")
    assert page.table.current().comment.number == 2  # the next one waits
    do(qtbot, panel, qtbot.keyClicks, page.table.view, "2")
    page.table.choose(lambda row: row.comment.number == 1)
    do(qtbot, panel, qtbot.keyClicks, page.table.view, "0")

    assert [(group.name, len(group.comments)) for group in _stored(written).theme_groups] == [
        ("講師", 0), ("次回", 1), ("分類なし", 2),
    ]  # fmt: skip
    assert "1 講師　2 次回　0 分類なし" in page.legend.text()
    assert page.summary.text() == "分類 あと2件　確認が必要 1件"


def test_several_texts_go_under_a_theme_with_one_key(qtbot, desk_at, written):
    panel, page = _themes(qtbot, desk_at, written)
    page.themes.name.setText("講師")
    do(qtbot, panel, page.themes.add_button.click)

    page.table.view.selectAll()
    do(qtbot, panel, qtbot.keyClicks, page.table.view, "1")

    assert [len(group.comments) for group in _stored(written).theme_groups] == [3]


def test_a_flagged_text_is_quoted_only_in_the_words_chosen(qtbot, desk_at, written):
    panel, page = _themes(qtbot, desk_at, written)
    do(qtbot, panel, page.table.choose, lambda row: row.comment.number == 2)
    assert not page.quote.flag.isHidden()

    qtbot.keyClick(page.table.view, Qt.Key.Key_Space)
    assert page.quote.text.hasFocus()
    assert "○○" in page.quote.text.toPlainText(), "the number is hidden beforehand"
    page.quote.original.click()
    do(qtbot, panel, page.quote.quote.click)
    assert "電話番号らしきものが残っています" in page.problem.words()
    assert _stored(written).comments[1].quote_decision == "確認が必要"
    assert page.quote.quote.text() == "個人情報ではない"
    assert not page.quote.hide_button.isEnabled()
    page.quote.text.selectAll()
    qtbot.mouseClick(page.quote.hide_button, Qt.MouseButton.LeftButton)
    assert page.quote.text.toPlainText() == "○○"
    page.quote.text.setPlainText("連絡がほしい。")
    assert page.quote.quote.text() == "この文で引用する"
    do(qtbot, panel, page.quote.quote.click)

    kept = _stored(written).comments[1]
    assert (kept.quote_decision, kept.quoted_words, kept.is_edited, kept.text) == (
        "引用する",
        "連絡がほしい。",
        True,
        TEXTS[1],
    )
    assert page.table.current().comment.number == 2


def test_space_turns_quoting_off_and_on_and_undo_takes_it_back(qtbot, desk_at, written):
    panel, page = _themes(qtbot, desk_at, written)
    page.table.choose(lambda row: row.comment.number == 1)

    do(qtbot, panel, qtbot.keyClick, page.table.view, Qt.Key.Key_Space)
    assert _stored(written).comments[0].quote_decision == "引用しない"
    do(qtbot, panel, panel.app_context.undo)

    assert _stored(written).comments[0].quote_decision == "引用する"


def test_a_theme_that_is_there_already_is_refused_in_the_page(qtbot, desk_at, written):
    panel, page = _themes(qtbot, desk_at, written)
    for _time in range(2):
        page.themes.name.setText("講師")
        do(qtbot, panel, page.themes.add_button.click)

    assert "分類「講師」はもうあります。" in page.problem.words()
    assert page.themes.name.text() == "講師"


def test_the_typed_name_goes_when_the_theme_is_there_and_stays_while_texts_are_assigned(qtbot, desk_at, written):
    panel, page = _themes(qtbot, desk_at, written)
    page.themes.name.setText("講師")
    do(qtbot, panel, page.themes.add_button.click)
    assert page.themes.name.text() == ""

    page.themes.name.setText("次")
    page.table.choose(lambda row: row.comment.number == 1)
    do(qtbot, panel, qtbot.keyClicks, page.table.view, "1")

    assert page.summary.text().startswith("分類 あと2件")
    assert page.themes.name.text() == "次"


def test_back_to_the_totals_and_to_another_page(qtbot, desk_at, written):
    panel, page = _themes(qtbot, desk_at, written)

    do(qtbot, panel, page.back.click)

    assert panel.tally_page.overview.isVisible()
    assert not page.isVisible()


def _cross(qtbot: Any, desk_at: Any, written: Any) -> tuple[Any, CrossPage]:
    panel = show_survey(qtbot, desk_at, *written, "集計")
    do(qtbot, panel, panel.tally_page.cross_button.click)
    return panel, panel.tally_page.findChild(CrossPage)


def test_any_question_is_crossed_with_any_other_and_put_on_paper(qtbot, desk_at, written):
    panel, page = _cross(qtbot, desk_at, written)
    assert page.title.text() == "問2　講習会全体の満足度　×　問1　町会・自治会での役割（第1回 LINE講習会）"

    page.column_box.setCurrentIndex(page.column_box.findData("pace"))
    do(qtbot, panel, page.column_box.activated.emit, page.column_box.currentIndex())
    page.percent_box.setCurrentIndex(1)
    do(qtbot, panel, page.percent_box.activated.emit, 1)
    assert "満足\t0\t0\t3" in page.grid.as_clipboard_text()
    store, event_id = written
    assert not page.add_button.isEnabled()
    assert "30件に満たない" in page.stays_note.words()
    survey_cross.set_masking(acting(store), event_id=event_id, masked=False, reason="区の内部での検討")
    do(qtbot, panel, page.show_event, event_id)
    do(qtbot, panel, page.add_button.click)

    assert survey_cross.read_cross(store, event_id=event_id).chosen_tables == (
        survey_cross.CrossChoice(row="satisfaction", column="pace", percent_base="row"),
    )
    assert not page.add_button.isEnabled()


def test_a_printed_table_whose_question_is_gone_is_named_so_and_opens_no_paper(qtbot, desk_at, tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    survey = survey_of(store, event_id)
    survey_cross.set_masking(acting(store), event_id=event_id, masked=False, reason="検討")
    choice = survey_cross.CrossChoice(row="satisfaction", column="position")
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=choice, on=True)
    rest = tuple(one for one in survey.questions if one.code != "position")
    surveys.update_questions(acting(store), survey_id=survey.id, questions=rest)
    type_sheets(store, event_id, 1)

    _panel, page = _cross(qtbot, desk_at, (store, event_id))

    words = [one.text() for one in page.findChildren(WrappingLabel)]
    assert "問1 講習会全体の満足度　×　（なくなった設問）" in words
    assert not page.open_button.isEnabled()


def test_the_switch_hides_small_cells_on_the_screen_too(qtbot, desk_at, written):
    store, event_id = written
    odd = answered(satisfaction=Answer(chosen=("不満",)))
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=9, answers=odd
    )
    panel, page = _cross(qtbot, desk_at, written)
    assert "＊" not in page.grid.as_clipboard_text()

    do(qtbot, panel, page.masked_box.click)

    assert "不満\t＊" in page.grid.as_clipboard_text()
    assert "伏せたもの" in page.note.text()


def test_small_cells_leave_unhidden_only_with_a_reason(qtbot, desk_at, written):
    panel, page = _cross(qtbot, desk_at, written)
    do(qtbot, panel, page.add_button.click)
    assert "伏せます" in page.masking_text.text()

    page.mask_button.click()
    dialog = opened(panel, ReasonDialog)
    dialog.form.set_values({"reason": "区の内部での検討に使う"})
    do(qtbot, panel, dialog.main.click)

    assert "区の内部だけで使ってください" in page.masking_text.text()
    assert page.mask_button.text() == "伏せて出す"


def test_the_buttons_lead_to_the_paper_and_to_the_year(qtbot, desk_at, written):
    _store, event_id = written
    panel = show_survey(qtbot, desk_at, *written, "集計")
    gone: list[tuple[str, dict[str, Any]]] = []
    panel.app_context.navigation_requested.connect(lambda place, given: gone.append((place, given)))

    panel.tally_page.document_button.click()
    panel.tally_page.menu_button.actions()[1].trigger()

    assert gone == [
        ("event", {"event_id": event_id, "tab": "書類", "kind": "アンケート集計表"}),
        ("survey_year", {"kind": "講習会", "page": "比べる"}),
    ]


def test_paper_and_online_stand_beside_the_people(qtbot, desk_at, written):
    panel = show_survey(qtbot, desk_at, *written, "集計")
    panel.tally_page.overview.setCurrentRow(1)

    assert panel.tally_page.detail.chart.as_clipboard_text().splitlines()[0] == "問2 講習会全体の満足度\t人数\t％"


def test_lines_of_the_overview_stand_below_each_other_at_every_width(qtbot):
    overview = TallyOverview()
    qtbot.addWidget(overview)
    overview.resize(700, 300)
    title = "取り入れるときに困ることは、どのようなことですか（3つまで）"
    overview.show_lines([OverviewLine(f"問{one}", title, "複数回答", None, "回答なし", "") for one in range(1, 8)])
    overview.show()

    def heights():
        places = [overview.visualItemRect(overview.item(one)) for one in range(overview.count())]
        assert [one.top() - places[0].top() for one in places[1:]] == [
            one.bottom() + 1 - places[0].top() for one in places[:-1]
        ], "none lies over another"
        return {one.height() for one in places}

    wide = heights()
    overview.resize(300, 300)
    overview.executeDelayedItemsLayout()
    assert min(heights()) > max(wide), "the titles wrap"
