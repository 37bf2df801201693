"""Contributions of 提案書 and 検討メモ to extension points."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.year.dates.services import PageStatus, SummaryPage, asks_proposal
from app.year_end.proposal import services as proposal_services
from app.year_end.proposal.services import changed_follow_ups, read_evidence
from db.records.year.proposal import BudgetMemo, MemoAmount
from db.rows import row, rows
from db.store import Store
from db.tables import documents as paper_table

DOCUMENTS: Final = proposal_services.DOCUMENTS
YEAR_FOLLOW_UPS: Final = (changed_follow_ups,)


def _evidence_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page is asked
    """Return how much evidence was collected, for the list of pages."""
    found = read_evidence(store, programme_id=programme_id)
    changed = sum(bool(one.source_status) for one in found)
    free = sum(one.evidence.issue is None for one in found)
    words = f"{len(found)}件　課題に付けていない {free}件" + (f"・出典が変わった {changed}件" if changed else "")
    return PageStatus(words=words, is_done=bool(found) and not free and not changed)


def _memo_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page is asked
    """Return how far the memo has come, for the list of pages."""
    if row(store.database, BudgetMemo, programme_id=programme_id) is None:
        return PageStatus(words="庁内限り　未着手")
    total = sum(one.next_year for one in rows(store.database, MemoAmount, programme_id=programme_id))
    return PageStatus(words=f"庁内限り　次年度案 {total:,}千円", is_done=total > 0)


def _form_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the status of the contractor's form, done once a copy of it left."""
    left = paper_table.outgoing_of_year(store.database, programme_id, (proposal_services.FORM,))
    given = next((one for one in left if one.way != "取消"), None)
    words = f"{short_date(given.at.date(), today)} に出力" if given is not None else "受託者へ　提案書より前に"
    return PageStatus(words=words, is_done=given is not None)


SUMMARY_PAGES: Final = (
    SummaryPage(
        "次年度提案書の根拠", "提案書の根拠", _evidence_status, season="半ば", position=2, applies=asks_proposal
    ),
    SummaryPage("予算要求・次年度仕様書 検討メモ", "検討メモ", _memo_status, season="半ば", position=3),
    SummaryPage("提案書の様式を渡す", "提案書の根拠", _form_status, season="半ば", position=4, applies=asks_proposal),
)
