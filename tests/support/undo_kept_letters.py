"""Undo of what is kept of a letter: 了承, an answer to a difference, a scan taken in, a 起案 after an 口頭決裁."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.documents.services import document_saving, kept_papers, letter_corrections, notification
from app.documents.services.document_kind import document_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.letter_differences import open_differences
from db.records.documents import DecisionWay, DifferenceAnswer, Letter, LetterForm, LetterState
from db.records.events import Event
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]
KIND, DAY = "決定通知", date(2026, 11, 30)


def _at(world: World, event: str) -> DocumentScope:
    return DocumentScope(event_id=world.events[event])


def _changed(world: World, event: str) -> str:
    """Change what a kept letter says; return the key of the difference."""
    scope = _at(world, event)
    with world.store.change(action="内容を直した", subject="events", by=OTHER, now=NOW) as change:
        change.update(Event, world.events[event], venue="見本の別の会館")
    world.before = world.rows()
    return open_differences(world.store, document_of(scope, KIND), scope, NOW)[0].key


def agreed(world: World, context: ActionContext) -> object:
    _changed(world, "D3")
    return letter_corrections.agree_to_changes(
        context, scope=_at(world, "D3"), kind=KIND, agreed_on=DAY, agreed_by="課長"
    )


def answered(world: World, context: ActionContext) -> object:
    key = _changed(world, "D2")
    return letter_corrections.answer_difference(
        context,
        scope=_at(world, "D2"),
        kind=KIND,
        difference=key,
        answer=DifferenceAnswer.NOT_TO_TELL,
        reason="伝えてある",
    )


def _issued(world: World, event: str, **given: Any) -> None:
    """Put down a letter that is 施行 and of which nothing was kept."""
    with world.store.change(action="用意", subject="papers", by=OTHER, now=NOW) as change:
        change.insert(
            Letter(
                event_id=world.events[event],
                document_kind="開催通知",
                form=LetterForm.FORMAL,
                state=LetterState.ISSUED,
                decided_on=DAY,
                document_number="8練地協第9号",
                issued_on=DAY,
                **given,
            )
        )
    world.before = world.rows()


def taken_in(world: World, context: ActionContext) -> object:
    _issued(world, "E2")
    return kept_papers.take_in_copy(context, scope=_at(world, "E2"), kind="開催通知", data=b"%PDF-1.4 scan", pages=1)


def drafted_later(world: World, context: ActionContext) -> object:
    _issued(world, "E1", decision_way=DecisionWay.ORAL)
    return document_saving.record_later_draft(context, scope=_at(world, "E1"), kind="開催通知", drafted_on=NOW.date())


_PART = "a part of what changes a letter"
NO_UNDO: dict[Callable[..., Any], str] = {
    kept_papers.fix_content: _PART,
    notification.note_issue: _PART,
    notification.withdraw_issue_notice: _PART,
    notification.note_answered: _PART,
}
SCENARIOS: dict[Callable[..., Any], Act] = {
    letter_corrections.agree_to_changes: agreed,
    letter_corrections.answer_difference: answered,
    kept_papers.take_in_copy: taken_in,
    document_saving.record_later_draft: drafted_later,
}
