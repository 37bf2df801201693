"""From the day of an 意見交換会 to its report and back, in the one window, without typing anything twice."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.submissions.reports.screens.report_panel import ReportPanel
from app.submissions.reports.services import report_documents
from db.records.events import Event
from db.rows import by_id
from tests.support.doing import do
from tests.support.dressing import dress
from tests.support.sample import NOW, event_id
from tests.support.sample_desk import session
from tests.support.waiting import wait_idle
from tests.support.whole_window import whole_window


def press(inside, words):
    button = next(one for one in inside.findChildren(QPushButton) if one.text() == words and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_is_typed_in_the_discussion_stands_in_the_report(tmp_path, qtbot, qapp):
    dress(qapp)
    with session(tmp_path) as desk:
        window = whole_window(desk)
        window.resize(1366, 768)
        exchange = event_id(desk.store, "意見交換会", 1)
        window.go("event", event_id=exchange, tab="当日")
        do(qtbot, desk, window.show)
        press(window, "討議の記録")
        wait_idle(qtbot, desk)
        screen = window.screen_of("discussion")
        assert screen.isVisible()
        QTest.keyClick(screen, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        cell = screen.table.rows[3].cells["発表"]
        cell.setFocus()
        cell.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClick(cell, Qt.Key.Key_Return)
        cell.insertPlainText("端末の費用は補助金を調べる")
        # Going elsewhere is leaving: nothing has to be pressed.
        do(qtbot, desk, lambda: window.go("report", event_id=exchange, view="form"))
        panel = window.screen_of("event").findChild(ReportPanel)
        do(qtbot, desk, lambda: panel.form.chapters.choose("グループワークの討議内容"))
        assert [part.chapter.key for part in panel.form.editor.parts] == ["共通した課題"]
        event = by_id(desk.store.database, Event, exchange)
        assert event is not None
        assert "端末の費用は補助金を調べる" in str(report_documents.report_document(desk.store, event, NOW).blocks)
        press(panel, "討議の記録を開く")
        wait_idle(qtbot, desk)
        assert window.screen_of("discussion").isVisible()
        window.close()
        window.deleteLater()
