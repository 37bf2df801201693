"""貸与タブレットの貸出・返却 as a ledger (F-38, 仕4(1)ク): every lent tablet, its return and 初期化.

The borrower is given by the number of the 受付名簿, never by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from app.actions.action_id import ActionLink
from app.ledgers.rules.book import DerivedRow
from app.ledgers.rules.ledger_columns import LedgerColumn, to_cell
from app.ledgers.services.ledger import WARD, Ledger, Total
from db.engine import Database
from db.records.programme import Programme
from db.records.roster import Entry, Tablet
from db.rows import rows
from db.tables import events as event_table
from db.tables import roster

_SPARE = "予備（当日）"
_TABLETS: Final = "貸与タブレットの画面"


def _lent_tablets(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield every tablet that was handed over at an event of the year."""
    titles = {one.id: one.full_title for one in event_table.events_of_year(database, programme.id)}
    tablets = {one.id: one for one in rows(database, Tablet)}
    loans = [one for one in roster.all_loans(database) if one.event_id in titles and one.out_at is not None]
    people = rows(database, Entry, id=tuple(one.entry_id for one in loans if one.entry_id))
    numbers = {one.id: one.number for one in people}
    for loan in loans:
        if loan.out_at is None:
            continue
        number = numbers.get(loan.entry_id or 0)
        values = {
            "out": loan.out_at,
            "number": tablets[loan.tablet_id].number,
            "name": tablets[loan.tablet_id].name,
            "event": str(loan.event_id),
            "lent_to": f"名簿 {number}番" if number else "名簿の方" if loan.entry_id else _SPARE,
            "back": loan.back_at,
            "initialised": loan.initialised_at,
            "checked": loan.checked_by,
        }
        yield DerivedRow(
            key=f"tablet_loans:{loan.id}",
            cells={key: text for key, value in values.items() if (text := to_cell(value))},
            written_at=loan.out_at,
            made_by="貸し出した",
            link=ActionLink("貸与タブレット", event_id=loan.event_id),
            event_id=loan.event_id,
        )


def _is_not_returned(cells: Mapping[str, str]) -> bool:
    return not cells.get("back")


def _is_not_initialised(cells: Mapping[str, str]) -> bool:
    return bool(cells.get("back")) and not cells.get("initialised")


TABLET_LEDGER: Final = Ledger(
    key="tablet_loans",
    title="貸与タブレット貸出返却簿",
    sign="貸与",
    short="貸与タブレット",
    keeper=WARD,
    clause="仕4(1)ク",
    about="当日の貸与タブレットの貸出・返却・初期化。貸出先は名簿の番号で書きます",
    allows_typed_rows=False,
    columns=(
        LedgerColumn("out", "貸出日時", "moment", width=28),
        LedgerColumn("number", "物件番号", width=22),
        LedgerColumn("name", "品名", width=34, is_required=False, shown_in_list=False),
        LedgerColumn("event", "実施回", "event", width=48),
        LedgerColumn("lent_to", "貸出先", width=26),
        LedgerColumn("back", "返却日時", "moment", width=28, filled_later=True, recorded_elsewhere=_TABLETS),
        LedgerColumn("initialised", "初期化確認", "moment", width=28, filled_later=True, recorded_elsewhere=_TABLETS),
        LedgerColumn(
            "checked",
            "確認者",
            "person",
            width=26,
            filled_later=True,
            shown_under=("initialised", ""),
            recorded_elsewhere=_TABLETS,
        ),
    ),
    sources=(_lent_tablets,),
    totals=(
        Total("未返却", _is_not_returned, names_rows=True),
        Total("初期化の確認待ち", _is_not_initialised, names_rows=True),
    ),
)
