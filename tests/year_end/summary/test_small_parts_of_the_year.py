"""The chart of 支部 and the year before: nothing is drawn of nobody, and no year without an event."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.common.partial_count import PartialCount
from app.year_end.summary.documents import (
    _judged_note,
    _lectures,
    _satisfaction,
    attendance_chart,
    branch_chart,
    satisfaction_chart,
)
from app.year_end.summary.services import summary_context
from db.records.events import EventResult


def branch(name, visits):
    return SimpleNamespace(name=name, counts=SimpleNamespace(visits=visits))


def test_branches_stand_by_their_visits_and_those_nobody_came_from_are_named():
    chart = branch_chart(SimpleNamespace(branches=[branch("第1支部", 3), branch("第2支部", 0), branch("第3支部", 8)]))
    assert [(one.label, one.value, one.text) for one in chart.marks] == [("第3支部", 8, "8人"), ("第1支部", 3, "3人")]
    assert (chart.ticks, chart.note) == ((0, 8), "出席の記録がまだない支部　1（第2支部）")
    nobody = branch_chart(SimpleNamespace(branches=[branch("第2支部", 0)]))
    assert (nobody.marks, nobody.ticks, nobody.note) == ((), (0, 1), "")
    assert branch_chart(SimpleNamespace(branches=[])).ticks == (0, 1)


def test_an_earlier_year_has_its_own_events_with_people_and_results_and_is_none_without_one(monkeypatch):
    held = [SimpleNamespace(id=number, programme_id=year) for number, year in ((1, 1), (2, 2), (3, 1))]
    entries = [
        SimpleNamespace(event_id=1, id=11),
        SimpleNamespace(event_id=3, id=12),
        SimpleNamespace(event_id=1, id=13),
    ]
    monkeypatch.setattr(
        summary_context.roster, "entries_of", lambda _database, ids: [one for one in entries if one.event_id in ids]
    )
    monkeypatch.setattr(
        summary_context, "rows", lambda *_a, event_id: [EventResult(event_id=one) for one in event_id if one == 1]
    )
    store = SimpleNamespace(database=None)

    found = summary_context._earlier_year(store, SimpleNamespace(id=1), held)
    assert [one.id for one in found.events] == [1, 3]
    assert {number: [one.id for one in rows] for number, rows in found.entries.items()} == {1: [11, 13], 3: [12]}
    assert list(found.results) == [1]
    assert summary_context._earlier_year(store, SimpleNamespace(id=9), held) is None
    assert summary_context._earlier_year(store, SimpleNamespace(id=1), []) is None


def answered(*events, responses=1):
    """Events as ordinal, share, base and whether the totals are fixed; without a share nobody answered."""
    made = [
        SimpleNamespace(
            event=SimpleNamespace(event_date=date(2026, 10, number) if number else None, full_title=f"第{number}回"),
            satisfaction=SimpleNamespace(sum_percent=share, base=base, sum_count=base - 1) if share else None,
            frozen_on=frozen,
        )
        for number, share, base, frozen in events
    ]
    found = SimpleNamespace(events=made, responses=responses, satisfied=9, share="75.0")
    return SimpleNamespace(satisfaction=found, unsurveyed=("派遣",))


@pytest.mark.parametrize(
    ("shares", "ticks"),
    [
        ((), (50, 75, 100)), (("50.0", "90.0"), (50, 75, 100)), (("90.0", "49.9"), (0, 25, 50, 75, 100)),
    ],
)  # fmt: skip
def test_the_line_of_satisfaction_begins_at_half_unless_it_falls_below(shares, ticks):
    chart = satisfaction_chart(
        answered(*((at, share, 29 + at, None) for at, share in enumerate(shares)), (9, "", 0, 0))
    )
    assert chart.ticks == ticks
    assert [(one.label, one.below, one.value, one.text, one.reference_only) for one in chart.marks] == [
        (f"10月{at}日" if at else "", f"n＝{29 + at}", float(share), share, not at) for at, share in enumerate(shares)
    ]


@pytest.mark.parametrize(("base", "words"), [(29, "ｎが30未満の回の％は参考値。"), (30, "")])
def test_the_table_of_satisfaction_has_each_event_that_was_answered_on_its_day(base, words):
    day = date(2026, 10, 20)
    (table,) = _satisfaction(
        answered((1, "80.0", base, day), (2, "70.0", 40, None), (0, "60.0", 50, day), (3, "", 0, 0))
    )
    assert [row[:1] + row[2:] for row in table.rows] == [
        ("第1回", str(base), str(base - 1), "80.0", "80.0"), ("第2回（確定前）", "40", "39", "70.0", "70.0"),
        ("計", "1", "9", "75.0", ""),
    ]  # fmt: skip
    counted = "注　ｎは回収数（件）。％は小数第2位を四捨五入し、人数を足してから割った。"
    assert table.note == f"{counted}{words}派遣にはアンケートの定めがない。"
    assert table.bold_rows == (2,)
    (nobody,) = _satisfaction(answered(responses=0))
    assert nobody.text == "該当なし（回答がまだない）。"


def test_the_columns_of_those_who_came_reach_to_the_most_that_came_or_were_asked_for():
    def chart(*people):
        events = [
            SimpleNamespace(
                event=SimpleNamespace(kind="ab"[at % 2], event_date=None, ordinal=at + 1),
                people=count,
                lowest=1,
                highest=4,
            )
            for at, count in enumerate(people)
        ]
        kinds = [SimpleNamespace(kind=kind, name=kind.upper()) for kind in "abc"]
        return attendance_chart(SimpleNamespace(attendance=events, kinds=kinds))

    made = chart(None, 12)
    assert [(one.label, one.below, one.value, one.text, one.lowest, one.highest) for one in made.marks] == [
        ("", "第1回", None, "記録なし", 1, 4),
        ("", "第2回", 12, "12", 1, 4),
    ]
    assert [name for _fill, name in made.legend] == ["A", "B"]
    assert [fill for fill, _name in made.legend] == [one.fill for one in made.marks]
    assert [one.ticks[-1] >= most for one, most in ((made, 12), (chart(2), 4))] == [True, True]
    assert chart().ticks == (0, 1)


def test_lectures_stand_beside_those_of_the_year_before_as_far_as_it_is_known():
    def lecture(name, before, visits_before, satisfied, events=2):
        return SimpleNamespace(
            name=name,
            before=before,
            events=events,
            visits_before=visits_before,
            visits=PartialCount(known=20),
            responses=15,
            satisfied=satisfied,
        )

    def told(*lectures):
        (table,) = _lectures(SimpleNamespace(lectures=lectures, kinds=()))
        return [*table.rows, table.note]

    known, unknown = lecture("甲", 1, 18, 12), lecture("乙", None, None, None)
    rows = [("甲", "1", "2", "+1", "18", "20", "15", "12"), ("乙", "", "2", "", "記録なし", "20", "15", "")]
    gap = "注　「記録なし」は、前年の種類別の人数の記録がなく、比べていない。"
    assert told(known, unknown) == [*rows, ("計", "1", "4", "+3", "", "40", "30", "12"), gap]
    assert told(known, lecture("丙", 2, 0, 1))[-2:] == [("計", "3", "4", "+1", "18", "40", "30", "13"), ""]
    assert told(unknown)[-2:] == [("計", "", "2", "", "", "20", "15", "0"), gap]


@pytest.mark.parametrize(
    ("basis", "letter", "cited", "words"),
    [
        ("仕4（項）", "ア", True, "根拠の片仮名は各事業の仕4の項。"),
        ("", "ア", True, "根拠の片仮名は各事業の仕様書の項。"),
        ("仕4・仕5", "ア", True, ""), ("仕4・仕5", "(1)ア", True, "根拠の番号は各事業の項の中の番号。"),
        ("仕4", "", True, ""),
        ("仕4", "ア", False, "仕様書の項番は、契約書と照合するまで記さない（－）。"),
    ],
)  # fmt: skip
def test_the_note_says_how_a_clause_is_read(basis, letter, cited, words):
    line = SimpleNamespace(line=SimpleNamespace(clause_letter=letter, deviates=False), earlier=None, reason=None)
    assert (
        _judged_note(SimpleNamespace(lines=[line], basis=basis), cited=cited)
        == f"注　{words}記録のない欄は空欄とした。"
    )
