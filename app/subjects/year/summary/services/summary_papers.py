"""年間実績総括 as a paper of the year; it stops while a number is not as the 仕様書 has it and nobody says why.

``build_year_report(store, scope, now)``; saving, printing and the log are those of every paper.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.acts.refusal import Refusal
from app.calendar.dates import short_date
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import HeldBack, PaperKind, PaperSubject
from app.papers.services.paper_scope import PaperScope, year_of
from app.programme.services.programme import read_programme
from app.subjects.year.summary.papers.year_report import KIND, year_report
from app.subjects.year.summary.rules.spec_lines import stop_words
from app.subjects.year.summary.rules.summary_facts import YearSummary
from app.subjects.year.summary.services.year_summary import read_summary
from db.store import Store


def build_year_report(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return what the paper says of a year up to the scope's day (None = today).

    Raises:
        Refusal: there is no such year, or nothing was held yet. HeldBack: a number is not as the 仕様書 has it and
            neither a reason nor a 協議 says why.
    """
    view = year_of(store, scope, on=now.date())
    found = read_summary(store, today=scope.as_of or now.date(), fiscal_year=view.programme.fiscal_year)
    if not found.total.counts.events:
        raise Refusal("実施した回がまだありません。", "実施の記録が入ってから作成してください。")
    if found.stops:
        raise HeldBack(
            "".join(stop_words(one.line) for one in found.stops),
            "「年度」の「仕様との対照」で、理由を書くか協議の記録を選んでください。",
        )
    return year_report(context_of(store, view, scope, KIND, now), found)


def _ready(store: Store, subject: PaperSubject) -> bool:
    found = _summary(store, subject)
    return bool(found.total.counts.events) and not found.stops


def _held_back(store: Store, subject: PaperSubject) -> bool:
    found = _summary(store, subject)
    return bool(found.total.counts.events) and bool(found.stops)


def _summary(store: Store, subject: PaperSubject) -> YearSummary:
    year = read_programme(store, fiscal_year=subject.scope.fiscal_year).programme
    return read_summary(store, today=subject.scope.as_of or year.term_end, fiscal_year=year.fiscal_year)


PAPER: Final = PaperKind(
    kind=KIND,
    about="年度",
    shelf="年度",
    build=build_year_report,
    ready=_ready,
    held_back=_held_back,
    missing="実施した回があり、仕様と違う数のすべてに理由か協議があると作成できます。",
    todo="年度まとめ",
    state=lambda _store, subject, today: f"{short_date(subject.scope.as_of or today, today)} までの実績",
)
