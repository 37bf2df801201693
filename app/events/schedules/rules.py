"""Judge candidate dates (deadlines, violations with clause, conflicts) and the ward's load by week.

The usual rows of the ward's own calendar are 目安日, to be corrected by the ward's notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import latest_start_day
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.deadlines import HEADCOUNT, MATERIAL, REPORT, Deadline, event_deadlines
from app.event.rules.event_checks import share_lecturer
from app.event.rules.event_venue import do_places_overlap, is_same_place, place_key
from app.event.rules.recruitment import offset_words, step_target_day, steps_of_kind
from app.programme.rules import term_start
from db.record import frozen, record
from db.records.events import Event
from db.records.programme import EventKind, Kind, Programme
from db.records.schedules import WardDay
from db.records.venues import Booking

LoadKind = Literal["実施", "資料確認", "人数連絡", "報告書"]
LOAD_KINDS: tuple[LoadKind, ...] = ("実施", "資料確認", "人数連絡", "報告書")
WARD_LOAD_KINDS: tuple[LoadKind, ...] = ("実施", "資料確認", "人数連絡")
"""Kinds of items that the ward does itself; the report is the contractor's."""
BUSY_WEEK_ITEM_COUNT = 5
"""Number of items from which a week is busy."""


@record
class LoadItem:
    """One event, or one of its deadlines, on a day."""

    day: date
    kind: LoadKind


@record
class WeekLoad:
    """One week from its Monday: items by kind (in the order of ``LOAD_KINDS``), and if a weekday of it is closed."""

    monday: date
    counts: tuple[int, ...]
    has_closed_weekday: bool

    @property
    def total(self) -> int:
        """Return the number of all items of the week."""
        return sum(self.counts)

    @property
    def is_busy(self) -> bool:
        """Return whether the week has ``BUSY_WEEK_ITEM_COUNT`` items or more."""
        return self.total >= BUSY_WEEK_ITEM_COUNT

    @property
    def words(self) -> str:
        """Return 「区 3・報告書 2」; a part of 0 is left out."""
        own = sum(self.counts[LOAD_KINDS.index(kind)] for kind in WARD_LOAD_KINDS)
        reports = self.counts[LOAD_KINDS.index("報告書")]
        parts = [fill_nonempty("区 {}", own), fill_nonempty("報告書 {}", reports)]
        return join_nonempty(*parts, separator="・")


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def week_loads_of(items: Iterable[LoadItem], calendar: OfficeCalendar) -> tuple[WeekLoad, ...]:
    """Return every week from the first item to the last, including empty ones."""
    known = tuple(items)
    if not known:
        return ()
    monday, last = monday_of(min(one.day for one in known)), monday_of(max(one.day for one in known))
    weeks = []
    while monday <= last:
        mine = [one.kind for one in known if monday_of(one.day) == monday]
        weeks.append(
            WeekLoad(
                monday=monday,
                counts=tuple(map(mine.count, LOAD_KINDS)),
                has_closed_weekday=any(not calendar.is_open(monday + timedelta(days=one)) for one in range(5)),
            )
        )
        monday += timedelta(days=7)
    return tuple(weeks)


Weight = Literal["直す", "確かめる", "知らせる"]
TO_CORRECT: Weight = "直す"
TO_CHECK: Weight = "確かめる"
TO_NOTIFY: Weight = "知らせる"
_SEARCH_RANGE = timedelta(days=70)
_RECRUITMENT_NEAR = timedelta(days=28)
_MAX_SUGGESTIONS = 2


@frozen
class Remark:
    """One remark about a candidate date: severity, words, clause (「仕4(1)ア」 or empty).

    ``is_refused``: no reason makes the date possible, only a 契約変更.
    """

    weight: Weight
    text: str
    clause: str = ""
    is_refused: bool = False


@record
class JudgedEvent:
    """One event with the judgement of its candidate date.

    An undated or cancelled event is not judged: it has no deadlines, load or remarks.

    Attributes:
        headcount, material: None = it has none.
        load: of the week of the event.
        suggested_days: suitable days, only while a remark is to be corrected or checked.
    """

    event: Event
    headcount: Deadline | None = None
    material: Deadline | None = None
    report: Deadline | None = None
    load: WeekLoad | None = None
    remarks: tuple[Remark, ...] = ()
    suggested_days: tuple[date, ...] = ()


