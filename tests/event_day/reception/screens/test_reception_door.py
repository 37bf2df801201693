"""The door as a clerk uses it: numbers, letters, mouse, F8, undo, 当日受付, the end; each key stored at once."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontInfo, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from app.event_day.reception.parts import ClosingDialog
from app.event_day.reception.screens.check_in_list import told_row
from app.event_day.reception.screens.check_in_row_layout import badge_area, button_words, note_words
from app.event_day.reception.screens.person_dialogs import EntryNameDialog, WalkInDialog
from app.event_day.reception.screens.reception_screen import ReceptionScreen
from app.event_day.reception.services import read_reception
from app.events.roster.parts import SubstituteDialog
from app.events.roster.rules import AdmissionCode
from app.events.tablets.services import assign_tablets, release_tablets, set_tablets
from app.history import services as history_services
from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.widgets.badges import badge_look
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import LinkListDialog
from app.window.app_context import AppContext
from app.window.background_task import Tasks
from db.records.event_status import CutShort
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.roster import Entry, Tablet
from db.rows import by_id, rows
from db.tables import events, organisations, roster
from tests.support import door_people, sample, sample_desk
from tests.support.door_keys import WRONG, shuffled, type_rush
from tests.support.door_people import DOOR, WAITING, acting, door_event, numbers, waiting_one, who, write
from tests.support.in_full import IN_FULL
from tests.support.input_method import compose
from tests.support.years import BY, add_lecture


@pytest.fixture
def event_id(store):
    made = door_event(store)
    person = organisations.all_people(store.database)[1]
    write(store, Contact(person_id=person.id, kind="電話", value="03-0000-1234", purpose="中止の連絡"))
    door_people.tablets(store, 6)
    assign_tablets(acting(store), event_id=made, spare=1)
    return made


@pytest.fixture
def main(store, event_id, qtbot):
    """The real window, standing at the door; the clock goes on by a minute with every question."""
    tasks = Tasks()
    moments = iter(DOOR + timedelta(seconds=10 * step) for step in range(10_000))
    desk = AppContext(
        tasks=tasks,
        store=store,
        user_name=BY,
        fiscal_year=2026,
        clock=lambda: next(moments),
        undo=history_services.undo,
    )
    window = MainWindow(desk)
    qtbot.addWidget(window)
    for name, title, page, parent in (
        ("events", "事業", lambda _desk: QWidget(), ""),
        ("event", "事業", lambda _desk: QWidget(), "events"),
        ("reception", "受付", ReceptionScreen, "events"),
    ):
        window.register_screen(
            ScreenEntry(screen_name=name, icon="calendar-blank", title=title, factory=page, parent_screen=parent)
        )
    window.resize(1366, 768)
    window.show()
    window.go("events")
    window.go("reception", event_id=event_id)
    door = window.screen_of("reception")
    qtbot.waitUntil(lambda: door.door is not None and door.door.unnumbered_count == 0)
    yield window
    qtbot.waitUntil(lambda: tasks.is_idle)
    tasks.shutdown()


@pytest.fixture
def door(main):
    return main.screen_of("reception")


def stored(store, event_id):
    return {row.name for row in read_reception(store, event_id=event_id).received}


def received(door):
    return {row.name for row in door.door.received}


def shown(door):
    return [row.name for row in door.list.people()]


def press_number(door, number):
    QTest.keyClicks(door.field, str(number))
    QTest.keyClick(door.field, Qt.Key.Key_Return)


def receive(qtbot, door, number, *names) -> None:
    """Type a number and wait until these people and nobody else have been received."""
    press_number(door, number)
    qtbot.waitUntil(lambda: received(door) == {*names})


def closing(main, qtbot, begin) -> ClosingDialog:
    """Begin to close the reception; return the dialog that asks about it."""
    begin()
    qtbot.waitUntil(lambda: main.findChild(ClosingDialog) is not None)
    return main.findChild(ClosingDialog)


def leave(main, qtbot, button) -> None:
    """Press a button that leads away from the door."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: main.shown_screen_name() == "event")


def menu_of(door, name) -> dict:
    """The actions of the menu of a row by their words."""
    door.menu.open_for(row_of(door, name), door.door, QPoint(0, 0))
    door.menu.menu.close()
    return {action.text(): action for action in door.menu.menu.actions()}


def middle_of_button(door, row):
    area = door.list.row_area(row)
    return area.topLeft() + door.list.layout_of(row).button.center().toPoint()


def row_of(door, name):
    return next(row for row in door.door.rows if row.name == name)


