"""Changes one place of the roster: absence, substitute, moving up, state by hand, correction, removal.

Every action stores its reason and renumbers the 補欠."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import short_date
from app.documents.services.rare_characters import rare_in_input
from app.event.rules.participation import (
    NO_ARRANGEMENT_NEEDED,
    NO_WORDS,
    is_coming,
    place_to_keep,
    waitlist_entries,
    withdrawal,
)
from app.event.rules.recruitment import DECIDE_STEP
from app.event.services.event_records import read_event_or_error
from app.event.services.event_results import update_counted_result
from app.event.services.event_state import refuse_if_not_held
from app.event.services.expected_counts import MANUAL_CHANGE, current_capacity
from app.event.services.recruitment import tick_open_step
from app.events.applications.services.application_writing import (
    close_waitlist_gaps,
    reopen_care,
    standing_arrangements_text,
)
from app.events.roster.rules import event_facts, free_places, next_waitlist_number
from app.events.roster.services.admissions import assign_admission_numbers
from app.events.roster.services.earlier_places import with_earlier_place
from app.events.roster.services.entry_names import (
    EDITABLE,
    WantedPerson,
    entry_label,
    find_or_add_person,
    reject_number_as_name,
    required_entry,
    spoken_name,
)
from app.events.roster.services.roster import write_missing_numbers
from app.events.roster.services.told_places import TOLD_STAYS, read_told_places
from db.engine import Database
from db.journal import Change
from db.records.calls import Call, CallOutcome
from db.records.events import Event
from db.records.roster import (
    Arrangement,
    Attendance,
    ComesAgain,
    Entry,
    EntryState,
    GroupWish,
    PhotoConsent,
    Selection,
    SelectionLine,
    SelectionMethod,
    TabletLoan,
)
from db.rows import rows
from db.store import Store
from db.tables import roster as table

CARE_AGAIN = "配慮が変わったため、「手配不要」の印を外しました。"


def record_absence(
    context: ActionContext,
    *,
    entry_id: int,
    note: str = "",
    called: Call | None = None,
) -> ActionResult:
    """Record that somebody reported before the day not to come.

    Args:
        note: the reason or message as told. called: the telephone call in which this was said, recorded with it.

    Raises:
        UserError: the entry is gone, has no place and is no 補欠, the person came, or the absence was recorded already.
    """
    entry, event = _entry_and_event(context.store, entry_id)
    if entry.attendance.is_present:
        raise _came_error(context.store, entry)
    if entry.absent_told_at is not None:
        raise UserError("欠席の連絡は、もう記録されています。", "時刻や伝言は「直す」で変えられます。")
    if not is_coming(entry) and not entry.state.is_waiting:
        raise UserError(f"この方は「{entry.state}」のため、欠席の連絡は要りません。", "状態を確かめてください。")
    at = context.now
    with _open_change(context, event, entry, "の欠席連絡を受けた") as change:
        change.update(Entry, entry_id, **place_to_keep(entry), absent_told_at=at, absent_note=note, waiting_order=None)
        close_waitlist_gaps(change, context.database, (event.id,))
        if called is not None:
            change.insert(called)
    who = spoken_name(context.store, entry)
    rest = standing_arrangements_text(context.database, event.id, (entry_id,))
    return ActionResult(f"{who}の欠席連絡（{at.hour}:{at.minute:02d}）を記録しました。{rest}", entry_id)


def note_answer(database: Database, change: Change, entry_ids: Collection[int], outcome: CallOutcome) -> None:
    """Note inside ``change`` what people said who were asked whether they come after all: 連絡済 they do, 欠席 not.

    Who says 欠席 comes no more, also who was not asked because the change had not reached them.
    """
    if outcome.is_reached or outcome.is_absent:
        for one in rows(database, Entry, id=list(entry_ids)):
            stays_away = outcome.is_absent and is_coming(one) and not one.attendance.is_present
            if one.awaits_answer or stays_away:
                again = ComesAgain.COMES if outcome.is_reached else ComesAgain.NOT_ASKED
                change.update(Entry, one.id, comes_again=again, **(withdrawal(one) if outcome.is_absent else {}))


def _came_error(store: Store, entry: Entry) -> UserError:
    """Return the failure that somebody came, which is put right before anything that says otherwise."""
    return UserError(
        f"{spoken_name(store, entry)}は、出席と記録されています。",
        "記録を直すときは、「受付」の「紙の名簿から出欠」で欠席にしてください。",
    )


def _reject_loss(store: Store, event: Event, entry: Entry, state: EntryState) -> None:
    """Raise ``UserError`` if the state would take the place of somebody who came, or was told of it in writing."""
    if entry.attendance.is_present and not state.is_coming:
        raise _came_error(store, entry)
    told = read_told_places(store.database, event, (entry,)).words(entry)
    if told and not state.is_coming and not state.is_withdrawn:
        raise UserError(f"{told}です。", TOLD_STAYS)


def take_back_absence(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Undo an absence, so that the person comes after all, with the place of before.

    Raises:
        UserError: the entry is gone, no absence was recorded, a substitute has the place, or it is no longer free.
    """
    entry, event = _entry_and_event(context.store, entry_id)
    if entry.absent_told_at is None:
        raise UserError("欠席の連絡は記録されていません。", "一覧を開き直してください。")
    _reject_substituted(table.entries(context.database, event.id), entry_id)
    place = with_earlier_place(context.store, entry) if entry.state != "辞退" else entry
    with _open_change(context, event, entry, "の欠席連絡を取り消した") as change:
        change.update(Entry, entry_id, absent_told_at=None, absent_note="", waiting_order=place.waiting_order)
    return ActionResult(
        f"{spoken_name(context.store, entry)}の欠席連絡を取り消しました。{overfull_remark(context.store, event)}",
        entry_id,
    )


