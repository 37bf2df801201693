"""Remarks about other events of a candidate's day, on records alone."""

from datetime import date

from app.events.schedules.rules import _same_day_remarks
from db.records.event_form import EventForm
from db.records.events import Event

DAY = date(2026, 12, 8)


def event(number, start, end, room="", lecturer="", day=DAY):
    return Event(
        id=number,
        programme_id=1,
        kind="講習会",
        form=EventForm.LECTURE,
        ordinal=number,
        subject=f"{number}番",
        event_date=day,
        start_time=start,
        end_time=end,
        venue="みほん区民館",
        room=room,
        lecturer=lecturer,
    )


def test_each_other_event_of_the_day_is_named_by_what_meets_or_by_the_day_alone():
    mine = event(1, "10:00", "12:00", "研修室", "見本 講師")
    others = [
        event(2, "13:00", "15:00", "研修室"),
        event(3, "11:00", "13:00", "研修室", "見本 講師"),
        event(4, "12:00", "14:00", "", "見本 講師"),
        event(5, "10:00", "12:00", "第2和室"),
        event(6, "10:00", "12:00", "研修室", day=date(2026, 12, 9)),
    ]
    said = [one.text for one in _same_day_remarks(mine, others)]
    names = [one.full_title for one in others]
    assert said == [
        f"{names[0]}と同じ日", f"会場が{names[1]}と重なる", f"講師が{names[1]}と重なる", f"{names[2]}と同じ日",
        f"{names[3]}と同じ日",
    ]  # fmt: skip
