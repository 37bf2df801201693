"""Clause numbers of the 仕様書 on papers: they print only once 「契約書と一致する」 was answered, or were mended by
hand.

The numbers were added in the order in which the 仕様書 goes; a paper that leaves with a wrong one cites what is not
there. Until then a paper cites the 仕様書 alone. The window shows the numbers all the same.
"""

from __future__ import annotations

import re
from typing import Final, TypeVar

from app.common.text_walk import TextWalk
from db.records.programme import Programme

UNCHECKED: Final = "未確認"
"""The answer 「契約書が未着」 to the question of the settings, and none at all."""

_LETTER = r"[ア-ン](?![ァ-ヴー])"
_ARTICLE = rf"\d+(?:[(（]\d+[)）])?(?:{_LETTER}(?:[・、]?{_LETTER})*)?"
_CLAUSE_NUMBER: Final = re.compile(rf"(?:仕様書|(?<![一-龠々])仕){_ARTICLE}(?:[・、](?:[(（]\d+[)）]){_LETTER})*")
_ITSELF: Final = "仕様書"

Content = TypeVar("Content")


def can_print_numbers(programme: Programme) -> bool:
    """Whether the clause numbers of a year are those of its contract, as far as anybody has answered."""
    return programme.clauses_checked != UNCHECKED


def without_numbers(text: str) -> str:
    """Return a text that cites the 仕様書 alone: 「仕様書4(1)エに基づき」 becomes 「仕様書に基づき」."""
    return _CLAUSE_NUMBER.sub(_ITSELF, text) if "仕" in text else text


def with_known_numbers(content: Content, programme: Programme) -> Content:
    """Return a text or blocks of a paper as they may leave: every clause text goes through here."""
    if can_print_numbers(programme):
        return content
    cleared: Content = _CITING.with_changed_texts(content, without_numbers)
    return cleared


_CITING: Final = TextWalk(
    "条項番号",
    searched=(
        "app.documents.blocks",
        "app.documents.guide_blocks",
        "app.documents.handout_blocks",
        "app.documents.ledger_blocks",
        "app.documents.wall_blocks",
    ),
)
