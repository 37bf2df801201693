"""One list of what passes between ward and contractor: each thing once, its turn by one rule, one count everywhere."""

import random
from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents.services.notification import notify, withdraw_notification
from app.event.services.event_records import MaterialRecords, read_event_records
from app.events.calls.services.calls import decide_change
from app.events.materials.services.material_board import (
    CONFIRMED,
    REVIEWING,
    UNTOLD,
    needs_no_check,
    notified_words,
    state_of,
)
from app.submissions.deliverables.rules.outstanding_texts import CORRECTION_REQUEST
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.work_queue.rules import DONE, LATER, WAITING, WARD, ItemState, whose_turn
from app.submissions.work_queue.services import count_ward_items, read_event_work_queue, read_work_queue
from app.year.dates import services as dates_services
from app.year.dates.services import SUMMARY_PAGES
from db.records.calls import DecisionKind
from db.records.documents import Notification
from db.records.events import Event
from db.records.programme import Programme, TaskClosing
from db.records.submissions.materials import Material
from db.rows import row, rows
from tests.support.in_full import some
from tests.support.paper_lines import assert_says
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.years import tell_result

TODAY = NOW.date()
YEAR = 2026


def _handouts(records):
    """The handouts of an event, each with its records; one for those that nobody has named yet."""
    if records.event.status == "中止" or needs_no_check(records):
        return []
    unnamed = MaterialRecords(material=Material(event_id=records.event.id, position=0, title=""))
    return [(records, one) for one in records.materials or (unnamed,)]


def by_id(store, today=TODAY):
    return {one.id: one for one in read_work_queue(store, today=today, fiscal_year=YEAR).rows}


def _said(one):
    """All that a row says: amber and red before its group, ! where its day is one of the contract."""
    day = f"{'!' if one.contract else ''}{one.due_words}" + (f"（{one.due}）" if one.due else "")
    version = f"第{one.versions}版" if one.versions else ""
    words = (one.title, one.event_words, day, one.basis_words, one.state_words, one.state_second, version)
    return "｜".join((f"{one.year_words}{one.tone}{one.group}", *words))


@pytest.mark.parametrize(
    ("standing", "turn"),
    [
        (ItemState(is_received=False), WAITING),
        (ItemState(is_received=True), WARD),
        (ItemState(is_received=True, answer="受けた", is_notified=False), WARD),
        (ItemState(is_received=True, answer="直してもらう", is_notified=False), WARD),
        (ItemState(is_received=True, answer="直してもらう"), WAITING),
        (ItemState(is_received=True, answer="受けた"), DONE),
        (ItemState(is_received=False, is_closed=True), DONE),
    ],
)
def test_whose_turn_a_thing_is(standing, turn):
    assert whose_turn(standing) == turn


