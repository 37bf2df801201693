"""読みちがえの疑い on the page of a year: put right by a button, compared by its file, confirmed by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.history.services import history
from app.subjects.submissions.numbers.screens.numbers_screen import NumbersScreen
from app.subjects.submissions.numbers.services.suspected_readings import read_suspected
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.window.background_task import Tasks
from app.window.desk import Desk
from db.records.roster import Entry
from db.rows import rows
from tests.subjects.submissions.numbers.test_suspected_readings import BY, NOW, TODAY, store  # noqa: F401
from tests.support.waiting import wait_idle


@pytest.fixture
def screen(qtbot, store):  # noqa: F811
    tasks = Tasks()
    desk = Desk(
        tasks=tasks,
        store=store,
        user_name=BY,
        fiscal_year=2026,
        clock=lambda: NOW,
        undo=history.undo,
        redo=history.redo,
    )
    made = NumbersScreen(desk)
    qtbot.addWidget(made)
    made.resize(1093, 640)
    made.open_with(event_id=None)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    wait_idle(qtbot, desk)
    yield made
    qtbot.waitUntil(lambda: tasks.idle)
    tasks.shutdown()


def act(qtbot, screen, kind, dialog):
    table = screen.suspected.table
    assert table.choose(lambda row: getattr(row, "kind", "取り込み") == kind)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    wait_idle(qtbot, screen.desk)
    return [one for one in screen.window().findChildren(dialog) if one.isVisible()][-1]


def again(qtbot, screen):
    wait_idle(qtbot, screen.desk)
    screen.reload()
    wait_idle(qtbot, screen.desk)


def test_a_row_is_put_right_by_its_button_and_comes_back_by_undo(qtbot, screen, store):  # noqa: F811
    assert screen.suspected.count.text() == "行 6件・比べていない取り込み 2件"
    dialog = act(qtbot, screen, "同行者", SavingDialog)
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    again(qtbot, screen)
    assert screen.suspected.count.text() == "行 5件・比べていない取り込み 2件"
    screen.desk.undo()
    again(qtbot, screen)
    assert screen.suspected.count.text() == "行 6件・比べていない取り込み 2件"


def test_a_need_is_typed_where_something_is_needed(qtbot, screen, store):  # noqa: F811
    dialog = act(qtbot, screen, "配慮", FormDialog)
    dialog.form.set_values({"words": "車いす"})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    again(qtbot, screen)
    assert "車いす" in [one.care for one in rows(store.database, Entry)]
    assert screen.suspected.count.text() == "行 5件・比べていない取り込み 2件"


def test_an_import_leads_to_its_file_or_is_confirmed(qtbot, screen, store):  # noqa: F811
    table = screen.suspected.table
    with qtbot.waitSignal(screen.desk.going) as went:
        assert table.choose(lambda row: not hasattr(row, "kind"))
        table.view.setFocus()
        qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert went.args[0] == "applications"
    assert screen.suspected.confirm.isVisible()
    qtbot.mouseClick(screen.suspected.confirm, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, screen.desk)
    dialog = [one for one in screen.window().findChildren(SavingDialog) if one.isVisible()][-1]
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    again(qtbot, screen)
    assert len(read_suspected(store, fiscal_year=2026, today=TODAY).imports) == 1
