"""A ledger is found by its own name, and leads to itself; without a year there is none to open. A row is found by
what it says now."""

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.home.today.services.global_search import search_everything
from app.ledgers.services.ledger import LEDGERS
from app.ledgers.services.ledger_writing import cancel_row, correct_row, enter_row
from tests.support.ledgers import KEYS, ROW, declare
from tests.support.stores import new_store
from tests.support.years import BY, NOW, started_year


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
    assert (ledgers_found(store, "ない管理簿"), ledgers_found(empty, ledger.title)) == ([], [])


def rows_found(store, text):
    return [
        (item.title, item.detail)
        for group in search_everything(store, text=text).groups
        for item in group.items
        if item.link is not None and item.link.action == "管理簿"
    ]


def test_a_row_is_found_with_its_corrections_and_says_where_it_is_cancelled(tmp_path, monkeypatch):
    store = started_year(tmp_path)
    declare(monkeypatch, KEYS)
    context, year = ActionContext(store, BY, NOW), {"key": "keys", "fiscal_year": 2026}
    first, second = (
        f"typed:{enter_row(context, cells=ROW | {'room': room}, **year).id}" for room in ("北倉庫", "書庫")
    )
    correct_row(context, row_key=first, column="room", value="南倉庫", reason="書き誤り", **year)
    cancel_row(context, row_key=second, reason="二重に書いた", **year)

    assert rows_found(store, "南倉庫") == [("南倉庫　見本　係員", "鍵の貸出簿　令和8年度　1番")]
    assert rows_found(store, "北倉庫") == []
    assert rows_found(store, "書庫") == [("書庫　見本　係員", "鍵の貸出簿　令和8年度　2番　取消")]
