"""What staff write in a paper in place of the app's own wording, whatever the paper is about.

- ``read_passages(store, scope, kind, on) -> tuple[PassageRow, ...]`` the texts as they stand
- ``set_passage(act, scope, kind, part, text)``; ``reset_passage(act, scope, kind, part)`` the app's own words again
"""

from __future__ import annotations

from datetime import date

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.papers.paper import Passage
from app.papers.services.paper_kind import paper_of, revision_of_words
from app.papers.services.paper_passages import PassageRow, keep_passage, merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of, scope_of
from db.store import Store


def read_passages(store: Store, *, scope: PaperScope, kind: str, on: date) -> tuple[PassageRow, ...]:
    """Return the texts of a paper of an event, a year or a 団体 as they stand on the 発信日 ``on``.

    Raises:
        Refusal: what it is about is gone, or there is no such paper of it.
    """
    paper = paper_of(scope, kind)
    return merge_passages(
        store.database,
        keys=keys_of(store, scope),
        kind=kind,
        defaults=paper.passages(store, scope, on),
        revision=revision_of_words(paper, store, scope),
    )


@deed
def set_passage(
    act: Act, *, event_id: int | None = None, scope: PaperScope | None = None, kind: str, part: str, text: str
) -> Saved:
    """Keep what staff wrote for one part of a paper; it no longer follows what it was worded from.

    Raises:
        Refusal: the paper has no such part.
    """
    about = scope_of(event_id, scope)
    default = _default(act.store, about, kind, part, act.today)
    same = text == default.text
    _keep(act, about, kind, default, text, f"{kind}の「{part}」を直した")
    said = f"{kind}の「{part}」を元の文に戻しました。" if same else f"{kind}の「{part}」を保存しました。"
    return Saved(said)


@deed
def reset_passage(
    act: Act, *, event_id: int | None = None, scope: PaperScope | None = None, kind: str, part: str
) -> Saved:
    """Take an edit back: the app's own wording stands again and follows what it is worded from."""
    about = scope_of(event_id, scope)
    default = _default(act.store, about, kind, part, act.today)
    _keep(act, about, kind, default, default.text, f"{kind}の「{part}」を元の文に戻した")
    return Saved(f"{kind}の「{part}」を元の文に戻しました。")


def _keep(act: Act, scope: PaperScope, kind: str, default: Passage, text: str, action: str) -> None:
    keys, revision = keys_of(act.store, scope), revision_of_words(paper_of(scope, kind), act.store, scope)
    with act.change(action, "papers", event_id=scope.event_id) as change:
        keep_passage(change, act.database, keys=keys, kind=kind, default=default, text=text, revision=revision)


def _default(store: Store, scope: PaperScope, kind: str, part: str, on: date) -> Passage:
    for one in paper_of(scope, kind).passages(store, scope, on):
        if one.part == part:
            return one
    raise Refusal(f"「{kind}」に「{part}」という部分はありません。", "画面を開き直してください。")
