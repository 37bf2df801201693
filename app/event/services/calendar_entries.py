"""カレンダー（.ics）: saves events and deadlines of a year as a file for the calendars of other programs.

An entry keeps its name in every file (``CalendarEntry``), so that a program that took an earlier file in can move the
old entry instead of adding a second one. What was in an earlier file and is no longer planned is withdrawn by the next
one. No text of a person is written: only titles, places, clauses and dates.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Literal

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.calendar.wareki import fiscal_year_words
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.calendar_file import FileEntry, calendar_file
from app.documents.document_frame import event_code
from app.documents.event_phase import EventPhase, EventState
from app.documents.rules import names_in_text
from app.documents.services.file_saving import NOTHING_WRITTEN, SavedFile, SaveOptions
from app.documents.services.issued_copies import save_leaving
from app.event.rules.deadlines import Deadline
from app.event.rules.recruitment import step_due, step_task_words
from app.event.services.event_records import EventRecords, read_event_records, read_records_of_year
from app.event.services.tasks.deadlines import read_event_year, read_year, year_tasks
from app.event.services.tasks.event_tasks import (
    YearContext,
    date_decision_task,
    drafting_task,
    event_dues,
    step_deadlines,
)
from app.event.services.tasks.task import Task
from app.event.services.tasks.task_completion import effective_steps
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME
from app.event.services.tasks.year_task_kind import YEAR_KIND_OF
from app.event.services.tasks.year_tasks import first_name_of
from app.programme.rules import full_clause
from db.files import file_names
from db.journal import Change
from db.record import record
from db.records.events import CalendarEntry, Event
from db.rows import rows
from db.store import Store
from db.tables.documents import names_of_everybody

KIND = "カレンダー"
ENDING = ".ics"
_WARD = "区"
_NAMED = 3
_CATEGORY = "デジ活デスク"
_DEADLINE = "期限"
_WITHDRAWN = "【取りやめ】"

CalendarRange = Literal["年度", "実施回", "区の期限"]


@record
class CalendarScope:
    """What a calendar file holds.

    Attributes:
        event_id: one event with all its deadlines; None = a year.
        fiscal_year, programme_id: the year by its first year or its id; neither = the newest.
        deadlines_only: of a year only the deadlines of the ward, without the events.
    """

    event_id: int | None = None
    fiscal_year: int | None = None
    programme_id: int | None = None
    deadlines_only: bool = False

    @property
    def range(self) -> CalendarRange:
        """Return what the file holds in the words of the log: 実施回, 区の期限 or 年度."""
        if self.event_id is not None:
            return "実施回"
        return "区の期限" if self.deadlines_only else "年度"


@record
class _Planned:
    """One thing as it is planned now: its key, and its entry without name and number."""

    key: str
    entry: FileEntry


@record
class CalendarContents:
    """What the file of a scope would hold now.

    Attributes:
        stem: the proposed file name without its ending.
        name: the name of the calendar in the file.
        entries: each with the row that saving stores, which the next file is compared with.
        event_count, deadline_count: without what is cancelled or withdrawn.
        changed: how many say something else than in an earlier file; ``withdrawn`` how many were cancelled since or are
            no longer planned.
        undated: the events without a date, which are not in it.
        veiled: the entries whose title or place is left out, since it names somebody.
    """

    stem: str
    name: str
    reference: str
    programme_id: int
    entries: tuple[tuple[CalendarEntry, FileEntry], ...]
    event_count: int
    deadline_count: int
    changed: int
    withdrawn: int
    undated: tuple[str, ...]
    veiled: int

    @property
    def words(self) -> str:
        """Return what the file holds, what changed since an earlier one, and what it lacks, in sentences."""
        events = fill_nonempty("実施回{}件と", self.event_count)
        said = [f"{events}期限{self.deadline_count}件が入ります。"]
        if self.changed or self.withdrawn:
            parts = [f"変わったもの{self.changed}件"] if self.changed else []
            parts += [f"中止・取りやめ{self.withdrawn}件"] if self.withdrawn else []
            said.append(f"前に保存したあとに{'、'.join(parts)}があります。")
        if self.undated:
            named = "、".join(self.undated[:_NAMED])
            rest = and_others(self.undated, _NAMED, "ほか{}件")
            said.append(f"日程の決まっていない{len(self.undated)}件（{named}{rest}）は入りません。")
        if self.veiled:
            said.append(f"{self.veiled}件は、名称か会場に人の名前があるため、その部分を入れません。")
        return "".join(said)


@record
class SavedCalendar(SavedFile):
    """A calendar file that was saved, with what it holds."""

    contents: CalendarContents
    sha256: str


def read_calendar(store: Store, *, scope: CalendarScope, today: date) -> CalendarContents:
    """Return what the file of a scope would hold, without names and with what is gone since as cancelled.

    Raises:
        UserError: the event or the year is gone, or nothing in it has a date.
    """
    year, records = _read(store, scope, today)
    programme = year.view.programme
    event = records[0].event if scope.event_id is not None else None
    planned = list(_planned(store, year, records, with_year=scope.event_id is None))
    chosen = [one for one in planned if _belongs(one.key, scope)]
    known = {row.key: row for row in rows(store.database, CalendarEntry, programme_id=programme.id)}
    gone = [row for row in known.values() if row.key not in {one.key for one in planned} and _belongs(row.key, scope)]
    names = names_of_everybody(store.database)
    veiled = [replace(one, entry=_veil(one, names)) for one in chosen]
    made = [_numbered(programme.id, one, known.get(one.key), today) for one in veiled] + [
        _withdrawn(row) for row in gone
    ]
    made.sort(key=lambda pair: (pair[1].day, pair[1].starts or time(0), pair[0].key))
    undated = [one.event.full_title for one in records if one.event.event_date is None and one.event.status.counts]
    if not made:
        why = "実施日が決まっていません。" if event is not None else "日付の決まった実施回も期限もありません。"
        raise UserError(f"カレンダーに入れる予定がありません。{why}", "日程を決めてから、もう一度保存してください。")
    sign = event_code(programme, event, records[0].kind) if event is not None else programme.year_code
    named = event.full_title if event is not None else fiscal_year_words(programme.fiscal_year)
    title = join_nonempty(named, "区の期限" if scope.deadlines_only else "")
    reference = f"{sign}-{KIND}{'-区の期限' if scope.deadlines_only else ''}"
    live = [pair for pair in made if pair[1].status != "CANCELLED"]
    # One never given out before has not changed.
    moved = [pair for pair in made if (was := known.get(pair[0].key)) is not None and pair[0].sequence != was.sequence]
    return CalendarContents(
        stem=file_names.safe_name(reference),
        name=f"デジ活デスク　{title}" if not names_in_text(names, title) else f"デジ活デスク　{sign}",
        reference=reference,
        programme_id=programme.id,
        entries=tuple(made),
        event_count=sum(not _is_deadline(row.key) for row, _entry in live),
        deadline_count=sum(_is_deadline(row.key) for row, _entry in live),
        changed=sum(entry.status != "CANCELLED" for _row, entry in moved),
        withdrawn=sum(entry.status == "CANCELLED" for _row, entry in moved),
        undated=() if scope.deadlines_only else tuple(undated),
        veiled=sum(one.entry != before.entry for one, before in zip(veiled, chosen, strict=True)),
    )


def save_calendar(context: ActionContext, *, scope: CalendarScope, options: SaveOptions) -> SavedCalendar:
    """Write the calendar file of a scope and log it, with a reason; it cannot be undone.

    It cannot be encrypted: each password is refused.

    Raises:
        UserError: encryption was requested, nothing in it has a date, or the file exists and is not to be replaced.
        StorageProblem: the file could not be written; nothing was logged.
    """
    if options.way.is_encrypted or options.password:
        raise UserError(
            "カレンダー（.ics）は暗号化できません。",
            "人の名前は入らないので、「そのまま保存」を選んでください。",
            NOTHING_WRITTEN,
        )
    contents = read_calendar(context.store, scope=scope, today=context.today)
    data = calendar_file(contents.name, [(said, row.changed_at or context.now) for row, said in contents.entries])
    texts = "\n".join(f"{entry.summary}\n{entry.location}" for _row, entry in contents.entries)

    def remember(change: Change) -> dict[str, str]:
        """Remember what each entry said when it left."""
        for entry, _said in contents.entries:
            change.update_or_insert(
                CalendarEntry,
                entry,
                programme_id=entry.programme_id,
                key=entry.key,
                uid=entry.uid,
                sequence=entry.sequence,
                day=entry.day,
                digest=entry.digest,
                withdrawn=entry.withdrawn,
                changed_at=entry.changed_at or context.now,
            )
        return {}

    saved = save_leaving(
        context,
        options=options,
        action="カレンダーを保存",
        data=data,
        copy=data,
        content=texts,
        left=remember,
        event_id=scope.event_id,
        programme_id=contents.programme_id if scope.event_id is None else None,
        document_kind=KIND,
        reference=contents.reference,
        format="ics",
        detail={"範囲": scope.range, "件数": str(len(contents.entries))},
    )
    said = f"「{options.path.name}」を保存しました。{contents.words}"
    return SavedCalendar(**vars(saved) | {"message": said}, contents=contents, sha256=sha256(data).hexdigest())


# what is planned


def _read(store: Store, scope: CalendarScope, today: date) -> tuple[YearContext, list[EventRecords]]:
    """Return the year and the event records of a scope: one event, or all of the year."""
    if scope.event_id is not None:
        year = read_event_year(store, scope.event_id, today)
        return year, [read_event_records(store, scope.event_id)]
    year = read_year(store, today, fiscal_year=scope.fiscal_year, programme_id=scope.programme_id)
    return year, read_records_of_year(store, year.view.programme.id)


def _planned(
    store: Store, year: YearContext, records: Sequence[EventRecords], *, with_year: bool
) -> Iterator[_Planned]:
    """Yield the events and their deadlines, ``with_year`` also the deadlines of the year."""
    for one in records:
        yield from _of_event(one, year)
    if with_year:
        for task in year_tasks(store, year):
            yield _of_year(task, year)


def _of_event(records: EventRecords, year: YearContext) -> Iterator[_Planned]:
    """Yield the event if it is dated, and unless it is off its deadlines and the recruitment steps with a day.

    Of one that waits for another day the deadlines are counted from a day on which it is not held: those that are done
    alone are yielded. Of one whose request is not decided nothing is.
    """
    event, state = records.event, records.state(year.today)
    year = year.for_event(event)
    alarms = year.view.programme.announce_days
    if state.phase is EventPhase.REQUEST_UNDECIDED:
        return
    shown = records.event_as_planned if state.phase.will_be_held or state.phase.awaits_day else event
    if event.event_date is not None:
        yield _Planned(key=_key(event.id), entry=_event_entry(shown, event.event_date, year, alarms, state))
    if not state.phase.counts:
        return
    for due in event_dues(records, year):
        if state.phase.awaits_day and due.completed_on is None:
            continue
        kind = TASK_KIND_BY_NAME[due.deadline.task]
        owner = kind.owner_words or due.deadline.owner
        entry = _deadline_entry(
            due.deadline, kind.label, owner, event=event, is_done=due.completed_on is not None, alarm_days=alarms
        )
        yield _Planned(key=f"{_key(event.id)}:{due.deadline.task}", entry=entry)
    dated = [one for one in effective_steps(records) if step_due(one, event.event_date, year.calendar)]
    if records.awaited_change:
        ask = date_decision_task(records, year)
        entry = _deadline_entry(ask.deadline, ask.label, ask.owner_words, event=shown, is_done=False, alarm_days=alarms)
        yield _Planned(key=f"{_key(event.id)}:{ask.task}", entry=entry)
    for step, deadline in zip(dated, step_deadlines(records, event, year), strict=True):
        words, done = step_task_words(step.name), step.done_on is not None
        if records.awaited_change and not done:
            continue
        entry = _deadline_entry(deadline, words, _WARD, event=event, is_done=done, alarm_days=alarms)
        yield _Planned(key=f"{_key(event.id)}:段取り:{step.id}", entry=entry)
        if (up := drafting_task(records, step, deadline, year)) is not None:
            entry = _deadline_entry(up.deadline, up.label, _WARD, event=event, is_done=False, alarm_days=alarms)
            yield _Planned(key=f"{_key(event.id)}:起案:{step.id}", entry=entry)


def _of_year(task: Task, year: YearContext) -> _Planned:
    """Return a deadline of the year with its key (「年度:3:請求書」) and calendar entry."""
    programme = year.view.programme
    kind = YEAR_KIND_OF.get(task.task)
    alarms = programme.expiry_days if kind is not None and kind.is_announced_early else programme.announce_days
    entry = _deadline_entry(
        task.deadline,
        task.label,
        task.owner_words,
        is_done=not task.is_open,
        is_provisional=bool(task.provisional_words),
        alarm_days=alarms,
    )
    return _Planned(key=f"年度:{programme.id}:{first_name_of(task.task)}", entry=entry)


def _key(event_id: int) -> str:
    """Return the key under which an event is kept (「実施回:12」), with which those of its deadlines begin."""
    return f"実施回:{event_id}"


def _is_deadline(key: str) -> bool:
    """Return whether a key is that of a deadline or recruitment step, not of an event itself."""
    return key.count(":") > 1


def _belongs(key: str, scope: CalendarScope) -> bool:
    """Return whether the key of something, planned or not any more, belongs to a scope.

    Its event and what is due for that, the deadlines in which the ward acts, or all of a year.
    """
    if scope.event_id is not None:
        return key == _key(scope.event_id) or key.startswith(f"{_key(scope.event_id)}:")
    return not scope.deadlines_only or (_is_deadline(key) and _is_for_ward(key))


def _is_for_ward(key: str) -> bool:
    """Return whether the ward acts in a deadline; recruitment steps are its own."""
    task = key.split(":")[2]
    kind = TASK_KIND_BY_NAME.get(task) or YEAR_KIND_OF.get(task)
    return kind is None or kind.next_actor == _WARD


# entries


def _event_entry(
    event: Event, day: date, year: YearContext, alarm_days: tuple[int, ...], state: EventState
) -> FileEntry:
    """Return the calendar entry of an event, as yet without ``uid``.

    It begins with its state if it is off or waits for another place (【中止】, 【会場未定】), and rings only if it will
    be held. Without readable times in the right order it has only the day.
    """
    kind = year.view.kind(event.kind)
    starts, ends = _clock(event.start_time), _clock(event.end_time)
    has_times = starts is not None and ends is not None and starts < ends
    place = event.place_words
    phase = state.phase
    mark = state.word if phase.is_off or phase is EventPhase.WITHOUT_PLACE else ""
    clauses = "、".join(dict.fromkeys(full_clause(one) for one in (kind.clause_window, kind.clause_people) if one))
    return FileEntry(
        uid="",
        sequence=0,
        summary=join_nonempty(fill_nonempty("【{}】", mark), event.full_title, separator=""),
        day=day,
        starts=starts if has_times else None,
        ends=ends if has_times else None,
        location=place,
        description=_lines(
            ("種類", kind.name),
            ("会場", place or "未定"),
            ("中止を決めた日", long_date(event.cancelled_on) if event.cancelled_on else ""),
            ("根拠", clauses),
            ("事業", year.view.programme.title),
        ),
        categories=(_CATEGORY, kind.name),
        status="CANCELLED" if phase.is_ended else "TENTATIVE" if mark else "CONFIRMED",
        alarm_days=alarm_days if phase.will_be_held else (),
    )


def _deadline_entry(
    deadline: Deadline,
    label: str,
    owner: str,
    *,
    event: Event | None = None,
    is_done: bool,
    is_provisional: bool = False,
    alarm_days: tuple[int, ...],
) -> FileEntry:
    """Return the entry of a deadline, marked 済, 仮, 期限 or 目安; why its date was set by hand is left out.

    The reason may name somebody. What is done has no alarms.
    """
    mark = "済" if is_done else "仮" if is_provisional else _DEADLINE if deadline.contract else "目安"
    by_hand = deadline.override is not None
    return FileEntry(
        uid="",
        sequence=0,
        summary=join_nonempty(f"【{mark}】{label}", event.full_title if event is not None else ""),
        day=deadline.effective_date,
        description=_lines(
            ("担当", owner),
            ("根拠", join_nonempty(full_clause(deadline.clause), deadline.rule)),
            ("期限（暦どおり）", long_date(deadline.nominal) if deadline.contract else ""),
            (
                "期限（開庁日）" if deadline.direction == "before" else "休日の場合の期限",
                long_date(deadline.working) if deadline.contract and deadline.working != deadline.nominal else "",
            ),
            ("目安日", long_date(deadline.margin) if deadline.contract else ""),
            ("日付", "手で変更しています" if by_hand else ""),
            ("実施日", long_date(event.event_date) if event is not None and event.event_date is not None else ""),
        ),
        categories=(_CATEGORY, _DEADLINE),
        status="TENTATIVE" if is_provisional else "CONFIRMED",
        alarm_days=() if is_done else alarm_days,
    )


def _lines(*pairs: tuple[str, str]) -> str:
    return "\n".join(f"{name}：{words}" for name, words in pairs if words)


def _clock(words: str) -> time | None:
    try:
        return time.fromisoformat(words.zfill(5))
    except ValueError:
        return None


def _veil(one: _Planned, names: Iterable[str]) -> FileEntry:
    """Return the entry with a general title where its title names somebody (「【期限】募集の段取り」).

    Where its place or description does, it has no place, and no line of the description that names somebody.
    """
    entry = one.entry
    if names_in_text(names, entry.summary):
        kind = next((word for word in entry.categories if word not in (_CATEGORY, _DEADLINE)), "")
        mark = entry.summary[: entry.summary.find("】") + 1] if entry.summary.startswith("【") else ""
        entry = replace(entry, summary=f"{mark}{kind or _task_words(one.key)}")
    if names_in_text(names, f"{entry.location}\n{entry.description}"):
        kept = [line for line in entry.description.splitlines() if not names_in_text(names, line)]
        entry = replace(entry, location="", description="\n".join(kept))
    return entry


def _task_words(key: str) -> str:
    """Return what a key stands for without naming the event: 「実施回」, 「募集の段取り」 or the name of the task."""
    if not _is_deadline(key):
        return "実施回"
    task = key.split(":")[2]
    return "募集の段取り" if task == "段取り" else task


# numbers


def _numbered(
    programme_id: int, one: _Planned, row: CalendarEntry | None, today: date
) -> tuple[CalendarEntry, FileEntry]:
    """Return the row and the entry of something planned, without alarms before ``today``.

    Its ``sequence`` grows where it says something else than in an earlier file, or was withdrawn there.
    """
    entry, digest = one.entry, sha256(repr(one.entry).encode()).hexdigest()
    if row is None:
        row = CalendarEntry(
            programme_id=programme_id,
            key=one.key,
            uid=f"{secrets.token_hex(16)}@dejikatsu-desk",
            day=entry.day,
            digest=digest,
        )
    elif row.withdrawn or row.digest != digest:
        row = replace(row, sequence=row.sequence + 1, day=entry.day, digest=digest, withdrawn=False, changed_at=None)
    ahead = tuple(days for days in entry.alarm_days if entry.day - timedelta(days=days) >= today)
    return row, replace(entry, uid=row.uid, sequence=row.sequence, alarm_days=ahead)


def _withdrawn(row: CalendarEntry) -> tuple[CalendarEntry, FileEntry]:
    """Return the row and the entry of something that is no longer planned, on the day it had."""
    if not row.withdrawn:
        row = replace(row, sequence=row.sequence + 1, withdrawn=True, changed_at=None)
    entry = FileEntry(
        uid=row.uid,
        sequence=row.sequence,
        summary=f"{_WITHDRAWN}{_task_words(row.key)}",
        day=row.day,
        categories=(_CATEGORY,),
        status="CANCELLED",
    )
    return row, entry
