"""The sample year's events: what was prepared, told, confirmed and done by its own today."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from app.calendar.office_days import OfficeCalendar
from app.subjects.events.rules import copies, recruitment
from app.subjects.events.rules.agenda_presets import default_agenda
from app.subjects.events.rules.equipment import default_equipment
from db.journal import Change
from db.records.agreements import Agreement
from db.records.events import Event, EventResult
from db.records.materials import Finding, Material, MaterialVersion
from db.records.participants import HeadcountNotice

STAFF = "見本　係員"
RESULT_FIELDS = ("applied", "applied_organisations", "attended", "attended_organisations", "absent", "walk_ins",
                 "lent_devices", "own_devices")  # fmt: skip


@dataclass
class SampleEvents:
    """What the parts of the sample share: the data read, today, and the ids given so far."""

    data: dict[str, Any]
    today: date
    organisation_ids: list[int]
    calendar: OfficeCalendar
    event_ids: dict[str, int] = field(default_factory=dict)
    person_ids: dict[int, list[int]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)

    def held(self, key: str) -> bool:
        """Whether the event took place before the sample's today."""
        return key in self.data["held"]

    def held_event(self, event_id: int) -> bool:
        """The same, by the id of the event."""
        return any(self.event_ids[key] == event_id for key in self.data["held"])


def fill_events(change: Change, made: SampleEvents) -> None:
    """Insert every event with everything that belongs to it."""
    for item in made.data["events"]:
        key = item["key"]
        event = _event(made, item)
        event_id = change.insert(event)
        made.event_ids[key], made.events[key] = event_id, replace(event, id=event_id)
        _day(change, made, key, item)
        _topics(change, made, key)
        _counts(change, made, key, item)
        _materials(change, made, key)


def _event(made: SampleEvents, item: dict[str, Any]) -> Event:
    known = {name: item[name] for name in item if name in Event.__dataclass_fields__}
    known["event_date"] = date.fromisoformat(item["event_date"])
    known["tools"] = tuple(item.get("tools", ()))
    known["status"] = "実施済" if made.held(item["key"]) else "予定"
    known["venue_booked_on"] = date(2026, 6, 15) if item["kind"] != "派遣" else None
    known["extra_materials"] = item["kind"] != "派遣" or bool(made.data["materials"].get(item["key"]))
    if "organisation" in item:
        known["organisation_id"] = made.organisation_ids[item["organisation"]]
        known["organisation_name"] = made.data["organisations"][item["organisation"]]["name"]
        known["subject"] = f"派遣 {known['organisation_name']}"
    return Event(**known)


def _day(change: Change, made: SampleEvents, key: str, item: dict[str, Any]) -> None:
    event = made.events[key]
    day = event.event_date or made.today
    for row in default_agenda(event.kind):
        change.insert(replace(row, event_id=event.id))
    checked = made.calendar.open_on_or_before(day - timedelta(days=6))
    ready = made.held(key)
    for number, thing in enumerate(default_equipment(event.kind, network=event.network, hands_on=event.hands_on)):
        done = ready or (key == "L6" and number < 4)
        change.insert(
            replace(thing, event_id=event.id, checked_on=min(checked, made.today) if done else None,
                    checked_by=STAFF if done else "")
        )  # fmt: skip
    for step in recruitment.recruitment_steps(event.id):
        due = recruitment.step_due(step, event.event_date, made.calendar)
        done = due is not None and due < made.today
        change.insert(replace(step, done_on=due if done else None, done_by=STAFF if done else ""))
    if "result" in item:
        values = dict(zip(RESULT_FIELDS, item["result"], strict=True))
        change.insert(EventResult(event_id=event.id, witness="区民協働担当係　2人", source="名簿", **values))


def _topics(change: Change, made: SampleEvents, key: str) -> None:
    event = made.events[key]
    day = event.event_date or made.today
    topics = ("日程", "内容", "機材", "事前ヒアリング" if event.kind == "派遣" else "設問")
    still_open = {
        "L6": {"設問"},
        "L7": {"機材", "設問"},
        "D3": {"内容", "機材", "事前ヒアリング"},
        "E2": {"内容", "機材", "設問"},
    }
    for number, topic in enumerate(topics):
        asked = made.calendar.open_on_or_before(day - timedelta(days=70 - 10 * number))
        settled = made.calendar.open_on_or_before(day - timedelta(days=40 - 7 * number))
        closed = topic not in still_open.get(key, set())
        change.insert(
            Agreement(
                event_id=event.id,
                number=f"協議{event.id:02d}-{number + 1}" if closed else "",
                topic=topic,
                asked_on=min(asked, made.today),
                settled_on=min(settled, made.today) if closed else None,
                partner="受託者　業務責任者",
            )
        )


def _counts(change: Change, made: SampleEvents, key: str, item: dict[str, Any]) -> None:
    event = made.events[key]
    if "result" not in item or event.event_date is None:
        return
    applied, organisations, _, _, _, _, lent, own = item["result"]
    told = made.calendar.open_on_or_before(event.event_date - timedelta(days=7))
    notice = HeadcountNotice(
        event_id=event.id,
        revision=1,
        people=applied - (1 if key == "L2" else 0),
        organisations=organisations - (1 if key == "L2" else 0),
        own_devices=own,
        lent_devices=lent,
        care_count=1,
        care_request="拡大資料1部",
        made_on=told,
        told_on=told,
        told_by=STAFF,
        told_to="受託者　業務責任者",
        told_how="メール",
    )
    change.insert(notice)
    if key == "L2":
        later = made.calendar.open_on_or_before(event.event_date - timedelta(days=2))
        change.insert(
            replace(notice, revision=2, people=applied, organisations=organisations, made_on=later, told_on=later, told_how="電話とメール",
                    reason="追加の申込み（1団体1人）があったため。")
        )  # fmt: skip


def _materials(change: Change, made: SampleEvents, key: str) -> None:
    event = made.events[key]
    day = event.event_date or made.today
    applied = next((one["result"] for one in made.data["events"] if one["key"] == key and "result" in one), None)
    copies_needed = copies.required_copies(applied[0]).total if applied else None
    for position, (title, pages, result) in enumerate(made.data["materials"].get(key, ()), start=1):
        material_id = change.insert(Material(event_id=event.id, position=position, title=title))
        received = made.calendar.open_on_or_before(day - timedelta(days=23 if result != "" else 19))
        if key == "L7":
            received = made.today
        judged = made.calendar.open_on_or_before(day - timedelta(days=16))
        version_id = change.insert(
            MaterialVersion(
                material_id=material_id,
                version=1,
                received_on=min(received, made.today),
                pages=pages,
                result=result or None,
                result_on=judged if result else None,
                result_by=STAFF if result else "",
                locked=result == "確認済",
                printed=copies_needed if made.held(key) else None,
                handed_out=applied[2] if made.held(key) and applied else None,
            )
        )
        if result == "再提出":
            for number, (page, text, duty, basis) in enumerate(made.data["findings"].get(key, ()), start=1):
                change.insert(
                    Finding(version_id=version_id, position=number, page=page, text=text, duty=duty, basis=basis)
                )
