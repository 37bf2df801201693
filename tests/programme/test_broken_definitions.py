"""Definition files, each with one slip of a person: the message names its line and says how that is mended."""

from pathlib import Path

import pytest

from app.common.file_locations import resources_folder
from app.programme.intake import DefinitionProblem, parse_definition

R8 = "練馬区"
EXAMPLE = "例"
LONG = "9" * 5_000

# In which file, what stands there, what is written instead, words of the line that is named (else the slip), the mend.
SLIPS = [
    # written twice, or in the wrong place
    (R8, "minutes = 120\n", "minutes = 120\nplanned = 8\n", "planned = 8", "「planned」が2度書かれています"),
    (
        R8,
        "[[kinds]]\nkey",
        '[office]\nphone = "03-0000-0000"\n\n[[kinds]]\nkey',
        "[office]\nphone",
        "「[office]」が2度",
    ),
    (
        R8,
        'material = "仕4(1)キ"',
        'material = "仕4(1)キ"\nlends_devices = true',
        "lends_devices = true\nequipment",
        "［［kinds］］の項目です",
    ),
    (
        EXAMPLE,
        'section = "地域振興課"',
        'section = "地域振興課"\npayment_way = "一括"',
        "payment_way",
        "［programme］の項目",
    ),
    # brackets
    (EXAMPLE, "[[kinds]]", "[kinds]", "", "［［kinds］］の表（かっこは2つずつ）"),
    (R8, '[[kinds]]\nkey = "派遣"', '[kinds]\nkey = "派遣"', "", "[[kinds]] と、かっこを2つずつ"),
    (EXAMPLE, "[programme]", "[[programme]]", "", "［programme］の表（かっこは1つずつ）"),
    (EXAMPLE, "[office]", "[office", "", "かっこを閉じます"),
    (R8, "window = [2026-09-01, 2026-12-25]", "window = [2026-09-01, 2026-12-25", "", "かっこ"),
    (EXAMPLE, '"安全への配慮"]', '"安全への配慮"', "report_items", "かっこ（[ ]）が閉じていません"),
    (EXAMPLE, 'payment = "仕8" }', 'payment = "仕8"', "clauses = { term", "かっこ（{ }）が閉じていません"),
    # commas, quotes and equal signs
    (EXAMPLE, '"操作の練習", "質問"', '"操作の練習" "質問"', "content =", "「,」で区切ります"),
    (EXAMPLE, "people = [5, 15]", "people = [5 15]", "", "「,」で区切ります"),
    (EXAMPLE, 'department = "市民部"', 'department = "市民部', "", '文字の終わりの " がありません'),
    (EXAMPLE, 'unit = "団体"', "unit = 団体", "", '文字は " で囲みます'),
    (EXAMPLE, "planned = 25", "planned 25", "", "= を書きます"),
    (R8, 'phone = "03-6759-9119"', "phone = 03-6759-9119", "", '文字は " で囲みます'),
    (EXAMPLE, 'audience = "市内の', 'audience = "市内の"', "", '文字の中に " は書けません'),
    # numbers and days
    (EXAMPLE, "term_end = 2028-03-31", "term_end = 2028-02-30", "", "2028-02-30 という日はありません"),
    (EXAMPLE, "[2027-06-01, 2028-02-29]", "[2027-6-1, 2028-02-29]", "window = [2027-6-1", "2027-06-01 と書きます"),
    (EXAMPLE, "planned = 25", "planned = ２５", "", "数は半角で 25 と書きます"),
    (EXAMPLE, "minutes = 90\n", "minutes = 90分\n", "", "数だけを 90 と書きます"),
    (EXAMPLE, "planned = 25", 'planned = "25"', "", '（いまは "25"）。25 と書きます'),
    (EXAMPLE, "term_end = 2028-03-31", 'term_end = "2028-03-31"', "", '（いまは "2028-03-31"）。2028-03-31 と書きます'),
    (R8, "people = [10, 20]", f"people = [10, {LONG}]", "", "桁の多すぎる数"),
    # words
    (EXAMPLE, "planned = 25", "回数 = 25", "", "「回数」は planned です"),
    (EXAMPLE, "survey = true", "survey = True", "", "小文字で true か false と書きます"),
    (EXAMPLE, 'name = "出前講座"', 'name = "合計"', "", "「合計」は、このプログラムの言葉"),
    # what was mended only at a second try
    (R8, "follow_up = {", 'visits_per_request = "4回"\nfollow_up = {', "", "4 と書きます"),
    (R8, "months = [3]", "months = 3", "", "[3] と書きます"),
    (EXAMPLE, 'proposal_period = ""', 'proposal_period = "なし"', "", '求めない契約では "" と書きます'),
    (EXAMPLE, 'payment_period = "30日以内"', "payment_period = 30", "", "の形）ではありません（いまは 30）。何も"),
    (EXAMPLE, 'headcount = "3日前"', "headcount = 3日前", "", '文字は " で囲みます'),
    (EXAMPLE, 'unit = "団体"', 'unit："団体"', "", "「:」ではなく、= を書きます"),
    (EXAMPLE, "minutes = 90\n", "minutes = 1時間30分\n", "", "数だけを書きます"),
    (R8, '[[owed]]\npaper = "教育', '[owed]\npaper = "教育', "", "[[owed]] と、かっこを2つずつ"),
    (
        EXAMPLE,
        '"実施内容", "参加者',
        '{ item = "実施内容", chapter = "内容" }, "参加者',
        "report_items",
        "使えるのは、「実施内容」",
    ),
    # years that do not fit one another
    (EXAMPLE, "fiscal_year = 2027", "fiscal_year = 9", "", "2027 と書きます"),
    (EXAMPLE, "window = [2027-06-01,", "window = [2026-06-01,", "", "令和9年度の始まり（令和9年4月1日）より前"),
]


def _texts(project_folder: Path) -> dict[str, str]:
    page = (project_folder / "docs" / "definition.md").read_text(encoding="utf-8")
    return {
        R8: (resources_folder() / "programmes" / "nerima_r8.toml").read_text(encoding="utf-8"),
        EXAMPLE: page.split("```toml\n")[-1].split("```")[0],
    }


@pytest.mark.parametrize(("source", "right", "slip", "at", "mend"), SLIPS)
def test_a_slip_is_named_with_its_line_and_its_mend(project_folder, source, right, slip, at, mend):
    text = _texts(project_folder)[source]
    assert right in text
    broken = text.replace(right, slip, 1)
    line = broken.count("\n", 0, broken.rindex(at or slip)) + 1
    with pytest.raises(DefinitionProblem) as problem:
        parse_definition(broken.encode(), "年度.toml")
    said = str(problem.value)
    assert f"{line}行目" in said
    assert mend in said
    assert problem.value.lost == "何も書き込んでいません。"


def test_a_file_without_the_number_of_its_form_is_told_it(project_folder):
    with pytest.raises(DefinitionProblem, match="いちばん上に format = 2"):
        parse_definition(_texts(project_folder)[EXAMPLE].replace("format = 1\n", "").encode(), "年度.toml")
