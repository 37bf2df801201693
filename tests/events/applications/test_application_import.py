"""Applications from a file: an outcome for every row, nothing twice, what a clerk sets right, taken back as a whole."""

import re
from datetime import date, datetime
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.events.applications.services import application_import, application_writing, manual_entry
from app.events.applications.services import applications as service
from app.events.applications.services.application_preview import FileColumns, RowCorrection
from app.events.applications.services.manual_entry import TypedApplication
from app.events.roster.services.roster import read_roster
from db.records.applications import ImportTarget
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.roster import Entry
from db.rows import by_id
from db.tables import applications as table
from db.tables import organisations
from tests.support.application_rows import BY, HEADINGS, NOW, row, write_csv, year_store
from tests.support.stores import made_by

WHO = {"by": BY, "now": NOW}
acting = partial(ActionContext, by=BY, now=NOW)
ONE, TWO = "みほん一丁目町会", "みほん二丁目自治会"

store = made_by(
    lambda place: year_store(place, organisations=[("第1支部", ONE), ("第2支部", TWO), ("第3支部", "みほん親和会")])
)


@pytest.fixture
def take(store, tmp_path):
    """Write rows into a file and take it in for the first event."""

    def run(*rows, event_id=1, **given):
        path = write_csv(tmp_path / "申込.csv", rows)
        return application_import.import_applications(acting(store), path=path, event_id=event_id, **given)

    return run


def outcomes(preview):
    return [shown.outcome for shown in preview.rows]


def names(store, event_id=1):
    return [one.name for one in read_roster(store, event_id=event_id).rows]


def test_a_new_row_gives_person_entry_and_contacts_with_purpose_and_no_date_of_birth(store, take):
    made = take(row(1, "髙橋　みほん", 人数="3", 配慮="車いす", 端末="貸与", メール="mihon@example.jp"))
    (first, *others) = read_roster(store, event_id=1).rows
    assert (first.name, first.entry.device, first.entry.care, first.entry.way) == (
        "髙橋　みほん", "貸与", "車いす", "電子",
    )  # fmt: skip
    assert first.entry.applied_at == datetime(2026, 9, 2, 9, 1)
    assert [(one.name, one.entry.care, one.is_coming) for one in others] == [("氏名未定", "", True)] * 2
    contacts = organisations.contacts_of_person(store.database, first.person.id)
    assert {(one.kind, one.value, one.purpose, one.dispose_on) for one in contacts} == {
        ("電話", "03-0000-0001", application_writing.DEFAULT_PURPOSE, date(2027, 4, 30)),
        ("メール", "mihon@example.jp", application_writing.DEFAULT_PURPOSE, date(2027, 4, 30)),
    }
    assert made.preview.headings_of("dropped") == ["生年月日", "性別"]
    stored = "".join(
        str(line)
        for name in ("applications", "people", "contacts", "foreign_imports", "journal")
        for line in store.database.query(f"SELECT * FROM [{name}]")
    )
    assert "1950" not in re.sub(r"[0-9a-f]{64}", "", stored)  # in a hash it may stand by chance


def test_a_remark_on_a_row_is_added_to_that_of_its_first_place_and_once(store, take):
    one = row(1, "髙橋　みほん", 人数="2")
    take(one, mends={1: RowCorrection(note="遅れます")})
    assert [entered.entry.note for entered in read_roster(store, event_id=1).rows] == ["遅れます", ""]
    for words, device, at in (("遅れます", "貸与", "9/5"), ("先に帰ります", "持参", "9/6")):
        again = row(1, "髙橋　みほん", 人数="2", 端末=device, at=f"2026/{at} 9:00")
        take(again, mends={1: RowCorrection(note=words)})
    assert read_roster(store, event_id=1).rows[0].entry.note == "遅れます\n先に帰ります"


def test_the_same_file_twice_changes_nothing_and_next_weeks_adds_what_is_new(store, take):
    first = row(1, "髙橋　みほん")
    take(first)
    before = len(list(store.database.query("SELECT seq FROM journal")))
    again = take(first)
    assert (outcomes(again.preview), again.id) == (["重複"], 0)
    assert again.preview.rows[0].reason == "受付番号 00001 は取込み済み"
    assert len(list(store.database.query("SELECT seq FROM journal"))) == before
    later = take(first, row(2, "佐藤　みほん", TWO))
    assert outcomes(later.preview) == ["重複", "新規"]
    assert names(store) == ["髙橋　みほん", "佐藤　みほん"]


