"""Timetable, equipment, copies and expected numbers of one event."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.event.rules.agenda import (
    agenda_remarks,
    clearing_items,
    clock_times,
    clock_times_before,
    default_agenda,
    is_unchanged_example,
    question_minutes,
    setting_up_items,
    total_minutes,
)
from app.event.rules.copies import required_copies
from app.event.rules.equipment import (
    ROUTER,
    TABLET,
    default_equipment,
    equipment_remarks,
    network_clause,
    tablet_remark,
    tablet_side,
)
from app.event.rules.event_warning import AGREEMENT, WITHIN_TOLERANCE
from app.event.rules.expected_attendance import accepted_people_range, expected_totals, people_warnings, people_words
from app.events.headcount.services import device_warnings
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.events import AgendaItem, EquipmentItem
from db.records.participants import ExpectedCount
from db.records.venues import Network

KINDS = {one.kind: one for one in preset().kinds}


def example(form):
    return default_agenda(next(one for one in KINDS.values() if one.form is form))


def minutes(form):
    return [item.minutes for item in example(form)]


def test_the_default_agendas_follow_the_specification():
    assert minutes(EventForm.VISIT) == [None, None, 10, 20, 30, 20, 30, None]
    assert minutes(EventForm.EXCHANGE) == [5, 10, 30, 5, 20, 25, 20, 5, None], "as in 令和7年度 (仕様書4(3)カ)"
    assert [total_minutes(example(form)) for form in EventForm] == [120, 110, 120]
    surveyed = {form for form in EventForm for item in example(form) if "アンケート（配布・回収）" in item.title}
    assert surveyed == {EventForm.LECTURE, EventForm.EXCHANGE}, "仕様書4(1)ケ, 4(3)ケ"
    assert all(item.event_id == 0 for form in EventForm for item in example(form))
    assert {item.owner for form in EventForm for item in example(form)} <= {"区", "受託者", "区・受託者"}


@pytest.mark.parametrize(
    ("content", "minutes", "shared"),
    [
        ("甲乙丙", 120, [35, 35, 40]), ("甲乙丙", 25, [5, 5, 5]), ("甲乙丙", 24, [4, 5, 5]), ("甲乙丙", 13, [1, 1, 1]),
        ("甲乙丙", 12, [None, None, None]), (("操作体験", "質問・個別相談", "新しい話"), 100, [40, 20, 30]),
        (("操作体験", "新しい話"), 60, [25, 25]),
    ],
)  # fmt: skip
def test_the_time_of_an_event_is_shared_out_over_its_content(content, minutes, shared):
    rows = default_agenda(replace(KINDS["講習会"], content=tuple(content), minutes=minutes))
    assert [row.minutes for row in rows] == [5, *shared, 5]


def test_what_is_not_there_is_not_used_and_without_a_survey_its_line_goes():
    bare = default_agenda(replace(KINDS["講習会"], material_period="", lends_devices=False, has_survey=False))
    used = [row.uses for row in bare]
    assert used == ["マイク", "プロジェクター", "プロジェクター", "プロジェクター", "", "", ""]
    assert (bare[-1].title, bare[-1].minutes, bare[-1].owner) == ("閉会", 5, "区")
    assert default_agenda(replace(KINDS["意見交換会"], has_survey=False))[-1].title == "講師によるまとめ"


def test_clock_times_run_through_the_day_and_skip_what_has_no_minutes():
    timed = clock_times("14:00", default_agenda(KINDS["派遣"]))

    assert [each.start for each in timed] == ["", "", "14:00", "14:10", "14:30", "15:00", "15:20", ""]
    assert timed[6].end == "15:50"
    exchange = clock_times("13:30", default_agenda(KINDS["意見交換会"]))
    assert (exchange[0].start, exchange[-2].end) == ("13:30", "15:30")


def test_an_exchange_that_was_begun_with_the_example_of_before_is_an_example_still():
    example = default_agenda(KINDS["意見交換会"])
    before = [replace(one, minutes=20) if one.title == "解決策の検討" else one for one in example]
    before[-1] = replace(before[-1], minutes=5, title="アンケート（配布・回収）、閉会", form="")
    assert is_unchanged_example(KINDS["意見交換会"], before)
    assert is_unchanged_example(KINDS["意見交換会"], example)
    assert not is_unchanged_example(KINDS["意見交換会"], before[:-1])


def test_setting_up_ends_when_the_event_begins():
    timed = clock_times_before("14:00", setting_up_items())

    assert (timed[0].start, timed[-1].end) == ("13:00", "14:00")
    assert clock_times("16:00", clearing_items())[0].start == "16:00"


def test_the_rest_of_a_dispatch_is_left_to_the_organisation_and_elsewhere_a_settled_talk_explains_it():
    assert agenda_remarks(KINDS["派遣"], default_agenda(KINDS["派遣"]), "14:00", "16:00") == ()
    short = default_agenda(KINDS["講習会"])[:-1]
    (remark,) = [one for one in agenda_remarks(KINDS["講習会"], short, "14:00", "16:00") if "余り" in one]
    assert "「実施時間」の協議に理由を残して済にしてください" in remark
    assert not [one for one in agenda_remarks(KINDS["講習会"], short, "14:00", "16:00", agreed=True) if "余り" in one]


def test_a_visit_of_another_contract_fills_its_time_and_an_exact_one_must():
    usual = KINDS["派遣"]
    other = replace(usual, minutes=90, content=("電話", "写真", "電子申請"), minutes_strict=True)
    other = replace(other, question_time="")
    for kind in (other, replace(other, has_survey=True), replace(other, minutes_strict=False)):
        assert total_minutes(default_agenda(kind)) == 90
    assert total_minutes(default_agenda(replace(usual, minutes_strict=True))) == 120
    assert total_minutes(default_agenda(replace(usual, has_survey=True))) == 115
    assert agenda_remarks(other, default_agenda(other), "14:00", "15:30") == ()
    short = default_agenda(replace(other, minutes=80))
    assert "10分の余り" in agenda_remarks(other, short, "14:00", "15:30")[0]
    assert agenda_remarks(replace(other, minutes_strict=False), short, "14:00", "15:30") == ()


def test_an_exchange_agenda_of_120_minutes_has_no_room_for_questions():
    (remark,) = agenda_remarks(KINDS["意見交換会"], default_agenda(KINDS["意見交換会"]), "14:00", "16:00")

    assert remark.startswith("進行の合計が120分で余りがなく、質問・個別相談の時間がありません")
    assert "仕様書4(3)オ" in remark


def test_a_lecture_agenda_is_full_and_has_its_questions():
    assert agenda_remarks(KINDS["講習会"], default_agenda(KINDS["講習会"]), "14:00", "16:00") == ()


@pytest.mark.parametrize(
    ("title", "called", "minutes"),
    [
        ("質問・個別相談", "", 20),
        ("質疑応答（全体）", "", 20),
        ("相談窓口の紹介", "", 0),
        ("質問票の書き方", "質問・個別相談", 0),
        ("よろず話", "よろず話", 20),
    ],
)
def test_time_for_questions_is_told_by_whole_words_or_as_the_contract_calls_it(title, called, minutes):
    assert question_minutes([AgendaItem(event_id=1, position=0, minutes=20, title=title)], called) == minutes


def test_an_agenda_longer_than_the_event_or_empty_is_remarked():
    items = default_agenda(KINDS["講習会"])

    assert "実施時間90分を30分超えます（仕様書4(1)オ）" in agenda_remarks(KINDS["講習会"], items, "14:00", "15:30")[0]
    assert agenda_remarks(KINDS["講習会"], (), "14:00", "16:00") == ("当日の進行がまだありません。",)
    asked_before = [replace(item, minutes=None) if "質問" in item.title else item for item in items]
    assert any(
        "質問・個別相談の時間がありません" in r for r in agenda_remarks(KINDS["講習会"], asked_before, "14:00", "16:00")
    )


def owners(kind, **facts):
    return {item.name: item.owner for item in default_equipment(KINDS[kind], **facts)}


def test_lent_tablets_are_for_lectures_and_paper_for_exchanges():
    assert TABLET in owners("講習会")
    assert TABLET not in owners("派遣")
    assert TABLET not in owners("意見交換会")
    assert {"模造紙", "付箋", "マーカー"} <= set(owners("意見交換会"))
    assert not {"模造紙", "付箋", "マーカー"} & set(owners("講習会"))
    assert set(owners("講習会").values()) == set(owners("意見交換会").values()) == {"区"}


def test_a_new_event_begins_with_what_the_contract_says_the_ward_prepares():
    other = replace(KINDS["講習会"], ward_supplies=("プロジェクター", "無線アクセスポイント"))
    found = default_equipment(other)
    assert [one.name for one in found] == ["プロジェクター", "無線アクセスポイント", TABLET]
    assert equipment_remarks(other, found) == ()
    assert [one.name for one in default_equipment(replace(other, ward_supplies=()))] == [TABLET], "it names nothing"
    assert default_equipment(replace(other, ward_supplies=(), lends_devices=False)) == ()


def test_the_lent_tablets_follow_the_numbers_told():
    def quantity(**facts):
        return next(i.quantity for i in default_equipment(KINDS["講習会"], **facts) if i.name == TABLET)

    assert quantity(lent_devices=6) == "6＋予備2"
    assert quantity() == "貸与数＋予備2"
    assert quantity(hands_on=False) == "0"


@pytest.mark.parametrize(("network", "brought"), [("有", False), ("無", True), ("不明", True)])
def test_the_contractor_brings_a_router_where_a_dispatch_has_no_network(network, brought):
    found = owners("派遣", network=Network(network))

    assert (ROUTER in found) is brought
    assert set(found.values()) == {"受託者"}


def thing(name, owner, agreement=""):
    return EquipmentItem(event_id=1, position=0, name=name, owner=owner, agreement=agreement)


def test_a_word_of_the_contract_is_matched_whole():
    kind = replace(KINDS["講習会"], ward_supplies=("会場", "ペン", "スクリーン"), lends_devices=False)
    found = default_equipment(kind)
    assert [one.name for one in found] == ["会場", "ペン", "スクリーン"]
    assert equipment_remarks(kind, found, Network.PRESENT) == ()
    assert network_clause(kind) == ""
    longer = replace(kind, ward_supplies=("マイクスタンド",))
    assert "マイク" not in {word for row in default_agenda(longer) for word in row.uses.split("、")}


def test_default_equipment_of_ward_venues_draws_no_remark():
    for kind in ("講習会", "意見交換会"):
        assert equipment_remarks(KINDS[kind], default_equipment(KINDS[kind]), Network.PRESENT) == ()


@pytest.mark.parametrize(
    ("kind", "item", "said"),
    [
        ("意見交換会", thing("タブレット", "区"), "意見交換会では、区はタブレット端末を貸与しません（仕様書4(3)ク）"),
        ("派遣", thing("貸与タブレット端末", "区"), "派遣では、区はタブレット端末を貸与しません（仕様書4(2)ク）"),
        ("講習会", thing("模造紙", "区"), "講習会では、区が準備するものではありません（仕様書4(1)ク）"),
        ("講習会", thing("プロジェクター", "受託者"), "区が準備するものです（仕様書4(1)ク）"),
        ("講習会", thing("見本用スマートフォン", "受託者"), "「機材」の協議を済にするか、この行に協議の日か番号を"),
        ("派遣", thing("プロジェクター", "区"), "原則受託者が準備します（仕様書4(2)ク）"),
    ],
)
def test_equipment_on_the_wrong_side_is_remarked(kind, item, said):
    remarks = equipment_remarks(
        KINDS[kind], [*default_equipment(KINDS[kind], network=Network.PRESENT), item], Network.PRESENT
    )

    assert any(remark.startswith(item.name) and said in remark for remark in remarks)


def test_settled_equipment_of_the_contractor_draws_no_remark():
    items = [*default_equipment(KINDS["講習会"]), thing("見本用スマートフォン", "受託者", "協議記録 第3号")]

    assert equipment_remarks(KINDS["講習会"], items, Network.PRESENT) == ()
    items[-1] = thing("見本用スマートフォン", "受託者")
    assert equipment_remarks(KINDS["講習会"], items, Network.PRESENT, agreed=True) == ()


@pytest.mark.parametrize("kind", ["派遣", "意見交換会"])
def test_a_settled_talk_says_who_brings_the_tablets_that_are_borrowed(kind):
    """The 協議 「機材」 answers for every line; where no line names them, the line is what is missing, not the 協議."""
    line = thing("タブレット端末", "受託者")
    assert "協議を記録してください" in tablet_remark(KINDS[kind], [line], 3)
    assert tablet_remark(KINDS[kind], [line], 3, agreed=True) == ""
    assert [tablet_side(KINDS[kind], [line]), tablet_side(KINDS[kind], [line], agreed=True)] == ["", "受託者"]
    assert "タブレットの行がありません" in tablet_remark(KINDS[kind], [], 3, agreed=True)


def test_missing_equipment_is_remarked():
    remarks = equipment_remarks(KINDS["講習会"], default_equipment(KINDS["講習会"])[1:], "有")

    assert remarks == ("マイクが機材にありません。区が準備するものです（仕様書4(1)ク）。",)
    assert any("モバイルルーター" in r for r in equipment_remarks(KINDS["派遣"], [], Network.ABSENT))


@pytest.mark.parametrize(("people", "total"), [(0, 2), (1, 3), (15, 17), (20, 22), (21, 24), (30, 33), (31, 35)])
def test_copies_are_people_and_a_reserve_of_two_or_a_tenth(people, total):
    assert required_copies(people).total == total


def test_the_sum_of_the_copies_is_said():
    assert required_copies(15).words == "15＋予備2＝17部"
    with pytest.raises(ValueError, match="0以上"):
        required_copies(-1)


@given(people=st.integers(0, 5000))
def test_the_reserve_is_never_less_than_two_or_a_tenth(people):
    spare = required_copies(people).spare

    assert spare >= 2
    assert spare * 10 >= people
    assert spare == 2 or (spare - 1) * 10 < people


def expected(name, people, **numbers):
    return ExpectedCount(event_id=1, position=0, organisation_id=None, organisation_name=name, people=people, **numbers)


def test_expected_numbers_are_summed_by_people_and_by_organisation():
    rows = [
        expected("みほん東町会", 2, own_devices=1, lent_devices=1, care_count=1),
        expected("みほん東町会", 1),
        expected("みほん西自治会", 3, lent_devices=3),
        expected("みほん北町会", 0),
    ]
    totals = expected_totals(rows)

    assert (totals.people, totals.organisations) == (6, 2)
    assert (totals.own_devices, totals.lent_devices, totals.care_count) == (1, 4, 1)
    assert device_warnings(rows) == ()
    assert "みほん南町会" in device_warnings([expected("みほん南町会", 1, own_devices=2)])[0].text


def test_numbers_of_people_are_held_against_the_specification(lectures, dispatches):
    assert accepted_people_range(lectures) == (10, 20)
    assert accepted_people_range(dispatches) == (8, 12)
    assert people_words(lectures) == "10人から20人程度"
    assert people_words(dispatches) == "10人程度"
    most = replace(lectures, people_min=1, people_max=12)
    assert [people_words(replace(most, people_strict=one)) for one in (True, False)] == ["12人以内", "12人程度まで"]
    for people in (10, 15, 20):
        assert people_warnings(lectures, people) == ()
    for people in (8, 10, 12):
        assert people_warnings(dispatches, people) == ()


@pytest.mark.parametrize(
    ("people", "side", "needs"),
    [
        (9, "下回ります", WITHIN_TOLERANCE), (8, "下回ります", WITHIN_TOLERANCE), (7, "下回ります", AGREEMENT),
        (21, "上回ります", WITHIN_TOLERANCE), (24, "上回ります", WITHIN_TOLERANCE), (25, "上回ります", AGREEMENT),
    ],
)  # fmt: skip
def test_too_few_or_too_many_people_name_the_clause(lectures, people, side, needs):
    (warning,) = people_warnings(lectures, people)

    assert side in warning.text
    assert "仕様書4(1)エ" in warning.text
    assert (warning.clause, warning.needs) == ("仕4(1)エ", needs)


def test_more_people_than_the_room_holds_is_said(lectures):
    (warning,) = people_warnings(lectures, 18, venue_capacity=16)

    assert warning.text == "参加予定が18人で、会場の定員16人を超えます。"
