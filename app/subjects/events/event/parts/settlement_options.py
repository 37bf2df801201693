"""Options for settling an exception to the specification, in words for the window."""

from __future__ import annotations

from app.common.display_words import display_word
from app.subjects.events.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, NEEDS, WITHIN_TOLERANCE

SETTLEMENT_WORDS = {
    WITHIN_TOLERANCE: "「程度」の範囲内",
    AGREEMENT: display_word(AGREEMENT),
    CONTRACT_CHANGE: "契約変更の要否を契約課へ確認",
}


def settlement_options(*, strict: bool) -> tuple[tuple[str, str], ...]:
    """Return value and words of each option; a ``strict`` number (全2回) excludes 程度."""
    return tuple((need, SETTLEMENT_WORDS[need]) for need in NEEDS if not (strict and need == WITHIN_TOLERANCE))