def test_the_same_person_again_changes_the_entry_and_keeps_the_time_of_the_first(store, take):
    made = take(
        row(1, "髙橋　みほん", at="2026/09/03 9:00"),
        row(2, "髙橋みほん", at="2026/09/05 9:00", phone="0300000001", 端末="貸与", 人数="2"),
    )
    assert outcomes(made.preview) == ["新規", "更新"]
    assert made.preview.rows[1].reason == "2行目と同じ人の申込。端末　持参→貸与、人数　1人→2人"
    (first, second) = read_roster(store, event_id=1).rows
    assert (first.name, first.entry.device, second.name) == ("髙橋　みほん", "貸与", "氏名未定")
    assert first.entry.applied_at == datetime(2026, 9, 3, 9, 0)


def test_the_later_application_counts_whatever_the_order_in_the_file(store, take):
    made = take(
        row(2, "髙橋　みほん", at="2026/09/05 9:00", phone="03-0000-0001", 端末="貸与"),
        row(1, "髙橋　みほん", at="2026/09/03 9:00", 端末="持参"),
    )
    assert outcomes(made.preview) == ["更新", "新規"]
    (only,) = read_roster(store, event_id=1).rows
    assert (only.entry.device, only.entry.applied_at) == ("貸与", datetime(2026, 9, 3, 9, 0))


def test_an_earlier_application_that_turns_up_later_only_sets_the_time_right(store, take):
    take(row(2, "髙橋　みほん", at="2026/09/05 9:00", phone="03-0000-0001", 端末="貸与"))
    made = take(row(1, "髙橋　みほん", at="2026/09/03 9:00", 端末="持参"))
    assert outcomes(made.preview) == ["更新"]
    (only,) = read_roster(store, event_id=1).rows
    assert (only.entry.device, only.entry.applied_at) == ("貸与", datetime(2026, 9, 3, 9, 0))
    assert outcomes(take(row(1, "髙橋　みほん", at="2026/09/03 9:00", 端末="持参")).preview) == ["重複"]


def test_one_name_in_two_places_or_with_two_numbers_stays_two_people(store, take):
    made = take(row(1, "髙橋　みほん"), row(2, "髙橋　みほん", TWO), row(3, "髙橋　みほん", phone="090-0000-0003"))
    assert outcomes(made.preview) == ["新規", "新規", "確認が必要"]
    assert "電話番号の違う申込" in made.preview.rows[2].reason
    assert len(organisations.all_people(store.database)) == 2
    decided = take(row(3, "髙橋　みほん", phone="090-0000-0003"), mends={1: RowCorrection(decision="取り込む")})
    assert outcomes(decided.preview) == ["新規"]
    assert len(organisations.all_people(store.database)) == 3


def test_an_application_may_wish_for_several_events_and_is_kept_once(store, take):
    both = row(1, "髙橋　みほん", wishes="LINE講習会,Instagram講習会")
    take(both)
    made = take(both, event_id=3)
    assert outcomes(made.preview) == ["新規"]
    assert names(store, 1) == names(store, 3) == ["髙橋　みほん"]
    assert len(list(store.database.query("SELECT id FROM applications"))) == 1
    assert len(organisations.all_people(store.database)) == 1


def test_rows_that_wish_for_other_events_stay_out_and_say_so(store, take):
    made = take(
        row(1, "髙橋　みほん", wishes="Instagram講習会"), row(2, "佐藤　みほん", wishes="Excel講習会,LINE講習会")
    )
    assert outcomes(made.preview) == ["取り込まない", "確認が必要"]
    assert made.preview.rows[0].reason == "別の実施回を希望（Instagram講習会）"
    assert made.preview.rows[1].reason == "希望の「Excel講習会」に当たる実施回がありません"


