"""Lists of 団体: every row has its outcome, nothing known is lost, twice the same changes nothing, one undo."""

from datetime import date, datetime
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.history import services as history_services
from app.importing.list_target import past_imports, revert_import
from app.importing.row_target import RowChoice
from app.programme.rules import ORGANISATIONS as ORGANISATIONS_KEPT
from app.registers.register.services.organisation_merge import suggest_duplicates
from app.registers.register.services.organisation_target import ORGANISATIONS
from app.registers.register.services.organisation_view import read_organisation
from app.registers.register.services.organisations import create_organisation, list_organisations
from app.registers.register.services.people import add_person
from app.registers.register.services.search import find_organisations, find_people
from db.records.applications import ImportTarget
from db.records.organisations import Contact, Organisation, Person
from db.rows import rows
from db.tables import applications
from tests.support.organisation_lists import import_organisations, preview_organisations
from tests.support.years import BY

NOW = datetime(2026, 9, 1, 9, 0)
WHO = {"by": BY, "now": NOW}
SAMPLES = Path(__file__).parents[2] / "fixtures" / "organisations"
BOOK = SAMPLES / "11_団体一覧.xlsx"
TEXT = SAMPLES / "12_団体一覧_SJIS.csv"
HEAD = "支部,団体名,会長名,連絡先,世帯数,LINE,補助金\n"


@pytest.fixture
def listed(tmp_path):
    def write(*rows: str, head: str = HEAD, name: str = "一覧.csv") -> Path:
        path = tmp_path / name
        path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        return path

    return write


def look(store, path, **more):
    return preview_organisations(store, path=path, today=NOW.date(), **more)


def counts(preview):
    return {
        one: preview.count(one) for one in ("新規", "更新", "重複", "確認が必要", "取り込まない") if preview.count(one)
    }


def whole(store):
    names = [name for name in store.database.table_names() if name not in ("journal", "_sqlite_migrations", "facts")]
    return {name: list(store.database.query(f"SELECT * FROM [{name}] ORDER BY 1")) for name in names}


def view(store, name):
    return read_organisation(store, organisation_id=find_organisations(store, text=name, limit=1)[0].id)


def test_the_sample_workbook_becomes_17_branches_and_247_organisations(store):
    preview = look(store, BOOK)
    assert counts(preview) == {"新規": 247, "取り込まない": 1}
    assert (preview.rows[-1].spreadsheet_row, preview.rows[-1].reason[:6]) == (252, "合計の行「合")
    imported = import_organisations(store, path=BOOK, seen_sha256=preview.sha256, **WHO)
    assert imported.message == "団体247件を加えました。"
    found = list_organisations(store)
    assert (found.total, found.branch_count) == (247, 17)
    row = applications.imports_for(store.database, ImportTarget.ORGANISATIONS)[0]
    assert (row.new, row.file_name, row.source) == (247, "11_団体一覧.xlsx", "団体一覧のExcelブック")
    assert [hit.branch for hit in (one.organisation for one in find_organisations(store, text="親和町会"))][:2]


def test_names_phones_households_and_stages_of_the_sample_arrive_as_they_stand_there(store):
    import_organisations(store, path=BOOK, **WHO)
    assert view(store, "光が森３号棟").organisation.name == "光が森３号棟自治会"
    assert find_people(store, text="葛西 敏明", limit=1)[0].person.name == "葛󠄀西　敏明"
    vacant = view(store, "桜見台西町会")
    assert vacant.members == ()
    assert {line.tool: line.stage for line in vacant.stages} == {
        "LINE": "×",
        "Instagram": "3",
        "HP": "2",
        "キャッシュレス": "×",
    }
    restored = view(store, "桜見台管理組合自治会").contacts[0]
    assert (restored.value.replace("-", ""), restored.purpose) == ("08000001353", "団体への連絡")
    assert restored.dispose_on == date(2027, 4, 30)
    assert view(store, "早稲見本町会").organisation.households_text == "約300"
    assert view(store, "関根野親和会").subsidies[0].note == "申請中"
    out_of_range = {line.tool: line.stage for line in view(store, "桜見台本町会").stages}
    assert "キャッシュレス" not in out_of_range
    chair = view(store, "桜見台上町会").members[0]
    assert (chair.person.name, chair.person.role, chair.membership.role) == ("小嶋　健三", "会長", "会長")


