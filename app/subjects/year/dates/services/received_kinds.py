"""The kinds of documents that the contractor hands in once a year.

These are the 届 (責任者, 従事者, 教育, 作業場所), 提案書, 業務完了届, 請求書, 廃棄・消去証明書, その他の届, and
those of the 特記事項 (変更届, 再委託の確認書, 事故等報告書, 訓練の記録). The receipt of an awaited document
closes its task in the same change.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.programme.rules.contract import term_start
from app.programme.services.programme import read_programme
from app.received.services.received_kinds import ReceiptScope, ReceivedKind, find_received_kind, fixed_points
from app.subjects.events.event.rules import target_dates
from app.subjects.events.event.rules.closing_deadlines import INSPECTION, PAYMENT
from app.subjects.events.event.services.tasks.task import PROPOSAL
from app.subjects.events.event.services.tasks.year_tasks import invoice_returns, manual_closing_of, read_year_records
from app.subjects.settings.workers.services.workers import CHANGES_KIND
from db.journal import Change
from db.records.programme import Programme, TaskClosing
from db.records.submissions.received import ReceivedPaper
from db.store import Store

_SHORT_OF_DATE: Final = "業務を始める日の前日まで"
_TRAINED: Final = 14
"""Days after the first day of work within which its 教育 should be reported; no clause names a day (特9)."""


def _close_date(store: Store, change: Change, paper: ReceivedPaper, by: str, now: datetime) -> None:
    """Close the year's task that waited for the document; a later version only ends a 返戻."""
    programme = read_programme(store, programme_id=paper.programme_id).programme
    task = find_received_kind(paper.kind).task
    records = read_year_records(store, programme)
    if not task or manual_closing_of(task, records) is not None:
        return
    if task == target_dates.INVOICE and invoice_returns(records):
        task = target_dates.RECEIVED_AGAIN
    reason = f"{paper.kind}（第{paper.version}版）を受領"
    if paper.receipt_number:
        reason += f"　収受番号 {paper.receipt_number}"
    change.insert(
        TaskClosing(programme_id=programme.id, task=task, closed_on=paper.received_on, reason=reason, by=by, at=now)
    )


def _check_after_contract(store: Store, scope: ReceiptScope, day: date, _today: date) -> None:
    """Raise for a day of receipt before the contract was concluded (仕様書3)."""
    programme = read_programme(store, programme_id=scope.programme_id).programme
    start = term_start(programme)
    if start is not None and programme.contract_date is not None and day < programme.contract_date:
        raise UserError(
            f"受領日が契約確定日（{long_date(programme.contract_date)}）より前です。", "受領した日付をご確認ください。"
        )


def _check_invoice_day(store: Store, scope: ReceiptScope, day: date, today: date) -> None:
    """Raise for a day of receipt before the last return of the 請求書."""
    _check_after_contract(store, scope, day, today)
    programme = read_programme(store, programme_id=scope.programme_id).programme
    away = next(
        (one for one in invoice_returns(read_year_records(store, programme)) if one.received_again is None), None
    )
    if away is not None and day < away.return_closing.closed_on:
        raise UserError(
            f"受領日が、請求書を返した日（{long_date(away.return_closing.closed_on)}）より前です。",
            "日付をご確認ください。",
        )


def _day_before_work(programme: Programme) -> date | None:
    """Return the day before the work begins, since no clause has a date for the 届 of 特6 and 特7."""
    start = term_start(programme)
    return start - timedelta(days=1) if start is not None else None


def _training_report_day(programme: Programme) -> date | None:
    """Return the day by which the 教育 before the start of work should be reported."""
    start = term_start(programme)
    return start + timedelta(days=_TRAINED) if start is not None else None


def _has_annex_004(programme: Programme) -> bool:
    """Return whether the ward follows annex 004 voluntarily, which is no part of the contract."""
    return programme.annex_004


def _last_day(programme: Programme) -> date | None:
    """Return the end of the term, since 特22 names no day for the proof of disposal."""
    return programme.term_end


def _term_midpoint(programme: Programme) -> date | None:
    """Return the middle of the term, since 特25-3 says 定期的に; once a contract is the ward's own target."""
    start = term_start(programme)
    return start + (programme.term_end - start) / 2 if start is not None else None


