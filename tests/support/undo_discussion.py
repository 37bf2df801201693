"""Undo of the discussion of an 意見交換会: 班, lines, numbers, who leads, and the rows of the まとめ."""

from typing import Any

from app.events.discussion import services as discussion_services
from db.records.discussion import DiscussionLine, DiscussionPoint, DiscussionStep, SummaryPart
from db.rows import rows
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios
from tests.support.world import World


def first_point(world: World) -> int:
    """The first row of 班に共通したこと of the first 意見交換会."""
    return rows(world.store.database, DiscussionPoint, event_id=world.events["E1"], order="id")[0].id


def first_action(world: World) -> int:
    """The first row of つぎにつなげること of the first 意見交換会."""
    return rows(world.store.database, DiscussionPoint, event_id=world.events["E1"], part="つなげること", order="id")[
        0
    ].id


def _done_action(world: World) -> int:
    found = first_action(world)
    world.change(DiscussionPoint, found, done_on=NOW.date())
    return found


def first_line(world: World) -> int:
    """A line of the first 意見交換会."""
    return rows(world.store.database, DiscussionLine, event_id=world.events["E1"], order="id")[0].id


def _first(world: World) -> dict[str, Any]:
    return {"event_id": world.events["E1"], "group_number": 1}


SCENARIOS: Scenarios = {
    discussion_services.ensure_groups: lambda w: {"event_id": w.events["E1"], "count": 6},
    discussion_services.save_step: lambda w: {
        **_first(w), "step": DiscussionStep.SORTING, "text": "情報の伝達 8\n新しい分類 4\n*つぎの題"},
    discussion_services.save_note_count: lambda w: {**_first(w), "notes": 24},
    discussion_services.set_composition: lambda w: {**_first(w), "composition": "6人・5団体"},
    discussion_services.choose_facilitator: lambda w: {**_first(w), "name": "受託見本　次郎"},
    discussion_services.save_point: lambda w: {
        "event_id": w.events["E1"], "part": SummaryPart.HANDOVER,
        "cells": ("付箋が多い", "1人3枚までとする。", "付箋89枚")},
    discussion_services.set_origin: lambda w: {"point_id": first_point(w), "lines": (first_line(w),)},
    discussion_services.finish_action: lambda w: {"point_id": first_action(w)},
    discussion_services.reopen_action: lambda w: {"point_id": _done_action(w)},
    discussion_services.remove_point: lambda w: {"point_id": first_point(w)},
}  # fmt: skip
