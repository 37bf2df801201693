"""The sample year holds one of everything, so that no screen teaches nothing, and its totals stay those of what was
held."""

import re
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_saving import list_outgoing
from app.documents.services.issued_copies import copy_words
from app.event.services.event_lists import list_events
from app.event_day.checkouts.services import list_checkouts
from app.events.calls.services.call_view import read_calls
from app.events.letters.services.earlier_letters import number_agreement
from app.events.roster.services.selections import check_selection, read_selection
from app.history import services as history_services
from app.home.today.services.global_search import search_everything
from app.home.today.services.home import read_home
from app.ledgers.services.ledger_reading import read_ledger
from app.registers.workers.services import read_workers
from app.surveys.compare.services import read_year
from db.records.agreements import Agreement, Meeting
from db.records.dispatches import DispatchRequest, DispatchSupport
from db.records.documents import Letter
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Subsidy
from db.records.participants import HeadcountNotice
from db.records.programme import Office, Programme
from db.records.roster import Entry, TabletLoan
from db.records.submissions.reports import Report
from db.records.surveys import EventSurvey, SurveyResponse
from db.records.year.summary import EarlierFigure
from db.rows import by_id, row, rows
from tests.support.sample import BY, NOW
from tests.support.stores import made_by
from tests.support.world import World

TODAY = date(2026, 12, 1)
world = made_by(World, scope="module")


@pytest.fixture(scope="module")
def drawn(world):
    return next(row.id for row in list_events(world.store, today=TODAY).rows if row.title.startswith("第8回"))


def test_nobody_is_rung_up_by_what_the_sample_prints(world):
    office = rows(world.store.database, Office)[0]
    assert (office.phone, office.fax) == ("03-0000-0000", "03-0000-0009")
    assert "見本" in office.address


def test_what_was_cancelled_or_moved_counts_among_nobody(world):
    database = world.store.database
    held = [row.event_id for row in rows(database, Entry, attendance="出席")]
    assert Counter(held) == {1: 16, 2: 16, 3: 14, 4: 12, 5: 17, 8: 9, 9: 9, 11: 18}
    assert len(rows(database, SurveyResponse)) == 83
    told = {one.name: (one.done, one.planned) for one in read_home(world.store, today=TODAY).progress}
    assert told == {"講習会": (5, 2), "アドバイザー派遣": (2, 1), "意見交換会": (1, 1)}


def test_lots_were_drawn_for_more_than_there_are_places_and_come_out_the_same_again(world, drawn):
    (past,) = read_selection(world.store, event_id=drawn, today=TODAY).saved_selections
    assert (past.count("決定"), past.count("補欠"), past.count("落選")) == (12, 3, 1)
    assert past.selection.seed
    assert all(line.draw for line in past.selection.lines)
    assert check_selection(world.store, selection_id=past.id).is_same


def test_the_cancelled_event_has_its_decision_and_calls_that_are_not_through(world, drawn):
    view = read_calls(world.store, event_id=drawn, caller=BY, today=TODAY)
    assert (view.sheet.decision.kind, view.sheet.decision.decided_by) == ("中止", "見本　係長")
    calls = [person.newest_call for line in view.sheet.lines for person in line.people]
    assert {call.outcome if call else "" for call in calls} == {"連絡済", "不在・再架電", "伝言", ""}
    assert (view.settled_contact_count, view.contact_count) == (2, 3)


def test_there_is_a_letter_in_every_state_and_one_taken_back(world):
    letters = {(row.event_id, row.document_kind): row.state for row in rows(world.store.database, Letter)}
    assert set(letters.values()) == {"案", "起案中", "決裁済", "施行"}
    taken_back = [row for row in list_outgoing(world.store) if row.way == "取消"]
    assert {(row.document_kind, bool(row.reason)) for row in taken_back} == {("落選通知", True)}
    assert copy_words(taken_back[0])


def test_the_sixth_event_agrees_with_its_applicants(world):
    event_id = world.events["L6"]
    assert {row.state for row in rows(world.store.database, Entry, event_id=event_id)} == {"決定"}
    steps = {row.name: row.done_on for row in rows(world.store.database, RecruitmentStep, event_id=event_id)}
    assert steps["決定"] == date(2026, 11, 20)
    assert steps["決定通知"] == date(2026, 11, 25)
    (letter,) = rows(world.store.database, Letter, event_id=event_id)
    assert (letter.state, letter.issued_on) == ("施行", steps["決定通知"])


def test_more_people_than_the_specification_have_a_reason_and_a_number(world):
    found = number_agreement(world.store, world.events["L7"])
    assert (found.topic, found.number, found.settled_on) == ("人数", "", date(2026, 11, 30))
    assert found.record_number == f"第{found.ordinal}号"
    event = by_id(world.store.database, Event, world.events["L7"])
    assert "20人程度" in event.exception_reason


def test_home_says_what_was_told_and_changed_who_is_to_be_called_and_what_is_outside(world):
    labels = {row.task.deadline.task for row in read_home(world.store, today=TODAY).rows}
    assert {"人数の変更連絡", "中止・変更の電話", "持出しの返却"} <= labels


def test_one_list_is_outside_and_one_came_back(world):
    found = list_checkouts(world.store, now=NOW)
    assert (len(found.rows), found.open_count) == (2, 1)


