"""Undo of 事例発表: asked, answered, taken back and removed, every row as it was before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.events.presentations import services as presentations_services
from db.records.presentations import Presentation
from db.rows import by_id
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, done
from tests.support.world import World

PROMISED: dict[str, Any] = {
    "answer": "引き受ける", "answered_on": NOW.date(), "presenter": "見本　花子", "dispose_on": NOW.date(),
}  # fmt: skip


def _new(world: World) -> Presentation:
    return Presentation(event_id=world.events["E2"], organisation_name="見本町会", asked="回覧を電子にした取組")


def _asked(world: World) -> Presentation:
    made = done(presentations_services.save_presentation, world)
    world.before = world.rows()  # filled, so that what is answered is the whole row
    found = by_id(world.store.database, Presentation, made)
    assert found is not None
    return found


def _accepted(world: World) -> int:
    one = replace(_asked(world), **PROMISED)
    presentations_services.note_answer(world.other, presentation=one, phone="03-0000-0000")
    return one.id


SCENARIOS: Scenarios = {
    presentations_services.save_presentation: lambda w: {"presentation": _new(w)},
    presentations_services.note_answer: lambda w: {
        "presentation": replace(_asked(w), **PROMISED, use_report=True), "phone": "03-0000-0000"},
    presentations_services.withdraw_consent: lambda w: {
        "presentation_id": _accepted(w), "on": NOW.date(), "words": "電話で申し出"},
    presentations_services.remove_presentation: lambda w: {"presentation_id": _accepted(w)},
}  # fmt: skip