def test_the_same_file_twice_changes_nothing(store):
    import_organisations(store, path=BOOK, **WHO)
    before = whole(store)
    again = import_organisations(store, path=BOOK, **WHO)
    assert counts(again.preview) == {"重複": 247, "取り込まない": 1}
    assert "何も変えていません" in again.message
    assert whole(store) == before


def test_lost_characters_never_overwrite_what_is_known_and_are_shown(store):
    import_organisations(store, path=BOOK, **WHO)
    preview = look(store, TEXT)
    assert counts(preview) == {"更新": 9, "重複": 238}
    kept = {row.source.name: one for row in preview.rows for one in row.changes if one.is_kept}
    assert len([one for one in kept.values() if one.kept_reason == "文字が失われている"]) == 10
    assert kept["光が森３号棟自治会"].old == "葛󠄀西　敏明"
    import_organisations(store, path=TEXT, **WHO)
    assert view(store, "光が森３号棟").members[0].person.name == "葛󠄀西　敏明"
    assert store.database.execute("SELECT count(*) FROM people WHERE name LIKE '%?%'").fetchone()[0] == 0
    assert view(store, "桜見台西町会").members[0].person.name == "髙橋　健三"
    assert counts(look(store, TEXT)) == {"重複": 247}


def test_one_undo_takes_a_whole_import_back(store):
    before = whole(store)
    import_organisations(store, path=BOOK, **WHO)
    history_services.undo(store, **WHO)
    assert whole(store) == before


def test_one_undo_takes_back_what_a_later_list_changed(store, listed):
    first = "第1支部,見本あおば町会,髙橋　恵子,03-0000-1111,120,1,30000"
    import_organisations(store, path=listed(first), **WHO)
    before = whole(store)
    import_organisations(store, path=listed("第1支部,見本あおば町会,見本　太郎,03-0000-2222,130,3,40000"), **WHO)
    assert whole(store) != before
    history_services.undo(store, **WHO)
    assert whole(store) == before
    import_organisations(store, path=listed("第1支部,見本あおば町会,見本　太郎,03-0000-2222,130,3,40000"), **WHO)
    revert_import(ActionContext(store, **WHO), ORGANISATIONS, import_id=past_imports(store, ORGANISATIONS)[0].id)
    assert whole(store) == before


def test_changes_are_shown_old_and_new_before_anything_is_written(store, listed):
    import_organisations(store, path=listed("第1支部,見本あおば町会,髙橋　恵子,03-0000-1111,120,1,30000"), **WHO)
    path = listed("第1支部,見本あおば町会,見本　太郎,03-0000-2222,130,3,40000")
    preview = look(store, path, as_of=date(2026, 10, 1))
    assert [one.words for one in preview.rows[0].changes] == [
        "世帯数　120→130",
        "会長名　髙橋　恵子→見本　太郎",
        "電話　03-0000-1111→03-0000-2222",
        "LINE　1 検討中→3 運用開始",
        "補助金　30,000円→40,000円",
    ]
    import_organisations(store, path=path, as_of=date(2026, 10, 1), **WHO)
    found = view(store, "見本あおば町会")
    assert [(line.person.name, line.person.role) for line in found.members] == [
        ("髙橋　恵子", ""),
        ("見本　太郎", "会長"),
    ]
    assert [(line.membership.role, line.membership.to_on) for line in found.former_roles] == [
        ("会長", date(2026, 10, 1))
    ]
    assert [(mark.stage, mark.marked_on) for mark in found.stages[0].history] == [
        ("3", date(2026, 10, 1)),
        ("1", date(2026, 9, 1)),
    ]
    assert [(row.value, row.ended_on) for row in found.contacts] == [
        ("03-0000-2222", None),
        ("03-0000-1111", date(2026, 10, 1)),
    ]
    assert [row.amount for row in found.subsidies] == [40000]


def test_a_chair_known_under_another_spelling_stays_as_registered(store, listed):
    import_organisations(store, path=listed("第1支部,見本あおば町会,髙橋　恵子,,,,"), **WHO)
    preview = look(store, listed("第1支部,見本あおば町会,高橋恵子,,,,"))
    assert preview.rows[0].outcome == "重複"
    (kept,) = [one for one in preview.rows[0].changes if one.is_kept]
    assert kept.words == "会長名　ファイルは「高橋恵子」（表記だけが違う。登録のまま）"


