"""Build 契約台帳 from the settings as of its day, with the changes up to then.

``build_register(store, scope, now)``; saving, printing and the log are those of every paper.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.documents.blocks import DocumentContent
from app.documents.document_frame import table_day
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_scope import DocumentScope, year_of
from app.subjects.year.dates.documents import KIND, DatedChange, contract_register
from app.subjects.year.dates.services.contract_history import ChangedItem, contract_history
from db.store import Store


def build_register(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the sheet of a year's contract as of today; raises ``UserError`` when there is no such year."""
    view = year_of(store, scope, on=now.date())
    context = document_context_of(store, view, scope, KIND, now)
    changes = [_line(one) for one in contract_history(view.rows) if one.day <= now.date()]
    return contract_register(context, tuple(view.numbers.values()), changes)


def _line(change: ChangedItem) -> DatedChange:
    return DatedChange(
        day=table_day(change.day),
        number=change.number,
        item=f"{change.subject}　{change.item}",
        old=change.old,
        new=change.new,
        reason=change.reason,
    )


DOCUMENTS: Final = (
    DocumentKind(
        kind=KIND,
        about="年度",
        group="年度",
        build=build_register,
        is_ready=lambda _store, _subject: True,
        missing_words="",
        todo="契約",
    ),
)
