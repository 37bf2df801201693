"""A file comes back: what the venue noted goes into the roster once, what differs is chosen, and the file is gone."""

import shutil

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event_day.checkouts import services as checkouts_services
from app.event_day.checkouts.services import files_outside, list_checkouts
from app.event_day.day_file.services.day_file_return import destroy_day_copy, read_return, return_day_file
from app.event_day.reception import services as reception_services
from app.event_day.reception.services import add_walk_in, close_reception, matching_rows, read_reception
from app.events.arrangements import services as arrangements_services
from app.events.roster.services import entry_changes
from app.events.roster.services.admissions import enable_admission_numbers
from app.events.roster.services.entry_names import WantedPerson, name_entry
from app.events.tablets import services as tablet_services
from app.history import services as history_services
from db.files import day_file
from db.files.storage_errors import WrongPassword
from db.records.organisations import Person
from db.records.protection import Checkout
from db.records.roster import Device, Entry, PhotoConsent
from db.rows import by_id
from db.tables import events, organisations, roster
from tests.support.day_files import BACK, CHECKER, OUT, PASSWORD, at_door, at_venue, came, event_with_secrets, take_out
from tests.support.door_people import DOOR, entries_by_name, write
from tests.support.years import BY, started_year

OFFICE = {"by": "同僚 見本", "now": BACK}


@pytest.fixture
def path(store, event_id, tmp_path):
    return take_out(store, event_id, tmp_path).path


def the_day(path, event_id) -> None:
    """An afternoon at the venue."""
    with at_venue(path) as day:
        store, who = day.store, at_door(day)
        entry = {name: one.id for name, one in entries_by_name(store, event_id).items()}
        reception_services.receive(ActionContext(store, **who), entry_id=entry["髙橋 見本子"])
        reception_services.receive(ActionContext(store, **who), entry_id=entry["𠮷田 例男"])
        reception_services.undo_check_in(ActionContext(store, **who), entry_id=entry["𠮷田 例男"])
        reception_services.mark_absent(ActionContext(store, **who), entry_id=entry["伊藤 試"])
        name_entry(ActionContext(store, **who), entry_id=entry[""], name="後から 見本", furigana="あとから みほん")
        reception_services.receive(ActionContext(store, **who), entry_id=entry[""])
        group = organisations.all_organisations(store.database)[2].id
        add_walk_in(
            ActionContext(store, **who),
            event_id=event_id,
            wanted=WantedPerson(name="飛入 𠮷子", organisation_id=group),
            device=Device.LENT,
        )
        add_walk_in(
            ActionContext(store, **who),
            event_id=event_id,
            wanted=WantedPerson(name="外野 見本"),
            organisation_name="名簿にない会",
        )
        arrangements_services.set_photo_consent(
            ActionContext(store, **who), entry_ids=[entry["渡邉 例子"]], photo=PhotoConsent.REFUSED
        )
        lent = next(one for one in roster.loans(store.database, event_id) if one.entry_id == entry["髙橋 見本子"])
        tablet_services.note_returned(ActionContext(store, **who), loan_ids=[lent.id])


def bring_back(store, path, choices=(), **values):
    given = {"checked_by": CHECKER} | values
    context = ActionContext(store, BY, BACK)
    return return_day_file(context, path=path, password=PASSWORD, choices=dict(choices), **given)


def rows(store) -> dict[str, list[dict[str, object]]]:
    names = [one for one in store.database.table_names() if one not in ("journal", "_sqlite_migrations", "facts")]
    return {name: list(store.database.query(f"SELECT * FROM [{name}] ORDER BY 1")) for name in names}


