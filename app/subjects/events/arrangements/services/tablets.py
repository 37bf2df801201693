"""The ward's tablets: the register, reserving, handing over, return, and confirmation of the 初期化."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext, deed
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.subjects.events.arrangements.rules.tablet_states import (
    SPARE,
    LoanState,
    free_tablets,
    loan_state,
    needs_follow_up,
)
from app.subjects.events.arrangements.rules.tablet_states import needs_follow_up as is_lent
from app.subjects.events.arrangements.services.notified_orders import note_tablets_ready, withdraw_tablets
from app.subjects.events.event.services.event_records import read_event_or_error
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.events.roster.services.entry_names import entry_label, required_entry, spoken_name
from app.subjects.events.roster.services.roster import read_roster
from db.engine import Database
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.events import Event
from db.records.roster import Entry, Tablet, TabletLoan
from db.rows import by_id, rows
from db.store import Store
from db.tables import events, roster
from db.tables import roster as table

TABLETS = "貸与タブレット"


def read_tablets(store: Store) -> tuple[Tablet, ...]:
    """Return every tablet by number, including those no longer used."""
    return tuple(table.tablets(store.database))


@deed
def set_tablets(context: ActionContext, *, tablets: Sequence[Tablet]) -> ActionResult:
    """Save ``tablets`` as the register: rows without id are added, missing ones deleted if they were never lent.

    Raises:
        UserError: a number is empty or duplicate, or a tablet that was lent once is missing (set its ``retired_on``).
    """
    numbers = Counter(one.number.strip() for one in tablets)
    if "" in numbers:
        raise UserError("番号が空のタブレットがあります。", "番号を入れるか、その行を消してください。")
    twice = [number for number, count in numbers.items() if count > 1]
    if twice:
        raise UserError(f"タブレットの番号「{'」「'.join(twice)}」が重なっています。", "番号を直してください。")
    kept = {one.id for one in tablets if one.id}
    lent = {loan.tablet_id for loan in table.all_loans(context.database)}
    gone = [one for one in table.tablets(context.database) if one.id not in kept]
    stuck = [one.number for one in gone if one.id in lent]
    if stuck:
        raise UserError(
            f"タブレット{'、'.join(stuck)}番は、貸出しの記録があるため削除できません。",
            "使わなくなったときは「使わない」にしてください。",
        )
    with context.change("貸与タブレットの台帳を変えた", "roster") as change:
        for one in gone:
            change.delete(Tablet, one.id)
        for one in tablets:
            change.save(one)
    return ActionResult("タブレットの台帳を保存しました。")


@frozen_record
class LoanRow:
    """One loan in words; ``who`` is empty for a spare, ``number`` is the person's number on the 受付名簿."""

    loan: TabletLoan
    tablet: Tablet
    state: LoanState
    number: int | None
    who: str
    organisation: str
    is_spare: bool
    event_title: str = ""
    event_date: date | None = None


@frozen_record
class Loans:
    """The tablets of one event. ``missing`` = people with 貸与 without a reserved tablet; ``free`` tablets remain."""

    event: Event
    rows: tuple[LoanRow, ...]
    needed: int
    missing: int
    free: int
    spare: int

    @property
    def open_rows(self) -> tuple[LoanRow, ...]:
        """Return the loans still to be returned or initialised."""
        return tuple(row for row in self.rows if needs_follow_up(row.loan))


