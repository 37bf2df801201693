"""How far each kind of event is against the contract: by events, or by 団体 and days where it counts those."""

from dataclasses import replace
from datetime import date

import pytest

from app.event.services.event_records import EventRecords
from app.event.services.progress import progress
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.programme import Counted

LECTURES, VISITS = preset().kinds[:2]
DAY = date(2026, 10, 15)


def counted(kind, *events):
    """What is done, planned, undecided and asked for; events as (status, day, 団体)."""
    files = [
        EventRecords(
            kind=kind,
            event=Event(
                kind=kind.kind,
                form=EventForm.LECTURE,
                subject="x",
                status=EventStatus(status),
                event_date=day,
                organisation_name=name,
            ),
        )
        for status, day, name in events
    ]
    found = progress(files, kind, date(2026, 10, 1))
    return found.done, found.planned, found.undecided, found.spec_words


def visit(day, status=EventStatus.HELD, name="みほん町会"):
    return status, DAY.replace(day=day) if day else None, name


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ((), (0, 0, 7)),
        ((visit(1), visit(2), visit(3, "予定"), visit(None, "予定"), visit(5, "中止")), (2, 1, 4)),
        (tuple(visit(day, "予定") for day in range(1, 8)), (0, 7, 0)),
        ((*(visit(day) for day in range(1, 9)), visit(None, "予定")), (8, 0, 1)),
    ],
)
def test_lectures_are_counted_one_by_one_and_what_lacks_has_no_day_yet(events, found):
    assert counted(LECTURES, *events) == (*found, "7回程度")
    other = ("実施済", DAY, "")
    event = Event(kind="派遣", form=EventForm.VISIT, subject="", status=EventStatus.HELD)
    visited = EventRecords(event=event, kind=LECTURES)
    assert progress([visited], LECTURES, DAY).done == 0
    assert counted(replace(LECTURES, strict=True), other) == (1, 0, 6, "全7回")


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ((), (0, 0, 3, "3団体・3日程度")),
        ((visit(1), visit(2, name="若葉町会")), (2, 0, 1, "3団体・3日程度")),
        ((visit(1), visit(2)), (1, 0, 2, "3団体・3日（実施2日）程度")),
        ((visit(1), visit(1, name="若葉町会")), (2, 0, 1, "3団体・3日（実施1日）程度")),
        ((visit(1), visit(9, "予定")), (1, 0, 2, "3団体・3日程度")),
        ((visit(1), visit(9, "予定", "若葉町会"), visit(None, "予定", "青葉会")), (1, 1, 1, "3団体・3日程度")),
        ((visit(1, name=""), visit(2, name="")), (1, 0, 2, "3団体・3日（実施2日）程度")),
    ],
)
def test_visits_are_counted_by_organisation_and_their_days_are_said_where_they_differ(events, found):
    kind = replace(VISITS, planned=3, planned_unit="団体", days=3, strict=False)
    assert counted(kind, *events) == found
    assert counted(replace(kind, days=None), *events) == (*found[:3], "3団体程度")
    assert counted(replace(kind, planned_unit="回", counted=Counted.EVENTS), *events)[3] == "3回程度"
    assert counted(replace(kind, planned_unit="町内会", days=None), *events) == (*found[:3], "3町内会程度")


def test_a_group_that_was_renamed_between_two_days_is_one_group():
    kind = replace(VISITS, planned=3, planned_unit="団体", days=None, strict=False)
    given = {"kind": kind.kind, "form": EventForm.VISIT, "subject": "派遣", "organisation_id": 7}
    files = [
        EventRecords(
            kind=kind, event=Event(**given, status=EventStatus.HELD, event_date=DAY, organisation_name="みほん町会")
        ),
        EventRecords(
            kind=kind,
            event=Event(**given, status=EventStatus.PLANNED, event_date=DAY, organisation_name="みほん自治会"),
        ),
    ]
    found = progress(files, kind, date(2026, 10, 1))
    assert (found.done, found.planned, found.undecided) == (1, 0, 2)
