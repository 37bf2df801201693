"""調査・監査の記録 (F-32, F-33, 特23, 特24): one row for each visit or request, with findings and outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.ledgers.rules.book import Book, LedgerDoubt
from app.ledgers.rules.ledger_columns import LedgerColumn, cell_day, day_order_problem
from app.ledgers.services.ledger import WARD, Ledger, Total
from db.engine import Database
from db.records.programme import Programme

VISITS_KEY: Final = "visits"
_NOTHING, _MEND = "指摘なし", "改善を指示"
_SORTS: Final = ("実地の調査", "説明・報告の求め", "監査（区の要綱）", "第三者の証明書による代替")


def _overdue_corrections(_database: Database, _programme: Programme, book: Book, today: date) -> Iterable[LedgerDoubt]:
    """Return doubts about corrections whose deadline, set by the ward, passed without confirmation (特23-1)."""
    for line in book.lines:
        cells = line.cells
        until = cell_day(cells.get("until", ""))
        if line.cancel_reason or cells.get("result") != _MEND or cells.get("ended") or until is None or until >= today:
            continue
        yield LedgerDoubt(
            row=line.key,
            rule=f"改善:{until.isoformat()}",
            words="改善の確認がありません",
            explanation=f"改善の期限は {short_date(until, today)} でした。"
            "改善を確かめて記入するか、事情を理由に書きます。",
            basis="特23-1",
            column="ended",
            question=f"{short_date(until, today)}が期限の改善（{cells.get('found', '')}）の状況をお知らせください。",
        )


def _day_order_problem(cells: Mapping[str, str]) -> str:
    return day_order_problem(VISITS.columns, cells, ("held", "until"), ("held", "ended"))


VISITS: Final = Ledger(
    key=VISITS_KEY,
    title="調査・監査の記録",
    sign="調査",
    keeper=WARD,
    clause="特23・特24",
    about="受託者（再委託先を含む）への調査・報告の求め・監査と、指摘とその終わり",
    check_interval="",
    columns=(
        LedgerColumn("held", "実施日", "day", width=26, is_past_event=True),
        LedgerColumn("sort", "種別", "choice", choices=_SORTS, width=34),
        LedgerColumn("whom", "相手・場所", width=40),
        LedgerColumn("who", "調査した人", "person", width=24),
        LedgerColumn("asked", "確かめたこと", width=40),
        LedgerColumn("result", "結果", "choice", choices=(_NOTHING, _MEND), width=20),
        LedgerColumn("found", "指摘・指示", width=36, only_when=("result", (_MEND,))),
        LedgerColumn("until", "改善の期限", "day", width=20, is_required=False, only_when=("result", (_MEND,)),
            shown_in_list=False),
        LedgerColumn("ended", "改善の確認日", "day", width=26, is_past_event=True, is_required=False, filled_later=True,
            only_when=("result", (_MEND,))),
        LedgerColumn("paper", "代替資料", is_required=False, only_when=("sort", (_SORTS[3],)), shown_in_list=False,
        has_print_column=False,
            hint="資料の名、発行者、発行日"),
        LedgerColumn("note", "備考", width=15, is_required=False, shown_in_list=False),
    ),
    row_problem=_day_order_problem,
    doubt_rules=(_overdue_corrections,),
    totals=(
        Total(_MEND, lambda cells: cells.get("result") == _MEND),
        Total("改善を待つもの", lambda cells: cells.get("result") == _MEND and not cells.get("ended"), names_rows=True),
    ),
    note="区は、必要と認めるときは実地に調査し、または説明・報告を求め、改善を指示できる（特23）。",
)  # fmt: skip
