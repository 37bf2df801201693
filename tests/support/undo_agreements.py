"""Undo of 協議の記録, 打合せ and 宿題: every row as it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.subjects.events.agreements.services import meetings, records
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
    saved = records.attach_file(
        world.store, agreement_id=_rich(world, confirmed=True).id, data=b"x", name="控え.txt", by=OTHER, now=NOW
    )
    world.before = world.rows()
    return saved.id


def _open_meeting(world: World) -> Meeting:
    return next(one for one in rows(world.store.database, Meeting) if one.confirmed_on is None)


SCENARIOS: dict[Callable[..., Any], Act] = {
    records.save_record: lambda w, who: records.save_record(
        w.store, record=replace(_rich(w, confirmed=False), decision="別の決定"), **who),
    records.withdraw_record: lambda w, who: records.withdraw_record(
        w.store, agreement_id=_rich(w, confirmed=False).id, reason="記録の誤り", **who),
    records.confirm_record: lambda w, who: records.confirm_record(
        w.store, agreement_id=_rich(w, confirmed=False).id, confirmed_on=NOW.date(), confirmed_how="メール", **who),
    records.take_back_confirmation: lambda w, who: records.take_back_confirmation(
        w.store, agreement_id=_rich(w, confirmed=True).id, reason="誤字", **who),
    records.attach_file: lambda w, who: records.attach_file(
        w.store, agreement_id=_rich(w, confirmed=True).id, data=b"y", name="写し.txt", **who),
    records.remove_file: lambda w, who: records.remove_file(w.store, attached_id=_attached(w), **who),
    meetings.save_meeting: lambda w, who: meetings.save_meeting(
        w.store, meeting=replace(_open_meeting(w), place="会議室"), agreement_ids=[], **who),
    meetings.remove_meeting: lambda w, who: meetings.remove_meeting(w.store, meeting_id=_open_meeting(w).id, **who),
    meetings.confirm_meeting: lambda w, who: meetings.confirm_meeting(
        w.store, meeting_id=_open_meeting(w).id, confirmed_on=NOW.date(), confirmed_how="メール", **who),
    meetings.take_back_meeting_confirmation: lambda w, who: meetings.take_back_meeting_confirmation(
        w.store, meeting_id=next(one.id for one in rows(w.store.database, Meeting) if one.confirmed_on is not None),
        reason="誤字", **who),
    meetings.save_homework: lambda w, who: meetings.save_homework(
        w.store, homework=replace(_homework(w, done=False), text="別の宿題"), **who),
    meetings.finish_homework: lambda w, who: meetings.finish_homework(
        w.store, homework_id=_homework(w, done=False).id, **who),
    meetings.reopen_homework: lambda w, who: meetings.reopen_homework(
        w.store, homework_id=_homework(w, done=True).id, **who),
    meetings.remove_homework: lambda w, who: meetings.remove_homework(
        w.store, homework_id=_homework(w, done=False).id, **who),
}  # fmt: skip
