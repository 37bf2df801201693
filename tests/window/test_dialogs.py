"""Dialogs fit a small screen, have verbs on their buttons, and never close over running work."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.actions.user_error import UserError
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReasonDialog, SavingDialog
from app.widgets.dialogs.dialog_frame import CAN_UNDO, DialogFrame, confirm_first
from app.widgets.labels import Paragraph
from app.widgets.layouts import front_window
from app.widgets.lists.record_model import Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from tests.support.sample_desk import empty_screen
from tests.support.waiting import in_front, wait_idle
from tests.support.window_parts import office_form


def owner_of(qtbot, width: int = 911, height: int = 512) -> QWidget:
    owner = QWidget()
    # The bot knows its widgets weakly: an owner that no test names would go, and its dialog with it.
    qtbot.addWidget(owner, before_close_func=lambda _widget, _kept=owner: None)
    owner.resize(width, height)
    owner.show()
    return owner


def dialog_of(qtbot, *said: str, **given) -> DialogFrame:
    return DialogFrame(*said, parent=owner_of(qtbot), **given)


def test_a_long_dialog_fits_the_small_screen_and_scrolls_in_the_middle(qtbot):
    dialog = dialog_of(qtbot, "日付を変える", "第3回 LINE講習会", main="保存する", note=CAN_UNDO, width=880)
    dialog.put(office_form())
    dialog.put(office_form())
    dialog.show()
    assert dialog.width() <= 880
    assert dialog.height() <= 440
    assert dialog.main.isVisible()
    assert dialog.main.geometry().bottom() <= dialog.height()
    dialog.close()


def test_a_short_dialog_is_as_tall_as_its_content_without_a_scroll_bar(qtbot):
    owner = owner_of(qtbot, 1366, 768)
    dialog = DialogFrame("日付を変える", main="保存する", parent=owner)
    dialog.put(office_form())
    dialog.show()
    qtbot.waitUntil(lambda: not dialog._scroll.verticalScrollBar().isVisible())
    dialog.close()


def test_a_dialog_that_only_shows_says_on_its_button_that_escape_closes_it(qtbot):
    assert dialog_of(qtbot, "控え", cancel="閉じる").cancel.key == "Esc"
    both = dialog_of(qtbot, "受領", main="受領する")
    assert (both.main.key, both.cancel.key) == ("Ctrl+Enter", "")


def test_the_main_button_confirms_without_closing_and_escape_leaves(qtbot):
    dialog = dialog_of(qtbot, "受領", main="受領する")
    dialog.show()
    with qtbot.waitSignal(dialog.confirmed):
        dialog.main.click()
    assert dialog.isVisible()
    dialog.set_busy(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.set_busy(False)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_main_button_that_the_dialog_disabled_stays_so_after_work(qtbot):
    dialog = dialog_of(qtbot, "1件にまとめる", main="1件にまとめる")
    dialog.set_main("1件にまとめる", enabled=False)
    dialog.show()
    dialog.set_busy(True)
    dialog.set_busy(False)
    assert not dialog.main.isEnabled()

    dialog.set_busy(True)
    dialog.set_main("1件にまとめる")
    assert not dialog.main.isEnabled()
    dialog.set_busy(False)
    assert dialog.main.isEnabled()
    dialog.close()


def test_ctrl_enter_confirms_from_a_text_of_several_lines(qtbot):
    dialog = dialog_of(qtbot, "理由", main="保存する")
    form = office_form()
    dialog.put(form)
    dialog.show()
    box = form.editor("reason")
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    with qtbot.waitSignal(dialog.confirmed):
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog.close()


def test_a_question_before_something_final_has_a_verb_and_rests_on_yameru(qtbot):
    owner = owner_of(qtbot)
    done = []
    dialog = confirm_first(
        owner,
        title="参加者を削除する",
        text="3人の記録を消します。",
        verb="3人を削除する",
        on_confirmed=lambda: done.append(1),
    )
    assert (dialog.main.text(), dialog.main.property("kind")) == ("3人を削除する", "danger")
    assert dialog.cancel.isDefault()
    dialog.main.click()
    assert done == [1]


def test_enter_never_does_what_cannot_be_taken_back(qtbot):
    done: list[bool] = []
    dialog = dialog_of(qtbot, "利用を止める", main="利用を止める", main_kind="danger")
    dialog.confirmed.connect(lambda: done.append(True))
    box = QLineEdit()
    dialog.put(box)
    dialog.show()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert done == []
    assert not dialog.isVisible()


def test_enter_presses_the_button_that_has_the_focus(qtbot):
    dialog = dialog_of(qtbot, "受領", main="受領する")
    confirmed: list[bool] = []
    dialog.confirmed.connect(lambda: confirmed.append(True))
    dialog.show()
    dialog.cancel.setFocus()
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert not confirmed


def test_a_double_click_on_a_button_counts_once_but_arrows_follow_every_click(qtbot):
    counted: list[str] = []
    for kind in ("plain", "icon"):
        button = Button("つぎ", lambda kind=kind: counted.append(kind), kind=kind, icon_name="arrow-down")
        qtbot.addWidget(button)
        button.show()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert counted == ["plain", "icon", "icon"]


def test_a_closed_dialog_goes_with_all_its_parts(qtbot):
    owner = owner_of(qtbot)
    standing = set(QApplication.allWidgets())
    for close in (DialogFrame.reject, DialogFrame.accept, DialogFrame.close):
        dialog = DialogFrame("受領", main="受領する", parent=owner)
        dialog.put(office_form())
        columns = (Column(key="title", title="件名", show=str),)
        dialog.put(RecordTable("closed", columns, title="一覧", empty="ありません。", filtered=False, foot=False))
        dialog.open()
        with qtbot.waitSignal(dialog.destroyed):
            close(dialog)
    assert set(QApplication.allWidgets()) <= standing


def test_however_much_is_typed_title_and_buttons_stay_within_the_window(qtbot):
    owner = owner_of(qtbot, 911, 512)
    dialog = DialogFrame("日付を変える", main="保存する", full=True, parent=owner)
    dialog.put(office_form())
    dialog.open()
    before = (dialog.height(), dialog.main.y())
    for _more in range(4):
        dialog.put(office_form())
        dialog.fit_to_content()
    assert (dialog.height(), dialog.main.y()) == before
    assert dialog.height() <= 440
    dialog.close()


@pytest.mark.parametrize("size", [(911, 512), (1366, 728)])
def test_a_dialog_that_grows_at_the_foot_of_the_screen_moves_up(qtbot, size):
    owner = owner_of(qtbot, *size)
    dialog = DialogFrame("受領", main="受領する", parent=owner)
    dialog.open()
    shown = dialog.screen().availableGeometry().united(owner.frameGeometry())
    dialog.move(dialog.x(), shown.bottom() - dialog.height())
    for _more in range(4):
        dialog.put(office_form())
    dialog.fit_to_content()
    # A task bar may lie below the window.
    assert dialog.frameGeometry().bottom() <= owner.frameGeometry().bottom()
    assert dialog.frameGeometry().top() >= shown.top()
    dialog.close()


def test_a_dialog_begins_at_its_first_field_and_gives_the_keyboard_back(qtbot):
    owner = owner_of(qtbot)
    came_from = QLineEdit(owner)
    came_from.show()
    in_front(qtbot, owner)
    came_from.setFocus()
    dialog = DialogFrame("受領", main="受領する", parent=owner)
    dialog.put(Button("消す", kind="danger"))
    form = office_form()
    dialog.put(form)
    dialog.open()
    assert dialog.focusWidget() is form.editor(form.fields[0].key)

    dialog.accept()
    qtbot.waitUntil(came_from.hasFocus)


def test_without_a_field_a_dialog_begins_at_its_button_but_never_at_one_in_red(qtbot):
    owner = owner_of(qtbot)
    for kind, first in (("main", "受領する"), ("danger", "やめる")):
        dialog = DialogFrame("受領", main="受領する", main_kind=kind, parent=owner)
        dialog.put(Paragraph("受領した日を記録します。"))
        dialog.open()
        assert dialog.focusWidget().text() == first
        dialog.close()


def test_typed_words_are_asked_about_before_they_are_thrown_away(qtbot):
    dialog = dialog_of(qtbot, "受領", main="受領する")
    box = QLineEdit()
    dialog.put(box)
    dialog.open()
    qtbot.keyClicks(box, "memo")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    question = dialog.findChildren(DialogFrame)[-1]
    assert dialog.isVisible()
    assert question.focusWidget() is question.cancel
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert box.text() == "memo"

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    question = next(each for each in dialog.findChildren(DialogFrame) if each.isVisible())
    qtbot.mouseClick(question.main, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_what_the_program_filled_in_is_thrown_away_without_a_question(qtbot):
    dialog = dialog_of(qtbot, "受領", main="受領する")
    box = QLineEdit()
    dialog.put(box)
    dialog.open()
    box.setText("12/1")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_refusal_is_said_in_the_dialog_above_its_buttons(qtbot, desk):
    owner = empty_screen(qtbot, desk)
    dialog = SavingDialog(owner, "受領", main="受領する")
    box = QLineEdit("ちがう日")
    dialog.put(box)
    dialog.open()

    def refuse(_store: object) -> None:
        raise UserError("受領した日が先の日付です。", "本日までの日を入れてください。")

    dialog.run_change(refuse)
    qtbot.waitUntil(dialog.refusal.isVisible)
    assert "先の日付" in dialog.refusal.words()
    assert box.text() == "ちがう日"
    assert dialog.main.isEnabled()
    dialog.confirmed.connect(lambda: None)  # what is wrong the next time is said elsewhere, under its field
    dialog.main.click()
    assert not dialog.refusal.isVisible()
    dialog.close()


def test_a_note_that_keeps_its_place_moves_nothing_when_it_has_something_to_say(qtbot):
    owner = owner_of(qtbot)
    note, below = NoteBox(tone="amber", reserve=2), QLineEdit()
    column = QVBoxLayout(owner)
    column.addWidget(note)
    column.addWidget(below)
    column.addStretch(1)
    qtbot.waitUntil(lambda: below.y() > 0)
    place = below.y()
    for words in ("合計が90分です。", "合計が90分です。\n質問の時間がありません。", ""):
        note.show_text(words)
        column.activate()
        assert below.y() == place
    assert note.isVisible()


def test_a_usual_reason_is_taken_with_alt_and_its_number_and_enter_goes_on(qtbot, desk):
    owner = empty_screen(qtbot, desk)
    given: list[str] = []
    dialog = ReasonDialog(
        owner,
        "照合せず確定する",
        "",
        verb="照合せず確定する",
        text="",
        usual_reasons=("集計が未着", "照合しない"),
        change=lambda reason: lambda _store: given.append(reason),
    )
    dialog.show()
    in_front(qtbot, dialog)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert dialog.form.value("reason") == "照合しない"
    assert given == []

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    wait_idle(qtbot, desk)
    assert given == ["照合しない"]


def test_a_dialog_stands_over_the_middle_of_its_owner_wherever_the_system_began_it(qtbot):
    """Windows begins a window somewhere else; moved from there before it is shown, it stood at the edge."""
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.setGeometry(0, 0, 760, 560)
    owner.show()
    dialog = DialogFrame("みほん", full=True, parent=owner)
    dialog.move(600, 400)
    dialog.setAttribute(Qt.WidgetAttribute.WA_Moved, False)

    dialog.open()
    QApplication.processEvents()

    off = dialog.frameGeometry().center() - owner.frameGeometry().center()
    assert abs(off.x()) <= 12
    assert dialog.frameGeometry().bottom() <= owner.screen().availableGeometry().bottom()


@pytest.mark.parametrize("turn", range(6))
def test_in_front_is_the_dialog_that_no_other_stands_over(qtbot, turn):
    """The application names its windows in no order, so one pair would show nothing."""
    owner = owner_of(qtbot)
    assert front_window(owner) is owner
    over = owner
    for _each in range(2 + turn % 2):
        over = DialogFrame("上の画面", parent=over)
        over.show()
        assert front_window(owner) is over
    over.hide()
    assert front_window(owner) is over.parentWidget()