def _reject_substituted(present: Sequence[Entry], entry_id: int) -> None:
    if any(one.substitute_for == entry_id for one in present):
        raise UserError("代理の方が名簿に入っています。", "先に、代理の方を名簿から外してください。")


def replace_person(
    context: ActionContext,
    *,
    entry_id: int,
    wanted: WantedPerson,
    arriving: bool = False,
    called: Call | None = None,
) -> ActionResult:
    """Let a substitute (代理) take the place of an entry, with numbers, 班, 席, 端末 and lent tablet.

    The first person counts as having reported an absence. Personal data (配慮, 撮影) does not go over. The substitute
    is found by 団体 and 氏名, or added.

    Args:
        arriving: at the check-in; the substitute is checked in now.
        called: the telephone call in which this was said, recorded with it; so the substitute needs no call.

    Raises:
        UserError: the place is gone, is not expected, was replaced or checked in already; the name is missing or a
            number; that person is on the roster already; arriving, the event is cancelled or not today.
    """
    entry, event = _entry_and_event(context.store, entry_id)
    if arriving:
        event = required_event_today(event.id, context)
    if entry.attendance.is_present:
        raise UserError(
            f"{spoken_name(context.store, entry)}は、受付済です。",
            "代理の方がいらしたときは、先に未受付に戻してください。",
        )
    if not wanted.name.strip() and wanted.person_id is None:
        raise UserError("代理の方の氏名がまだ入力されていません。")
    reject_number_as_name(wanted.name)
    wanted = replace(wanted, organisation_id=wanted.organisation_id or entry.organisation_id)
    with _open_change(
        context, event, entry, "の代理の方を受付済にした" if arriving else "の代理の方を入れた"
    ) as change:
        if arriving:
            write_missing_numbers(context.store, change, event.id)
        made = _add_substitute(context, change, required_entry(context.store, entry_id), wanted)
        if arriving:
            change.update(Entry, made, attendance=Attendance.PRESENT, attended_at=context.now)
            hand_over_tablet(change, context, required_entry(context.store, made))
        if called is not None:
            change.insert(called)
            change.insert(replace(called, entry_id=made, outcome=CallOutcome.REACHED, note=""))
    new = required_entry(context.store, made)
    done = "受付済にしました" if arriving else "名簿に入れました"
    care = "配慮が手配済みのときは、代理の方に要るかを確かめてください。" if entry.care.strip() else ""
    rare = rare_in_input(wanted.name)
    return ActionResult(
        f"{spoken_name(context.store, entry)}の代理として、{spoken_name(context.store, new)}を{done}。{care}{rare}",
        made,
    )


