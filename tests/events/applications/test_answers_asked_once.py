"""Words that nobody can read are asked once for all rows that say them; what is answered lives in that import alone."""

from datetime import datetime

import pytest

from app.actions.action_context import ActionContext
from app.events.applications.services import application_import
from app.events.applications.services.application_preview import IMPORT_AS_DECLINED, RowCorrection
from app.events.roster.services.roster import read_roster
from app.history import services as history_services
from db.records.applications import Application, ColumnMap
from db.records.organisations import Contact, Organisation
from db.rows import rows
from tests.support.application_rows import BY, year_store
from tests.support.stores import made_by

NOW = datetime(2026, 9, 16, 10, 20)
HEAD = ("氏名", "団体名", "電話番号", "写真掲載の可否", "端末", "状態", "配慮")
LINES = (
    ("見本 一", "見本町会", "03-0000-0001", "後ろ姿なら可", "スマホ持参", "受付済", ""),
    ("見本 二", "見本町会", "03-0000-0002", "後ろ姿なら 可", "たぶん借ります？", "受付済", ""),
    ("見本 三", "見本町会", "03-0000-0003", "後ろ姿なら可", "スマホ持参", "保留", "できれば前の席"),
    ("見本 四", "見本町会", "03-0000-0004", "可", "スマホ持参", "保留", ""),
)

store = made_by(year_store)


@pytest.fixture
def path(tmp_path):
    return csv(tmp_path, HEAD, *LINES)


def csv(folder, *lines):
    path = folder / "申込.csv"
    path.write_text("".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines), encoding="utf-8")
    return path


def look(store, path, **given):
    return application_import.preview_applications(store, path=path, event_id=1, **given)


def take_in(store, path, **given):
    return application_import.import_applications(ActionContext(store, BY, NOW), path=path, event_id=1, **given)


def roster(store):
    return {
        row.person.name: (row.entry.photo, row.entry.device, row.entry.state, row.entry.doubtful)
        for row in read_roster(store, event_id=1).rows
        if row.person is not None
    }


def answers(preview, **by_words):
    return {one.key: by_words[one.words] for one in preview.questions if one.words in by_words}


def test_equal_words_of_one_question_are_one_question_with_the_names_of_its_rows(store, path):
    found = look(store, path)
    assert [(one.heading, one.words, one.names, one.choices) for one in found.questions] == [
        ("写真掲載の可否", "後ろ姿なら可", ("見本 一", "見本 二", "見本 三"), ("可", "不可", "条件つき", "空のまま")),
        ("端末", "たぶん借ります？", ("見本 二",), ("貸与", "持参", "空のまま")),
        ("状態", "保留", ("見本 三", "見本 四"), ("参加", "取下げ")),
    ]
    assert {row.outcome for row in found.rows} == {"確認が必要"}


def test_one_answer_settles_every_row_and_a_row_may_say_otherwise(store, path):
    found = look(store, path)
    given = answers(found, 後ろ姿なら可="不可", 保留="参加") | answers(found, **{"たぶん借ります？": "貸与"})
    own = {1: RowCorrection(answers={"photo": "可"})}
    settled = look(store, path, answers=given, mends=own)
    assert [row.outcome for row in settled.rows] == ["新規"] * 4
    assert [one.answer for one in settled.questions] == ["不可", "貸与", "参加"]
    take_in(store, path, answers=given, mends=own)
    assert roster(store) == {
        "見本 一": ("可", "持参", "申込", ""),
        "見本 二": ("不可", "貸与", "申込", ""),
        "見本 三": ("不可", "持参", "申込", ""),
        "見本 四": ("可", "持参", "申込", ""),
    }
    notes = {one.name: one.note for one in rows(store.database, Application)}
    # A condition is not lost with the decision about it.
    assert notes["見本 三"] == "撮影の返事「後ろ姿なら可」\n状態「保留」"


def test_left_empty_and_taken_back_are_answers_too(store, path):
    given = answers(look(store, path), 後ろ姿なら可="空のまま", 保留="取下げ")
    found = look(store, path, answers=given)
    assert [row.outcome for row in found.rows] == ["新規", "確認が必要", "取り込まない", "取り込まない"]
    take_in(store, path, answers=given)
    assert roster(store) == {"見本 一": ("", "持参", "申込", "")}


def test_an_answer_goes_back_with_its_import_and_is_remembered_nowhere(store, path):
    given = answers(look(store, path), 後ろ姿なら可="可", 保留="参加")
    take_in(store, path, answers=given)
    assert "後ろ姿" not in str(rows(store.database, ColumnMap))
    assert all(one.words != "後ろ姿なら可" or one.names == ("見本 二",) for one in look(store, path).questions)
    history_services.undo(store, by=BY, now=NOW)
    assert roster(store) == {}
    again = look(store, path)
    assert [one.answer for one in again.questions] == ["", "", ""]
    assert len(again.questions[0].names) == 3


