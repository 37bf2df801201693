"""Each line that compares what was held with the 仕様書: what it says and how it judges, from a few events."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from app.common.partial_count import PartialCount
from app.programme.intake import preset
from app.year_end.summary import documents, rules
from app.year_end.summary.rules import (
    PENDING,
    DutyRecord,
    EarlierNumber,
    HeldEventFacts,
    KindContext,
    blocking_reason,
    kind_lines,
    lecture_name,
    proposal_line,
    sentence_lines,
)
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.year.practices import Requirement
from tests.support.paper_lines import assert_says, lines_of

KINDS = {one.kind: one for one in preset().kinds}
SENTENCES = preset().programme.requirements
TODAY = date(2026, 12, 1)
DAY = date(2026, 10, 7)


def held(kind: str, number: int = 1, day: date = DAY, **given: Any) -> HeldEventFacts:
    numbers = given.pop("numbers", KINDS[kind])
    named = {name: given.pop(name) for name in ("groups", "facilitators", "organisation_id") if name in given}
    done = DutyRecord(limit=day - timedelta(days=5), done_on=day - timedelta(days=5))
    usual: dict[str, Any] = {
        "numbers": numbers, "people": 12, "minutes": 120, "headcount_notice": done, "material_check": done,
        "report": DutyRecord(limit=day + timedelta(days=30), done_on=day + timedelta(days=30)), "responses": 10,
        "corrected": False, "network": "有", "router": False, "lent": 4, "own": 8, "unknown_devices": 0,
        "copies": ((14, 12),), "supplies": (),
    }  # fmt: skip
    event = Event(
        id=number, kind=kind, form=numbers.form, subject="LINE講習会", event_date=day, ordinal=number, **named
    )
    return HeldEventFacts(event=event, **(usual | given))


def said(
    kind: str, *events: HeldEventFacts, more: bool = False, requirements: Any = SENTENCES, **numbers: Any
) -> list[str]:
    """Give each line as item, what was held, verdict and each event's value (! where it is off)."""
    context = KindContext(
        numbers=replace(KINDS[kind], **numbers),
        held_events=events,
        has_more_to_come=more,
        today=TODAY,
        requirements=requirements,
        has_lecture_handouts=True,
    )
    return [
        "｜".join(
            [one.item, one.spec, one.clause, one.actual, one.verdict]
            + [f"{'!' if value.deviates else ''}{value.words}" for value in one.event_values]
        )
        for one in kind_lines(context)
    ]


def part(lines: list[str], *items: str) -> list[str]:
    return [one for one in lines if one.split("｜")[0] in items]


def test_a_kind_of_which_nothing_was_held_waits():
    assert_says(
        said("講習会", more=True),
        """
        実施期間｜R8.9.1からR8.12.25まで｜仕4(1)ア｜｜実施前
        実施回数｜全7回程度｜仕4(1)ウ｜｜実施前
        各回の人数｜10人から20人程度｜仕4(1)エ｜｜実施前
        実施時間｜各回2時間程度｜仕4(1)オ｜｜実施前
        人数の連絡｜5日前まで（区の務め）｜仕4(1)エ｜｜実施前
        資料の確認｜2週間前まで｜仕4(1)キ｜｜実施前
        消耗品｜資料は人数分｜仕4(1)キ｜｜実施前
        接続数｜全員が使える環境｜仕4(1)ク｜｜実施前
        アンケート｜全参加者｜仕4(1)ケ｜｜実施前
        実施報告書｜終了後1か月以内｜仕4(1)コ｜｜実施前
        """,
    )
    assert_says(
        said("派遣"),
        """
        実施期間｜R8.9.1からR9.3.15まで｜仕4(2)ア｜｜実施前
        日数・団体｜3日間程度・3団体程度｜仕4(2)ア・ウ｜｜実施前
        各回の人数｜10人程度｜仕4(2)エ｜｜実施前
        実施時間｜各回2時間程度｜仕4(2)オ｜｜実施前
        人数の連絡｜5日前まで（区の務め）｜仕4(2)エ｜｜実施前
        資料の確認｜別の資料は2週間前まで｜仕4(2)キ｜｜実施前
        消耗品｜資料は人数分｜仕4(2)キ｜｜実施前
        接続数｜ないときは受託者が整備｜仕4(2)ク｜｜実施前
        実施報告書｜終了後3週間以内｜仕4(2)ケ｜｜実施前
        """,
    )
    assert_says(
        said("意見交換会", more=True),
        """
        実施期間｜R8.9.1からR9.2.14まで｜仕4(3)ア｜｜実施前
        日数・回数｜2日間・全2回｜仕4(3)ア・ウ｜｜実施前
        各回の人数｜10人から20人程度｜仕4(3)エ｜｜実施前
        実施時間｜各回2時間程度｜仕4(3)オ｜｜実施前
        進行役｜各グループに配置｜仕4(3)カ｜｜実施前
        人数の連絡｜5日前まで（区の務め）｜仕4(3)エ｜｜実施前
        資料の確認｜2週間前まで｜仕4(3)キ｜｜実施前
        消耗品｜人数分・模造紙ほか（区）｜仕4(3)キ・ク｜｜実施前
        接続数｜全員が使える環境｜仕4(3)ク｜｜実施前
        アンケート｜全参加者｜仕4(3)ケ｜｜実施前
        実施報告書｜終了後1か月以内｜仕4(3)コ｜｜実施前
        """,
    )


