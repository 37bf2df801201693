"""Decides the 版 of every document but letters with several addressees, which count letters.

A builder marks such content as ``counted_version``: it keeps the 版 that left last while the content is the same, else
it gets the next one. Marks added to the pages afterwards (state of the event, date of its numbers) make no new one.
A document of a numbered record (第2報) is compared with what left of that record; its first 版 is the next of its kind,
and at least the number. What left before the log kept fingerprints keeps its 版; only the documents of the day, which
had a 版 already, get the next.
"""

from __future__ import annotations

from dataclasses import replace

from app.documents.blocks import Block, DocumentContent, Letterhead, RosterList
from app.documents.document_frame import as_edition
from app.documents.fingerprints import fingerprint_of, matches_fingerprint
from app.documents.guide_blocks import GuideLines, GuideSheet
from app.documents.services.document_kind import FINGERPRINT_KEY
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.notification_kinds import COPIED_ROW_KEY
from db.records.documents import Outgoing
from db.rows import rows
from db.store import Store

_ALWAYS_COUNTED = frozenset(
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
"""Kinds that always had a 版: one that left without a fingerprint is not assumed to be the same."""


def with_edition(store: Store, scope: DocumentScope, content: DocumentContent) -> DocumentContent:
    """Return a document of counted version with its 版 and the hash of its content (``says``); others unchanged.

    The 版 that left last stays while the content is the same, else the next one; before any left it is as built.
    """
    if not content.counted_version:
        return content
    logged = rows(store.database, Outgoing, order="-id", document_kind=content.kind, **keys_of(store, scope))
    left = [
        row
        for row in logged
        if not row.way.is_withdrawal
        and COPIED_ROW_KEY not in row.detail
        and (scope.item is None or row.reference == content.reference)
    ]
    content = replace(content, says=fingerprint(content))
    if not left:
        return content
    newest = max(left, key=_edition_order)
    of_record = [row for row in left if content.ordinal in (0, row.record_number)]
    if of_record:
        last = max(of_record, key=_edition_order)
        kept = last.detail.get(FINGERPRINT_KEY)
        if is_same_content(kept, content) or (not kept and content.kind not in _ALWAYS_COUNTED):
            return as_edition(content, max(last.version, content.version))
    return as_edition(content, max(newest.version + 1, content.version))


def _edition_order(row: Outgoing) -> tuple[int, int]:
    return row.version, row.id


def fingerprint(content: DocumentContent) -> str:
    """Return the hash of a document's content without its edition and number of copies, as the log keeps it."""
    return fingerprint_of(_edition_blocks(content), _numbers(content))


def is_same_content(kept: str | None, content: DocumentContent) -> bool:
    """Return whether the content equals that of the fingerprint ``kept``; without one it counts as different."""
    numbers = _numbers(content)
    return matches_fingerprint(kept, _edition_blocks(content), numbers) or matches_fingerprint(
        kept, content.blocks, numbers
    )


def _edition_blocks(content: DocumentContent) -> tuple[Block, ...]:
    """Return the blocks without parts that make no new edition.

    These are the date of a letter and what a しおり says of other events.
    """
    return tuple(map(_as_compared, content.blocks))


def _as_compared(block: Block) -> Block:
    """Return a block without what makes no new edition: the date of a letter, lines of a しおり as of a day."""
    if isinstance(block, Letterhead):
        return replace(block, date="")
    if isinstance(block, GuideSheet):
        back = replace(
            block.back,
            parts=tuple(part for part in block.back.parts if not (isinstance(part, GuideLines) and bool(part.as_of))),
        )
        return replace(block, back=back)
    return block


def _numbers(content: DocumentContent) -> str:
    lists = (block for block in content.blocks if isinstance(block, RosterList))
    return "".join(line.admission for block in lists for line in block.lines)
