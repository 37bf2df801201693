"""Build 年間実績総括; it is blocked while a number deviates from the 仕様書 without a reason."""

from __future__ import annotations

from datetime import datetime

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentHeldBack, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.programme.services import read_programme
from app.year_end.summary.documents import YEAR_REPORT_KIND, year_report
from app.year_end.summary.rules import YearSummary, blocking_reason
from app.year_end.summary.services.year_summary import read_summary
from db.store import Store


def build_year_report(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of a year up to the scope's day (None = today).

    Raises:
        UserError: there is no such year, or nothing was held yet.
        DocumentHeldBack: a number deviates from the 仕様書 without a reason or a 協議.
    """
    context = document_context_of(store, scope, YEAR_REPORT_KIND, now)
    found = read_summary(store, today=scope.as_of or now.date(), fiscal_year=context.programme.fiscal_year)
    if not found.total.counts.events:
        raise UserError("実施した回がまだありません。", "実施の記録が入ってから作成してください。")
    if found.blocking_lines:
        raise DocumentHeldBack(
            "".join(blocking_reason(one.line) for one in found.blocking_lines),
            "「年度」の「仕様との対照」で、理由を書くか協議の記録を選んでください。",
        )
    return year_report(context, found)


def _ready(store: Store, subject: DocumentSubject) -> bool:
    """Return whether 年間実績総括 can be made: events were held, and no reason is missing."""
    found = _summary(store, subject)
    return bool(found.total.counts.events) and not found.blocking_lines


def _is_blocked(store: Store, subject: DocumentSubject) -> bool:
    """Return whether the year has held events, but a number deviates without a reason."""
    found = _summary(store, subject)
    return bool(found.total.counts.events) and bool(found.blocking_lines)


def _summary(store: Store, subject: DocumentSubject) -> YearSummary:
    """Return the summary of the year up to the scope's day, without one up to the end of 履行期間."""
    year = read_programme(store, fiscal_year=subject.scope.fiscal_year).programme
    return read_summary(store, today=subject.scope.as_of or year.term_end, fiscal_year=year.fiscal_year)


DOCUMENT = DocumentKind(
    kind=YEAR_REPORT_KIND,
    build=build_year_report,
    is_ready=_ready,
    is_held_back=_is_blocked,
    missing_words="実施した回があり、仕様と違う数のすべてに理由か協議があると作成できます。",
    todo="年度まとめ",
    state_words=lambda _store, subject, today: f"{short_date(subject.scope.as_of or today, today)} までの実績",
)