def test_a_member_who_becomes_chair_keeps_one_entry(store, listed):
    made = create_organisation(
        ActionContext(store, **WHO), organisation=Organisation(branch="第1支部", name="見本あおば町会")
    ).id
    person = add_person(ActionContext(store, **WHO), name="渡邉　正", organisation_id=made, role="会計").id
    import_organisations(store, path=listed("第1支部,見本あおば町会,渡辺 正,,,,"), **WHO)
    members = read_organisation(store, organisation_id=made).members
    assert [(line.person.id, line.person.name, line.person.role) for line in members] == [(person, "渡邉　正", "会長")]


def test_another_spelling_of_a_registered_name_is_asked_and_decided_by_a_person(store, listed):
    made = create_organisation(
        ActionContext(store, **WHO), organisation=Organisation(branch="第1支部", name="見本髙台町会")
    ).id
    path = listed("第1支部,見本高台町会,見本　一,,50,,")
    row = look(store, path).rows[0]
    assert (row.outcome, row.similar[0].id) == ("確認が必要", made)
    assert import_organisations(store, path=path, **WHO).preview.rows_to_write == ()
    same = {row.row: RowChoice(action="同じ団体", record_id=made)}
    assert look(store, path, choices=same).rows[0].outcome == "更新"
    import_organisations(store, path=path, choices=same, **WHO)
    found = read_organisation(store, organisation_id=made).organisation
    assert (found.name, found.households) == ("見本髙台町会", 50)
    other = {row.row: RowChoice(action="新しい団体")}
    assert look(store, path, choices=other).rows[0].outcome == "新規"
    assert look(store, path, choices={row.row: RowChoice(action="取り込まない")}).rows[0].outcome == "取り込まない"


def test_a_block_in_digits_and_in_kanji_is_one_organisation_that_a_person_decides_on(store, listed):
    """It was added a second time in silence, and no search for doubles found it."""
    both = listed("第1支部,見本一丁目町会,見本　一,,50,,", "第1支部,見本１丁目町会,見本　一,,,,")
    assert [row.outcome for row in look(store, both).rows] == ["新規", "確認が必要"]
    import_organisations(store, path=both, **WHO)
    (row,) = look(store, listed("第1支部,見本1丁目町会,見本　一,,50,,")).rows
    assert (row.outcome, [one.name for one in row.similar]) == ("確認が必要", ["見本一丁目町会"])
    create_organisation(ActionContext(store, **WHO), organisation=Organisation(branch="第1支部", name="見本１丁目町会"))
    (pair,) = suggest_duplicates(store)
    assert pair.reason == "同じ支部で、名称が同じ（表記の違いだけ）"


def test_rows_that_stand_twice_or_have_no_name_say_so(store, listed):
    preview = look(
        store,
        listed(
            "第1支部,見本あおば町会,見本　一,,100,,",
            "第1支部,見本あおば町会,見本　一,,100,,",
            "第1支部,見本あおば町会,見本　二,,100,,",
            "第1支部,,見本　三,,100,,",
            "第2支部,見本あおば町会,見本　四,,100,,",
        ),
    )
    assert [row.outcome for row in preview.rows] == ["新規", "重複", "確認が必要", "取り込まない", "新規"]
    assert "同じ支部・団体名" in preview.rows[2].reason


def test_columns_set_by_hand_are_remembered_for_the_next_file_of_that_kind(store, listed):
    head = "支部,団体名,ご担当\n"
    path = listed("第1支部,見本あおば町会,見本　一", head=head)
    columns = {0: "branch", 1: "name", 2: "chair"}
    import_organisations(store, path=path, columns=columns, **WHO)
    preview = look(store, listed("第1支部,見本みどり町会,見本　二", head=head, name="次.csv"))
    assert preview.remembered
    assert [(row.source.name, row.source.chair) for row in preview.rows] == [("見本みどり町会", "見本　二")]


