"""Collect what the areas declare for others in their ``contributions`` modules (``CONTRIBUTION_NAMES``).

A subject is added by its lines in the module of its area. Those modules need no Qt and declare document kinds,
ledgers, notifications, follow-ups, evidence, erasers …
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from app.common import extension_point

CONTRIBUTION_NAMES = (
    "documents", "document_subjects", "document_doubts", "document_halts", "document_marks", "notifications",
    "follow_ups", "eventless_follow_ups",
    "undo_guards", "received_kinds",
    "ledgers", "outgoing_guards", "evidence",
    "summary_pages", "year_follow_ups", "report_drift", "erasers", "own_file_locations",
    "questionnaire_files", "copy_logs",
)  # fmt: skip
"""The names of what an area may declare; its ``contributions`` module has the same names in capitals."""

DECLARED_ALONE = {
    "form_tables": "submissions.deliverables.services.form_tables",
    "questionnaire_files": "surveys.contributions",
    "report_drift": "year_end.contributions",
    "erasers": "settings.contributions",
}
"""The module in ``app`` that alone declares something: a command that needs no more loads no other area."""


def contributing_modules() -> tuple[ModuleType, ...]:
    """Return the ``contributions`` module of every area, in the order in which documents are listed."""
    from app.event import contributions as event
    from app.event_day import contributions as event_day
    from app.events import contributions as events
    from app.home import contributions as home
    from app.registers import contributions as registers
    from app.settings import contributions as settings
    from app.submissions import contributions as submissions
    from app.surveys import contributions as surveys
    from app.year import contributions as year
    from app.year_end import contributions as year_end

    return (event, year, events, submissions, event_day, surveys, year_end, registers, settings, home)


def register_contributions() -> None:
    """Register with the extension points where contributions come from; each is imported when first needed."""
    for word in (*CONTRIBUTION_NAMES, *DECLARED_ALONE):
        extension_point.register(word, partial(_contributions_named, word))


def _contributions_named(word: str) -> Iterable[Any]:
    alone = DECLARED_ALONE.get(word)
    for offers in (import_module(f"app.{alone}"),) if alone else contributing_modules():
        yield from getattr(offers, word.upper(), ())
    if word == "documents":
        from app.ledgers.services.ledger_documents import ledger_document_kind

        yield from (ledger_document_kind(one) for one in _contributions_named("ledgers") if not one.printed_in)
