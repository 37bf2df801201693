"""The sample year's rosters, all invented: applications, attendance, tablets, groups, venues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.sample.services.sample_events import STAFF, SampleEvents
from db.journal import Change
from db.record import record
from db.records.applications import Application, ApplicationChannel
from db.records.organisations import Contact, Membership, Person, StageMark
from db.records.roster import (
    Arrangement,
    Attendance,
    Device,
    Entry,
    EntryState,
    PhotoConsent,
    TableGroup,
    Tablet,
    TabletLoan,
    ToContractor,
)
from db.records.venues import Booking, BookingState, Venue

PURPOSE = "決定通知の送付、中止・変更の連絡"
DISPOSE_ON = date(2027, 4, 30)
_TABLETS = 12
_CHANNELS: tuple[ApplicationChannel, ...] = (
    ApplicationChannel.ONLINE,
    ApplicationChannel.PHONE,
    ApplicationChannel.FAX,
    ApplicationChannel.ONLINE,
    ApplicationChannel.ONLINE,
    ApplicationChannel.COUNTER,
)
_STEP = 7
_CARE = (("字の大きい資料がほしい。", "拡大資料", "拡大資料1部"), ("前の席を希望する。", "席", "前方の席1"))


@record
class SampleEntry:
    """One roster entry to create: index of the 団体 in the data, index of the person in it, and the attendance."""

    organisation: int
    member_number: int
    absent: bool = False
    walk_in: bool = False


@dataclass
class _People:
    """The people of each 団体; further members are invented when a 団体 needs more than the data have."""

    change: Change
    sample: SampleEvents
    ids: dict[int, list[int]]

    def person_id(self, organisation: int, member_number: int) -> int:
        """Return the id of the n-th person (from 0) of a 団体, inventing those that are missing."""
        known = self.ids.setdefault(organisation, [])
        while len(known) <= member_number:
            known.append(self._invent(organisation, len(known)))
        return known[member_number]

    def _invent(self, organisation: int, number: int) -> int:
        names = self.sample.data["members"]
        surname, surname_kana = names["surnames"][(organisation + number * 3) % len(names["surnames"])]
        given, given_kana = names["given"][(organisation * 5 + number) % len(names["given"])]
        return self.change.insert(
            Person(
                organisation_id=self.sample.organisation_ids[organisation],
                name=f"{surname}　{given}",
                furigana=f"{surname_kana}　{given_kana}",
                role="会員",
            )
        )


def fill_people(change: Change, sample: SampleEvents) -> None:
    """Insert the people with their 役職 and telephone numbers, and the 段階 of every 団体."""
    for item in sample.data["people"]:
        organisation_id = sample.organisation_ids[item["organisation"]]
        person_id = change.insert(
            Person(organisation_id=organisation_id, name=item["name"], furigana=item["furigana"], role=item["role"])
        )
        sample.person_ids.setdefault(item["organisation"], []).append(person_id)
        change.insert(
            Membership(
                person_id=person_id, organisation_id=organisation_id, role=item["role"], from_on=date(2025, 4, 1)
            )
        )
        change.insert(Contact(person_id=person_id, value=item["phone"], purpose=PURPOSE, dispose_on=DISPOSE_ON))
        if item["role"] == "会長":
            change.insert(
                Contact(organisation_id=organisation_id, value=item["phone"], purpose="団体への連絡", note="会長宅")
            )
    for number, item in enumerate(sample.data["organisations"]):
        for tool, stage in item["stages"].items():
            change.insert(
                StageMark(
                    organisation_id=sample.organisation_ids[number],
                    tool=tool,
                    stage=stage,
                    marked_on=date(2026, 8, 3),
                    source="年度当初の調べ",
                    by=STAFF,
                )
            )


def fill_rosters(change: Change, sample: SampleEvents) -> None:
    """Insert tablets, the entries of every event (held ones with attendance, coming ones as applied), and its 班."""
    tablets = [change.insert(Tablet(number=str(number), name="貸与タブレット")) for number in range(1, _TABLETS + 1)]
    people = _People(change, sample, {number: list(ids) for number, ids in sample.person_ids.items()})
    for number, item in enumerate(sample.data["events"]):
        event = sample.events[item["key"]]
        if "result" in item:
            places = list(_held_entries(item, first=number * _STEP))
            _fill_held_event(change, sample, item, places, people, tablets)
        else:
            _fill_planned_event(change, sample, item, people)
        for group, told in enumerate(sample.data["discussions"].get(item["key"], {"groups": ()})["groups"], 1):
            change.insert(
                TableGroup(event_id=event.id, number=group, facilitator=told["facilitator"], notes=told.get("notes"))
            )


def _held_entries(item: dict[str, Any], *, first: int) -> Iterator[SampleEntry]:
    """Yield the entries of a held event, adding up to its result."""
    applied, organisations, _, came_from, absent, walk_ins, _, _ = item["result"]
    own = item.get("organisation")
    numbers = [own] if own is not None else [(first + place * 3) % 40 for place in range(organisations)]
    turns = dict.fromkeys(numbers, 0)
    chosen = []
    for place in range(applied):
        number = numbers[place % len(numbers)]
        chosen.append((number, turns[number]))
        turns[number] += 1
    missing = set(numbers[came_from:]) if own is None else set()
    gone = [place for place in chosen if place[0] in missing]
    gone += [place for place in chosen if place[1] > 0 and place not in gone][: absent - len(gone)]
    for number, turn in chosen:
        yield SampleEntry(organisation=number, member_number=turn, absent=(number, turn) in gone)
    for place in range(walk_ins):
        yield SampleEntry(organisation=numbers[place], member_number=turns[numbers[place]], walk_in=True)


def _fill_held_event(
    change: Change,
    sample: SampleEvents,
    item: dict[str, Any],
    entries: list[SampleEntry],
    people: _People,
    tablets: list[int],
) -> None:
    """Insert the entries of a held event, with applications, attendance, devices, loans and one arrangement."""
    event = sample.events[item["key"]]
    day = event.event_date or sample.today
    lent, own = item["result"][6:]
    devices = iter(_devices(lent, own))
    door = datetime.combine(day, time.fromisoformat(event.start_time)) - timedelta(minutes=28)
    over = datetime.combine(day, time.fromisoformat(event.end_time))
    applications = _fill_applications(change, sample, item, entries)
    for number, place in enumerate(entries, 1):
        came = not place.absent
        device = next(devices, Device.UNKNOWN) if came else Device.UNKNOWN
        entry_id = change.insert(
            Entry(
                event_id=event.id,
                application_id=None if place.walk_in else applications[place.organisation],
                person_id=people.person_id(place.organisation, place.member_number),
                organisation_id=sample.organisation_ids[place.organisation],
                state=EntryState.CHOSEN,
                applied_at=None if place.walk_in else _applied_at(day, number),
                way="当日" if place.walk_in else _CHANNELS[number % len(_CHANNELS)],
                device=device,
                care=_CARE[0][0] if number == 2 else "",
                photo=PhotoConsent.REFUSED if number == 4 else PhotoConsent.GIVEN,
                number=number,
                group_number=(number - 1) % event.groups + 1 if event.groups else None,
                walk_in=place.walk_in,
                attendance=Attendance.PRESENT if came else Attendance.ABSENT,
                attended_at=door + timedelta(minutes=number) if came else None,
            )
        )
        if number == 2:
            _add_arrangement(change, event.id, entry_id, 0, settled=day - timedelta(days=3))
        if device.is_lent:
            change.insert(
                TabletLoan(
                    tablet_id=tablets[(number - 1) % _TABLETS],
                    event_id=event.id,
                    entry_id=entry_id,
                    out_at=door + timedelta(minutes=number),
                    back_at=over + timedelta(minutes=5),
                    initialised_at=over + timedelta(minutes=40),
                    checked_by=STAFF,
                )
            )


def _fill_planned_event(change: Change, sample: SampleEvents, item: dict[str, Any], people: _People) -> None:
    """Insert the applicants of a coming event by 団体, with lent and own devices; nobody is selected yet."""
    event = sample.events[item["key"]]
    day = event.event_date or sample.today
    order = 0
    for position, (number, count, lent, own) in enumerate(item.get("counts", ())):
        place = [SampleEntry(organisation=number, member_number=turn) for turn in range(count)]
        applied = _applied_at(day, order + 1)
        application = _fill_applications(
            change, sample, item, place, first=order + 1, channel=_CHANNELS[position % len(_CHANNELS)]
        )[number]
        devices = _devices(lent, own)
        for turn in range(count):
            order += 1
            care = _CARE[position] if item.get("care") and position < len(_CARE) and turn == 0 else None
            unnamed = turn == count - 1 and count > 2
            entry_id = change.insert(
                Entry(
                    event_id=event.id,
                    application_id=application,
                    person_id=None if unnamed else people.person_id(number, turn),
                    organisation_id=sample.organisation_ids[number],
                    applied_at=min(applied, datetime.combine(sample.today, time(8, 50))),
                    way=_CHANNELS[position % len(_CHANNELS)],
                    device=devices[turn] if turn < len(devices) else Device.UNKNOWN,
                    care=care[0] if care else "",
                    photo=PhotoConsent.GIVEN,
                )
            )
            if care:
                _add_arrangement(change, event.id, entry_id, position, settled=None)


def _fill_applications(
    change: Change,
    sample: SampleEvents,
    item: dict[str, Any],
    entries: list[SampleEntry],
    *,
    first: int = 1,
    channel: ApplicationChannel | None = None,
) -> dict[int, int]:
    """Insert one application per 団体, from number ``first`` on; return the ids by index of the 団体."""
    event = sample.events[item["key"]]
    found = {}
    counts: dict[int, int] = {}
    for place in entries:
        if not place.walk_in:
            counts[place.organisation] = counts.get(place.organisation, 0) + 1
    for order, (number, people) in enumerate(counts.items(), first):
        person = sample.data["people"][number]
        found[number] = change.insert(
            Application(
                way=channel or _CHANNELS[order % len(_CHANNELS)],
                received_at=min(
                    _applied_at(event.event_date or sample.today, order), datetime.combine(sample.today, time(8, 50))
                ),
                receipt_number=f"{event.id:02d}{order:03d}",
                organisation_id=sample.organisation_ids[number],
                organisation_name=sample.data["organisations"][number]["name"],
                name=person["name"],
                furigana=person["furigana"],
                role=person["role"],
                wishes=(event.full_title,),
                people=people,
            )
        )
    return found


def _devices(lent: int, own: int) -> list[Device]:
    """Return 「貸与」 ``lent`` times, then 「持参」 ``own`` times."""
    lent_ones = [Device.LENT]
    own_ones = [Device.OWN]
    return lent_ones * lent + own_ones * own


def _applied_at(day: date, order: int) -> datetime:
    """Return the moment of an application, about thirty days before ``day`` and later with ``order``."""
    return datetime.combine(day - timedelta(days=30 - order // 2), time(9 + order % 8, (order * 13) % 60))


def _add_arrangement(change: Change, event_id: int, entry_id: int, number: int, *, settled: date | None) -> None:
    """Insert the arrangement for a 配慮; ``settled`` is the day on which it was ordered, None = open."""
    _, kind, content = _CARE[number]
    change.insert(
        Arrangement(
            event_id=event_id,
            entry_id=entry_id,
            kind=kind,  # type: ignore[arg-type]
            content=content,
            ordered_on=settled,
            ordered_to="区民協働担当係",
            settled_on=settled,
            settled_by=STAFF if settled else "",
            to_contractor=ToContractor.MAY_BE_TOLD,
        )
    )


def fill_venues(change: Change, sample: SampleEvents) -> None:
    """Insert the venues and an approved booking for each event except 派遣; that of the second 意見交換会 is 申請中."""
    venues = {}
    for item in sample.data["venues"]:
        venues[item["name"], item["room"]] = change.insert(Venue(**item))
    for number, event in enumerate(sample.events.values(), 1):
        if event.kind == "派遣" or event.event_date is None:
            continue
        booked = Booking(
            venue_id=venues.get((event.venue, event.room)),
            venue_name=event.venue,
            room=event.room,
            event_id=event.id,
            day=event.event_date,
            start_time="13:00",
            end_time="17:00",
            state=BookingState.APPROVED,
            reserved_on=date(2026, 6, 15),
            applied_on=date(2026, 6, 22),
            approval_number=f"08-{100 + number}",
            approved_on=date(2026, 7, 1),
            reduction="免除（区の事業）",
            key_note="当日、管理室で受け取る",
            cancel_by=sample.calendar.open_on_or_before(event.event_date - timedelta(days=10)),
            cleared_on=event.event_date if sample.is_held_event(event.id) else None,
            cleared_by=STAFF if sample.is_held_event(event.id) else "",
            purpose=event.full_title,
        )
        if event.id == sample.event_ids["E2"]:
            booked = replace(
                booked,
                state=BookingState.APPLIED,
                reserved_on=date(2026, 11, 12),
                applied_on=date(2026, 11, 20),
                approval_number="",
                approved_on=None,
                fee=4200,
                equipment="プロジェクター、スクリーン、マイク2本",
                reduction="全額免除",
            )
        change.insert(booked)