def test_the_preview_says_each_thing_that_changed_and_changes_nothing(store, event_id, path):
    the_day(path, event_id)
    before, data = rows(store), path.read_bytes()
    preview = read_return(store, path=path, password=PASSWORD)
    assert rows(store) == before
    assert path.read_bytes() == data
    assert (preview.attended_count, preview.walk_in_count, preview.is_already_merged, preview.conflicts) == (
        4,
        2,
        False,
        (),
    )
    told = {
        (one.kind, one.who_words.split("（")[0].split(" ", 1)[-1], one.at_checkout, one.venue)
        for one in preview.unconflicted
    }
    assert told == {
        ("出欠", "髙橋 見本子", "未受付", "出席 13:40"),
        ("出欠", "伊藤 試", "未受付", "欠席"),
        ("氏名", "後から 見本", "氏名未定", "後から 見本"),
        ("出欠", "後から 見本", "未受付", "出席 13:40"),
        ("撮影", "渡邉 例子", "なし", "不可"),
        ("当日受付", "飛入 𠮷子", "名簿になし", "出席 13:40"),
        ("当日受付", "外野 見本", "名簿になし", "出席 13:40"),
        ("タブレット", "タブレット1番", "未渡し（2番）", "13:40に返却"),
        ("タブレット", "タブレット4番", "未渡し", "13:40に渡した（8番）"),
    }  # fmt: skip


def test_a_return_writes_what_the_venue_noted_with_its_times_and_destroys_the_file(store, event_id, path):
    the_day(path, event_id)
    made = bring_back(store, path)
    assert came(store, event_id) == {"髙橋 見本子", "後から 見本", "飛入 𠮷子", "外野 見本"}
    found = entries_by_name(store, event_id)
    assert found["髙橋 見本子"].attended_at == DOOR
    assert found["伊藤 試"].attendance == "欠席"
    assert found["渡邉 例子"].photo == "不可"
    assert (found["飛入 𠮷子"].number, found["飛入 𠮷子"].walk_in, found["飛入 𠮷子"].way) == (8, True, "当日")
    assert found["外野 見本"].organisation_name == "名簿にない会"
    lent = {one.tablet_id: one for one in roster.loans(store.database, event_id)}
    assert (lent[1].out_at, lent[1].back_at) == (DOOR, DOOR)
    assert (lent[4].entry_id, lent[4].out_at) == (found["飛入 𠮷子"].id, DOOR)
    assert not path.exists()
    row = by_id(store.database, Checkout, made.id)
    assert (row.returned_at, row.return_checked_by, row.disposed_at, row.returned_copies) == (BACK, CHECKER, BACK, 1)
    assert files_outside(store.database, event_id) == ()
    assert list_checkouts(store, now=BACK).rows[0].state == "廃棄済"
    assert made.message == "会場の記録9件を名簿に戻し、ファイルを消去しました。ほかの写しは手で消してください。"
    assert events.result(store.database, event_id) is None


def test_care_notes_and_applications_of_the_office_stay_as_they_were(store, event_id, path):
    before = entries_by_name(store, event_id)["髙橋 見本子"]
    the_day(path, event_id)
    bring_back(store, path)
    after = entries_by_name(store, event_id)["髙橋 見本子"]
    for name in ("care", "note", "absent_note", "doubtful", "applied_at", "way", "number", "application_id"):
        assert getattr(after, name) == getattr(before, name)


def test_undo_takes_the_whole_return_back_as_one_and_redo_repeats_it(store, event_id, path):
    the_day(path, event_id)
    before = rows(store)
    bring_back(store, path)
    after = rows(store)
    history_services.undo(store, by=BY, now=BACK)
    assert rows(store) == before
    history_services.redo(store, by=BY, now=BACK)
    assert rows(store) == after


def test_a_file_nobody_worked_with_comes_back_too(store, event_id, path):
    before = roster.entries(store.database, event_id)
    assert read_return(store, path=path, password=PASSWORD).differences == ()
    assert "記録0件" in bring_back(store, path).message
    assert roster.entries(store.database, event_id) == before
    assert not path.exists()


