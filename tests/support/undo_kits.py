"""Undo of the forms that come back: the file, what was found in it and the numbers in 数字の突合 go together."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.received.services import IncomingFile
from app.submissions.deliverables.services import circulation, outstanding, submission_forms
from app.submissions.reports.services import report_check
from db.records.submissions.received import Receipt
from tests.support import submission_forms as forms
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after
from tests.support.world import World


def _sent(data: bytes) -> dict[str, Any]:
    file, receipt = IncomingFile(data=data, name="数字.xlsx"), Receipt(received_on=date(2026, 11, 30))
    return {"book": forms.read(data), "file": file, "receipt": receipt, "fiscal_year": 2026}


def form(world: World) -> bytes:
    return forms.filled(forms.figures_form(world.store, NOW, world.events["L4"]), {"申込": 15, "出席": 14})


def report_came(world: World) -> None:
    report_check.receive_report(
        world.other,
        event_id=world.events["L4"],
        data=b"%PDF",
        name="報告書.pdf",
        pages=1,
        received_on=date(2026, 11, 30),
        received_how="メール",
    )


def later(world: World) -> dict[str, Any]:
    paper = submission_forms.receive_form(world.other, **_sent(form(world))).id
    report_came(world)
    return {"book": forms.read(form(world)), "paper_id": paper}


def asked(world: World) -> dict[str, Any]:
    data = forms.filled(forms.figures_form(world.store, NOW, world.events["E1"]), {"申込": "十六人"})
    submission_forms.receive_form(world.other, **_sent(data))
    return {"row_id": f"report-{world.events['E1']}", "programme_id": 1, "due": date(2026, 12, 8), "text": "つぎの点"}


SCENARIOS: Scenarios = {
    submission_forms.receive_form: lambda w: after(report_came(w), **_sent(form(w))),
    submission_forms.enter_figures: later,
    outstanding.record_combined_correction: asked,
}  # fmt: skip
NO_UNDO: dict[Callable[..., Any], str] = {
    circulation.circulate: "an act: undo marks the row and leaves it (see test_owed.py)"
}
