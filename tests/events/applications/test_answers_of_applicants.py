"""Files after public bug reports, taken in: who says no is no yes, what is unsure waits for a person with its words."""

from datetime import datetime
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.events.applications.services import application_import
from app.events.applications.services.application_preview import RowCorrection
from app.events.roster.services.roster import read_roster
from db.records.applications import Application
from db.rows import rows
from tests.support.application_rows import BY, year_store
from tests.support.stores import made_by

REPORTS = Path(__file__).parents[2] / "fixtures" / "reports"
NOW = datetime(2026, 12, 1, 9, 5)
store = made_by(year_store)


def report(number):
    return next(REPORTS.glob(f"{number}_*"))


def taken_in(store, path, **given):
    return application_import.import_applications(ActionContext(store, BY, NOW), path=path, event_id=1, **given)


def roster(store):
    return {
        row.person.name: (row.entry.photo, row.entry.device, row.entry.care)
        for row in read_roster(store, event_id=1).rows
        if row.person is not None
    }


def csv(folder, *lines):
    path = folder / "申込.csv"
    path.write_text("".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines), encoding="utf-8")
    return path


def test_polite_denials_are_no_yes_and_who_does_not_take_part_is_not_taken_in(store):
    found = taken_in(store, report("c01")).preview
    assert [row.outcome for row in found.rows] == ["新規"] * 3 + ["取り込まない"] * 3 + ["確認が必要"]
    assert "後ろ姿なら可" in found.rows[-1].reason
    assert roster(store) == {
        "見本 拒一": ("不可", "持参", ""),
        "見本 否二": ("不可", "持参", "車いす"),
        "見本 可三": ("可", "貸与", "手話通訳"),
    }


def test_what_was_asked_about_and_taken_in_says_neither_yes_nor_no(store):
    taken_in(store, report("c01"), mends={7: RowCorrection(decision="取り込む")})
    assert roster(store)["見本 条七"] == ("", "持参", "")


def test_a_yes_under_the_name_of_a_need_is_that_need(store):
    found = taken_in(store, report("b03")).preview
    assert [row.care for row in found.rows] == ["手話通訳", "", "車いす", "手話通訳"]
    assert [said[0] for said in roster(store).values()] == ["不可", "可", "不可", "不可"]
    assert [one.care for one in rows(store.database, Application)] == ["手話通訳", "", "車いす", "手話通訳"]


def test_nobody_who_comes_along_is_no_person(store):
    found = taken_in(store, report("g01")).preview
    assert [(row.outcome, row.people) for row in found.rows] == [
        *[("新規", 1)] * 5,
        ("確認が必要", 1),
        ("新規", 3),
    ]
    assert "「はい」" in found.rows[5].reason
    assert {"見本 太郎", "見本 次郎"} < set(roster(store))
    assert len(roster(store)) == 8


