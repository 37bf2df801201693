"""A ledger is found by its own name, and leads to itself; without a year there is none to open."""

from __future__ import annotations

from app.actions.action_id import ActionLink
from app.home.today.services.global_search import search_everything
from app.ledgers.services.ledger import LEDGERS
from tests.support.stores import new_store
from tests.support.years import started_year


def ledgers_found(store, text):
    return [
        (item.title, item.link)
        for group in search_everything(store, text=text).groups
        for item in group.items
        if item.link is not None and item.link.action == "管理簿"
    ]


def test_a_ledger_is_found_by_its_name_in_the_newest_year_and_not_before_there_is_one(tmp_path):
    store, empty = started_year(tmp_path / "year"), new_store(tmp_path / "empty")
    ledger = next(iter(LEDGERS))
    assert (ledger.title, ActionLink("管理簿", ledger=ledger.key)) in ledgers_found(store, ledger.title)
    assert ledgers_found(store, "ない管理簿") == []
    assert ledgers_found(empty, ledger.title) == []
