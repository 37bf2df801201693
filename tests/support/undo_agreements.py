"""Undo of 協議の記録, 打合せ and 宿題: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.events.agreements import services as agreements_services
from db.records.agreements import Agreement, Homework, Meeting
from db.rows import rows
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def _rich(world: World, *, confirmed: bool) -> Agreement:
    found = [one for one in rows(world.store.database, Agreement) if one.decision]
    return next(one for one in found if (one.confirmed_on is not None) == confirmed)


def _homework(world: World, *, done: bool) -> Homework:
    return next(one for one in rows(world.store.database, Homework) if (one.done_on is not None) == done)


def _attached(world: World) -> int:
    saved = agreements_services.attach_file(
        world.store, agreement_id=_rich(world, confirmed=True).id, data=b"x", name="控え.txt", by=OTHER, now=NOW
    )
    world.before = world.rows()
    return saved.id


def _open_meeting(world: World) -> Meeting:
    return next(one for one in rows(world.store.database, Meeting) if one.confirmed_on is None)


SCENARIOS: dict[Callable[..., Any], Act] = {
    agreements_services.save_record: lambda w, who: agreements_services.save_record(
        w.store, record=replace(_rich(w, confirmed=False), decision="別の決定"), **who),
    agreements_services.withdraw_record: lambda w, who: agreements_services.withdraw_record(
        w.store, agreement_id=_rich(w, confirmed=False).id, reason="記録の誤り", **who),
    agreements_services.confirm_record: lambda w, who: agreements_services.confirm_record(
        w.store, agreement_id=_rich(w, confirmed=False).id, confirmed_on=NOW.date(), confirmed_how="メール", **who),
    agreements_services.take_back_confirmation: lambda w, who: agreements_services.take_back_confirmation(
        w.store, agreement_id=_rich(w, confirmed=True).id, reason="誤字", **who),
    agreements_services.attach_file: lambda w, who: agreements_services.attach_file(
        w.store, agreement_id=_rich(w, confirmed=True).id, data=b"y", name="写し.txt", **who),
    agreements_services.remove_file: lambda w, who:
        agreements_services.remove_file(w.store, attached_id=_attached(w), **who),
    agreements_services.save_meeting: lambda w, who: agreements_services.save_meeting(
        w.store, meeting=replace(_open_meeting(w), place="会議室"), agreement_ids=[], **who),
    agreements_services.remove_meeting: lambda w, who:
        agreements_services.remove_meeting(w.store, meeting_id=_open_meeting(w).id, **who),
    agreements_services.confirm_meeting: lambda w, who: agreements_services.confirm_meeting(
        w.store, meeting_id=_open_meeting(w).id, confirmed_on=NOW.date(), confirmed_how="メール", **who),
    agreements_services.take_back_meeting_confirmation: lambda w, who:
        agreements_services.take_back_meeting_confirmation(
        w.store, meeting_id=next(one.id for one in rows(w.store.database, Meeting) if one.confirmed_on is not None),
        reason="誤字", **who),
    agreements_services.save_homework: lambda w, who: agreements_services.save_homework(
        w.store, homework=replace(_homework(w, done=False), text="別の宿題"), **who),
    agreements_services.finish_homework: lambda w, who: agreements_services.finish_homework(
        w.store, homework_id=_homework(w, done=False).id, **who),
    agreements_services.reopen_homework: lambda w, who: agreements_services.reopen_homework(
        w.store, homework_id=_homework(w, done=True).id, **who),
    agreements_services.remove_homework: lambda w, who: agreements_services.remove_homework(
        w.store, homework_id=_homework(w, done=False).id, **who),
}  # fmt: skip