def test_what_stands_beside_a_name_is_parted_and_shown(store):
    found = application_import.preview_applications(store, path=report("a13"), event_id=1, wishes=_all_for_one(store))
    names = [row.name for row in found.rows]
    parted = [0, 1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert [names[at][:3] + names[at][-1] for at in parted] == [f"見本 {sign}" for sign in "子緒江代恵絵香佳夏穂菜音"]
    assert all("分けた" in found.rows[at].note for at in parted)
    assert [found.rows[at].outcome for at in (3, 4, 14)] == ["確認が必要"] * 3
    assert (names[15], names[17]) == ("見本・花乃", "見本 花 子")
    assert found.rows[2].role == "会長"


def _all_for_one(store):
    found = application_import.preview_applications(store, path=report("a13"), event_id=1)
    return {choice.text: 1 for choice in found.wishes}


def test_a_word_that_says_something_stays_as_a_remark_and_a_reading_goes_where_none_is(store, tmp_path):
    path = csv(
        tmp_path,
        ("氏名", "ふりがな", "団体名", "電話番号"),
        ("（仮）見本 花音", "", "見本町会", "03-0000-0001"),
        ("見本 花緒（みほん はなお）", "", "見本町会", "03-0000-0002"),
        ("見本 花夏（旧姓：試作）", "みほん", "見本町会", "03-0000-0003"),
    )
    taken_in(store, path)
    kept = {one.name: (one.furigana, one.note) for one in rows(store.database, Application)}
    assert kept == {
        "見本 花音": ("", "（仮）"),
        "見本 花緒": ("みほん はなお", ""),
        "見本 花夏": ("みほん", "（旧姓：試作）"),
    }


@pytest.mark.parametrize("written", ["なし", "1名", "会長", "後日連絡します"])
def test_what_is_no_name_makes_no_person_also_when_it_is_taken_in(store, tmp_path, written):
    path = csv(tmp_path, ("氏名", "団体名", "電話番号"), (written, "見本町会", "03-0000-0001"))
    (row,) = application_import.preview_applications(store, path=path, event_id=1, include_doubtful=True).rows
    assert (row.outcome, row.is_taken) == ("確認が必要", False)
    assert f"「{written}」は、氏名として読めない" in row.reason
    taken_in(store, path, mends={1: RowCorrection(decision="取り込む")})
    assert roster(store) == {}


@pytest.mark.parametrize("ditto", ["〃　〃", "仝", "↓", "（同上）", "〃〃"])
def test_signs_for_what_stands_above_are_no_name_of_an_organisation(store, tmp_path, ditto):
    path = csv(
        tmp_path,
        ("氏名", "団体名", "電話番号"),
        ("見本 一", "見本町会", "03-0000-0001"),
        ("見本 二", ditto, "03-0000-0002"),
    )
    assert [
        row.organisation_text for row in application_import.preview_applications(store, path=path, event_id=1).rows
    ] == [
        "見本町会",
        "見本町会",
    ]


def test_an_unknown_state_is_asked_about_with_its_words(store, tmp_path):
    path = csv(
        tmp_path,
        ("氏名", "電話番号", "状態"),
        ("見本 一", "03-0000-0001", "保留"),
        ("見本 二", "03-0000-0002", "受付済"),
    )
    first, second = application_import.preview_applications(store, path=path, event_id=1).rows
    assert (first.outcome, second.outcome) == ("確認が必要", "新規")
    assert "「保留」" in first.reason


def test_a_mark_at_a_heading_for_who_comes_alone_is_nobody_and_names_beside_it_are_people(store, tmp_path):
    path = csv(
        tmp_path,
        ("氏名", "電話番号", "お連れ様がいない方は○", "お連れ様の氏名"),
        ("見本 一", "03-0000-0001", "○", ""),
        ("見本 二", "03-0000-0002", "", "見本 花子"),
        ("見本 三", "03-0000-0003", "○", "見本 花緒"),
        ("見本 四", "03-0000-0004", "×", ""),
    )
    found = application_import.preview_applications(store, path=path, event_id=1)
    outcomes = [(row.outcome, row.companions) for row in found.rows]
    assert outcomes[:2] == [("新規", ()), ("新規", ("見本 花子",))]
    assert [outcome for outcome, _ in outcomes[2:]] == ["確認が必要", "確認が必要"]


def test_a_need_in_a_remark_counts_where_the_column_of_needs_says_none(store, tmp_path):
    headings = ("氏名", "電話番号", "配慮事項", "備考")
    path = csv(
        tmp_path,
        headings,
        ("見本 一", "03-0000-0001", "特になし", "車いすで伺います"),
        ("見本 二", "03-0000-0002", "", "手話は不要です"),
    )
    first, second = application_import.preview_applications(store, path=path, event_id=1).rows
    assert first.care == "車いすで伺います"
    assert second.care == "手話は不要です"


@pytest.mark.parametrize(
    "wish",
    [
        "Instagram講習会は欠席",
        "Instagram講習会は希望しません",
        "Instagram講習会以外",
        "Instagramより後の回",
        "Instagramのほかなら何でも",
    ],
)
@pytest.mark.parametrize("event_id", [3, None])
def test_a_wish_that_may_deny_its_event_is_asked_about(store, tmp_path, wish, event_id):
    path = csv(
        tmp_path,
        ("氏名", "電話番号", "希望する講習会"),
        ("見本 一", "03-0000-0001", wish),
        ("見本 二", "03-0000-0002", "Instagram講習会"),
    )
    first, second = application_import.preview_applications(store, path=path, event_id=event_id).rows
    assert (first.outcome, first.is_taken, second.outcome) == ("確認が必要", False, "新規")
    assert f"「{wish}」が、希望するのかしないのか" in first.reason


@pytest.mark.parametrize(
    ("wish", "wishes"),
    [
        ("意見交換会 Instagram講習会", ("意見交換会", "Instagram講習会")),
        ("Instagram講習会　意見交換会", ("Instagram講習会", "意見交換会")),
        ("第3回 Instagram講習会", ("第3回 Instagram講習会",)),
    ],
)
def test_wishes_that_blanks_alone_part_are_each_a_wish(store, tmp_path, wish, wishes):
    path = csv(tmp_path, ("氏名", "電話番号", "希望する講習会"), ("見本 一", "03-0000-0001", wish))
    found = application_import.preview_applications(store, path=path, event_id=None)
    assert ({one.text for one in found.wishes}, found.rows[0].outcome) == (set(wishes), "新規")
