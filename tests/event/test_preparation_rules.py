"""準備の状態: which lines there are, which are done and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.event.rules.preparation import PreparationFacts, count_done, is_prepared, preparation_items
from db.records.event_form import EventForm

TODAY = date(2026, 9, 16)
LECTURE = PreparationFacts(
    form=EventForm.LECTURE,
    has_survey=True,
    venue_booked_on=date(2026, 4, 20),
    notice_issued_on=date(2026, 9, 11),
    materials_total=2,
    materials_confirmed=2,
    materials_confirmed_on=date(2026, 9, 9),
    equipment_total=6,
    equipment_checked=6,
    agenda_minutes=120,
    question_due=date(2026, 9, 17),
    headcount_due=date(2026, 9, 18),
    day_set_due=date(2026, 9, 18),
)


def test_a_lecture_on_its_way_has_five_of_eight():
    items = preparation_items(LECTURE, TODAY)

    assert [(item.label, item.is_done, item.state_word, item.due) for item in items] == [
        ("会場の使用承認", True, "4/20(月) 済", None),
        ("決定通知の施行", True, "9/11(金) 済", None),
        ("資料の確認", True, "9/9(水) 確認済", None),
        ("機材の手配", True, "6品目", None),
        ("当日進行表", True, "120分", None),
        ("アンケートの設問", False, "未了", date(2026, 9, 17)),
        ("参加人数の連絡", False, "未了", date(2026, 9, 18)),
        ("当日資料一式", False, "未了", date(2026, 9, 18)),
    ]
    assert count_done(items) == (5, 8)
    assert not is_prepared(items)


def finished(facts):
    return replace(
        facts,
        questions_settled_on=date(2026, 9, 16),
        headcount_notified_on=date(2026, 9, 16),
        day_set_ready_on=date(2026, 9, 16),
    )


def test_everything_done_is_prepared_unless_something_is_still_discussed():
    assert is_prepared(preparation_items(finished(LECTURE), TODAY))

    open_matter = replace(finished(LECTURE), agreements=3, agreements_open=("機材", "内容"))
    items = preparation_items(open_matter, TODAY)
    assert not is_prepared(items)
    assert (items[-1].label, items[-1].state_word) == ("協議の事項", "協議中 機材、内容")
    settled = preparation_items(replace(open_matter, agreements_open=()), TODAY)
    assert is_prepared(settled)
    assert len(settled) == len(items)


def test_each_kind_has_the_lines_that_fit_it():
    dispatch = preparation_items(
        replace(LECTURE, form=EventForm.VISIT, has_survey=False, materials_needed=False), TODAY
    )
    exchange = preparation_items(replace(LECTURE, form=EventForm.EXCHANGE, groups=4, facilitators=3), TODAY)

    labels = [item.label for item in dispatch]
    assert "事前ヒアリング" in labels
    assert "アンケートの設問" not in labels
    assert "資料の確認" not in labels
    groups = next(item for item in exchange if item.label == "班とファシリテーター")
    assert (groups.is_done, groups.state_word) == (False, "4班・3人")
    assert len(exchange) == 9


def test_half_done_lines_say_how_far_they_are():
    facts = replace(LECTURE, materials_confirmed=1, equipment_checked=4, agenda_minutes=130)
    words = {item.label: (item.is_done, item.state_word) for item in preparation_items(facts, TODAY)}

    assert words["資料の確認"] == (False, "1 / 2点")
    assert words["機材の手配"] == (False, "4 / 6品目")
    assert words["当日進行表"] == (False, "10分超過")
    empty = PreparationFacts(form=EventForm.EXCHANGE, has_survey=True)
    words = {item.label: item.state_word for item in preparation_items(empty, TODAY)}
    assert (words["資料の確認"], words["機材の手配"], words["当日進行表"]) == ("受領前", "未着手", "未着手")
    assert words["班とファシリテーター"] == "未了"
    undated = preparation_items(replace(LECTURE, materials_confirmed_on=None), TODAY)
    assert next(item for item in undated if item.label == "資料の確認").state_word == "確認済"
