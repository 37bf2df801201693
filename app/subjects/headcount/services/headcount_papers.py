"""参加人数連絡書 and its 変更連絡 as papers of the shelf, and as a mail to copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from app.calendar.dates import short_date
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.papers.services.papers import addressee, sender
from app.programme.services.programme import programme_of_event
from app.refusal import Refusal
from app.subjects.events.services.event_file import EventFile
from app.subjects.events.services.event_paper import event_paper
from app.subjects.headcount import papers as headcount_notice
from app.subjects.headcount.services.headcount_view import notice_title
from db.records.events import Event
from db.rows import by_id
from db.store import Store
from db.tables import participants

HEADCOUNT = headcount_notice.KIND
CHANGE = headcount_notice.CHANGE_KIND


def headcount(store: Store, event: Event, now: datetime, *, change: bool) -> DocumentContent:
    """Return 参加人数連絡書, or its 変更連絡; raises ``Refusal`` while there is none."""
    view = programme_of_event(store, event, on=now.date())
    notices = participants.notices(store.database, event.id)
    first = [notice for notice in notices if notice.revision == 1]
    if not notices or not first:
        raise Refusal("参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。")
    if change and len(notices) < 2:
        raise Refusal("人数の変更はまだありません。", "変更があったときに作成できます。")
    told, previous = (notices[-1], notices[-2]) if change else (first[0], None)
    kind = CHANGE if change else HEADCOUNT
    context = paper_context(store, view, event, kind, now, given_on=told.told_on)
    return headcount_notice.headcount_notice(context, event, view.numbers[event.kind], told, previous)


def mail_text(store: Store, *, event_id: int, change: bool, now: datetime) -> str:
    """Return the headcount as a mail to copy (nothing is sent): the newest one as a change, or the first."""
    event = by_id(store.database, Event, event_id)
    notices = participants.notices(store.database, event_id)
    if event is None or not notices:
        raise Refusal("参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。")
    view = programme_of_event(store, event, on=now.date())
    notice, previous = (notices[-1], notices[-2]) if change and len(notices) > 1 else (notices[0], None)
    return headcount_notice.mail_text(
        event, view.numbers[event.kind], notice, previous, addressee=addressee(view), sender=sender(view)
    )


def _told(place: int) -> Callable[[Store, EventFile, date], str]:
    def words(_store: Store, file: EventFile, today: date) -> str:
        notice = file.notices[place]
        told = f"連絡済 {short_date(notice.told_on, today)}" if notice.told_on else "作成済・未連絡"
        return f"{notice_title(notice.revision)}　{notice.people}人　{told}"

    return words


PAPERS: Final[tuple[PaperKind, ...]] = (
    event_paper(
        kind=HEADCOUNT,
        shelf="人数・資料",
        build=lambda store, event, now: headcount(store, event, now, change=False),
        ready=lambda _store, file: bool(file.notices),
        state=_told(0),
        missing="参加人数をまとめると作成できます。",
        todo="参加人数",
        goes_out=True,
        recipient="受託者",
        mail=lambda store, event, now: mail_text(store, event_id=event.id, change=False, now=now),
    ),
    event_paper(
        kind=CHANGE,
        shelf="人数・資料",
        build=lambda store, event, now: headcount(store, event, now, change=True),
        ready=lambda _store, file: len(file.notices) > 1,
        state=_told(-1),
        missing="連絡したあとに人数が変わったとき作成できます。",
        todo="参加人数",
        goes_out=True,
        recipient="受託者",
        mail=lambda store, event, now: mail_text(store, event_id=event.id, change=True, now=now),
    ),
)
