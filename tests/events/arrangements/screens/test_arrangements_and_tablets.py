"""配慮の手配, 撮影の可否 and 貸与タブレット as a clerk sees to them before and after the day."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.actions.action_context import ActionContext
from app.event.rules.participation import expected_counts
from app.event_day.reception.services import mark_absent
from app.events.arrangements.parts import ArrangementDialog, ArrangementsPanel, CareCard, CareDialog
from app.events.arrangements.services import read_arrangements
from app.events.roster.services.roster import assign_roster_numbers
from app.events.tablets.parts import TabletRegisterDialog, TabletsPanel
from app.events.tablets.services import assign_tablets, hand_out, read_loans, read_tablets
from app.widgets.buttons import Button
from db.tables import roster
from tests.support import door_people
from tests.support.doing import do
from tests.support.door_people import DAY, DOOR, acting, all_entries, door_event, entries_by_name, who


@pytest.fixture
def event_id(store):
    made = door_event(store)
    assign_roster_numbers(ActionContext(store, **who()), event_id=made)
    return made


@pytest.fixture
def shown(desk_at, event_id, qtbot):
    def open_screen(kind, **arguments):
        screen = kind(desk_at(DOOR))
        qtbot.addWidget(screen)
        screen.resize(1180, 720)
        screen.open_with(event_id=event_id, **arguments)
        screen.show()
        return screen

    return open_screen


def press(within, words):
    button = next(each for each in within.findChildren(QPushButton) if each.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_care_that_needs_nothing_counts_as_settled_and_never_reaches_the_contractor(shown, store, event_id, qtbot):
    panel = shown(ArrangementsPanel)
    qtbot.waitUntil(lambda: len(panel.cards) == 2)
    press(panel.cards[0], "手配不要にする")
    qtbot.waitUntil(lambda: panel.count.text() == "あと1人")
    numbers = expected_counts(
        roster.entries(store.database, event_id), {}, roster.arrangements(store.database, event_id)
    )
    assert all("手配不要" not in row.care_request for row in numbers)
    press(panel.cards[0], "手配不要を取り消す")
    qtbot.waitUntil(lambda: panel.count.text() == "あと2人")


def test_a_name_stands_in_one_line_where_the_room_is_short(shown, qtbot):
    panel = shown(ArrangementsPanel)
    qtbot.waitUntil(lambda: len(panel.cards) == 2)
    for care in panel.view.rows:
        card = CareCard(care, panel)
        qtbot.addWidget(card)
        card.resize(300, 240)
        card.show()
        name = next(one for one in card.findChildren(QLabel) if one.text() == card.accessibleName())
        group = next(one for one in card.findChildren(QLabel) if one.text() == care.row.organisation_name)
        assert name.heightForWidth(name.width()) < 2 * name.fontMetrics().height(), name.text()
        assert group.y() > name.y()


def test_photo_consent_waits_for_somebody_to_be_chosen(shown, qtbot):
    panel = shown(ArrangementsPanel)
    qtbot.waitUntil(lambda: panel.photo.table.model.rowCount() > 0)
    panel.photo.table.view.clearSelection()
    assert not any(button.isEnabled() for button in panel.photo.buttons.values())
    panel.photo.table.view.selectRow(0)
    assert all(button.isEnabled() for button in panel.photo.buttons.values())


def test_a_care_is_arranged_ordered_and_settled(shown, store, event_id, qtbot):
    panel = shown(ArrangementsPanel)
    qtbot.waitUntil(lambda: len(panel.cards) == 2)
    assert panel.count.text() == "あと2人"
    press(panel.cards[1], "手話通訳を手配する")
    dialog = panel.findChild(ArrangementDialog)
    assert dialog.form.value("kind") == "手話通訳"
    dialog.form.set_values({"content": "手話通訳2人", "ordered_to": "みほん手話の会", "to_contractor": "伝えない"})
    dialog.form.editor("ordered_on").setText("9/10")
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(panel.view.rows[1].arrangements))
    made = panel.view.rows[1].arrangements[0]
    assert (made.content, made.ordered_to, str(made.ordered_on)) == ("手話通訳2人", "みほん手話の会", "2026-09-10")
    press(panel.cards[1], "済にする")
    qtbot.waitUntil(lambda: panel.count.text() == "あと1人")
    press(panel.cards[1], "手配中に戻す")
    qtbot.waitUntil(lambda: panel.count.text() == "あと2人")
    press(panel.cards[1], "直す")
    dialog = next(each for each in panel.findChildren(ArrangementDialog) if each.isVisible())
    dialog.form.set_values({"refused_because": "通訳者の都合がつかなかった", "offered": "当日の要約筆記"})
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.count.text() == "あと1人")
    said = " ".join(one.text() for one in panel.cards[1].findChildren(QLabel))
    assert "手配できず" in said
    (line,) = [one for one in panel.cards[1].findChildren(QLabel) if "理由　" in one.text()]
    assert line.property("role") == "warned", "what was not arranged is not the green of what is done"
    assert "理由　通訳者の都合がつかなかった　案内　当日の要約筆記" in said
    press(panel.cards[1], "手配中に戻す")
    qtbot.waitUntil(lambda: panel.count.text() == "あと2人")
    press(panel.cards[1], "直す")
    dialog = next(each for each in panel.findChildren(ArrangementDialog) if each.isVisible())
    press(dialog, "削除する")
    qtbot.waitUntil(lambda: not panel.view.rows[1].arrangements)


def test_what_is_settled_without_a_day_of_its_order_is_not_before_it(shown, qtbot):
    panel = shown(ArrangementsPanel)
    qtbot.waitUntil(lambda: len(panel.cards) == 2)

    def said() -> str:
        return " ".join(one.text() for one in panel.cards[1].findChildren(QLabel))

    press(panel.cards[1], "手話通訳を手配する")
    dialog = panel.findChild(ArrangementDialog)
    dialog.form.set_values({"content": "手話通訳2人", "to_contractor": "伝えない"})
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "依頼前" in said())
    press(panel.cards[1], "済にする")
    qtbot.waitUntil(lambda: panel.count.text() == "あと1人")
    assert "依頼前" not in said()
    assert " 済" in said().replace("　", " ")


def test_a_care_that_is_none_is_emptied_and_its_card_goes(shown, store, event_id, qtbot):
    panel = shown(ArrangementsPanel)
    qtbot.waitUntil(lambda: len(panel.cards) == 2)
    press(panel.cards[0], "配慮の内容を直す")
    dialog = panel.findChild(CareDialog)
    dialog.form.set_values({"care": ""})
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    assert read_arrangements(store, event_id=event_id).count.people == 1


def test_photo_consent_is_set_for_the_chosen_people(shown, store, event_id, qtbot):
    panel = shown(ArrangementsPanel)
    qtbot.waitUntil(lambda: panel.photo.table.model.rowCount() == 7)
    panel.photo.table.view.selectAll()
    press(panel.photo, "撮影可にする")
    qtbot.waitUntil(lambda: panel.photo.counts.text() == "撮影不可 0人・未確認 0人")
    panel.photo.table.choose(lambda row: row.name == "みほん 節子")
    press(panel.photo, "撮影不可にする")
    qtbot.waitUntil(lambda: panel.photo.counts.text() == "撮影不可 1人・未確認 0人")
    assert entries_by_name(store, event_id)["みほん 節子"].photo == "不可"


def test_the_panel_inside_a_tab_keeps_both_parts_on_one_page(shown, qtbot, desk_at, event_id):
    panel = ArrangementsPanel(desk_at(DOOR))
    qtbot.addWidget(panel)
    panel.resize(800, 600)
    panel.open_with(event_id=event_id)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.cards) == 2)
    assert not panel.columns.tabs.isVisible()
    assert panel.photo.isVisible()


def test_tablets_are_entered_by_their_numbers_and_put_out_of_use(shown, store, qtbot):
    screen = shown(TabletsPanel)
    screen.open_register()
    dialog = screen.findChild(TabletRegisterDialog)
    QTest.keyClicks(dialog.numbers, "1-5")
    QTest.keyClick(dialog.numbers, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.table.model.rowCount() == 5)
    QTest.keyClicks(dialog.numbers, "3")
    QTest.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "重なっています" in dialog.refusal.words())
    do(qtbot, screen.app_context, lambda: dialog.table.acted.emit(dialog._tablets[4]))
    assert read_tablets(store)[4].retired_on == DAY
    do(qtbot, screen.app_context, lambda: dialog.table.delete_asked.emit([dialog._tablets[3]]))
    assert [one.number for one in read_tablets(store)] == ["1", "2", "3", "5"]


def test_tablets_go_out_come_back_and_are_initialised(shown, store, event_id, qtbot):
    door_people.tablets(store, 4)
    screen = shown(TabletsPanel)
    qtbot.waitUntil(lambda: screen.loans is not None)
    assert screen.bar.words.plain_text() == "タブレットがまだ割り当てられていない方が3人います。"
    screen.spare_box.setCurrentIndex(1)
    press(screen, "番号順に割り当てる")
    qtbot.waitUntil(lambda: len(screen.loans.rows) == 4)
    assert screen.bar.words.plain_text() == ""
    for row in screen.loans.rows[:2]:
        screen.table.acted.emit(row)
    qtbot.waitUntil(lambda: [row.state for row in screen.loans.rows][:2] == ["貸出中"] * 2)
    press(screen, "2台を返却済にする")
    qtbot.waitUntil(screen.check_all.isVisible)
    press(screen, "2台を初期化済にする")
    qtbot.waitUntil(lambda: [row.state for row in screen.loans.rows][:2] == ["済"] * 2)
    loan = roster.loans(store.database, event_id)[0]
    assert loan.checked_by == screen.app_context.user_name
    press(screen, "割当てを取り消す")
    qtbot.waitUntil(lambda: len(screen.loans.rows) == 2)
    assert read_loans(store, event_id=event_id, today=DAY).missing == 1


def test_too_few_tablets_are_said_with_the_number(shown, store, event_id, qtbot):
    door_people.tablets(store, 1)
    screen = shown(TabletsPanel)
    qtbot.waitUntil(lambda: "使えるタブレットが2台足りません。" in screen.bar.words.plain_text())


def test_after_the_event_the_next_act_takes_the_tablets_back_and_no_shortage_is_said(store, event_id, desk_at, qtbot):
    door_people.tablets(store, 2)
    assign_tablets(acting(store), event_id=event_id)
    given = [loan.entry_id for loan in roster.loans(store.database, event_id)]
    hand_out(acting(store), event_id=event_id, entry_ids=given)
    wanting = [one.id for one in all_entries(store, event_id) if one.device.is_lent]
    panel = TabletsPanel(desk_at(datetime(2026, 9, 25, 9)))
    qtbot.addWidget(panel)
    panel.resize(1180, 720)
    panel.open_with(event_id=event_id)
    panel.show()

    def main():
        return [one.text() for one in panel.bar.findChildren(Button) if one.is_filled and one.isVisible()]

    qtbot.waitUntil(lambda: main() == ["2台を返却済にする"])
    assert panel.bar.words.plain_text() == "", "nobody is to get a tablet any more"
    assert "貸与が必要 3人" in panel.totals.text()
    absent = next(one for one in wanting if one not in given)
    do(qtbot, panel.app_context, lambda: panel.run_action(mark_absent, entry_id=absent))
    qtbot.waitUntil(lambda: "貸与が必要 2人" in panel.totals.text())
    do(qtbot, panel.app_context, panel.back_all.click)
    qtbot.waitUntil(lambda: main() == ["2台を初期化済にする"])
    do(qtbot, panel.app_context, panel.check_all.click)
    qtbot.waitUntil(lambda: main() == [])


def test_who_stays_away_is_lent_no_tablet(store, event_id):
    door_people.tablets(store, 2)
    away = next(one.id for one in all_entries(store, event_id) if one.device.is_lent)
    mark_absent(acting(store), entry_id=away)
    before = read_loans(store, event_id=event_id, today=DAY)
    assert (before.needed, before.missing, before.is_over) == (2, 2, False)
    assign_tablets(acting(store), event_id=event_id)
    assert away not in [loan.entry_id for loan in roster.loans(store.database, event_id)]
