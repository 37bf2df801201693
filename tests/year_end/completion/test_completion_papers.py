"""業務完了届, 検査調書別紙 and 請求書の点検票: forms at first, filled from the records later, with what is open said
before they leave."""

from datetime import date, datetime, time, timedelta

import pytest

from app.documents.blocks import Title
from app.documents.document_frame import table_day
from app.documents.pdf.render import numbered_sheets
from app.documents.pdf.typesetting.typefaces import open_collection
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services import event_results
from app.year.dates.services import close_year_task
from app.year_end.completion.documents import NOT_CONFIRMED
from app.year_end.completion.services import checks, payments
from db.records.events import EventResult
from db.records.programme import Programme
from db.records.year.completion import Inspection, InspectionResult, Payment
from db.records.year.proposal import Issue
from db.rows import rows
from tests.support.completion import (
    AGAIN,
    CHECKED,
    INVOICE_DAY,
    NOTICE_DAY,
    REASON,
    RETURNED,
    as_the_register_has_it,
    inspect,
    know_contract,
    receive,
    shown,
    up_to_invoice,
    up_to_return,
)
from tests.support.paper_words import said_by
from tests.support.years import BY, acting, add_lecture, at

YEAR = DocumentScope(fiscal_year=2026)


def words(store, kind, day):
    return said_by(content(store, kind, day))


def content(store, kind, day):
    return build_document(store, scope=YEAR, kind=kind, now=datetime.combine(day, time(10, 32)))


def doubts(store, kind, day):
    return read_doubts(store, scope=YEAR, kind=kind, today=day)


def test_a_tax_of_another_amount_is_not_certified_and_asked_about(store):
    day = date(2027, 3, 31)
    year = rows(store.database, Programme)[0]
    with store.change(action="契約金額", by=BY, now=at(day)) as change:
        change.update(Programme, year.id, amount=2_970_000, tax=270_000)
    assert "うち消費税および地方消費税の額　270,000円" in words(store, "業務完了届", day)
    with store.change(action="契約金額を直した", by=BY, now=at(day)) as change:
        change.update(Programme, year.id, amount=3_300_000)
    assert "うち消費税" not in words(store, "業務完了届", day)
    assert "消費税額270,000円は、10％で計算した300,000円と違います。" in doubts(store, "業務完了届", day)


def test_before_anything_came_they_are_forms(store):
    know_contract(store)
    day = date(2026, 12, 1)
    assert content(store, "業務完了届", day).stamp == NOT_CONFIRMED
    notice = words(store, "業務完了届", day)
    assert "令和　　年　　月　　日" in notice
    assert "、情報の保護および管理に関する特記事項" in notice.replace("\n", "")
    assert "まだ受領していない。" in words(store, "検査調書別紙", day)
    later = "この検査のあとに受領する書面　廃棄・消去証明書（R9.3.31（水）まで）"
    assert later in words(store, "検査調書別紙", day), "no 検査 waits for it, and it is not forgotten"
    check = words(store, "請求書の点検票", day)
    assert "請求書は、まだ受領していない。" in check
    assert "T1234567890123" in check
    assert doubts(store, "検査調書別紙", day)[0].startswith("確認済でない書類が5件")
    assert doubts(store, "契約台帳", day) == ()


def test_what_came_after_the_inspection_is_told_as_it_was_on_its_day(store):
    know_contract(store)
    with store.change(action="検査", by=BY, now=at(date(2027, 3, 26))) as change:
        day = date(2027, 3, 26)
        change.insert(Inspection(programme_id=1, held_on=day, result=InspectionResult.PASSED, inspector="見本　一"))
    later = "この検査のあとに受領する書面　廃棄・消去証明書（R9.3.31（水）まで）"
    assert later in words(store, "検査調書別紙", date(2027, 4, 5))


