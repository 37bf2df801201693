"""契約台帳 as a paper of the year: read from the settings as they hold on its day, with the changes up to then.

``build_register(store, scope, now)``; saving, printing and the log are those of every paper.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.papers.blocks import DocumentContent
from app.papers.paper import table_day
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperKind
from app.papers.services.paper_scope import PaperScope, year_of
from app.subjects.year.dates.papers import KIND, DatedChange, contract_register
from app.subjects.year.dates.services.contract_history import ChangedItem, contract_history
from db.store import Store


def build_register(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the sheet of a year's contract as it holds today; raises ``Refusal`` when there is no such year."""
    view = year_of(store, scope, on=now.date())
    context = context_of(store, view, scope, KIND, now)
    changes = [_line(one) for one in contract_history(view.rows) if one.day <= now.date()]
    return contract_register(context, tuple(view.numbers.values()), changes)


def _line(one: ChangedItem) -> DatedChange:
    return DatedChange(
        day=table_day(one.day),
        number=one.number,
        item=f"{one.subject}　{one.item}",
        old=one.old,
        new=one.new,
        reason=one.reason,
    )


PAPERS: Final = (
    PaperKind(
        kind=KIND,
        about="年度",
        shelf="年度",
        build=build_register,
        ready=lambda _store, _subject: True,
        missing="",
        todo="契約",
    ),
)
