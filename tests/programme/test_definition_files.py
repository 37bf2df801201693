"""A definition file is read whole or refused in one sentence with key and place, and nothing is written."""

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.common.file_locations import resources_folder
from app.data_folder.screens.step_year import YearStep
from app.documents.services.definition_saving import save_definition
from app.documents.services.file_saving import TargetExistsError
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.programme import services as programme_services
from app.programme.intake import (
    DefinitionProblem,
    definition_text,
    find_definition,
    parse_definition,
    preset,
    read_definition,
)
from app.programme.parts import ContractNumbers
from app.programme.rules import LIMITS, clause_fields, clause_key, parse_value
from app.programme.services import written_definition
from app.surveys.questions.services.surveys import choose_questionnaire
from db.records.event_form import EventForm
from db.records.programme import Counted, EventKind, FollowUpBy, Programme, Recruitment, ReportAnswer
from db.records.surveys import EventSurvey
from db.rows import by_id
from tests.support.stores import new_store
from tests.support.years import BY, NOW

R8 = (resources_folder() / "programmes" / "nerima_r8.toml").read_text(encoding="utf-8")
TABLES = R8[R8.index("[wording]") : R8.index("[[kinds]]")]
WAYS = [(line, "") for line in re.findall(r"(?m)^(?:own_dates|survey_online|report_extras|steps = ..協議..$).*\n", R8)]
"""Single lines on the ways of an office, to be left out."""
SECOND_KIND = "［［kinds］］の2番目（派遣）の "


def changed(*replaced: tuple[str, str]) -> bytes:
    text = R8
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