def test_the_door_has_the_window_to_itself_and_gives_it_back(main, door, qtbot):
    assert not main.side_bar.isVisible()
    assert not main.top_bar.isVisible()
    main.go_back()
    assert main.side_bar.isVisible()
    assert main.top_bar.isVisible()


def test_a_number_and_enter_receive_and_the_next_one_can_be_typed_at_once(door, store, event_id, qtbot):
    by_name = numbers(store, event_id)
    for name in ("齋藤 見本", "みほん 節子", "𠮷田 例男"):
        press_number(door, by_name[name])
    qtbot.waitUntil(lambda: len(received(door)) == 3)
    assert stored(store, event_id) == {"齋藤 見本", "みほん 節子", "𠮷田 例男"}
    assert [row.name for row in door.door.received] == ["𠮷田 例男", "みほん 節子", "齋藤 見本"]
    assert door.side.came.text() == "3"
    assert door.field.text() == ""
    assert (door.door.tablets.handed_out, door.door.tablets.waiting) == (2, 1)


def test_full_width_digits_letters_and_arrows_find_people(door, store, event_id, qtbot):
    door.field.setText("６")
    assert shown(door) == ["𠮷田 例男"]
    door.field.setText("たかは")
    assert shown(door) == ["髙橋 見本子"]
    door.field.setText("高橋")
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: received(door) == {"髙橋 見本子"})
    assert shown(door)[0] == "伊藤 試"
    assert door.list.current_row().name == "みほん 節子"
    QTest.keyClick(door.field, Qt.Key.Key_Down)
    QTest.keyClick(door.field, Qt.Key.Key_Up)
    QTest.keyClick(door.field, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "みほん 節子" in received(door))
    assert door.list.current_row().name == "𠮷田 例男"


def test_letters_that_several_share_receive_nobody_until_one_is_chosen(door, qtbot):
    door.field.setText("みほん若葉")
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    assert "↑↓で選んで" in door.message.text()
    QTest.keyClick(door.field, Qt.Key.Key_Down)
    chosen = door.list.current_row().name
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    if chosen != "氏名未定":
        qtbot.waitUntil(lambda: received(door) == {chosen})


def test_an_unknown_or_a_received_number_is_said_and_changes_nothing(door, store, event_id, qtbot):
    press_number(door, 88)
    assert door.message.text() == "88番は名簿にありません。番号をご確認ください。"
    door.field.clear()
    receive(qtbot, door, 1, "みほん 節子")
    press_number(door, 1)
    assert "すでに受付済です" in door.message.text()
    assert stored(store, event_id) == {"みほん 節子"}


def test_a_refused_number_leaves_the_chosen_row_and_no_key_meets_another_person(door, store, qtbot):
    event_id = door_event(store, unnamed=6)
    door.open_with(event_id=event_id)
    door.reload()
    qtbot.waitUntil(lambda: door.door is not None and door.door.event.id == event_id and not door.door.unnumbered_count)
    press_number(door, 1)
    qtbot.waitUntil(lambda: [row.number for row in door.door.received] == [1])
    chosen = door.list.current_row().number
    assert chosen != 10
    QTest.keyClicks(door.field, "1")
    assert door.list.current_row().number == 1, "F7 is about the number that was typed"
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    assert "すでに受付済です" in door.message.text()
    assert door.list.current_row().number == chosen
    press_number(door, 88)
    assert door.list.current_row().number == chosen


def test_enter_in_an_empty_field_does_nothing(door):
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    assert received(door) == set()


