"""Whether the contract must change: a question to 契約課 that stays open until it is answered."""

from __future__ import annotations

from datetime import datetime

from app.subjects.events.rules.event_checks import AGREEMENT, CONTRACT_CHANGE
from db.journal import Change
from db.records.agreements import Agreement

CONTRACT_TOPIC = "契約変更の要否"
COUNT_TOPIC = "実施回数の変更"


def ask_contract_section(change: Change, *, event_id: int, reason: str, asked: str, now: datetime) -> None:
    """Record the question; ``asked`` is day, person and answer, empty while there is none (協議中)."""
    change.insert(
        Agreement(
            event_id=event_id, topic=CONTRACT_TOPIC, content=reason, asked_on=now.date(),
            settled_on=now.date() if asked.strip() else None, partner="契約課", nature=CONTRACT_CHANGE, note=asked,
        )
    )  # fmt: skip


def agree_on_count(change: Change, *, event_id: int, reason: str, now: datetime) -> None:
    """Record that the changed number of events is to be settled with the contractor (仕様書7)."""
    change.insert(
        Agreement(event_id=event_id, topic=COUNT_TOPIC, content=reason, asked_on=now.date(), nature=AGREEMENT)
    )
