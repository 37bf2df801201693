"""Undo of what people ask of their own data: a mistake they point out, and their requests."""

from typing import Any

from app.registers.register.services import mistake_reports
from app.settings.data_requests import services as data_requests
from db.records.year.rights import DataRequest, MistakeReport, RequestKind, RequestStep
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, done


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


SCENARIOS: Scenarios = {
    mistake_reports.save_report: lambda _w: {"report": report()},
    data_requests.save_request: lambda _w: {"request": request(basis="法83条")},
    data_requests.save_step: lambda w: {
        "step": RequestStep(request_id=done(data_requests.save_request, w), asked_on=NOW.date())},
    data_requests.save_term: lambda w: {"term": data_requests.terms_of(w.store.database)[RequestKind.DISCLOSURE]},
}  # fmt: skip
