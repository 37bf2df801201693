"""当日受付: somebody who came without a place, entered and received in one change.

- ``add_walk_in(store, event_id, wanted, organisation_name, device, by, now) -> Saved``
"""

from __future__ import annotations

from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.arrangements.services.tablet_loans import hand_spare
from app.subjects.events.rules.taking_part import was_expected
from app.subjects.events.services.event_file import required_event
from app.subjects.roster.rules.roster_numbers import next_number
from app.subjects.roster.services.attendance_result import keep_result_in_step
from app.subjects.roster.services.entry_names import WantedPerson, find_person, person_for, place_words, spoken
from app.subjects.roster.services.roster_numbers import give_numbers
from db.records.organisations import Person
from db.records.roster import Device, Entry
from db.rows import by_id
from db.store import Store
from db.tables import roster as table


def add_walk_in(
    store: Store,
    *,
    event_id: int,
    wanted: WantedPerson,
    organisation_name: str = "",
    device: Device = "",
    by: str,
    now: datetime,
) -> Saved:
    """Enter somebody who came without an application, as received now, with the next number of the list.

    The person is recognised by 団体 + 氏名, or entered anew. Who applied but had no place (補欠, 落選, 辞退) or had
    told an absence keeps that entry. With 貸与 the first spare tablet is handed over, where there is one.

    Raises:
        Refusal: no name, the event is cancelled, or the person stands on the 受付名簿 already (its number is told).
    """
    event = required_event(store.database, event_id)
    if event.status == "中止":
        raise Refusal(f"{event.full_title}は中止です。", "中止を取り消すと受付できます。")
    known = find_person(store, wanted=wanted)
    entry = _entry_of(store, event_id, known.id if known else None)
    if entry is not None and was_expected(entry):
        raise Refusal(f"{spoken(store, entry)}は、名簿にあります。", f"{place_words(entry)}で受付してください。")
    if entry is not None:
        entry_id = entry.id
        action = f"{event.full_title}：{place_words(entry)}を当日受付にした"
    else:
        entry_id, action = 0, f"{event.full_title}：当日受付を加えた"
    with store.change(action=action, by=by, now=now, subject="roster", event_id=event_id) as change:
        give_numbers(store, change, event_id)
        person = person_for(store, change, wanted)
        registered = by_id(store.database, Person, person)
        organisation_id = wanted.organisation_id or (registered.organisation_id if registered else None)
        number = next_number(table.entries(store.database, event_id))
        if entry is None:
            entry_id = change.insert(
                Entry(
                    event_id=event_id, person_id=person, organisation_id=organisation_id,
                    organisation_name="" if organisation_id else organisation_name.strip(), role=wanted.role.strip(),
                    state="決定", applied_at=now, way="当日", device=device, number=number, walk_in=True,
                    attendance="出席", attended_at=now,
                )
            )  # fmt: skip
        else:
            told = entry.absent_told_at is not None and entry.state in ("申込", "決定")
            change.update(
                Entry, entry_id, state="決定", walk_in=not told, absent_told_at=None, attendance="出席",
                attended_at=now, device=device or entry.device, number=entry.number or number,
            )  # fmt: skip
        if device == "貸与":
            hand_spare(store, change, event_id, entry_id, now)
        keep_result_in_step(store, change, event_id)
    made = by_id(store.database, Entry, entry_id)
    assert made is not None
    return Saved(said=f"当日受付：{spoken(store, made)}を受付済にしました。", id=entry_id)


def _entry_of(store: Store, event_id: int, person_id: int | None) -> Entry | None:
    """Return the person's entry of this event; one on the list before one without a place."""
    mine = [one for one in table.entries(store.database, event_id) if person_id and one.person_id == person_id]
    return next((one for one in mine if was_expected(one)), next(iter(mine), None))
