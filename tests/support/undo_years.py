"""Undo of what concerns whole years and 契約変更; found by ``tests/history/test_undo_everything.py``."""

from dataclasses import replace
from datetime import date

from app.programme import services as programme_services
from app.year.contract import services as contract_services
from app.year.dates import services as dates_services
from tests.support.scenarios import Scenarios, after, done
from tests.support.world import DAY

SCENARIOS: Scenarios = {
    contract_services.record_contract_change: lambda w: {
        "programme_id": 1,
        "numbers": [replace(programme_services.read_programme(w.store).kind("講習会"), headcount_period="7日前")],
        "terms": replace(programme_services.read_programme(w.store).programme, proposal_period="3週間以内"),
        "valid_from": date(2026, 12, 1), "reason": "契約変更 第1回"},
    dates_services.close_year: lambda _w: {"fiscal_year": 2026, "day": DAY, "reason": "契約の満了"},
    dates_services.reopen_year: lambda w: after(done(dates_services.close_year, w), fiscal_year=2026),
    dates_services.start_year: lambda w: {"draft": dates_services.next_year_draft(w.store, today=DAY)},
}  # fmt: skip