def test_held_is_what_has_a_result_and_an_event_past_its_day_without_one_is_named(store):
    know_contract(store)
    first, second = (add_lecture(store, day) for day in (date(2026, 11, 10), date(2026, 12, 10)))
    waits = "結果の記録がないため数えていない回：第1回 LINE講習会（R8.11.10）。"
    annex = words(store, "検査調書別紙", date(2026, 12, 1))
    assert "全2回のうち0回・延べ0人" in annex
    assert annex.count(waits) == 2, "under the reports and under the witnesses"
    assert waits in words(store, "業務完了届", date(2026, 12, 1))
    event_results.record_result(
        acting(store, date(2026, 12, 1)), event_id=first, result=EventResult(event_id=first, attended=14)
    )
    annex = words(store, "検査調書別紙", date(2026, 12, 1))
    assert "全2回のうち1回・延べ14人" in annex
    assert "結果の記録がない" not in annex, "the second one is still to come"
    event_results.record_result(
        acting(store, date(2026, 12, 10)), event_id=second, result=EventResult(event_id=second, attended=16)
    )
    assert "\n2回・延べ30人" in words(store, "検査調書別紙", date(2026, 12, 10))
    # Held, but nobody noted how many came: what is known of the others is a least number, and it says so.
    (second_result,) = rows(store.database, EventResult, event_id=second)
    with store.change(action="見本", by=BY, now=at(date(2026, 12, 11)), event_id=second) as change:
        change.update(EventResult, second_result.id, attended=None)
    assert "\n2回・延べ14人以上（1回 記録なし）" in words(store, "検査調書別紙", date(2026, 12, 11))
    for kind in ("業務完了届", "検査調書"):
        assert "2回（延べ14人以上、1回 記録なし）" in words(store, kind, date(2026, 12, 11)), kind
    with store.change(action="見本", by=BY, now=at(date(2026, 12, 11))) as change:
        change.insert(Issue(programme_id=1, number=1, text="連絡が届かない"))
    figures = words(store, "提案書の様式", date(2026, 12, 11))
    assert "14" in figures
    assert "うち1回は人数の記録なし" in figures


def test_they_are_filled_from_the_records_of_the_year(store):
    event = add_lecture(store, date(2026, 9, 24))
    event_results.record_result(
        acting(store, date(2026, 9, 25)),
        event_id=event,
        result=EventResult(event_id=event, attended=17, attended_organisations=9, witness="見本　三郎"),
    )
    up_to_return(store)
    notice = content(store, "業務完了届", CHECKED)
    assert notice.stamp == ""
    assert "1回（延べ17人）" in words(store, "業務完了届", CHECKED)
    annex = words(store, "検査調書別紙", CHECKED)
    for said in ("1回・延べ17人", "見本　三郎", "協働推進課長　見本　昭子", REASON, "令和9年3月30日（火）"):
        assert said in annex
    assert "合格　" not in annex, "合格 stands on the 検査調書 alone"
    assert doubts(store, "検査調書別紙", CHECKED) == (), "the reason is kept"

    assert "合わない項目" not in " ".join(doubts(store, "請求書の点検票", CHECKED))
    newest = shown(store).invoice
    checks.note_reading(
        acting(store, CHECKED),
        paper_id=newest.paper.id,
        said=as_the_register_has_it(newest, date(2027, 4, 9), 請求額="1"),
    )
    assert any("合わない項目があります（請求額" in one for one in doubts(store, "請求書の点検票", CHECKED))
    check = words(store, "請求書の点検票", CHECKED)
    for said in (
        "登録番号の誤り",
        f"2回目\n{table_day(date(2027, 4, 12))}",
        "R9.5.11（火）",
        "R9.5.7（金）",
        "R9.5.31（月）",
    ):
        assert said in check


