"""Marks on documents whose numbers differ from the current records, added wherever a document is built.

``build_document`` applies them to every kind that declares ``counted``; the subjects that register ``DOCUMENT_MARKS``
know which numbers differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Block, DocumentContent, Title
from app.documents.handout_blocks import NoticeBox
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_scope import DocumentScope
from db.record import record
from db.store import Store

TITLE = "数の日"


@record
class DocumentMark:
    """A mark for contradicted numbers: a few words on every page (``stamp``), and a sentence under the title."""

    stamp: str
    words: str


MarkSource = Callable[[Store, DocumentScope, str, datetime], tuple[DocumentMark, ...]]
DOCUMENT_MARKS: ExtensionPoint[MarkSource] = ExtensionPoint("document_marks")
"""Functions that return marks for documents whose numbers differ from the records."""


def with_document_marks(
    store: Store, document_kind: DocumentKind, scope: DocumentScope, content: DocumentContent, now: datetime
) -> DocumentContent:
    """Return the document with its marks: on every page in the margin, and the reason under its title.

    A kind that is not counted has none.
    """
    if not document_kind.counted:
        return content
    marks = [mark for source in DOCUMENT_MARKS for mark in source(store, scope, document_kind.kind, now)]
    return with_marks(content, marks) if marks else content


def with_marks(content: DocumentContent, marks: list[DocumentMark]) -> DocumentContent:
    """Return ``content`` with ``marks`` as stamps, each once, and their words in a box under the title."""
    stamps = dict.fromkeys(mark.stamp for mark in marks)
    box = NoticeBox(title=TITLE, text="\n".join(mark.words for mark in marks), size=10)
    return replace(
        content,
        stamp=join_nonempty(content.stamp, *stamps),
        blocks=_under_title(content.blocks, box),
    )


def _under_title(blocks: tuple[Block, ...], box: NoticeBox) -> tuple[Block, ...]:
    """Return the blocks with the notice inserted below the title, or before all where there is none."""
    place = next((at for at, block in enumerate(blocks, 1) if isinstance(block, Title)), 0)
    return (*blocks[:place], box, *blocks[place:])
