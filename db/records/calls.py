"""A change in a hurry: the decision, and who was called by whom with what outcome."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from db.frozen_record import frozen_record

DecisionKind = Literal["中止", "延期", "日時の変更", "会場の変更"]
CallOutcome = Literal["連絡済", "不在・再架電", "伝言", "対象外"]
CallTarget = Literal["団体", "受託者", "会場", "手話・要約筆記", "発表者"]


@frozen_record
class ChangeDecision:
    """Who decided what and when, with the reason; ``note`` says 振替日 and the like."""

    id: int = 0
    event_id: int
    kind: DecisionKind
    decided_at: datetime
    decided_by: str
    reason: str
    note: str = ""


@frozen_record
class Call:
    """One call about a decision: to a 団体 (``entry_id`` None = all its people) or one of the others."""

    id: int = 0
    event_id: int
    decision_id: int
    target: CallTarget
    organisation_id: int | None = None
    entry_id: int | None = None
    whom: str = ""
    outcome: CallOutcome
    at: datetime
    by: str
    again_at: datetime | None = None
    note: str = ""
