"""The documents that clauses are cited from: each title as its original has it, and written in one place of the
program alone."""

import re
from pathlib import Path

from app.common.clauses import clause_table
from app.event.rules.basis import RULES_OF_CONTACTS
from app.programme.intake import preset
from app.programme.rules import ANNEX, CLAUSE_SOURCES, OUTSIDE_ANNEX, cited_clause, full_clause
from app.submissions.deliverables.rules.year_form_definitions import MEASURES

APP = Path(__file__).parents[2] / "app"
TITLES = {
    "仕": "仕様書", "特": "情報の保護および管理に関する特記事項", "機": "機密保持及び個人情報保護に関する特記事項",
    "長": "長崎県自治体クラウドサービス利用契約書", "約": "クラウド導入支援サービス契約約款", "保": "保守・運用契約書",
}  # fmt: skip

OF_THE_ANNEX = {
    1: "目的", 2: "定義", 3: "基本的事項", 4: "注意義務", 5: "情報セキュリティの確保", 6: "管理体制等",
    11: "知り得た情報の保持の義務", 12: "収集の制限", 13: "目的外使用の禁止", 14: "第三者への提供の禁止",
    15: "再委託の制限", 17: "情報の授受", 18: "情報の管理",
    19: "重要情報を取り扱う外部サービス(クラウドサービス)の利用",
    20: "重要情報を取り扱わない外部サービス(クラウドサービス)の利用",
    21: "受託業務に必要な物品等の持ち込みの禁止", 22: "情報の返還および処分", 23: "報告および立入検査",
    24: "情報セキュリティに関する監査への協力", 25: "事故等発生時の対応および公表", 27: "損害賠償", 28: "契約解除",
    29: "疑義の決定",
}  # fmt: skip
"""The headings of its articles, as they stand in the original; an article without one follows under the last."""
OF_THE_SPECIFICATION = {
    "1": "件名", "2": "委託事業の目的", "3": "履行期間", "4": "委託内容", "5": "支払", "6": "遵守事項", "7": "その他",
    "8": "担当", "4(1)": "デジタル活用講習会", "4(2)": "アドバイザー派遣による個別支援", "4(3)": "デジタル意見交換会",
    "4(4)": "次年度実施案および支援方針の提案",
} | {
    f"4({item}){letter}": heading
    for item, headings in (
        (1, "実施日 会場 実施回数 参加人数 実施時間 実施内容 当日の資料 使用する機材 アンケートの実施 実施報告"),
        (2, "実施日 会場 実施団体 参加人数 実施時間 実施内容 当日の資料 使用する機材 実施報告"),
        (3, "実施日 会場 実施回数 参加人数 実施時間 実施内容 当日の資料 使用する機材 アンケートの実施 実施報告"),
    )
    for letter, heading in zip("アイウエオカキクケコ", headings.split(), strict=False)
}  # fmt: skip
ASKS_FOR = {
    "purpose": ("件名",), "term": ("履行期間",), "proposal": ("次年度実施案および支援方針の提案",),
    "payment": ("支払",),
    "annexes": ("遵守事項",), "window": ("実施日",), "venue": ("会場",), "planned": ("実施回数", "実施団体"),
    "people": ("参加人数",), "minutes": ("実施時間",), "content": ("実施内容",), "discussion": ("実施内容",),
    "material": ("当日の資料",), "equipment": ("使用する機材",),
    "survey": ("アンケートの実施",), "report": ("実施報告",),
}  # fmt: skip
"""Under which heading each clause of a definition must stand."""
NUMBERS = (Path(__file__).parent / "clauses_of_documents.txt").read_text(encoding="utf-8")


def test_the_table_of_the_annex_has_the_numbers_and_headings_of_the_original():
    listed = [line.split("|")[1].split() for line in NUMBERS.splitlines() if line.startswith("特 |")]
    lines = (APP.parent / "resources/clauses.txt").read_text(encoding="utf-8").splitlines()
    table = [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]
    ours = {number: heading for number, heading, _asks in table if number.startswith("特")}
    assert [*ours] == [f"特{number}" for line in listed for number in line]
    assert {int(number[1:]): heading for number, heading in ours.items() if heading} == OF_THE_ANNEX
    assert clause_table() == {asks: number for number, _heading, asks in table}
    assert len(clause_table()) == len(table), "what two clauses ask can't be told apart"


def test_each_clause_of_the_definition_stands_under_the_heading_that_it_asks_for():
    made = preset()
    cited = [
        (name.removeprefix("clause_"), clause)
        for owner in (made.programme, *made.kinds)
        for name, clause in vars(owner).items()
        if name.startswith("clause_") and clause
    ]
    wrong = [
        (name, clause)
        for name, clause in cited
        if name in ASKS_FOR and OF_THE_SPECIFICATION[clause.removeprefix("仕")] not in ASKS_FOR[name]
    ]
    assert wrong == []
    assert {name for name, _clause in cited} >= ASKS_FOR.keys()


def test_a_contact_that_is_told_rests_on_what_forbids_other_use_and_copies_and_asks_for_its_return():
    """It cited 第12条, which is about what the 受託者 collects by itself."""
    assert cited_clause(RULES_OF_CONTACTS) == "特記事項第13条・第18条(5)・第22条"


def test_a_subcontractor_confirms_every_measure_of_the_annex():
    said = "・".join(clause for clause, _words in MEASURES)
    assert said == "・".join(f"第{number}条" for number in range(5, 26))


def test_each_has_the_title_that_stands_on_it_and_two_bind():
    assert {one.letter: one.title for one in CLAUSE_SOURCES} == TITLES
    assert [one.letter for one in CLAUSE_SOURCES if one.binds] == ["仕", "特"]


def test_a_title_is_typed_nowhere_else_and_no_file_of_ours_is_named():
    """「003」 and 「004」 are names of files that a programmer had; nobody at the ward knows them."""
    title = re.compile(r"(?:保護|管理|保持)[^「{}、。]{0,12}に関する特記事項|特記事項[のは]?00\d|00\d　")
    found = {
        str(path.relative_to(APP)): hits
        for path in APP.rglob("*.py")
        if (hits := title.findall(path.read_text(encoding="utf-8")))
    }
    # Beside the documents themselves each title stands nowhere, in their own module neither.
    assert sorted(found.pop("programme/rules.py")) == sorted(
        hit for one in TITLES.values() for hit in title.findall(one)
    )
    # What a ward's 仕様書 says in itself is text of the sample, not a citation of ours.
    assert {name for name in found if not name.startswith("sample")} == set()


def test_a_clause_outside_the_contract_is_written_out_by_its_own_title():
    assert full_clause("機9-1") == f"{OUTSIDE_ANNEX.title}9-1"
    assert cited_clause("機9-1") == f"{OUTSIDE_ANNEX.title}第9条第1項"
    assert cited_clause("特9") == f"{ANNEX.citation_prefix}第9条" == "特記事項第9条"
