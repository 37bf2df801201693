"""The wizard with files of strangers: rows low with their reasons below, doubtful ones settled by key, ways on
afterwards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.documents.excel.render import render_xlsx
from app.documents.services.document_kind import document_kind
from app.documents.services.document_scope import DocumentScope
from app.events.applications.screens.applications_screen import ApplicationsScreen
from app.events.applications.services.application_preview import RowCorrection
from app.events.roster.services.roster import read_roster
from app.importing.column_choices import COUNTED
from app.window import theme as t
from tests.support.application_rows import BY, NOW, row, write_csv, year_store
from tests.support.doing import do
from tests.support.mapping import answer_column
from tests.support.pressing import press_key
from tests.support.sample_desk import shown
from tests.support.stores import made_by
from tests.support.waiting import wait_idle

store = made_by(lambda place: year_store(place / "year", organisations=[("第1支部", "みほん一丁目町会")]))


@pytest.fixture
def screen(qtbot, desk_at):
    desk = desk_at(NOW, user_name=BY, undoes=True)
    return shown(qtbot, ApplicationsScreen(desk), desk, event_id=1)


@pytest.fixture
def hand_in(qtbot, screen, tmp_path):
    def run(*rows, name="申込.csv"):
        do(qtbot, screen.app_context, lambda: screen.wizard.show_file(write_csv(tmp_path / name, rows)))
        return screen.wizard

    return run


def choose(table, number):
    place = next(n for n in range(table.model.rowCount()) if table.model.record(n).row == number)
    table.view.setCurrentIndex(table.model.index(place, 0))


def test_ten_rows_with_reasons_are_in_sight_and_sums_stand_among_those_left_out(hand_in):
    wizard = hand_in(*(row(n, f"?本　{n}") for n in range(1, 8)), ("22件", *("",) * 15), row(9, "見本　九"))
    view = wizard.rows.table.view
    wizard.rows.chips.chips["すべて"].click()
    assert view.rowHeight(8) == t.scaled(t.LOW_ROW)
    assert max(view.rowHeight(n) for n in range(9)) < 2 * t.scaled(t.LOW_ROW)
    assert "文字が失われた" in view.text_below(wizard.rows.table.model.record(0))
    assert wizard.rows.chips.chips["取り込まない"].count == 1
    assert view.viewport().height() // view.rowHeight(0) >= 8


def test_a_form_of_ours_is_not_shown_as_rows_and_says_where_it_belongs(qtbot, screen, tmp_path):
    form = tmp_path / "従事者・配置表（様式）.xlsx"
    scope = DocumentScope(fiscal_year=2026)
    form.write_bytes(render_xlsx(document_kind("従事者・配置表（様式）").build(screen.app_context.store, scope, NOW)))
    do(qtbot, screen.app_context, lambda: screen.wizard.show_file(form))
    assert screen.wizard.current_work is None
    said = screen.wizard.start.problem._text.plain_text()
    assert "区が渡した様式「従事者・配置表」ですので、ここには取り込まず、「資料・報告」の画面に置いて" in said
    assert "選び直して" not in said, "there is nothing to choose again"


def test_doubtful_rows_are_settled_by_key_and_taken_in(qtbot, screen, hand_in):
    wizard = hand_in(row(1, "?本　一"), row(2, "?本　二"), row(3, "見本　三"))
    for number, key in ((1, Qt.Key.Key_1), (2, Qt.Key.Key_3)):
        choose(wizard.rows.table, number)
        press_key(qtbot, screen.app_context, wizard.rows.table.view, key)
    assert wizard.current_work.corrections == {
        1: RowCorrection(decision="取り込む"),
        2: RowCorrection(decision="取り込まない"),
    }
    do(qtbot, screen.app_context, wizard.foot.main.click)
    assert [one.name for one in read_roster(wizard.app_context.store, event_id=1).rows] == ["?本　一", "見本　三"]


def test_the_box_for_doubtful_rows_is_empty_for_the_next_file(qtbot, screen, hand_in):
    wizard = hand_in(row(1, "?本　一"))
    do(qtbot, screen.app_context, wizard.rows.doubtful.click)
    assert wizard.current_work.include_doubtful
    hand_in(row(2, "?本　二"), name="つぎ.csv")
    assert not wizard.rows.doubtful.isChecked()
    assert wizard.current_work.preview.rows_to_import == ()


def test_a_double_click_on_the_way_on_goes_one_step_and_imports_nothing(qtbot, screen, hand_in):
    wizard = hand_in(row(1, "見本　一"))
    wizard.rows.back.click()
    assert (wizard.current_step, wizard.foot.main.text()) == (1, "1行ずつ確かめる")
    for press in (qtbot.mouseClick, qtbot.mouseDClick):
        press(wizard.foot.main, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, screen.app_context)
    assert (wizard.current_step, wizard.foot.main.text()) == (2, "1件を取り込む")
    assert read_roster(wizard.app_context.store, event_id=1).rows == ()


def test_a_row_without_a_name_is_named_by_its_line_alone(hand_in):
    wizard = hand_in(row(1, "見本　一"), row(2, ""))
    assert "決めていない行（3行め）は入りません" in wizard.foot.words.plain_text()


def test_the_list_begins_with_the_rows_that_ask_and_the_bar_names_them(screen, hand_in):
    wizard = hand_in(row(1, "見本　一"), row(2, "?本　二"), row(3, "?本　三"))
    assert [one.name for one in wizard.rows.table.view.rows.records()] == ["?本　二", "?本　三"]
    assert "決めていない行（3行め ?本　二 ほか1行）は入りません" in wizard.foot.words.plain_text()
    table = wizard.rows.table
    assert table.view.isColumnHidden(1), "it would be empty"
    assert "確認が必要" not in " ".join(table.model.cell(0, place).plain() for place in range(len(table.model.columns)))
    wizard.rows.chips.chips["すべて"].click()
    assert [table.model.cell(place, 1).plain() for place in range(3)] == ["新規", "確認が必要", "確認が必要"]
    assert wizard.rows.notices.isHidden(), "what needs no answer warns of nothing"


def test_after_an_import_by_the_wishes_every_roster_is_one_press_away_and_the_rest_can_be_exported(
    qtbot, screen, hand_in
):
    wizard = screen.wizard
    wizard.show_event(0)
    hand_in(
        row(1, "見本　一", wishes="Instagram講習会"),
        row(2, "見本　二", wishes="意見交換会"),
        row(3, "?本　三", wishes="意見交換会"),
    )
    do(qtbot, screen.app_context, wizard.foot.main.click)
    assert [button.text() for button in wizard.done.rosters] == [
        "第3回 Instagram講習会の参加者を開く",
        "第4回 意見交換会の参加者を開く",
    ]
    asked = []
    wizard.roster_asked.connect(asked.append)
    wizard.done.rosters[1].click()
    assert asked == [4]
    assert wizard.done.export.isEnabled()
    assert "1行" in wizard.done.export.text()


def test_the_year_of_days_is_asked_at_once_and_every_row_is_read_with_the_answer(qtbot, screen, hand_in):
    wizard = hand_in(row(8, "見本　八", at="8/8 9:00"), name="この夏.csv")
    assert (wizard.current_step, wizard.current_work.preview.count("新規")) == (2, 1), "only one year is possible"
    wizard.restart()
    wizard = hand_in(*(row(n, f"見本　{n}", at=f"12/{n} 9:00") for n in (1, 2, 3)))
    columns = wizard.columns
    assert (wizard.current_step, columns.year.hasFocus()) == (1, True)
    assert screen.wizard.current_work.preview.count("確認が必要") == 3
    columns.year.setCurrentIndex(columns.year.findText("本日までの1年のうちの日"))
    do(qtbot, screen.app_context, lambda: columns.year.activated.emit(columns.year.currentIndex()))
    assert wizard.current_work.preview.count("新規") == 3
    wizard.restart()
    wizard = hand_in(row(9, "見本　九", at="12/9 9:00"), name="つぎ.csv")
    assert columns.chosen_year() is None
    assert wizard.current_work.preview.count("確認が必要") == 1


def test_columns_that_no_field_took_stand_with_their_values_and_are_asked_about_once(qtbot, screen, tmp_path):
    heads = "受付日,氏名,団体名,電話番号,Wi-Fiに接続したことがありますか,この講習会を何で知りましたか,当日のごようす"
    lines = [
        f"2026/9/{n},見本　{n},みほん一丁目町会,03-0000-190{n},ある,{heard},{told}"
        for n, heard, told in (
            (1, "回覧板", "欠席します"),
            (2, "回覧板", "写真は載せないでください"),
            (3, "区報", "欠席"),
        )
    ]
    path = tmp_path / "申込.csv"
    path.write_text("\r\n".join([heads, *lines]) + "\r\n", encoding="utf-8")
    wizard = screen.wizard
    do(qtbot, screen.app_context, lambda: wizard.show_file(path))
    shown = {line.column.index: line for line in wizard.columns.mapping.open.open_lines()}
    assert wizard.current_step == 1
    assert [line.column.values_words for line in shown.values()][:2] == ["「ある」3", "「回覧板」2　「区報」1"]
    assert [line.chosen for line in shown.values()] == ["", "", None]
    assert [one.text() or one.word for one in shown[6].answers.buttons()] == ["本人のことば", "数だけ残す", "使わない"]
    assert "「使わない」の列の答えは、取り込んだあとでは見られません" in wizard.foot.words.plain_text()
    wizard.foot.main.click()
    assert (wizard.current_step, wizard.foot.main.text()) == (1, "のこり1列を選ぶ")
    assert screen.focusWidget() is shown[6].box
    answer_column(shown[5], "")
    QTest.keyClick(shown[5].answers.buttons()[-1], Qt.Key.Key_Left)
    assert shown[5].chosen == COUNTED
    answer_column(shown[6], "care")
    assert (shown[6].chosen, shown[6].answers.checkedButton()) == ("care", None)
    answer_column(shown[6], "note")
    assert (shown[6].chosen, shown[6].box.currentText()) == ("note", "欄に入れる")
    wait_idle(qtbot, screen.app_context)
    assert wizard.foot.main.text() == "つぎへ（残り1列は使わない）"
    do(qtbot, screen.app_context, wizard.foot.main.click)
    assert wizard.current_step == 2
    assert {row.outcome for row in wizard.current_work.preview.rows} == {"確認が必要"}
    do(qtbot, screen.app_context, lambda: wizard.show_file(path))
    assert wizard.current_step == 2
    wizard.rows.back.click()
    assert [line.chosen for line in wizard.columns.mapping.open.open_lines()] == ["", COUNTED]
