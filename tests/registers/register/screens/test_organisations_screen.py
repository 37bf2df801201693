"""団体: found by any spelling, changed in place, merged and taken back, by mouse and keyboard."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from app.actions.action_context import ActionContext
from app.history import services as history_services
from app.importing.parts import PastImportsDialog
from app.registers.register.screens.merge_dialog import DuplicatesDialog, MergeDialog
from app.registers.register.screens.organisations_screen import OrganisationsScreen
from app.registers.register.screens.register_dialogs import WRONGLY_ENTERED, add_person_dialog
from app.registers.register.services.organisation_merge import suggest_duplicates
from app.registers.register.services.organisation_view import read_organisation
from app.registers.register.services.organisations import create_organisation, list_organisations, save_contact
from app.registers.register.services.people import add_person, page_people, read_person
from app.registers.register.services.planned_changes import save_planned_change
from app.registers.register.services.search import find_organisations, find_people
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.lists.record_table import ListState
from db.records.documents import Outgoing
from db.records.organisations import Contact, Organisation, Person, PlannedChange
from db.records.roster import Entry
from db.rows import rows
from tests.support.doing import do
from tests.support.sample_desk import dialog_over, shown
from tests.support.system_dialogs import answer_file_dialogs
from tests.support.waiting import press, wait_idle
from tests.support.years import BY, add_lecture

NOW = datetime(2026, 9, 1, 9, 0)
WHO = {"by": BY, "now": NOW}
RARE = (
    ("髙橋　恵子", "たかはし　けいこ", "会計", "090-0000-1200"),
    ("𠮷﨑　葛󠄀子", "よしざき　かつこ", "書記", "090-0000-1201"),
    ("Nguyễn Thị Hà", "グエン ティ ハー", "会員", "090-0000-1202"),
)


def acting(store):
    return ActionContext(store, **WHO)


@pytest.fixture
def filled(store):
    """Two 支部 and one 団体 without; the first 団体 has people with rare names, one of whom took part."""
    first = create_organisation(
        acting(store),
        organisation=Organisation(
            branch="第1支部",
            name="見本葛󠄀ヶ谷町会",
            furigana="みほんくずがやちょうかい",
            households=120,
            stages={"LINE": "1"},
        ),
    ).id
    for branch, name in (("第1支部", "見本つつじ自治会"), ("第2支部", "見本髙台町会"), ("", "見本連合会外の会")):
        create_organisation(acting(store), organisation=Organisation(branch=branch, name=name))
    event = add_lecture(store)
    for name, furigana, role, phone in RARE:
        person = add_person(acting(store), name=name, furigana=furigana, organisation_id=first, role=role).id
        save_contact(acting(store), contact=Contact(person_id=person, value=phone, purpose="中止・変更の連絡"))
    with store.change(action="申込", **WHO) as change:
        change.insert(Entry(event_id=event, person_id=1, organisation_id=first))
    return store


@pytest.fixture
def desk(filled, desk_at):
    return desk_at(NOW, user_name=BY, undoes=True)


@pytest.fixture
def screen(qtbot, desk):
    return shown(qtbot, OrganisationsScreen(desk), desk)


def names(screen) -> list[str]:
    return [row.organisation.name for row in screen.organisation_page.table.model.records()]


def fill(qtbot, desk, dialog: FormDialog, **values) -> None:
    for key, value in values.items():
        dialog.form.set_values({key: value})
    press(qtbot, desk, dialog.main)


def test_readings_stand_in_order_however_wide_their_spaces_are(qtbot, desk):
    made = {"見本伊町会": "みほん　いちょうかい", "見本宇町会": "みほん うちょうかい"}
    for name, furigana in made.items():
        organisation = Organisation(branch="第2支部", name=name, furigana=furigana)
        create_organisation(acting(desk.store), organisation=organisation)
    screen = shown(qtbot, OrganisationsScreen(desk), desk)
    screen.organisation_page.table.sort_by("name")
    assert [name for name in names(screen) if name in made] == [*made]


def test_organisations_stand_by_branch_with_their_count(screen):
    model = screen.organisation_page.table.model
    heads = [(head.title, head.count) for row in range(model.rowCount()) if (head := model.heading(row))]
    assert heads == [("第1支部", 2), ("第2支部", 1), ("支部の登録なし", 1)]
    assert screen.organisation_page.table.count_line.text() == "4団体・2支部"
    assert screen.organisation_page.detail.name.text() == "見本葛󠄀ヶ谷町会"
    assert screen.organisation_page.detail.basics.text() == "みほんくずがやちょうかい　120世帯"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("葛ヶ谷", "見本葛󠄀ヶ谷町会"), ("ｸｽﾞｶﾞﾔ", "見本葛󠄀ヶ谷町会"), ("高台", "見本髙台町会"), ("第2支部", "見本髙台町会")],
)
def test_the_list_is_filtered_in_any_spelling(qtbot, desk, screen, typed, found):
    screen.organisation_page.search_field.setText(typed)
    qtbot.waitUntil(lambda: names(screen) == [found])
    qtbot.waitUntil(lambda: screen.organisation_page.detail.name.text() == found)


def test_what_is_not_there_is_said_and_the_filter_can_be_left(qtbot, desk, screen):
    screen.organisation_page.search_field.setText("なにもない")
    qtbot.waitUntil(lambda: names(screen) == [])
    QTest.keyClick(screen.organisation_page.search_field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(screen)) == 4)


def test_the_detail_shows_people_contacts_stages_and_what_was_taken_part_in(screen):
    detail = screen.organisation_page.detail
    assert [line.person.name for line in detail.members.table.model.records()] == [row[0] for row in RARE]
    assert detail.members.heading.text() == "役員・人　3人"
    assert [line.words for line in detail.stages.table.model.records()] == ["1 検討中"]
    part = detail.participation.table.model.records()[0]
    assert (part.event.full_title, part.people[0].outcome) == ("第1回 LINE講習会", "申込")


def test_a_change_told_ahead_says_what_changes(qtbot, desk, screen, filled):
    change = PlannedChange(organisation_id=1, what="会長", value="見本　新", from_on=date(2027, 4, 1))
    save_planned_change(acting(filled), planned=change)
    do(qtbot, desk, screen.refresh)
    cells = screen.organisation_page.detail.planned.table.model
    assert [cells.cell(0, column).text for column in range(3)] == ["R9 4/1(木)", "会長", "見本　新"]


def test_f2_changes_and_one_undo_takes_it_back(qtbot, desk, screen, filled):
    screen.organisation_page.table.setFocus()
    QTest.keyClick(screen.organisation_page.table.view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in screen.findChildren(FormDialog)))
    dialog = dialog_over(screen, FormDialog)
    assert dialog.form.value("name") == "見本葛󠄀ヶ谷町会"
    fill(qtbot, desk, dialog, households="約300", support_policy="派遣を勧める")
    one = find_organisations(filled, text="葛ヶ谷", limit=1)[0].organisation
    assert (one.name, one.households, one.households_text) == ("見本葛󠄀ヶ谷町会", None, "約300")
    assert screen.organisation_page.detail.policy.plain_text() == "派遣を勧める"
    do(qtbot, desk, desk.undo)
    assert find_organisations(filled, text="葛ヶ谷", limit=1)[0].organisation.households == 120


def test_f2_changes_the_organisation_shown_from_anywhere_and_leads_back_to_its_row(qtbot, desk, screen):
    page = screen.organisation_page
    page.table.choose(lambda row: row.organisation.name == "見本髙台町会")
    do(qtbot, desk, lambda: None)
    screen.duplicates_button.setFocus()
    QTest.keyClick(screen.duplicates_button, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in screen.findChildren(FormDialog)))
    dialog = dialog_over(screen, FormDialog)
    assert dialog.form.value("name") == "見本髙台町会"
    fill(qtbot, desk, dialog, name="見本高台町会")
    assert page.table.current().organisation.name == "見本高台町会"
    qtbot.waitUntil(lambda: screen.window().focusWidget() is page.table.view)


def test_f2_and_delete_right_after_an_arrow_are_about_the_row_that_was_reached(qtbot, desk, screen, filled):
    table = screen.organisation_page.table
    table.choose(lambda row: row.organisation.name == "見本髙台町会")
    QTest.keyClick(table.view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in screen.findChildren(FormDialog)))
    dialog = dialog_over(screen, FormDialog)
    assert dialog.form.value("name") == "見本髙台町会"
    do(qtbot, desk, dialog.reject)
    do(qtbot, desk, screen.tabs.choose, 1)
    people = screen.people_page.table
    first, second = people.model.records()[:2]
    people.choose(lambda hit: hit is first)
    do(qtbot, desk, lambda: None)
    people.choose(lambda hit: hit is second)
    QTest.keyClick(people.view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in screen.findChildren(FormDialog)))
    dialog = dialog_over(screen, FormDialog)
    assert dialog.form.value("name") == second.person.name
    do(qtbot, desk, dialog.reject)
    people.choose(lambda hit: hit is first)
    do(qtbot, desk, lambda: None)
    people.choose(lambda hit: hit is second)
    said = []
    screen.people_page.run_action = lambda service, **given: said.append(given)
    QTest.keyClick(people.view, Qt.Key.Key_Delete)
    assert said == [{"person_id": second.id}]


def test_a_stage_is_noted_and_what_was_before_stays_to_be_seen(qtbot, desk, screen, filled):
    press(qtbot, desk, screen.organisation_page.detail.stages.add)
    dialog = dialog_over(screen, FormDialog)
    fill(qtbot, desk, dialog, tool="LINE", stage="3", marked_on=date(2026, 9, 1), source="電話")
    line = read_organisation(filled, organisation_id=1).stages[0]
    assert (line.words, len(line.history)) == ("3 運用開始", 2)
    cell = screen.organisation_page.detail.stages.table.model.cell(0, 1)
    assert (cell.text, cell.second) == ("3 運用開始", "前：1　9/1(火)")


def test_a_contact_is_added_with_its_purpose_and_deleted_by_key(qtbot, desk, screen, filled):
    press(qtbot, desk, screen.organisation_page.detail.contacts.add)
    fill(qtbot, desk, dialog_over(screen, FormDialog), value="8000001353")
    table = screen.organisation_page.detail.contacts.table
    assert table.model.cell(0, 1).second == "番号の形を確かめてください"
    table.choose(lambda _row: True)
    do(qtbot, desk, QTest.keyClick, table.view, Qt.Key.Key_Delete)
    assert read_organisation(filled, organisation_id=1).contacts == ()


def test_a_person_is_added_to_the_organisation_shown_name_as_typed(qtbot, desk, screen, filled):
    press(qtbot, desk, screen.organisation_page.detail.members.add)
    dialog = dialog_over(screen, FormDialog)
    assert dialog.picker.line.text() == "見本葛󠄀ヶ谷町会（第1支部）"
    fill(qtbot, desk, dialog, name="渡邉󠄀　一", furigana="ワタナベ　ハジメ", role="会長")
    person = find_people(filled, text="渡辺", limit=1)[0].person
    assert (person.name, person.furigana, person.organisation_id) == ("渡邉󠄀　一", "ワタナベ　ハジメ", 1)
    assert screen.organisation_page.table.current().chair == "渡邉󠄀　一"


def test_an_organisation_with_records_says_why_it_stays(qtbot, desk, screen, filled):
    screen.organisation_page.table.setFocus()
    do(qtbot, desk, QTest.keyClick, screen.organisation_page.table.view, Qt.Key.Key_Delete)
    assert "削除できません" in screen.organisation_page.detail.problem.words()
    assert list_organisations(filled).total == 4


def test_an_organisation_without_records_goes_and_comes_back(qtbot, desk, screen, filled):
    do(qtbot, desk, screen.organisation_page.table.choose, lambda row: "つつじ" in row.organisation.name)
    press(qtbot, desk, screen.organisation_page.detail.remove)
    assert list_organisations(filled).total == 3
    do(qtbot, desk, desk.undo)
    assert list_organisations(filled).total == 4


def test_people_are_found_a_page_at_a_time_and_shown_beside_the_list(qtbot, desk, screen, filled):
    do(qtbot, desk, screen.tabs.choose, 1)
    people = screen.people_page
    assert people.detail.name.text() == "Nguyễn Thị Hà", "グ stands before た"
    people.table.filter_field.setText("吉崎")
    people.table.apply_filter_now()
    qtbot.waitUntil(lambda: people.detail.name.text() == "𠮷﨑　葛󠄀子")
    assert people.detail.affiliation.text() == "見本葛󠄀ヶ谷町会（第1支部）・書記"
    press(qtbot, desk, people.detail.role)
    dialog = dialog_over(screen, FormDialog)
    fill(qtbot, desk, dialog, role="会長", on=date(2026, 10, 1))
    view = read_person(filled, person_id=2)
    assert [line.membership.role for line in view.roles] == ["会長", "書記"]


def test_a_person_leaves_an_organisation_and_has_a_role_without_one(qtbot, desk, screen, filled):
    screen.open_with(person_id=2)
    do(qtbot, desk, screen.reload)
    people = screen.people_page
    press(qtbot, desk, people.detail.role)
    dialog = dialog_over(screen, FormDialog)
    clear_picker(dialog.picker)
    fill(qtbot, desk, dialog, role="", on=date(2026, 10, 1))
    view = read_person(filled, person_id=2)
    assert (view.person.organisation_id, view.person.role) == (None, "")
    assert [(line.membership.role, line.membership.to_on) for line in view.roles] == [("書記", date(2026, 10, 1))]

    press(qtbot, desk, people.detail.role)
    fill(qtbot, desk, dialog_over(screen, FormDialog), role="会員")
    assert read_person(filled, person_id=2).person.role == "会員"


def test_an_organisation_entered_by_mistake_is_taken_from_a_person(qtbot, desk, screen, filled):
    screen.open_with(person_id=2)
    do(qtbot, desk, screen.reload)
    press(qtbot, desk, screen.people_page.detail.role)
    dialog = dialog_over(screen, FormDialog)
    clear_picker(dialog.picker)
    fill(qtbot, desk, dialog, kind=WRONGLY_ENTERED)
    view = read_person(filled, person_id=2)
    assert (view.person.organisation_id, view.person.role, view.roles) == (None, "書記", ())


def clear_picker(picker) -> None:
    picker.line.setFocus()
    picker.line.selectAll()
    QTest.keyClick(picker.line, Qt.Key.Key_Backspace)


def test_who_is_led_to_a_person_sees_that_one_wherever_the_list_stood_when_it_was_let_go(qtbot, desk):
    made = OrganisationsScreen(desk)
    made.open_with(view="人")
    made.people_page.table._left = ListState(current=3)
    made.open_with(person_id=2)
    shown(qtbot, made, desk)
    wait_idle(qtbot, desk)
    assert made.people_page.detail.name.text() == "𠮷﨑　葛󠄀子", "never the one who stood there before"
    assert made.people_page.table.current().id == 2
    assert made.focusProxy() is made.people_page.table, "its keys are those that the buttons name"

    made.people_page.select_person(99)
    do(qtbot, desk, made.refresh)
    assert made.people_page.table.current() is None
    assert not made.people_page.detail.isVisible(), "who is gone is not shown as another one"


def test_the_button_adds_a_person_and_an_unknown_organisation_is_asked_for(qtbot, desk, screen, filled):
    do(qtbot, desk, screen.tabs.choose, 1)
    # Insert belongs to the screen reader.
    QTest.keyClick(screen.people_page.table.view, Qt.Key.Key_Insert)
    assert not [one for one in screen.findChildren(FormDialog) if one.isVisible()]
    QTest.keyClick(screen.add, Qt.Key.Key_Return)
    dialog = dialog_over(screen, FormDialog)
    dialog.picker.line.setText("どこかの会")
    fill(qtbot, desk, dialog, name="見本　新")
    assert "団体が選ばれていません" in dialog.refusal.words()
    type_picker(qtbot, desk, dialog.picker, "髙台")
    QTest.keyClick(dialog.picker.line, Qt.Key.Key_Return)
    fill(qtbot, desk, dialog, name="見本　新")
    hit = find_people(filled, text="見本新", limit=1)[0]
    assert hit.organisation_name == "見本髙台町会"


def type_picker(qtbot, desk, picker, text) -> None:
    picker.line.setText(text)
    picker.line.textEdited.emit(text)
    qtbot.waitUntil(lambda: picker.list.isVisible() and picker.list.count() > 0)


def test_two_entries_of_one_person_are_merged_after_a_look_and_taken_back(qtbot, desk, screen, filled):
    double = add_person(acting(filled), name="高橋恵子", organisation_id=1).id
    desk.go("organisations", person_id=1)
    screen.open_with(person_id=1)
    do(qtbot, desk, screen.reload)
    press(qtbot, desk, screen.people_page.detail.merge_button)
    dialog = dialog_over(screen, MergeDialog)
    assert not dialog.main.isEnabled()
    type_picker(qtbot, desk, dialog.picker, "高橋恵子")
    QTest.keyClick(dialog.picker.line, Qt.Key.Key_Down)
    QTest.keyClick(dialog.picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.main.isEnabled)
    assert dialog.choices.value("name") == "keep"
    press(qtbot, desk, dialog.main)
    assert [hit.person.name for hit in page_people(filled, filter_text="高橋恵子").rows] == ["髙橋　恵子"]
    do(qtbot, desk, desk.undo)
    assert read_person(filled, person_id=double).person.name == "高橋恵子"


def test_likely_doubles_are_listed_looked_at_and_merged_one_by_one(qtbot, desk, screen, filled):
    create_organisation(acting(filled), organisation=Organisation(branch="第2支部", name="見本高台町会", households=80))
    add_person(acting(filled), name="見本　一", organisation_id=3)
    add_person(acting(filled), name="見本一", organisation_id=5)
    press(qtbot, desk, screen.duplicates_button)
    found = dialog_over(screen, DuplicatesDialog)
    pairs = [(one.first, one.second) for one in found.table.model.records()]
    assert pairs == [("見本髙台町会", "見本高台町会")]
    do(qtbot, desk, found.table.acted.emit, found.table.model.records()[0])
    dialog = dialog_over(found, MergeDialog)
    qtbot.waitUntil(dialog.main.isEnabled)
    assert [box.text() for box in dialog.findChildren(QCheckBox)] == ["見本　一　と　見本一"]
    press(qtbot, desk, dialog.main)
    assert list_organisations(filled).total == 4
    merged = read_organisation(filled, organisation_id=3)
    assert (merged.organisation.name, merged.organisation.households) == ("見本髙台町会", 80)
    assert len(merged.members) == 1
    qtbot.waitUntil(lambda: found.table.model.records() == [])


def test_on_a_narrow_window_the_details_are_a_page_of_their_own(qtbot, desk, filled):
    made = shown(qtbot, OrganisationsScreen(desk), desk, width=855, height=460)
    assert not made.organisation_page.detail.isVisible()
    do(qtbot, desk, QTest.keyClick, made.organisation_page.table.view, Qt.Key.Key_Return)
    assert made.organisation_page.detail.isVisible()
    assert not made.tabs.isVisible()
    QTest.keyClick(made.organisation_page, Qt.Key.Key_Escape)
    assert made.organisation_page.table.isVisible()
    assert made.tabs.isVisible()
    view = made.organisation_page.table.view
    assert view.rows.heading(0) is not None
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(0, 0)).center())
    assert view.isVisible(), "a heading has no details"


def test_the_third_tab_leads_to_the_venues(qtbot, desk):
    made = OrganisationsScreen(desk)
    qtbot.addWidget(made)
    assert list(dict(made.import_menu.menu_actions())) == [
        "団体の一覧を取り込む",
        "これまでの取り込み",
        "補助金の期限",
        "会長が替わった団体",
        "差し込み用の一覧",
    ]
    going = []
    desk.navigation_requested.connect(lambda place, given: going.append((place, given)))
    made.tabs.choose(2)
    assert going == [("venues", {})]
    assert made.tabs.current() == 0, "the page of venues leads back to where one was"


def test_an_empty_register_offers_the_import_and_asks_for_the_file_at_once(qtbot, store, desk_at, monkeypatch):
    desk = desk_at()
    made = shown(qtbot, OrganisationsScreen(desk), desk)
    assert "取り込めます" in made.organisation_page.table._none.words()
    asked = []
    answer_file_dialogs(monkeypatch.setattr, lambda: asked.append("file"))
    do(qtbot, desk, made.organisation_page.import_asked.emit)
    assert (asked, made.findChildren(PastImportsDialog)) == (["file"], [])
    do(qtbot, desk, made.open_with, view="取り込み")
    assert asked == ["file", "file"]


def test_ctrl_c_in_a_list_that_names_people_leaves_a_row_in_the_log_and_none_is_copied_while_reading(
    screen, desk, qtbot
):
    table = screen.organisation_page.table
    table.view.setFocus()
    do(qtbot, desk, QTest.keyClick, table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    (row,) = rows(desk.store.database, Outgoing)
    assert (row.document_kind, row.way, row.personal, row.by, row.copy_file_id) == (
        "団体の一覧",
        "コピー",
        True,
        BY,
        None,
    )
    assert row.detail["件数"] == "1団体"
    assert "見本葛󠄀ヶ谷町会" in QGuiApplication.clipboard().text()
    desk.read_only = True
    QGuiApplication.clipboard().setText("前のまま")
    do(qtbot, desk, QTest.keyClick, table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "前のまま"
    assert len(rows(desk.store.database, Outgoing)) == 1


def test_the_keyboard_begins_in_the_list_of_organisations(screen, desk, qtbot):
    screen.setFocus()
    assert screen.focusProxy() is screen.organisation_page.table
    assert screen.window().focusWidget() is screen.organisation_page.table.view


def test_two_that_are_two_are_not_offered_as_doubles_again_until_that_is_undone(screen, desk, qtbot):
    for name in ("見本さくら町会", "見本さくら 町会"):
        create_organisation(acting(desk.store), organisation=Organisation(branch="第3支部", name=name))
    dialog = DuplicatesDialog(screen)
    do(qtbot, desk, dialog.open)
    assert [one.first for one in dialog.table.model.records()] == ["見本さくら町会"]
    assert dialog.table.choose(lambda one: one.first == "見本さくら町会")
    press(qtbot, desk, dialog.distinct_button)
    wait_idle(qtbot, desk)
    assert dialog.table.model.records() == []
    history_services.undo(desk.store, by=BY, now=NOW)
    assert len(suggest_duplicates(desk.store)) == 1
    dialog.reject()


@pytest.mark.parametrize(("downs", "role"), [(0, "会"), (1, "会長")])
def test_enter_in_a_field_with_proposals_saves_and_takes_only_a_proposal_that_is_current(desk, qtbot, downs, role):
    """The list of proposals is open below 役職; at first none of them is current."""
    dialog = add_person_dialog(name="見本　花江", parent=shown(qtbot, OrganisationsScreen(desk), desk))
    closed = []
    dialog.finished.connect(closed.append)
    dialog.open()
    line = dialog.form.editor("role")
    dialog.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "会"))
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    for _ in range(downs):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (popup.isVisible(), line.text()) == (False, role)
    if downs:
        wait_idle(qtbot, desk)
        assert not closed, "the first Enter takes the proposal"
        qtbot.keyClick(line, Qt.Key.Key_Return)
    wait_idle(qtbot, desk)
    assert closed
    assert [one.role for one in rows(desk.store.database, Person, name="見本　花江")] == [role]
