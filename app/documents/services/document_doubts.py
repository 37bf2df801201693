"""Warnings before a document leaves: what it lacks, or numbers that contradict another document or report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.common.extension_point import ExtensionPoint
from app.documents.services.document_kind import kind_of
from app.documents.services.document_passages import outdated_words, read_passages
from app.documents.services.document_scope import DocumentScope, keys_of
from db.query_cache import cached_queries
from db.store import Store
from db.tables.documents import passages_of_document

DoubtSource = Callable[[Store, DocumentScope, str, date], tuple[str, ...]]
DOCUMENT_DOUBTS: ExtensionPoint[DoubtSource] = ExtensionPoint("document_doubts")
"""Functions that return warnings about a document kind of a scope, a sentence each; they never block."""


@cached_queries
def read_doubts(store: Store, *, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return every warning about a document as it would leave ``today``, those about its own texts first."""
    found = [words for source in DOCUMENT_DOUBTS for words in source(store, scope, kind, today)]
    return tuple(dict.fromkeys((*_outdated(store, scope, kind, today), *found)))


def _outdated(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return one warning that names the edited passages whose default text has changed since; () = none."""
    if kind_of(kind) != kind or not passages_of_document(store.database, kind, **keys_of(store, scope)):
        return ()
    return outdated_words(read_passages(store, scope=scope, kind=kind, on=today))


@cached_queries
def read_doubts_of(store: Store, *, scope: DocumentScope, kinds: Sequence[str], today: date) -> tuple[str, ...]:
    """Return every warning about documents that leave together, each once, in the order of ``kinds``.

    With several kinds each starts with the first document it is about: 「受付名簿：…」.
    """
    found: dict[str, str] = {}
    for kind in kinds:
        for words in read_doubts(store, scope=scope, kind=kind, today=today):
            found.setdefault(words, f"{kind}：{words}" if len(kinds) > 1 else words)
    return tuple(found.values())
