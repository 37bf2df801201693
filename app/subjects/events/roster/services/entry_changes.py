"""What happens to one place of the roster: absence, substitute, moving up, a state by hand, correction, removal.

Every action leaves its reason where it belongs and closes the waiting list up. ``Changed`` says who would be next.

- ``tell_absence(act, entry_id, told_at, note) -> Changed``; ``take_back_absence(act, entry_id)``
- ``substitute(act, entry_id, wanted, arriving) -> Changed``
- ``move_up(act, event_id, entry_id) -> Changed`` (``entry_id`` None = the next in line)
- ``set_state(act, entry_id, state, reason) -> Changed``; ``restore_entry(act, entry_id)``
- ``change_entry(act, entry_id, fields) -> Saved``; ``remove_entries(act, entry_ids) -> Saved``
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.papers.services.rare_characters import rare_in_typed
from app.subjects.events.event.rules.recruitment import DECIDE_STEP
from app.subjects.events.event.rules.taking_part import is_coming
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.event.services.recruitment import tick_open
from app.subjects.events.roster.rules.selection import (
    CHOSEN,
    NOT_CHOSEN,
    WAITING,
    closed_up,
    free_places,
    in_line,
    last_place,
    next_in_line,
)
from app.subjects.events.roster.services.admissions import give_admissions
from app.subjects.events.roster.services.attendance_result import event_of_today, hand_over, keep_result_in_step
from app.subjects.events.roster.services.entry_names import (
    EDITABLE,
    WantedPerson,
    person_for,
    place_words,
    refuse_number,
    required_entry,
    spoken,
)
from app.subjects.events.roster.services.roster import give_numbers
from app.subjects.events.roster.services.selections import BY_HAND, capacity_now
from db.engine import Database
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.calls import Call
from db.records.events import Event
from db.records.roster import Arrangement, Entry, EntryState, GroupWish, Selection, SelectionLine, TabletLoan
from db.rows import rows
from db.store import Store
from db.tables import calls
from db.tables import roster as table


@frozen_record
class Changed(Saved):
    """A change of one place; ``next_id`` is the 補欠 whose turn it now is (0 = no place is free or nobody waits)."""

    next_id: int = 0


@deed
def tell_absence(act: Act, *, entry_id: int, told_at: datetime | None = None, note: str = "") -> Changed:
    """Note that somebody told before the day not to come; ``told_at`` is when (default ``now``).

    Raises:
        Refusal: the entry is gone, holds no place, the person came, or the absence was told already.
    """
    entry, event = _entry_and_event(act.store, entry_id)
    if entry.attendance == "出席":
        raise Refusal(
            f"{spoken(act.store, entry)}は、出席と記録されています。",
            "記録を直すときは、「受付」の「紙の名簿から出欠」で欠席にしてください。",
        )
    if entry.absent_told_at is not None:
        raise Refusal("欠席の連絡は、もう記録されています。", "時刻や伝言は「直す」で変えられます。")
    if not is_coming(entry) and entry.state != WAITING:
        raise Refusal(f"この方は「{entry.state}」のため、欠席の連絡は要りません。", "状態を確かめてください。")
    at = told_at or act.now
    with _change(act, event, entry, "の欠席連絡を受けた") as change:
        change.update(Entry, entry_id, absent_told_at=at, absent_note=note, waiting_order=None)
        _close_up(act.store, change, event, leaving=entry_id)
    who = spoken(act.store, entry)
    return after_change(act.store, event, f"{who}の欠席連絡（{at.hour}:{at.minute:02d}）を記録しました。", entry_id)


@deed
def take_back_absence(act: Act, *, entry_id: int) -> Changed:
    """Take an absence back: the person comes after all; a 補欠 goes to the end of the line.

    Raises:
        Refusal: the entry is gone, no absence was told, or somebody comes in the person's place.
    """
    entry, event = _entry_and_event(act.store, entry_id)
    if entry.absent_told_at is None:
        raise Refusal("欠席の連絡は記録されていません。", "一覧を開き直してください。")
    if any(one.substitute_for == entry_id for one in table.entries(act.database, event.id)):
        raise Refusal("代理の方が名簿に入っています。", "代理の方を名簿から外してから、取り消してください。")
    with _change(act, event, entry, "の欠席連絡を取り消した") as change:
        place = last_place(table.entries(act.database, event.id)) if entry.state == WAITING else None
        change.update(Entry, entry_id, absent_told_at=None, absent_note="", waiting_order=place)
    return after_change(
        act.store,
        event,
        f"{spoken(act.store, entry)}の欠席連絡を取り消しました。{overfull(act.store, event)}",
        entry_id,
    )


@deed
def substitute(act: Act, *, entry_id: int, wanted: WantedPerson, arriving: bool = False) -> Changed:
    """Let somebody else come in the place of an entry (代理): numbers, 班, 席, 端末 and lent tablet go with the place.

    The first one counts as having told an absence. What concerns the person (配慮, 撮影) does not go over. The person
    is recognised by 団体 + 氏名, or entered anew. ``arriving``: it is told at the door, and the new one came, now.

    Raises:
        Refusal: the place is gone, holds nobody who is expected, was taken over or received already, no name was given
            or a number, or that person is on the roster already; arriving, also where the event is cancelled or not
            today.
    """
    entry, event = _entry_and_event(act.store, entry_id)
    if arriving:
        event = event_of_today(act.store, event.id, act.now)
    if entry.attendance == "出席":
        raise Refusal(
            f"{spoken(act.store, entry)}は、受付済です。", "代理の方がいらしたときは、先に未受付に戻してください。"
        )
    if not wanted.name.strip() and wanted.person_id is None:
        raise Refusal("代理の方の氏名がまだ入力されていません。")
    refuse_number(wanted.name)
    wanted = replace(wanted, organisation_id=wanted.organisation_id or entry.organisation_id)
    with _change(act, event, entry, "の代理の方を受付済にした" if arriving else "の代理の方を入れた") as change:
        if arriving:
            give_numbers(act.store, change, event.id)
        made = _put_in_place(act, change, required_entry(act.store, entry_id), wanted)
        if arriving:
            change.update(Entry, made, attendance="出席", attended_at=act.now)
            hand_over(act.store, change, required_entry(act.store, made), act.now)
            keep_result_in_step(act.store, change, event.id)
    new = required_entry(act.store, made)
    done = "受付済にしました" if arriving else "名簿に入れました"
    care = "配慮が手配済みのときは、代理の方に要るかを確かめてください。" if entry.care.strip() else ""
    rare = rare_in_typed(wanted.name)
    return Changed(
        said=f"{spoken(act.store, entry)}の代理として、{spoken(act.store, new)}を{done}。{care}{rare}",
        id=made,
    )


def _put_in_place(act: Act, change: Change, entry: Entry, wanted: WantedPerson) -> int:
    """Let ``wanted`` come in the place of ``entry`` inside ``change``; returns the id of the new entry.

    Raises:
        Refusal: the entry holds no place or was replaced already, or that person is on the roster already.
    """
    present = table.entries(act.database, entry.event_id)
    if entry.state not in ("申込", CHOSEN) or any(one.substitute_for == entry.id for one in present):
        raise Refusal(
            "この方の枠には、代理の方を入れられません。", "状態と、代理の方がもういないかを確かめてください。"
        )
    person = person_for(act.store, change, wanted)
    if any(one.person_id == person for one in present):
        raise Refusal("その方は、もうこの実施回の名簿にいます。", "お名前を確かめてください。")
    change.update(
        Entry,
        entry.id,
        absent_told_at=entry.absent_told_at or act.now,
        absent_note=entry.absent_note or "代理の方が出席",
        number=None,
        admission=None,
        group_number=None,
        seat="",
        late=False,
        attendance="",
        attended_at=None,
    )
    made = change.insert(
        replace(
            entry,
            id=0,
            person_id=person,
            role=wanted.role.strip(),
            care="",
            photo="",
            absent_told_at=None,
            absent_note="",
            substitute_for=entry.id,
            late=False,
            doubtful="",
            note="",
            attendance="",
            attended_at=None,
        )
    )
    for loan in table.loans(act.database, entry.event_id):
        if loan.entry_id == entry.id:
            change.update(TabletLoan, loan.id, entry_id=made)
    return made


@deed
def move_up(act: Act, *, event_id: int, entry_id: int | None = None) -> Changed:
    """Give a free place to the next 補欠, or to the one named; the others close up in their order.

    Raises:
        Refusal: nobody waits, or the one named does not.
    """
    event = required_event(act.database, event_id)
    present = table.entries(act.database, event_id)
    waiting = in_line(present)
    entry = next((one for one in waiting if one.id == entry_id), None) if entry_id else next(iter(waiting), None)
    if entry is None:
        raise Refusal("繰り上げる補欠の方がいません。", "一覧を開き直して、補欠の方を確かめてください。")
    order = f"補欠{entry.waiting_order}" if entry.waiting_order else "補欠"
    with _change(act, event, entry, f"（{order}）を繰り上げた") as change:
        change.update(Entry, entry.id, state=CHOSEN, waiting_order=None)
        give_admissions(act.store, change, event_id)
        _close_up(act.store, change, event, leaving=entry.id)
    said = f"{order}の{spoken(act.store, entry)}を繰り上げました。{overfull(act.store, event)}"
    return after_change(act.store, event, said, entry.id)


@deed
def set_state(act: Act, *, entry_id: int, state: EntryState, reason: str = "") -> Changed:
    """Set a state by hand. 決定, 補欠 and 落選 are kept as a 区の調整 with their reason, 辞退 with what was said.

    Raises:
        Refusal: the entry is gone, has this state already, or no reason was given where one is needed.
    """
    entry, event = _entry_and_event(act.store, entry_id)
    if entry.state == state:
        raise Refusal(f"この方は、もう「{state}」です。", "一覧を開き直してください。")
    if state in (CHOSEN, WAITING, NOT_CHOSEN) and not reason.strip():
        raise Refusal("理由がまだ入力されていません。", "決めた理由を書いてください。参加者決定の記録に残ります。")
    present = table.entries(act.database, event.id)
    order = last_place([one for one in present if one.id != entry_id]) if state == WAITING else None
    values: dict[str, Any] = {"state": state, "waiting_order": order}
    if state == "辞退":
        values |= {"absent_note": reason.strip() or entry.absent_note}
    elif entry.state == "辞退":
        values |= {"absent_note": ""}
    with _change(act, event, entry, f"を「{state}」にした") as change:
        if state in (CHOSEN, WAITING, NOT_CHOSEN):
            result = f"{WAITING}{order}" if state == WAITING else state
            line = line_by_hand(entry_id, entry, result)
            change.insert(chosen_by_hand(act.database, event, line, reason=reason.strip(), at=act.now, who=act.by))
        change.update(Entry, entry_id, **values)
        give_admissions(act.store, change, event.id)
        # The last one decided by hand ends the deciding as a choice of all at once does.
        others = [one.state for one in present if one.id != entry_id]
        if CHOSEN in (*others, state) and "申込" not in (*others, state):
            tick_open(act.database, change, event.id, DECIDE_STEP, on=act.today, who=act.by)
        if entry.state == WAITING:
            _close_up(act.store, change, event, leaving=entry_id)
    said = f"{spoken(act.store, entry)}を「{state}」にしました。{overfull(act.store, event) if state == CHOSEN else ''}"
    return after_change(act.store, event, said, entry_id)


@deed
def restore_entry(act: Act, *, entry_id: int) -> Changed:
    """Bring somebody back who had withdrawn (辞退): as 決定 when others are chosen already, else as 申込.

    Raises:
        Refusal: the entry is gone or had not withdrawn.
    """
    entry, event = _entry_and_event(act.store, entry_id)
    if entry.state != "辞退":
        raise Refusal("この方は辞退になっていません。", "欠席の連絡は「欠席連絡を取り消す」で戻せます。")
    if entry.moved_to is not None:
        raise Refusal("この方は、ほかの回へ移っています。", "戻すときは、移った先の名簿から、この回へ移してください。")
    chosen = any(one.state == CHOSEN for one in table.entries(act.database, event.id))
    state: EntryState = CHOSEN if chosen else "申込"
    with _change(act, event, entry, f"の辞退を取り消して「{state}」に戻した") as change:
        change.update(Entry, entry_id, state=state, absent_note="")
        give_admissions(act.store, change, event.id)
    said = f"{spoken(act.store, entry)}を「{state}」に戻しました。{overfull(act.store, event)}"
    return after_change(act.store, event, said, entry_id)


@deed
def change_entry(act: Act, *, entry_id: int, fields: Mapping[str, Any]) -> Saved:
    """Set some of ``EDITABLE`` exactly as typed; an empty ``doubtful`` says that it was looked at.

    Raises:
        Refusal: the entry is gone. ``KeyError``: a field that has an action of its own.
    """
    if not fields.keys() <= EDITABLE:
        raise KeyError(", ".join(sorted(fields.keys() - EDITABLE)))
    entry, event = _entry_and_event(act.store, entry_id)
    with _change(act, event, entry, "の記載を直した") as change:
        change.update(Entry, entry_id, **fields)
    return Saved(f"{spoken(act.store, entry)}の記載を保存しました。", entry_id)


@deed
def remove_entries(act: Act, *, entry_ids: Sequence[int]) -> Saved:
    """Take places of one event out of the roster, with their wishes for a 班; the applications and people stay.

    What was arranged, lent or telephoned for them stays without them: it really happened. One undo brings all back.

    Raises:
        Refusal: none was given, one is gone, or somebody came in the place of one who would go.
    """
    if not entry_ids:
        raise Refusal("どなたも選ばれていません。", "一覧で選んでから押してください。")
    going = [required_entry(act.store, entry_id) for entry_id in entry_ids]
    first, event = _entry_and_event(act.store, entry_ids[0])
    ids = {entry.id for entry in going}
    here = table.entries(act.database, event.id)
    if any(one.substitute_for in ids and one.id not in ids for one in here):
        raise Refusal("代理の方が名簿に入っているため、外せません。", "先に代理の方を名簿から外してください。")
    who = spoken(act.store, first) if len(going) == 1 else f"{len(going)}人"
    done = "を名簿から外した" if len(going) == 1 else f"ほか{len(going) - 1}人を名簿から外した"
    with _change(act, event, first, done) as change:
        _let_go(act.store, change, event, ids)
        # Whoever came in somebody's place was entered later and goes first.
        for entry in sorted(going, key=lambda one: -one.id):
            change.delete(Entry, entry.id)
        for row_id, order in closed_up(table.entries(act.database, event.id), without=tuple(ids)).items():
            change.update(Entry, row_id, waiting_order=order)
    return Saved(f"{who}を名簿から外しました。申込の記録は残っています。", first.id)


def _let_go(store: Store, change: Change, event: Event, ids: set[int]) -> None:
    """Untie what hangs on these places: wishes go, what really happened stays without them."""
    for wish in table.group_wishes(store.database, event.id):
        if {wish.first_entry_id, wish.second_entry_id} & ids:
            change.delete(GroupWish, wish.id)
    for need in table.arrangements(store.database, event.id):
        if need.entry_id in ids:
            change.update(Arrangement, need.id, entry_id=None)
    for loan in table.loans(store.database, event.id):
        if loan.entry_id in ids:
            change.update(TabletLoan, loan.id, entry_id=None)
    for left in rows(store.database, Entry, moved_to=list(ids)):
        change.update(Entry, left.id, moved_to=None)
    for decision in calls.decisions(store.database, event.id):
        for call in calls.calls(store.database, decision.id):
            if call.entry_id in ids:
                change.update(Call, call.id, entry_id=None)


def _entry_and_event(store: Store, entry_id: int) -> tuple[Entry, Event]:
    entry = required_entry(store, entry_id)
    return entry, required_event(store.database, entry.event_id)


def _change(act: Act, event: Event, entry: Entry, done: str) -> AbstractContextManager[Change]:
    """The one transaction of an action on one place; its words name nobody."""
    action = f"{event.full_title}：{place_words(entry)}{done}"
    return act.change(action, "roster", event_id=event.id)


def _close_up(store: Store, change: Change, event: Event, *, leaving: int) -> None:
    for row_id, order in closed_up(table.entries(store.database, event.id), without=(leaving,)).items():
        change.update(Entry, row_id, waiting_order=order)


def chosen_by_hand(
    database: Database, event: Event, line: SelectionLine, *, reason: str, at: datetime, who: str
) -> Selection:
    """Return the 区の調整 of one place by which a state that somebody set is kept, with its reason."""
    return Selection(
        event_id=event.id,
        method="区の調整",
        capacity=capacity_now(database, event),
        reason=reason,
        made_at=at,
        by=who,
        lines=(line,),
    )


def line_by_hand(entry_id: int, entry: Entry, result: str) -> SelectionLine:
    """Return the line of a place whose state somebody set."""
    return SelectionLine(entry_id=entry_id, order=1, result=result, why=BY_HAND, named=entry.person_id is not None)


def after_change(store: Store, event: Event, said: str, entry_id: int) -> Changed:
    """Say who is next when a place is free now."""
    entries = table.entries(store.database, event.id)
    free = free_places(entries, capacity_now(store.database, event))
    following = next_in_line(entries) if free > 0 else None
    return Changed(said=said, id=entry_id, next_id=following.id if following else 0)


def overfull(store: Store, event: Event) -> str:
    """A remark when more come now than there is room for."""
    over = -free_places(table.entries(store.database, event.id), capacity_now(store.database, event))
    return f"定員を{over}人超えています。" if over > 0 else ""
