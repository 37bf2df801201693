"""アンケート中間集計 as a paper of the year, as it declares itself on the shelf.

``build_interim(store, scope, now)``; saving, printing and the log are those of every paper (``app.papers.services.paper_saving``).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.calendar.dates import short_date
from app.papers.blocks import DocumentContent
from app.papers.rules.passages import Passage
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperKind, PaperSubject
from app.papers.services.paper_passages import merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of, year_of
from app.subjects.surveys.compare.papers import interim_totals
from app.subjects.surveys.compare.services.interim_facts import has_answers, read_interim
from db.store import Store

KIND: Final = interim_totals.KIND
# What the numbers say is for staff to write: the app has no words of its own for it.
_PASSAGES: Final = (Passage(part=interim_totals.REMARK, text="", lines=4),)


def build_interim(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return what the paper says of the year's events held up to the scope's day (None = today).

    Raises:
        Refusal: nothing came back yet, or there is no such year.
    """
    context = context_of(store, year_of(store, scope, on=now.date()), scope, KIND, now)
    facts = read_interim(store, as_of=scope.as_of or now.date(), fiscal_year=scope.fiscal_year)
    (remark,) = merge_passages(store.database, keys=keys_of(store, scope), kind=KIND, defaults=_PASSAGES)
    return interim_totals.interim_totals(context, facts, remark=remark.text)


def _ready(store: Store, subject: PaperSubject) -> bool:
    programme_id = keys_of(store, subject.scope)["programme_id"] or 0
    return has_answers(store, programme_id=programme_id, as_of=subject.scope.as_of or date.max)


PAPER: Final = PaperKind(
    kind=KIND,
    about="年度",
    shelf="年度",
    build=build_interim,
    ready=_ready,
    missing="アンケートの回答が入ると作成できます。",
    todo=("アンケートを開く", "survey"),
    state=lambda _store, subject, today: f"{short_date(subject.scope.as_of or today, today)} までの回",
    passages=lambda _store, _scope, _on: _PASSAGES,
    goes_out=True,
)