@record
class JudgingContext:
    """What every candidate date of a 案 is judged by.

    Attributes:
        numbers: the contract's numbers by kind.
        others: dated events of the year outside the 案.
        bookings: of all rooms; those with ``event_id`` of the event are its own.
        events_recruiting: ids of events whose recruitment has begun.
    """

    programme: Programme
    numbers: Mapping[Kind, EventKind]
    calendar: OfficeCalendar
    today: date
    others: tuple[Event, ...] = ()
    bookings: tuple[Booking, ...] = ()
    events_recruiting: frozenset[int] = frozenset()


def load_items(event: Event, judging_context: JudgingContext) -> tuple[LoadItem, ...]:
    """Return what a dated event that is not cancelled adds to the weeks: itself and its deadlines; () for another."""
    if event.event_date is None or not event.status.counts:
        return ()
    names: dict[str, LoadKind] = {MATERIAL: "資料確認", HEADCOUNT: "人数連絡", REPORT: "報告書"}
    return (
        LoadItem(day=event.event_date, kind="実施"),
        *(LoadItem(day=row.effective_date, kind=names[row.task]) for row in _deadlines(event, judging_context)),
    )


def week_loads(events: Iterable[Event], judging_context: JudgingContext) -> tuple[WeekLoad, ...]:
    """Return the load of every week by the events of a 案 and the others of the year."""
    items = [item for event in (*events, *judging_context.others) for item in load_items(event, judging_context)]
    return week_loads_of(items, judging_context.calendar)


def judge_events(events: Sequence[Event], judging_context: JudgingContext) -> tuple[JudgedEvent, ...]:
    """Judge every event of a 案 among all of them, in order.

    Undated and cancelled events are returned unjudged, events with a result without remarks and suggested days.
    """
    loads = {week.monday: week for week in week_loads(events, judging_context)}
    return tuple(_judge_event(place, events, judging_context, loads) for place in range(len(events)))


def _judge_event(
    index: int, events: Sequence[Event], judging_context: JudgingContext, loads: Mapping[date, WeekLoad]
) -> JudgedEvent:
    """Return one event of a plan judged by its deadlines, its week and the other events."""
    event = events[index]
    # An event that does not take place adds nothing to a week, which may not be among the counted ones.
    if event.event_date is None or not event.status.counts:
        return JudgedEvent(event=event)
    rows = {row.task: row for row in _deadlines(event, judging_context)}
    around = [one for number, one in enumerate(events) if number != index and one.status.counts]
    around += judging_context.others
    load = loads[monday_of(event.event_date)]
    remarks = (
        []
        if event.status.is_held
        else [
            *_outside_period_remarks(event, rows[REPORT], judging_context),
            *_closed_day_remarks(event.event_date, judging_context),
            *_same_day_remarks(event, around),
            *_booking_remarks(event, judging_context),
            *_week_remarks(event, around, load, judging_context),
            *_moved_deadline_remarks(rows, judging_context),
            *_recruitment_remarks(event, judging_context),
        ]
    )
    wanted = any(one.weight != TO_NOTIFY for one in remarks)
    return JudgedEvent(
        event=event,
        headcount=rows.get(HEADCOUNT),
        material=rows.get(MATERIAL),
        report=rows.get(REPORT),
        load=load,
        remarks=tuple(remarks),
        suggested_days=_suggested_days(event, around, judging_context, loads) if wanted else (),
    )


def _deadlines(event: Event, judging_context: JudgingContext) -> tuple[Deadline, ...]:
    """Return the deadlines of a dated event: 資料確認, 人数連絡 (as far as it has them) and 報告書."""
    assert event.event_date is not None
    return event_deadlines(
        judging_context.numbers[event.kind],
        judging_context.programme,
        event.event_date,
        judging_context.calendar,
        extra_materials=event.extra_materials,
    )


def _outside_period_remarks(event: Event, report: Deadline, judging_context: JudgingContext) -> list[Remark]:
    """Return remarks on a date or report outside the kind's 期間 or 履行期間, with clause, and on a past date."""
    numbers, programme, day = judging_context.numbers[event.kind], judging_context.programme, event.event_date
    assert day is not None
    found = []
    if day > numbers.window_end:
        end = short_date(numbers.window_end, judging_context.today)
        found.append(Remark(TO_CORRECT, f"期間 {end} を過ぎる", numbers.clause_window))
    elif day < numbers.window_start:
        start = short_date(numbers.window_start, judging_context.today)
        found.append(Remark(TO_CORRECT, f"期間 {start} より前", numbers.clause_window))
    if day > programme.term_end:
        end = short_date(programme.term_end, judging_context.today)
        found.append(Remark(TO_CORRECT, f"履行期間 {end} を過ぎる", programme.clause_term, is_refused=True))
    elif report.nominal > programme.term_end:
        last = short_date(
            latest_start_day(numbers.report_period, programme.term_end, judging_context.calendar), judging_context.today
        )
        text = f"報告書が履行期間を過ぎる。最後の日 {last}"
        found.append(Remark(TO_CORRECT, text, programme.clause_term))
    start_of_term = term_start(programme)
    if start_of_term is not None and day < start_of_term:
        found.append(Remark(TO_CORRECT, "履行期間の前", programme.clause_term, is_refused=True))
    if day < judging_context.today:
        found.append(Remark(TO_CHECK, "本日より前の日"))
    return found


