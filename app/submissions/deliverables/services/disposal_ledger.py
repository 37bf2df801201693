"""返還・廃棄簿 (F-28 to F-30, 特22-2, 特18(7)), the ledger of what the contractor returned or destroyed.

Rows have the six items of the certificate, and are read from it. What the contractor keeps with the ward's
consent is in it, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from app.common.clauses import clause_of
from app.common.join_nonempty import join_nonempty
from app.ledgers.rules import LedgerBook, LedgerColumn, LedgerDoubt, LedgerLine
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from app.ledgers.services.ledger_reading import read_books
from app.submissions.deliverables.rules.year_form_definitions import BY_SOFTWARE, DISPOSALS, RETURNED
from db.engine import Database
from db.name_key import name_key
from db.records.programme import Programme

KEY = "disposals"
_EXPERT = "専門業者"
RETAINED = "区が認めて残す"
"""What the contractor keeps, with its reason and until when (a law of its own, a following contract)."""


def tool_problem(cells: Mapping[str, str]) -> str:
    """Return a sentence when software, an outside firm or a reason is missing, or "" (特18(7), 特22-3)."""
    if cells.get("tool"):
        return ""
    return {
        BY_SOFTWARE: "消去ソフトの名称と方式が書かれていません。",
        _EXPERT: "専門業者の名称が書かれていません。",
        RETAINED: "残す理由と期限が書かれていません。",
    }.get(cells.get("way", ""), "")


def _outside_firm_doubts(
    _database: Database, _programme: Programme, book: LedgerBook, _today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts on destruction by an outside firm for which no approval of the ward is noted (特22-3)."""
    for line in book.lines:
        if line.cancel_reason or line.cell("way") != _EXPERT or line.cell("allowed"):
            continue
        yield LedgerDoubt(
            row=line.key,
            rule="廃棄の外部委託",
            words="外部委託の承認の記録がありません",
            explanation="廃棄を外部に委託するときは、あらかじめ区の承認が要ります。許可・承認の番号か、事情を理由に書きます。",
            basis=clause_of("廃棄の外部委託の承認"),
            column="allowed",
            question=f"「{line.cells.get('item', '')}」の廃棄の外部委託について、区の承認の日をお知らせください。",
        )


DISPOSAL_LEDGER = Ledger(
    key=KEY,
    title="返還・廃棄簿",
    sign="返廃",
    keeper=CONTRACTORS,
    clause=clause_of("返還・処分を証明する書類", "復元できない廃棄とその管理簿"),
    about="受託者が返還・廃棄・消去した情報と媒体。届いた返還・廃棄証明書から入り、手でも記入できます",
    check_interval="",
    columns=(
        LedgerColumn("done", "返還・廃棄の年月日", "day", width=28, is_past_event=True),
        LedgerColumn("item", "情報項目", width=54),
        LedgerColumn("medium", "媒体名", width=40),
        LedgerColumn("quantity", "数量", width=20),
        LedgerColumn("way", "方法", "choice", choices=(*DISPOSALS, RETAINED), width=36),
        LedgerColumn("tool", "ソフト名・業者名・残す理由", width=30, is_required=False, shown_under=("way", "")),
        LedgerColumn("who", "責任者", "person", width=26),
        LedgerColumn("allowed", "外部委託の承認", is_required=False, only_when=("way", (_EXPERT,)),
        filled_later=True,
            hint="許可・承認簿の番号", shown_in_list=False, has_print_column=False),
        LedgerColumn("covers", "残っているもの", is_required=False, filled_later=True, shown_in_list=False,
        has_print_column=False,
            hint="一覧の名前と違うときに、一覧の情報項目と媒体名"),
        LedgerColumn("note", "備考", width=14, is_required=False, shown_in_list=False),
    ),
    row_problem=tool_problem,
    doubt_rules=(_outside_firm_doubts,),
    totals=(
        Total(RETURNED, lambda cells: cells.get("way") == RETURNED),
        Total("廃棄・消去", lambda cells: cells.get("way", RETURNED) not in (RETURNED, RETAINED)),
        Total(RETAINED, lambda cells: cells.get("way") == RETAINED, names_rows=True),
    ),
    note="返還または処分を完了したときは、証明する書類を区に提出する"
    f"（{clause_of('返還・処分を証明する書類')}）。媒体の廃棄は管理簿で管理する（{clause_of('復元できない廃棄とその管理簿')}）。",
)  # fmt: skip


def read_proofs(database: Database, programme: Programme) -> dict[str, list[LedgerLine]]:
    """Return the valid rows of 返還・廃棄簿, 「区が認めて残す」 included, by what each is about (``item_key``)."""
    # Doubts are not needed here, so no day is passed.
    book, _setting = read_books(database, programme, programme.term_end, (DISPOSAL_LEDGER,))[KEY]
    found: dict[str, list[LedgerLine]] = {}
    for line in book.counted_lines:
        words = line.cell("covers") or join_nonempty(line.cell("item"), line.cell("medium"))
        found.setdefault(name_key(words), []).append(line)
    return found


_TOLD_BY = re.compile("^[区市町村都道府県](?=が伝えた書類)")
"""How a form names the municipality in the item of what it told the contractor."""


def item_key(item: str, medium: str) -> str:
    """Return the key of an item and medium, ignoring spacing and how the municipality calls itself."""
    return name_key(join_nonempty(_TOLD_BY.sub("区", item), medium))
