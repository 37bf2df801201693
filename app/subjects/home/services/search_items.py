"""What the search over everything gives to the window: groups of things to go to."""

from __future__ import annotations

from dataclasses import dataclass

from app.asked import Asked


@dataclass(frozen=True, kw_only=True)
class FoundItem:
    """One thing found or to do: ``asked`` is what Enter asks for (None = nowhere to go), ``copied`` what Ctrl+C takes.

    ``kind`` is the kind of an event, for its square. ``marked`` False = the words typed stand in it anyway.
    """

    icon: str
    title: str
    second: str = ""
    asked: Asked | None = None
    copied: str = ""
    kind: str = ""
    marked: bool = True


@dataclass(frozen=True, kw_only=True)
class FoundGroup:
    """Things of one sort; ``total`` may be more than are shown."""

    title: str
    items: tuple[FoundItem, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """All groups for one text; ``keys`` mark what was matched, ``also`` says what else was looked for."""

    text: str
    groups: tuple[FoundGroup, ...]
    keys: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
