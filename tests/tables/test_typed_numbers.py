"""Every reader of a number takes what people type, and says so where it is none: no sign ends in a ValueError."""

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from app.actions.user_error import UserError
from app.calendar.date_parsing import parse_date, parse_time
from app.calendar.office_days import DateProblem
from app.common.number_lists import parse_numbers
from app.documents.excel.numbers import read_number as read_printed_number
from app.documents.rules import revision_in_key
from app.event_day.day.rules import DayFacts
from app.event_day.reception.services import is_being_scanned
from app.event_day.reception.services import parse_number as parse_person_number
from app.events.dispatches.rules import is_after_march
from app.events.groups.services import _highest_stage
from app.events.roster.screens.selection_screen import _result_rank
from app.foreign_files.cells.written_values import parse_amount
from app.foreign_files.intake_refusal import IntakeRefusal
from app.programme.rules import parse_value
from app.registers.register.intake import parse_people
from app.settings.pages.screens.contract_page import parse_days_before
from app.submissions.deliverables.rules import form_checks
from app.submissions.deliverables.rules.cell_values import parse_choice, parse_count, parse_rate
from app.submissions.reports.rules.dispatch_tables import dispatch_remarks, people_asked, stage_number
from app.submissions.reports.rules.group_sums import group_numbers
from app.submissions.reports.rules.report_figures import comparable_words, contradicting_rate, with_unit
from app.surveys.compare import intake as compare_intake
from app.surveys.questions import intake as questions_intake
from app.surveys.questions.rules import parse_number
from app.widgets.forms.number_box import NumberBox
from app.year_end.consistency.rules import comparable
from app.year_end.proposal.rules import computed_total
from db.digits import is_digits, whole_number
from db.name_key import digits_of

LONG = "9" * 4301
ODD = ("②", "³", "2³", "十", "½", "", "-1", "2,3", LONG)
"""What ``str.isdigit``, NFKC or a comma taken away made a number of, and what ``int`` refuses in English."""


def test_a_whole_number_is_read_as_people_type_it():
    assert [whole_number(one) for one in ("12", "１２", " 12 ", "1,234", "１，２３４", "0", "007")] == [
        *(12, 12, 12, 1234, 1234, 0, 7)
    ]
    assert [whole_number(one) for one in ODD] == [None] * len(ODD)
    assert [whole_number(one) for one in ("1,23", "1,2345", "0,123", "12,345,6", "1.234,567")] == [None] * 5
    assert [one for one in "1１٣②³⑫½十" if is_digits(one)] == ["1", "１", "٣"]


READERS: dict[str, Callable[[str], object]] = {
    "returned form": lambda typed: parse_count(typed).value,
    "number of an answer": lambda typed: parse_number(typed).strip("-1"),
    "amount in a list": lambda typed: (parse_amount(typed) or 0) > 0,
    "person's number": lambda typed: parse_person_number(typed) or "",
    "stage of a visit": lambda typed: stage_number(typed) or "",
    "numbers of people": lambda typed: parse_numbers(typed).numbers,
    "days before": lambda typed: parse_days_before(typed) or "",
    "number of a letter": lambda typed: "" if revision_in_key(f"k／{typed}") == 1 else revision_in_key(f"k／{typed}"),
}


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_makes_a_number_of_what_is_none(reader):
    read = READERS[reader]
    assert {one: read(one) for one in ODD if one != "2,3" and read(one)} == {}


def test_a_comma_is_a_separator_of_thousands_only():
    assert [parse_count(one).value for one in ("1,234", "1,234人", "2,3人", "10,15")] == ["1234", "1234", "", ""]
    assert "1つの数ではありません" in parse_count("2,3人").problem
    assert [parse_number(one) for one in ("1,234人", "2,3人", "3,4", "②")] == ["1234", "", "", ""]
    assert [parse_amount(one) for one in ("1,997円", "2,3")] == [1997, None]
    assert parse_rate("9,3").value == ""
    assert comparable_words("2,3人") != comparable_words("23人")
    assert comparable_words("1,234名、") == comparable_words("1234人")
    assert (comparable("2,3人"), comparable("1,234人")) == ("2・3", "1234")
    assert [computed_total(one) for one in ("1,650千円×2", "1,65千円×2")] == [3300, None]


