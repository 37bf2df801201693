"""The discussion of an 意見交換会, with what each 班 said, line by line, and the follow-ups."""

from __future__ import annotations

from enum import StrEnum

from db.fields import (
    DoneOn,
    Key,
    Position,
)
from db.record import data_field, one_of, optional_field, record


class DiscussionStep(StrEnum):
    """A step of the discussion."""

    PROBLEMS = "課題"
    SORTING = "分類"
    SOLUTIONS = "解決策"
    PRESENTATION = "発表"

    is_sorting = one_of(SORTING)


class SummaryPart(StrEnum):
    """What the 班 said together."""

    COMMON = "共通点"
    LINKS = "つなげること"
    HANDOVER = "引継ぎ"

    is_common = one_of(COMMON)
    is_link = one_of(LINKS)
    is_handover = one_of(HANDOVER)


@record
class DiscussionLine:
    """One line that a 班 wrote in one step, without any name of who said it.

    ``notes`` is the number of sticky notes of a 分類. ``chosen`` marks the line that names what the 班 chose to
    solve (選定).
    """

    id: Key = 0
    event_id: Key
    group_number: int = data_field("班")
    step: DiscussionStep = data_field("段階")
    position: Position
    text: str = data_field("行", names_row=True, erasing="free")
    notes: int | None = optional_field("付箋の枚数")
    chosen: bool = data_field("選定", default=False)


@record
class DiscussionPoint:
    """One row of the まとめ, with the lines it came from.

    ``cells`` by ``part``: 共通点 what, the 班 in words (only of rows from before lines were chosen); つなげること what,
    its origin in words beside ``lines``, who, when, how it is checked; 引継ぎ what was found, what changes, the
    evidence. ``lines`` are ids of lines of the discussion. ``done_on`` is the day on which the follow-up was
    done (つなげること alone).
    """

    id: Key = 0
    event_id: Key
    part: SummaryPart = data_field("まとめの部分", names_row=True)
    position: Position
    cells: tuple[str, ...] = data_field("記入", erasing="free", default=())
    lines: tuple[int, ...] = data_field("もとになった討議", erasing="free", default=())
    done_on: DoneOn = None
