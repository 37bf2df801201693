"""One picture of the main window: where to go, what is done there, what must be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.startup.pictures.steps import Step


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture.

    Attributes: ``name`` what it is called (its number comes from its place in the list); ``place`` and
    ``arguments`` where to go; ``shows`` words that stand in no other page of that place; ``steps`` what is done
    there first; ``day`` the day it is taken on (None = the sample year's own); ``bare`` sentences of empty lists
    that belong there; ``paper`` its name in ``docs/pictures``, where a paper of the project shows it.
    """

    name: str
    place: str
    shows: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    day: date | None = None
    bare: tuple[str, ...] = ()
    paper: str = ""
