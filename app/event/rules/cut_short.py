"""Says in words that an event was broken off on its day, for its own papers and wherever the year is counted."""

from __future__ import annotations

from collections.abc import Iterable

from app.calendar.dates import clock_words
from app.common.join_nonempty import join_nonempty
from app.documents.document_frame import table_day
from db.records.events import Event, EventResult


def end_words(result: EventResult | None) -> str:
    """Return 「午後3時10分に途中で打切り（停電のため。そのとき12人）」, "" for an event that ended as planned."""
    if result is None or not result.cut_short:
        return ""
    there = f"そのとき{result.people_at_end}人" if result.people_at_end is not None else ""
    why = join_nonempty(result.cut_reason.rstrip("。"), there, separator="。")
    return f"{clock_words(result.ended_at)}に途中で打切り（{why}）"


def cut_short_note(found: Iterable[tuple[Event, EventResult]]) -> str:
    """Return the note that names the events that were broken off, and whether each counts; "" for none."""
    said = [
        f"{event.full_title}（{table_day(event.event_date)}、{end_words(result)}。{result.cut_short.words}）"
        for event, result in found
        if result.cut_short and event.event_date is not None
    ]
    return f"途中で打ち切った回：{'、'.join(said)}。" if said else ""