def test_the_mouse_presses_the_button_of_a_row_and_a_double_click_counts_once(door, store, event_id, qtbot):
    row = row_of(door, "渡邉 例子")
    QTest.mouseClick(door.list.viewport(), Qt.MouseButton.LeftButton, pos=middle_of_button(door, row))
    qtbot.waitUntil(lambda: received(door) == {"渡邉 例子"})
    assert door.field.hasFocus()
    row = row_of(door, "伊藤 試")
    place = middle_of_button(door, row)
    QTest.mouseClick(door.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(door.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: received(door) == {"渡邉 例子", "伊藤 試"})
    assert stored(store, event_id) == {"渡邉 例子", "伊藤 試"}


def test_a_received_row_is_taken_back_only_after_it_was_chosen(door, qtbot):
    receive(qtbot, door, 1, "みほん 節子")
    place = middle_of_button(door, row_of(door, "みほん 節子"))
    QTest.mouseClick(door.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert door.list.current_row().name == "みほん 節子"
    assert received(door) == {"みほん 節子"}
    QTest.mouseClick(door.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: received(door) == set())


def test_undo_by_key_and_button(main, door, qtbot):
    receive(qtbot, door, 1, "みほん 節子")
    QTest.keyClick(door.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: received(door) == set())
    receive(qtbot, door, 2, "髙橋 見本子")
    QTest.mouseClick(door.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: received(door) == set())


def test_delete_takes_back_only_who_was_chosen_by_an_arrow(main, door, qtbot):
    receive(qtbot, door, 1, "みほん 節子")
    press_number(door, 1)
    qtbot.waitUntil(lambda: "すでに受付済" in door.message.text())
    QTest.keyClick(door.field, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert received(door) == {"みほん 節子"}, "whoever clears a number takes nobody back"
    while door.list.current_row() is None or door.list.current_row().name != "みほん 節子":
        QTest.keyClick(door.field, Qt.Key.Key_Down)
    QTest.keyClick(door.field, Qt.Key.Key_Up)
    QTest.keyClick(door.field, Qt.Key.Key_Down)
    assert door.list.current_row().name == "みほん 節子"
    QTest.keyClick(door.field, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: received(door) == set())
    assert "すでに" not in door.message.text()


def test_undo_at_the_door_leaves_what_was_done_before_it_was_opened(main, door, store, event_id, qtbot):
    before = history_services.last_action(store)
    main.undo()
    qtbot.waitUntil(lambda: "元に戻せる操作がありません" in door.message.text())
    assert history_services.last_action(store) == before
    main.undo_bar.undo_asked.emit()
    qtbot.waitUntil(lambda: main.app_context.tasks.is_idle)
    assert history_services.last_action(store) == before
    assert all(row.number for row in read_reception(store, event_id=event_id).waiting)


def test_a_care_is_read_only_while_f8_or_the_badge_is_held(door, qtbot):
    door.field.setText("渡辺")
    QTest.keyPress(door.field, Qt.Key.Key_F8)
    qtbot.waitUntil(door.care.isVisible)
    assert door.care._words.plain_text() == "手話通訳を希望"
    QTest.keyRelease(door.field, Qt.Key.Key_F8)
    assert not door.care.isVisible()
    assert door.care._words.plain_text() == ""
    row = row_of(door, "渡邉 例子")
    layout = door.list.layout_of(row)
    badge = door.list.row_area(row).topLeft() + QPoint(round(layout.badge_x) + 10, round(layout.height / 2))
    QTest.mousePress(door.list.viewport(), Qt.MouseButton.LeftButton, pos=badge)
    qtbot.waitUntil(door.care.isVisible)
    QTest.mouseRelease(door.list.viewport(), Qt.MouseButton.LeftButton, pos=badge)
    assert not door.care.isVisible()


def test_own_words_without_a_care_have_a_grey_sign_which_shows_them_while_it_is_held(door, store, event_id, qtbot):
    (one,) = rows(store.database, Entry, event_id=event_id, id=row_of(door, "伊藤 試").entry_id)
    with store.change(action="記載", by=BY, now=DOOR) as change:
        change.update(Entry, one.id, words="スマホ持参", words_use="そのまま")
    door.reload()
    qtbot.waitUntil(lambda: row_of(door, "伊藤 試").care_mark == "ことば")
    assert told_row(row_of(door, "伊藤 試")).endswith("本人のことばあり")
    assert told_row(row_of(door, "渡邉 例子")).endswith("配慮あり")
    assert badge_look("ことば").ink == badge_look("撮影不可").ink != badge_look("配慮").ink
    row = row_of(door, "伊藤 試")
    badge = badge_area(row, door.list.layout_of(row)).center().toPoint()
    at = door.list.row_area(row).topLeft() + badge
    QTest.mousePress(door.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(door.care.isVisible)
    assert door.care._words.plain_text() == "本人のことば：スマホ持参"
    QTest.mouseRelease(door.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not door.care.isVisible()


def test_nobody_without_a_care_shows_one(door, qtbot):
    door.field.setText("いとう")
    QTest.keyPress(door.field, Qt.Key.Key_F8)
    QTest.keyRelease(door.field, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: door.app_context.tasks.is_idle)
    assert not door.care.isVisible()


def test_no_telephone_number_and_no_care_is_anywhere_on_the_screen(door):
    words = " ".join(each.text() for each in door.findChildren(QLabel))
    words += " ".join(str(door.list.door.data(door.list.door.index(at, 0))) for at in range(door.list.door.rowCount()))
    assert "03-0000" not in words
    assert "聞こえにくい" not in words
    assert "手話" not in words


def test_a_walk_in_by_keyboard_alone_takes_the_next_number(main, door, store, event_id, qtbot):
    QTest.keyClick(door.field, Qt.Key.Key_F2)
    dialog = main.findChild(WalkInDialog)
    line = dialog.fields.organisation.line
    line.setText("団地")
    line.textEdited.emit("団地")
    qtbot.waitUntil(lambda: dialog.fields.organisation.list.count() == 1)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "見本団地自治会"
    person = dialog.fields.person.line
    qtbot.waitUntil(lambda: dialog.fields.person.list.count() == 2)
    person.setText("飛入　𠮷子")
    person.textEdited.emit("飛入　𠮷子")
    QTest.keyClick(person, Qt.Key.Key_Return)
    dialog.fields.furigana.setText("とびいり よしこ")
    dialog.devices._group.button(1).setChecked(True)
    QTest.keyClick(dialog.fields.furigana, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "飛入　𠮷子" in received(door))
    row = row_of(door, "飛入　𠮷子")
    assert (row.number, row.is_walk_in, row.organisation, row.tablet) == (8, True, "見本団地自治会", "4")
    assert door.door.walk_in_count == 1
    assert roster.entries(store.database, event_id)[-1].way == "当日"


def test_a_walk_in_without_a_name_is_asked_for_one_and_one_on_the_list_is_told(main, door, qtbot):
    door.add_walk_in()
    dialog = main.findChild(WalkInDialog)
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    assert dialog.refusal.words() == "氏名がまだ入力されていません。"
    dialog.fields.organisation.setFocus()
    dialog.fields.organisation.line.setText("団地")
    dialog.fields.organisation.find_now()
    qtbot.waitUntil(lambda: dialog.fields.organisation.list.count() == 1)
    QTest.keyClick(dialog.fields.organisation.line, Qt.Key.Key_Return)
    dialog.fields.person.show_hit(None, "伊藤試")
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "7番" in dialog.refusal.words())
    assert "まだ入力" not in "".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    assert dialog.refusal.isVisible()
    dialog.done(0)


def test_who_has_no_name_is_asked_for_it_received_at_the_second_press_and_named_in_its_row(
    main, door, store, event_id, qtbot
):
    press_number(door, 3)
    assert "お名前を伺ってください" in door.message.text()
    assert received(door) == set()
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    receive(qtbot, door, 1, "氏名未定", "みほん 節子")
    assert main.findChild(EntryNameDialog) is None
    unnamed = row_of(door, "氏名未定")
    assert (button_words(unnamed), note_words(unnamed)) == ("氏名を入れる", f"{unnamed.time_text} 受付済")
    place = middle_of_button(door, unnamed)
    QTest.mouseClick(door.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    dialog = main.findChild(EntryNameDialog)
    dialog.fields.person.show_hit(None, "３１７")
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "受付の番号のようです" in dialog.refusal.words())
    dialog.fields.person.show_hit(None, "後から 見本")
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "後から 見本" in received(door))
    assert numbers(store, event_id)["後から 見本"] == 3


def test_a_rush_of_numbers_records_every_valid_one_says_every_other_and_no_key_goes_elsewhere(main, door, store, qtbot):
    """In full 300 at ten a second, as many as two people with a number pad type."""
    people, total, a_second = (200, 300, 10) if IN_FULL else (30, 50, 0)
    event_id = door_event(store, unnamed=people - 6)
    with store.change(action="氏名", by="準備", now=DOOR, subject="roster") as change:
        for entry in rows(store.database, Entry, event_id=event_id, person_id=None):
            change.update(Entry, entry.id, person_id=change.insert(Person(name=f"見本　{entry.id}子")))
    main.go("reception", event_id=event_id)
    qtbot.waitUntil(lambda: door.door is not None and door.door.event.id == event_id and not door.door.unnumbered_count)
    main.activateWindow()
    door.field.setFocus()
    typed = shuffled(range(1, people + 1), total=total, seed=7)
    rush = type_rush(qtbot, door, typed, a_second=a_second, composed=lambda at: at % 3 == 0)
    everybody = list(range(1, people + 1))
    assert sorted(row.number for row in read_reception(store, event_id=event_id).received) == everybody
    assert (rush.refused, rush.heard) == (total - people, total - people)
    assert all("名簿に" in words or "受け付けた" in words or "すでに受付済" in words for words in rush.said)
    assert door.field.text() in ("", *WRONG)
    assert [dialog for dialog in main.findChildren(QDialog) if dialog.isVisible()] == []


def test_what_was_refused_is_large_stays_while_the_next_is_typed_and_is_replaced_by_the_next_digit(door, qtbot):
    press_number(door, 88)
    assert door.field.selectedText() == "88"
    QTest.keyClicks(door.field, "9")
    assert door.field.text() == "9"
    assert door.message.text() == "88番は名簿にありません。番号をご確認ください。"
    large = QFontInfo(door.message._words.font()).pointSizeF()
    assert large > 1.5 * QFontInfo(door.font()).pointSizeF()
    QTest.keyClick(door.field, Qt.Key.Key_Escape)
    assert (door.field.text(), door.message.text()) == ("", "")
    door.field.setText("みほん")
    QTest.keyClick(door.field, Qt.Key.Key_Return)  # two are called so
    QTest.keyClicks(door.field, "1")
    assert door.field.text() == "1"
    press_number(door, "")
    qtbot.waitUntil(lambda: received(door) == {"みほん 節子"})
    door.field.setText("みほん せつこ")
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    assert "みほん 節子さん（1番）は、すでに受付済です" in door.message.text()
    assert door.field.text() == ""


def test_the_row_chosen_with_the_arrows_is_the_one_received_whatever_number_was_typed(door, store, qtbot):
    event_id = door_event(store, unnamed=6)
    door.open_with(event_id=event_id)
    door.reload()
    qtbot.waitUntil(lambda: door.door is not None and door.door.event.id == event_id and not door.door.unnumbered_count)
    QTest.keyClicks(door.field, "1")
    QTest.keyClick(door.field, Qt.Key.Key_Down)
    chosen = door.list.current_row().number
    assert chosen in (10, 11, 12)
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row.number for row in door.door.received] == [chosen])


def test_a_substitute_and_a_late_comer_have_keys_and_a_wide_space_chooses(main, door, qtbot):
    main.activateWindow()
    door.field.setFocus()
    QTest.keyClicks(door.field, "7")
    QTest.keyClick(door.field, Qt.Key.Key_F7)
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "伊藤 試" in received(door))
    assert note_words(row_of(door, "伊藤 試")) == "遅刻"
    QTest.keyClicks(door.field, "6")
    QTest.keyClick(door.field, Qt.Key.Key_F6)
    assert main.findChild(SubstituteDialog) is not None
    main.findChild(SubstituteDialog).done(0)
    QTest.keyClick(door.field, Qt.Key.Key_F3)
    assert "F3" in door.message.text()
    door.field.reset_input()
    chosen = door.list.current_row().name
    compose(door.field, "　")
    qtbot.waitUntil(lambda: chosen in received(door))


