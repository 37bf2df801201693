"""Tablets, 配慮の手配 and photo consent on a real store."""

from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.event.services.event_preparation import preparation_of
from app.event.services.event_records import read_event_records
from app.event.services.tasks.deadlines import all_tasks, read_year
from app.event_day.reception import services as reception_services
from app.event_day.reception.services import add_walk_in, read_reception
from app.events.arrangements import services as arrangements_services
from app.events.groups import services as groups
from app.events.roster.services.entry_changes import change_entry
from app.events.roster.services.entry_names import WantedPerson
from app.events.roster.services.roster import assign_roster_numbers, read_roster
from app.events.tablets import services as tablet_services
from app.events.tablets.services import TABLETS
from db.records.programme import Programme
from db.records.roster import Arrangement, Device, Entry, PhotoConsent, Tablet, TabletLoan
from db.rows import rows
from db.tables import roster
from tests.support import door_people
from tests.support.door_people import DAY, DOOR, acting, door_event, entries_by_name, who
from tests.support.years import BY, add_lecture


@pytest.fixture
def event_id(store):
    made = door_event(store)
    assign_roster_numbers(acting(store), event_id=made)
    return made


def loans(store, event_id):
    return tablet_services.read_loans(store, event_id=event_id, today=DAY)


def test_tablets_are_put_ready_in_number_order_with_spares(store, event_id):
    door_people.tablets(store, 5)
    said = tablet_services.assign_tablets(acting(store), event_id=event_id, spare=1).message
    found = loans(store, event_id)
    assert said == "4台を割り当てました。"
    assert [(row.tablet.number, row.who, row.is_spare) for row in found.rows] == [
        ("1", "髙橋 見本子", False), ("2", "齋藤 見本", False), ("3", "𠮷田 例男", False), ("4", "", True),
    ]  # fmt: skip
    assert (found.needed, found.missing, found.free, found.spare) == (3, 0, 1, 1)


def test_too_few_tablets_are_said(store, event_id):
    door_people.tablets(store, 2)
    assert (
        tablet_services.assign_tablets(acting(store), event_id=event_id).message
        == "2台を割り当てました。あと1台足りません。"
    )
    assert loans(store, event_id).missing == 1
    with pytest.raises(UserError, match="使えるタブレット"):
        tablet_services.assign_tablets(acting(store), event_id=event_id, spare=1)


def test_a_tablet_of_somebody_who_no_longer_comes_is_free_again(store, event_id):
    door_people.tablets(store, 3)
    tablet_services.assign_tablets(acting(store), event_id=event_id)
    gone = entries_by_name(store, event_id)["齋藤 見本"]
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, gone.id, absent_told_at=DOOR)
    tablet_services.assign_tablets(acting(store), event_id=event_id, spare=1)
    assert [(row.tablet.number, row.who) for row in loans(store, event_id).rows] == [
        ("1", "髙橋 見本子"), ("2", ""), ("3", "𠮷田 例男"),
    ]  # fmt: skip


def test_receiving_hands_the_tablet_over_and_a_walk_in_gets_the_spare(store, event_id):
    door_people.tablets(store, 5)
    tablet_services.assign_tablets(acting(store), event_id=event_id, spare=2)
    reception_services.receive(acting(store), entry_id=entries_by_name(store, event_id)["齋藤 見本"].id)
    add_walk_in(acting(store), event_id=event_id, wanted=WantedPerson(name="飛入 例"), device=Device.LENT)
    tablet_services.lend_spare(acting(store), entry_id=entries_by_name(store, event_id)["伊藤 試"].id)
    with pytest.raises(UserError, match="予備"):
        tablet_services.lend_spare(acting(store), entry_id=entries_by_name(store, event_id)["みほん 節子"].id)
    counts = read_reception(store, event_id=event_id).tablets
    assert (counts.needed, counts.handed_out, counts.waiting, counts.spare, counts.spare_handed_out) == (3, 1, 2, 2, 2)
    rows = {row.name: row for row in read_reception(store, event_id=event_id).rows}
    assert (rows["齋藤 見本"].tablet, rows["齋藤 見本"].is_tablet_handed_out, rows["飛入 例"].tablet) == (
        "2",
        True,
        "4",
    )
    reception_services.undo_check_in(acting(store), entry_id=rows["齋藤 見本"].entry_id)
    assert read_reception(store, event_id=event_id).tablets.handed_out == 0


def test_a_tablet_that_was_handed_over_stays_in_the_ledger_and_is_no_spare_when_nobody_is_known_to_have_had_it(
    store, event_id
):
    door_people.tablets(store, 6)
    tablet_services.assign_tablets(acting(store), event_id=event_id, spare=1)
    first = loans(store, event_id).rows[0]
    tablet_services.hand_out(acting(store), event_id=event_id, entry_ids=[first.loan.entry_id])
    tablet_services.note_returned(acting(store), loan_ids=[first.loan.id])
    reception_services.mark_absent(acting(store), entry_id=first.loan.entry_id)

    def ready() -> list[str]:
        return [row.tablet.number for row in loans(store, event_id).rows if row.is_spare and row.state == "未渡し"]

    for spare, numbers in ((0, []), (1, ["4"]), (2, ["4", "5"])):
        tablet_services.assign_tablets(acting(store), event_id=event_id, spare=spare)
        assert first.loan.id in {row.loan.id for row in loans(store, event_id).rows}
        assert ready() == numbers


