"""Builds the document of one 案 of 日程の比べ from its records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.calendar.dates import table_date
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope, year_of
from app.programme.services.programme import read_programme
from app.subjects.events.event.rules.deadlines import Deadline
from app.subjects.events.schedules.documents.comparison_document import (
    COMPARISON_KIND,
    PrintedEvent,
    comparison_document,
)
from app.subjects.events.schedules.services.comparison import CompareLine, plan_words, read_comparison, remark_words
from db.records.schedules import SchedulePlan
from db.rows import rows
from db.store import Store


def build_comparison(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of the 案 ``scope.item``; raises ``UserError`` when it is gone."""
    found = read_comparison(store, today=now.date(), plan_id=scope.item or 0)
    assert found.plan is not None
    context = document_context_of(store, year_of(store, scope, on=now.date()), scope, COMPARISON_KIND, now)
    other = f"案{found.other_plan.ordinal}" if found.other_plan is not None and found.differing_lines else ""
    return comparison_document(
        context,
        [_printed_event(one) for one in found.lines],
        found.weeks,
        number=found.plan.ordinal,
        name=f"案{found.plan.ordinal} {found.plan.name}　{table_date(found.plan.made_on)}",
        other=other,
        counted=found.counts_text,
    )


def _printed_event(line: CompareLine) -> PrintedEvent:
    event = line.judged_event.event
    return PrintedEvent(
        title=line.title,
        day=line.day,
        other_day=line.other_day,
        venue=join_nonempty(event.venue, event.room, separator=" "),
        material_due=_due_date(line.judged_event.material),
        headcount_due=_due_date(line.judged_event.headcount),
        report_due=_due_date(line.judged_event.report),
        week_item_count=line.judged_event.load.total if line.judged_event.load is not None else 0,
        remarks=remark_words(line),
        suggested_days=() if line.candidate.reason.strip() else line.judged_event.suggested_days,
        is_marked=line.needs_correction or (line.needs_check and bool(line.candidate.reason.strip())),
    )


def _due_date(row: Deadline | None) -> date | None:
    return row.effective_date if row is not None else None


def _plan_items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        DocumentItem(id=one.id, title=plan_words(one))
        for one in rows(store.database, SchedulePlan, programme_id=programme.id, order=("ordinal", "id"))
    ]


def _is_available(_store: Store, _subject: DocumentSubject) -> bool:
    return True


COMPARISON_DOCUMENTS: Final = (
    DocumentKind(
        kind=COMPARISON_KIND,
        about="年度",
        group="年度",
        build=build_comparison,
        is_ready=_is_available,
        items=_plan_items,
        missing_words="日程の比較で案を作ると作成できます。",
        todo="日程の比べ",
        recipient="受託者",
    ),
)
