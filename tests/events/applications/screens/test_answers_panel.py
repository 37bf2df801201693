"""先に決める返事 on the screen: the questions stand first, by the keyboard alone, one press for all their rows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.events.applications.screens.applications_screen import ApplicationsScreen
from app.events.applications.screens.rows_page import RowCorrectionDialog
from app.events.roster.services.roster import read_roster
from tests.support.application_rows import BY, NOW, year_store
from tests.support.doing import do
from tests.support.layout import ACROSS, CUT, OUTSIDE, faults_of
from tests.support.pressing import press_key
from tests.support.sample_desk import shown
from tests.support.stores import made_by
from tests.support.waiting import wait_idle

HEAD = ("氏名", "団体名", "電話番号", "写真掲載の可否", "状態", "備考")
LINES = (
    ("見本 一", "見本町会", "03-0000-0001", "後ろ姿なら可", "受付済", ""),
    ("見本 二、見本 三", "見本町会", "", "後ろ姿なら可", "受付済", ""),
    ("見本 四", "見本町会", "03-0000-0004", "可", "保留", ""),
    ("見本 五", "見本町会", "03-0000-0005", "可", "受付済", "辞退します"),
)

store = made_by(year_store)


@pytest.fixture
def screen(qtbot, desk_at, tmp_path):
    desk = desk_at(NOW, user_name=BY, undoes=True)
    made = shown(qtbot, ApplicationsScreen(desk), desk, width=1093, height=590, active=True, event_id=1)
    path = tmp_path / "申込.csv"
    path.write_text("".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in (HEAD, *LINES)), "utf-8")
    do(qtbot, desk, lambda: made.wizard.show_file(path))
    return made


def press(qtbot, screen, *keys):
    for key in keys:
        press_key(qtbot, screen.app_context, QApplication.focusWidget(), key)


def test_the_keyboard_stands_at_the_first_question_and_each_press_goes_on(qtbot, screen, store):
    panel = screen.wizard.rows.answers
    assert [line.asked.words for line in panel.lines] == ["後ろ姿なら可", "保留", "辞退します"]
    assert panel.lines[0].isAncestorOf(QApplication.focusWidget())
    assert panel.mapTo(screen, panel.rect().topLeft()).y() < screen.wizard.rows.chips.mapTo(screen, panel.pos()).y()
    keys = "のこり 3件　数字で答えると、つぎへ進みます　↑↓ で選び直す"
    assert panel.keys.text() == keys, "measured at the width that the page has got"
    assert QApplication.focusWidget().word == "条件つき", "whoever presses Enter in a hurry permits nothing"
    press(qtbot, screen, Qt.Key.Key_2)
    assert panel.keys.text().startswith("のこり 2件"), "some lie below the fold"
    assert panel.lines[0].asked.answer == "不可"
    assert panel.lines[1].isAncestorOf(QApplication.focusWidget())
    press(qtbot, screen, Qt.Key.Key_Up, Qt.Key.Key_1, Qt.Key.Key_1)
    assert [line.asked.answer for line in panel.lines[:2]] == ["可", "参加"]
    press(qtbot, screen, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert [line.asked.answer for line in panel.lines[:2]] == ["可", "取下げ"]
    assert QApplication.focusWidget().word == "欠席", "what the words say is proposed: 辞退します"
    do(qtbot, screen.app_context, lambda: qtbot.mouseClick(screen.wizard.foot.main, Qt.MouseButton.LeftButton))
    assert {row.name: row.entry.photo for row in read_roster(store, event_id=1).rows} == {"見本 一": "可"}


@pytest.mark.styled
@pytest.mark.parametrize(("width", "below"), [(1166, False), (917, True), (735, True), (587, True)])
def test_the_eight_answers_about_own_words_leave_the_words_their_room(qtbot, screen, width, below):
    screen.resize(width, 430)
    wait_idle(qtbot, screen.app_context)
    panel = screen.wizard.rows.answers
    line = panel.lines[-1]
    told = next(one for one in line.findChildren(QLabel) if one.text() == "「辞退します」")

    assert len(line.buttons) == 8
    assert (line.buttons[0].y() + line.buttons[0].parentWidget().y() > told.y() + told.height()) is below
    assert told.width() >= 240
    assert [one for one in faults_of(panel) if one.kind in (OUTSIDE, ACROSS, CUT)] == []
    assert panel.keys.width() >= panel.keys.sizeHint().width(), "the hint is left out before it is cut"


def test_people_of_one_row_are_parted_a_number_is_given_and_who_declines_is_kept(qtbot, screen, store):
    rows = screen.wizard.rows
    press(qtbot, screen, Qt.Key.Key_2)
    rows.table.choose(lambda row: row.line == 3)
    press_key(qtbot, screen.app_context, rows.table.view, Qt.Key.Key_2)
    dialog = [one for one in screen.window().findChildren(RowCorrectionDialog) if one.isVisible()][-1]
    assert (dialog.form.value("name"), dialog.form.value("companions")) == ("見本 二", "見本 三")
    dialog.form.set_values({"phone": "0"})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    dialog.form.set_values({"phone": "03-0000-0002", "photo": "空のまま"})
    do(qtbot, screen.app_context, lambda: qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton))
    rows.table.choose(lambda row: row.line == 5)
    press_key(qtbot, screen.app_context, rows.table.view, Qt.Key.Key_4)
    do(qtbot, screen.app_context, lambda: qtbot.mouseClick(screen.wizard.foot.main, Qt.MouseButton.LeftButton))
    assert {row.name: (row.entry.photo, row.entry.state) for row in read_roster(store, event_id=1).rows} == {
        "見本 一": ("不可", "申込"), "見本 二": ("", "申込"), "見本 三": ("", "申込"), "見本 五": ("可", "辞退"),
    }  # fmt: skip


def test_how_a_consent_is_read_stands_in_each_row_at_every_width_and_follows_the_answer(qtbot, screen):
    rows = screen.wizard.rows.table.view.rows
    screen.wizard.rows.chips.chips["すべて"].click()
    screen.wizard.rows.take_focus()
    places = {column.key: at for at, column in enumerate(rows.columns)}

    def shown():
        return {row.line: rows.cell(at, places["outcome"]).second for at, row in enumerate(rows.records())}

    assert screen.width() == 1093, "as at 125 %"
    assert not screen.wizard.rows.table.view.isColumnHidden(places["outcome"])
    assert shown() == {2: "", 3: "", 4: "撮影 可", 5: "撮影 可"}
    press(qtbot, screen, Qt.Key.Key_2)
    assert shown() == {2: "撮影 不可", 3: "撮影 不可", 4: "撮影 可", 5: "撮影 可"}


def test_another_file_asks_anew(qtbot, screen, tmp_path):
    press(qtbot, screen, Qt.Key.Key_1)
    do(qtbot, screen.app_context, lambda: screen.wizard.show_file(tmp_path / "申込.csv"))
    assert [line.asked.answer for line in screen.wizard.rows.answers.lines] == ["", "", ""]


LONG = "タブレットをお持ちになりますかとの問いには、目が弱いため大きな画面のものを持ってまいります。どうぞよろしく"


def test_the_question_in_turn_is_in_sight_as_a_whole_and_three_are_shown(qtbot, screen, tmp_path):
    lines = [(f"見本 {n}人", "見本町会", f"03-0000-000{n}", "可", "受付済", f"{n}番 {LONG}") for n in range(1, 9)]
    path = tmp_path / "長い.csv"
    path.write_text("".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in (HEAD, *lines)), "utf-8")
    screen.resize(1366 - 176, 700)
    do(qtbot, screen.app_context, lambda: screen.wizard.show_file(path))
    panel = screen.wizard.rows.answers
    for line in range(8):
        QApplication.processEvents()
        assert panel.lines[line].isAncestorOf(QApplication.focusWidget())
        assert panel.lines[line].visibleRegion().boundingRect() == panel.lines[line].rect(), line
        press(qtbot, screen, Qt.Key.Key_7)
    seen = [one for one in panel.lines if not one.visibleRegion().isEmpty()]
    assert len(seen) <= 4, "the rows below stay in sight"


def test_twenty_five_applications_go_from_the_file_to_the_roster_in_fifteen_presses(qtbot, screen, store, tmp_path):
    given = "一二三四五六七八九十"
    names = [f"見本 {one}{two}" for one in given[:3] for two in given][:24]
    told = {3: "写真に写りたくないです", 9: "娘も一緒に伺います", 15: "会場の地図をください"}
    lines = [
        (name, "見本町会", f"03-0000-01{at:02}", "後ろ姿なら可" if at == 6 else "可", "受付済", told.get(at, ""))
        for at, name in enumerate(names)
    ]
    lines.append((names[0], "見本町会", "03-0000-0100", "不可", "受付済", ""))
    path = tmp_path / "二十五.csv"
    path.write_text("".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in (HEAD, *lines)), "utf-8")
    do(qtbot, screen.app_context, lambda: screen.wizard.show_file(path))
    rows, pressed = screen.wizard.rows, ["file", "roster"]
    pressed += [Qt.Key.Key_Return] * len(rows.answers.lines)
    press(qtbot, screen, *pressed[2:])
    [waiting] = [row for row in screen.wizard.current_work.preview.rows if row.outcome == "確認が必要"]
    assert rows.table.view.hasFocus(), "with the last answer the keyboard goes on to the row that waits"
    assert rows.table.current().line == waiting.line
    press_key(qtbot, screen.app_context, rows.table.view, Qt.Key.Key_2)
    dialog = [one for one in screen.window().findChildren(RowCorrectionDialog) if one.isVisible()][-1]
    dialog.form.set_values({"companions": "見本 花子"})
    do(qtbot, screen.app_context, lambda: qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton))
    pressed += ["row", "2", "companion", "set right"]
    do(qtbot, screen.app_context, lambda: qtbot.mouseClick(screen.wizard.foot.main, Qt.MouseButton.LeftButton))
    photos = {row.name: row.entry.photo for row in read_roster(store, event_id=1).rows}
    assert len(pressed) <= 15
    assert len(photos) == 25
    assert {name: one for name, one in photos.items() if one != "可"} == {
        "見本 花子": "", names[0]: "不可", names[3]: "不可", names[6]: "条件つき"
    }  # fmt: skip
