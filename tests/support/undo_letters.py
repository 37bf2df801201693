"""Undo of the letters: an edited passage, one taken back, and how a kind of paper is made by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.documents.services import document_states, passage_writing
from app.documents.services.document_scope import DocumentScope
from app.events.letters.services import letter_addressees, letter_documents
from tests.support.cancelling import cancel_event
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]
KIND = "決定通知"


def edited(world: World) -> None:
    passage_writing.set_passage(
        world.store, event_id=world.events["L6"], kind=KIND, part="持ち物", text="筆記用具だけ", by=OTHER, now=NOW
    )
    world.before = world.rows()


def reset(world: World, who: dict[str, Any]) -> object:
    edited(world)
    return passage_writing.reset_passage(world.store, event_id=world.events["L6"], kind=KIND, part="持ち物", **who)


def passed(world: World, who: dict[str, Any]) -> object:
    cancel_event(world.store, event_id=world.events["L6"], reason="大雪", by=OTHER, now=NOW)
    world.before = world.rows()
    scope = DocumentScope(event_id=world.events["L6"])
    return document_states.override_stop(world.store, scope=scope, kind=KIND, reason="区の控えとして残す", **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    passage_writing.set_passage: lambda w, who: passage_writing.set_passage(
        w.store, event_id=w.events["L6"], kind=KIND, part="持ち物", text="筆記用具だけ", **who),
    passage_writing.reset_passage: reset,
    document_states.override_stop: passed,
    letter_addressees.set_letter_option: lambda w, who: letter_addressees.set_letter_option(
        w.store, event_id=w.events["L6"], kind=KIND, name=letter_addressees.UNIT, value="1人ごと", **who),
}  # fmt: skip

NO_UNDO: dict[Callable[..., Any], str] = {letter_documents.save_each: "an export: undo stops there"}
