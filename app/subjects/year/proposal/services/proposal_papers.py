"""The papers of the next year: the form of the 提案書, and the memo that stays in the house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.acts.refusal import Refusal
from app.calendar.dates import short_date
from app.common.counted import Counted
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperKind, PaperSubject
from app.papers.services.paper_marks import PaperMark, with_marks
from app.papers.services.paper_scope import PaperScope, keys_of, year_of
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.event.services.event_state import left_out_words
from app.subjects.surveys.compare.services.interim_totals import read_interim, read_record_line
from app.subjects.year.proposal.papers import budget_memo as memo_paper
from app.subjects.year.proposal.papers import proposal_form as form_paper
from app.subjects.year.proposal.papers.budget_memo import MemoFacts
from app.subjects.year.proposal.papers.proposal_form import ProposalFacts
from app.subjects.year.proposal.rules import Quoted
from app.subjects.year.proposal.services.proposal import due_words, read_memo, read_proposal
from db.records.year.proposal import BudgetMemo, Evidence, Issue
from db.rows import row
from db.store import Store
from db.tables import events

FORM: Final = form_paper.KIND
MEMO: Final = memo_paper.KIND
AGED: Final = "根拠の出典が変更"
"""What stands on every page that quotes a number older than its source."""
_SHORT: Final = {"講習会": "講習会", "アドバイザー派遣": "派遣", "意見交換会": "意見交換会"}


def build_form(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the form as it stands; sender, date and 概算 are the contractor's."""
    view = year_of(store, scope, on=now.date())
    found = read_proposal(store, fiscal_year=view.programme.fiscal_year, today=now.date())
    facts = ProposalFacts(
        figures=_figures(store, view, now.date()),
        due=due_words(found.task, now.date()),
        issues=found.issues,
        evidence=(used := [one.quoted for one in found.evidence if one.evidence.issue]),
        plans=found.plans,
        policies=[(one.branch, one.name, one.line) for one in found.policies],
        unrecorded=left_out_words(store.database, events.all_of(store.database, view.programme.id), now.date()),
    )
    return _marked(form_paper.proposal_form(context_of(store, view, scope, FORM, now), facts), used)


def _marked(content: DocumentContent, used: Sequence[Quoted]) -> DocumentContent:
    """Mark a paper of which a quoted number is older than its source."""
    aged = [one for one in used if one.aged]
    words = f"引いた根拠のうち{len(aged)}件は、引いたあとに出典が変わった（※の行）。"
    return with_marks(content, [PaperMark(stamp=AGED, words=words)]) if aged else content


def _figures(store: Store, view: ProgrammeView, today: date) -> list[tuple[str, str, str, str]]:
    """延べ人数 by kind, sheets that came back, and 満足計; what is not known yet stays empty."""
    fiscal_year = view.programme.fiscal_year
    counts = {
        _SHORT.get(name, name): found
        for name, found in read_record_line(store, today=today, fiscal_year=fiscal_year).rows
    }
    figures: list[tuple[str, str, str, str]] = []
    for kind, numbers in view.numbers.items():
        found = counts.get(kind)
        spec = f"仕様 {numbers.planned}{numbers.planned_unit}{'' if numbers.strict else '程度'}"
        came = found.counted(found.visits) if found else Counted()
        missing = f"。うち{came.missing}回は人数の記録なし" if came.missing else ""
        value, unit = (str(came.known), came.unit("人")) if came.has_number else ("", "人")
        figures.append((kind, value, unit, f"{found.events if found else 0}回（{spec}）{missing}"))
    try:
        totals = read_interim(store, as_of=today, fiscal_year=fiscal_year).kinds
    except Refusal:
        totals = ()
    returned = sum(kind.returned for kind in totals)
    sums = [kind.sums["satisfaction"] for kind in totals if "satisfaction" in kind.sums]
    base = sum(one.base for one in sums)
    figures.append(("アンケート回収", str(returned) if totals else "", "件", "紙とオンラインの計"))
    figures.append(
        ("満足計", str(sum(one.sum_count for one in sums)) if sums else "", "人", f"{base}件中" if sums else "")
    )
    return figures


def build_memo(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the memo; raises ``Refusal`` while it is not begun, or its amounts or evidence do not hold together."""
    view = year_of(store, scope, on=now.date())
    found = read_memo(store, fiscal_year=view.programme.fiscal_year, today=now.date())
    if found.memo is None:
        raise Refusal(
            "検討メモは、まだ書き始めていません。", "「年度」の「検討メモ」で、作成日と費目を書いてください。"
        )
    if found.problems:
        raise Refusal(found.problems[0], "検討メモで直してから作成してください。")
    line = read_record_line(store, today=found.memo.counted_to, fiscal_year=found.fiscal_year).line
    facts = MemoFacts(
        memo=found.memo,
        counted=line,
        amounts=found.amounts,
        clauses=found.clauses,
        cuts=found.cuts,
        questions=found.questions,
        evidence={one.id: one.quoted for one in found.evidence},
    )
    cited = {each for clause in found.clauses for each in clause.evidence}
    content = memo_paper.budget_memo(context_of(store, view, scope, MEMO, now), facts)
    return _marked(content, [one for one in facts.evidence.values() if one.id in cited])


def _form_ready(store: Store, subject: PaperSubject) -> bool:
    where = keys_of(store, subject.scope)["programme_id"]
    return any(row(store.database, kind, programme_id=where) is not None for kind in (Evidence, Issue))


def _memo_ready(store: Store, subject: PaperSubject) -> bool:
    return row(store.database, BudgetMemo, programme_id=keys_of(store, subject.scope)["programme_id"]) is not None


def _memo_state(store: Store, subject: PaperSubject, today: date) -> str:
    memo = row(store.database, BudgetMemo, programme_id=keys_of(store, subject.scope)["programme_id"])
    return f"庁内限り　{short_date(memo.made_on, today)} 作成" if memo is not None else ""


PAPERS: Final = (
    PaperKind(
        kind=FORM,
        rests_on=("仕4(4)",),
        about="年度",
        shelf="年度",
        build=build_form,
        ready=_form_ready,
        recipient="受託者",
        missing="提案書の根拠を集めるか、課題を書くと作成できます。",
        todo="提案書の根拠",
    ),
    PaperKind(
        kind=MEMO,
        about="年度",
        shelf="年度",
        build=build_memo,
        ready=_memo_ready,
        state=_memo_state,
        inside=True,
        missing="検討メモを書き始めると作成できます。",
        todo="検討メモ",
    ),
)
