"""Which 版 a paper is: the one source for every paper whose number is not that of a record (a letter, a report).

A builder says nothing of it, its paper is a ``counted_version``: the 版 that left last as long as it says the same,
else the next one. What is put on its pages afterwards (how its event stands, of which day its numbers are) makes no
other one. What left before programs kept what it said keeps its 版; only the papers of the day, which were
counted then already, are another one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.blocks import Block, DocumentContent, Letterhead, RosterList
from app.documents.document_frame import as_edition
from app.documents.fingerprints import fingerprint_of, matches_fingerprint
from app.documents.guide_blocks import GuideLines, GuidePart, GuideSheet
from app.documents.services.document_kind import FINGERPRINT
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.notification_kinds import OF_COPY
from db.records.documents import Outgoing
from db.rows import rows
from db.store import Store

_ALWAYS_COUNTED: Final = frozenset(
    (
        "受付名簿",
        "名札",
        "席札",
        "班札",
        "当日のしおり",
        "当日のしおり（拡大版）",
        "当日進行表・機材チェック表",
        "実施確認票",
    )
)
"""The kinds that every program gave a 版: one of them that left without what it said is not known to be the same."""


def with_edition(store: Store, scope: DocumentScope, content: DocumentContent) -> DocumentContent:
    """Return a counted paper as the 版 that it is, with what it says in short; any other one as it is."""
    if not content.counted_version:
        return content
    logged = rows(store.database, Outgoing, order="-id", document_kind=content.kind, **keys_of(store, scope))
    left = [
        row
        for row in logged
        if row.way != "取消"
        and OF_COPY not in row.detail
        and (scope.item is None or row.reference == content.reference)
    ]
    content = replace(content, says=fingerprint(content))
    if not left:
        return content
    newest = max(left, key=lambda row: (row.version, row.id))
    kept = newest.detail.get(FINGERPRINT)
    same = is_same_content(kept, content) or (not kept and content.kind not in _ALWAYS_COUNTED)
    return as_edition(content, max(newest.version, 1) + (0 if same else 1))


def fingerprint(content: DocumentContent) -> str:
    """Return a short hash of what the paper says, whatever its edition and number of copies, as the log keeps it."""
    return fingerprint_of(_edition_blocks(content), _numbers(content))


def is_same_content(kept: str | None, content: DocumentContent) -> bool:
    """Say whether a paper says what it said when the log kept ``kept``; nothing kept = not known, so another one."""
    numbers = _numbers(content)
    return matches_fingerprint(kept, _edition_blocks(content), numbers) or matches_fingerprint(
        kept, content.blocks, numbers
    )


def _edition_blocks(content: DocumentContent) -> tuple[Block, ...]:
    """The blocks without what makes no other edition: the day of a letter, which is its day of issue or of making, and
    what a しおり says of other events as of the day it is made."""
    return tuple(map(_as_compared, content.blocks))


def _as_compared(block: Block) -> Block:
    if isinstance(block, Letterhead):
        return replace(block, date="")
    if isinstance(block, GuideSheet):
        back = replace(block.back, parts=tuple(part for part in block.back.parts if not _is_as_of_day(part)))
        return replace(block, back=back)
    return block


def _is_as_of_day(part: GuidePart) -> bool:
    return isinstance(part, GuideLines) and bool(part.as_of)


def _numbers(content: DocumentContent) -> str:
    lists = (block for block in content.blocks if isinstance(block, RosterList))
    return "".join(line.admission for block in lists for line in block.lines)
