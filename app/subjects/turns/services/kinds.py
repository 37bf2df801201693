"""What passes between ward and contractor: which date each side has, where the declaration of a kind does not say it.

Clause, rule, points and the date of a received paper are asked of its declaration (``ReceivedKind``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.subjects.events.rules.closing_deadlines import INSPECTION, PAYMENT
from app.subjects.events.rules.deadlines import MATERIAL
from app.subjects.events.rules.guides import DRAFT, REVIEW
from app.subjects.events.services.task import CORRECTION, RESUBMISSION
from db.tables.reports import REPORT_KIND

HANDOUT: Final = "資料"


@dataclass(frozen=True, kw_only=True)
class PassingKind:
    """One kind of thing.

    Attributes:
        owed: the task with the date of the contractor, "" = that of the declaration. again: that of a mended version.
        answered_by: the task with the date of the ward's answer; "" = ``LOOK_DAYS`` after the receipt, a 区の目標.
        looks: the verb of what the ward does first.
    """

    owed: str = ""
    again: str = ""
    answered_by: str = ""
    looks: str = "確認する"


_BY_HAND: Final = {
    REPORT_KIND: PassingKind(again=CORRECTION, answered_by=REVIEW),
    "業務完了届": PassingKind(answered_by=INSPECTION),
    "請求書": PassingKind(answered_by=PAYMENT),
    "物品持込許可申請書": PassingKind(looks="許可を決める"),
}
_ANY: Final = PassingKind()
HANDOUTS: Final = PassingKind(owed=DRAFT, again=RESUBMISSION, answered_by=MATERIAL)


def passing_kind(kind: str) -> PassingKind:
    """Return what is known of a received kind by its name."""
    return _BY_HAND.get(kind, _ANY)
