"""業務完了届 → 検査 → 請求書 → 返戻 → 支払 on a real store: each step by its service, refused where it must be, taken
back as one."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.services.tasks import deadlines
from app.ledgers.services import ledger_reading, ledger_writing
from app.programme import services as programme_services
from app.programme.services import set_contractor
from app.settings.incidents.services import incidents
from app.year.dates.services import reopen_year_task
from app.year_end.completion.rules import (
    INVOICE_POINTS,
    ContractRegister,
    check_days,
    compute_day_strip,
    have_common_person,
    notice_points,
)
from app.year_end.completion.services import checks, document_doubts, inspections, payments
from app.year_end.completion.services.completion_documents import annex_facts
from db.records.ledgers import NoteKind
from db.records.year.completion import Inspection, Payment
from tests.support.completion import (
    CHECKED,
    INSPECTED,
    INVOICE_DAY,
    NOTICE_DAY,
    RETURNED,
    an_inspection,
    as_the_register_has_it,
    inspect,
    know_contract,
    receive,
    shown,
    up_to_invoice,
    up_to_return,
)
from tests.support.sample import BY as SAMPLE_BY
from tests.support.sample import NOW, sample_store
from tests.support.years import acting


def states(found):
    return {one.point.name: one.state for one in found.points}


def test_the_inspection_follows_the_notice_within_ten_days_and_by_somebody_else(store):
    know_contract(store)
    with pytest.raises(UserError, match="業務完了届を、まだ"):
        inspect(store)
    receive(store, "業務完了届", NOTICE_DAY)
    assert shown(store, NOTICE_DAY).inspection_task.nominal == date(2027, 4, 4)
    assert shown(store, NOTICE_DAY).next_step == "検査"
    for values, words in (
        ({"inspector": "見本太郎"}, "この契約の担当です"),
        ({"inspector": "見本"}, "この契約の担当です"),
        ({"inspector": "見本　次郎"}, "検査員と立会人が、同じ"),
        ({"inspector": "別府　一、見本　太郎"}, "この契約の担当です"),
        ({"inspector": "別府　一、見本次郎"}, "検査員と立会人が、同じ"),
        ({"inspector": " "}, "検査員の氏名"),
        ({"open_reason": ""}, "確認済でない書類が5件"),
        ({"result": "手直し"}, "手直しの内容"),
    ):
        with pytest.raises(UserError, match=words):
            inspect(store, **values)
    with pytest.raises(UserError, match="より前か、本日より後"):
        inspect(store, date(2027, 3, 24))
    assert shown(store).passed_on is None


def test_what_was_to_be_mended_comes_before_the_inspection_that_passes(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    first = inspect(
        store, date(2027, 3, 26), result="手直し", repair="第4回の報告書の写真", repair_due=date(2027, 3, 29)
    )
    assert shown(store, date(2027, 3, 26)).next_step == "検査"
    assert [row.label for row in deadlines.all_tasks(store, today=date(2027, 3, 27)) if row.task == "検査の手直し"] == [
        "検査の手直しが済んだか確かめる"
    ]
    with pytest.raises(UserError, match="手直しが、まだ済んでいません"):
        inspect(store)
    inspections.note_repaired(acting(store, date(2027, 3, 29)), inspection_id=first, repaired_on=date(2027, 3, 29))
    inspect(store)
    found = shown(store)
    assert (found.passed_on, found.next_step, len(found.inspections)) == (INSPECTED, "請求書", 2)
    assert found.inspection is not None
    assert found.inspection.open_reason.startswith("提案書")
    with pytest.raises(UserError, match="もう合格"):
        inspect(store)
    inspections.save_inspection(
        acting(store, CHECKED), inspection=replace(an_inspection(), id=found.inspection.id, result="不合格")
    )
    assert shown(store).passed_on is None


def test_an_earlier_inspection_put_right_leaves_the_newest_and_a_payment_holds_both(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    repair = {"result": "手直し", "repair": "写真", "repair_due": date(2027, 3, 29), "repaired_on": date(2027, 3, 29)}
    first = an_inspection(date(2027, 3, 26), **(repair | {"repaired_on": None}))
    first_id = inspections.save_inspection(acting(store, date(2027, 3, 26)), inspection=first).id
    inspections.note_repaired(acting(store, date(2027, 3, 29)), inspection_id=first_id, repaired_on=date(2027, 3, 29))
    inspect(store)

    def again(**values):
        kept = replace(first, **{"id": first_id, "repaired_on": date(2027, 3, 29)} | values)
        return inspections.save_inspection(acting(store, CHECKED), inspection=kept)

    again(repair="第4回の報告書の写真")
    assert (shown(store).passed_on, shown(store).next_step) == (INSPECTED, "請求書")
    with pytest.raises(UserError, match="いちばん新しい検査"):
        again(result="合格")
    with pytest.raises(UserError, match="あとの検査の日より後"):
        again(held_on=date(2027, 4, 1), repair_due=None, repaired_on=None)

    receive(store, "請求書", INVOICE_DAY)
    payment = Payment(programme_id=1, ordered_on=CHECKED, order_number="第18号", reason="会計課の確認済み")
    payments.save_payment(acting(store, date(2027, 4, 30)), payment=payment)
    newest = shown(store).inspection
    with pytest.raises(UserError, match="支払の手続きを、もう"):
        inspections.save_inspection(acting(store, CHECKED), inspection=replace(newest, result="不合格"))
    again(repair="第4回の報告書の写真2枚")
    assert shown(store).passed_on == INSPECTED


def test_after_one_that_failed_an_inspection_is_held_no_earlier(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store, date(2027, 3, 30), result="不合格")
    with pytest.raises(UserError, match="前の検査の日より前"):
        inspect(store, date(2027, 3, 27))
    inspect(store, date(2027, 3, 31))
    assert shown(store).passed_on == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("見本　太郎", "見本太郎", True), ("見本", "見本　太郎", True), ("見本太郎", "見本", True),
        ("原", "原田", False),
        ("原", "原　昭子", True), ("原田　昭子", "原　昭子", False), ("Ａ、Ｂ", "B", True),
        ("見本　太郎", "見本　次郎", False),
        ("", "見本", False),
        ("髙橋　一郎", "高橋一郎", True), ("渡邊", "渡辺　花子", True), ("髙橋　一郎", "高橋　花子", False),
    ],
)  # fmt: skip
def test_whether_two_fields_name_one_person(one, other, same):
    assert have_common_person(one, other) == same == have_common_person(other, one)


def test_a_day_and_a_number_are_kept_without_spaces_around(store):
    paper = up_to_invoice(store)
    checks.note_reading(
        acting(store, INVOICE_DAY), paper_id=paper, said={"請求日": " 2027-03-29 ", "請求額": "2970000 "}
    )
    assert shown(store, INVOICE_DAY).invoice.reading.said == {"請求日": "2027-03-29", "請求額": "2970000"}
    with pytest.raises(UserError, match="日付ではありません"):
        checks.note_reading(acting(store, INVOICE_DAY), paper_id=paper, said={"請求日": "20270329"})


def test_an_invoice_that_was_returned_is_not_opened_again_by_its_date(store):
    up_to_return(store)
    with pytest.raises(UserError, match="返戻を記録しています"):
        reopen_year_task(acting(store, CHECKED), programme_id=1, task="請求書")
    assert shown(store).clock is not None


def test_where_the_contract_states_no_tax_the_invoice_may_round_it(store):
    paper = up_to_invoice(store)
    contract = replace(programme_services.read_programme(store).programme, amount=1_000_003, tax=None)
    programme_services.change_programme(acting(store, INVOICE_DAY), programme=contract)
    newest = shown(store, INVOICE_DAY).invoice
    found = {}
    for net, tax in (("909094", "90909"), ("909093", "90910"), ("909093", "90909"), ("909100", "90903")):
        told = as_the_register_has_it(newest, INVOICE_DAY, 税抜の額=net, 消費税額=tax, 登録番号="Ｔ1-2345-6789-0123")
        checks.note_reading(acting(store, INVOICE_DAY), paper_id=paper, said=told)
        found[net, tax] = states(shown(store, INVOICE_DAY).invoice)
    assert [(one["税率別の内訳"], one["消費税の端数"], one["登録番号"]) for one in found.values()] == [
        ("合う", "合う", "合う"), ("合う", "合う", "合う"), ("合わない", "合う", "合う"), ("合う", "合わない", "合う"),
    ]  # fmt: skip
    judged = {one.point.name: one.ours for one in shown(store, INVOICE_DAY).invoice.points}
    assert judged["税率別の内訳"] == "10％", "a computed value is not the contract's"


def test_an_invoice_is_judged_against_the_register_point_by_point(store):
    paper = up_to_invoice(store)
    newest = shown(store, INVOICE_DAY).invoice
    assert set(states(newest).values()) == {"未入力"}
    wrong = as_the_register_has_it(
        newest,
        date(2027, 3, 29),
        件名="別の事業",
        請求額="2970001",
        登録番号="T12345",
        名義="ﾐﾎﾝｼﾞｭﾀｸ",
        消費税額="270001",
    )
    checks.note_reading(acting(store, INVOICE_DAY), paper_id=paper, said=wrong)

    assert states(shown(store, INVOICE_DAY).invoice) == {
        "宛名・請求者": "合う", "件名・契約番号": "合わない", "請求額": "合わない", "税率別の内訳": "合わない",
        "登録番号": "合わない", "口座・名義": "合う", "請求日（検査のあと）": "合わない", "代表者": "合う",
        "押印の要否": "合う", "消費税の端数": "合わない",
    }  # fmt: skip
    with pytest.raises(UserError, match="まだ合っていない項目"):
        checks.finish_check(
            acting(store, INVOICE_DAY), paper_id=paper, on=INVOICE_DAY, first_by="見本", second_by="別の"
        )
    with pytest.raises(UserError, match="数字ではありません"):
        checks.note_reading(acting(store, INVOICE_DAY), paper_id=paper, said={"請求額": "2,970円"})
    checks.accept_point(
        acting(store, INVOICE_DAY), paper_id=paper, point="件名・契約番号", reason="年度の表記だけが違う"
    )
    assert states(shown(store, INVOICE_DAY).invoice)["件名・契約番号"] == "理由あり"


def test_why_one_amount_was_accepted_is_no_reason_for_another(store):
    paper = up_to_invoice(store)
    context = acting(store, INVOICE_DAY)
    said = as_the_register_has_it(shown(store, INVOICE_DAY).invoice, date(2027, 3, 29), 件名="別の", 請求額="2970001")
    checks.accept_point(context, paper_id=paper, point="請求額", reason="会計課に確かめた")
    checks.accept_point(context, paper_id=paper, point="件名・契約番号", reason="表記だけが違う")
    checks.note_reading(context, paper_id=paper, said=said)
    assert states(shown(store, INVOICE_DAY).invoice)["請求額"] == "理由あり"
    checks.note_reading(context, paper_id=paper, said=said)
    assert states(shown(store, INVOICE_DAY).invoice)["請求額"] == "理由あり", "nothing was changed"
    checks.note_reading(context, paper_id=paper, said=said | {"請求額": "3970000"})
    found = states(shown(store, INVOICE_DAY).invoice)
    assert (found["請求額"], found["件名・契約番号"]) == ("合わない", "理由あり")


def test_a_paper_is_compared_with_the_names_and_the_contract_of_the_day_it_came(store):
    know_contract(store)
    paper = receive(store, "業務完了届", NOTICE_DAY)
    found = shown(store, NOTICE_DAY).notice
    days = {"届出の日付": NOTICE_DAY.isoformat(), "完了年月日": NOTICE_DAY.isoformat()}
    asked = [name for one in found.points for name in one.point.fields]
    said = {name: found.register.values.get(name, "") for name in asked} | days
    checks.note_reading(acting(store, NOTICE_DAY), paper_id=paper, said=said)
    before = states(shown(store, NOTICE_DAY).notice)
    set_contractor(
        acting(store, INSPECTED),
        contractor=replace(shown(store).view.contractor, name="みほん新受託株式会社"),
        valid_from=INSPECTED,
        reason="商号の変更",
    )
    assert shown(store).view.contractor.name == "みほん新受託株式会社"
    assert states(shown(store).notice) == before
    assert before["宛名・届出者"] == "合う"


def test_a_returned_invoice_stops_the_clock_and_the_mended_one_says_so(store):
    second = up_to_return(store)
    found = shown(store)
    clock = found.clock
    assert (clock.passed, clock.remaining, clock.remaining_open, clock.stopped) == (2, 28, 16, 6)
    assert (clock.last_day_without_returns, clock.last_day) == (date(2027, 5, 5), date(2027, 5, 11))
    assert (clock.careful_last_day, clock.careful_last_open_day, clock.careful_stopped) == (
        date(2027, 5, 8),
        date(2027, 5, 7),
        4,
    )
    assert [cell.state for cell in clock.cells[:9]] == ["受領", "数えた", *["止めた"] * 6, "数えた"]
    assert found.payment_task.nominal == date(2027, 5, 11)
    assert (found.invoices[0].paper.status, found.next_step) == ("修正依頼", "支払")

    checks.note_reading(
        acting(store, CHECKED), paper_id=second, said=as_the_register_has_it(found.invoice, date(2027, 4, 9))
    )
    assert [one for one, state in states(shown(store).invoice).items() if state == "直った"] == ["登録番号"]
    with pytest.raises(UserError, match="2人で"):
        checks.finish_check(
            acting(store, CHECKED), paper_id=second, on=CHECKED, first_by="見本 太郎", second_by="見本　太郎"
        )
    with pytest.raises(UserError, match="2人で"):
        checks.finish_check(
            acting(store, CHECKED), paper_id=second, on=CHECKED, first_by="別府、見本　太郎", second_by="見本"
        )
    checks.finish_check(
        acting(store, CHECKED), paper_id=second, on=CHECKED, first_by="見本　太郎", second_by="見本　次郎"
    )
    assert shown(store).invoice.is_finished
    opened = partial(checks.reopen_check, acting(store, CHECKED), paper_id=second)
    with pytest.raises(UserError, match="理由"):
        opened(reason=" ")
    opened(reason="見直し")
    assert not shown(store).invoice.is_finished
    with pytest.raises(UserError, match="確認済になっていません"):
        opened(reason="見直し")


def test_while_it_is_away_nobody_counts_a_last_day_and_it_is_owed_again(store):
    up_to_invoice(store)
    checks.return_invoice(acting(store, RETURNED), programme_id=1, returned_on=RETURNED, reason="登録番号の誤り")
    found = shown(store, date(2027, 4, 9))
    assert (found.next_step, found.clock.last_day, found.clock.passed) == ("返戻", None, 1)
    assert [cell.state for cell in found.clock.cells][:5] == ["受領", "数えた", "止めた", "止めた", "止めた"]
    with pytest.raises(UserError, match="再受領"):
        checks.return_invoice(acting(store, RETURNED), programme_id=1, returned_on=RETURNED, reason="別")
    with pytest.raises(UserError, match="返した日"):
        receive(store, "請求書", date(2027, 4, 6))
    checks.take_back_return(acting(store, RETURNED), programme_id=1)
    assert (shown(store).open_return, shown(store).invoice.paper.status) == (None, "区が確認中")


def test_the_payment_waits_for_what_comes_before_it_and_closes_its_date(store):
    def pay(**values):
        given = {"programme_id": 1, "ordered_on": CHECKED, "order_number": "第18号"} | values
        return payments.save_payment(acting(store, date(2027, 4, 30)), payment=Payment(**given))

    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    with pytest.raises(UserError, match="合格が、まだ"):
        pay()
    inspect(store)
    receive(store, "請求書", INVOICE_DAY)
    with pytest.raises(UserError, match="点検が、まだ"):
        pay()
    with pytest.raises(UserError, match="支出命令の日"):
        pay(reason="急ぐため", ordered_on=date(2027, 4, 2))
    pay(reason="会計課の確認済み")
    assert (shown(store).next_step, shown(store).paid_on) == ("支払", None)
    with pytest.raises(UserError, match="もう記録しています"):
        checks.return_invoice(acting(store, CHECKED), programme_id=1, returned_on=CHECKED, reason="別")
    pay(reason="会計課の確認済み", paid_on=date(2027, 4, 28))
    found = shown(store, date(2027, 5, 20))
    assert (found.next_step, found.paid_on, found.payment_task.completed_on) == (
        "",
        date(2027, 4, 28),
        date(2027, 4, 28),
    )
    payments.remove_payment(acting(store, date(2027, 4, 30)), programme_id=1)
    assert (shown(store).payment, shown(store).paid_on) == (None, None)


def test_a_year_that_ends_without_inspection_is_a_question_to_the_accounts(store):
    know_contract(store)
    receive(store, "業務完了届", date(2027, 3, 29))
    after = date(2027, 4, 2)
    assert shown(store, after).is_term_over
    assert not shown(store, date(2027, 3, 31)).is_term_over
    assert "会計課への確認" in {row.task for row in deadlines.all_tasks(store, today=after)}
    asked = payments.ask_accounts(acting(store, after), programme_id=1, matter=payments.AFTER_TERM).id
    assert "会計課への確認" not in {row.task for row in deadlines.all_tasks(store, today=after)}
    with pytest.raises(UserError, match="もう会計課に"):
        payments.ask_accounts(acting(store, after), programme_id=1, matter=payments.AFTER_TERM)
    payments.note_answer(acting(store, after), question_id=asked, answer="繰越の手続きによる", answered_on=after)
    assert shown(store, after).questions[0].answer == "繰越の手続きによる"


def test_a_year_is_over_without_inspection_from_the_day_after_its_last_one(store):
    found = shown(store)
    end = found.programme.term_end
    before, after = end - timedelta(days=1), end + timedelta(days=1)

    def over(today: date, passed_on: date | None) -> bool:
        return replace(found, today=today, passed_on=passed_on).is_term_over

    assert [over(day, None) for day in (before, end, after)] == [False, False, True]
    assert [over(after, day) for day in (before, end, after)] == [False, False, True]


@pytest.mark.parametrize(
    ("invoice", "passed", "is_early"),
    [(None, None, False), (1, None, False), (None, 1, False), (1, 2, True), (2, 2, False), (3, 2, False)],
)
def test_an_invoice_is_early_before_the_day_of_passing_alone(store, invoice, passed, is_early):
    found = shown(store)
    days = {number: date(2027, 4, number) for number in (1, 2, 3)}
    changed = replace(found, passed_on=days.get(passed), invoice_on=days.get(invoice))
    assert changed.is_invoice_early == is_early


def test_what_the_ledgers_still_wait_for_is_open_at_the_inspection_and_passes_with_a_reason(tmp_path):
    sample = sample_store(tmp_path)
    signed, year = {"by": SAMPLE_BY, "now": NOW}, {"fiscal_year": 2026}
    assert shown(sample, NOW.date()).awaited_items == ()

    worker = next(line for line in _lines(sample, "workers") if line.cells["name"] == "受託見本　次郎")
    corrected = {"column": "belongs", "value": "別企画株式会社", "reason": "異動"}
    day = NOW + timedelta(days=60)
    ledger_writing.correct_row(
        ActionContext(sample, SAMPLE_BY, day), key="workers", row_key=worker.key, **corrected, **year
    )
    cells = {
        "sort": "再委託", "grade": "個人情報", "begins": "2026-12-10", "what": "印刷", "party": "見本印刷",
        "reason": "部数", "answer": "許可・承認", "answered": "2026-11-30",
    }  # fmt: skip
    ledger_writing.enter_row(ActionContext(sample, **signed), key="allowances", cells=cells, **year)
    known = {"title": "名簿が見あたらない", "place": "受託者"}
    for where in (known, known | {"place": "区"}):
        made = incidents.begin_incident(
            ActionContext(sample, **signed), incident=where, known_at=NOW, known_by="見本", **year
        ).id
    found = shown(sample, day.date())
    (allowance,), (ours, wards) = _lines(sample, "allowances")[-1:], _lines(sample, "incidents")[-2:]
    assert (ours.cells["place"], wards.cells["place"], made > 0) == ("受託者", "区", True)
    assert found.awaited_items == (
        f"許可・承認簿 {allowance.number}番の再委託の確認書",
        f"従事者名簿 {worker.number}番の変更届",
        f"事故簿 {ours.number}番の事故の対応",
    )
    (said,) = [words for words in document_doubts.open_words(found) if "管理簿" in words]
    assert said == f"管理簿で終わっていないものが3件あります（{'、'.join(found.awaited_items)}）。"
    assert annex_facts(sample, found, day.date()).open_words.startswith(f"{len(found.open_titles)}件（")
    assert set(found.awaited_items) < set(found.open_titles)

    receive(sample, "業務完了届", NOTICE_DAY)
    with pytest.raises(UserError, match="管理簿で終わっていないものが3件"):
        inspect(sample, open_reason="")
    doubts = {line.key: line.doubts for line in (*_lines(sample, "workers"), *_lines(sample, "allowances"))}
    for key, line in (("workers", worker), ("allowances", allowance)):
        for one in (doubt for doubt in doubts[line.key] if doubt.doubt.missing_paper):
            ledger_writing.answer_doubt(
                ActionContext(sample, **signed),
                key=key,
                row_key=line.key,
                rule=one.doubt.rule,
                how=NoteKind.REASON,
                words="口頭",
                **year,
            )
    assert shown(sample).awaited_items == (f"事故簿 {ours.number}番の事故の対応",)
    assert inspect(sample)
    assert document_doubts.open_papers_words(shown(sample)) == ()


def _lines(store, key):
    return ledger_reading.read_ledger(store, key=key, fiscal_year=2026, today=CHECKED).book.lines


def test_a_date_that_a_record_closed_is_not_opened_without_that_record(store):
    up_to_invoice(store)
    task = shown(store).inspection_task.task
    with pytest.raises(UserError, match="検査の合格を記録しています"):
        reopen_year_task(acting(store, CHECKED), programme_id=1, task=task)
    payments.save_payment(
        acting(store, CHECKED), payment=Payment(programme_id=1, ordered_on=CHECKED, paid_on=CHECKED, reason="急ぐ")
    )
    task = shown(store).payment_task.task
    with pytest.raises(UserError, match="支払の手続きを記録しています"):
        reopen_year_task(acting(store, CHECKED), programme_id=1, task=task)
    payments.remove_payment(acting(store, CHECKED), programme_id=1)
    inspect_again = replace(shown(store).inspection, result="不合格", repair="直す")
    inspections.save_inspection(acting(store, CHECKED), inspection=inspect_again)
    assert (shown(store).passed_on, shown(store).next_step) == (None, "検査")


REGISTER = ContractRegister(
    values={
        "件名": "見本 業務", "契約番号": "第1号", "請求額": "1100001", "税抜の額": "1000001", "消費税額": "100000",
        "登録番号": "T1234567890123",
    },
    received_on=date(2027, 4, 5), inspected_on=date(2027, 3, 31), term=(date(2026, 4, 1), date(2027, 3, 31)), rate=10,
    seal="要",
)  # fmt: skip
SUM = {"請求額": "1100001"}


@pytest.mark.parametrize(
    ("point", "said", "changed", "result"),
    [
        ("件名・契約番号", "見本　業務｜第１号", {}, "合う｜見本 業務　第1号｜"),
        ("件名・契約番号", "見本業務｜ ", {}, "未入力｜見本 業務　第1号｜"),
        ("件名・契約番号", "見本業務｜1", {"values": {"件名": "見本"}},
         "記録なし｜見本｜契約の記録に契約番号がありません。"),
        ("税率別の内訳", "１０｜1000001｜100000", {}, "合う｜10％　1,000,001円　100,000円｜"),
        ("税率別の内訳", "8%｜1000001｜100000", {}, "合わない｜10％　1,000,001円　100,000円｜税率が違います。"),
        ("税率別の内訳", "10%｜1000002｜99999", {}, "合わない｜10％　1,000,001円　100,000円｜内訳が契約と違います。"),
        ("税率別の内訳", "10%｜1000002｜99999", {"values": SUM}, "合う｜10％｜"),
        ("税率別の内訳", "10%｜1000002｜99998", {"values": SUM},
         "合わない｜10％｜税抜の額と消費税額の計が、請求額になりません。"),
        ("税率別の内訳", "10%｜｜100000", {"values": SUM}, "未入力｜10％｜"),
        ("税率別の内訳", "10%｜1｜1", {"values": {}}, "記録なし｜10％｜契約の記録に契約金額がありません。"),
        ("消費税の端数", "1000001｜100001", {}, "合う｜端数 0.1円｜"),
        ("消費税の端数", "1000001｜100002", {}, "合わない｜端数 0.1円｜計算では100,000円です。"),
        ("消費税の端数", "1000005｜99999", {}, "合わない｜端数 0.5円｜計算では100,000円です。"),
        ("消費税の端数", "1000000｜100000", {}, "合う｜端数 0円｜"),
        ("消費税の端数", "1000000｜100001", {}, "合わない｜端数 0円｜計算では100,000円です。"),
        ("消費税の端数", "｜1", {}, "未入力｜税抜の額の10％｜"),
        ("消費税の端数", "1｜", {}, "未入力｜税抜の額の10％｜"),
        ("登録番号", "Ｔ1-2345-6789-0123", {}, "合う｜T1234567890123｜"),
        ("登録番号", "T1234567890124", {}, "合わない｜T1234567890123｜登録番号が違います。"),
        ("登録番号", "T123", {}, "合わない｜T1234567890123｜Tと13桁の数字になっていません。"),
        ("請求日（検査のあと）", "2027-03-30", {}, "合わない｜検査 R9.3.31｜検査の日より前の日付です。"),
        ("請求日（検査のあと）", "2027-03-31", {}, "合う｜検査 R9.3.31｜"),
        ("請求日（検査のあと）", "2027-04-05", {}, "合う｜検査 R9.3.31｜"),
        ("請求日（検査のあと）", "2027-04-06", {}, "合わない｜検査 R9.3.31｜受領した日より後の日付です。"),
        ("押印の要否", "なし", {}, "合わない｜押印が要る｜押印がありません。"),
        ("押印の要否", "あり", {}, "合う｜押印が要る｜"),
        ("押印の要否", "なし", {"seal": "不要"}, "合う｜押印は要らない｜"),
        ("届出の日付", "2027-04-05", {}, "合う｜受領 R9.4.5｜"),
        ("届出の日付", "2027-04-06", {}, "合わない｜受領 R9.4.5｜受領した日より後の日付です。"),
        ("完了年月日（履行期間内）", "2026-03-31", {}, "合わない｜履行期間 R9.3.31まで｜3/31(火)は履行期間の外です。"),
        ("完了年月日（履行期間内）", "2026-04-01", {}, "合う｜履行期間 R9.3.31まで｜"),
        ("完了年月日（履行期間内）", "2027-03-31", {"received_on": date(2027, 3, 31)}, "合う｜履行期間 R9.3.31まで｜"),
        ("完了年月日（履行期間内）", "2027-03-31", {"received_on": date(2027, 3, 30)},
         "合わない｜履行期間 R9.3.31まで｜受領した日より後の日付です。"),
        ("完了年月日（履行期間内）", "2027-04-01", {}, "合わない｜履行期間 R9.3.31まで｜4/1(木)は履行期間の外です。"),
        ("完了年月日（履行期間内）", "2026-03-31", {"term": (None, date(2027, 3, 31))}, "合う｜履行期間 R9.3.31まで｜"),
        ("完了年月日（履行期間内）", "", {}, "未入力｜履行期間 R9.3.31まで｜"),
    ],
)  # fmt: skip
def test_each_point_says_what_the_contract_asks_and_what_is_wrong(point, said, changed, result):
    (one,) = (one for one in (*INVOICE_POINTS, *notice_points([])[3:]) if one.name == point)
    told = dict(zip(one.fields or ("税抜の額", "消費税額"), said.split("｜"), strict=True))
    found = one.compare(one.fields, told, replace(REGISTER, **changed))
    assert f"{found.state}｜{found.ours}｜{found.note}" == result


@pytest.mark.parametrize(
    ("today", "again", "ended", "strip", "counts"),
    [
        (5, None, None, "受来来来来閉閉来来来末", (0, 10, 8, 0, 0)),
        (10, None, None, "受数数数数今閉来来来末", (5, 5, 4, 0, 0)),
        (20, 12, None, "受数止止止止止止数数数数数数数今末", (9, 1, 1, 6, 4)),
        (30, 12, 21, "受数止止止止止止数数数数数数数数末", (10, 0, 0, 6, 4)),
        (9, 0, None, "受数止止今閉閉来来来来来閉閉来", (1, 9, 0, 3, 0)),
    ],
)  # fmt: skip
def test_the_days_of_a_payment_stand_in_a_strip(office_calendar, today, again, ended, strip, counts):
    """From 4/5 on, ten days; returned on 4/7, and back on the day ``again`` (0 = not yet, None = never returned)."""
    given, day = date(2027, 4, 5), partial(date, 2027, 4)
    stops = [] if again is None else [(day(7), day(again) if again else None)]
    found = compute_day_strip(
        received=given, days=10, stops=stops, today=day(today), calendar=office_calendar, ended=ended and day(ended)
    )
    signs = {"受領": "受", "数えた": "数", "止めた": "止", "これから": "来", "閉庁日": "閉"}
    cells = ["末" if one.last else "今" if one.today and one.day != given else signs[one.state] for one in found.cells]
    assert "".join(cells) == strip
    assert (found.passed, found.remaining, found.remaining_open, found.stopped, found.careful_stopped) == counts
    assert found.last_day == (None if again == 0 else given + timedelta(days=strip.index("末")))


@pytest.mark.parametrize(
    ("held", "notice", "changed", "wrong"),
    [
        (10, 10, {}, None), (15, 10, {}, None), (9, 10, {}, "検査の日が"), (16, 10, {}, "検査の日が"),
        (10, None, {}, "まだ受領"),
        (10, 9, {"result": "手直し"}, "手直しの内容"), (10, 9, {"result": "手直し", "repair": "別紙"}, None),
        (10, 9, {"repair_due": 10, "repaired_on": 10}, None), (10, 9, {"repair_due": 9}, "手直しの期限"),
        (10, 9, {"repaired_on": 15}, None), (10, 9, {"repaired_on": 16}, "済んだ日"),
        (10, 9, {"repaired_on": 9}, "済んだ日"),
    ],
)  # fmt: skip
def test_notice_check_repair_and_today_follow_each_other(held, notice, changed, wrong):
    days = {name: value if isinstance(value, str) else date(2027, 4, value) for name, value in changed.items()}
    inspection = Inspection(programme_id=1, inspector="検査", held_on=date(2027, 4, held), **{"result": "合格", **days})
    with pytest.raises(UserError, match=wrong) if wrong else nullcontext():
        check_days(inspection, notice and date(2027, 4, notice), date(2027, 4, 15))
