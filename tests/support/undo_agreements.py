"""Undo of 協議の記録, 打合せ and 宿題: every row as it was before."""

from dataclasses import replace

from app.events.agreements import services as agreements_services
from db.records.agreements import Agreement, Homework, Meeting
from db.rows import rows
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, done
from tests.support.world import World


def _rich(world: World, *, confirmed: bool) -> Agreement:
    found = [one for one in rows(world.store.database, Agreement) if one.decision]
    return next(one for one in found if (one.confirmed_on is not None) == confirmed)


def _homework(world: World, *, done: bool) -> Homework:
    return next(one for one in rows(world.store.database, Homework) if (one.done_on is not None) == done)


def _open_meeting(world: World) -> Meeting:
    return next(one for one in rows(world.store.database, Meeting) if one.confirmed_on is None)


SCENARIOS: Scenarios = {
    agreements_services.save_record: lambda w: {"record": replace(_rich(w, confirmed=False), decision="別の決定")},
    agreements_services.withdraw_record: lambda w: {
        "agreement_id": _rich(w, confirmed=False).id, "reason": "記録の誤り"},
    agreements_services.confirm_record: lambda w: {
        "agreement_id": _rich(w, confirmed=False).id, "confirmed_on": NOW.date(), "confirmed_how": "メール"},
    agreements_services.take_back_confirmation: lambda w: {
        "agreement_id": _rich(w, confirmed=True).id, "reason": "誤字"},
    agreements_services.attach_file: lambda w: {
        "agreement_id": _rich(w, confirmed=True).id, "data": b"y", "name": "写し.txt"},
    agreements_services.remove_file: lambda w: {"attached_id": done(agreements_services.attach_file, w)},
    agreements_services.save_meeting: lambda w: {
        "meeting": replace(_open_meeting(w), place="会議室"), "agreement_ids": []},
    agreements_services.remove_meeting: lambda w: {"meeting_id": _open_meeting(w).id},
    agreements_services.confirm_meeting: lambda w: {
        "meeting_id": _open_meeting(w).id, "confirmed_on": NOW.date(), "confirmed_how": "メール"},
    agreements_services.take_back_meeting_confirmation: lambda w: {
        "meeting_id": next(one.id for one in rows(w.store.database, Meeting) if one.confirmed_on is not None),
        "reason": "誤字"},
    agreements_services.save_homework: lambda w: {"homework": replace(_homework(w, done=False), text="別の宿題")},
    agreements_services.finish_homework: lambda w: {"homework_id": _homework(w, done=False).id},
    agreements_services.reopen_homework: lambda w: {"homework_id": _homework(w, done=True).id},
    agreements_services.remove_homework: lambda w: {"homework_id": _homework(w, done=False).id},
}  # fmt: skip