def test_a_year_of_another_city_is_read():
    found = parse_definition(
        """
format = 1
[programme]
title = "令和9年度 地域団体デジタル支援業務委託"
fiscal_year = 2027
term_end = 2028-03-31
proposal_period = ""
payment_period = "30日以内"
[office]
ward = "見本市"
[[kinds]]
key = "出前講座"
form = "派遣"
title = "地域団体出前講座"
name = "出前講座"
sign = "出"
lecturer = "派遣講師"
unit = "団体"
planned = 25
about = false
window = [2027-06-01, 2028-02-29]
people = [1, 6]
minutes = 90
headcount = "3日前"
material = "1週間前"
report = "30日以内"
survey = true
lends_devices = false
report_items = ["実施内容", "参加者アンケート", { item = "来年度の提案", chapter = "" }, "安全の報告"]
clauses = { people = "仕3(2)" }
""".encode("utf-8-sig"),
        "市.toml",
    )
    (kind,) = found.kinds
    assert (kind.form, kind.name_in_text, kind.strict, kind.days) == (EventForm.VISIT, "出前講座", True, None)
    assert kind.report_items == {
        "実施内容": "実施内容", "参加者アンケート": "集計結果", "来年度の提案": "", "安全の報告": "",
    }  # fmt: skip
    assert (kind.clause_people, kind.clause_report, kind.questionnaire, kind.ward_supplies) == ("仕3(2)", "", "", ())
    assert (found.programme.proposal_period, found.programme.clause_term, found.office.phone) == ("", "", "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('sign = "派"', 'sign = "派遣"', f"{SECOND_KIND}sign：「派遣」は1文字ではありません"),
        ('sign = "派"', 'sign = "♨"', f"{SECOND_KIND}sign：「♨」は記号に使えません"),
        ('sign = "派"', 'sign = "講"', "「講習会」と「派遣」の記号が、同じ「講」です"),
        ('key = "派遣"', 'key = "講習会"', "「講習会」と「派遣」のキーが、同じ「講習会」です"),
        ("days = 3", "dais = 3", f"{SECOND_KIND}dais：この名前の項目はありません。「days」ではありませんか。"),
        ('ward = "練馬区"', 'ward = "門真"', "［office］の ward：「門真」は、区・市・町・村"),
        ('report = "仕4(2)ケ"', 'repot = "仕4(2)ケ"', f"{SECOND_KIND}［clauses］の repot：この名前の項目"),
        ("planned = 3", 'planned = "3"', f"{SECOND_KIND}planned：1から1,000までの数ではありません"),
        ("planned = 3\n", "", f"{SECOND_KIND}planned：書かれていません"),
        ("planned = 3", "planned = true", f"{SECOND_KIND}planned：1から1,000までの数ではありません"),
        ('report = "3週間以内"', 'report = "なるべく早く"', f"{SECOND_KIND}report：「なるべく早く」は期限の"),
        ("[2026-09-01, 2027-03-15]", "[2027-03-15, 2026-09-01]", f"{SECOND_KIND}window：終わり"),
        (
            'report = "3週間以内"',
            'report = ""',
            f"{SECOND_KIND}report：空です。どの契約にも要ります。期限（30日以内、3週間以内、1か月以内、",
        ),
        (
            'material = "2週間前"\nreport = "3週間以内"',
            'report = "3週間以内"',
            f"{SECOND_KIND}material：書かれていません。期限（5日前、2週間前、1か月前、前日、10営業日前 の形。求めない",
        ),
        ('headcount = "5日前"', 'headcount = "30日以内"', "headcount：「30日以内」は、あとの期限です。前の期限"),
        (
            'lecturer = "アドバイザー"',
            'teacher = "アドバイザー"',
            f"{SECOND_KIND}lecturer：書かれていません。「teacher」という項目はないので、名前を確かめてください。",
        ),
        (
            'report_items = ["実施内容", "今後の支援方針"]',
            "report_items = []",
            f"{SECOND_KIND}report_items：1つ以上20までの、報告書に書くことの並び",
        ),
        ("2027-03-15]", "2027-04-15]", f"{SECOND_KIND}window：終わり（令和9年4月15日）が、term_end"),
        ("people = [10, 10]", "people = [10, 5]", f"{SECOND_KIND}people：多い方（5人）が、少ない方"),
        ('form = "派遣"', 'form = "出張"', f"{SECOND_KIND}form：「出張」は、「講習」・「派遣」・「意見交換」の"),
        ('questionnaire = "lecture"', 'questionnaire = "x"', "（講習会）の questionnaire：「x」は、"),
        ('"今後の支援方針"', '{ item = "x", chapter = "所感" }', f"{SECOND_KIND}report_items：「所感」という章"),
        ('title = "令和8', 'title = """\n令和8\n"""\n#', "［programme］の title：100文字までの1行の文字"),
        ("term_end = 2027-03-31", "term_end = 2026-03-31", "［programme］の term_end：令和8年3月31日は"),
        (
            'term_begins = "契約確定日の翌日"',
            'term_begins = "すぐ"',
            "［programme］の term_begins：「すぐ」は履行期間の始まりとして読めません。契約確定日の翌日、契約締結日、",
        ),
        (
            'term_begins = "契約確定日の翌日"',
            "term_begins = 2027-04-01",
            "［programme］の term_begins：令和9年4月1日は、term_end（令和9年3月31日）よりあとです。",
        ),
        ('term_begins = "契約確定日の翌日"', "term_begins = 1", "［programme］の term_begins：履行期間の始まり"),
        ("format = 2", "format = 3", "定義ファイルの形が3で、このプログラムが読めるのは2まで"),
        (
            "format = 2",
            "format = 1",
            "［［kinds］］の1番目（講習会）の steps：この項目は、形の番号が2のファイルで使えます",
        ),
        ('unit = "団体"', 'unit = "町内会"', f"{SECOND_KIND}counted：書かれていません。unit が「町内会」"),
        ('unit = "団体"', 'unit = "団体"\ncounted = "回"', f"{SECOND_KIND}counted：単位が「団体」のときは"),
        ("survey = true", 'survey = true\nrecruitment = "随時"', "（講習会）の recruitment：講習の種類には書けません"),
        ('"協議", "選定"', '"見学"', f"{SECOND_KIND}steps：「見学」は書けません"),
        ('"協議", "選定"', '"なし"', f"{SECOND_KIND}steps：「なし」は書けません"),
        ("months = [3]", "months = [25]", f"{SECOND_KIND}［follow_up］の months：1から24までの月の並び"),
        ("format = 2", "format = ", "（TOML）になっていません（2行目「format =」）"),
        ("people = [10, 20]", f"people = [10, {'9' * 4301}]", "行目「people = [10, 99999"),
        ("people = [10, 20]", f"people = [10, 0x{'f' * 4301}]", "行目「people = [10, 0xfff"),
    ],
)
def test_a_wrong_entry_is_refused_with_key_and_place(old, new, said):
    assert_refused(changed((old, new)), said)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 = not TOML", "（TOML）になっていません"),
        (("x = " + "[" * 9_000).encode(), "（TOML）になっていません"),
        (R8.encode("cp932"), "文字コードがUTF-8ではありません"),
        ((R8 + R8[R8.index("[[kinds]]") :] * 19).encode(), "kinds：種類が60あります"),
        (R8[: R8.index("[[kinds]]")].encode(), "kinds：書かれていません"),
        (b"", "format：書かれていません"),
    ],
)
def test_what_can_not_be_read_is_refused_with_key_and_place(data, said):
    assert_refused(data, said)


