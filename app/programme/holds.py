"""What must not be erased for a while, read by every erasing and by the rule of backups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.actions.get_or_raise import get_or_raise
from app.calendar.dates import long_date_plain
from app.calendar.periods import months_after
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty
from app.programme.rules import BackupTerm
from db.engine import Database
from db.record import record
from db.records.disposals import Hold, HoldReason
from db.records.events import Event
from db.records.organisations import Person
from db.records.programme import Programme
from db.records.roster import Entry
from db.records.year.rights import DataRequest
from db.rows import rows, rows_of_each
from db.tables.erasing_days import backup_months

SUBJECT = "holds"


@record
class Holds:
    """The holds of a day, with the ids of what they keep; ``events`` are those of held years, too.

    ``requests`` are those of people about their own data that are not settled.
    """

    found: tuple[Hold, ...] = ()
    people: frozenset[int] = frozenset()
    events: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    requests: frozenset[int] = frozenset()

    @property
    def words(self) -> str:
        """Return why they hold, as a sentence that ends what it is put behind; "" = there are none."""
        said = "、".join(dict.fromkeys(map(hold_words, self.found)))
        return fill_nonempty("保留（{}）があるため、残しています。", said)

    def keeps(self, *, event_id: int | None = None, programme_id: int | None = None, person_id: int = 0) -> bool:
        """Return whether one of them keeps what belongs to these."""
        return event_id in self.events or programme_id in self.years or person_id in self.people


def read_holds(database: Database, today: date) -> Holds:
    """Return what is held on a day."""
    read = rows_of_each(database, {Hold: "id", DataRequest: "id"})
    asked = read[DataRequest]
    found = tuple(one for one in (*read[Hold], *map(hold_of_request, asked)) if is_active(one, today))
    years = _ids(one.programme_id for one in found)
    of_years = [one.id for one in rows(database, Event, programme_id=sorted(years))] if years else []
    return Holds(
        found=found,
        people=_ids(one.person_id for one in found),
        events=_ids(one.event_id for one in found) | frozenset(of_years),
        years=years,
        requests=frozenset(one.id for one in asked if is_active(hold_of_request(one), today)),
    )


def hold_of_request(request: DataRequest) -> Hold:
    """Return the hold that a request is by itself: until it is settled and nobody can appeal against it any more."""
    ended = request.appeal_ended_on or appeal_until(request) or request.decided_on or request.received_on
    return Hold(
        person_id=request.person_id,
        reason=HoldReason.APPEAL if request.appealed_on is not None else HoldReason(f"{request.kind}請求"),
        begins_on=request.received_on,
        until=ended if request.is_settled else None,
        note=f"請求 第{request.number}号",
        by=request.by,
        at=request.at,
    )


APPEAL_MONTHS = 3
"""Months from the day after somebody knew of a decision in which he can appeal (行政不服審査法18条1項)."""


def appeal_until(request: DataRequest) -> date | None:
    """Return the last day on which somebody can appeal against a decision, None before it is told."""
    return months_after(request.notified_on, APPEAL_MONTHS) if request.notified_on is not None else None


def backup_term(database: Database, today: date) -> BackupTerm:
    """Return how long backups last by what is set and held on a day."""
    held = (one.until or date.max for one in read_holds(database, today).found)
    return BackupTerm(months=backup_months(database), held_until=max(held, default=date.min))


def holds_of_person(database: Database, person_id: int, today: date) -> Holds:
    """Return those holds of a day that keep something about one person: the person, an event or a year of theirs."""
    holds = read_holds(database, today)
    if not holds.found:
        return holds
    events = {one.event_id for one in rows(database, Entry, person_id=person_id)}
    years = {one.programme_id for one in rows(database, Event, id=sorted(events))}
    mine = (
        one for one in holds.found if one.person_id == person_id or one.event_id in events or one.programme_id in years
    )
    return Holds(found=tuple(mine))


def is_active(hold: Hold, today: date) -> bool:
    """Return whether a hold keeps something on a day."""
    return hold.released_on is None and hold.begins_on <= today and (hold.until is None or hold.until >= today)


def hold_words(hold: Hold) -> str:
    """Return 「開示請求　令和9年5月1日から令和9年8月31日まで」."""
    until = f"{long_date_plain(hold.until)}まで" if hold.until is not None else ""
    return f"{hold.reason}　{long_date_plain(hold.begins_on)}から{until}"


def kept_words(database: Database, today: date) -> str:
    """Return what is held on a day, and why, as a sentence that names nobody; "" = nothing."""
    said = "、".join(
        f"{'1人' if one.person_id is not None else subject_words(database, one)}（{hold_words(one)}）"
        for one in read_holds(database, today).found
    )
    return fill_nonempty("保留のため残しているもの：{}。", said)


def subject_words(database: Database, hold: Hold) -> str:
    """Return whose records a hold keeps: a name, an event, a year."""
    if hold.person_id is not None:
        return f"{get_or_raise(database, Person, hold.person_id).name}さん"
    if hold.event_id is not None:
        return get_or_raise(database, Event, hold.event_id).full_title
    if hold.programme_id is None:
        return "登録のない人"
    return fiscal_year_words(get_or_raise(database, Programme, hold.programme_id).fiscal_year)


def _ids(found: Iterable[int | None]) -> frozenset[int]:
    return frozenset(one for one in found if one is not None)
