"""Read an event at a past moment and now for comparison, for screen and document; nothing is written.

Every deadline, count and name comes from the ordinary services, applied to the past and the present data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime

from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.partial_count import known_number
from app.documents.blocks import DocumentContent
from app.documents.document_frame import event_code
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.event.rules.participation import count_participation
from app.event.services.event_records import EventRecords, read_event_records
from app.event.services.event_view import EventView, StepRow, read_event
from app.event.services.tasks.task import Task, target_day_words
from app.events.as_of.documents import AS_OF, as_of_document
from app.events.as_of.rules import (
    NOT_YET,
    AsOfView,
    CountThenAndNow,
    DueLine,
    LaterChange,
    PersonLine,
    StateWords,
    entry_change_text,
    entry_state_words,
)
from app.events.roster.services.roster import Roster, RosterRow, read_roster
from app.history import services as history_services
from app.history.services import HistoryLine, history_lines
from app.programme.services import kind_of_event
from db.backups import as_of
from db.journal_index import IndexedEntry
from db.mapping import TABLE_OF, to_column
from db.record import RowsById, record
from db.records.accounts import JournalEntry, RowChange
from db.records.events import Event
from db.records.programme import Programme
from db.records.roster import Entry
from db.rows import by_id
from db.store import Store
from db.tables.journal import entry_of, events_of
from db.tables.organisations import next_contact_disposal

_UNREPORTED_FIELDS = frozenset(
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
        "state_before",
        "waiting_before",
    }
)
"""Fields of a place whose change is shown by its state word, or means nothing to a reader."""
_SECRET_FIELDS = frozenset({"care", "doubtful", "note", "absent_note", "words", "photo_words"})
"""Fields of which only the fact of a change is shown, because 配慮 are confidential."""


@record
class AsOfEventState:
    """What the services say of an event on a day, from present or past data."""

    view: EventView
    file: EventRecords
    roster: Roster


@contextmanager
def open_store_as_of(store: Store, seq: int, *, event_id: int | None = None) -> Iterator[Store]:
    """Provide a store with the data after step ``seq``, in memory only and closed afterwards.

    Args:
        event_id: the only event that is asked for; rows of events of other years are left out then.

    Raises:
        UserError: an erasure or a format without a migration lies in between.
    """
    try:
        database = as_of.rebuild(store.database, seq, event_id=event_id)
    except ValueError as problem:
        raise UserError(
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


def state_of_event(store: Store, *, event_id: int, today: date) -> AsOfEventState:
    """Return the state of an event in ``store``; raises ``UserError`` when it is not there."""
    return AsOfEventState(
        view=read_event(store, event_id=event_id, today=today),
        file=read_event_records(store, event_id),
        roster=read_roster(store, event_id=event_id),
    )


def read_as_of(
    store: Store, *, event_id: int, now: datetime, seq: int | None = None, moment: datetime | None = None
) -> AsOfView:
    """Return an event after step ``seq``, or at ``moment``; with neither, before its newest change.

    With both, days are counted to ``moment``, and ``seq`` is the last step. If the moment is too early, the first known
    one is shown with a notice.

    Raises:
        UserError: the event does not exist now, or the state cannot be rebuilt from the journal.
    """
    new = state_of_event(store, event_id=event_id, today=now.date())
    marks = as_of.journal_headers(store.database)
    by_seq = {one.seq: one for one in marks}
    own = as_of.step_numbers_of_event(store.database, event_id)
    first = as_of.first_available(marks)
    # Steps recorded with a future time by a PC with a wrong clock are no past: they are not offered, and no days are
    # counted from them.
    wanted = _target_step(seq, moment, marks, tuple(one for one in own if by_seq[one].at <= now))
    too_early = wanted < first
    chosen = max(wanted, first)
    at = min(by_seq[chosen].at, now)
    if moment is not None and not too_early:
        at = min(moment, now)
    old = None
    with open_store_as_of(store, chosen, event_id=event_id) as then:
        if by_id(then.database, Event, event_id) is not None:
            old = state_of_event(then, event_id=event_id, today=at.date())
    told = [one for one in own if one >= first]
    upto = [one for one in told if one <= chosen]
    later = tuple(one for one in told if one > chosen)
    return AsOfView(
        event_id=event_id,
        title=new.view.title,
        kind=new.view.event.kind,
        fiscal_year=get_or_raise(store.database, Programme, new.view.event.programme_id).fiscal_year,
        seq=chosen,
        moment=at,
        now=now,
        event=old.view.event if old is not None else None,
        head_then=_header_text(old.view) if old is not None else "",
        head_now=_header_text(new.view),
        state_then=old.view.state_words if old is not None else "",
        state_now=new.view.state_words,
        deadlines=_deadline_lines(old, new, now.date()),
        counts=_count_lines(old, new),
        people=_person_lines(old, new),
        changes=_later_changes(store, event_id, later),
        earlier_step=_earlier_step(upto, chosen, first),
        later_step=later[0] if later else None,
        known_from=by_seq[first].at,
        erased=_erasure_limit(store, marks, first),
        next_disposal=next_contact_disposal(store.database, now.date()),
        is_too_early=too_early,
        step_count=sum(one.seq <= chosen for one in marks),
    )


def changed_since(
    store: Store, *, event_id: int, entries: Collection[int], moment: datetime, now: datetime, only_names: bool = False
) -> tuple[str, ...]:
    """Return how ``entries`` have changed since a moment, else what else was changed.

    With ``only_names`` how they are called otherwise alone (「濵田 → 浜田」), each name once.

    Raises:
        UserError: as ``read_as_of``.
    """
    view = read_as_of(store, event_id=event_id, moment=moment, now=now)
    people = dict.fromkeys(filter(None, (_change_text(one, only_names) for one in view.people if one.id in entries)))
    return tuple(people or (f"{one.action}　{one.words}" for one in view.changes if one.words))


def _change_text(line: PersonLine, only_names: bool) -> str:
    """Return how a place changed, with ``only_names`` its new names; "" where nothing shows."""
    if only_names:
        return "　".join(one for one in (line.organisation, line.name) if " → " in one)
    said = f"{line.organisation}　{line.name}　{entry_change_text(line.then, line.now, line.other_changes)}"
    return said if " → " in said or line.other_changes else ""


def _target_step(
    seq: int | None,
    moment: datetime | None,
    journal_headers: tuple[IndexedEntry, ...],
    event_steps: tuple[int, ...],
) -> int:
    """Return the journal entry up to which the event is shown: ``seq``, else by ``moment``, else before the last."""
    if seq is not None:
        return seq
    if moment is not None:
        return as_of.last_until(journal_headers, moment, event_steps)
    if len(event_steps) > 1:
        return event_steps[-2]
    return event_steps[-1] - 1 if event_steps else journal_headers[-1].seq


def _earlier_step(steps_until: list[int], chosen: int, first: int) -> int | None:
    """Return the step before the newest change up to the moment, None if nothing before it is known."""
    if not steps_until:
        return None
    before = steps_until[-2] if len(steps_until) > 1 else steps_until[-1] - 1
    return before if first <= before < chosen else None


def _erasure_limit(store: Store, journal_headers: tuple[IndexedEntry, ...], first: int) -> tuple[date, str] | None:
    """Return day and action of the erasure before which the past is not known, None if the records begin there."""
    mark = next(one for one in journal_headers if one.seq == first)
    entry = entry_of(store.database, first)
    if mark.erased or any(one.erased for one in journal_headers if one.seq < first):
        return (mark.at.date(), entry.action) if entry is not None else None
    return None


def _header_text(view: EventView) -> str:
    return join_nonempty(view.date_words, view.time_words.strip("–"), view.venue_words)


# deadlines


def _deadline_lines(state_then: AsOfEventState | None, state_now: AsOfEventState, now: date) -> tuple[DueLine, ...]:
    """Return a line for every deadline of then or now by date, then one for each recruitment step that differs now."""
    before, after = _tasks_by_key(state_then), _tasks_by_key(state_now)
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
                    basis=(
                        f"{task.clause} {task.rule}".strip() if task.is_contract_duty else target_day_words(task.rule)
                    ),
                    due_words=_moved_date_text(one.due if one else None, other.due if other else None, now),
                    then=_state_words(one),
                    now=_state_words(other),
                    is_changed=_comparable_state(one) != _comparable_state(other),
                ),
            )
        )
    steps = _recruitment_lines(state_then, state_now)
    return (*(line for _due, line in sorted(lines, key=lambda pair: pair[0])), *steps)


def _tasks_by_key(state: AsOfEventState | None) -> dict[tuple[str, int, str], Task]:
    """Return the deadlines of the state, also lapsed ones, by task, id of the material and label; {} for None."""
    if state is None:
        return {}
    tasks = (*state.view.tasks, *state.view.lapsed_tasks)
    found: dict[tuple[str, int, str], Task] = {}
    for task in tasks:
        found.setdefault((task.task, task.material_id or 0, task.label), task)
    return found


def _comparable_state(task: Task | None) -> tuple[object, ...]:
    return () if task is None else (task.due, task.completed_on, task.is_open, task.detail)


def _moved_date_text(then: date | None, now: date | None, today: date) -> str:
    """Return the date then and now, once if they are equal; "" if none is known."""
    known = [short_date(day, today) for day in (then, now) if day is not None]
    return " → ".join(dict.fromkeys(known))


def _state_words(task: Task | None) -> StateWords:
    """Return the state of a deadline in words; None is a deadline not yet there."""
    if task is None:
        return StateWords(text=NOT_YET, style="none")
    remark = fill_nonempty("　{}", task.detail)
    if not task.is_open:
        late = (
            f"　{(task.completed_on - task.due).days}日遅れ" if task.is_late and task.completed_on is not None else ""
        )
        return StateWords(text=f"{task.state_words}{late}{remark}", style="done")
    style = "late" if task.bucket == "期限超過" else "passed" if task.bucket == "目安日過ぎ" else "open"
    return StateWords(text=f"{task.short_words}{remark}", style=style)


def _recruitment_lines(state_then: AsOfEventState | None, state_now: AsOfEventState) -> Iterator[DueLine]:
    """Yield a line for each recruitment step that differs now, also those added or gone; equal ones are left out."""
    before = RowsById(state_then.view.steps if state_then is not None else ())
    for step in state_now.view.steps:
        one = before.pop(step.id, None)
        if one is None or (one.done_on, one.due, one.name) != (step.done_on, step.due, step.name):
            yield _recruitment_line(one, step)
    for one in before.values():
        yield _recruitment_line(one, None)


def _recruitment_line(step_then: StepRow | None, step_now: StepRow | None) -> DueLine:
    """Return the line of one step of the recruitment, then and now; one of the two may be None."""
    step = step_then or step_now
    assert step is not None
    days = [row.due_words for row in (step_then, step_now) if row is not None]
    return DueLine(
        label=step.name,
        owner="区",
        basis=f"募集 {step.basis_short}".strip(),
        due_words=" → ".join(dict.fromkeys(days)),
        then=_step_state(step_then),
        now=_step_state(step_now),
        is_changed=True,
    )


def _step_state(step: StepRow | None) -> StateWords:
    """Return the state of a step of the recruitment in words; None is a step not yet there."""
    if step is None:
        return StateWords(text=NOT_YET, style="none")
    if step.done_on is not None:
        return StateWords(text=f"済 {short_date(step.done_on)}", style="done")
    return StateWords(text=step.state_words, style="late" if step.bucket == "期限超過" else "open")


# numbers

_UNITS: Mapping[str, str] = {
    "申込": "人", "決定": "人", "参加予定": "人", "参加予定の団体": "団体", "連絡した人数": "人",
    "貸与タブレット": "台",
    "当日受付": "人", "出席": "人", "アンケートの回答": "枚",
}  # fmt: skip
_HIDDEN_WHEN_ZERO = ("貸与タブレット", "当日受付")


def event_counts(state: AsOfEventState) -> dict[str, int | None]:
    """Return the numbers of an event as its pages show them; None where there is nothing to count yet."""
    entries = [row.entry for row in state.roster.rows]
    part = count_participation(entries)
    held = state.view.result is not None or any(entry.attendance for entry in entries)
    result = state.view.result.attended if state.view.result is not None else None
    totals = state.view.headcount
    named = state.roster.from_roster
    return {
        "申込": part.applied if named else None,
        "決定": part.decided if named else None,
        "参加予定": totals.people,
        "参加予定の団体": totals.organisations,
        "連絡した人数": state.file.notified_headcount.people if state.file.notified_headcount is not None else None,
        "貸与タブレット": known_number(totals.lent_devices, totals.unknown_devices),
        "当日受付": part.walk_ins if held and named else None,
        "出席": (result if result is not None else part.attended) if held else None,
        "アンケートの回答": state.file.response_count if state.file.survey is not None else None,
    }


def _count_lines(state_then: AsOfEventState | None, state_now: AsOfEventState) -> tuple[CountThenAndNow, ...]:
    """Return the numbers of then beside those of now; those unknown at both, and some that are 0, are left out."""
    before = event_counts(state_then) if state_then is not None else dict.fromkeys(_UNITS)
    after = event_counts(state_now)
    return tuple(
        CountThenAndNow(label=label, unit=unit, then=before[label], now=after[label])
        for label, unit in _UNITS.items()
        if before[label] is not None or after[label] is not None
        if before[label] or after[label] or label not in _HIDDEN_WHEN_ZERO
    )


# roster


def _person_lines(state_then: AsOfEventState | None, state_now: AsOfEventState) -> tuple[PersonLine, ...]:
    """Return a line for each place on the roster then (None = no event yet) or now, unchanged ones included."""
    before = {row.entry.id: row for row in state_then.roster.rows} if state_then is not None else {}
    after = {row.entry.id: row for row in state_now.roster.rows}
    return tuple(_person_line(before.get(key), after.get(key)) for key in {**before, **after})


def _person_line(row_then: RosterRow | None, row_now: RosterRow | None) -> PersonLine:
    """Return the line of one person, then and now; one of the two may be None."""
    row = row_then or row_now
    assert row is not None
    return PersonLine(
        id=row.entry.id,
        organisation=_then_and_now_text(row_then, row_now, "organisation_name"),
        name=_then_and_now_text(row_then, row_now, "name"),
        then=entry_state_words(row_then.entry if row_then is not None else None),
        now=entry_state_words(row_now.entry if row_now is not None else None),
        other_changes="、".join(_other_entry_changes(row_then.entry, row_now.entry))
        if row_then is not None and row_now is not None
        else "",
        is_replaced=row_then is not None and row_now is not None and _is_replaced(row_then, row_now),
    )


def _is_replaced(row_then: RosterRow, row_now: RosterRow) -> bool:
    """Return whether another person or 団体 has the place now; records that were merged under one name are the same."""
    then, now = row_then.entry, row_now.entry
    return (then.person_id != now.person_id and row_then.name != row_now.name) or (
        then.organisation_id != now.organisation_id and row_then.organisation_name != row_now.organisation_name
    )


def _then_and_now_text(row_then: RosterRow | None, row_now: RosterRow | None, name: str) -> str:
    """Return an attribute of two roster rows as text, 「old → new」 where they differ."""
    said = [str(getattr(row, name)) for row in (row_then, row_now) if row is not None]
    return " → ".join(dict.fromkeys(said))


def _other_entry_changes(entry_then: Entry, entry_now: Entry) -> Iterator[str]:
    """Yield what else changed about a place, as 「役職 会長 → 副会長」; of 配慮 and notes only 「（変更あり）」."""
    for field in fields(Entry):
        name = field.name
        before, after = getattr(entry_then, name), getattr(entry_now, name)
        if before == after or name in _UNREPORTED_FIELDS:
            continue
        what = history_services.field_name("entries", name)
        if name in _SECRET_FIELDS:
            yield f"{what}（変更あり）"
        else:
            was, now = (history_services.value_words("entries", name, to_column(one)) for one in (before, after))
            yield f"{what} {was} → {now}"


# later changes


def _later_changes(store: Store, event_id: int, later: tuple[int, ...]) -> tuple[LaterChange, ...]:
    """Return the changes of the journal steps ``later``, oldest first, without their changes to other events."""
    entries = [_restrict_to_event(entry, event_id) for entry in as_of.entries_of_steps(store.database, later)]
    return tuple(
        LaterChange(
            seq=line.seq, at=line.at, by=line.by, action=line.action, words=_short_text(line), is_undone=line.is_undone
        )
        for line in history_lines(store, entries)
    )


def _restrict_to_event(entry: JournalEntry, event_id: int) -> JournalEntry:
    if len(events_of(entry)) <= 1:
        return entry
    return replace(entry, changes=tuple(one for one in entry.changes if _concerns_event(one, event_id)))


def _concerns_event(change: RowChange, event_id: int) -> bool:
    """Return whether the changed row is the event, or belongs to it before or after the change."""
    name = "id" if change.table == TABLE_OF[Event] else "event_id"
    return any(image is not None and image.get(name, None) == event_id for image in (change.before, change.after))


_MAX_FIELDS = 2
_SECRET_NAMES = frozenset(history_services.field_name("entries", one) for one in _SECRET_FIELDS)


def _short_text(line: HistoryLine) -> str:
    """Return the first two fields that changed, old → new, or else the changed rows, and how many more there are."""
    roster = history_services.table_name("entries")
    said = [
        f"{one.field}（変更あり）"
        if one.field in _SECRET_NAMES and one.row_name.startswith(roster)
        else f"{one.field} {one.before} → {one.after}"
        for one in line.changes
        if one.field
    ]
    said = said or list(dict.fromkeys(f"{one.row_name}　{one.after}" for one in line.changes))
    rest = and_others(said, _MAX_FIELDS, "　ほか{}項目")
    return "、".join(said[:_MAX_FIELDS]) + rest


def as_of_scope(view: AsOfView) -> DocumentScope:
    """Return the document scope of a page of a past moment."""
    return DocumentScope(event_id=view.event_id, item=view.seq, as_of=view.moment)


def build_as_of(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of the page of ``scope``; raises ``UserError`` when the event is gone."""
    moment = scope.as_of if isinstance(scope.as_of, datetime) else None
    view = read_as_of(store, event_id=scope.event_id or 0, seq=scope.item, moment=moment, now=now)
    context = document_context_of(store, scope, AS_OF, now)
    event = get_or_raise(store.database, Event, view.event_id)
    return as_of_document(context, event_code(context.programme, event, kind_of_event(store.database, event)), view)


def _no_items(_store: Store, _scope: DocumentScope) -> Sequence[DocumentItem]:
    """Return none: such a document is made only from its page, as every journal step would be an item."""
    return ()


def _is_available(_store: Store, _subject: DocumentSubject) -> bool:
    return True


DOCUMENTS = (
    DocumentKind(
        kind=AS_OF,
        about="実施回",
        group="報告",
        event_role="記録",
        build=build_as_of,
        is_ready=_is_available,
        items=_no_items,
        personal=True,
        missing_words="履歴で時点を選ぶと作成できます。",
        todo="履歴",
    ),
)
