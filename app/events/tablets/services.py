"""The ward's tablets: register, lending, return, 初期化.

貸与タブレットの貸出・返却 is a ledger (F-38, 仕4(1)ク); it gives a borrower by the number of the 受付名簿, never by
name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.documents.rules import Matter
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.notification_kinds import NotificationKind
from app.event.rules.notification_facts import TABLETS_READY, time_and_place_facts
from app.event.services.event_document import core_records_of
from app.event.services.event_records import read_event_or_error
from app.event.services.event_results import update_counted_result
from app.event.services.tasks.follow_ups import FollowUp
from app.events.arrangements.services import (
    agenda_of,
    notifications_in_effect,
    notified_keys,
    order_message,
    withdraw_notifications,
)
from app.events.roster.services.entry_names import entry_label, required_entry, spoken_name
from app.events.roster.services.roster import Roster, RosterRow, read_roster
from app.events.tablets.rules import SPARE, LoanState, free_tablets, loan_state, needs_follow_up
from app.ledgers.rules import DerivedRow, LedgerColumn, cells_of
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.programme.rules import join_clauses
from app.programme.services import ProgrammeView
from db.engine import Database
from db.journal import Change
from db.record import RowsById, record
from db.records.documents import Notification
from db.records.events import Event
from db.records.programme import Programme
from db.records.roster import Device, Entry, Tablet, TabletLoan
from db.rows import by_id, rows, rows_by_id
from db.store import Store
from db.tables import events
from db.tables import roster as table

TABLET_ASSIGNMENT_KIND = "割当て"


TABLET_KEEPER = "貸与タブレットの準備の担当"


def note_tablets_ready(change: Change, context: ActionContext, event: Event) -> None:
    """Record inside ``change`` the day, hours and place for which the tablets were reserved.

    Nothing is recorded if the newest record in effect says the same.
    """
    facts = time_and_place_facts(event, agenda_of(context.store, event))
    standing = notifications_in_effect(context.store, event.id, TABLETS_READY)
    if standing and standing[-1].facts == facts:
        return
    change.insert(
        Notification(
            event_id=event.id,
            document_kind=TABLETS_READY,
            key=TABLETS_READY,
            facts=facts,
            told_on=context.now.date(),
            told_to=TABLET_KEEPER,
            told_how=TABLET_ASSIGNMENT_KIND,
            told_by=context.by,
            **context.signature,
        )
    )


def tablet_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return when and where the tablets have to be ready, once they were reserved; () if the event is cancelled."""
    course = core_records_of(subject)
    if TABLETS_READY not in notified_keys(course) or not course.event.status.counts:
        return ()
    return (
        Matter(key=TABLETS_READY, facts=time_and_place_facts(course.event, course.agenda), document_kind=TABLETS_READY),
    )


NOTIFICATIONS = (
    NotificationKind(
        document_names=(TABLETS_READY,),
        usual_party=TABLET_KEEPER,
        matters=tablet_matters,
        text=order_message,
    ),
)


_TABLETS = "貸与タブレットの画面"


