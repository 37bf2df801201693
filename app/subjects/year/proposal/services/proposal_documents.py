"""Build the documents for the next year, the form of the 提案書 and the internal memo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.partial_count import PartialCount
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_marks import DocumentMark, with_marks
from app.documents.services.document_scope import DocumentScope, keys_of, year_of
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.event.services.event_state import not_counted_words
from app.subjects.surveys.compare.services.interim_totals import read_interim, read_record_summary
from app.subjects.year.proposal.documents import budget_memo as memo_paper
from app.subjects.year.proposal.documents import proposal_form as form_paper
from app.subjects.year.proposal.documents.budget_memo import MemoFacts
from app.subjects.year.proposal.documents.proposal_form import ProposalFacts
from app.subjects.year.proposal.rules import QuotedEvidence
from app.subjects.year.proposal.services.proposal import due_words, read_memo, read_proposal
from db.records.year.proposal import BudgetMemo, Evidence, Issue
from db.rows import row
from db.store import Store
from db.tables import events

FORM: Final = form_paper.PROPOSAL_FORM_KIND
MEMO: Final = memo_paper.BUDGET_MEMO_KIND
OUTDATED: Final = "根拠の出典が変更"
"""The mark on every page that quotes a number whose source has changed."""
_SHORT: Final = {"講習会": "講習会", "アドバイザー派遣": "派遣", "意見交換会": "意見交換会"}


def build_form(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the form; sender, date and 概算 are left to the contractor."""
    view = year_of(store, scope, on=now.date())
    found = read_proposal(store, fiscal_year=view.programme.fiscal_year, today=now.date())
    facts = ProposalFacts(
        figures=_figures(store, view, now.date()),
        due=due_words(found.task, now.date()),
        issues=found.issues,
        evidence=(used := [one.as_quoted for one in found.evidence if one.evidence.issue]),
        plans=found.plans,
        policies=[(one.branch, one.name, one.line) for one in found.policies],
        unrecorded=not_counted_words(
            store.database, events.events_of_year(store.database, view.programme.id), now.date()
        ),
    )
    return _mark_outdated(form_paper.proposal_form(document_context_of(store, view, scope, FORM, now), facts), used)


def _mark_outdated(content: DocumentContent, used: Sequence[QuotedEvidence]) -> DocumentContent:
    """Mark a document whose quoted numbers are outdated."""
    aged = [one for one in used if one.outdated]
    words = f"引いた根拠のうち{len(aged)}件は、引いたあとに出典が変わった（※の行）。"
    return with_marks(content, [DocumentMark(stamp=OUTDATED, words=words)]) if aged else content


def _figures(store: Store, view: ProgrammeView, today: date) -> list[tuple[str, str, str, str]]:
    """Return 延べ人数 by kind, responses, and 満足計; unknown values are empty."""
    fiscal_year = view.programme.fiscal_year
    counts = {
        _SHORT.get(name, name): found
        for name, found in read_record_summary(store, today=today, fiscal_year=fiscal_year).rows
    }
    figures: list[tuple[str, str, str, str]] = []
    for kind, numbers in view.numbers.items():
        found = counts.get(kind)
        spec = f"仕様 {numbers.planned}{numbers.planned_unit}{'' if numbers.strict else '程度'}"
        came = found.counted(found.visits) if found else PartialCount()
        missing = f"。うち{came.missing}回は人数の記録なし" if came.missing else ""
        value, unit = (str(came.known), came.unit_words("人")) if came.has_number else ("", "人")
        figures.append((kind, value, unit, f"{found.events if found else 0}回（{spec}）{missing}"))
    try:
        totals = read_interim(store, as_of=today, fiscal_year=fiscal_year).kinds
    except UserError:
        totals = ()
    returned = sum(kind.response_count for kind in totals)
    sums = [kind.sums_by_role["satisfaction"] for kind in totals if "satisfaction" in kind.sums_by_role]
    base = sum(one.base for one in sums)
    figures.append(("アンケート回収", str(returned) if totals else "", "件", "紙とオンラインの計"))
    figures.append(
        ("満足計", str(sum(one.sum_count for one in sums)) if sums else "", "人", f"{base}件中" if sums else "")
    )
    return figures


def build_memo(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the memo; raises ``UserError`` while it is not begun, or has wrong sums or missing evidence."""
    view = year_of(store, scope, on=now.date())
    found = read_memo(store, fiscal_year=view.programme.fiscal_year, today=now.date())
    if found.memo is None:
        raise UserError(
            "検討メモは、まだ書き始めていません。", "「年度」の「検討メモ」で、作成日と費目を書いてください。"
        )
    if found.problems:
        raise UserError(found.problems[0], "検討メモで直してから作成してください。")
    line = read_record_summary(store, today=found.memo.counted_to, fiscal_year=found.fiscal_year).text
    facts = MemoFacts(
        memo=found.memo,
        counted=line,
        amounts=found.amounts,
        clauses=found.clauses,
        cuts=found.cuts,
        questions=found.questions,
        evidence={one.id: one.as_quoted for one in found.evidence},
    )
    cited = {each for clause in found.clauses for each in clause.evidence}
    content = memo_paper.budget_memo(document_context_of(store, view, scope, MEMO, now), facts)
    return _mark_outdated(content, [one for one in facts.evidence.values() if one.id in cited])


def _form_ready(store: Store, subject: DocumentSubject) -> bool:
    where = keys_of(store, subject.scope)["programme_id"]
    return any(row(store.database, kind, programme_id=where) is not None for kind in (Evidence, Issue))


def _memo_ready(store: Store, subject: DocumentSubject) -> bool:
    return row(store.database, BudgetMemo, programme_id=keys_of(store, subject.scope)["programme_id"]) is not None


def _memo_state(store: Store, subject: DocumentSubject, today: date) -> str:
    memo = row(store.database, BudgetMemo, programme_id=keys_of(store, subject.scope)["programme_id"])
    return f"庁内限り　{short_date(memo.made_on, today)} 作成" if memo is not None else ""


DOCUMENTS: Final = (
    DocumentKind(
        kind=FORM,
        clauses=("仕4(4)",),
        about="年度",
        group="年度",
        build=build_form,
        is_ready=_form_ready,
        recipient="受託者",
        missing_words="提案書の根拠を集めるか、課題を書くと作成できます。",
        todo="提案書の根拠",
    ),
    DocumentKind(
        kind=MEMO,
        about="年度",
        group="年度",
        build=build_memo,
        is_ready=_memo_ready,
        state_words=_memo_state,
        is_internal=True,
        missing_words="検討メモを書き始めると作成できます。",
        todo="検討メモ",
    ),
)
