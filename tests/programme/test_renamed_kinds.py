"""A kind that gets another name within a year: its events say it from that day on, and what left keeps its own."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services.event_changes import create_event, duplicate_event
from app.event.services.event_drafts import EventDraft
from app.event.services.event_moves import move_event
from app.events.presentations.services import request_passages
from app.history import services as history
from app.programme.services import ProgrammeView, change_numbers, describe_kind, read_programme
from app.year.contract.documents import _numbers
from app.year.contract.services import record_contract_change
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import EventKind
from db.rows import by_id
from tests.support.years import BY, NOW, TODAY

BEFORE, FROM, AFTER = date(2026, 10, 15), date(2026, 11, 1), date(2026, 11, 12)


@pytest.fixture
def context(store) -> ActionContext:
    return ActionContext(store, BY, NOW)


def visit(context: ActionContext, name: str, day: date | None, form: EventForm = EventForm.VISIT) -> int:
    kind = read_programme(context.store).numbers_of_form(form)
    subject = kind.name if form.in_groups else ""
    draft = EventDraft(kind=kind.kind, form=form, subject=subject, organisation_name=name, event_date=day)
    return create_event(context, draft=draft).id


def titles(context: ActionContext, *ids: int) -> list[str]:
    found = (by_id(context.database, Event, one) for one in ids)
    return [one.full_title for one in found if one is not None]


def rename(context: ActionContext, day: date | None, kind: str = "派遣", name: str = "出前講座") -> None:
    renamed = replace(read_programme(context.store, on=TODAY).kind(kind), name=name, title=f"デジタル{name}")
    describe_kind(context, kind=renamed, valid_from=day, reason="" if day is None else "契約変更")


def named(view: ProgrammeView, day: date, kind: str = "派遣") -> EventKind:
    return view.as_last_agreed(day).kind(kind)


def test_from_the_day_on_events_say_the_new_name_and_undo_takes_it_back(context):
    early, late = visit(context, "あさひ町会", BEFORE), visit(context, "みどり町会", AFTER)
    talk = visit(context, "", AFTER, EventForm.EXCHANGE)
    undated = visit(context, "ひばり町会", None)
    before = titles(context, early, late, undated, talk)
    assert before == ["第1回 派遣 あさひ町会", "第2回 派遣 みどり町会", "派遣 ひばり町会", "第1回 意見交換会"]
    rename(context, FROM)
    rename(context, FROM, "意見交換会", "語り場")
    after = ["第1回 派遣 あさひ町会", "第2回 出前講座 みどり町会", "出前講座 ひばり町会", "第1回 語り場"]
    assert titles(context, early, late, undated, talk) == after
    witness = build_document(
        context.store, scope=DocumentScope(event_id=late), kind="実施確認票", now=datetime(2026, 10, 20, 9)
    )
    assert "デジタル出前講座" in str(witness)
    assert "アドバイザー派遣" not in str(witness)
    asked = request_passages(context.store, get(context, talk), TODAY)
    assert "語り場での事例の発表" in "".join(one.text for one in asked)

    # An event that is moved over the day, copied or made later has the name of its day.
    move_event(context, event_id=early, new_date=date(2026, 11, 19), reason="会場の都合", nature="協議で足りる")
    added = visit(context, "つばめ町会", date(2026, 10, 22)), duplicate_event(context, event_id=late).id
    assert titles(context, early, added[0]) == ["第1回 出前講座 あさひ町会", "第3回 派遣 つばめ町会"]
    assert titles(context, added[1])[0].startswith("出前講座")
    for _step in range(3):
        history.undo(context.store, by=BY, now=NOW)
    assert titles(context, early, late, undated, talk) == after
    for _step in range(2):
        history.undo(context.store, by=BY, now=NOW)
    assert titles(context, early, late, undated, talk) == before


def get(context: ActionContext, event_id: int) -> Event:
    found = by_id(context.database, Event, event_id)
    assert found is not None
    return found


def test_a_change_of_the_contract_keeps_the_name_of_its_day_and_a_name_the_numbers(context):
    store = context.store
    rename(context, FROM)
    visit_today = read_programme(store, on=TODAY).kind("派遣")
    record_contract_change(
        context,
        programme_id=visit_today.programme_id,
        numbers=[replace(visit_today, minutes=90)],
        valid_from=date(2026, 12, 1),
        reason="時間の変更",
    )
    rename(context, date(2026, 11, 20), name="巡回講座")
    view = read_programme(store)
    said = [(named(view, day).name, named(view, day).minutes) for day in (BEFORE, FROM, date(2026, 11, 25))]
    assert said == [("派遣", 120), ("出前講座", 120), ("巡回講座", 120)]
    assert named(view, date(2026, 12, 5)).minutes == 90


def test_a_name_that_was_wrong_from_the_beginning_is_put_right_everywhere(context):
    made = visit(context, "あさひ町会", BEFORE)
    rename(context, None)
    assert titles(context, made) == ["第1回 出前講座 あさひ町会"]
    view = read_programme(context.store)
    assert [column.title for column in _numbers(view.kinds, view.programme).columns][1:] == [
        "講習会",
        "出前講座",
        "意見交換会",
    ]
    assert change_numbers(context, numbers=replace(view.kind("派遣"), planned=4)).message.startswith("出前講座の数")
