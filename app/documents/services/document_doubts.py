"""Warnings before a document leaves: what it lacks, or numbers that contradict another document or report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.common.extension_point import ExtensionPoint
from app.documents.blocks import DocumentContent
from app.documents.services.document_kind import kind_of
from app.documents.services.document_passages import outdated_words, read_passages
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.editions import fingerprint
from db.query_cache import cached_queries
from db.record import record
from db.records.documents import Outgoing
from db.rows import rows
from db.store import Store
from db.tables.documents import passages_of_document

DoubtSource = Callable[[Store, DocumentScope, str, date], tuple[str, ...]]
DOCUMENT_DOUBTS: ExtensionPoint[DoubtSource] = ExtensionPoint("document_doubts")
"""Functions that return warnings about a document kind of a scope, a sentence each; they never block."""
DAY_OVER_REASON = "過ぎた日を載せた理由"
"""Key in the log for the reason why a document left that states a day which is over."""
_DAY_OVER_CONTENT = "過ぎた日を載せた内容"


class DayOver(str):
    """A warning that a document states a day which is over: whoever saves or prints it says why, once a content."""

    __slots__ = ()


@record
class Doubts:
    """Every warning about documents that leave together; ``asks_reason``: one states a day that is over."""

    words: tuple[str, ...]
    asks_reason: bool


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
def read_doubts_of(
    store: Store, *, scope: DocumentScope, kinds: Sequence[str], contents: Sequence[DocumentContent] = (), today: date
) -> Doubts:
    """Return every warning about documents that leave together, each once, in the order of ``kinds``.

    With several kinds each starts with the first document it is about: 「受付名簿：…」. ``contents`` are what leaves:
    for a day that is over a reason is asked unless each is kept, or left with one before. Of copies of letters that
    left there is none: they say what they said.
    """
    if contents and all(one.kept is not None and one.kept.has_left for one in contents):
        return Doubts(words=(), asks_reason=False)
    found: dict[str, str] = {}
    for kind in kinds:
        for words in read_doubts(store, scope=scope, kind=kind, today=today):
            found.setdefault(words, f"{kind}：{words}" if len(kinds) > 1 else words)
    new = [one for one in contents if one.kept is None] if any(isinstance(one, DayOver) for one in found) else []
    logged = rows(store.database, Outgoing, document_kind=list(kinds), **keys_of(store, scope)) if new else []
    answered = {one.detail.get(_DAY_OVER_CONTENT) for one in logged}
    return Doubts(words=tuple(found.values()), asks_reason=any(fingerprint(one) not in answered for one in new))


def day_over_detail(content: DocumentContent, reason: str) -> dict[str, str]:
    """Return the log detail of the reason why a content left that states a day which is over; {} without one."""
    return {DAY_OVER_REASON: reason.strip(), _DAY_OVER_CONTENT: fingerprint(content)} if reason.strip() else {}
