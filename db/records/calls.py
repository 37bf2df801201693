"""Urgent changes (中止・延期・変更), with the decision and the calls about it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from db.fields import Spec
from db.frozen_record import frozen_record

DecisionKind = Literal["中止", "延期", "日時の変更", "会場の変更"]
CallOutcome = Literal["連絡済", "不在・再架電", "伝言", "対象外"]
CallTarget = Literal["団体", "受託者", "会場", "手話・要約筆記", "発表者"]


@frozen_record
class ChangeDecision:
    """A decision on an event, with who, when, the reason, and the facts before it.

    ``told_time`` is set where a postponed event had been moved before and nobody was notified;
    ``before_time`` then says from which day it was postponed. ``taken_back`` says when and by whom a 延期 or a
    change was taken back; a 中止 taken back is known by its event. ``reason_seen``: the reason was checked in
    the wording of letters; older decisions lack it.
    """

    id: int = 0
    event_id: int
    kind: DecisionKind
    decided_at: datetime
    decided_by: str
    reason: str
    note: str = ""
    before_time: Annotated[str, Spec("もとの日時")] = ""
    told_time: Annotated[str, Spec("知らせた日時")] = ""
    before_place: Annotated[str, Spec("もとの会場")] = ""
    substitute: Annotated[str, Spec("振替日")] = ""
    taken_back: Annotated[str, Spec("取消")] = ""
    reason_seen: Annotated[bool, Spec("理由の文を確認")] = False


@frozen_record
class Call:
    """One call about a decision, to a 団体 (``entry_id`` None = all its people) or another party."""

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
