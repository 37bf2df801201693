"""Undo of the forms that come back: the file, what was found in it and the numbers in 数字の突合 go together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.received.services import IncomingFile
from app.submissions.deliverables.services import circulation, outstanding, submission_forms
from app.submissions.reports.services import report_check
from db.records.submissions.received import Receipt
from tests.support import submission_forms as forms
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def take(world: World, context: ActionContext) -> Any:
    data = form(world)
    return submission_forms.receive_form(
        context,
        book=forms.read(data),
        file=IncomingFile(data=data, name="数字.xlsx"),
        receipt=Receipt(received_on=date(2026, 11, 30)),
        fiscal_year=2026,
    )


def form(world: World) -> bytes:
    return forms.filled(forms.figures_form(world.store, NOW, world.events["L4"]), {"申込": 15, "出席": 14})


def report_came(world: World) -> None:
    report_check.receive_report(
        ActionContext(world.store, OTHER, NOW),
        event_id=world.events["L4"],
        data=b"%PDF",
        name="報告書.pdf",
        pages=1,
        received_on=date(2026, 11, 30),
        received_how="メール",
    )
    world.before = world.rows()


def beside_a_report(world: World, context: ActionContext) -> object:
    report_came(world)
    return take(world, context)


def later(world: World, context: ActionContext) -> object:
    paper = take(world, ActionContext(world.store, OTHER, NOW)).id
    report_came(world)
    return submission_forms.enter_figures(context, book=forms.read(form(world)), paper_id=paper)


def asked(world: World, context: ActionContext) -> object:
    data = forms.filled(forms.figures_form(world.store, NOW, world.events["E1"]), {"申込": "十六人"})
    submission_forms.receive_form(
        ActionContext(world.store, OTHER, NOW),
        book=forms.read(data),
        file=IncomingFile(data=data, name="数字.xlsx"),
        receipt=Receipt(received_on=date(2026, 11, 30)),
        fiscal_year=2026,
    )
    world.before = world.rows()
    return outstanding.record_combined_correction(
        context,
        row_id=f"report-{world.events['E1']}",
        programme_id=1,
        due=date(2026, 12, 8),
        text="つぎの点",
    )


SCENARIOS: dict[Callable[..., Any], Act] = {
    submission_forms.receive_form: beside_a_report, submission_forms.enter_figures: later,
    outstanding.record_combined_correction: asked,
}  # fmt: skip
NO_UNDO: dict[Callable[..., Any], str] = {
    circulation.circulate: "an act: undo marks the row and leaves it (see test_owed.py)"
}