def assert_refused(data: bytes, said: str) -> None:
    with pytest.raises(DefinitionProblem) as problem:
        parse_definition(data, "年度.toml")
    assert said in problem.value.happened
    assert problem.value.lost == "何も書き込んでいません。"
    assert "Error" not in str(problem.value)


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ("survey = true", "survey = いいえ", "はい・いいえは、true か false と書きます。"),
        ('sign = "講"', "sign = ”講”", '全角の引用符（”）があります。半角の " で囲みます。'),
        ("term_end = 2027-03-31", "term_end = 令和9年3月31日", "日付は 2026-09-01 の形で、囲まずに書きます。"),
        ("people = [10, 20]", "people = ［10，20］", '記号（= [ ] , "）は半角で書きます。'),
        ('unit = "回"', "unit = 回", '文字は " で囲みます。'),
    ],
)
def test_a_line_that_is_no_toml_is_shown_with_how_it_is_written(old, new, advice):
    with pytest.raises(DefinitionProblem) as problem:
        parse_definition(changed((old, new)), "年度.toml")
    assert f"行目「{new}」）" in problem.value.happened
    assert problem.value.todo == f"{advice}この行を直して、もう一度お試しください。"


def test_a_big_or_missing_file_is_refused(tmp_path):
    big = tmp_path / "大きい.toml"
    with big.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(DefinitionProblem, match=r"「大きい\.toml」は、定義ファイルとしては大きすぎます"):
        read_definition(big)
    for missing in (tmp_path / "ない.toml", tmp_path, tmp_path / "x\0y", Path("r9")):
        with pytest.raises(DefinitionProblem, match="を開けません"):
            read_definition(missing)
    assert find_definition("r8") is preset()


def test_what_is_written_out_is_read_back_as_it_was(store):
    given = preset()
    kind = replace(
        given.kinds[1],
        kind='出前"講座\\',
        title="地域団体出前講座",
        name="出前講座",
        name_in_text="出前講座",
        days=None,
        strict=True,
        report_items={"実施内容": ReportAnswer.OWN, "感想": ReportAnswer.SUPPORT},
    )
    other = replace(
        given, kinds=(kind, given.kinds[0]), programme=replace(given.programme, proposal_period="", requirements=())
    )
    for one in (given, other):
        back = parse_definition(definition_text(one).encode(), "x.toml")
        assert back.programme == one.programme
        assert [replace(each, position=0) for each in back.kinds] == [replace(each, position=0) for each in one.kinds]
        assert back.office == one.office
    office = replace(given.office, staff="見本　花子", sender="見本　花子", email="mihon@example.jp")
    programme_services.set_office(act(store), office=office)
    written = written_definition(store, on=date(2026, 9, 1))
    assert written.name == "年度の定義_令和8年度.toml"
    assert parse_definition(written.data, written.name) == given
    assert "見本　花子" not in written.data.decode()
    assert "mihon@" not in written.data.decode()


def test_a_value_that_a_file_can_not_hold_is_named_and_nothing_is_written(store):
    kind = programme_services.read_programme(store).kind("講習会")
    programme_services.change_numbers(act(store), numbers=replace(kind, window_end=date(2027, 4, 1)))
    with pytest.raises(UserError, match="［［kinds］］の1番目（講習会）の window") as problem:
        written_definition(store, on=date(2026, 9, 1))
    assert problem.value.lost == "何も書き出していません。"


def act(store) -> ActionContext:
    return ActionContext(store, "見本　花子", datetime(2026, 8, 1, 9))


def test_the_page_of_the_format_names_every_key_and_its_example_is_read(project_folder):
    page = (project_folder / "docs" / "definition.md").read_text(encoding="utf-8")
    whole = tomllib.loads(definition_text(preset()))
    kinds = {key for kind in whole["kinds"] for key in (*kind, *kind["clauses"])}
    named = {*whole, *whole["programme"], *whole["programme"]["clauses"], *whole["office"], *kinds}
    named |= {clause_key(name) for record in (EventKind, Programme) for name in clause_fields(record)}
    said = page.replace("`[[", "`").replace("]]`", "`").replace("`[", "`").replace("]`", "`")
    assert {key for key in named if f"`{key}`" not in said} == set()
    examples = page.split("```toml\n")[1:]
    assert parse_definition(examples[-1].split("```")[0].encode(), "例.toml").kinds[0].name == "出前講座"


QUESTIONS = '[{"code": "Q1", "title": "よかったですか", "type": "SA", "options": ["はい", "いいえ"]}]'


@pytest.fixture
def with_questions(tmp_path):
    """A definition whose 講習会 begins with the questions of a file beside it."""
    path = tmp_path / "年度.toml"
    path.write_bytes(changed(('questionnaire = "lecture"', 'questionnaire = "設問.json"')))
    (tmp_path / "設問.json").write_text(QUESTIONS, encoding="utf-8")
    return path


