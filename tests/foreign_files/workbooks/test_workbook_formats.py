"""What a number format of Excel makes of a number: a day, a time, or the number."""

import pytest

from app.foreign_files.workbooks.workbook_parts import CellFormat, cell_format

PLAIN = CellFormat().shows


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("[m]", "time"),
        ("[mm]", "time"),
        ("[h]:mm", "time"),
        ("[ss]", "time"),
        ("m", "day"),
        ("mmm", "day"),
        ("[Magenta]0", PLAIN),
        ("[Magenta]General", PLAIN),
        ("[Magenta]@", PLAIN),
        ("[Magenta]m/d", "day"),
        ('[$-411]ggge"年"', "day"),
        ("h:mm", "time"),
    ],
)
def test_a_code_in_brackets_is_a_counted_time_or_says_nothing_of_days(code, shows):
    assert cell_format(170, code).shows == shows
