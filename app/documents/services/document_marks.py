"""What every document gets, and loses, wherever one is built: marks, and the rows of whom it must not name.

``build_document`` marks every kind that declares ``counted`` where its numbers differ from the current records; the
subjects that register ``DOCUMENT_MARKS`` know which. By a 利用停止 a row, a 名札 or a 席札 goes, as it is of one
person. A sentence of the ward that names somebody is not cut: it stays until it is worded anew (``reject_suspended``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from app.actions.user_error import UserError
from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Block, Certificate, DocumentContent, NameTag, RosterLine, SeatCard, Table, Title
from app.documents.handout_blocks import NoticeBox
from app.documents.services.document_kind import DOCUMENTS, DocumentKind
from app.documents.services.document_scope import DocumentScope
from app.programme.suspensions import SuspendedName, suspended_names
from db.name_key import name_key
from db.record import record
from db.records.documents import Outgoing
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


_OF_ONE = (tuple, NameTag, SeatCard, Certificate, RosterLine)
"""Parts of a document that are about one person: a row of a table, a card."""
_OF_ROWS = ("bold_rows", "group_rows", "grey_rows")
"""Fields of a table that name rows by their place."""


def _names_for(store: Store, kind: str, today: date) -> tuple[SuspendedName, ...]:
    """Return whom a kind of document (a name of none = a list) must not name."""
    paper = next((one for one in DOCUMENTS if kind in one.names), None)
    if paper is None:
        return suspended_names(store.database, "exports", today)
    return () if paper.names_all else suspended_names(store.database, "letters" if paper.goes_out else "lists", today)


def without_suspended(store: Store, content: DocumentContent, today: date) -> DocumentContent:
    """Return the content of a document or list without the rows and cards of whom it must not name on a day."""
    names = _names_for(store, content.kind, today)
    return replace(content, blocks=_kept(content.blocks, names)) if names else content


def _kept(parts: Iterable[Any], names: Iterable[SuspendedName]) -> tuple[Any, ...]:
    return tuple(_without(one, names) for one in parts if not _is_of(one, names))


def _is_of(part: Any, names: Iterable[SuspendedName]) -> bool:
    cells = part if isinstance(part, tuple) else vars(part).values() if isinstance(part, _OF_ONE) else ()
    texts = [name_key(one) for one in cells if isinstance(one, str)]
    return any(one.is_in(texts) for one in names)


def _without(block: Any, names: Iterable[SuspendedName]) -> Any:
    """Return a block without the parts of the people; the rows that a table names by their place move up."""
    if not is_dataclass(block) or isinstance(block, type):
        return block
    parts = {one.name: held for one in fields(block) if isinstance(held := getattr(block, one.name), tuple)}
    made = {name: _kept(held, names) for name, held in parts.items()}
    if isinstance(block, Table):
        places = [place for place, row in enumerate(block.rows) if not _is_of(row, names)]
        made |= {name: tuple(places.index(one) for one in parts[name] if one in places) for name in _OF_ROWS}
    return replace(block, **made)


def reject_suspended(store: Store, row: Outgoing, read_text: Callable[[], str]) -> None:
    """Raise ``UserError`` if what is about to leave names somebody whose data it must not use.

    A 取消 and what is printed as 控え用 may.
    """
    if row.way.is_withdrawal or row.print_use.is_copy:
        return
    names = _names_for(store, row.document_kind, row.at.date())
    lines = [name_key(one) for one in read_text().splitlines()] if names else []
    if any(one.is_in(lines) for one in names):
        raise UserError(
            f"「{row.document_kind}」に、利用停止の決定を受けた人の氏名があります。",
            "その氏名を文から除くと出せます。前に出したものは、控え用としてだけ印刷できます。",
        )
