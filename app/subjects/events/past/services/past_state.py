"""An event as it stood at a past moment, beside how it stands now; nothing here writes.

- ``read_past(store, event_id, seq | moment, now) -> PastView``
- ``past_store(store, seq)``: the data as they stood, for the services that read

Every deadline, count and name on the page is the product's own: the same services read them from the past and from now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Final

from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.calendar.dates import long_date, short_date
from app.common.together import together
from app.history.services import history_words
from app.history.services.history import HistoryLine, lines_of
from app.papers.event_facts import devices_known
from app.subjects.events.event.rules.taking_part import taking_part
from app.subjects.events.event.services.event_file import EventFile, read_file
from app.subjects.events.event.services.event_view import EventView, StepRow, read_event
from app.subjects.events.event.services.tasks.task import Task, goal_words
from app.subjects.events.past.rules import place_words
from app.subjects.events.roster.services.roster import Roster, RosterRow, read_roster
from db.backups import past
from db.frozen_record import frozen_record
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry, RowChange
from db.records.events import Event
from db.records.organisations import Contact
from db.records.programme import Programme
from db.records.roster import Entry
from db.rows import by_id, rows
from db.store import Store
from db.tables.journal import events_of
from db.tables.organisations import not_erased

NOT_YET: Final = "—"
_QUIET: Final = frozenset(
    {
        "id",
        "event_id",
        "application_id",
        "person_id",
        "organisation_id",
        "substitute_for",
        "moved_to",
        "applied_at",
        "absent_told_at",
        "attended_at",
        "state",
        "attendance",
        "walk_in",
        "late",
        "waiting_order",
    }
)
"""Fields of a place that its word says, or that say nothing to a reader."""
_UNTOLD: Final = frozenset({"care", "doubtful", "note", "absent_note"})
"""Said is that they changed, not how: what somebody needs is nobody else's business."""


@frozen_record
class StateWords:
    """How one thing stood: its words, and how they are shown (done, late, passed = a 目安日 behind us,
    open, none)."""

    text: str
    look: str


@frozen_record
class DueLine:
    """One deadline then and now. ``due_words`` is the date then, 「9/25(金) → 9/28(月)」 where it moved.

    That fewer days are left is no change.
    """

    label: str
    owner: str
    basis: str
    due_words: str
    then: StateWords
    now: StateWords
    changed: bool


@frozen_record
class CountThenAndNow:
    """One number then and now; None = there was nothing to count yet."""

    label: str
    unit: str
    then: int | None
    now: int | None

    @property
    def changed(self) -> bool:
        """Whether it is another one now."""
        return self.then != self.now

    @property
    def difference(self) -> str:
        """「+1人」「−2人」, empty where nothing changed or there was nothing to count."""
        if self.then is None or self.now is None or not self.changed:
            return ""
        return f"{'+' if self.now > self.then else '−'}{abs(self.now - self.then)}{self.unit}"


@frozen_record
class PersonLine:
    """One person of the roster then and now."""

    id: int
    organisation: str
    name: str
    then: str
    now: str
    more: str

    @property
    def changed(self) -> bool:
        """Whether anything about the place is otherwise now."""
        return self.then != self.now or bool(self.more)


@frozen_record
class LaterChange:
    """One change after the moment: when it counts, who, what, and old → new of what it says."""

    seq: int
    at: datetime
    by: str
    action: str
    words: str
    undone: bool


@frozen_record
class PastView:
    """The page. ``seq`` is the last step that counts, ``moment`` its instant or what was typed.

    ``event`` is as it stood then, None while it was not there yet; ``earlier`` and ``later`` are the steps to which
    「前の変更」 and 「つぎの変更」 lead, None at the ends. ``told_from`` is the first moment that can be told,
    ``erased`` the day and the act by which it ends there (None = the records begin there), ``next_disposal`` when the
    next contacts go. ``too_early`` True: the moment asked for lies before it, and the first that can be told is shown.
    """

    event_id: int
    title: str
    kind: str
    fiscal_year: int
    seq: int
    moment: datetime
    now: datetime
    event: Event | None
    head_then: str
    head_now: str
    state_then: str
    state_now: str
    dues: tuple[DueLine, ...]
    counts: tuple[CountThenAndNow, ...]
    people: tuple[PersonLine, ...]
    changes: tuple[LaterChange, ...]
    earlier: int | None
    later: int | None
    told_from: datetime
    erased: tuple[date, str] | None
    next_disposal: date | None
    too_early: bool
    steps: int

    @property
    def told_why(self) -> str:
        """Why nothing before ``told_from`` can be told, and what is to go next, in the words of the window."""
        told = "記録の始まりです。情報を消すと、消した分は前の時点にも出ません。今は、消したものはありません。"
        if self.erased is not None:
            day, action = self.erased
            told = (
                f"{long_date(day)}に情報を消しました（{action}）。"
                f"消した分は前の時点にも出ないため、その前は組み立てません。"
            )
        if self.next_disposal is not None:
            told += f"つぎに消す予定は、連絡先の{short_date(self.next_disposal, self.now.date())}です。"
        return told

    @property
    def moved(self) -> tuple[PersonLine, ...]:
        """Those of the roster whose place changed."""
        return tuple(one for one in self.people if one.changed)

    @property
    def there_then(self) -> int:
        """How many stood on the roster then."""
        return sum(one.then != place_words(None) for one in self.people)