def test_last_year_the_subsidies_and_a_former_name_are_there(world):
    assert [one.fiscal_year for one in read_year(world.store).earlier] == [2025]
    assert {row.amount for row in rows(world.store.database, Subsidy)} == {20_000, 30_000, 50_000, None}
    titles = [
        item.title
        for group in search_everything(world.store, text="すずらん一丁目自治会", today=TODAY).groups
        for item in group.items
    ]
    assert any("「見本すずらん一丁目自治会」→「見本すずらん一丁目町会」" in title for title in titles)


def test_everything_happened_by_an_action_at_its_hour_and_undo_stays_outside(world):
    told = list(world.store.database.query("SELECT at, action FROM journal ORDER BY seq"))
    story = [entry for entry in told if "見本の" not in entry["action"]]
    assert len(story) > 35
    assert max(entry["at"] for entry in told) <= NOW.isoformat()
    with pytest.raises(UserError):
        history_services.undo(world.store, by=BY, now=NOW)


def test_nothing_is_agreed_before_the_contract_and_a_record_carries_the_day_of_its_meeting(world):
    database = world.store.database
    records = rows(database, Agreement)
    assert min(one.asked_on for one in records) >= date(2026, 8, 3)
    assert all(one.asked_on <= one.settled_on <= TODAY for one in records if one.settled_on)
    meetings = {one.id: one for one in rows(database, Meeting)}
    met = [one for one in records if one.meeting_id]
    assert len(met) == 5
    for one in met:
        held = meetings[one.meeting_id]
        assert one.settled_on == held.held_on
        assert one.confirmed_on is None or one.confirmed_on >= held.held_on
    hearing = next(one for one in records if one.event_id == world.events["D1"] and one.topic == "事前ヒアリング")
    (plan,) = [one.tables["支援計画"] for one in rows(database, Report, event_id=world.events["D1"], way="作成")]
    assert {line[-1].split("協議 ")[1] for line in plan if "協議" in line[-1]} == {f"{hearing.record_number}）"}
    assert (
        row(database, DispatchSupport, event_id=world.events["D1"]).agreement_number == f"協議 {hearing.record_number}"
    )


def test_every_slip_was_held_on_the_day_of_the_decision_and_nothing_was_told_before_it(world):
    slips = rows(world.store.database, DispatchRequest)
    decided = {one.decided_on for one in slips if one.outcome}
    assert decided == {date(2026, 9, 11)}
    assert max(one.received_on for one in slips if one.outcome) < min(decided)
    # The one without an answer came after the closing day, when all others had theirs.
    assert min(one.received_on for one in slips if not one.outcome) > date(2026, 9, 16)
    ahead = {
        one.event_date for one in rows(world.store.database, Event, kind="講習会") if one.event_date > date(2026, 9, 11)
    }
    assert not any("出たあと" in one.reason for one in slips) or not ahead
    steps = {one.name: one.done_on for one in rows(world.store.database, RecruitmentStep, event_id=world.events["D3"])}
    assert steps["選定"] == date(2026, 9, 11)
    assert (
        min(one.made_on for one in rows(world.store.database, HeadcountNotice, event_id=world.events["D3"]))
        > steps["選定"]
    )


def test_who_serves_begins_in_the_contract_and_every_lecturer_named_in_a_report_is_listed(world):
    workers = read_workers(world.store.database, row(world.store.database, Programme))
    assert all(date(2026, 8, 1) <= one.begins <= date(2027, 3, 31) for one in workers)
    lines = read_ledger(world.store, key="workers", fiscal_year=2026, today=NOW.date()).book.lines
    assert all(one.cells["told"] <= one.cells["begins"] for one in lines if not one.cancel_reason)
    named = {one.name for one in workers}
    for report in rows(world.store.database, Report):
        assert (
            set(re.findall(r"[一-龠]+　[一-龠ぁ-ん]+", re.sub("(補助)?講師　|補助　", "", report.body.get("講師", ""))))
            <= named
        )
    told = [
        line
        for line in read_ledger(world.store, key="transfers", fiscal_year=2026, today=TODAY).book.lines
        if line.cells["name"].startswith("第5回")
    ]
    survey = row(world.store.database, EventSurvey, event_id=world.events["L5"])
    typed = len(rows(world.store.database, SurveyResponse, survey_id=survey.id, source="紙"))
    assert [line.cells["quantity"] for line in told if "アンケート用紙" in line.cells["name"]] == [f"{typed}枚"] * 2


def test_last_year_is_one_year_in_every_record(world):
    (earlier,) = read_year(world.store).earlier
    figures = {
        one.item: one.number for one in rows(world.store.database, EarlierFigure, fiscal_year=2025, kind="講習会")
    }
    assert earlier.events == figures["実施"]
    assert earlier.sheets <= figures["延べ人数"]
    assert all(sum(one.counts.values()) == one.base == earlier.sheets for one in earlier.questions if one.type == "SA")
    assert "position" in {one.code for one in earlier.questions}


def test_tablets_go_out_and_come_back_around_the_hours_of_their_event(world):
    for loan in rows(world.store.database, TabletLoan):
        event = by_id(world.store.database, Event, loan.event_id)
        if loan.back_at is not None:
            assert f"{loan.out_at:%H:%M}" < event.end_time < f"{loan.back_at:%H:%M}"
            assert abs(loan.out_at - datetime.fromisoformat(f"{event.event_date} {event.start_time}")) < timedelta(
                hours=1
            )
