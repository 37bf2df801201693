"""Undo of the ledgers: settings come back; a row, a correction, an answer and a check are marked and stay."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.ledgers.services import check_lists, ledger_writing
from app.settings.disposal.services import contract_end
from tests.support.check_sheets import begun, filled
from tests.support.scenarios import Scenarios, done
from tests.support.world import OTHER

_CLOUD = {"service": "見本", "provider": "見本", "type": "SaaS型", "use": "見本"}


SCENARIOS: Scenarios = {
    ledger_writing.set_ledger: lambda _w: {
        "key": "takeouts", "fiscal_year": 2026, "every": "毎月", "begins": date(2026, 12, 1), "basis": "区の手順",
        "keep_years": 5},
    check_lists.save_header: lambda _w: {
        "key": "cloud", "fiscal_year": 2026, "header": _CLOUD, "filled_on": None, "filled_by": ""},
    check_lists.answer_item: lambda w: {
        "sheet_id": begun(w.store, by=OTHER), "item": "1", "answer": {"word": "適合", "evidence": "規約"}},
    check_lists.accept_sheet: lambda w: {
        "sheet_id": filled(w.store, by=OTHER), "received_on": date(2026, 8, 18), "checked_by": "見本　係員",
        "review_on": date(2027, 3, 1)},
    check_lists.revise_sheet: lambda w: {"sheet_id": done(check_lists.accept_sheet, w)},
}  # fmt: skip

_MARKED = "a ledger: undo marks the row and leaves it (tests/ledgers/test_ledger_engine.py)"
NO_UNDO: dict[Callable[..., Any], str] = {
    ledger_writing.enter_row: _MARKED,
    ledger_writing.correct_row: _MARKED,
    ledger_writing.cancel_row: _MARKED,
    ledger_writing.answer_doubt: _MARKED,
    ledger_writing.note_check: _MARKED,
    contract_end.record_ended_items: _MARKED,
}