def _add_substitute(context: ActionContext, change: Change, entry: Entry, wanted: WantedPerson) -> int:
    """Add ``wanted`` in the place of ``entry`` inside ``change``; return the id of the new entry.

    Raises:
        UserError: the entry has no place or was replaced already, or that person is on the roster already.
    """
    present = table.entries(context.database, entry.event_id)
    if not entry.state.is_coming or any(one.substitute_for == entry.id for one in present):
        raise UserError(
            "この方の枠には、代理の方を入れられません。", "状態と、代理の方がもういないかを確かめてください。"
        )
    person = find_or_add_person(context.store, change, wanted)
    if any(one.person_id == person for one in present):
        raise UserError("その方は、もうこの実施回の名簿にいます。", "お名前を確かめてください。")
    change.update(
        Entry,
        entry.id,
        **place_to_keep(entry),
        absent_told_at=entry.absent_told_at or context.now,
        absent_note=entry.absent_note or "代理の方が出席",
        number=None,
        admission=None,
        group_number=None,
        seat="",
        late=False,
        attendance=Attendance.UNKNOWN,
        attended_at=None,
    )
    made = change.insert(
        replace(
            entry,
            id=0,
            person_id=person,
            role=wanted.role.strip(),
            care="",
            photo=PhotoConsent.UNKNOWN,
            **NO_WORDS,
            absent_told_at=None,
            absent_note="",
            substitute_for=entry.id,
            comes_again=ComesAgain.NOT_ASKED,
            late=False,
            doubtful="",
            note="",
            attendance=Attendance.UNKNOWN,
            attended_at=None,
        )
    )
    for loan in table.loans(context.database, entry.event_id):
        if loan.entry_id == entry.id:
            change.update(TabletLoan, loan.id, entry_id=made)
    return made


def promote_from_waitlist(
    context: ActionContext, *, event_id: int, entry_id: int | None = None, answer_by: date | None = None
) -> ActionResult:
    """Give a place to the next 補欠, or to the one of ``entry_id``, who said to come; the others are renumbered.

    It is recorded like a state set by hand, so that the letter to who moved up is dated after it.
    It is given even when no place is free; the result then says so. With ``answer_by`` the 補欠 was only asked to
    answer until that day: the place and the order stay.

    Raises:
        UserError: nobody waits, or the given one does not.
    """
    event = read_event_or_error(context.database, event_id)
    waiting = waitlist_entries(table.entries(context.database, event_id))
    entry = next((one for one in waiting if entry_id in (None, one.id)), None)
    if entry is None:
        raise UserError("繰り上げる補欠の方がいません。", "一覧を開き直して、補欠の方を確かめてください。")
    order = f"補欠{entry.waiting_order or ''}"
    who = f"{order}の{spoken_name(context.store, entry)}"
    with _open_change(
        context, event, entry, f"（{order}）{'に繰上げをたずねた' if answer_by else 'を繰り上げた'}"
    ) as change:
        if answer_by:
            change.update(Entry, entry.id, answer_by=answer_by)
            return ActionResult(f"{who}の返事を待ちます（{short_date(answer_by, context.today)}まで）。", entry.id)
        gets: dict[str, Any] = {"state": EntryState.CHOSEN, "waiting_order": None, "answer_by": None}
        change.insert(manual_selection(replace(entry, **gets), context, event=event, reason=f"{order}の繰上げ"))
        change.update(Entry, entry.id, **gets)
        assign_admission_numbers(context.store, change, event_id)
        close_waitlist_gaps(change, context.database, (event.id,))
    return ActionResult(f"{who}を繰り上げました。{overfull_remark(context.store, event)}", entry.id)