def test_the_sample_year_in_one_list(tmp_path):
    store = sample_store(tmp_path)
    found = read_work_queue(store, today=TODAY, fiscal_year=YEAR)
    assert found.words == "区の対応待ち 5・受託者待ち 13・済 27"
    assert_says(
        [_said(one) for one in found.rows if one.turn != DONE or "第5回" in one.event_words or one.versions > 1],
        """
        区の対応待ち｜次第｜第6回 Instagram講習会（2回目）｜!11/24(火)（2026-11-24）｜仕4(1)キ 2週間前｜結果を通知する｜
        　　確認済　11/20(金) に決定｜第1版
        red区の対応待ち｜講習資料「Instagramの投稿と注意点」｜第6回 Instagram講習会（2回目）｜!11/24(火)（2026-11-24）｜
        　　仕4(1)キ 7日超過｜結果を通知する｜再提出　11/20(金) に決定｜第1版
        red区の対応待ち｜操作手順書｜第6回 Instagram講習会（2回目）｜!11/24(火)（2026-11-24）｜仕4(1)キ 7日超過｜確認す
        　　る 第1版｜11/19(木) 受領｜第1版
        区の対応待ち｜講習資料「無料で始めるホームページ」｜第7回 ホームページ・電子回覧板講習会｜!12/4(金)（2026-12-04
        　　）｜仕4(1)キ 2週間前｜確認する 第1版｜12/1(火) 受領｜第1版
        区の対応待ち｜実施報告書｜第1回 意見交換会｜12/4(金)（2026-12-04）｜目安日 受領から5開庁日｜確認する 差 1件｜11/
        　　27(金) 受領｜第1版
        amber受託者待ち｜実施報告書｜第3回 Instagram講習会｜11/26(木)（2026-11-26）｜目安日 5日過ぎ｜第2版を待つ｜修正依
        　　頼中｜第1版
        red受託者待ち｜実施報告書｜第4回 キャッシュレス決済講習会｜!11/29→11/30(月)（2026-11-29）｜仕4(1)コ 1日超過｜受
        　　領前｜｜
        受託者待ち｜実施報告書｜第2回 派遣 見本そよかぜ自治会｜!12/16(水)（2026-12-16）｜仕4(2)ケ 3週間以内｜受領前｜あ
        　　と15日｜
        受託者待ち｜実施報告書｜第5回 LINE講習会（2回目）｜!12/17(木)（2026-12-17）｜仕4(1)コ 1か月以内｜受領前｜あと16
        　　日｜
        これから届くもの｜実施報告書｜第6回 Instagram講習会（2回目）｜!R9 1/8(金)（2027-01-08）｜仕4(1)コ 1か月以内｜受
        　　領前｜実施 12/8(火)｜
        これから届くもの｜資料は未登録｜第2回 意見交換会｜R9 1/13(水)（2027-01-13）｜目安日 確認の5開庁日前｜受領前｜｜
        これから届くもの｜実施報告書｜第7回 ホームページ・電子回覧板講習会｜!R9 1/18(月)（2027-01-18）｜仕4(1)コ 1か月以
        　　内｜受領前｜実施 12/18(金)｜
        これから届くもの｜実施報告書｜第3回 派遣 見本わかば町会｜!R9 2/10(水)（2027-02-10）｜仕4(2)ケ 3週間以内｜受領前
        　　｜実施 R9 1/20(水)｜
        これから届くもの｜提案書｜｜!R9 2/17(水)（2027-02-17）｜仕4(4) 2週間以内｜受領前｜｜
        これから届くもの｜実施報告書｜第2回 意見交換会｜!R9 3/3(水)（2027-03-03）｜仕4(3)コ 1か月以内｜受領前｜実施 R9 2
        　　/3(水)｜
        これから届くもの｜業務完了届｜｜R9 3/19(金)（2027-03-19）｜目安日 検査の10日以内が履行期間に収まる開庁日｜受領前
        　　｜｜
        これから届くもの｜廃棄・消去証明書｜｜R9 3/31(水)（2027-03-31）｜特22-2 契約の終了まで（返還または廃棄・消去が終
        　　わったとき）（目安日）｜受領前｜｜
        これから届くもの｜請求書｜｜R9 4/30(金)（2027-04-30）｜目安日 支払の30日以内が出納閉鎖に収まる開庁日｜受領前｜｜
        済｜次第｜第5回 LINE講習会（2回目）｜!11/3→11/2(月)（2026-11-02）｜仕4(1)キ 2週間前｜確認済　第1版｜10/30(金)
        　　 に決定｜第1版
        済｜講習資料「LINE公式アカウント 実践」｜第5回 LINE講習会（2回目）｜!11/3→11/2(月)（2026-11-02）｜仕4(1)キ 2週
        　　間前｜確認済　第1版｜10/30(金) に決定｜第1版
        済｜運用ルールのひな形｜第5回 LINE講習会（2回目）｜!11/3→11/2(月)（2026-11-02）｜仕4(1)キ 2週間前｜確認済　第1
        　　版｜10/30(金) に決定｜第1版
        済｜事故等報告書　事故等報告書_20261002.xlsx｜｜期限なし｜特25-1 直ちに。続報と最終は第2版、第3版として受領｜確
        　　認済　第2版｜10/2(金) 確認済｜第2版
        """,
    )
    assert (found.overdue_count(WARD), found.overdue_count(WAITING)) == (2, 1), (
        "a 目安日 that has passed is no lateness"
    )


