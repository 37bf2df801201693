"""What the subjects offer to the rooms below them, collected in one place: a subject adds itself by one line here.

The modules ``offers`` of the subjects hold, without Qt, as far as a subject has any: ``PAPERS`` (kinds of paper),
``PAPER_SUBJECTS`` (who reads what papers are about),
``PAPER_DOUBTS`` (what to know before a paper leaves), ``PAPER_HALTS`` (what must be settled before it is made),
 ``PAPER_MARKS`` (numbers of a page that are of another day than
the records), ``LEDGERS`` (which ledgers they keep; each has a paper of its own), ``CHECK_LISTS`` (which 確認票 they
have; each has a ledger and a paper of its own),
``TELLS`` (what they tell, and whom), ``RECEIVED`` (kinds of paper that the contractor hands in), ``SUMMARY_PAGES``
(pages that 年度 leads to), ``EVIDENCE`` (rows that can be collected for the 提案書), ``FOLLOW_UPS`` (what only
the state of the store calls for about events), ``LOOSE_FOLLOW_UPS`` (the same about none), ``YEAR_FOLLOW_UPS`` (the
same, read only for the list of all duties), ``REPORT_DRIFT`` (how many numbers of a report the records say
otherwise), ``UNDO_GUARDS`` (what a way back must not change), ``LEAVING_GUARDS`` (what may not leave as things stand),
``OWN_PLACES`` (where a file belongs that this program made itself), ``FORM_TABLES`` (the tables of our forms, by
their headings) and ``ERASERS`` (what is erased for good at the
first opening of a day, before anybody sees the data).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from types import ModuleType
from typing import Any, Final

from app.common import declared

WORDS: Final = (
    "papers", "paper_subjects", "paper_doubts", "paper_halts", "paper_marks", "tells", "follow_ups", "loose_follow_ups",
    "undo_guards", "received",
    "ledgers", "check_lists", "leaving_guards", "evidence",
    "summary_pages", "year_follow_ups", "report_drift", "erasers", "own_places", "form_tables",
)  # fmt: skip
"""What a subject may declare; in its module in capitals."""


def subjects() -> tuple[ModuleType, ...]:
    """Return the offers of every subject that has any, in the order of the shelf of papers."""
    from app.subjects.events.agreements import offers as agreements
    from app.subjects.events.arrangements import offers as arrangements
    from app.subjects.events.calls import offers as calls
    from app.subjects.events.day import offers as day
    from app.subjects.events.discussion import offers as discussion
    from app.subjects.events.dispatches import offers as dispatches
    from app.subjects.events.event import offers as events
    from app.subjects.events.headcount import offers as headcount
    from app.subjects.events.letters import offers as letters
    from app.subjects.events.past import offers as past
    from app.subjects.events.presentations import offers as presentations
    from app.subjects.events.roster import offers as roster
    from app.subjects.events.schedules import offers as schedules
    from app.subjects.organisations.register import offers as register
    from app.subjects.organisations.venues import offers as venues
    from app.subjects.settings.disposal import offers as disposal
    from app.subjects.settings.drill import offers as drill
    from app.subjects.settings.enquiries import offers as enquiries
    from app.subjects.settings.incidents import offers as incidents
    from app.subjects.settings.pages import offers as settings
    from app.subjects.settings.protection import offers as protection
    from app.subjects.settings.takeouts import offers as takeouts
    from app.subjects.settings.workers import offers as workers
    from app.subjects.submissions.deliverables import offers as deliverables
    from app.subjects.submissions.materials import offers as materials
    from app.subjects.submissions.numbers import offers as numbers
    from app.subjects.submissions.reports import offers as reports
    from app.subjects.submissions.turns import offers as turns
    from app.subjects.surveys.compare import offers as survey_compare
    from app.subjects.surveys.questions import offers as survey_questions
    from app.subjects.surveys.tally import offers as survey_tally
    from app.subjects.year.completion import offers as completion
    from app.subjects.year.dates import offers as year
    from app.subjects.year.handover import offers as handover
    from app.subjects.year.proposal import offers as proposal
    from app.subjects.year.specification import offers as specification
    from app.subjects.year.summary import offers as summary

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
    )


def declare_subjects() -> None:
    """Tell the lower rooms where offers come from; nothing is loaded before one of them asks."""
    for word in WORDS:
        declared.come_from(word, partial(_all_of, word))


def _all_of(word: str) -> Iterable[Any]:
    for offers in subjects():
        yield from getattr(offers, word.upper(), ())
        if word in ("ledgers", "papers"):
            yield from _of_check_lists(word, getattr(offers, "CHECK_LISTS", ()))
    if word == "papers":
        from app.ledgers.services.ledger_papers import ledger_paper

        yield from (ledger_paper(one) for one in _all_of("ledgers") if not one.printed_in)


def _of_check_lists(word: str, check_lists: Iterable[Any]) -> Iterable[Any]:
    """The ledger of the sheets of each check list, and its paper."""
    from app.ledgers.services.check_lists import sheet_ledger
    from app.ledgers.services.check_papers import check_paper

    return map(sheet_ledger if word == "ledgers" else check_paper, check_lists)