def test_an_option_of_several_rows_that_the_year_does_not_hold_is_said_once_for_the_file(store, take):
    made = take(
        *(row(n, f"見本　{n}子", wishes="Excel講習会,LINE講習会") for n in (1, 2)),
        row(3, "見本　3子", wishes="Word講習会,LINE講習会"),
        row(4, "見本　4子"),
    )
    said = [one for one in made.preview.notices if "希望" in one]
    assert said == ["この年度の実施回にない希望：Excel講習会"], "not those of the year, nor a slip in one row"


def test_who_filled_in_a_form_applied_electronically_unless_the_row_says_another_way(store, tmp_path):
    head = ("タイムスタンプ", "団体名", "氏名", "電話番号", "申込方法")
    lines = (
        ("2026/09/01 9:00:00", ONE, "見本　一子", "03-0000-0001", ""),
        ("2026/09/02 9:00:00", ONE, "見本　二子", "03-0000-0002", "FAX"),
        ("2026/09/03 9:00:00", ONE, "見本　三子", "03-0000-0003", "会長が聞き取り"),
    )
    path = tmp_path / "回答.csv"
    path.write_text("".join(",".join(f'"{cell}"' for cell in one) + "\r\n" for one in (head, *lines)), "utf-8")
    made = application_import.import_applications(acting(store), path=path, event_id=1)
    assert [one.way for one in made.preview.rows] == ["電子", "FAX", ""]
    assert [one.entry.way for one in read_roster(store, event_id=1).rows] == ["電子", "FAX", ""]


def test_without_an_event_each_wish_names_its_event_and_an_open_one_is_asked_and_remembered(store, take):
    rows = (
        row(1, "髙橋　みほん", wishes="LINE講習会,Instagram講習会"),
        row(2, "佐藤　みほん", TWO, wishes="Instagram講習会"),
    )
    made = take(*rows, event_id=None)
    assert outcomes(made.preview) == ["確認が必要", "新規"]
    assert "当たる実施回が2つあります" in made.preview.rows[0].reason
    (line, instagram) = made.preview.wishes
    assert (line.candidates, line.event_id, instagram.event_id) == ((1, 2), None, 3)
    application_import.save_wishes(acting(store), source_key=made.preview.mapped.key, wishes={"LINE講習会": 2})
    assert outcomes(take(*rows, event_id=None).preview) == ["新規", "重複"]
    assert (names(store, 2), names(store, 3)) == (["髙橋　みほん"], ["髙橋　みほん", "佐藤　みほん"])


def test_doubtful_rows_wait_and_come_in_marked_only_when_asked(store, take):
    rows = (
        row(1, "?田　みほん"), row(2, "佐藤　みほん", "みほん親和町会"), row(3, "テスト 太郎", TWO),
        row(4, "鈴木　みほん", 人数="2～3"), row(5, "", TWO, ふりがな="ミホン"),
    )  # fmt: skip
    made = take(*rows)
    assert outcomes(made.preview) == ["確認が必要"] * 5
    assert [one.name for one in made.preview.rows[1].similar_organisations] == ["みほん親和会"]
    assert names(store) == []
    take(*rows, include_doubtful=True)
    assert all(one.entry.doubtful for one in read_roster(store, event_id=1).rows)
    assert names(store)[-1] == "氏名未定"
    assert [one.person is None for one in service.applications_of_event(store, event_id=1).rows] == [False] * 4 + [True]


