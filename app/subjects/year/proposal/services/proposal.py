"""Read everything for the page and the form of a year's 提案書, and the memo."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import table_date
from app.documents.document_frame import with_printed_days
from app.programme.services.programme import read_programme
from app.subjects.events.event.services.tasks.deadlines import read_year, year_tasks
from app.subjects.events.event.services.tasks.task import PROPOSAL, Task
from app.subjects.organisations.register.rules.register_order import in_register_order
from app.subjects.submissions.deliverables.rules.due_rows import DueRow
from app.subjects.submissions.deliverables.services.due_list import read_due_list
from app.subjects.year.proposal.rules import ProposalPoint, evidence_problems, points_of, sum_problems
from app.subjects.year.proposal.services.evidence_collection import EvidenceRow, read_evidence
from app.subjects.year.proposal.services.proposal_lines import participating_organisations
from db.frozen_record import frozen_record
from db.records.organisations import Organisation
from db.records.year.proposal import (
    BudgetMemo,
    Issue,
    MemoAmount,
    MemoClause,
    MemoCut,
    MemoQuestion,
    PlanLine,
    PolicyLine,
)
from db.rows import row, rows
from db.store import Store


@frozen_record
class PolicyRow:
    """The 支援方針 of one 団体 with its branch and name."""

    line: PolicyLine
    branch: str
    name: str

    @property
    def id(self) -> int:
        """Return its id."""
        return self.line.id


@frozen_record
class ProposalView:
    """The page of the 提案書.

    Attributes:
        evidence: all that was collected.
        points: the six of 仕様書4(4) and whether the form has them.
        task: None = nothing is due any more.
        received: the row of the received 提案書 in the due list, None = it is not listed.
        members: the participating 団体, by id.
        stages: the current stages of each (「LINE 2」).
    """

    programme_id: int
    fiscal_year: int
    evidence: tuple[EvidenceRow, ...]
    issues: tuple[Issue, ...]
    plans: tuple[PlanLine, ...]
    policies: tuple[PolicyRow, ...]
    points: tuple[ProposalPoint, ...]
    task: Task | None
    received: DueRow | None
    members: dict[int, str]
    stages: dict[int, str]
    policy_words: dict[int, str]

    @property
    def changed_evidence(self) -> tuple[EvidenceRow, ...]:
        """Return evidence whose source changed or is gone."""
        return tuple(one for one in self.evidence if one.source_status)

    @property
    def fulfilled_points(self) -> int:
        """Return how many of the six points the form has."""
        return sum(one.done for one in self.points)


def read_proposal(
    store: Store, *, fiscal_year: int | None = None, programme_id: int | None = None, today: date
) -> ProposalView:
    """Return the page of a year (by its first year or its id) as of ``today``.

    Raises:
        UserError: that year was not started here.

    Raises:
        UserError: that year was not started here.
    """
    database = store.database
    year = read_year(store, today, fiscal_year=fiscal_year, programme_id=programme_id)
    programme = year.view.programme
    evidence = read_evidence(store, programme_id=programme.id)
    issues = rows(database, Issue, programme_id=programme.id, order="number")
    plans = rows(database, PlanLine, programme_id=programme.id, order=("position", "id"))
    lines = {one.organisation_id: one for one in rows(database, PolicyLine, programme_id=programme.id)}
    members = participating_organisations(database, programme.id)
    groups = [one for one in in_register_order(rows(database, Organisation)) if one.id in members or one.id in lines]
    policies = [PolicyRow(line=lines[one.id], branch=one.branch, name=one.name) for one in groups if one.id in lines]
    outstanding = read_due_list(store, programme_id=programme.id, today=today)
    return ProposalView(
        programme_id=programme.id,
        fiscal_year=programme.fiscal_year,
        evidence=evidence,
        issues=tuple(issues),
        plans=tuple(plans),
        policies=tuple(policies),
        points=points_of(issues, [one.evidence for one in evidence], plans, list(lines.values())),
        task=next((task for task in year_tasks(store, year) if task.task == PROPOSAL), None),
        received=next((one for one in outstanding.rows if one.kind == PROPOSAL), None),
        members=members,
        stages={one.id: _stage_words(one) for one in groups},
        policy_words={one.id: one.support_policy for one in groups},
    )


def _stage_words(organisation: Organisation) -> str:
    return "、".join(f"{tool} {stage}" for tool, stage in organisation.stages.items() if stage)


def due_words(task: Task | None, today: date) -> str:
    """Return until when the 提案書 is due, in words."""
    if task is None:
        return "提出期限　日程の協議中"
    return with_printed_days(f"提出期限　{task.provisional_words or table_date(task.due)}　{task.basis_short}", today)


@frozen_record
class MemoView:
    """The memo of a year; ``problems`` block the document, ``contract`` is 契約金額 in thousand yen."""

    programme_id: int
    fiscal_year: int
    memo: BudgetMemo | None
    amounts: tuple[MemoAmount, ...]
    clauses: tuple[MemoClause, ...]
    cuts: tuple[MemoCut, ...]
    questions: tuple[MemoQuestion, ...]
    evidence: tuple[EvidenceRow, ...]
    problems: tuple[str, ...]
    contract: int | None


def read_memo(store: Store, *, fiscal_year: int, today: date) -> MemoView:
    """Return the memo of a year; raises ``UserError`` when that year was not started here."""
    database = store.database
    programme = read_programme(store, fiscal_year=fiscal_year, on=today).programme
    where = programme.id
    memo = row(database, BudgetMemo, programme_id=where)
    amounts = rows(database, MemoAmount, programme_id=where, order=("position", "id"))
    clauses = rows(database, MemoClause, programme_id=where, order=("position", "id"))
    cuts = rows(database, MemoCut, programme_id=where, order=("position", "id"))
    questions = rows(database, MemoQuestion, programme_id=where, order=("position", "id"))
    evidence = read_evidence(store, programme_id=where)
    problems = sum_problems(memo, amounts, cuts)
    if memo is not None:
        problems += evidence_problems(memo, clauses, [one.evidence for one in evidence])
    return MemoView(
        programme_id=where,
        fiscal_year=programme.fiscal_year,
        memo=memo,
        amounts=tuple(amounts),
        clauses=tuple(clauses),
        cuts=tuple(cuts),
        questions=tuple(questions),
        evidence=evidence,
        problems=problems,
        contract=programme.amount // 1000 if programme.amount is not None else None,
    )
