"""受領した報告書 as a ledger, with receipt, place of the original and check (仕4, F-44)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from app.actions.action_id import ActionLink
from app.ledgers.rules import DerivedRow, LedgerColumn, cells_of
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from db.engine import Database
from db.records.programme import Programme
from db.tables import protection

PRINTED_IN = "提出物と遅れの一覧"
_CHECKED = "報告書の画面の「確認済にする」"


def _received_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    for one in protection.received_reports(database, programme.id):
        if one.received_on is None:
            continue
        values = {
            "received": one.received_on, "event": str(one.event_id), "version": f"第{one.version}版",
            "how": one.received_how,
            "receipt": one.receipt_number, "original": one.original_place, "pages": str(one.pages) if one.pages else "",
            "state": one.status, "checked": one.checked_on, "checked_by": one.checked_by,
        }  # fmt: skip
        yield DerivedRow(
            key=f"reports:{one.id}",
            cells=cells_of(**values),
            written_at=datetime.combine(one.received_on, time()),
            made_by="受領した",
            link=ActionLink(action="報告書", event_id=one.event_id),
            event_id=one.event_id,
        )


REPORT_LEDGER = Ledger(
    key="reports",
    title="受領報告書一覧",
    sign="報告",
    short="受領した報告書",
    keeper=CONTRACTORS,
    clause=lambda view: view.clause("clause_report"),
    about="受託者から受け取った実施報告書。受領の記録から入ります",
    allows_typed_rows=False,
    printed_in=PRINTED_IN,
    columns=(
        LedgerColumn("received", "受領日", "day", width=26),
        LedgerColumn("event", "実施回", "event", width=56),
        LedgerColumn("version", "版", width=16),
        LedgerColumn("how", "受領方法"),
        LedgerColumn("receipt", "収受番号", width=28, is_required=False),
        LedgerColumn("original", "原本の所在", width=34, is_required=False, shown_under=("how", "")),
        LedgerColumn("pages", "頁数", "number", width=14, unit="頁", is_required=False, shown_in_list=False),
        LedgerColumn("state", "状態", width=22, recorded_elsewhere=_CHECKED),
        LedgerColumn(
            "checked",
            "内容確認日",
            "day",
            width=26,
            filled_later=True,
            shown_in_list=False,
            recorded_elsewhere=_CHECKED,
        ),
        LedgerColumn(
            "checked_by",
            "確認者",
            "person",
            width=26,
            filled_later=True,
            shown_in_list=False,
            recorded_elsewhere=_CHECKED,
        ),
    ),
    sources=(_received_rows,),
    totals=(Total(label="内容確認の途中", is_counted=lambda cells: not cells.get("checked"), names_rows=True),),
)
