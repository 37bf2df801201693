"""What is owed, told and late on the real sample year: both sides in days, the four texts, one 修正依頼
for all, 供覧."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Table
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_kind import document_kind
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState
from app.documents.services.documents import build_document
from app.documents.services.notification import NotificationDetails
from app.history import services as history_services
from app.ledgers.services.ledger_reading import read_books
from app.programme.services import read_programme
from app.received.services import IncomingFile, ReceiptScope, judge_point, receive_paper
from app.submissions.deliverables.documents import LATE
from app.submissions.deliverables.rules.outstanding_texts import (
    CORRECTION_REQUEST,
    RECEIPT_NOTE,
    SUBMISSION_REQUEST,
    OwedPaper,
    applicable_texts,
    body,
)
from app.submissions.deliverables.services import circulation, outstanding, submission_forms
from app.submissions.deliverables.services.due_list import read_due_list, read_report_row
from app.submissions.deliverables.services.outstanding_documents import item_of
from app.submissions.deliverables.services.provided_items import PROVIDED_LEDGER
from app.submissions.deliverables.services.related_items import read_related_items
from app.year.contract.services import record_contract_change
from app.year.enquiries.services import ENQUIRIES
from db.records.events import Event
from db.records.submissions.received import PointResult, Receipt, ReceivedPaper
from db.rows import by_id, rows
from tests.support import submission_forms as made
from tests.support.paper_lines import assert_says
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by
from tests.support.years import add_lecture, started_year

TODAY = NOW.date()
store = made_by(sample_store, scope="module")


def view(store, row_id, today=TODAY):
    return outstanding.read_outstanding(store, row_id=row_id, today=today)


def due(store, today=TODAY):
    return read_due_list(store, today=today)


def _late(side):
    return [f"{one.words}｜{one.last_day}｜{one.done_on}｜{one.basis}｜{one.ended}" for one in side]


def test_both_sides_are_late_in_days_with_their_clause_and_a_goal_that_passed_is_no_lateness(store):
    today, later = due(store), due(store, date(2026, 12, 30))
    assert_says(
        [*_late(today.contractor.items), *_late(today.ward.items), *_late(today.missed_targets)],
        """
        第4回 キャッシュレス決済講習会 報告書 1日｜2026-11-30｜None｜仕4(1)コ 1か月以内｜False
        第6回 Instagram講習会（2回目） 資料確認 7日｜2026-11-24｜None｜仕4(1)キ 2週間前｜False
        """,
    )
    assert_says(
        [*_late(later.contractor.items), *_late(later.ward.items), *_late(later.missed_targets)],
        """
        第4回 キャッシュレス決済講習会 報告書 30日｜2026-11-30｜None｜仕4(1)コ 1か月以内｜False
        第5回 LINE講習会（2回目） 報告書 13日｜2026-12-17｜None｜仕4(1)コ 1か月以内｜False
        第2回 派遣 見本そよかぜ自治会 報告書 14日｜2026-12-16｜None｜仕4(2)ケ 3週間以内｜False
        第6回 Instagram講習会（2回目） 資料確認 14日｜2026-11-24｜None｜仕4(1)キ 2週間前（確認の記録なし）｜True
        第6回 Instagram講習会（2回目） 人数連絡 5日｜2026-12-03｜None｜仕4(1)エ 5日前（連絡の記録なし）｜True
        第7回 ホームページ・電子回覧板講習会 資料確認 14日｜2026-12-04｜None｜仕4(1)キ 2週間前（確認の記録なし）｜True
        第7回 ホームページ・電子回覧板講習会 人数連絡 5日｜2026-12-13｜None｜仕4(1)エ 5日前（連絡の記録なし）｜True
        第1回 意見交換会 報告書の確認 3日｜2026-12-27｜None｜受領から30日（目安日）｜False
        """,
    )
    assert (later.contractor.times, later.contractor.days) == (3, 57)
    last, after = due(store, date(2026, 12, 27)), due(store, date(2026, 12, 28))
    assert (last.missed_targets, [one.days for one in after.missed_targets]) == ((), [1])


def _row(one):
    """What a row says, with ! where its day is one of the contract and ? where it is provisional."""
    day = f"{'!' if one.contract else ''}{'?' if one.is_provisional else ''}{one.due_words}（{one.last_day}）"
    words = (one.way_words, one.number_words, one.check_words, one.late_words, one.late_second)
    return "｜".join(
        (one.group, one.title, day, one.basis_words, *words, f"第{one.versions}版" if one.versions else "")
    )


def test_what_each_row_says_on_a_day_in_december_and_what_came_or_passed_by_the_end_of_march(store):
    assert_says(
        (_row(one) for one in due(store).rows if one.group != "確認済" or one.versions > 1 or one.number_words),
        """
        提出待ち｜第3回 Instagram講習会 報告書｜!11/15(日)（2026-11-16）｜仕4(1)コ 1か月以内｜メール｜｜修正依頼中｜期限
        　　内　3日早い｜休日→11/16(月)｜第1版
        提出待ち｜第4回 キャッシュレス決済講習会 報告書｜!11/29(日)（2026-11-30）｜仕4(1)コ 1か月以内｜実施 10/29(木)｜
        　　｜受領前｜受託者 1日遅れ｜休日→11/30(月)　まだ届いていません｜
        区の対応｜第1回 意見交換会 報告書｜!12/12(土)（2026-12-14）｜仕4(3)コ 1か月以内｜メール｜｜区が確認中｜期限内　1
        　　5日早い｜休日→12/14(月)｜第1版
        提出待ち｜第2回 派遣 見本そよかぜ自治会 報告書｜!12/16(水)（2026-12-16）｜仕4(2)ケ 3週間以内｜実施 11/25(水)｜｜
        　　受領前｜｜｜
        提出待ち｜第5回 LINE講習会（2回目） 報告書｜!12/17(木)（2026-12-17）｜仕4(1)コ 1か月以内｜実施 11/17(火)｜｜受領
        　　前｜｜｜
        提出待ち｜第6回 Instagram講習会（2回目） 報告書｜!R9 1/8(金)（2027-01-08）｜仕4(1)コ 1か月以内｜実施 12/8(火)｜
        　　｜実施後｜｜｜
        提出待ち｜第7回 ホームページ・電子回覧板講習会 報告書｜!R9 1/18(月)（2027-01-18）｜仕4(1)コ 1か月以内｜実施 12/1
        　　8(金)｜｜実施後｜｜｜
        提出待ち｜第3回 派遣 見本わかば町会 報告書｜!R9 2/10(水)（2027-02-10）｜仕4(2)ケ 3週間以内｜実施 R9 1/20(水)｜｜
        　　実施後｜｜｜
        提出待ち｜提案書｜!R9 2/17(水)（2027-02-17）｜仕4(4) すべての事業のあと2週間以内｜｜｜受領前｜｜｜
        提出待ち｜第2回 意見交換会 報告書｜!R9 3/3(水)（2027-03-03）｜仕4(3)コ 1か月以内｜実施 R9 2/3(水)｜｜実施後｜｜
        　　｜
        提出待ち｜業務完了届｜R9 3/19(金)（2027-03-19）｜仕3 検査が履行期間に収まる日（目安日）｜｜｜受領前｜｜｜
        提出待ち｜廃棄・消去証明書｜R9 3/31(水)（2027-03-31）｜特22-2 契約の終了まで（返還または廃棄・消去が終わったとき
        　　）（目安日）｜｜｜受領前｜｜｜
        提出待ち｜請求書｜R9 4/30(金)（2027-04-30）｜仕5 支払が出納閉鎖に収まる日（目安日）｜｜｜受領前｜｜｜
        確認済｜従事者・配置表の届｜7/31(金)（2026-07-31）｜特7 業務を始める日の前日まで（目安日）｜持参｜8見本収第12号
        　　｜7/31(金)｜｜｜第1版
        確認済｜管理責任者選任届｜7/31(金)（2026-07-31）｜特6 業務を始める日の前日まで（目安日）｜持参｜8見本収第11号｜7
        　　/31(金)｜｜｜第1版
        確認済｜教育実施報告書｜8/14(金)（2026-08-14）｜特9 業務を始める日から14日（目安日）｜持参｜8見本収第13号｜7/31(
        　　金)｜｜｜第1版
        確認済｜事故等報告書　事故等報告書_20261002.xlsx｜（None）｜特25-1 直ちに。続報と最終は第2版、第3版として受領｜
        　　メール　第2版｜｜10/2(金)｜｜｜第2版
        """,
    )
    march = {one.id: one for one in due(store, date(2027, 3, 25)).rows}
    assert_says(
        (_row(march[one]) for one in ("report-11", "提案書", "業務完了届")),
        """
        区の対応｜第1回 意見交換会 報告書｜!R8 12/12(土)（2026-12-14）｜仕4(3)コ 1か月以内｜メール｜｜区が確認中｜目安日
        　　 88日過ぎ｜30日 R8 12/27(日)まで｜第1版
        提出待ち｜提案書｜!2/17(水)（2027-02-17）｜仕4(4) すべての事業のあと2週間以内｜｜｜受領前｜受託者 36日遅れ｜まだ
        　　届いていません｜
        提出待ち｜業務完了届｜3/19(金)（2027-03-19）｜仕3 検査が履行期間に収まる日（目安日）｜｜｜受領前｜目安日を6日過
        　　ぎ｜｜
        """,
    )


def test_the_four_texts_about_a_row_or_why_one_cannot_be_written_yet(store):
    said = [
        f"{row_id}　{one.action}　{one.missing or one.text.replace(chr(10), '／')}"
        for row_id in ("report-1", "report-3", "report-4", "report-11", "提案書", "廃棄・消去証明書")
        for one in view(store, row_id).texts
    ]
    assert_says(
        said,
        """
        report-1　お願い　もう届いています。
        report-1　督促　もう届いています。
        report-1　受領　見本企画株式会社／業務責任者　受託見本　恵子　様／／デジタル活用講習会　第1回「事例紹介講習会」
        　　（令和8年9月10日実施）の実施報告書（第1版）を、令和8年10月5日（月）に受領しました。／内容は、令和8年10月9日
        　　（金）に確認しました。／／練馬区地域文化部協働推進課区民協働担当係　電話 03-0000-0000
        report-1　修正依頼　修正してもらう点がありません。○でない項目か、直してもらうセルがあるとき作成できます。
        report-3　お願い　もう届いています。
        report-3　督促　もう届いています。
        report-3　受領　見本企画株式会社／業務責任者　受託見本　恵子　様／／デジタル活用講習会　第3回「Instagram講習会」
        　　（令和8年10月15日実施）の実施報告書（第1版）を、令和8年11月12日（木）に受領しました。／内容について、令和8年
        　　11月18日（水）に修正をお願いしています。／／練馬区地域文化部協働推進課区民協働担当係　電話 03-0000-0000
        report-3　修正依頼　見本企画株式会社／業務責任者　受託見本　恵子　様／／デジタル活用講習会　第3回「Instagram講習
        　　会」（令和8年10月15日実施）の実施報告書（第1版）について、つぎの1点をご確認ください。／／1　出席（1ページ）
        　　が、報告書では15人、区の記録では14人です。／／修正した版を、令和8年11月26日（木）までに提出してください。／
        　　／練馬区地域文化部協働推進課区民協働担当係　電話 03-0000-0000
        report-4　お願い　見本企画株式会社／業務責任者　受託見本　恵子　様／／デジタル活用講習会　第4回「キャッシュレス
        　　決済講習会」（令和8年10月29日実施）の実施報告書について、令和8年11月29日（日）（閉庁日のため、民法142条によ
        　　り令和8年11月30日（月））までに提出をお願いします（仕様書4(1)コ 1か月以内）。／／練馬区地域文化部協働推進課
        　　区民協働担当係　電話 03-0000-0000
        report-4　督促　見本企画株式会社／業務責任者　受託見本　恵子　様／／デジタル活用講習会　第4回「キャッシュレス決
        　　済講習会」（令和8年10月29日実施）の実施報告書が、令和8年12月1日（火）現在、届いていません。期限の令和8年11月
        　　30日（月）を1日過ぎています（仕様書4(1)コ 1か月以内）。／すみやかに提出してください。提出できる日と、遅れて
        　　いる理由をお知らせください。／／練馬区地域文化部協働推進課区民協働担当係　電話 03-0000-0000
        report-4　受領　まだ届いていません。受領を記録すると作成できます。
        report-4　修正依頼　修正してもらう点がありません。○でない項目か、直してもらうセルがあるとき作成できます。
        report-11　お願い　もう届いています。
        report-11　督促　もう届いています。
        report-11　受領　見本企画株式会社／業務責任者　受託見本　恵子　様／／デジタル意見交換会　第1回（令和8年11月12日
        　　実施）の実施報告書（第1版）を、令和8年11月27日（金）に受領しました。／内容を確認し、令和8年12月4日（金）まで
        　　に結果をお知らせします。／／練馬区地域文化部協働推進課区民協働担当係　電話 03-0000-0000
        report-11　修正依頼　見本企画株式会社／業務責任者　受託見本　恵子　様／／デジタル意見交換会　第1回（令和8年11月1
        　　2日実施）の実施報告書（第1版）について、つぎの4点をご確認ください。／／1　回収数（1ページ）が、報告書では18
        　　件、区の記録では17件です。／2　出席の欄に「十八人」とあります。数字ではありません。数字（18）で記入してくだ
        　　さい。（様式「実施報告書の数字」のシート「数字」、B6）／3　印刷部数の欄が空いています。数を記入してください
        　　（ないときは 0）。（様式「実施報告書の数字」のシート「数字」、B10）／4　「アンケート」に1つも記入がありませ
        　　ん。記入してください。（様式「実施報告書の数字」のシート「アンケート」、B5）／／修正した版を、令和8年12月8日
        　　（火）までに提出してください。／／練馬区地域文化部協働推進課区民協働担当係　電話 03-0000-0000
        提案書　お願い　見本企画株式会社／業務責任者　受託見本　恵子　様／／令和8年度 町会・自治会デジタル活用支援事業委
        　　託の提案書について、令和9年2月17日（水）までに提出をお願いします（仕様書4(4) すべての事業のあと2週間以内）。
        　　／／練馬区地域文化部協働推進課区民協働担当係　電話 03-0000-0000
        提案書　督促　期限を過ぎていません。過ぎる前は「お願い」を使います。
        提案書　受領　まだ届いていません。受領を記録すると作成できます。
        提案書　修正依頼　修正してもらう点がありません。○でない項目か、直してもらうセルがあるとき作成できます。
        廃棄・消去証明書　お願い　見本企画株式会社／業務責任者　受託見本　恵子　様／／令和8年度 町会・自治会デジタル活用
        　　支援事業委託の廃棄・消去証明書について、令和9年3月31日（水）までに提出をお願いします（特記事項第22条第2項）
        　　。／この日は、手続に間に合うように区がお願いする日です。／／練馬区地域文化部協働推進課区民協働担当係　電話 0
        　　3-0000-0000
        廃棄・消去証明書　督促　期限を過ぎていません。過ぎる前は「お願い」を使います。
        廃棄・消去証明書　受領　まだ届いていません。受領を記録すると作成できます。
        廃棄・消去証明書　修正依頼　修正してもらう点がありません。○でない項目か、直してもらうセルがあるとき作成できます
        　　。
        """,
    )


def test_the_row_of_one_report_read_alone_is_the_row_of_the_list(store):
    listed = {row.id: row for row in due(store).rows}
    for event in rows(store.database, Event):
        assert read_report_row(store, event=event, today=TODAY) == listed.get(f"report-{event.id}"), event.subject


def test_the_reports_that_came_stand_as_the_ledger_that_they_are(store):
    said = said_by(build_document(store, scope=DocumentScope(fiscal_year=2026), kind=LATE, now=NOW))
    for words in ("仕4(1)コ・(2)ケ・(3)コ", "受託者（区は受領・確認）", "区　記録者", "区　点検（係長）", "管理責任者"):
        assert words in said
    papers = rows(store.database, ReceivedPaper, kind="実施報告書")
    waiting = [one for one in papers if one.checked_on is None and one.asked_on is None]
    assert f"内容確認の途中　{len(waiting)}件（No " in said
    assert waiting


def test_a_receipt_promises_no_day_that_has_passed_and_none_on_which_the_office_is_closed(tmp_path):
    store = sample_store(tmp_path)

    def received(row_id, today):
        return next(one.text for one in view(store, row_id, today).texts if one.action == "受領")

    receive_paper(
        acting(store),
        kind="業務完了届",
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=date(2026, 11, 27)),
        file=IncomingFile(data=b"%PDF", name="完了届.pdf"),
    )
    assert "内容を確認し、令和8年12月25日（金）までに結果をお知らせします。" in received("業務完了届", TODAY)
    assert "内容を確認し、結果をお知らせします。" in received("業務完了届", date(2026, 12, 28))
    done = next(row for row in due(store).rows if row.kind == "実施報告書" and row.checked_on is not None)
    assert "に確認しました。" in received(done.id, TODAY)


def test_a_request_names_what_nobody_has_looked_at(store):
    found = view(store, "report-11")
    (words,) = read_doubts(store, scope=DocumentScope(event_id=11), kind=CORRECTION_REQUEST, today=TODAY)
    assert len(found.unchecked_points) == 2
    assert all(point in words for point in found.unchecked_points)
    assert read_doubts(store, scope=DocumentScope(event_id=11), kind=RECEIPT_NOTE, today=TODAY) == ()


def test_a_copy_of_a_request_says_its_own_day_and_until_when_it_asked(store):
    found = view(store, "report-3")
    said = said_by(document_kind(CORRECTION_REQUEST).build(store, DocumentScope(event_id=3), NOW))
    assert "令和8年11月18日" in said
    assert "令和8年11月26日（木）までに提出" in said
    assert found.outstanding.correction_due == date(2026, 11, 26) < TODAY
    assert found.next_due > TODAY, "a second request asks for a day to come"


def test_every_text_is_also_a_letter(store):
    def letter(kind, event_id):
        return said_by(document_kind(kind).build(store, DocumentScope(event_id=event_id), NOW))

    assert "提出について（督促）" in letter(SUBMISSION_REQUEST, 4)
    assert "提出について（お願い）" in letter(SUBMISSION_REQUEST, 6)
    assert "受領について" in letter(RECEIPT_NOTE, 11)
    with pytest.raises(UserError, match="修正してもらう点がありません"):
        letter(CORRECTION_REQUEST, 1)
    row = next(one for one in due(store).rows if one.id == "提案書")
    scope = DocumentScope(fiscal_year=2026, item=item_of(row))
    notice = document_kind("提出物の通知").build(store, scope, NOW)
    assert "提案書の提出について（お願い）" in said_by(notice)
    # A formal letter before 決裁: no day, no number, and on every page that it is a draft.
    assert (notice.stamp, notice.blocks[0].date.replace("　", "")) == ("案", "令和8年月日")
    listed = said_by(document_kind("提出物と遅れの一覧").build(store, DocumentScope(fiscal_year=2026), NOW))
    assert "受託者 1件・1日、区 1件・7日" in listed


def test_the_letter_about_a_paper_of_the_year_says_the_chosen_text(tmp_path):
    store = sample_store(tmp_path)
    later = datetime(2027, 6, 1, 9, 0)

    def letter(action=None, now=NOW):
        (row,) = [one for one in due(store, now.date()).rows if one.id == "提案書"]
        scope = DocumentScope(fiscal_year=2026, item=item_of(row, action))
        return said_by(document_kind("提出物の通知").build(store, scope, now))

    assert "提案書の提出について（お願い）" in letter("お願い")
    with pytest.raises(UserError, match="期限を過ぎていません"):
        letter("督促")
    assert "提案書の提出について（督促）" in letter("督促", later)
    assert "提案書の提出について（お願い）" in letter("お願い", later)
    assert "提案書の提出について（督促）" in letter(now=later), "the list of documents has no choice"

    paper = receive_paper(
        acting(store),
        kind="提案書",
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=TODAY),
        file=IncomingFile(data=b"%PDF", name="提案書.pdf"),
    ).id
    point = view(store, "提案書").unchecked_points[0]
    judge_point(acting(store), paper_id=paper, point=point, result=PointResult.DOUBTFUL, note="数が違います")
    assert "提案書の受領について" in letter("受領")
    assert "提案書の修正について（依頼）" in letter("修正依頼")
    assert "提案書の修正について（依頼）" in letter()
    with pytest.raises(UserError, match="もう届いています"):
        letter("督促", later)


def test_a_form_before_its_report_leaves_the_report_owed():
    owed = OwedPaper(
        title="実施報告書", about="", basis="", today=TODAY, last_day=TODAY - timedelta(days=1), points=("日付",)
    )
    assert applicable_texts(owed) == ("督促", "お願い", "修正依頼")


def test_one_request_joins_open_points_and_the_cells_of_the_form_and_is_undone_at_once(tmp_path):
    store = sample_store(tmp_path)
    data = made.filled(made.figures_form(store, NOW, 11), {"申込": "十六人"})
    receipt = Receipt(received_on=date(2026, 11, 30))
    submission_forms.receive_form(
        acting(store),
        book=made.read(data),
        file=IncomingFile(data=data, name="数字.xlsx"),
        receipt=receipt,
        fiscal_year=2026,
    )

    found = view(store, "report-11")
    assert found.row.form_id
    assert sum("様式「実施報告書の数字」" in point for point in found.outstanding.points) >= 2
    assert (
        "申込の欄に「十六人」とあります。数字ではありません。数字（16）で記入してください。"
        "（様式「実施報告書の数字」のシート「数字」、B5）" in found.outstanding.points
    )
    text = next(one.text for one in found.texts if one.action == "修正依頼")
    assert f"つぎの{len(found.outstanding.points)}点をご確認ください" in text

    due_on = date(2026, 12, 8)
    saved = outstanding.record_combined_correction(
        acting(store), row_id="report-11", programme_id=1, due=due_on, text=text
    )
    papers = [by_id(store.database, ReceivedPaper, one) for one in (found.row.paper_id, found.row.form_id)]
    assert [(one.status, one.correction_due, one.correction_text) for one in papers] == [("修正依頼", due_on, text)] * 2
    assert saved.id == found.row.paper_id
    history_services.undo(store, by=BY, now=NOW)
    assert [by_id(store.database, ReceivedPaper, one.id).status for one in papers] == ["区が確認中"] * 2
    with pytest.raises(UserError, match="本日より前"):
        outstanding.record_combined_correction(
            acting(store), row_id="report-11", programme_id=1, due=TODAY - timedelta(days=1), text=text
        )


def test_a_request_told_at_once_is_told_for_a_paper_of_which_several_come(tmp_path):
    store = sample_store(tmp_path)
    data = made.filled(made.year_form(store, "物品持込許可申請書", NOW), {"履行場所": "見本区民館", "持込日": "あす"})
    submission_forms.receive_form(
        acting(store),
        book=made.read(data),
        file=IncomingFile(data=data, name="持込.xlsx"),
        receipt=Receipt(received_on=TODAY),
        fiscal_year=2026,
    )
    (row,) = [one for one in due(store).rows if one.kind == "物品持込許可申請書"]
    text = next(one.text for one in view(store, row.id).texts if one.action == "修正依頼")

    outstanding.record_combined_correction(
        acting(store),
        row_id=row.id,
        programme_id=1,
        due=None,
        text=text,
        notification=NotificationDetails(told_to="受託者", told_how="メール"),
    )

    related = read_related_items(store, row_id=row.id, programme_id=1, today=TODAY)
    row = related.outstanding.row
    assert (row.check_words, row.not_notified, row.group) == ("修正依頼中", False, "提出待ち")
    assert related.notification is not None
    assert (related.notification.told_how, related.notification.title) == ("メール", "物品持込許可申請書 第1版")


def test_a_paper_goes_round_and_tells_nobody_outside(tmp_path):
    store = sample_store(tmp_path)
    paper = next(one for one in rows(store.database, ReceivedPaper, event_id=8))
    programme = read_programme(store, fiscal_year=2026).programme

    def contacts():
        book, _setting = read_books(store.database, programme, TODAY, (ENQUIRIES,))["enquiries"]
        return len(book.lines)

    before = contacts()
    with pytest.raises(UserError, match="供覧した人"):
        circulation.circulate(acting(store), paper_id=paper.id, on=TODAY, to=" ")
    with pytest.raises(UserError, match="受領日より前"):
        circulation.circulate(acting(store), paper_id=paper.id, on=date(2026, 11, 1), to="係長")
    circulation.circulate(acting(store), paper_id=paper.id, on=TODAY, to="係長、課長", note="所感に注目")
    (act,) = circulation.circulations_of(store, paper_id=paper.id)
    assert (act.told_to, act.told_on, act.reason, act.is_notified) == ("係長、課長", TODAY, "所感に注目", False)
    assert contacts() == before


def test_the_slip_of_a_paper_says_what_came_and_one_of_anything_else_what_is_typed(tmp_path):
    store = sample_store(tmp_path)
    paper = next(one for one in rows(store.database, ReceivedPaper, event_id=8))

    def slip(item):
        scope = DocumentScope(fiscal_year=2026, item=item)
        return said_by(build_document(store, scope=scope, kind="供覧票", now=NOW))

    for words in (f"{paper.kind}　第{paper.version}版", paper.received_how, "課長", "気づいたこと"):
        assert words in slip(paper.id)
    about = DocumentScope(fiscal_year=2026)
    who = acting(store)
    set_passage(who, scope=about, kind="供覧票", part="件名", text="みほん町会からの要望書")
    set_passage(who, scope=about, kind="供覧票", part="供覧先", text="部長\n課長")
    assert "みほん町会からの要望書" in slip(None)
    assert "部長" in slip(None)
    assert "部長" not in slip(paper.id), "each paper has its own"


def test_what_was_handed_over_is_asked_back_after_the_contract(store):
    programme = read_programme(store, fiscal_year=2026).programme

    def doubts(today):
        book, _setting = read_books(store.database, programme, today, (PROVIDED_LEDGER,))["provided"]
        return [(line.cells["sort"], one.doubt.words) for line in book.lines for one in line.doubts]

    assert doubts(programme.term_end) == []
    assert doubts(programme.term_end + timedelta(days=1)) == [("アクセス権限", "回収・停止の記録がありません")]


def test_a_request_says_the_day_to_which_a_closed_one_moves_the_deadline():
    owed = OwedPaper(
        title="実施報告書",
        about="第6回 LINE講習会",
        basis="",
        today=date(2026, 12, 20),
        due=date(2027, 1, 17),
        last_day=date(2027, 1, 18),
    )

    assert "令和9年1月17日（日）（閉庁日のため、民法142条により令和9年1月18日（月））までに提出" in body("お願い", owed)


def test_no_report_is_asked_for_before_its_event(tmp_path):
    store = sample_store(tmp_path)
    with closing(store.database.conn):
        sixth = event_id(store, "講習会", 6)
        with pytest.raises(StoppedByState, match="は令和8年12月8日（火）に開きます。報告書は、開いたあとに"):
            build_document(store, event_id=sixth, kind=SUBMISSION_REQUEST, now=NOW)
        assert (
            build_document(
                store, event_id=sixth, kind=SUBMISSION_REQUEST, now=datetime(2026, 12, 9, 9, 0)
            ).passed_reason
            == ""
        )


def test_a_report_is_asked_for_by_the_rule_of_its_own_day(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store, date(2026, 9, 24))
    kind = read_programme(store, on=NOW.date()).kind("講習会")
    record_contract_change(
        ActionContext(store, BY, datetime(2026, 9, 1, 9)),
        programme_id=1,
        numbers=[replace(kind, report_period="3週間以内", title="スマホ講習会", name="講習会")],
        valid_from=date(2026, 10, 1),
        reason="第1号変更契約",
    )
    today = date(2026, 11, 10)
    (row,) = [one for one in read_due_list(store, today=today).rows if one.event_id]
    assert (row.due, row.basis_words) == (date(2026, 10, 24), "仕4(1)コ 1か月以内")
    text = {one.action: one for one in view(store, row.id, today).texts}["督促"].text
    assert "1か月以内" in text
    assert "スマホ講習会" not in text, "the event took place under its earlier name"


def test_a_day_of_the_ward_s_own_that_has_passed_is_no_deadline_to_be_reminded_of(store):
    row_id, day = "廃棄・消去証明書", date(2027, 4, 20)
    texts = {one.action: one for one in view(store, row_id, day).texts}
    assert texts["督促"].missing == "契約の期限ではないため、督促はしません。「お願い」を使います。"
    assert "まだ届いていません。すみやかに提出をお願いします（特記事項第22条第2項）。" in texts["お願い"].text
    assert "過ぎています" not in texts["お願い"].text
    assert "3月31日" not in texts["お願い"].text, "nothing is wished for by a day that has passed"
    before = {one.action: one for one in view(store, row_id, date(2027, 3, 20)).texts}
    assert "令和9年3月31日（水）までに提出をお願いします" in before["お願い"].text
    assert before["督促"].missing == "期限を過ぎていません。過ぎる前は「お願い」を使います。"


def test_every_table_of_what_is_owed_fills_the_page(store):
    content = build_document(store, scope=DocumentScope(fiscal_year=2026), kind="提出物と遅れの一覧", now=NOW)
    widths = {one.name: sum(column.width for column in one.columns) for one in content.blocks if isinstance(one, Table)}
    assert {"提出物", "受領した報告書"} <= set(widths)
    assert set(widths.values()) == {165}