def set_state(
    context: ActionContext, *, entry_id: int, state: EntryState, reason: str = "", waiting_order: int | None = None
) -> ActionResult:
    """Set the state of a place by hand.

    決定, 補欠 and 落選 are saved as a 区の調整 with their reason, 辞退 with what was said; a new 補欠 goes to the end
    of the line, or to ``waiting_order`` before who waits there. 決定 and 補欠 take an absence back that was reported
    before. 決定取消 takes all told places of the 団体. Once no place is 申込 any more and one is 決定, the recruitment
    step 決定 is ticked.

    Args:
        reason: needed for 決定, 補欠, 落選 and 決定取消.

    Raises:
        UserError: the entry is gone, has this state already, a needed reason is missing, a substitute has the place
            that an absence left, somebody who came would have no place, or the place was told in writing.
    """
    state = EntryState(state)
    entry, event = _entry_and_event(context.store, entry_id)
    if state.is_revoked:
        return _revoke_places(context, entry, event, require_reason(reason, "決定"))
    comes_after_all = (state.is_chosen or state.is_waiting) and entry.absent_told_at is not None
    if entry.state == state and not comes_after_all:
        raise UserError(f"この方は、もう「{state}」です。", "一覧を開き直してください。")
    _reject_loss(context.store, event, entry, state)
    if state.is_decided and not reason.strip():
        raise UserError("理由がまだ入力されていません。", "決めた理由を書いてください。参加者決定の記録に残ります。")
    present = table.entries(context.database, event.id)
    if comes_after_all:
        _reject_substituted(present, entry_id)
    others = [one for one in present if one.id != entry_id]
    order = (waiting_order or next_waitlist_number(others)) if state.is_waiting else None
    values: dict[str, Any] = {"state": state, "waiting_order": order, "answer_by": None}
    if state.is_withdrawn:
        values = withdrawal(entry) | {"absent_note": reason.strip() or entry.absent_note}
    elif entry.state.is_withdrawn or comes_after_all:
        values |= {"absent_note": ""}
    if comes_after_all:
        values |= {"absent_told_at": None}
    with _open_change(context, event, entry, f"を「{state}」にした") as change:
        if state.is_decided:
            place = replace(entry, state=state, waiting_order=order)
            change.insert(manual_selection(place, context, event=event, reason=reason.strip()))
        change.update(Entry, entry_id, **values)
        assign_admission_numbers(context.store, change, event.id)
        # Setting the last open place by hand completes the selection like one of all at once.
        states = [*(one.state for one in others), state]
        if EntryState.CHOSEN in states and EntryState.APPLIED not in states:
            tick_open_step(context.database, change, event.id, DECIDE_STEP, on=context.today, done_by=context.by)
        if entry.state.is_waiting and not state.is_waiting:
            close_waitlist_gaps(change, context.database, (event.id,))
        if order:
            _move_back(change, waitlist_entries(others)[order - 1 :], order)
    said = (
        f"{spoken_name(context.store, entry)}を「{state}」にしました。"
        f"{'欠席連絡は取り消しました。' if comes_after_all else ''}"
        f"{overfull_remark(context.store, event) if state.is_chosen else ''}"
        f"{standing_arrangements_text(context.database, event.id, (entry_id,)) if not state.is_coming else ''}"
    )
    return ActionResult(said, entry_id)


def _move_back(change: Change, waiting: Sequence[Entry], order: int) -> None:
    """Number those who wait behind a new 補欠 on from its ``order``."""
    for number, one in enumerate(waiting, order + 1):
        change.update(Entry, one.id, waiting_order=number)


def _revoke_places(context: ActionContext, entry: Entry, event: Event, reason: str) -> ActionResult:
    """Take back the places of a 団体, or of a person without one, that a 決定通知 told; 決定取消通知 tells that.

    Raises:
        UserError: no place of it was told, or somebody came.
    """
    present = table.entries(context.database, event.id)
    told = read_told_places(context.database, event, present)
    group = entry.organisation_key
    mine = [one for one in present if told.words(one) and (one.organisation_key == group if group else one == entry)]
    if not mine:
        raise UserError("決定通知で知らせた枠がありません。", "まだ知らせていない枠は、ほかの状態に変えられます。")
    more = f"ほか{len(mine) - 1}人" if mine[1:] else ""
    with _open_change(context, event, mine[0], f"{more}の決定を取り消した") as change:
        for one in mine:
            if one.attendance.is_present:
                raise _came_error(context.store, one)
            place = replace(one, state=EntryState.REVOKED)
            change.insert(manual_selection(place, context, event=event, reason=reason))
            change.update(Entry, one.id, state=EntryState.REVOKED)
    rest = standing_arrangements_text(context.database, event.id, [one.id for one in mine])
    return ActionResult(
        f"{spoken_name(context.store, mine[0])}{more}の決定を取り消しました。"
        f"電話で伝え、決定取消通知を出してください。{rest}",
        entry.id,
    )


