"""Every kind of task of the year, each said once.

- ``YEAR_KINDS``, ``YEAR_KIND_OF`` – the kinds, and one by its name
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.asked import What
from app.subjects.events.rules import guides
from app.subjects.events.rules.closing_deadlines import INSPECTION, PAYMENT
from app.subjects.events.services.task import PROPOSAL, Ball, TaskWords


def _kind(name: str, asks: What = "年度の期日を終える", *, label: str = "", whose: Ball = "区") -> TaskWords:
    return TaskWords(name=name, label=label or name, asks=asks, whose=whose)


YEAR_KINDS: Final = (
    _kind(guides.INTERIM_BUDGET, "中間集計をする"),
    _kind(guides.INTERIM_REVIEW, "中間集計をする"),
    _kind(guides.NOTICE, "提出物を受領する", label="業務完了届の提出", whose="受託者"),
    _kind(guides.INSPECTED, "完了の手続きを進める"),
    _kind(INSPECTION, "完了の手続きを進める", label="検査を終える"),
    _kind(guides.EXPIRY, label="契約の満了に備える"),
    _kind(guides.INVOICE, "提出物を受領する", label="請求書の提出", whose="受託者"),
    _kind(guides.PAID, "完了の手続きを進める"),
    _kind(PAYMENT, "完了の手続きを進める", label="支払を終える"),
    _kind(guides.BOOKS_CLOSED),
    _kind(PROPOSAL, "提出物を受領する", label="提案書の提出", whose="受託者"),
)
YEAR_KIND_OF: Final[Mapping[str, TaskWords]] = {kind.name: kind for kind in YEAR_KINDS}
