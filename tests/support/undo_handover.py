"""Undo of the change of staff."""

from datetime import date

from app.year_end.handover import services as handover_services
from db.records.agreements import Homework
from db.rows import rows
from tests.support.scenarios import Scenarios

SCENARIOS: Scenarios = {
    handover_services.hand_over: lambda w: {
        "fiscal_year": 2026, "predecessor": "見本　係員", "successor": "見本　五十嵐", "day": date(2027, 3, 31),
        "homework_ids": [one.id for one in rows(w.store.database, Homework, side="区", done_on=None)]},
}  # fmt: skip
