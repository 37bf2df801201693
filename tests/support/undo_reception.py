"""Undo scenarios of the door, the 班, the tablets, the 配慮 and photo consent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.actions.action_context import ActionContext
from app.event_day.reception import services as reception_services
from app.events.arrangements import services as arrangements_services
from app.events.groups import services as groups
from app.events.roster.services import entry_changes, entry_names, roster
from app.events.tablets import services as tablet_services
from db.records.events import Event
from db.records.roster import Arrangement, Entry, GroupWish, PhotoConsent, TableGroup, Tablet, TabletLoan
from db.rows import by_id
from tests.support.sample import NOW
from tests.support.world import OTHER, World


def _put(world: World, *records: Any) -> list[int]:
    """Insert records as a colleague, and compare with the state after that."""
    with world.store.change(action="用意", by=OTHER, now=NOW) as change:
        made = [change.insert(record) for record in records]
    world.before = world.rows()
    return made


def _place(world: World, event: str = "E1", **values: Any) -> int:
    """Add one unnamed place to an event and return its id."""
    given = {"state": "決定", "organisation_name": "みほん会", "number": 901} | values
    return _put(world, Entry(event_id=world.events[event], **given))[0]


def _today(world: World, **values: Any) -> int:
    """Add a place to an event that is held on the day of the action, as only then somebody is received."""
    entry = _place(world, **values)
    with world.store.change(action="用意", by=OTHER, now=NOW) as change:
        change.update(Event, world.events["E1"], event_date=NOW.date())
    world.before = world.rows()
    return entry


def _two(world: World) -> list[int]:
    event_id = world.events["E1"]
    return _put(
        world,
        Entry(event_id=event_id, state="決定", number=901, device="貸与"),
        Entry(event_id=event_id, state="決定", number=902, device="貸与"),
    )


def _loan(world: World, **values: Any) -> int:
    """Add a tablet put ready for one place; return the loan's id."""
    entry = _place(world)
    tablet = _put(world, Tablet(number="見本91"))[0]
    return _put(world, TabletLoan(tablet_id=tablet, event_id=world.events["E1"], entry_id=entry, **values))[0]


def _lend_spare(world: World, context: ActionContext) -> object:
    entry = _place(world)
    tablet = _put(world, Tablet(number="見本92"))[0]
    _put(world, TabletLoan(tablet_id=tablet, event_id=world.events["E1"], note="予備"))
    return tablet_services.lend_spare(context, entry_id=entry)


def _assign(world: World, context: ActionContext) -> object:
    _two(world)
    _put(world, Tablet(number="見本93"), Tablet(number="見本94"), Tablet(number="見本95"))
    return tablet_services.assign_tablets(context, event_id=world.events["E1"], spare=1)


def _release(world: World, context: ActionContext) -> object:
    _loan(world)
    return tablet_services.release_tablets(context, event_id=world.events["E1"])


def _arrangement(world: World, **values: Any) -> int:
    entry = _place(world, care="席")
    return _put(world, Arrangement(event_id=world.events["E1"], entry_id=entry, kind="席", **values))[0]


def _group(world: World, number: int = 91) -> int:
    _put(world, TableGroup(event_id=world.events["E1"], number=number))
    return number


def _wish(world: World) -> int:
    first, second = _two(world)
    return _put(world, GroupWish(event_id=world.events["E1"], first_entry_id=first, second_entry_id=second))[0]


def _seat(world: World, context: ActionContext) -> object:
    entry, number = _place(world), _group(world)
    return groups.assign_to_group(context, entry_ids=[entry], group_number=number)


def _wished(world: World, context: ActionContext) -> object:
    first, second = _two(world)
    return groups.add_group_wish(
        context,
        event_id=world.events["E1"],
        first_entry_id=first,
        second_entry_id=second,
        together=True,
    )


def _propose(world: World, context: ActionContext) -> object:
    _two(world)
    return groups.propose_groups(context, event_id=world.events["E1"], count=2)


def _close(world: World, context: ActionContext) -> object:
    _place(world, attendance="出席")
    return reception_services.close_reception(context, event_id=world.events["E1"], replace_typed=True)


def _walk_in(world: World, context: ActionContext) -> object:
    wanted = entry_names.WantedPerson(name="見本 飛入")
    return reception_services.add_walk_in(context, event_id=world.events["E1"], wanted=wanted)


