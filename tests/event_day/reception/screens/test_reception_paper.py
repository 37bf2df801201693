"""紙の名簿から出欠を入れる: numbers and Enter, corrections, the rest, and the end."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app.actions.action_context import ActionContext
from app.event_day.day.services.day_overview import read_day
from app.event_day.reception.parts import ClosingDialog
from app.event_day.reception.screens.paper_attendance import PaperAttendance
from app.event_day.reception.screens.reception_screen import ReceptionScreen
from app.event_day.reception.services import close_reception, read_closing, read_reception, receive, record_attendance
from app.events.roster.rules import AdmissionCode
from app.events.roster.services.entry_changes import record_absence
from app.events.roster.services.roster import assign_roster_numbers
from db.records.roster import Entry
from db.tables import events, roster
from tests.support.door_people import BY, DOOR, door_event
from tests.support.sample_desk import shown


@pytest.fixture
def event_id(store):
    return door_event(store, unnamed=14)


@pytest.fixture
def paper(desk_at, event_id, qtbot):
    screen = PaperAttendance(desk_at(DOOR))
    qtbot.addWidget(screen)
    screen.resize(1366, 768)
    screen.open_with(event_id=event_id)
    screen.show()
    qtbot.waitUntil(lambda: screen.door is not None and screen.door.unnumbered_count == 0)
    return screen


def type_numbers(paper, text):
    QTest.keyClicks(paper.side.field, text)
    QTest.keyClick(paper.side.field, Qt.Key.Key_Return)


def came(store, event_id):
    return sorted(row.number for row in read_reception(store, event_id=event_id).received)


def test_twenty_people_are_keyed_with_numbers_and_enter(paper, store, event_id, qtbot):
    for number in range(1, 16):
        type_numbers(paper, str(number))
    type_numbers(paper, "16-18 20")
    qtbot.waitUntil(lambda: len(paper.door.received) == 19)
    assert came(store, event_id) == [*range(1, 19), 20]
    assert paper.side.field.text() == ""


def test_what_is_on_no_list_is_said_and_stays_for_correction(paper, store, event_id, qtbot):
    type_numbers(paper, "1 88 2 3x")
    qtbot.waitUntil(lambda: len(paper.door.received) == 2)
    assert (
        paper.side.message.text()
        == "88番は名簿にありません。「3x」は番号として読めません。直して Enter を押してください。"
    )
    assert paper.side.field.text() == "88 3x"
    assert came(store, event_id) == [1, 2]
    type_numbers(paper, "2")
    qtbot.waitUntil(lambda: "すでに入っています" in paper.side.message.text())
    type_numbers(paper, "77")
    QTest.keyClicks(paper.side.field, "3")  # typed before the answer came: no digit of it is lost
    qtbot.waitUntil(lambda: "77番は名簿にありません" in paper.side.message.text())
    QTest.keyClicks(paper.side.field, "4")
    assert paper.side.field.text() == "34"


def test_the_absent_are_keyed_nobody_is_marked_for_all_and_one_is_decided_by_name(paper, store, event_id, qtbot):
    QTest.mouseClick(paper.side.stayed, Qt.MouseButton.LeftButton)
    type_numbers(paper, "4 5")
    qtbot.waitUntil(lambda: len(paper.door.absent) == 2)
    assert not [one for one in paper.findChildren(QAbstractButton) if "残り" in one.text() or "全員" in one.text()]
    QTest.mouseClick(paper.side.came, Qt.MouseButton.LeftButton)
    type_numbers(paper, "1-3 6-18")
    qtbot.waitUntil(lambda: len(paper.door.received) == 16)
    assert not paper.absent_button.isEnabled()
    paper.table.choose(lambda row: row.number == 19)
    QTest.mouseClick(paper.absent_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(paper.door.absent) == 3)
    paper.table.choose(lambda row: row.number == 18)
    QTest.keyClick(paper.table.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(paper.door.received) == 15)
    paper.app_context._clock = lambda: DOOR + timedelta(hours=4)
    paper.end()
    qtbot.waitUntil(lambda: paper.findChild(ClosingDialog) is not None)
    dialog = paper.findChild(ClosingDialog)
    went = []
    paper.app_context.navigation_requested.connect(lambda place, _arguments: went.append(place))
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: went == ["event"])
    found = events.result(store.database, event_id)
    assert (found.applied, found.attended, found.absent) == (20, 15, 3)
    assert sum(not one.attendance for one in roster.entries(store.database, event_id)) == 2


def test_who_told_his_absence_before_is_counted_where_the_attendance_is_decided_as_where_it_is_closed(
    desk_at, store, event_id, qtbot
):
    told, *others = roster.entries(store.database, event_id)
    record_absence(ActionContext(store, BY, DOOR), entry_id=told.id)
    for one in others[1:]:
        receive(ActionContext(store, BY, DOOR), entry_id=one.id)
    desk = desk_at(DOOR)
    screen = shown(qtbot, PaperAttendance(desk), desk, event_id=event_id)
    said = [line.split("人")[0].replace("*", "") for line in screen.side.counts.plain_text().split("\n")]
    closing = read_closing(store, event_id=event_id)
    assert said == [f"出席 {len(others) - 1}", "欠席 1", "未確認 1"]
    assert (closing.counts.attended, closing.counts.absent, closing.counts.unmarked) == (len(others) - 1, 1, 1)
    dialog = ClosingDialog(screen, closing)
    qtbot.addWidget(dialog)
    words = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "欠席の連絡があった方　1人" in words
    assert "–" not in words


def test_space_in_the_field_of_numbers_decides_the_person_it_stands_on_and_takes_nothing_back(paper, qtbot):
    """The bar says 「Space で出席」, and the keyboard stands in the field when the page opens."""
    assert "Space で出席" in paper.bar.words.plain_text()
    assert paper.side.field.hasFocus()
    paper.table.choose(lambda row: row.number == 7, take_focus=False)
    QTest.keyClick(paper.side.field, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [each.number for each in paper.door.received] == [7])
    qtbot.waitUntil(lambda: paper.table.current().number == 8 and paper.table.view.hasFocus())
    QTest.keyClick(paper.table.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(paper.door.received) == 2)

    paper.table.choose(lambda row: row.number == 7, take_focus=False)
    QTest.keyClick(paper.side.field, Qt.Key.Key_Space)
    assert paper.table.current().number == 9, "who is 出席 already stays so"
    assert len(paper.door.received) == 2
    QTest.keyClick(paper.side.field, Qt.Key.Key_Down)
    assert paper.table.view.hasFocus()


def test_the_page_bears_the_name_of_the_button_that_leads_to_it(paper, store, event_id):
    (act,) = (one.title for one in read_day(store, event_id=event_id, now=DOOR).lines if one.step == "出席")
    assert any(act in one.text() for one in paper.head.findChildren(QLabel))


def test_the_button_of_a_row_turns_it(paper, store, event_id, qtbot):
    row = next(row for row in paper.door.rows if row.number == 7)
    paper.table.acted.emit(row)
    qtbot.waitUntil(lambda: [each.number for each in paper.door.received] == [7])
    assert paper.door.received[0].time_text == ""
    paper.table.acted.emit(paper.door.received[0])
    qtbot.waitUntil(lambda: not paper.door.received)
    assert not paper.door.absent


def test_a_correction_weeks_later_keeps_the_witness_and_asks_nothing_that_was_answered(desk_at, store, event_id, qtbot):
    assign_roster_numbers(ActionContext(store, BY, DOOR), event_id=event_id)
    numbers = {"present": tuple(range(1, 19)), "absent": (19, 20)}
    record_attendance(ActionContext(store, BY, DOOR), event_id=event_id, **numbers)
    close_reception(ActionContext(store, BY, DOOR), event_id=event_id, witness="区民協働担当係　2人")
    later = desk_at(DOOR + timedelta(days=47))
    screen = PaperAttendance(later)
    qtbot.addWidget(screen)
    screen.open_with(event_id=event_id)
    screen.show()
    qtbot.waitUntil(lambda: screen.door is not None)
    screen.table.choose(lambda row: row.number == 18)
    screen.absent_button.click()
    qtbot.waitUntil(lambda: len(screen.door.absent) == 3)
    screen.end()
    qtbot.waitUntil(lambda: screen.findChild(ClosingDialog) is not None)
    dialog = screen.findChild(ClosingDialog)
    assert (dialog.doubtful, dialog.main.text()) == (False, "受付を閉じる")
    assert dialog.form.value("witness") == "区民協働担当係　2人"
    went = []
    later.navigation_requested.connect(lambda place, _arguments: went.append(place))
    dialog.main.click()
    qtbot.waitUntil(lambda: went == ["event"])
    found = events.result(store.database, event_id)
    assert (found.attended, found.absent, found.witness) == (17, 3, "区民協働担当係　2人")


def test_the_door_of_a_day_gone_by_leads_to_the_list_on_paper_and_asks_nothing_to_leave(
    desk_at, store, event_id, qtbot
):
    close_reception(ActionContext(store, BY, DOOR), event_id=event_id)
    later = desk_at(DOOR + timedelta(days=1))
    door = ReceptionScreen(later)
    qtbot.addWidget(door)
    door.open_with(event_id=event_id)
    door.show()
    qtbot.waitUntil(lambda: door.door is not None)
    went = []
    later.navigation_requested.connect(lambda place, arguments: went.append((place, arguments["event_id"])))
    door.paper_button.click()
    door.end()
    assert went == [("attendance", event_id), ("event", event_id)]


def test_what_a_scanner_reads_is_the_number_of_that_place(paper, store, event_id, qtbot):
    first, second = paper.door.waiting[:2]
    with store.change(action="x", by=BY, now=DOOR) as change:
        change.update(Entry, first.entry_id, admission=501)
        change.update(Entry, second.entry_id, admission=502)
    for number in (501, 502):
        type_numbers(paper, AdmissionCode(event_id=event_id, number=number).digits)
    qtbot.waitUntil(lambda: len(paper.door.received) == 2)
    assert {row.entry_id for row in read_reception(store, event_id=event_id).received} == {
        first.entry_id,
        second.entry_id,
    }
    # Of another event the same number is somebody else: nothing is recorded, and it is said.
    type_numbers(paper, AdmissionCode(event_id=event_id + 1, number=503).digits)
    qtbot.waitUntil(lambda: "名簿にありません" in paper.side.message.text())
    assert len(read_reception(store, event_id=event_id).received) == 2


def test_where_one_is_left_the_page_stands_on_his_row_and_one_place_has_the_frame(paper, store, event_id, qtbot):
    def edge():
        return paper.side.field.grab().toImage().pixelColor(6, 1).name()

    focused = edge()
    type_numbers(paper, "1-18 20")
    qtbot.waitUntil(lambda: len(paper.door.waiting) == 1)
    paper.open_with(event_id=0)
    paper.open_with(event_id=event_id)
    paper.reload()
    qtbot.waitUntil(lambda: paper.door is not None)
    assert paper.table.current().state == "未受付"
    assert paper.table.view.hasFocus()
    assert edge() != focused


def test_those_who_are_not_marked_are_decided_one_after_the_other(paper, qtbot):
    assert paper.next_button.text() == "未確認 20人をつぎつぎに決める"
    paper.next_button.click()
    first, second, third = paper.table.model.records()[:3]
    assert paper.table.current() is first
    QTest.keyClick(paper.table.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(paper.door.received) == 1 and paper.table.current().number == second.number)
    QTest.keyClick(paper.table.view, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: len(paper.door.absent) == 1 and paper.table.current().number == third.number)
    type_numbers(paper, "3-20")
    qtbot.waitUntil(lambda: not paper.door.waiting)
    assert paper.end_button.is_filled, "nothing is closed by the filled button while somebody is not marked"


def test_the_name_of_the_page_stays_where_it_is_once_something_is_saved(paper):
    place = paper.head._place
    for width in range(1366, 900, -6):
        paper.head.saved.setText("")
        paper.resize(width, 768)
        QApplication.processEvents()
        alone = place.mapTo(paper, QPoint())
        paper.head._show_saved(DOOR)
        QApplication.processEvents()
        assert place.mapTo(paper, QPoint()) == alone, width
