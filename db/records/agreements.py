"""Matters the ward and the contractor settle together (協議)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One matter under discussion; ``settled_on`` None means 協議中. ``topic`` e.g. 日程, 内容, 機材, 設問."""

    id: int = 0
    event_id: int | None = None
    number: str = ""
    topic: str
    content: str = ""
    asked_on: date | None = None
    settled_on: date | None = None
    partner: str = ""
    nature: str = "協議で足りる"
    note: str = ""