def _lent_tablets(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield a ledger row for each loan of the year's events that was handed over; the borrower by his number only."""
    titles = {one.id: one.full_title for one in events.events_of_year(database, programme.id)}
    tablets = rows_by_id(database, Tablet)
    loans = table.loans_of(database, list(titles))
    people = rows(database, Entry, id=tuple(one.entry_id for one in loans if one.entry_id))
    numbers = {one.id: one.number for one in people}
    for loan in loans:
        if loan.out_at is None:
            continue
        number = numbers.get(loan.entry_id or 0)
        values = {
            "out": loan.out_at,
            "number": tablets[loan.tablet_id].number,
            "name": tablets[loan.tablet_id].name,
            "event": str(loan.event_id),
            "lent_to": f"名簿 {number}番" if number else "名簿の方" if loan.entry_id else "予備（当日）",
            "back": loan.back_at,
            "initialised": loan.initialised_at,
            "checked": loan.checked_by,
        }
        yield DerivedRow(
            key=f"tablet_loans:{loan.id}",
            cells=cells_of(**values),
            written_at=loan.out_at,
            made_by="貸し出した",
            link=ActionLink("貸与タブレット", event_id=loan.event_id),
            event_id=loan.event_id,
        )


def _is_not_initialised(cells: Mapping[str, str]) -> bool:
    return bool(cells.get("back")) and not cells.get("initialised")


def _has_lent_tablets(store: Store, view: ProgrammeView) -> bool:
    """Return whether a kind of the year lends tablets, or tablets were lent all the same."""
    if any(one.lends_devices for one in view.rows.numbers):
        return True
    return any(True for _loan in _lent_tablets(store.database, view.programme))


TABLET_LEDGER = Ledger(
    key="tablet_loans",
    title="貸与タブレット貸出返却簿",
    is_kept=_has_lent_tablets,
    not_kept_words="この年度の契約では、タブレットを貸しません。",
    sign="貸与",
    short="貸与タブレット",
    keeper=WARD,
    clause=lambda view: join_clauses(one.clause_equipment for one in view.kinds if one.lends_devices),
    about="当日の貸与タブレットの貸出・返却・初期化。貸出先は名簿の番号で書きます",
    allows_typed_rows=False,
    columns=(
        LedgerColumn("out", "貸出日時", "moment", width=28),
        LedgerColumn("number", "物件番号", width=22),
        LedgerColumn("name", "品名", width=34, is_required=False, shown_in_list=False),
        LedgerColumn("event", "実施回", "event", width=48),
        LedgerColumn("lent_to", "貸出先", width=26),
        LedgerColumn("back", "返却日時", "moment", width=28, filled_later=True, recorded_elsewhere=_TABLETS),
        LedgerColumn("initialised", "初期化確認", "moment", width=28, filled_later=True, recorded_elsewhere=_TABLETS),
        LedgerColumn(
            "checked",
            "確認者",
            "person",
            width=26,
            filled_later=True,
            shown_under=("initialised", ""),
            recorded_elsewhere=_TABLETS,
        ),
    ),
    sources=(_lent_tablets,),
    totals=(
        Total("未返却", lambda cells: not cells.get("back"), names_rows=True),
        Total("初期化の確認待ち", _is_not_initialised, names_rows=True),
    ),
)


TABLETS = "貸与タブレット"


def read_tablets(store: Store) -> tuple[Tablet, ...]:
    """Return every tablet by number, including those no longer used."""
    return tuple(table.tablets(store.database))


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
    lent = {loan.tablet_id for loan in rows(context.database, TabletLoan)}
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


@record
class LoanRow:
    """One loan in words.

    Attributes:
        number: of the person on the 受付名簿, None = none.
        who, organisation: of the person; "" = a tablet that nobody got.
        is_spare: it was reserved as 予備, which it stays when it is handed over.
        event_title, event_date: only set by ``open_loans``.
    """

    loan: TabletLoan
    tablet: Tablet
    state: LoanState
    number: int | None
    who: str
    organisation: str
    is_spare: bool
    event_title: str = ""
    event_date: date | None = None


@record
class Loans:
    """The tablets of one event.

    Attributes:
        rows: its loans, reserved ones included, in the order of the register.
        needed: people who come with 貸与; ``missing`` those of them without a reserved tablet, 0 once it is over.
        free: tablets that can still be reserved for the event.
        spare: loans reserved as 予備.
        is_over: the event was held, or its day is past, so tablets come back and none is handed out any more.
    """

    rows: tuple[LoanRow, ...]
    needed: int
    missing: int
    free: int
    spare: int
    is_over: bool

    @property
    def open_rows(self) -> tuple[LoanRow, ...]:
        """Return the loans still to be returned or initialised."""
        return tuple(row for row in self.rows if needs_follow_up(row.loan))


def read_loans(store: Store, *, event_id: int, today: date) -> Loans:
    """Return the tablets of one event; raises ``UserError`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    tablets = RowsById(table.tablets(store.database))
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
    wanting = _borrowers(roster)
    is_over = roster.event.status.is_held or roster.event.is_past(today)
    return Loans(
        rows=tuple(sorted(rows, key=lambda row: (order[row.tablet.id], row.loan.id))),
        needed=len(wanting),
        missing=0 if is_over else sum(row.loan is None for row in wanting),
        free=len(free_tablets_for(store, roster.event)),
        spare=sum(row.is_spare for row in rows),
        is_over=is_over,
    )


def _borrowers(roster: Roster) -> list[RosterRow]:
    """Return who is to get a tablet, by number; not who is known to stay away."""
    return [row for row in roster.check_in_rows if row.entry.device.is_lent and not row.entry.attendance.is_absent]


def open_loans(store: Store, *, today: date) -> tuple[LoanRow, ...]:
    """Return every tablet of any event that is out, or returned and not confirmed as initialised."""
    found = []
    for event_id in dict.fromkeys(loan.event_id for loan in table.open_loans(store.database)):
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
    loans = [*table.open_loans(store.database), *table.loans_of(store.database, same_day)]
    return free_tablets(table.tablets(store.database), loans, same_day)


def tablet_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return a follow-up for each past event of which tablets are not returned or not confirmed as initialised.

    Args:
        event_id: only this event; None = all.
    """
    loans = table.open_loans(database) if event_id is None else []
    found = []
    for number in dict.fromkeys([event_id] if event_id is not None else [loan.event_id for loan in loans]):
        event = by_id(database, Event, number)
        if event is None or event.event_date is None or event.event_date >= today:
            continue
        mine = [loan for loan in loans or rows(database, TabletLoan, event_id=number) if loan.event_id == number]
        states = [loan_state(loan, event.event_date, today) for loan in mine if needs_follow_up(loan)]
        if states:
            found.append(_tablet_follow_up(number, event.event_date, states))
    return found


def _tablet_follow_up(event_id: int, day: date, states: list[LoanState]) -> FollowUp:
    """Return the task about tablets that are out or not initialised."""
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


def assign_tablets(context: ActionContext, *, event_id: int, spare: int = 0) -> ActionResult:
    """Reserve a tablet for everybody with 貸与 who has none, in number order, and keep ``spare`` for others ready.

    Tablets reserved for people who no longer come or borrow, and spare ones above ``spare``, are released first; those
    that were handed over stay. If there are too few, those available are assigned and the shortage is reported. When
    and where the tablets have to be ready is recorded as notified (``note_tablets_ready``).

    Raises:
        UserError: some are lacking, and no tablet at all is free.
    """
    event = read_event_or_error(context.database, event_id)
    roster = read_roster(context.store, event_id=event_id)
    wanting = [row.entry.id for row in _borrowers(roster)]
    with context.change(f"{event.full_title}：貸与タブレットを割り当てた", "roster", event_id=event_id) as change:
        loans = table.loans(context.database, event_id)
        waiting = [loan for loan in loans if loan.out_at is None]
        spares = [loan for loan in waiting if loan.entry_id is None]
        unwanted = [loan for loan in waiting if loan.entry_id is not None and loan.entry_id not in wanting]
        for loan in (*unwanted, *spares[spare:]):
            change.delete(TabletLoan, loan.id)
        given_to = {loan.entry_id for loan in loans}
        missing: list[int | None] = [each for each in wanting if each not in given_to]
        missing += [None] * max(spare - len(spares), 0)
        free = free_tablets_for(context.store, event)
        if missing and not free:
            raise UserError(
                "使えるタブレットがありません。", "タブレットの台帳に加えるか、返却と初期化の確認を済ませてください。"
            )
        for entry_id, tablet in zip(missing, free, strict=False):
            note = SPARE if entry_id is None else ""
            change.insert(TabletLoan(tablet_id=tablet.id, event_id=event_id, entry_id=entry_id, note=note))
        note_tablets_ready(change, context, event)
    given = min(len(missing), len(free))
    said = f"{given}台を割り当てました。" if given else "割当てを整えました。"
    return ActionResult(said + fill_nonempty("あと{}台足りません。", len(missing) - given), event_id)


def release_tablets(context: ActionContext, *, event_id: int) -> ActionResult:
    """Cancel every reservation that was not handed over yet; raises ``UserError`` if there is none.

    The notification of when and where the tablets have to be ready is withdrawn with them.
    """
    event = read_event_or_error(context.database, event_id)
    waiting = [loan for loan in table.loans(context.database, event_id) if loan.out_at is None]
    if not waiting:
        raise UserError("取り消せる割当てはありません。", "渡したタブレットは、返却で戻してください。")
    with context.change(
        f"{event.full_title}：貸与タブレットの割当てを取り消した", "roster", event_id=event_id
    ) as change:
        for loan in waiting:
            change.delete(TabletLoan, loan.id)
        withdraw_notifications(context.store, change, event_id, TABLETS_READY, "割当ての取消")
    return ActionResult(f"{len(waiting)}台の割当てを取り消しました。", event_id)


def hand_out(context: ActionContext, *, event_id: int, entry_ids: Sequence[int]) -> ActionResult:
    """Record that people were given a tablet (``hand_out_in_change``)."""
    event = read_event_or_error(context.database, event_id)
    with context.change(f"{event.full_title}：タブレットを渡した", "roster", event_id=event_id) as change:
        hand_out_in_change(change, context, event, entry_ids)
        update_counted_result(context.store, change, event_id)
    return ActionResult(f"{len(entry_ids)}人に、タブレットを渡したと記録しました。", event_id)


def hand_out_in_change(change: Change, context: ActionContext, event: Event, entry_ids: Sequence[int]) -> None:
    """Give each of these people inside ``change`` the tablet reserved, else a free one.

    Where the register has too few it gets one with the person's number, to be corrected: that somebody got one is no
    less true.
    """
    reserved = {loan.entry_id: loan for loan in table.loans(context.database, event.id)}
    free = free_tablets_for(context.store, event)
    for entry_id in entry_ids:
        loan = reserved.get(entry_id)
        if loan is None:
            number = f"仮{required_entry(context.store, entry_id).number or entry_id}"
            if rows(context.database, Tablet, number=number):
                number += f"-{entry_id}"
            tablet_id = free.pop(0).id if free else change.insert(Tablet(number=number))
            change.insert(TabletLoan(tablet_id=tablet_id, event_id=event.id, entry_id=entry_id, out_at=context.now))
        elif loan.out_at is None:
            change.update(TabletLoan, loan.id, out_at=context.now)


def lend_spare(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Hand the first spare tablet to a person at the check-in, whose device becomes 貸与.

    Raises ``UserError`` if there is none.
    """
    entry = required_entry(context.store, entry_id)
    event = read_event_or_error(context.database, entry.event_id)
    with context.change(
        f"{event.full_title}：{entry_label(entry)}に予備のタブレットを渡した", "roster", event_id=event.id
    ) as change:
        number = lend_spare_in_change(change, context, event.id, entry_id)
        if not number:
            raise UserError("渡せる予備のタブレットがありません。", "タブレットの画面で予備を割り当ててください。")
        change.update(Entry, entry_id, device=Device.LENT)
        update_counted_result(context.store, change, event.id)
    return ActionResult(f"{spoken_name(context.store, entry)}に、予備のタブレット{number}番を渡しました。", entry_id)


def lend_spare_in_change(change: Change, context: ActionContext, event_id: int, entry_id: int) -> str:
    """Hand over the first spare tablet inside ``change``; return its number, or "" if there is none.

    The person's device stays as it is.
    """
    tablets = rows_by_id(context.database, Tablet)
    for loan in table.loans(context.database, event_id):
        if loan.entry_id is None and loan.out_at is None:
            change.update(TabletLoan, loan.id, entry_id=entry_id, out_at=context.now)
            return tablets[loan.tablet_id].number
    return ""


def release_loans(store: Store, change: Change, event_id: int, entry_ids: Collection[int]) -> tuple[str, ...]:
    """Cancel inside ``change`` the loans of ``entry_ids``, because those people did not come.

    A tablet not returned yet counts as never handed over. A returned one was used by somebody, so it stays in the
    ledger as a spare.

    Returns:
        The numbers of tablets whose user is unknown now.
    """
    tablets = rows_by_id(store.database, Tablet)
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


def note_returned(context: ActionContext, *, loan_ids: Sequence[int]) -> ActionResult:
    """Record that those of the tablets that are out were returned; raises ``UserError`` if none is."""
    loans = [_required_loan(context.store, each) for each in loan_ids]
    loans = [loan for loan in loans if loan.out_at is not None and loan.back_at is None]
    if not loans:
        raise UserError("返却を待っているタブレットはありません。")
    return _note_loans(context, loans, "返却された", back_at=context.now)


def confirm_initialised(context: ActionContext, *, loan_ids: Sequence[int], checked_by: str) -> ActionResult:
    """Record that returned tablets were initialised and who checked it; raises ``UserError`` if none waits."""
    loans = [_required_loan(context.store, each) for each in loan_ids]
    loans = [loan for loan in loans if loan.back_at is not None and loan.initialised_at is None]
    if not loans:
        raise UserError("初期化の確認を待っているタブレットはありません。", "先に返却を記録してください。")
    return _note_loans(
        context, loans, "初期化を確認した", initialised_at=context.now, checked_by=checked_by.strip() or context.by
    )


def _note_loans(context: ActionContext, loans: Sequence[TabletLoan], action: str, **values: object) -> ActionResult:
    """Write the same ``values`` (by field) into several loans as one action, logged for the event of the first.

    ``action`` is the verb in the message (「渡した」).
    """
    tablets = rows_by_id(context.database, Tablet)
    numbers = "、".join(tablets[loan.tablet_id].number for loan in loans)
    with context.change(f"タブレット{numbers}番：{action}", "roster", event_id=loans[0].event_id) as change:
        for loan in loans:
            change.update(TabletLoan, loan.id, **values)
        update_counted_result(context.store, change, loans[0].event_id)
    return ActionResult(f"タブレット{numbers}番：{action}と記録しました。")


def _required_loan(store: Store, loan_id: int) -> TabletLoan:
    """Return a loan, or raise that it is gone."""
    loan = by_id(store.database, TabletLoan, loan_id)
    if loan is None:
        raise UserError("この貸出しは、もうありません。", "一覧を開き直してください。")
    return loan