@frozen_record
class StateOnDay:
    """What the product says of an event on a day: from now's data or from a past."""

    view: EventView
    file: EventFile
    roster: Roster


@contextmanager
def past_store(store: Store, seq: int) -> Iterator[Store]:
    """Hand out the data as they stood after step ``seq``: in memory only, closed and gone afterwards.

    Raises:
        Refusal: what was erased since, or a shape that no migration knows, stands before it.
    """
    try:
        database = past.rebuilt(store.database, seq)
    except ValueError as problem:
        raise Refusal(
            "この時点の状態は、操作の記録から組み立てられません。",
            "これより新しい時点を選んでください。今の状態は、実施回の画面で見られます。",
        ) from problem
    try:
        yield Store(
            folder=store.folder,
            database=database,
            keys=store.keys,
            login_id=store.login_id,
            read_only=True,
            display_name=store.display_name,
        )
    finally:
        database.conn.close()


def state_of_event(store: Store, *, event_id: int, today: date) -> StateOnDay:
    """Return how an event stands in ``store``; raises ``Refusal`` when it is not there."""
    return StateOnDay(
        view=read_event(store, event_id=event_id, today=today),
        file=read_file(store, event_id),
        roster=read_roster(store, event_id=event_id),
    )


def read_past(
    store: Store, *, event_id: int, now: datetime, seq: int | None = None, moment: datetime | None = None
) -> PastView:
    """Return an event as it stood after step ``seq``, or at ``moment``; with neither, before its newest change.

    With both, days are counted to ``moment``, before which ``seq`` is the last step. A moment before the first that can
    be told shows that one, and says so.

    Raises:
        Refusal: the event is not there now.
    """
    new = state_of_event(store, event_id=event_id, today=now.date())
    marks = past.marks(store.database)
    by_seq = {one.seq: one for one in marks}
    own = past.steps_of_event(store.database, event_id)
    first = past.first_told(marks)
    # What a PC with another clock noted for a day to come is no past: nobody is led there, and no day is counted from
    # it.
    wanted = _wanted(seq, moment, marks, tuple(one for one in own if by_seq[one].at <= now))
    too_early = wanted < first
    chosen = max(wanted, first)
    at = min(by_seq[chosen].at, now)
    if moment is not None and not too_early:
        at = min(moment, now)
    old: StateOnDay | None = None
    with past_store(store, chosen) as then:
        if by_id(then.database, Event, event_id) is not None:
            old = state_of_event(then, event_id=event_id, today=at.date())
    told = [one for one in own if one >= first]
    upto = [one for one in told if one <= chosen]
    later = tuple(one for one in told if one > chosen)
    return PastView(
        event_id=event_id,
        title=new.view.title,
        kind=new.view.event.kind,
        fiscal_year=get_or_refuse(store.database, Programme, new.view.event.programme_id).fiscal_year,
        seq=chosen,
        moment=at,
        now=now,
        event=old.view.event if old is not None else None,
        head_then=_head(old.view) if old is not None else "",
        head_now=_head(new.view),
        state_then=old.view.state_words if old is not None else "",
        state_now=new.view.state_words,
        dues=_dues(old, new, now.date()),
        counts=_counts(old, new),
        people=_people(old, new),
        changes=_changes(store, event_id, later),
        earlier=_earlier(upto, chosen, first),
        later=later[0] if later else None,
        told_from=by_seq[first].at,
        erased=_erased(marks, first),
        next_disposal=_next_disposal(store, now.date()),
        too_early=too_early,
        steps=sum(one.seq <= chosen for one in marks),
    )


def _wanted(seq: int | None, moment: datetime | None, marks: tuple[past.StepHead, ...], own: tuple[int, ...]) -> int:
    if seq is not None:
        return seq
    if moment is not None:
        return past.last_until(marks, moment, own)
    if len(own) > 1:
        return own[-2]
    return own[-1] - 1 if own else marks[-1].seq


