"""検査調書 and 検査結果通知: what the 検査 found, on its own page and in the letter, and what keeps the letter back."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from app.actions.user_error import UserError
from app.documents.services import document_saving
from app.documents.services.document_library import read_library
from app.documents.services.document_passages import reset_passage, set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState, override_stop
from app.documents.services.documents import build_document
from app.event.services import event_results
from app.programme import services as programme_services
from app.year_end.completion.services import inspections
from app.year_end.completion.services.completion import held_words, notified_on
from app.year_end.completion.services.follow_ups import NOTIFY, completion_follow_ups
from db.records.agreements import Agreement
from db.records.documents import Letter, LetterForm, LetterState
from db.records.events import EventResult
from db.records.programme import Counted
from db.rows import rows
from tests.support.completion import (
    CHECKED,
    INSPECTED,
    NOTICE_DAY,
    inspect,
    know_contract,
    receive,
    shown,
    up_to_invoice,
)
from tests.support.paper_words import missing_words, pages_of, said_by
from tests.support.years import acting, add_dispatch, add_lecture, at

YEAR = DocumentScope(fiscal_year=2026)
RECORD, RESULT, ANNEX = "検査調書", "検査結果通知", "検査調書別紙"


def content(store, kind, day=CHECKED):
    return build_document(store, scope=YEAR, kind=kind, now=datetime.combine(day, time(10, 32)))


def words(store, kind, day=CHECKED):
    return said_by(content(store, kind, day))


def test_the_record_is_a_form_until_a_verdict_is_recorded_and_then_says_it(store):
    know_contract(store)
    blank = content(store, RECORD, date(2026, 12, 1))
    assert next(block for block in blank.blocks if type(block).__name__ == "Choice").chosen == "", "nobody proposes one"
    assert "令和　　年　　月　　日" in said_by(blank)
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store, result="手直し", repair="配布資料の印刷部数を直す", repair_due=date(2027, 3, 31))
    inspections.note_repaired(acting(store, CHECKED), inspection_id=1, repaired_on=date(2027, 3, 31))
    inspect(store, date(2027, 4, 2))
    paper = content(store, RECORD)
    said = said_by(paper)
    for one in ("合格", "協働推進課長　見本　昭子", "第1回の検査", "配布資料の印刷部数を直す", "令和9年4月2日（金）"):
        assert one in said
    assert len(pages_of(paper)) == 1
    assert missing_words(paper) == []


def test_the_letter_says_who_inspected_what_and_what_comes_next(store):
    event = add_lecture(store, date(2026, 9, 24))
    event_results.record_result(
        acting(store, date(2026, 9, 25)), event_id=event, result=EventResult(event_id=event, attended=17)
    )
    up_to_invoice(store)
    paper = content(store, RESULT)
    said = said_by(paper)
    for one in (
        "令和9年3月25日に業務完了届を受領した委託", "8-0000　令和8年7月31日", "令和9年3月30日（火）", "ありません。",
        "講習会 1回、アドバイザー派遣 0団体、意見交換会 0回", "30日以内に行います", "練馬区長", "（公印省略）",
    ):  # fmt: skip
        assert one in said, one
    numbered = [line for line in words(store, "検査調書別紙", INSPECTED).splitlines() if line.isdigit()]
    assert f"提出物 {len(set(shown(store, INSPECTED).papers))}件" in said
    assert str(len(shown(store, INSPECTED).papers)) in numbered, "the last number of the 別紙 of that day"
    assert paper.stamp == "案", "before its 決裁"
    assert len(pages_of(paper)) == 1
    assert missing_words(paper) == []


def test_without_a_verdict_there_is_no_letter_at_all(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    row = read_library(store, scope=YEAR, today=CHECKED).row(RESULT)
    assert not row.is_ready
    assert "検査を記録すると" in row.state
    with pytest.raises(UserError, match="まだ記録されていません"):
        content(store, RESULT)


def test_a_refused_work_gets_its_points_with_their_day_and_no_word_of_payment(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store, result="不合格", open_reason="検査で確かめた")
    with pytest.raises(StoppedByState, match="何を直すかが"):
        content(store, RESULT)
    known = shown(store).inspection
    inspections.save_inspection(
        acting(store, CHECKED),
        inspection=type(known)(**{**vars(known), "repair": "報告書の集計を直す", "repair_due": date(2027, 4, 20)}),
    )
    said = words(store, RESULT)
    assert "報告書の集計を直す\n期限　令和9年4月20日（火）" in said
    assert "再検査" in said
    assert "請求書" not in said


def test_what_a_refusal_named_is_not_open_any_more_after_the_inspection_that_passed(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store, result="不合格", repair="報告書の集計を直す", repair_due=date(2027, 4, 2), open_reason="係で確認")
    assert "報告書の集計を直す（未了）" in words(store, "検査調書別紙")
    inspect(store, date(2027, 4, 2), result="合格", open_reason="係で確認")
    said = words(store, "検査調書別紙")
    assert "報告書の集計を直す（R9.4.2 合格）" in said
    assert "直す（未了）" not in said


def test_what_is_open_stops_the_letter_until_somebody_says_why_and_another_fact_stops_it_again(store):
    event = add_lecture(store, date(2026, 12, 10))
    up_to_invoice(store)
    with pytest.raises(StoppedByState, match="結果の記録がないため数えていない回") as stop:
        content(store, RESULT)
    assert stop.value.kind == RESULT
    assert "確かめるところがあります" in read_library(store, scope=YEAR, today=CHECKED).row(RESULT).state
    letter = {
        "scope": YEAR,
        "kind": RESULT,
        "form": LetterForm.FORMAL,
        "decided_on": CHECKED,
        "document_number": "9見本第1号",
    }
    with pytest.raises(StoppedByState):
        document_saving.set_letter_state(acting(store, CHECKED), **letter, state=LetterState.ISSUED, issued_on=CHECKED)
    override_stop(acting(store, CHECKED), scope=YEAR, kind=RESULT, reason="結果は紙で確かめた")
    paper = content(store, RESULT)
    assert paper.passed_reason == "結果は紙で確かめた"
    assert "紙で確かめた" not in "".join(pages_of(paper)), "a reason of the house stands on no letter"
    event_results.record_result(acting(store, CHECKED), event_id=event, result=EventResult(event_id=event, attended=9))
    assert content(store, RESULT).passed_reason == "", "what was open is settled"
    add_lecture(store, date(2026, 12, 14))
    with pytest.raises(StoppedByState):
        content(store, RESULT)


def test_it_stands_on_home_until_it_is_issued_and_again_after_another_inspection(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)

    def open_rows():
        return [one for one in completion_follow_ups(store.database, CHECKED) if one.task == NOTIFY]

    assert open_rows() == []
    inspect(store, result="手直し", repair="印刷を直す", repair_due=date(2027, 4, 1))
    assert "手直し" in open_rows()[0].detail
    issue = {
        "scope": YEAR,
        "kind": RESULT,
        "form": LetterForm.FORMAL,
        "decided_on": INSPECTED,
        "document_number": "9見本第1号",
    }
    document_saving.set_letter_state(acting(store, CHECKED), **issue, state=LetterState.ISSUED, issued_on=INSPECTED)
    assert open_rows() == []
    assert shown(store).notified_on == INSPECTED
    inspections.note_repaired(acting(store, CHECKED), inspection_id=1, repaired_on=date(2027, 4, 1))
    inspect(store, date(2027, 4, 2))
    assert "合格" in open_rows()[0].detail, "the letter of the 検査 before says another verdict"


def test_staff_word_it_and_the_seal_is_said_as_they_say(store):
    up_to_invoice(store)
    set_passage(acting(store, CHECKED), scope=YEAR, kind=RESULT, part="公印の表示", text="")
    assert "公印省略" not in words(store, RESULT)


def test_the_second_inspection_has_a_letter_of_its_own_with_its_own_words_date_and_number(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store, result="手直し", repair="印刷を直す", repair_due=date(2027, 4, 1))
    typed = "4月1日までに直し、書面でお知らせください。"
    set_passage(acting(store, INSPECTED), scope=YEAR, kind=RESULT, part="その他", text=typed)
    issue = {"scope": YEAR, "kind": RESULT, "form": LetterForm.FORMAL, "state": LetterState.ISSUED}
    first = {"decided_on": INSPECTED, "document_number": "9見本第1号", "issued_on": INSPECTED}
    document_saving.set_letter_state(acting(store, INSPECTED), **issue, **first)
    assert typed in words(store, RESULT, INSPECTED)
    inspections.note_repaired(acting(store, INSPECTED), inspection_id=1, repaired_on=INSPECTED)
    inspect(store, INSPECTED)
    paper = content(store, RESULT)
    assert (paper.stamp, shown(store).notified_on) == ("案", None), (
        "the letter of the first tells nothing of the second"
    )
    assert typed not in said_by(paper)
    assert "9見本第1号" not in said_by(paper)
    assert [one.task for one in completion_follow_ups(store.database, CHECKED) if one.task == NOTIFY] == [NOTIFY]
    last = "請求書をお待ちしています。"
    set_passage(acting(store, CHECKED), scope=YEAR, kind=RESULT, part="その他", text=last)
    second = {"decided_on": CHECKED, "document_number": "9見本第2号", "issued_on": CHECKED}
    document_saving.set_letter_state(acting(store, CHECKED), **issue, **second)
    said = words(store, RESULT)
    assert ("9見本第2号" in said, last in said, typed in said) == (True, True, False)
    assert shown(store).notified_on == CHECKED
    kept = {(one.revision, one.document_number) for one in rows(store.database, Letter, document_kind=RESULT)}
    assert kept == {(1, "9見本第1号"), (shown(store).inspections[-1].id, "9見本第2号")}
    reset_passage(acting(store, CHECKED), scope=YEAR, kind=RESULT, part="その他")
    assert words(store, RESULT) == said, "what left stays as it left"
    assert [notified_on(store.database, one) for one in shown(store).inspections] == [INSPECTED, CHECKED]


def test_two_inspections_before_the_first_letter_went_have_a_letter_each(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store, result="手直し", repair="印刷を直す", repair_due=date(2027, 4, 1))
    inspections.note_repaired(acting(store, INSPECTED), inspection_id=1, repaired_on=INSPECTED)
    inspect(store, INSPECTED)
    found = shown(store).inspections
    rows_of_shelf = [row for row in read_library(store, scope=YEAR, today=CHECKED).rows if row.kind == RESULT]
    assert [row.item for row in rows_of_shelf] == [one.id for one in found]
    assert [row.title for row in rows_of_shelf] == ["3/30(火)の検査　手直し", "3/30(火)の検査　合格"]
    told = [one.detail for one in completion_follow_ups(store.database, CHECKED) if one.task == NOTIFY]
    assert [("手直し" in one, "合格" in one) for one in told] == [(True, False), (False, True)]

    first = replace(YEAR, item=found[0].id)
    paper = build_document(store, scope=first, kind=RESULT, now=at(CHECKED))
    assert ("印刷を直す" in said_by(paper), "再検査" in said_by(paper)) == (True, True)
    set_passage(acting(store, CHECKED), scope=first, kind=RESULT, part="その他", text="直したら書面で。")
    issue = {"kind": RESULT, "form": LetterForm.FORMAL, "state": LetterState.ISSUED, "decided_on": CHECKED}
    document_saving.set_letter_state(
        acting(store, CHECKED), scope=first, document_number="9見本第1号", issued_on=CHECKED, **issue
    )
    last = words(store, RESULT)
    assert ("9見本第1号" in last, "直したら" in last, "請求書は" in last) == (False, False, True)
    assert shown(store).notified_dates == (CHECKED, None)
    (open_row,) = [one for one in completion_follow_ups(store.database, CHECKED) if one.task == NOTIFY]
    assert "合格" in open_row.detail
    second = replace(YEAR, item=found[1].id)
    document_saving.set_letter_state(
        acting(store, CHECKED), scope=second, document_number="9見本第2号", issued_on=CHECKED, **issue
    )
    assert shown(store).notified_dates == (CHECKED, CHECKED)
    again = said_by(build_document(store, scope=first, kind=RESULT, now=at(CHECKED)))
    assert ("9見本第1号" in again, "直したら" in again) == (True, True), "the first letter stays as it was"
    assert content(store, RESULT).file_stem != paper.file_stem, (
        "saved beside each other neither takes the other's place"
    )


def test_visits_are_counted_as_the_contract_counts_them_in_every_paper_of_the_end(store):
    for day in (date(2026, 10, 15), date(2026, 10, 22)):
        event = add_dispatch(store, day)
        event_results.record_result(acting(store, day), event_id=event, result=EventResult(event_id=event, attended=9))
    up_to_invoice(store)
    assert "アドバイザー派遣 1団体・2回、" in words(store, RESULT), "two days at one 団体 are not two 団体"
    assert "1団体・2回（延べ18人）" in words(store, RECORD)
    assert "1団体・2回（延べ18人）" in words(store, "業務完了届")
    view = programme_services.read_view(store.database, shown(store).programme, CHECKED)
    numbers = replace(view.kind("派遣"), planned_unit="回", counted=Counted.EVENTS, planned=12)
    assert held_words(numbers, shown(store).event_records, CHECKED) == "2回", "a contract of 12回 counts no 団体"


def test_the_annex_counts_what_the_contract_section_was_asked_about(store):
    know_contract(store)
    with acting(store, CHECKED).change("協議を入れた", "agreements") as change:
        for asked_on in (date(2026, 11, 30), None):
            change.insert(
                Agreement(programme_id=1, topic="回数", settled_on=date(2026, 12, 1), section_asked_on=asked_on)
            )
    assert "2件（契約課へ確認　1件）" in words(store, ANNEX)