def test_a_number_composed_and_left_for_another_place_receives_nobody(door, store, event_id, qtbot):
    number = str(numbers(store, event_id)["齋藤 見本"])
    QApplication.sendEvent(door.field, QInputMethodEvent(number, []))
    door.walk_in_button.setFocus()  # the input method gives what it holds to the field that is left
    compose(door.field, number)
    assert (door.field.text(), door._under_way) == (number, set())
    door.field.setFocus()
    QTest.keyClick(door.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: received(door) == {"齋藤 見本"})


def test_the_menu_of_a_row_marks_absence_photographs_and_spares(door, qtbot):
    words = menu_of(door, "伊藤 試")
    assert set(words) == {
        "代理の方を受け付ける", "遅刻の連絡を記録する", "欠席にする", "予備のタブレットを渡す（残り1台）",
        "撮影不可にする",
    }  # fmt: skip
    words["撮影不可にする"].trigger()
    words["欠席にする"].trigger()
    qtbot.waitUntil(lambda: [each.name for each in door.door.absent] == ["伊藤 試"])
    assert row_of(door, "伊藤 試").is_photo_refused


@pytest.fixture
def over(door):
    """The clock stands after the end of the event."""
    door.app_context._clock = lambda: DOOR + timedelta(hours=4)


@pytest.mark.usefixtures("over")
def test_the_reception_is_closed_by_f10(main, door, qtbot):
    assert door.head.end_button.key == "F10"
    dialog = closing(main, qtbot, lambda: QTest.keyClick(door.field, Qt.Key.Key_F10))
    leave(main, qtbot, dialog.leave_button)


