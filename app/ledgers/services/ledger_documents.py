"""The document kinds of ledgers; saving or printing one makes the numbers of its rows final."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from app.calendar.dates import short_date
from app.documents.blocks import DocumentContent
from app.documents.document_frame import table_day
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope, year_at
from app.ledgers.documents import LedgerPrintFacts, ledger_document
from app.ledgers.services.ledger import CONTRACTORS, Ledger
from app.ledgers.services.ledger_reading import read_books, require_year
from app.ledgers.services.ledger_writing import assign_final_numbers
from app.programme.services import read_programme
from db.journal import Change
from db.store import Store


def ledger_document_kind(ledger: Ledger) -> DocumentKind:
    """Return the document kind of a ledger."""
    return DocumentKind(
        kind=ledger.title,
        group="管理簿",
        build=partial(_build, ledger),
        is_ready=partial(_is_kept, ledger),
        missing_words=ledger.not_kept_words,
        todo="管理簿",
        state_words=lambda _store, _subject, today: f"{short_date(today, today)} 現在",
        personal=True,
        is_listed=ledger.in_document_library,
        on_outgoing=partial(assign_printed_numbers, ledger),
    )


def _is_kept(ledger: Ledger, store: Store, subject: DocumentSubject) -> bool:
    """Return whether the year has this ledger at all; True for one that every year has."""
    if ledger.is_kept is None:
        return True
    return ledger.is_kept(store, read_programme(store, fiscal_year=subject.scope.fiscal_year, with_names=False))


def keeper_text(ledger: Ledger) -> str:
    """Return who keeps a ledger, as printed: 「受託者（区は受領・確認）」 or 「区（受託者は控え）」."""
    return "受託者（区は受領・確認）" if ledger.keeper == CONTRACTORS else "区（受託者は控え）"


def _build(ledger: Ledger, store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    view = year_at(store, scope, now)
    book, setting = read_books(store.database, view.programme, now.date(), (ledger,))[ledger.key]
    last = book.checks[-1] if book.checks else None
    facts = LedgerPrintFacts(
        title=ledger.title,
        sign=ledger.sign,
        keeper=keeper_text(ledger),
        basis=ledger.basis(view, setting.basis),
        handling_mark=ledger.handling_mark,
        note=ledger.note_in(view),
        check_text=f"{last.by}　{table_day(last.at.date())}" if last is not None else "",
        totals=tuple((one.label, one.is_counted, one.names_rows) for one in ledger.totals_in(view)),
    )
    return ledger_document(document_context_of(store, scope, ledger.title, now), book, facts)


def assign_printed_numbers(
    ledger: Ledger, store: Store, change: Change, scope: DocumentScope, content: DocumentContent
) -> dict[str, str]:
    """Make the numbers of the printed rows final, inside the change by which the document leaves; return {}."""
    programme = require_year(store.database, scope.fiscal_year or 0)
    made = datetime.fromisoformat(content.properties["created"])
    book, _setting = read_books(store.database, programme, made.date(), (ledger,))[ledger.key]
    assign_final_numbers(change, programme, ledger.key, book, now=made)
    return {}
