"""アンケート中間集計 as a paper of the year, as it declares itself on the shelf.

``build_interim(store, scope, now)``; saving, printing and the log are those of every paper (``app.services.paper_saving``).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.documents import interim_totals, paper
from app.documents.blocks import DocumentContent
from app.services.interim_facts import has_answers, read_interim
from app.services.paper_kind import YearPaper
from app.services.paper_scope import PaperScope, year_of
from app.services.programme import office_calendar
from db.store import Store

KIND: Final = interim_totals.KIND


def build_interim(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return what the paper says of the year's events held up to the scope's day (None = today).

    Raises:
        Refusal: nothing came back yet, or there is no such year.
    """
    view = year_of(store, scope, on=now.date())
    context = paper.PaperContext(
        programme=view.programme,
        office=view.office,
        contractor=view.contractor,
        calendar=office_calendar(store),
        made_at=now,
    )
    return interim_totals.interim_totals(context, read_interim(store, as_of=scope.as_of or now.date(), fiscal_year=scope.fiscal_year))


def _ready(store: Store, scope: PaperScope) -> bool:
    return has_answers(store, programme_id=year_of(store, scope).programme.id, as_of=scope.as_of or date.max)


PAPER: Final = YearPaper(
    kind=KIND,
    build=build_interim,
    ready=_ready,
    missing="アンケートの回答が入ると作成できます。",
    todo=("アンケートを開く", "survey"),
)
