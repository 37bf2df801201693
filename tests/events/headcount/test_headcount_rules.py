"""An event as a notification stated it, and what devices and needs are called, from what a notice holds."""

from datetime import date
from types import SimpleNamespace as Facts

import pytest

from app.event.services.event_facts import planned_facts
from app.events.headcount import documents as papers
from app.events.headcount.services import event_as_notified
from app.programme.intake import preset
from db.records.events import Event

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


def test_a_change_names_the_day_that_was_told_and_else_the_day_the_notice_was_made(monkeypatch):
    frame = papers.document_frame
    monkeypatch.setattr(papers, "_change", lambda *_given: ())
    monkeypatch.setattr(frame, "outgoing_head", lambda _context: None)
    monkeypatch.setattr(frame, "office_contact", lambda _office: None)
    monkeypatch.setattr(frame, "frame_event_document", lambda *_given, blocks, **_more: blocks[1].lead)

    def lead(told, now):
        before = Facts(made_on=DAY, notified_on=told, revision=1)
        return papers.headcount_notice(Facts(office=None), now, KIND, Facts(revision=2), before, event())

    words = "（第1報）について、つぎのとおり変更します。"
    assert lead(None, event()) == f"令和8年9月10日に連絡した参加人数{words}"
    assert lead(date(2026, 9, 12), event(room="洋室")) == f"令和8年9月12日に連絡した内容{words}"
