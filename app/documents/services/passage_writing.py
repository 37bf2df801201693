"""Editing the passages of a document of any scope, and resetting them to the default text."""

from __future__ import annotations

from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.documents.document_frame import Passage
from app.documents.services.document_kind import document_of, text_revision
from app.documents.services.document_passages import PassageRow, keep_passage, merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of, scope_of
from db.store import Store


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
    default = _default(context.store, about, kind, part, context.today)
    same = text == default.text
    _keep(context, about, kind, default, text, f"{kind}の「{part}」を直した")
    said = f"{kind}の「{part}」を元の文に戻しました。" if same else f"{kind}の「{part}」を保存しました。"
    return ActionResult(said)


def reset_passage(
    context: ActionContext, *, event_id: int | None = None, scope: DocumentScope | None = None, kind: str, part: str
) -> ActionResult:
    """Remove an edit, so that the default text is used and followed again."""
    about = scope_of(event_id, scope)
    default = _default(context.store, about, kind, part, context.today)
    _keep(context, about, kind, default, default.text, f"{kind}の「{part}」を元の文に戻した")
    return ActionResult(f"{kind}の「{part}」を元の文に戻しました。")


def _keep(context: ActionContext, scope: DocumentScope, kind: str, default: Passage, text: str, action: str) -> None:
    """Store the text of a passage as an action."""
    keys, revision = keys_of(context.store, scope), text_revision(document_of(scope, kind), context.store, scope)
    with context.change(action, "papers", event_id=scope.event_id) as change:
        keep_passage(change, context.database, keys=keys, kind=kind, default=default, text=text, revision=revision)


def _default(store: Store, scope: DocumentScope, kind: str, part: str, on: date) -> Passage:
    """Return the standard text of a passage; raises ``UserError`` when the document has none of this name."""
    for one in document_of(scope, kind).passages(store, scope, on):
        if one.part == part:
            return one
    raise UserError(f"「{kind}」に「{part}」という部分はありません。", "画面を開き直してください。")