def test_what_is_settled_in_each_row_singly_is_asked_no_more(store, path, tmp_path):
    own = {1: RowCorrection(answers={"photo": "可"}), 2: RowCorrection(answers={"photo": "不可"})}
    asked = look(store, path, mends=own).questions
    assert [one.names for one in asked if one.words == "後ろ姿なら可"] == [("見本 三",)]
    asked = look(store, path, mends=own | {3: RowCorrection(answers={"photo": "条件つき"})}).questions
    assert [one.words for one in asked] == ["たぶん借ります？", "保留"]

    with store.change(action="団体", by=BY, now=NOW) as change:
        for branch in ("第1支部", "第2支部"):
            change.insert(Organisation(name="例示二丁目町会", branch=branch))
    people = [(name, "例示二丁目町会", f"03-0000-000{number}") for number, name in enumerate(("例 一", "例 二"), 1)]
    club = csv(tmp_path, ("氏名", "団体名", "電話番号"), *people)
    options = ("例示二丁目町会（第1支部）", "例示二丁目町会（第2支部）", "一覧に無い団体")
    (asked,) = look(store, club).questions
    assert (asked.heading, asked.names, asked.choices) == ("どの団体か", ("例 一", "例 二"), options)
    mends = {1: RowCorrection(organisation_id=rows(store.database, Organisation)[-1].id)}
    assert [one.names for one in look(store, club, mends=mends).questions] == [("例 二",)]
    assert look(store, club, mends=mends | {2: RowCorrection(organisation_name="例示三丁目町会")}).questions == ()


def test_needs_and_people_are_asked_row_by_row(store, tmp_path):
    path = csv(
        tmp_path,
        ("氏名", "団体名", "電話番号", "手話通訳を希望しますか", "同行者の氏名"),
        ("見本 一", "見本町会", "03-0000-0001", "できれば", "はい"),
        ("見本 二", "見本町会", "03-0000-0002", "できれば", "はい"),
    )
    found = look(store, path)
    assert found.questions == ()
    assert {row.outcome for row in found.rows} == {"確認が必要"}
    mends = {1: RowCorrection(care="手話通訳", companions=("見本 三",)), 2: RowCorrection(care="", companions=())}
    settled = look(store, path, mends=mends)
    assert [(row.outcome, row.care, row.people) for row in settled.rows] == [("新規", "手話通訳", 2), ("新規", "", 1)]
    take_in(store, path, mends=mends)
    assert set(roster(store)) == {"見本 一", "見本 二", "見本 三"}


def test_two_people_of_one_row_are_parted_and_an_empty_number_is_given(store, tmp_path):
    path = csv(
        tmp_path,
        ("氏名", "団体名", "電話番号"),
        ("見本 一、見本 二", "見本町会", "03-0000-0001"),
        ("見本 三", "例示町会", ""),
    )
    assert {row.outcome for row in look(store, path).rows} == {"確認が必要"}
    mends = {1: RowCorrection(name="見本 一", companions=("見本 二",)), 2: RowCorrection(phone="090-0000-0003")}
    assert [(row.outcome, row.people) for row in look(store, path, mends=mends).rows] == [("新規", 2), ("新規", 1)]
    take_in(store, path, mends=mends)
    assert set(roster(store)) == {"見本 一", "見本 二", "見本 三"}
    assert "090-0000-0003" in [one.value for one in rows(store.database, Contact)]


def test_who_declines_in_a_remark_is_kept_as_declined(store, tmp_path):
    path = csv(
        tmp_path,
        ("氏名", "団体名", "電話番号", "備考"),
        ("見本 一", "見本町会", "03-0000-0001", "都合により辞退します"),
    )
    assert look(store, path).rows[0].outcome == "確認が必要"
    found = look(store, path, mends={1: RowCorrection(decision=IMPORT_AS_DECLINED)})
    assert (found.rows[0].outcome, found.new_entry_count) == ("新規", 0)
    assert (
        found.rows[0].reason == "辞退として名簿に載せます（参加者には数えません）\n「都合により辞退します」とあります"
    )
    take_in(store, path, mends={1: RowCorrection(decision=IMPORT_AS_DECLINED)})
    assert roster(store) == {"見本 一": ("", "", "辞退", "")}
    assert [one.withdrawn for one in rows(store.database, Application)] == [True]
    assert look(store, path).rows[0].outcome == "重複"


@pytest.mark.parametrize("heading", ["郵便番号", "〒", "ZIPコード", "zipcode"])
def test_a_postcode_is_part_of_the_address(store, tmp_path, heading):
    path = csv(
        tmp_path,
        ("氏名", "団体名", "電話番号", heading, "住所"),
        ("見本 一", "見本町会", "03-0000-0001", "176-0012", "練馬区豊玉北0-0-0"),
    )
    take_in(store, path)
    assert "176-0012 練馬区豊玉北0-0-0" in [one.value for one in rows(store.database, Contact)]
