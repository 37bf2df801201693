"""What somebody wrote into a cell of a form, as the program takes it."""

import pytest

from app.submissions.deliverables.rules.cell_values import parse_count, parse_rate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("93.8", "93.8"),
        ("31.25", "31.3"),
        ("0.05", ""),
        ("1", ""),
        ("1%", "1"),
        ("５０％", "50"),
        ("6.25%", "6.3"),
        ("100", "100"),
        ("100.1", ""),
        ("93.33333333333333", "93.3"),
        ("", ""),
    ],
)
def test_a_rate_is_rounded_half_up_as_every_percentage(text, value):
    assert parse_rate(text).value == value


@pytest.mark.parametrize(("text", "number"), [("零名", 0), ("〇", 0), ("二零人", 20), ("十六人", 16), ("百二十", 120)])
def test_a_number_in_kanji_is_asked_for_with_the_number_that_it_says(text, number):
    assert parse_count(text).todo == f"数字（{number}）で記入してもらう"
