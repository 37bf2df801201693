"""Lists on a page that scrolls as a whole take exactly the room of their rows."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column


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
