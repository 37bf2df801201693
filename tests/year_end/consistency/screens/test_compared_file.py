"""A file of before compared again, through the window: from 読みちがえの疑い over its rows to a page that names it no
more, and back by undo."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.events.applications.screens.applications_screen import ApplicationsScreen
from app.events.roster.services.roster import read_roster
from app.year_end.consistency.screens import ConsistencyScreen
from tests.support.application_rows import BY, NOW, year_store
from tests.support.doing import do
from tests.support.taken_before import applications_before, put_in
from tests.support.waiting import wait_idle
from tests.support.whole_window import whole_window

NAME = "c01_断りの言い方.csv"
FILE = Path(__file__).parents[3] / "fixtures" / "reports" / NAME


@pytest.fixture
def store(tmp_path):
    found = year_store(tmp_path / "year")
    put_in(found, applications_before()[NAME], NAME, by=BY, now=NOW)
    yield found
    found.database.conn.close()


@pytest.fixture
def window(qtbot, desk_at):
    made = whole_window(desk_at(NOW, user_name=BY, undoes=True))
    qtbot.addWidget(made)
    made.show()
    made.setMinimumSize(0, 0)
    made.resize(1093, 614)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    wait_idle(qtbot, made.app_context)


def suspected(qtbot, window):
    do(qtbot, window, window.app_context.go, "numbers", event_id=None)
    return window.findChild(ConsistencyScreen).suspected


def photos(store):
    return {row.name: row.entry.photo for row in read_roster(store, event_id=1).rows}


def test_an_import_of_before_is_compared_with_its_file_and_put_right(qtbot, window, store):
    before = photos(store)
    assert before["見本 拒一"] == "可"
    panel = suspected(qtbot, window)
    assert "比べていない取り込み 1件" in panel.count.text()
    assert panel.table.choose(lambda row: not hasattr(row, "kind"))
    panel.table.view.setFocus()
    do(qtbot, window, qtbot.keyClick, panel.table.view, Qt.Key.Key_Space)

    wizard = window.findChild(ApplicationsScreen).wizard
    assert wizard.isVisible()
    do(qtbot, window, wizard.show_file, FILE)
    table = wizard.rows.table
    asked = [row for row in table.view.rows.records() if row.outcome == "確認が必要"]
    assert [row.line for row in asked] == [2, 3, 4, 5, 6, 7, 8]
    assert all(row.reason.startswith("読みちがえの疑い") for row in asked)
    for line in range(2, 9):
        # The first of them is put right, of all others stays what is there.
        assert table.choose(lambda row, line=line: row.line == line)
        do(qtbot, window, qtbot.keyClick, table.view, Qt.Key.Key_1 if line == 2 else Qt.Key.Key_3)
    assert photos(store) == before
    do(qtbot, window, qtbot.mouseClick, wizard.foot.main, Qt.MouseButton.LeftButton)

    assert photos(store) == before | {"見本 拒一": "不可"}
    panel = suspected(qtbot, window)
    assert "比べていない取り込み" not in panel.count.text()
    do(qtbot, window, window.app_context.undo)
    assert photos(store) == before
    panel = suspected(qtbot, window)
    assert "比べていない取り込み 1件" in panel.count.text()