def _closed_day_remarks(day: date, judging_context: JudgingContext) -> list[Remark]:
    """Return the remark that the office is closed on the day, nothing on an open day."""
    reason = judging_context.calendar.closed_reason(day)
    return [Remark(TO_CHECK, f"閉庁日（{reason}）")] if reason else []


def _same_day_remarks(event: Event, other_events: Iterable[Event]) -> list[Remark]:
    """Return remarks about each other event of the day: same room or lecturer at that time, else the day alone."""
    found = []
    for other in other_events:
        if other.event_date != event.event_date:
            continue
        overlap = event.start_time < other.end_time and other.start_time < event.end_time
        words = []
        if overlap and is_same_place(event, other):
            words.append(f"会場が{other.full_title}と重なる")
        if overlap and share_lecturer(event, other):
            words.append(f"講師が{other.full_title}と重なる")
        found += [Remark(TO_CHECK, one) for one in words or [f"{other.full_title}と同じ日"]]
    return found


def _booking_remarks(event: Event, judging_context: JudgingContext) -> list[Remark]:
    """Return remarks about other bookings of the room at that time."""
    found = []
    for row in judging_context.bookings:
        if _books_room_of(row, event, event.event_date):
            times = f"{row.start_time}–{row.end_time}" if row.start_time and row.end_time else "終日"
            purpose = fill_nonempty("（{}）", row.purpose)
            found.append(Remark(TO_CHECK, f"{event.venue} は {times} に予約あり{purpose}"))
    return found


def _books_room_of(booking: Booking, event: Event, day: date | None) -> bool:
    """Return whether somebody else's booking takes the event's room on a day.

    A booking without hours takes the whole day.
    """
    if day is None or booking.day != day or booking.state.is_cancelled:
        return False  # before anything is folded: bookings of every year are asked about every day
    if not do_places_overlap(place_key("", booking.venue_name, booking.room), place_key("", event.venue, event.room)):
        return False
    if event.id and booking.event_id == event.id:
        return False
    if not (booking.start_time and booking.end_time):
        return True
    return booking.start_time < event.end_time and event.start_time < booking.end_time


def _week_remarks(
    event: Event, other_events: Iterable[Event], load: WeekLoad, judging_context: JudgingContext
) -> list[Remark]:
    """Return remarks on the week of an event: too many items, or other events in it."""
    found = []
    if load.is_busy:
        found.append(Remark(TO_CHECK, f"この週に {load.total}件　{load.words}"))
    same = sorted(
        one.event_date
        for one in other_events
        if one.event_date is not None
        and one.event_date != event.event_date
        and monday_of(one.event_date) == load.monday
    )
    if same:
        days = "、".join(short_date(day, judging_context.today) for day in same)
        found.append(Remark(TO_NOTIFY, f"{days} と同じ週。区の立会い {len(same) + 1}回"))
    return found


def _moved_deadline_remarks(rows: Mapping[str, Deadline], judging_context: JudgingContext) -> list[Remark]:
    """Return remarks about deadlines before the event that a closed weekday moves; weekends are not mentioned."""
    found = []
    for task in (MATERIAL, HEADCOUNT):
        row = rows.get(task)
        if row is None or row.nominal == row.working or row.nominal.weekday() >= 5:
            continue
        shown = short_date(row.nominal, judging_context.today)
        text = f"{task} {shown}→前の開庁日 {short_date(row.working, judging_context.today)}"
        found.append(Remark(TO_NOTIFY, text))
    return found


