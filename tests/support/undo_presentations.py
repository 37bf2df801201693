"""Undo of 事例発表: asked, answered, taken back and removed, every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.actions.action_context import ActionContext
from app.events.presentations import services as presentations_services
from db.records.presentations import Presentation
from db.rows import by_id
from tests.support.prepared_for_undo import prepared
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def _new(world: World) -> Presentation:
    return Presentation(event_id=world.events["E2"], organisation_name="見本町会", asked="回覧を電子にした取組")


def _asked(world: World) -> Presentation:
    made = presentations_services.save_presentation(ActionContext(world.store, OTHER, NOW), presentation=_new(world))
    found = by_id(world.store.database, Presentation, made.id or 0)
    assert found is not None
    return found


def _now(world: World, one: Presentation) -> Presentation:
    found = by_id(world.store.database, Presentation, one.id)
    assert found is not None
    return found


def _accepted(world: World) -> Presentation:
    one = replace(
        _asked(world), answer="引き受ける", answered_on=NOW.date(), presenter="見本　花子", dispose_on=NOW.date()
    )
    presentations_services.note_answer(ActionContext(world.store, OTHER, NOW), presentation=one, phone="03-0000-0000")
    found = by_id(world.store.database, Presentation, one.id)
    assert found is not None
    return found


SCENARIOS: dict[Callable[..., Any], Act] = {
    presentations_services.save_presentation: lambda w, context: presentations_services.save_presentation(
        context, presentation=_new(w)),
    presentations_services.note_answer: prepared(_asked, lambda w, one, context: presentations_services.note_answer(
        context, presentation=replace(_now(w, one), answer="引き受ける", answered_on=NOW.date(), presenter="見本　花子",
                                      dispose_on=NOW.date(), use_report=True), phone="03-0000-0000")),
    presentations_services.withdraw_consent: prepared(_accepted, lambda w, one, context:
    presentations_services.withdraw_consent(
        context, presentation_id=one.id, on=NOW.date(), words="電話で申し出")),
    presentations_services.remove_presentation: prepared(_accepted, lambda w, one, context:
    presentations_services.remove_presentation(
        context, presentation_id=one.id)),
}  # fmt: skip
