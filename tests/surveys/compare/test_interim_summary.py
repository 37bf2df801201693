"""The summary of the year so far: a row for each kind, and of several their sum, divided only after it was summed."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.surveys.compare.documents import (
    InterimEvent,
    InterimFacts,
    InterimKind,
    _events,
    _figures,
    _remarks,
    _summary,
    interim_totals,
)
from app.surveys.tally.rules import QuestionTally
from db.records.documents import Letter
from db.records.programme import EventForm, VisitStep
from tests.support.paper_lines import lines_of
from tests.support.years import plain_context


def kind(name, *returned, events=(), **sums):
    return InterimKind(
        kind=name,
        name=name,
        events=events or tuple(SimpleNamespace(paper=paper, online=online) for paper, online in returned),
        charts=(),
        sums_by_role={role: SimpleNamespace(sum_count=count, base=base) for role, (count, base) in sums.items()},
        free_text_counts=(),
    )


def facts(*kinds, unasked=(), waiting=()):
    return InterimFacts(
        as_of=date(2026, 12, 1), kinds=kinds, unasked_kinds=unasked, events_without_answers=waiting, record_line=""
    )


def summary(*kinds):
    return _summary(facts(*kinds))


LECTURES = kind("講習会", (10, 10), (20, 10), satisfaction=(40, 50), intent=(25, 50))
TALKS = kind("意見交換会", (12, 0), satisfaction=(12, 12))


def test_one_kind_stands_alone_and_several_have_a_sum():
    alone = summary(LECTURES)
    assert (alone.total_row, alone.bold_rows, len(alone.rows)) == (False, (), 1)
    both = summary(LECTURES, TALKS)
    assert (both.total_row, both.bold_rows) == (True, (2,))
    assert [len(row) for row in both.rows] == [len(both.columns)] * 3
    assert [row[:3] for row in both.rows] == [
        ("講習会", "2回", "50件"), ("意見交換会", "1回", "12件"), ("計", "3回", "62件"),
    ]  # fmt: skip
    assert [row[3:] for row in both.rows] == [
        ("40人　80.0％", "", "25人　50.0％"),
        ("12人　100.0％（参考）", "", ""),
        ("52人　83.9％", "", "25人　50.0％（ｎ＝50）"),
    ]
    nobody = summary(kind("講習会"), kind("意見交換会"))
    assert [row[3:] for row in nobody.rows] == [("", "", "")] * 3


def event(title, day, came, paper, online, rate=None, *, of_then=None, fixed=None, satisfied=None):
    found = satisfied and QuestionTally(question=None, base=satisfied[1], sum_count=satisfied[0], sum_percent="80.0")
    return InterimEvent(
        event=SimpleNamespace(full_title=title, event_date=day),
        attendance=came,
        rate_attendance=came if of_then is None else of_then,
        paper=paper,
        online=online,
        rate=rate,
        frozen_on=fixed,
        satisfaction=found,
    )


FIXED, OPEN, UNKNOWN = (
    event("第1回", date(2026, 9, 30), 20, 9, 6, "93.8", of_then=16, fixed=date(2026, 10, 5), satisfied=(24, 30)),
    event("第2回", date(2026, 10, 7), 40, 30, 0, "75.0", satisfied=(23, 29)),
    event("第1回交流", None, None, 5, 1),
)


def test_every_event_has_its_line_below_its_kind_and_only_few_answers_are_called_a_reference():
    table = _events(facts(kind("講習会", events=(FIXED, OPEN)), kind("意見交換会", events=(UNKNOWN,))))
    assert table.rows == (
        ("講習会", *[""] * 7),
        ("第1回", "R8.9.30（水）", "20人", "9", "6", "93.8％", "24人", "80.0"),
        ("第2回（確定前）", "R8.10.7（水）", "40人", "30", "0", "75.0％", "23人", "80.0"),
        ("意見交換会", *[""] * 7),
        ("第1回交流（確定前）", "", "", "5", "1", "", "", ""),
    )
    assert table.group_rows == (0, 3)
    said = "注　％は満足計÷回収数（小数第2位を四捨五入）。{}「確定前」は、集計が確定していない回。"
    then = "回収率が集計を確定したときの出席による回：第1回（16人）。"
    assert table.note == said.format("ｎが30未満の回の％は参考値。") + then
    for events, few in (((FIXED, UNKNOWN), False), ((OPEN, FIXED), True)):
        assert (
            _events(facts(kind("講習会", events=events))).note
            == said.format("ｎが30未満の回の％は参考値。" * few) + then
        )
    assert _events(facts(kind("講習会", events=(UNKNOWN,)))).note == said.format("")


@pytest.mark.parametrize(
    ("events", "cells"),
    [
        (
            (FIXED, OPEN, UNKNOWN),
            ["3回 ", "60人以上 1回 記録なし", "51件 紙44・オンライン7", "80.4％ 出席者の分かる回"],
        ),
        ((UNKNOWN,), ["1回 ", "人 1回 記録なし", "6件 紙5・オンライン1", "％ 出席者の分かる回"]),
        ((event("第1回", None, 1, 1, 0),), ["1回 ", "1人 ", "1件 紙1・オンライン0", "100.0％ 出席者の分かる回"]),
        ((event("第1回", None, 0, 0, 1),), ["1回 ", "0人 ", "1件 紙0・オンライン1", "％ 出席者の分かる回"]),
        ((event("第1回", None, 1, 1, 1),), ["1回 ", "1人 ", "2件 紙1・オンライン1", "％ 出席者の分かる回"]),
    ],
)
def test_the_numbers_of_the_year_leave_out_of_the_rate_whom_nobody_counted(events, cells):
    def said(*kinds):
        return [f"{one.value}{one.unit} {one.note}" for one in _figures(facts(*kinds))]

    assert said(kind("講習会", events=events)) == cells
    happy = kind("講習会", events=events, satisfaction=(29, 29))
    assert said(happy) == [*cells, "29人 ｎ＝29の100.0％（参考）"]
    assert said(happy, kind("意見交換会", satisfaction=(1, 1)))[-1] == "30人 ｎ＝30の100.0％"


def test_what_the_sums_lack_is_said_below_them():
    def unasked(name, *steps, visit):
        return SimpleNamespace(name_in_text=name, form=EventForm("派遣" if visit else "講習"), steps=steps)

    assert _remarks(facts(kind("講習会")), 0).items == ()
    none = (unasked("派遣", VisitStep.HEARING, visit=True), unasked("見学", visit=True), unasked("講座", visit=False))
    assert _remarks(facts(unasked=none, waiting=("第3回", "第4回")), 2).items == (
        "集計が確定していない回が2回あり、このあと変わることがある。",
        "実施したが回答がまだない回：第3回、第4回",
        "派遣にはアンケートがない（事前ヒアリング）。",
        "見学にはアンケートがない。",
        "講座にはアンケートがない。",
    )


def test_the_paper_has_its_number_once_it_was_decided_and_what_somebody_remarked():
    def paper(remark="", **letter):
        context = plain_context(
            letter=Letter(document_kind="", document_number="8練地協第1号", **letter) if letter else None
        )
        return lines_of(interim_totals(context, facts(kind("講習会", events=(FIXED,))), remark=remark))

    number, day = "　8練地協第1号", "　令和8年12月3日（木）施行"
    issued = {"form": "公文書", "state": "施行", "issued_on": date(2026, 12, 3)}
    for given, words in (
        ({}, ""), ({"form": "公文書", "state": "起案中"}, ""), ({"form": "事務連絡", "state": "決裁済"}, ""),
        ({"form": "公文書", "state": "決裁済"}, number), (issued, number + day),
    ):  # fmt: skip
        assert paper(**given)[0].endswith(f"現在の集計。{words}")
    plain, remarked = paper(" "), paper(" よく来た。 ")
    assert [line for line in remarked if line not in plain] == ["◇　所見", "よく来た。"]
