"""Undo of the letters: an edited passage, one taken back, and how a kind of paper is made by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.documents.services import document_passages, document_states
from app.documents.services.document_scope import DocumentScope
from app.events.letters.services import letter_addressees, letter_documents
from tests.support.cancelling import cancel_event
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]
KIND = "決定通知"


def edited(world: World) -> None:
    document_passages.set_passage(
        ActionContext(world.store, OTHER, NOW),
        event_id=world.events["L6"],
        kind=KIND,
        part="持ち物",
        text="筆記用具だけ",
    )
    world.before = world.rows()


def reset(world: World, context: ActionContext) -> object:
    edited(world)
    return document_passages.reset_passage(context, event_id=world.events["L6"], kind=KIND, part="持ち物")


def passed(world: World, context: ActionContext) -> object:
    cancel_event(world.store, event_id=world.events["L6"], reason="大雪", by=OTHER, now=NOW)
    world.before = world.rows()
    scope = DocumentScope(event_id=world.events["L6"])
    return document_states.override_stop(context, scope=scope, kind=KIND, reason="区の控えとして残す")


SCENARIOS: dict[Callable[..., Any], Act] = {
    document_passages.set_passage: lambda w, context: document_passages.set_passage(
        context, event_id=w.events["L6"], kind=KIND, part="持ち物", text="筆記用具だけ"),
    document_passages.reset_passage: reset,
    document_states.override_stop: passed,
    letter_addressees.set_letter_option: lambda w, context: letter_addressees.set_letter_option(
        context, event_id=w.events["L6"], kind=KIND, name=letter_addressees.UNIT, value="1人ごと"),
}  # fmt: skip

NO_UNDO: dict[Callable[..., Any], str] = {letter_documents.save_each: "an export: undo stops there"}