@pytest.mark.usefixtures("over")
def test_where_nobody_was_received_the_filled_button_closes_nothing(main, door, store, event_id, qtbot):
    dialog = closing(main, qtbot, lambda: QTest.mouseClick(door.head.end_button, Qt.MouseButton.LeftButton))
    assert (dialog.main.text(), dialog.end_button.text()) == ("閉じずに画面を離れる", "受付を閉じる")
    leave(main, qtbot, dialog.main)
    assert events.result(store.database, event_id) is None


@pytest.mark.parametrize(("word", "made"), [("閉じずに画面を離れる", "予定"), ("閉じて実施済にする", "実施済")])
def test_before_its_end_closing_asks_and_the_filled_button_ends_nothing(main, door, store, event_id, qtbot, word, made):
    press_number(door, 1)
    qtbot.waitUntil(lambda: len(received(door)) == 1)
    dialog = closing(main, qtbot, door.end)
    assert dialog.main.text() == "閉じずに画面を離れる"
    said = " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    assert "の前です。閉じると、この実施回は実施済になります。" in said
    button = next(one for one in (dialog.leave_button, dialog.end_button) if one.text() == word)
    leave(main, qtbot, button)
    assert by_id(store.database, Event, event_id).status == made


def test_a_day_that_is_broken_off_is_closed_with_hour_reason_and_who_was_there(main, door, store, event_id, qtbot):
    press_number(door, 1)
    qtbot.waitUntil(lambda: len(received(door)) == 1)
    dialog = closing(main, qtbot, door.end)
    dialog.form.editor("is_cut_short").click()
    assert dialog.form.value("people_at_end") == 1
    assert not dialog.form.editor("cut_short").isVisibleTo(dialog), "whether it counts is agreed later"
    QTest.mouseClick(dialog.end_button, Qt.MouseButton.LeftButton)
    assert dialog.form.problem_shown("ended_at")
    event = by_id(store.database, Event, event_id)
    dialog.form.set_values({"ended_at": event.start_time, "cut_reason": "停電のため"})
    leave(main, qtbot, dialog.end_button)
    found = events.result(store.database, event_id)
    assert (found.cut_short, found.ended_at, found.cut_reason, found.people_at_end, found.source) == (
        CutShort.OPEN, event.start_time, "停電のため", 1, "名簿",
    )  # fmt: skip


