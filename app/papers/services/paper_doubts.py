"""What somebody should know before a paper leaves: what it lacks, or a number that another paper or a report says
otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from app.common.declared import Declared
from app.papers.services.paper_scope import PaperScope
from db.store import Store

DoubtSource = Callable[[Store, PaperScope, str, date], tuple[str, ...]]
PAPER_DOUBTS: Final[Declared[DoubtSource]] = Declared("paper_doubts")
"""Who knows of doubts about a kind of paper of a scope, a sentence each; they warn and never stop."""


def read_doubts(store: Store, *, scope: PaperScope, kind: str, today: date) -> tuple[str, ...]:
    """Return every doubt about a paper as it would leave ``today``."""
    return tuple(words for source in PAPER_DOUBTS for words in source(store, scope, kind, today))
