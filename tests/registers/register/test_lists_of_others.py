"""Lists of 団体 as other offices keep them, three of each kind: nothing is taken in that somebody should have looked
at."""

from datetime import datetime

import pytest

from app.importing.row_target import RowChoice
from db.tables import organisations
from tests.support.foreign_books import struck_book
from tests.support.organisation_lists import import_organisations, preview_organisations
from tests.support.years import BY

NOW = datetime(2026, 9, 1, 9, 0)
HEAD = "支部,団体名,会長名,連絡先,世帯数,LINE活用度,補助金"


@pytest.fixture
def look(store, tmp_path):
    def run(*rows, head=HEAD, **given):
        path = tmp_path / "一覧.csv"
        path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
        return preview_organisations(store, path=path, today=NOW.date(), **given)

    return run


@pytest.mark.parametrize(
    ("heading", "tool"),
    [("LINE活用度", "LINE"), ("インスタの段階", "Instagram"), ("ホームページ利用状況", "HP"), ("ライン", "LINE")],
)
def test_a_column_of_stages_is_the_ladder_of_its_tool_whatever_it_is_called(look, heading, tool):
    assert look("第1支部,みほん町会,2", head=f"支部,団体名,{heading}").columns[2] == f"stage:{tool}"


@pytest.mark.parametrize("heading", ["デジタルの度合い", "取組A", "評価"])
def test_a_column_of_nothing_but_stages_is_proposed_as_one(look, heading):
    rows = (f"第1支部,みほん{n}町会,{sign}" for n, sign in enumerate("012×3"))
    assert look(*rows, head=f"支部,団体名,{heading}").columns[2] == f"stage:{heading}"


def test_no_stage_is_offered_under_a_heading_that_names_no_tool(look):
    preview = look("1,第1支部,みほん町会,03-0000-0001,2", head="No.,支部,団体名,電話,LINE活用度")
    words = list(preview.fields.values())
    assert not {"段階　No.", "段階　電話", "段階　支部"} & set(words)
    assert "段階　LINE" in words


@pytest.mark.parametrize("mark", ["○", "―", "あり"])
def test_a_remark_on_most_rows_is_said_once_for_its_column(look, mark):
    rows = [f"第1支部,みほん{n}町会,見本　{n},03-0000-{n:04d},100,2,{mark}" for n in range(9)]
    preview = look(*rows, "第1支部,みほん十町会,見本　十,03-0000-0010,約300,2,5000")
    assert [notice.startswith("列「補助金」") for notice in preview.notices].count(True) == 1
    assert [bool(row.note) for row in preview.rows] == [False] * 9 + [True]
    assert {row.outcome for row in preview.rows} == {"新規"}


@pytest.mark.parametrize("other", ["みほん 一丁目町会", "ミホン一丁目町会", "みほん一丁目 町会"])
def test_the_same_name_in_another_spelling_is_no_second_organisation(look, other):
    preview = look("第1支部,みほん一丁目町会,,,,,", f"第1支部,{other},,,,,")
    assert [row.outcome for row in preview.rows] == ["新規", "確認が必要"]
    assert "2行目" in preview.rows[1].reason


@pytest.mark.parametrize(
    ("phone", "households"),
    [("03-0000-0001", "-1"), ("03-0000-0001", "2.5"), ("03-0000-0001", "-45世帯"), ("030000001", "20")],
)
def test_an_impossible_number_is_asked_about(look, phone, households):
    preview = look(f"第1支部,みほん町会,,{phone},{households},,")
    assert preview.rows[0].outcome == "確認が必要"
    decided = look(f"第1支部,みほん町会,,{phone},{households},,", choices={1: RowChoice(action="新しい団体")})
    assert decided.rows[0].outcome == "新規"


@pytest.mark.parametrize("chair", ["見本　太郎（会長代行）", "会長職務代理　見本　太郎", "副会長　見本　太郎"])
def test_who_stands_in_for_the_chair_does_not_become_the_chair(look, store, tmp_path, chair):
    assert look(f"第1支部,みほん町会,{chair},,,,").rows[0].outcome == "確認が必要"
    decisions = {1: RowChoice(action="新しい団体")}
    import_organisations(store, path=tmp_path / "一覧.csv", choices=decisions, by=BY, now=NOW)
    assert organisations.all_people(store.database) == []
    (listed,) = organisations.all_organisations(store.database)
    assert chair in listed.note


