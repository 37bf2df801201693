"""申込を取り込む on the screen: from the file to the roster by mouse and keyboard, and back."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from app.documents.screens.save_dialog import ENCRYPTED, PLAIN, SaveDialog
from app.events.applications.screens.applications_screen import ApplicationsScreen
from app.events.applications.screens.rows_page import RowCorrectionDialog
from app.events.applications.screens.wizard_pages import ContactDialog
from app.events.applications.services import applications as service
from app.events.roster.services.roster import read_roster
from tests.support.application_rows import BY, NOW, row, write_csv, year_store
from tests.support.doing import do
from tests.support.mapping import choose_columns
from tests.support.pressing import press_key
from tests.support.sample_desk import shown
from tests.support.stores import made_by
from tests.support.waiting import press, wait_idle

ROWS = (
    row(1, "髙橋　みほん", 人数="2"),
    row(2, "?田　みほん"),
    row(3, "佐藤　みほん", "みほん親和町会"),
    row(4, "鈴木　みほん", wishes="Instagram講習会"),
)

store = made_by(
    lambda place: year_store(
        place / "year", organisations=[("第1支部", "みほん一丁目町会"), ("第3支部", "みほん親和会")]
    )
)


@pytest.fixture
def desk(desk_at):
    return desk_at(NOW, user_name=BY, undoes=True)


@pytest.fixture
def screen(qtbot, desk):
    return shown(qtbot, ApplicationsScreen(desk), desk, active=True, event_id=1)


@pytest.fixture
def hand_in(qtbot, screen, tmp_path):
    """Choose a file of these rows by the button of the page."""

    def run(*rows, name="申込.csv"):
        path = write_csv(tmp_path / name, rows)
        screen.wizard.ask_file = lambda: path
        press(qtbot, screen.app_context, screen.wizard.start.choose_button)
        return path

    return run


def counts(screen):
    return {word: chip.count for word, chip in screen.wizard.rows.chips.chips.items()}


def dialog(screen, kind):
    return [one for one in screen.window().findChildren(kind) if one.isVisible()][-1]


def act_on(qtbot, screen, line):
    """Press 直す in a row of the list."""
    table = screen.wizard.rows.table
    assert table.choose(lambda one: one.line == line)
    press_key(qtbot, screen.app_context, table.view, Qt.Key.Key_Space)
    return dialog(screen, RowCorrectionDialog)


def test_a_file_goes_to_the_rows_with_chips_that_add_up_and_nothing_is_saved(qtbot, screen, store, hand_in):
    hand_in(*ROWS)
    wizard = screen.wizard
    assert screen.steps.at == 2
    assert counts(screen) == {"すべて": 4, "新規": 1, "更新": 0, "重複": 0, "確認が必要": 2, "取り込まない": 1}
    seen = [word for word, chip in wizard.rows.chips.chips.items() if not chip.isHidden()]
    assert seen == ["すべて", "新規", "確認が必要", "取り込まない"]
    wizard.rows.chips.chips["確認が必要"].click()
    assert wizard.rows.table.model.rowCount() == 2
    assert wizard.foot.main.text() == "1件（2人分）を取り込む"
    assert "まだ保存していません" in wizard.foot.words.plain_text()
    assert read_roster(store, event_id=1).rows == ()


def test_the_rows_are_taken_in_by_one_press_and_taken_back_by_undo(qtbot, screen, store, hand_in):
    hand_in(*ROWS)
    assert screen.has_unsaved_work
    with qtbot.waitSignal(screen.app_context.message_shown) as told:
        qtbot.mouseClick(screen.wizard.foot.main, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, screen.app_context)
    assert not screen.has_unsaved_work
    assert told.args == ["1件の申込を取り込みました（2人分）。取り込まなかった行が3行あります。", True]
    assert len(read_roster(store, event_id=1).coming_rows) == 2
    assert screen.steps.at == 4
    do(qtbot, screen.app_context, screen.app_context.undo)
    assert read_roster(store, event_id=1).rows == ()
    assert screen.wizard.current_step == 0


def test_other_words_behind_a_name_go_into_the_remark_of_the_roster(qtbot, screen, store, hand_in):
    hand_in(row(1, "宮﨑　みほん（遅れます）"))
    [line] = screen.wizard.current_work.preview.rows
    mending = act_on(qtbot, screen, line.line)
    said = "".join(one.text() for one in mending.findChildren(QLabel))
    assert "ほかの言葉は、下の「配慮」か「備考」へ書きます。" in said
    mending.form.set_values({"name": "宮﨑　みほん", "note": "遅れます"})
    press(qtbot, screen.app_context, mending.main)
    again = act_on(qtbot, screen, line.line)
    assert again.form.value("note") == "遅れます", "what was typed is there to be changed"
    press(qtbot, screen.app_context, again.main)
    press(qtbot, screen.app_context, screen.wizard.foot.main)
    [entered] = read_roster(store, event_id=1).rows
    assert (entered.name, entered.entry.note, entered.entry.care) == ("宮﨑　みほん", "遅れます", "")


def test_a_row_that_is_the_application_of_an_earlier_one_is_named_with_it(qtbot, screen, hand_in):
    twice = row(2, "髙橋　みほん", phone="03-0000-0001", at="2026/09/03 9:00")
    other = row(3, "佐藤　みほん", 人数="2")
    hand_in(row(1, "髙橋　みほん"), twice, other, row(4, "佐藤　みほん", phone="03-0000-0003", at="2026/09/06 9:00"))
    press(qtbot, screen.app_context, screen.wizard.foot.main)
    assert "3件の申込を取り込みました（3人分）。" in screen.wizard.done.said.plain_text()
    assert screen.wizard.done.joined.plain_text().split("\n") == [
        "同じ人の申込は、名簿では1つにまとめました。",
        "3行目の髙橋　みほんさんは、2行目と同じ人です。",
        "5行目の佐藤　みほんさんは、4行目と同じ人です。",
    ]
    press(qtbot, screen.app_context, screen.wizard.done.again)
    hand_in(row(1, "髙橋　みほん"), row(6, "鈴木　みほん"), name="翌週.csv")
    press(qtbot, screen.app_context, screen.wizard.foot.main)
    assert screen.wizard.done.joined.plain_text() == "", "what was imported before is no row of this file"


def test_an_organisation_typed_in_place_is_taken_in_as_it_was_typed(qtbot, screen, store, hand_in):
    hand_in(*ROWS)
    mending = act_on(qtbot, screen, 4)
    mending.finder.line.setText("大泉学園町会")
    do(qtbot, screen.app_context, lambda: mending.finder.line.textEdited.emit("大泉学園町会"))
    press(qtbot, screen.app_context, mending.main)
    assert counts(screen)["新規"] == 2
    # What is opened again shows what was typed, and closing it so changes nothing.
    mending = act_on(qtbot, screen, 4)
    assert mending.finder.text == "大泉学園町会"
    press(qtbot, screen.app_context, mending.main)
    press(qtbot, screen.app_context, screen.wizard.foot.main)
    assert "大泉学園町会" in [row.organisation_name for row in read_roster(store, event_id=1).rows]


def test_a_row_is_set_right_in_place_by_choosing_the_organisation(qtbot, screen, store, hand_in):
    hand_in(*ROWS)
    mending = act_on(qtbot, screen, 4)
    assert mending.finder.list.item(0).text() == "みほん親和会　第3支部"
    qtbot.keyClick(mending.finder.line, Qt.Key.Key_Down)
    qtbot.keyClick(mending.finder.line, Qt.Key.Key_Return)
    press(qtbot, screen.app_context, mending.main)
    assert counts(screen)["新規"] == 2
    assert screen.wizard.rows.table.current().line == 3, "the next key decides what is still asked"
    mending = act_on(qtbot, screen, 3)
    mending.form.editor("name").setText("𠮷田　みほん")
    mending.form.editor("name").textEdited.emit("𠮷田　みほん")
    press(qtbot, screen.app_context, mending.main)
    assert counts(screen)["確認が必要"] == 0
    press(qtbot, screen.app_context, screen.wizard.foot.main)
    rows = read_roster(store, event_id=1).rows
    assert [(one.name, one.organisation_name) for one in rows if one.person] == [
        ("髙橋　みほん", "みほん一丁目町会"), ("𠮷田　みほん", "みほん一丁目町会"), ("佐藤　みほん", "みほん親和会"),
    ]  # fmt: skip


def test_doubtful_rows_come_in_marked_when_the_box_is_ticked(qtbot, screen, store, hand_in):
    hand_in(*ROWS)
    do(qtbot, screen.app_context, screen.wizard.rows.doubtful.click)
    assert screen.wizard.foot.main.text() == "3件（4人分）を取り込む"
    press(qtbot, screen.app_context, screen.wizard.foot.main)
    assert sum(bool(one.entry.doubtful) for one in read_roster(store, event_id=1).rows) == 2


def test_what_is_not_read_is_said_and_contacts_have_a_day_of_disposal_that_can_be_changed(
    qtbot, screen, hand_in, store
):
    hand_in(*ROWS)
    screen.wizard.rows.back.click()
    page = screen.wizard.columns
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "生年月日、性別" in words
    assert "令和9年4月30日（金）" in words
    do(qtbot, screen.app_context, page.mend.click)
    changing = dialog(screen, ContactDialog)
    changing.form.set_values({"dispose_on": date(2027, 5, 31)})
    press(qtbot, screen.app_context, changing.main)
    assert screen.wizard.current_work.preview.rule.dispose_on == date(2027, 5, 31)


def test_a_file_dropped_on_the_page_is_shown(qtbot, screen, tmp_path):
    path = write_csv(tmp_path / "申込.csv", ROWS)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, button, none)
    QApplication.sendEvent(screen.wizard, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(screen.wizard, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, none))
    wait_idle(qtbot, screen.app_context)
    assert screen.wizard.current_step == 2


def test_a_file_that_cannot_be_taken_is_said_on_the_first_page(qtbot, screen, tmp_path):
    (tmp_path / "空.csv").write_bytes(b"")
    screen.wizard.ask_file = lambda: tmp_path / "空.csv"
    do(qtbot, screen.app_context, screen.wizard.start.choose_button.click)
    assert screen.wizard.current_step == 0
    assert "空のファイル" in screen.wizard.start.problem.words()


def test_columns_are_corrected_by_hand_and_used_again_next_time(qtbot, screen, hand_in):
    hand_in(*ROWS)
    wizard = screen.wizard
    wizard.rows.back.click()
    lines = wizard.columns.mapping.table.lines
    role = lines["role"].columns
    choose_columns(lines["role"], ())
    choose_columns(lines["note"], role)
    wait_idle(qtbot, screen.app_context)
    press(qtbot, screen.app_context, wizard.foot.main)
    assert wizard.current_step == 2
    wizard.restart()
    hand_in(*ROWS)
    assert wizard.current_work.preview.mapped.is_remembered
    assert "note" in {one.field for one in wizard.current_work.preview.mapped.columns}


def test_without_an_event_an_open_wish_is_asked_before_the_rows(qtbot, screen, store, hand_in):
    do(qtbot, screen.app_context, lambda: screen.choose_event(0))
    hand_in(*ROWS)
    wizard = screen.wizard
    assert wizard.current_step == 1
    box = wizard.columns.wishes["LINE講習会"]
    box.setCurrentIndex(box.findData(2))
    do(qtbot, screen.app_context, lambda: box.activated.emit(box.currentIndex()))
    press(qtbot, screen.app_context, wizard.foot.main)
    assert wizard.current_step == 2
    press(qtbot, screen.app_context, wizard.foot.main)
    assert [len(read_roster(store, event_id=one).coming_rows) for one in (1, 2, 3)] == [0, 2, 1]


def test_an_import_is_taken_back_from_the_list_of_imports(qtbot, screen, store, hand_in):
    hand_in(*ROWS)
    do(qtbot, screen.app_context, screen.wizard.foot.main.click)
    screen.wizard.done.again.click()
    imports = screen.wizard.start.imports
    imports.choose(lambda _line: True)
    press_key(qtbot, screen.app_context, imports.view, Qt.Key.Key_Space)
    assert service.list_imports(store) == ()
    assert read_roster(store, event_id=1).rows == ()


def test_the_rows_that_stay_out_leave_as_a_workbook_that_asks_for_encryption(qtbot, screen, hand_in, tmp_path):
    hand_in(*ROWS)
    button = screen.wizard.foot.export
    assert button.text() == "入らない3行をExcelに出力"
    press(qtbot, screen.app_context, button)
    saving = dialog(screen, SaveDialog)
    assert saving.form.value("way") == ENCRYPTED
    folder = tmp_path / "出力"
    folder.mkdir()
    saving.choose_folder(folder)
    saving.form.set_values({"way": PLAIN, "reason": "見本の確認"})
    saving.form.changed.emit("way")
    press(qtbot, screen.app_context, saving.main)
    sheet = openpyxl.load_workbook(next(folder.glob("*.xlsx"))).active
    cells = [[str(cell.value or "") for cell in line] for line in sheet.iter_rows()]
    head = next(line for line in cells if line[:4] == ["行", "結果", "理由", "受付番号"])
    assert "生年月日" not in head
    below = cells[cells.index(head) + 1 :]
    assert [line[:2] for line in below] == [["3", "確認が必要"], ["4", "確認が必要"], ["5", "取り込まない"]]


def test_another_file_chosen_meanwhile_wins(qtbot, screen, tmp_path):
    first = write_csv(tmp_path / "一.csv", ROWS)
    second = write_csv(tmp_path / "二.csv", ROWS[:1])
    screen.wizard.show_file(first)
    do(qtbot, screen.app_context, lambda: screen.wizard.show_file(second))
    assert screen.wizard.current_work.preview.file_name == "二.csv"
    assert counts(screen)["すべて"] == 1
