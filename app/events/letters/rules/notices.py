"""Default passages of every kind of letter of an event."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.documents.document_frame import Passage
from app.event.rules.recruitment import DECISION
from app.events.letters.rules.change_letters import cancellation_passages, change_passages, revocation_passages
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    INVITATION,
    PLACE_REVOCATION,
    REFUSAL_LETTER,
    REVOCATION,
    WITHDRAWAL,
    LetterFacts,
    participant_passages,
    place_revocation_passages,
    refusal_passages,
    withdrawal_passages,
)

_LETTERS: dict[str, Callable[[LetterFacts], tuple[Passage, ...]]] = {
    DECISION: partial(participant_passages, DECISION),
    REFUSAL_LETTER: refusal_passages,
    INVITATION: partial(participant_passages, INVITATION),
    CANCELLATION: cancellation_passages,
    CHANGE: change_passages,
    REVOCATION: revocation_passages,
    WITHDRAWAL: withdrawal_passages,
    PLACE_REVOCATION: place_revocation_passages,
}


def notice_passages(kind: str, facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of a kind of letter in their order.

    Raises:
        KeyError: the kind is no letter.
    """
    return _LETTERS[kind](facts)