def _keyed(world: World, context: ActionContext) -> object:
    _two(world)
    return reception_services.record_attendance(context, event_id=world.events["E1"], present=(901,), absent=(902,))


def _numbered(world: World, context: ActionContext) -> object:
    _place(world, number=None)
    return roster.assign_roster_numbers(context, event_id=world.events["E1"])


SCENARIOS = {
    arrangements_services.change_arrangement: lambda w, context: arrangements_services.change_arrangement(
        context, arrangement=replace(by_id(w.store.database, Arrangement, _arrangement(w)), content="前方")),
    arrangements_services.add_arrangement: lambda w, context: arrangements_services.add_arrangement(
        context, arrangement=Arrangement(event_id=w.events["E1"], entry_id=_place(w), kind="拡大資料")),
    arrangements_services.mark_nothing_needed: lambda w, context: arrangements_services.mark_nothing_needed(
        context, entry_id=_place(w, care="おまかせ")),
    arrangements_services.remove_arrangement: lambda w, context: arrangements_services.remove_arrangement(
        context, event_id=w.events["E1"], arrangement_id=_arrangement(w)),
    arrangements_services.reopen_arrangement: lambda w, context: arrangements_services.reopen_arrangement(
        context, event_id=w.events["E1"], arrangement_id=_arrangement(w, settled_on=NOW.date())),
    arrangements_services.set_care: lambda w, context:
        arrangements_services.set_care(context, entry_id=_place(w), care="席"),
    arrangements_services.settle_arrangement: lambda w, context: arrangements_services.settle_arrangement(
        context, event_id=w.events["E1"], arrangement_id=_arrangement(w)),
    reception_services.record_attendance: _keyed,
    reception_services.mark_absent: lambda w, context: reception_services.mark_absent(context, entry_id=_place(w)),
    reception_services.receive: lambda w, context: reception_services.receive(context, entry_id=_today(w)),
    entry_changes.replace_person: lambda w, context: entry_changes.replace_person(
        context, entry_id=_today(w), wanted=entry_names.WantedPerson(name="見本 代わり"), arriving=True),
    reception_services.note_late: lambda w, context: reception_services.note_late(context, entry_id=_place(w)),
    reception_services.receive_from_paper: lambda w, context:
        reception_services.receive_from_paper(context, entry_id=_place(w)),
    reception_services.undo_check_in: lambda w, context: reception_services.undo_check_in(
        context, entry_id=_place(w, attendance="出席", attended_at=NOW)),
    reception_services.close_reception: _close,
    reception_services.add_walk_in: _walk_in,
    entry_names.name_entry: lambda w, context: entry_names.name_entry(
        context, entry_id=_place(w), name="見本 後日"),
    groups.add_group: lambda w, context: groups.add_group(context, event_id=w.events["E1"]),
    groups.add_group_wish: _wished,
    groups.propose_groups: _propose,
    groups.remove_group: lambda w, context: groups.remove_group(
        context, event_id=w.events["E1"], group_number=_group(w)),
    groups.remove_group_wish: lambda w, context: groups.remove_group_wish(
        context, event_id=w.events["E1"], wish_id=_wish(w)),
    groups.set_facilitator: lambda w, context: groups.set_facilitator(
        context, event_id=w.events["E1"], group_number=_group(w), facilitator="見本 進行"),
    groups.assign_to_group: _seat,
    arrangements_services.set_photo_consent: lambda w, context: arrangements_services.set_photo_consent(
        context, entry_ids=[_place(w)], photo=PhotoConsent.REFUSED),
    roster.assign_roster_numbers: _numbered,
    tablet_services.assign_tablets: _assign,
    tablet_services.confirm_initialised: lambda w, context: tablet_services.confirm_initialised(
        context, loan_ids=[_loan(w, out_at=NOW, back_at=NOW)], checked_by="見本"),
    tablet_services.hand_out: lambda w, context: tablet_services.hand_out(context, loan_id=_loan(w)),
    tablet_services.lend_spare: _lend_spare,
    tablet_services.release_tablets: _release,
    tablet_services.note_returned: lambda w, context: tablet_services.note_returned(
        context, loan_ids=[_loan(w, out_at=NOW)]),
    tablet_services.set_tablets: lambda w, context: tablet_services.set_tablets(
        context, tablets=[*tablet_services.read_tablets(w.store), Tablet(number="見本96")]),
}  # fmt: skip
