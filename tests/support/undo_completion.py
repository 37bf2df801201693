"""Undo of 検査, 請求書の点検・返戻, 支払 and the questions to the 会計課: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.get_or_raise import get_or_raise
from app.received import services as received_services
from app.received.services import ReceiptScope
from app.year_end.completion.services import checks, inspections, payments
from app.year_end.completion.services.completion import read_completion
from db.records.submissions.received import Receipt
from db.records.year.completion import Inspection, Payment
from tests.support.completion import an_inspection
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]
ELSE: dict[str, Any] = {"by": OTHER, "now": NOW}
CAME, TODAY = date(2026, 11, 24), NOW.date()


def _came(world: World, kind: str) -> int:
    return received_services.receive_paper(
        world.store,
        kind=kind,
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=CAME, original_place="紙ファイル"),
        **ELSE,
    ).id


def _notice(world: World) -> int:
    paper = _came(world, "業務完了届")
    world.before = world.rows()
    return paper


def _settled(world: World, paper: int) -> None:
    """Every point of a paper is taken as it is; what it says is read once for all of them."""
    shown = read_completion(world.store, programme_id=1, today=TODAY)
    found = next(one for one in (*shown.notices, *shown.invoices) if one.paper.id == paper)
    said = {name: found.register.values.get(name) or "あり" for one in found.points for name in one.point.fields}
    said |= {name: CAME.isoformat() for name in ("届出の日付", "完了年月日", "請求日") if name in said}
    checks.note_reading(world.store, paper_id=paper, said=said, **ELSE)
    for one in found.points:
        checks.accept_point(world.store, paper_id=paper, point=one.point.name, reason="試し", **ELSE)


def _checked(world: World, *, finish: bool) -> int:
    paper = _came(world, "業務完了届")
    _settled(world, paper)
    if finish:
        checks.finish_check(world.store, paper_id=paper, on=TODAY, first_by="見本", **ELSE)
    world.before = world.rows()
    return paper


def _inspected(world: World, **values: Any) -> int:
    _came(world, "業務完了届")
    return inspections.save_inspection(world.store, inspection=an_inspection(CAME, **values), **ELSE).id


def _mending(world: World) -> int:
    row_id = _inspected(world, result="手直し", repair="写真")
    world.before = world.rows()
    return row_id


def _invoiced(world: World, *, returned: bool = False, ordered: bool = False) -> int:
    _inspected(world)
    paper = _came(world, "請求書")
    if returned:
        checks.return_invoice(world.store, programme_id=1, returned_on=TODAY, reason="誤り", **ELSE)
    if ordered:
        payments.save_payment(world.store, payment=_payment(), **ELSE)
    world.before = world.rows()
    return paper


def _payment(**values: Any) -> Payment:
    return Payment(programme_id=1, ordered_on=TODAY, reason="試し", **values)


def _asked(world: World) -> int:
    saved = payments.ask_accounts(world.store, programme_id=1, matter=payments.BOTH_ENDS, **ELSE)
    world.before = world.rows()
    return saved.id


def _inspect(world: World, who: dict[str, Any]) -> object:
    row_id = _mending(world)
    kept = replace(get_or_raise(world.store.database, Inspection, row_id), inspector="見本　和子")
    return inspections.save_inspection(world.store, inspection=kept, **who)


def _pay(world: World, who: dict[str, Any]) -> object:
    _invoiced(world, ordered=True)
    found = read_completion(world.store, programme_id=1, today=TODAY).payment
    return payments.save_payment(world.store, payment=replace(found, paid_on=TODAY), **who)


def _return(world: World, who: dict[str, Any]) -> object:
    _invoiced(world)
    return checks.return_invoice(world.store, programme_id=1, returned_on=TODAY, reason="誤り", **who)


def _take_back(world: World, who: dict[str, Any]) -> object:
    _invoiced(world, returned=True)
    return checks.take_back_return(world.store, programme_id=1, **who)


def _unpay(world: World, who: dict[str, Any]) -> object:
    _invoiced(world, ordered=True)
    return payments.remove_payment(world.store, programme_id=1, **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    inspections.save_inspection: _inspect,
    inspections.note_repaired: lambda w, who: inspections.note_repaired(
        w.store, inspection_id=_mending(w), repaired_on=TODAY, **who),
    checks.note_reading: lambda w, who: checks.note_reading(
        w.store, paper_id=_notice(w), said={"件名": "見本の事業"}, **who),
    checks.accept_point: lambda w, who: checks.accept_point(
        w.store, paper_id=_notice(w), point="契約金額", reason="税抜で書かれている", **who),
    checks.finish_check: lambda w, who: checks.finish_check(
        w.store, paper_id=_checked(w, finish=False), on=TODAY, first_by="見本", **who),
    checks.reopen_check: lambda w, who: checks.reopen_check(
        w.store, paper_id=_checked(w, finish=True), reason="見直し", **who),
    checks.return_invoice: _return,
    checks.take_back_return: _take_back,
    payments.save_payment: _pay,
    payments.remove_payment: _unpay,
    payments.ask_accounts: lambda w, who: payments.ask_accounts(
        w.store, programme_id=1, matter=payments.BOTH_ENDS, **who),
    payments.note_answer: lambda w, who: payments.note_answer(
        w.store, question_id=_asked(w), answer="数えない", answered_on=TODAY, **who),
}  # fmt: skip