def test_one_event_that_is_as_asked():
    assert_says(
        said("講習会", held("講習会"), more=True),
        """
        実施期間｜R8.9.1からR8.12.25まで｜仕4(1)ア｜R8.10.7（水）｜期間内｜R8.10.7（水）
        実施回数｜全7回程度｜仕4(1)ウ｜1回｜実施中｜R8.10.7（水）
        各回の人数｜10人から20人程度｜仕4(1)エ｜12人（延べ12人）｜範囲内｜12人
        実施時間｜各回2時間程度｜仕4(1)オ｜120分｜範囲内｜120分
        人数の連絡｜5日前まで（区の務め）｜仕4(1)エ｜1回のうち1回｜期限内｜10/2(金)
        資料の確認｜2週間前まで｜仕4(1)キ｜1回のうち1回｜期限内｜10/2(金)
        消耗品｜資料は人数分｜仕4(1)キ｜印刷14部・配布12部｜準備｜資料1種　印刷 14部　配布 12部　出席 12人
        接続数｜全員が使える環境｜仕4(1)ク｜あり1回　端末延べ12台｜準備｜あり　貸与 4台　持参 8台
        アンケート｜全参加者｜仕4(1)ケ｜12人中 10件（83.3％）｜実施｜12人中 10件
        実施報告書｜終了後1か月以内｜仕4(1)コ｜1件のうち1件｜期限内｜11/6(金)
        """,
    )
    assert_says(
        said("派遣", held("派遣", people=10), more=True),
        """
        実施期間｜R8.9.1からR9.3.15まで｜仕4(2)ア｜R8.10.7（水）｜期間内｜R8.10.7（水）
        日数・団体｜3日間程度・3団体程度｜仕4(2)ア・ウ｜1日間・1団体｜実施中｜R8.10.7（水）
        各回の人数｜10人程度｜仕4(2)エ｜10人（延べ10人）｜範囲内｜10人
        実施時間｜各回2時間程度｜仕4(2)オ｜120分｜範囲内｜120分
        人数の連絡｜5日前まで（区の務め）｜仕4(2)エ｜1回のうち1回｜期限内｜10/2(金)
        資料の確認｜別の資料は2週間前まで｜仕4(2)キ｜1回のうち1回｜期限内｜10/2(金)
        消耗品｜資料は人数分｜仕4(2)キ｜印刷14部・配布12部｜準備｜資料1種　印刷 14部　配布 12部　出席 10人
        接続数｜ないときは受託者が整備｜仕4(2)ク｜あり1回　端末延べ12台｜準備｜あり　貸与 4台　持参 8台
        実施報告書｜終了後3週間以内｜仕4(2)ケ｜1件のうち1件｜期限内｜11/6(金)
        """,
    )
    exchange = held(
        "意見交換会", people=12, groups=3, facilitators=3, supplies=(("模造紙", "5枚", True), ("付箋", "12", True))
    )
    assert_says(
        said("意見交換会", exchange, more=True),
        """
        実施期間｜R8.9.1からR9.2.14まで｜仕4(3)ア｜R8.10.7（水）｜期間内｜R8.10.7（水）
        日数・回数｜2日間・全2回｜仕4(3)ア・ウ｜1日間・1回｜実施中｜R8.10.7（水）
        各回の人数｜10人から20人程度｜仕4(3)エ｜12人（延べ12人）｜範囲内｜12人
        実施時間｜各回2時間程度｜仕4(3)オ｜120分｜範囲内｜120分
        進行役｜各グループに配置｜仕4(3)カ｜3グループに3人｜配置｜3グループに3人
        人数の連絡｜5日前まで（区の務め）｜仕4(3)エ｜1回のうち1回｜期限内｜10/2(金)
        資料の確認｜2週間前まで｜仕4(3)キ｜1回のうち1回｜期限内｜10/2(金)
        消耗品｜人数分・模造紙ほか（区）｜仕4(3)キ・ク｜印刷14部・配布12部・消耗品 0／1回｜記録なし｜資料1種　印刷 1
        　　4部　配布 12部　出席 12人　模造紙 5枚　付箋 12　マーカー 記録なし
        接続数｜全員が使える環境｜仕4(3)ク｜あり1回　端末延べ12台｜準備｜あり　貸与 4台　持参 8台
        アンケート｜全参加者｜仕4(3)ケ｜12人中 10件（83.3％）｜実施｜12人中 10件
        実施報告書｜終了後1か月以内｜仕4(3)コ｜1件のうち1件｜期限内｜11/6(金)
        """,
    )


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2026, 8, 31), "期間外"),
        (date(2026, 9, 1), "期間内"),
        (date(2026, 12, 25), "期間内"),
        (date(2026, 12, 26), "期間外"),
    ],
)
def test_the_first_and_the_last_day_lie_inside_the_period(day, verdict):
    (line,) = part(said("講習会", held("講習会", day=day)), "実施期間")
    assert line.split("｜")[4] == verdict