def test_which_organisation_a_name_of_several_rows_means_is_asked_once(store, take):
    rows = (
        *(row(number, name, "みほん親和町会") for number, name in enumerate(("佐藤　みほん", "鈴木　みほん"), 1)),
        *(row(number, name, "みほん新会") for number, name in enumerate(("岩﨑　みほん", "森田　みほん"), 3)),
        row(5, "本間　みほん", "みほん単独町会"),
        row(6, "髙橋　みほん"),
    )
    asked = {one.words: one for one in take(*rows).preview.questions}
    assert {words: (one.options, one.rows) for words, one in asked.items()} == {
        "みほん親和町会": (("みほん親和会（第3支部）", "一覧に無い団体"), (1, 2)),
        "みほん新会": (("一覧に無い団体",), (3, 4)),
    }
    answers = {asked["みほん親和町会"].key: "みほん親和会（第3支部）", asked["みほん新会"].key: "一覧に無い団体"}
    made = take(*rows, answers=answers)
    assert outcomes(made.preview) == ["新規"] * 4 + ["確認が必要", "重複"]
    assert [one.answer for one in made.preview.questions] == ["みほん親和会（第3支部）", "一覧に無い団体"]
    assert [(one.name, one.organisation_name, one.entry.doubtful) for one in read_roster(store, event_id=1).rows] == [
        ("佐藤　みほん", "みほん親和会", ""), ("鈴木　みほん", "みほん親和会", ""),
        ("岩﨑　みほん", "みほん新会", ""), ("森田　みほん", "みほん新会", ""), ("髙橋　みほん", ONE, ""),
    ]  # fmt: skip
    apart = {**answers, asked["みほん親和町会"].key: "一覧に無い団体"}
    assert [one.organisation_name for one in take(*rows, answers=apart).preview.rows[:2]] == ["みほん親和町会"] * 2


def test_a_row_set_right_comes_in_without_a_mark_and_the_file_stays_as_it_is(store, take, tmp_path):
    rows = (row(1, "?田　みほん", 人数="2～3"), row(2, "佐藤　みほん", "みほん親和町会"), row(3, "鈴木　みほん", TWO))
    mends = {
        1: RowCorrection(name="𠮷田　みほん", people=2, decision="取り込む"),
        2: RowCorrection(organisation_id=3, decision="取り込む"),
        3: RowCorrection(decision="取り込まない"),
    }
    made = take(*rows, mends=mends)
    assert outcomes(made.preview) == ["新規", "新規", "取り込まない"]
    roster = read_roster(store, event_id=1)
    assert [(one.name, one.organisation_name) for one in roster.rows] == [
        ("𠮷田　みほん", ONE), ("氏名未定", ONE), ("佐藤　みほん", "みほん親和会"),
    ]  # fmt: skip
    assert not any(one.entry.doubtful for one in roster.rows)
    assert "?田　みほん" in (tmp_path / "申込.csv").read_text("utf-8")
    assert outcomes(take(*rows).preview) == ["重複", "重複", "新規"]


def test_a_withdrawn_row_stays_out_unless_its_person_is_on_the_roster(store, take):
    assert outcomes(take(row(1, "髙橋　みほん", 状態="取下げ")).preview) == ["取り込まない"]
    take(row(1, "髙橋　みほん"))
    gone = row(1, "髙橋　みほん", 状態="取下げ")
    made = take(gone)
    assert outcomes(made.preview) == ["確認が必要"]
    assert names(store) == ["髙橋　みほん"]
    take(gone, mends={1: RowCorrection(decision="取り込む")})
    assert [one.entry.state for one in read_roster(store, event_id=1).rows] == ["辞退"]


def test_nobody_who_came_withdraws_by_a_list_nor_becomes_a_place_too_many(store, take):
    take(row(1, "髙橋　みほん", 人数="3"))
    entries = [one.entry for one in read_roster(store, event_id=1).rows]
    with store.change(action="受付", **WHO) as change:
        for entry in entries[1:]:
            change.update(Entry, entry.id, attendance="出席")
    gone = take(row(1, "髙橋　みほん", 状態="取下げ"), mends={1: RowCorrection(decision="取り込む")})
    assert outcomes(gone.preview) == ["確認が必要"]
    assert gone.preview.rows[0].reason.endswith("受付済の人がいるため、取り込めません")
    take(row(2, "髙橋　みほん", 人数="1"))
    assert [one.entry.state for one in read_roster(store, event_id=1).rows] == ["申込"] * 3


def test_an_import_is_taken_back_later_with_everything_it_brought(store, take):
    before = organisations.all_people(store.database)
    made = take(row(1, "髙橋　みほん", 人数="2"), row(2, "佐藤　みほん", TWO))
    take(row(3, "鈴木　みほん", TWO))
    application_import.undo_import(acting(store), import_id=made.id)
    assert names(store) == ["鈴木　みほん"]
    assert [one.name for one in organisations.all_people(store.database)] == [
        *(one.name for one in before),
        "鈴木　みほん",
    ]
    assert [line.imported.new for line in service.list_imports(store)] == [1]
    assert outcomes(take(row(1, "髙橋　みほん", 人数="2")).preview) == ["新規"]