def test_a_tablet_comes_back_is_initialised_and_only_then_free_for_another_day(store, event_id):
    door_people.tablets(store, 3)
    tablet_services.assign_tablets(acting(store), event_id=event_id)
    for row in loans(store, event_id).rows:
        tablet_services.hand_out(acting(store), event_id=event_id, entry_ids=[row.loan.entry_id])
    other = add_lecture(store, date(2026, 10, 8))
    assert tablet_services.read_loans(store, event_id=other, today=DAY).free == 0
    opened = tablet_services.open_loans(store, today=DAY + timedelta(days=1))
    assert [row.state for row in opened] == ["未返却"] * 3
    ids = [row.loan.id for row in opened]
    with pytest.raises(UserError, match="先に返却"):
        tablet_services.confirm_initialised(acting(store), loan_ids=ids, checked_by="")
    tablet_services.note_returned(acting(store), loan_ids=ids)
    tablet_services.confirm_initialised(acting(store), loan_ids=ids[:2], checked_by="見本 係員")
    assert [row.state for row in loans(store, event_id).rows] == ["済", "済", "初期化の確認がまだ"]
    assert loans(store, event_id).rows[0].loan.checked_by == "見本 係員"
    assert tablet_services.read_loans(store, event_id=other, today=DAY).free == 2


def test_the_list_of_tablets_keeps_what_was_lent_and_refuses_double_numbers(store, event_id):
    tablet_services.set_tablets(acting(store), tablets=[Tablet(number="1"), Tablet(number="2")])
    tablet_services.set_tablets(acting(store), tablets=tablet_services.read_tablets(store)[:1])
    tablet_services.assign_tablets(acting(store), event_id=event_id)
    with pytest.raises(UserError, match="貸出しの記録"):
        tablet_services.set_tablets(acting(store), tablets=[])
    with pytest.raises(UserError, match="重なって"):
        tablet_services.set_tablets(acting(store), tablets=[*tablet_services.read_tablets(store), Tablet(number=" 1")])
    with pytest.raises(UserError, match="番号が空"):
        tablet_services.set_tablets(acting(store), tablets=[*tablet_services.read_tablets(store), Tablet(number="")])


def care_line(store, event_id):
    lines = preparation_of(read_event_records(store, event_id), read_year(store, today=date(2026, 9, 1)))
    return next((item for item in lines if item.label == "配慮の手配"), None)


def settled_rows(store, event_id):
    return [row.is_settled for row in arrangements_services.read_arrangements(store, event_id=event_id).rows]


def test_a_care_is_open_in_the_preparation_until_everything_is_arranged(store, event_id):
    view = arrangements_services.read_arrangements(store, event_id=event_id)
    assert [(row.row.name, row.proposed) for row in view.rows] == [
        ("髙橋 見本子", ("席",)),
        ("渡邉 例子", ("手話通訳",)),
    ]
    assert care_line(store, event_id).state_word == "あと2人"
    assert settled_rows(store, event_id) == [False, False]
    made = [
        arrangements_services.add_arrangement(
            acting(store), arrangement=Arrangement(event_id=event_id, entry_id=row.row.entry.id, kind=row.proposed[0])
        ).id
        for row in view.rows
    ]
    assert settled_rows(store, event_id) == [False, False], "ordered is not settled"
    for arrangement_id in made:
        arrangements_services.settle_arrangement(acting(store), event_id=event_id, arrangement_id=arrangement_id)
    assert care_line(store, event_id).is_done
    assert settled_rows(store, event_id) == [True, True]
    settled = arrangements_services.read_arrangements(store, event_id=event_id).rows[0].arrangements[0]
    assert (settled.settled_on, settled.settled_by) == (DOOR.date(), BY)
    arrangements_services.reopen_arrangement(acting(store), event_id=event_id, arrangement_id=made[0])
    assert not care_line(store, event_id).is_done
    arrangements_services.remove_arrangement(acting(store), event_id=event_id, arrangement_id=made[0])
    for row in view.rows:
        arrangements_services.set_care(acting(store), entry_id=row.row.entry.id, care="")
    assert care_line(store, event_id) is None


def test_an_arrangement_of_another_event_is_refused(store, event_id):
    other = add_lecture(store, date(2026, 10, 8))
    entry_id = entries_by_name(store, event_id)["みほん 節子"].id
    with pytest.raises(UserError, match="ほかの実施回"):
        arrangements_services.add_arrangement(acting(store), arrangement=Arrangement(event_id=other, entry_id=entry_id))