@pytest.mark.usefixtures("over")
def test_the_end_names_who_has_no_mark_and_writes_the_result(main, door, store, event_id, qtbot):
    for number in (1, 2, 4):
        press_number(door, number)
    qtbot.waitUntil(lambda: len(received(door)) == 3)
    dialog = closing(main, qtbot, lambda: QTest.mouseClick(door.head.end_button, Qt.MouseButton.LeftButton))
    assert "伊藤 試" in dialog.unmarked
    assert "みほん 節子" not in dialog.unmarked
    assert dialog.main.text() == "受付を閉じる"
    leave(main, qtbot, dialog.main)
    found = events.result(store.database, event_id)
    assert (found.applied, found.attended, found.absent, found.source) == (7, 3, 0, "名簿")
    event = by_id(store.database, Event, event_id)
    assert (type(event), event.status) == (Event, "実施済")


def test_a_tablet_given_at_the_desk_is_recorded_in_its_row_and_all_the_rest_on_closing(
    main, door, store, event_id, qtbot
):
    release_tablets(acting(store), event_id=event_id)
    set_tablets(acting(store), tablets=[Tablet(number="5")])
    for row in [one for one in door.door.rows if one.device.is_lent]:
        press_number(door, row.number)
    qtbot.waitUntil(lambda: len(received(door)) == 3)
    first = door.door.received[0]
    assert (button_words(first), door.door.tablets.handed_out) == ("端末を渡した", 0)
    assert "受付済" in note_words(first)
    door.press_row_button(first)
    qtbot.waitUntil(lambda: door.door.tablets.handed_out == 1)
    assert button_words(row_of(door, first.name)) == "受付を取り消す"
    assert row_of(door, first.name).tablet == "5"
    dialog = closing(main, qtbot, door.end)
    assert dialog.tablets.text() == "貸与予定の2人全員に、タブレットを渡した"
    QTest.mouseClick(dialog.tablets, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.tablets.height() // 2))
    leave(main, qtbot, dialog.end_button)
    assert events.result(store.database, event_id).lent_devices == 3
    history_services.undo(store, by=BY, now=DOOR)
    assert read_reception(store, event_id=event_id).tablets.handed_out == 1


def test_leaving_without_closing_writes_nothing(main, door, store, event_id, qtbot):
    QTest.mouseClick(closing(main, qtbot, door.end).leave_button, Qt.MouseButton.LeftButton)
    assert main.shown_screen_name() == "event"
    assert events.result(store.database, event_id) is None


@pytest.mark.parametrize(("width", "height"), [(911, 512), (1093, 614), (1366, 768), (1920, 1080)])
def test_every_word_of_a_row_has_its_room_at_every_width(main, door, width, height, qtbot):
    main.resize(width, height)
    qtbot.waitUntil(lambda: door.width() == width)
    assert door.strip.isVisible() == (width < 1000)
    assert door._right.isVisible() == (width >= 1000)
    for row in door.list.people():
        layout = door.list.layout_of(row)
        assert layout.menu.right() <= door.list.viewport().width()
        from PySide6.QtGui import QFontMetricsF

        for words in layout.words:
            right = words.x + QFontMetricsF(words.font).horizontalAdvance(words.text)
            assert words.x >= 0
            assert right <= layout.button.left() + 0.5, words.text


def test_a_substitute_and_a_late_comer_are_one_menu_away(main, door, qtbot):
    menu_of(door, "𠮷田 例男")["代理の方を受け付ける"].trigger()
    dialog = main.findChild(SubstituteDialog)
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    assert "代理の方の氏名" in dialog.refusal.words()
    dialog.fields.person.show_hit(None, "代理 見本")
    QTest.keyClick(dialog.fields.furigana, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: received(door) == {"代理 見本"})
    assert note_words(row_of(door, "代理 見本")) == "代理"
    menu_of(door, "伊藤 試")["遅刻の連絡を記録する"].trigger()
    qtbot.waitUntil(lambda: note_words(row_of(door, "伊藤 試")) == "遅刻の連絡")
    press_number(door, 7)
    qtbot.waitUntil(lambda: "伊藤 試" in received(door))
    assert note_words(row_of(door, "伊藤 試")) == "遅刻"
    assert "代理 1人、遅刻 1人" in closing(main, qtbot, door.end).sums.plain_text()


def test_on_another_day_the_door_writes_nothing_and_its_filled_button_ends_nothing(main, door, store, event_id, qtbot):
    written = store.database.execute("SELECT count(*) FROM journal").fetchone()[0]
    door.app_context._clock = lambda: DOOR - timedelta(days=7)
    door.reload()
    qtbot.waitUntil(lambda: "受付は当日から" in door.message.text())
    assert not door.walk_in_button.isEnabled()
    press_number(door, 2)
    press_number(door, 34)
    assert (door.field.text(), "受付は当日から" in door.message.text()) == ("34", True)
    QTest.keyClick(door.field, Qt.Key.Key_F2)
    assert main.findChild(WalkInDialog) is None
    door.end()
    assert main.shown_screen_name() == "event"
    assert store.database.execute("SELECT count(*) FROM journal").fetchone()[0] == written
    door.app_context._clock = lambda: DOOR + timedelta(days=1)
    main.go("reception", event_id=event_id)
    door.reload()
    qtbot.waitUntil(lambda: "紙の名簿から出欠" in door.message.text())
    dialog = closing(main, qtbot, lambda: QTest.mouseClick(door.head.end_button, Qt.MouseButton.LeftButton))
    assert dialog.main.text() == "閉じずに画面を離れる"
    assert dialog.end_button.text() == "受付を閉じる"
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: main.shown_screen_name() == "event")
    assert events.result(store.database, event_id) is None


