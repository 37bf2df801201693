"""討議の記録 as it is typed live: keys alone, saved while one types, the clock, the まとめ from chosen lines, without
the seat."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.events.discussion.screens import autosaved_text
from app.events.discussion.screens.discussion_screen import DiscussionScreen
from app.events.discussion.screens.outcome_page import OriginDialog
from app.events.discussion.services import read_discussion, read_evidence
from app.history import services as history_services
from tests.support.doing import do
from tests.support.sample import BY, NOW, event_id
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import press, wait_idle

LIVE = datetime(2027, 2, 3, 15, 12)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with session(tmp_path_factory.mktemp("talk") / "year") as made:
        yield made


@pytest.fixture
def live(desk, qtbot, monkeypatch):
    """The second 意見交換会 on its own day, at 15:12."""
    monkeypatch.setattr(desk, "_clock", lambda: LIVE)
    made = shown(qtbot, DiscussionScreen(desk), desk, event_id=event_id(desk.store, "意見交換会", 2))
    made.activateWindow()
    yield made
    wait_idle(qtbot, desk)


def said(desk, number, step, *, event=2):
    talk = read_discussion(desk.store, event_id=event_id(desk.store, "意見交換会", event)).discussion
    return [(line.text, line.notes, line.chosen) for line in talk.groups[number - 1].lines_of(step)]


def test_a_group_is_typed_by_keys_alone_and_kept_without_leaving(live, desk, qtbot):
    QTest.keyClick(live, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    row = live.table.rows[1]
    assert row.cells["課題"].hasFocus()
    assert row.property("current") is True
    QTest.keyClicks(row.cells["課題"], "kairan")
    QTest.keyClick(row.cells["課題"], Qt.Key.Key_Tab)
    cell = row.cells["分類"]
    assert cell.hasFocus()
    cell.insertPlainText("紙の回覧")
    QTest.keyClicks(cell, " 10")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    cell.insertPlainText("回覧板を早く")
    QTest.keyClick(cell, Qt.Key.Key_Asterisk)
    QTest.keyClick(cell, Qt.Key.Key_Return)
    # A pause is enough: nothing was left, nothing was pressed. A kill from here on loses nothing.
    qtbot.waitUntil(lambda: len(said(desk, 2, "分類")) == 2, timeout=autosaved_text.SAVE_DELAY_MS + 3_000)
    wait_idle(qtbot, desk)
    assert said(desk, 2, "課題") == [("kairan", None, False)]
    assert said(desk, 2, "分類") == [("紙の回覧", 10, False), ("回覧板を早く", None, True)]
    # The line just begun stays, and so does the cursor in it.
    assert cell.toPlainText() == "紙の回覧 10\n*回覧板を早く\n"
    assert cell.textCursor().blockNumber() == 2
    QTest.keyClick(live, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert live.table.rows[2].cells["分類"].hasFocus()
    assert not row.property("current")
    # Leaving does not wait for the pause, nor does the lock of the screen, which asks in the same way.
    live.table.rows[2].cells["分類"].insertPlainText("電話で足りる")
    assert live.may_leave()
    wait_idle(qtbot, desk)
    assert said(desk, 3, "分類")[-1] == ("電話で足りる", None, False)


def test_the_strip_and_the_hints_stand_at_now_and_the_sums_below(live):
    (current,) = [one for one in live.strip._items if live.strip._item_state(one) == "now"]
    assert (current.start, current.item.title) == ("15:10", "解決策の検討")
    assert "あと23分" in live.strip.accessibleDescription()
    assert live.clock.text() == "15:12"
    assert live.remarks.words().startswith("4班に対し、ファシリテーターが3人です")
    assert "模造紙 6枚" in live.table.supplies.text()
    assert "「解決策の検討」を5分延ばし" in live.handed_on.words()


def test_ctrl_p_leads_to_the_record_as_a_page_and_f6_collects_the_line(live, desk, qtbot):
    with qtbot.waitSignal(desk.navigation_requested) as gone:
        QTest.keyClick(live, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert gone.args == ["event", {"event_id": live.view.event.id, "tab": "書類", "kind": "討議の記録"}]
    cell = live.table.rows[1].cells["分類"]
    cell.setFocus()
    cell.moveCursor(QTextCursor.MoveOperation.Start)
    with qtbot.waitSignal(desk.evidence_requested) as collected:
        QTest.keyClick(cell, Qt.Key.Key_F6)
    kept = read_evidence(desk.store, [collected.args[1]])[collected.args[1]]
    assert (kept.said, kept.count, kept.source) == ("紙の回覧", "付箋 10枚", "第2回 意見交換会 2班 分類")


def test_a_count_that_differs_is_said_at_once_and_undo_takes_it_back(live, desk, qtbot):
    face = live.table.rows[1].face
    face.notes.setFocus()
    face.notes.selectAll()
    QTest.keyClicks(face.notes, "12")
    QTest.keyClick(face.notes, Qt.Key.Key_Return)
    # Saved as a field is left: the reading that follows may still be on its way when nothing else is.
    qtbot.waitUntil(lambda: face.differs.text() == "分類の計は10枚です")
    wait_idle(qtbot, desk)
    history_services.undo(desk.store, by=BY, now=LIVE)
    do(qtbot, desk, lambda: desk.changed.emit(None))
    assert not face.differs.isVisible()


def test_without_the_seat_nothing_is_saved_and_with_it_what_stands_there(live, desk, qtbot):
    cell = live.table.rows[0].cells["発表"]
    cell.setFocus()
    cell.insertPlainText("月1回")
    desk.set_read_only(True)
    do(qtbot, desk, cell.clearFocus)
    assert said(desk, 1, "発表") == []
    assert live.has_unsaved_work
    desk.set_read_only(False)
    qtbot.waitUntil(
        lambda: said(desk, 1, "発表") == [("月1回", None, False)], timeout=autosaved_text.SAVE_DELAY_MS + 3_000
    )
    wait_idle(qtbot, desk)
    assert not live.has_unsaved_work


def test_what_groups_have_in_common_is_counted_from_chosen_lines(desk, qtbot, monkeypatch):
    monkeypatch.setattr(desk, "_clock", lambda: NOW)
    made = shown(qtbot, DiscussionScreen(desk), desk, event_id=event_id(desk.store, "意見交換会", 1), page="まとめ")
    assert not made.clock.isVisible()
    common, actions, _changes = made.outcome.parts
    assert common.rows[0].origin.text().endswith("2班")
    press(qtbot, desk, common.add_button)
    fresh = common.rows[-1]
    assert fresh.lacking.text() == "まだ：共通したこと・班"
    fresh.boxes[0].setPlainText("学生の手を借りる")
    press(qtbot, desk, fresh.choose_button)
    dialog = dialog_over(made, OriginDialog)
    for _line, box in (dialog.boxes[0], dialog.boxes[-1]):
        QTest.keyClick(box, Qt.Key.Key_Space)
    main = next(one for one in dialog.findChildren(QPushButton) if one.text() == "選んだ行をもとにする")
    press(qtbot, desk, main)
    assert common.rows[-1].origin.text() == "1班●　2班—　3班—　4班●　　計 2班"
    assert common.rows[-1].lacking.text() == ""
    actions.rows[0].boxes[3].setPlainText("")
    do(qtbot, desk, actions.rows[0].kept[3].save)
    assert actions.rows[0].lacking.text() == "まだ：時期"


def test_the_rows_of_the_groups_are_made_one_in_a_turn_and_those_of_another_discussion_are_not_put_in(desk, qtbot):
    made = DiscussionScreen(desk)
    qtbot.addWidget(made)
    first, second = (
        read_discussion(desk.store, event_id=event_id(desk.store, "意見交換会", number)) for number in (1, 2)
    )
    assert len(list(made.table.make_rows(first))) == len(first.discussion.groups) > 1
    waiting = made.table._made[1]
    made.table.show_view(second, minute=None)
    assert not set(made.table.rows) & set(waiting)

    list(made.table.make_rows(first))
    waiting = made.table._made[1]
    made.table.show_view(first, minute=None)
    assert made.table.rows == waiting
    assert list(made.table.make_rows(first)) == []


def test_the_summary_is_filled_in_turns_before_it_is_seen(desk, qtbot):
    made = shown(qtbot, DiscussionScreen(desk), desk, event_id=event_id(desk.store, "意見交換会", 1))
    made.bar.choose(1)
    assert made.pages.currentWidget() is made.table
    wait_idle(qtbot, desk)
    assert made.pages.currentWidget() is made.outcome
    assert any(table.rows for table in made.outcome.parts)
    made.bar.choose(0)
    assert made.pages.currentWidget() is made.table
