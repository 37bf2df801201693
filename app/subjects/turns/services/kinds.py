"""The one table of what passes between ward and contractor: which date each side has, and what its steps are.

Clause, rule, points and the date of a received paper are asked of its declaration (``ReceivedKind``); here stands only
what that does not know: what the ward answers by, and how a thing is gone through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from app.subjects.events.rules.closing_deadlines import INSPECTION, PAYMENT
from app.subjects.events.rules.deadlines import MATERIAL
from app.subjects.events.rules.guides import DRAFT, REVIEW
from app.subjects.events.services.task import CORRECTION, RESUBMISSION
from db.tables.reports import REPORT_KIND

HANDOUT: Final = "資料"
Step = Literal["見た", "結果", "通知する"]
_ALL: Final[tuple[Step, ...]] = ("見た", "結果", "通知する")


@dataclass(frozen=True, kw_only=True)
class PassingKind:
    """One kind of thing.

    Attributes:
        kind: its name. owed: the task with the date of the contractor. again: that of a mended version.
        answered_by: the task with the date of the ward's answer; "" = ``LOOK_DAYS`` after the receipt, a 区の目標.
        steps: what the ward does with it, in this order. looks: the verb of its first step.
    """

    kind: str
    owed: str = ""
    again: str = ""
    answered_by: str = ""
    steps: tuple[Step, ...] = ("見た", "結果")
    looks: str = "確認する"


_BY_HAND: Final = {
    REPORT_KIND: PassingKind(kind=REPORT_KIND, again=CORRECTION, answered_by=REVIEW, steps=_ALL),
    "業務完了届": PassingKind(kind="業務完了届", answered_by=INSPECTION),
    "請求書": PassingKind(kind="請求書", answered_by=PAYMENT),
    "物品持込許可申請書": PassingKind(kind="物品持込許可申請書", looks="許可を決める"),
}
HANDOUTS: Final = PassingKind(kind=HANDOUT, owed=DRAFT, again=RESUBMISSION, answered_by=MATERIAL, steps=_ALL)


def passing_kind(kind: str) -> PassingKind:
    """Return the line of a kind by its name."""
    return HANDOUTS if kind == HANDOUT else _BY_HAND.get(kind, PassingKind(kind=kind))