def test_a_file_that_changed_since_it_was_shown_is_not_taken(store, listed):
    path = listed("第1支部,見本あおば町会,,,,,")
    seen = look(store, path).sha256
    listed("第1支部,見本ちがう町会,,,,,")
    with pytest.raises(UserError, match="中身が変わっています"):
        import_organisations(store, path=path, seen_sha256=seen, **WHO)


def test_the_rows_to_look_at_are_those_with_a_doubt_or_a_difference_left_alone(store):
    import_organisations(store, path=BOOK, **WHO)
    doubtful = {row.source.name for row in look(store, TEXT).doubtful_rows}
    assert {"光が森３号棟自治会", "羽根木台北自治会"} <= doubtful
    assert "桜見台上町会" not in doubtful


def test_the_day_a_list_says_itself_is_proposed(store, tmp_path):
    path = tmp_path / "団体一覧.csv"
    path.write_text(
        "団体一覧（令和8年4月1日現在）,,\n支部,団体名,会長名\n第1支部,みほん現在町会,みほん　花子\n", encoding="utf-8"
    )
    assert preview_organisations(store, path=path, today=date(2026, 12, 1)).settings["as_of"] == date(2026, 4, 1)


GUARDED = Path(__file__).parents[2] / "fixtures" / "reports" / "e03_団体一覧_数式で守る.csv"


def taken_in_before(store):
    """The register as the reading of before left it, which took the signs around the cells for the cells."""
    with store.change(action="取り込み", **WHO, subject="organisations") as change:
        for name, chair, phone, households in (
            ("見本さくら町会", "見本 太郎", "0300007111", "120"),
            ("見本うめ町会", "見本 次郎", "0300007112", "130"),
        ):
            made = change.insert(
                Organisation(branch='="第1支部"', name=f'="{name}"', households_text=f'="{households}"')
            )
            change.insert(Person(organisation_id=made, name=f'="{chair}"', role="会長"))
            change.insert(
                Contact(organisation_id=made, kind="電話", value=f'="{phone}"', purpose=ORGANISATIONS_KEPT.purpose)
            )


def test_a_list_kept_from_a_spreadsheet_finds_what_the_reading_of_before_took_with_its_signs(store):
    taken_in_before(store)
    first, second = look(store, GUARDED).rows
    assert (first.outcome, second.outcome) == ("確認が必要", "確認が必要")
    assert "読みちがえの疑い" in first.reason
    assert '団体名　前は「="見本さくら町会"」、今は「見本さくら町会」' in first.reason
    kept = whole(store)
    import_organisations(store, path=GUARDED, **WHO)
    assert {one: whole(store)[one] for one in ("organisations", "people", "contacts")} == {
        one: kept[one] for one in ("organisations", "people", "contacts")
    }

    choices = {row.row: RowChoice(action="同じ団体", record_id=row.similar[0].id) for row in (first, second)}
    import_organisations(store, path=GUARDED, choices=choices, **WHO)
    assert list_organisations(store).total == 2
    found = view(store, "見本さくら町会")
    assert (found.organisation.branch, found.organisation.name) == ("第1支部", "見本さくら町会")
    assert (found.organisation.households, found.organisation.households_text) == (120, "")
    assert [(one.name, one.role) for one in rows(store.database, Person, organisation_id=found.organisation.id)] == [
        ("見本 太郎", "会長")
    ]
    assert [one.value for one in rows(store.database, Contact, organisation_id=found.organisation.id)] == ["0300007111"]
    assert counts(look(store, GUARDED)) == {"重複": 2}


def test_what_a_person_corrected_since_is_known_as_it_stands(store):
    taken_in_before(store)
    with store.change(action="直した", **WHO, subject="organisations") as change:
        for at, name, chair, phone in ((1, "見本さくら町会", "見本 花子", "0300007199"), (2, "見本うめ町会", "", "")):
            change.update(Organisation, at, branch="第1支部", name=name, households=125, households_text="")
            if chair:
                change.update(Person, at, name=chair)
                change.update(Contact, at, value=phone)
    first, second = look(store, GUARDED).rows
    assert (first.outcome, {one.key for one in first.changes_to_write}) == ("更新", {"households", "chair", "phone"})
    assert (second.outcome, '会長名　前は「="見本 次郎"」、今は「見本 次郎」' in second.reason) == ("確認が必要", True)
