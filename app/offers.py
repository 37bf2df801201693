"""What the subjects offer to the rooms below them, collected in one place: a subject adds itself by one line here.

The modules ``offers`` of the subjects hold, without Qt, as far as a subject has any: ``PAPERS`` (kinds of paper), ``PAPER_SUBJECTS`` (who reads what papers are about),
``FOLLOW_UPS`` (what only the state of the store calls for) and ``UNDO_GUARDS`` (what a way back must not change).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from types import ModuleType
from typing import Any, Final

from app import declared

WORDS: Final = ("papers", "paper_subjects", "follow_ups", "undo_guards")
"""What a subject may declare; in its module in capitals."""


def subjects() -> tuple[ModuleType, ...]:
    """Return the offers of every subject that has any, in the order of the shelf of papers."""
    from app.subjects.arrangements import offers as arrangements
    from app.subjects.calls import offers as calls
    from app.subjects.day import offers as day
    from app.subjects.events import offers as events
    from app.subjects.headcount import offers as headcount
    from app.subjects.letters import offers as letters
    from app.subjects.materials import offers as materials
    from app.subjects.register import offers as register
    from app.subjects.reports import offers as reports
    from app.subjects.roster import offers as roster
    from app.subjects.surveys.compare import offers as survey_compare
    from app.subjects.surveys.questions import offers as survey_questions
    from app.subjects.surveys.tally import offers as survey_tally
    from app.subjects.takeouts import offers as takeouts
    from app.subjects.venues import offers as venues

    return (
        events,
        headcount,
        materials,
        reports,
        letters,
        calls,
        roster,
        day,
        survey_questions,
        survey_tally,
        survey_compare,
        register,
        venues,
        takeouts,
        arrangements,
    )


def declare_subjects() -> None:
    """Tell the lower rooms where offers come from; nothing is loaded before one of them asks."""
    for word in WORDS:
        declared.come_from(word, partial(_all_of, word))


def _all_of(word: str) -> Iterable[Any]:
    for offers in subjects():
        yield from getattr(offers, word.upper(), ())
