"""数字の食い違い検査 as a clerk uses it: arrows, Enter, who makes a difference, leaving one with a reason, the year."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.documents.screens.save_dialog import SaveDocumentDialog
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.event.rules.recruitment import DECISION
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.window import theme as t
from app.year_end.consistency.screens import ConsistencyScreen
from app.year_end.consistency.services.event_numbers import (
    CHECK_IN_SOURCE,
    FIXED_TOTALS_SOURCE,
    read_year_numbers,
)
from tests.support.sample import BY, NOW, event_id, sample_store
from tests.support.stores import made_by

store = made_by(sample_store)


@pytest.fixture
def screen(store, desk_at, qtbot):
    made = ConsistencyScreen(desk_at(NOW, user_name=BY, undoes=True))
    qtbot.addWidget(made)
    made.resize(1180, 720)
    made.store = store
    yield made
    qtbot.waitUntil(lambda: made.app_context.tasks.is_idle)


def shown(screen, qtbot, kind="講習会", ordinal=3):
    screen.open_with(event_id=event_id(screen.store, kind, ordinal))
    screen.show()
    qtbot.waitUntil(lambda: screen.behind is not None and screen.app_context.tasks.is_idle)
    return screen


def idle(screen, qtbot):
    qtbot.waitUntil(lambda: screen.app_context.tasks.is_idle)


def words(panel):
    found = []
    for at in range(panel._list.count()):
        widget = panel._list.itemAt(at).widget()
        if widget is not None:
            found += (
                [widget.text()]
                if hasattr(widget, "text")
                else [part.text() for part in widget.children() if hasattr(part, "text")]
            )
    return found


def test_it_opens_on_the_first_difference_with_its_sum_cause_and_people(screen, qtbot):
    shown(screen, qtbot)
    assert screen.grid.current_row().name == "出席"
    assert screen.grid.current_cell().source.key == "届いた報告書"
    assert (screen.wrong.words, screen.same.words, screen.old.isHidden()) == ("食い違い 2", "一致 21", True)
    assert screen.panel.number.text() == "出席　14人"
    assert screen.panel.other.text() == "届いた報告書 第1版は 15人"
    assert "決定 15−欠席 1＋当日受付 0＝14人" in screen.panel.sum.text()
    assert "人数連絡 第1報" in screen.panel.cause.words()
    listed = words(screen.panel)
    assert listed[:3] == ["違いを生む人　1人", "仮森　節子　見本みどりば町会", "当日欠席"]
    assert "報告書の中で、回収13件÷出席15人は86.7％です。" in screen.notes.words()


def test_the_current_cell_is_framed_and_its_number_still_seen(screen, qtbot):
    """A frame that is filled would hide the very number somebody is looking at."""
    shown(screen, qtbot)
    screen.grid.setFocus()
    picture = screen.grid.viewport().grab(screen.grid.visualRect(screen.grid.currentIndex())).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert t.RED.lower() in colours
    assert t.ACCENT.lower() in colours


def test_arrows_move_and_the_words_are_there_for_whoever_listens(screen, qtbot):
    shown(screen, qtbot)
    QTest.keyClick(screen.grid, Qt.Key.Key_Down)
    idle(screen, qtbot)
    assert screen.grid.current_row().name == "欠席"
    QTest.keyClick(screen.grid, Qt.Key.Key_Up)
    spoken = screen.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "出席　届いた報告書 第1版　15人　食い違い"


def test_enter_opens_the_report_behind_a_cell_or_everybody_who_is_counted(screen, qtbot):
    shown(screen, qtbot)
    went = []
    screen.app_context.navigation_requested.connect(lambda place, given: went.append((place, given)))
    QTest.keyClick(screen.grid, Qt.Key.Key_Return)
    assert went == [("report", {"event_id": event_id(screen.store, "講習会", 3), "view": "check"})]
    for _ in range(3):
        QTest.keyClick(screen.grid, Qt.Key.Key_Left)
    idle(screen, qtbot)
    QTest.keyClick(screen.grid, Qt.Key.Key_Return)
    dialog = screen.findChildren(DialogFrame)[-1]
    assert "14人" in dialog.windowTitle() + dialog.accessibleDescription()
    dialog.reject()


@pytest.mark.parametrize(
    ("source", "place", "more"),
    [
        (CHECK_IN_SOURCE, "event", {"tab": "参加者"}),
        (FIXED_TOTALS_SOURCE, "survey", {}),
        (DECISION, "event", {"tab": "書類"}),
    ],
)
def test_enter_opens_the_place_where_the_number_of_a_cell_is_seen(screen, qtbot, source, place, more):
    shown(screen, qtbot)
    went = []
    screen.app_context.navigation_requested.connect(lambda where, given: went.append((where, given)))
    cell = screen.grid.current_cell()
    screen.grid.opened.emit(
        screen.grid.current_row(), replace(cell, source=replace(cell.source, key=source, title=source))
    )
    assert went == [(place, {"event_id": event_id(screen.store, "講習会", 3)} | more)]


def test_the_contractor_is_asked_by_a_text_to_copy(screen, qtbot):
    shown(screen, qtbot)
    screen.panel.ask.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == (
        "第3回 Instagram講習会の届いた報告書 第1版 p.1の出席は「15人」となっています。"
        "区の記録は14人です。ご確認をお願いします。"
    )


def test_a_difference_is_left_with_a_reason_and_comes_back_by_undo(screen, qtbot):
    shown(screen, qtbot)
    screen.panel.keep.click()
    dialog = screen.findChildren(ReasonDialog)[-1]
    dialog.form.set_values({"reason": "付添いの1人を含む"})
    dialog.main.click()
    qtbot.waitUntil(lambda: screen.view.contradictions == 1)
    idle(screen, qtbot)
    assert screen.grid.current_cell().status == "理由あり"
    assert "付添いの1人を含む" in screen.panel.sum.text()
    assert (screen.panel.keep.isHidden(), screen.panel.reopen.isHidden()) == (True, False)
    screen.undo()
    qtbot.waitUntil(lambda: screen.view.contradictions == 2)
    idle(screen, qtbot)


def test_the_year_lists_every_event_and_leads_to_one(screen, qtbot):
    went = []
    screen.app_context.navigation_requested.connect(lambda place, given: went.append((place, given)))
    screen.open_with()
    screen.show()
    qtbot.waitUntil(lambda: bool(screen.table.model.rowCount()) and screen.app_context.tasks.is_idle)
    assert screen.table.model.rowCount() == 12
    assert screen.wrong.words == "食い違い 4"
    listed = read_year_numbers(screen.store, fiscal_year=2026)
    screen.table.view.setCurrentIndex(screen.table.model.index(7, 0))
    screen.refresh()
    qtbot.waitUntil(lambda: screen.app_context.tasks.is_idle)
    assert screen.table.view.currentIndex().row() == 7
    screen.table.opened.emit(next(view for view in listed if view.contradictions))
    assert went == [("numbers", {"event_id": event_id(screen.store, "講習会", 3)})]


def test_on_a_low_page_the_numbers_have_the_room(screen, qtbot):
    shown(screen, qtbot)
    screen.resize(1000, 500)
    assert screen.meanings.isHidden()
    screen.resize(1180, 720)
    assert not screen.meanings.isHidden()


def test_a_paper_is_saved_with_its_doubts_in_sight(screen, qtbot):
    third = event_id(screen.store, "講習会", 3)
    drawn = documents.render(
        documents.build_document(screen.store, event_id=third, kind="実施報告書", now=NOW), format="xlsx"
    )
    dialog = SaveDocumentDialog(screen, scope=DocumentScope(event_id=third), kind="実施報告書", rendered=drawn)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.doubts.words()))
    assert dialog.doubts.words() == (
        "出す前に、つぎのことを確かめてください。\n出席は、この紙では14人、届いた報告書 第1版では15人です。"
    )
    assert dialog.main.isEnabled()
    dialog.reject()
