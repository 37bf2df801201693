"""Undo of 中止・変更の連絡: the decision with its event, the calls, the 振替, the texts; and of the 確認の電話."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
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
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def decide(world: World, context: ActionContext) -> object:
    return calls.decide_change(
        context,
        event_id=world.events["L7"],
        kind=DecisionKind.CANCELLATION,
        decided_at=NOW,
        decided_by="見本　課長",
        reason="大雪の予報",
        nature="契約変更の要否を契約課へ確認",
    )


def listed(world: World) -> tuple[str, int]:
    """Somebody else enters one more person; the key of the line and the entry."""
    event_id = world.events["L7"]
    with world.store.change(action="準備", by=OTHER, now=NOW, subject="entries") as change:
        organisation = change.insert(Organisation(name="見本元戻し町会"))
        person = change.insert(Person(organisation_id=organisation, name="見本 もどす"))
        entry = change.insert(Entry(event_id=event_id, person_id=person, organisation_id=organisation, state="決定"))
    world.before = world.rows()
    event = by_id(world.store.database, Event, event_id)
    assert event is not None
    lines = read_call_sheet(world.store.database, event).lines
    return next(line.key for line in lines if line.organisation_id == organisation), entry


def decided(world: World) -> str:
    """Somebody else decides about an event with one more entry; the key of its line."""
    key, _entry = listed(world)
    decide(world, ActionContext(world.store, OTHER, NOW))
    world.before = world.rows()
    return key


def note(world: World, context: ActionContext) -> object:
    return calls.note_call(context, event_id=world.events["L7"], key=decided(world), outcome=CallOutcome.REACHED)


def confirm(world: World, context: ActionContext) -> object:
    key, _entry = listed(world)
    return confirmations.note_confirmation(context, event_id=world.events["L7"], key=key, outcome=CallOutcome.REACHED)


def absent(world: World, context: ActionContext) -> object:
    key, entry = listed(world)
    return confirmations.note_absence(context, event_id=world.events["L7"], key=key, entry_id=entry)


def represented(world: World, context: ActionContext) -> object:
    key, entry = listed(world)
    return confirmations.note_substitute(
        context, event_id=world.events["L7"], key=key, entry_id=entry, wanted=WantedPerson(name="見本 かわる")
    )


def note_other(world: World, context: ActionContext) -> object:
    decided(world)
    return calls.note_other_call(
        context, event_id=world.events["L7"], target=CallTarget.VENUE, outcome=CallOutcome.REACHED
    )


def substitute(world: World, context: ActionContext) -> object:
    decided(world)
    return calls.set_substitute(
        context,
        event_id=world.events["L7"],
        day_words="12月22日（火）",
        nature="協議で足りる",
    )


def text(world: World, context: ActionContext) -> object:
    decided(world)
    return calls.set_call_text(context, event_id=world.events["L7"], key="電話で話す文", text="短く話す。")


def presenter(world: World, context: ActionContext) -> Any:
    contact = Contact(
        event_id=world.events["L7"],
        value="03-0000-4001",
        note="見本 発表",
        purpose=presenters.PURPOSE,
        dispose_on=contacts_end(2026, ()),
    )
    return presenters.save_presenter(context, contact=contact)


def without_presenter(world: World, context: ActionContext) -> object:
    made = presenter(world, ActionContext(world.store, OTHER, NOW))
    world.before = world.rows()
    return presenters.remove_presenter(context, contact_id=made.id)


def take_back(world: World, context: ActionContext) -> object:
    calls.decide_change(
        ActionContext(world.store, OTHER, NOW),
        event_id=world.events["L7"],
        kind=DecisionKind.POSTPONEMENT,
        decided_at=NOW,
        decided_by="課長",
        reason="大雪",
    )
    world.before = world.rows()
    return event_cancellation.revoke_change(context, event_id=world.events["L7"])


def mailed(world: World, context: ActionContext) -> object:
    """Mark who is on the list of a new person with a mail address."""
    _key, entry = listed(world)
    place = by_id(world.store.database, Entry, entry)
    assert place is not None
    with world.store.change(action="準備", by=OTHER, now=NOW, subject="people") as change:
        change.insert(Contact(person_id=place.person_id, kind="メール", value="mihon@example.jp", purpose="申込"))
    note_copied_list(
        ActionContext(world.store, OTHER, NOW),
        title=SINGLE_TITLE,
        count="1人",
        event_id=world.events["L7"],
        fiscal_year=2026,
    )
    world.before = world.rows()
    return confirmations.note_mailed(context, event_id=world.events["L7"])


SCENARIOS: dict[Callable[..., Any], Act] = {
    calls.decide_change: decide,
    event_cancellation.revoke_change: take_back,
    calls.note_call: note,
    calls.note_other_call: note_other,
    confirmations.note_confirmation: confirm,
    confirmations.note_absence: absent,
    confirmations.note_mailed: mailed,
    confirmations.set_reminder: lambda w, context: confirmations.set_reminder(
        context, event_id=w.events["L7"], days=3, sms_service="見本SMS"
    ),
    confirmations.note_substitute: represented,
    calls.set_substitute: substitute,
    calls.set_call_text: text,
    presenters.save_presenter: presenter,
    presenters.remove_presenter: without_presenter,
}
