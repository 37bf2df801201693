"""Undo of what people ask of their own data: a mistake they point out, and their requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.registers.register.services import mistake_reports
from app.settings.data_requests import services as data_requests
from db.records.year.rights import DataRequest, MistakeReport, RequestKind, RequestStep
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def report(**more: Any) -> MistakeReport:
    """A report as its form gives it."""
    given: dict[str, Any] = {
        "programme_id": 0,
        "person_id": 1,
        "about": "「斎」は「齋」",
        "received_on": NOW.date(),
        **more,
    }
    return MistakeReport(by="", at=NOW, **given)


def request(**more: Any) -> DataRequest:
    """A request as its form gives it."""
    given: dict[str, Any] = {
        "programme_id": 0, "number": 0, "person_id": 1, "kind": RequestKind.DISCLOSURE, "requester": "見本　太郎",
        "asked": "名簿に載る記録", "received_on": NOW.date(), "days": 30, "extra_days": 30, "basis": "", **more,
    }  # fmt: skip
    return DataRequest(by="", at=NOW, **given)


def asked(world: World) -> int:
    """A request that a colleague took in."""
    made = data_requests.save_request(ActionContext(world.store, OTHER, NOW), request=request(basis="法83条")).id
    world.before = world.rows()
    return made


SCENARIOS: dict[Callable[..., Any], Act] = {
    mistake_reports.save_report: lambda _w, context: mistake_reports.save_report(context, report=report()),
    data_requests.save_request: lambda _w, context: data_requests.save_request(
        context, request=request(basis="法83条")
    ),
    data_requests.save_step: lambda world, context: data_requests.save_step(
        context, step=RequestStep(request_id=asked(world), asked_on=context.today)
    ),
    data_requests.save_term: lambda world, context: data_requests.save_term(
        context, term=data_requests.terms_of(world.store.database)[RequestKind.DISCLOSURE]
    ),
}