def _earlier(upto: list[int], chosen: int, first: int) -> int | None:
    """Return the step before the newest change up to the moment, None where nothing before it can be told."""
    if not upto:
        return None
    before = upto[-2] if len(upto) > 1 else upto[-1] - 1
    return before if first <= before < chosen else None


def _erased(marks: tuple[past.StepHead, ...], first: int) -> tuple[date, str] | None:
    """The day and the act by which the past before it ends, None where it begins with the records."""
    mark = next(one for one in marks if one.seq == first)
    if mark.erased or any(one.erased for one in marks if one.seq < first):
        return mark.at.date(), mark.action
    return None


def _next_disposal(store: Store, today: date) -> date | None:
    """When the next contacts are to be disposed of: what is gone then will be missing in the past too."""
    days = [
        one.dispose_on
        for one in not_erased(rows(store.database, Contact))
        if one.dispose_on is not None and one.dispose_on >= today
    ]
    return min(days, default=None)


def _head(view: EventView) -> str:
    return together(view.date_words, view.time_words.strip("–"), view.venue_words)


# deadlines


def _dues(old: StateOnDay | None, new: StateOnDay, now: date) -> tuple[DueLine, ...]:
    before, after = _tasks(old), _tasks(new)
    lines = []
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        task = one or other
        assert task is not None
        lines.append(
            (
                task.due,
                DueLine(
                    label=task.label,
                    owner=task.owner_words,
                    basis=(f"{task.clause} {task.rule}".strip() if task.contract else goal_words(task.rule)),
                    due_words=_moved(one.due if one else None, other.due if other else None, now),
                    then=_state(one),
                    now=_state(other),
                    changed=_stood(one) != _stood(other),
                ),
            )
        )
    steps = _steps(old, new)
    return (*(line for _due, line in sorted(lines, key=lambda pair: pair[0])), *steps)


def _tasks(state: StateOnDay | None) -> dict[tuple[str, int, str], Task]:
    if state is None:
        return {}
    tasks = (*state.view.tasks, *state.view.lapsed)
    found: dict[tuple[str, int, str], Task] = {}
    for task in tasks:
        found.setdefault((task.task, task.material_id or 0, task.label), task)
    return found


def _stood(task: Task | None) -> tuple[object, ...]:
    return () if task is None else (task.due, task.closed_on, task.open, task.detail)


def _moved(then: date | None, now: date | None, today: date) -> str:
    known = [short_date(day, today) for day in (then, now) if day is not None]
    return " → ".join(dict.fromkeys(known))


def _state(task: Task | None) -> StateWords:
    if task is None:
        return StateWords(text=NOT_YET, look="none")
    if not task.open:
        late = f"　{(task.closed_on - task.due).days}日遅れ" if task.late and task.closed_on is not None else ""
        return StateWords(text=f"{task.state_words}{late}{_beside(task)}", look="done")
    if task.bucket == "期限超過":
        return StateWords(text=f"{task.short_words}{_beside(task)}", look="late")
    passed = "passed" if task.bucket == "目安日過ぎ" else "open"
    return StateWords(text=f"{task.short_words}{_beside(task)}", look=passed)


def _beside(task: Task) -> str:
    return f"　{task.detail}" if task.detail else ""


def _steps(old: StateOnDay | None, new: StateOnDay) -> Iterator[DueLine]:
    """Yield the steps of 募集 that stand otherwise now; the others say nothing that 準備 does not."""
    before = {one.id: one for one in old.view.steps} if old is not None else {}
    for step in new.view.steps:
        one = before.pop(step.id, None)
        if one is None or (one.done_on, one.due, one.name) != (step.done_on, step.due, step.name):
            yield _step(one, step)
    for one in before.values():
        yield _step(one, None)


def _step(one: StepRow | None, other: StepRow | None) -> DueLine:
    step = one or other
    assert step is not None
    days = [row.due_words for row in (one, other) if row is not None]
    return DueLine(
        label=step.name,
        owner="区",
        basis=f"募集 {step.basis_short}".strip(),
        due_words=" → ".join(dict.fromkeys(days)),
        then=_step_state(one),
        now=_step_state(other),
        changed=True,
    )


def _step_state(step: StepRow | None) -> StateWords:
    if step is None:
        return StateWords(text=NOT_YET, look="none")
    if step.done_on is not None:
        return StateWords(text=f"済 {short_date(step.done_on)}", look="done")
    return StateWords(text=step.state_words, look="late" if step.bucket == "期限超過" else "open")


# numbers

