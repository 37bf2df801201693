"""班分け as a clerk does it: a proposal, dragging, the keys 1 to 9, wishes, facilitators, undo."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from app.actions.action_context import ActionContext
from app.events.groups.screens import GroupsScreen, GroupWishesDialog
from app.events.groups.services import propose_groups, read_groups
from app.events.roster.services.entry_changes import record_absence, take_back_absence
from app.history import services as history_services
from app.widgets.dialogs.dialog_frame import DialogFrame
from db.records.roster import Entry
from db.rows import rows
from tests.support.door_people import DOOR, door_event
from tests.support.years import BY


@pytest.fixture
def event_id(store):
    return door_event(store)


@pytest.fixture
def screen(desk_at, event_id, qtbot):
    made = GroupsScreen(desk_at(DOOR, undoes=True))
    qtbot.addWidget(made)
    made.resize(1180, 720)
    made.open_with(event_id=event_id)
    made.show()
    qtbot.waitUntil(lambda: made.view is not None)
    yield made
    qtbot.waitUntil(lambda: made.app_context.tasks.is_idle)


def propose(screen, qtbot, count=3):
    screen.count_box.setCurrentIndex(count - 1)
    QTest.mouseClick(screen.propose_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(screen.view.columns) == count and not screen.view.people_without_group)


def card(screen, number):
    return next(card for card in screen.cards if card.number == number)


def seated(store, event_id):
    return {
        column.group.number: [row.name for row in column.people]
        for column in read_groups(store, event_id=event_id).columns
    }


def test_who_comes_after_all_has_no_group_that_is_gone(store, event_id):
    context = ActionContext(store, BY, DOOR)
    propose_groups(context, event_id=event_id, count=4)
    away = next(one.id for one in rows(store.database, Entry, event_id=event_id) if one.group_number == 4)
    record_absence(context, entry_id=away)
    propose_groups(context, event_id=event_id, count=2)
    take_back_absence(context, entry_id=away)
    view = read_groups(store, event_id=event_id)
    assert [column.group.number for column in view.columns] == [1, 2]
    assert [row.entry.id for row in view.people_without_group] == [away]


def test_looking_at_the_groups_writes_nothing(screen, store, qtbot):
    before = history_services.last_action(store)
    screen.refresh()
    qtbot.waitUntil(lambda: screen.app_context.tasks.is_idle)
    assert history_services.last_action(store) == before
    assert all(row.entry.number is None for row in screen.view.people_without_group)


def test_a_proposal_shows_a_card_for_every_group(screen, store, event_id, qtbot):
    assert [each.number for each in screen.cards] == [None]
    propose(screen, qtbot)
    assert [each.number for each in screen.cards] == [1, 2, 3]
    assert screen.totals.text() == "7人・3班"
    assert sum(each.people.count() for each in screen.cards) == 7


def test_a_new_proposal_over_people_seated_is_asked_for_first(screen, store, event_id, qtbot):
    propose(screen, qtbot)
    screen.count_box.setCurrentIndex(1)
    QTest.mouseClick(screen.propose_button, Qt.MouseButton.LeftButton)
    dialog = next(each for each in screen.findChildren(DialogFrame) if each.isVisible())
    assert len(seated(store, event_id)) == 3
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(screen.view.columns) == 2)


def test_a_person_is_dragged_to_another_group_and_undo_brings_them_back(screen, store, event_id, qtbot):
    propose(screen, qtbot)
    before = seated(store, event_id)
    first, second = card(screen, 1).people, card(screen, 2).people
    item = first.item(0)
    carried = first.mimeData([item])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    second.dropEvent(drop)
    moved = before[1][0]
    qtbot.waitUntil(lambda: moved in [row.name for row in screen.view.columns[1].people])
    assert moved in seated(store, event_id)[2]
    assert card(screen, 2).people.hasFocus() or not screen.isActiveWindow()
    screen.app_context.undo()
    qtbot.waitUntil(lambda: moved in [row.name for row in screen.view.columns[0].people])
    assert seated(store, event_id) == before


def test_dropping_people_where_they_sit_changes_nothing(screen, store, event_id, qtbot):
    propose(screen, qtbot)
    told = []
    people = card(screen, 1).people
    people.people_dropped.connect(told.append)
    carried = people.mimeData([people.item(0)])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    people.dropEvent(drop)
    assert told == []


def test_the_keys_1_to_9_send_the_chosen_person_and_0_takes_them_out(screen, store, event_id, qtbot):
    propose(screen, qtbot)
    people = card(screen, 1).people
    people.setCurrentRow(0)
    entry_id = people.chosen_ids()[0]
    QTest.keyClick(people, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: entry_id in _ids(screen, 3))
    people = card(screen, 3).people
    assert people.chosen_ids() == [entry_id]
    QTest.keyClick(people, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: [row.entry.id for row in screen.view.people_without_group] == [entry_id])
    said = []
    screen.app_context.message_shown.connect(lambda sentence, _undo: said.append(sentence))
    QTest.keyClick(card(screen, None).people, Qt.Key.Key_9)
    assert said == ["9班はありません。「班を加える」で加えられます。"]


def test_a_facilitator_is_written_and_stays_over_a_new_proposal(screen, store, event_id, qtbot):
    propose(screen, qtbot)
    field = card(screen, 2).facilitator
    field.setText("見本 進行")
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: screen.view.columns[1].group.facilitator == "見本 進行")
    assert read_groups(store, event_id=event_id).columns[1].group.facilitator == "見本 進行"


def test_a_wish_that_is_not_kept_is_said(screen, store, event_id, qtbot):
    propose(screen, qtbot)
    one = screen.view.columns[0].people[0]
    other = screen.view.columns[1].people[0]
    screen.open_wishes()
    dialog = screen.findChild(GroupWishesDialog)
    QTest.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert "別の2人" in dialog.problem.text()
    dialog.first.setCurrentIndex(dialog.first.findData(one.entry.id))
    dialog.second.setCurrentIndex(dialog.second.findData(other.entry.id))
    dialog.together.setChecked(True)
    QTest.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "同じ班の希望ですが" in screen.notes.words())
    assert f"{one.name}さんと{other.name}さん" in screen.notes.words()
    dialog.reject()


@pytest.mark.parametrize("width", [735, 1180, 1700])
def test_every_person_is_seen_whole_at_every_width(screen, width, qtbot):
    propose(screen, qtbot)
    screen.resize(width, 700)
    qtbot.waitUntil(lambda: screen.width() == width)
    for each in screen.cards:
        people = each.people
        tall = sum(people.sizeHintForRow(at) for at in range(people.count()))
        assert people.viewport().height() >= tall
        assert each.width() >= 200


def _ids(screen, number):
    return [row.entry.id for column in screen.view.columns if column.group.number == number for row in column.people]
