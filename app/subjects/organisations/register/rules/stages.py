"""The 段階 of a tool in one 団体: its wording, its valid values, and the current one from the history (§6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from db.records.organisations import StageMark

TOOLS: Final = ("LINE", "Instagram", "ホームページ", "キャッシュレス")
"""The tools offered by default; a file may bring others under its own names."""

NOT_WANTED: Final = "×"
STAGE_WORDS: Final[Mapping[str, str]] = {
    "0": "未着手",
    "1": "検討中",
    "2": "試行",
    "3": "運用開始",
    "4": "定期運用",
    "5": "定着",
    NOT_WANTED: "希望しない",
}


def is_stage(value: str) -> bool:
    """Return whether ``value`` is one of "0" … "5" or "×"."""
    return value in STAGE_WORDS


def stage_words(value: str) -> str:
    """Return 「2 試行」 or 「× 希望しない」; any other value is returned as it is, an empty one as 「—」."""
    word = STAGE_WORDS.get(value)
    return f"{value} {word}" if word else value or "—"


def newest_first(marks: Iterable[StageMark]) -> list[StageMark]:
    """Return the marks sorted from the latest day to the earliest; on the same day the last written comes first."""
    return sorted(marks, key=lambda mark: (mark.marked_on, mark.id), reverse=True)


def current_stages(marks: Iterable[StageMark], recorded: Mapping[str, str]) -> dict[str, str]:
    """Return the current stage of each tool: its latest mark, else the stage in ``recorded``.

    ``recorded`` are stages without a history (typed before histories were kept). Tools come in the order of
    ``recorded``, then of the marks.
    """
    found = dict(recorded)
    latest: dict[str, str] = {}
    for mark in newest_first(marks):
        latest.setdefault(mark.tool, mark.stage)
    return {**found, **latest}


def tools_of(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return every tool in ``groups`` once, in the order of first occurrence."""
    return tuple(dict.fromkeys(tool for group in groups for tool in group if tool))


def history_of(marks: Sequence[StageMark], tool: str) -> tuple[StageMark, ...]:
    """Return the marks of one tool, newest first."""
    return tuple(mark for mark in newest_first(marks) if mark.tool == tool)
