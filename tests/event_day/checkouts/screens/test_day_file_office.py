"""In the office: an event is taken out from the day's tab and the ledger, 持出し中 is seen, and the file is brought
back."""

import shutil
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.actions.action_context import ActionContext
from app.event_day.checkouts.parts import CheckoutReturnDialog, CheckoutsScreen
from app.event_day.checkouts.services import files_outside
from app.event_day.day.screens.day_panel import DayPanel
from app.event_day.day_file.parts import DayFileCheckoutDialog, PickEventDialog, ReturnDayFileDialog, bring_back
from app.event_day.day_file.parts import check_out_event as take_out_by_dialog
from app.event_day.reception import services as reception_services
from app.event_day.reception.screens.reception_screen import ReceptionScreen
from app.home.today.services.home import read_home
from db.files.day_file import FILE_SUFFIX
from db.tables import protection, roster
from tests.support import sample_desk
from tests.support.day_files import BACK, CHECKER, OUT, PASSWORD, at_door, at_venue, came, take_out
from tests.support.doing import do
from tests.support.door_people import entries_by_name
from tests.support.pressing import fill_in
from tests.support.waiting import opened, wait_idle

TAKEOUTS = partial(CheckoutsScreen, check_out=take_out_by_dialog, return_file=bring_back)


@pytest.fixture
def shown(qtbot, desk_at, event_id):
    def show(kind, now=OUT, **arguments):
        desk = desk_at(now)
        return sample_desk.shown(qtbot, kind(desk), desk, **{"event_id": event_id} | arguments)

    return show


def fill(dialog, folder) -> None:
    dialog.target.choose(folder)
    dialog.form.set_values({"approved_by": CHECKER})
    dialog.passwords.set_values({"password": PASSWORD, "again": PASSWORD})


def test_a_file_taken_out_says_when_its_place_is_copied_elsewhere(qtbot, shown, tmp_path):
    cloud = tmp_path / "OneDrive - みほん区"
    cloud.mkdir()
    screen = shown(DayPanel, part="持出しファイル")
    do(qtbot, screen.app_context, screen.outside.day_file.take_button.click)
    dialog = opened(screen, DayFileCheckoutDialog)
    assert dialog.target.copied.isHidden()

    fill(dialog, cloud)
    wait_idle(qtbot, screen.app_context)
    assert "ほかのPCやクラウドにも複製されます（OneDrive）" in dialog.target.copied.plain_text()
    assert not dialog.target.copied.isHidden()
    fill(dialog, tmp_path)
    wait_idle(qtbot, screen.app_context)
    assert dialog.target.copied.isHidden()


def a_day(path, event_id) -> None:
    with at_venue(path) as day:
        entry = entries_by_name(day.store, event_id)
        reception_services.receive(ActionContext(day.store, **at_door(day)), entry_id=entry["髙橋 見本子"].id)
        reception_services.mark_absent(ActionContext(day.store, **at_door(day)), entry_id=entry["伊藤 試"].id)


def test_from_the_days_tab_an_event_is_taken_out(qtbot, store, event_id, shown, tmp_path):
    screen = shown(DayPanel, part="持出しファイル")
    assert not screen.outside.day_file.outside.isVisible()
    assert not screen.outside.day_file.return_button.isVisible()
    do(qtbot, screen.app_context, screen.outside.day_file.take_button.click)
    dialog = opened(screen, DayFileCheckoutDialog)
    assert dialog.care.isChecked()
    assert dialog.form.value("purpose") == "受付"
    assert dialog.form.value("destination") == "みほん区民館　研修室"
    dialog.main.click()
    assert dialog.form.problem_shown("approved_by")
    fill(dialog, tmp_path)
    dialog.passwords.set_values({"again": "another password"})
    dialog.main.click()
    assert dialog.passwords.problem_shown("again")
    dialog.passwords.set_values({"password": "short", "again": "short"})
    dialog.main.click()
    assert "文字必要" in dialog.passwords.problem_shown("password")
    assert protection.checkouts(store.database) == []
    fill(dialog, tmp_path)
    do(qtbot, screen.app_context, dialog.main.click)
    row = files_outside(store.database, event_id)[0]
    assert (row.approved_by, row.destination, row.due_back_at) == (
        CHECKER,
        "みほん区民館　研修室",
        OUT.replace(hour=17, minute=15),
    )
    assert (tmp_path / f"R8-講01-当日{FILE_SUFFIX}").is_file()
    assert "持出し中" in screen.outside.day_file.outside.words()
    assert screen.outside.day_file.outside.isVisible()
    assert "持出しファイル" in screen.steps.rows["返却"].words.text()


def test_a_name_that_is_taken_is_said_in_the_dialog_and_what_was_typed_stays(qtbot, store, event_id, shown, tmp_path):
    (tmp_path / f"R8-講01-当日{FILE_SUFFIX}").write_bytes(b"somebody's day")
    screen = shown(DayPanel)
    do(qtbot, screen.app_context, screen.outside.day_file.check_out)
    dialog = opened(screen, DayFileCheckoutDialog)
    dialog.care.setChecked(False)
    fill(dialog, tmp_path)
    do(qtbot, screen.app_context, dialog.main.click)
    assert "もうあります" in dialog.refusal.words()
    assert protection.checkouts(store.database) == []
    fill_in(qtbot, screen.app_context, dialog, {"name": "R8-講01-当日-予備"})
    assert (tmp_path / f"R8-講01-当日-予備{FILE_SUFFIX}").is_file()
    assert "配慮" not in protection.checkouts(store.database)[0].contents


