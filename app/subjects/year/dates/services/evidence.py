"""Extension point for evidence of the 提案書, by which subjects declare rows that can be collected.

A screen passes ``kind`` and ``key`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from app.actions.user_error import UserError
from app.common.extension_point import ExtensionPoint
from db.frozen_record import frozen_record
from db.records.year.proposal import EvidenceSort
from db.store import Store


@frozen_record
class CurrentEvidence:
    """The current words of a source, with number (「61人／104人」, "" = none), place, day and year.

    ``not_quotable_reason`` is why it must not be quoted, in a sentence; "" = it may.
    """

    sort: EvidenceSort
    said: str
    count: str = ""
    source: str
    day: date | None
    programme_id: int
    not_quotable_reason: str = ""

    @property
    def full_words(self) -> str:
        """Return words and number, to detect a change."""
        return f"{self.said}　{self.count}".strip("　")


@frozen_record
class EvidenceSource:
    """One kind of row; ``read(store, keys)`` returns the current words of the rows that still exist.

    ``is_total`` = it is summed over a whole year: it takes as long as a tally, and changes with every response.
    """

    kind: str
    read: Callable[[Store, Sequence[str]], Mapping[str, CurrentEvidence]]
    is_total: bool = False


EVIDENCE: Final[ExtensionPoint[EvidenceSource]] = ExtensionPoint("evidence")


def evidence_source(kind: str) -> EvidenceSource:
    """Return the declaration of a kind; raises ``UserError`` where no such row can be collected."""
    found = next((one for one in EVIDENCE if one.kind == kind), None)
    if found is None:
        raise UserError(
            "この行は、提案書の根拠にできません。", "協議、問合せ、討議の記録、自由記述、報告書の章から選んでください。"
        )
    return found
