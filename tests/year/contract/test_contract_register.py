"""The contract register on a real store: amount and tax, each 契約変更 with old and new, notice of the
end, 契約台帳."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Heading, KeyValues, Table
from app.documents.services.document_scope import DocumentScope
from app.event.rules.event_warning import outside_term_warning
from app.event.services.tasks import deadlines
from app.history import services as history_services
from app.home.today.services import home
from app.programme import rules as programme_rules
from app.programme import services as programme_services
from app.programme import tax
from app.programme.intake import definition_text, preset
from app.programme.rules import YearDefinition
from app.year.contract import services as contract_services
from app.year.dates import services as dates_services
from db.records.programme import Contractor, DocumentSetting
from tests.support.paper_words import missing_words, pages_of, said_by
from tests.support.years import BY, NOW, TODAY, acting, at, started_year

FROM = date(2026, 10, 1)


def saved(store, **values):
    view = programme_services.read_programme(store, on=TODAY)
    programme_services.change_programme(acting(store), programme=replace(view.programme, **values))


def held(store, day=TODAY):
    return programme_services.read_programme(store, on=day).programme


def agreed(store, number="", **values):
    contract_services.record_contract_change(
        acting(store),
        programme_id=1,
        terms=replace(held(store), **values),
        valid_from=FROM,
        reason="回数の見直し",
        number=number,
    )


def test_the_term_begins_on_the_day_after_the_contract_and_the_tax_follows_its_rate(tmp_path):
    store = started_year(tmp_path)
    assert programme_rules.term_start(held(store)) is None
    saved(store, contract_number="8-0000", contract_date=date(2026, 7, 31), amount=2_970_000)

    found = held(store)
    assert programme_rules.term_start(found) == date(2026, 8, 1)
    assert (tax.tax_amount(found), tax.net_amount(found)) == (270_000, 2_700_000)
    assert tax.tax_words(found) == "税抜 2,700,000円　消費税（10％・税率から計算）270,000円"
    saved(store, tax=269_999)
    assert tax.net_amount(held(store)) == 2_700_001
    assert history_services.undo(store, by=BY, now=NOW).message
    assert held(store).tax is None


def test_the_term_begins_and_the_ward_pays_as_the_contract_says_it(tmp_path):
    store = started_year(tmp_path)

    def shown():
        sheet = contract_services.build_register(store, DocumentScope(fiscal_year=2026), NOW)
        return dict(pair for block in sheet.blocks if isinstance(block, KeyValues) for pair in block.rows)

    assert shown()["履行期間"] == "契約確定日の翌日から令和9年3月31日（水）まで（仕様書）"
    made = {"contract_date": date(2026, 7, 31), "payment_way": "", "clauses_checked": "一致"}
    saved(store, **made, term_begins="契約締結日", payment_condition="検査に合格したあとの請求に基づき")
    assert programme_rules.term_start(held(store)) == date(2026, 7, 31)
    assert shown()["履行期間"] == "令和8年7月31日（金）から令和9年3月31日（水）まで（契約締結日から。仕3）"
    assert shown()["契約番号"].endswith("契約締結日　令和8年7月31日（金）")
    assert shown()["支払"].startswith("検査に合格したあとの請求に基づき、30日以内に支払う（仕5）")
    saved(store, **made, term_begins="令和8年9月1日", payment_condition="")
    assert programme_rules.term_start(held(store)) == date(2026, 9, 1)
    assert shown()["履行期間"] == "令和8年9月1日（火）から令和9年3月31日（水）まで（仕3）"
    assert shown()["支払"].startswith("30日以内に支払う（仕5）")
    assert outside_term_warning(held(store), date(2026, 8, 31)).startswith("実施日 8/31(月) は、履行期間（9/1(火)から")
    assert outside_term_warning(held(store), date(2026, 9, 1)) is None
    following = dates_services.next_year_draft(store, today=TODAY).programme
    assert (following.term_begins, following.payment_way) == ("令和9年9月1日", "")
    saved(store, **made, term_begins="")
    assert programme_rules.term_start(held(store)) is None
    assert shown()["履行期間"] == "令和9年3月31日（水）まで（仕3）"
    with pytest.raises(UserError, match="「すぐ」は履行期間の始まりとして読めません"):
        saved(store, term_begins="すぐ")


def test_the_next_year_takes_the_words_of_its_definition_file(tmp_path):
    store = started_year(tmp_path)
    draft = dates_services.next_year_draft(store, today=TODAY)
    words = {"term_begins": "契約締結日", "payment_condition": "", "payment_way": "分割"}
    path = tmp_path / "つぎ.toml"
    written = YearDefinition(programme=replace(draft.programme, **words), kinds=draft.numbers, office=draft.office)
    path.write_text(definition_text(written), "utf-8")
    found = dates_services.read_definition_of_year(path, draft)
    assert found.office == draft.office
    assert {name: getattr(found.programme, name) for name in words} == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": -1}, "0円より小さく"),
        ({"tax": 1000}, "消費税額だけ"),
        ({"amount": 1000, "tax": 1001}, "大きくなって"),
        ({"tax_rate": 101}, "税率"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_in_words_and_nothing_is_saved(tmp_path, values, words):
    store = started_year(tmp_path)
    before = held(store)
    with pytest.raises(UserError) as refused:
        saved(store, **values)
    assert words in refused.value.happened
    assert held(store) == before


def test_what_looks_wrong_is_said_and_not_refused(tmp_path):
    store = started_year(tmp_path)
    saved(store, title="令和７年度 町会・自治会デジタル活用支援事業委託", amount=2_970_000, tax=297_000)
    said = programme_rules.contract_doubts(held(store), Contractor(registration_number="T12345"))
    assert len(said) == 3
    assert "契約件名は令和7年度ですが、この年度は令和8年度です。" in said[0]
    assert "270,000円と違います" in said[1]
    assert "T12345" in said[2]
    written = Contractor(registration_number="Ｔ1-2345－6789-0123")
    assert programme_rules.contract_doubts(preset().programme, written) == ()


def test_a_change_of_the_amount_holds_from_its_day_and_leaves_the_rest_as_it_was(tmp_path):
    store = started_year(tmp_path)
    saved(store, amount=2_970_000, tax=270_000, specification="第1版")
    agreed(store, "第1号", amount=3_300_000, tax=None)
    saved(store, specification="第2版", contract_number="8-1")

    assert (held(store).amount, held(store, FROM).amount) == (2_970_000, 3_300_000)
    assert tax.tax_amount(held(store, FROM)) == 300_000
    assert (held(store, FROM).specification, held(store, FROM).contract_number) == ("第2版", "8-1")
    # Putting right what holds on a later day puts the row of the change right, not the contract as it was made.
    programme_services.change_programme(
        ActionContext(store, BY, at(FROM + timedelta(days=1))), programme=replace(held(store, FROM), amount=3_410_000)
    )
    assert (held(store).amount, held(store, FROM).amount) == (2_970_000, 3_410_000)


def test_a_tax_that_was_stated_for_another_amount_is_no_longer_stated(tmp_path):
    """業務完了届 certified 「うち 270,000円」 in an amount of 3,300,000円."""
    store = started_year(tmp_path)
    saved(store, amount=2_970_000, tax=270_000)
    saved(store, amount=3_300_000)
    assert (held(store).tax, tax.tax_amount(held(store))) == (None, 300_000)
    saved(store, tax=299_999)
    saved(store, contract_number="8-1")
    assert held(store).tax == 299_999, "a figure that somebody typed stays until the amount changes"
    saved(store, amount=1_000, tax_rate=8)
    assert held(store).tax is None, "the amount may become less than the former tax"
    saved(store, tax=50)
    saved(store, amount=550, tax_rate=10)
    assert held(store).tax == 50, "typed before its amount it stays"
    agreed(store, "第1号", amount=3_300_000)
    assert (held(store, FROM).tax, tax.tax_amount(held(store, FROM))) == (None, 300_000)


def test_every_change_stands_in_one_history_with_its_number_and_old_and_new(tmp_path):
    store = started_year(tmp_path)
    saved(store, amount=2_970_000, tax=270_000)
    agreed(store, "第1号", amount=3_300_000, tax=None, term_end=date(2027, 3, 15))
    view = programme_services.read_programme(store)
    programme_services.set_contractor(
        acting(store),
        contractor=replace(view.contractor, responsible="見本 三郎"),
        valid_from=date(2026, 11, 1),
        reason="業務責任者の変更届",
    )
    found = contract_services.contract_history(programme_services.read_programme(store).rows)

    assert [(one.day, one.number, one.subject, one.item, one.old, one.new) for one in found] == [
        (FROM, "第1号", "契約", "履行期間の末日", "令和9年3月31日（水）", "令和9年3月15日（月）"),
        (FROM, "第1号", "契約", "契約金額（円）", "2,970,000", "3,300,000"),
        (FROM, "第1号", "契約", "消費税額（円）", "270,000", "（空欄）"),
        (date(2026, 11, 1), "", "受託者", "業務責任者", "見本 花子", "見本 三郎"),
    ]
    assert {one.reason for one in found} == {"回数の見直し", "業務責任者の変更届"}


def test_each_change_is_compared_with_what_held_on_the_day_before_it(tmp_path):
    store, days = started_year(tmp_path), (FROM, FROM + timedelta(days=1))
    for day, rate, name, sender in zip(days, (8, 12), ("甲社", "乙社"), ("区長", "部長"), strict=True):
        base = replace(held(store, day), amount=1000 * rate, tax_rate=rate, tax=None)
        given = {"valid_from": day, "reason": "見直し"}
        contract_services.record_contract_change(acting(store), programme_id=1, terms=base, **given)
        contractor = programme_services.read_programme(store, on=day).contractor
        programme_services.set_contractor(acting(store), contractor=replace(contractor, name=name), **given)
        for kind in ("決定通知", "参加人数連絡書"):
            setting = DocumentSetting(
                programme_id=1, document_kind=kind, sender=sender if kind == "決定通知" else "課長"
            )
            programme_services.set_document_setting(acting(store), setting=setting, **given)
    found = contract_services.contract_history(programme_services.read_programme(store).rows)
    paper, count = "決定通知の宛先・形式", "参加人数連絡書の宛先・形式"
    kept = ("形式", "敬称")
    assert [(one.day, one.subject, one.item, one.old, one.new) for one in found if one.item not in kept] == [
        (days[0], "契約", "契約金額（円）", "（空欄）", "8,000"),
        (days[0], "契約", "消費税の税率", "10％", "8％"),
        (days[0], "受託者", "名称", "みほん受託株式会社", "甲社"),
        (days[0], paper, "発信者", "（空欄）", "区長"),
        (days[0], count, "発信者", "（空欄）", "課長"),
        (days[1], "契約", "契約金額（円）", "8,000", "12,000"),
        (days[1], "契約", "消費税の税率", "8％", "12％"),
        (days[1], "受託者", "名称", "甲社", "乙社"),
        (days[1], paper, "発信者", "区長", "部長"),
        (days[1], count, "内容は前と同じ", "", ""),
    ]


def test_the_sheet_of_another_contract_says_what_that_one_says(tmp_path):
    store = started_year(tmp_path)
    year = {"annex": "特記仕様書", "requirements": (), "specification": "第2版", "specification_on": TODAY}
    saved(store, **year, proposal_period="20日以内")

    def said():
        sheet = contract_services.build_register(store, DocumentScope(fiscal_year=2026), NOW)
        rows = dict(pair for block in sheet.blocks if isinstance(block, KeyValues) for pair in block.rows)
        return rows["仕様書"], next(block.note for block in sheet.blocks if isinstance(block, Table))

    version = "第2版　令和8年9月1日　項番（契約書とまだ照合していない）"
    assert said() == (version, "注　提案書は、すべての事業のあと20日以内（仕様書）。")
    saved(store, proposal_period="")
    assert said()[1] == ""


def test_a_change_of_a_kind_stands_under_the_name_that_the_contract_gives_it(tmp_path):
    store = started_year(tmp_path)
    kind = programme_services.read_programme(store).kind("講習会")
    programme_services.describe_kind(acting(store), kind=replace(kind, name="講座"))
    kind = programme_services.read_programme(store).kind("講習会")
    contract_services.record_contract_change(
        acting(store),
        programme_id=1,
        numbers=[replace(kind, planned=8)],
        valid_from=FROM,
        reason="回数の見直し",
        number="第1号",
    )
    said = said_by(contract_services.build_register(store, DocumentScope(fiscal_year=2026), at(FROM)))
    assert "講座　予定回数" in said
    assert "講習会　予定回数" not in said
    (item,) = contract_services.changes_of_contract(programme_services.read_programme(store).rows)
    assert item.subject == "講習会", "the key, by which a 協議書 that was told is known"


def test_the_next_year_does_not_inherit_what_only_its_own_contract_says(tmp_path):
    store = started_year(tmp_path)
    saved(store, amount=2_970_000, contract_number="8-0000", specification="第1版", invoice_to="練馬区長")
    draft = dates_services.next_year_draft(store, today=NOW.date()).programme
    assert (draft.amount, draft.contract_number, draft.specification, draft.invoice_to) == (None, "", "", "練馬区長")


def test_the_end_of_the_contract_is_told_for_a_week_90_60_30_and_7_days_before(tmp_path):
    store = started_year(tmp_path)
    end = date(2027, 3, 31)

    def shown(day: date) -> bool:
        view = home.read_home(store, today=day)
        return any(row.task.task == "契約の満了" for row in (*view.rows, *view.later_rows))

    for days in (90, 60, 30, 7):
        assert not shown(end - timedelta(days=days + 1))
        assert shown(end - timedelta(days=days))
        assert shown(end - timedelta(days=days - 6))
    assert not shown(end - timedelta(days=50))
    assert not shown(end + timedelta(days=1))
    (task,) = [
        one
        for one in deadlines.year_tasks(store, deadlines.read_year(store, end + timedelta(days=1)))
        if one.task == "契約の満了"
    ]
    assert task.completed_on == end
    assert not task.is_contract_duty
    saved(store, expiry_days=(120,))
    assert shown(end - timedelta(days=120))
    assert not shown(end - timedelta(days=90))


def test_the_register_is_one_sheet_that_says_what_is_not_known(tmp_path):
    store = started_year(tmp_path)
    bare = contract_services.build_register(store, DocumentScope(fiscal_year=2026), NOW)
    assert "（未入力）" in str(bare.blocks)
    assert "契約変更はない。" in str(bare.blocks)
    assert "仕4(1)" not in str(bare.blocks)
    heads = [(one.level, one.number, one.text) for one in bare.blocks if isinstance(one, Heading)]
    assert heads == [(1, "1", "契約と当事者"), (1, "2", "契約条件（回数・人数・期限）"), (1, "3", "契約変更")]

    saved(store, amount=2_970_000, contract_date=date(2026, 7, 31), clauses_checked="一致", annex_004=True)
    agreed(store, "第1号", amount=3_300_000)
    told = contract_services.build_register(store, DocumentScope(fiscal_year=2026), at(FROM))
    values = dict(pair for block in told.blocks if isinstance(block, KeyValues) for pair in block.rows)
    tables = {block.name: block for block in told.blocks if isinstance(block, Table)}
    assert {sum(one.width for one in block.columns) for block in tables.values()} == {165}
    assert values["仕様書"] == "（未入力）　項番は出現順（契約書の番号と一致する）"
    numbers = tables["契約条件"]
    assert numbers.note == "注　次年度実施案・団体支援方針の提案書は、すべての事業のあと2週間以内（仕4(4)）。"
    assert numbers.rows[6] == ("資料確認", *(f"2週間前まで　仕4({number})キ" for number in (1, 2, 3)))
    assert values["契約金額"].startswith("3,300,000円（税込）")
    assert values["履行期間"].startswith("令和8年8月1日（土）から令和9年3月31日（水）まで")
    assert values["特記事項"] == (
        "情報の保護および管理に関する特記事項（契約に含む。仕6）\n"
        "機密保持及び個人情報保護に関する特記事項（契約外。区の自主管理）"
    )
    assert values["支払"].startswith(
        "全ての委託業務の履行確認後、受託者からの書面による請求に基づき、30日以内に一括で支払う（仕5）\n"
    )
    assert values["支払"].endswith("請求書の宛名　練馬区長")
    assert tables["契約変更"].rows[0][1:5] == ("第1号", "契約　契約金額（円）", "2,970,000", "3,300,000")
    assert numbers.rows[1] == ("回数", "7回程度　仕4(1)ウ", "3団体程度　仕4(2)ウ", "2回　仕4(3)ウ")
    assert numbers.rows[2] == ("日数", "定めなし", "3日間程度　仕4(2)ア", "2日間　仕4(3)ア")
    (page,) = pages_of(told)
    assert "3,300,000円" in page
    assert missing_words(told) == []
