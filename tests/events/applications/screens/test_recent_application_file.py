"""An application file that has just been saved is one press away; it is looked at row by row as any other."""

from datetime import timedelta

from PySide6.QtCore import Qt

from app.events.applications.screens.applications_screen import ApplicationsScreen
from tests.support.application_rows import row, write_csv
from tests.support.sample import NOW
from tests.support.sample_desk import shown
from tests.support.saved_files import save_at
from tests.support.waiting import wait_idle


def test_the_newest_file_is_taken_by_one_press_and_looked_at_before_anything_is_kept(qtbot, desk, tmp_path, downloads):
    made = write_csv(tmp_path / "申込.csv", [row(1, "見本　一子", "みほん町会"), row(2, "見本　二子", "みほん町会")])
    save_at(downloads / "申込.csv", made.read_bytes(), NOW - timedelta(minutes=5))
    screen = shown(qtbot, ApplicationsScreen(desk), desk, event_id=6)
    recent = screen.wizard.start.recent
    assert recent.isVisible()
    assert recent.newest.text() == "申込.csv　今日 9:00"
    screen.wizard.start.take_focus()
    assert recent.newest.hasFocus()
    qtbot.keyClick(recent.newest, Qt.Key.Key_Return)
    wait_idle(qtbot, desk)
    assert screen.wizard.current_work is not None
    assert screen.wizard.current_work.path.name == "申込.csv"
    assert not screen.wizard.start.isVisible()