def test_days_are_listed_up_to_two_and_then_from_the_first_to_the_last():
    events = [held("講習会", number, DAY + timedelta(days=number)) for number in (1, 2, 3)]
    found = [part(said("講習会", *events[:count]), "実施期間", "各回の人数", "実施時間") for count in (1, 2, 3)]
    assert_says(
        [line for lines in found for line in lines],
        """
        実施期間｜R8.9.1からR8.12.25まで｜仕4(1)ア｜R8.10.8（木）｜期間内｜R8.10.8（木）
        各回の人数｜10人から20人程度｜仕4(1)エ｜12人（延べ12人）｜範囲内｜12人
        実施時間｜各回2時間程度｜仕4(1)オ｜120分｜範囲内｜120分
        実施期間｜R8.9.1からR8.12.25まで｜仕4(1)ア｜R8.10.8（木）、R8.10.9（金）｜期間内｜R8.10.8（木）｜R8.10.9（金）
        各回の人数｜10人から20人程度｜仕4(1)エ｜12人、12人（延べ24人）｜範囲内｜12人｜12人
        実施時間｜各回2時間程度｜仕4(1)オ｜2回とも120分｜範囲内｜120分｜120分
        実施期間｜R8.9.1からR8.12.25まで｜仕4(1)ア｜R8.10.8（木）からR8.10.10（土）まで｜期間内｜R8.10.8（木）｜R8.10.9
        　　（金）｜R8.10.10（土）
        各回の人数｜10人から20人程度｜仕4(1)エ｜各回12人（延べ36人）｜範囲内｜12人｜12人｜12人
        実施時間｜各回2時間程度｜仕4(1)オ｜3回とも120分｜範囲内｜120分｜120分｜120分
        """,
    )


def test_the_number_of_events_is_judged_when_no_more_are_to_come():
    found = []
    for count in (5, 6, 7, 8, 9):
        events = [held("講習会", number, DAY + timedelta(days=number)) for number in range(count)]
        for more, strict in ((True, False), (False, False), (False, True), (True, True)):
            (line,) = part(said("講習会", *events, more=more, strict=strict), "実施回数")
            found.append(f"{count}回　{'まだある' if more else '終わり'}　{'｜'.join(line.split('｜')[1:5])}")
    assert_says(
        found,
        """
        5回　まだある　全7回程度｜仕4(1)ウ｜5回｜実施中
        5回　終わり　全7回程度｜仕4(1)ウ｜5回｜範囲外
        5回　終わり　全7回｜仕4(1)ウ｜5回｜相違
        5回　まだある　全7回｜仕4(1)ウ｜5回｜実施中
        6回　まだある　全7回程度｜仕4(1)ウ｜6回｜実施中
        6回　終わり　全7回程度｜仕4(1)ウ｜6回｜程度の内
        6回　終わり　全7回｜仕4(1)ウ｜6回｜相違
        6回　まだある　全7回｜仕4(1)ウ｜6回｜実施中
        7回　まだある　全7回程度｜仕4(1)ウ｜7回｜実施中
        7回　終わり　全7回程度｜仕4(1)ウ｜7回｜範囲内
        7回　終わり　全7回｜仕4(1)ウ｜7回｜一致
        7回　まだある　全7回｜仕4(1)ウ｜7回｜実施中
        8回　まだある　全7回程度｜仕4(1)ウ｜8回｜程度の内
        8回　終わり　全7回程度｜仕4(1)ウ｜8回｜程度の内
        8回　終わり　全7回｜仕4(1)ウ｜8回｜相違
        8回　まだある　全7回｜仕4(1)ウ｜8回｜相違
        9回　まだある　全7回程度｜仕4(1)ウ｜9回｜範囲外
        9回　終わり　全7回程度｜仕4(1)ウ｜9回｜範囲外
        9回　終わり　全7回｜仕4(1)ウ｜9回｜相違
        9回　まだある　全7回｜仕4(1)ウ｜9回｜相違
        """,
    )


