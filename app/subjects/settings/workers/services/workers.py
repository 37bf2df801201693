"""The 従事者名簿 (F-02, 特7) as a ledger, and who of the contractor serves on a day.

- ``read_workers(database, programme) -> tuple[Worker, ...]``
- ``who_serves(store, fiscal_year, on, role) -> tuple[Worker, ...]`` what other subjects ask
- ``known_names(database, programme)`` names proposed where somebody of either side is typed
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from app.calendar.dates import short_date
from app.ledgers.rules.book import Book, LedgerDoubt, make_book
from app.ledgers.rules.columns import LedgerColumn, Names
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from app.ledgers.services.reading import year_of_ledgers
from app.subjects.settings.workers.rules import ROLES, Worker, period_problem, workers_of
from app.subjects.settings.workers.services.lessons import taught
from db.engine import Database
from db.name_key import name_key
from db.records.accounts import User
from db.records.ledgers import LedgerNote, LedgerRow
from db.records.programme import Programme
from db.records.submissions.received import ReceivedPaper
from db.rows import rows
from db.store import Store

KEY: Final = "workers"
CHANGES_KIND: Final = "変更届"
"""The kind of received paper that tells what of the 届 changed (特8)."""
_EXPIRED: Final = "期間切れ"
_TRAINED: Final = 14
_TOLD: Final = ("name", "belongs", "role", "begins", "ends")
_TOLD_BEFORE: Final = 30
"""A 変更届 that came up to so many days before may be what the correction was made from."""


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


def _untaught(database: Database, programme: Programme, book: Book, today: date) -> Iterable[LedgerDoubt]:
    """Who serves and stands in no 教育 (特9), from two weeks after the first day on, which is our own aim.

    As long as nothing at all was entered there, nothing can be held against it.
    """
    names, known = taught(database, programme)
    if not known:
        return
    for one in workers_of(book.lines):
        begun = one.begins is None or one.begins + timedelta(days=_TRAINED) <= today
        if not begun or not one.serves(today) or name_key(one.name) in names:
            continue
        yield LedgerDoubt(
            row=one.row,
            rule=f"教育:{one.name}",
            words="教育の記録がありません",
            told=f"{one.name}さんが教育を受けた記録がありません。"
            "教育実施報告書を受け取るか、教育・周知の記録に記入するか、事情を理由に書きます。",
            basis="特9",
            question=f"従事者届の{one.name}さん（{one.role}）について、教育の実施日をお知らせください。",
        )


def _untold(database: Database, programme: Programme, book: Book, today: date) -> Iterable[LedgerDoubt]:
    """What was corrected because it changed, and no 変更届 came for it (特8: 速やかに)."""
    corrected = [
        (line, note) for line in book.lines for note in line.standing if not line.cancelled and note.about in _TOLD
    ]
    if not corrected:
        return
    came = [one.received_on for one in rows(database, ReceivedPaper, programme_id=programme.id, kind=CHANGES_KIND)]
    for line, note in corrected:
        on = note.at.date()
        if any(day >= on - timedelta(days=_TOLD_BEFORE) for day in came):
            continue
        yield LedgerDoubt(
            row=line.key,
            rule=f"変更届:{note.id}",
            words="変更の届がありません",
            told=f"{line.cells.get('name', '')}さんの届の内容を{short_date(on, today)}に訂正しました。"
            "変わったときは変更届を受け取り、書き誤りのときは理由にそう書きます。",
            basis="特8",
            question=f"従事者届の{line.cells.get('name', '')}さんについて、変更の届をお願いします。",
            owes=CHANGES_KIND,
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
    doubts=(_expired, _untaught, _untold),
    awaits=lambda line: line.owed,
    totals=tuple(_with_role(role) for role in ROLES[2:5]),
    note="従事期間は契約の期間の中にある（仕3）。変更は速やかに届け出る（特8）。",
)