def test_the_door_takes_the_number_of_a_letter_and_refuses_one_that_fits_two_by_name(door, store, event_id, qtbot):
    first, second, third = door.door.waiting[:3]
    with store.change(action="x", **who()) as change:
        change.update(Entry, first.entry_id, admission=501)
        change.update(Entry, second.entry_id, admission=502)
        change.update(Entry, third.entry_id, number=502)
    door.reload()
    qtbot.waitUntil(lambda: {one.admission_number for one in door.door.waiting} >= {501, 502})
    press_number(door, 501)
    qtbot.waitUntil(lambda: first.name in stored(store, event_id))
    press_number(door, 502)
    said = door.message.accessibleName() + door.message.text()
    assert "502番は2人にあたります" in said
    assert second.name in said
    assert third.name in said
    assert stored(store, event_id) == {first.name}
    assert shown(door)[:2] == [second.name, third.name] or {*shown(door)} >= {second.name, third.name}


@pytest.mark.parametrize(("verb", "more"), [("この方を受付する", 0), ("別の方として加える", 1)])
def test_a_walk_in_of_the_name_of_a_waiting_one_is_asked_about(main, door, store, event_id, qtbot, verb, more):
    """Typed without its 団体 nobody is recognised, and the roster had the person twice."""
    waiting = waiting_one(store, event_id)
    before = len(roster.entries(store.database, event_id))
    door.add_walk_in()
    dialog = main.findChild(WalkInDialog)
    dialog.fields.person.show_hit(None, WAITING)
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.findChild(LinkListDialog) is not None)
    asked = dialog.findChild(LinkListDialog)
    assert asked.entries[0].words == f"補欠4　{WAITING}（みほん待町会）"
    next(one for one in asked.findChildren(Button) if one.text() == verb).click()
    qtbot.waitUntil(lambda: WAITING in received(door))
    assert len(roster.entries(store.database, event_id)) == before + more
    assert by_id(store.database, Entry, waiting).attendance == ("" if more else "出席")