def test_days_and_groups_are_counted_once_each():
    events = [
        held("派遣", 1, DAY, organisation_id=7),
        held("派遣", 2, DAY, organisation_id=7),
        held("派遣", 3, DAY + timedelta(days=1), organisation_id=8),
    ]
    assert_says(
        part(said("派遣", *events, more=True), "日数・団体"),
        """
        日数・団体｜3日間程度・3団体程度｜仕4(2)ア・ウ｜2日間・2団体｜実施中｜R8.10.7（水）｜R8.10.7（水）｜R8.10.8
        　　（木）
        """,
    )
    talks = [held("意見交換会", 1, DAY), held("意見交換会", 2, DAY)]
    assert_says(
        part(said("意見交換会", *talks), "日数・回数"),
        """
        日数・回数｜2日間・全2回｜仕4(3)ア・ウ｜1日間・2回｜相違｜R8.10.7（水）｜R8.10.7（水）
        """,
    )


@pytest.mark.parametrize(
    ("people", "verdict"),
    [
        ((10, 20), "範囲内"), ((9,), "程度の内"), ((8,), "程度の内"), ((7,), "範囲外"), ((21, 24), "程度の内"),
        ((25,), "範囲外"), ((None,), "記録なし"), ((None, 12), "記録なし"), ((7, None), "範囲外"),
        ((9, 30), "範囲外"),
    ],
)  # fmt: skip
def test_people_are_judged_by_the_contract_and_a_missing_record_hides_no_deviation(people, verdict):
    events = [held("講習会", number, people=count) for number, count in enumerate(people)]
    (line,) = part(said("講習会", *events), "各回の人数")
    assert line.split("｜")[4] == verdict


def test_people_of_whom_some_are_not_recorded_are_a_least_number():
    events = [held("講習会", 1, people=12), held("講習会", 2, people=None), held("講習会", 3, people=25)]
    assert_says(
        part(said("講習会", *events), "各回の人数"),
        """
        各回の人数｜10人から20人程度｜仕4(1)エ｜12人、25人（延べ37人以上、1回 記録なし）｜範囲外｜12人｜記録なし｜
        　　!25人
        """,
    )


def test_the_length_is_said_once_where_all_are_alike_and_as_a_span_where_not():
    found = []
    for lengths in ((110,), (120, 120), (90, 120), (89, 120), (150,), (151,)):
        events = [held("講習会", number, minutes=length) for number, length in enumerate(lengths)]
        found += part(said("講習会", *events), "実施時間")
    assert_says(
        found,
        """
        実施時間｜各回2時間程度｜仕4(1)オ｜110分｜範囲内｜110分
        実施時間｜各回2時間程度｜仕4(1)オ｜2回とも120分｜範囲内｜120分｜120分
        実施時間｜各回2時間程度｜仕4(1)オ｜90分から120分｜範囲内｜90分｜120分
        実施時間｜各回2時間程度｜仕4(1)オ｜89分から120分｜範囲外｜!89分｜120分
        実施時間｜各回2時間程度｜仕4(1)オ｜150分｜範囲内｜150分
        実施時間｜各回2時間程度｜仕4(1)オ｜151分｜範囲外｜!151分
        """,
    )


@pytest.mark.parametrize(
    ("groups", "guides", "verdict"),
    [(3, 3, "配置"), (3, 4, "配置"), (3, 2, "不足"), (None, 2, "記録なし"), (3, None, "記録なし"), (3, 0, "不足")],
)
def test_every_group_needs_a_guide(groups, guides, verdict):
    (line,) = part(said("意見交換会", held("意見交換会", groups=groups, facilitators=guides)), "進行役")
    assert line.split("｜")[4] == verdict


def test_guides_are_summed_as_far_as_they_are_known():
    known, other = held("意見交換会", groups=3, facilitators=3), held("意見交換会", 2, groups=2, facilitators=1)
    unknown = held("意見交換会", 3, groups=None, facilitators=2)
    found = part(said("意見交換会", known, other), "進行役") + part(said("意見交換会", known, unknown), "進行役")
    assert_says(
        found,
        """
        進行役｜各グループに配置｜仕4(3)カ｜5グループに4人｜不足｜3グループに3人｜!2グループに1人
        進行役｜各グループに配置｜仕4(3)カ｜3グループに3人（1回 記録なし）｜記録なし｜3グループに3人｜記録なし
        """,
    )


