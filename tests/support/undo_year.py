"""Undo of what is done by hand about the due dates of the year."""

from datetime import date
from typing import Any

from app.year.dates import services as year_dates
from tests.support.scenarios import Scenarios, after, done

LATER: dict[str, Any] = {
    "programme_id": 1, "task": "検査を終える", "due": date(2027, 3, 26), "reason": "検査員の都合",
}  # fmt: skip
SCENARIOS: Scenarios = {
    year_dates.close_year_task: lambda _w: {
        "programme_id": 1, "task": "業務完了届", "closed_on": date(2026, 11, 30), "reason": "受領した"},
    year_dates.reopen_year_task: lambda w: after(
        done(year_dates.close_year_task, w), programme_id=1, task="業務完了届"),
    year_dates.override_year_deadline: lambda w: after(year_dates.override_year_deadline(w.other, **LATER), **LATER),
    year_dates.remove_year_override: lambda w: after(
        year_dates.override_year_deadline(w.other, **LATER), programme_id=1, task="検査を終える"),
}  # fmt: skip