def test_what_the_list_says_otherwise_after_an_event_and_near_the_end_of_the_year(tmp_path):
    store = sample_store(tmp_path)

    def said(day):
        return [_said(one) for one in by_id(store, day).values() if one.turn != DONE]

    assert_says(
        [line for line in said(date(2026, 12, 9)) if line not in said(TODAY)],
        """
        red区の対応待ち｜講習資料「無料で始めるホームページ」｜第7回 ホームページ・電子回覧板講習会｜!12/4(金)（2026-12-
        　　04）｜仕4(1)キ 5日超過｜確認する 第1版｜12/1(火) 受領｜第1版
        amber区の対応待ち｜実施報告書｜第1回 意見交換会｜12/4(金)（2026-12-04）｜目安日 5日過ぎ｜確認する 差 1件｜11/27(
        　　金) 受領｜第1版
        区の対応待ち｜操作手順書｜第6回 Instagram講習会（2回目）｜12/8(火)（2026-12-08）｜実施日｜確認する 第1版｜11/19(
        　　木) 受領｜第1版
        amber受託者待ち｜実施報告書｜第3回 Instagram講習会｜11/26(木)（2026-11-26）｜目安日 13日過ぎ｜第2版を待つ｜修正
        　　依頼中｜第1版
        red受託者待ち｜実施報告書｜第4回 キャッシュレス決済講習会｜!11/29→11/30(月)（2026-11-29）｜仕4(1)コ 9日超過｜受
        　　領前｜｜
        受託者待ち｜講習資料「Instagramの投稿と注意点」｜第6回 Instagram講習会（2回目）｜12/8(火)（2026-12-08）｜実施日
        　　｜第2版を待つ｜再提出｜第1版
        受託者待ち｜実施報告書｜第2回 派遣 見本そよかぜ自治会｜!12/16(水)（2026-12-16）｜仕4(2)ケ 3週間以内｜受領前｜あ
        　　と7日｜
        受託者待ち｜実施報告書｜第5回 LINE講習会（2回目）｜!12/17(木)（2026-12-17）｜仕4(1)コ 1か月以内｜受領前｜あと8日
        　　｜
        受託者待ち｜実施報告書｜第6回 Instagram講習会（2回目）｜!R9 1/8(金)（2027-01-08）｜仕4(1)コ 1か月以内｜受領前｜
        　　あと30日｜
        """,
    )
    assert_says(
        [line for line in said(date(2027, 2, 20)) if not line.startswith("red受託者待ち｜実施報告書")],
        """
        amber区の対応待ち｜実施報告書｜第1回 意見交換会｜R8 12/4(金)（2026-12-04）｜目安日 78日過ぎ｜確認する 差 1件｜R8
        　　 11/27(金) 受領｜第1版
        区の対応待ち｜操作手順書｜第6回 Instagram講習会（2回目）｜R8 12/8(火)（2026-12-08）｜実施日｜確認する 第1版｜R8
        　　 11/19(木) 受領｜第1版
        区の対応待ち｜講習資料「無料で始めるホームページ」｜第7回 ホームページ・電子回覧板講習会｜R8 12/18(金)（2026-12-
        　　18）｜実施日｜確認する 第1版｜R8 12/1(火) 受領｜第1版
        amber受託者待ち｜実施報告書｜第3回 Instagram講習会｜R8 11/26(木)（2026-11-26）｜目安日 86日過ぎ｜第2版を待つ｜修
        　　正依頼中｜第1版
        受託者待ち｜講習資料「Instagramの投稿と注意点」｜第6回 Instagram講習会（2回目）｜R8 12/8(火)（2026-12-08）｜実施
        　　日｜第2版を待つ｜再提出｜第1版
        受託者待ち｜資料は未登録｜第2回 意見交換会｜2/3(水)（2027-02-03）｜実施日｜受領前｜｜
        red受託者待ち｜提案書｜｜!2/17(水)（2027-02-17）｜仕4(4) 3日超過｜受領前｜｜
        受託者待ち｜実施報告書｜第2回 意見交換会｜!3/3(水)（2027-03-03）｜仕4(3)コ 1か月以内｜受領前｜あと11日｜
        これから届くもの｜業務完了届｜｜3/19(金)（2027-03-19）｜目安日 検査の10日以内が履行期間に収まる開庁日｜受領前｜
        　　｜
        これから届くもの｜廃棄・消去証明書｜｜3/31(水)（2027-03-31）｜特22-2 契約の終了まで（返還または廃棄・消去が終わ
        　　ったとき）（目安日）｜受領前｜｜
        これから届くもの｜請求書｜｜4/30(金)（2027-04-30）｜目安日 支払の30日以内が出納閉鎖に収まる開庁日｜受領前｜｜
        """,
    )


