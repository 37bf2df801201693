"""The passages of a document: the app's default text, or what staff wrote in its place; editing and resetting them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.documents.document_frame import Passage
from app.documents.services.document_kind import document_of, text_revision
from app.documents.services.document_scope import DocumentScope, ScopeKeys, keys_of, scope_of
from db.engine import Database
from db.journal import Change
from db.record import record
from db.records.documents import DocumentPassage
from db.store import Store
from db.tables import documents

BASE_SUFFIX = "（元の文）"
"""Suffix of the row that keeps the default text on which an edit was based, to detect later changes of it."""


@record
class PassageRow:
    """One passage of a document.

    ``default`` is the app's current text; ``edited``: staff wrote ``text`` in its place; ``outdated``: the default has
    changed since it was edited, because the event (the year, the 団体) has.
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
    """Return the passages in order, with edits applied; ``revision`` as ``DocumentKind`` declares it."""
    return merge_texts(documents.passages_of_document(database, kind, **keys), defaults, revision=revision)


def passage_texts(
    store: Store, scope: DocumentScope, kind: str, defaults: Sequence[Passage], *, revision: int = 1
) -> dict[str, str]:
    """Return the text of each passage of a document by its part, as ``merge_passages``."""
    found = merge_passages(store.database, keys=keys_of(store, scope), kind=kind, defaults=defaults, revision=revision)
    return {one.part: one.text for one in found}


def merge_texts(
    texts: Iterable[DocumentPassage], defaults: Sequence[Passage], *, revision: int = 1
) -> tuple[PassageRow, ...]:
    """Return the passages of one document in order; ``texts`` are its stored rows, read as of that ``revision``."""
    of = _revision_suffix(revision)
    kept = {row.part: row.text for row in texts}
    return tuple(
        PassageRow(
            part=one.part,
            text=kept.get(one.part + of, one.text),
            default=one.text,
            lines=one.lines,
            edited=one.part + of in kept,
            outdated=one.part + of in kept and kept.get(one.part + BASE_SUFFIX + of, one.text) != one.text,
        )
        for one in defaults
    )


def outdated_words(passages: Iterable[PassageRow]) -> tuple[str, ...]:
    """Return one warning that names the edited passages that are outdated, () for none."""
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
    """Store ``text`` for one part inside an open change; the default text removes the edit."""
    rows = {row.part: row for row in documents.passages_of_document(database, kind, **keys)}
    of = _revision_suffix(revision)
    for part, words in ((default.part + of, text), (default.part + BASE_SUFFIX + of, default.text)):
        present = rows.get(part)
        if text != default.text:
            change.update_or_insert(DocumentPassage, present, **keys, document_kind=kind, part=part, text=words)
        elif present is not None:
            change.delete(DocumentPassage, present.id)


def _revision_suffix(revision: int) -> str:
    """Return the suffix of part names for a later letter of a kind; "" for the first."""
    return f"／{revision}" if revision != 1 else ""


def read_passages(store: Store, *, scope: DocumentScope, kind: str, on: date) -> tuple[PassageRow, ...]:
    """Return the passages of a document of an event, a year or a 団体 on the 発信日 ``on``.

    Raises:
        UserError: its subject is gone, or it has no such document.
    """
    paper = document_of(scope, kind)
    return merge_passages(
        store.database,
        keys=keys_of(store, scope),
        kind=kind,
        defaults=paper.passages(store, scope, on),
        revision=text_revision(paper, store, scope),
    )


def set_passage(
    context: ActionContext,
    *,
    event_id: int | None = None,
    scope: DocumentScope | None = None,
    kind: str,
    part: str,
    text: str,
) -> ActionResult:
    """Store what staff wrote for one part of a document; it no longer follows the default text.

    The default text itself removes an earlier edit, as ``reset_passage`` does.

    Raises:
        UserError: the document has no such part.
    """
    about = scope_of(event_id, scope)
    default = _default(context, about, kind, part)
    same = text == default.text
    _keep(context, about, kind, default, text, f"{kind}の「{part}」を直した")
    said = f"{kind}の「{part}」を元の文に戻しました。" if same else f"{kind}の「{part}」を保存しました。"
    return ActionResult(said)


def reset_passage(
    context: ActionContext, *, event_id: int | None = None, scope: DocumentScope | None = None, kind: str, part: str
) -> ActionResult:
    """Remove an edit, so that the default text is used and followed again."""
    about = scope_of(event_id, scope)
    default = _default(context, about, kind, part)
    _keep(context, about, kind, default, default.text, f"{kind}の「{part}」を元の文に戻した")
    return ActionResult(f"{kind}の「{part}」を元の文に戻しました。")


def _keep(context: ActionContext, scope: DocumentScope, kind: str, default: Passage, text: str, action: str) -> None:
    keys, revision = keys_of(context.store, scope), text_revision(document_of(scope, kind), context.store, scope)
    with context.change(action, "papers", event_id=scope.event_id) as change:
        keep_passage(change, context.database, keys=keys, kind=kind, default=default, text=text, revision=revision)


def _default(context: ActionContext, scope: DocumentScope, kind: str, part: str) -> Passage:
    """Return the standard text of a passage; raises ``UserError`` when the document has none of this name."""
    for one in document_of(scope, kind).passages(context.store, scope, context.today):
        if one.part == part:
            return one
    raise UserError(f"「{kind}」に「{part}」という部分はありません。", "画面を開き直してください。")
