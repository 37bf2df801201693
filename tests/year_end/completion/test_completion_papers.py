"""業務完了届, 検査調書別紙 and 請求書の点検票: forms at first, filled from the records later, with what is open said
before they leave."""

from datetime import date, datetime, time, timedelta

import pytest

from app.documents.blocks import Title
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
    RETURNED,
    as_the_register_has_it,
    inspect,
    know_contract,
    receive,
    shown,
    up_to_invoice,
    up_to_return,
)
from tests.support.paper_lines import assert_says, lines_of
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
    assert content(store, "業務完了届", CHECKED).stamp == ""
    # 合格 stands on the 検査調書 alone.
    assert_says(
        lines_of(content(store, "業務完了届", CHECKED)),
        """
        （宛先）練馬区長｜令和　　年　　月　　日｜みほん受託株式会社｜代表取締役　見本　一郎　㊞
        業務完了届｜✓
        　つぎの委託業務を完了したので、届け出ます。
        件名：令和8年度 町会・自治会デジタル活用支援事業委託
        契約番号：8-0000
        契約金額：2,970,000円（うち消費税および地方消費税の額　270,000円）
        契約確定日：令和8年7月31日（金）
        履行期間：令和8年8月1日（土）から令和9年3月31日（水）まで
        完了年月日：令和　　年　　月　　日
        ◇　業務の内訳　根拠：仕様書、情報の保護および管理に関する特記事項
        ［業務｜仕様｜完了した数｜最後の日］
        デジタル活用講習会　仕様書｜7回程度｜1回（延べ17人）｜R8.9.24（木）
        アドバイザー派遣　仕様書｜3団体・3日間程度｜0団体（延べ0人）｜
        デジタル意見交換会　仕様書｜2回・2日間｜0回（延べ0人）｜
        実施報告書　仕様書｜各回｜0件（内容確認済　0件）｜
        次年度実施案および支援方針　仕様書｜1件｜0件（内容確認済　0件）｜
        情報の返還・廃棄の証明　特記事項第22条｜一式｜証明書　　通｜
        注　人数はすべて延べ。実施日、出席数および報告書の受領日の明細は、検査調書別紙による。
        ◇　区使用欄
        ［項目｜内容］
        受領｜受領日　令和9年3月25日（木）　　収受番号　9見本収第31号
        確認｜□　内訳の数が記録と一致する / □　未了の書類がない（6件のうち0件　確認済） / □　履行期間内である
        検査の期限｜期限（暦どおり）　R9.4.4（日）（届の受領から10日以内。受領の日を数えない） / 目安日　R9.4.2（金）
        目安日｜R9.3.31（水）（履行期間の最後の開庁日）
        検査員・立会人｜検査員　見本　昭子　　立会人　見本　次郎
        """,
    )
    assert_says(
        lines_of(content(store, "検査調書別紙", CHECKED)),
        """
        検査調書別紙｜履行の明細
        件名・契約番号：令和8年度 町会・自治会デジタル活用支援事業委託　8-0000　2,970,000円
        受託者・履行期間：みほん受託株式会社　令和8年8月1日（土）から令和9年3月31日（水）まで
        業務完了届：令和9年3月25日（木）受領　検査はR9.4.4（日）まで（10日以内）
        ■1　実施と報告　1回・延べ17人　報告書1件のうち0件　内容確認済
        ［No｜実施回｜実施日｜出席｜報告書の期限 / （暦どおり）｜受領日｜必須｜内容確認｜備考］
        ▼デジタル活用講習会　仕様書｜｜｜｜｜｜｜｜
        1｜第1回 LINE講習会｜R8.9.24（木）｜17｜R8.10.24（土）｜—｜—｜—｜休日　169日遅れ
        ｜計｜1回｜17｜｜0件｜｜｜
        注　必須＝仕様書が求める項目のうち確認できた数。期限は民法140条・143条による。休日＝期限が閉庁日に当たる（142条
        　　）。内容確認は係の確認であり、合格・不合格は検査調書に検査員が記す。
        提案書・書面｜✓
        ■2　提案書および特記事項の書面
        ［No｜提出物｜根拠｜提出期限｜受領日｜項目｜内容確認］
        2｜提案書｜仕様書｜R8.10.8（木）｜—｜—｜—
        3｜従事者・配置表の届｜特記事項第7条｜—｜—｜—｜—
        4｜管理責任者選任届｜特記事項第6条｜—｜—｜—｜—
        5｜教育実施報告書｜特記事項第9条｜—｜—｜—｜—
        6｜訓練の記録｜特記事項第25条第3項｜—｜—｜—｜—
        この検査のあとに受領する書面　廃棄・消去証明書（R9.3.31（水）まで）
        未了の書類　6件（従事者・配置表の届、管理責任者選任届、ほか4件）　　手直しの指示　なし　　契約変更　なし　　協議
        　　記録　0件
        未了の書類があるまま検査を進めた理由　提案書の確認が4月になると、会計課に伝えてある
        ■3　実施確認票　区の立会者が当日に記した実施確認票による
        ［No｜実施回｜実施日｜会場｜出席｜団体｜区の立会者］
        ▼デジタル活用講習会　仕様書｜｜｜｜｜｜
        1｜第1回 LINE講習会｜R8.9.24（木）｜みほん区民館　研修室｜17｜9｜見本　三郎
        ｜計｜1回｜｜17｜｜
        検査年月日｜令和9年3月30日（火）｜検査員（担当の職員を除く）｜協働推進課長　見本　昭子｜立会人｜主事　見本　次郎
        """,
    )
    assert_says(
        [line for line in lines_of(content(store, "検査調書", CHECKED)) if "仕様書｜" not in line],
        """
        検査調書｜✓
        件名：令和8年度 町会・自治会デジタル活用支援事業委託
        契約番号・金額：8-0000　2,970,000円
        受託者：みほん受託株式会社　代表取締役　見本　一郎
        契約確定日：令和8年7月31日（金）
        履行期間：令和8年8月1日（土）から令和9年3月31日（水）まで
        完了年月日：令和　　年　　月　　日
        業務完了届の受領：令和9年3月25日（木）
        検査年月日：令和9年3月30日（火）
        ◇1　検査の対象　提出物 6件（検査調書別紙のとおり）
        ［業務｜仕様｜確認した数｜最後の日］
        情報の返還・廃棄の証明　特記事項第22条｜一式｜証明書　　通｜
        注　人数はすべて延べ。実施日、出席数、区の立会者および提出物の明細は、検査調書別紙による。
        ◇2　検査の結果
        結果｜合格｜手直し｜不合格｜合格
        手直しの内容：なし
        未了の書類があるまま / 進めた理由：提案書の確認が4月になると、会計課に伝えてある
        備考：
        契約書、仕様書その他の関係書類に基づいて検査し、結果が上記のとおりであることを確認した。
        検査員（担当の職員を除く）｜協働推進課長　見本　昭子｜立会人｜主事　見本　次郎
        """,
    )
    assert_says(
        lines_of(content(store, "請求書の点検票", CHECKED)),
        """
        請求書の点検票｜委託料（一括）
        件名・契約番号：令和8年度 町会・自治会デジタル活用支援事業委託　契約番号　8-0000
        請求者：みほん受託株式会社　代表取締役　見本　一郎
        履行の確認：検査　令和9年3月30日（火）　合格（検査員　見本　昭子）
        契約金額：2,970,000円　税抜 2,700,000円　消費税（10％）270,000円
        ▶　会計の締切が、支払の期限より後にあります。期限までに支払えるように手続きを進めてください。
        ■1　受領と返戻
        ［No｜受領日｜結果｜理由（返戻したとき）｜返戻した日］
        1｜R9.4.5（月）｜返戻｜登録番号の誤り｜R9.4.7（水）
        2｜R9.4.12（月）｜点検中｜｜—
        ■2　点検した事項　○＝合う　×＝合わない　2人で点検する
        ［No｜事項｜くらべた相手・見るところ｜1回目 / R9.4.5｜2回目 / R9.4.12］
        1｜宛名・請求者｜練馬区長　みほん受託株式会社｜○｜
        2｜件名・契約番号｜令和8年度 町会・自治会デジタル活用支援事業委託　8-0000｜○｜
        3｜請求額｜2,970,000円｜○｜
        4｜税率別の内訳｜10％　2,700,000円　270,000円｜○｜
        5｜登録番号｜T1234567890123｜×｜
        6｜口座・名義｜見本銀行　本店　普通　0000000　ミホンジュタク｜○｜
        7｜請求日（検査のあと）｜検査 R9.3.30｜○｜
        8｜代表者｜代表取締役　見本　一郎｜○｜
        9｜押印の要否｜押印は要らない｜○｜
        10｜消費税の端数｜税抜の額の10％｜○｜
        注　6から10までは区の点検であり、仕様書の定めではない。登録番号の公表サイトでの確認は、インターネットに接続でき
        　　る別の端末で行う。
        ■3　支払の期限　仕様書「書面による請求に基づき、30日以内」
        ［日｜日付｜数え方］
        ◎期限（暦どおり）｜R9.5.11（火）｜請求書の受領 R9.4.5（月） の翌日から30日。止めた6日（返戻の日から再受領の日ま
        　　で）は数えない。
        目安日｜R9.5.7（金）｜受領の日を1日目とし、止めた日4日とみて R9.5.8（土）。その前の開庁日
        会計の締切｜R9.5.14（金）｜会計課が年度ごとに決める、支出命令の最後の日（設定）
        出納閉鎖｜R9.5.31（月）｜この年度の予算による支払の最後の日（地方自治法235条の5）
        注　返戻の理由と日は、相手に書面または電子メールで知らせる。初日と返戻の両端の日を数えるかには異なる読み方があり
        　　、早い日を目安日として示す。
        点検1｜　月　　日｜点検2｜　月　　日｜支出命令｜令和　年　月　日｜支払日｜令和　年　月　日
        """,
    )
    assert doubts(store, "検査調書別紙", CHECKED) == (), "the reason is kept"
    assert "合わない項目" not in " ".join(doubts(store, "請求書の点検票", CHECKED))
    newest = shown(store).invoice
    checks.note_reading(
        acting(store, CHECKED),
        paper_id=newest.paper.id,
        said=as_the_register_has_it(newest, date(2027, 4, 9), 請求額="1"),
    )
    assert any("合わない項目があります（請求額" in one for one in doubts(store, "請求書の点検票", CHECKED))


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
