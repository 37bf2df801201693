"""The events of the sheet of the week: from the first day of this week to its last day, by day and hour."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from app.event.services.event_records import EventCoreRecords
from app.event_day.day.services.day_pack import PACK
from app.home.today.services import next_working_event, week_sheet
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event

TODAY, LAST = date(2026, 9, 14), date(2026, 9, 25)


def record(number, day, start="14:00", status=EventStatus.PLANNED):
    about = {"kind": "講習会", "form": EventForm.LECTURE, "subject": ""}
    return EventCoreRecords(event=Event(id=number, event_date=day, start_time=start, status=status, **about))


def test_events_of_the_week_stand_in_order_and_none_that_is_undated_cancelled_or_later(monkeypatch):
    by_year = {
        1: [
            record(1, LAST), record(2, TODAY, "15:00"), record(3, TODAY, "09:30"), record(4, date(2026, 9, 13)),
            record(5, date(2026, 9, 26)), record(6, None), record(7, TODAY, status=EventStatus.CANCELLED),
            record(8, TODAY, status=EventStatus.HELD), record(10, date(2026, 9, 12)),
        ],
        2: [record(9, date(2026, 9, 20), "09:00")],
    }  # fmt: skip
    monkeypatch.setattr(week_sheet, "read_records_of_year", lambda _store, year: by_year[year])
    monkeypatch.setattr(week_sheet, "_event", lambda one, year: (one.event.id, year.view.programme.id))
    years = [SimpleNamespace(view=SimpleNamespace(programme=SimpleNamespace(id=number))) for number in (2, 1)]
    assert week_sheet._events_of(None, years, TODAY, LAST) == [(4, 1), (3, 1), (8, 1), (2, 1), (9, 2), (1, 1)]
    assert week_sheet._events_of(None, [], TODAY, LAST) == []


DAY = date(2026, 10, 7)


def upcoming(monkeypatch, *, today=DAY, awaited="", people=0, place="", issued=None):
    monkeypatch.setattr(next_working_event, "kinds_of_set", lambda _subject: ["甲", "乙"])
    event = SimpleNamespace(id=1, kind="講習会", event_date=DAY, hours="13:00", full_title="題")
    planned = SimpleNamespace(place_words=place)
    file = SimpleNamespace(event=event, event_as_planned=planned, people=people, people_word="参加予定")
    file.as_subject = None
    file.last_issued_on, file.awaited_change = issued or {}, awaited
    return next_working_event._upcoming_event(file, today)


@pytest.mark.parametrize(
    ("ahead", "when"),
    [(0, "きょう 13:00"), (1, "あした 10/7(水) 13:00"), (2, "10/7(水) 13:00"), (-1, "10/7(水) 13:00")],
)
def test_the_day_is_said_from_today_and_the_door_opens_on_it(monkeypatch, ahead, when):
    found = upcoming(monkeypatch, today=DAY - timedelta(days=ahead))
    assert (found.when_words, found.check_in is not None) == (when, ahead == 0)
    assert (found.place_words, found.printed_words) == ("会場未定", "当日資料は、まだ印刷していません。")
    assert found.backup_print_words.startswith("まだ印刷していません：甲、乙。")


def test_what_waits_for_another_day_has_no_door_and_what_was_printed_is_said(monkeypatch):
    left = {PACK: DAY, "他": DAY + timedelta(days=1)}
    found = upcoming(monkeypatch, awaited="延期", people=3, place="甲館", issued=left)
    assert (found.when_words, found.check_in) == ("延期（もとの日時 きょう 13:00）", None)
    said = ("甲館　参加予定 3人", "当日資料は 10/7(水) に印刷・保存しました。")
    assert (found.place_words, found.printed_words) == said
    assert found.backup_print_words.startswith(found.printed_words)
