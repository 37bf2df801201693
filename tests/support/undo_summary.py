"""Undo of what is typed beside the numbers of a year."""

from datetime import date
from typing import Any

from app.year_end.summary.services import typed_numbers, year_answers
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, done

ITEM = "講習会/実施報告書"
EARLIER: dict[str, Any] = {
    "fiscal_year": 2025, "kind": "意見交換会", "source": "係の記録", "day": date(2026, 3, 31),
}  # fmt: skip


SCENARIOS: Scenarios = {
    year_answers.save_answer: lambda _w: {
        "fiscal_year": 2026, "question": "何人か", "asked_by": "見本議員", "asked_on": NOW.date(),
        "quoted": ("/延べ人数",), "answer": "111人"},
    year_answers.remove_answer: lambda w: {"answer_id": done(year_answers.save_answer, w)},
    typed_numbers.save_earlier_figures: lambda w: after(
        typed_numbers.save_earlier_figures(w.other, **EARLIER, numbers={"延べ人数": 58, "実施": 2}),
        **EARLIER, numbers={"延べ人数": 60, "実施": 2}),
    typed_numbers.save_earlier_lecture: lambda _w: {
        "fiscal_year": 2025, "name": "LINE講習会", "visits": 21, "source": "係の記録"},
    typed_numbers.set_reason: lambda w: after(
        typed_numbers.set_reason(w.other, programme_id=1, item=ITEM, reason="受託者の都合"),
        programme_id=1, item=ITEM, reason="別の理由"),
    typed_numbers.remove_reason: lambda w: after(done(typed_numbers.set_reason, w), programme_id=1, item=ITEM),
}  # fmt: skip