def test_copies_are_enough_by_what_was_printed_or_handed_out():
    found = []
    for copies in (
        (), ((12, None),), ((11, 12),), ((11, 11),), ((None, None),), ((14, 12), (None, None)), ((14, 12), (20, 12)),
        ((0, 0),), ((14, 12), (14, 12), (14, 12)),
    ):  # fmt: skip
        found += part(said("講習会", held("講習会", copies=copies)), "消耗品")
    found += part(said("講習会", held("講習会", people=None)), "消耗品")
    found += part(said("講習会", held("講習会", copies=()), held("講習会", 2)), "消耗品")
    assert_says(
        found,
        """
        消耗品｜資料は人数分｜仕4(1)キ｜該当なし｜準備
        消耗品｜資料は人数分｜仕4(1)キ｜印刷12部｜準備｜資料1種　印刷 12部　出席 12人
        消耗品｜資料は人数分｜仕4(1)キ｜印刷11部・配布12部｜準備｜資料1種　印刷 11部　配布 12部　出席 12人
        消耗品｜資料は人数分｜仕4(1)キ｜印刷11部・配布11部｜不足｜!資料1種　印刷 11部　配布 11部　出席 12人
        消耗品｜資料は人数分｜仕4(1)キ｜｜記録なし｜資料1種　部数の記録なし　出席 12人
        消耗品｜資料は人数分｜仕4(1)キ｜印刷14部・配布12部｜記録なし｜資料2種　印刷 14部・記録なし　配布 12部・記録
        　　なし　出席 12人
        消耗品｜資料は人数分｜仕4(1)キ｜印刷34部・配布24部｜準備｜資料2種　印刷 14部・20部　配布 12部　出席 12人
        消耗品｜資料は人数分｜仕4(1)キ｜印刷0部・配布0部｜不足｜!資料1種　印刷 0部　配布 0部　出席 12人
        消耗品｜資料は人数分｜仕4(1)キ｜印刷42部・配布36部｜準備｜資料3種　印刷 14部　配布 12部　出席 12人
        消耗品｜資料は人数分｜仕4(1)キ｜印刷14部・配布12部｜記録なし｜資料1種　印刷 14部　配布 12部　出席 記録なし
        消耗品｜資料は人数分｜仕4(1)キ｜印刷14部・配布12部｜準備｜資料1種　印刷 14部　配布 12部　出席 12人
        """,
    )


def test_supplies_of_groups_count_as_listed_and_checked_before_the_day():
    found = []
    for supplies in (
        (), (("模造紙", "5枚", True), ("付箋", "12", True), ("マーカー", "3", True)),
        (("模造紙", "5枚", True), ("付箋", "12", False), ("マーカー", "3", True)), (("模造紙", "0", True),),
        (("付箋", "12", True),),
    ):  # fmt: skip
        found += part(said("意見交換会", held("意見交換会", groups=3, facilitators=3, supplies=supplies)), "消耗品")
    assert_says(
        found,
        """
        消耗品｜人数分・模造紙ほか（区）｜仕4(3)キ・ク｜印刷14部・配布12部・消耗品 0／1回｜記録なし｜資料1種　印刷 1
        　　4部　配布 12部　出席 12人　模造紙 記録なし　付箋 記録なし　マーカー 記録なし
        消耗品｜人数分・模造紙ほか（区）｜仕4(3)キ・ク｜印刷14部・配布12部・消耗品 1／1回｜準備｜資料1種　印刷 14部
        　　　配布 12部　出席 12人　模造紙 5枚　付箋 12　マーカー 3
        消耗品｜人数分・模造紙ほか（区）｜仕4(3)キ・ク｜印刷14部・配布12部・消耗品 0／1回｜記録なし｜資料1種　印刷 1
        　　4部　配布 12部　出席 12人　模造紙 5枚　マーカー 3　付箋 記録なし
        消耗品｜人数分・模造紙ほか（区）｜仕4(3)キ・ク｜印刷14部・配布12部・消耗品 0／1回｜不足｜!資料1種　印刷 14部
        　　　配布 12部　出席 12人　模造紙 0　付箋 記録なし　マーカー 記録なし
        消耗品｜人数分・模造紙ほか（区）｜仕4(3)キ・ク｜印刷14部・配布12部・消耗品 0／1回｜記録なし｜資料1種　印刷 1
        　　4部　配布 12部　出席 12人　付箋 12　模造紙 記録なし　マーカー 記録なし
        """,
    )


