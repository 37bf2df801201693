"""What is warned of about an event, case by case: days, length, number, clashes, groups, network, place, deadlines."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import due_dates, parse_period
from app.event.rules.copies import copies_to_prepare
from app.event.rules.event_checks import count_warnings, event_warnings
from app.event.rules.event_warning import (
    EventWarning,
    beyond_term_warning,
    deadline_past_warning,
    event_past_warning,
    later_than_contract_warning,
)
from app.event.rules.recruitment import (
    OF_THE_CALL,
    document_of_step,
    document_words_of_step,
    is_past_when_dated,
    is_published,
    keep_published_days,
    next_step,
    offset_words,
    open_steps_before_opening,
    recruitment_steps,
    release_published_days,
    share_one_call,
    step_basis,
    step_due,
    step_task_words,
    steps_of_kind,
)
from app.event.rules.selection_minimum import closing_day, people_missing
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from tests.support.paper_lines import assert_says

OF_FORM = {one.form: one for one in preset().kinds}

KINDS = {one.kind: one for one in preset().kinds}
PROGRAMME = preset().programme
CALENDAR = OfficeCalendar()
DAY = date(2026, 10, 7)
TODAY = date(2026, 9, 1)


def event(kind: str = "講習会", **given: Any) -> Event:
    usual: dict[str, Any] = {
        "id": 1, "kind": kind, "form": KINDS[kind].form, "subject": "LINE講習会", "event_date": DAY, "ordinal": 1,
        "start_time": "14:00", "end_time": "16:00", "venue": "みほん区民館", "room": "研修室", "network": "有",
        "facility": "区立施設",
    }  # fmt: skip
    return Event(**(usual | given))


def warned(one: Event, *others: Event, expected: int | None = None, **numbers: Any) -> list[str]:
    kind = replace(KINDS[one.kind], **numbers)
    found = event_warnings(one, kind, PROGRAMME, CALENDAR, others=others, expected=expected)
    return [_line(warning) for warning in found] or ["なし"]


def steps_of(form: EventForm) -> tuple[RecruitmentStep, ...]:
    return tuple(replace(one, id=one.position + 1) for one in recruitment_steps(1, steps_of_kind(OF_FORM[form])))


def _line(one: EventWarning) -> str:
    marks = f"{'　年度' if one.is_about_year else ''}{'　まだ不明' if one.is_unknown_yet else ''}"
    return f"{one.text}｜{one.clause}｜{one.needs}{marks}"


def of_each(*cases: list[str]) -> list[str]:
    return [f"{number}　{line}" for number, lines in enumerate(cases, 1) for line in lines]


def test_the_days_of_an_event_are_held_against_the_contract():
    days = [
        date(2026, 8, 31), date(2026, 9, 1), date(2026, 10, 10), date(2026, 12, 25), date(2026, 12, 26),
        date(2027, 2, 26), date(2027, 3, 1), date(2027, 3, 31), date(2027, 4, 1),
    ]  # fmt: skip
    assert_says(
        of_each(*(warned(event(event_date=day)) for day in days)),
        """
        1　実施日 8/31(月) は、講習会の期間（9/1(火)から12/25(金)まで。仕様書4(1)ア）の外です。協議の記録と理由が要
        　　ります。｜仕4(1)ア｜協議で足りる
        2　なし
        3　令和8年10月10日（土）は閉庁日（土曜日）です。会場と職員の体制を確かめてください。｜｜
        4　なし
        5　実施日 12/26(土) は、講習会の期間（9/1(火)から12/25(金)まで。仕様書4(1)ア）の外です。協議の記録と理由が要
        　　ります。｜仕4(1)ア｜協議で足りる
        5　令和8年12月26日（土）は閉庁日（土曜日）です。会場と職員の体制を確かめてください。｜｜
        6　実施日 R9 2/26(金) は、講習会の期間（9/1(火)から12/25(金)まで。仕様書4(1)ア）の外です。協議の記録と理由が
        　　要ります。｜仕4(1)ア｜協議で足りる
        7　実施報告書の期限（暦どおり） R9 4/1(木) は、履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）。履行期間に
        　　収まる最後の実施日は R9 2/28(日) です。提出期限は履行期間の中で協議します。｜仕3｜協議で足りる
        7　実施日 R9 3/1(月) は、講習会の期間（9/1(火)から12/25(金)まで。仕様書4(1)ア）の外です。協議の記録と理由が
        　　要ります。｜仕4(1)ア｜協議で足りる
        8　実施報告書の期限（暦どおり） R9 4/30(金) は、履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）。履行期間に
        　　収まる最後の実施日は R9 2/28(日) です。提出期限は履行期間の中で協議します。｜仕3｜協議で足りる
        8　実施日 R9 3/31(水) は、講習会の期間（9/1(火)から12/25(金)まで。仕様書4(1)ア）の外です。協議の記録と理由が
        　　要ります。｜仕4(1)ア｜協議で足りる
        9　実施日 R9 4/1(木) は、履行期間（R9 3/31(水)まで。仕様書3）の外です。契約変更の要否を契約課へ確認してくだ
        　　さい。｜仕3｜契約変更の要否を契約課へ確認
        9　実施日 R9 4/1(木) は、講習会の期間（9/1(火)から12/25(金)まで。仕様書4(1)ア）の外です。協議の記録と理由が
        　　要ります。｜仕4(1)ア｜契約変更の要否を契約課へ確認
        """,
    )
    visits = [date(2027, 3, 10), date(2027, 3, 11), date(2027, 3, 15), date(2027, 3, 16)]
    assert_says(
        of_each(*(warned(event("派遣", fee_payer="団体", event_date=day)) for day in visits)),
        """
        1　なし
        2　実施報告書の期限（暦どおり） R9 4/1(木) は、履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）。履行期間に
        　　収まる最後の実施日は R9 3/10(水) です。提出期限は履行期間の中で協議します。｜仕3｜協議で足りる
        3　実施報告書の期限（暦どおり） R9 4/5(月) は、履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）。履行期間に
        　　収まる最後の実施日は R9 3/10(水) です。提出期限は履行期間の中で協議します。｜仕3｜協議で足りる
        4　実施報告書の期限（暦どおり） R9 4/6(火) は、履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）。履行期間に
        　　収まる最後の実施日は R9 3/10(水) です。提出期限は履行期間の中で協議します。｜仕3｜協議で足りる
        4　実施日 R9 3/16(火) は、派遣の期間（9/1(火)からR9 3/15(月)まで。仕様書4(2)ア）の外です。協議の記録と理由が
        　　要ります。｜仕4(2)ア｜協議で足りる
        """,
    )
    assert warned(event(event_date=None)) == ["なし"]


def test_the_length_may_differ_by_a_quarter_unless_the_contract_is_strict():
    ends = ["14:00", "13:00", "15:29", "15:30", "16:00", "16:30", "16:31"]
    assert_says(
        of_each(*(warned(event(end_time=end)) for end in ends)),
        """
        1　終了時刻 14:00 が開始時刻 14:00 より後になっていません。｜｜
        2　終了時刻 13:00 が開始時刻 14:00 より後になっていません。｜｜
        3　実施時間が89分です。仕様は各回120分程度です（仕様書4(1)オ）。｜仕4(1)オ｜程度の範囲内
        4　なし
        5　なし
        6　なし
        7　実施時間が151分です。仕様は各回120分程度です（仕様書4(1)オ）。｜仕4(1)オ｜程度の範囲内
        """,
    )
    strict = [warned(event(end_time=end), minutes_strict=True) for end in ("15:59", "16:00", "16:01")]
    assert_says(
        of_each(*strict),
        """
        1　実施時間が119分です。仕様は各回120分です（仕様書4(1)オ）。｜仕4(1)オ｜協議で足りる
        2　なし
        3　実施時間が121分です。仕様は各回120分です（仕様書4(1)オ）。｜仕4(1)オ｜協議で足りる
        """,
    )


def test_people_expected_or_the_size_of_the_room_are_held_against_the_contract():
    cases = [
        warned(event(venue_capacity=9)), warned(event(venue_capacity=10)), warned(event(venue_capacity=9), expected=10),
        warned(event(venue_capacity=24), expected=25), warned(event(venue_capacity=24), expected=24),
        warned(event(), expected=20), warned(event(), expected=0),
    ]  # fmt: skip
    assert_says(
        of_each(*cases),
        """
        1　会場の定員9人は、仕様の人数（10人から）を下回ります。｜仕4(1)エ｜
        2　なし
        3　参加予定が10人で、会場の定員9人を超えます。｜｜
        4　参加予定が25人で、仕様の人数（各回10人から20人程度、仕様書4(1)エ）を上回ります。｜仕4(1)エ｜協議で足りる
        4　参加予定が25人で、会場の定員24人を超えます。｜｜
        5　参加予定が24人で、仕様の人数（各回10人から20人程度、仕様書4(1)エ）を上回ります。｜仕4(1)エ｜程度の範囲内
        6　なし
        7　参加予定が0人で、仕様の人数（各回10人から20人程度、仕様書4(1)エ）を下回ります。｜仕4(1)エ｜協議で足りる
        """,
    )


def test_two_events_of_a_day_clash_by_room_by_lecturer_or_by_the_day_alone():
    other = event(id=2, ordinal=2)
    cases = [
        warned(event(), other), warned(event(), replace(other, start_time="16:00", end_time="18:00")),
        warned(event(), replace(other, start_time="12:00", end_time="14:00")),
        warned(event(), replace(other, start_time="15:59", end_time="18:00")),
        warned(event(), replace(other, room="第2会議室")), warned(event(), replace(other, room="")),
        warned(event(lecturer="見本 花子"), replace(other, room="第2会議室", lecturer="見本 花子")),
        warned(event(lecturer="見本 花子"), replace(other, venue="別の会館", lecturer="例 一郎")),
        warned(event(venue="", room=""), replace(other, venue="", room="")),
        warned(event(), replace(other, status=EventStatus.CANCELLED)), warned(event(), event(ordinal=3)),
        warned(event(), replace(other, event_date=date(2026, 10, 8))), warned(event(id=0), other),
        warned(event(event_date=None), replace(other, event_date=None)),
    ]  # fmt: skip
    assert_says(
        of_each(*cases),
        """
        1　会場 みほん区民館が第2回 LINE講習会（14:00から16:00まで）と重なっています。｜｜
        2　同じ日に第2回 LINE講習会（16:00から18:00まで）があります。職員の体制を確かめてください。｜｜
        3　同じ日に第2回 LINE講習会（12:00から14:00まで）があります。職員の体制を確かめてください。｜｜
        4　会場 みほん区民館が第2回 LINE講習会（15:59から18:00まで）と重なっています。｜｜
        5　同じ日に第2回 LINE講習会（14:00から16:00まで）があります。職員の体制を確かめてください。｜｜
        6　会場 みほん区民館が第2回 LINE講習会（14:00から16:00まで）と重なっています。｜｜
        7　講師 見本 花子が第2回 LINE講習会（14:00から16:00まで）と重なっています。｜｜
        8　同じ日に第2回 LINE講習会（14:00から16:00まで）があります。職員の体制を確かめてください。｜｜
        9　同じ日に第2回 LINE講習会（14:00から16:00まで）があります。職員の体制を確かめてください。｜｜
        10　なし
        11　なし
        12　なし
        13　会場 みほん区民館が第2回 LINE講習会（14:00から16:00まで）と重なっています。｜｜
        14　なし
        """,
    )


def test_groups_network_and_place_are_warned_of_by_what_the_contract_asks():
    cases = [
        warned(event("意見交換会", groups=4, facilitators=4)), warned(event("意見交換会", groups=4, facilitators=3)),
        warned(event("意見交換会", groups=4, facilitators=None)), warned(event("意見交換会", groups=4, facilitators=0)),
        warned(event("意見交換会", groups=None)), warned(event(groups=4)),
        warned(event(network="無")), warned(event(network="不明")),
        warned(event("派遣", network="無", fee_payer="団体")),
        warned(event("派遣", network="不明", fee_payer="団体")), warned(event("派遣")), warned(event("派遣", venue="")),
        warned(event("派遣", fee_payer="区", facility="その他の施設")), warned(event(facility="その他の施設")),
        warned(event(fee_payer="団体")), warned(event(fee_payer="受託者")), warned(event(fee_payer="区")),
        warned(event(facility="その他の施設", fee_payer="受託者"), clause_venue=""),
        warned(event(network="不明", venue="")),
    ]  # fmt: skip
    assert_says(
        of_each(*cases),
        """
        1　なし
        2　4班に対しファシリテーターが3人です。各班に1人が要ります（仕様書4(3)カ）。｜仕4(3)カ｜協議で足りる
        3　ファシリテーターの人数がまだありません。各班に1人が要ります（仕様書4(3)カ）。｜仕4(3)カ｜　まだ不明
        4　4班に対しファシリテーターが0人です。各班に1人が要ります（仕様書4(3)カ）。｜仕4(3)カ｜協議で足りる
        5　なし
        6　なし
        7　会場にインターネット環境がありません。受託者および全参加者が使える環境が要ります（仕様書4(1)ク）。｜仕4(1
        　　)ク｜協議で足りる
        8　会場のインターネット環境の有無がまだ確かめられていません（仕様書4(1)ク）。｜仕4(1)ク｜　まだ不明
        9　会場にインターネット環境がありません。受託者がモバイルルーターなどを用意します（仕様書4(2)ク）。｜仕4(2)
        　　ク｜
        10　会場のインターネット環境の有無がまだ確かめられていません（仕様書4(2)ク）。｜仕4(2)ク｜　まだ不明
        11　会場の使用料の負担が、まだ書かれていません。仕様に定めがないので、協議で決めます（仕様書4(2)イ）。｜仕4(
        　　2)イ｜　まだ不明
        12　なし
        13　なし
        14　会場が区立施設ではありません。区が指定する区立施設で行います（仕様書4(1)イ）。｜仕4(1)イ｜協議で足りる
        15　使用料の負担が団体になっています。会場使用料は区の負担です（仕様書4(1)イ）。｜仕4(1)イ｜協議で足りる
        16　使用料の負担が受託者になっています。会場使用料は区の負担です（仕様書4(1)イ）。｜仕4(1)イ｜協議で足りる
        17　なし
        18　なし
        19　なし
        """,
    )


def test_the_number_of_events_groups_and_days_is_held_against_the_plan():
    def counted(kind: str, *events: Event, final: bool = True, **numbers: Any) -> list[str]:
        found = count_warnings(events, replace(KINDS[kind], **numbers), final=final)
        return [_line(one) for one in found] or ["なし"]

    lectures = [event(id=number, event_date=date(2026, 10, number)) for number in range(1, 12)]
    visits = [
        event("派遣", id=number, organisation_id=number, event_date=date(2026, 10, number)) for number in range(1, 6)
    ]
    talks = [event("意見交換会", id=number, event_date=date(2026, 10, number)) for number in range(1, 4)]
    same_day = [talks[0], replace(talks[1], event_date=talks[0].event_date)]
    same_group = [visits[0], replace(visits[1], organisation_id=1), visits[2]]
    unnamed = [replace(one, organisation_id=None, organisation_name="") for one in visits[:3]]
    named = [replace(one, organisation_id=None, organisation_name=" みほん町会") for one in visits[:3]]
    cases = [
        *(counted("講習会", *lectures[:count]) for count in (3, 4, 5, 6, 7, 8, 9, 11)),
        *(counted("講習会", *lectures[:count], final=False) for count in (6, 8)),
        *(counted("講習会", *lectures[:count], strict=True) for count in (6, 7)),
        counted("講習会", *lectures[:7], replace(lectures[8], status=EventStatus.CANCELLED), visits[0]),
        *(counted("派遣", *visits[:count]) for count in (1, 2, 3, 4, 5)),
        counted("派遣", *same_group), counted("派遣", *unnamed), counted("派遣", *named),
        *(counted("意見交換会", *talks[:count]) for count in (1, 2, 3)), counted("意見交換会", *same_day),
        counted("意見交換会", *same_day, final=False),
        counted("意見交換会", *talks[:2], replace(talks[2], event_date=None), final=False),
    ]  # fmt: skip
    assert_says(
        of_each(*cases),
        """
        1　講習会が3回となり、仕様の全7回程度（仕様書4(1)ウ）を下回ります。｜仕4(1)ウ｜契約変更の要否を契約課へ確認
        　　　年度
        2　講習会が4回となり、仕様の全7回程度（仕様書4(1)ウ）を下回ります。｜仕4(1)ウ｜協議で足りる　年度
        3　講習会が5回となり、仕様の全7回程度（仕様書4(1)ウ）を下回ります。｜仕4(1)ウ｜協議で足りる　年度
        4　講習会が6回となり、仕様の全7回程度（仕様書4(1)ウ）を下回ります。｜仕4(1)ウ｜程度の範囲内　年度
        5　なし
        6　講習会が8回となり、仕様の全7回程度（仕様書4(1)ウ）を上回ります。｜仕4(1)ウ｜程度の範囲内　年度
        7　講習会が9回となり、仕様の全7回程度（仕様書4(1)ウ）を上回ります。｜仕4(1)ウ｜協議で足りる　年度
        8　講習会が11回となり、仕様の全7回程度（仕様書4(1)ウ）を上回ります。｜仕4(1)ウ｜協議で足りる　年度
        9　なし
        10　講習会が8回となり、仕様の全7回程度（仕様書4(1)ウ）を上回ります。｜仕4(1)ウ｜程度の範囲内　年度
        11　講習会が6回となり、仕様の全7回（仕様書4(1)ウ）を下回ります。｜仕4(1)ウ｜契約変更の要否を契約課へ確認　年
        　　度
        12　なし
        13　なし
        14　派遣が1団体となり、仕様の3団体程度（仕様書4(2)ウ）を下回ります。｜仕4(2)ウ｜契約変更の要否を契約課へ確認
        　　　年度
        14　派遣が1日間となり、仕様の3日間程度（仕様書4(2)ア）を下回ります。｜仕4(2)ア｜契約変更の要否を契約課へ確認
        　　　年度
        15　派遣が2団体となり、仕様の3団体程度（仕様書4(2)ウ）を下回ります。｜仕4(2)ウ｜程度の範囲内　年度
        15　派遣が2日間となり、仕様の3日間程度（仕様書4(2)ア）を下回ります。｜仕4(2)ア｜程度の範囲内　年度
        16　なし
        17　派遣が4団体となり、仕様の3団体程度（仕様書4(2)ウ）を上回ります。｜仕4(2)ウ｜程度の範囲内　年度
        17　派遣が4日間となり、仕様の3日間程度（仕様書4(2)ア）を上回ります。｜仕4(2)ア｜程度の範囲内　年度
        18　派遣が5団体となり、仕様の3団体程度（仕様書4(2)ウ）を上回ります。｜仕4(2)ウ｜協議で足りる　年度
        18　派遣が5日間となり、仕様の3日間程度（仕様書4(2)ア）を上回ります。｜仕4(2)ア｜協議で足りる　年度
        19　派遣が2団体となり、仕様の3団体程度（仕様書4(2)ウ）を下回ります。｜仕4(2)ウ｜程度の範囲内　年度
        20　なし
        21　派遣が1団体となり、仕様の3団体程度（仕様書4(2)ウ）を下回ります。｜仕4(2)ウ｜契約変更の要否を契約課へ確認
        　　　年度
        22　意見交換会が1回となり、仕様の全2回（仕様書4(3)ウ）を下回ります。｜仕4(3)ウ｜契約変更の要否を契約課へ確認
        　　　年度
        22　意見交換会が1日間となり、仕様の2日間（仕様書4(3)ア）を下回ります。｜仕4(3)ア｜契約変更の要否を契約課へ確
        　　認　年度
        23　なし
        24　意見交換会が3回となり、仕様の全2回（仕様書4(3)ウ）を上回ります。｜仕4(3)ウ｜契約変更の要否を契約課へ確認
        　　　年度
        24　意見交換会が3日間となり、仕様の2日間（仕様書4(3)ア）を上回ります。｜仕4(3)ア｜契約変更の要否を契約課へ確
        　　認　年度
        25　意見交換会が1日間となり、仕様の2日間（仕様書4(3)ア）を下回ります。｜仕4(3)ア｜契約変更の要否を契約課へ確
        　　認　年度
        25　意見交換会が同じ日に2回あります。仕様は2日間です（仕様書4(3)ア）。｜仕4(3)ア｜契約変更の要否を契約課へ確
        　　認
        26　意見交換会が同じ日に2回あります。仕様は2日間です（仕様書4(3)ア）。｜仕4(3)ア｜契約変更の要否を契約課へ確
        　　認
        27　意見交換会が3回となり、仕様の全2回（仕様書4(3)ウ）を上回ります。｜仕4(3)ウ｜契約変更の要否を契約課へ確認
        　　　年度
        """,
    )


def test_a_deadline_is_past_from_the_day_after_and_says_which_of_its_two_days():
    found = []
    for words, today in (
        ("5日前", date(2026, 10, 2)), ("5日前", date(2026, 10, 3)), ("4日前", date(2026, 10, 2)),
        ("4日前", date(2026, 10, 3)), ("4日前", date(2026, 10, 4)), ("4日以内", date(2026, 10, 11)),
        ("4日以内", date(2026, 10, 12)), ("4日以内", date(2026, 10, 13)), ("4日以内", date(2026, 10, 14)),
    ):  # fmt: skip
        period = parse_period(words)
        dates = due_dates(period, DAY, CALENDAR)
        found.append(f"{words}　{today:%m/%d}　{deadline_past_warning(period, dates, today)}")
    assert_says(
        found,
        """
        5日前　10/02　None
        5日前　10/03　期限 10/2(金) は過ぎています（本日 10/3(土)）。
        4日前　10/02　None
        4日前　10/03　期限（開庁日） 10/2(金) は過ぎています（本日 10/3(土)）。期限（暦どおり）は 10/3(土) です。
        4日前　10/04　期限 10/3(土) は過ぎています（本日 10/4(日)）。
        4日以内　10/11　None
        4日以内　10/12　期限（暦どおり） 10/11(日) は過ぎています（本日 10/12(月・祝)）。休日の場合の期限（民法142条
        　　）は 10/13(火) です。
        4日以内　10/13　期限（暦どおり） 10/11(日) は過ぎています（本日 10/13(火)）。休日の場合の期限（民法142条）は
        　　 10/13(火) です。
        4日以内　10/14　期限 10/13(火) は過ぎています（本日 10/14(水)）。
        """,
    )


def test_a_deadline_after_the_contract_names_the_last_day_that_fits():
    def beyond(words: str, start: date, name: str = "実施日", **given: Any) -> str:
        period = parse_period(words)
        programme = replace(PROGRAMME, **given)
        return str(beyond_term_warning(programme, period, due_dates(period, start, CALENDAR), start, CALENDAR, name))

    assert_says(
        [
            beyond("3週間以内", date(2027, 3, 10)), beyond("3週間以内", date(2027, 3, 11)),
            beyond("1か月以内", date(2027, 3, 1), "最後の実施日"), beyond("5日前", date(2027, 4, 20)),
            beyond("3週間以内", date(2027, 3, 31)), beyond("3週間以内", date(2027, 4, 1)),
            beyond("3週間以内", date(2027, 3, 11), clause_term=""),
        ],
        """
            None
            期限（暦どおり） R9 4/1(木) は、履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）。履行期間に収まる最後の
            　　実施日は R9 3/10(水) です。
            期限（暦どおり） R9 4/1(木) は、履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）。履行期間に収まる最後の
            　　実施日は R9 2/28(日) です。
            None
            期限（暦どおり） R9 4/21(水) は、履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）。履行期間に収まる最後
            　　の実施日は R9 3/10(水) です。
            None
            期限（暦どおり） R9 4/1(木) は、履行期間の末日 R9 3/31(水) を過ぎます。履行期間に収まる最後の実施日は R9
            　　 3/10(水) です。
            """,
    )  # fmt: skip
    assert [event_past_warning(day, DAY) for day in (DAY, date(2026, 10, 6))] == [
        None,
        "実施日 10/6(火) は、本日 10/7(水) より前の日付です。",
    ]
    assert later_than_contract_warning("仕4(1)コ", date(2026, 11, 7), date(2027, 1, 8)) == (
        "手で変えた期限 R9 1/8(金) は、仕様書4(1)コの期限 11/7(土) より後です。協議の記録を確かめてください。"
    )
    assert "は、契約の期限 11/7(土)" in later_than_contract_warning("", date(2026, 11, 7), date(2026, 11, 8))


def test_the_steps_of_recruitment_follow_the_day_until_they_are_published():
    steps = steps_of(EventForm.LECTURE)
    assert_says(
        [
            f"{one.position}　{one.name}　{step_due(one, DAY, CALENDAR)}　{step_basis(one, DAY, CALENDAR)}"
            for one in steps
        ],
        """
        0　支部長・会長への周知　2026-07-15　目安日。12週前 7/15(水)
        1　区報原稿締切　2026-07-17　目安日。80日前 7/19(日)→前の開庁日 7/17(金)
        2　チラシ校了　2026-08-19　目安日。7週前 8/19(水)
        3　会長あて送付　2026-08-21　目安日。46日前 8/22(土)→前の開庁日 8/21(金)
        4　受付開始　2026-08-26　目安日。6週前 8/26(水)
        5　受付締切　2026-09-18　目安日。17日前 9/20(日)→前の開庁日 9/18(金)
        6　決定　2026-09-18　目安日。15日前 9/22(火・祝)→前の開庁日 9/18(金)
        7　決定通知　2026-09-24　目安日。13日前 9/24(木)
        """,
    )
    assert [step_due(steps[0], None, CALENDAR), step_due(replace(steps[0], due=TODAY), None, CALENDAR)] == [None, TODAY]
    kept = keep_published_days(steps, DAY, CALENDAR)
    assert [one.name for one in kept if one.due] == [
        "支部長・会長への周知", "区報原稿締切", "チラシ校了", "会長あて送付", "受付開始", "受付締切",
    ]  # fmt: skip
    assert {one.note for one in kept if one.due} == {"公表した期間"}
    assert keep_published_days(steps, None, CALENDAR) == steps
    assert release_published_days(kept, DAY, CALENDAR) == steps
    moved = release_published_days(kept, date(2026, 10, 14), CALENDAR)
    assert [one.due for one in moved] == [one.due for one in kept]
    by_hand = replace(steps[5], due=date(2026, 9, 25))
    assert_says(
        [step_basis(one, date(2026, 10, 14), CALENDAR) for one in (kept[5], by_hand, replace(kept[4], due=None))],
        """
            目安日。17日前 9/27(日)→前の開庁日 9/25(金)。公表した期間のため 9/18(金) のまま
            目安日。17日前 9/27(日)→前の開庁日 9/25(金)
            目安日。6週前 9/2(水)
            """,
    )
    done = (replace(steps[0], done_on=TODAY), *steps[1:])
    assert [one.name for one in open_steps_before_opening(done)] == ["区報原稿締切", "チラシ校了", "会長あて送付"]
    assert open_steps_before_opening(steps[:4]) == []
    found = next_step(reversed(done))
    assert found is not None
    assert found.name == "区報原稿締切"
    assert next_step([replace(one, done_on=TODAY) for one in steps]) is None


@pytest.mark.parametrize(
    ("given", "results", "due"),
    [
        ({}, date(2026, 11, 6), date(2026, 11, 6)),
        ({"dated_on": date(2026, 11, 6)}, date(2026, 11, 6), date(2026, 11, 6)),
        ({"dated_on": date(2026, 11, 7)}, date(2026, 11, 6), None),
        ({"event_date": None}, date(2026, 11, 6), None),
        ({"dated_on": TODAY}, None, None),
    ],
)
def test_a_visit_of_a_shared_call_is_chosen_by_its_results_unless_it_got_its_day_after_them(given, results, due):
    steps = steps_of(EventForm.VISIT)
    by_hand = [replace(one, due=TODAY) if one.name == "選定" else one for one in steps]
    shared = share_one_call(by_hand, event("派遣", **given), date(2026, 10, 28), results)
    assert [(one.name, one.due) for one in shared] == [
        ("選定", TODAY), ("決定・不採択の通知", due), ("事前ヒアリング", None), ("実施内容の協議", None),
    ]  # fmt: skip
    assert [one.note for one in shared] == ["", OF_THE_CALL if due else "", "", ""]


def test_a_period_is_published_by_its_steps_or_by_a_paper_that_left():
    steps = steps_of(EventForm.LECTURE)
    said = {one.name: is_published([replace(one, done_on=TODAY)], ()) for one in steps}
    visits = {one.name: is_published([replace(one, done_on=TODAY)], ()) for one in steps_of(EventForm.VISIT)}
    assert_says(
        [f"{name}　{yes}" for name, yes in (said | visits).items()],
        """
        支部長・会長への周知　True
        区報原稿締切　True
        チラシ校了　True
        会長あて送付　True
        受付開始　True
        受付締切　True
        決定　False
        決定通知　False
        募集要項の周知　True
        希望票の締切　True
        選定　False
        決定・不採択の通知　False
        事前ヒアリング　False
        実施内容の協議　False
        """,
    )
    assert not is_published(steps, ())
    assert not is_published(steps, ["決定通知"])
    assert is_published(steps, ["決定通知", "募集チラシ"])


def test_a_step_says_its_paper_and_whether_its_day_had_passed_when_the_event_got_one():
    names = [name for form in (EventForm.LECTURE, EventForm.VISIT) for name, _offset in steps_of_kind(OF_FORM[form])]
    assert_says(
        [f"{one}　{document_of_step(one)}　{document_words_of_step(one)}　{step_task_words(one)}" for one in names],
        """
            支部長・会長への周知　支部長あて依頼文　支部長あて依頼文　支部長・会長への周知
            区報原稿締切　区報原稿　区報原稿　区報原稿締切
            チラシ校了　募集チラシ　募集チラシ　チラシ校了
            会長あて送付　会長あて案内文　会長あて案内文　会長あて送付
            受付開始　　　受付開始
            受付締切　　　受付締切
            決定　　　参加者を決める
            決定通知　決定通知　決定通知　決定通知を出す
            募集要項の周知　　　募集要項の周知
            希望票の締切　　　希望票の締切
            選定　　　選定
            決定・不採択の通知　決定通知　決定通知　決定・不採択の通知
            事前ヒアリング　　　事前ヒアリング
            実施内容の協議　　　実施内容の協議
            """,
    )
    step = steps_of(EventForm.LECTURE)[5]  # 受付締切, 17日前: 9/20 (日) → 9/18
    assert [
        is_past_when_dated(step, event(dated_on=day), CALENDAR) for day in (date(2026, 9, 18), date(2026, 9, 19), None)
    ] == [False, True, False]
    assert not is_past_when_dated(replace(step, due=TODAY), event(dated_on=date(2026, 9, 19)), CALENDAR)
    assert not is_past_when_dated(step, event(event_date=None, dated_on=date(2026, 9, 19)), CALENDAR)
    assert [offset_words(days) for days in (7, 14, 20, 21, 22, 84)] == [
        "7日前", "14日前", "20日前", "3週前", "22日前", "12週前",
    ]  # fmt: skip


def test_people_are_missing_between_the_closing_day_and_the_event():
    closing = date(2026, 9, 18)

    def missing(people: int, today: date = date(2026, 9, 19), kind: str = "講習会", **given: Any) -> int:
        shut = given.pop("closing", closing)
        return people_missing(KINDS[kind], event(kind, **given), people=people, closing=shut, today=today)

    assert [missing(people) for people in (0, 9, 10, 11)] == [10, 1, 0, 0]
    assert [missing(4, day) for day in (closing, DAY, date(2026, 10, 8))] == [0, 6, 0]
    for given in ({"kind": "派遣"}, {"status": EventStatus.CANCELLED}, {"event_date": None}, {"closing": None}):
        assert missing(4, **given) == 0, given
    steps = steps_of(EventForm.LECTURE)
    assert closing_day(steps, event(), CALENDAR) == closing
    assert closing_day([replace(one, done_on=TODAY) for one in steps], event(), CALENDAR) == TODAY
    assert closing_day(steps[:5], event(), CALENDAR) is None


def test_copies_are_those_of_the_people_told_while_they_hold():
    found = []
    for told, now, draft, held in (
        (None, 0, None, False), (None, 12, 15, True), (15, 15, None, False), (15, 0, None, False),
        (15, 18, None, False), (15, 18, None, True), (15, 18, 15, False), (15, 18, 20, False), (15, 0, 20, False),
        (15, 18, 20, True),
    ):  # fmt: skip
        needed, final = copies_to_prepare(told, now, draft_people=draft, held=held)
        found.append(f"{told}・{now}・{draft}・{held}　{needed.words}　{'決まり' if final else 'まだ'}")
    assert_says(
        found,
        """
        None・0・None・False　0＋予備2＝2部　まだ
        None・12・15・True　12＋予備2＝14部　まだ
        15・15・None・False　15＋予備2＝17部　決まり
        15・0・None・False　15＋予備2＝17部　決まり
        15・18・None・False　18＋予備2＝20部　まだ
        15・18・None・True　15＋予備2＝17部　決まり
        15・18・15・False　18＋予備2＝20部　まだ
        15・18・20・False　18＋予備2＝20部　まだ
        15・0・20・False　20＋予備2＝22部　まだ
        15・18・20・True　20＋予備2＝22部　まだ
        """,
    )


def test_an_event_of_a_minute_is_too_short_but_its_end_is_after_its_start():
    assert "より後になっていません" in warned(event(start_time="14:00", end_time="14:00"))[0]
    assert "実施時間が1分です" in warned(event(start_time="14:00", end_time="14:01"))[0]
