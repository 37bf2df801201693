"""The roster as a list with counts that add up, the 団体 that can still be asked, and the numbers that follow it."""

from datetime import date, datetime
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.documents.services import document_library, documents
from app.event.services.event_lists import list_events
from app.events.headcount import services as headcount_services
from app.events.roster.rules import SelectionTerms, missing_roster_numbers, next_number, record_counts
from app.events.roster.services import entries, entry_changes, selection_documents, selections
from app.events.roster.services.entry_names import WantedPerson
from app.home.today.services import home
from db.records.events import CountSource, EventResult
from db.records.organisations import Organisation
from db.records.roster import Arrangement, Entry, EntryState
from db.tables import roster
from tests.support.entries import entry_of, put_entry, put_organisation
from tests.support.paper_words import pages_of
from tests.support.years import BY, add_dispatch, add_lecture, expect_people, tell_people, the_event

NOW = datetime(2026, 9, 10, 9, 12)
TODAY = NOW.date()
acting = partial(ActionContext, by=BY, now=NOW)


def lecture_with(store, event, count, **values):
    return [put_entry(store, event, f"みほん {n}号", **values) for n in range(count)]


def test_every_place_is_counted_once_and_the_counts_add_up(store, event):
    club = put_organisation(store, "みほん髙﨑𠮷町会", branch="第1支部")
    made = lecture_with(store, event, 4, organisation_id=club, state="決定")
    put_entry(store, event, state="補欠", waiting_order=1, organisation_name="みほん未登録会")
    put_entry(store, event, "落 一", state="落選")
    put_entry(store, event, "辞 一", state="辞退")
    put_entry(store, event, "当 一", state="決定", walk_in=True)
    put_entry(store, event, "申 一", doubtful="氏名に「?」")
    entry_changes.record_absence(acting(store), entry_id=made[0])
    entry_changes.replace_person(acting(store), entry_id=made[1], wanted=WantedPerson(name="代 一"))

    found = entries.read_entries(store, event_id=event, today=TODAY)

    counted = {"申込": 1, "決定": 3, "補欠": 1, "落選": 1, "辞退": 1, "決定取消": 0, "欠席連絡": 2, "当日受付": 1}
    assert found.counts == counted
    assert sum(found.counts.values()) == len(found.rows)
    assert (found.applied_count, found.organisations, found.coming_count, found.capacity, found.free_count) == (
        8, 1, 4, 20, 16,
    )  # fmt: skip
    assert found.doubtful_count == 1
    assert found.next_waitlisted.status_words == "補欠1"
    hints = {row.row.name: row.status_hint for row in found.rows}
    assert hints["みほん 0号"] == "9/10 9:12"
    assert hints["みほん 1号"] == "9/10 9:12　代理 代 一"
    assert hints["代 一"] == "代理"


def test_who_came_twice_is_one_person_and_who_has_no_name_is_counted_apart(store, event):
    later = add_lecture(store, date(2026, 10, 8))
    person = entry_of(store, put_entry(store, event, "見本 一", state="決定", attendance="出席")).person_id
    put_entry(store, event, "見本 二", state="決定", attendance="出席")
    with store.change(action="名簿に加えた", by=BY, now=NOW, event_id=later) as change:
        change.insert(Entry(event_id=later, person_id=person, state="決定", attendance="出席"))
    put_entry(store, later, state="決定", attendance="出席")
    put_entry(store, later, "見本 三", state="決定")
    events = [the_event(store, one) for one in (event, later)]

    counts = record_counts(events, {one.id: roster.entries(store.database, one.id) for one in events}, {})

    assert (counts.visits, counts.people, counts.unnamed) == (4, 3, 1)


