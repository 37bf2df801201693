"""The proof of the layout finds what it is there to find."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form_fields import Field, LinesEditor
from app.widgets.labels import label
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import in_scroll_area
from tests.support.layout import ACROSS, BARS, CELL, CUT, DEFAULT, FILLED, FOCUS, OUTSIDE, OVER, faults_of


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def kinds(window: QWidget) -> set[str]:
    return {fault.kind for fault in faults_of(window)}


def put(window: QWidget, part: QWidget, x: int, y: int, width: int, height: int) -> None:
    part.setParent(window)
    part.setGeometry(x, y, width, height)
    part.show()


def test_a_sound_window_has_none(window):
    column = QVBoxLayout(window)
    column.addWidget(label("団体・参加者"))
    column.addWidget(Button("保存する", kind="main"))
    column.activate()
    assert faults_of(window) == []


def test_words_that_are_cut(window):
    words = label("区民協働推進課の見本の長い名称")
    put(window, words, 0, 0, 60, 24)
    put(window, Button("参加者を決めて保存する"), 0, 60, 60, 32)
    high = label("折り返す長い文です。" * 8, wrap=True)
    put(window, high, 0, 120, 100, 20)
    assert [fault.kind for fault in faults_of(window)] == [CUT] * 3


def test_a_page_that_has_to_be_scrolled_across(window, qtbot):
    inside = QWidget()
    inside.setMinimumWidth(500)
    put(window, in_scroll_area(inside), 0, 0, 400, 300)
    qtbot.waitUntil(lambda: kinds(window) == {ACROSS})


def test_content_that_is_put_away_leaves_no_bar_behind(window, qtbot):
    inside = QWidget()
    inside.setMinimumHeight(900)
    area = in_scroll_area(inside)
    put(window, area, 0, 0, 300, 300)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    inside.hide()
    qtbot.waitUntil(lambda: not bar.isVisible())
    inside.show()
    qtbot.waitUntil(bar.isVisible)

    hidden = QWidget()
    hidden.setMinimumHeight(900)
    hidden.hide()
    second = in_scroll_area(hidden)
    put(window, second, 0, 0, 300, 300)
    qtbot.waitUntil(second.isVisible)
    assert not second.verticalScrollBar().isVisible()
    hidden.show()
    qtbot.waitUntil(second.verticalScrollBar().isVisible)


def test_a_box_of_several_lines_whose_part_gave_way_is_cut_and_no_field_of_ours_gives_way(window):
    low = QWidget()
    put(window, low, 0, 0, 200, 32)
    box = QPlainTextEdit(low)
    box.setAccessibleName("前文")
    box.setGeometry(0, 0, 200, 90)
    box.show()
    assert CUT in kinds(window)
    low.hide()
    inside = QWidget()
    column = QVBoxLayout(inside)
    fields = [LinesEditor(Field(f"f{number}", "文", "lines")) for number in range(9)]
    for field in fields:
        field.box.setAccessibleName("文")
        field.grow_with_text(least=3, most=9)
        column.addWidget(field)
    put(window, in_scroll_area(inside), 0, 0, 300, 300)
    assert CUT not in kinds(window)
    assert all(field.height() >= field.box.height() for field in fields)


def test_a_part_outside_the_window_but_not_one_that_is_scrolled_to(window):
    put(window, Button("外の操作"), 380, 0, 100, 32)
    assert kinds(window) == {OUTSIDE}
    inside = QWidget()
    column = QVBoxLayout(inside)
    for number in range(40):
        column.addWidget(label(f"{number}行目"))
    area = in_scroll_area(inside)
    put(window, area, 0, 40, 300, 200)
    assert kinds(window) == {OUTSIDE}


def test_parts_over_each_other(window):
    put(window, label("上の文字"), 0, 0, 100, 30)
    put(window, label("下の文字"), 20, 10, 100, 30)
    assert kinds(window) == {OVER}


def test_a_bar_in_a_page_that_scrolls(window, qtbot):
    table = RecordTable(
        "cells", (Column(key="a", title="名称", show=lambda row: row.name),), title="一覧", empty="", filtered=False
    )
    table.setFixedHeight(120)
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.addWidget(table)
    for number in range(20):
        column.addWidget(label(f"{number}行目"))
    put(window, in_scroll_area(inside), 0, 0, 400, 300)
    table.show_rows([SimpleNamespace(id=number, name=f"団体{number}") for number in range(30)])
    qtbot.waitUntil(lambda: BARS in kinds(window))


def test_a_cell_that_is_too_narrow_for_its_badge(window, qtbot):
    table = RecordTable(
        "cells",
        (Column(key="a", title="状態", show=lambda _row: Cell(badge="済", text="内容を確認済みです")),),
        title="一覧",
        empty="",
        filtered=False,
    )
    put(window, table, 0, 0, 400, 300)
    table.show_rows([SimpleNamespace(id=1)])
    assert CELL not in kinds(window)
    table.view.setColumnWidth(0, 50)
    assert CELL in kinds(window)


def test_two_filled_buttons_and_what_destroys_under_enter(qtbot):
    dialog = DialogFrame("控えを消す", "", main="保存する")
    qtbot.addWidget(dialog)
    dialog.put(Button("もう1つの操作", kind="main"))
    danger = Button("控えを消す", kind="danger")
    dialog.put(danger)
    dialog.show()
    assert FILLED in kinds(dialog)
    danger.setAutoDefault(True)
    danger.setDefault(True)
    danger.setFocus()
    assert {DEFAULT, FOCUS} <= kinds(dialog)
