"""Tablets lent on the day: put ready in number order, handed over, taken back, initialised and checked by whom.

- ``assign_tablets(store, event_id, spare, by, now) -> Saved``; ``release_tablets(store, event_id, by, now)``
- ``hand_out``, ``lend_spare``, ``take_back``, ``confirm_initialised`` (store, …, by, now) → ``Saved``
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.arrangements.rules.tablet_states import SPARE
from app.subjects.arrangements.services.tablet_view import free_for
from app.subjects.events.services.event_file import required_event
from app.subjects.roster.services.entry_names import place_words, required_entry, spoken
from app.subjects.roster.services.roster import read_roster
from db.journal import Change
from db.records.roster import Entry, Tablet, TabletLoan
from db.store import Store
from db.tables import roster as table


def assign_tablets(store: Store, *, event_id: int, spare: int = 0, by: str, now: datetime) -> Saved:
    """Put a tablet ready for everybody with 貸与 who has none, in number order, and ``spare`` ones in all beside them.

    Tablets ready for people who no longer come, or no longer borrow, are free again first. Where there are fewer
    tablets than needed, those there are are given out and the rest is said.

    Raises:
        Refusal: nobody needs one and no spare is wanted, or not one tablet is free.
    """
    event = required_event(store.database, event_id)
    roster = read_roster(store, event_id=event_id)
    wanting = [row.entry.id for row in roster.door if row.entry.device == "貸与"]
    with store.change(
        action=f"{event.full_title}：貸与タブレットを割り当てた", by=by, now=now, subject="roster", event_id=event_id
    ) as change:
        kept = []
        spares = 0
        for loan in table.loans(store.database, event_id):
            if loan.out_at is None and loan.entry_id is not None and loan.entry_id not in wanting:
                change.delete(TabletLoan, loan.id)
            else:
                kept.append(loan.entry_id)
                spares += loan.entry_id is None
        for loan in [one for one in table.loans(store.database, event_id) if one.entry_id is None][spare:]:
            change.delete(TabletLoan, loan.id)
        missing: list[int | None] = [each for each in wanting if each not in kept]
        missing += [None] * max(spare - spares, 0)
        free = free_for(store, event)
        if missing and not free:
            raise Refusal(
                "使えるタブレットがありません。", "タブレットの台帳に加えるか、返却と初期化の確認を済ませてください。"
            )
        for entry_id, tablet in zip(missing, free, strict=False):
            note = SPARE if entry_id is None else ""
            change.insert(TabletLoan(tablet_id=tablet.id, event_id=event_id, entry_id=entry_id, note=note))
    short = len(missing) - min(len(missing), len(free))
    given = min(len(missing), len(free))
    said = f"{given}台を割り当てました。" if given else "割当てを整えました。"
    return Saved(said=said + (f"あと{short}台足りません。" if short else ""), id=event_id)


def release_tablets(store: Store, *, event_id: int, by: str, now: datetime) -> Saved:
    """Take back every assignment that was not yet handed over."""
    event = required_event(store.database, event_id)
    waiting = [loan for loan in table.loans(store.database, event_id) if loan.out_at is None]
    if not waiting:
        raise Refusal("取り消せる割当てはありません。", "渡したタブレットは、返却で戻してください。")
    with store.change(
        action=f"{event.full_title}：貸与タブレットの割当てを取り消した",
        by=by, now=now, subject="roster", event_id=event_id,
    ) as change:  # fmt: skip
        for loan in waiting:
            change.delete(TabletLoan, loan.id)
    return Saved(said=f"{len(waiting)}台の割当てを取り消しました。", id=event_id)


def hand_out(store: Store, *, loan_id: int, by: str, now: datetime) -> Saved:
    """Note that a tablet put ready was handed over."""
    loan, tablet = _required(store, loan_id)
    if loan.out_at is not None:
        raise Refusal(f"タブレット{tablet.number}番は、すでに渡しています。")
    return _note(store, [loan], "渡した", by, now, out_at=now)


def lend_spare(store: Store, *, entry_id: int, by: str, now: datetime) -> Saved:
    """Hand the first spare tablet to somebody at the door, whose device becomes 貸与."""
    entry = required_entry(store, entry_id)
    event = required_event(store.database, entry.event_id)
    with store.change(
        action=f"{event.full_title}：{place_words(entry)}に予備のタブレットを渡した",
        by=by, now=now, subject="roster", event_id=event.id,
    ) as change:  # fmt: skip
        number = hand_spare(store, change, event.id, entry_id, now)
        if not number:
            raise Refusal("渡せる予備のタブレットがありません。", "タブレットの画面で予備を割り当ててください。")
        change.update(Entry, entry_id, device="貸与")
    return Saved(said=f"{spoken(store, entry)}に、予備のタブレット{number}番を渡しました。", id=entry_id)


def hand_spare(store: Store, change: Change, event_id: int, entry_id: int, now: datetime) -> str:
    """Inside ``change``: hand over the first spare tablet; return its number, or "" when there is none."""
    tablets = {one.id: one for one in table.tablets(store.database)}
    for loan in table.loans(store.database, event_id):
        if loan.entry_id is None and loan.out_at is None:
            change.update(TabletLoan, loan.id, entry_id=entry_id, out_at=now)
            return tablets[loan.tablet_id].number
    return ""


def take_back(store: Store, *, loan_ids: Sequence[int], by: str, now: datetime) -> Saved:
    """Note that tablets came back."""
    loans = [_required(store, each)[0] for each in loan_ids]
    loans = [loan for loan in loans if loan.out_at is not None and loan.back_at is None]
    if not loans:
        raise Refusal("返却を待っているタブレットはありません。")
    return _note(store, loans, "返却された", by, now, back_at=now)


def confirm_initialised(store: Store, *, loan_ids: Sequence[int], checked_by: str, by: str, now: datetime) -> Saved:
    """Note that tablets were initialised, and who checked it; only after they came back."""
    loans = [_required(store, each)[0] for each in loan_ids]
    loans = [loan for loan in loans if loan.back_at is not None and loan.initialised_at is None]
    if not loans:
        raise Refusal("初期化の確認を待っているタブレットはありません。", "先に返却を記録してください。")
    return _note(store, loans, "初期化を確認した", by, now, initialised_at=now, checked_by=checked_by.strip() or by)


def _note(store: Store, loans: Sequence[TabletLoan], what: str, by: str, now: datetime, **values: object) -> Saved:
    tablets = {one.id: one for one in table.tablets(store.database)}
    numbers = "、".join(tablets[loan.tablet_id].number for loan in loans)
    with store.change(
        action=f"タブレット{numbers}番：{what}", by=by, now=now, subject="roster", event_id=loans[0].event_id
    ) as change:
        for loan in loans:
            change.update(TabletLoan, loan.id, **values)
    return Saved(said=f"タブレット{numbers}番：{what}と記録しました。", id=loans[0].id if len(loans) == 1 else 0)


def _required(store: Store, loan_id: int) -> tuple[TabletLoan, Tablet]:
    tablets = {one.id: one for one in table.tablets(store.database)}
    for loan in table.all_loans(store.database):
        if loan.id == loan_id:
            return loan, tablets[loan.tablet_id]
    raise Refusal("この貸出しは、もうありません。", "一覧を開き直してください。")