def test_an_import_that_was_built_on_is_not_taken_back_and_the_later_action_is_named(store, take):
    made = take(row(1, "髙橋　みほん"))
    entry = read_roster(store, event_id=1).rows[0].entry
    with store.change(action="参加者を決めた", by=BY, now=NOW) as change:
        change.update(Entry, entry.id, state="決定")
    with pytest.raises(UserError, match="参加者を決めた"):
        application_import.undo_import(acting(store), import_id=made.id)
    assert names(store) == ["髙橋　みほん"]


def test_columns_set_by_hand_are_remembered_for_the_source(store, tmp_path):
    odd = ["名前らしきもの" if heading == "お名前" else heading for heading in HEADINGS]
    path = tmp_path / "a.csv"
    path.write_text(",".join(odd) + "\n" + ",".join(row(1, "髙橋　みほん")), encoding="utf-8")
    place = HEADINGS.index("お名前")
    chosen = {
        one.index: one.field
        for one in application_import.preview_applications(store, path=path, event_id=1).mapped.columns
    }
    chosen[place] = "role"
    preview = application_import.preview_applications(store, path=path, event_id=1, columns=chosen)
    assert preview.needs_columns == "氏名の列がわかりません"
    with pytest.raises(UserError, match="氏名の列"):
        application_import.import_applications(acting(store), path=path, event_id=1, columns=chosen)
    chosen[place] = "name"
    file = application_import.read_application_file(path)
    application_import.save_columns(acting(store), file=file, columns=chosen)
    later = application_import.preview_applications(store, path=path, event_id=1)
    assert (later.mapped.is_remembered, later.rows[0].name, later.headings_of("dropped")) == (
        True,
        "髙橋　みほん",
        ["生年月日", "性別"],
    )


def test_a_file_changed_since_it_was_looked_at_is_not_taken(store, take):
    with pytest.raises(UserError, match="中身が変わっています"):
        take(row(1, "髙橋　みほん"), seen_sha256="0" * 64)
    assert table.imports_for(store.database, ImportTarget.APPLICATIONS) == []


def test_no_name_stands_in_the_words_of_the_journal(store, take):
    take(row(1, "髙橋　みほん"))
    assert all("みほん" not in line["action"] for line in store.database.query("SELECT action FROM journal"))


def test_of_two_people_of_one_name_in_one_organisation_the_number_tells_which(store, take):
    with store.change(action="準備", by=BY, now=NOW) as change:
        first, second = (change.insert(Person(organisation_id=1, name="髙橋　みほん")) for _ in range(2))
        change.insert(Contact(person_id=second, value="090-0000-0002"))
    made = take(row(1, "髙橋　みほん"), row(2, "髙橋　みほん", phone="090-0000-0002"))
    assert outcomes(made.preview) == ["確認が必要", "新規"]
    assert "2人、団体の名簿にいます" in made.preview.rows[0].reason
    assert [one.person.id for one in read_roster(store, event_id=1).rows] == [second] != [first]


def test_a_name_without_any_organisation_is_only_known_by_its_number(store, tmp_path):
    heads = ("受付番号", "申込日時", "氏名", "電話番号")
    lines = [
        ("1", "2026/09/01 9:00", "髙橋　みほん", "03-0000-0001"),
        ("2", "2026/09/02 9:00", "髙橋みほん", "0300000001"),
        ("3", "2026/09/03 9:00", "髙橋　みほん", "03-0000-0003"),
        ("4", "2026/09/04 9:00", "佐藤　みほん", ""),
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(line) for line in (heads, *lines)), encoding="utf-8")
    preview = application_import.preview_applications(store, path=path, event_id=1)
    assert outcomes(preview) == ["新規", "重複", "新規", "確認が必要"]
    application_import.import_applications(acting(store), path=path, event_id=1)
    assert names(store) == ["髙橋　みほん", "髙橋　みほん"]