def test_the_papers_and_checks_read_on_whatever_stands_in_a_cell():
    assert [stage_number(one) for one in ("②", "２", "5", "6", "十", "")] == [None, 2, 5, None, None, None]
    remarks = dispatch_remarks(
        {"到達状況": [["LINE", "②", "３"], ["Zoom", "×", "9"]]},
        people=None,
        tools=(),
        stages={},
        fiscal_year=2026,
        measured="",
    )
    assert [said[:14] for _, said in remarks] == ["「LINE」の段階「②」（0", "「Zoom」の段階「9」（0"]
    for odd in ODD:
        with_unit("出席", odd)
        contradicting_rate(odd, "3", "30")
        contradicting_rate("30", odd, "30")
        people_asked = _people_asked(odd)
        assert people_asked is None or people_asked < 10**15
        group_numbers([["1班", "", f"{odd}人 付箋{odd}枚", "", "", f"{odd}枚"]])
        is_after_march(f"R{odd}.{odd}", 2026)
        parse_people(odd)
        is_being_scanned(odd)
        computed_total(f"{odd}千円×{odd}")
        read_printed_number(odd)
        digits_of(odd)
    assert read_printed_number("1" + ",000" * 1500) is None
    assert with_unit("出席", "１５") == "15人"
    assert digits_of("０３-②2") == "032"


def _people_asked(text: str) -> int | None:
    from db.records.submissions.reports import Report

    return people_asked(Report(event_id=1, way="作成", version=1, body={"確かめた人数": text}))


@pytest.mark.parametrize("odd", ODD)
def test_what_is_refused_is_refused_in_japanese(odd):
    for read in (
        lambda: parse_value("数", odd, "講習会.planned"),
        lambda: parse_date(odd, 2026),
        lambda: parse_time(odd),
    ):
        try:
            read()
        except (ValueError, DateProblem) as problem:
            assert re.search("[ぁ-んァ-ン]", str(problem)), problem  # noqa: PT017


TYPED = ("②", "³", "十", "１２", "", "-1")


def _refused_in_japanese(read: Callable[[], object]) -> object:
    try:
        return read()
    except (ValueError, UserError, IntakeRefusal) as problem:
        return bool(re.search("[ぁ-ん]", str(problem)))


def test_each_place_that_asked_for_digits_before_it_read_a_number(qtbot):
    """One row for each place: what it makes of ``TYPED``; True is a refusal in Japanese."""
    day = SimpleNamespace(day=date(2026, 9, 1))
    box = NumberBox("満足")
    qtbot.addWidget(box)

    def typed_into_box(one):
        box.setText(one)
        try:
            return box.number()
        except ValueError as problem:
            return str(problem)

    def row_of_counts(one):
        counts: dict = {}
        said = compare_intake._add_row(counts, "問1", "", {"選択肢": "はい", "人数": one})
        return "読めない" in said or sum(made.counts.get("はい", 0) for made in counts.values())

    found = {
        "returned form": [form_checks._number({"出席": one}, "出席") for one in TYPED],
        "clock": [DayFacts._moment_of_day(day, f"{one}:30") is not None for one in TYPED],
        "stage": [_highest_stage(SimpleNamespace(stages={"LINE": one})) for one in TYPED],
        "place on the waiting list": [
            _result_rank(SimpleNamespace(line=SimpleNamespace(result=f"補欠{one}")))[1] for one in TYPED
        ],
        "box": [typed_into_box(one) for one in TYPED],
        "number of the contract": [
            _refused_in_japanese(lambda one=one: parse_value("数", one, "講習会.planned")) for one in TYPED
        ],
        "workbook of questions": [
            _refused_in_japanese(lambda one=one: questions_intake._number(one, "A1")) for one in TYPED
        ],
        "totals of earlier years": [row_of_counts(one) for one in TYPED],
    }
    assert found == {
        "returned form": [None, None, None, 12, None, None],
        "clock": [False, False, False, True, False, False],
        "stage": [0, 0, 0, 12, 0, 0],
        "place on the waiting list": [0, 0, 0, 12, 0, 0],
        "box": ["満足", "満足", "満足", 12, None, "満足"],
        "number of the contract": [True, True, True, "12", True, True],
        "workbook of questions": [True, True, True, 12, None, True],
        "totals of earlier years": [True, True, True, 12, 0, True],
    }


def test_a_list_of_numbers_is_no_number_with_thousands_and_a_choice_may_begin_with_a_sign():
    assert parse_numbers("10,100,200").numbers == (10, 100, 200)
    assert parse_numbers("１，２３４　５－７").numbers == (1, 234, 5, 6, 7)
    assert parse_days_before("90,100,30") == (100, 90, 30)
    assert parse_choice("① ＷＥＢ", ("①Web", "②電話")).problem
    assert (parse_choice("① Ｗeb", ("①Web", "②電話")).value, parse_choice("②", ("0", "1", "2")).value) == ("①Web", "2")