def test_the_box_of_the_ward_stands_whole_at_the_foot_of_the_last_page_and_the_title_in_the_middle(store):
    know_contract(store)
    paper = content(store, "業務完了届", date(2027, 3, 31))
    last = numbered_sheets(paper, open_collection())[-1].sheet
    foot = [one for one in last.placed if one.piece.at_foot]
    assert len(foot) == len(paper.blocks[-1].rows) + 2
    assert foot == last.placed[-len(foot) :]
    assert foot[-1].y + foot[-1].piece.height == pytest.approx(last.paper.body_end)
    assert all(
        one.y + one.piece.height <= after.y + 0.01 for one, after in zip(last.placed, last.placed[1:], strict=False)
    )
    assert last.placed[-len(foot) - 1].y < foot[0].y - 20
    (named,) = [block for block in paper.blocks if isinstance(block, Title)]
    assert named.centred


def test_an_invoice_known_by_its_day_alone_has_its_own_row_before_the_one_that_came_again(store):
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store)
    close_year_task(acting(store, RETURNED), programme_id=1, task="請求書", closed_on=INVOICE_DAY, reason="紙で届いた")
    checks.return_invoice(acting(store, RETURNED), programme_id=1, returned_on=RETURNED, reason="登録番号の誤り")
    receive(store, "請求書", AGAIN)
    tables = {getattr(block, "name", ""): block for block in content(store, "請求書の点検票", CHECKED).blocks}
    table = tables["受領と返戻"]
    assert [(row[1], row[2], row[4]) for row in table.rows] == [
        ("R9.4.5（月）", "返戻", "R9.4.7（水）"),
        ("R9.4.12（月）", "点検中", "—"),
    ]
    assert tables["点検した事項"].columns[-1].title == "2回目\nR9.4.12"


def test_the_return_stands_beside_the_invoice_that_was_sent_back(store):
    up_to_invoice(store)
    replaced = INVOICE_DAY + timedelta(days=1)
    receive(store, "請求書", replaced)
    checks.return_invoice(acting(store, RETURNED), programme_id=1, returned_on=RETURNED, reason="登録番号の誤り")

    def receipts():
        tables = {getattr(block, "name", ""): block for block in content(store, "請求書の点検票", CHECKED).blocks}
        return [(row[1], row[2], row[4]) for row in tables["受領と返戻"].rows]

    sent_back = [("R9.4.5（月）", "差替え", "—"), ("R9.4.6（火）", "返戻", "R9.4.7（水）")]
    assert receipts() == sent_back
    receive(store, "請求書", RETURNED)  # it came again on the very day
    assert receipts() == [*sent_back, ("R9.4.7（水）", "点検中", "—")]


def test_the_reason_for_paying_before_the_check_is_finished_is_printed(store):
    up_to_invoice(store)
    paid = {"programme_id": 1, "ordered_on": CHECKED, "reason": "会計の締切に間に合わせるため"}
    payments.save_payment(acting(store, CHECKED), payment=Payment(**paid))
    said = [getattr(block, "text", "") for block in content(store, "請求書の点検票", CHECKED).blocks]
    assert "点検を終えずに支払の手続きを進めた理由　会計の締切に間に合わせるため" in said


def test_after_a_return_that_was_taken_back_nobody_is_said_to_have_checked(store):
    paper = up_to_invoice(store)
    act = acting(store, CHECKED)
    agreeing = as_the_register_has_it(shown(store).invoice, date(2027, 4, 2))
    checks.note_reading(act, paper_id=paper, said=agreeing)
    checks.finish_check(act, paper_id=paper, on=CHECKED, first_by="見本太郎", second_by="別府次郎")
    assert "見本太郎" in str(content(store, "請求書の点検票", CHECKED).blocks)
    checks.return_invoice(act, programme_id=1, returned_on=CHECKED, reason="取り違え")
    checks.take_back_return(act, programme_id=1)
    assert shown(store).invoice.paper.status == "区が確認中"
    assert "見本太郎" not in str(content(store, "請求書の点検票", CHECKED).blocks)
