"""日程の比べ and 区の年中行事 as a clerk uses them: dates typed down the column, a reason, one button, Ctrl+Z; a day of
the ward."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.documents.screens.document_view import DocumentDialog
from app.events.schedules.screens.compare_dialogs import CandidateDialog, PlanDialog
from app.events.schedules.screens.compare_rows import CompareRows
from app.events.schedules.screens.compare_screen import CompareScreen
from app.events.schedules.screens.ward_days_screen import WardDayDialog, WardDaysScreen
from db.records.events import Event
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.rows import by_id, rows
from tests.support.doing import do
from tests.support.pressing import press_key
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import press, wait_idle


@pytest.fixture
def desk(qtbot, tmp_path):
    with session(tmp_path) as made:
        yield made
        wait_idle(qtbot, made)


def line(screen, title):
    return next(one for one in screen.rows.rows if title in one.title.text())


def put(qtbot, screen, title, typed):
    shown_row = line(screen, title)
    shown_row.field.setFocus()
    shown_row.field.selectAll()
    QTest.keyClicks(shown_row.field, typed)
    press_key(qtbot, screen.app_context, shown_row.field, Qt.Key.Key_Return)
    return line(screen, title)


def test_dates_are_typed_judged_given_a_reason_made_the_events_and_taken_back(desk, qtbot):
    screen = shown(qtbot, CompareScreen(desk), desk)
    assert len(screen.rows.rows) == 12
    held = line(screen, "第1回 事例紹介")
    assert (held.held.isVisible(), held.field.isVisible()) == (True, False), "what was held is no field any more"
    wrong = put(qtbot, screen, "第7回", "2/30")
    assert "2月に30日はありません" in wrong.remarks.text()
    assert wrong.field.text() == "2/30"
    late = put(qtbot, screen, "第7回", "12/26")
    assert "期間 12/25(金) を過ぎる" in late.remarks.text()
    assert "仕4(1)ア" in late.remarks.text()
    do(qtbot, desk, lambda: late.remarks.linkActivated.emit("2026-12-25"))
    assert line(screen, "第7回").field.text() == "12/25"
    put(qtbot, screen, "第3回 派遣", "R9.3.10")
    before = rows(desk.store.database, Event)
    row = line(screen, "第2回 意見")
    row.field.setFocus()
    assert not line(screen, "第6回").edit.isVisible()
    assert row.edit.isVisible(), "a row in hand offers its pencil"
    row.edit.setFocus()
    row.edit.click()
    dialog_over(screen, CandidateDialog).reject()
    assert (row.edit.isVisible(), screen.focusWidget()) == (True, row.edit), "no other date is typed over"
    row.edit.click()
    dialog = dialog_over(screen, CandidateDialog)
    dialog.form.set_values({"reason": "役員が出やすい日"})
    do(qtbot, desk, dialog.confirmed.emit)
    assert screen.apply_button.text() == "3件を実施回にする"
    press(qtbot, desk, screen.apply_button)
    days = {one.full_title: one.event_date for one in rows(desk.store.database, Event)}
    assert days["第2回 意見交換会"] == date(2027, 2, 11)
    assert date(2026, 12, 25) in days.values()
    assert not screen.apply_button.isEnabled()
    do(qtbot, desk, desk.undo)
    assert rows(desk.store.database, Event) == before
    assert screen.apply_button.text() == "3件を実施回にする"


def test_rows_come_four_in_a_turn_and_what_is_narrowed_meanwhile_stays_narrowed(desk, qtbot):
    screen = shown(qtbot, CompareScreen(desk), desk)
    found, made = screen.found, CompareRows()
    qtbot.addWidget(made)
    coming = made.show_comparison(found, found.lines, desk.today())
    counted = []
    for _turn in coming:
        counted.append(len(made.rows))
    assert (counted, len(made.rows)) == ([4, 8], 12)

    other = CompareRows()
    qtbot.addWidget(other)
    coming = other.show_comparison(found, found.lines, desk.today())
    next(coming)
    list(other.show_comparison(found, found.lines[:2], desk.today()))
    list(coming)
    assert [one.line for one in other.rows] == list(found.lines[:2])


def test_a_further_draft_is_begun_narrowed_printed_and_taken_away(desk, qtbot):
    screen = shown(qtbot, CompareScreen(desk), desk)
    screen.plan_button.click()
    dialog = dialog_over(screen, PlanDialog)
    dialog.form.set_values({"name": "区の案"})
    do(qtbot, desk, dialog.confirmed.emit)
    assert screen.found.plan.name == "区の案"
    put(qtbot, screen, "第6回", "12/9")
    screen.only_differing.setChecked(True)
    assert [one.title.text() for one in screen.rows.rows] == [line(screen, "第6回").title.text()]
    screen.only_differing.setChecked(False)
    screen.add()
    added = dialog_over(screen, CandidateDialog)
    added.form.set_values({"subject": "追加の講習会", "typed": "12/11"})
    do(qtbot, desk, added.confirmed.emit)
    assert "新しい実施回" in line(screen, "追加の講習会").second.text()
    screen.print_button.click()
    qtbot.waitUntil(lambda: bool(screen.findChildren(DocumentDialog)))
    dialog_over(screen, DocumentDialog).reject()
    plan_id = screen.found.plan.id
    do(qtbot, desk, screen.remove_button.click)
    assert by_id(desk.store.database, SchedulePlan, plan_id) is None
    assert rows(desk.store.database, ScheduleCandidate, plan_id=plan_id) == []


def test_a_day_of_the_ward_is_added_closed_and_taken_away(desk, qtbot):
    screen = shown(qtbot, WardDaysScreen(desk), desk)
    screen.add()
    dialog = dialog_over(screen, WardDayDialog)
    dialog.form.set_values({"title": "連合会の総会", "day": date(2027, 5, 14), "owner": "担当係"})
    do(qtbot, desk, dialog.confirmed.emit)
    made = rows(desk.store.database, WardDay)[-1]
    assert (made.title, screen.table.current().id) == ("連合会の総会", made.id)
    do(qtbot, desk, screen.finish)
    assert by_id(desk.store.database, WardDay, made.id).done_on == desk.today()
    do(qtbot, desk, screen.remove)
    assert by_id(desk.store.database, WardDay, made.id) is None
