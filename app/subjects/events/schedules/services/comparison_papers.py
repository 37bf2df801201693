"""The paper of one 案 of 日程の比べ: what it says is read here, how it says it stands in ``papers``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.calendar.dates import table_date
from app.common.together import together
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperItem, PaperKind, PaperSubject
from app.papers.services.paper_scope import PaperScope, year_of
from app.programme.services.programme import read_programme
from app.subjects.events.event.rules.deadlines import Deadline
from app.subjects.events.schedules.papers.comparison_paper import KIND, LineOnPaper, comparison_paper
from app.subjects.events.schedules.services.comparison import CompareLine, plan_words, read_comparison, remark_words
from db.records.schedules import SchedulePlan
from db.rows import rows
from db.store import Store


def build_comparison(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return what the paper of the 案 ``scope.item`` says; raises ``Refusal`` when it is gone."""
    found = read_comparison(store, today=now.date(), plan_id=scope.item or 0)
    assert found.plan is not None
    context = context_of(store, year_of(store, scope, on=now.date()), scope, KIND, now)
    other = f"案{found.other.ordinal}" if found.other is not None and found.differing else ""
    return comparison_paper(
        context,
        [_line(one) for one in found.lines],
        found.weeks,
        number=found.plan.ordinal,
        name=f"案{found.plan.ordinal} {found.plan.name}　{table_date(found.plan.made_on)}",
        other=other,
        counted=found.counted,
    )


def _line(line: CompareLine) -> LineOnPaper:
    event = line.judged.event
    return LineOnPaper(
        title=line.title,
        day=line.day,
        other=line.other_day,
        venue=together(event.venue, event.room, by=" "),
        material=_due(line.judged.material),
        headcount=_due(line.judged.headcount),
        report=_due(line.judged.report),
        week=line.judged.load.total if line.judged.load is not None else 0,
        remarks=remark_words(line),
        offered=() if line.candidate.reason.strip() else line.judged.offered,
        marked=line.to_mend or (line.to_check and bool(line.candidate.reason.strip())),
    )


def _due(row: Deadline | None) -> date | None:
    return row.counts_to if row is not None else None


def _plans(store: Store, scope: PaperScope) -> list[PaperItem]:
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        PaperItem(id=one.id, title=plan_words(one))
        for one in rows(store.database, SchedulePlan, programme_id=programme.id, order=("ordinal", "id"))
    ]


def _ready(_store: Store, _subject: PaperSubject) -> bool:
    return True


PAPERS: Final = (
    PaperKind(
        kind=KIND,
        about="年度",
        shelf="年度",
        build=build_comparison,
        ready=_ready,
        items=_plans,
        missing="日程の比較で案を作ると作成できます。",
        todo="日程の比べ",
        recipient="受託者",
    ),
)
