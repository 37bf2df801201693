"""Undo of 検査, 請求書の点検・返戻, 支払 and the questions to the 会計課: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
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

Act = Callable[[World, ActionContext], object]
ELSE: dict[str, Any] = {"by": OTHER, "now": NOW}
CAME, TODAY = date(2026, 11, 24), NOW.date()


def _came(world: World, kind: str) -> int:
    return received_services.receive_paper(
        ActionContext(world.store, **ELSE),
        kind=kind,
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=CAME, original_place="紙ファイル"),
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
    checks.note_reading(ActionContext(world.store, **ELSE), paper_id=paper, said=said)
    for one in found.points:
        checks.accept_point(ActionContext(world.store, **ELSE), paper_id=paper, point=one.point.name, reason="試し")


def _checked(world: World, *, finish: bool) -> int:
    paper = _came(world, "業務完了届")
    _settled(world, paper)
    if finish:
        checks.finish_check(ActionContext(world.store, **ELSE), paper_id=paper, on=TODAY, first_by="見本")
    world.before = world.rows()
    return paper


def _inspected(world: World, **values: Any) -> int:
    _came(world, "業務完了届")
    return inspections.save_inspection(ActionContext(world.store, **ELSE), inspection=an_inspection(CAME, **values)).id


def _mending(world: World) -> int:
    row_id = _inspected(world, result="手直し", repair="写真")
    world.before = world.rows()
    return row_id


def _invoiced(world: World, *, returned: bool = False, ordered: bool = False) -> int:
    _inspected(world)
    paper = _came(world, "請求書")
    if returned:
        checks.return_invoice(ActionContext(world.store, **ELSE), programme_id=1, returned_on=TODAY, reason="誤り")
    if ordered:
        payments.save_payment(ActionContext(world.store, **ELSE), payment=_payment())
    world.before = world.rows()
    return paper


def _payment(**values: Any) -> Payment:
    return Payment(programme_id=1, ordered_on=TODAY, reason="試し", **values)


def _asked(world: World) -> int:
    saved = payments.ask_accounts(ActionContext(world.store, **ELSE), programme_id=1, matter=payments.BOTH_ENDS)
    world.before = world.rows()
    return saved.id


def _inspect(world: World, context: ActionContext) -> object:
    row_id = _mending(world)
    kept = replace(get_or_raise(world.store.database, Inspection, row_id), inspector="見本　和子")
    return inspections.save_inspection(context, inspection=kept)


def _pay(world: World, context: ActionContext) -> object:
    _invoiced(world, ordered=True)
    found = read_completion(world.store, programme_id=1, today=TODAY).payment
    return payments.save_payment(context, payment=replace(found, paid_on=TODAY))


def _return(world: World, context: ActionContext) -> object:
    _invoiced(world)
    return checks.return_invoice(context, programme_id=1, returned_on=TODAY, reason="誤り")


def _take_back(world: World, context: ActionContext) -> object:
    _invoiced(world, returned=True)
    return checks.take_back_return(context, programme_id=1)


def _unpay(world: World, context: ActionContext) -> object:
    _invoiced(world, ordered=True)
    return payments.remove_payment(context, programme_id=1)


SCENARIOS: dict[Callable[..., Any], Act] = {
    inspections.save_inspection: _inspect,
    inspections.note_repaired: lambda w, context: inspections.note_repaired(
        context, inspection_id=_mending(w), repaired_on=TODAY),
    checks.note_reading: lambda w, context: checks.note_reading(
        context, paper_id=_notice(w), said={"件名": "見本の事業"}),
    checks.accept_point: lambda w, context: checks.accept_point(
        context, paper_id=_notice(w), point="契約金額", reason="税抜で書かれている"),
    checks.finish_check: lambda w, context: checks.finish_check(
        context, paper_id=_checked(w, finish=False), on=TODAY, first_by="見本"),
    checks.reopen_check: lambda w, context: checks.reopen_check(
        context, paper_id=_checked(w, finish=True), reason="見直し"),
    checks.return_invoice: _return,
    checks.take_back_return: _take_back,
    payments.save_payment: _pay,
    payments.remove_payment: _unpay,
    payments.ask_accounts: lambda w, context: payments.ask_accounts(
        context, programme_id=1, matter=payments.BOTH_ENDS),
    payments.note_answer: lambda w, context: payments.note_answer(
        context, question_id=_asked(w), answer="数えない", answered_on=TODAY),
}  # fmt: skip
