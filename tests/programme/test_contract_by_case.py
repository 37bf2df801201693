"""Words, numbers and days of a contract by case: how they are read, said, cited and kept."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Facts

import pytest

from app.calendar.office_days import OfficeCalendar
from app.programme import rules, tax
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.programme import Contractor, ContractTerms, Counted, EventKind, Office
from db.records.year.practices import OwedPaper, RecordGroup, RetentionRow, RetentionStart
from tests.support.paper_lines import assert_paper, changes

YEAR = preset()
CONTRACT, KINDS = YEAR.programme, YEAR.kinds
LECTURE, VISIT, EXCHANGE = KINDS


@pytest.mark.parametrize(
    ("clauses", "joined", "ranged"),
    [
        ([], "", ""), (["", "仕4(1)ア"], "仕4(1)ア", "仕4(1)ア"), (["仕4(1)コ", "仕4(2)ケ"], "仕4(1)コ・(2)ケ", None),
        (["仕4(1)ア", "仕4(1)ウ", "仕4(1)ア"], "仕4(1)ア・ウ", None), (["仕4(1)", "仕4(1)ア"], "仕4(1)・ア", None),
        (["仕4(1)", "特5", "仕4(2)"], "仕4(1)・特5・仕4(2)", None), (["第2条", "第3条"], "第2条・第3条", None),
        (["仕4(1)", "仕4(2)"], "仕4(1)・(2)", "仕4(1)・(2)"),
        (["仕4(1)", "仕4(2)", "仕4(3)"], "仕4(1)・(2)・(3)", "仕4(1)から(3)まで"),
        (["仕4(2)", "仕4(3)", "仕4(4)"], "仕4(2)・(3)・(4)", "仕4(2)から(4)まで"),
        (["仕4(1)", "仕4(2)", "仕4(4)"], "仕4(1)・(2)・(4)", "仕4(1)・(2)・(4)"),
        (["仕4(1)", "仕5(2)", "仕4(3)"], "仕4(1)・仕5(2)・仕4(3)", "仕4(1)・仕5(2)・仕4(3)"),
        (["仕4(1)", "仕4(2)", "仕4(3)", "仕3"], None, "仕4(1)・(2)・(3)・仕3"),
    ],
)  # fmt: skip
def test_several_clauses_are_cited_together(clauses, joined, ranged):
    assert joined in (None, rules.join_clauses(clauses))
    assert ranged in (None, rules.clause_range([one for one in clauses if one]))


@pytest.mark.parametrize(
    ("clause", "whole", "outgoing"),
    [
        ("仕4(1)エ", "仕様書4(1)エ", None), ("仕3・仕4", "仕様書3・仕様書4", None), ("", "", ""),
        ("協議", "協議", "協議"),
        ("特6・特22-3", None, "特記事項第6条・第22条第3項"), ("特17(1)ア", "特記事項17(1)ア", "特記事項第17条(1)ア"),
        ("機5", "機密保持及び個人情報保護に関する特記事項5", "機密保持及び個人情報保護に関する特記事項第5条"),
        (" 特14による ", None, "特記事項第14条による"), ("仕様", "仕様", "仕様"),
    ],
)  # fmt: skip
def test_a_clause_is_written_out(clause, whole, outgoing):
    assert whole in (None, rules.full_clause(clause))
    assert rules.cited_clause(clause) == (rules.full_clause(clause) if outgoing is None else outgoing)
    in_sentence = (rules.in_brackets(clause), rules.in_short_brackets(clause), rules.based_on(clause))
    said = rules.full_clause(clause)
    assert in_sentence == ((f"（{said}）", f"（{clause}）", f"{said}に基づき、") if clause else ("", "", ""))


def test_a_kind_says_its_numbers_as_the_contract_does():
    cases = [
        {}, {"people_strict": True, "strict": True, "minutes_strict": True}, {"people_min": 1},
        {"people_min": 1, "people_strict": True}, {"people_min": 20}, {"people_min": 2},
        {"people_min": 1, "people_max": 1},
        {"minutes": 90}, {"minutes": 60},
    ]  # fmt: skip
    said = []
    for one in cases:
        kind = replace(LECTURE, **one)
        words = (rules.planned_words(kind), rules.people_words(kind), rules.people_words(kind, "～"))
        words += (rules.most_people_words(kind), rules.length_words(kind), rules.hours_words(kind))
        said.append(f"{one}：{'／'.join(words)}")
    assert_paper(said, "回数・人数・時間")


def test_every_value_of_a_contract_is_shown_and_read_back():
    unasked = replace(VISIT, headcount_period="", days=None, clause_minutes="", counted=Counted.ORGANISATIONS)
    values = rules.contract_values(replace(CONTRACT, clause_payment=""), (LECTURE, unasked))
    assert_paper([f"{one.key}　{one.label}　{one.words}　{one.clause}　{one.value_type}" for one in values], "契約の値")
    given = {one.key: one.text for one in values if one.key.startswith("講習会")}
    year, (lecture, visit) = rules.with_values(CONTRACT, (replace(LECTURE, planned=1, minutes=1), VISIT), given)
    assert (year, lecture, visit) == (CONTRACT, LECTURE, VISIT)
    shown = rules.ContractValue(key="", label="", value_type="日付", clause="", text="")
    assert [rules.display_words(replace(shown, value_type=one), "") for one in ("日付", "期間", "数")] == [
        "—", "求めない", "—",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sort", "typed", "key", "kept"),
    [
        ("数", "0", "講習会.planned", None), ("数", "1", "講習会.planned", "1"),
        ("数", "1000", "講習会.planned", "1000"),
        ("数", "1001", "講習会.planned", None), ("数", "１２", "講習会.days", "12"),
        ("数", "366", "講習会.days", "366"),
        ("数", "367", "講習会.days", None), ("数", "1440", "講習会.minutes", "1440"),
        ("数", "1441", "講習会.minutes", None),
        ("数", "1000", "講習会.ほか", "1000"), ("数", "x" * 41, "講習会.days", None),
        ("数", " ", "講習会.days", None),
        ("程度", "程度", "", "程度"), ("程度", "程度なし", "", "程度なし"), ("程度", "約", "", None),
        ("期間", "求めない", "講習会.material_period", ""), ("期間", "", "講習会.report_period", None),
        ("期間", "7日前", "講習会.headcount_period", "7日前"), ("期間", "7日前", "講習会.report_period", None),
        ("始まり", "契約締結日", "", "契約締結日"), ("始まり", "そのうち", "", None),
        ("日付", "2026-09-01", "", "2026-09-01"),
        ("文", " 件名 ", "", "件名"), ("文", "", "", None),
    ],
)  # fmt: skip
def test_a_typed_value_is_kept_or_refused(sort, typed, key, kept):
    if kept is not None:
        assert rules.parse_value(sort, typed, key) == kept
        return
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        rules.parse_value(sort, typed, key)
    assert_paper([str(refused.value)], f"{sort} {key}「{typed}」")


def test_the_kinds_of_the_next_year_are_those_of_this_one_as_was_confirmed():
    confirmed = {
        "種類.講習会": rules.renamed_kind_text("講座", "座", "デジタル講座"),
        "種類.意見交換会": rules.NOT_USED,
        "種類.派遣": rules.STILL_USED,
        "種類.相談会": rules.new_kind_text(EventForm.LECTURE, "相", "スマートフォン　個別相談会"),
        "種類.訪問": rules.new_kind_text(EventForm.VISIT, "訪", "訪問支援"),
        "種類.交流会": rules.new_kind_text(EventForm.EXCHANGE, "交", "交流会"),
        "種類.ほか": rules.NO_KIND,
        "講習会.planned": "9",
    }
    found = rules.kinds_of_next_year((replace(LECTURE, id=7), VISIT), confirmed)
    shown = ("position", "id", "kind", "form", "title", "name", "name_in_text", "sign", "planned_unit", "counted",
             "recruitment", "visits_per_request", "steps", "follow_up_months", "people_text", "content",
             "clause_item")  # fmt: skip
    assert_paper(["　".join(f"{one}={getattr(kind, one)}" for one in shown) for kind in found], "つぎの年度の種類")
    assert [one.kind for one in rules.kinds_of_next_year(KINDS, {"種類.意見交換会": rules.NOT_USED})] == [
        "講習会",
        "派遣",
    ]
    units = [("回", Counted.EVENTS), ("回", Counted.ORGANISATIONS), ("か所", Counted.EVENTS), ("団体", Counted.EVENTS)]
    assert [rules.unit_problem(*one) for one in units] == [
        "", "単位が「回」のときは、数えるものも「回」です。", "",
        "単位が「団体」のときは、数えるものも「団体」です。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("symbol", "typed", "printed"),
    [
        ("8練地協", "1234", "8練地協第1234号"), ("8練地協第　　号", "第1234号", "8練地協第1234号"),
        ("8練地協", "１２３４ー２", "8練地協第1234-2号"), ("8練地協", "1234 の 2", "8練地協第1234号の2"),
        ("8練地協", "9練地協第5号", "9練地協第5号"), ("", "1234", "1234"), ("8練地協", "", ""),
    ],
)  # fmt: skip
def test_a_number_is_printed_with_its_symbol(symbol, typed, printed):
    assert rules.full_number(symbol, typed) == printed
    assert_paper(
        [rules.symbol_preview(symbol), rules.number_preview(symbol, typed), rules.blank_number(symbol)],
        f"{symbol}「{typed}」",
    )


def test_names_and_signs_of_kinds_are_refused_by_what_they_are():
    signs = [rules.sign_problem(one) for one in ("講", "A", "7", "あ", "", "講座", "・", "①", "𠮷", "㐂")]
    names = [rules.name_problem(one) for one in ("講習会", "合計", "個人情報", "協議会")]
    assert_paper([*signs, *names], "記号と名前")
    same = [
        rules.repeated_name((LECTURE, replace(VISIT, **{name: getattr(LECTURE, name)})))
        for name in ("kind", "title", "name", "sign", "planned_unit")
    ]
    assert_paper([*same, rules.repeated_name((replace(LECTURE, sign="A"), replace(VISIT, sign="Ａ")))], "同じ名前")


def test_an_item_of_a_report_is_answered_by_its_chapter():
    items = ("アンケートの集計", "実施内容", "今後の支援方針", "講師の所感", "グループワークの記録", "決算")
    found = {form: [str(rules.report_answer_of(one, form)) for one in items] for form in EventForm}
    assert found == {
        EventForm.LECTURE: ["集計結果", "実施内容", "", "所感", "", ""],
        EventForm.VISIT: ["集計結果", "実施内容", "支援方針", "", "", ""],
        EventForm.EXCHANGE: ["集計結果", "実施内容", "", "所感", "討議内容", ""],
    }


@pytest.mark.parametrize("ward", ["見本区", "見本市", " 見本町 ", "見本県", "", "見本郡", "見本組合", "見本"])
def test_a_municipality_says_its_own_word(ward):
    office = Office(ward=ward)
    words = rules.in_own_words("区内の区報と区分・区域、練馬区の区政、各区", office)
    assert_paper([rules.municipality(office), rules.ward_problem(ward), words], f"「{ward}」")


def test_words_of_visits_and_branches_follow_the_year():
    call = replace(VISIT, name="訪問支援", name_in_text="訪問による支援")
    words = "アドバイザー派遣の派遣先と派遣、派遣労働者"
    said = [rules.in_visit_words(words, kinds) for kinds in ((LECTURE,), KINDS, (call,), (VISIT, call))]
    said += [rules.in_visit_words("講習会", (call,)), *map(rules.destination_word, ("派遣", "訪問", "相談"))]
    for branch in ("支部", "地区", ""):
        texts = ("支部長・会長", "団体名・支部", "第2支部", "支部なし", "支部（連合会未加盟）", "名簿")
        said += [rules.in_branch_words(one, branch) for one in texts]
    city = Office(ward="見本市")
    said.append(rules.in_year_words("区内の派遣先と支部", (call,), city, "地区"))
    said += rules.every_own_wording("区の名簿")
    said += [rules.to_branches(replace(CONTRACT, branches=one, branch="地区")) for one in ("", "各位")]
    assert_paper(said, "年度の言葉")
    named = (
        (),
        (VISIT,),
        KINDS,
        (LECTURE, replace(VISIT, audience="役員")),
        (replace(LECTURE, material_period=""), VISIT),
    )
    assert [(rules.lecture_names(one), rules.checked_lecture_names(one)) for one in named] == [
        ("", ""), ("", ""), ("講習会", "講習会"), ("講習会", ""), ("講習会", ""),
    ]  # fmt: skip


def test_a_contract_is_called_by_its_title_without_year_and_order():
    titles = ("令和8年度 町会支援事業委託", "町会支援業務委託", "平成元年度　委託", "8年度支援", "業務", "支援")
    assert [rules.programme_name(replace(CONTRACT, title=one)) for one in titles] == [
        "町会支援事業", "町会支援", "平成元年度　委託", "支援", "業務", "支援",
    ]  # fmt: skip
    assert rules.proposal_words(CONTRACT) == "次年度実施案および支援方針"
    assert rules.proposal_words(replace(CONTRACT, requirements=())) == "提案書"


def test_a_term_begins_as_the_contract_says_and_what_contradicts_it_is_doubted():
    signed = date(2026, 7, 31)
    cases = [
        {}, {"contract_date": signed}, {"term_begins": ""}, {"term_begins": "契約締結日", "contract_date": signed},
        {"term_begins": "令和8年4月1日"}, {"contract_date": date(2027, 3, 31)}, {"contract_date": date(2027, 3, 30)},
        {"title": "令和9年度 事業"}, {"title": "平成元年度 事業"}, {"title": "令和８年度 事業"},
        {"amount": 1100, "tax": 101}, {"amount": 1100, "tax": 102}, {"amount": 1100, "tax": 98}, {"tax": 98},
        {"amount": 2_970_000},
    ]  # fmt: skip
    said = []
    for one in cases:
        year = replace(CONTRACT, **one)
        parts = (rules.contract_date_word(year), rules.term_words(year), *rules.contract_doubts(year, Contractor()))
        said.append("／".join((*parts, tax.tax_words(year))))
    for number in ("T1234567890123", "Ｔ１２３４-５６７８９０１２３", "T123", "1234567890123"):
        said += rules.contract_doubts(CONTRACT, Contractor(registration_number=number))
    assert_paper(said, "履行期間・金額")
    agreed = [
        tax.with_own_tax(replace(CONTRACT, amount=one, tax=100), replace(CONTRACT, amount=1100, tax=100)).tax
        for one in (1100, 1101, 2200)
    ]
    assert agreed == [100, 100, None]


def test_what_is_kept_ends_as_the_year_says():
    def kept(year, held_on=None):
        said = [f"{one.records}　{rules.retention_words(one)}" for one in rules.retention_rows(year)]
        said += [f"{one.key} {rules.retention_end(one, year, held_on)}" for one in rules.RETENTIONS]
        return [*said, f"控え {rules.copies_until(year, held_on)}", f"アクセス {rules.accesses_until(year, 2025)}"]

    usual = kept(CONTRACT)
    assert_paper(usual, "保存")
    assert kept(CONTRACT, date(2026, 9, 24)) == usual
    assert_paper(changes(usual, kept(replace(CONTRACT, retention=(), copy_years=3))), "保存 決まりなし")
    rows = (
        RetentionRow(records=RecordGroup.PEOPLE, months=60, start=RetentionStart.EVENT),
        RetentionRow(records=RecordGroup.PHOTOS, months=0, start=RetentionStart.TERM_END),
        RetentionRow(records=RecordGroup.PHOTOS, months=18, start=RetentionStart.TERM_END),
    )
    own = kept(replace(CONTRACT, retention=rows))
    assert_paper(changes(usual, own), "保存 別の決まり")
    assert_paper(changes(own, kept(replace(CONTRACT, retention=rows), date(2026, 9, 24))), "保存 実施日から")


def test_a_promise_says_until_when_rows_copies_and_backups_last():
    held = rules.BackupTerm(months=12, held_until=date.max)
    said = []
    for kind in (rules.APPLICANTS, rules.MEMOS):
        for backups in (rules.BackupTerm(), rules.BackupTerm(months=12), held):
            said.append(rules.promise_text(kind, CONTRACT, "名簿", backups=backups))
    said.append(
        rules.promise_text(rules.APPLICANTS, CONTRACT, "名簿", backups=held, end=date(2026, 12, 31), method="廃棄")
    )
    assert_paper(said, "消去の約束")
    ends = [
        rules.contacts_end(*one) for one in ((2026, [CONTRACT]), (2025, [CONTRACT]), (2026, [CONTRACT], rules.SIGNERS))
    ]
    assert ends == [date(2027, 4, 30), date(2026, 4, 30), date(2027, 3, 31)]


def test_a_paper_is_owed_by_the_day_that_its_row_names():
    calendar = OfficeCalendar()
    year = replace(CONTRACT, contract_date=date(2026, 7, 31))
    when = (
        "業務を始める日の前日まで",
        "業務を始める日から14日",
        "契約の終わりまで",
        "求めのあったとき",
        "契約の期間の半ばまで",
    )
    said = []
    for one in (*year.owed, *(OwedPaper(paper="名簿", when=words) for words in when[:3])):
        days = [rules.owed_day(of, one, last, calendar) for of in (year, CONTRACT) for last in (None, date(2027, 2, 3))]
        said.append(f"{one.paper}　{one.when}　{'／'.join(map(str, days))}")
    said += [rules.owed_problem(one) for one in ("実施報告書", "提案書", "名簿")]
    assert_paper(said, "提出物の日")
    assert [rules.is_owed_in(year, one) for one in ("訓練の記録", "名簿")] == [True, False]
    assert [rules.asks_for_disposal(one) for one in (year, replace(year, annex=""), replace(year, annex="",
        owed=()))] == [
        True, True, False,
    ]  # fmt: skip
    assert rules.sentence_about(year, "派遣", "接続数").text == "ないときは受託者が整備"
    assert rules.sentence_about(year, "派遣", "進行役") is None
    assert rules.compared_figures((VISIT,)) == (
        "派遣.アンケート",
        "派遣.接続数",
        "派遣.消耗品",
        "派遣.進行役",
        "年度.提案書",
    )


def test_a_change_of_the_contract_holds_from_its_day_and_only_for_what_it_says():
    first = ContractTerms(
        programme_id=1,
        valid_from=date(2026, 10, 1),
        reason="",
        number="1",
        term_end=date(2027, 2, 26),
        proposal_period="3週間以内",
        payment_period="30日以内",
        amount=2_000,
        tax_rate=8,
    )
    second = replace(
        first,
        valid_from=date(2026, 12, 1),
        amount=None,
        tax_rate=None,
        term_end=date(2027, 3, 1),
        specification="変更仕様書",
        specification_on=date(2026, 11, 20),
    )
    base = replace(CONTRACT, amount=1_000, tax_rate=10, specification="仕様書")
    names = ("term_end", "proposal_period", "amount", "tax_rate", "specification", "specification_on", "branch")
    said = []
    for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 30), date(2026, 12, 1), None):
        year = rules.contract_on(base, (second, first), day)
        said.append(f"{day}　{'　'.join(str(getattr(year, one)) for one in names)}")
    assert_paper(said, "契約変更")
    assert (
        rules.row_in_force([Facts(valid_from=None), Facts(valid_from=date(2026, 5, 1))], date(2026, 4, 30)).valid_from
        is None
    )


def test_every_field_of_a_clause_is_known_by_its_key():
    assert rules.clause_key("clause_people") == "people"
    assert [rules.is_kind_clause(one) for one in ("clause_people", "clause_term", "特22")] == [True, False, False]
    assert [rules.is_clause_field(one) for one in ("clause_people", "特22")] == [True, False]
    assert len(rules.clause_fields(EventKind)) == 15
