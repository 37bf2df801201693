"""Questions that a service hands out as one column an option (「設問：選択肢」), ticked with a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.foreign_files.foreign_shape import ForeignRow
from app.foreign_files.heading_roles import fold_heading
from app.subjects.surveys.questions.intake.option_fold import fold_option

_PARTS = (
    re.compile(r"^(?P<title>.*\S)\s*[\[［](?P<option>[^\[\]［］]+)[\]］]\s*$", re.DOTALL),
    re.compile(r"^(?P<title>.*\S)\s*(?:[:：／/＿_|｜]|\s[-－–]\s)\s*(?P<option>[^:：／/＿_|｜]*\S)\s*$", re.DOTALL),
)
_TICKED = frozenset({"1", "○", "◯", "〇", "●", "◎", "✓", "✔", "☑", "■", "レ", "v", "x", "true", "yes", "はい", "選択"})
_NOT_TICKED = frozenset({"", "0", "×", "✕", "☐", "□", "-", "―", "ー", "false", "no", "いいえ", "未選択"})
_FEWEST = 2


@dataclass(frozen=True, kw_only=True)
class TickGroup:
    """One question spread over columns: its title and, by column from 0, the option of each."""

    title: str
    options: dict[int, str]


def tick_parts(heading: str) -> tuple[str, str] | None:
    """Title and option of a heading such as 「役立った内容：操作の体験」 or 「役立った内容 [操作の体験]」, else None."""
    for pattern in _PARTS:
        match = pattern.match(heading.strip())
        if match:
            return match["title"].strip(), match["option"].strip()
    return None


def is_ticked(cell: str, option: str) -> bool | None:
    """Whether ``cell`` ticks ``option``: by a mark or by the option's own words; None when it is some other text."""
    folded = fold_option(cell)
    if folded == fold_option(option) or folded in _TICKED:
        return True
    return False if folded in _NOT_TICKED else None


def is_other(option: str) -> bool:
    """Whether the column is that of a written その他."""
    return option.startswith("その他")


def find_tick_groups(headings: Sequence[str], rows: Sequence[ForeignRow]) -> tuple[TickGroup, ...]:
    """The questions that stand in ``headings`` with one column an option: at least two of them, all cells marks."""
    groups: dict[str, TickGroup] = {}
    for index, heading in enumerate(headings):
        parts = tick_parts(heading)
        if parts is None:
            continue
        title, option = parts
        groups.setdefault(fold_heading(title), TickGroup(title=title, options={})).options[index] = option
    return tuple(group for group in groups.values() if _is_ticked_group(group, rows))


def _is_ticked_group(group: TickGroup, rows: Sequence[ForeignRow]) -> bool:
    ticked = 0
    for index, option in group.options.items():
        for row in rows:
            found = is_ticked(row.cells[index], option)
            if found is None and not is_other(option):
                return False
            ticked += bool(found)
    return len(group.options) >= _FEWEST and ticked > 0
