"""Records orders to others for an event (手話通訳, tablets …) as notifications, so that a move has to be notified."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.common.join_nonempty import join_nonempty
from app.documents.event_facts import formal_title
from app.documents.rules.notification_status import Matter, shown_fact
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.notification_kinds import NotificationKind
from app.subjects.events.event.rules.notification_facts import (
    CANCELLED,
    ORDER,
    TABLETS_READY,
    order_key,
    time_and_place_facts,
)
from app.subjects.events.event.services.event_document import core_records_of
from app.subjects.events.event.services.event_records import EventCoreRecords, read_event_or_error
from db.journal import Change
from db.records.documents import Notification
from db.records.events import AgendaItem, Event
from db.records.roster import Arrangement
from db.rows import rows
from db.store import Store

ORDER_KIND: Final = "手配の依頼"
TABLET_ASSIGNMENT_KIND: Final = "割当て"
ORDER_RECIPIENT: Final = "手配先"
TABLET_KEEPER: Final = "貸与タブレットの準備の担当"


def note_order(store: Store, change: Change, arrangement: Arrangement, *, who: str, at: datetime) -> None:
    """Record inside ``change`` that an arrangement was ordered on its day, with its facts; nothing if it was not."""
    if arrangement.ordered_on is None:
        return
    event = read_event_or_error(store.database, arrangement.event_id)
    change.insert(
        Notification(
            event_id=event.id,
            document_kind=ORDER,
            key=order_key(arrangement.id),
            title=_title(arrangement),
            facts=_order_facts(arrangement) | time_and_place_facts(event, _agenda(store, event)),
            told_on=arrangement.ordered_on,
            told_to=arrangement.ordered_to or ORDER_RECIPIENT,
            told_how=ORDER_KIND,
            told_by=who,
            by=who,
            at=at,
        )
    )


def withdraw_order(store: Store, change: Change, arrangement: Arrangement, *, reason: str) -> None:
    """Mark inside ``change`` that an order no longer stands."""
    _withdraw_notifications(store, change, arrangement.event_id, order_key(arrangement.id), reason)


def note_tablets_ready(store: Store, change: Change, event: Event, *, who: str, at: datetime) -> None:
    """Record inside ``change`` the day, hours and place for which the tablets were reserved; no duplicates."""
    facts = time_and_place_facts(event, _agenda(store, event))
    standing = _notifications_in_effect(store, event.id, TABLETS_READY)
    if standing and standing[-1].facts == facts:
        return
    change.insert(
        Notification(
            event_id=event.id,
            document_kind=TABLETS_READY,
            key=TABLETS_READY,
            facts=facts,
            told_on=at.date(),
            told_to=TABLET_KEEPER,
            told_how=TABLET_ASSIGNMENT_KIND,
            told_by=who,
            by=who,
            at=at,
        )
    )


def withdraw_tablets(store: Store, change: Change, event_id: int, *, reason: str) -> None:
    """Mark inside ``change`` that tablets are no longer reserved."""
    _withdraw_notifications(store, change, event_id, TABLETS_READY, reason)


def _withdraw_notifications(store: Store, change: Change, event_id: int, key: str, reason: str) -> None:
    for act in _notifications_in_effect(store, event_id, key):
        change.update(Notification, act.id, withdrawn=True, withdrawn_reason=reason)


def _notifications_in_effect(store: Store, event_id: int, key: str) -> list[Notification]:
    return rows(store.database, Notification, event_id=event_id, key=key, withdrawn=False)


def _agenda(store: Store, event: Event) -> list[AgendaItem]:
    return rows(store.database, AgendaItem, event_id=event.id, order=("position", "id"))


def _title(arrangement: Arrangement) -> str:
    return join_nonempty(arrangement.kind, arrangement.ordered_to)


def _order_facts(arrangement: Arrangement) -> dict[str, str]:
    return {"依頼の内容": join_nonempty(arrangement.kind, arrangement.content.strip())}


def _notified_keys(records: EventCoreRecords) -> set[str]:
    return {act.key for act in records.notifications if not act.withdrawn}


def order_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return every order with its present facts, except those recorded before orders were notifications.

    A cancelled event is notified by its telephone list, which has the suppliers beside the 団体.
    """
    course = core_records_of(subject)
    told = _notified_keys(course) if course.event.status != CANCELLED else set()
    return tuple(
        Matter(
            key=order_key(one.id),
            title=_title(one),
            document_kind=ORDER,
            facts=_order_facts(one) | time_and_place_facts(course.event, course.agenda),
        )
        for one in course.arrangements
        if one.ordered_on is not None and order_key(one.id) in told
    )


def tablet_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return when and where the tablets have to be ready, once they were reserved."""
    course = core_records_of(subject)
    if TABLETS_READY not in _notified_keys(course) or course.event.status == CANCELLED:
        return ()
    return (
        Matter(key=TABLETS_READY, facts=time_and_place_facts(course.event, course.agenda), document_kind=TABLETS_READY),
    )


def order_message(subject: DocumentSubject, matter: Matter) -> str:
    """Return the message to a supplier: what it is about, and the present facts."""
    lines = [
        (
            f"{formal_title(core_records_of(subject).event)}の{matter.title or matter.document_kind}について、"
            f"現在の内容をお知らせします。"
        )
    ]
    return "\n".join([*lines, *(f"{name}　{shown_fact(fact)}" for name, fact in matter.facts.items() if fact)])


NOTIFICATIONS: Final = (
    NotificationKind(
        document_names=(ORDER,),
        usual_party=ORDER_RECIPIENT,
        usual_way="電話",
        matters=order_matters,
        text=order_message,
    ),
    NotificationKind(
        document_names=(TABLETS_READY,),
        usual_party=TABLET_KEEPER,
        usual_way="電話",
        matters=tablet_matters,
        text=order_message,
    ),
)
