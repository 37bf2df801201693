"""An event as a notification stated it, and what devices and needs are called, from what a notice holds."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Facts

import pytest

from app.event.rules.notification_facts import place_fact
from app.event.services.event_facts import planned_facts
from app.events.headcount import documents as papers
from app.events.headcount.screens.count_panel import count_sheet
from app.events.headcount.services import event_as_notified
from app.programme.intake import preset
from db.records.documents import Notification
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.participants import ExpectedCount, NoticeWithNotification
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import at, plain_context

KIND = preset().kinds[0]
DAY = date(2026, 9, 10)


def event(**values):
    given = {"event_date": DAY, "start_time": "13:00", "end_time": "15:00", "venue": "甲館", "room": "和室"}
    return planned_facts(Event(kind=KIND.kind, form=KIND.form, subject="講習会", **(given | values)), KIND)


@pytest.mark.parametrize(
    ("stated", "day", "hours", "place"),
    [
        ({}, DAY, ("13:00", "15:00"), ("甲館", "和室")),
        ({"実施日": "2026-09-24"}, date(2026, 9, 24), None, None),
        ({"実施日": "中止"}, DAY, None, None),
        ({"実施日": ""}, DAY, None, None),
        ({"時間": "10:00–12:00"}, DAY, ("10:00", "12:00"), None),
        ({"時間": "午後"}, DAY, None, None),
        ({"会場": "甲館 和室"}, DAY, None, ("甲館", "和室")),
        ({"会場": place_fact("甲館", "和室")}, DAY, None, ("甲館", "和室")),
        ({"会場": "乙館 洋室"}, DAY, None, ("乙館　洋室", "")),
        ({"会場": place_fact("乙 館", "洋室")}, DAY, None, ("乙 館　洋室", "")),
    ],
)
def test_what_a_notification_stated_takes_the_place_of_what_is_planned(stated, day, hours, place):
    found = event_as_notified(event(), stated)
    assert found.event_date == day
    assert (found.start_time, found.end_time) == (hours or ("13:00", "15:00"))
    assert (found.venue, found.room) == (place or ("甲館", "和室"))


def test_a_need_of_several_is_said_once_with_their_number_in_the_list_as_on_the_paper():
    asked = ExpectedCount(
        event_id=1, position=0, organisation_name="甲会", people=3, care_request="手配を確認中、手配を確認中"
    )
    [line, _sums] = count_sheet([asked]).rows
    assert line[-1] == "手配を確認中 2件（お願いするときは改めて連絡）"
    [line, _sums] = count_sheet([replace(asked, care_request="手話通訳")]).rows
    assert line[-1] == "手話通訳"


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


NOTICE_VALUES = {
    "event_id": 1, "revision": 1, "people": 13, "organisations": 7, "own_devices": 8, "lent_devices": 4,
    "care_count": 2, "care_request": "手話通訳", "made_on": DAY,
}  # fmt: skip
NOTICE = NoticeWithNotification(**NOTICE_VALUES)
TOLD_VALUES = {
    "document_kind": "人数", "key": "人数", "told_on": date(2026, 9, 12), "told_how": "電話", "told_to": "",
    "told_by": "", "by": "", "at": at(DAY),
}  # fmt: skip
TOLD = Notification(**TOLD_VALUES)


def paper(now, notice, *before):
    made = papers.headcount_notice(plain_context(DAY), now, KIND, notice, *(before or (None,)))
    return lines_of(made)[1:-1]


def mail(now, notice, *before):
    said = papers.notice_mail(now, KIND, notice, *(before or (None,)), addressee="みほん様", sender="区")
    return [line for line in said.split("\n") if line]


def test_a_notice_says_numbers_copies_and_what_is_asked_for_and_its_mail_the_same():
    said = paper(event(), NOTICE)
    assert_paper(said, "連絡書")
    assert_paper(mail(event(), NOTICE), "連絡書 メール")
    bare = replace(NOTICE, own_devices=9, care_count=0, care_request="")
    assert_paper([*paper(event(), bare), *mail(event(), bare)], "連絡書 端末と配慮")


def test_a_change_says_what_was_told_before_and_what_is_other_now():
    before, now = replace(NOTICE, act=TOLD), replace(NOTICE, revision=2, people=21, made_on=date(2026, 9, 15))
    said = paper(event(room="洋室"), now, before, event())
    assert_paper(said, "変更連絡書")
    fewer = replace(now, people=12, care_request="", reason="辞退", act=replace(TOLD, told_on=date(2026, 9, 16)))
    assert_paper(paper(event(), fewer, NOTICE, event()), "変更連絡書 減った")
    assert_paper(mail(event(), fewer, NOTICE, event()), "変更連絡書 減った メール")
    assert mail(event(room="洋室"), now, before, event())[2] == "内容の変更を連絡します。"
    assert [papers._request(replace(NOTICE, people=people), NOTICE) for people in (12, 13, 14)] == [
        "印刷前であれば部数を減らしてください。", "配布資料の部数は前回のままで差し支えありません。",
        "配布資料を1部追加してください。",
    ]  # fmt: skip
    no_devices = [replace(one, own_devices=0, lent_devices=0) for one in (NOTICE, now)]
    in_groups = replace(event(), form=EventForm.EXCHANGE, year_kind=preset().kinds[2])
    names = [one[0] for one in papers.notice_differences(in_groups, *no_devices)]
    assert names == ["参加予定人数", "参加団体", "配慮を必要とする方", "配布資料の部数（予備を含む）"]
