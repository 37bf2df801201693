"""Which parts read again after a change: those that show a table it wrote, and no others; none shows old rows."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView, QWidget

from app.event_day.day.screens.day_panel import DayPanel
from app.event_day.reception.services import note_late, receive, undo_check_in
from app.events.arrangements.services import set_care
from app.events.roster.screens.roster_panel import RosterPanel
from app.events.roster.services.entry_changes import record_absence, set_state, take_back_absence
from app.events.tablets.services import set_tablets
from app.history import services as history_services
from app.programme.services import add_closed_day
from app.registers.venues.services import save_venue
from app.window.app_context import AppContext, bind_action, with_store
from db.records.roster import EntryState, Tablet
from db.records.venues import Venue
from db.rows import rows
from tests.support.doing import do
from tests.support.entries import put_entry, put_organisation
from tests.support.waiting import wait_idle

DAY = datetime(2026, 9, 24, 13, 30)


@pytest.fixture
def desk(desk_at) -> AppContext:
    desk = desk_at(DAY)
    desk.failed.connect(lambda problem: pytest.fail(repr(problem)))
    desk._undo = history_services.undo
    return desk


@pytest.fixture
def people(store, event) -> list[int]:
    club = put_organisation(store, "みほん髙﨑𠮷町会")
    return [
        put_entry(store, event, f"みほん {n}号", organisation_id=club, state="決定", number=n + 1) for n in range(4)
    ]


def shown_by(screen: QWidget) -> list[str]:
    """Every text that the screen shows, in tables too."""
    found: list[str] = []
    for part in screen.findChildren(QWidget):
        if isinstance(part, QLabel | QAbstractButton | QLineEdit):
            found.append(f"{part.isVisibleTo(screen)} {part.text()}")
        if isinstance(part, QTableView) and (model := part.model()) is not None:
            across, down = range(model.columnCount()), range(model.rowCount())
            found += [str(model.index(row, column).data()) for row in down for column in across]
    return found


def test_two_screens_show_a_day_as_it_goes_on_and_read_no_more_than_they_show(
    desk, store, event, people, qtbot, monkeypatch
):
    reads: dict[str, int] = {}
    screens: list[Any] = []
    for kind in (RosterPanel, DayPanel):
        screen = kind(desk)
        qtbot.addWidget(screen)
        screen.resize(1190, 720)
        screen.open_with(event_id=event)
        screen.show()
        screens.append(screen)

        def reload(name: str = kind.__name__, read: Any = screen.reload) -> None:
            reads[name] = reads.get(name, 0) + 1
            read()

        monkeypatch.setattr(screen, "reload", reload)
    wait_idle(qtbot, desk)

    def act(service: Any, **given: Any) -> dict[str, int]:
        reads.clear()
        desk.write(bind_action(service, **given))
        return after()

    def after() -> dict[str, int]:
        wait_idle(qtbot, desk)
        done = dict(reads)
        stood = [shown_by(screen) for screen in screens]
        for screen in screens:
            screen.reload()
        wait_idle(qtbot, desk)
        assert stood == [shown_by(screen) for screen in screens]
        return done

    both = {"RosterPanel": 1, "DayPanel": 1}
    assert act(record_absence, entry_id=people[0]) == both
    assert act(take_back_absence, entry_id=people[0]) == both
    assert act(set_state, entry_id=people[1], state=EntryState.WITHDRAWN, reason="都合") == both
    assert act(receive, entry_id=people[0]) == both
    assert act(note_late, entry_id=people[2]) == both
    assert act(set_care, entry_id=people[2], care="手話通訳") == both
    assert act(undo_check_in, entry_id=people[0]) == both
    # The roster says until when a 団体 may be asked; the day shows no date that is counted.
    assert act(add_closed_day, day=DAY.date().replace(month=12), reason="点検") == {"RosterPanel": 1}
    # Neither shows the list of venues; the day alone shows tablets.
    assert act(save_venue, venue=Venue(name="みほん会館")) == {}
    assert act(set_tablets, tablets=[Tablet(number="1")]) == {"DayPanel": 1}
    reads.clear()
    desk.undo()
    assert after() == {"DayPanel": 1}
    assert not rows(store.database, Tablet)
    desk.undo()
    after()
    assert not rows(store.database, Venue)
    reads.clear()
    desk.changed.emit(None)
    assert after() == both


def test_a_part_follows_what_was_read_for_it_and_within_it(desk, store, people, qtbot):
    whole, inner, other = QObject(), QObject(), QObject()
    inner.setParent(whole)
    read: list[str] = []
    for name, part in (("whole", whole), ("other", other)):
        desk.follow_changes(part, partial(read.append, name))
    for table, owner in (("venues", inner), ("tablets", other)):
        query = f"SELECT 1 FROM {table}"
        desk.read(
            with_store(lambda store, *, query: store.database.execute(query).fetchall(), query=query),
            lambda _rows: None,
            owner=owner,
        )
    wait_idle(qtbot, desk)
    desk.write(bind_action(save_venue, venue=Venue(name="みほん会館")))
    wait_idle(qtbot, desk)
    assert read == ["whole"]
    desk.write(bind_action(set_tablets, tablets=[Tablet(number="1")]))
    wait_idle(qtbot, desk)
    assert read == ["whole", "other"]
    # Nobody knows who shows this: it counts for all.
    desk.read(lambda store: store.database.execute("SELECT 1 FROM closed_days").fetchall(), lambda _rows: None)
    wait_idle(qtbot, desk)
    desk.write(bind_action(add_closed_day, day=DAY.date(), reason="点検"))
    wait_idle(qtbot, desk)
    assert read == ["whole", "other", "whole", "other"]


def test_what_wrote_no_row_may_have_changed_a_file_and_is_read_again(desk, store, qtbot):
    part, read = QObject(), []
    desk.follow_changes(part, lambda: read.append(True))
    desk.read(lambda store: store.database.execute("SELECT 1 FROM venues").fetchall(), lambda _rows: None, owner=part)
    wait_idle(qtbot, desk)
    do(qtbot, desk, desk.write, lambda _store: None, owner=part)
    assert read == [True]