def _kind(
    kind: str,
    clause: str,
    rule: str,
    *points: str,
    task: str = "",
    goal: bool = True,
    own_check: bool = False,
    answered_by: str = "",
    each: bool = False,
    looks: str = "確認する",
    wished: Callable[[Programme], date | None] = lambda _programme: None,
    outstanding: Callable[[Programme], bool] = lambda _programme: True,
) -> ReceivedKind:
    return ReceivedKind(
        kind=kind,
        about="年度",
        clause=clause,
        rule=rule,
        is_owed=outstanding,
        target_day=wished,
        task=task,
        is_target_day=goal,
        points=fixed_points(*points),
        reject_day=_check_invoice_day if task == target_dates.INVOICE else _check_after_contract,
        on_received=_close_date,
        has_own_check=own_check,
        is_standalone=each,
        check_verb=looks,
        answer_task=answered_by,
    )


RECEIVED_KINDS: Final = (
    _kind(
        "管理責任者選任届", "特6", _SHORT_OF_DATE,
        "管理責任者の氏名・所属", "選任日", "従事者の中からの選任（ほかは許可）",
        wished=_day_before_work,
    ),
    _kind(
        "従事者・配置表の届", "特7", _SHORT_OF_DATE, "氏名", "所属", "従事の開始日", "従事の終了予定日",
        wished=_day_before_work,
    ),
    _kind(
        "教育実施報告書", "特9", f"業務を始める日から{_TRAINED}日",
        "実施日・方法", "受講者の氏名・所属", "未受講者と補講の予定", "遵守すべき事項", "罰則の内容", "民事上の責任",
        wished=_training_report_day,
    ),
    _kind(
        "作業場所届", "機6-4", "使い始める前（区の自主管理。契約外）",
        "名称・所在地", "施錠・入退室の管理", "取り扱う情報", "使用開始日",
        wished=_day_before_work, outstanding=_has_annex_004,
    ),
    _kind(
        "提案書", "仕4(4)", "すべての事業のあと2週間以内",
        "次年度のデジタル活用支援事業実施案", "団体支援方針", "課題の反映", "参加者の意見の反映", "実現可能性",
        "予算規模",
        task=PROPOSAL, goal=False,
    ),
    _kind(
        "業務完了届", "仕3", "検査が履行期間に収まる日", task=target_dates.NOTICE, own_check=True,
        answered_by=INSPECTION,
    ),
    _kind(
        "請求書", "仕5", "支払が出納閉鎖に収まる日", task=target_dates.INVOICE, own_check=True, answered_by=PAYMENT,
    ),
    _kind(
        "廃棄・消去証明書", "特22-2", "契約の終了まで（返還または廃棄・消去が終わったとき）",
        "情報項目", "媒体名", "数量", "廃棄または消去の方法", "責任者", "廃棄または消去の年月日",
        wished=_last_day,
    ),
    _kind("その他の届", "", ""),
    _kind(
        CHANGES_KIND, "特8", "変わったあと速やかに", "対象", "変更前と変更後", "変更日", each=True,
    ),
    _kind(
        "再委託の確認書", "特15-2", "再委託契約を結ぶ前",
        "再委託先の名称・所在地", "業務と個人情報", "確認した日（締結前）", "安全管理措置（特6から特25まで）",
        "確認した人",
        each=True,
    ),
    _kind(
        "事故等報告書", "特25-1", "直ちに。続報と最終は第2版、第3版として受領",
        "内容・数量", "発生場所・発生状況", "把握と第一報の日時", "講じた措置", "原因", "再発防止策の実施",
        each=True,
    ),
    _kind(
        "許可・承認の申請", "特6・14・15・18・22-3", "行う前",
        "種別", "内容・情報の区分", "相手方・場所", "理由", "期間",
        each=True, looks="許可・承認を決める",
    ),
    _kind(
        "訓練の記録", "特25-3", "定期的に（契約の期間の半ばまでに1回）",
        "種別・実施日", "想定", "参加者", "結果と改善すること",
        wished=_term_midpoint,
    ),
)  # fmt: skip
