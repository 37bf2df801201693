"""What was asked of others for an event, and when: 手話通訳 and the like, and the tablets; a move makes it a thing to
tell.

- ``note_order(store, change, arrangement, who, at)``, ``take_order_back(store, change, arrangement, reason)``
- ``note_tablets_ready(store, change, event, who, at)``, ``take_tablets_back(store, change, event_id, reason)``
- ``TELLS`` what is held against what was told
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.common.together import together
from app.papers.event_facts import formal_title
from app.papers.rules.notification import Matter, shown
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import Tells
from app.subjects.events.event.rules.told_facts import CANCELLED, ORDER, TABLETS_READY, order_key, when_and_where
from app.subjects.events.event.services.event_file import EventCourse, required_event
from app.subjects.events.event.services.event_paper import course_of
from db.journal import Change
from db.records.events import AgendaItem, Event
from db.records.papers import Notification
from db.records.roster import Arrangement
from db.rows import rows
from db.store import Store

ASKED: Final = "手配の依頼"
ASSIGNED: Final = "割当て"
HELPER: Final = "手配先"
KEEPER: Final = "貸与タブレットの準備の担当"


def note_order(store: Store, change: Change, arrangement: Arrangement, *, who: str, at: datetime) -> None:
    """Note inside ``change`` that an arrangement was ordered on its day, with what was said; nothing
    where it was not."""
    if arrangement.ordered_on is None:
        return
    event = required_event(store.database, arrangement.event_id)
    change.insert(
        Notification(
            event_id=event.id,
            document_kind=ORDER,
            key=order_key(arrangement.id),
            title=_title(arrangement),
            facts=_asked(arrangement) | when_and_where(event, _agenda(store, event)),
            told_on=arrangement.ordered_on,
            told_to=arrangement.ordered_to or HELPER,
            told_how=ASKED,
            told_by=who,
            by=who,
            at=at,
        )
    )


def take_order_back(store: Store, change: Change, arrangement: Arrangement, *, reason: str) -> None:
    """Mark inside ``change`` that an order no longer stands."""
    _take_back(store, change, arrangement.event_id, order_key(arrangement.id), reason)


def note_tablets_ready(store: Store, change: Change, event: Event, *, who: str, at: datetime) -> None:
    """Note inside ``change`` for which day, hours and place the tablets were put ready; the same again is not noted
    twice."""
    facts = when_and_where(event, _agenda(store, event))
    standing = _standing(store, event.id, TABLETS_READY)
    if standing and standing[-1].facts == facts:
        return
    change.insert(
        Notification(
            event_id=event.id,
            document_kind=TABLETS_READY,
            key=TABLETS_READY,
            facts=facts,
            told_on=at.date(),
            told_to=KEEPER,
            told_how=ASSIGNED,
            told_by=who,
            by=who,
            at=at,
        )
    )


def take_tablets_back(store: Store, change: Change, event_id: int, *, reason: str) -> None:
    """Mark inside ``change`` that no tablets are ready any more."""
    _take_back(store, change, event_id, TABLETS_READY, reason)


def _take_back(store: Store, change: Change, event_id: int, key: str, reason: str) -> None:
    for act in _standing(store, event_id, key):
        change.update(Notification, act.id, withdrawn=True, withdrawn_reason=reason)


def _standing(store: Store, event_id: int, key: str) -> list[Notification]:
    return rows(store.database, Notification, event_id=event_id, key=key, withdrawn=False)


def _agenda(store: Store, event: Event) -> list[AgendaItem]:
    return rows(store.database, AgendaItem, event_id=event.id, order=("position", "id"))


def _title(arrangement: Arrangement) -> str:
    return together(arrangement.kind, arrangement.ordered_to)


def _asked(arrangement: Arrangement) -> dict[str, str]:
    return {"依頼の内容": together(arrangement.kind, arrangement.content.strip())}


def _told(course: EventCourse) -> set[str]:
    return {act.key for act in course.acts if not act.withdrawn}


def orders(subject: PaperSubject) -> tuple[Matter, ...]:
    """Return every order as it would be given now; one that was noted before orders were acts is none.

    That an event is cancelled is told by its telephone list, where whoever was asked stands beside the 団体.
    """
    course = course_of(subject)
    told = _told(course) if course.event.status != CANCELLED else set()
    return tuple(
        Matter(
            key=order_key(one.id),
            title=_title(one),
            paper=ORDER,
            facts=_asked(one) | when_and_where(course.event, course.agenda),
        )
        for one in course.arrangements
        if one.ordered_on is not None and order_key(one.id) in told
    )


def tablets(subject: PaperSubject) -> tuple[Matter, ...]:
    """Return for when and where the tablets have to be ready, once they were put ready."""
    course = course_of(subject)
    if TABLETS_READY not in _told(course) or course.event.status == CANCELLED:
        return ()
    return (Matter(key=TABLETS_READY, facts=when_and_where(course.event, course.agenda), paper=TABLETS_READY),)


def said(subject: PaperSubject, matter: Matter) -> str:
    """Return what is said to whoever was asked: what it is about, and how everything stands now."""
    lines = [
        (
            f"{formal_title(course_of(subject).event)}の{matter.title or matter.paper}について、"
            f"現在の内容をお知らせします。"
        )
    ]
    return "\n".join([*lines, *(f"{name}　{shown(fact)}" for name, fact in matter.facts.items() if fact)])


TELLS: Final = (
    Tells(papers=(ORDER,), party=HELPER, way="電話", matters=orders, words=said),
    Tells(papers=(TABLETS_READY,), party=KEEPER, way="電話", matters=tablets, words=said),
)
