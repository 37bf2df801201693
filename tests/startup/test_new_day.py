"""A window left open over a night is of the new day everywhere, and keeps what is half typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLineEdit

from app.data_folder.services import backups
from app.event.screens.event_dialog import EventDialog
from app.event.screens.event_page import EventPage
from app.event.screens.events_screen import EventsScreen
from db.files.storage_errors import DiskFull
from tests.support.sessions import NOW, open_dialog
from tests.support.waiting import stored, wait_idle
from tests.support.years import add_lecture


@pytest.fixture
def main(sessions, qtbot):
    """The main window of a session whose clock the test sets, with a 講習会 on 9/24."""
    sessions.made_once(sessions._begin)
    return sessions.enter(sessions.launched(heartbeat_seconds=0.05))


def test_every_page_left_open_is_of_the_new_day(main, sessions, qtbot):
    event_id = stored(qtbot, main.app_context, add_lecture)
    main.go("events")
    events = main.shown_screen()
    assert isinstance(events, EventsScreen)
    assert events.calendar._today == NOW.date()
    main.go("event", event_id=event_id, tab="参加者")
    page = main.shown_screen()
    assert isinstance(page, EventPage)
    qtbot.waitUntil(lambda: page.header.days.text().startswith("あと23日"))
    sessions.now = NOW + timedelta(days=10)

    qtbot.waitUntil(lambda: main.shown_screen() is not page)
    again = main.shown_screen()
    assert isinstance(again, EventPage)
    qtbot.waitUntil(lambda: again.header.days.text().startswith("あと13日"))
    assert again.view_state()["tab"] == "参加者"
    main.go("events")
    assert main.shown_screen().calendar._today == sessions.now.date()


def test_what_is_half_typed_stays_over_midnight_and_its_page_follows_when_it_is_let_go(main, sessions, qtbot):
    event_id = stored(qtbot, main.app_context, add_lecture)
    main.go("event", event_id=event_id, tab="参加者")
    page = main.shown_screen()
    qtbot.waitUntil(lambda: page.header.days.text().startswith("あと23日"))
    box = QLineEdit(page)
    qtbot.keyClicks(box, "1234")
    sessions.now = NOW + timedelta(days=1)

    qtbot.waitUntil(lambda: page.header.days.text().startswith("あと22日"))
    wait_idle(qtbot, main.app_context)
    assert main.shown_screen() is page
    assert box.text() == "1234"
    box.clear()
    qtbot.waitUntil(lambda: main.shown_screen() is not page)


def test_each_new_day_a_window_left_open_makes_a_backup_as_at_opening(main, sessions, qtbot):
    folder = sessions.home / "data"
    first = len(backups.list_backups(folder=folder))
    for days in (1, 2):
        sessions.now = NOW + timedelta(days=days)
        words = f"バックアップ済み　本日 9:00　{first + days}世代"
        qtbot.waitUntil(lambda words=words: main.side_bar._foot.accessibleName() == words)
        newest = backups.list_backups(folder=folder)[0]
        assert (newest.created_at, newest.reason, newest.is_verified) == (sessions.now, "開いたとき", True)


def test_a_backup_is_green_for_a_week_and_then_says_how_to_make_one(main, sessions, qtbot, monkeypatch):
    def no_room(*_given, **_named):
        raise DiskFull

    def foot() -> str:
        return str(main.side_bar._foot.accessibleName())

    qtbot.waitUntil(lambda: foot().startswith("バックアップ済み　本日 9:00"))
    monkeypatch.setattr(backups, "make_backup", no_room)
    sessions.now = NOW + timedelta(days=7)
    qtbot.waitUntil(lambda: foot().startswith("バックアップ済み　9/1(火) 9:00"))
    sessions.now = NOW + timedelta(days=8)
    qtbot.waitUntil(lambda: foot() == "バックアップが古くなっています　9/1(火) 9:00　終了すると作ります")


def test_a_dialog_that_was_closed_is_not_opened_again_by_the_new_day(main, sessions, qtbot):
    event_id = stored(qtbot, main.app_context, add_lecture)
    main.go("event", event_id=event_id, act="edit")
    page = main.shown_screen()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(EventDialog)))
    open_dialog(EventDialog).reject()
    sessions.now = NOW + timedelta(days=1)
    qtbot.waitUntil(lambda: main.shown_screen() is not page)
    again = main.shown_screen()
    qtbot.waitUntil(lambda: again.header.days.text().startswith("あと22日"))
    wait_idle(qtbot, main.app_context)
    assert not any(one.isVisible() for one in again.findChildren(EventDialog))
