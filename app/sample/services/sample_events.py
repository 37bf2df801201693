"""The sample year's events, with what was prepared, notified, confirmed and done by its own today."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.calendar.office_days import OfficeCalendar
from app.documents.rules import VERSION
from app.documents.services.notification_kinds import CONTRACTOR
from app.event.rules import copies, recruitment
from app.event.rules.agenda import default_agenda
from app.event.rules.equipment import ROUTER, default_equipment
from app.event.rules.notification_facts import time_and_place_facts
from app.event.rules.recruitment import FLYER
from app.event.services.event_records import handout_key
from app.events.headcount.services import document_of_revision, headcount_facts, title_of_notice
from app.events.letters.rules.recruitment_texts import ONLINE
from app.events.materials.documents import RESULT_KIND as RESULT_NOTICE
from app.programme.intake import preset
from db.journal import Change
from db.records.agreements import Agreement
from db.records.documents import DocumentPassage, Notification
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult
from db.records.participants import HEADCOUNT_KEY, HeadcountNotice
from db.records.programme import EventKind
from db.records.submissions.materials import Finding, Material, MaterialVersion, RightAnswer

STAFF = "見本　係員"
CONTRACT_BEGIN = date(2026, 8, 3)
"""The first open day of the contract; nothing is agreed with the contractor before it."""
RESULT_FIELDS = (
    "applied",
    "applied_organisations",
    "attended",
    "attended_organisations",
    "absent",
    "walk_ins",
    "lent_devices",
    "own_devices",
)
# One call for all 派遣 of the year; those selected are notified by letter.
_RECRUITMENT_DATES = {"募集要項の周知": date(2026, 7, 29), "希望票の締切": date(2026, 9, 2), "選定": date(2026, 9, 11)}
# What was agreed on another day than the usual one before its event.
_SETTLED_ON = {
    ("D1", "事前ヒアリング"): date(2026, 10, 8),
    ("D2", "事前ヒアリング"): date(2026, 11, 4),
    ("D3", "日程"): date(2026, 10, 30),
    ("E2", "日程"): date(2026, 11, 18),
}
# The second LINE講習会 has more time for trying out, as the report of the first one asks for.
_MINUTES = {"L5": {"活用事例の紹介": 10, "操作体験": 55}}


@dataclass
class SampleEvents:
    """What the parts of the sample share: the data read, today, and the ids created so far.

    Attributes:
        organisation_ids: in the order of the data. kinds: the kinds of event of the year by their name.
        event_ids, events: by the key of the event in the data (「L1」). person_ids: by the index of the 団体.
        topics: id and day of settlement (None = open) of a 協議, by key of the event and topic.
    """

    data: dict[str, Any]
    today: date
    organisation_ids: list[int]
    calendar: OfficeCalendar
    kinds: dict[str, EventKind]
    event_ids: dict[str, int] = field(default_factory=dict)
    person_ids: dict[int, list[int]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    topics: dict[tuple[str, str], tuple[int, date | None]] = field(default_factory=dict)

    def is_held(self, key: str) -> bool:
        """Return whether the event took place before the sample's today."""
        return key in self.data["held"]

    def is_held_event(self, event_id: int) -> bool:
        """Return whether the event with this id took place before the sample's today."""
        return any(self.event_ids[key] == event_id for key in self.data["held"])


def fill_events(change: Change, sample: SampleEvents) -> None:
    """Insert every event with everything that belongs to it."""
    for item in sample.data["events"]:
        key = item["key"]
        event = _make_event(sample, item)
        event_id = change.insert(event)
        sample.event_ids[key], sample.events[key] = event_id, replace(event, id=event_id)
        _fill_day(change, sample, key, item)
        if event.kind != "派遣":
            address = form_url(sample.events[key], "apply")
            change.insert(DocumentPassage(event_id=event_id, document_kind=FLYER, part=ONLINE, text=address))
        _fill_topics(change, sample, key)
        _fill_headcounts(change, sample, key, item)
        _fill_materials(change, sample, key)


def form_url(event: Event, form_name: str) -> str:
    """Return an invented, unique address for a form of a sample event, under a domain that nobody can own."""
    series = {"講習会": "k", "派遣": "h", "意見交換会": "i"}[event.kind]
    return f"https://example.jp/mihon/{series}{event.ordinal:02d}-{form_name}"


