"""All dates of a whole year under three contracts, against a count of our own that walks the calendar."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

import pytest

from app.actions.action_context import ActionContext
from app.event.rules.deadlines import event_deadlines
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.event.services.tasks.deadlines import all_tasks
from app.programme import services as programmes
from app.programme.intake import preset
from db.records.programme import Contractor, EventKind, Programme
from tests.support import independent_calendar as walking
from tests.support.kinds_r8 import form_of
from tests.support.stores import new_store
from tests.support.years import BY, NOW

FIRST, LAST = date(2026, 9, 1), date(2027, 3, 15)
CONTRACTS: Final = {
    "as of 令和8年度": ({}, {}, "2週間以内"),
    "shorter ways": (
        {"headcount_period": "3日前", "material_period": "10日前", "report_period": "20日以内"},
        {"headcount_period": "7日前", "material_period": "1週間前", "report_period": "2週間以内"},
        "10日以内",
    ),
    "longer ways": (
        {"headcount_period": "10日前", "material_period": "3週間前", "report_period": "2か月以内"},
        {"headcount_period": "2週間前", "material_period": "20日前", "report_period": "1か月以内"},
        "1か月以内",
    ),
}
"""What a contract says otherwise of 講習会 and 意見交換会, of 派遣, and of the 提案書."""


def numbers_of(contract: str) -> list[EventKind]:
    common, of_dispatch, _proposal = CONTRACTS[contract]
    return [replace(one, **(of_dispatch if one.kind == "派遣" else common)) for one in preset().kinds]


def programme_of(contract: str) -> Programme:
    return replace(preset().programme, proposal_period=CONTRACTS[contract][2])


def expected(period: str, day: date) -> tuple[date, date]:
    """The day by the calendar and the open day, by walking."""
    number, unit = int("".join(sign for sign in period if sign.isdigit())), period.strip("0123456789")
    length = number * 7 if unit.startswith("週間") else number
    if unit.endswith("前"):
        nominal = walking.walk_back(day, length)
        return nominal, walking.open_before(nominal)
    nominal = walking.walk_months(day, number) if unit.startswith("か月") else day + timedelta(days=length)
    return nominal, walking.open_after(nominal)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_day_of_the_year_has_the_deadlines_that_its_contract_says(contract, office_calendar):
    programme = programme_of(contract)
    for numbers in numbers_of(contract):
        periods = (numbers.headcount_period, numbers.material_period, numbers.report_period)
        for passed in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=passed)
            found = event_deadlines(numbers, programme, day, office_calendar)
            assert [(one.nominal, one.working) for one in found] == [expected(one, day) for one in periods], day


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_year_of_twelve_events_says_so_in_the_program(contract, tmp_path):
    store = new_store(tmp_path)
    numbers = numbers_of(contract)
    programmes.start_programme(
        ActionContext(store, BY, NOW),
        programme=programme_of(contract),
        numbers=numbers,
        office=preset().office,
        contractor=Contractor(name="みほん受託株式会社", responsible="見本 花子"),
    )
    chance, days = Random(contract), {}
    for kind, many in (("講習会", 7), ("派遣", 3), ("意見交換会", 2)):
        for _ in range(many):
            day = FIRST + timedelta(days=chance.randrange(20, (LAST - FIRST).days))
            organisation = f"みほん{len(days)}町会" if kind == "派遣" else ""
            draft = EventDraft(
                kind=kind,
                form=form_of(kind),
                subject=kind,
                event_date=day,
                venue="みほん区民館",
                organisation_name=organisation,
                exception_reason="受託者の都合",
                exception_kind="協議で足りる",
            )
            days[create_event(ActionContext(store, BY, NOW), draft=draft).id] = (kind, day)
    periods = {one.kind: one for one in numbers}
    tasks = all_tasks(store, today=FIRST)
    for event_id, (kind, day) in days.items():
        mine = {one.task: one.deadline for one in tasks if one.event_id == event_id and one.deadline.contract}
        for task, period in (
            ("人数連絡", periods[kind].headcount_period),
            ("資料確認", periods[kind].material_period),
            ("実施報告書", periods[kind].report_period),
        ):
            if kind == "派遣" and task not in mine:
                continue
            assert (mine[task].nominal, mine[task].working) == expected(period, day), (kind, day, task)
    last = max(day for _kind, day in days.values())
    proposal = next(one.deadline for one in tasks if one.task == "提案書")
    assert (proposal.nominal, proposal.working) == expected(CONTRACTS[contract][2], last)
