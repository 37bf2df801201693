"""The page of copies: paper for both sides, and which handouts are still open."""

from dataclasses import replace
from datetime import date

import pytest

from app.common.partial_count import PartialCount
from app.documents.event_facts import CopyFacts
from app.event.services.event_facts import planned_facts
from app.events.materials.documents import CollatedHandout, _arithmetic, _note, _row, _steps, collation, enclosures
from app.programme.intake import preset
from db.records.events import Event
from db.records.submissions.materials import MaterialVersion
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import plain_context

NEEDED = CopyFacts(people=17, spare=3)
CHECKED = MaterialVersion(
    material_id=1, version=2, received_on=date(2026, 9, 1), pages=5, result="確認済", result_on=date(2026, 9, 9)
)
SLIDES = CollatedHandout(title="スライド", version=CHECKED)
LATER = CollatedHandout(title="手順", version=replace(CHECKED, result_on=date(2026, 9, 10)))
OPEN = CollatedHandout(title="手引", version=replace(CHECKED, result=None, result_on=None))
RETURNED = CollatedHandout(title="一覧", version=replace(CHECKED, result="再提出"))
MISSING = CollatedHandout(title="地図")
SURVEY = CollatedHandout(title="アンケート用紙", survey=True, survey_pages=2)


@pytest.mark.parametrize(
    ("handouts", "said"),
    [
        ((), ""),
        ((SLIDES,), "版は区が確認した版（R8.9.9 確認済）であること。"),
        ((LATER, SLIDES), "版は区が確認した版（R8.9.10 確認済）であること。"),
        ((SLIDES, SURVEY), "版は区が確認した版（R8.9.9 確認済）であること。"),
        ((SLIDES, OPEN), "まだ確認済でない資料：手引。"),
        ((OPEN, RETURNED, MISSING, SLIDES), "まだ確認済でない資料：手引、一覧、地図。"),
        ((SURVEY,), ""),
        ((replace(SURVEY, survey_pages=None),), "アンケート用紙の枚数は、設問が確定してから記入する。"),
    ],
)
def test_the_edition_that_was_checked_is_named_once_no_handout_is_open(handouts, said):
    assert _note(handouts, NEEDED, PartialCount(known=0, unknown=0)) == said


def test_the_paper_is_counted_for_all_copies_and_at_least_that_while_some_pages_are_unknown():
    def said(known, unknown):
        return _note((), NEEDED, PartialCount(known=known, unknown=unknown))

    assert said(60, 0) == "用紙の合計　A4 60枚×20部＝1,200枚。"
    assert said(60, 1) == "用紙の合計　A4 60枚×20部＝1,200枚以上。"
    assert (said(0, 0), said(None, 1)) == ("", "")


@pytest.mark.parametrize(
    ("handout", "cells"),
    [
        (SLIDES, ("1", "スライド", "第2版", "5", "両面", "3", "20", "", "　　部", "")),
        (MISSING, ("1", "地図", "未受領", "", "", "", "20", "", "　　部", "")),
        (SURVEY, ("1", "アンケート用紙", "", "2", "両面", "1", "20", "", "　　部", "")),
        (replace(SURVEY, survey_pages=1), ("1", "アンケート用紙", "", "1", "片面", "1", "20", "", "　　部", "")),
    ],
)
def test_a_handout_is_printed_on_both_sides_from_its_second_page_on(handout, cells):
    assert _row(1, handout, NEEDED) == cells


def test_a_tenth_is_spare_and_only_a_survey_goes_to_the_end():
    assert _arithmetic(replace(NEEDED, is_notified=True)) == (
        "20部　＝　参加予定 17人　＋　予備 3部（2部と10％（1.7→2部）の大きいほう）"
    )
    assert _arithmetic(CopyFacts(people=20, spare=2)).endswith(
        "（2部と10％（2部）の大きいほう）\n人数連絡の前の見込みの数"
    )
    for handouts, last in (((SLIDES,), False), ((SLIDES, SURVEY), True)):
        steps = [row[1] for row in _steps(handouts, NEEDED).rows]
        assert ("アンケート用紙は資料の最後に入れた" in steps) is last


def event(**values):
    kind = preset().kinds[0]
    given = {"subject": "LINE講習会", "ordinal": 2, "start_time": "14:00", "venue": "区民館"} | values
    return replace(planned_facts(Event(id=1, kind=kind.kind, form=kind.form, **given), kind), copies=NEEDED)


def test_the_page_of_copies_is_longer_where_the_ward_prints():
    known = event(event_date=date(2026, 9, 24))
    said = lines_of(collation(known, (SLIDES, SURVEY, MISSING), ward_prints=True))
    assert_paper(said, "帳合い")
    plain = lines_of(collation(event(), (SLIDES, SURVEY, MISSING), ward_prints=False))
    assert (plain[2], *plain[4:-1]) == ("実施日・会場：区民館", "印刷・帳合い：受託者", *said[5:11])
    assert plain[-1] == "区の確認　　月　　日｜0｜｜確認者｜40｜"


def test_the_sheet_in_a_set_lists_what_is_in_it():
    made = enclosures(plain_context(), event(event_date=date(2026, 9, 24)), (SLIDES, SURVEY, MISSING))
    assert_paper(lines_of(made), "中身")
    assert (made.copies, made.header_right) == (20, "")
    plain = enclosures(plain_context(), replace(event(), copies=replace(NEEDED, people=0)), (SLIDES,))
    assert (plain.copies, lines_of(plain)[-2]) == (0, "｜計　1点｜｜5")
