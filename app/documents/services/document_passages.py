"""The passages of a paper: the app's wording from the event, or what staff wrote in its place.

- ``merge_passages(database, keys, kind, defaults) -> tuple[PassageRow, ...]``
- ``keep_passage(change, database, keys, kind, default, text)``; ``keys`` say which event, year or 団体
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.documents.document_frame import Passage
from app.documents.services.document_scope import ScopeKeys
from db.engine import Database
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.documents import DocumentPassage
from db.tables import documents

BASE: Final = "（元の文）"
"""Behind the name of an edited part: the app's wording on which it was edited, to tell when that has changed."""


@frozen_record
class PassageRow:
    """One passage as it stands in the paper.

    ``default`` is the app's wording now; ``edited`` that staff wrote ``text`` in its place; ``outdated`` that the
    event (the year, the 団体) has changed since, so that the app would word it differently now than when it was edited.
    """

    part: str
    text: str
    default: str
    lines: int = 2
    edited: bool = False
    outdated: bool = False


def merge_passages(
    database: Database, *, keys: ScopeKeys, kind: str, defaults: Sequence[Passage], revision: int = 1
) -> tuple[PassageRow, ...]:
    """Return the passages in their order, edited ones as edited; ``revision`` as ``DocumentKind`` declares it."""
    return merge_texts(documents.passages_of_document(database, kind, **keys), defaults, revision=revision)


def merge_texts(
    texts: Iterable[DocumentPassage], defaults: Sequence[Passage], *, revision: int = 1
) -> tuple[PassageRow, ...]:
    """Return the passages of one paper in their order; ``texts`` are its rows as they are kept."""
    of = _revision_suffix(revision)
    kept = {row.part: row.text for row in texts}
    return tuple(
        PassageRow(
            part=one.part,
            text=kept.get(one.part + of, one.text),
            default=one.text,
            lines=one.lines,
            edited=one.part + of in kept,
            outdated=one.part + of in kept and kept.get(one.part + BASE + of, one.text) != one.text,
        )
        for one in defaults
    )


def outdated_words(passages: Iterable[PassageRow]) -> tuple[str, ...]:
    """Return a sentence where what staff wrote was worded from something that has changed since."""
    parts = [f"「{one.part}」" for one in passages if one.outdated]
    if not parts:
        return ()
    return (f"直した文のあとに、もとの内容が変わっています：{'、'.join(parts)}。日付や会場を確かめてください。",)


def keep_passage(
    change: Change,
    database: Database,
    *,
    keys: ScopeKeys,
    kind: str,
    default: Passage,
    text: str,
    revision: int = 1,
) -> None:
    """Keep ``text`` for one part inside an open change; the app's own wording takes the edit back."""
    rows = {row.part: row for row in documents.passages_of_document(database, kind, **keys)}
    of = _revision_suffix(revision)
    for part, words in ((default.part + of, text), (default.part + BASE + of, default.text)):
        present = rows.get(part)
        if text != default.text:
            change.update_or_insert(DocumentPassage, present, **keys, document_kind=kind, part=part, text=words)
        elif present is not None:
            change.delete(DocumentPassage, present.id)


def _revision_suffix(revision: int) -> str:
    """Behind the name of a part of a later letter of its kind; the first one has its parts by their own name."""
    return f"／{revision}" if revision != 1 else ""
