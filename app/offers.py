"""What the subjects offer to the rooms below them, collected in one place: a subject adds itself by one line here.

The modules ``offers`` of the subjects hold, without Qt, as far as a subject has any: ``PAPERS`` (kinds of paper), ``PAPER_SUBJECTS`` (who reads what papers are about),
``FOLLOW_UPS`` (what only the state of the store calls for) and ``UNDO_GUARDS`` (what a way back must not change).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from types import ModuleType
from typing import Any, Final

from app.services import declared

WORDS: Final = ("papers", "paper_subjects", "follow_ups", "undo_guards")
"""What a subject may declare; in its module in capitals."""


def subjects() -> tuple[ModuleType, ...]:
    """Return the offers of every subject that has any, in the order of the shelf of papers."""
    from app.services.offers import (
        arrangements,
        calls,
        day,
        events,
        headcount,
        letters,
        materials,
        register,
        reports,
        roster,
        survey_compare,
        survey_questions,
        survey_tally,
        takeouts,
        venues,
    )

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