def scanned(door, code):
    """Read a barcode as a scanner does: digits and Enter, faster than anybody types."""
    QTest.keyClicks(door.field, code.digits if isinstance(code, AdmissionCode) else code)
    QTest.keyClick(door.field, Qt.Key.Key_Return)


def test_a_scanner_receives_who_holds_the_code_and_nobody_else(main, door, store, event_id, qtbot):
    people = {row.name: row for row in door.door.waiting}
    first, second, other = (people[name] for name in ("みほん 節子", "髙橋 見本子", "齋藤 見本"))
    with store.change(action="x", **who()) as change:
        for number, row in enumerate((first, second, other), 501):
            change.update(Entry, row.entry_id, admission=number)
    later = add_lecture(store, date(2026, 10, 15))
    door.reload()
    qtbot.waitUntil(lambda: {one.admission_number for one in door.door.waiting} >= {501, 502, 503})
    everybody = shown(door)
    QTest.keyClicks(door.field, AdmissionCode(event_id=event_id, number=503).digits[:9])
    assert shown(door) == everybody, "the list stands still while a scanner types"
    door.field.clear()
    # A name tag or the letter of one person.
    scanned(door, AdmissionCode(event_id=event_id, number=503))
    qtbot.waitUntil(lambda: received(door) == {other.name})
    scanned(door, AdmissionCode(event_id=event_id, number=503))
    assert "齋藤 見本さん（4番）は、" in door.message.text()
    # The same number of another event belongs to somebody else.
    scanned(door, AdmissionCode(event_id=later, number=501))
    said = door.message.text()
    assert by_id(store.database, Event, later).full_title in said
    assert "受付はしていません" in said
    scanned(door, AdmissionCode(event_id=999, number=501))
    assert "この回のものではありません" in door.message.text()
    scanned(door, AdmissionCode(event_id=event_id, number=777))
    assert "入場番号 777番は名簿にありません" in door.message.text()
    scanned(door, AdmissionCode(event_id=event_id, number=501).digits[:-1] + "9")
    assert "正しく読み取れませんでした" in door.message.text()
    assert stored(store, event_id) == {other.name}
    # A letter for several: only they know who came, so they are shown and one is chosen.
    scanned(door, AdmissionCode(event_id=event_id, number=501, is_for_several=True))
    assert "この通知は2人分で、2人がまだです（501、502番）" in door.message.text()
    assert {*shown(door)} >= {first.name, second.name}
    assert stored(store, event_id) == {other.name}
    receive(qtbot, door, 502, other.name, second.name)
    # Who comes later with the same letter is the only one left on it.
    scanned(door, AdmissionCode(event_id=event_id, number=501, is_for_several=True))
    qtbot.waitUntil(lambda: received(door) == {other.name, second.name, first.name})
    scanned(door, AdmissionCode(event_id=event_id, number=501, is_for_several=True))
    qtbot.waitUntil(lambda: "2人は、みなさん受付済" in door.message.text())
    QTest.keyClick(door.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: first.name not in received(door))
    # With an input method on, the digits are composed and the scanner's Enter commits them.
    digits = AdmissionCode(event_id=event_id, number=501).digits
    compose(door.field, digits[:1], digits)
    qtbot.waitUntil(lambda: first.name in received(door))


def test_of_a_day_that_is_recorded_the_reception_is_not_to_be_closed_again(qtbot, tmp_path):
    with sample_desk.session(tmp_path) as desk:
        screen = ReceptionScreen(desk)
        screen.open_with(event_id=sample.event_id(desk.store, "講習会", 2))
        sample_desk.shown(qtbot, screen, desk)
        assert screen.head.end_button.text() == "画面を閉じる"
