"""The 段階 of a tool in one 団体: its words, which values there are, and the current one out of the history (§6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from db.records.organisations import StageMark

TOOLS: Final = ("LINE", "Instagram", "ホームページ", "キャッシュレス")
"""The tools offered where nothing else is known; a file may bring others under its own names."""

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
    """Whether ``value`` is one of "0" … "5" or "×"."""
    return value in STAGE_WORDS


def stage_words(value: str) -> str:
    """「2 試行」「× 希望しない」; a value that is none is said as it stands, an empty one is 「—」."""
    word = STAGE_WORDS.get(value)
    return f"{value} {word}" if word else value or "—"


def newest_first(marks: Iterable[StageMark]) -> list[StageMark]:
    """The marks from the latest day to the earliest; of one day the one written last comes first."""
    return sorted(marks, key=lambda mark: (mark.marked_on, mark.id), reverse=True)


def current_stages(marks: Iterable[StageMark], recorded: Mapping[str, str]) -> dict[str, str]:
    """Return each tool's stage of now: the latest mark, else what ``recorded`` says; in the order known, then of the
    marks.

    ``recorded`` are stages without any history (typed before histories were kept).
    """
    found = dict(recorded)
    latest: dict[str, str] = {}
    for mark in newest_first(marks):
        latest.setdefault(mark.tool, mark.stage)
    return {**found, **latest}


def tools_of(*groups: Iterable[str]) -> tuple[str, ...]:
    """Every tool named in ``groups``, each once, in the order first named."""
    return tuple(dict.fromkeys(tool for group in groups for tool in group if tool))


def history_of(marks: Sequence[StageMark], tool: str) -> tuple[StageMark, ...]:
    """The marks of one tool, newest first."""
    return tuple(mark for mark in newest_first(marks) if mark.tool == tool)