def test_connections_and_devices_are_said_as_recorded():
    found = []
    for kind, given in (
        ("講習会", {}), ("講習会", {"network": "無"}), ("講習会", {"network": "不明"}),
        ("講習会", {"network": "無", "router": True}), ("講習会", {"lent": None}), ("講習会", {"own": None}),
        ("講習会", {"lent": None, "own": None}), ("講習会", {"unknown_devices": 2}), ("講習会", {"lent": 0, "own": 0}),
        ("派遣", {"network": "無"}), ("派遣", {"network": "無", "router": True}), ("派遣", {"network": "不明"}),
        ("派遣", {"router": True}),
    ):  # fmt: skip
        found += part(said(kind, held(kind, **given)), "接続数")
    found += part(said("講習会", held("講習会"), held("講習会", 2, lent=None, own=None)), "接続数")
    assert_says(
        found,
        """
        接続数｜全員が使える環境｜仕4(1)ク｜あり1回　端末延べ12台｜準備｜あり　貸与 4台　持参 8台
        接続数｜全員が使える環境｜仕4(1)ク｜なし1回　端末延べ12台｜不足｜!なし　貸与 4台　持参 8台
        接続数｜全員が使える環境｜仕4(1)ク｜記録なし1回　端末延べ12台｜記録なし｜記録なし　貸与 4台　持参 8台
        接続数｜全員が使える環境｜仕4(1)ク｜なし1回　端末延べ12台｜不足｜!なし　貸与 4台　持参 8台
        接続数｜全員が使える環境｜仕4(1)ク｜あり1回　端末延べ8台以上（1回 記録なし）｜記録なし｜あり　貸与 記録なし
        　　　持参 8台
        接続数｜全員が使える環境｜仕4(1)ク｜あり1回　端末延べ4台以上（1回 記録なし）｜記録なし｜あり　貸与 4台　持参
        　　 記録なし
        接続数｜全員が使える環境｜仕4(1)ク｜あり1回｜記録なし｜あり　端末 記録なし
        接続数｜全員が使える環境｜仕4(1)ク｜あり1回　端末延べ12台以上（2人 未確認）｜記録なし｜あり　貸与 4台　持参
        　　 8台　未確認 2人
        接続数｜全員が使える環境｜仕4(1)ク｜あり1回　端末延べ0台｜準備｜あり　貸与 0台　持参 0台
        接続数｜ないときは受託者が整備｜仕4(2)ク｜なし1回　端末延べ12台｜不足｜!なし　貸与 4台　持参 8台
        接続数｜ないときは受託者が整備｜仕4(2)ク｜ルーター1回　端末延べ12台｜準備｜ルーター　貸与 4台　持参 8台
        接続数｜ないときは受託者が整備｜仕4(2)ク｜記録なし1回　端末延べ12台｜記録なし｜記録なし　貸与 4台　持参 8台
        接続数｜ないときは受託者が整備｜仕4(2)ク｜あり1回　端末延べ12台｜準備｜あり　貸与 4台　持参 8台
        接続数｜全員が使える環境｜仕4(1)ク｜あり2回　端末延べ12台以上（1回 記録なし）｜記録なし｜あり　貸与 4台　持
        　　参 8台｜あり　端末 記録なし
        """,
    )


def test_a_task_is_late_from_the_day_after_its_last_one():
    limit, found = date(2026, 11, 30), []
    for done, ended in ((limit, None), (TODAY, None), (None, None), (None, limit), (None, TODAY)):
        duty = DutyRecord(limit=limit, done_on=done, ended_on=ended)
        found += part(said("講習会", held("講習会", report=duty)), "実施報告書")
    found += part(said("講習会", held("講習会", report=DutyRecord(limit=TODAY, done_on=None))), "実施報告書")
    found += part(said("講習会", held("講習会", headcount_notice=None)), "人数の連絡")
    found += part(said("講習会", held("講習会", headcount_notice=None), held("講習会", 2)), "人数の連絡")
    found += part(said("講習会", held("講習会", corrected=True), held("講習会", 2)), "実施報告書")
    assert_says(
        found,
        """
        実施報告書｜終了後1か月以内｜仕4(1)コ｜1件のうち1件｜期限内｜11/30(月)
        実施報告書｜終了後1か月以内｜仕4(1)コ｜1件のうち0件｜期限後｜!12/1(火)　1日遅れ
        実施報告書｜終了後1か月以内｜仕4(1)コ｜1件のうち0件｜期限後｜!まだ（期限 11/30(月)）　1日遅れ
        実施報告書｜終了後1か月以内｜仕4(1)コ｜1件のうち0件｜期限前｜連絡の記録なし
        実施報告書｜終了後1か月以内｜仕4(1)コ｜1件のうち0件｜期限後｜!連絡の記録なし
        実施報告書｜終了後1か月以内｜仕4(1)コ｜1件のうち0件｜期限前｜まだ（期限 12/1(火)）
        人数の連絡｜5日前まで（区の務め）｜仕4(1)エ｜該当なし｜期限内
        人数の連絡｜5日前まで（区の務め）｜仕4(1)エ｜該当1回のうち1回｜期限内｜10/2(金)
        実施報告書｜終了後1か月以内｜仕4(1)コ｜2件のうち2件（修正依頼1件）｜期限内｜11/6(金)｜11/6(金)
        """,
    )


