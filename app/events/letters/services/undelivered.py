"""How a telling was posted, and what came back: whom it did not reach counts as untold, the others as told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import short_date
from app.documents.rules import REPLACEMENT, RETURNED, matter_name, sealed_ids, without_people
from app.documents.services.notification import withdraw_notification_within
from app.event.services.event_notifications import ADDRESSEES
from app.event.services.event_records import read_core_records, read_event_or_error
from app.events.letters.services.letter_batches import recipient_facts
from app.events.roster.services.roster import roster_of
from db.record import group_by_key
from db.records.documents import KeptPaper, Notification, Outgoing, PostSort, ReturnedLetter
from db.rows import by_id, rows
from db.store import Store


def named_addressees(store: Store, *, notification_id: int) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Return whom a telling named, as the ids of their entries and the 団体, or the person who has none."""
    told = get_or_raise(store.database, Notification, notification_id)
    named = sealed_ids(told.facts.get(ADDRESSEES, ""))
    row = by_id(store.database, Outgoing, told.outgoing_id)
    if row is not None and REPLACEMENT in row.detail:  # a 差替え binds those of its own letters
        kept = rows(store.database, KeptPaper, id=list(row.kept_papers))
        named &= frozenset(entry for one in kept for entry in one.entries)
    found = group_by_key(
        (row.organisation_name or row.name, row.entry.id)
        for row in roster_of(store.database, read_event_or_error(store.database, told.event_id)).rows
        if row.entry.id in named
    )
    return tuple((tuple(ids), name) for name, ids in found.items())


def note_undelivered(
    context: ActionContext, *, notification_id: int, entry_ids: Collection[int], returned_on: date, reason: str
) -> ActionResult:
    """Record that a telling did not reach some of those whom it named; with nobody left it is withdrawn as a whole.

    Args:
        returned_on: the day on which it came back, or this became known.

    Raises:
        UserError: no reason, the telling names none of them, or the day is before it or after today.
    """
    told = get_or_raise(context.database, Notification, notification_id)
    why = require_reason(reason, "届かなかったこと")
    fact = told.facts.get(ADDRESSEES, "")
    left = sealed_ids(fact) - {*entry_ids}
    if left == sealed_ids(fact):
        raise UserError("この通知に、その宛先はありません。", "画面を開き直してください。")
    if not told.told_on <= returned_on <= context.today:
        raise UserError("戻った日が、伝えた日より前か本日より後です。", "日付を確かめてください。")
    event = read_event_or_error(context.database, told.event_id)
    records = read_core_records(context.store, event)
    words, _facts = recipient_facts(records, [one for one in records.entries if one.id in left])
    named = named_addressees(context.store, notification_id=notification_id)
    name = matter_name(told.document_kind, told.title)
    with context.change(f"{name}が届かなかった宛先を記録した（{why}）", "papers", event_id=event.id) as change:
        if left:
            facts = told.facts | {ADDRESSEES: without_people(fact, f"{words}{RETURNED}", entry_ids)}
            change.update(Notification, notification_id, facts=facts)
        else:
            withdraw_notification_within(change, context, told, reason=why)
        change.insert(
            ReturnedLetter(
                notification_id=notification_id,
                event_id=event.id,
                addressee="、".join(name for ids, name in named if {*ids} & {*entry_ids}),
                returned_on=returned_on,
                reason=why,
                by=context.by,
            )
        )
    return ActionResult(
        "届かなかった宛先を記録しました。電話か、同じ写しの再送で伝えるまで、ホームに残ります。", notification_id
    )


def returned_words(store: Store, *, notification_id: int, today: date) -> tuple[str, ...]:
    """Return what came back of a matter, each with how it was told afterwards."""
    told = get_or_raise(store.database, Notification, notification_id)
    acts = rows(store.database, Notification, key=told.key, event_id=told.event_id)
    returned = rows(store.database, ReturnedLetter, notification_id=[one.id for one in acts], order="returned_on")
    return tuple(
        f"{short_date(one.returned_on, today)} 返戻　{one.addressee}（{one.reason}）→　"
        + next(
            (
                f"{short_date(act.told_on, today)} {act.way_words}"
                for act in acts
                if act.id > one.notification_id and act.is_notified
            ),
            "まだ伝えていません",
        )
        for one in returned
    )


def record_posting(
    context: ActionContext,
    *,
    notification_id: int,
    posted_on: date,
    post_sort: PostSort,
    pieces: int,
    tracking: str = "",
) -> ActionResult:
    """Record how a telling was posted; what was recorded before is corrected.

    Raises:
        UserError: it was withdrawn, the day is after today, or nothing was posted.
    """
    told = get_or_raise(context.database, Notification, notification_id)
    name = matter_name(told.document_kind, told.title)
    if not told.is_notified:
        raise UserError(f"{name}は、通知済ではありません。", "先に、通知したと記録してください。")
    if posted_on > context.today:
        raise UserError("差出日が本日より後です。", "日付を確かめてください。")
    if not post_sort or pieces < 1:
        raise UserError("種別か通数が入っていません。", "種別を選び、1以上の通数を入れてください。")
    with context.change(f"{name}の発送を記録した", "papers", event_id=told.event_id) as change:
        change.update(
            Notification,
            notification_id,
            posted_on=posted_on,
            post_sort=post_sort,
            pieces=pieces,
            tracking=tracking.strip(),
        )
    day = short_date(posted_on, context.today)
    asked = "追跡番号が入っていません。" if post_sort.is_tracked and not tracking.strip() else ""
    came_back = returned_words(context.store, notification_id=told.id, today=context.today)
    named = named_addressees(context.store, notification_id=told.id) if ADDRESSEES in told.facts else ()
    if named and len(named) != pieces and not came_back:
        asked += f"宛先は{len(named)}件です。通数とのちがいを確かめてください。"
    return ActionResult(f"{name}の発送を記録しました（{day} {post_sort} {pieces}通）。{asked}", notification_id)
