"""The block of a wall plan: twelve months as columns, 31 days as rows, on one A3 landscape page."""

from __future__ import annotations

from typing import Literal

from db.record import frozen, record

WallKind = Literal["event", "ward", "contractor", "end", "own"]
"""Kinds of entries: 実施日, 区の期限, 受託者の期限, 期間の末, 区の年中行事・会計."""


@frozen
class WallEntry:
    """One entry on a day of a wall plan."""

    kind: WallKind
    text: str


@record
class WallDay:
    """One day: its weekday ("" = no such day in the month), whether it is closed, its holiday and its entries."""

    weekday: str = ""
    closed: bool = False
    holiday: str = ""
    entries: tuple[WallEntry, ...] = ()


@record
class WallMonth:
    """One column: 「6月」, the year above it where it begins (「令和8年」 or empty), and 31 days."""

    title: str
    era: str
    days: tuple[WallDay, ...]


@record
class WallPlan:
    """The whole plan.

    ``about`` stands at the right of the title, ``legend`` explains the five kinds in order, ``also`` what they leave
    out; ``sums`` and ``below`` stand under the table, as does what does not fit on its day.
    """

    title: str
    about: str
    legend: tuple[tuple[WallKind, str], ...]
    also: str
    months: tuple[WallMonth, ...]
    sums: str
    below: tuple[str, ...] = ()
