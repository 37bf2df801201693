"""Warnings before 業務完了届, 検査調書別紙 or 請求書の点検票 leaves, on open items in it."""

from __future__ import annotations

from datetime import date

from app.common.and_others import and_others
from app.documents.services.document_scope import DocumentScope
from app.programme.tax import tax_doubt
from app.year_end.completion import documents as completion_documents
from app.year_end.completion.services.completion import Completion, read_completion
from db.store import Store

_NAMED = 3


def completion_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return the warnings on a document of the completion, a sentence each; none for other kinds of documents.

    They are ``check_stops`` for the 請求書の点検票, ``open_papers_words`` for 業務完了届 and 検査調書別紙, and for the
    former a tax that is not that of the amount, which it does not print.
    """
    if kind not in (
        completion_documents.INSPECTION_ANNEX_KIND,
        completion_documents.INVOICE_CHECK_KIND,
        completion_documents.COMPLETION_NOTICE_KIND,
    ):
        return ()
    shown = read_completion(store, fiscal_year=scope.fiscal_year, today=today)
    if kind == completion_documents.INVOICE_CHECK_KIND:
        return check_stops(shown)
    tax = tax_doubt(shown.programme) if kind == completion_documents.COMPLETION_NOTICE_KIND else ""
    return (*filter(None, [tax]), *open_papers_words(shown))


def open_papers_words(shown: Completion) -> tuple[str, ...]:
    """Return ``open_words`` of the year, nothing where the newest 検査 has a reason for continuing."""
    inspection = shown.inspection
    return () if inspection is not None and inspection.open_reason else open_words(shown)


def open_words(shown: Completion) -> tuple[str, ...]:
    """Return what a 検査 lacks, a sentence each.

    These are documents that are not 確認済, what the ledgers wait for, and what the contractor still holds (特22).
    """
    papers, left = [one.title for one in shown.open_papers], [one.words for one in shown.holdings.remaining]
    return tuple(
        f"{what}が{len(found)}件あります（{'、'.join(found[:_NAMED])}{and_others(found, _NAMED)}）。"
        for what, found in (
            ("確認済でない書類", papers),
            ("管理簿で終わっていないもの", shown.awaited_items),
            ("返還・廃棄の証明がないもの", left),
        )
        if found
    )


def check_stops(shown: Completion) -> tuple[str, ...]:
    """Return what prevents the payment, a sentence each.

    A 請求書 without 合格, points 合わない of one that is not returned, or 会計の締切 after the last day of payment.
    """
    found = []
    if shown.invoice_on is not None and shown.passed_on is None:
        found.append("検査の合格が、まだ記録されていません。")
    wrong = [one.point.name for one in shown.invoice.points if one.state == "合わない"] if shown.invoice else []
    if wrong and shown.open_return is None:
        found.append(f"合わない項目があります（{'、'.join(wrong)}）。")
    due, task = shown.programme.accounts_due, shown.payment_task
    if due is not None and shown.paid_on is None and task.is_contract_duty and due > task.deadline.last_day_in_time:
        found.append("会計の締切が、支払の期限より後にあります。期限までに支払えるように手続きを進めてください。")
    return tuple(found)