def test_from_the_whole_ledger_the_event_is_asked_for_first(qtbot, store, event_id, shown, tmp_path):
    screen = shown(TAKEOUTS, event_id=None)
    screen.day_file.click()
    asked = opened(screen, PickEventDialog)
    wait_idle(qtbot, screen.app_context)
    asked.picker.choose(event_id)
    do(qtbot, screen.app_context, asked.main.click)
    dialog = opened(screen, DayFileCheckoutDialog)
    assert dialog.form.value("name") == "R8-講01-当日"
    fill(dialog, tmp_path)
    do(qtbot, screen.app_context, dialog.main.click)
    assert screen.open_count.text() == "未返却 1件"


def test_the_door_of_the_office_warns_and_goes_on(qtbot, store, event_id, shown, tmp_path):
    take_out(store, event_id, tmp_path)
    screen = shown(ReceptionScreen)
    assert "持出し中" in screen.head.note.text()
    QTest.keyClicks(screen.field, "2")
    QTest.keyClick(screen.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row.name for row in screen.door.received] == ["髙橋 見本子"])


def test_a_file_is_looked_at_conflicts_are_chosen_and_it_is_brought_back(qtbot, store, event_id, shown, tmp_path):
    path = take_out(store, event_id, tmp_path).path
    a_day(path, event_id)
    reception_services.receive(
        ActionContext(store, "同僚", BACK), entry_id=entries_by_name(store, event_id)["伊藤 試"].id
    )
    screen = shown(DayPanel, now=BACK)
    assert screen.steps.framed_step == "実施"
    screen.open_step("返却")
    screen.outside.day_file.return_button.click()
    dialog = opened(screen, ReturnDayFileDialog)
    dialog.main.click()
    assert "選ばれていません" in dialog.refusal.words()
    dialog.file.set_path(str(path))
    dialog.secret.set_values({"password": "something else 123"})
    do(qtbot, screen.app_context, dialog.main.click)
    assert "パスワードが違います" in dialog.refusal.words()
    dialog.secret.set_values({"password": PASSWORD})
    do(qtbot, screen.app_context, dialog.main.click)
    assert dialog.main.text() == "あと1件を選んでください"
    assert not dialog.main.isEnabled()
    assert [one.who_words for one in dialog.changes.model.records()] == [
        "2番 髙橋 見本子（みほん若葉町会）",
        "タブレット1番",
    ]
    key = next(iter(dialog.conflicts._groups))
    assert dialog.conflicts.button(key, "会場").text() == "会場　欠席"
    assert dialog.conflicts.button(key, "事務所").text() == "事務所　出席 17:05"
    dialog.conflicts.button(key, "会場").click()
    dialog.main.click()
    assert dialog.checker.problem_shown("checked_by")
    dialog.checker.set_values({"checked_by": "見本 次郎"})
    dialog.checker.changed.emit("checked_by")
    assert "同じ人" in dialog.same.words()
    dialog.checker.set_values({"checked_by": CHECKER})
    do(qtbot, screen.app_context, dialog.main.click)
    assert came(store, event_id) == {"髙橋 見本子"}
    assert not path.exists()
    assert not screen.outside.day_file.outside.isVisible()
    do(qtbot, screen.app_context, screen.app_context.undo)


def test_a_copy_of_what_came_back_is_recognised_and_destroyed(qtbot, store, event_id, shown, tmp_path):
    path = take_out(store, event_id, tmp_path).path
    copy = tmp_path / "写し.dkday"
    a_day(path, event_id)
    shutil.copyfile(path, copy)
    screen = shown(DayPanel, now=BACK)
    for place in (path, copy):
        screen.outside.day_file.bring_back()
        dialog = opened(screen, ReturnDayFileDialog)
        dialog.file.set_path(str(place))
        dialog.secret.set_values({"password": PASSWORD})
        do(qtbot, screen.app_context, dialog.main.click)
        before = roster.entries(store.database, event_id)
        if place is copy:
            assert dialog.main.text() == "この写しを消去する"
        dialog.checker.set_values({"checked_by": CHECKER})
        do(qtbot, screen.app_context, dialog.main.click)
        assert not place.exists()
    assert roster.entries(store.database, event_id) == before


def test_the_row_of_the_ledger_brings_its_file_back_or_notes_that_it_is_lost(qtbot, store, event_id, shown, tmp_path):
    take_out(store, event_id, tmp_path)
    screen = shown(TAKEOUTS, now=BACK)
    row = screen.table.model.records()[0]
    screen.return_row(row)
    dialog = opened(screen, ReturnDayFileDialog)
    dialog.hand_button.click()
    by_hand = opened(screen, CheckoutReturnDialog)
    fill_in(qtbot, screen.app_context, by_hand, {"who": CHECKER, "copies": 0, "reason": "会場で見当たらない"})
    assert screen.table.model.records()[0].state == "一部未返却"
    assert len(files_outside(store.database, event_id)) == 1
    home = read_home(store, today=BACK.date().replace(day=28))
    shown_at_home = (*home.rows, *home.passed_targets, *home.later_rows, *home.self_managed)
    assert "持出しの返却を記録する" in [one.task.label for one in shown_at_home]
