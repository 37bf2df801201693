"""Undo scenarios of the door, the 班, the tablets, the 配慮 and photo consent."""

from dataclasses import replace
from typing import Any

from app.event_day.reception import services as reception_services
from app.event_day.reception.services import close_reception
from app.events.arrangements import services as arrangements_services
from app.events.groups import services as groups
from app.events.roster.services import entry_changes, entry_names, roster
from app.events.tablets import services as tablet_services
from db.records.events import Event
from db.records.roster import Arrangement, Entry, GroupWish, PhotoConsent, TableGroup, Tablet, TabletLoan
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, as_it_stands
from tests.support.world import World


def _place(world: World, event: str = "E1", **values: Any) -> int:
    """Add one unnamed place to an event and return its id."""
    given = {"state": "決定", "organisation_name": "みほん会", "number": 901} | values
    return world.put(Entry(event_id=world.events[event], **given))[0]


def _today(world: World, **values: Any) -> int:
    """Add a place to an event that is held on the day of the action, as only then somebody is received."""
    entry = _place(world, **values)
    world.change(Event, world.events["E1"], event_date=NOW.date())
    return entry


def _two(world: World) -> list[int]:
    event_id = world.events["E1"]
    return world.put(
        Entry(event_id=event_id, state="決定", number=901, device="貸与"),
        Entry(event_id=event_id, state="決定", number=902, device="貸与"),
    )


def _loan(world: World, **values: Any) -> int:
    """Add a tablet put ready for one place; return the loan's id."""
    entry = _place(world)
    tablet = world.put(Tablet(number="見本91"))[0]
    return world.put(TabletLoan(tablet_id=tablet, event_id=world.events["E1"], entry_id=entry, **values))[0]


def _arrangement(world: World, **values: Any) -> int:
    entry = _place(world, care="席")
    return world.put(Arrangement(event_id=world.events["E1"], entry_id=entry, kind="席", **values))[0]


def _group(world: World, number: int = 91) -> int:
    world.put(TableGroup(event_id=world.events["E1"], number=number))
    return number


def _wish(world: World) -> int:
    first, second = _two(world)
    return world.put(GroupWish(event_id=world.events["E1"], first_entry_id=first, second_entry_id=second))[0]


SCENARIOS: Scenarios = {
    arrangements_services.change_arrangement: lambda w: {
        "arrangement": replace(as_it_stands(Arrangement, _arrangement(w), w), content="前方")},
    arrangements_services.add_arrangement: lambda w: {
        "arrangement": Arrangement(event_id=w.events["E1"], entry_id=_place(w), kind="拡大資料")},
    arrangements_services.mark_nothing_needed: lambda w: {"entry_id": _place(w, care="おまかせ")},
    arrangements_services.remove_arrangement: lambda w: {"event_id": w.events["E1"], "arrangement_id": _arrangement(w)},
    arrangements_services.reopen_arrangement: lambda w: {
        "event_id": w.events["E1"], "arrangement_id": _arrangement(w, settled_on=NOW.date())},
    arrangements_services.set_care: lambda w: {"entry_id": _place(w), "care": "席"},
    arrangements_services.settle_arrangement: lambda w: {"event_id": w.events["E1"], "arrangement_id": _arrangement(w)},
    reception_services.record_attendance: lambda w: after(
        _two(w), event_id=w.events["E1"], present=(901,), absent=(902,)),
    reception_services.mark_absent: lambda w: {"entry_id": _place(w)},
    reception_services.receive: lambda w: {"entry_id": _today(w)},
    entry_changes.replace_person: lambda w: {
        "entry_id": _today(w), "wanted": entry_names.WantedPerson(name="見本 代わり"), "arriving": True},
    reception_services.note_late: lambda w: {"entry_id": _place(w)},
    reception_services.receive_from_paper: lambda w: {"entry_id": _place(w)},
    reception_services.undo_check_in: lambda w: {"entry_id": _place(w, attendance="出席", attended_at=NOW)},
    close_reception: lambda w: after(
        _place(w, attendance="出席"), event_id=w.events["E1"], replace_typed=True),
    reception_services.add_walk_in: lambda w: {
        "event_id": w.events["E1"], "wanted": entry_names.WantedPerson(name="見本 飛入")},
    entry_names.name_entry: lambda w: {"entry_id": _place(w), "name": "見本 後日"},
    groups.add_group: lambda w: {"event_id": w.events["E1"]},
    groups.add_group_wish: lambda w: {
        "event_id": w.events["E1"], "first_entry_id": (two := _two(w))[0], "second_entry_id": two[1], "together": True},
    groups.propose_groups: lambda w: after(_two(w), event_id=w.events["E1"], count=2),
    groups.remove_group: lambda w: {"event_id": w.events["E1"], "group_number": _group(w)},
    groups.remove_group_wish: lambda w: {"event_id": w.events["E1"], "wish_id": _wish(w)},
    groups.set_facilitator: lambda w: {
        "event_id": w.events["E1"], "group_number": _group(w), "facilitator": "見本 進行"},
    groups.assign_to_group: lambda w: {"entry_ids": [_place(w)], "group_number": _group(w)},
    arrangements_services.set_photo_consent: lambda w: {"entry_ids": [_place(w)], "photo": PhotoConsent.REFUSED},
    roster.assign_roster_numbers: lambda w: after(_place(w, number=None), event_id=w.events["E1"]),
    tablet_services.assign_tablets: lambda w: after(
        [_two(w), w.put(*(Tablet(number=f"見本{number}") for number in (93, 94, 95)))],
        event_id=w.events["E1"], spare=1),
    tablet_services.confirm_initialised: lambda w: {
        "loan_ids": [_loan(w, out_at=NOW, back_at=NOW)], "checked_by": "見本"},
    tablet_services.hand_out: lambda w: {"event_id": w.events["E1"], "entry_ids": [_place(w)]},
    tablet_services.lend_spare: lambda w: after(
        w.put(TabletLoan(tablet_id=w.put(Tablet(number="見本92"))[0], event_id=w.events["E1"], note="予備")),
        entry_id=_place(w)),
    tablet_services.release_tablets: lambda w: after(_loan(w), event_id=w.events["E1"]),
    tablet_services.note_returned: lambda w: {"loan_ids": [_loan(w, out_at=NOW)]},
    tablet_services.set_tablets: lambda w: {
        "tablets": [*tablet_services.read_tablets(w.store), Tablet(number="見本96")]},
}  # fmt: skip