def test_a_copy_of_a_file_that_came_back_changes_nothing(store, event_id, path, tmp_path):
    the_day(path, event_id)
    copy = tmp_path / "写し.dkday"
    shutil.copyfile(path, copy)
    bring_back(store, path)
    after = rows(store)
    preview = read_return(store, path=copy, password=PASSWORD)
    assert (preview.is_already_merged, preview.differences) == (True, ())
    with pytest.raises(UserError, match="に戻されています"):
        bring_back(store, copy)
    assert rows(store) == after
    assert destroy_day_copy(path=copy, password=PASSWORD)
    assert not copy.exists()


def test_what_the_same_file_would_bring_a_second_time_is_there_already(store, event_id, path, tmp_path):
    the_day(path, event_id)
    copy = tmp_path / "写し.dkday"
    shutil.copyfile(path, copy)
    made = bring_back(store, path)
    with store.change(action="試験の用意", by="用意", now=BACK) as change:
        change.update(type(by_id(store.database, Checkout, made.id)), made.id, merged_at=None)
    before = roster.entries(store.database, event_id)
    preview = read_return(store, path=copy, password=PASSWORD)
    assert {one.verdict for one in preview.differences} == {"済"}
    assert len(preview.differences) == 9
    bring_back(store, copy)
    assert roster.entries(store.database, event_id) == before


def test_what_the_office_changed_meanwhile_stands_side_by_side_and_is_chosen_one_by_one(store, event_id, path):
    the_day(path, event_id)
    entry = entries_by_name(store, event_id)
    reception_services.mark_absent(ActionContext(store, **OFFICE), entry_id=entry["髙橋 見本子"].id)
    reception_services.receive(ActionContext(store, **OFFICE), entry_id=entry["伊藤 試"].id)
    preview = read_return(store, path=path, password=PASSWORD)
    first, second = preview.conflicts
    assert (first.at_checkout, first.venue, first.office) == ("未受付", "出席 13:40", "欠席")
    assert (second.at_checkout, second.venue, second.office) == ("未受付", "欠席", "出席 17:05")
    before = rows(store)
    with pytest.raises(UserError, match="2件が、まだ選ばれていません"):
        bring_back(store, path)
    with pytest.raises(UserError, match="1件が、まだ選ばれていません"):
        bring_back(store, path, {first.key: "会場"})
    assert rows(store) == before
    assert path.exists()
    bring_back(store, path, {first.key: "会場", second.key: "事務所"})
    found = entries_by_name(store, event_id)
    assert (found["髙橋 見本子"].attendance, found["髙橋 見本子"].attended_at) == ("出席", DOOR)
    assert (found["伊藤 試"].attendance, found["伊藤 試"].attended_at) == ("出席", BACK)


def test_a_walk_in_of_both_sides_is_one_person_and_a_taken_number_goes_on(store, event_id, path):
    the_day(path, event_id)
    group = organisations.organisation_named(store.database, "見本団地自治会").id
    add_walk_in(
        ActionContext(store, **OFFICE), event_id=event_id, wanted=WantedPerson(name="飛入 𠮷子", organisation_id=group)
    )
    preview = read_return(store, path=path, password=PASSWORD)
    assert preview.conflicts == ()  # both say that the person came: once, at the earlier minute
    both = next(one for one in preview.unconflicted if one.office == "出席 17:05")
    assert (both.kind, both.venue, both.renumbered) == ("当日受付", "出席 13:40", "")
    bring_back(store, path)
    entries = roster.entries(store.database, event_id)
    numbers = [one.number for one in entries]
    assert len(entries) == 9
    assert len(set(numbers)) == 9
    found = entries_by_name(store, event_id)
    assert (found["飛入 𠮷子"].attended_at, found["飛入 𠮷子"].number) == (DOOR, 8)
    assert found["外野 見本"].number == 9


