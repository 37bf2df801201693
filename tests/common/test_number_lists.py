"""Numbers as a clerk types them, and as a sentence says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common.number_lists import number_ranges, parse_numbers


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("7", (7,)), ("1 2 3 5-9", (1, 2, 3, 5, 6, 7, 8, 9)), ("１，２、３", (1, 2, 3)), ("5～3", (3, 4, 5)),
        ("2 2 1", (2, 1)), ("3 - 5", (3, 4, 5)), ("", ()), ("1-2000", ()),
    ],
)  # fmt: skip
def test_typed_numbers_are_read(typed, numbers):
    assert parse_numbers(typed).numbers == numbers


def test_what_is_no_number_is_said():
    assert parse_numbers("3 さとう 1-2000 4").unreadable == ("さとう", "1-2000")


@given(st.text(max_size=40))
def test_reading_numbers_never_fails(text):
    parse_numbers(text)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((), ""), ((4,), "4"), ((1, 2), "1、2"), ((3, 1, 2), "1～3"), ((1, 2, 3, 5), "1～3、5"), ((1, 1, 2), "1、2"),
        ((1, 3, 5), "1、3、5"), ((1, 2, 4, 5, 6, 9, 10), "1、2、4～6、9、10"),
    ],
)  # fmt: skip
def test_three_numbers_and_more_in_a_row_are_joined(numbers, said):
    assert number_ranges(numbers) == said
