"""Undo of 検査, 請求書の点検・返戻, 支払 and the questions to the 会計課: every row as it was before."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.received import services as received_services
from app.received.services import ReceiptScope
from app.year_end.completion.services import checks, inspections, payments
from app.year_end.completion.services.completion import read_completion
from db.records.submissions.received import Receipt
from db.records.year.completion import Inspection, Payment
from tests.support.completion import an_inspection
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, as_it_stands, done
from tests.support.world import World

MENDING = {"result": "手直し", "repair": "写真"}
CAME, TODAY = date(2026, 11, 24), NOW.date()


def _came(world: World, kind: str) -> int:
    return received_services.receive_paper(
        world.other,
        kind=kind,
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=CAME, original_place="紙ファイル"),
    ).id


def _settled(world: World, paper: int) -> None:
    """Every point of a paper is taken as it is; what it says is read once for all of them."""
    shown = read_completion(world.store, programme_id=1, today=TODAY)
    found = next(one for one in (*shown.notices, *shown.invoices) if one.paper.id == paper)
    said = {name: found.register.values.get(name) or "あり" for one in found.points for name in one.point.fields}
    said |= {name: CAME.isoformat() for name in ("届出の日付", "完了年月日", "請求日") if name in said}
    checks.note_reading(world.other, paper_id=paper, said=said)
    for one in found.points:
        checks.accept_point(world.other, paper_id=paper, point=one.point.name, reason="試し")


def _checked(world: World, *, finish: bool) -> int:
    paper = _came(world, "業務完了届")
    _settled(world, paper)
    if finish:
        checks.finish_check(world.other, paper_id=paper, on=TODAY, first_by="見本")
    return paper


def _inspected(world: World, **values: Any) -> int:
    _came(world, "業務完了届")
    return inspections.save_inspection(world.other, inspection=an_inspection(CAME, **values)).id


def _invoiced(world: World, *, returned: bool = False, ordered: bool = False) -> None:
    _inspected(world)
    _came(world, "請求書")
    if returned:
        checks.return_invoice(world.other, programme_id=1, returned_on=TODAY, reason="誤り")
    if ordered:
        payments.save_payment(world.other, payment=Payment(programme_id=1, ordered_on=TODAY, reason="試し"))


def _pay(world: World) -> dict[str, Any]:
    _invoiced(world, ordered=True)
    world.before = world.rows()  # the payment is given back whole
    found = read_completion(world.store, programme_id=1, today=TODAY).payment
    return {"payment": replace(found, paid_on=TODAY)}


SCENARIOS: Scenarios = {
    inspections.save_inspection: lambda w: {
        "inspection": replace(as_it_stands(Inspection, _inspected(w, **MENDING), w), inspector="見本　和子")},
    inspections.note_repaired: lambda w: {"inspection_id": _inspected(w, **MENDING), "repaired_on": TODAY},
    checks.note_reading: lambda w: {"paper_id": _came(w, "業務完了届"), "said": {"件名": "見本の事業"}},
    checks.accept_point: lambda w: {
        "paper_id": _came(w, "業務完了届"), "point": "契約金額", "reason": "税抜で書かれている"},
    checks.finish_check: lambda w: {"paper_id": _checked(w, finish=False), "on": TODAY, "first_by": "見本"},
    checks.reopen_check: lambda w: {"paper_id": _checked(w, finish=True), "reason": "見直し"},
    checks.return_invoice: lambda w: after(
        _invoiced(w), programme_id=1, returned_on=TODAY, reason="誤り"),
    checks.take_back_return: lambda w: after(_invoiced(w, returned=True), programme_id=1),
    payments.save_payment: _pay,
    payments.remove_payment: lambda w: after(_invoiced(w, ordered=True), programme_id=1),
    payments.ask_accounts: lambda _w: {"programme_id": 1, "matter": payments.BOTH_ENDS},
    payments.note_answer: lambda w: {
        "question_id": done(payments.ask_accounts, w), "answer": "数えない", "answered_on": TODAY},
}  # fmt: skip