@pytest.mark.parametrize(("state", "walk_in"), [("決定", False), ("落選", True)])
def test_who_is_on_the_roster_by_now_was_no_walk_in_unless_not_chosen(store, event_id, path, state, walk_in):
    the_day(path, event_id)
    group = organisations.organisation_named(store.database, "見本団地自治会").id
    (person,) = write(store, Person(organisation_id=group, name="飛入 𠮷子"))
    write(store, Entry(event_id=event_id, person_id=person, organisation_id=group, state=state))
    bring_back(store, path)
    found = entries_by_name(store, event_id)["飛入 𠮷子"]
    assert (found.attendance, found.walk_in) == ("出席", walk_in)


def test_a_number_told_at_the_venue_that_the_office_gave_away_is_said_before_and_after(store, event_id, path):
    the_day(path, event_id)
    for name in ("事務 見本", "事務 例子"):
        add_walk_in(
            ActionContext(store, **OFFICE), event_id=event_id, wanted=WantedPerson(name=name)
        )  # 8 and 9, as at the venue
    preview = read_return(store, path=path, password=PASSWORD)
    assert [(one.who_words.split("（")[0], one.renumbered) for one in preview.renumbered] == [
        ("8番 飛入 𠮷子", "8番→10番"),
        ("9番 外野 見本", "9番→11番"),
    ]
    made = bring_back(store, path)
    assert "会場で伝えた番号と変わった方がいます（8番→10番、9番→11番）。" in made.message
    found = entries_by_name(store, event_id)
    assert (found["飛入 𠮷子"].number, found["外野 見本"].number) == (10, 11)
    assert "番号の変わった方 8番→10番、9番→11番" in by_id(store.database, Checkout, made.id).note


def test_both_sides_received_the_same_person_at_different_minutes_and_the_earlier_one_stays(store, event_id, path):
    the_day(path, event_id)
    office = entries_by_name(store, event_id)["髙橋 見本子"].id
    for now, verdict, stays in ((BACK, "入れる", DOOR), (DOOR.replace(hour=13, minute=2), "済", None)):
        reception_services.receive(ActionContext(store, "同僚 見本", now), entry_id=office)
        preview = read_return(store, path=path, password=PASSWORD)
        assert preview.conflicts == ()
        found = next(one for one in preview.differences if "髙橋" in one.who_words and one.kind == "出欠")
        assert found.verdict == verdict
        if stays is not None:
            reception_services.undo_check_in(ActionContext(store, "同僚 見本", now), entry_id=office)
    bring_back(store, path)
    assert entries_by_name(store, event_id)["髙橋 見本子"].attended_at == DOOR.replace(hour=13, minute=2)
    [lent] = [one for one in roster.loans(store.database, event_id) if one.entry_id == office]
    assert (lent.out_at, lent.back_at) == (DOOR.replace(hour=13, minute=2), DOOR)


def test_somebody_the_office_took_off_the_list_comes_back_only_when_chosen(store, event_id, path):
    the_day(path, event_id)
    gone = entries_by_name(store, event_id)["髙橋 見本子"].id
    entry_changes.remove_entries(ActionContext(store, **OFFICE), entry_ids=(gone,))
    conflicts = {one.kind: one for one in read_return(store, path=path, password=PASSWORD).conflicts}
    assert conflicts["出欠"].office == "名簿から外した"
    bring_back(store, path, {one.key: "会場" for one in conflicts.values()})
    found = entries_by_name(store, event_id)["髙橋 見本子"]
    assert (found.attendance, found.attended_at, found.number) == ("出席", DOOR, 2)


def test_a_name_the_office_learnt_meanwhile_is_a_conflict_unless_it_is_the_same(store, event_id, path):
    the_day(path, event_id)
    place = entries_by_name(store, event_id)[""].id
    name_entry(ActionContext(store, **OFFICE), entry_id=place, name="別人 見本")
    naming = next(one for one in read_return(store, path=path, password=PASSWORD).differences if one.kind == "氏名")
    assert (naming.verdict, naming.venue, naming.office) == ("食い違い", "後から 見本", "別人 見本")
    history_services.undo(store, **OFFICE)
    name_entry(ActionContext(store, **OFFICE), entry_id=place, name="後から 見本")
    naming = next(one for one in read_return(store, path=path, password=PASSWORD).differences if one.kind == "氏名")
    assert naming.verdict == "済"


