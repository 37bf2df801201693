"""A ledger for tests, declared in ten lines, in the place of all others."""

from collections.abc import Iterable
from typing import Any

from app.documents.services.document_kind import DOCUMENTS
from app.ledgers.rules import DerivedRow, LedgerColumn
from app.ledgers.services.ledger import LEDGERS, WARD, Ledger
from app.ledgers.services.ledger_documents import ledger_document_kind

KEYS = Ledger(
    key="keys",
    title="鍵の貸出簿",
    sign="鍵",
    keeper=WARD,
    columns=(
        LedgerColumn(key="at", title="貸出日時", kind="moment"),
        LedgerColumn(key="room", title="場所", width=60),
        LedgerColumn(key="who", title="借りた者", kind="person"),
        LedgerColumn(key="count", title="本数", kind="number", unit="本"),
        LedgerColumn(key="back", title="返却日時", kind="moment", filled_later=True),
    ),
)

ROW = {"at": "2026-11-20T10:30", "room": "倉庫", "who": "見本　係員", "count": "2"}


def declare(monkeypatch: Any, *ledgers: Ledger) -> None:
    """Let these be all ledgers of the program, each with its paper."""
    others = tuple(one for one in DOCUMENTS.all() if one.group != "管理簿")
    monkeypatch.setattr(LEDGERS, "_contributions", ledgers)
    monkeypatch.setattr(DOCUMENTS, "_contributions", (*others, *map(ledger_document_kind, ledgers)))


def emptied(store: Any) -> Any:
    """The same store without the rows that the sample year has in its ledgers."""
    for table in ("ledger_notes", "ledger_numbers", "ledger_rows", "check_sheets"):
        store.database.execute(f"DELETE FROM {table}")
    return store


def with_rows(ledger: Ledger, drawn: list[DerivedRow]) -> Ledger:
    """The same ledger with rows that another record holds; the list may change later."""
    from dataclasses import replace

    def rows(_database: Any, _programme: Any) -> Iterable[DerivedRow]:
        return tuple(drawn)

    return replace(ledger, sources=(rows,))
