"""What somebody should know before a paper leaves: what it lacks, or a number that another paper or a report says
otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from app.common.declared import Declared
from app.papers.services.paper_kind import kind_of
from app.papers.services.paper_passages import outdated_words
from app.papers.services.paper_scope import PaperScope, keys_of
from app.papers.services.passage_writing import read_passages
from db.one_reading import one_reading
from db.store import Store
from db.tables.papers import passages_of_paper

DoubtSource = Callable[[Store, PaperScope, str, date], tuple[str, ...]]
PAPER_DOUBTS: Final[Declared[DoubtSource]] = Declared("paper_doubts")
"""Who knows of doubts about a kind of paper of a scope, a sentence each; they warn and never stop."""


def read_doubts(store: Store, *, scope: PaperScope, kind: str, today: date) -> tuple[str, ...]:
    """Return every doubt about a paper as it would leave ``today``: of its own texts first."""
    found = [words for source in PAPER_DOUBTS for words in source(store, scope, kind, today)]
    return tuple(dict.fromkeys((*_outdated(store, scope, kind, today), *found)))


def _outdated(store: Store, scope: PaperScope, kind: str, today: date) -> tuple[str, ...]:
    """What staff wrote in a paper that was worded from something else than is so now."""
    if kind_of(kind) != kind or not passages_of_paper(store.database, kind, **keys_of(store, scope)):
        return ()
    return outdated_words(read_passages(store, scope=scope, kind=kind, on=today))


@one_reading
def read_doubts_of(store: Store, *, scope: PaperScope, kinds: Sequence[str], today: date) -> tuple[str, ...]:
    """Return every doubt about papers that leave together, each once; of several papers each with the name of its
    paper."""
    found: dict[str, str] = {}
    for kind in kinds:
        for words in read_doubts(store, scope=scope, kind=kind, today=today):
            found.setdefault(words, f"{kind}：{words}" if len(kinds) > 1 else words)
    return tuple(found.values())
