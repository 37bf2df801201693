"""A started year for tests: 令和8年度 with invented people, and short ways to put an event into it."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from app.actions.action_context import ActionContext
from app.calendar.office_days import OfficeCalendar
from app.documents.document_frame import DocumentContext
from app.documents.rules import VERSION
from app.event.services import event_changes, event_drafts
from app.event.services.event_records import handout_key
from app.events.headcount import services as headcount_services
from app.programme import services as programme_services
from app.programme.intake import preset
from db.records.documents import Notification
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.participants import ExpectedCount
from db.records.programme import Contractor, Programme
from db.records.submissions.materials import Material, MaterialVersion
from db.rows import by_id, row, rows
from db.store import Store
from tests.support.stores import filled_store

BY = "見本 太郎"
TODAY = date(2026, 9, 1)
NOW = datetime.combine(TODAY, time(9))


def started_year(folder: Path) -> Store:
    """Give a store with the year's preset saved."""
    return filled_store(folder, start_year)[0]


def start_year(store: Store) -> None:
    """Save the year's preset in an empty store."""
    given = preset()
    programme_services.start_programme(
        ActionContext(store, BY, NOW),
        programme=given.programme,
        numbers=given.kinds,
        office=given.office,
        contractor=Contractor(name="みほん受託株式会社", responsible="見本 花子"),
    )


def sign_contract(store: Store, on: date = date(2026, 7, 31)) -> None:
    """Enter 契約確定日, without which home asks for it."""
    programme = replace(row(store.database, Programme), contract_date=on)
    programme_services.change_programme(ActionContext(store, BY, NOW), programme=programme)


def add_lecture(store: Store, day: date | None = date(2026, 9, 24), *, subject: str = "LINE講習会", **values) -> int:
    """Add a 講習会 and return its id."""
    draft = event_drafts.EventDraft(
        kind="講習会",
        form=EventForm.LECTURE,
        subject=subject,
        event_date=day,
        venue="みほん区民館",
        room="研修室",
        venue_capacity=24,
        hands_on=True,
        network="有",
        **values,
    )
    return event_changes.create_event(ActionContext(store, BY, NOW), draft=draft).id


def add_dispatch(store: Store, day: date | None = date(2026, 10, 15), **values) -> int:
    """Add a 派遣 and return its id."""
    draft = event_drafts.EventDraft(
        kind="派遣",
        form=EventForm.VISIT,
        subject="派遣",
        organisation_name="みほん若葉町会",
        event_date=day,
        venue="みほん若葉集会所",
        **values,
    )
    return event_changes.create_event(ActionContext(store, BY, NOW), draft=draft).id


def at(day: date) -> datetime:
    """Return nine o'clock of ``day``, local time."""
    return datetime.combine(day, time(9))


def plain_context(day: date = TODAY, **given) -> DocumentContext:
    """Give what a document without a store needs: year and office of the preset, a 受託者 without names."""
    known = {"programme": preset().programme, "office": preset().office, "contractor": Contractor()} | given
    return DocumentContext(calendar=OfficeCalendar(), made_at=at(day), **known)


def the_event(store: Store, event_id: int) -> Event:
    """Return the event as stored."""
    event = by_id(store.database, Event, event_id)
    assert event is not None
    return event


def expect_people(store: Store, event_id: int, *people: int) -> None:
    """Type expected numbers, one 団体 each."""
    rows = [
        ExpectedCount(event_id=event_id, position=0, organisation_name=f"みほん第{number}町会", people=count)
        for number, count in enumerate(people, start=1)
    ]
    headcount_services.set_expected_counts(ActionContext(store, BY, NOW), event_id=event_id, rows=rows)


def tell_people(store: Store, event_id: int, *, now: datetime = NOW, reason: str = "") -> int:
    """Make a notice of the numbers and mark it told; return its id."""
    notice = headcount_services.make_headcount_notice(
        ActionContext(store, BY, now), event_id=event_id, reason=reason
    ).id
    headcount_services.mark_headcount_notified(
        ActionContext(store, BY, now), notice_id=notice, notified_to="見本 花子", notified_how="メール"
    )
    return notice


def tell_result(store: Store, material_id: int, day: date) -> None:
    """Note that the contractor was told the result of the newest version of a handout."""
    material = by_id(store.database, Material, material_id)
    version = rows(store.database, MaterialVersion, material_id=material_id, order="-version")[0]
    with store.change(
        action="結果を知らせた", by=BY, now=at(day), subject="materials", event_id=material.event_id
    ) as change:
        change.insert(
            Notification(
                event_id=material.event_id,
                document_kind="資料確認結果通知",
                key=handout_key(material_id),
                version=version.version,
                title=f"{material.title} 第{version.version}版",
                told_on=day,
                facts={VERSION: f"第{version.version}版", "結果": version.result or ""},
                told_to="見本 花子",
                told_how="メール",
                told_by=BY,
                by=BY,
                at=at(day),
            )
        )


def acting(store: Store, on: date = TODAY) -> ActionContext:
    """How a clerk acts in the year that was started, at nine o'clock of a day."""
    return ActionContext(store, BY, at(on))
