"""Undo of 中止・変更の連絡: the decision with its event, the calls, the 振替, the texts; and of the 確認の電話."""

from typing import Any

from app.documents.services.issued_copies import note_copied_list
from app.event.services import event_cancellation
from app.events.calls.services import calls, confirmations, presenters
from app.events.calls.services.call_sheet import read_call_sheet
from app.events.roster.services.entry_names import WantedPerson
from app.events.roster.services.mail_addresses import SINGLE_TITLE
from app.programme.rules import contacts_end
from db.records.calls import CallOutcome, CallTarget, DecisionKind
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry
from db.rows import by_id
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, done
from tests.support.world import OTHER, World


def listed(world: World) -> dict[str, Any]:
    """One more person of the colleague: the event, the key of his line and his entry."""
    event_id = world.events["L7"]
    with world.store.change(action="準備", by=OTHER, now=NOW, subject="entries") as change:
        organisation = change.insert(Organisation(name="見本元戻し町会"))
        person = change.insert(Person(organisation_id=organisation, name="見本 もどす"))
        entry = change.insert(Entry(event_id=event_id, person_id=person, organisation_id=organisation, state="決定"))
    world.before = world.rows()
    event = by_id(world.store.database, Event, event_id)
    assert event is not None
    lines = read_call_sheet(world.store.database, event).lines
    key = next(line.key for line in lines if line.organisation_id == organisation)
    return {"event_id": event_id, "key": key, "entry_id": entry}


def decided(world: World) -> str:
    """The colleague decides about an event with one more entry; the key of its line."""
    key = listed(world)["key"]
    done(calls.decide_change, world)
    return key


def mailed(world: World) -> dict[str, Any]:
    """Mark who is on the list of a new person with a mail address."""
    entry = listed(world)["entry_id"]
    place = by_id(world.store.database, Entry, entry)
    assert place is not None
    world.put(Contact(person_id=place.person_id, kind="メール", value="mihon@example.jp", purpose="申込"))
    whose = {"event_id": world.events["L7"]}
    note_copied_list(world.other, title=SINGLE_TITLE, count="1人", **whose, fiscal_year=2026)
    return whose


SCENARIOS: Scenarios = {
    calls.decide_change: lambda w: {
        "event_id": w.events["L7"], "kind": DecisionKind.CANCELLATION, "decided_at": NOW, "decided_by": "見本　課長",
        "reason": "大雪の予報", "nature": "契約変更の要否を契約課へ確認"},
    event_cancellation.revoke_change: lambda w: after(
        calls.decide_change(w.other, event_id=w.events["L7"], kind=DecisionKind.POSTPONEMENT, decided_at=NOW,
            decided_by="課長", reason="大雪"),
        event_id=w.events["L7"]),
    calls.note_call: lambda w: {
        "event_id": w.events["L7"], "key": decided(w), "outcome": CallOutcome.REACHED},
    calls.note_other_call: lambda w: after(
        decided(w), event_id=w.events["L7"], target=CallTarget.VENUE, outcome=CallOutcome.REACHED),
    confirmations.note_confirmation: lambda w: {
        "event_id": w.events["L7"], "key": listed(w)["key"], "outcome": CallOutcome.REACHED},
    confirmations.note_absence: listed,
    confirmations.note_mailed: mailed,
    confirmations.set_reminder: lambda w: {"event_id": w.events["L7"], "days": 3, "sms_service": "見本SMS"},
    confirmations.note_substitute: lambda w: {**listed(w), "wanted": WantedPerson(name="見本 かわる")},
    calls.set_substitute: lambda w: after(
        decided(w), event_id=w.events["L7"], day_words="12月22日（火）", nature="協議で足りる"),
    calls.set_call_text: lambda w: after(
        decided(w), event_id=w.events["L7"], key="電話で話す文", text="短く話す。"),
    presenters.save_presenter: lambda w: {
        "contact": Contact(event_id=w.events["L7"], value="03-0000-4001", note="見本 発表", purpose=presenters.PURPOSE,
            dispose_on=contacts_end(2026, ()))},
    presenters.remove_presenter: lambda w: {"contact_id": done(presenters.save_presenter, w)},
}  # fmt: skip