def test_a_year_counts_by_its_rosters_else_by_typed_numbers_and_says_what_it_lacks(store):
    events = [the_event(store, add_lecture(store, date(2026, 10, day))) for day in (1, 2, 5, 6, 7, 8, 9)]
    by_roster, again, typed, without_groups, empty, nothing, last = (one.id for one in events)

    def came(event_id: int, person_id: int | None, organisation_id: int | None, **given: str) -> Entry:
        usual = {"state": "決定", "attendance": "出席"}
        return Entry(event_id=event_id, person_id=person_id, organisation_id=organisation_id, **(usual | given))

    entries = {
        by_roster: [
            came(by_roster, 1, 7), came(by_roster, 2, 7), came(by_roster, None, 8), came(by_roster, 3, None),
            came(by_roster, 4, 9, attendance="欠席"), came(by_roster, 5, 9, state="辞退"),
        ],
        again: [came(again, 1, 7), came(again, None, 8)],
        typed: [came(typed, 6, 7, attendance="")],
    }  # fmt: skip
    results = {
        by_roster: EventResult(event_id=by_roster, attended=99, attended_organisations=99),
        typed: EventResult(event_id=typed, attended=12, attended_organisations=5),
        without_groups: EventResult(event_id=without_groups, attended=0),
        empty: EventResult(event_id=empty, attended_organisations=3),
        last: EventResult(event_id=last, attended=1),
    }
    found = record_counts(events, entries, results)
    assert (found.events, found.roster_events, found.typed_events, found.unknown_events) == (7, 2, 3, 2)
    assert (found.visits, found.visits_from_roster) == (4 + 2 + 12 + 1, 6)
    assert (found.people, found.unnamed) == (3 + 2, 2)
    assert (found.group_visits, found.groups, found.events_without_groups) == (2 + 2 + 5, 2, 2)
    assert (found.counted(found.visits).missing, found.counted_groups(found.group_visits).missing) == (2, 4)
    assert not found.is_typed_only
    assert found.counted_once(found.people).known == 5
    only = record_counts([one for one in events if one.id in (typed, nothing)], {}, results)
    assert only.is_typed_only
    assert (only.counted_once(only.people).known, only.counted_once(only.people).missing) == (None, 2)
    assert record_counts(events[-1:], {}, results).is_typed_only, "a single visitor too"
    none = record_counts([], {}, {})
    assert (none.is_typed_only, none.counted_once(none.people).exact) == (False, 0)


def test_nobody_is_next_while_no_place_is_free(store, event):
    lecture_with(store, event, 20, state="決定")
    put_entry(store, event, "待 一", state="補欠", waiting_order=1)

    assert entries.read_entries(store, event_id=event, today=TODAY).next_waitlisted is None


def test_the_capacity_is_that_of_the_last_choice(store, event):
    lecture_with(store, event, 12)
    selections.save_selection(acting(store), event_id=event, terms=SelectionTerms(method="先着順", capacity=8))

    found = entries.read_entries(store, event_id=event, today=TODAY)
    assert (found.capacity, found.free_count, found.counts["補欠"]) == (8, 0, 4)


# under the least of the specification


def test_too_few_after_the_closing_day_is_said_with_a_task_that_goes_when_enough_come(store, event):
    lecture_with(store, event, 7)
    before = entries.read_entries(store, event_id=event, today=date(2026, 9, 7))
    after = entries.read_entries(store, event_id=event, today=date(2026, 9, 8))

    assert (before.missing_count, after.missing_count, after.minimum, after.closing_words) == (0, 3, 10, "9/7(月)")
    assert extra_tasks(store, date(2026, 9, 7)) == []
    (task,) = extra_tasks(store, date(2026, 9, 8))
    assert (task.detail, task.link) == ("あと3人", ActionLink(action="追加募集の団体を確かめる", event_id=event))
    assert not task.is_contract_duty
    for number in range(3):
        put_entry(store, event, f"追加 {number}号")
    assert extra_tasks(store, date(2026, 9, 8)) == []


def extra_tasks(store, day):
    view = home.read_home(store, today=day)
    return [row.task for row in (*view.rows, *view.later_rows) if row.task.task == "追加募集"]


def test_typed_numbers_and_dispatches_ask_for_no_more_people(store, event):
    expect_people(store, event, 4)
    lecture_with(store, add_dispatch(store), 3)

    assert extra_tasks(store, date(2026, 9, 20)) == []


