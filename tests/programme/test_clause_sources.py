"""The documents that clauses are cited from: each title as its original has it, and written in one place of the
program alone."""

from __future__ import annotations

import re
from pathlib import Path

from app.event.rules.basis import cited_clause, full_clause
from app.programme.rules import ANNEX, CLAUSE_SOURCES, OUTSIDE_ANNEX

APP = Path(__file__).parents[2] / "app"
TITLES = {
    "仕": "仕様書", "特": "情報の保護および管理に関する特記事項", "機": "機密保持及び個人情報保護に関する特記事項",
    "長": "長崎県自治体クラウドサービス利用契約書", "約": "クラウド導入支援サービス契約約款", "保": "保守・運用契約書",
}  # fmt: skip


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