def test_the_same_contact_comes_once_and_lives_as_long_as_the_later_purpose(store, take):
    take(row(1, "髙橋　みほん"))
    application_writing.set_contact_rule(acting(store), purpose="中止の連絡", dispose_on=date(2027, 6, 30))
    take(row(2, "髙橋　みほん", phone="０３－００００－０００１", wishes="Instagram講習会"), event_id=3)
    (person,) = organisations.all_people(store.database)
    (contact,) = organisations.contacts_of_person(store.database, person.id)
    assert (contact.value, contact.dispose_on) == ("03-0000-0001", date(2027, 6, 30))


def test_a_file_for_a_cancelled_or_finished_event_says_so_before_it_is_taken_in(store, tmp_path):
    with store.change(action="中止", subject="events", event_id=1, **WHO) as change:
        change.update(Event, 1, status=EventStatus.CANCELLED)
    path = write_csv(tmp_path / "申込.csv", [row(1, "見本　花子", ONE)])
    preview = application_import.preview_applications(store, path=path, event_id=1)
    assert any("は中止です。取り込むと、その名簿に加わります。" in one for one in preview.notices)
    assert not any(
        "中止" in one for one in application_import.preview_applications(store, path=path, event_id=2).notices
    )


def test_a_file_that_speaks_of_another_kind_of_event_is_warned_of(store, tmp_path):
    path = write_csv(tmp_path / "アドバイザー派遣申込.csv", [row(1, "見本 花子", ONE)])
    of_kind = write_csv(tmp_path / "意見交換会の申込.csv", [row(1, "見本 花子", ONE)])

    preview = application_import.preview_applications(store, path=path, event_id=4)
    assert preview.notices[0].startswith("派遣の申込のファイルのようです（取込先は")
    assert not any(
        "のようです" in one for one in application_import.preview_applications(store, path=of_kind, event_id=4).notices
    )


def test_the_days_that_a_file_asks_for_speak_of_a_visit_unless_its_name_or_the_event_says_otherwise(store):
    lecture, talk = (by_id(store.database, Event, number) for number in (1, 4))
    with store.change(action="派遣", by="準備", now=NOW, subject="events") as change:
        visit_id = change.insert(Event(kind="派遣", form=EventForm.VISIT, subject="派遣", ordinal=1))
    visit = by_id(store.database, Event, visit_id)

    def warned(event, name, *fields):
        columns = FileColumns(fields=dict(enumerate(fields)), columns=(), is_remembered=False, key="", open_columns=())
        said = application_import._other_kind_warnings(store, name, columns, event)
        return [one.partition("の申込のファイルのようです")[0] for one in said]

    assert warned(lecture, "申込.csv", "name", "organisation") == []
    assert warned(lecture, "申込.csv", "name", "date1") == ["派遣"]
    assert warned(talk, "申込.csv", "name", "date1") == ["派遣"]
    assert warned(lecture, "申込.csv", "name", "date2") == []
    assert warned(visit, "申込.csv", "name", "date1") == []
    assert warned(lecture, "講習申込.csv", "name", "date1") == []
    assert warned(lecture, "意見交換会申込.csv", "name", "date1") == ["意見交換会"]
    assert warned(visit, "講習と意見交換.csv", "name") == ["講習会"]
    assert warned(None, "派遣.csv", "name", "date1") == []


@pytest.mark.parametrize(("mends", "people"), [({}, 3), ({1: RowCorrection(people=2)}, 2)])
def test_a_file_that_does_not_ask_how_many_come_leaves_the_places_unless_a_clerk_says_how_many(
    store, tmp_path, mends, people
):
    typed = TypedApplication(event_id=1, organisation_id=1, name="髙橋　みほん", people=3, phone="03-0000-0001")
    manual_entry.add_application(acting(store), typed=typed)
    path = tmp_path / "申込.csv"
    line = f"{ONE},髙橋　みほん,会計,03-0000-0001,貸与"
    path.write_text(f"団体名,お名前,役職,電話番号,当日の端末\n{line}\n", encoding="utf-8")
    application_import.import_applications(acting(store), path=path, event_id=1, mends=mends)
    found = read_roster(store, event_id=1)
    assert (found.rows[0].entry.device, len(found.coming_rows)) == ("貸与", people)