def _make_event(sample: SampleEvents, item: dict[str, Any]) -> Event:
    """Return an event of the sample as declared, with its venue, fee and 団体 filled in."""
    known = {name: item[name] for name in item if name in Event.__dataclass_fields__}
    kind = next(one for one in preset().kinds if one.kind == item["kind"])
    known |= {"form": kind.form, "kind_name": kind.name}
    known["event_date"] = date.fromisoformat(item["event_date"])
    known["tools"] = tuple(item.get("tools", ()))
    known["status"] = EventStatus.HELD if sample.is_held(item["key"]) else EventStatus.PLANNED
    if item["kind"] != "派遣":
        known |= {"venue_booked_on": date(2026, 6, 15), "venue_named_on": date(2026, 8, 5)}
        known |= {"facility": "区立施設", "fee_payer": "区"}
    else:
        known["fee_payer"] = "無料"
    known["extra_materials"] = item["kind"] != "派遣" or bool(sample.data["materials"].get(item["key"]))
    if "organisation" in item:
        known["organisation_id"] = sample.organisation_ids[item["organisation"]]
        known["organisation_name"] = sample.data["organisations"][item["organisation"]]["name"]
        known["subject"] = f"派遣 {known['organisation_name']}"
    return Event(**known)


def _fill_day(change: Change, sample: SampleEvents, key: str, item: dict[str, Any]) -> None:
    """Insert agenda, equipment and recruitment steps of an event, and the result of a held one."""
    event = sample.events[key]
    day = event.event_date or sample.today
    minutes = _MINUTES.get(key, {})
    for row in default_agenda(sample.kinds[event.kind]):
        change.insert(replace(row, event_id=event.id, minutes=minutes.get(row.title, row.minutes)))
    checked = sample.calendar.open_on_or_before(day - timedelta(days=6))
    ready = sample.is_held(key)
    for number, thing in enumerate(
        default_equipment(sample.kinds[event.kind], network=event.network, hands_on=event.hands_on)
    ):
        done = ready or (key == "L6" and number < 4)
        if key == "D1" and thing.name == ROUTER:
            thing = replace(thing, quantity="2")  # noqa: PLW2901
        change.insert(
            replace(
                thing,
                event_id=event.id,
                checked_on=min(checked, sample.today) if done else None,
                checked_by=STAFF if done else "",
            )
        )
    for step in recruitment.recruitment_steps(event.id, recruitment.steps_of_kind(sample.kinds[event.kind])):
        due = recruitment.step_due(step, event.event_date, sample.calendar)
        on = due if due is not None and due < sample.today else None
        if event.kind == "派遣":
            on = _RECRUITMENT_DATES.get(step.name, on)
        change.insert(replace(step, done_on=on, done_by=STAFF if on else ""))
    if "result" in item:
        values = dict(zip(RESULT_FIELDS, item["result"], strict=True))
        change.insert(EventResult(event_id=event.id, witness="区民協働担当係　2人", source="名簿", **values))


def _fill_topics(change: Change, sample: SampleEvents, key: str) -> None:
    """Insert the topics agreed with the contractor for an event, some of coming events still open."""
    event = sample.events[key]
    day = event.event_date or sample.today
    topics = ("日程", "内容", "機材", "事前ヒアリング" if event.kind == "派遣" else "設問")
    still_open = {
        "L6": {"設問"},
        "L7": {"機材", "設問"},
        "D3": {"内容", "機材", "事前ヒアリング"},
        "E2": {"内容", "機材", "設問"},
    }
    for number, topic in enumerate(topics):
        asked = sample.calendar.open_on_or_before(day - timedelta(days=70 - 10 * number))
        settled = sample.calendar.open_on_or_before(day - timedelta(days=40 - 7 * number))
        closed = topic not in still_open.get(key, set())
        settled = _SETTLED_ON.get((key, topic), settled)
        on = max(CONTRACT_BEGIN, min(settled, sample.today)) if closed else None
        topic_id = change.insert(
            Agreement(
                event_id=event.id,
                topic=topic,
                asked_on=max(CONTRACT_BEGIN, min(asked, settled, sample.today)),
                settled_on=on,
                partner="受託者　業務責任者",
            )
        )
        sample.topics[key, topic] = (topic_id, on)