def _recruitment_remarks(event: Event, judging_context: JudgingContext) -> list[Remark]:
    """Return one remark on when recruitment has to begin, if that day is near or over, else [].

    [] also once it has begun or the event is over.
    """
    if event.id in judging_context.events_recruiting:
        return []
    if event.event_date is None or event.event_date < judging_context.today:
        return []
    steps = steps_of_kind(judging_context.numbers[event.kind])
    if not steps:
        return []
    name, offset = steps[0]
    first = step_target_day(offset, event.event_date, judging_context.calendar)
    shown = short_date(first, judging_context.today)
    if first < judging_context.today:
        return [Remark(TO_NOTIFY, f"{name}の目安日 {shown}（{offset_words(offset)}）は過ぎている")]
    if first <= judging_context.today + _RECRUITMENT_NEAR:
        return [Remark(TO_NOTIFY, f"{name}は {shown} から（{offset_words(offset)}）")]
    return []


def _suggested_days(
    event: Event, other_events: Sequence[Event], judging_context: JudgingContext, loads: Mapping[date, WeekLoad]
) -> tuple[date, ...]:
    """Return the nearest suitable days, by date, at most two and not in the same week.

    They lie within all periods, are open, with a free room, in a week that has no other event and is not busy. The
    typed weekday is preferred within a week.
    """
    wanted = event.event_date
    assert wanted is not None
    numbers = judging_context.numbers[event.kind]
    latest = min(
        numbers.window_end,
        latest_start_day(numbers.report_period, judging_context.programme.term_end, judging_context.calendar),
    )
    first = max(numbers.window_start, judging_context.today, min(wanted, latest) - _SEARCH_RANGE)
    last = min(latest, max(wanted, first) + _SEARCH_RANGE)
    busy = {monday_of(one.event_date) for one in other_events if one.event_date is not None}
    busy |= {monday for monday, week in loads.items() if week.is_busy}
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    fit = [
        day
        for day in days
        if day != wanted and monday_of(day) not in busy and _is_suitable(day, event, judging_context)
    ]
    fit.sort(
        key=lambda day: (
            abs((monday_of(day) - monday_of(wanted)).days) // 7,
            day.weekday() != wanted.weekday(),
            abs((day - wanted).days),
        )
    )
    chosen: dict[date, date] = {}
    for day in fit:
        chosen.setdefault(monday_of(day), day)
    return tuple(sorted(list(chosen.values())[:_MAX_SUGGESTIONS]))


def _is_suitable(day: date, event: Event, judging_context: JudgingContext) -> bool:
    """Return whether the office is open, the room is free, and all tasks before the event are still possible."""
    if not judging_context.calendar.is_open(day) or any(
        _books_room_of(row, event, day) for row in judging_context.bookings
    ):
        return False
    rows = _deadlines(replace(event, event_date=day), judging_context)
    return all(row.effective_date >= judging_context.today for row in rows)


ACCOUNTS = "会計の締切"
ACCOUNTS_ROW_ID = 0
"""Id of the row for 会計の締切, whose day is in the contract of the year."""
EXAMPLE_DATE_NOTE = "例の日付。区の通知で確かめて直す"

# Title, owner, years after the first one, month, day.
_USUAL_ROWS: tuple[tuple[str, str, int, int, int], ...] = (
    ("補助金 申請の受付開始", "担当係", 0, 6, 15),
    ("会長改選 名簿の取込み", "担当係", 0, 6, 30),
    ("予算要求 課内の締切", "課の庶務", 0, 10, 9),
    ("予算要求 部への提出", "課の庶務", 0, 10, 23),
    ("次年度の仕様書案", "担当係", 1, 2, 12),
    ("検査の日程を決める", "検査員・担当係", 1, 3, 12),
    ("会長改選 支部長への照会", "担当係", 1, 4, 20),
)


def usual_ward_days(programme_id: int, fiscal_year: int, calendar: OfficeCalendar) -> tuple[WardDay, ...]:
    """Return the usual rows of a year, each on an open day, by date."""
    return tuple(
        WardDay(
            programme_id=programme_id,
            title=title,
            owner=owner,
            day=calendar.open_on_or_before(date(fiscal_year + later, month, day)),
            basis=EXAMPLE_DATE_NOTE,
        )
        for title, owner, later, month, day in _USUAL_ROWS
    )


def accounts_row(programme: Programme, paid_on: date | None) -> WardDay | None:
    """Return 会計の締切 of a year as a row of the calendar, done once it was paid; None while unknown."""
    if programme.accounts_due is None:
        return None
    return WardDay(
        id=ACCOUNTS_ROW_ID,
        programme_id=programme.id,
        title=ACCOUNTS,
        owner="会計課",
        day=programme.accounts_due,
        basis="契約の「会計の締切」",
        done_on=paid_on,
    )


def is_accounts_title(title: str) -> bool:
    """Return whether a typed row would duplicate 会計の締切."""
    return title.strip().replace("の", "").startswith("会計締切")