def test_a_counted_day_is_counted_again(store, event_id, path):
    the_day(path, event_id)
    close_reception(ActionContext(store, **OFFICE), event_id=event_id)
    conflicts = read_return(store, path=path, password=PASSWORD).conflicts
    bring_back(store, path, {one.key: "会場" for one in conflicts})
    found = events.result(store.database, event_id)
    assert (found.applied, found.attended, found.absent) == (7, 4, 1)


def test_a_file_of_another_folder_is_refused_and_left_alone(store, event_id, path, tmp_path):
    other = started_year(tmp_path / "other")
    object.__setattr__(other, "keys", type(store.keys)(**{**vars(store.keys), "hashes": bytes(32)}))
    assert event_with_secrets(other) == event_id
    take_out(other, event_id, tmp_path / "other")
    data = path.read_bytes()
    for act in (lambda: read_return(other, path=path, password=PASSWORD), lambda: bring_back(other, path)):
        with pytest.raises(UserError, match="持ち出したものではありません"):
            act()
    assert path.read_bytes() == data
    assert came(other, event_id) == set()


def test_a_wrong_password_or_no_checker_brings_nothing_back(store, event_id, path):
    the_day(path, event_id)
    before = rows(store)
    with pytest.raises(WrongPassword):
        read_return(store, path=path, password="not the right one")
    with pytest.raises(UserError, match="返却確認者"):
        bring_back(store, path, checked_by=" ")
    assert rows(store) == before
    assert path.exists()


def test_a_cancelled_row_brings_nothing_back_and_a_lost_file_stays_open(store, event_id, path):
    row = files_outside(store.database, event_id)[0]
    assert [one.state for one in list_checkouts(store, now=BACK.replace(day=26)).rows] == ["返却予定を過ぎています"]
    checkouts_services.cancel_checkout(ActionContext(store, BY, OUT), checkout_id=row.id, reason="作り直した")
    with pytest.raises(UserError, match="取消"):
        read_return(store, path=path, password=PASSWORD)
    assert files_outside(store.database, event_id) == ()


def test_a_return_noted_by_hand_does_not_keep_the_file_from_being_read(store, event_id, path):
    the_day(path, event_id)
    row = files_outside(store.database, event_id)[0]
    checkouts_services.record_return(
        ActionContext(store, BY, BACK), checkout_id=row.id, returned_at=OUT.replace(hour=16), checked_by="先の 見本"
    )
    with store.change(action="試験の用意", by="用意", now=BACK) as change:
        change.update(Checkout, row.id, note="受付の記録を名簿に戻したかは、まだ見ていない")
    bring_back(store, path)
    found = by_id(store.database, Checkout, row.id)
    assert (found.returned_at, found.return_checked_by) == (OUT.replace(hour=16), "先の 見本")
    assert "髙橋 見本子" in came(store, event_id)


def test_a_file_that_cannot_be_deleted_is_said_and_stands_so_in_the_ledger(store, event_id, path, monkeypatch):
    the_day(path, event_id)

    def refuse(_file):
        raise PermissionError(13, "locked")

    monkeypatch.setattr(day_file.DayFile, "destroy", refuse)
    made = bring_back(store, path)
    assert not made.can_undo
    assert "手で消してください" in made.message
    row = by_id(store.database, Checkout, made.id)
    assert (row.disposed_at, row.returned_at) == (None, BACK)
    assert "消去できず" in row.note
    assert "髙橋 見本子" in came(store, event_id)