@pytest.mark.parametrize(
    ("day", "waits", "tone"), [(3, "受領から5開庁日", ""), (4, "受領から5開庁日", ""), (5, "1日過ぎ", "amber")]
)
def test_a_report_is_checked_in_time_up_to_the_last_of_the_days_for_it(tmp_path, day, waits, tone):
    found = by_id(sample_store(tmp_path), date(2026, 12, day))
    (told,) = [
        (one.basis_words, one.tone) for one in found.values() if one.event_words == "第1回 意見交換会" and one.owed_id
    ]
    assert told == (f"目安日 {waits}", tone)


def test_a_thing_that_was_ended_without_a_paper_waits_for_nobody(tmp_path):
    store = sample_store(tmp_path)
    assert by_id(store)["業務完了届-1"].group == LATER
    year = row(store.database, Programme, fiscal_year=YEAR)
    with store.change(action="業務完了届を済にした", by=BY, now=NOW, subject="programme") as change:
        change.insert(
            TaskClosing(programme_id=year.id, task="業務完了届", closed_on=TODAY, reason="紙で届いた", by=BY, at=NOW)
        )
    found = by_id(store)["業務完了届-1"]
    assert (found.turn, found.state_second) == (DONE, "12/1(火) 年度の期日で記録")


def test_two_years_side_by_side_are_told_apart_and_a_closed_one_is_there_when_it_is_asked_for(tmp_path):
    store = sample_store(tmp_path)
    begun = {"by": BY, "now": datetime(2027, 3, 20, 9)}
    dates_services.start_year(
        ActionContext(store, **begun), draft=dates_services.next_year_draft(store, today=begun["now"].date())
    )
    found = read_work_queue(store, today=begun["now"].date(), fiscal_year=2027)
    assert len({one.id for one in found.rows}) == len(found.rows)
    told = [(one.programme_id, one.year_words) for one in found.rows if one.kind == "業務完了届"]
    assert sorted(told) == [(1, "令和8年度"), (2, "令和9年度")]

    dates_services.close_year(
        ActionContext(store, **begun), fiscal_year=YEAR, day=begun["now"].date(), reason="支払が済んだ"
    )
    old = row(store.database, Programme, fiscal_year=YEAR).id
    assert not read_work_queue(store, today=begun["now"].date(), fiscal_year=2027).filtered(programme_id=old).rows
    asked = read_work_queue(store, today=begun["now"].date(), fiscal_year=2027, programme_id=old)
    assert {one.turn for one in asked.filtered(programme_id=old).rows} == {DONE}
    assert asked.count(WARD) == count_ward_items(store, today=begun["now"].date())


@pytest.mark.parametrize("told", [False, True])
def test_a_date_of_the_ward_that_passed_is_no_lateness_of_the_contractor(tmp_path, told):
    """Once its event is over no mended version is asked for any more; what dates the row then is the ward's own look.
    Red in 受託者待ち is what the foot of the list counts as late, and nothing else."""
    store = sample_store(tmp_path)
    slides = next(one for one in by_id(store).values() if one.state_words == "結果を通知する" and one.is_overdue)
    if told:
        tell_result(store, slides.material_id, TODAY)
    for day in (date(2026, 12, 9), date(2027, 2, 20)):
        found = read_work_queue(store, today=day, fiscal_year=YEAR)
        assert next(one for one in found.rows if one.id == slides.id).turn == WAITING
        assert found.overdue_count(WAITING) == sum(one.done_on is None for one in found.contractor.items)


def test_what_is_over_or_far_off_is_nobody_s_turn_now(tmp_path):
    """The 次第 that was accepted is told until its event is over; a report is awaited from the day of its event on."""
    store = sample_store(tmp_path)
    agenda = next(one.id for one in by_id(store).values() if one.title == "次第" and one.turn == WARD)
    assert by_id(store, date(2026, 12, 8))[agenda].turn == WARD
    assert by_id(store, date(2026, 12, 9))[agenda].turn == DONE
    assert by_id(store, date(2026, 12, 7))["report-6"].group == LATER
    assert by_id(store, date(2026, 12, 8))["report-6"].group == WAITING