def test_answers_are_a_share_of_those_of_whom_both_is_known():
    over = DutyRecord(limit=date(2026, 11, 30), done_on=None)
    due = DutyRecord(limit=TODAY, done_on=None)
    found = []
    for events in (
        (held("講習会"),), (held("講習会", responses=0, report=over),), (held("講習会", responses=0, report=due),),
        (held("講習会", responses=None, report=None),), (held("講習会", people=None),),
        (held("講習会"), held("講習会", 2, people=None, responses=3)), (held("講習会", people=0, responses=0),),
        (held("講習会", responses=13),),
    ):  # fmt: skip
        found += part(said("講習会", *events), "アンケート")
    assert_says(
        found,
        """
        アンケート｜全参加者｜仕4(1)ケ｜12人中 10件（83.3％）｜実施｜12人中 10件
        アンケート｜全参加者｜仕4(1)ケ｜12人中 0件（0.0％）｜未実施｜!12人中 0件
        アンケート｜全参加者｜仕4(1)ケ｜12人中 0件（0.0％）｜実施中｜12人中 0件
        アンケート｜全参加者｜仕4(1)ケ｜12人中 0件（0.0％）｜実施中｜12人中 0件
        アンケート｜全参加者｜仕4(1)ケ｜出席の記録がない1回 10件｜実施｜10件
        アンケート｜全参加者｜仕4(1)ケ｜12人中 10件（83.3％）・出席の記録がない1回 3件｜実施｜12人中 10件｜3件
        アンケート｜全参加者｜仕4(1)ケ｜0人中 0件｜未実施｜!0人中 0件
        アンケート｜全参加者｜仕4(1)ケ｜12人中 13件｜実施｜12人中 13件
        """,
    )


def test_what_a_contract_does_not_ask_for_has_no_line():
    bare = {"headcount_period": "", "material_period": "", "has_survey": False, "clause_equipment": ""}
    assert [one.split("｜")[0] for one in said("講習会", held("講習会"), requirements=(), **bare)] == [
        "実施期間", "実施回数", "各回の人数", "実施時間", "実施報告書",
    ]  # fmt: skip
    own = (Requirement(item="通信", text="全員がつながる", clause="第9条", compare="講習会.接続数"),)
    (network,) = [one for one in said("講習会", held("講習会"), requirements=own, **bare) if one.startswith("通信")]
    assert network.startswith("通信｜全員がつながる｜第9条｜")
    (alone,) = sentence_lines([Requirement(item="服装", text="名札を付ける", clause="第10条")])
    assert (alone.spec, alone.verdict, alone.deviates) == ("名札を付ける", "人が確認", False)
    assert alone.verdict in PENDING, "nobody has looked"


@pytest.mark.parametrize(
    ("limit", "received", "provisional", "line"),
    [
        (None, None, "", "｜実施前"),
        (TODAY, None, "", "期限 R8.12.1（火）｜期限前"),
        (TODAY - timedelta(days=1), None, "", "期限 R8.11.30（月）｜期限後"),
        (TODAY - timedelta(days=1), None, "仮 R8.11.30", "仮 R8.11.30｜実施前"),
        (TODAY, TODAY, "", "R8.12.1（火）受領｜期限内"),
        (TODAY - timedelta(days=1), TODAY, "", "R8.12.1（火）受領｜期限後"),
        (None, TODAY, "", "R8.12.1（火）受領｜期限内"),
    ],
)
def test_the_proposal_is_in_time_up_to_its_last_day(limit, received, provisional, line):
    found = proposal_line(
        clause="仕4(4)",
        period="2週間以内",
        said=None,
        limit=limit,
        received=received,
        provisional=provisional,
        today=TODAY,
    )
    assert (f"{found.actual}｜{found.verdict}", found.spec) == (line, "全事業終了後2週間以内")


def test_what_stops_the_paper_names_the_events_that_are_off():
    context = KindContext(
        numbers=KINDS["講習会"],
        held_events=(held("講習会"), held("講習会", 2, people=30)),
        has_more_to_come=False,
        today=TODAY,
        requirements=preset().programme.requirements,
    )
    assert [blocking_reason(one) for one in kind_lines(context) if one.deviates] == [
        "「デジタル活用講習会」の実施回数が「範囲外」です。",
        "「デジタル活用講習会」の各回の人数が「範囲外」です（第2回 LINE講習会：30人）。",
        "「デジタル活用講習会」の消耗品が「不足」です（第2回 LINE講習会：資料1種　印刷 14部　配布 12部　出席 30人）。",
    ]


