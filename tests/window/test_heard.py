"""What is spoken without the keyboard going there: results, refusals, counts, the current row below a field."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCompleter, QLineEdit, QListWidget, QVBoxLayout, QWidget

from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.widgets import note_box
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.line_completion import attach_completer
from app.widgets.lists.record_model import Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, page_column
from app.window import announce as announcing
from app.window.announce import SPOKEN_MOMENT, announce, announce_current_rows
from tests.support.waiting import in_front


@pytest.fixture
def heard(monkeypatch, qapp):
    """The words of every announcement that Qt gets, as a screen reader would."""
    words: list[str] = []
    ask = QAccessible.updateAccessibility

    def listen(event):
        words.append(event.message())
        ask(event)

    monkeypatch.setattr(announcing, "QAccessible", SimpleNamespace(isActive=lambda: True, updateAccessibility=listen))
    return words


@pytest.fixture
def window(desk, qtbot):
    class Page(Screen):
        def __init__(self, app_context):
            super().__init__(app_context)
            page_column(self).addWidget(QLineEdit())

    made = MainWindow(desk)
    qtbot.addWidget(made)
    for name, title in (("home", "ホーム"), ("events", "事業")):
        made.register_screen(ScreenEntry(screen_name=name, icon="house", title=title, factory=Page))
    made.show()
    made.go("home")
    return made


def test_the_title_of_the_window_begins_with_the_page_and_a_dialog_names_nobody(window, qtbot):
    assert window.windowTitle().startswith("ホーム － デジ活デスク（見本データ")
    window.go("events")
    assert window.windowTitle().startswith("事業 － デジ活デスク（見本データ")
    dialog = DialogFrame("参加者を直す", "見本 花子さん", parent=window)
    assert (dialog.windowTitle(), dialog.accessibleDescription()) == ("参加者を直す", "見本 花子さん")
    dialog.deleteLater()


def test_what_was_saved_is_heard_and_nothing_while_the_window_is_hidden(window, heard):
    window.undo_bar.show_text("期限を動かしました。", can_undo=True)
    assert heard == ["期限を動かしました。　元に戻せます"]
    window.hide()
    window.undo_bar.show_text("席を替わりました。", can_undo=False)
    announce(window, "隠れた画面の知らせ")
    assert len(heard) == 1
    window.show()
    announce(window, "")
    assert len(heard) == 1, "an empty sentence says nothing"


def test_a_refusal_is_heard_once_it_is_shown_and_a_quiet_note_is_not(qtbot, heard):
    dialog = DialogFrame("期限を動かす", main="保存する")
    qtbot.addWidget(dialog)
    note = NoteBox(tone="quiet")
    dialog.put(note)
    dialog.show()
    note.show_text("土日は数えません。")
    dialog.show_error_text("日付がまだ入力されていません。")
    assert heard == ["日付がまだ入力されていません。"]


def test_a_note_written_anew_with_every_line_says_only_what_is_new_in_it(qtbot, heard):
    page, note = QWidget(), NoteBox(tone="amber", said_as=lambda line: line.partition("人で")[2])
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(note)
    page.show()
    note.show_text("3人で、10人を下回ります。")
    note.show_text("6人で、10人を下回ります。\n見本町会は返事待ちです。")
    note.show_text("9人で、10人を下回ります。\n見本町会は返事待ちです。")
    assert heard == ["3人で、10人を下回ります。", "見本町会は返事待ちです。"]
    note.show_text("")
    note.show_text("9人で、10人を下回ります。")
    assert heard[2:] == ["9人で、10人を下回ります。"]


def test_a_note_over_which_the_pointer_rests_is_heard_too(qtbot, heard, monkeypatch):
    page, note = QWidget(), NoteBox(tone="red")
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(note)
    page.show()
    note.show_text("日付がまだ入力されていません。")
    monkeypatch.setattr(note_box, "pointer_below_top", lambda box: box.mapToGlobal(box.rect().bottomLeft()))
    note.show_text("日付が期間の外です。")
    note.show_text("")
    assert heard == ["日付がまだ入力されていません。", "日付が期間の外です。"]


def test_a_note_that_keeps_its_place_says_the_lines_that_are_new(qtbot, heard):
    page, note = QWidget(), NoteBox(tone="amber", reserve=2)
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(note)
    page.show()
    for words in ("合計が90分です。", "合計が90分です。", "合計が90分です。\n質問の時間がありません。"):
        note.show_text(words)
    assert heard == ["合計が90分です。", "質問の時間がありません。"]
    note.show_text("")
    note.show_text("合計が90分です。")
    assert heard[2:] == ["合計が90分です。"]


def test_who_filters_hears_how_many_are_left_and_that_there_are_none(qtbot, heard):
    table = RecordTable("heard", (Column("name", "名", lambda row: row),), title="一覧", empty="ありません。")
    qtbot.addWidget(table)
    table.show()
    table.show_rows(["あおば", "みどり", "あさひ"])
    assert heard == []
    for typed in ("あ", "だれでもない"):
        table.filter_field.setText(typed)
        table.apply_filter_now()
    assert heard == ["2件（3件から絞り込み）", "「だれでもない」に合うものはありません。"]
    table.clear_filter()
    assert heard[2:] == ["3件"]
    table.sort_by("name")
    assert heard[3:] == ["名　昇順で並べました"]


def test_the_current_row_below_a_field_is_heard_and_one_with_the_keyboard_is_left_to_the_screen_reader(qtbot, heard):
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    field, rows = QLineEdit(), QListWidget()
    column.addWidget(field)
    column.addWidget(rows)
    rows.addItems(["見本あおば町会", "見本みどり自治会"])
    announce_current_rows(rows)
    box.show()
    in_front(qtbot, box)
    field.setFocus()
    rows.setCurrentRow(1)
    assert heard == ["見本みどり自治会"]
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert rows.currentRow() == 0
    assert len(heard) == 1


def test_what_is_heard_in_a_view_of_the_past_begins_with_its_moment(qtbot, heard):
    page, inside = QWidget(), NoteBox(tone="amber")
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(inside)
    page.show()
    announce(inside, "12件")
    page.setProperty(SPOKEN_MOMENT, "11/20(金) 17:00 時点")
    announce(inside, "14件")
    page.setProperty(SPOKEN_MOMENT, "")
    announce(inside, "15件")
    assert heard == ["12件", "11/20(金) 17:00 時点　14件", "15件"]


def test_work_that_goes_on_is_spoken_of_once(window, heard):
    bar, job = window.wait_bar, SimpleNamespace(title="", can_stop=False)
    bar._long_jobs = [job]
    bar._show_first()
    bar._long_jobs = []
    bar._show_first()
    bar._long_jobs = [job]
    bar._show_first()
    job.title = "書類を作成しています"
    bar._show_first()
    assert heard == ["読み込んでいます", "書類を作成しています"]


def test_a_proposal_below_a_line_is_heard_when_it_is_current(qtbot, heard):
    line = QLineEdit()
    qtbot.addWidget(line)
    attach_completer(line, QCompleter(["見本あおば町会", "見本みどり自治会"], line))
    line.show()
    line.completer().highlighted.emit("見本あおば町会")
    assert heard == ["見本あおば町会"]
