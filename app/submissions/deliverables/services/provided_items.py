"""提供物台帳 (K-289), what the ward provided (information, accounts, rights, devices) and its return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.calendar.dates import short_date
from app.ledgers.rules import LedgerBook, LedgerColumn, LedgerDoubt, LedgerHolding, day_order_problem
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.programme.services import read_view
from app.submissions.deliverables.services.disposal_ledger import item_key, read_proofs
from db.engine import Database
from db.records.programme import Programme

KEY = "provided"
_SORTS = ("情報", "資料", "アカウント", "アクセス権限", "機器")
_BACK = _SORTS[2:]
"""What must be returned or stopped; information and documents are a matter of 返還 (特22)."""


def _not_returned_doubts(
    database: Database, programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts on accounts, rights and devices still out after the last day of the contract."""
    last = read_view(database, programme, today, with_names=False).programme.term_end
    if today <= last:
        return
    proven = read_proofs(database, programme)
    for line in book.counted_lines:
        held = _holding(line.cells)
        # A proof from before the thing was provided is about an earlier one of the same name.
        days = [one.cell("done") for one in proven.get(item_key(held.item, held.medium), [])]
        is_proven = any(day >= line.cell("given") for day in days)
        if held.medium in _BACK and not held.returned_on and not is_proven:
            yield LedgerDoubt(
                row=line.key,
                rule=f"回収:{last.isoformat()}",
                words="回収・停止の記録がありません",
                explanation=f"履行期間の末日（{short_date(last, today)}）を過ぎています。"
                f"回収または停止した日を入れるか、続ける理由を書きます。",
                basis="目安日",
                column="back",
                question=f"「{line.cells.get('what', '')}」について、返却または利用の停止をした日をお知らせください。",
            )


def _back_before_given(cells: Mapping[str, str]) -> str:
    return day_order_problem(PROVIDED_LEDGER.columns, cells, ("given", "back"))


def _holding(cells: Mapping[str, str]) -> LedgerHolding:
    return LedgerHolding(item=cells.get("what", ""), medium=cells.get("sort", ""), returned_on=cells.get("back", ""))


PROVIDED_LEDGER = Ledger(
    key=KEY,
    title="提供物台帳",
    sign="提供",
    keeper=WARD,
    about="区が受託者に提供した情報・資料・アカウント・権限・機器と、その回収",
    check_interval="半年ごと",
    columns=(
        LedgerColumn("given", "提供日", "day", width=26, is_past_event=True),
        LedgerColumn("what", "提供したもの", width=62),
        LedgerColumn("sort", "種類", "choice", choices=_SORTS, width=26),
        LedgerColumn("to", "提供先", "person", width=36),
        LedgerColumn("use", "目的", width=48),
        LedgerColumn(
            "back",
            "回収・停止日",
            "day",
            width=26,
            is_past_event=True,
            is_required=False,
            filled_later=True,
            only_when=("sort", _BACK),
        ),
        LedgerColumn("note", "備考", width=22, is_required=False, shown_in_list=False),
    ),
    row_problem=_back_before_given,
    doubt_rules=(_not_returned_doubts,),
    holding=_holding,
    totals=(
        Total(
            label="回収・停止を待つもの",
            is_counted=lambda cells: cells.get("sort") in _BACK and not cells.get("back"),
            names_rows=True,
        ),
    ),
)
