"""供覧 inside the office, which notifies nobody outside: recorded for received documents, on paper for anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope, year_of
from app.submissions.deliverables.documents import CIRCULATION_SLIP, circulation_passages, circulation_slip
from db.records.documents import CIRCULATED, Notification
from db.records.submissions.received import ReceivedPaper
from db.rows import rows
from db.store import Store


def circulate(context: ActionContext, *, paper_id: int, on: date, to: str, note: str = "") -> ActionResult:
    """Record that a received document was circulated.

    Args:
        to: who has seen it, as typed (「係長、課長」).
        note: what was said of it.

    Raises:
        UserError: nobody is named, or the day is before its receipt or after today.
    """
    paper = get_or_raise(context.database, ReceivedPaper, paper_id)
    if not to.strip():
        raise UserError("供覧した人が書かれていません。", "「係長、課長」のように記入してください。")
    if not paper.received_on <= on <= context.today:
        raise UserError("供覧した日が、受領日より前か本日より後です。", "日付をご確認ください。")
    with context.change(f"{paper.kind}を供覧した", "received", event_id=paper.event_id) as change:
        act_id = change.insert(
            Notification(
                event_id=paper.event_id,
                programme_id=paper.programme_id,
                document_kind=paper.kind,
                key=_key(paper),
                version=paper.version,
                title=f"第{paper.version}版",
                told_on=on,
                told_to=to.strip(),
                told_how=CIRCULATED,
                told_by=context.by,
                reason=note.strip(),
                **context.signature,
            )
        )
    return ActionResult(f"供覧を記録しました（{short_date(on, context.today)} {to.strip()}）。", act_id)


def circulations_of(store: Store, *, paper_id: int) -> tuple[Notification, ...]:
    """Return the valid 供覧 of a received document, oldest first; raises ``UserError`` when that is gone."""
    paper = get_or_raise(store.database, ReceivedPaper, paper_id)
    return tuple(
        rows(
            store.database,
            Notification,
            key=_key(paper),
            withdrawn=False,
            event_id=paper.event_id,
            programme_id=paper.programme_id,
            order=("told_on", "id"),
        )
    )


def _key(paper: ReceivedPaper) -> str:
    return f"{CIRCULATED}:{paper.id}"


def _passages(store: Store, scope: DocumentScope, _on: date) -> Sequence[Passage]:
    """Return the texts of a 供覧票, with what is known of the received document ``scope.item``, if it is about one."""
    if scope.item is None:
        return circulation_passages({})
    paper = get_or_raise(store.database, ReceivedPaper, scope.item)
    return circulation_passages({
        "件名": f"{paper.kind}　第{paper.version}版",
        "受けた日": f"{long_date(paper.received_on)}　{paper.received_how}".strip(),
        "差出人": paper.received_from or year_of(store, scope, on=paper.received_on).contractor.name,
        "収受番号": paper.receipt_number,
        "原本の所在": paper.original_place,
    })  # fmt: skip


def _slip_number(_store: Store, scope: DocumentScope) -> int:
    """Return the number under which the texts of a 供覧票 are stored: each received document has its own."""
    return (scope.item or 0) + 1


def build_circulation_slip(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 供覧票 of a received document, or of anything else as typed; raises ``UserError`` when it is gone."""
    context = document_context_of(store, scope, CIRCULATION_SLIP, now)
    defaults, number = _passages(store, scope, now.date()), _slip_number(store, scope)
    texts = passage_texts(store, scope, CIRCULATION_SLIP, defaults, revision=number)
    return circulation_slip(context, texts, number=scope.item or 0)


DOCUMENT = DocumentKind(
    kind=CIRCULATION_SLIP,
    build=build_circulation_slip,
    passages=_passages,
    revision=_slip_number,
    # One of a received document is made beside that document; in the library stands the one for anything else.
    letters_of_year=lambda _store, _scope: (),
    is_internal=True,
    missing_words="",
    todo="提出物",
)
