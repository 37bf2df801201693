"""No clause number leaves on any paper while the contract is 「契約書が未着」; once it agrees they print."""

import re
from dataclasses import replace

import pytest

from app.documents.rules import with_known_numbers, without_numbers
from app.documents.services.document_kind import DOCUMENTS, document_kind
from app.event.parts import request_text
from app.event.services.tasks.deadlines import event_tasks
from app.programme.intake import preset
from app.programme.rules import ANNEX
from app.programme.services import read_programme
from app.year_end.specification import documents as specification_documents
from app.year_end.summary.documents import YEAR_REPORT_KIND as YEAR_REPORT
from db.records.documents import KeptPaper
from db.records.events import Event
from db.records.programme import Programme
from db.rows import rows
from tests.support.papers_of_year import every_paper
from tests.support.sample import BY, NOW, sample_store

TODAY = NOW.date()
READING = specification_documents.KIND
"""Its numbers are those of the two texts laid side by side, read out of them; it stays in the house."""
NUMBER = re.compile(r"仕様書\d|仕\d|\d[(（]\d[)）][ア-コ](?![ァ-ヴー])")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    store = sample_store(tmp_path_factory.mktemp("year"))
    with store.change(action="起案した内容を消した", by=BY, now=NOW) as change:
        for one in rows(store.database, KeptPaper):  # what was put up says what was known then
            change.delete(KeptPaper, one.id)
    yield store
    store.database.conn.close()


def answered(store, answer):
    with store.change(action="契約書との照合", by=BY, now=NOW) as change:
        for year in rows(store.database, Programme):
            change.update(Programme, year.id, clauses_checked=answer)


def test_no_number_stands_on_any_paper_before_anybody_held_it_against_the_contract(sample):
    answered(sample, "未確認")
    made = every_paper(sample)
    found = {(kind, hit.group()) for kind, text in made for hit in NUMBER.finditer(text) if kind != READING}
    assert found == set()
    assert document_kind(READING).is_internal
    letters = {line for kind, text in made if kind == YEAR_REPORT for line in text.splitlines()}
    assert letters & {"ア", "イ", "ウ", "エ", "ア・ウ", "(4)"} == set(), "the letter of a clause alone is a number too"
    assert {kind for kind, _ in made} >= {kind.kind for kind in DOCUMENTS if kind.goes_out} - {
        "参加人数変更連絡書", "中止通知", "変更通知", "中止・変更の取消通知", "落選通知", "開催通知", "辞退受理通知",
        "決定取消通知",
        "検査結果通知", "派遣不採択通知", "事例発表者の連絡先", "返還・廃棄の指示",
    }  # fmt: skip


@pytest.mark.nightly
def test_what_leaves_cites_no_clause_by_a_letter(sample):
    """「特22」 is short for those who know the list; whoever gets a paper reads 「特記事項第22条」."""
    answered(sample, "一致")
    short = re.compile(r"(?<![奉給出独])[特機仕]\d[^\s、。）]{0,8}")
    leave: set[str] = set()
    made = every_paper(sample, leave=leave)
    found = {(kind, hit.group()) for kind, text in made if kind in leave for hit in short.finditer(text)}
    assert {"業務完了届", "再委託先安全管理措置確認書（様式）", "参加人数連絡書"} <= leave
    assert found == set()


def test_numbers_print_once_they_agree_or_were_mended(sample):
    cited = {"参加人数連絡書", "資料確認結果通知", "実施確認票"}
    for answer in ("一致", "相違"):
        answered(sample, answer)
        assert {kind for kind, text in every_paper(sample, *cited) if NUMBER.search(text)} == cited


def test_a_request_that_is_copied_cites_no_number_either(sample):
    answered(sample, "未確認")
    year = read_programme(sample, on=TODAY)
    event = next(one for one in rows(sample.database, Event) if one.event_date and one.event_date < TODAY)
    tasks = [one for one in event_tasks(sample, event_id=event.id, today=TODAY) if one.is_contract_duty]
    assert tasks
    assert not [one.task for one in tasks if NUMBER.search(request_text(one, year, user_name=BY))]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("仕様書4(1)エに基づき、つぎのとおり", "仕様書に基づき、つぎのとおり"),
        ("根拠：仕様書4(1)・(2)、特記事項", "根拠：仕様書、特記事項"),
        ("仕様書4(1)から(4)までによる", "仕様書による"), ("（仕様書4(1)ア・ウ・エ）", "（仕様書）"),
        ("根拠：仕様書4(1)・(2)、情報の保護", "根拠：仕様書、情報の保護"), ("根拠：仕4(3)ク　講習会", "講習会"),
        ("根拠：仕4(3)ク・(4)", ""), ("仕様書4(1)ケ アンケート", "仕様書 アンケート"),
        ("仕様書4（1）クのタブレット", "仕様書のタブレット"), ("奉仕4人、仕様書　2部", "奉仕4人、仕様書　2部"),
        ("特記事項第14条", "特記事項第14条"),
    ],
)  # fmt: skip
def test_the_specification_is_still_cited(said, left):
    assert without_numbers(said) == left


@pytest.mark.parametrize(
    ("said", "of_another", "of_none"),
    [
        ("区へ返してください（特記事項第12条、第22条）。", "区へ返してください。", "区へ返してください。"),
        (
            f"本契約に従事する者を、{ANNEX.title}第7条により、届け出ます。",
            "本契約に従事する者を、取扱特記事項により、届け出ます。",
            "本契約に従事する者を、届け出ます。",
        ),
        (
            "訓練を行ったので、特記事項第25条第3項の記録として",
            "訓練を行ったので、取扱特記事項の記録として",
            "訓練を行ったので、記録として",
        ),
        ("安全管理措置（特6から特25まで）", "安全管理措置", "安全管理措置"),
        ("根拠　特6・14・22-3", "根拠　取扱特記事項", "根拠"),
        ("特記事項を周知し、", "特記事項を周知し、", "情報の取扱いを周知し、"),
        (
            "特記事項（仕様と異なる点）　独特3団体",
            "特記事項（仕様と異なる点）　独特3団体",
            "特記事項（仕様と異なる点）　独特3団体",
        ),
    ],
)
def test_clauses_of_the_annex_are_cited_where_it_is_the_contracts(said, of_another, of_none):
    year = replace(preset().programme, clauses_checked="一致")
    assert with_known_numbers(said, year) == said
    assert with_known_numbers(said, replace(year, annex="取扱特記事項")) == of_another
    assert with_known_numbers(said, replace(year, annex="")) == of_none


@pytest.mark.parametrize(
    ("branch", "text", "said"),
    [
        ("地区", "支部別", "地区別"), ("地区", "　支部", "　地区"), ("地区", "第3支部", "第3支部"),
        ("支部", "支部別", "支部別"), ("", "支部別", "支部別"),
    ],
)  # fmt: skip
def test_a_heading_of_branches_is_called_as_the_office_calls_them_and_what_was_typed_stays(branch, text, said):
    programme = replace(preset().programme, clauses_checked="一致", branch=branch)
    assert with_known_numbers(text, programme) == said