def test_the_questions_of_a_file_beside_a_definition_come_into_the_year_and_out_again(with_questions, tmp_path):
    definition = read_definition(with_questions)
    assert [one.title for one in definition.kinds[0].questions] == ["よかったですか"]
    store = new_store(tmp_path / "folder")
    context = ActionContext(store, BY, NOW)
    programme_services.start_programme(
        context, programme=definition.programme, numbers=definition.kinds, office=definition.office
    )
    with_questions.with_name("設問.json").unlink()
    draft = EventDraft(kind="講習会", form=EventForm.LECTURE, subject="入門", event_date=date(2026, 10, 1))
    survey = choose_questionnaire(context, event_id=create_event(context, draft=draft).id).id
    assert [one.title for one in by_id(store.database, EventSurvey, survey).questions] == ["よかったですか"]

    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "書き出し.toml"
    save_definition(out, written_definition(store, on=NOW.date()))
    assert read_definition(out).kinds[0].questions == definition.kinds[0].questions

    out.unlink()
    with pytest.raises(TargetExistsError):
        save_definition(out, written_definition(store, on=NOW.date()))
    assert not out.exists(), "nothing is written beside a questionnaire that was there"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("設問.json", None, "「設問.json」が、定義ファイルと同じフォルダーにありません。"),
        ("設問.json", "[", "「設問.json」を設問として読めません。"),
        ("設問.json", "[]", "「設問.json」を設問として読めません。"),
        ("../設問.json", QUESTIONS, "同じフォルダーのファイルの名前だけで書きます。"),
        (
            "設問.txt",
            QUESTIONS,
            "「設問.txt」は、「exchange」・「lecture」・定義ファイルと同じフォルダーの設問のファイル",
        ),
    ],
)
def test_questions_that_are_missing_or_bad_are_refused_with_their_place(with_questions, tmp_path, name, content, said):
    with_questions.write_bytes(changed(('questionnaire = "lecture"', f'questionnaire = "{name}"')))
    with_questions.with_name("設問.json").unlink()
    if content is not None:
        (tmp_path / name).resolve().write_text(content, encoding="utf-8")
    with pytest.raises(DefinitionProblem) as problem:
        read_definition(with_questions)
    assert problem.value.happened.startswith("［［kinds］］の1番目（講習会）の questionnaire：")
    assert said in problem.value.happened


@pytest.mark.parametrize("key", LIMITS)
def test_a_number_is_taken_or_refused_alike_by_a_file_the_forms_and_the_next_specification(qtbot, key):
    given = preset()
    kind = replace(given.kinds[0], days=1, people_min=1, people_max=100_000)

    def is_taken(number: int) -> bool:
        form = ContractNumbers((replace(kind, **{key: number}),), fiscal_year=2026)
        qtbot.addWidget(form)
        return form.check()

    least, most = LIMITS[key]
    assert [is_taken(number) for number in (least - 1, least, most, most + 1)] == [False, True, True, False]
    over = replace(kind, **{key: most + 1})
    with pytest.raises(DefinitionProblem):
        parse_definition(definition_text(replace(given, kinds=(over,))).encode(), "x.toml")
    with pytest.raises(ValueError, match=f"から{most:,}までの数ではありません"):
        parse_value("数", str(most + 1), f"講習会.{key}")


def test_120_visits_pass_the_first_form(qtbot):
    given = preset()
    step = YearStep(given.programme, tuple(replace(one, planned=120) for one in given.kinds))
    qtbot.addWidget(step)
    assert step.check_fields()


def test_what_an_office_does_is_read_and_written_and_nothing_is_written_for_what_is_usual():
    said = R8[R8.index('recruitment = "年1回"') : R8.index('\n[kinds.clauses]\nitem = "仕4(2)"')]
    usual = parse_definition(changed((TABLES, ""), (said, ""), *WAYS), "年度.toml")
    visit = usual.kinds[1]
    old = changed((TABLES, ""), (said, ""), *WAYS, ("format = 2", "format = 1"))
    assert parse_definition(old, "年度.toml") == usual
    empty = 'counted = ""\nrecruitment = ""\nsteps = []\nfollow_up = {}\n'
    assert parse_definition(changed((TABLES, ""), (said, empty), *WAYS), "年度.toml") == usual
    assert (visit.counted, visit.recruitment, visit.visits_per_request, visit.steps, visit.follow_up_months) == (
        "団体",
        "回ごと",
        1,
        ("ヒアリング", "協議", "選定"),
        (),
    )
    assert definition_text(usual).startswith("format = 1\n")
    own = replace(
        visit,
        planned_unit="町内会",
        counted=Counted.EVENTS,
        recruitment=Recruitment.ANYTIME,
        visits_per_request=3,
        steps=(),
        follow_up_months=(1, 6),
        follow_up_by=FollowUpBy.EVENT,
    )
    text = definition_text(replace(usual, kinds=(usual.kinds[0], own)))
    assert text.startswith("format = 2\n")
    assert 'steps = [\n    "なし",\n]' in text
    assert parse_definition(text.encode(), "年度.toml").kinds[1] == own