def read_loans(store: Store, *, event_id: int, today: date) -> Loans:
    """Return the tablets of one event; raises ``UserError`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    tablets = {one.id: one for one in table.tablets(store.database)}
    rows = []
    for loan in table.loans(store.database, event_id):
        entry = roster.row(loan.entry_id or 0)
        rows.append(
            LoanRow(
                loan=loan,
                tablet=tablets[loan.tablet_id],
                state=loan_state(loan, roster.event.event_date, today),
                number=entry.entry.number if entry else None,
                who=entry.name if entry else "",
                organisation=entry.organisation_name if entry else "",
                is_spare=loan.note == SPARE,
            )
        )
    order = {tablet_id: place for place, tablet_id in enumerate(tablets)}
    wanting = [row for row in roster.check_in_rows if row.entry.device == "貸与"]
    return Loans(
        event=roster.event,
        rows=tuple(sorted(rows, key=lambda row: (order[row.tablet.id], row.loan.id))),
        needed=len(wanting),
        missing=sum(row.loan is None for row in wanting),
        free=len(free_tablets_for(store, roster.event)),
        spare=sum(row.is_spare for row in rows),
    )


def open_loans(store: Store, *, today: date) -> tuple[LoanRow, ...]:
    """Return every tablet that is 未返却 or not confirmed as initialised, of all held events."""
    found: list[LoanRow] = []
    for event_id in dict.fromkeys(loan.event_id for loan in table.all_loans(store.database) if needs_follow_up(loan)):
        event = read_event_or_error(store.database, event_id)
        for row in read_loans(store, event_id=event_id, today=today).open_rows:
            found.append(replace(row, event_title=event.full_title, event_date=event.event_date))
    return tuple(found)


def free_tablets_for(store: Store, event: Event) -> list[Tablet]:
    """Return the tablets that can be reserved for ``event``, by number."""
    same_day = [
        one.id
        for one in events.events_of_year(store.database, event.programme_id)
        if one.id == event.id or (one.event_date is not None and one.event_date == event.event_date)
    ]
    return free_tablets(table.tablets(store.database), table.all_loans(store.database), same_day)


def tablet_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return follow-ups for tablets of past events that are not returned or not confirmed as initialised."""
    open_loans: dict[int, list[LoanState]] = {}
    if event_id is not None:
        only = by_id(database, Event, event_id)
        if only is None or only.event_date is None or only.event_date >= today:
            return []
    loans = roster.all_loans(database) if event_id is None else rows(database, TabletLoan, event_id=event_id)
    for loan in loans:
        if is_lent(loan):
            event = by_id(database, Event, loan.event_id)
            if event is not None and event.event_date is not None and event.event_date < today:
                open_loans.setdefault(event.id, []).append(loan_state(loan, event.event_date, today))
    found = []
    for number, states in open_loans.items():
        event = by_id(database, Event, number)
        if event is not None and event.event_date is not None:
            found.append(_tablet_follow_up(number, event.event_date, states))
    return found


def _tablet_follow_up(event_id: int, day: date, states: list[LoanState]) -> FollowUp:
    out = states.count("未返却")
    words = [f"未返却 {out}台"] if out else []
    words += [f"初期化の確認 {len(states) - out}台"] if len(states) > out else []
    return FollowUp(
        task=TABLETS,
        event_id=event_id,
        label="貸与タブレットの返却・初期化を確かめる",
        detail="・".join(words),
        due=day,
        basis="区の自主管理。返却と初期化の確認が全台に済むまで残ります",
        rule="実施日",
        link=ActionLink("タブレットの返却を確かめる", event_id=event_id),
    )


@deed
def assign_tablets(context: ActionContext, *, event_id: int, spare: int = 0) -> ActionResult:
    """Reserve a tablet for everybody with 貸与 who has none, in number order, and ``spare`` ones in total.

    Tablets reserved for people who no longer come or borrow are released first. If there are too few, those available
    are assigned and the shortage is reported.

    Raises:
        UserError: nobody needs one and no spare is wanted, or no tablet is free.
    """
    event = read_event_or_error(context.database, event_id)
    roster = read_roster(context.store, event_id=event_id)
    wanting = [row.entry.id for row in roster.check_in_rows if row.entry.device == "貸与"]
    with context.change(f"{event.full_title}：貸与タブレットを割り当てた", "roster", event_id=event_id) as change:
        kept = []
        spares = 0
        for loan in table.loans(context.database, event_id):
            if loan.out_at is None and loan.entry_id is not None and loan.entry_id not in wanting:
                change.delete(TabletLoan, loan.id)
            else:
                kept.append(loan.entry_id)
                spares += loan.entry_id is None
        for loan in [one for one in table.loans(context.database, event_id) if one.entry_id is None][spare:]:
            change.delete(TabletLoan, loan.id)
        missing: list[int | None] = [each for each in wanting if each not in kept]
        missing += [None] * max(spare - spares, 0)
        free = free_tablets_for(context.store, event)
        if missing and not free:
            raise UserError(
                "使えるタブレットがありません。", "タブレットの台帳に加えるか、返却と初期化の確認を済ませてください。"
            )
        for entry_id, tablet in zip(missing, free, strict=False):
            note = SPARE if entry_id is None else ""
            change.insert(TabletLoan(tablet_id=tablet.id, event_id=event_id, entry_id=entry_id, note=note))
        note_tablets_ready(context.store, change, event, who=context.by, at=context.now)
    short = len(missing) - min(len(missing), len(free))
    given = min(len(missing), len(free))
    said = f"{given}台を割り当てました。" if given else "割当てを整えました。"
    return ActionResult(said + (f"あと{short}台足りません。" if short else ""), event_id)


@deed
def release_tablets(context: ActionContext, *, event_id: int) -> ActionResult:
    """Cancel every reservation that was not handed over yet."""
    event = read_event_or_error(context.database, event_id)
    waiting = [loan for loan in table.loans(context.database, event_id) if loan.out_at is None]
    if not waiting:
        raise UserError("取り消せる割当てはありません。", "渡したタブレットは、返却で戻してください。")
    with context.change(
        f"{event.full_title}：貸与タブレットの割当てを取り消した", "roster", event_id=event_id
    ) as change:
        for loan in waiting:
            change.delete(TabletLoan, loan.id)
        withdraw_tablets(context.store, change, event_id, reason="割当ての取消")
    return ActionResult(f"{len(waiting)}台の割当てを取り消しました。", event_id)


