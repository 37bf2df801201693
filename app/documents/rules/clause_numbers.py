"""Clause numbers of the 仕様書 on documents, printed only once they were confirmed or corrected.

The program's numbers follow the order of the 仕様書; a document with a wrong one would cite what does not exist. Until
「契約書と一致する」 is answered, or the numbers are corrected by hand, a document cites the 仕様書 alone. The window
shows the numbers anyway.
"""

from __future__ import annotations

import re
from typing import Final, TypeVar

from app.common.text_walk import TextWalk
from db.records.programme import Programme

UNCHECKED: Final = "未確認"
"""The answers that count as not confirmed: 「契約書が未着」, and no answer."""

_LETTER = r"[ア-ン](?![ァ-ヴー])"
_ARTICLE = rf"\d+(?:[(（]\d+[)）])?(?:{_LETTER}(?:[・、]?{_LETTER})*)?"
_CLAUSE_NUMBER: Final = re.compile(rf"(?:仕様書|(?<![一-龠々])仕){_ARTICLE}(?:[・、](?:[(（]\d+[)）]){_LETTER})*")
_ITSELF: Final = "仕様書"

Content = TypeVar("Content")


def can_print_numbers(programme: Programme) -> bool:
    """Return whether the clause numbers of a year are confirmed to be those of its contract."""
    return programme.clauses_checked != UNCHECKED


def without_numbers(text: str) -> str:
    """Return a text that cites the 仕様書 without numbers: 「仕様書4(1)エに基づき」 becomes 「仕様書に基づき」."""
    return _CLAUSE_NUMBER.sub(_ITSELF, text) if "仕" in text else text


def with_known_numbers(content: Content, programme: Programme) -> Content:
    """Return a text or blocks without unconfirmed clause numbers; every text of a document passes through here."""
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
