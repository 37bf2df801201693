"""守ることの一覧: no duty that must be met is missing, and each names something that the program declares."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from app.event.rules.agenda import default_agenda
from app.programme.intake import preset, read_definition
from app.programme.rules import ANNEX, CLAUSE_SOURCES, planned_words
from app.settings.protection import services as protection_services
from app.settings.protection.screens import DutiesScreen
from app.settings.protection.services import UnknownReferenceError, _own_duties, _split_line, read_duties
from tests.support.duty_references import duty_references
from tests.support.papers_of_year import every_paper
from tests.support.sample import sample_store
from tests.support.sample_desk import shown
from tests.support.strange_years import FILES, ForeignWords

ARTICLES = [f"特{number}" for number in range(1, 30)]
OF_PRIVACY = [f"K-{number:02d}" for number in range(1, 216)]
OF_THE_LAW = [f"L-{number:02d}" for number in range(1, 6)]
OF_THE_SPECIFICATION = [f"N-{number:02d}" for number in range(1, 92)]
SYSTEMS = [
    f"K-{number}"
    for number in (
        216, 218, 219, 220, 221, 222, 223, 229, 232, 234, 240, 241, 242, 243, 247, 254, 255, 257, 258, 266, 268, 276,
        279, 281, 282, 283, 284, 285, 287, 289, 290,
    )
]  # fmt: skip


def test_every_article_and_every_must_row_stands_in_it_once_in_order(qapp):
    found = [one.id for one in read_duties(required_only=True)]
    assert found == [*ARTICLES, *OF_PRIVACY, *OF_THE_LAW, *OF_THE_SPECIFICATION, *SYSTEMS]
    every = [one.id for one in read_duties()]
    assert every[: len(found)] == found
    assert sorted(one for one in every if one.startswith("K-")) == sorted(
        [*OF_PRIVACY, *(f"K-{number}" for number in range(216, 297))]
    )


def test_what_is_no_matter_of_software_says_why_and_all_else_says_where(qapp):
    for one in read_duties():
        assert one.basis, one
        assert one.duty, one
        if one.how == "not software":
            assert (one.where, bool(one.reason)) == ("", True), one
        else:
            assert one.where, one


def test_each_names_what_the_program_declares_and_the_clauses_have_their_ledger_or_kind(qapp, monkeypatch):
    found = {one.id: one for one in read_duties()}
    assert (found["特20"].how, found["特20"].where) == ("check", "クラウドサービスのリスク確認票、外部サービス利用台帳")
    assert (found["特14"].how, found["特14"].where) == ("ledger", "許可・承認簿")
    assert (found["特25"].how, found["特25"].where) == ("form", "事故等報告書、訓練の記録、事故の対応、事故簿")
    assert found["特9"].where == "教育実施報告書、教育・周知の記録"
    monkeypatch.setattr(
        protection_services, "_table_lines", lambda: iter(["特14 | 特14 | 提供しない | l:nothing_of_that_name |"])
    )
    with pytest.raises(UnknownReferenceError, match="nothing_of_that_name"):
        read_duties()


def test_what_the_program_does_itself_is_not_said_to_be_elsewhere(qapp):
    """The window hides itself after ten minutes (``StartWindow``), whatever the PC does; no page of 設定 has it."""
    found = {one.id: one for one in read_duties()}
    assert (found["K-124"].how, found["K-124"].where) == ("screen", "自動：10分さわらないと画面を隠す")
    assert found["K-124"].link is None


def test_the_wards_own_contract_stands_there_and_the_others_by_their_full_titles(qtbot, desk_at):
    """「機」「長」「約」「保」 are letters that nobody explains; none of those documents binds this contract."""
    desk = desk_at(datetime(2026, 12, 1, 9, 0))
    screen = shown(qtbot, DutiesScreen(desk), desk)
    own = screen.table.model.records()
    assert [one.id for one in own] == [one.id for one in read_duties(required_only=True) if one.is_own_contract]
    assert not [one for one in own if not one.cited_clauses]
    titles = [one.title for one in CLAUSE_SOURCES if not one.binds]
    assert [title for title in titles if title not in screen.more.toolTip()] == []
    screen.more.click()
    every = {one.id: one for one in screen.table.model.records()}
    assert len(every) == len(read_duties(required_only=True)) > len(own)
    assert (every["K-81"].cited_clauses, every["K-81"].other_clauses) == (
        "特記事項第18条(4)カ",
        "機密保持及び個人情報保護に関する特記事項第6条第6項",
    )
    assert every["K-82"].cited_clauses == "特記事項第18条(5)"
    assert every["K-51"].other_clauses == (
        "長崎県自治体クラウドサービス利用契約書第19条・クラウド導入支援サービス契約約款第39条"
    )
    words = [word for one in every.values() for word in (one.cited_clauses, one.other_clauses, one.duty, one.reason)]
    assert not [word for word in words if re.search(r"(?<![任年総受会課委])[機長約保特]\d|機[はに]|\d{4}）", word)]


def test_what_is_said_of_a_paper_stands_on_it(tmp_path):
    """A row that names a paper says what of it: 守秘 was said to be on 業務完了届, which has no word of it."""
    store = sample_store(tmp_path)
    claimed = duty_references("p")
    assert not [one for one in claimed if not one.words]
    written: dict[str, str] = {}
    for kind, text in every_paper(store, *{one.name for one in claimed}):
        written[kind] = written.get(kind, "") + text
    assert [one for one in claimed if one.name in written and one.words not in written[one.name]] == []
    # What the sample year can't make yet is looked at in the tests of these papers.
    assert {one.name for one in claimed} - set(written) == {
        "返還・廃棄の指示", "復元の点検記録", "事故等報告書（区）", "落選通知", "アクセス記録点検表",
    }  # fmt: skip


def test_the_minutes_that_are_said_are_those_of_the_example(qapp):
    """「解決策25分」 led to a timetable of 20."""
    found = {one.id: one.duty for one in read_duties()}
    for first, kind in ((45, preset().kinds[1]), (69, preset().kinds[2])):
        timed = [one.minutes for one in default_agenda(kind) if one.minutes]
        words = [found[f"N-{first + place}"] for place in range(len(timed))]
        assert [int("".join(filter(str.isdigit, one))) for one in words] == timed, kind.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_another_contract_has_its_own_duties_and_cites_its_own_clauses(qapp, path):
    definition = read_definition(path)
    found = read_duties(required_only=True, contract=definition)
    foreign = ForeignWords(definition)
    said = [f"{one.cited_clauses}　{one.duty}" for one in found]
    assert [one for one in said if foreign.clauses_in(one)] == []
    own = [one.duty for one in found if one.id.startswith("N-")]
    assert [one for one in own if foreign.names_in(one)] == []
    for kind in definition.kinds:
        assert f"{kind.name}は{planned_words(kind)}" in own
        assert (f"{kind.name}のアンケート" in own) is kind.has_survey
    listed = {one.id for one in found}
    assert "K-215" in listed
    has_annex = definition.programme.annex == ANNEX.title
    assert ({"特17", "K-01"} <= listed, bool({"特17", "K-01"} & listed)) == (has_annex, has_annex)
    assert read_duties(contract=preset()) == read_duties()


def test_enter_leads_to_the_place_of_a_duty_and_nowhere_where_an_event_would_have_to_be_chosen(qtbot, desk_at):
    desk = desk_at(datetime(2026, 12, 1, 9, 0))
    screen = shown(qtbot, DutiesScreen(desk), desk)
    gone = []
    desk.navigation_requested.connect(lambda place, handed: gone.append((place, handed)))
    for one in read_duties(required_only=True):
        screen.table.opened.emit(one)
    led = {place for place, _handed in gone}
    assert {"disposal", "contract_end", "incidents", "changes", "ledgers", "turns", "settings"} <= led
    assert not any(None in handed.values() for _place, handed in gone)
    gone.clear()
    screen.table.opened.emit(next(one for one in read_duties() if one.where == "進行表"))
    assert gone == []


def test_a_line_has_five_fields_and_a_year_without_a_proposal_owes_none(qapp):
    assert _split_line("N-01 | 甲 | 乙 | 丙 | 丁 | 戊") == ("N-01", "甲", "乙", "丙", "丁 | 戊")
    contract = preset()
    told = [one.duty for one in _own_duties(contract)]
    without = replace(contract, programme=replace(contract.programme, proposal_period="", annex=""))
    gone = [one for one in told if one not in {left.duty for left in _own_duties(without)}]
    assert gone == [f"提案書は{contract.programme.proposal_period}", f"{ANNEX.short}を守ること"]


def test_clauses_are_written_out_and_those_of_a_document_can_be_left_out():
    other = "機密保持及び個人情報保護に関する特記事項"
    written = {
        "機6-6・特18(4)カ": ("特記事項第18条(4)カ", f"{other}第6条第6項"),
        "機6-6・8(2)": ("", f"{other}第6条第6項・第8条(2)"),
        "特18(4)カ・19-2": ("特記事項第18条(4)カ・第19条第2項", ""), "仕目的・特5": ("仕様書　目的・特記事項第5条", ""),
        "仕4(1)ケ・別表": ("仕様書4(1)ケ・特記事項の別表", ""), "個人情報保護法66条": ("個人情報保護法66条", ""),
    }  # fmt: skip
    assert {basis: protection_services._spell_out_clauses(basis) for basis in written} == written
    kept = {
        ("機6-6・8(2)・特18", "機"): "特18", ("特18・仕4・5", "仕"): "特18", ("別表・特2", "特別"): "",
        ("仕4(1)・ケ・特2", "仕"): "特2", ("特2・仕4・ケ", "特"): "仕4・ケ",
    }  # fmt: skip
    assert {(basis, letters): protection_services._without_sources(basis, letters) for basis, letters in kept} == kept