def test_photo_consent_is_set_for_many_at_once_and_marked_at_the_door(store, event_id):
    ids = [one.id for one in door_people.all_entries(store, event_id)]
    arrangements_services.set_photo_consent(acting(store), entry_ids=ids, photo=PhotoConsent.GIVEN)
    assert (
        arrangements_services.set_photo_consent(acting(store), entry_ids=ids[:1], photo=PhotoConsent.REFUSED).message
        == "1人を撮影不可にしました。"
    )
    rows = read_reception(store, event_id=event_id).rows
    assert [row.name for row in rows if row.is_photo_refused] == ["みほん 節子"]
    with pytest.raises(UserError):
        arrangements_services.set_photo_consent(acting(store), entry_ids=[], photo=PhotoConsent.GIVEN)


def test_a_roster_row_knows_its_tablet_and_group(store, event_id):
    door_people.tablets(store, 3)
    tablet_services.assign_tablets(acting(store), event_id=event_id)
    groups.propose_groups(acting(store), event_id=event_id, count=2)
    row = next(row for row in read_roster(store, event_id=event_id).rows if row.name == "髙橋 見本子")
    assert row.tablet.number == "1"
    assert row.entry.group_number in (1, 2)


def test_tablets_not_back_or_not_initialised_are_on_the_home_page_until_all_are(store, event_id):
    def words(day):
        return [task.detail for task in all_tasks(store, today=day) if task.task == TABLETS]

    door_people.tablets(store, 5)
    tablet_services.assign_tablets(acting(store), event_id=event_id, spare=0)
    lent = loans(store, event_id).rows[:2]
    first, second = (row.loan.id for row in lent)
    borrowers = [row.loan.entry_id for row in lent]
    tablet_services.hand_out(acting(store), event_id=event_id, entry_ids=borrowers)
    after = DAY + timedelta(days=1)
    assert words(DAY) == []
    assert words(after) == ["未返却 2台"]
    tablet_services.note_returned(acting(store), loan_ids=[first])
    assert words(after) == ["未返却 1台・初期化の確認 1台"]
    tablet_services.note_returned(acting(store), loan_ids=[second])
    tablet_services.confirm_initialised(acting(store), loan_ids=[first, second], checked_by=BY)
    assert words(after) == []


def test_the_ledger_of_tablets_says_to_whom_one_was_lent(store, event_id):
    door_people.tablets(store, 4)
    tablet_services.assign_tablets(acting(store), event_id=event_id, spare=1)

    def lent() -> list[str]:
        (programme,) = rows(store.database, Programme)
        lines = tablet_services.TABLET_LEDGER.sources[0](store.database, programme)
        return [one.cells["lent_to"] for one in lines]

    assert lent() == [], "nothing is lent before it was handed out"
    for row in loans(store, event_id).rows:
        with store.change(action="用意", **who()) as change:
            change.update(TabletLoan, row.loan.id, out_at=DOOR)
    numbers = sorted(one.number for one in roster.entries(store.database, event_id) if one.device == "貸与")
    assert lent() == [*(f"名簿 {number}番" for number in numbers), "予備（当日）"]
    store.database.execute("UPDATE entries SET number = NULL")
    assert lent() == ["名簿の方", "名簿の方", "名簿の方", "予備（当日）"]


def test_another_need_than_the_one_reviewed_is_open_again(store, event_id):
    context = acting(store)
    one = entries_by_name(store, event_id)["渡邉 例子"]

    def settled():
        found = arrangements_services.read_arrangements(store, event_id=event_id)
        return next(row.is_settled for row in found.rows if row.row.entry.id == one.id)

    arrangements_services.mark_nothing_needed(context, entry_id=one.id)
    arrangements_services.set_care(context, entry_id=one.id, care=one.care)
    assert settled()
    said = arrangements_services.set_care(context, entry_id=one.id, care="車いす").message
    assert said.endswith("「手配不要」の印を外しました。")
    assert not settled()
    arrangements_services.mark_nothing_needed(context, entry_id=one.id)
    change_entry(context, entry_id=one.id, fields={"care": "車いす、手話通訳"})
    assert not settled()


def test_a_tablet_that_no_register_knows_bears_the_number_of_its_borrower_and_is_one_of_its_kind(store, event_id):
    first, second = (row.entry for row in read_roster(store, event_id=event_id).check_in_rows[:2])
    numbers = {first.id: 15, second.id: 18}
    with store.change(action="用意", by=BY, now=acting(store).now, subject="roster") as change:
        for entry_id, number in numbers.items():
            change.update(Entry, entry_id, number=number)
        change.insert(Tablet(number="仮18", retired_on=DAY))
    tablet_services.hand_out(acting(store), event_id=event_id, entry_ids=[first.id, second.id])
    found = [row.tablet.number for row in read_roster(store, event_id=event_id).rows if row.tablet]
    assert sorted(found) == ["仮15", f"仮18-{second.id}"]