def _fill_headcounts(change: Change, sample: SampleEvents, key: str, item: dict[str, Any]) -> None:
    """Insert the headcount notice of an event with a result, and its notification; one event has a second notice.

    Nothing for an event without a result in the data.
    """
    event = sample.events[key]
    if "result" not in item or event.event_date is None:
        return
    applied, organisations, _, _, _, _, lent, own = item["result"]
    told = sample.calendar.open_on_or_before(event.event_date - timedelta(days=7))
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
    )
    change.insert(notice)
    kind = sample.kinds[event.kind]
    _add_notification(change, event, kind, notice, "メール")
    if key == "L2":
        later = sample.calendar.open_on_or_before(event.event_date - timedelta(days=2))
        second = replace(
            notice,
            revision=2,
            people=applied,
            organisations=organisations,
            made_on=later,
            reason="追加の申込み（1団体1人）があったため。",
        )
        change.insert(second)
        _add_notification(change, event, kind, second, "電話とメール")


def _add_notification(change: Change, event: Event, kind: EventKind, notice: HeadcountNotice, channel: str) -> None:
    change.insert(
        Notification(
            event_id=event.id,
            document_kind=document_of_revision(notice.revision),
            key=HEADCOUNT_KEY,
            version=notice.revision,
            title=title_of_notice(notice),
            facts=headcount_facts(notice, without_organisation=0) | time_and_place_facts(event, default_agenda(kind)),
            told_on=notice.made_on,
            told_to=CONTRACTOR,
            told_how=channel,
            told_by=STAFF,
            by=STAFF,
            at=datetime.combine(notice.made_on, time(16, 0)),
        )
    )


def _fill_materials(change: Change, sample: SampleEvents, key: str) -> None:
    """Insert the handouts of an event with their version, result, findings and notification."""
    event = sample.events[key]
    day = event.event_date or sample.today
    applied = next((one["result"] for one in sample.data["events"] if one["key"] == key and "result" in one), None)
    copies_needed = copies.required_copies(applied[0]).total if applied else None
    for position, (title, pages, result) in enumerate(sample.data["materials"].get(key, ()), 1):
        rights = _right_answers(title, is_held=sample.is_held(key), is_coming=key == "L6", answered_on=sample.today)
        material_id = change.insert(Material(event_id=event.id, position=position, title=title, rights=rights))
        received = sample.calendar.open_on_or_before(day - timedelta(days=23 if result != "" else 19))
        if key == "L7":
            received = sample.today
        judged = sample.calendar.open_on_or_before(day - timedelta(days=16))
        version_id = change.insert(
            MaterialVersion(
                material_id=material_id,
                version=1,
                received_on=min(received, sample.today),
                pages=pages,
                result=result or None,
                result_on=judged if result else None,
                result_by=STAFF if result else "",
                locked=result == "確認済",
                printed=copies_needed if sample.is_held(key) else None,
                handed_out=applied[2] if sample.is_held(key) and applied else None,
            )
        )
        if result == "再提出":
            for number, (page, text, duty, basis) in enumerate(sample.data["findings"].get(key, ()), 1):
                change.insert(
                    Finding(version_id=version_id, position=number, page=page, text=text, duty=duty, basis=basis)
                )
        if result and sample.is_held(key):
            change.insert(
                Notification(
                    event_id=event.id,
                    document_kind=RESULT_NOTICE,
                    key=handout_key(material_id),
                    version=1,
                    title=f"{title} 第1版",
                    facts={VERSION: "第1版", "結果": result},
                    told_on=judged,
                    told_to=CONTRACTOR,
                    told_how="メール",
                    told_by=STAFF,
                    by=STAFF,
                    at=datetime.combine(judged, time(16, 0)),
                )
            )


def _right_answers(title: str, *, is_held: bool, is_coming: bool, answered_on: date) -> dict[str, RightAnswer]:
    """Return the answers on a handout's rights: all for one handed out, one still open for the coming event."""
    if is_coming and "手順書" in title:
        return {"許諾": RightAnswer(state="確認中", on=answered_on, by=STAFF)}
    if not is_held:
        return {}
    again = ("条件付き", "画面の写真は、撮り直してから使う") if "手順書" in title else ("使える", "")
    return {
        "許諾": RightAnswer(state="許諾済", on=answered_on, by=STAFF),
        "生成AI": RightAnswer(state="使っていない", on=answered_on, by=STAFF),
        "次年度再利用": RightAnswer(state=again[0], reason=again[1], on=answered_on, by=STAFF),
    }