def test_nothing_saved_in_the_office_leaves_the_file_as_it_was(store, event_id, path):
    the_day(path, event_id)
    data = path.read_bytes()
    store.read_only = True
    with pytest.raises(Exception, match="閲覧専用"):
        bring_back(store, path)
    assert path.read_bytes() == data
    assert all(not one.attendance for one in roster.entries(store.database, event_id) if isinstance(one, Entry))


@pytest.fixture
def numbered(store, event_id, tmp_path):
    """The file of an event whose letters bear 入場番号; the number of each, by name."""
    enable_admission_numbers(ActionContext(store, BY, OUT), event_id=event_id, on=True)
    path = take_out(store, event_id, tmp_path).path
    return path, {name: one.admission for name, one in entries_by_name(store, event_id).items() if one.admission}


def stands_in(path, event_id, name: str, *, for_: str) -> None:
    """At the venue somebody comes in the place of another."""
    with at_venue(path) as day:
        first = entries_by_name(day.store, event_id)[for_]
        entry_changes.replace_person(
            ActionContext(day.store, **at_door(day)), entry_id=first.id, wanted=WantedPerson(name=name), arriving=True
        )


def admissions(store, event_id) -> dict[str, int | None]:
    return {name: one.admission for name, one in entries_by_name(store, event_id).items()}


def test_at_the_venue_the_number_of_the_letter_is_taken_and_goes_with_the_place(store, event_id, numbered):
    path, told = numbered
    with at_venue(path) as day:
        door = read_reception(day.store, event_id=event_id)
        found = matching_rows(door.rows, str(told["齋藤 見本"]))[0]
        assert found.name == "齋藤 見本"
        reception_services.receive(ActionContext(day.store, **at_door(day)), entry_id=found.entry_id)
    stands_in(path, event_id, "代理 見本", for_="髙橋 見本子")
    bring_back(store, path)
    now = admissions(store, event_id)
    assert came(store, event_id) == {"齋藤 見本", "代理 見本"}
    assert (now["代理 見本"], now["髙橋 見本子"]) == (told["髙橋 見本子"], None)
    kept = {name: number for name, number in now.items() if name not in ("代理 見本", "髙橋 見本子")}
    assert kept == {name: told.get(name) for name in kept}


def test_a_number_is_not_there_twice_when_the_office_received_the_one_whose_place_was_taken(store, event_id, numbered):
    path, told = numbered
    stands_in(path, event_id, "代理 見本", for_="髙橋 見本子")
    first = entries_by_name(store, event_id)["髙橋 見本子"]
    reception_services.receive(ActionContext(store, BY, DOOR), entry_id=first.id)
    conflicts = read_return(store, path=path, password=PASSWORD).conflicts
    bring_back(store, path, {one.key: "事務所" for one in conflicts})
    now = admissions(store, event_id)
    assert (now["髙橋 見本子"], now["代理 見本"]) == (told["髙橋 見本子"], None)


def test_numbers_given_while_the_file_was_outside_go_with_the_place_too(store, event_id, path):
    enable_admission_numbers(ActionContext(store, BY, OUT), event_id=event_id, on=True)
    given = admissions(store, event_id)["髙橋 見本子"]
    stands_in(path, event_id, "代理 見本", for_="髙橋 見本子")
    bring_back(store, path)
    now = admissions(store, event_id)
    assert (now["代理 見本"], now["髙橋 見本子"]) == (given, None)


def test_who_was_taken_off_the_list_and_comes_back_keeps_the_number_of_the_letter(store, event_id, numbered):
    path, told = numbered
    with at_venue(path) as day:
        entry = entries_by_name(day.store, event_id)["齋藤 見本"]
        reception_services.receive(ActionContext(day.store, **at_door(day)), entry_id=entry.id)
    entry_changes.remove_entries(ActionContext(store, BY, DOOR), entry_ids=(entry.id,))
    conflicts = read_return(store, path=path, password=PASSWORD).conflicts
    bring_back(store, path, {one.key: "会場" for one in conflicts})
    assert admissions(store, event_id)["齋藤 見本"] == told["齋藤 見本"]
