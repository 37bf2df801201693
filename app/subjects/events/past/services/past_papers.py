"""The paper of a past moment: an event, a step of the journal (``PaperScope.item``) and the instant that
was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.acts.get_or_refuse import get_or_refuse
from app.papers.blocks import DocumentContent
from app.papers.paper import event_sign
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperItem, PaperKind, PaperSubject
from app.papers.services.paper_scope import PaperScope, year_of
from app.subjects.events.past.papers import PAST, PastFacts, past_paper, table_moment
from app.subjects.events.past.services.past_state import NOT_YET, CountThenAndNow, DueLine, PastView, read_past
from db.records.events import Event
from db.store import Store

SAME: Final = "同じ"


def scope_of_moment(view: PastView) -> PaperScope:
    """Return what the paper of a page is about."""
    return PaperScope(event_id=view.event_id, item=view.seq, as_of=view.moment)


def build_past(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return what the page of ``scope`` says; raises ``Refusal`` when the event is gone."""
    moment = scope.as_of if isinstance(scope.as_of, datetime) else None
    view = read_past(store, event_id=scope.event_id or 0, seq=scope.item, moment=moment, now=now)
    context = context_of(store, year_of(store, scope, on=now.date()), scope, PAST, now)
    event = get_or_refuse(store.database, Event, view.event_id)
    return past_paper(context, facts_of(view, event_sign(context.programme, event)))


def facts_of(view: PastView, reference: str) -> PastFacts:
    """Return a page as the rows of its paper."""
    return PastFacts(
        reference=reference,
        title=view.title,
        moment=view.moment,
        now=view.now,
        head_then=view.head_then,
        head_now=view.head_now,
        state_then=view.state_then,
        state_now=view.state_now,
        dues=[
            (one.label, f"{one.owner}\n{one.basis}", one.due_words, one.then.text, now_words(one)) for one in view.dues
        ],
        counts=[(one.label, *count_words(one), one.difference) for one in view.counts],
        people=[(one.organisation, one.name, place_line(one.then, one.now, one.more)) for one in view.moved],
        people_then=view.there_then,
        changes=[(table_moment(one.at), one.action, one.words, one.by) for one in view.changes],
        steps=view.steps,
        erased=view.erased,
        next_disposal=view.next_disposal,
    )


def now_words(line: DueLine) -> str:
    """How a deadline stands now, in the words of page and paper; days that went on are said, also where nothing else
    did."""
    if line.changed or line.now.look == "open":
        return line.now.text
    if line.now.text == line.then.text:
        return SAME
    return f"{line.now.text.partition('　')[0]}　（状態は同じ）"


def count_words(line: CountThenAndNow) -> tuple[str, str]:
    """A number then and now."""
    return tuple(NOT_YET if one is None else f"{one:,}{line.unit}" for one in (line.then, line.now))  # type: ignore[return-value]


def place_line(then: str, now: str, more: str) -> str:
    """「参加予定 → 欠席連絡」, what else changed behind it."""
    place = f"{then} → {now}" if then != now else then
    return f"{place}　{more}" if more else place


def _no_items(_store: Store, _scope: PaperScope) -> Sequence[PaperItem]:
    """Every step of the journal would be one: such a paper is made from its page alone."""
    return ()


def _ready(_store: Store, _subject: PaperSubject) -> bool:
    return True


PAPERS: Final = (
    PaperKind(
        kind=PAST,
        about="実施回",
        shelf="報告",
        meets="記録",
        build=build_past,
        ready=_ready,
        items=_no_items,
        personal=True,
        missing="履歴で時点を選ぶと作成できます。",
        todo="履歴",
    ),
)