@pytest.mark.parametrize("heading", ["会長代行", "副会長名", "前会長"])
def test_a_column_of_somebody_else_is_not_that_of_the_chair(look, heading):
    assert look("第1支部,みほん町会,見本　太郎", head=f"支部,団体名,{heading}").columns.get(2, "") == ""


@pytest.mark.parametrize("reading", ["なかむらみなみしんわちょうかい", "ヒカリガオカサンチョウメダンチジチカイ"])
def test_a_long_reading_of_an_organisation_is_no_question_and_a_sentence_is_one(look, reading):
    head = "支部,団体名,団体名ふりがな"
    assert [row.outcome for row in look(f"第1支部,みほん町会,{reading}", head=head).rows] == ["新規"]
    asked = look("第1支部,みほん町会,わからないのでかかないでください", head=head).rows[0]
    assert "ふりがなとして読めない" in asked.note


@pytest.mark.parametrize("name", ["みほん😀町会", "みほん\u202e町会", "み" * 5_000])
def test_a_name_that_no_paper_can_print_stays_out_whatever_is_decided(look, name):
    assert look(f"第1支部,{name},,,,,").rows[0].outcome == "確認が必要"
    assert look(f"第1支部,{name},,,,,", choices={1: RowChoice(action="新しい団体")}).rows_to_write == ()


@pytest.mark.parametrize("number", ["123456789018", "1234 5678 9018", "１２３４５６７８９０１８"])
def test_a_personal_number_waits_masked_and_goes_on_with_a_reason(look, number):
    line = f"第1支部,みほん町会,{number},,,,"
    found = look(line)
    assert found.rows[0].outcome == "確認が必要"
    assert number not in repr(found)
    assert not look(line, choices={1: RowChoice(action="新しい団体")}).rows_to_write
    assert look(line, choices={1: RowChoice(action="新しい団体", reason="管理番号と確認")}).rows_to_write


def test_an_organisation_struck_out_is_asked_about(store, tmp_path):
    lines = [
        ("支部", "団体名", "会長名", "世帯数"),
        ("第1支部", "みほん町会", "見本 一", 10),
        ("第1支部", "桜自治会", "見本 二", 20),
    ]
    path = struck_book(tmp_path / "一覧.xlsx", lines, {3})
    found = preview_organisations(store, path=path, today=NOW.date())
    assert [(row.outcome, row.reason) for row in found.rows] == [
        ("新規", ""),
        ("確認が必要", "行に取消線が引かれている"),
    ]


def test_characters_that_no_font_draws_are_said_once_and_taken_in_as_they_are(look):
    preview = look("第1支部,みほん东町会,見本　东子,,,,", "第1支部,みほん町会,見本　𠮷子,,,,")
    (said,) = [one for one in preview.notices if one.startswith("書類の書体にない字")]
    assert "「みほん东町会」の「东」、「見本　东子」の「东」。書かれたまま取り込みます。" in said
    assert [row.outcome for row in preview.rows] == ["新規", "新規"]


@pytest.mark.parametrize(
    ("name", "chair"),
    [
        ("みほん町会（休会中）", "見本 一"), ("みほん町会（解散）", ""), ("（旧）みほん町会", ""), ("3.欠番", ""),
        ("記入例", "見本 一"), ("みほん町会", "解散"), ("みほん町会", "廃会"), ("みほん町会", "他2名"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_organisation_beside_its_name_or_for_its_chair_is_asked_about(look, name, chair):
    [found] = look(f"第1支部,{name},{chair},,,,").rows
    assert (found.outcome, found.source.chair) == ("確認が必要", chair if chair == "見本 一" else "")


def test_a_chair_that_nobody_filled_in_is_nobody(look):
    [found] = look("第1支部,みほん町会,空欄,,,,").rows
    assert (found.outcome, found.source.chair) == ("新規", "")