@deed
def hand_out(context: ActionContext, *, loan_id: int) -> ActionResult:
    """Record that a reserved tablet was handed over."""
    loan, tablet = _required_loan(context.store, loan_id)
    if loan.out_at is not None:
        raise UserError(f"タブレット{tablet.number}番は、すでに渡しています。")
    return _note_loans(context, [loan], "渡した", out_at=context.now)


@deed
def lend_spare(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Hand the first spare tablet to a person at the check-in, whose device becomes 貸与."""
    entry = required_entry(context.store, entry_id)
    event = read_event_or_error(context.database, entry.event_id)
    with context.change(
        f"{event.full_title}：{entry_label(entry)}に予備のタブレットを渡した", "roster", event_id=event.id
    ) as change:
        number = lend_spare_in_change(context.store, change, event.id, entry_id, context.now)
        if not number:
            raise UserError("渡せる予備のタブレットがありません。", "タブレットの画面で予備を割り当ててください。")
        change.update(Entry, entry_id, device="貸与")
    return ActionResult(f"{spoken_name(context.store, entry)}に、予備のタブレット{number}番を渡しました。", entry_id)


def lend_spare_in_change(store: Store, change: Change, event_id: int, entry_id: int, now: datetime) -> str:
    """Hand over the first spare tablet inside ``change``; return its number, or "" if there is none."""
    tablets = {one.id: one for one in table.tablets(store.database)}
    for loan in table.loans(store.database, event_id):
        if loan.entry_id is None and loan.out_at is None:
            change.update(TabletLoan, loan.id, entry_id=entry_id, out_at=now)
            return tablets[loan.tablet_id].number
    return ""


def release_loans(store: Store, change: Change, event_id: int, entry_ids: Collection[int]) -> tuple[str, ...]:
    """Cancel inside ``change`` the loans of ``entry_ids``, because those people did not come.

    A tablet not returned yet counts as never handed over. A returned one was used by somebody, so it stays in the
    ledger as a spare.

    Returns:
        The numbers of tablets whose user is unknown now.
    """
    tablets = {one.id: one for one in table.tablets(store.database)}
    open_numbers = []
    for loan in table.loans(store.database, event_id):
        if loan.entry_id not in entry_ids or loan.out_at is None:
            continue
        if loan.back_at is None:
            change.update(TabletLoan, loan.id, out_at=None)
        else:
            change.update(TabletLoan, loan.id, entry_id=None)
            open_numbers.append(tablets[loan.tablet_id].number)
    return tuple(open_numbers)


@deed
def note_returned(context: ActionContext, *, loan_ids: Sequence[int]) -> ActionResult:
    """Record that tablets were returned."""
    loans = [_required_loan(context.store, each)[0] for each in loan_ids]
    loans = [loan for loan in loans if loan.out_at is not None and loan.back_at is None]
    if not loans:
        raise UserError("返却を待っているタブレットはありません。")
    return _note_loans(context, loans, "返却された", back_at=context.now)


@deed
def confirm_initialised(context: ActionContext, *, loan_ids: Sequence[int], checked_by: str) -> ActionResult:
    """Record that returned tablets were initialised, and who checked it."""
    loans = [_required_loan(context.store, each)[0] for each in loan_ids]
    loans = [loan for loan in loans if loan.back_at is not None and loan.initialised_at is None]
    if not loans:
        raise UserError("初期化の確認を待っているタブレットはありません。", "先に返却を記録してください。")
    return _note_loans(
        context, loans, "初期化を確認した", initialised_at=context.now, checked_by=checked_by.strip() or context.by
    )


def _note_loans(context: ActionContext, loans: Sequence[TabletLoan], action: str, **values: object) -> ActionResult:
    tablets = {one.id: one for one in table.tablets(context.database)}
    numbers = "、".join(tablets[loan.tablet_id].number for loan in loans)
    with context.change(f"タブレット{numbers}番：{action}", "roster", event_id=loans[0].event_id) as change:
        for loan in loans:
            change.update(TabletLoan, loan.id, **values)
    return ActionResult(f"タブレット{numbers}番：{action}と記録しました。", loans[0].id if len(loans) == 1 else 0)


def _required_loan(store: Store, loan_id: int) -> tuple[TabletLoan, Tablet]:
    tablets = {one.id: one for one in table.tablets(store.database)}
    for loan in table.all_loans(store.database):
        if loan.id == loan_id:
            return loan, tablets[loan.tablet_id]
    raise UserError("この貸出しは、もうありません。", "一覧を開き直してください。")
