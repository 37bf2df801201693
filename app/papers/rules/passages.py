"""A passage of a paper: one text that staff may word otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One text of a paper as the app words it: ``part`` names it, ``lines`` is how tall its field is."""

    part: str
    text: str
    lines: int = 2
