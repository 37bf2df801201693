"""Defines when an event counts as held, its result being recorded, and says in words that it was broken off.

All counts use this; deadlines and the pages of the day use the date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.calendar.dates import clock_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import table_day
from app.event.rules.agenda import minutes_of
from db.records.events import Event, EventResult


def is_held(event: Event, until: date) -> bool:
    """Return whether an event counts as 実施 up to and including a day."""
    return event.status.is_held and event.event_date is not None and event.event_date <= until


def without_result_words(events: Iterable[Event], not_held: Mapping[int, str]) -> str:
    """Return a note that names the events which a count leaves out, and why; "" for none.

    Args:
        not_held: why (延期 …) by id, of those that miss no result; "" for those that do.
    """
    waiting: list[str] = []
    gone: list[str] = []
    for event in sorted(events, key=lambda one: (one.event_date or date.max, one.id)):
        day = table_day(event.event_date) if event.event_date is not None else ""
        why = not_held[event.id]
        said = join_nonempty(day, why, separator="、")
        (gone if why else waiting).append(f"{event.full_title}（{said}）")
    said = fill_nonempty("結果の記録がないため数えていない回：{}。", "、".join(waiting))
    return said + fill_nonempty("行っていないため数えていない回：{}。", "、".join(gone))


_DECIDER_SUFFIX = re.compile(r"（[^（）]*の判断）$")
"""Pattern of who decided a 中止 and when, at the end of a recorded reason; left out in counts of the year."""


def cancelled_words(cancelled: Iterable[Event], others: Sequence[Event]) -> str:
    """Return the cancelled events by name, each with its day, reason and replacement; "" for none.

    「第8回 情報発信の注意点講習会（R8.12.10、大雨警報の発表のため。代わりに第9回 … R9.1.14）」.
    """
    return "、".join(_cancelled_event_words(event, others) for event in cancelled)


def _cancelled_event_words(event: Event, others: Sequence[Event]) -> str:
    """Return the title of a cancelled event with its day, why (without who decided), and what is held instead."""
    why = _DECIDER_SUFFIX.sub("", event.cancel_reason.strip()).rstrip("。")
    said = join_nonempty(table_day(event.event_date) if event.event_date is not None else "", why, separator="、")
    instead = next((one for one in others if one.replaces == event.id and one.status.counts), None)
    if instead is None:
        return f"{event.full_title}（{said}）" if said else event.full_title
    day = f" {table_day(instead.event_date)}" if instead.event_date is not None else ""
    return f"{event.full_title}（{join_nonempty(said, f'代わりに{instead.full_title}{day}', separator='。')}）"


def end_words(result: EventResult | None) -> str:
    """Return 「午後3時10分に途中で打切り（停電のため。そのとき12人）」, "" for an event that ended as planned."""
    if result is None or not result.cut_short:
        return ""
    there = f"そのとき{result.people_at_end}人" if result.people_at_end is not None else ""
    why = join_nonempty(result.cut_reason.rstrip("。"), there, separator="。")
    return f"{clock_words(result.ended_at)}に途中で打切り（{why}）"


def minutes_held(start_time: str, planned: int, result: EventResult | None) -> int:
    """Return how long an event from ``start_time`` ("HH:MM") was held: as planned, or until it was broken off."""
    if result is None or not result.cut_short:
        return planned
    return minutes_of(result.ended_at) - minutes_of(start_time)


def cut_short_note(found: Iterable[tuple[Event, EventResult]]) -> str:
    """Return the note that names the events that were broken off, and whether each counts; "" for none."""
    said = [
        f"{event.full_title}（{table_day(event.event_date)}、{end_words(result)}。{result.cut_short.words}）"
        for event, result in found
        if result.cut_short and event.event_date is not None
    ]
    return fill_nonempty("途中で打ち切った回：{}。", "、".join(said))