def test_the_organisations_to_ask_are_those_without_an_application_by_branch(store, event):
    first = put_organisation(store, "みほん一町会", branch="第1支部")
    put_organisation(store, "みほん二町会", branch="第2支部", stages={"LINE": "×"})
    put_organisation(store, "みほん三町会", branch="第1支部", stages={"LINE": "3", "Zoom": "×"})
    put_organisation(store, "みほん四自治会", stages={"LINE": "0"})
    put_organisation(store, "みほん髙橋自治会", branch="第2支部")
    put_organisation(store, "みほん五町会", branch="第2支部", stages={"LINE": "×", "Zoom": "×"})
    entry = put_entry(store, event, "みほん 一号", organisation_id=first)
    entry_changes.set_state(acting(store), entry_id=entry, state=EntryState.WITHDRAWN)
    put_entry(store, event, "みほん 二号", organisation_name="みほん高橋自治会")

    found = selection_documents.read_not_applied(store, event_id=event, today=TODAY)

    listed = {part.branch: [one.name for one in part.organisations] for part in found.branches}
    assert listed == {"第1支部": ["みほん三町会"], "支部の登録なし": ["みほん四自治会"]}
    assert (found.applied_count, found.unwilling_count, found.count) == (2, 2, 2)
    content = documents.build_document(store, event_id=event, kind=selection_documents.NOT_APPLIED, now=NOW)
    assert not content.personal
    assert "「希望しない（×）」の2団体も除いた。" in str(content.blocks)
    for form in ("pdf", "xlsx"):
        assert documents.render(content, format=form).data


def test_an_organisation_that_applied_in_another_spelling_is_not_asked_again(store, event):
    put_organisation(store, "みほん二丁目町会", branch="第1支部")
    put_entry(store, event, "みほん 一号", organisation_name="みほん２丁目町会")

    found = selection_documents.read_not_applied(store, event_id=event, today=TODAY)

    assert (found.applied_count, found.count) == (1, 0)


def test_branches_follow_their_numbers_and_those_without_one_come_last(store, event):
    for branch in ("第10支部", "", "第2支部", "見本台支部", "第1支部"):
        put_organisation(store, f"みほん{branch}町会", branch=branch)

    found = selection_documents.read_not_applied(store, event_id=event, today=TODAY)

    assert [part.branch for part in found.branches] == [
        "第1支部", "第2支部", "第10支部", "見本台支部", "支部の登録なし",
    ]  # fmt: skip


def offered(store, event) -> bool:
    shelf = document_library.read_library(store, event_id=event, today=TODAY)
    return next(row.is_ready for row in shelf.rows if row.kind == selection_documents.NOT_APPLIED)


def test_more_organisations_are_asked_only_while_too_few_come_and_recruitment_has_begun(store, event):
    put_organisation(store, "みほん未申込町会", branch="第2支部")
    assert not offered(store, event)
    put_entry(store, event, "みほん 一号")
    assert offered(store, event)
    for number in range(9):
        put_entry(store, event, f"みほん {number}番")
    assert not offered(store, event)


def test_the_list_to_ask_names_itself_on_every_page_and_says_its_days_as_tables_do(store, event):
    for number in range(60):
        put_organisation(store, f"みほん{number}丁目町会", branch="第2支部")
    put_entry(store, event, "みほん 一号")
    content = documents.build_document(store, event_id=event, kind=selection_documents.NOT_APPLIED, now=NOW)
    pages = pages_of(content)
    assert len(pages) > 1
    for page in pages:
        assert "追加募集の対象団体" in page.replace("整理番号R8-講02-追加募集", "")
    assert "受付締切R8.9.7（月）" in pages[0]


# the numbers told to the contractor


def test_the_numbers_come_from_the_roster_and_can_be_typed_instead_with_nothing_lost(store, event):
    expect_people(store, event, 6, 5)
    club = put_organisation(store, "みほん一町会")
    lecture_with(store, event, 12, organisation_id=club, device="貸与")

    view = headcount_services.read_headcount(store, event_id=event, today=TODAY)
    assert (view.from_roster, view.totals.people, view.roster_people, view.typed_people) == (True, 12, 12, 11)
    assert view.totals.lent_devices == 12

    saved = headcount_services.set_count_source(acting(store), event_id=event, source=CountSource.TYPED)
    assert saved.message == "第1回 LINE講習会の参加予定を、入力した人数（11人）にしました。"
    assert headcount_services.read_headcount(store, event_id=event, today=TODAY).totals.people == 11
    with pytest.raises(UserError):
        headcount_services.set_count_source(acting(store), event_id=event, source=CountSource.TYPED)