@pytest.mark.parametrize("seed", some(range(6), of=2))
def test_each_thing_stands_once_and_all_counts_agree(tmp_path, seed):
    """Whatever the data are: as many rows as handouts and things owed, each with the turn its own subject says."""
    store, chance = sample_store(tmp_path), random.Random(seed)
    for _ in range(3):
        for table, column, values in (
            ("events", "status", ("予定", "実施済", "中止")),
            ("material_versions", "result", (None, None, "確認済", "再提出", "修正後使用可")),
            ("received_papers", "status", ("区が確認中", "確認済", "修正依頼")),
            ("programmes", "closed_on", (None, None, None, "2027-04-01")),
        ):
            ids = [one["id"] for one in store.database.query(f"SELECT id FROM {table}")]
            for row_id in chance.sample(ids, min(len(ids), 6)):
                store.database.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [chance.choice(values), row_id])
        store.database.conn.commit()
        found = read_work_queue(store, today=TODAY, fiscal_year=YEAR)
        year = row(store.database, Programme, fiscal_year=YEAR)
        events = [one["id"] for one in store.database.query("SELECT id FROM events WHERE programme_id = ?", [year.id])]
        handouts = [each for one in events for each in _handouts(read_event_records(store, one))]
        outstanding = read_due_list(store, today=TODAY).rows
        by_key = {one.id: one for one in found.rows}
        assert len(by_key) == len(found.rows) == len(handouts) + len(outstanding)
        if year.closed_on is not None:
            assert {one.turn for one in found.rows} == {DONE}
        else:
            for records, one in handouts:
                over = records.event.event_date is not None and records.event.event_date < TODAY
                untold = notified_words(records, one, TODAY) == "未通知" and not over
                turn = {REVIEWING: WARD, UNTOLD: WAITING, CONFIRMED: DONE}.get(state_of(one), WAITING)
                key = f"material-{records.event.id}-{one.material.id}"
                assert by_key[key].turn == (WARD if untold else turn)
            groups = {"区の対応": WARD, "提出待ち": WAITING, "確認済": DONE}
            by_owed = {one.owed_id: one for one in found.rows}
            assert all(by_owed[one.id].turn == groups[one.group] for one in outstanding)
        assert count_ward_items(store, today=TODAY) == found.count(WARD)
        page = next(one for one in SUMMARY_PAGES if one.action == "提出物")
        assert page.read_status(store, programme_id=year.id, today=TODAY).words == found.words


def test_the_tabs_of_an_event_have_the_very_rows_of_the_list(tmp_path):
    """Read without the others, each row of an event stands as it stands among them."""
    store = sample_store(tmp_path)
    every = read_work_queue(store, today=TODAY)
    compared = 0
    for event in rows(store.database, Event):
        mine = tuple(replace(row, year_words="") for row in every.filtered(event_id=event.id).rows)
        assert read_event_work_queue(store, event_id=event.id, today=TODAY).rows == mine, event.full_title
        compared += len(mine)
    store.database.conn.close()
    assert compared > 20


def test_a_correction_of_a_report_that_nobody_told_is_the_wards_until_it_is_told(tmp_path):
    store = sample_store(tmp_path)
    told = next(one for one in rows(store.database, Notification, key=CORRECTION_REQUEST) if one.is_notified)
    assert by_id(store)[f"report-{told.event_id}"].turn == WAITING
    withdraw_notification(acting(store), notification_id=told.id, reason="届いていませんでした")
    found = by_id(store)[f"report-{told.event_id}"]
    assert (found.turn, found.state_words) == (WARD, "修正の依頼を通知する")
    assert read_event_work_queue(store, event_id=told.event_id, today=TODAY).count(WARD) == 1
    words = {"told_to": "業務責任者", "told_how": "電話", "words": "表の数の直しを頼んだ"}
    notify(acting(store), event_id=told.event_id, key=CORRECTION_REQUEST, **words)
    assert by_id(store)[f"report-{told.event_id}"].turn == WAITING


def test_the_handouts_of_a_postponed_event_are_not_done_with_on_its_old_day(tmp_path):
    store = sample_store(tmp_path)
    event, after = event_id(store, "講習会", 6), date(2026, 12, 10)

    def handouts():
        found = [one for one in read_work_queue(store, today=after, fiscal_year=YEAR).rows if one.event_id == event]
        return {one.title: (one.turn, one.due_words, one.state_words) for one in found if one.material_id}

    assert handouts()["次第"][0] == DONE, "nobody notifies a handout of a day that is over"
    decide_change(
        acting(store), event_id=event, kind=DecisionKind.POSTPONEMENT, decided_at=NOW, decided_by="課長", reason="台風"
    )
    assert handouts() == {
        "次第": (WARD, "延期", "結果を通知する"),
        "講習資料「Instagramの投稿と注意点」": (WARD, "延期", "結果を通知する"),
        "操作手順書": (WARD, "延期", "確認する 第1版"),
    }
