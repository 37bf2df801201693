"""The forms as kinds of received documents, and the ledger of goods brought (F-08, 特21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.common.clauses import clause_of
from app.ledgers.rules import NO, YES, LedgerBook, LedgerColumn, LedgerDoubt, day_order_problem
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.received.services import ReceivedKind, fixed_points
from app.submissions.deliverables.rules.submission_form import FIGURES, GOODS
from db.engine import Database
from db.records.programme import Programme
from db.tables.reports import REPORT_KIND

GOODS_KEY = "goods"
_ALLOWED, _REFUSED = "許可", "不許可"


def _unallowed_doubts(
    _database: Database, _programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts on goods brought, or due today, without permission (特21: 甲の許可なく持ち込めない)."""
    for line in book.lines:
        if line.cancel_reason or line.day is None or line.day > today:
            continue
        if line.cell("answer") != _ALLOWED:
            words = "不許可のまま持込日になりました" if line.cell("answer") == _REFUSED else "許可の記録がありません"
            yield LedgerDoubt(
                row=line.key,
                rule=f"許可:{line.day.isoformat()}",
                words=words,
                explanation=f"{line.cells.get('goods', '')}の持込日は {line.day.month}月{line.day.day}日です。"
                f"区の許可なく履行場所に持ち込めません。",
                basis=clause_of("物品等の持ち込みの禁止"),
                column="answer",
                question=f"{line.day.month}月{line.day.day}日に持ち込む「{line.cells.get('goods', '')}」について、"
                f"区の許可の前に持ち込んでいないかをご確認ください。",
            )


def goods_problem(cells: Mapping[str, str]) -> str:
    """Return a sentence when goods would leave before they came, or ""."""
    return day_order_problem(GOODS_LEDGER.columns, cells, ("brought", "back"))


GOODS_LEDGER = Ledger(
    key=GOODS_KEY,
    title="物品持込許可簿",
    sign="持込",
    keeper=WARD,
    clause=clause_of("物品等の持ち込みの禁止"),
    about="受託者が履行場所に持ち込む物品と、区の許可。届いた物品持込許可申請書から入り、手でも記入できます",
    check_interval="",
    columns=(
        LedgerColumn("brought", "持込日", "day", width=26),
        LedgerColumn("place", "履行場所", width=40),
        LedgerColumn("goods", "物品名", width=44),
        LedgerColumn("quantity", "数量", "number", width=13),
        LedgerColumn("use", "用途", width=38),
        LedgerColumn("computer", "情報機器", "choice", choices=(YES, NO), width=16, shown_in_list=False),
        LedgerColumn("antivirus", "ウイルス対策", width=17, is_required=False, only_when=("computer", (YES,)),
            shown_in_list=False),
        LedgerColumn("back", "搬出日", "day", width=26, is_required=False, filled_later=True, shown_in_list=False),
        LedgerColumn("answer", "許可", "choice", choices=(_ALLOWED, _REFUSED), width=13, filled_later=True),
        LedgerColumn("answered", "許可日", "day", width=26, is_past_event=True, filled_later=True, is_required=False,
            shown_in_list=False, has_print_column=False),
        LedgerColumn("who", "許可者", "person", width=22, filled_later=True, is_required=False, shown_in_list=False,
            has_print_column=False),
        LedgerColumn("note", "備考", width=13, is_required=False, shown_in_list=False),
    ),
    row_problem=goods_problem,
    doubt_rules=(_unallowed_doubts,),
    totals=(
        Total(label="情報機器", is_counted=lambda cells: cells.get("computer") == YES),
        Total(label="許可を待つもの", is_counted=lambda cells: not cells.get("answer"), names_rows=True),
    ),
    note="受託者は、区の許可なく受託業務に必要な物品等を履行場所に持ち込まない"
    f"（{clause_of('物品等の持ち込みの禁止')}）。",
)  # fmt: skip

RECEIVED_KINDS = (
    ReceivedKind(kind=FIGURES, about="実施回", clause="", settled_by_kind=REPORT_KIND),
    ReceivedKind(
        kind=GOODS,
        about="年度",
        clause=clause_of("物品等の持ち込みの禁止"),
        rule="持ち込む前",
        is_standalone=True,
        check_verb="許可を決める",
        points=fixed_points("履行場所", "持込日", "物品名・数量", "用途", "情報機器のウイルス対策"),
    ),
)
"""The form of numbers is received beside a report and required by no clause of its own."""
