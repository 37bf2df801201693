"""The print form of a ledger as a paper of its year: preview, PDF, Excel, printing and the log come from the frame of
the papers.

What leaves gives its rows their numbers for good, in the same transaction.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from app.calendar.dates import short_date
from app.ledgers.papers.ledger_sheet import LedgerFacts, ledger_sheet
from app.ledgers.services.entering import fix_numbers
from app.ledgers.services.ledger import CONTRACTORS, Ledger
from app.ledgers.services.reading import read_books, year_of_ledgers
from app.papers.blocks import DocumentContent
from app.papers.paper import table_day
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperKind
from app.papers.services.paper_scope import PaperScope, year_of
from db.journal import Change
from db.store import Store


def ledger_paper(ledger: Ledger) -> PaperKind:
    """Return the declaration of a ledger's paper."""
    return PaperKind(
        kind=ledger.title,
        about="年度",
        shelf="管理簿",
        build=partial(_build, ledger),
        ready=lambda _store, _subject: True,
        missing="",
        todo="管理簿",
        state=lambda _store, _subject, today: f"{short_date(today, today)} 現在",
        personal=True,
        listed=ledger.on_shelf,
        leaving=partial(fix_printed, ledger),
    )


def kept_by(ledger: Ledger) -> str:
    """Return who keeps a ledger, as its paper says it."""
    return "受託者（区は受領・確認）" if ledger.keeper == CONTRACTORS else "区（受託者は控え）"


def _build(ledger: Ledger, store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    view = year_of(store, scope, on=now.date())
    book, setting = read_books(store.database, view.programme, now.date(), (ledger,))[ledger.key]
    last = book.checks[-1] if book.checks else None
    facts = LedgerFacts(
        title=ledger.title,
        sign=ledger.sign,
        keeper=kept_by(ledger),
        basis=ledger.basis(setting.basis),
        mark=ledger.mark,
        note=ledger.note,
        checked=f"{last.by}　{table_day(last.at.date())}" if last is not None else "",
        totals=tuple((one.label, one.counts, one.numbered) for one in ledger.totals),
    )
    return ledger_sheet(context_of(store, view, scope, ledger.title, now), book, facts)


def fix_printed(
    ledger: Ledger, store: Store, change: Change, scope: PaperScope, content: DocumentContent
) -> dict[str, str]:
    """Give the rows that leave on paper their numbers for good, inside the change by which they leave."""
    programme = year_of_ledgers(store.database, scope.fiscal_year or 0)
    made = datetime.fromisoformat(content.properties["created"])
    book, _setting = read_books(store.database, programme, made.date(), (ledger,))[ledger.key]
    fix_numbers(change, programme, ledger.key, book, now=made)
    return {}
