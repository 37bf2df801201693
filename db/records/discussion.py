"""The discussion of an 意見交換会, with what each 班 said, line by line, and the follow-ups."""

from __future__ import annotations

from datetime import date
from typing import Literal

from db.frozen_record import frozen_record

DiscussionStep = Literal["課題", "分類", "解決策", "発表"]
SummaryPart = Literal["共通点", "つなげること", "引継ぎ"]


@frozen_record
class DiscussionLine:
    """One line that a 班 wrote in one step, without any name of who said it.

    ``notes`` is the number of sticky notes of a 分類. ``chosen`` marks the line that names what the 班 chose to
    solve (選定).
    """

    id: int = 0
    event_id: int
    group_number: int
    step: DiscussionStep
    position: int
    text: str
    notes: int | None = None
    chosen: bool = False


@frozen_record
class DiscussionPoint:
    """One row of the まとめ, with the lines it came from.

    ``cells`` by ``part``: 共通点 what, the 班 in words (only of rows from before lines were chosen); つなげること what,
    its origin in words beside ``lines``, who, when, how it is checked; 引継ぎ what was found, what changes, the
    evidence. ``lines`` are ids of lines of the discussion. ``done_on`` is the day on which the follow-up was
    done (つなげること alone).
    """

    id: int = 0
    event_id: int
    part: SummaryPart
    position: int
    cells: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    done_on: date | None = None