def restore_entry(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Restore a withdrawn (辞退) place as it was before; one whose absence was told before waits with no order.

    Raises:
        UserError: the entry is gone, was not withdrawn, its person was moved to another event, or the place of before
            is no longer free.
    """
    entry, event = _entry_and_event(context.store, entry_id)
    if not entry.state.is_withdrawn:
        raise UserError("この方は辞退になっていません。", "欠席の連絡は「欠席連絡を取り消す」で戻せます。")
    if entry.moved_to is not None:
        raise UserError(
            "この方は、ほかの回へ移っています。", "戻すときは、移った先の名簿から、この回へ移してください。"
        )
    place = with_earlier_place(context.store, entry)
    words = f"{place.state}{place.waiting_order or ''}"
    with _open_change(context, event, entry, f"の辞退を取り消して「{words}」に戻した") as change:
        order = place.waiting_order if entry.absent_told_at is None else None
        change.update(Entry, entry_id, state=place.state, waiting_order=order, absent_note="")
        assign_admission_numbers(context.store, change, event.id)
    still = "欠席連絡は、残っています。" if entry.absent_told_at is not None else ""
    over = overfull_remark(context.store, event)
    return ActionResult(f"{spoken_name(context.store, entry)}を「{words}」に戻しました。{still}{over}", entry_id)


def change_entry(context: ActionContext, *, entry_id: int, fields: Mapping[str, Any]) -> ActionResult:
    """Set some of the ``EDITABLE`` fields exactly as typed; an empty ``doubtful`` means it was checked.

    Raises:
        UserError: the entry is gone.
        KeyError: a field that has an action of its own.
    """
    if elsewhere := fields.keys() - EDITABLE:
        raise KeyError(", ".join(sorted(elsewhere)))
    entry, event = _entry_and_event(context.store, entry_id)
    with _open_change(context, event, entry, "の記載を直した") as change:
        again = reopen_care(change, context.database, entry, fields.get("care", ""))
        change.update(Entry, entry_id, **fields)
    more = CARE_AGAIN if again else ""
    return ActionResult(f"{spoken_name(context.store, entry)}の記載を保存しました。{more}", entry_id)


def remove_entries(context: ActionContext, *, entry_ids: Sequence[int]) -> ActionResult:
    """Remove places of one event from the roster, with their wishes for a 班; applications and people stay.

    Arrangements, loans and calls about a decision stay without them, as they really happened; other calls about one
    place are deleted. One undo restores all.

    Raises:
        UserError: none was given, one is gone, or a substitute came in the place of one.
    """
    if not entry_ids:
        raise UserError("どなたも選ばれていません。", "一覧で選んでから押してください。")
    going = [required_entry(context.store, entry_id) for entry_id in entry_ids]
    first, event = _entry_and_event(context.store, entry_ids[0])
    ids = {entry.id for entry in going}
    here = table.entries(context.database, event.id)
    if any(one.substitute_for in ids and one.id not in ids for one in here):
        raise UserError("代理の方が名簿に入っているため、外せません。", "先に代理の方を名簿から外してください。")
    who = spoken_name(context.store, first) if len(going) == 1 else f"{len(going)}人"
    done = "を名簿から外した" if len(going) == 1 else f"ほか{len(going) - 1}人を名簿から外した"
    with _open_change(context, event, first, done) as change:
        _detach_entries(context.store, change, event, ids)
        # A substitute was entered later and is removed first.
        for entry in sorted(going, key=lambda one: -one.id):
            change.delete(Entry, entry.id)
        close_waitlist_gaps(change, context.database, (event.id,))
    return ActionResult(f"{who}を名簿から外しました。申込の記録は残っています。", first.id)


def _detach_entries(store: Store, change: Change, event: Event, ids: set[int]) -> None:
    """Detach other rows from these places: wishes and 手配不要 are deleted, what really happened stays."""
    for wish in table.group_wishes(store.database, event.id):
        if {wish.first_entry_id, wish.second_entry_id} & ids:
            change.delete(GroupWish, wish.id)
    for need in table.arrangements(store.database, event.id):
        if need.entry_id in ids and need.content == NO_ARRANGEMENT_NEEDED:
            change.delete(Arrangement, need.id)
        elif need.entry_id in ids:
            change.update(Arrangement, need.id, entry_id=None)
    for loan in table.loans(store.database, event.id):
        if loan.entry_id in ids:
            change.update(TabletLoan, loan.id, entry_id=None)
    for left in rows(store.database, Entry, moved_to=list(ids)):
        change.update(Entry, left.id, moved_to=None)
    for call in rows(store.database, Call, event_id=event.id, entry_id=list(ids)):
        if call.decision_id is not None:
            change.update(Call, call.id, entry_id=None)
        else:  # It says about one person alone whether that person comes.
            change.delete(Call, call.id)


def _entry_and_event(store: Store, entry_id: int) -> tuple[Entry, Event]:
    entry = required_entry(store, entry_id)
    return entry, read_event_or_error(store.database, entry.event_id)


@contextmanager
def _open_change(context: ActionContext, event: Event, entry: Entry, description: str) -> Iterator[Change]:
    """Open the transaction of an action on one place; its description names nobody.

    A result that was counted from the roster follows the change.
    """
    with context.change(
        f"{event.full_title}：{entry_label(entry)}{description}", "roster", event_id=event.id
    ) as change:
        yield change
        update_counted_result(context.store, change, event.id)


def manual_selection(place: Entry, context: ActionContext, *, event: Event, reason: str) -> Selection:
    """Return the 区の調整 of one place that records the state set by hand that ``place`` has, with its reason."""
    return Selection(
        event_id=event.id,
        method=SelectionMethod.WARD,
        capacity=current_capacity(context.database, event),
        reason=reason,
        made_at=context.now,
        by=context.by,
        lines=(
            SelectionLine(
                entry_id=place.id,
                order=1,
                result=f"{place.state}{place.waiting_order or ''}",
                why=MANUAL_CHANGE,
                named=place.person_id is not None,
            ),
        ),
        **event_facts(event),
    )


def overfull_remark(store: Store, event: Event) -> str:
    """Return 「定員を2人超えています。」 when more people come now than there are places; else ""."""
    over = -free_places(table.entries(store.database, event.id), current_capacity(store.database, event))
    return f"定員を{over}人超えています。" if over > 0 else ""


def required_begun_event(event_id: int, context: ActionContext) -> Event:
    """Return the event; raises ``UserError`` before its day, without a day, or if it is not held on it."""
    event = read_event_or_error(context.database, event_id)
    refuse_if_not_held(context.database, event, "受付できます")
    if event.event_date is None:
        raise UserError(f"{event.full_title}は日程が決まっていません。", "日程を決めると、当日から受付できます。")
    if context.now.date() < event.event_date:
        day = short_date(event.event_date, context.now.date())
        raise UserError(f"{event.full_title}の実施日は {day} です。", "受付は当日からできます。")
    return event


def required_event_today(event_id: int, context: ActionContext) -> Event:
    """Return the event; raises ``UserError`` unless it is held today and not cancelled."""
    event = required_begun_event(event_id, context)
    if event.event_date is not None and event.event_date < context.now.date():
        day = short_date(event.event_date, context.now.date())
        raise UserError(
            f"{event.full_title}の実施日（{day}）は過ぎています。", "出欠は「紙の名簿から出欠」で入れてください。"
        )
    return event


def hand_over_tablet(change: Change, context: ActionContext, entry: Entry) -> None:
    """Record inside ``change`` that the tablet reserved for ``entry`` was handed over."""
    for loan in table.loans(context.database, entry.event_id):
        if loan.entry_id == entry.id and loan.out_at is None:
            change.update(TabletLoan, loan.id, out_at=context.now)
