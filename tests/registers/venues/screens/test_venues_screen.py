"""会場・予約 on the screen: add, tie, settle, warn, the month, a list taken in once."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PIL import Image

from app.actions.action_context import ActionContext
from app.documents.screens.document_view import DocumentDialog
from app.importing.missing_years import YEAR_SETTING
from app.importing.parts import ChoiceDialog, ListImportDialog, PastImportsDialog
from app.registers.venues import services as venues_services
from app.registers.venues.screens import BookingDialog, VenueDialog, VenuesScreen
from app.registers.venues.services import printed_map
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import LinkListDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.screen import READ_ONLY
from db.records.venues import Booking, Venue
from db.tables import venues as table
from tests.support.booking_files import BOOKING_CSV, BOOKING_TEXT
from tests.support.doing import do
from tests.support.foreign_books import struck_book
from tests.support.mapping import choose_columns
from tests.support.sample_desk import dialog_over, shown
from tests.support.waiting import opened, wait_idle
from tests.support.years import BY, add_lecture, the_event

NOW = datetime(2026, 9, 16, 9)
DAY = date(2026, 9, 24)


@pytest.fixture
def screen(qtbot, desk_at):
    desk = desk_at(NOW)
    return shown(qtbot, VenuesScreen(desk), desk)


def again(qtbot, screen):
    do(qtbot, screen, screen.refresh)


def put(store, **given) -> int:
    row = Booking(**{"venue_name": "みほん区民館", "room": "研修室", "day": DAY} | given)
    return venues_services.save_booking(ActionContext(store, BY, NOW), booking=row).id


def test_a_new_booking_starts_with_the_next_event_that_has_none(qtbot, store, screen):
    event_id = add_lecture(store, DAY)
    venues_services.save_venue(
        ActionContext(store, BY, NOW), venue=Venue(name="みほん区民館", room="研修室", capacity=24)
    )
    again(qtbot, screen)
    assert "まだありません" in screen.warnings.words()
    screen.add_button.click()
    dialog = opened(screen, BookingDialog)
    assert (dialog.form.value("event_id"), dialog.form.value("day")) == (event_id, DAY)
    assert dialog.form.value("venue_name") == "みほん区民館"
    dialog.form.set_values({"state": "承認", "approved_on": date(2026, 8, 20), "cancel_by": date(2026, 9, 18)})
    do(qtbot, screen, dialog.main.click)

    row = table.bookings(store.database)[0]
    assert (row.state, row.event_id, row.venue_name) == ("承認", event_id, "みほん区民館")
    assert the_event(store, event_id).venue_booked_on == date(2026, 8, 20)
    assert screen.warnings.words() == ""
    assert screen.current_booking().id == row.id


def test_the_steps_are_taken_from_the_details(qtbot, store, screen):
    put(store, state="承認", cancel_by=date(2026, 9, 17))
    again(qtbot, screen)
    screen.open_with(booking_id=table.bookings(store.database)[0].id)
    again(qtbot, screen)
    detail = screen.detail
    assert detail.confirm_use_button.is_filled
    assert not screen.add_button.is_filled
    detail.confirm_use_button.click()
    assert detail.cancel_button.is_resting, "a second click of a hand meets nothing"
    wait_idle(qtbot, screen.app_context)
    assert not detail.confirm_use_button.is_offered
    assert screen.add_button.is_filled
    qtbot.waitUntil(lambda: not detail.cancel_button.is_resting)
    do(qtbot, screen, detail.cancel_button.click)
    assert table.bookings(store.database)[0].state == "取消"
    qtbot.waitUntil(lambda: not detail.remove.is_resting)
    detail.remove.click()
    dialog_over(screen.window(), DialogFrame).reject()
    assert len(table.bookings(store.database)) == 1
    detail.remove.click()
    do(qtbot, screen, dialog_over(screen.window(), DialogFrame).main.click)
    assert table.bookings(store.database) == []


def test_rooms_booked_twice_are_said_above_the_list_and_lead_to_the_booking(qtbot, store, screen):
    put(store, start_time="13:00", end_time="17:00")
    put(store, start_time="16:00", end_time="18:00")
    again(qtbot, screen)
    assert "重なっています" in screen.warnings.words()
    screen.list_warnings()
    dialog = opened(screen, LinkListDialog)
    assert len(dialog.entries) == 2
    dialog.reject()


def test_a_reader_is_offered_no_new_booking_and_told_why(qtbot, store, screen):
    add_lecture(store, DAY)
    screen.app_context.set_read_only(True)
    again(qtbot, screen)
    screen.list_warnings()
    dialog = opened(screen, LinkListDialog)
    offered = next(one for one in dialog.findChildren(Button) if one.text() == "予約を追加")
    assert (offered.isEnabled(), offered.toolTip()) == (False, READ_ONLY)
    assert (screen.bookings.empty_button.isEnabled(), screen.bookings.empty_button.toolTip()) == (False, READ_ONLY)
    dialog.reject()


def test_an_empty_day_of_the_month_is_for_a_new_booking(qtbot, store, screen):
    put(store)
    again(qtbot, screen)
    screen.month.show_day(date(2026, 9, 25))
    dialog = opened(screen, BookingDialog)
    assert dialog.form.value("day") == date(2026, 9, 25)
    dialog.reject()
    screen.tabs.choose(1)
    screen.month.show_day(DAY)
    day = opened(screen, LinkListDialog)
    day.entries[0].follow()
    assert screen.tabs.current() == 0
    day.reject()


def test_a_venue_is_added_and_changed(qtbot, store, screen):
    screen.tabs.choose(2)
    screen.add_venue_button.click()
    dialog = opened(screen, VenueDialog)
    dialog.form.set_values({"name": "みほん区民館", "phone": "03-0000-0102", "capacity": 24})
    do(qtbot, screen, dialog.main.click)
    row = venues_services.list_venues(store)[0]
    assert (row.venue.phone, row.venue.capacity) == ("03-0000-0102", 24)
    screen.edit_venue(row)
    dialog = opened(screen, VenueDialog)
    dialog.form.set_values({"access": "駅から徒歩8分"})
    do(qtbot, screen, dialog.main.click)
    assert venues_services.list_venues(store)[0].venue == replace(row.venue, access="駅から徒歩8分")


def test_a_list_is_seen_row_by_row_before_it_is_taken_in_and_twice_changes_nothing(qtbot, store, screen, tmp_path):
    path = tmp_path / "予約.csv"
    path.write_bytes(BOOKING_CSV)
    do(qtbot, screen, screen.import_menu.take_file, path)
    dialog = opened(screen, ListImportDialog)
    assert dialog.main.text() == "3件を取り込む"
    assert table.bookings(store.database) == []
    do(qtbot, screen, dialog.main.click)
    taken = table.bookings(store.database)
    assert [(row.venue_name, row.approval_number, row.state) for row in taken] == [
        ("見本つつじ区民館", "0000101", "承認"),
        ("見本つつじ区民館", "0000102", "申請中"),
        ("見本星空区民センター", "0000103", "仮予約"),
    ]
    do(qtbot, screen, screen.import_menu.take_file, path)
    dialog = opened(screen, ListImportDialog)
    assert not dialog.main.isEnabled()
    dialog.reject()
    assert table.bookings(store.database) == taken


def test_unknown_columns_are_set_by_hand_and_an_earlier_list_goes_back(qtbot, store, screen, tmp_path):
    path = tmp_path / "変わった一覧.csv"
    path.write_text("見出しA,見出しB,見出しC\r\n見本つつじ区民館　研修室,2026/12/15,13:00～17:00\r\n", encoding="utf-8")
    do(qtbot, screen, screen.import_menu.take_file, path)
    dialog = opened(screen, ListImportDialog)
    assert "「施設」「利用日」の列が決まっていません" in dialog.problem.words()
    assert not dialog.main.isEnabled()
    for index, field in enumerate(("venue", "day", "slot")):
        choose_columns(dialog.mapping.table.lines[field], (index,))
    do(qtbot, screen, dialog.main.click)
    assert dialog.main.text() == "1件を取り込む"
    do(qtbot, screen, dialog.main.click)
    assert len(table.bookings(store.database)) == 1

    again(qtbot, screen)
    do(qtbot, screen, dict(screen.import_menu.menu_actions())["これまでの取り込み"])
    past = opened(screen, PastImportsDialog)
    do(qtbot, screen, past.table.acted.emit, past.table.model.records()[0])
    assert table.bookings(store.database) == []


def test_a_doubtful_booking_is_decided_alone_and_one_with_a_number_only_with_a_reason(qtbot, store, screen, tmp_path):
    path = tmp_path / "予約.csv"
    path.write_bytes(BOOKING_TEXT.replace("意見交換会", "意見交換会　123456789018").encode("cp932"))
    do(qtbot, screen, screen.import_menu.take_file, path)
    dialog = opened(screen, ListImportDialog)
    assert dialog.main.text() == "2件を取り込む"
    found = next(row for row in dialog.table.model.records() if row.has_personal_number)
    dialog.decide(found)
    choice = opened(dialog, ChoiceDialog)
    choice.form.set_values({"action": "取り込む"})
    choice.main.click()
    assert choice.refusal.isVisible()
    choice.form.set_values({"action": "取り込む", "reason": "管理番号と確認"})
    do(qtbot, screen, choice.main.click)
    assert dialog.main.text() == "3件を取り込む"
    dialog.back.click()
    assert dialog.main.text() == "行ごとの結果を見る"
    do(qtbot, screen, dialog.main.click)
    do(qtbot, screen, dialog.main.click)
    assert len(table.bookings(store.database)) == 3


def test_the_year_of_days_without_one_is_a_field_above_the_columns(qtbot, screen, tmp_path):
    lines = [
        ("施設名", "室場名", "利用日", "利用時間帯", "状態"),
        ("見本ホール", "和室", "12/1", "9:00～12:00", "承認"),
    ]
    do(qtbot, screen, screen.import_menu.take_file, struck_book(tmp_path / "予約.xlsx", lines, ()))
    dialog = opened(screen, ListImportDialog)
    assert dialog.pages.currentIndex() == 0
    assert dialog.form.value(YEAR_SETTING) is None
    dialog.form.set_values({YEAR_SETTING: date(2026, 4, 1)})
    do(qtbot, screen, dialog.main.click)
    assert [(row.outcome, row.new_record.day) for row in dialog.table.model.records()] == [("新規", date(2026, 12, 1))]
    dialog.done(0)


def test_a_booking_of_an_event_shows_its_application_and_one_of_none_has_none(qtbot, store, screen):
    event_id = add_lecture(store, DAY)
    put(store, event_id=event_id, start_time="13:00", end_time="17:00")
    again(qtbot, screen)
    assert screen.detail.document_button.is_offered
    screen.detail.document_button.click()
    dialog = opened(screen, DocumentDialog)
    qtbot.waitUntil(lambda: dialog.view.content is not None)
    assert dialog.view.kind == "会場使用・減免申請書"
    do(qtbot, screen, dialog.reject)
    put(store, room="和室", day=date(2026, 9, 25))
    again(qtbot, screen)
    screen.bookings.choose(lambda row: row.booking.room == "和室")
    assert not screen.detail.document_button.is_offered


def test_a_picture_of_the_map_is_taken_at_once_goes_before_the_drawn_one_and_is_taken_off_again(
    qtbot, store, screen, tmp_path
):
    path = tmp_path / "地図.png"
    Image.new("RGB", (580, 340), "white").save(path)
    venue = Venue(name="みほん区民館", map_station="見本駅", map_source="区で作成", map_permission="区の著作")
    do(qtbot, screen, venues_services.save_venue, ActionContext(store, BY, NOW), venue=venue)
    screen.tabs.choose(2)
    do(qtbot, screen, screen.reload)
    screen.edit_venue(venues_services.list_venues(store)[0])
    dialog = opened(screen, VenueDialog)
    assert "略図を描きます" in dialog.map_label.text()
    dialog.form.set_values({"map_exit": "北口"})
    dialog.ask_file = lambda: str(path)
    do(qtbot, screen, dialog.map_button.click)
    kept = venues_services.list_venues(store)[0].venue
    assert printed_map(store, kept).data.startswith(b"\xff\xd8")
    assert dialog.form.value("map_exit") == "北口"  # what was typed meanwhile stays
    do(qtbot, screen, dialog.remove_map_button.click)
    assert printed_map(store, venues_services.list_venues(store)[0].venue).data == b""
    do(qtbot, screen, dialog.map_button.click)
    do(qtbot, screen, dialog.main.click)
    kept = venues_services.list_venues(store)[0].venue
    assert (kept.map_exit, kept.map_file_id is not None) == ("北口", True)


def test_what_is_to_be_checked_about_a_booking_of_another_year_says_where_it_is(qtbot, store, screen):
    put(store, day=date(2027, 4, 20))
    again(qtbot, screen)
    screen.list_warnings()
    (button,) = [one for one in opened(screen, LinkListDialog).findChildren(Button) if one.text() == "予約を開く"]
    assert not button.isEnabled()
    assert button.toolTip() == "ほかの年度の予約です。年度を替えると開けます。"
