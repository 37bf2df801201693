"""What the contractor hands in once a year: 従事者・配置表の届, 管理責任者選任届, 提案書, 業務完了届, 請求書, and
その他の届.

The receipt of a paper that a date of the year waits for closes that date, in the same change.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.calendar.dates import long_date
from app.programme.rules.contract import term_start
from app.programme.services.programme import read_programme
from app.received.services.received_kind import ReceiptScope, ReceivedKind, fixed_points, received_kind
from app.refusal import Refusal
from app.subjects.events.rules import guides
from app.subjects.events.services.task import PROPOSAL
from app.subjects.events.services.year_tasks import closing_of, read_year_records, returns_of
from db.journal import Change
from db.records.programme import TaskClosing
from db.records.received import ReceivedPaper
from db.store import Store

_SHORT_OF_DATE: Final = "業務を始める日の前日まで"


def _close_date(store: Store, change: Change, paper: ReceivedPaper, by: str, now: datetime) -> None:
    """Close the date of the year that waited for the paper; a later version changes nothing of it, but ends a 返戻."""
    programme = read_programme(store, programme_id=paper.programme_id).programme
    task = received_kind(paper.kind).task
    records = read_year_records(store, programme)
    if not task or closing_of(task, records) is not None:
        return
    if task == guides.INVOICE and returns_of(records):
        task = guides.RECEIVED_AGAIN
    reason = f"{paper.kind}（第{paper.version}版）を受領"
    if paper.receipt_number:
        reason += f"　収受番号 {paper.receipt_number}"
    change.insert(
        TaskClosing(programme_id=programme.id, task=task, closed_on=paper.received_on, reason=reason, by=by, at=now)
    )


def _within_contract(store: Store, scope: ReceiptScope, day: date, _today: date) -> None:
    """Refuse a day before the contract: nothing is handed in before it is concluded (仕様書3)."""
    programme = read_programme(store, programme_id=scope.programme_id).programme
    start = term_start(programme)
    if start is not None and programme.contract_date is not None and day < programme.contract_date:
        raise Refusal(
            f"受領日が契約確定日（{long_date(programme.contract_date)}）より前です。", "受領した日付をご確認ください。"
        )


def _invoice_day(store: Store, scope: ReceiptScope, day: date, today: date) -> None:
    """Refuse a day before that on which the 請求書 was last returned: it can't have come back before."""
    _within_contract(store, scope, day, today)
    programme = read_programme(store, programme_id=scope.programme_id).programme
    away = next((one for one in returns_of(read_year_records(store, programme)) if one.again is None), None)
    if away is not None and day < away.returned.closed_on:
        raise Refusal(
            f"受領日が、請求書を返した日（{long_date(away.returned.closed_on)}）より前です。", "日付をご確認ください。"
        )


def _kind(
    kind: str, clause: str, rule: str, *points: str, task: str = "", goal: bool = True, own_check: bool = False
) -> ReceivedKind:
    return ReceivedKind(
        kind=kind,
        about="年度",
        clause=clause,
        rule=rule,
        task=task,
        goal=goal,
        points=fixed_points(*points),
        check_day=_invoice_day if task == guides.INVOICE else _within_contract,
        came=_close_date,
        own_check=own_check,
    )


RECEIVED: Final = (
    _kind(
        "管理責任者選任届", "特6", _SHORT_OF_DATE,
        "管理責任者の氏名・所属", "選任日", "従事者の中からの選任（ほかは許可）",
    ),
    _kind("従事者・配置表の届", "特7", _SHORT_OF_DATE, "氏名", "所属", "従事の開始日", "従事の終了予定日"),
    _kind(
        "提案書", "仕4(4)", "すべての事業のあと2週間以内",
        "次年度のデジタル活用支援事業実施案", "団体支援方針", "課題の反映", "参加者の意見の反映", "実現可能性",
        "予算規模",
        task=PROPOSAL, goal=False,
    ),
    _kind("業務完了届", "仕3", "検査が履行期間に収まる日", task=guides.NOTICE, own_check=True),
    _kind("請求書", "仕5", "支払が出納閉鎖に収まる日", task=guides.INVOICE, own_check=True),
    _kind("その他の届", "", ""),
)  # fmt: skip
"""The six points of the 提案書 are those of 仕様書4(4); 業務完了届 and 請求書 are compared with the contract by their
own check."""
