"""What somebody wrote into a cell of a form, as the program takes it."""

from __future__ import annotations

import pytest

from app.submissions.deliverables.rules.cell_values import parse_rate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("93.8", "93.8"),
        ("31.25", "31.3"),
        ("0.05", ""),
        ("５０％", "50"),
        ("6.25%", "6.3"),
        ("100", "100"),
        ("100.1", ""),
        ("", ""),
    ],
)
def test_a_rate_is_rounded_half_up_as_every_percentage(text, value):
    assert parse_rate(text).value == value