def test_a_change_to_the_year_before_and_a_repeated_lecture():
    before = EarlierNumber(number=5, source="係の記録")
    assert [before.change(now) for now in (4, 5, 6)] == ["−1", "変更なし", "+1"]
    assert [lecture_name(one) for one in ("LINE講習会（2回目）", " LINE講習会 ", "LINE(初級)講習会")] == [
        "LINE講習会", "LINE講習会", "LINE(初級)講習会",
    ]  # fmt: skip


def test_each_lecture_stands_beside_the_year_before_as_far_as_that_was_counted():
    def lecture(*values):
        names = ("name", "before", "events", "visits_before", "visits", "responses", "satisfied")
        return SimpleNamespace(**dict(zip(names, values, strict=True)))

    known = lecture("甲", 0, 1, 0, PartialCount(known=5), 3, None), lecture("乙", 2, 3, 10, PartialCount(known=8), 4, 2)
    other = lecture("丙", None, 1, None, PartialCount(known=9, missing=1), 0, 0)
    earlier = SimpleNamespace(number=30, source_words="前年の報告", change=lambda now: f"前年より{now - 30}")
    said = []
    for lectures, unknown in ((known, None), (known, 0), ((*known, other), 2), ((other,), None), ((), None)):
        count = PartialCount(known=13, missing=unknown or 0)
        counts = SimpleNamespace(visits=13, counted=lambda _visits, count=count: count)
        kinds = [
            SimpleNamespace(form=form, earlier=earlier, counts=counts, short_name=form.value)
            for form in (EventForm.VISIT, EventForm.LECTURE)
            if unknown is not None
        ]
        said += lines_of(documents._lectures(SimpleNamespace(lectures=lectures, kinds=kinds, lecture_names="講座")))
    assert_says(
        said,
        """
        ［種類｜前年 回数｜今年 回数｜増減｜前年 延べ人数｜今年 延べ人数｜ｎ｜満足計］
        甲｜0｜1｜+1｜0｜5｜3｜
        乙｜2｜3｜+1｜10｜8｜4｜2
        ◎計｜2｜4｜+2｜10｜13｜7｜2
        ［種類｜前年 回数｜今年 回数｜増減｜前年 延べ人数｜今年 延べ人数｜ｎ｜満足計］
        甲｜0｜1｜+1｜0｜5｜3｜
        乙｜2｜3｜+1｜10｜8｜4｜2
        ◎計｜2｜4｜+2｜10｜13｜7｜2
        注　講習の延べ人数は前年30人（前年の報告）に対し13人（前年より-17）。
        ［種類｜前年 回数｜今年 回数｜増減｜前年 延べ人数｜今年 延べ人数｜ｎ｜満足計］
        甲｜0｜1｜+1｜0｜5｜3｜
        乙｜2｜3｜+1｜10｜8｜4｜2
        丙｜｜1｜｜記録なし｜9以上｜0｜0
        ◎計｜2｜5｜+3｜｜22以上｜7｜2
        注　「記録なし」は、前年の種類別の人数の記録がなく、比べていない。講習の延べ人数は前年30人（前年の報告）に対し13
        　　人以上（2回 記録なし）。
        ［種類｜前年 回数｜今年 回数｜増減｜前年 延べ人数｜今年 延べ人数｜ｎ｜満足計］
        丙｜｜1｜｜記録なし｜9以上｜0｜0
        ◎計｜｜1｜｜｜9以上｜0｜0
        注　「記録なし」は、前年の種類別の人数の記録がなく、比べていない。
        該当なし（講座をまだ実施していない）。
        """,
    )


def test_each_number_of_a_kind_is_printed_as_far_as_its_events_are_recorded():
    def printed(number, item):
        counts = SimpleNamespace(
            **{
                name: partial(lambda name, number: (name, number), name)
                for name in ("counted", "counted_groups", "counted_once")
            }
        )
        row = SimpleNamespace(number=lambda _item: number, counts=counts, applied="申込み")
        return rules.KindFigures.printable_number(row, item)

    items = (rules.APPLIED, rules.GROUP_VISITS, rules.PEOPLE_ONCE, rules.GROUPS_ONCE, rules.VISITS, rules.EVENTS)
    assert [printed(0, item) for item in items] == [
        "申込み", ("counted_groups", 0), ("counted_once", 0), ("counted_once", 0), ("counted", 0),
        PartialCount(known=0),
    ]  # fmt: skip
    assert [printed(None, item) for item in items] == ["申込み", None, None, None, None, None]
