"""Reads the list of events with what is next for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from app.calendar.dates import short_date_or
from app.documents.event_phase import EventPhase
from app.event.rules.preparation import count_done, is_prepared, preparation_words
from app.event.services.event_preparation import Block, preparation_of, recruitment_of
from app.event.services.event_records import EventRecords, read_records_of_year
from app.event.services.tasks.deadlines import read_year
from app.event.services.tasks.event_tasks import YearContext, tasks_of
from app.event.services.tasks.task import Task
from app.programme.services import find_programme
from db.digits import one_width
from db.record import record
from db.records.events import Event
from db.records.programme import EventKind, Kind
from db.rows import by_id
from db.store import Store
from db.tables.events import events_of_same_year, events_of_year


@record
class EventRow:
    """One row of the list of events.

    Attributes:
        phase: what it is today.
        state: 準備完了 / 準備中 for what will be held, 協議中 for what waits for a day, else its phase; ``state_words``
            is the text of the badge (「準備 あと3件」).
        people: the number in ``people_words``, None where they have none.
        people_words: 「出席 17」「申込 25」「参加予定 17」「受付前」「募集前」「—」.
        blocks_words: the next recruitment step with its date (「受付締切 9/18(金)」); ``step_words`` without it.
        next_task: the open task that comes next.
    """

    id: int
    kind: Kind
    title: str
    event_date: date | None
    date_words: str
    time_words: str
    venue_words: str
    people: int | None
    people_words: str
    phase: EventPhase
    state: str
    state_words: str
    prepared_count: int
    blocks: tuple[Block, ...]
    blocks_words: str
    step_words: str
    next_task: Task | None
    open_topics: tuple[str, ...]


@record
class EventList:
    """The list of events.

    Attributes:
        rows: those that the filter leaves; ``summary`` is the line below about them.
        total: number of all events of the year; ``by_kind`` that of each of its ``kinds``, for the filter buttons.
    """

    rows: tuple[EventRow, ...]
    total: int
    kinds: tuple[EventKind, ...]
    by_kind: dict[Kind, int]
    summary: str


@record
class EventName:
    """One event to choose from; ``date_words`` 「10/16(金)」 or 日程未定."""

    id: int
    kind: Kind
    title: str
    event_date: date | None
    date_words: str
    cancelled: bool


def list_event_names(
    store: Store, *, today: date, fiscal_year: int | None = None, always_include: int = 0
) -> tuple[EventName, ...]:
    """Return names and dates of all events of a year by date, cancelled ones too and undated ones last.

    Args:
        fiscal_year: the year; None = the newest.
        always_include: id of an event whose year is taken instead, if it exists.

    Raises:
        UserError: no year was started, or not this one.
    """
    standing = by_id(store.database, Event, always_include)
    programme_id = standing.programme_id if standing is not None else find_programme(store, fiscal_year=fiscal_year).id
    named = [
        EventName(
            id=event.id,
            kind=event.kind,
            title=event.full_title,
            event_date=event.event_date,
            date_words=_date_words(event, today),
            cancelled=not event.status.counts,
        )
        for event in events_of_year(store.database, programme_id)
    ]
    return tuple(named)


def other_event_words(store: Store, *, event_id: int, text: str) -> str:
    """Return a sentence where a received text names another event of the year and not this one, else "".

    Its days count where it has no title of an event.
    """
    year = events_of_same_year(store.database, event_id)
    named = [one for one in year if _bare(one.full_title) in _bare(text)] or [one for one in year if _is_on(one, text)]
    if not named or event_id in {one.id for one in named}:
        return ""
    what = f"「{named[0].full_title}」のもののようです。選んだ実施回と取り違えていないか確かめてください。"
    return f"{what}このまま受領することもできます。"


def _is_on(event: Event, text: str) -> bool:
    """Return whether a text has the day of an event（令和8年12月8日、R8.12.8、12/8）."""
    day = event.event_date
    sign = day and rf"(?<!\d)0?{day.month}\s*[月/]\s*0?{day.day}(?!\d)|\d\.{day.month}\.{day.day}(?!\d)"
    return bool(sign and re.search(sign, one_width(text)))


def _bare(text: str) -> str:
    return re.sub(r"[\s「」()]", "", one_width(text))


def list_events(store: Store, *, today: date, fiscal_year: int | None = None) -> EventList:
    """Return the events of a year (None = the newest) by day and start, undated ones last."""
    year = read_year(store, today, fiscal_year=fiscal_year)
    files = read_records_of_year(store, year.view.programme.id)
    listed = sorted(
        (_row(file, year) for file in files), key=lambda row: (row.event_date or date.max, row.time_words, row.id)
    )
    return EventList(
        rows=tuple(listed),
        total=len(listed),
        kinds=year.view.kinds,
        by_kind={one.kind: sum(row.kind == one.kind for row in listed) for one in year.view.kinds},
        summary=summary_words(listed),
    )


def next_task(tasks: Sequence[Task], today: date) -> Task | None:
    """Return the open task that comes next: 期限超過 first, then those ahead, then a passed 目安日; or None.

    The ward's own checks are left out.
    """
    open_tasks = [task for task in tasks if task.is_open and not task.is_own_check]
    return min(
        open_tasks,
        key=lambda task: (0 if task.bucket == "期限超過" else 1 if task.due >= today else 2, task.due),
        default=None,
    )


def _row(records: EventRecords, year: YearContext) -> EventRow:
    event, planned, year = records.event, records.event_as_planned, year.for_event(records.event)
    items = preparation_of(records, year)
    done, _total = count_done(items)
    prepared = bool(items) and is_prepared(items)
    state, state_words = _state(records, preparation_words(items), year.today, prepared=prepared)
    people, people_words = _people(records)
    recruitment = recruitment_of(records, year)
    return EventRow(
        id=event.id,
        kind=event.kind,
        title=event.full_title,
        event_date=event.event_date,
        date_words=_date_words(event, year.today),
        time_words=event.hours,
        venue_words=planned.place_words,
        people=people,
        people_words=people_words,
        phase=records.phase(year.today),
        state=state,
        state_words=state_words,
        prepared_count=done,
        blocks=recruitment.blocks,
        blocks_words=recruitment.words,
        step_words=recruitment.step,
        next_task=next_task(tasks_of(records, year), year.today),
        open_topics=tuple(row.topic for row in records.open_topics),
    )


def _state(records: EventRecords, words: str, today: date, *, prepared: bool) -> tuple[str, str]:
    """Return the state of an event and the words of its badge, which differ for 準備中 only (「準備 あと3件」).

    The state is the phase, 協議中 while it waits for a day, 準備完了 or 準備中 before it is held. ``words`` are those
    of ``preparation_words``; instead of them one says 延期, 日時の変更 or 会場未定.
    """
    state = records.state(today)
    if not state.phase.will_be_held:
        return "協議中" if state.phase.awaits_day else state.phase, state.word
    if state.phase is EventPhase.WITHOUT_PLACE:
        return "準備中", state.word
    return ("準備完了", "準備完了") if prepared else ("準備中", words)


def _people(records: EventRecords) -> tuple[int | None, str]:
    """Return the number of people who came, else are expected or applied, and its words (「参加予定 17」).

    Nobody yet: 0 once 受付開始 is ticked, else None with 受付前 (a step is ticked) or 募集前. None and 「—」 for a
    cancelled or undated event without a count.
    """
    result = records.result
    if result is not None and result.attended is not None:
        return result.attended, f"出席 {result.attended}"
    if not records.event.status.counts or records.event.event_date is None:
        return None, "—"
    if records.people:
        return records.people, f"{records.people_word} {records.people}"
    if any(step.done_on is not None and step.name == "受付開始" for step in records.steps):
        return 0, f"{records.people_word} 0"
    return None, "受付前" if any(step.done_on is not None for step in records.steps) else "募集前"


def summary_words(rows: Sequence[EventRow]) -> str:
    """Return 「12件　実施済 3・予定 6・協議中 2・中止 1」 of the rows; the first three also where there are none."""
    found = Counter(
        "予定" if row.phase.will_be_held else "協議中" if row.phase.awaits_day else str(row.phase) for row in rows
    )
    others = [phase for phase in EventPhase if found[phase] and phase not in ("実施済", "予定", "協議中")]
    counted = (f"{word} {found[word]}" for word in ("実施済", "予定", "協議中", *others))
    return f"{len(rows)}件　{'・'.join(counted)}"


def _date_words(event: Event, today: date) -> str:
    return short_date_or("日程未定", event.event_date, today)
