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


def test_lateness_of_both_sides_is_counted_in_days_with_its_clause(store):
    found = due(store)

    (theirs,) = found.contractor.items
    assert (theirs.title, theirs.days, theirs.done_on) == ("第4回 キャッシュレス決済講習会 報告書", 1, None)
    assert theirs.basis.startswith("仕4(1)コ")
    (own,) = found.ward.items
    assert (own.days, own.done_on) == ((TODAY - own.last_day).days, None)
    assert "資料確認" in own.title
    assert own.basis.startswith("仕4(1)キ")


def test_the_row_of_one_report_read_alone_is_the_row_of_the_list(store):
    listed = {row.id: row for row in due(store).rows}
    for event in rows(store.database, Event):
        assert read_report_row(store, event=event, today=TODAY) == listed.get(f"report-{event.id}"), event.subject


def test_thirty_days_are_a_goal_of_the_ward_and_no_lateness(store):
    row_id = "report-11"
    before = {row.id: row for row in due(store, date(2026, 12, 26)).rows}[row_id]
    assert (before.missed_target, before.late_words.startswith("期限内")) == (None, True)
    after = due(store, date(2026, 12, 30))
    row = {row.id: row for row in after.rows}[row_id]
    assert row.missed_target is not None
    assert (row.missed_target.days, row.late_words) == (3, "目安日 3日過ぎ")
    assert row.missed_target not in after.ward.items
    assert after.missed_targets == (row.missed_target,)


def test_a_text_says_what_is_true_that_day(store):
    texts = {one.action: one for one in view(store, "report-4").texts}
    assert (texts["督促"].missing, texts["お願い"].missing) == ("", "")
    assert (
        "令和8年12月1日（火）現在、届いていません。期限の令和8年11月30日（月）を1日過ぎています" in texts["督促"].text
    )
    assert texts["督促"].text.startswith("見本企画株式会社\n業務責任者")
    assert texts["受領"].missing.startswith("まだ届いていません")

    texts = {one.action: one for one in view(store, "提案書").texts}
    assert texts["督促"].missing == "期限を過ぎていません。過ぎる前は「お願い」を使います。"
    texts = {one.action: one for one in view(store, "report-1").texts}
    assert texts["お願い"].missing == "もう届いています。"
    texts = {one.action: one for one in view(store, "report-11").texts}
    assert "令和8年11月27日（金）に受領しました" in texts["受領"].text


def test_what_the_ward_wishes_for_by_a_day_of_its_own_names_the_clause_alone(store):
    text = next(one.text for one in view(store, "廃棄・消去証明書").texts if one.action == "お願い")
    assert "までに提出をお願いします（特記事項第22条第2項）。" in text
    assert "この日は、手続に間に合うように区がお願いする日です。" in text
    text = next(one.text for one in view(store, "report-4").texts if one.action == "お願い")
    assert "1か月以内" in text
    assert "区がお願いする日" not in text


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
