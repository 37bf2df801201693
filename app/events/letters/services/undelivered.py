"""Takes a telling back for one addressee whom it did not reach: he counts as untold, and everybody else as told."""

from __future__ import annotations

from collections.abc import Collection

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.documents.rules import matter_name, sealed_ids, without_people
from app.documents.services.notification import withdraw_notification
from app.event.services.event_notifications import ADDRESSEES
from app.event.services.event_records import read_core_records, read_event_or_error
from app.events.letters.services.letter_batches import recipient_facts
from app.events.roster.services.roster import roster_of
from db.grouping import group_by_key
from db.records.documents import Notification
from db.store import Store


def named_addressees(store: Store, *, notification_id: int) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Return whom a telling named, as the ids of their entries and the 団体, or the person who has none."""
    told = get_or_raise(store.database, Notification, notification_id)
    named = sealed_ids(told.facts.get(ADDRESSEES, ""))
    found = group_by_key(
        (row.organisation_name or row.name, row.entry.id)
        for row in roster_of(store.database, read_event_or_error(store.database, told.event_id or 0)).rows
        if row.entry.id in named
    )
    return tuple((tuple(ids), name) for name, ids in found.items())


def note_undelivered(
    context: ActionContext, *, notification_id: int, entry_ids: Collection[int], reason: str
) -> ActionResult:
    """Record that a telling did not reach some of those whom it named; with nobody left it is withdrawn as a whole.

    Raises:
        UserError: no reason, or the telling names none of them.
    """
    told = get_or_raise(context.database, Notification, notification_id)
    why = require_reason(reason, "届かなかったこと")
    fact = told.facts.get(ADDRESSEES, "")
    left = sealed_ids(fact) - {*entry_ids}
    if left == sealed_ids(fact):
        raise UserError("この通知に、その宛先はありません。", "画面を開き直してください。")
    if not left:
        return withdraw_notification(context, notification_id=notification_id, reason=why)
    event = read_event_or_error(context.database, told.event_id or 0)
    records = read_core_records(context.store, event)
    words, _facts = recipient_facts(records, [one for one in records.entries if one.id in left])
    name = matter_name(told.document_kind, told.title)
    with context.change(f"{name}が届かなかった宛先を記録した（{why}）", "papers", event_id=event.id) as change:
        facts = told.facts | {ADDRESSEES: without_people(fact, words, entry_ids)}
        change.update(Notification, notification_id, facts=facts)
    return ActionResult("届かなかった宛先を記録しました。もう一度伝えるまで、ホームに残ります。", notification_id)
