"""読みちがえの疑い on the page of a year: put right by a button, compared by its file, confirmed by hand."""

import pytest
from PySide6.QtCore import Qt

from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.year_end.consistency.screens import ConsistencyScreen
from app.year_end.consistency.services.suspected_misreadings import read_suspected_misreadings
from db.records.roster import Entry
from db.rows import rows
from tests.support.doing import do
from tests.support.sample_desk import shown
from tests.support.waiting import wait_idle
from tests.year_end.consistency.test_suspected_readings import BY, NOW, TODAY, store  # noqa: F401


@pytest.fixture
def screen(qtbot, desk_at):
    desk = desk_at(NOW, user_name=BY, undoes=True)
    yield shown(qtbot, ConsistencyScreen(desk), desk, width=1093, height=640, active=True, event_id=None)
    wait_idle(qtbot, desk)


def act(qtbot, screen, kind, dialog):
    table = screen.suspected.table
    assert table.choose(lambda row: getattr(row, "kind", "取り込み") == kind)
    table.view.setFocus()
    do(qtbot, screen, qtbot.keyClick, table.view, Qt.Key.Key_Space)
    return [one for one in screen.window().findChildren(dialog) if one.isVisible()][-1]


def again(qtbot, screen):
    wait_idle(qtbot, screen.app_context)
    do(qtbot, screen, screen.reload)


def test_a_row_is_put_right_by_its_button_and_comes_back_by_undo(qtbot, screen, store):  # noqa: F811
    assert screen.suspected.count.text() == "行 6件・比べていない取り込み 2件"
    dialog = act(qtbot, screen, "同行者", SavingDialog)
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    again(qtbot, screen)
    assert screen.suspected.count.text() == "行 5件・比べていない取り込み 2件"
    screen.app_context.undo()
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
    with qtbot.waitSignal(screen.app_context.navigation_requested) as went:
        assert table.choose(lambda row: not hasattr(row, "kind"))
        table.view.setFocus()
        qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert went.args[0] == "applications"
    assert screen.suspected.confirm.isVisible()
    do(qtbot, screen, qtbot.mouseClick, screen.suspected.confirm, Qt.MouseButton.LeftButton)
    dialog = [one for one in screen.window().findChildren(SavingDialog) if one.isVisible()][-1]
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    again(qtbot, screen)
    assert len(read_suspected_misreadings(store, fiscal_year=2026, today=TODAY).imports) == 1
