"""Where evidence for the 提案書 comes from: each subject declares which of its rows can be collected, and what each
says now.

``EVIDENCE`` – declared as ``EVIDENCE`` in the ``offers.py`` of a subject; a screen hands over ``kind`` and ``key``
alone.
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
    """What a source says now: words, number (「61人／104人」, "" = none), where it stands, since when, and of which
    year.

    ``stop`` is why it must not be quoted, in a sentence; "" = it may.
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
        """Words and number, by which a change is seen."""
        return f"{self.said}　{self.count}".strip("　")


@frozen_record
class EvidenceSource:
    """One kind of row: ``read(store, keys)`` says what the rows with these keys say now; one that is gone is not in it.

    ``summed`` = what it says is added up from a whole year: it takes as long as a tally, and moves with every sheet
    that comes in.
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