def test_a_change_of_the_roster_after_telling_calls_for_a_change_notice(store, event):
    made = lecture_with(store, event, 12)
    tell_people(store, event, now=NOW)
    assert entries.read_entries(store, event_id=event, today=TODAY).change_words == ""

    entry_changes.record_absence(acting(store), entry_id=made[0])

    found = entries.read_entries(store, event_id=event, today=TODAY)
    assert found.change_words == "第1報（12人）で連絡した人数から変わりました。いまは11人です。"
    view = headcount_services.read_headcount(store, event_id=event, today=TODAY)
    assert (view.is_changed_since_notice, view.next_kind) == (True, "変更連絡")


def test_a_change_that_leaves_as_many_people_does_not_say_that_there_are_others(store, event):
    made = lecture_with(store, event, 12, device="貸与")
    tell_people(store, event, now=NOW)

    entry_changes.change_entry(acting(store), entry_id=made[0], fields={"device": "持参"})

    found = entries.read_entries(store, event_id=event, today=TODAY)
    assert found.change_words == "第1報で連絡した内容から変わりました。人数は12人のままです。"


def test_what_a_person_wrote_never_reaches_the_contractor(store, event):
    made = lecture_with(store, event, 12)
    entry_changes.change_entry(acting(store), entry_id=made[0], fields={"care": "難聴のため前の席"})
    with store.change(action="手配", by="他", now=NOW) as change:
        change.insert(
            Arrangement(event_id=event, entry_id=made[0], kind="席", content="前方の席1", to_contractor="伝えてよい")
        )

    totals = headcount_services.read_headcount(store, event_id=event, today=TODAY).totals
    assert (totals.care_count, totals.care_request) == (1, "前方の席1")


def test_who_applied_is_not_coming_before_the_decision(store, event):
    lecture_with(store, event, 3, organisation_name="みほん町会")
    waiting = entries.read_entries(store, event_id=event, today=TODAY)
    row = next(row for row in list_events(store, today=TODAY).rows if row.id == event)
    assert (waiting.is_undecided, row.people_words) == (True, "申込 3")

    put_entry(store, event, "決 一", state="決定", organisation_name="みほん町会")
    row = next(row for row in list_events(store, today=TODAY).rows if row.id == event)
    assert (entries.read_entries(store, event_id=event, today=TODAY).is_undecided, row.people_words) == (
        False,
        "参加予定 4",
    )


@pytest.mark.parametrize(("numbers", "said"), [((), 1), ((None, None), 1), ((1,), 2), ((3, None, 7, 5), 8)])
def test_a_new_number_of_the_check_in_list_follows_the_highest_one(numbers, said):
    assert next_number(Entry(id=n, event_id=1, number=number) for n, number in enumerate(numbers)) == said


def test_numbers_of_the_check_in_list_go_by_the_register_and_leave_those_that_were_given():
    register = [
        Organisation(id=8, name="乙町会", branch="第2支部"),
        Organisation(id=7, name="甲町会", branch="第1支部"),
    ]
    entries = [
        Entry(id=1, event_id=1, state="決定", organisation_id=7),
        Entry(id=2, event_id=1, state="決定", organisation_id=8, number=4),
        Entry(id=3, event_id=1, state="決定", organisation_id=8),
        Entry(id=4, event_id=1, state="補欠", organisation_id=8),
        Entry(id=5, event_id=1, state="決定", organisation_id=8, walk_in=True, attendance="出席"),
        Entry(id=6, event_id=1, state="辞退", organisation_id=7, walk_in=True),
        Entry(id=9, event_id=1, state="決定", organisation_name="つつじ会"),
        Entry(id=10, event_id=1, state="決定"),
        Entry(id=11, event_id=1, state="決定", organisation_name="つつじ会"),
        Entry(id=12, event_id=1, state="決定", organisation_id=7, group_number=2),
        Entry(id=13, event_id=1, state="決定", organisation_name="つつじ会", group_number=1),
    ]
    found = missing_roster_numbers(entries, register)
    assert list(found) == [13, 12, 3, 5, 1, 9, 11, 10], "班, 支部, 団体, application"
    assert list(found.values()) == list(range(5, 13))
