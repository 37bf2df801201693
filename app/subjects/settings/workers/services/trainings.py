"""教育・周知の記録 (F-04, 特9): who of the 従事者名簿 was trained when; rows come from the 教育実施報告書."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.ledgers.rules.book import Book, LedgerDoubt, build_book
from app.ledgers.rules.ledger_columns import LedgerColumn, LedgerNames, cell_day
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from app.subjects.settings.workers.rules import ABSENT, TOOK_PART
from db.engine import Database
from db.name_key import name_key
from db.records.ledgers import LedgerNote, LedgerRow
from db.records.programme import Programme
from db.rows import rows

TRAININGS_KEY: Final = "lessons"


def trained_workers(database: Database, programme: Programme) -> tuple[frozenset[str], bool]:
    """Return the keys of the names that took part, and whether the ledger has any row at all."""
    book = build_book(
        TRAININGS.columns,
        typed_rows=rows(database, LedgerRow, programme_id=programme.id, ledger=TRAININGS_KEY),
        derived=(),
        notes=rows(database, LedgerNote, programme_id=programme.id, ledger=TRAININGS_KEY),
        numbers=(),
        names=LedgerNames(),
    )
    lines = [line for line in book.lines if not line.cancel_reason]
    names = {name_key(line.cells.get("name", "")) for line in lines if line.cells.get("state") == TOOK_PART}
    return frozenset(names), bool(lines)


def _missed_training_doubts(
    _database: Database, _programme: Programme, book: Book, today: date
) -> Iterable[LedgerDoubt]:
    """Return doubts about people who were absent and whose make-up day is not set or has passed without 受講.

    特9 names no day.
    """
    lines = [line for line in book.lines if not line.cancel_reason]
    done = {name_key(line.cells.get("name", "")) for line in lines if line.cells.get("state") == TOOK_PART}
    for line in lines:
        if line.cells.get("state") != ABSENT or name_key(line.cells.get("name", "")) in done:
            continue
        again = cell_day(line.cells.get("again", ""))
        if again is not None and again >= today:
            continue
        name = line.cells.get("name", "")
        told = f"補講の予定日（{short_date(again, today)}）を過ぎています。" if again else "補講の予定日がありません。"
        yield LedgerDoubt(
            row=line.key,
            rule=f"補講:{again.isoformat() if again else ''}",
            words="補講の記録がありません",
            explanation=f"{name}さんは教育を受けていません。{told}補講のあと「受講」の行を加えるか、事情を理由に書きます。",
            basis="特9",
            column="again",
            question=f"{name}さんの教育（補講）について、実施した日または予定の日をお知らせください。",
        )


TRAININGS: Final = Ledger(
    key=TRAININGS_KEY,
    title="教育・周知の記録",
    sign="教育",
    keeper=CONTRACTORS,
    clause="特9",
    about="受託者が従事者に行った特記事項の周知と教育。届いた教育実施報告書から入り、手でも記入できます",
    check_interval="年1回",
    handling_mark="重要情報（氏名を含む）",
    columns=(
        LedgerColumn("told", "報告日", "day", width=26, is_past_event=True),
        LedgerColumn("name", "氏名", width=42),
        LedgerColumn("belongs", "所属", width=48),
        LedgerColumn("state", "受講", "choice", choices=(TOOK_PART, ABSENT), width=20),
        LedgerColumn("held", "受講日", "day", width=26, is_past_event=True, only_when=("state", (TOOK_PART,))),
        LedgerColumn("reason", "未受講の理由", width=44, is_required=False, only_when=("state", (ABSENT,))),
        LedgerColumn("again", "補講の予定日", "day", width=28, is_required=False, only_when=("state", (ABSENT,))),
        LedgerColumn("note", "備考", width=14, is_required=False, shown_in_list=False),
    ),
    doubt_rules=(_missed_training_doubts,),
    totals=(
        Total(TOOK_PART, lambda cells: cells.get("state") == TOOK_PART),
        Total(ABSENT, lambda cells: cells.get("state") == ABSENT, names_rows=True),
    ),
    note="特記事項の内容は、管理責任者と従事者の全員に周知する。個人情報を取り扱う契約では教育を行い、結果を提出する（特9）。",
)
