"""Dialogs fit a small screen, have verbs on their buttons, and never close over running work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame, ask_before
from app.widgets.record_model import Column
from app.widgets.record_table import RecordTable
from tests.support.window_parts import office_form


def owner_of(qtbot, width: int = 911, height: int = 512) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(width, height)
    owner.show()
    return owner


def test_a_long_dialog_fits_the_small_screen_and_scrolls_in_the_middle(qtbot):
    owner = owner_of(qtbot)
    dialog = DialogFrame("日付を変える", "第3回 LINE講習会", main="保存する", note=CAN_UNDO, width=880, parent=owner)
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


def test_the_main_button_confirms_without_closing_and_escape_leaves(qtbot):
    owner = owner_of(qtbot)
    dialog = DialogFrame("受領", main="受領する", parent=owner)
    dialog.show()
    with qtbot.waitSignal(dialog.confirmed):
        dialog.main.click()
    assert dialog.isVisible()
    dialog.wait(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.wait(False)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_ctrl_enter_confirms_from_a_text_of_several_lines(qtbot):
    owner = owner_of(qtbot)
    dialog = DialogFrame("理由", main="保存する", parent=owner)
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
    dialog = ask_before(
        owner, title="参加者を削除する", text="3人の記録を消します。", verb="3人を削除する", then=lambda: done.append(1)
    )
    assert dialog.main.text() == "3人を削除する"
    assert dialog.main.property("kind") == "danger"
    assert dialog.cancel.isDefault()
    dialog.main.click()
    assert done == [1]


def test_enter_presses_the_button_that_has_the_focus(qtbot):
    owner = owner_of(qtbot)
    dialog = DialogFrame("受領", main="受領する", parent=owner)
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
