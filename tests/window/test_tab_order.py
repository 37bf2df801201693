"""Tab reaches what stands before a focus proxy, leaves an empty list, and brings what it reaches into sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTableWidget, QVBoxLayout, QWidget

from app.widgets.dialogs.dialog_frame import DialogFrame


def _shown(qtbot, *parts: QWidget) -> DialogFrame:
    dialog = DialogFrame("見本の窓")
    qtbot.addWidget(dialog)
    dialog.put(*parts)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    return dialog


def _proxied() -> tuple[QWidget, QPushButton, QPushButton]:
    """A part whose work is its second button, which it gives the focus to."""
    box, first, second = QWidget(), QPushButton("手前"), QPushButton("本来の操作")
    column = QVBoxLayout(box)
    column.addWidget(first)
    column.addWidget(second)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setFocusProxy(second)
    return box, first, second


def test_tab_does_not_jump_over_what_stands_before_the_proxy(qtbot):
    before, (box, first, second) = QPushButton("前"), _proxied()
    dialog = _shown(qtbot, before, box)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Backtab)
    assert dialog.focusWidget() is first


def test_tab_is_not_held_by_a_part_whose_proxy_is_hidden(qtbot):
    before, (box, first, second) = QPushButton("前"), _proxied()
    dialog = _shown(qtbot, before, box)
    first.hide()
    second.hide()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.cancel


def test_a_button_in_a_row_out_of_sight_is_scrolled_to(qtbot):
    before, table = QPushButton("前"), QTableWidget(60, 1)
    table.setFixedHeight(160)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button = QPushButton("開く")
    table.setCellWidget(55, 0, button)
    _shown(qtbot, before, table)
    assert button.visibleRegion().isEmpty()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert button.hasFocus()
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty(), timeout=2000)
