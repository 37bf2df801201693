"""An event as a notification stated it, and what devices and needs are called, from what a notice holds."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Facts

import pytest

from app.event.services.event_facts import planned_facts
from app.events.headcount import documents as papers
from app.events.headcount.services import event_as_notified
from app.programme.intake import preset
from db.records.documents import Notification
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.participants import NoticeWithNotification
from tests.support.paper_lines import assert_says, lines_of, run_on
from tests.support.years import at, plain_context

KIND = preset().kinds[0]
DAY = date(2026, 9, 10)


def event(**values):
    given = {"event_date": DAY, "start_time": "13:00", "end_time": "15:00", "venue": "甲館", "room": "和室"}
    return planned_facts(Event(kind=KIND.kind, form=KIND.form, subject="講習会", **(given | values)), KIND)


@pytest.mark.parametrize(
    ("stated", "day", "hours", "place"),
    [
        ({}, DAY, ("13:00", "15:00"), ("甲館", "和室")), ({"実施日": "2026-09-24"}, date(2026, 9, 24), None, None),
        ({"実施日": "中止"}, DAY, None, None), ({"実施日": ""}, DAY, None, None),
        ({"時間": "10:00–12:00"}, DAY, ("10:00", "12:00"), None), ({"時間": "午後"}, DAY, None, None),
        ({"会場": "甲館 和室"}, DAY, None, ("甲館", "和室")), ({"会場": "乙館 洋室"}, DAY, None, ("乙館 洋室", "")),
    ],
)  # fmt: skip
def test_what_a_notification_stated_takes_the_place_of_what_is_planned(stated, day, hours, place):
    found = event_as_notified(event(), stated)
    assert found.event_date == day
    assert (found.start_time, found.end_time) == (hours or ("13:00", "15:00"))
    assert (found.venue, found.room) == (place or ("甲館", "和室"))


def test_devices_are_mentioned_where_the_kind_lends_them_or_somebody_uses_one():
    def notice(own=0, lent=0, care="", people=0):
        return Facts(own_devices=own, lent_devices=lent, care_request=care, care_count=people)

    kinds = [Facts(year_kind=Facts(lends_devices=lends), form=Facts(in_groups=not lends)) for lends in (True, False)]
    given = [notice(), notice(own=1), notice(lent=1)]
    says = (papers._mentions_lent_tablets, papers._mentions_devices)
    found = [[say(kind, one) for kind in kinds for one in given] for say in says]
    assert found == [[*[True] * 3, False, False, True], [*[True] * 3, False, True, True]]
    assert [papers._care_words(one) for one in (notice(), notice(people=1), notice(care="手話", people=1))] == [
        "なし", "受託者にお願いするものはなし", "手話　ご対応をお願いします。",
    ]  # fmt: skip
    assert [papers._care_words(notice(care=one)) for one in ("手配を確認中 2件（…）", "手話、手配を確認中 1件")] == [
        "手配を確認中 2件（…）",
        "手話、手配を確認中 1件　ご対応をお願いします。",
    ]
    sides = [Facts(tablet_side=side) for side in ("区", "")]
    assert [papers._tablet_provider_words(side, notice(lent=lent), KIND) for side in sides for lent in (0, 1)] == [
        "", "区が準備", "", "用意する側は協議中（仕様書4(1)ク）",
    ]  # fmt: skip


NOTICE = NoticeWithNotification(
    event_id=1,
    revision=1,
    people=13,
    organisations=7,
    own_devices=8,
    lent_devices=4,
    care_count=2,
    care_request="手話通訳",
    made_on=DAY,
)
TOLD = Notification(
    document_kind="人数",
    key="人数",
    told_on=date(2026, 9, 12),
    told_how="電話",
    told_to="",
    told_by="",
    by="",
    at=at(DAY),
)


def paper(now, notice, *before):
    made = papers.headcount_notice(plain_context(DAY), now, KIND, notice, *(before or (None,)))
    return lines_of(made)[1:-1]


def mail(now, notice, *before):
    said = papers.notice_mail(now, KIND, notice, *(before or (None,)), addressee="みほん様", sender="区")
    return [line for line in said.split("\n") if line]


def test_a_notice_says_numbers_copies_and_what_is_asked_for_and_its_mail_the_same():
    said = paper(event(), NOTICE)
    assert_says(
        run_on(said),
        """
        16行 ⏎ 参加人数連絡書｜仕様書に基づき、つぎのとおり参加人数を連絡します。 ⏎ 記 ⏎ 1　事業名　デジタル活用講習会
        　　　「講習会」 ⏎ 2　日時　令和8年9月10日（木）　午後1時から午後3時まで ⏎ 3　会場　甲館　和室 ⏎ 4　参加予定人数
        　　 ⏎ 参加予定人数｜13｜人｜第1報 / 仕様の範囲　10人から20人程度 ⏎ ［内訳｜数｜備考］ ⏎ 参加団体｜7団体｜ ⏎ 貸
        　　与タブレットを使用する方｜4人｜用意する側は協議中（仕様書） ⏎ 端末を持参する方｜8人｜ ⏎ 端末　未確認｜1人｜
        　　持参するかどうかを、まだ確認していない方 ⏎ 配慮を必要とする方｜2件｜必要な対応は6のとおり ⏎ 5　配布資料の部
        　　数　15部（参加予定13人＋予備2部） ⏎ 6　必要な対応　手話通訳　ご対応をお願いします。 ⏎ 7　変更の連絡　人数に
        　　変更が生じたときは、変更連絡書により連絡します。
        """,
    )
    assert_says(
        run_on(mail(event(), NOTICE)),
        """
        14行 ⏎ 件名：参加人数連絡書（デジタル活用講習会　「講習会」） ⏎ みほん様 ⏎ 仕様書4(1)エに基づき、参加人数を連絡
        　　します。 ⏎ 事業名：デジタル活用講習会　「講習会」 ⏎ 日時：令和8年9月10日（木）　午後1時から午後3時まで ⏎ 会
        　　場：甲館　和室 ⏎ 参加予定人数：13人（7団体） ⏎ 貸与タブレットを使用する方：4人 ⏎ 端末を持参する方：8人 ⏎ 端
        　　末　未確認：1人 ⏎ 配慮を必要とする方：2件 ⏎ 配布資料の部数：15部（予備を含む） ⏎ 必要な対応：手話通訳　ご対
        　　応をお願いします。 ⏎ 区
        """,
    )
    bare = replace(NOTICE, own_devices=9, care_count=0, care_request="")
    assert_says(
        run_on([*paper(event(), bare), *mail(event(), bare)], beside=[*said, *mail(event(), NOTICE)]),
        """
        27行 ⏎ 端末を持参する方｜9人｜ ⏎ 配慮を必要とする方｜0件｜ ⏎ 6　必要な対応　なし ⏎ 端末を持参する方：9人 ⏎ 配慮
        　　を必要とする方：0件
        """,
    )


def test_a_change_says_what_was_told_before_and_what_is_other_now():
    before, now = replace(NOTICE, act=TOLD), replace(NOTICE, revision=2, people=21, made_on=date(2026, 9, 15))
    said = paper(event(room="洋室"), now, before, event())
    assert_says(
        run_on(said),
        """
        17行 ⏎ 参加人数変更連絡書｜令和8年9月12日に連絡した内容（第1報）について、つぎのとおり変更します。 ⏎ 記 ⏎ 1　事
        　　業名　デジタル活用講習会　「講習会」 ⏎ 2　日時　令和8年9月10日（木）　午後1時から午後3時まで ⏎ 3　会場　甲館
        　　　洋室（前回の連絡　甲館　和室） ⏎ 4　変更の内容 ⏎ ［項目｜前回（第1報　R8.9.12）｜今回（第2報　R8.9.15）｜
        　　増減］ ⏎ ◎参加予定人数｜13人｜21人｜+8 ⏎ 参加団体｜7団体｜7団体｜変更なし ⏎ 貸与タブレットを使用する方｜4人
        　　｜4人｜変更なし ⏎ 端末を持参する方｜8人｜8人｜変更なし ⏎ ◎端末　未確認｜1人｜9人｜+8 ⏎ 配慮を必要とする方｜
        　　2件｜2件｜変更なし ⏎ ◎配布資料の部数（予備を含む）｜15部｜24部｜+9 ⏎ 5　変更の理由　— ⏎ 6　必要な対応　手
        　　話通訳　ご対応をお願いします。 ⏎ 7　準備のお願い　配布資料を9部追加してください。
        """,
    )
    fewer = replace(now, people=12, care_request="", reason="辞退", act=replace(TOLD, told_on=date(2026, 9, 16)))
    assert_says(
        run_on(paper(event(), fewer, NOTICE, event()), beside=said),
        """
        18行 ⏎ 参加人数変更連絡書｜令和8年9月10日に連絡した参加人数（第1報）について、つぎのとおり変更します。 ⏎ 3　会場
        　　　甲館　和室 ⏎ ［項目｜前回（第1報　R8.9.10）｜今回（第2報　R8.9.15）｜増減］ ⏎ ◎参加予定人数｜13人｜12人｜
        　　−1 ⏎ ◎端末　未確認｜1人｜0人｜−1 ⏎ ◎配布資料の部数（予備を含む）｜15部｜14部｜−1 ⏎ 5　変更の理由　辞退 ⏎ 6
        　　　連絡の方法　令和8年9月16日（水）に電話で連絡済みです。 ⏎ 7　必要な対応　受託者にお願いするものはなし ⏎ 8
        　　　準備のお願い　印刷前であれば部数を減らしてください。
        """,
    )
    assert_says(
        run_on(mail(event(), fewer, NOTICE, event())),
        """
        15行 ⏎ 件名：参加人数変更連絡書（デジタル活用講習会　「講習会」） ⏎ みほん様 ⏎ 参加人数の変更を連絡します。 ⏎ 事
        　　業名：デジタル活用講習会　「講習会」 ⏎ 日時：令和8年9月10日（木）　午後1時から午後3時まで ⏎ 会場：甲館　和室
        　　 ⏎ 参加予定人数：13人 → 12人（−1） ⏎ 参加団体：7団体 → 7団体（変更なし） ⏎ 貸与タブレットを使用する方：4人
        　　 → 4人（変更なし） ⏎ 端末を持参する方：8人 → 8人（変更なし） ⏎ 端末　未確認：1人 → 0人（−1） ⏎ 配慮を必要
        　　とする方：2件 → 2件（変更なし） ⏎ 配布資料の部数（予備を含む）：15部 → 14部（−1） ⏎ 変更の理由：辞退 ⏎ 区
        """,
    )
    assert mail(event(room="洋室"), now, before, event())[2] == "内容の変更を連絡します。"
    assert papers._request(replace(NOTICE, people=14), replace(NOTICE, people=14)).startswith(
        "配布資料の部数は前回のまま"
    )
    no_devices = [replace(one, own_devices=0, lent_devices=0) for one in (NOTICE, now)]
    in_groups = replace(event(), form=EventForm.EXCHANGE, year_kind=preset().kinds[2])
    names = [one[0] for one in papers.notice_differences(in_groups, *no_devices)]
    assert names == ["参加予定人数", "参加団体", "配慮を必要とする方", "配布資料の部数（予備を含む）"]
