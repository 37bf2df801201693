"""Where every lent tablet stands: for one event, and what is still open over all events.

- ``read_loans(store, event_id, today) -> Loans``; ``open_loans(store, today) -> tuple[LoanRow, ...]`` of all events
- ``free_for(store, event) -> list[Tablet]`` what can be put ready
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.action import Action
from app.subjects.arrangements.rules.tablet_states import SPARE, LoanState, free_tablets, is_open, loan_state
from app.subjects.arrangements.rules.tablet_states import is_open as is_lent
from app.subjects.events.services.event_file import required_event
from app.subjects.events.services.follow_ups import FollowUp
from app.subjects.roster.services.roster import read_roster
from db.engine import Database
from db.records.events import Event
from db.records.roster import Tablet, TabletLoan
from db.rows import by_id
from db.store import Store
from db.tables import events, roster
from db.tables import roster as table

TABLETS = "貸与タブレット"


@dataclass(frozen=True, kw_only=True)
class LoanRow:
    """One loan in words; ``who`` is empty for a spare, ``number`` the person's number on the 受付名簿."""

    loan: TabletLoan
    tablet: Tablet
    state: LoanState
    number: int | None = None
    who: str = ""
    organisation: str = ""
    spare: bool = False
    event_title: str = ""
    event_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class Loans:
    """The tablets of one event. ``missing`` = people with 貸与 for whom no tablet is ready; ``free`` could be taken."""

    event: Event
    rows: tuple[LoanRow, ...]
    needed: int
    missing: int
    free: int
    spare: int

    @property
    def open(self) -> tuple[LoanRow, ...]:
        """Those still to be taken back or initialised."""
        return tuple(row for row in self.rows if is_open(row.loan))


def read_loans(store: Store, *, event_id: int, today: date) -> Loans:
    """Return the tablets of one event; raises ``Refusal`` when the event is gone."""
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
                spare=loan.note == SPARE,
            )
        )
    order = {tablet_id: place for place, tablet_id in enumerate(tablets)}
    wanting = [row for row in roster.door if row.entry.device == "貸与"]
    return Loans(
        event=roster.event,
        rows=tuple(sorted(rows, key=lambda row: (order[row.tablet.id], row.loan.id))),
        needed=len(wanting),
        missing=sum(row.loan is None for row in wanting),
        free=len(free_for(store, roster.event)),
        spare=sum(row.spare for row in rows),
    )


def open_loans(store: Store, *, today: date) -> tuple[LoanRow, ...]:
    """Return every tablet that is still 未返却 or whose 初期化 nobody confirmed, over all events held."""
    found: list[LoanRow] = []
    for event_id in dict.fromkeys(loan.event_id for loan in table.all_loans(store.database) if is_open(loan)):
        event = required_event(store.database, event_id)
        for row in read_loans(store, event_id=event_id, today=today).open:
            found.append(replace(row, event_title=event.full_title, event_date=event.event_date))
    return tuple(found)


def free_for(store: Store, event: Event) -> list[Tablet]:
    """Return the tablets that can be put ready for ``event``, by number."""
    same_day = [
        one.id
        for one in events.all_of(store.database, event.programme_id)
        if one.id == event.id or (one.event_date is not None and one.event_date == event.event_date)
    ]
    return free_tablets(table.tablets(store.database), table.all_loans(store.database), same_day)


def tablet_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Tablets of events that are over: not back, or back and not yet seen to be initialised."""
    open_loans: dict[int, list[LoanState]] = {}
    for loan in roster.all_loans(database):
        if is_lent(loan):
            event = by_id(database, Event, loan.event_id)
            if event is not None and event.event_date is not None and event.event_date < today:
                open_loans.setdefault(event.id, []).append(loan_state(loan, event.event_date, today))
    found = []
    for event_id, states in open_loans.items():
        event = by_id(database, Event, event_id)
        if event is not None and event.event_date is not None:
            found.append(_tablets_of(event_id, event.event_date, states))
    return found


def _tablets_of(event_id: int, day: date, states: list[LoanState]) -> FollowUp:
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
        action=Action(label="タブレットを開く", place="tablets", arguments={"event_id": event_id}),
    )
