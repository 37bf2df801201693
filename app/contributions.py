"""Collect what the subjects declare for others in their ``contributions`` modules (``CONTRIBUTION_NAMES``).

A subject is added by one line in ``contributing_modules``. Those modules need no Qt and declare only what the subject
has: document kinds, ledgers, notifications, follow-ups, evidence, erasers …
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from types import ModuleType
from typing import Any, Final

from app.common import extension_point

CONTRIBUTION_NAMES: Final = (
    "documents", "document_subjects", "document_doubts", "document_halts", "document_marks", "notifications",
    "follow_ups", "eventless_follow_ups",
    "undo_guards", "received_kinds",
    "ledgers", "outgoing_guards", "evidence",
    "summary_pages", "year_follow_ups", "report_drift", "erasers", "own_file_locations", "form_tables",
    "questionnaire_files",
)  # fmt: skip
"""The names of what a subject may declare; its ``contributions`` module has the same names in capitals."""


def contributing_modules() -> tuple[ModuleType, ...]:
    """Return the ``contributions`` module of every subject that has one, in the order in which documents are listed."""
    from app.event import contributions as events
    from app.event_day.checkouts import contributions as takeouts
    from app.event_day.day import contributions as day
    from app.events.agreements import contributions as agreements
    from app.events.arrangements import contributions as arrangements
    from app.events.as_of import contributions as past
    from app.events.calls import contributions as calls
    from app.events.discussion import contributions as discussion
    from app.events.dispatches import contributions as dispatches
    from app.events.headcount import contributions as headcount
    from app.events.letters import contributions as letters
    from app.events.materials import contributions as materials
    from app.events.presentations import contributions as presentations
    from app.events.roster import contributions as roster
    from app.events.schedules import contributions as schedules
    from app.home.today import contributions as today
    from app.registers.register import contributions as register
    from app.registers.venues import contributions as venues
    from app.registers.workers import contributions as workers
    from app.settings.disposal import contributions as disposal
    from app.settings.drill import contributions as drill
    from app.settings.incidents import contributions as incidents
    from app.settings.pages import contributions as settings
    from app.settings.protection import contributions as protection
    from app.submissions.deliverables import contributions as deliverables
    from app.submissions.reports import contributions as reports
    from app.submissions.work_queue import contributions as turns
    from app.surveys.compare import contributions as survey_compare
    from app.surveys.questions import contributions as survey_questions
    from app.surveys.tally import contributions as survey_tally
    from app.year.dates import contributions as year
    from app.year.enquiries import contributions as enquiries
    from app.year_end.completion import contributions as completion
    from app.year_end.consistency import contributions as numbers
    from app.year_end.handover import contributions as handover
    from app.year_end.proposal import contributions as proposal
    from app.year_end.specification import contributions as specification
    from app.year_end.summary import contributions as summary

    return (
        events,
        year,
        headcount,
        materials,
        discussion,
        reports,
        deliverables,
        turns,
        letters,
        dispatches,
        calls,
        presentations,
        roster,
        day,
        survey_questions,
        survey_tally,
        survey_compare,
        summary,
        agreements,
        completion,
        register,
        venues,
        schedules,
        workers,
        protection,
        disposal,
        drill,
        incidents,
        enquiries,
        takeouts,
        arrangements,
        numbers,
        proposal,
        handover,
        specification,
        settings,
        past,
        today,
    )


def register_contributions() -> None:
    """Register with the extension points where contributions come from; each is imported when first needed."""
    for word in CONTRIBUTION_NAMES:
        extension_point.register(word, partial(_contributions_named, word))


def _contributions_named(word: str) -> Iterable[Any]:
    """Yield the contributions to one extension point."""
    for offers in contributing_modules():
        yield from getattr(offers, word.upper(), ())
    if word == "documents":
        from app.ledgers.services.ledger_documents import ledger_document_kind

        yield from (ledger_document_kind(one) for one in _contributions_named("ledgers") if not one.printed_in)
