"""What hangs on a 起案資料 and what follows it: annexes by number, steps by their day."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.events.letters.documents.drafting_set import (
    _annex_table,
    _annexes,
    _counts,
    _next_action_rows,
    _next_action_table,
    _reasons,
)
from app.events.letters.documents.letter_layout import Addressee, LetterPerson
from app.events.letters.rules.drafting_texts import OVER, REASON


def draft(kind="決定通知", addressees=3, people=4, issued_on=None, letter=True):
    return SimpleNamespace(
        kind=kind,
        name=kind,
        addressees=("x",) * addressees,
        people=people,
        context=SimpleNamespace(letter=SimpleNamespace(issued_on=issued_on) if letter else None),
    )


def facts(over=0, number="", headcount_by=date(2026, 9, 17), event_date=date(2026, 9, 24)):
    return SimpleNamespace(
        people_over_limit=over,
        agreement=SimpleNamespace(record_number=number) if number else None,
        headcount_by=headcount_by,
        numbers=SimpleNamespace(headcount_period="5日前"),
        event=SimpleNamespace(event_date=event_date),
    )


SENT = ("", "通知の施行（3通）")
LIST = ("宛先一覧（氏名を含む）", "7人", "非公開")


@pytest.mark.parametrize(
    ("over", "number", "more"),
    [(0, "", []), (0, "第3号", []), (5, "", []), (5, "第3号", [("協議記録 第3号（写し）", "1部", "公開")])],
)
def test_drafts_are_open_the_list_of_people_is_not_and_a_record_is_there_where_more_people_were_agreed(
    over, number, more
):
    rows = _annexes(facts(over, number), [draft(), draft("不採択通知", 2, 3)])
    assert rows == [("決定通知（案）", "3通", "公開"), ("不採択通知（案）", "2通", "公開"), LIST, *more]
    table = _annex_table(rows)
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert sum(column.width for column in table.columns) == 165


def test_people_without_an_organisation_add_none_to_the_letters_as_in_the_reason():
    one = (LetterPerson(name="見本 花子", role="", device="", state=""),)
    names = {"o1": "みほん町会", "o1w": "みほん町会", "e2": "", "e3": ""}
    addressees = [Addressee(key=key, organisation=name, people=one) for key, name in names.items()]
    assert _counts([SimpleNamespace(kind="決定通知", addressees=addressees)]) == "決定通知　1団体　4人　4通"
    assert _counts([SimpleNamespace(kind="決定通知", addressees=addressees[2:])]) == "決定通知　0団体　2人　2通"


@pytest.mark.parametrize(
    ("drafts", "given", "rows"),
    [
        (
            [draft()], {},
            [SENT, ("R8.9.17（木）", "参加人数を受託者へ連絡（5日前）"), ("R8.9.24（木）", "実施")],
        ),
        (
            [draft(letter=False), draft("不採択通知", issued_on=date(2026, 9, 10))], {"headcount_by": None},
            [("R8.9.10（木）", "通知の施行（6通）"), ("R8.9.24（木）", "実施")],
        ),
        ([draft("不採択通知")], {"event_date": None}, [SENT]),
        ([draft("中止通知")], {}, [SENT]),
    ],
)  # fmt: skip
def test_what_follows_stands_by_its_day_and_nothing_takes_place_after_a_cancellation(drafts, given, rows):
    assert _next_action_rows(facts(**given), drafts) == rows
    assert sum(column.width for column in _next_action_table(rows).columns) == 165


def test_two_reasons_are_numbered_and_a_missing_one_is_to_be_written():
    assert [one.text for one in _reasons({REASON: "一つ\n\n二つ"})] == ["一つ", "二つ"]
    assert [one.text for one in _reasons({REASON: " 一つ ", OVER: "支障なし"})] == ["(1) 一つ", f"(2) {OVER}　支障なし"]
    assert [one.text for one in _reasons({REASON: "一つ", OVER: " "})][1].endswith("（理由と協議番号を記入する）")
