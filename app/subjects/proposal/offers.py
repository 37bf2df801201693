"""What 提案書 and 検討メモ offer without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.subjects.proposal.services import proposal_papers
from app.subjects.proposal.services.collecting import changed_follow_ups, read_evidence
from app.subjects.year.services.summary_pages import SummaryPage
from db.records.proposal import BudgetMemo, MemoAmount
from db.rows import row, rows
from db.store import Store

PAPERS: Final = proposal_papers.PAPERS
YEAR_FOLLOW_UPS: Final = (changed_follow_ups,)


def _proposal_words(store: Store, *, programme_id: int, today: date) -> str:  # noqa: ARG001 - as every page is asked
    found = read_evidence(store, programme_id=programme_id)
    changed = sum(bool(one.standing) for one in found)
    free = sum(one.evidence.issue is None for one in found)
    return f"根拠 {len(found)}件（課題に付けていない {free}件）" + (f"・出典が変わった {changed}件" if changed else "")


def _memo_words(store: Store, *, programme_id: int, today: date) -> str:  # noqa: ARG001 - as every page is asked
    if row(store.database, BudgetMemo, programme_id=programme_id) is None:
        return "庁内限り・未着手"
    total = sum(one.next_year for one in rows(store.database, MemoAmount, programme_id=programme_id))
    return f"庁内限り・次年度案 {total:,}千円"


SUMMARY_PAGES: Final = (
    SummaryPage(title="次年度提案書の根拠", what="提案書の根拠", state=_proposal_words),
    SummaryPage(title="予算要求・次年度仕様書 検討メモ", what="検討メモ", state=_memo_words),
)
