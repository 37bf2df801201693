"""Writes entries as a calendar file (RFC 5545, .ics) for other programs; icalendar is used here alone.

It has no METHOD, so it is a state of a calendar and no message about it: no ORGANIZER may stand in it (3.8.4.3), and
DTSTAMP says when an entry was last changed (3.8.7.2). What a program does with an entry that it holds already no RFC
says; UID and SEQUENCE let it know which entry it is and which is the newer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from db.record import record

if TYPE_CHECKING:  # the library is read when a file is made
    from icalendar import Component

EntryStatus = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
_ZONE = "Asia/Tokyo"
_OFFSET = timedelta(hours=9)
_ALARM_TIME = time(9, 0)
_PRODUCT = "-//dejikatsu-desk//デジ活デスク//JA"


@record
class FileEntry:
    """One entry of a calendar file.

    Attributes:
        uid: says which entry it is; a program that knows it already replaces what it has.
        sequence: grows with each change of the entry.
        day: its day; ``starts`` and ``ends`` are its times, None = the whole day, which then blocks nobody's time.
        alarm_days: how many days before it, at nine in the morning, an alarm is raised.
    """

    uid: str
    sequence: int
    summary: str
    day: date
    starts: time | None = None
    ends: time | None = None
    location: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    status: EntryStatus = "CONFIRMED"
    alarm_days: tuple[int, ...] = ()


def calendar_file(name: str, entries: Sequence[tuple[FileEntry, datetime]]) -> bytes:
    """Return the bytes of a calendar file.

    Args:
        name: of the calendar, which some programs show. entries: each with the moment in Japan, without a zone, of its
            last change.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", _ZONE)
    calendar.add_component(_time_zone())
    for entry, changed_at in entries:
        calendar.add_component(_event(entry, changed_at.replace(microsecond=0)))
    return bytes(calendar.to_ical())


def _time_zone() -> Component:
    """Return the zone of Japan, which has known no summer time since 1951; no table of zones is needed for it."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1951, 10, 1))  # noqa: DTZ001 - a zone begins at its own local time
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "JST")
    zone = Timezone()
    zone.add("tzid", _ZONE)
    zone.add_component(standard)
    return zone


def _event(entry: FileEntry, changed_at: datetime) -> Component:
    """Return one entry as an event of the calendar file; a whole-day or cancelled one blocks nobody's time."""
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    stamp = (changed_at - _OFFSET).replace(tzinfo=UTC)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("summary", entry.summary)
    if entry.starts is None or entry.ends is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", datetime.combine(entry.day, entry.starts), parameters={"TZID": _ZONE})
        event.add("dtend", datetime.combine(entry.day, entry.ends), parameters={"TZID": _ZONE})
        event.add("transp", "TRANSPARENT" if entry.status == "CANCELLED" else "OPAQUE")
    event.add("status", entry.status)
    for name, text in (("location", entry.location), ("description", entry.description)):
        if text:
            event.add(name, text)
    if entry.categories:
        event.add("categories", list(entry.categories))
    for days in entry.alarm_days:
        event.add_component(_alarm(entry, days))
    return event


def _alarm(entry: FileEntry, days: int) -> Component:
    """Return an alarm at nine in the morning ``days`` days before an entry."""
    from icalendar import Alarm

    begin = datetime.combine(entry.day, entry.starts or time(0, 0))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", datetime.combine(entry.day - timedelta(days=days), _ALARM_TIME) - begin)
    alarm.add("description", entry.summary)
    return alarm
