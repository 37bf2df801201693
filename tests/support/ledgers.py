"""A ledger for tests, declared in ten lines, in the place of all others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.ledgers.rules.book import Drawn
from app.ledgers.rules.columns import LedgerColumn
from app.ledgers.services.ledger import LEDGERS, OWN, Ledger
from app.ledgers.services.ledger_papers import ledger_paper
from app.papers.services.paper_kind import PAPERS

KEYS = Ledger(
    key="keys",
    title="鍵の貸出簿",
    sign="鍵",
    keeper=OWN,
    columns=(
        LedgerColumn(key="at", title="貸出日時", kind="moment"),
        LedgerColumn(key="room", title="場所", width=60),
        LedgerColumn(key="who", title="借りた者", kind="person"),
        LedgerColumn(key="count", title="本数", kind="number", unit="本"),
        LedgerColumn(key="back", title="返却日時", kind="moment", later=True),
    ),
)

ROW = {"at": "2026-11-20T10:30", "room": "倉庫", "who": "見本　係員", "count": "2"}


def declare(monkeypatch: Any, *ledgers: Ledger) -> None:
    """Let these be all ledgers of the program, each with its paper."""
    others = tuple(one for one in PAPERS.all() if one.shelf != "管理簿")
    monkeypatch.setattr(LEDGERS, "_known", ledgers)
    monkeypatch.setattr(PAPERS, "_known", (*others, *map(ledger_paper, ledgers)))


def emptied(store: Any) -> Any:
    """The same store without the rows that the sample year has in its ledgers."""
    for table in ("ledger_notes", "ledger_numbers", "ledger_rows", "check_sheets"):
        store.database.execute(f"DELETE FROM {table}")
    return store


def with_rows(ledger: Ledger, drawn: list[Drawn]) -> Ledger:
    """The same ledger with rows that another record holds; the list may change later."""
    from dataclasses import replace

    def rows(_database: Any, _programme: Any) -> Iterable[Drawn]:
        return tuple(drawn)

    return replace(ledger, sources=(rows,))
