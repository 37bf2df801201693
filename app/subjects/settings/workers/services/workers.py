"""The 従事者名簿 (F-02, 特7) as a ledger, and who of the contractor serves on a day.

- ``read_workers(database, programme) -> tuple[Worker, ...]``
- ``who_serves(store, fiscal_year, on, role) -> tuple[Worker, ...]`` what other subjects ask
- ``known_names(database, programme)`` names proposed where somebody of either side is typed
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.ledgers.rules.book import Book, LedgerDoubt, make_book
from app.ledgers.rules.columns import LedgerColumn, Names
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from app.ledgers.services.reading import year_of_ledgers
from app.subjects.settings.workers.rules import ROLES, Worker, period_problem, workers_of
from db.engine import Database
from db.records.accounts import User
from db.records.ledgers import LedgerNote, LedgerRow
from db.records.programme import Programme
from db.rows import rows
from db.store import Store

KEY: Final = "workers"
_EXPIRED: Final = "期間切れ"


def read_workers(database: Database, programme: Programme) -> tuple[Worker, ...]:
    """Return everybody in the 従事者名簿 of a year, corrections included, also those whose period is over."""
    book = make_book(
        WORKERS.columns,
        typed=rows(database, LedgerRow, programme_id=programme.id, ledger=KEY),
        drawn=(),
        notes=rows(database, LedgerNote, programme_id=programme.id, ledger=KEY),
        numbers=(),
        names=Names(),
    )
    return workers_of(book.lines)


def who_serves(store: Store, *, fiscal_year: int, on: date, role: str) -> tuple[Worker, ...]:
    """Return who of the contractor serves on a day.

    Args:
        role: one of 管理責任者, 業務責任者, 講師, アドバイザー, ファシリテーター, 事務; "" = in any role.

    Raises:
        Refusal: that year was not started here.
    """
    found = read_workers(store.database, year_of_ledgers(store.database, fiscal_year))
    return tuple(one for one in found if one.serves(on) and role in ("", one.role))


def known_names(database: Database, programme: Programme) -> tuple[str, ...]:
    """Return the names of both sides: who uses this program, then the contractor's people."""
    ours = [one.display_name for one in rows(database, User) if one.active]
    return tuple(dict.fromkeys((*ours, *(one.name for one in read_workers(database, programme)))))


def _expired(_database: Database, _programme: Programme, book: Book, today: date) -> Iterable[LedgerDoubt]:
    """Whose period is over without a new one (特7 with 仕3): the last day passed, and nobody said what follows."""
    for one in workers_of(book.lines):
        if one.state(today) == _EXPIRED and one.ends is not None:
            yield LedgerDoubt(
                row=one.row,
                rule=f"{_EXPIRED}:{one.ends.isoformat()}",
                words=f"{_EXPIRED}です",
                told=f"{one.name}さんの従事終了予定日は {short_date(one.ends, today)} です。"
                f"延びたときは日を訂正し、終わったときは理由に書きます。",
                basis="特7・特8",
                column="ends",
                question=f"従事者届の{one.name}さん（{one.role}）について、"
                f"従事終了予定日の{short_date(one.ends, today)}を過ぎています。\n"
                f"延長のときは変更の届を、終了のときはその旨をお知らせください。",
            )


def _with_role(role: str) -> Total:
    return Total(role, lambda cells: cells.get("role") == role)


WORKERS: Final = Ledger(
    key=KEY,
    title="従事者名簿",
    sign="従事者",
    keeper=CONTRACTORS,
    clause="特7",
    about="受託者が届け出た従事者の氏名・所属・従事期間。期間の外の人は期間切れになります",
    every="年1回",
    mark="重要情報（氏名を含む）",
    columns=(
        LedgerColumn("begins", "従事開始日", "day", width=26),
        LedgerColumn("name", "氏名", "text", width=40),
        LedgerColumn("belongs", "所属", width=52),
        LedgerColumn("role", "役割", "choice", choices=ROLES, width=30),
        LedgerColumn("ends", "従事終了予定日", "day", width=30),
        LedgerColumn("told", "届出日", "day", width=26, happened=True, hint="受託者から届を受け取った日"),
        LedgerColumn("note", "備考", width=30, needed=False, listed=False, printed=False),
    ),
    refuses=period_problem,
    doubts=(_expired,),
    totals=tuple(_with_role(role) for role in ROLES[2:5]),
    note="従事期間は契約の期間の中にある（仕3）。変更は速やかに届け出る（特8）。",
)
