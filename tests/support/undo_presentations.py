"""Undo of 事例発表: asked, answered, taken back and removed, every row as it was before."""

from dataclasses import replace
from typing import Any

from app.actions.get_or_raise import get_or_raise
from app.events.presentations import services as presentations_services
from db.records.presentations import Presentation
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, as_it_stands, done
from tests.support.world import World

PROMISED: dict[str, Any] = {
    "answer": "引き受ける", "answered_on": NOW.date(), "presenter": "見本　花子", "dispose_on": NOW.date(),
}  # fmt: skip


def _new(world: World) -> Presentation:
    return Presentation(event_id=world.events["E2"], organisation_name="見本町会", asked="回覧を電子にした取組")


def _accepted(world: World) -> int:
    asked = get_or_raise(world.store.database, Presentation, done(presentations_services.save_presentation, world))
    answered = replace(asked, **PROMISED)
    return presentations_services.note_answer(world.other, presentation=answered, phone="03-0000-0000").id


SCENARIOS: Scenarios = {
    presentations_services.save_presentation: lambda w: {"presentation": _new(w)},
    presentations_services.note_answer: lambda w: {
        "presentation": replace(
            as_it_stands(Presentation, done(presentations_services.save_presentation, w), w),
            **PROMISED, use_report=True),
        "phone": "03-0000-0000"},
    presentations_services.withdraw_consent: lambda w: {
        "presentation_id": _accepted(w), "on": NOW.date(), "words": "電話で申し出"},
    presentations_services.remove_presentation: lambda w: {"presentation_id": _accepted(w)},
}  # fmt: skip