_UNITS: Final[Mapping[str, str]] = {
    "申込": "人", "決定": "人", "参加予定": "人", "参加予定の団体": "団体", "連絡した人数": "人",
    "貸与タブレット": "台",
    "当日受付": "人", "出席": "人", "アンケートの回答": "枚",
}  # fmt: skip
_ONLY_WITH_ANY: Final = ("貸与タブレット", "当日受付")


def count(state: StateOnDay) -> dict[str, int | None]:
    """Return the numbers of an event, each as the pages of the event say it; None where there is nothing
    to count yet."""
    entries = [row.entry for row in state.roster.rows]
    part = taking_part(entries)
    held = state.view.result is not None or any(entry.attendance for entry in entries)
    result = state.view.result.attended if state.view.result is not None else None
    totals = state.view.headcount
    named = state.roster.from_roster
    return {
        "申込": part.applied if named else None,
        "決定": part.decided if named else None,
        "参加予定": totals.people,
        "参加予定の団体": totals.organisations,
        "連絡した人数": state.file.told.people if state.file.told is not None else None,
        "貸与タブレット": devices_known(totals.lent_devices, totals.unknown_devices),
        "当日受付": part.walk_ins if held and named else None,
        "出席": (result if result is not None else part.attended) if held else None,
        "アンケートの回答": state.file.sheets if state.file.survey is not None else None,
    }


def _counts(old: StateOnDay | None, new: StateOnDay) -> tuple[CountThenAndNow, ...]:
    before = count(old) if old is not None else dict.fromkeys(_UNITS)
    after = count(new)
    return tuple(
        CountThenAndNow(label=label, unit=unit, then=before[label], now=after[label])
        for label, unit in _UNITS.items()
        if before[label] is not None or after[label] is not None
        if before[label] or after[label] or label not in _ONLY_WITH_ANY
    )


# the roster


def _people(old: StateOnDay | None, new: StateOnDay) -> tuple[PersonLine, ...]:
    before = {row.entry.id: row for row in old.roster.rows} if old is not None else {}
    after = {row.entry.id: row for row in new.roster.rows}
    return tuple(_person(before.get(key), after.get(key)) for key in {**before, **after})


def _person(one: RosterRow | None, other: RosterRow | None) -> PersonLine:
    row = one or other
    assert row is not None
    return PersonLine(
        id=row.entry.id,
        organisation=_both(one, other, "organisation_name"),
        name=_both(one, other, "name"),
        then=place_words(one.entry if one is not None else None),
        now=place_words(other.entry if other is not None else None),
        more="、".join(_more(one.entry, other.entry)) if one is not None and other is not None else "",
    )


def _both(one: RosterRow | None, other: RosterRow | None, name: str) -> str:
    said = [str(getattr(row, name)) for row in (one, other) if row is not None]
    return " → ".join(dict.fromkeys(said))


def _more(one: Entry, other: Entry) -> Iterator[str]:
    """Yield what else changed about a place, old → new."""
    for field in fields(Entry):
        name = field.name
        before, after = getattr(one, name), getattr(other, name)
        if before == after or name in _QUIET:
            continue
        what = history_words.field_name("entries", name)
        if name in _UNTOLD:
            yield f"{what}（変更あり）"
        else:
            yield f"{what} {history_words.value_words(name, before)} → {history_words.value_words(name, after)}"


# what changed since


def _changes(store: Store, event_id: int, later: tuple[int, ...]) -> tuple[LaterChange, ...]:
    entries = [_only_of(entry, event_id) for entry in past.steps(store.database, later)]
    return tuple(
        LaterChange(seq=line.seq, at=line.at, by=line.by, action=line.action, words=_in_short(line), undone=line.undone)
        for line in lines_of(store, entries)
    )


def _only_of(entry: JournalEntry, event_id: int) -> JournalEntry:
    """Leave out of a step that concerns several events what it did to the others."""
    if len(events_of(entry)) <= 1:
        return entry
    return replace(entry, changes=tuple(one for one in entry.changes if _concerns(one, event_id)))


def _concerns(change: RowChange, event_id: int) -> bool:
    name = "id" if change.table == TABLE_OF[Event] else "event_id"
    return any(image is not None and image.get(name, None) == event_id for image in (change.before, change.after))


_MOST: Final = 2


def _in_short(line: HistoryLine) -> str:
    """The first two fields that changed, old → new, and how many more there are."""
    said = [f"{one.field} {one.before} → {one.after}" for one in line.changes if one.field]
    said = said or list(dict.fromkeys(f"{one.what}　{one.after}" for one in line.changes))
    rest = f"　ほか{len(said) - _MOST}項目" if len(said) > _MOST else ""
    return "、".join(said[:_MOST]) + rest
