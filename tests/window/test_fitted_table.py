"""Lists on a page that scrolls as a whole take exactly the room of their rows."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import in_scroll_area


@pytest.mark.parametrize("count", [1, 2, 12])
def test_a_list_is_as_tall_as_its_rows(qtbot, count):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    table = FittedTable(
        "fitted",
        (Column(key="words", title="やること", show=lambda row: Cell(text=str(row), second="根拠"), stretch=True),),
        title="見本の一覧",
        empty="まだありません。",
    )
    column.addWidget(table)
    column.addStretch(1)
    page.resize(600, 900)
    page.show()

    table.show_rows(list(range(count)))

    rows = table.view.rowHeight(0) * count
    head = table.view.horizontalHeader().height()
    qtbot.waitUntil(lambda: rows + head <= table.height() <= rows + head + 4)
    assert not table.view.verticalScrollBar().isVisible()


def test_an_empty_list_takes_the_room_of_its_sentence(qtbot):
    table = FittedTable("fitted", (Column(key="a", title="a", show=str),), title="見本の一覧", empty="まだありません。")
    qtbot.addWidget(table)
    table.show_rows([])
    table.fit_height()

    assert table.sizeHint().height() >= table._none.sizeHint().height()


def of_two_lines():
    return (Column("words", "やること", lambda row: Cell(str(row), "根拠"), stretch=True),)


@pytest.mark.parametrize("wanted", range(12, 26))
def test_a_page_that_goes_to_a_row_begins_with_a_whole_one(qtbot, wanted):
    table = FittedTable("fitted", of_two_lines(), title="見本の一覧", empty="まだありません。", head=False)
    page = in_scroll_area(table)
    qtbot.addWidget(page)
    page.resize(400, 333)
    page.show()
    table.show_rows(list(range(40)))
    table.measure_now()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    table.choose(lambda row: row == wanted, take_focus=False)
    table.scroll_page_to_current()
    top = table.view.viewport().mapFrom(page.viewport(), QPoint()).y()
    assert page.verticalScrollBar().value() > 0
    assert table.view.rowViewportPosition(table.view.rowAt(top)) == top
    assert table.view.visualRect(table.view.currentIndex()).bottom() <= top + page.viewport().height()


def test_a_list_led_to_a_row_begins_with_a_whole_one_when_rows_above_become_lower(qtbot):
    table = RecordTable("led", of_two_lines(), title="見本の一覧", empty="まだありません。", filtered=False, foot=False)
    qtbot.addWidget(table)
    table.resize(400, 333)
    table.show()
    table.show_rows(list(range(40)))
    table.choose(lambda row: row == 20, take_focus=False)
    view = table.view
    assert view.rowViewportPosition(view.rowAt(0)) == 0
    for row in range(20):
        view.setRowHeight(row, view.rowHeight(row) - 3)
    view.executeDelayedItemsLayout()
    view.measure_all()
    assert view.is_navigation_target()
    assert view.rowViewportPosition(view.rowAt(0)) == 0
